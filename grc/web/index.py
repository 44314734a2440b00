"""Streamlit's index page, put right: the person's language, our title, no inline script.

It says ``<html lang="en">`` whatever is shown, which is wrong for screen readers and for the shapes of kanji.
"""

from __future__ import annotations

import re

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

_INLINE = re.compile(rb"<script>.*?</script>", re.DOTALL)
_NOSCRIPT = re.compile(rb"<noscript>.*?</noscript>", re.DOTALL)
_ENABLE = "<noscript><p>台帳を使うには、JavaScript を有効にしてください。Daicho needs JavaScript.</p></noscript>".encode()
_LEFT_OUT = (b"accept-encoding", b"if-none-match", b"if-modified-since")  # the whole page, readable, each time


def in_language(app: ASGIApp, lang: str) -> ASGIApp:
    """``app`` with its HTML page in ``lang``; other answers pass unchanged."""
    async def changed(scope: Scope, receive: Receive, send: Send) -> None:
        asked = {**scope, "headers": [(name, value) for name, value in scope["headers"] if name not in _LEFT_OUT]}
        start: Message | None = None
        body = b""

        async def collect(message: Message) -> None:
            nonlocal start, body
            if message["type"] == "http.response.start" and _is_index(message):
                start = message
            elif message["type"] == "http.response.body" and start is not None:
                body += message.get("body", b"")
                if not message.get("more_body"):
                    await _send(send, start, put_right(body, lang))
            else:
                await send(message)

        await app(asked, receive, collect)

    return changed


def put_right(html: bytes, lang: str) -> bytes:
    """The index page in ``lang``. A page that is not Streamlit's comes back as it is."""
    if b'<div id="root">' not in html:
        return html
    html = _NOSCRIPT.sub(_ENABLE, _INLINE.sub(b"", html))
    title = b"Daicho" if lang == "en" else "台帳".encode()
    return html.replace(b'<html lang="en"', f'<html lang="{lang}"'.encode(), 1).replace(b"<title>Streamlit</title>", b"<title>" + title + b"</title>", 1)


def _is_index(message: Message) -> bool:
    return message["status"] == 200 and MutableHeaders(scope=message).get("content-type", "").startswith("text/html")


async def _send(send: Send, start: Message, body: bytes) -> None:
    headers = MutableHeaders(scope=start)
    for name in ("etag", "last-modified"):
        if name in headers:
            del headers[name]
    headers["content-length"] = str(len(body))
    await send(start)
    await send({"type": "http.response.body", "body": body})
