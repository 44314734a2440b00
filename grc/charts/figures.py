"""The figures of a chart: one question to the database, grouped there, and its answer in classes that people can read.

Only live records count. Somebody who reads a register's charts gets the rows that they may see; a committee's board
counts all rows (``board=True``), and reads no register that is restricted or shows its rows to some eyes only.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from grc import calendar
from grc.charts.cells import Cell, fold, sizes, value_of
from grc.charts.classes import MOST_YEARS, Class, Dimension, classes, dimension, edge
from grc.charts.columns import Condition, Sources, is_one, sources
from grc.charts.declare import PER_RECORD, By, Chart, mean
from grc.charts.marks import Point, points
from grc.kinds import Kind, Month
from grc.permissions import Action, Actor, require, visible
from grc.record import LIVE
from grc.refusal import Forbidden
from grc.register import Register
from grc.text import Text

MOST_SERIES, MOST_BARS = 6, 20
"""How many classes are told apart by colour, and along an axis; the smallest beyond that are その他."""
NOT_FOR_BOARDS = Text("見る人を限った台帳は、委員会の図表にはしません。", "A register that only some may read is not shown on a committee's board.")


@dataclass(frozen=True, slots=True)
class Group:
    """One figure: of which class, of which series, how much (``None``: not to be computed), from how many records."""

    x: Class
    series: Class | None
    value: Decimal | None
    n: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The answer: the groups, the classes in order, how many records stand behind it, and what was left out.

    ``blank``: records that say nothing in what is drawn; ``year``: whose months are shown; ``points`` and ``of``: of the
    forms that draw each record, those that are drawn, of how many; ``plan``: what was to be reached in each class;
    ``era``: whether years are in 和暦.
    """

    register: Register
    chart: Chart
    as_of: datetime
    groups: tuple[Group, ...]
    xs: tuple[Class, ...]
    series: tuple[Class, ...]
    n: int
    blank: int = 0
    year: int | None = None
    x_label: Text | None = None
    series_label: Text | None = None
    value_kind: Kind | None = None
    ordered: bool = False
    time: bool = False
    points: tuple[Point, ...] = ()
    of: int = 0
    plan: Mapping[Class, Decimal | None] = field(default_factory=dict)
    era: bool = True

    def at(self, x: Class, series: Class | None = None) -> Group | None:
        """The group of two classes."""
        return next((g for g in self.groups if g.x == x and g.series == series), None)


def asked_year(text: str | None) -> int | None:
    """The fiscal year that an address asks for; ``None`` where it says none that a register could hold."""
    return int(text) if text and text.isascii() and text.isdecimal() and 1900 <= int(text[:5]) <= 2100 else None


def figures(conn: sa.Connection, actor: Actor, register: Register, chart: Chart, *, year: int | None = None, era: bool = True,
            board: bool = False) -> Figures:
    """The figures of a chart. ``year``: the fiscal year whose months are asked for; ``era``: years in 和暦.

    Raises ``Forbidden`` where the actor may not see a register that the chart reads.
    """
    if board:
        if any(r.restricted or r.scope for r in sources(register, chart)):
            raise Forbidden(NOT_FOR_BOARDS)
    else:
        for source in sources(register, chart):
            require(actor, Action.VIEW, source)
    asked = Sources(register, None if board else actor)
    scope = None if board else visible(actor, register)
    base: list[Condition] = [register.table.c.standing == LIVE, *(() if scope is None else (scope,)),
                             *(asked.condition(name, wanted) for name, wanted in chart.where.items())]
    if chart.touching:
        base.append(asked.touching(chart.touching.link, chart.touching.register, chart.touching.where))
    if chart.form in PER_RECORD:
        return replace(_each(conn, actor, asked, chart, base, board), era=era)
    return replace(_grouped(conn, asked, chart, base, year, era), era=era)


