"""Exports: the records that a query finds, as a file, with an entry in the trail before it leaves."""

from __future__ import annotations

import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterable, Iterator
from itertools import islice
from typing import IO

from grc import calendar, query, tables
from grc.changes.spine import act
from grc.export_set import ExportSet, containing
from grc.office import Office
from grc.permissions import Action, Actor, decide, require
from grc.query import Item, Query
from grc.register import Register, get

_IN_MEMORY = 4 * 2**20


def write_export(office: Office, actor: Actor, register: Register, wanted: Query, format: str, lang: str, *, first: int | None = None) -> IO[bytes]:
    """The records that a query finds (``first``: no more than so many), as a file; the trail knows before it leaves.

    Written whole before the first byte goes out, so that a fault gives a sentence and never half a list.
    Raises ``Forbidden``, ``Misuse`` (a filter or sort that the register does not have).
    """
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the caller closes it
    columns = tables.columns(register)
    count = 0

    def counted(items: Iterable[Item]) -> Iterator[Item]:
        nonlocal count
        for item in items:
            count += 1
            yield item

    with act(office.db, actor):  # a refusal is written down
        require(actor, Action.EXPORT, register)
    with office.db.read() as conn:
        items = counted(islice(query.records(conn, actor, register, wanted), first))
        if format == "xlsx":
            out.write(tables.write_xlsx(columns, items, register.title, lang))
        else:
            for chunk in tables.write_csv(columns, items, lang) if format == "csv" else tables.write_json(columns, items):
                out.write(chunk)
    with act(office.db, actor) as doing:
        doing.note("export", register.slug, "", {"format": [None, format], "rows": [None, count]})
    return out


def write_set(office: Office, actor: Actor, wanted: ExportSet, lang: str) -> IO[bytes]:
    """The files of a set in one ZIP file, a workbook a register in the set's order, each with its own entry in the trail.

    Raises ``Forbidden`` where the actor may not export one of the registers; then nothing leaves.
    """
    with act(office.db, actor):  # a refusal is written down
        for part in wanted.parts:
            require(actor, Action.EXPORT, get(part.slug))
    out: IO[bytes] = tempfile.SpooledTemporaryFile(max_size=_IN_MEMORY)  # noqa: SIM115  the caller closes it
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED) as book:  # a workbook is packed already
        for n, part in enumerate(wanted.parts, 1):
            register = get(part.slug)
            query_of = Query(filters=part.where, sort="code")
            with write_export(office, actor, register, query_of, "xlsx", lang, first=part.first) as file:
                file.seek(0)
                name = zipfile.ZipInfo(f"{n}_{register.title.into(lang)}.xlsx", calendar.tokyo(calendar.now()).timetuple()[:6])
                with book.open(name, "w") as entry:
                    shutil.copyfileobj(file, entry)
    out.seek(0, io.SEEK_END)
    return out


def sets_of(actor: Actor, slug: str) -> list[ExportSet]:
    """The sets in which a register stands, as far as the actor may have all of their files."""
    return [found for found in containing(slug) if all(decide(actor, Action.EXPORT, get(part.slug)) for part in found.parts)]
