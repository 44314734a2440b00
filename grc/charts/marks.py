"""The forms that draw each record: from when to when, what was to be reached and what was, two numbers of each."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from grc import calendar
from grc.charts.classes import OTHER, Class, classes, dimension
from grc.charts.columns import Condition, Sources
from grc.charts.declare import Chart
from grc.permissions import Action, Actor, decide, visible
from grc.text import same

MOST = {"gantt": 40, "bullet": 40, "arrows": 10, "scatter": 1000}
"""How many records are drawn."""
MOST_TINTS = 6


@dataclass(frozen=True, slots=True)
class Point:
    """One record: its number, its name where the actor may read it, its two values, its state or what tints it."""

    code: str
    name: str
    x: Any
    y: Any
    state: Class
    tint: Class | None = None

    @property
    def label(self) -> str:
        """What it is called where there is room."""
        return f"{self.name}（{self.code}）" if self.name else self.code


@dataclass(frozen=True, slots=True)
class Drawn:
    """The records drawn in order, how many could be, how many there are at all, and what tints them."""

    points: tuple[Point, ...]
    of: int
    total: int
    tints: tuple[Class, ...]


def points(conn: sa.Connection, actor: Actor, asked: Sources, chart: Chart, base: Sequence[Condition], *, board: bool) -> Drawn:
    """The records of a chart that draws each of them.

    On a board records go by their numbers: names are free text, read only by who may see the register.
    """
    assert chart.series is not None
    register, c = asked.register, asked.register.table.c
    x, y = asked.column(chart.x.name), asked.column(chart.series.name)
    tint = dimension(chart.tint, asked, 0, (0, 0), True) if chart.tint else None
    filled = [*base, x.is_not(None), *(() if chart.form == "bullet" else (y.is_not(None),))]
    columns = [c.code, c[register.name].label("name"), c.status, x.label("x"), y.label("y"), (tint.key if tint else sa.null()).label("tint")]
    order = x.desc() if chart.form == "gantt" else y.desc() if chart.form == "arrows" else c.id.desc()
    tables = asked.tables()
    rows = conn.execute(sa.select(*columns).select_from(tables).where(*filled).order_by(order, c.id.desc()).limit(MOST[chart.form])).all()
    counted = sa.select(sa.func.count()).select_from(tables)
    total = conn.scalar(counted.where(*base)) or 0
    of = conn.scalar(counted.where(*filled)) or 0
    named = not board or (bool(decide(actor, Action.VIEW, register)) and visible(actor, register) is None)
    states = {s.id: Class(s.id, s.label, s.tone.value) for s in register.workflow.states}
    tints, of_key = _tints(conn, tint, rows)
    found = tuple(Point(row.code, str(row.name or "") if named else "", _shown(row.x), _shown(row.y),
                        states.get(row.status) or Class(row.status, same(row.status)), of_key.get(row.tint)) for row in rows)
    return Drawn(found if chart.form in ("arrows", "scatter") else found[::-1], of, total, tints)


def _tints(conn: sa.Connection, tint: Any, rows: Sequence[Any]) -> tuple[tuple[Class, ...], dict[Any, Class]]:
    if tint is None:
        return (), {}
    sizes: dict[Any, int] = {}
    for row in rows:
        sizes[row.tint] = sizes.get(row.tint, 0) + 1
    known = classes(conn, tint, sizes, whole=False)
    kept = known if len(known) <= MOST_TINTS else (*known[:MOST_TINTS - 1], OTHER)
    return kept, {k.key: k if k in kept else OTHER for k in known}


def _shown(value: Any) -> Any:
    """A moment as its day in Tokyo; anything else as it is."""
    return calendar.tokyo(value).date() if isinstance(value, datetime) else value

