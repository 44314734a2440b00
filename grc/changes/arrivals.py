"""Arrivals: what a ledger named before it was registered is tied to its record when that record comes.

A reference or link that found nothing is kept as printed (design.md §6). Each new record is looked for among those texts,
by its number or its name; the tie is made by rule, in the act that made the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from grc.changes.spine import Act
from grc.changes.write import parts, preparer, sealed
from grc.kinds import fold_name, split
from grc.parts import standing_of
from grc.record import LIVE
from grc.register import Register, all_registers, get
from grc.text import Text

WHY = Text("書かれていた相手が登録された", "what was named has been registered")


def bind_arrivals(doing: Act, register: Register, ids: Sequence[int]) -> None:
    """Tie what names one of these new records of ``register``; a name that two live records share ties nothing."""
    referring = [(other, name, _waits(other, name)) for other in all_registers() for name in _names(other, register.slug)]
    if not referring:
        return
    some = doing.conn.execute(sa.select(*(sa.exists().where(waits) for _, _, waits in referring))).one()
    waiting = [asked for asked, found in zip(referring, some, strict=True) if found]
    known = _known(doing.conn, register, ids) if waiting else {}
    for other, name, waits in waiting:
        for row in doing.conn.execute(sa.select(other.table).where(waits)).all():
            if (text := row.printed.get(name)) is not None:
                _bind(doing, other, row, name, text, register, known)


def _waits(other: Register, name: str) -> sa.ColumnElement[bool]:
    """The live records of which this reference or link stands as printed."""
    c = other.table.c
    return sa.cast(c.printed, sa.Text).contains(f'"{name}"') & (c.standing == LIVE)


def _names(other: Register, slug: str) -> list[str]:
    return [f.name for f in other.fields if f.refers == slug] + [link.name for link in other.links if slug in link.slugs]


def _known(conn: sa.Connection, register: Register, ids: Sequence[int]) -> dict[str, list[int]]:
    """By what a text may name a live record: the number of a new one, and of all the name and every key of one field, so
    that namesakes are seen."""
    c = register.table.c
    names = dict.fromkeys((register.name, *(key[0] for key in register.keys if len(key) == 1)))
    found: dict[str, list[int]] = {}
    new = set(ids)
    for row in conn.execute(sa.select(c.id, c.code, *(c[name] for name in names)).where(c.standing == LIVE)):
        said = {fold_name(str(value)) for value in row[2:] if value is not None} | ({row.code} if row.id in new else set())
        for word in said:
            found.setdefault(word, []).append(row.id)
    return found


def _bind(doing: Act, other: Register, row: sa.Row[Any], name: str, text: str, register: Register, known: dict[str, list[int]]) -> None:
    targets = [_one(line, known) for line in text.split("\n")]
    if name in other.field:
        value: Any = targets[0] if len(targets) == 1 else None
    else:
        link = next(link for link in other.links if link.name == name)
        value = [_anywhere(doing.conn, link.slugs, line, register.slug, known) for line in text.split("\n")]
        value = None if any(v is None for v in value) else value
    if value is None:
        return
    now = standing_of(doing.conn, other, row.id)
    prepared = preparer(doing, other, gaps=True).update(row.code, row._asdict(), {name: value}, {}, now)
    doing.conn.execute(sa.update(other.table).where(other.table.c.id == row.id).values(
        {**prepared.columns, "version": row.version + 1, "updated_at": doing.at, "updated_by": doing.actor.name}))
    parts(doing, other, row.id, prepared)
    doing.note("rule", other.slug, row.code, sealed(doing, other, row.code, prepared.changes), str(WHY))


def _one(line: str, known: dict[str, list[int]]) -> int | None:
    code, name = split(line)
    for key in (code, fold_name(name), fold_name(line)):
        if key and len(found := known.get(key, [])) == 1:
            return found[0]
    return None


def _anywhere(conn: sa.Connection, slugs: Sequence[str], line: str, slug: str, known: dict[str, list[int]]) -> tuple[str, int] | None:
    """The record that one line of a link names: a new one, or one that was there already."""
    if slug in slugs and (found := _one(line, known)) is not None:
        return slug, found
    code, _ = split(line)
    for other in slugs:
        c = get(other).table.c
        if code and (id := conn.scalar(sa.select(c.id).where(c.code == code, c.standing == LIVE))) is not None:
            return other, id
    return None