def _each(conn: sa.Connection, actor: Actor, asked: Sources, chart: Chart, base: list[Condition], board: bool) -> Figures:
    drawn = points(conn, actor, asked, chart, base, board=board)
    first, second = asked.way(chart.x.name).spec, asked.way(chart.series.name).spec if chart.series else None
    return Figures(asked.register, chart, calendar.now(), (), (), drawn.tints, len(drawn.points), drawn.total - drawn.of, x_label=first.label,
                   series_label=second.label if second else None, value_kind=first.kind, points=drawn.points, of=drawn.of)


def _grouped(conn: sa.Connection, asked: Sources, chart: Chart, base: list[Condition], year: int | None, era: bool) -> Figures:
    dims = [by for by in (chart.x, chart.series) if by]
    months = next((by for by in dims if by.how == "month"), None)
    of = None if months is None else year if year is not None else _year(conn, asked, months, base)
    span = next((_span(conn, asked, by, base) for by in dims if by.how == "year"), (0, 0))
    x, series = ([dimension(by, asked, of or 0, span, era) for by in dims] + [None])[:2]
    assert x is not None
    cells, blank = _ask(conn, asked, chart, x, series, base)
    if chart.levels:  # a risk that is not graded has no place in the matrix
        blank += sum(c.n for c in cells if None in c.keys)
        cells = [c for c in cells if None not in c.keys]
    if chart.fewest > 1:
        cells, blank = [c for c in cells if c.n >= chart.fewest], 0
    folded = cells if x.fixed or x.time else fold(cells, 0, MOST_BARS)
    if series and not series.fixed:
        folded = fold(folded, 1, MOST_BARS if chart.form == "heat" else MOST_SERIES)
    whole = chart.fewest == 1
    xs = classes(conn, x, sizes(folded, 0, chart), whole=whole, era=era)
    several = classes(conn, series, sizes(folded, 1, chart), whole=whole and chart.form == "heat", era=era) if series else ()
    groups = tuple(_groups(chart, folded, xs, several, fill=whole))
    spec = asked.way(chart.value.name).spec if chart.value.how in ("sum", "mean") else None
    return Figures(asked.register, chart, calendar.now(), groups, xs, several, sum(g.n for g in groups), blank, of, x.label,
                   series.label if series else None, spec.kind if spec else None, x.ordered, x.time, plan=_plan(conn, asked, chart, x, xs, base))


def _plan(conn: sa.Connection, asked: Sources, chart: Chart, x: Dimension, xs: Sequence[Class], base: Sequence[Condition]) -> dict[Class, Decimal | None]:
    """What was to be reached in each class: the mean of the field that says it."""
    if not chart.plan:
        return {}
    planned = replace(chart, value=mean(chart.plan))
    known = {cell.keys[0]: value_of(planned, cell) for cell in _ask(conn, asked, planned, x, None, base)[0]}
    return {one: known.get(one.key) for one in xs}


# The question


def _ask(conn: sa.Connection, asked: Sources, chart: Chart, x: Dimension, series: Dimension | None, base: Sequence[Condition]) -> tuple[list[Cell], int]:
    """The cells, and how many records say nothing in what is drawn.

    The classes are computed in an inner query: PostgreSQL does not see that two CASEs with parameters are the same.
    """
    numerator, denominator = _measure(asked, chart)
    dims = [d for d in (x, series) if d]
    keys = [d.key.label(f"key{n}") for n, d in enumerate(dims)]
    within = [d.within for d in dims if d.within is not None]
    inner = sa.select(*keys, numerator.label("num"), denominator.label("den")).select_from(asked.tables()).where(*base, *within).subquery()
    by = [inner.c[f"key{n}"] for n in range(len(dims))]
    rows = conn.execute(sa.select(*by, sa.func.sum(inner.c.num), sa.func.sum(inner.c.den), sa.func.count(inner.c.num), sa.func.count()).group_by(*by)).all()
    cells = [Cell(tuple(row[:len(dims)]), _exact(row[-4]), _exact(row[-3]), int(row[-2])) for row in rows]
    blank = sum(int(row[-1]) - int(row[-2]) for row in rows)
    missing = [d.missing for d in dims if d.missing is not None]
    if missing:
        blank += conn.scalar(sa.select(sa.func.count()).select_from(asked.tables()).where(*base, sa.or_(*missing))) or 0
    return cells, blank


