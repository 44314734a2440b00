"""What stands on every answer: the headers of security.md R11 and S8, a request id, and one line in the log.

The outermost layer: whatever leaves the app, a fault included, passes here.
"""

from __future__ import annotations

import secrets
from time import perf_counter

from starlette.datastructures import MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from grc.web import log

CSP_APP = ("default-src 'self'; script-src 'self' 'wasm-unsafe-eval'; style-src 'self' 'unsafe-inline'; "
           "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; worker-src 'self' blob:; "
           "frame-src 'self'; object-src 'none'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'")
"""Streamlit's pages: no foreign host, no inline script."""
CSP_OWN = ("default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; "
           "frame-ancestors 'none'")
"""Our own pages and the public site: no script at all."""
CSP_FILE = "sandbox; default-src 'none'"

_ALWAYS = {"X-Content-Type-Options": "nosniff", "Referrer-Policy": "no-referrer", "X-Frame-Options": "DENY",
           "Cross-Origin-Opener-Policy": "same-origin", "Permissions-Policy": "camera=(), geolocation=(), microphone=()"}
_QUIET = ("/static/", "/healthz", "/_stcore/", "/disclosure/")


class Headers:
    """The ASGI layer."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        path = route_path(scope)
        request_id, began, status = secrets.token_hex(8), perf_counter(), 0

        async def marked(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
                mark(MutableHeaders(scope=message), path, scope["scheme"], request_id)
            await send(message)

        try:
            await self.app(scope, receive, marked)
        except Exception as exc:
            number = log.fault(exc, request=request_id, path=path)
            if status:  # the answer is under way: breaking off is all that is left
                raise
            words = log.OUR_FAULT.format(number=number)
            await PlainTextResponse(f"{words.ja}\n{words.en}\n", 500)(scope, receive, marked)
        if not path.startswith(_QUIET):
            session = scope.get("grc.session")
            log.line("info", "request", request=request_id, method=scope["method"], path=path, status=status,
                     who=session.actor.name if session else None, address=address_of(scope),
                     ms=round((perf_counter() - began) * 1000))


def mark(headers: MutableHeaders, path: str, scheme: str, request_id: str) -> None:
    """Put the headers on an answer; what its maker set stays."""
    for name, value in _ALWAYS.items():
        headers.setdefault(name, value)
    headers.setdefault("Content-Security-Policy", CSP_OWN if path.startswith("/disclosure") else CSP_APP)
    headers.setdefault("X-Request-Id", request_id)
    if not path.startswith(("/static/", "/disclosure")):
        headers.setdefault("Cache-Control", "private, no-store")
    if scheme == "https":
        headers.setdefault("Strict-Transport-Security", "max-age=31536000")


def route_path(scope: Scope) -> str:
    """The path within the app, wherever it is mounted."""
    path, root = str(scope["path"]), str(scope.get("root_path", ""))
    return path[len(root):] or "/" if root and path.startswith(f"{root}/") else path


def address_of(scope: Scope) -> str:
    """Where a request comes from (uvicorn believes a proxy on the same machine only)."""
    return str(scope["client"][0]) if scope.get("client") else ""
