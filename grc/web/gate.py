"""The gate: without a live session nothing but the public addresses answers, web sockets included (security.md S1).

One ASGI layer before everything; whatever is not listed is closed, also a route written tomorrow. A socket is checked
when it opens, at each message it brings and every :data:`EVERY` seconds, and is closed when its session is gone.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TypeVar
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.datastructures import Headers
from starlette.requests import HTTPConnection, Request
from starlette.responses import PlainTextResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grc.office import here
from grc.text import Text
from grc.web import answers, menu, session, uploads
from grc.web.headers import route_path
from grc.web.index import in_language
from grc.web.session import COOKIE, Session

OPEN = {
    "/healthz": {"GET", "HEAD"}, "/login": {"GET", "HEAD", "POST"}, "/logout": {"GET", "HEAD", "POST"},
    "/login/look.css": {"GET", "HEAD"}, "/login/mark.svg": {"GET", "HEAD"}, "/disclosure": {"GET", "HEAD"},
}
OPEN_BELOW = ("/static/", "/disclosure/")
CLOSED = ("/metrics", "/_stcore/metrics", "/_stcore/agent", "/_stcore/script-health-check", "/auth/", "/oauth2callback")
"""What Streamlit would answer and nobody here needs."""
OWN = ("/password", "/language/", "/files/", "/exports/", "/templates/", "/parcels/")
"""Our own routes behind the gate; they say themselves what they have not."""
NOT_PAGES = ("/_stcore/", "/media/", "/component/", "/_component/")

EVERY, FRESH = 30.0, 5.0
"""Seconds between two looks at an idle socket's session, and how long a look counts for the messages of a busy one."""
GONE = 4401
SIGN_IN_FIRST = Text("サインインが必要です。", "Sign in first.")
NO_LENGTH = Text("ファイルの大きさが示されていません。", "The size of the file is not given.")

_Result = TypeVar("_Result")


class Gate:
    """The ASGI layer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app
        self._meter = uploads.Meter(uploads.held_by_streamlit)
        self._threads: CapacityLimiter | None = None
        self._errands: set[asyncio.Task[None]] = set()

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "http":
            await self._http(scope, receive, send)
        elif scope["type"] == "websocket":
            await self._socket(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _http(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = route_path(scope)
        if "\0" in path or b"%00" in scope["query_string"]:  # nothing here has such a name, and PostgreSQL takes none
            await PlainTextResponse("", 400)(scope, receive, send)
        elif is_open(path, scope["method"]):
            await self.app(scope, receive, send)
        elif (found := await self._look_up(scope)) is None:
            await _sign_in_first(scope, path)(scope, receive, send)
        else:
            await self._let_in(found, path, scope, receive, send)

    async def _let_in(self, found: Session, path: str, scope: Scope, receive: Receive, send: Send) -> None:
        scope["grc.session"] = found
        self._active(found)
        if is_closed(path):
            await answers.notice(Request(scope), answers.NOTHING, 404)(scope, receive, send)
        elif found.must_change and path != "/password":
            await answers.go(Request(scope), "/password")(scope, receive, send)
        elif path.startswith(uploads.ROUTE) and scope["method"] not in ("DELETE", "OPTIONS"):
            await self._upload(found, scope, receive, send)
        elif is_page(scope, path) and not path.startswith(OWN) and not menu.is_address(path):
            await answers.notice(Request(scope), answers.NOTHING, 404)(scope, receive, send)
        elif is_page(scope, path):
            await in_language(self.app, answers.language(HTTPConnection(scope)))(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _upload(self, found: Session, scope: Scope, receive: Receive, send: Send) -> None:
        path, length = route_path(scope), Headers(scope=scope).get("content-length", "")
        refused = self._meter.ask(found.token_hash, path, int(length)) if length.isdigit() else NO_LENGTH
        if refused:
            await _plain(refused, 429 if length.isdigit() else 411)(scope, receive, send)
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self._meter.done(found.token_hash, path)

    async def _socket(self, scope: Scope, receive: Receive, send: Send) -> None:
        found = await self._look_up(scope)
        if found is None or found.must_change or is_closed(route_path(scope)):
            await send({"type": "websocket.close", "code": GONE})
            return
        self._active(found)
        closing, looked, seen = asyncio.Event(), monotonic(), found

        async def still_there(within: float) -> bool:
            nonlocal looked, seen
            if closing.is_set():
                return False
            if monotonic() - looked < within:
                return True
            now = await self._look_up(scope)
            looked, seen = monotonic(), now or seen
            if now is None and not closing.is_set():
                closing.set()
                await send({"type": "websocket.close", "code": GONE})
            return now is not None

        async def watched_receive() -> Message:
            message = await receive()
            if message["type"] == "websocket.receive":
                if not await still_there(FRESH):
                    return {"type": "websocket.disconnect", "code": GONE}
                self._active(seen)
            return message

        async def quiet_send(message: Message) -> None:
            if not closing.is_set():
                await send(message)

        async def watch() -> None:
            while not closing.is_set():
                await asyncio.sleep(EVERY)
                try:
                    await still_there(0)
                except Exception:  # who cannot be looked up is not let on
                    closing.set()
                    await send({"type": "websocket.close", "code": GONE})

        watcher = asyncio.create_task(watch())
        try:
            await self.app(scope, watched_receive, quiet_send)
        finally:
            closing.set()
            watcher.cancel()

    async def _look_up(self, scope: Scope) -> Session | None:
        token = HTTPConnection(scope).cookies.get(COOKIE)
        return await self._in_thread(lambda: session.look_up(here(), token)) if token else None

    def _active(self, found: Session) -> None:
        """Note the person's activity beside the answer: a long import must not hold it up."""
        errand = asyncio.create_task(self._in_thread(lambda: session.touch(here(), found)))
        self._errands.add(errand)
        errand.add_done_callback(self._errands.discard)

    async def _in_thread(self, work: Callable[[], _Result]) -> _Result:
        if self._threads is None:
            self._threads = CapacityLimiter(8)
        return await to_thread.run_sync(work, limiter=self._threads)


def is_open(path: str, method: str) -> bool:
    """Whether anybody may ask for this."""
    if ".." in path or "\\" in path or "//" in path:
        return False
    return method in OPEN.get(path, ()) or (path.startswith(OPEN_BELOW) and method in ("GET", "HEAD"))


def is_closed(path: str) -> bool:
    """Whether nobody may."""
    return path.startswith(CLOSED)


def is_page(scope: Scope, path: str) -> bool:
    """Whether a browser asks for a page to look at."""
    return (scope["method"] in ("GET", "HEAD") and "text/html" in Headers(scope=scope).get("accept", "")
            and not path.startswith(NOT_PAGES))


def _sign_in_first(scope: Scope, path: str) -> Response:
    if not is_page(scope, path):
        return _plain(SIGN_IN_FIRST, 401)
    query = scope["query_string"].decode("latin-1")
    wanted = path + (f"?{query}" if query else "")
    return answers.go(Request(scope), "/login" + (f"?next={quote(wanted, safe='')}" if wanted != "/" else ""))


def _plain(words: Text, status: int) -> Response:
    return PlainTextResponse(f"{words.ja} {words.en}\n", status)


