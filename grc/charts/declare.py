"""What a register says of its charts: what is counted, by what, and in which form. Nothing here reads or draws.

A chart groups the live records of one register by one or two dimensions and gives each group a figure. A dimension or a
condition names a field of the register, or one field further along a reference: ``control_id.theme``. A condition is a
value, several of them, ``None`` (nothing is said), :data:`OPEN` or :data:`FILLED`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import Enum
from typing import Any, Literal

from grc.text import Text

Form = Literal["bars", "stacked", "shares", "heat", "lines", "gantt", "bullet", "arrows", "scatter"]


class Mark(Enum):
    """What a condition may say instead of a value."""

    OPEN = "open"
    FILLED = "filled"


OPEN = Mark.OPEN
"""Of ``status``: any state in which a record still has a way to go."""
FILLED = Mark.FILLED
"""Of any field: that something is said in it."""


@dataclass(frozen=True, slots=True)
class By:
    """A dimension. ``how``: ``value`` (as it stands), ``month`` (of one fiscal year) or ``year`` (fiscal) of a date,
    ``age`` (days since, in ``edges``), ``due`` (late, within 30 days, later, none; of records that still have a way to
    go), ``bins`` (a number in ``edges``; a class ends below its edge where they are ``from_edge``)."""

    name: str
    how: Literal["value", "month", "year", "age", "due", "bins"] = "value"
    edges: tuple[int, ...] = ()
    from_edge: bool = False


def by(name: str) -> By:
    """Each value of a choice, a state (``status``), a flag, a reference or a small number."""
    return By(name)


def month(name: str) -> By:
    """The months of one fiscal year: of the one that is asked for, else of the running one, or the last with records."""
    return By(name, "month")


def year(name: str) -> By:
    """The fiscal year of a date."""
    return By(name, "year")


def age(name: str, *edges: int) -> By:
    """Days from a date to today, in classes that end at ``edges``."""
    return By(name, "age", edges or (30, 60, 90, 180))


def due(name: str) -> By:
    """How near a deadline is; what has ended is not late and is left out."""
    return By(name, "due")


def bins(name: str, *edges: int, from_edge: bool = False) -> By:
    """A number, in classes that end at ``edges``, or begin at them (``from_edge``)."""
    return By(name, "bins", edges, from_edge)


@dataclass(frozen=True, slots=True)
class Measure:
    """The figure of a group: how many records, a sum, a mean, a share of records (%), or one sum of another (%)."""

    how: Literal["count", "sum", "mean", "share", "ratio"] = "count"
    name: str = ""
    over: str = ""
    equals: Any = True


COUNT = Measure()


def total(name: str) -> Measure:
    """The sum of a field."""
    return Measure("sum", name)


def mean(name: str) -> Measure:
    """The mean of a field."""
    return Measure("mean", name)


def share(name: str, equals: Any = True) -> Measure:
    """How many of the records that say something in ``name`` say ``equals`` (one value or a tuple of them), in percent."""
    return Measure("share", name, equals=equals)


def ratio(name: str, over: str) -> Measure:
    """The sum of ``name`` in that of ``over``, in percent."""
    return Measure("ratio", name, over)


@dataclass(frozen=True, slots=True)
class Touching:
    """Only records whose link (or reference) ``link`` leads to a record of ``register`` with these values."""

    link: str
    register: str
    where: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Chart:
    """One chart. ``x`` first dimension, ``series`` second; of ``gantt``, ``bullet``, ``arrows`` and ``scatter`` both name
    fields drawn for each record. ``target``: a line to reach, or (``most``) not to pass; ``plan``, of ``lines``: the field
    whose mean was to be reached at each point. ``fewest``: groups smaller than this are not shown (restricted registers).
    ``levels``, of a ``heat`` of two grades: their products from which on a cell is 中, 高 (and 重大). ``tint``, of a
    ``scatter``: what colour and shape of a point stand for."""

    title: Text
    form: Form
    x: By
    series: By | None = None
    value: Measure = COUNT
    where: Mapping[str, Any] = field(default_factory=dict)
    touching: Touching | None = None
    target: Decimal | None = None
    most: bool = False
    plan: str = ""
    unit: Text | None = None
    fewest: int = 1
    levels: tuple[int, ...] = ()
    tint: By | None = None


PER_RECORD = ("gantt", "bullet", "arrows", "scatter")
"""The forms that draw each record, not groups of them."""


def _chart(form: Form, ja: str, en: str, x: By, series: By | None, more: dict[str, Any]) -> Chart:
    target, unit = more.pop("target", None), more.pop("unit", None)
    return Chart(Text(ja, en), form, x, series, target=None if target is None else Decimal(str(target)),
                 unit=Text(*unit) if unit else None, **more)


def bars(ja: str, en: str, x: By, **more: Any) -> Chart:
    """A bar for each group. ``more``: ``value where touching target most unit fewest``; ``unit`` as a pair of words."""
    return _chart("bars", ja, en, x, None, more)


def stacked(ja: str, en: str, x: By, series: By, **more: Any) -> Chart:
    """A bar for each group, built of the series."""
    return _chart("stacked", ja, en, x, series, more)


def shares(ja: str, en: str, x: By, series: By, **more: Any) -> Chart:
    """The same, each bar as 100 %."""
    return _chart("shares", ja, en, x, series, more)


def heat(ja: str, en: str, x: By, series: By, **more: Any) -> Chart:
    """A matrix with a figure in each cell. ``more``: ``levels`` too, of a risk matrix."""
    return _chart("heat", ja, en, x, series, more)


def lines(ja: str, en: str, x: By, series: By | None = None, **more: Any) -> Chart:
    """A line over months or years. ``more``: ``plan`` too, of a single line."""
    return _chart("lines", ja, en, x, series, more)


def gantt(ja: str, en: str, start: str, end: str, **more: Any) -> Chart:
    """A bar for each record from one date to another."""
    return _chart("gantt", ja, en, By(start), By(end), more)


def bullet(ja: str, en: str, target: str, actual: str, **more: Any) -> Chart:
    """For each record what was to be reached, and what was."""
    return _chart("bullet", ja, en, By(target), By(actual), more)


def arrows(ja: str, en: str, before: str, after: str, **more: Any) -> Chart:
    """For each of the ten records that are highest now an arrow from what it was to what it is."""
    return _chart("arrows", ja, en, By(before), By(after), more)


def scatter(ja: str, en: str, x: str, y: str, **more: Any) -> Chart:
    """A point for each record at two numbers. ``more``: ``tint`` too."""
    return _chart("scatter", ja, en, By(x), By(y), more)
