"""Agenda: what a person's day holds across all registers: what is due, and which approvals wait for them.

Each question is one statement over all registers, however many there are; what it finds is read in full only where shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from grc import query
from grc.changes.judge import whole
from grc.changes.transition import why_not
from grc.deadlines import going, runs
from grc.facts import Look
from grc.permissions import Action, Actor, decide, decide_move
from grc.query import Item
from grc.record import LIVE, FieldSpec
from grc.register import Register
from grc.workflow import Transition

FAR = 50
"""How many records of one register are looked through for what waits."""


@dataclass(frozen=True, slots=True)
class Due:
    """A date of a record to be reminded of."""

    register: Register
    spec: FieldSpec
    item: Item

    @property
    def day(self) -> date:
        """The date."""
        return self.item.values[self.spec.name]  # type: ignore[no-any-return]


@dataclass(frozen=True, slots=True)
class Waiting:
    """A record that waits for an approval which the person can give now; ``day``: by when, where it has a deadline."""

    register: Register
    move: Transition
    item: Item
    day: date | None


def due(conn: sa.Connection, actor: Actor, registers: Iterable[Register], since: date, until: date, *, limit: int) -> list[Due]:
    """Live records that still have a way to go, with a deadline from ``since`` to ``until``, soonest first; at most ``limit``.

    Registers that the actor may not see hold nothing for them.
    """
    deadlines = [(r, f) for r in registers if decide(actor, Action.VIEW, r) for f in r.fields if f.deadline]
    if not deadlines:
        return []
    asked = []
    for register, spec in deadlines:
        c = register.table.c
        counts = (c.standing == LIVE) & going(register, spec) & query.seen(actor, register) & c[spec.name].between(since, until)
        asked.append((register, counts, c[spec.name]))
    first = conn.execute(query.heads(asked, limit).order_by("at", "n", "id").limit(limit)).all()
    items = query.read_all(conn, ((deadlines[n][0], id) for n, id, _ in first))
    return [Due(register, spec, items[register.slug, id]) for (register, spec), id in ((deadlines[n], id) for n, id, _ in first)]


def approvals(conn: sa.Connection, actor: Actor, registers: Iterable[Register]) -> Iterator[Waiting]:
    """The approvals that the person can give now, most urgent first; each is judged only when it is asked for."""
    facts = Look(conn)
    for found in sorted(_candidates(conn, actor, registers), key=lambda found: found.day or date.max):
        register, row = found.register, found.row
        record = whole(conn, register, row)
        move = next((m for m in found.moves if why_not(facts, actor, register, m, record) is None), None)
        if move:
            yield Waiting(register, move, query.items(conn, register, [row])[0], found.day)


@dataclass(frozen=True, slots=True)
class _Candidate:
    register: Register
    row: sa.Row[Any]
    moves: Sequence[Transition]
    day: date | None


def _candidates(conn: sa.Connection, actor: Actor, registers: Iterable[Register]) -> Iterator[_Candidate]:
    for register in registers:
        moves = [m for m in register.workflow.transitions if m.approves and decide_move(actor, m, register, {})]
        if not moves or not decide(actor, Action.VIEW, register):
            continue
        c = register.table.c
        waits = (c.standing == LIVE) & c.status.in_({s for m in moves for s in m.sources}) & query.seen(actor, register)
        soonest = [sa.nulls_last(c[f.name].asc()) for f in register.fields if f.deadline]
        for row in conn.execute(sa.select(register.table).where(waits).order_by(*soonest, c.id.desc()).limit(FAR)):
            ready = [m for m in moves if row.status in m.sources and all(row._mapping[n] is not None for n in m.needs if n in c)]
            if ready:
                yield _Candidate(register, row, ready, _day(register, row))


def _day(register: Register, row: sa.Row[Any]) -> date | None:
    record = row._asdict()
    return next((record[f.name] for f in register.fields if f.deadline and record[f.name] and runs(register, f, record)), None)
