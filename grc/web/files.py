"""Files out: evidence, exports, empty templates, parcels. Never through Streamlit's media store, which answers anybody.

Session (the gate) → permission on the record → the trail → the file (security.md S2). What is unknown and what is
forbidden give the same answer.
"""

from __future__ import annotations

import io
from collections.abc import Iterator
from typing import IO

import sqlalchemy as sa
from starlette.requests import Request
from starlette.responses import Response, StreamingResponse
from starlette.routing import Route

from grc import calendar, evidence, export_set, parcels
from grc.changes.spine import act
from grc.charts.export import board_csv, register_csv
from grc.charts.figures import asked_year
from grc.evidence import attachments
from grc.exports import write_export, write_set
from grc.office import Office, here
from grc.permissions import Action, Actor, require, visible
from grc.refusal import NotAllowedNow, Unknown
from grc.register import get
from grc.web.address import query_from
from grc.web.answers import NOTHING, attachment, language, refusing, session_of
from grc.web.headers import CSP_FILE

XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TYPES = {"xlsx": XLSX, "csv": "text/csv; charset=utf-8", "json": "application/json"}


@refusing
def file(request: Request) -> Response:
    """``/files/{sha256}?register=SLUG&record=CODE``: a file attached to that record."""
    slug, code = request.query_params.get("register", ""), request.query_params.get("record", "")
    name, media_type, data = open_evidence(here(), session_of(request).actor, slug, code, request.path_params["sha256"])
    return _sent(data, name, media_type)


def open_evidence(office: Office, actor: Actor, slug: str, code: str, sha256: str) -> tuple[str, str, bytes]:
    """Name, type and checked bytes of a file that is attached to a record; written down in the trail.

    Raises ``Unknown``, ``Forbidden``, ``NotAllowedNow`` (what is stored is missing or is not what was stored).
    """
    register = get(slug)
    with act(office.db, actor) as doing:
        scope = visible(actor, register)
        row = doing.conn.execute(sa.select(register.table).where(register.table.c.code == code, sa.true() if scope is None else scope)).first()
        require(actor, Action.DOWNLOAD, register, row._asdict() if row else None)
        mine = sa.select(attachments.c.name, evidence.table.c.media_type).join(evidence.table).where(
            attachments.c.register == slug, attachments.c.record == code, attachments.c.sha256 == sha256)
        found = doing.conn.execute(mine).first()
        if row is None or found is None:
            raise Unknown(NOTHING)
        try:
            data = office.store.get(sha256)
        except Unknown as fault:
            raise NotAllowedNow(fault.message) from None
        doing.note("download", slug, code, {"evidence": [None, f"{found.name} sha256:{sha256}"]})
    return found.name, found.media_type, data


@refusing
def export(request: Request) -> Response:
    """``/exports/{slug}.{xlsx|csv|json}?…``: what the list of the same address shows, all pages of it."""
    slug, format, lang = request.path_params["slug"], request.path_params["format"], language(request)
    if format not in _TYPES:
        raise Unknown(NOTHING)
    register = get(slug)
    out = write_export(here(), session_of(request).actor, register, query_from(request.query_params.multi_items()), format, lang)
    return _streamed(out, f"{register.title.into(lang)}_{calendar.today().isoformat()}.{format}", _TYPES[format])


@refusing
def export_of_set(request: Request) -> Response:
    """``/exports/sets/{id}.zip``: the files that one submission asks for."""
    wanted, lang = export_set.get(request.path_params["id"]), language(request)
    out = write_set(here(), session_of(request).actor, wanted, lang)
    return _streamed(out, f"{wanted.title.into(lang)}_{calendar.today().isoformat()}.zip", "application/zip")


@refusing
def chart(request: Request) -> Response:
    """``/exports/{slug}/charts/{n}.csv``: the figures of a register's chart; ``fy`` asks for the months of a year."""
    name, data = register_csv(here(), session_of(request).actor, request.path_params["slug"], _place(request), language(request), _year(request))
    return _sent(data, name, _TYPES["csv"])


@refusing
def board_chart(request: Request) -> Response:
    """``/exports/boards/{id}/{n}.csv``: the same of a committee's board."""
    name, data = board_csv(here(), session_of(request).actor, request.path_params["id"], _place(request), language(request), _year(request))
    return _sent(data, name, _TYPES["csv"])


def _place(request: Request) -> int:
    asked = request.path_params["n"]
    if not (asked.isascii() and asked.isdecimal() and len(asked) < 4):
        raise Unknown(NOTHING)
    return int(asked)


def _year(request: Request) -> int | None:
    return asked_year(request.query_params.get("fy"))


@refusing
def template(request: Request) -> Response:
    """``/templates/{slug}.xlsx``: the empty workbook of a register."""
    from imports.template import template as empty

    register = get(request.path_params["slug"])
    require(session_of(request).actor, Action.VIEW, register)
    return _sent(empty(register), f"{register.title.into(language(request))}.xlsx", XLSX)


@refusing
def parcel(request: Request) -> Response:
    """``/parcels/{token}``: a file that a page made for this very session."""
    found = parcels.take(here(), session_of(request).token_hash, request.path_params["token"])
    if found is None:
        raise Unknown(NOTHING)
    return _sent(found.data, found.name, found.media_type)


def _sent(data: bytes, name: str, media_type: str) -> Response:
    return Response(data, headers=_headers(name, media_type))


def _streamed(out: IO[bytes], name: str, media_type: str) -> Response:
    size = out.seek(0, io.SEEK_END)
    out.seek(0)
    return StreamingResponse(_chunks(out), headers=_headers(name, media_type) | {"Content-Length": str(size)})


def _headers(name: str, media_type: str) -> dict[str, str]:
    return {"Content-Type": media_type, "Content-Disposition": attachment(name), "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store", "Content-Security-Policy": CSP_FILE}


def _chunks(out: IO[bytes]) -> Iterator[bytes]:
    with out:
        while chunk := out.read(1 << 18):
            yield chunk


ROUTES = [
    Route("/files/{sha256:str}", file), Route("/exports/boards/{id:str}/{n:str}.csv", board_chart),
    Route("/exports/{slug:str}/charts/{n:str}.csv", chart), Route("/exports/{slug:str}.{format:str}", export),
    Route("/exports/sets/{id:str}.zip", export_of_set),
    Route("/templates/{slug:str}.xlsx", template), Route("/parcels/{token:str}", parcel),
]
