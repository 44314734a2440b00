"""Lines over months and years: each series with its own dash and shape; what is not known is a gap, what has not come yet is empty."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from grc import calendar
from grc.charts import theme, words
from grc.charts.classes import Class
from grc.charts.draw_parts import (
    ACROSS,
    Part,
    brief,
    count_axis,
    fixed,
    layered,
    legend,
    named,
    over,
    rule,
    scale,
    tall,
    tooltip,
)
from grc.charts.figures import Figures


def lines(f: Figures, lang: str) -> alt.LayerChart:
    """A line for each series; numbers at its end, at every point where there is one line."""
    several: Sequence[Class | None] = f.series or (None,)
    rows: list[Part] = []
    for s in several:
        points = [(x, f.at(x, s)) for x in f.xs]
        known = [x for x, g in points if g is not None and g.value is not None and not _to_come(f, x, g.n)]
        told = _told(f, s, known, lang)
        for x, g in points:
            value = g.value if g is not None and x in known else None
            rows.append({"x": x.label.into(lang), "of": x.label.into(lang), "series": s.label.into(lang) if s else "", "b": None if value is None else float(value),
                         "value": words.figure(f, value, lang), "n": g.n if g else 0,
                         "word": brief(f, value, lang) if value is not None and x in told else ""})
    labels = [s.label.into(lang) for s in f.series]
    low = float(floor(f))
    planned: list[Part] = [{"x": x.label.into(lang), "b": float(value)} for x, value in f.plan.items() if value is not None]
    most = max([r["b"] for r in [*rows, *planned] if r["b"] is not None] + [float(f.chart.target or 0)], default=1.0)
    size = scale(low, max(most, 100.0) if words.is_percent(f) and most > 50 else (most * 1.1 or 1.0))
    along = named([x.label.into(lang) for x in f.xs], None, stands=True, points=True)
    up = alt.Y("b:Q", scale=size, axis=count_axis(f, lang))
    base = over(rows)
    more: dict[str, Any] = {}
    dash = fixed(alt.StrokeDashValue, [1, 0])
    shape = fixed(alt.ShapeValue, "circle")
    if labels:
        paints = theme.colours(f.series, steps=False)
        shown = legend(labels)
        more = {"color": alt.Color("series:N", scale=alt.Scale(domain=labels, range=paints), legend=shown, sort=labels)}
        dash = alt.StrokeDash("series:N", scale=alt.Scale(domain=labels, range=[list(d) for d in theme.DASHES[:len(labels)]]), legend=shown, sort=labels)
        shape = alt.Shape("series:N", scale=alt.Scale(domain=labels, range=list(theme.SHAPES[:len(labels)])), legend=shown, sort=labels)
    layers = [base.mark_line().encode(x=along, y=up, strokeDash=dash, **more),
              base.mark_point(filled=True, opacity=1).encode(x=along, y=up, shape=shape, tooltip=tooltip(f, lang), **more),
              base.mark_text(dy=-11).encode(x=along, y=up, text="word:N"),
              *rule(f, lang, size, upright=False), *_plan(planned, along, up, lang)]
    return layered(*layers, height=tall(labels))


def _plan(planned: Sequence[Part], along: Any, up: Any, lang: str) -> list[Any]:
    """What was to be reached at each point: dashed steps, with their word at the last."""
    if not planned:
        return []
    last = {**planned[-1], "word": words.PLANNED.into(lang)}
    return [over(planned).mark_line(strokeDash=[6, 4], color=theme.RULE, size=1.5, interpolate="step").encode(x=along, y=up),
            over([last]).mark_text(color=theme.RULE, fontWeight=700, baseline="bottom", dy=-3).encode(x=along, y=up, text="word:N")]


def _told(f: Figures, series: Class | None, known: Sequence[Class], lang: str) -> list[Class]:
    """At which points the number stands: the last; of one line with room for it all, else the highest too."""
    if series is not None or not known:
        return list(known[-1:])
    values = {x: g.value or Decimal(0) for x in known if (g := f.at(x)) is not None}
    room = ACROSS // max(len(f.xs), 1)
    return list(known) if all(theme.width(brief(f, v, lang)) * 6 <= room for v in values.values()) else [known[-1], max(values, key=lambda x: values[x])]


def floor(f: Figures) -> int:
    """Where the axis of a line of percentages begins, when all of them are high."""
    values = [v for v in (*(g.value for g in f.groups), *f.plan.values(), f.chart.target) if v is not None]
    least = min(values, default=Decimal(0))
    return int(least // 5 * 5) if f.chart.form == "lines" and words.is_percent(f) and least >= 70 else 0


def _to_come(f: Figures, x: Class, n: int) -> bool:
    """Whether a month has not come yet and holds nothing."""
    return f.chart.x.how == "month" and n == 0 and (x.written or "") > calendar.month_of(calendar.tokyo(f.as_of).date())
