"""The classes of a dimension: what a record is grouped by, in the order that means something, with words in both languages.

Classes of time and of numbers are one CASE over their edges: the same on every database, and the months of a moment are
those of Asia/Tokyo, because the edges are midnights there.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from grc import calendar
from grc.charts.columns import Sources, Way
from grc.charts.declare import By
from grc.charts.numbers import compact
from grc.deadlines import going
from grc.kinds import Choice, DateTime, FiscalYear, Flag, Integer, Month, Ref, Yen
from grc.register import Register, get
from grc.text import Text, same
from grc.units import MASTERS

MOST_YEARS, MOST_MONTHS, WHOLE, GRADES = 10, 24, 8, 12
"""How many years and months are shown; up to how many options all are shown; how long a range of whole numbers is drawn without gaps."""
SAYS_NOTHING = Text("未記入", "Not given")
REST = Text("その他", "Other")
DUE = (Text("期限超過", "Late"), Text("30日以内", "Within 30 days"), Text("31日以上先", "Later"), Text("期限なし", "No deadline"))
_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")


@dataclass(frozen=True, slots=True)
class Class:
    """One class: ``key`` as the question gives it (``None``: nothing is said), its words, the role of its colour.

    ``written``: as a file has it, where that differs. ``given``: the value to filter a list by, where there is one.
    """

    key: Any
    label: Text
    colour: str | None = None
    written: str | None = None
    given: str | None = None


OTHER = Class("\0rest", REST)


@dataclass(frozen=True, slots=True)
class Dimension:
    """A dimension of one question: the column or CASE to group by, and which records it can place.

    ``fixed``: its classes where they are known beforehand; those of ``shown`` stand even with no record in them.
    """

    by: By
    way: Way
    key: sa.ColumnElement[Any]
    within: sa.ColumnElement[bool] | None = None
    missing: sa.ColumnElement[bool] | None = None
    fixed: tuple[Class, ...] = ()

    @property
    def label(self) -> Text:
        """The words of the dimension."""
        label = self.way.spec.label
        if self.by.how == "month":
            return Text(f"{label.ja}の月", f"{label.en}, month")
        if self.by.how == "year" and not isinstance(self.way.spec.kind, FiscalYear):
            return Text(f"{label.ja}の年度", f"{label.en}, fiscal year")
        return Text(f"{label.ja}からの日数", f"Days since {label.en}") if self.by.how == "age" else label

    @property
    def time(self) -> bool:
        """Whether its classes follow each other in time."""
        return self.by.how in ("month", "year") or isinstance(self.way.spec.kind, FiscalYear | Month)

    @property
    def ordered(self) -> bool:
        """Whether its classes are steps of one scale."""
        return self.time or self.by.how in ("age", "due", "bins") or _is_number(self.way)


def dimension(by: By, sources: Sources, year: int, span: tuple[int, int], era: bool) -> Dimension:
    """The dimension as a question asks it. ``year``: whose months; ``span``: from which fiscal year to which."""
    column, at = sources.column(by.name), sources.way(by.name)
    if by.how == "value":
        return Dimension(by, at, column)
    if by.how == "month":
        months = calendar.fiscal_year_months(year)
        fixed = tuple(Class(n, Text(f"{int(m[5:])}月", _MONTHS[int(m[5:]) - 1]), written=m) for n, m in enumerate(months))
        return _cased(by, at, column, _between(column, at, [*months, f"{year + 1}-04"]), fixed)
    if by.how == "year":
        years = range(span[0], span[1] + 1)
        fixed = tuple(Class(n, fiscal_year_words(y, era), written=str(y)) for n, y in enumerate(years))
        return _cased(by, at, column, _between(column, at, [f"{y}-04" for y in (*years, span[1] + 1)]), fixed)
    if by.how == "age":
        days = [edge(at, calendar.today() - timedelta(days=n)) for n in by.edges]
        whens: list[Any] = [(column >= day, n) for n, day in enumerate(days)]
        return _cased(by, at, column, sa.case(*whens, (column.is_not(None), len(days))), _ages(by.edges))
    if by.how == "due":
        return _due(by, at, column, sources.register)
    whens = [(column < edge if by.from_edge else column <= edge, n) for n, edge in enumerate(by.edges)]
    return _cased(by, at, column, sa.case(*whens, (column.is_not(None), len(by.edges))), _bins(by, at))


def _cased(by: By, at: Way, column: sa.ColumnElement[Any], key: sa.ColumnElement[Any], fixed: tuple[Class, ...]) -> Dimension:
    return Dimension(by, at, key, within=key.is_not(None), missing=column.is_(None), fixed=fixed)


def _between(column: sa.ColumnElement[Any], at: Way, edges: Sequence[str]) -> sa.ColumnElement[Any]:
    """Which of the spans between months a date lies in; outside of all of them nothing."""
    if isinstance(at.spec.kind, FiscalYear):
        return sa.case(*((column == int(month[:4]), n) for n, month in enumerate(edges[:-1])))
    values: Sequence[Any] = edges if isinstance(at.spec.kind, Month) else [edge(at, calendar.month_bounds(m)[0]) for m in edges]
    return sa.case(*(((column >= first) & (column < after), n) for n, (first, after) in enumerate(itertools.pairwise(values))))


def edge(at: Way, day: date) -> date | datetime:
    """A day as the column's own type: of moments, its midnight in Tokyo."""
    if isinstance(at.spec.kind, DateTime):
        return datetime.combine(day, time(), tzinfo=calendar.TOKYO).astimezone(UTC)
    return day


