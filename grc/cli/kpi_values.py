"""The indicators measured: what each formula finds at the end of a month becomes a value in the register, through the door."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

import sqlalchemy as sa

from grc import calendar
from grc.case import Values
from grc.changes.create import insert
from grc.changes.spine import Act, act
from grc.changes.update import apply
from grc.disclosure import overview
from grc.facts import Look
from grc.office import Office
from grc.permissions import Action, Actor, require
from grc.record import LIVE
from grc.refusal import Forbidden, NotAllowedNow
from grc.register import get
from grc.text import Text
from registers.rules import kpi
from registers.rules.indicators import BY_NUMBER, INDICATORS, PUBLISHED, Indicator, target_of

Fate = Literal["created", "updated", "unchanged", "typed"]


@dataclass(frozen=True, slots=True)
class Measured:
    """An indicator's value for a month and what became of it; ``typed``: a person's value stands and was left alone."""

    number: str
    name: str
    month: str
    fate: Fate
    values: Mapping[str, Any]


class _Once(Look):
    """A look around that reads each list once: twelve months ask the same registers."""

    def __init__(self, conn: sa.Connection) -> None:
        super().__init__(conn)
        self._seen: dict[Any, Sequence[Values]] = {}

    def records(self, slug: str, *, whole: bool = False, **where: Any) -> Sequence[Values]:
        """As :meth:`grc.case.Facts.records`."""
        key = (slug, whole, *sorted((n, tuple(v) if isinstance(v, list | tuple) else v) for n, v in where.items()))
        if key not in self._seen:
            self._seen[key] = super().records(slug, whole=whole, **where)
        return self._seen[key]


def define(office: Office, actor: Actor) -> list[str]:
    """Put the indicators to begin with into the register, those whose number is not there; returns their numbers."""
    with act(office.db, actor) as doing:
        return _define(doing)


def measure(office: Office, actor: Actor, months: Sequence[str]) -> list[Measured]:
    """Measure every indicator that can be at the end of each month, and write the values, all or nothing.

    Raises ``Forbidden``, ``NotAllowedNow`` (a month that has not begun).
    """
    for month in months:
        if month > calendar.month_of(calendar.today()):
            raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}はまだ始まっていません。", f"{month} has not begun."))
    published = _published(office, actor, months)
    with act(office.db, actor) as doing:
        require(actor, Action.CREATE, get("kpi-values"))
        _define(doing)
        look = _Once(doing.conn)
        measured = [(row, BY_NUMBER[row["number"]]) for row in look.records("kpis", whole=True, source="measured") if row["number"] in BY_NUMBER]
        return [_one(doing, look, row, one, month, figure) for month in months for row, one in measured
                if (figure := _figure(look, one, month, published)) is not None]


def _define(doing: Act) -> list[str]:
    register = get("kpis")
    c = register.table.c
    known = set(doing.conn.scalars(sa.select(c.number)))  # one that was archived or voided is not made again
    missing = [one for one in INDICATORS if one.number not in known]
    if missing:
        require(doing.actor, Action.CREATE, register)
    for one in missing:
        insert(doing, register, one.values)
    return [one.number for one in missing]


def _figure(look: Look, definition: Indicator, month: str, published: Mapping[str, kpi.Figure]) -> kpi.Figure | None:
    if definition.measure is not None:
        return definition.measure(look, calendar.month_bounds(month)[1])
    return published.get(month) if definition.number == PUBLISHED else None


def _one(doing: Act, look: Look, indicator: Values, definition: Indicator, month: str, figure: kpi.Figure) -> Measured:
    register, year = get("kpi-values"), calendar.fiscal_year(calendar.month_bounds(month)[0])
    found = {"numerator": figure.numerator, "denominator": figure.denominator}
    c = register.table.c
    mine = sa.select(register.table).where(c.kpi_id == indicator["id"], c.month == month, c.standing == LIVE)
    row = doing.conn.execute(mine).first()
    fate: Fate
    if row is None:
        item = next(iter(look.records("plan-items", fiscal_year=year, number=definition.plan)), None) if definition.plan else None
        insert(doing, register, {"kpi_id": indicator["id"], "month": month, "source": "measured", **found, **target_of(indicator, month),
                                 "unit_id": None, "plan_item_id": item and item["id"]})
        fate = "created"
    elif row.source == "typed":
        fate = "typed"
    else:  # the target stays as it was then
        fate = "unchanged" if apply(doing, register, row, found).version == row.version else "updated"
    row = doing.conn.execute(mine).one()
    return Measured(indicator["number"], indicator["name"], month, fate, row._asdict())


def _published(office: Office, actor: Actor, months: Sequence[str]) -> dict[str, kpi.Figure]:
    """The figure of K25 for each month: which months' contracts, from the first own month on, were published by their legal day."""
    first = office.body().first_own_month
    found: dict[str, kpi.Figure] = {}
    boards: dict[int, list[overview.Month]] = {}
    for month in months:
        until = calendar.month_bounds(month)[1]
        year = calendar.fiscal_year(until)
        try:
            boards[year] = boards.get(year) or overview.board(office, actor, year)
        except Forbidden:
            return {}
        dated = [(calendar.tokyo(m.published_at).date() if m.published_at else None, m.due) for m in boards[year] if m.month >= first]
        found[month] = kpi.months_published_in_time(dated, until)
    return found


def counts(measured: Iterable[Measured]) -> dict[str, int]:
    """How many values had each fate."""
    found = list(measured)
    return {fate: sum(one.fate == fate for one in found) for fate in ("created", "updated", "unchanged", "typed")}


def shown(value: Decimal | None) -> str | None:
    """A figure as JSON: exact text, ``None`` for none."""
    return None if value is None else f"{value.normalize():f}" if value else "0"
