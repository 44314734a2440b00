"""Where the names in a chart lead: to a column of the register, or of another one along a reference; and conditions.

References are followed by outer joins, each once: a record whose reference is empty stays, and says nothing there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from grc.charts.declare import Chart, Mark
from grc.kinds import Ref
from grc.permissions import Actor, visible
from grc.record import LIVE, FieldSpec, links
from grc.register import CATALOGUE, Register, get

Condition = sa.ColumnElement[bool]


@dataclass(frozen=True, slots=True)
class Way:
    """What a name means: a field of a register, reached over a reference of the chart's own register (or not)."""

    register: Register
    spec: FieldSpec
    over: str | None = None


def way(register: Register, name: str) -> Way | None:
    """Where a name leads; ``None`` where it leads nowhere."""
    first, _, further = name.partition(".")
    spec = register.status if first == "status" else register.field.get(first)
    if spec is None or not further:
        return None if spec is None else Way(register, spec)
    target = CATALOGUE.get(spec.kind.slug) if isinstance(spec.kind, Ref) else None
    there = None if target is None or "." in further else way(target, further)
    return None if there is None else Way(there.register, there.spec, first)


def sources(register: Register, chart: Chart) -> list[Register]:
    """The registers that a chart reads, its own one first; one that does not exist is passed over."""
    found = [register]
    for name in names(chart):
        at = way(register, name)
        found += [at.register] if at else []
    if chart.touching and chart.touching.register in CATALOGUE:
        found.append(CATALOGUE[chart.touching.register])
    return list({r.slug: r for r in found}.values())


def names(chart: Chart) -> list[str]:
    """Every name of the chart's own register that a chart uses, in the order of the declaration."""
    value = chart.value
    found = [chart.x.name, chart.series.name if chart.series else "", value.name, value.over, chart.plan, *chart.where, chart.tint.name if chart.tint else ""]
    return [name for name in dict.fromkeys(found) if name]


class Sources:
    """The tables of one question. ``actor``: for whom rows of the other registers are left out that they may not see;
    ``None`` reads all of them."""

    def __init__(self, register: Register, actor: Actor | None) -> None:
        self.register = register
        self._actor = actor
        self._joined: dict[str, tuple[Register, sa.FromClause]] = {}

    def way(self, name: str) -> Way:
        """Where a name leads; a chart that passed its check uses no other. ``LookupError`` for one that did not."""
        found = way(self.register, name)
        if found is None:
            raise LookupError(f"{self.register.slug} has no {name}")
        return found

    def column(self, name: str) -> sa.ColumnElement[Any]:
        """The column of a name."""
        at = self.way(name)
        if at.over is None:
            return self.register.table.c[at.spec.name]
        if at.over not in self._joined:
            self._joined[at.over] = (at.register, at.register.table.alias(f"to_{at.over}"))
        return self._joined[at.over][1].c[at.spec.name]

    def condition(self, name: str, wanted: Any) -> Condition:
        """That a name's value is the one wanted, or one of them."""
        return is_one(self.column(name), wanted, self.way(name).register)

    def tables(self) -> sa.FromClause:
        """All tables that were asked for, joined."""
        base = self.register.table
        found: sa.FromClause = base
        for reference, (target, alias) in self._joined.items():
            on = base.c[reference] == alias.c.id
            scope = self._scope(target)
            if scope is not None:
                on &= alias.c.id.in_(sa.select(target.table.c.id).where(scope))
            found = found.outerjoin(alias, on)
        return found

    def touching(self, link: str, slug: str, where: Mapping[str, Any]) -> Condition:
        """That a link, or a reference, leads to a record of another register with these values."""
        target = get(slug)
        inner = Sources(target, self._actor)
        conditions = [target.table.c.standing == LIVE, *(inner.condition(name, value) for name, value in where.items())]
        scope = self._scope(target)
        conditions += [] if scope is None else [scope]
        ids = sa.select(target.table.c.id).select_from(inner.tables()).where(*conditions)
        table = self.register.table
        if link in self.register.field:
            return table.c[link].in_(ids)
        return table.c.id.in_(sa.select(links.c.record_id).where(
            links.c.register == self.register.slug, links.c.name == link, links.c.target_register == slug, links.c.target_id.in_(ids)))

    def _scope(self, register: Register) -> Condition | None:
        return None if self._actor is None else visible(self._actor, register)


def is_one(column: sa.ColumnElement[Any], wanted: Any, register: Register) -> Condition:
    """That a column says what is wanted: a value, one of several, nothing (``None``), something, or an open state."""
    if wanted is Mark.FILLED:
        return column.is_not(None)
    if wanted is Mark.OPEN:
        return column.in_(register.workflow.open)
    if wanted is None:
        return column.is_(None)
    if not isinstance(wanted, str) and isinstance(wanted, Iterable):
        some = list(wanted)
        found: Condition = column.in_([v for v in some if v is not None])
        return found | column.is_(None) if None in some else found
    return column == wanted
