"""A matrix: each cell with its number, and in a matrix of risks the level that its two grades make."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal

import altair as alt

from grc.charts import theme, words
from grc.charts.classes import Class
from grc.charts.draw_parts import ACROSS, Part, brief, layered, on_ground, over, tooltip
from grc.charts.figures import Figures

CELL, WIDE, HIGH = 42, 8, 18
"""The height of a cell; how wide a line beside and below it may be."""


def heat(f: Figures, lang: str) -> alt.LayerChart:
    """The first dimension across, the second down; grades upwards."""
    most = max((g.value for g in f.groups if g.value), default=Decimal(1))
    rows: list[Part] = []
    for g in f.groups:
        assert g.series is not None
        paint, word = _cell(f, g.x, g.series, g.value, most, lang)
        rows.append({"x": theme.lines(g.x.label.into(lang), WIDE), "y": theme.lines(g.series.label.into(lang), HIGH), "of": g.x.label.into(lang),
                     "series": g.series.label.into(lang), "value": words.figure(f, g.value, lang), "n": g.n, "paint": paint, "ink": theme.ink(paint),
                     "number": brief(f, g.value, lang) if g.value or not word else "", "word": word})
    size = max(10, min(14, round(ACROSS / len(f.xs) / (0.6 * max(theme.width(r["number"]) for r in rows)))))
    upwards = _numbers(f.series)
    down = [theme.lines(s.label.into(lang), HIGH) for s in f.series]
    along = alt.X("x:N", sort=[theme.lines(x.label.into(lang), WIDE) for x in f.xs], scale=alt.Scale(paddingInner=0.03),
                  axis=alt.Axis(title=f.x_label.into(lang) if f.x_label else None, labelExpr=theme.LINES, labelOverlap=True, ticks=False, domain=False))
    at = alt.Y("y:N", sort=down[::-1] if upwards else down, scale=alt.Scale(paddingInner=0.05),
               axis=alt.Axis(title=f.series_label.into(lang) if f.series_label else None, labelExpr=theme.LINES))
    base = over(rows)
    on = on_ground()
    both, alone = alt.datum.word != "", alt.datum.word == ""
    layers = [base.mark_rect(cornerRadius=2).encode(x=along, y=at, color=alt.Color("paint:N", scale=None, legend=None), tooltip=tooltip(f, lang)),
              base.transform_filter(alone & (alt.datum.number != "0")).mark_text(fontSize=size, fontWeight=700).encode(x=along, y=at, text="number:N", color=on),
              base.transform_filter(alone & (alt.datum.number == "0")).mark_text(fontSize=size - 2, color=theme.SECOND).encode(x=along, y=at, text="number:N"),
              base.transform_filter(both & (alt.datum.number != "")).mark_text(fontSize=15, fontWeight=700, dy=-7).encode(x=along, y=at, text="number:N", color=on),
              base.transform_filter(both & (alt.datum.number != "")).mark_text(fontSize=11, dy=9).encode(x=along, y=at, text="word:N", color=on),
              base.transform_filter(both & (alt.datum.number == "")).mark_text(fontSize=11).encode(x=along, y=at, text="word:N", color=on)]
    return layered(*layers, height=alt.Step(CELL))


def _numbers(some: Sequence[Class]) -> bool:
    return bool(some) and all(isinstance(s.key, int) and s.given == str(s.key) for s in some if s.key is not None)


def _cell(f: Figures, x: Class, series: Class, value: Decimal | None, most: Decimal, lang: str) -> tuple[str, str]:
    """The ground of a cell, and the word below its number: the level of a risk matrix, else nothing."""
    if f.chart.levels and isinstance(x.key, int) and isinstance(series.key, int):
        ja, en, paint = theme.LEVELS[sum(x.key * series.key >= level for level in f.chart.levels)]
        return paint, en if lang == "en" else ja
    if not value:
        return "#f4f6f8", ""
    grounds = ("#e8f4fe", "#c6dff5", *theme.STEPS[:5])
    return grounds[min(int(value / most * (len(grounds) - 1)), len(grounds) - 1)], ""
