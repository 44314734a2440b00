"""Answers of our own routes: pages from templates, sentences, the one 404, forms, cookies.

These pages need no script and say so in their policy; Streamlit draws the others.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from functools import cache, wraps
from pathlib import Path
from urllib.parse import parse_qsl, quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import HTTPConnection, Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from grc.refusal import Forbidden, Misuse, NotAllowedNow, Refusal, Unknown
from grc.text import Text
from grc.web.headers import CSP_OWN
from grc.web.session import COOKIE, COOKIE_RULES, ROUTE_COOKIE, Session

LARGEST_FORM = 16 * 1024
NOTHING = Text("見つかりません。アドレスを確かめてください。アドレスが正しいときは、見る権限がないか、もうないものです。",
               "Not found. Check the address. If it is right, you may not see this, or it is gone.")
_STATUS: dict[type[Refusal], int] = {Forbidden: 404, Unknown: 404, Misuse: 400, NotAllowedNow: 409}
"""What exists but may not be seen answers like what does not exist."""


@cache
def _templates() -> Environment:
    return Environment(loader=FileSystemLoader(Path(__file__).with_name("templates")), autoescape=True, undefined=StrictUndefined,
                       trim_blocks=True, lstrip_blocks=True)


def page(request: Request, template: str, lang: str, status: int = 200, **values: object) -> Response:
    """An HTML page of ours; ``Text`` values reach the template in ``lang``."""
    words = {name: value.into(lang) if isinstance(value, Text) else value for name, value in values.items()}
    html = _templates().get_template(template).render(root=root(request), lang=lang, **words)
    return HTMLResponse(html, status, {"Content-Security-Policy": CSP_OWN, "Cache-Control": "no-store"})


def notice(request: Request, sentence: Text, status: int) -> Response:
    """A page that says one thing and links home."""
    return page(request, "notice.html", language(request), status, sentence=sentence, home=Text("台帳へ", "To Daicho"),
                title=Text("台帳", "Daicho"))


def refusing(endpoint: Callable[[Request], Response]) -> Callable[[Request], Response]:
    """Turn a refusal that leaves ``endpoint`` into its page."""
    @wraps(endpoint)
    def wrapped(request: Request) -> Response:
        try:
            return endpoint(request)
        except Refusal as refusal:
            status = _STATUS.get(type(refusal), 409)
            return notice(request, NOTHING if status == 404 else refusal.message, status)

    return wrapped


def language(request: HTTPConnection) -> str:
    """The language to answer in: as asked for, else the signed-in person's, else the browser's; Japanese otherwise."""
    asked = request.query_params.get("lang")
    if asked in ("ja", "en"):
        return asked
    session = request.scope.get("grc.session")
    if isinstance(session, Session):
        return session.actor.lang
    return "en" if request.headers.get("accept-language", "").lower().startswith("en") else "ja"


def session_of(request: Request) -> Session:
    """The session that the gate found."""
    session = request.scope["grc.session"]
    assert isinstance(session, Session)
    return session


async def form(request: Request) -> dict[str, str] | None:
    """The fields of a posted form, nothing trimmed; ``None`` for one that is too large for any form of ours."""
    body = b""
    async for chunk in request.stream():
        body += chunk
        if len(body) > LARGEST_FORM:
            return None
    return dict(parse_qsl(body.decode("ascii", "replace"), keep_blank_values=True, errors="replace"))


def from_here(request: Request) -> bool:
    """Whether the browser says that a form of ours was sent; a browser that says nothing is judged by its token."""
    return request.headers.get("sec-fetch-site", "same-origin") == "same-origin"


def same(one: str | None, other: str | None) -> bool:
    """Whether two secrets are there and equal."""
    return bool(one and other) and secrets.compare_digest(str(one).encode(), str(other).encode())


def go(request: Request, path: str) -> Response:
    """Send the browser on to a path of ours with GET."""
    return RedirectResponse(root(request) + quote(path, safe="/?#&=%:+,;@!$'()*~"), 303, {"Cache-Control": "no-store"})


def root(request: HTTPConnection) -> str:
    """The path under which the app is mounted; usually nothing."""
    return str(request.scope.get("root_path", "")).rstrip("/")


def sign_in_cookies(response: Response, request: Request, token: str) -> Response:
    """Hand over a session's token, and the value that a proxy may be sticky by."""
    response.set_cookie(COOKIE, token, **COOKIE_RULES)  # type: ignore[arg-type]
    if ROUTE_COOKIE not in request.cookies:
        response.set_cookie(ROUTE_COOKIE, secrets.token_urlsafe(12), **COOKIE_RULES)  # type: ignore[arg-type]
    return response


def attachment(name: str) -> str:
    """The Content-Disposition of a file to keep (RFC 6266)."""
    return f"attachment; filename*=UTF-8''{quote(name, safe='')}"
