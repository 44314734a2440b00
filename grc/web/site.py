"""The public site at ``/disclosure/``: the same folder that any web server could host, for anybody, no session.

The folder is a link to the newest generation; each request follows it anew, so a month just published is there at once.
"""

from __future__ import annotations

from pathlib import Path

import sqlalchemy as sa
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import FileResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Receive, Scope, Send

from grc.office import here
from grc.text import Text
from grc.web import answers
from grc.web.headers import CSP_OWN, route_path

NOTHING_YET = Text("まだ公表している月はありません。", "Nothing is published yet.")
NO_PAGE = Text("このページはありません。", "There is no such page.")
_HERE = Path(__file__).parent


async def public(scope: Scope, receive: Receive, send: Send) -> None:
    """The site as an ASGI app."""
    site = here().site
    try:
        if site.exists():
            await StaticFiles(directory=site, html=True)(scope, receive, send)
        else:
            await _sentence(scope, NOTHING_YET, 200 if route_path(scope) == "/" else 404)(scope, receive, send)
    except HTTPException as fault:  # raised before anything is sent
        await _sentence(scope, NO_PAGE, fault.status_code)(scope, receive, send)


def _sentence(scope: Scope, sentence: Text, status: int) -> Response:
    above = {**scope, "root_path": str(scope["root_path"]).removesuffix("/disclosure")}
    return answers.page(Request(above), "public.html", "ja", status, body_name=here().body().body_name,
                        sentence_ja=sentence.ja, sentence_en=sentence.en)


def to_site(request: Request) -> Response:
    """``/disclosure`` without its slash."""
    return answers.go(request, "/disclosure/")


def healthz(_request: Request) -> Response:
    """Whether this process can answer: its database is there."""
    try:
        with here().db.read() as conn:
            conn.execute(sa.text("select 1"))
    except sa.exc.SQLAlchemyError:
        return PlainTextResponse("database\n", 503)
    return PlainTextResponse("ok\n")


def look(_request: Request) -> Response:
    """The style of our own pages."""
    return FileResponse(_HERE / "look.css", media_type="text/css", headers={"Content-Security-Policy": CSP_OWN})


def mark(_request: Request) -> Response:
    """The mark."""
    return FileResponse(_HERE / "mark.svg", media_type="image/svg+xml", headers={"Content-Security-Policy": CSP_OWN})


ROUTES = [Route("/healthz", healthz), Route("/login/look.css", look), Route("/login/mark.svg", mark),
          Route("/disclosure", to_site), Mount("/disclosure", public)]