def _due(by: By, at: Way, column: sa.ColumnElement[Any], register: Register) -> Dimension:
    today = calendar.today()
    key = sa.case((column < edge(at, today), 0), (column < edge(at, today + timedelta(days=31)), 1), (column.is_not(None), 2), else_=3)
    counts = going(register, at.spec)  # what a list calls late, a chart calls late
    colours = ("red", "orange", "blue", "gray")
    return Dimension(by, at, key, within=counts, fixed=tuple(Class(n, label, colour) for n, (label, colour) in enumerate(zip(DUE, colours, strict=True))))


def _ages(edges: Sequence[int]) -> tuple[Class, ...]:
    first = Class(0, Text(f"{edges[0]}日以内", f"≤ {edges[0]} days"))
    between = [Class(n, Text(f"{a + 1}–{b}日", f"{a + 1}–{b}")) for n, (a, b) in enumerate(itertools.pairwise(edges), 1)]
    return (first, *between, Class(len(edges), Text(f"{edges[-1]}日超", f"> {edges[-1]}")))


def _bins(by: By, at: Way) -> tuple[Class, ...]:
    kind, whole, edges = at.spec.kind, isinstance(at.spec.kind, Integer), by.edges

    def words(n: int) -> Text:
        return compact(n) if isinstance(kind, Yen) else same(f"{n:,}")

    def lower(n: int) -> Text:
        return words(n + 1) if whole and not isinstance(kind, Yen) else words(n)

    if by.from_edge:
        middle = [Class(n, Text(f"{words(a).ja}以上{words(b).ja}未満", f"{words(a).en} to < {words(b).en}")) for n, (a, b) in enumerate(itertools.pairwise(edges), 1)]
        return (Class(0, Text(f"{words(edges[0]).ja}未満", f"< {words(edges[0]).en}")), *middle,
                Class(len(edges), Text(f"{words(edges[-1]).ja}以上", f"≥ {words(edges[-1]).en}")))
    found = [Class(0, Text(f"{words(edges[0]).ja}以下", f"≤ {words(edges[0]).en}"))]
    for n, (a, b) in enumerate(itertools.pairwise(edges), 1):
        one = whole and a + 1 == b
        found.append(Class(n, words(b) if one else Text(f"{lower(a).ja}–{words(b).ja}", f"{lower(a).en}–{words(b).en}")))
    return (*found, Class(len(edges), Text(f"{words(edges[-1]).ja}超", f"> {words(edges[-1]).en}")))


def fiscal_year_words(year: int, era: bool) -> Text:
    """A fiscal year on an axis: ``R7年度``, ``2025年度``, ``FY2025``."""
    _, letter, number = calendar.era(date(year, 5, 1))
    return Text(f"{letter}{number}年度" if era and letter else f"{year}年度", f"FY{year}")


