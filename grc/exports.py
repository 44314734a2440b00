"""Exports: the records that a query finds, as a file, with an entry in the trail before it leaves."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Iterator
from typing import IO

from grc import query, tables
from grc.changes.spine import act
from grc.office import Office
from grc.permissions import Action, Actor, require
from grc.query import Item, Query
from grc.register import Register

_IN_MEMORY = 4 * 2**20


def write_export(office: Office, actor: Actor, register: Register, wanted: Query, format: str, lang: str) -> IO[bytes]:
    """The records that a query finds, as a file; the trail knows before it leaves.

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
        items = counted(query.records(conn, actor, register, wanted))
        if format == "xlsx":
            out.write(tables.write_xlsx(columns, items, register.title, lang))
        else:
            for chunk in tables.write_csv(columns, items, lang) if format == "csv" else tables.write_json(columns, items):
                out.write(chunk)
    with act(office.db, actor) as doing:
        doing.note("export", register.slug, "", {"format": [None, format], "rows": [None, count]})
    return out
