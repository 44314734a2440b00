"""What a chart says in words: its title with n, as of when, what was left out, its finding in one sentence, its table, its file."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from grc import calendar
from grc.charts import numbers
from grc.charts.classes import Class
from grc.charts.figures import Figures, Group, Point
from grc.kinds import Kind, Yen, short
from grc.text import Text, many

RECORDS, NUMBER, NAME, STATE = Text("件数", "Records"), Text("台帳番号", "Number"), Text("名称", "Name"), Text("状態", "State")
SUM, AS_OF = Text("計", "Total"), Text("データ時点", "Data as of")
PLANNED = Text("計画", "Plan")
MEAN, SHARE = Text("{name}の平均", "{name}, mean"), Text("割合（％）", "Share (%)")
NOTHING = Text("当てはまる記録がないので、図はありません（0件）。", "No record falls under this chart, so there is nothing to draw (n = 0).")


# One figure


def is_percent(f: Figures) -> bool:
    """Whether the figures are percentages."""
    return f.chart.value.how in ("share", "ratio")


def adds_up(f: Figures) -> bool:
    """Whether figures of several groups may be added."""
    return f.chart.value.how in ("count", "sum")


def figure(f: Figures, value: Decimal | None, lang: str, *, brief: bool = False) -> str:
    """A figure of the chart; ``brief``: as it stands in the drawing."""
    if value is None or is_percent(f):
        text = numbers.percent(value)
        return text.replace(".0%", "%") if brief else text
    if isinstance(f.value_kind, Yen):
        return numbers.compact(value).into(lang) if brief else numbers.yen(value, lang)
    return numbers.plain(value, lang)


def value_label(f: Figures) -> Text:
    """What the figures are, with their unit."""
    value = f.chart.value
    if f.chart.unit:
        return f.chart.unit
    if value.how == "count":
        return Text("件数（件）", "Records")
    if is_percent(f):
        return SHARE
    label = f.register.label(value.name)
    return MEAN.format(name=label) if value.how == "mean" else label


def of_record(kind: Kind | None, value: Any, lang: str, era: bool = True) -> str:
    """A value that one record has."""
    if isinstance(value, date):
        return short(value, lang, era)
    return numbers.NONE if value is None else kind.show(value, lang) if kind else str(value)


# Around it


def stamp(f: Figures) -> str:
    """As of when, in Japanese time."""
    return calendar.tokyo(f.as_of).strftime("%Y-%m-%d %H:%M")


def title(f: Figures, lang: str) -> str:
    """What, of when, and how many records stand behind it."""
    return f"{f.chart.title.into(lang)}{behind(f, lang)}"


def behind(f: Figures, lang: str) -> str:
    """The brackets after the title: span and n."""
    n = f"n = {f.n:,}" + (f" / {f.of:,}" if f.of > f.n else "")
    if f.year is None:
        return f"（{n}）" if lang != "en" else f" ({n})"
    return f"（{calendar.japanese_fiscal_year(f.year)}、{n}）" if lang != "en" else f" (FY{f.year}, {n})"


def notes(f: Figures, lang: str) -> list[str]:
    """As of when, and what is not in it."""
    found = [f"{AS_OF.into(lang)} {stamp(f)}"]
    if f.of > f.n:
        which = Text("大きい", "highest") if f.chart.form == "arrows" else Text("新しい", "latest")
        found.append(Text(f"{f.of:,}件のうち{which.ja}{f.n:,}件", f"the {which.en} {f.n:,} of {f.of:,}").into(lang))
    if f.blank:
        found.append(Text(f"ほかに記入のないもの{f.blank:,}件", f"{f.blank:,} more say nothing of it").into(lang))
    if f.chart.fewest > 1:
        found.append(Text(f"{f.chart.fewest}件に満たないまとまりは除いています", f"groups of fewer than {f.chart.fewest} are left out").into(lang))
    return found


def target(f: Figures, lang: str) -> str:
    """The line to reach, or not to pass, in words."""
    if f.chart.target is None:
        return ""
    value = figure(f, f.chart.target, lang, brief=True)
    value = value.replace(".0%", "%")
    return Text(f"上限 {value}" if f.chart.most else f"目標 {value}", f"limit {value}" if f.chart.most else f"target {value}").into(lang)


def missed(f: Figures, value: Decimal | None) -> bool:
    """Whether a figure lies on the wrong side of the target."""
    if f.chart.target is None or value is None:
        return False
    return value > f.chart.target if f.chart.most else value < f.chart.target


def reached(f: Figures, point: Point) -> bool | None:
    """Whether what was done is what was to be done; ``None`` where nothing was measured."""
    if point.y is None:
        return None
    return bool(point.y <= point.x if f.chart.most else point.y >= point.x)


def finding(f: Figures, lang: str) -> str:
    """The chart in one sentence, for who cannot see it."""
    head = title(f, lang)
    end = "" if lang == "en" else "。"
    if not f.n:
        return f"{head}: {NOTHING.into(lang)}"
    if f.chart.form == "bullet":
        hit = sum(reached(f, p) is True for p in f.points)
        return Text(f"{head}：目標を満たしたのは{hit:,}件です{end}", f"{head}: {hit:,} reached what was set.").into(lang)
    if f.chart.form == "arrows":
        fell, rose = sum(p.y < p.x for p in f.points), sum(p.y > p.x for p in f.points)
        return Text(f"{head}：下がったのは{fell:,}件、上がったのは{rose:,}件です{end}", f"{head}: {fell:,} went down, {rose:,} went up.").into(lang)
    if f.points:
        return Text(f"{head}：{f.n:,}件をそれぞれ示しています{end}", f"{head}: {many(f.n, 'record')}, each drawn.").into(lang)
    known = [g for g in f.groups if g.value is not None]
    if not known:
        return f"{head}: {numbers.NONE}"
    top, least = max(known, key=lambda g: g.value or 0), min(known, key=lambda g: g.value or 0)
    records = Text("件", "") if f.chart.value.how == "count" else Text("", "")
    words = Text(f"{head}：最も大きいのは「{_of(f, top, 'ja')}」の{figure(f, top.value, 'ja')}{records.ja}",
                 f"{head}: the greatest is {_of(f, top, 'en')} with {figure(f, top.value, 'en')}")
    if is_percent(f):
        words = Text(f"{words.ja}、最も小さいのは「{_of(f, least, 'ja')}」の{figure(f, least.value, 'ja')}",
                     f"{words.en}, the least {_of(f, least, 'en')} with {figure(f, least.value, 'en')}")
    return Text(f"{words.ja}です。", f"{words.en}.").into(lang)


def _of(f: Figures, group: Group, lang: str) -> str:
    """The classes of a group in words; a bare number is told by its dimension."""
    pairs = ((f.x_label, group.x), (f.series_label, group.series))
    words = [f"{label.into(lang)} {one.label.into(lang)}" if label and one.label.ja[:1].isdecimal() and one.label.ja.isascii() else one.label.into(lang)
             for label, one in pairs if one is not None]
    return (", " if lang == "en" else "・").join(words)


# Its table


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell: its words, and of which classes the records are that it counts (none: it counts nothing)."""

    text: str
    x: Class | None = None
    series: Class | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """The chart as a table to read; the columns from ``numbers`` on hold figures."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    numbers: int = 1


def table(f: Figures, lang: str, era: bool = True) -> Table:
    """The same figures, to read."""
    if f.points:
        return _records(f, lang, era)
    x = f.x_label.into(lang) if f.x_label else ""
    value = value_label(f).into(lang)
    if f.series and adds_up(f):
        return _pivot(f, x, lang)
    more = () if f.chart.value.how == "count" else (RECORDS.into(lang),)
    planned = (PLANNED.into(lang),) if f.chart.plan else ()
    heads = (x, *((f.series_label.into(lang),) if f.series_label else ()), value, *planned, *more)
    rows = [(Cell(g.x.label.into(lang)), *((Cell(g.series.label.into(lang)),) if g.series else ()), Cell(figure(f, g.value, lang), g.x, g.series),
             *((Cell(figure(f, f.plan.get(g.x), lang)),) if planned else ()), *((Cell(f"{g.n:,}"),) if more else ())) for g in f.groups]
    return Table(heads, tuple(rows), 2 if f.series_label else 1)


def _pivot(f: Figures, x: str, lang: str) -> Table:
    """A row for each class of the first dimension, a column for each of the second, and their sums."""
    corner = f"{x} ＼ {f.series_label.into(lang)}" if f.series_label else x
    heads = (corner, *(s.label.into(lang) for s in f.series), SUM.into(lang))
    values = {(g.x, g.series): g.value for g in f.groups}

    def row(label: str, xs: Sequence[Class], one: Class | None) -> tuple[Cell, ...]:
        sums = [_total([values.get((k, s)) for k in xs]) for s in f.series]
        cells = [Cell(figure(f, total, lang), one, s) if one else Cell(figure(f, total, lang)) for s, total in zip(f.series, sums, strict=True)]
        return (Cell(label), *cells, Cell(figure(f, _total(sums), lang)))

    rows = [row(k.label.into(lang), [k], k) for k in f.xs]
    return Table(heads, (*rows, row(SUM.into(lang), f.xs, None)) if len(f.xs) > 1 else tuple(rows))


def _total(values: Sequence[Decimal | None]) -> Decimal | None:
    known = [v for v in values if v is not None]
    return sum(known, Decimal(0)) if known else None


def _records(f: Figures, lang: str, era: bool) -> Table:
    tint = f.register.label(f.chart.tint.name).into(lang) if f.chart.tint and "." not in f.chart.tint.name else ""
    heads = (NUMBER.into(lang), NAME.into(lang), f.x_label.into(lang) if f.x_label else "", f.series_label.into(lang) if f.series_label else "",
             STATE.into(lang), *((tint,) if f.chart.tint else ()))
    y_kind = f.register.field[f.chart.series.name].kind if f.chart.series and f.chart.series.name in f.register.field else None
    rows = [(Cell(p.code), Cell(p.name or numbers.NONE), Cell(of_record(f.value_kind, p.x, lang, era)), Cell(of_record(y_kind, p.y, lang, era)),
             Cell(p.state.label.into(lang)), *((Cell(p.tint.label.into(lang) if p.tint else ""),) if f.chart.tint else ())) for p in f.points]
    return Table(heads, tuple(rows), 99)


# Its file


def tidy(f: Figures, lang: str) -> list[list[str]]:
    """The chart as rows of a file: headings, then one row a group (or record), numbers bare, each with n and as of when."""
    if f.points:
        shown = table(f, lang, era=False)
        return [[*shown.heads, AS_OF.into(lang)], *([*(c.text for c in row[:2]), _bare(p.x), _bare(p.y), *(c.text for c in row[4:]), stamp(f)]
                                                    for row, p in zip(shown.rows, f.points, strict=True))]
    heads = [f.x_label.into(lang) if f.x_label else "", *([f.series_label.into(lang)] if f.series_label else []), value_label(f).into(lang),
             *([PLANNED.into(lang)] if f.chart.plan else []), "n", AS_OF.into(lang)]
    return [heads, *([_written(g.x, lang), *([_written(g.series, lang)] if g.series else []), _bare(g.value),
                      *([_bare(f.plan.get(g.x))] if f.chart.plan else []), str(g.n), stamp(f)] for g in f.groups)]


def _written(one: Class, lang: str) -> str:
    return one.written or one.label.into(lang)


def _bare(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, date) else f"{value.normalize():f}" if isinstance(value, Decimal) and value else str(value)