def classes(conn: sa.Connection, at: Dimension, sizes: dict[Any, int], *, whole: bool = True, era: bool = True) -> tuple[Class, ...]:
    """The classes of a dimension in the order that means something. ``sizes``: the keys that were found, with their counts;
    ``whole``: whether classes without a record stand as well."""
    if at.fixed:
        known = [c for c in at.fixed if c.key in sizes or (whole and c.label is not DUE[3])]
    else:
        known = [c for c in _known(conn, at.way, sizes, era) if c.key in sizes or whole]
    return (*known, Class(None, SAYS_NOTHING)) if None in sizes else tuple(known)


def _known(conn: sa.Connection, at: Way, sizes: dict[Any, int], era: bool) -> list[Class]:
    """The classes of a field as it stands. Texts that begin with a number (chapters) go by it, other texts by size."""
    kind, keys = at.spec.kind, [k for k in sizes if k is not None and k != OTHER.key]
    rest = [OTHER] if OTHER.key in sizes else []
    if isinstance(kind, Ref):
        return [*_targets(conn, kind.slug, keys, sizes), *rest]
    if isinstance(kind, Choice):
        options = [Class(o.id, o.text, o.colour, given=o.id) for o in kind.options if o.id in sizes or len(kind.options) <= WHOLE]
        return [*options, *(Class(k, same(str(k)), given=str(k)) for k in keys if k not in kind.ids), *rest]
    if isinstance(kind, Flag):
        return [Class(yes, Text(kind.show(yes), kind.show(yes, "en")), given="true" if yes else "false") for yes in (True, False)]
    if isinstance(kind, FiscalYear):
        last = max(keys, default=0)
        years = range(max(min(keys, default=1), last - MOST_YEARS + 1), last + 1)
        return [Class(y, fiscal_year_words(y, era), written=str(y), given=str(y)) for y in years]
    if _is_number(at):
        return [*(Class(k, same(f"{k:,}" if isinstance(k, int) else f"{Decimal(str(k)).normalize():f}"), given=str(k))
                  for k in _range(kind, keys)), *rest]
    if isinstance(kind, Month):
        return [Class(k, Text(calendar.japanese_month(k) if era else k, k), given=k) for k in sorted(keys)[-MOST_MONTHS:]]
    numbered = all(re.match(r"\d", str(k)) for k in keys)
    order = (lambda k: [int(n) for n in re.findall(r"\d+", str(k))]) if numbered else (lambda k: (-sizes[k], str(k)))
    return [*(Class(k, same(str(k)), given=str(k)) for k in sorted(keys, key=order)), *rest]


def _range(kind: Any, keys: Sequence[Any]) -> Sequence[Any]:
    """Whole numbers without gaps: all grades of a short scale, else from the least to the greatest."""
    if isinstance(kind, Integer) and kind.high - kind.low < GRADES:
        return range(kind.low, kind.high + 1)
    if keys and isinstance(kind, Integer) and max(keys) - min(keys) < GRADES:
        return range(min(keys), max(keys) + 1)
    return sorted(keys)


def _targets(conn: sa.Connection, slug: str, ids: Sequence[int], sizes: dict[Any, int]) -> list[Class]:
    """Records of another register: units and other masters in the order of their numbers, which is the office's; the
    rest by size. What a restricted register holds is not named."""
    register = get(slug)
    c = register.table.c
    found = list(conn.execute(sa.select(c.id, c.code, c[register.name].label("name")).where(c.id.in_(ids)).order_by(c.code)))
    twice = {r.name for r in found if sum(o.name == r.name for o in found) > 1}
    named = [Class(r.id, same(r.code if register.restricted or not r.name else f"{r.name}（{r.code}）" if r.name in twice else r.name),
                   given=r.code) for r in found]
    return named if register.domain == MASTERS else sorted(named, key=lambda k: -sizes[k.key])


def _is_number(at: Way) -> bool:
    """Whether a field holds numbers."""
    return isinstance(at.spec.kind.column_type, sa.Integer | sa.Numeric) and not isinstance(at.spec.kind, Ref | FiscalYear)
