"""Charts that draw each record: from when to when, what was to be reached and what was, from what to what, a point at two numbers."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import altair as alt

from grc import calendar
from grc.charts import theme, words
from grc.charts.draw_parts import Part, fixed, layered, legend, over, scale, tall, yen_axis
from grc.charts.figures import Figures, Point
from grc.kinds import Yen
from grc.text import Text

TODAY, MEASURED, NOT_MEASURED = Text("本日", "Today"), Text("実績", "Actual"), Text("未計測", "not measured")
SET = Text("目標", "Set")
_NAME_ROOM, LINE = 20, 34
"""How wide a name may be, and how high its bar."""
_MONTHS = {"ja": "year(datum.value) + '.' + (month(datum.value) + 1)", "en": "timeFormat(datum.value, '%b %Y')",
           "era": "'R' + (year(datum.value) - 2018) + '.' + (month(datum.value) + 1)"}


def _rows(f: Figures) -> list[str]:
    """What each record is called, in the order drawn: its name, or its number; two of one name are told apart by unseen signs."""
    return [theme.lines(p.name or p.code, _NAME_ROOM, 2) + "\u200b" * n for n, p in enumerate(f.points)]


def _down(labels: list[str]) -> alt.Y:
    return alt.Y("x:N", sort=labels, axis=alt.Axis(title=None, labelExpr=theme.LINES))


def gantt(f: Figures, lang: str) -> alt.LayerChart:
    """A bar for each record from one day to another, in the colour of its state with the word behind it; today is marked."""
    states = list(dict.fromkeys(p.state for p in f.points))
    paints = dict(zip(states, theme.colours(states), strict=True))
    labels = _rows(f)
    rows = [{"x": label, "of": p.label, "a": _day(p.x), "b": _day(max(p.x, p.y)), "state": p.state.label.into(lang), "paint": paints[p.state],
             "from": words.of_record(None, p.x, lang), "to": words.of_record(None, p.y, lang)} for p, label in zip(f.points, labels, strict=True)]
    today = calendar.tokyo(f.as_of).date()
    first, last = min([p.x for p in f.points] + [today]), max([max(p.x, p.y) for p in f.points] + [today])
    size = alt.Scale(type="time", domain=[_day(first), _day(calendar.add_days(last, max((last - first).days // 3, 7)))])
    axis = alt.Axis(title=None, labelExpr=_MONTHS["en" if lang == "en" else "era" if f.era and first.year > 2018 else "ja"], tickCount=6, grid=True)
    tips = [alt.Tooltip("of:N", title=words.NAME.into(lang)), alt.Tooltip("from:N", title=f.x_label.into(lang) if f.x_label else ""),
            alt.Tooltip("to:N", title=f.series_label.into(lang) if f.series_label else ""), alt.Tooltip("state:N", title=words.STATE.into(lang))]
    base, now = over(rows), over([{"t": _day(today), "word": TODAY.into(lang)}])
    down = _down(labels)
    return layered(
        base.mark_bar(height={"band": 0.55}, cornerRadius=2).encode(
            y=down, x=alt.X("a:T", scale=size, axis=axis), x2="b:T", color=alt.Color("paint:N", scale=None, legend=None), tooltip=tips),
        base.mark_text(align="left", dx=4, fontSize=11).encode(y=down, x=alt.X("b:T", scale=size), text="state:N"),
        now.mark_rule(strokeDash=[6, 4], color=theme.RULE, size=1.5).encode(x=alt.X("t:T", scale=size)),
        now.mark_text(color=theme.RULE, fontWeight=700, baseline="bottom", dy=-3).encode(x=alt.X("t:T", scale=size), y=fixed(alt.YValue, 0), text="word:N"),
        height=alt.Step(LINE))


def _day(day: date) -> str:
    return f"{day.isoformat()}T00:00:00"


def bullet(f: Figures, lang: str) -> alt.LayerChart:
    """For each record a bar of what was reached and a stroke where it was to be, with a sign that says whether."""
    labels = _rows(f)
    rows = [_aimed(f, p, label, lang) for p, label in zip(f.points, labels, strict=True)]
    most = max([float(p.x) for p in f.points] + [float(p.y) for p in f.points if p.y is not None])
    size = scale(0, most * 1.6 or 1)
    title = f.chart.unit or f.series_label
    axis = yen_axis(title.into(lang) if title else "", lang, isinstance(f.value_kind, Yen))
    tips = [alt.Tooltip("of:N", title=words.NAME.into(lang)), alt.Tooltip("aim:N", title=f.x_label.into(lang) if f.x_label else ""),
            alt.Tooltip("done:N", title=f.series_label.into(lang) if f.series_label else "")]
    base, down = over(rows), _down(labels)
    return layered(
        base.mark_bar(height={"band": 0.5}).encode(y=down, x=alt.X("b:Q", scale=size, axis=axis), color=alt.Color("paint:N", scale=None, legend=None), tooltip=tips),
        base.mark_tick(color=theme.INK, thickness=3, height={"band": 0.8}).encode(y=down, x=alt.X("t:Q", scale=size), tooltip=tips),
        base.mark_text(align="left", dx=7).encode(y=down, x=alt.X("end:Q", scale=size), text="word:N"), height=alt.Step(LINE))


def arrows(f: Figures, lang: str) -> alt.LayerChart:
    """For each record an arrow from what it was to what it is, with both numbers behind it; ＝ where it stands."""
    labels = _rows(f)
    rows: list[Part] = [{"x": label, "of": p.label, "a": float(p.x), "b": float(p.y), "end": float(max(p.x, p.y)), "head": head, "paint": paint,
                         "was": words.of_record(f.value_kind, p.x, lang), "is": words.of_record(f.value_kind, p.y, lang),
                         "word": f"{_bare(p.x)} {sign} {_bare(p.y)}"}
                        for p, label in zip(f.points, labels, strict=True) for sign, head, paint in [_turn(p)]]
    size = scale(0, max(r["end"] for r in rows) * 1.5 or 1)
    tips = [alt.Tooltip("of:N", title=words.NAME.into(lang)), alt.Tooltip("was:N", title=f.x_label.into(lang) if f.x_label else ""),
            alt.Tooltip("is:N", title=f.series_label.into(lang) if f.series_label else "")]
    base, down, paint = over(rows), _down(labels), alt.Color("paint:N", scale=None, legend=None)
    title = f"{f.x_label.into(lang)} → {f.series_label.into(lang)}" if f.x_label and f.series_label else ""
    from_x = alt.X("a:Q", scale=size, axis=yen_axis(title, lang, isinstance(f.value_kind, Yen)))
    return layered(
        base.mark_rule(size=2.5).encode(y=down, x=from_x, x2="b:Q", color=paint, tooltip=tips),
        base.mark_point(filled=True, opacity=1, size=110).encode(y=down, x=alt.X("b:Q", scale=size), color=paint, shape=alt.Shape("head:N", scale=None), tooltip=tips),
        base.mark_text(align="left", dx=10).encode(y=down, x=alt.X("end:Q", scale=size), text="word:N"), height=alt.Step(LINE))


def _turn(p: Point) -> tuple[str, str, str]:
    """The sign, the head and the colour of an arrow: less is better where this is drawn."""
    if p.y == p.x:
        return "＝", "circle", theme.CATEGORIES[4]
    return ("↘", "triangle-left", theme.CATEGORIES[0]) if p.y < p.x else ("↗", "triangle-right", theme.CATEGORIES[1])


def _aimed(f: Figures, p: Point, label: str, lang: str) -> Part:
    hit = words.reached(f, p)
    sign = {True: "○ ", False: "× ", None: ""}[hit]
    aim, done = words.of_record(f.value_kind, p.x, lang), words.of_record(f.value_kind, p.y, lang)
    word = f"{sign}{_bare(p.y)} / {_bare(p.x)}" if p.y is not None else NOT_MEASURED.into(lang)
    return {"x": label, "of": p.label, "b": float(p.y or 0), "t": float(p.x), "end": max(float(p.x), float(p.y or 0)), "word": word, "aim": aim, "done": done,
            "paint": theme.CATEGORIES[1] if hit is False else theme.CATEGORIES[0]}


def _bare(value: Any) -> str:
    return f"{value:,}" if isinstance(value, int) else f"{value:,.1f}"


def scatter(f: Figures, lang: str) -> alt.LayerChart:
    """A point for each record at its two numbers; what tints it has a shape beside its colour. Where several lie, how many."""
    y_kind = f.register.field[f.chart.series.name].kind if f.chart.series and f.chart.series.name in f.register.field else None
    rows: list[Part] = [{"a": float(p.x), "b": float(p.y), "of": p.label, "tint": p.tint.label.into(lang) if p.tint else "",
             "x": words.of_record(f.value_kind, p.x, lang), "y": words.of_record(y_kind, p.y, lang)} for p in f.points]
    across = _scale([r["a"] for r in rows])
    tips = [alt.Tooltip("of:N", title=words.NAME.into(lang)), alt.Tooltip("x:N", title=f.x_label.into(lang) if f.x_label else ""),
            alt.Tooltip("y:N", title=f.series_label.into(lang) if f.series_label else "")]
    encode: dict[str, Any] = {
        "x": alt.X("a:Q", scale=across, axis=yen_axis(f.x_label.into(lang) if f.x_label else "", lang, isinstance(f.value_kind, Yen))),
        "tooltip": tips, "y": alt.Y("b:Q", scale=alt.Scale(zero=False), axis=yen_axis(
            f.series_label.into(lang) if f.series_label else "", lang, isinstance(y_kind, Yen)))}
    labels = [s.label.into(lang) for s in f.series]
    if labels:
        tint = f.chart.tint.name if f.chart.tint else ""
        shown = legend(labels, f.register.label(tint).into(lang) if tint and "." not in tint else None)
        encode["color"] = alt.Color("tint:N", scale=alt.Scale(domain=labels, range=theme.colours(f.series)), legend=shown, sort=labels)
        encode["shape"] = alt.Shape("tint:N", scale=alt.Scale(domain=labels, range=list(theme.SHAPES[:len(labels)])), legend=shown, sort=labels)
    points = over(rows).mark_point(filled=True, opacity=0.75).encode(**encode)
    here = Counter((r["a"], r["b"]) for r in rows)
    several = [{"a": a, "b": b, "word": str(n)} for (a, b), n in here.items() if n > 1]
    counts = over(several).mark_text(align="left", dx=6, dy=-5, fontSize=11).encode(x=encode["x"], y=encode["y"], text="word:N")
    return layered(points, *([counts] if several else []), height=tall(labels, more=40))


def _scale(values: list[float]) -> alt.Scale:
    """Amounts that differ a hundredfold and more stand on a scale of powers."""
    least, most = min(values), max(values)
    return alt.Scale(type="log", nice=False) if least > 0 and most / least >= 100 else alt.Scale(zero=False)
