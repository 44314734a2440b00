"""What is wrong with a chart's declaration: a name that leads nowhere, a field of the wrong kind, a word that is no choice."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import sqlalchemy as sa

from grc.charts.columns import Way, names, way
from grc.charts.declare import PER_RECORD, Chart, Mark
from grc.kinds import Choice, Date, DateTime, FiscalYear, LongText, Month, Ref
from grc.problem import Problem, fault
from grc.register import CATALOGUE, Register

NO_FIELD = fault("chart-no-field", "図が使う「{value}」という項目はありません。", 'the chart uses a field "{value}" that does not exist.')
WRONG_KIND = fault("chart-wrong-kind", "項目「{value}」は、この図の使い方に合いません。", 'the field "{value}" cannot be used in this way.')
NO_OPTION = fault("chart-no-option", "「{value}」という選択肢はありません。", 'there is no choice "{value}".')
PERSONAL = fault("chart-personal", "個人情報の項目「{value}」は図にできません。", 'the personal field "{value}" cannot be charted.')
TELLING = fault("chart-telling", "見る人を限った台帳の図は、{value}件以上のまとまりだけを示します。",
                 "a chart of a register that only some may read shows groups of {value} or more alone.")
FEWEST = 3
"""The smallest group that a chart of a restricted register may show: fewer could be recognised."""


def check(register: Register, chart: Chart) -> list[Problem]:
    """Every fault of a chart of a register; ``field`` of a problem names the register and the chart."""
    return list(_faults(register, chart, f"{register.slug} {chart.title.ja}"))


def _faults(register: Register, chart: Chart, where: str) -> Iterator[Problem]:
    used = names(chart)
    missing = [name for name in used if way(register, name) is None]
    yield from (NO_FIELD(field=where, value=name) for name in missing)
    for name in used:
        at = way(register, name)
        if at is None:
            continue
        if at.spec.personal:
            yield PERSONAL(field=where, value=name)
        if any(not fits(at) for fits in _uses(chart, name)):
            yield WRONG_KIND(field=where, value=name)
    if register.restricted and (chart.form in PER_RECORD or chart.fewest < FEWEST):
        yield TELLING(field=where, value=FEWEST)
    for name, wanted in chart.where.items():
        yield from _no_options(way(register, name), wanted, where)
    if chart.value.how == "share":
        yield from _no_options(way(register, chart.value.name), chart.value.equals, where)
    if chart.touching:
        target = CATALOGUE.get(chart.touching.register)
        leads = {link.name: link.slugs for link in register.links} | {f.name: (f.refers,) for f in register.fields if f.refers}
        if target is None or chart.touching.register not in leads.get(chart.touching.link, ()):
            yield NO_FIELD(field=where, value=f"{chart.touching.link} → {chart.touching.register}")
        for name, wanted in chart.touching.where.items() if target else ():
            at = way(target, name) if target else None
            if at is None:
                yield NO_FIELD(field=where, value=f"{chart.touching.register}.{name}")
            yield from _no_options(at, wanted, where)


def _uses(chart: Chart, name: str) -> Iterator[Any]:
    """What each use of a name asks of its kind."""
    if chart.form in PER_RECORD:
        if name in (chart.x.name, chart.series.name if chart.series else ""):
            yield _is_day if chart.form == "gantt" else _is_number
    else:
        yield from (_HOW[by.how] for by in (chart.x, chart.series) if by is not None and by.name == name)
        if chart.form == "lines" and name == chart.x.name:
            yield _is_time
    if chart.tint and chart.tint.name == name:
        yield _HOW[chart.tint.how]
    if name == chart.plan or (name in (chart.value.name, chart.value.over) and chart.value.how in ("sum", "mean", "ratio")):
        yield _is_number


def _is_number(at: Way) -> bool:
    return isinstance(at.spec.kind.column_type, sa.Integer | sa.Numeric) and not isinstance(at.spec.kind, Ref | FiscalYear)


def _is_day(at: Way) -> bool:
    return isinstance(at.spec.kind, Date | DateTime)


def _is_time(at: Way) -> bool:
    return isinstance(at.spec.kind, Date | DateTime | Month | FiscalYear)


def _groups(at: Way) -> bool:
    return not isinstance(at.spec.kind, Date | DateTime | LongText)


_HOW = {"value": _groups, "month": lambda at: _is_time(at) and not isinstance(at.spec.kind, FiscalYear), "year": _is_time, "age": _is_day,
        "due": lambda at: _is_day(at) and at.over is None, "bins": _is_number}


def _no_options(at: Way | None, wanted: Any, where: str) -> Iterator[Problem]:
    """The values of a condition that a choice does not offer."""
    if at is None or not isinstance(at.spec.kind, Choice):
        return
    some: Iterable[Any] = [wanted] if isinstance(wanted, str) or not isinstance(wanted, Iterable) else wanted
    for value in some:
        if value is not None and not (value is Mark.FILLED or (value is Mark.OPEN and at.spec.name == "status")) and value not in at.spec.kind.ids:
            yield NO_OPTION(field=where, value=f"{at.spec.name} = {value}")