def _measure(asked: Sources, chart: Chart) -> tuple[sa.ColumnElement[Any], sa.ColumnElement[Any]]:
    """What each record adds to a group's numerator and denominator; nothing where it says nothing."""
    value, one, nothing = chart.value, sa.literal(1), sa.null()
    if value.how == "count":
        return one, one
    column = asked.column(value.name)
    if value.how == "sum":
        return column, one
    if value.how == "mean":
        return column, sa.case((column.is_not(None), 1))
    if value.how == "share":
        hit = is_one(column, value.equals, asked.way(value.name).register)
        return sa.case((column.is_(None), nothing), (hit, 1), else_=0), sa.case((column.is_not(None), 1))
    over = asked.column(value.over)
    both = column.is_not(None) & over.is_not(None)
    return sa.case((both, column)), sa.case((both, over))


def _exact(value: Any) -> Decimal | None:
    return None if value is None else Decimal(str(value))


def _year(conn: sa.Connection, asked: Sources, by: By, base: Sequence[Condition]) -> int:
    """The fiscal year whose months are shown: the running one, else the last with records, else the first."""
    this = calendar.fiscal_year(calendar.today())
    column, kind = asked.column(by.name), asked.way(by.name).spec.kind
    before = f"{this + 1}-04" if isinstance(kind, Month) else edge(asked.way(by.name), date(this + 1, calendar.FIRST_MONTH, 1))
    tables = asked.tables()
    latest = conn.scalar(sa.select(sa.func.max(column)).select_from(tables).where(*base, column < before))
    if latest is None:
        latest = conn.scalar(sa.select(sa.func.min(column)).select_from(tables).where(*base))
    return this if latest is None else _fiscal_year(latest)


def _span(conn: sa.Connection, asked: Sources, by: By, base: Sequence[Condition]) -> tuple[int, int]:
    """The first and the last fiscal year with records, at most ten."""
    column = asked.column(by.name)
    first, last = conn.execute(sa.select(sa.func.min(column), sa.func.max(column)).select_from(asked.tables()).where(*base)).one()
    if last is None:
        return (calendar.fiscal_year(calendar.today()),) * 2
    return max(_fiscal_year(first), _fiscal_year(last) - MOST_YEARS + 1), _fiscal_year(last)


def _fiscal_year(value: Any) -> int:
    if isinstance(value, datetime):
        return calendar.fiscal_year(calendar.tokyo(value).date())
    if isinstance(value, str):
        return calendar.fiscal_year(date.fromisoformat(f"{value}-01"))
    return calendar.fiscal_year(value) if isinstance(value, date) else int(value)


# The answer


def _groups(chart: Chart, cells: Sequence[Cell], xs: Sequence[Class], several: Sequence[Class], *, fill: bool) -> list[Group]:
    """The groups in order. ``fill``: where there is no record a count or a sum is nought, and a cell of a matrix not to be computed; both are said."""
    by_keys: Mapping[tuple[Any, ...], Cell] = {cell.keys: cell for cell in cells}
    found = []
    for x in xs:
        for series in several or (None,):
            cell = by_keys.get((x.key,) if series is None else (x.key, series.key))
            if cell is not None:
                found.append(Group(x, series, value_of(chart, cell), cell.n))
            elif fill and (chart.form == "heat" or chart.value.how in ("count", "sum")):
                found.append(Group(x, series, Decimal(0) if chart.value.how in ("count", "sum") else None, 0))
    return found


__all__ = ["Class", "Figures", "Group", "Point", "figures"]
