"""Arrivals: what a ledger named before it was registered is tied to its record when that record comes.

A reference or link that found nothing is kept as printed (design.md §6). Each new record is looked for among those texts,
by its number or its name; the tie is made by rule, in the act that made the record.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from grc.changes.spine import Act
from grc.changes.write import parts, preparer, sealed, standing
from grc.kinds import fold_name, split
from grc.record import LIVE
from grc.register import Register, all_registers, get
from grc.text import Text

WHY = Text("書かれていた相手が登録された", "what was named has been registered")


def bind_arrivals(doing: Act, register: Register, ids: Sequence[int]) -> None:
    """Tie what names one of these new records of ``register``; a name that two live records share ties nothing."""
    waiting = [(other, name) for other in all_registers() for name in _names(other, register.slug)]
    known: dict[str, list[int]] | None = None
    for other, name in waiting:
        c = other.table.c
        rows = doing.conn.execute(sa.select(other.table).where(sa.cast(c.printed, sa.Text).contains(f'"{name}"'), c.standing == LIVE)).all()
        for row in rows:
            text = (row.printed or {}).get(name)
            if text is None:
                continue
            known = _known(doing.conn, register, ids) if known is None else known
            _bind(doing, other, row, name, text, register, known)


def _names(other: Register, slug: str) -> list[str]:
    return [f.name for f in other.fields if f.refers == slug] + [link.name for link in other.links if slug in link.slugs]


def _known(conn: sa.Connection, register: Register, ids: Sequence[int]) -> dict[str, list[int]]:
    """Numbers and names of all live records with those names; only the new ones are asked for, namesakes stand beside them."""
    c = register.table.c
    found: dict[str, list[int]] = {}
    new = set(ids)
    for row in conn.execute(sa.select(c.id, c.code, c[register.name]).where(c.standing == LIVE)):
        if row.id in new:
            found.setdefault(row.code, []).append(row.id)
        found.setdefault(fold_name(str(row[2] or "")), []).append(row.id)
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
    now = standing(doing.conn, other, row.id)
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
