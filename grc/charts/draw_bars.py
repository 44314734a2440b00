"""Charts of bars: side by side, built of parts, each as 100 %. They stand along time and scales; what is named lies.

Positions of the parts are computed here, so that a part and its number are always at one place.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import altair as alt

from grc.charts import theme, words
from grc.charts.classes import Class
from grc.charts.draw_parts import (
    ACROSS,
    STEP,
    TALL,
    Part,
    brief,
    count_axis,
    layered,
    legend,
    named,
    on_ground,
    over,
    rule,
    scale,
    tall,
    tooltip,
)
from grc.charts.figures import Figures


def _stands(f: Figures) -> bool:
    """Whether bars stand: along time and scales. What is named lies, so that its name reads."""
    return f.ordered and len(f.xs) <= 14


def _label(x: Class, f: Figures, lang: str) -> str:
    room = 20 if not _stands(f) else max(4, 66 // max(len(f.xs), 1))
    return theme.lines(x.label.into(lang), room)


def bars(f: Figures, lang: str) -> alt.LayerChart:
    """A bar for each class, its figure at its end."""
    some = [g for g in f.groups if g.value is not None]
    coloured = any(g.x.colour for g in some)
    paint = dict(zip(f.xs, theme.colours(f.xs), strict=True)) if coloured else {}
    parts = [_part(f, lang, g.x, None, 0, float(g.value or 0), g.value, g.n, paint.get(g.x, theme.CATEGORIES[0])) for g in some]
    ends = [{**p, "end": p["b"], "word": p["value"]} for p in parts]
    return _layers(f, lang, parts, ends, colour=alt.Color("paint:N", scale=None, legend=None))


def stacked(f: Figures, lang: str) -> alt.LayerChart:
    """A bar for each class built of the series from the base up, as they are or as 100 %; numbers in the parts."""
    paints = dict(zip(f.series, theme.colours(f.series, steps=_steps(f)), strict=True))
    parts: list[Part] = []
    ends: list[Part] = []
    whole = f.chart.form == "shares"
    for x in f.xs:
        known = [g for s in f.series if (g := f.at(x, s)) and g.value]
        total = sum((g.value for g in known if g.value), Decimal(0))
        at = Decimal(0)
        for g in known:
            assert g.value is not None
            height = g.value / total * 100 if whole else g.value
            parts.append(_part(f, lang, x, g.series, float(at), float(at + height), g.value, g.n, paints[g.series] if g.series else theme.INK))
            at += height
        ends.append({"x": _label(x, f, lang), "end": float(at), "word": "" if whole or not total else brief(f, total, lang)})
    most = max((p["b"] for p in parts), default=1)
    for p in parts:
        size = p["b"] - p["a"]
        word = f"{size:.0f}%" if whole else p["brief"]
        p["word"] = word if size / most * (TALL if _stands(f) else ACROSS) >= (15 if _stands(f) else theme.width(word) * 7 + 4) else ""
    named_series = [s.label.into(lang) for s in f.series]
    colour = alt.Color("series:N", scale=alt.Scale(domain=named_series, range=[paints[s] for s in f.series]), legend=legend(named_series), sort=named_series)
    return _layers(f, lang, parts, ends, colour=colour, inside=True)


def _haloed(f: Figures) -> list[Part]:
    """A number at the end of a bar; on a white edge where a line may cross it."""
    return [{}] if f.chart.target is None else [{"stroke": "#ffffff", "strokeWidth": 4}, {}]


def _steps(f: Figures) -> bool:
    """Whether the series are steps of one scale: numbers, ages, years."""
    return bool(f.chart.series and (f.chart.series.how in ("age", "bins", "year", "month") or all(isinstance(s.key, int) and not isinstance(s.key, bool)
                                                                                        and s.given == str(s.key) for s in f.series if s.key is not None)))


def _part(f: Figures, lang: str, x: Class, series: Class | None, a: float, b: float, value: Decimal | None, n: int, paint: str) -> Part:
    return {"x": _label(x, f, lang), "of": x.label.into(lang), "series": series.label.into(lang) if series else "", "a": a, "b": b, "mid": (a + b) / 2,
            "value": words.figure(f, value, lang), "brief": brief(f, value, lang), "n": n, "paint": paint, "ink": theme.ink(paint)}


def _layers(f: Figures, lang: str, parts: Sequence[Part], ends: Sequence[Part], *, colour: Any, inside: bool = False) -> alt.LayerChart:
    """Bars that stand or lie, the numbers in them and at their ends, and the line to reach."""
    stands, whole = _stands(f), f.chart.form == "shares"
    most = max([e["end"] for e in ends] + [float(f.chart.target or 0)] + [0.0])
    ceiling = 100.0 if whole else (100.0 if stands else 120.0) if words.is_percent(f) and 50 < most <= 100 else most * (1.1 if stands else 1.16) or 1.0
    along = named([_label(x, f, lang) for x in f.xs], f.x_label.into(lang) if f.x_label and f.ordered and not f.time else None, stands=stands)
    size = scale(0, ceiling)
    axis = count_axis(f, lang, whole=whole, roomy=ceiling == 120.0 and words.is_percent(f))
    tips = tooltip(f, lang)
    base, top = over(parts), over(ends)
    bar: Part = {"stroke": "#ffffff", "strokeWidth": 1} if inside else {}
    if stands:
        layers = [base.mark_bar(width={"band": 0.62}, **bar).encode(x=along, y=alt.Y("a:Q", scale=size, axis=axis), y2="b:Q", color=colour, tooltip=tips),
                  top.mark_text(dy=-7).encode(x=along, y=alt.Y("end:Q", scale=size), text="word:N")]
        within = {"x": along, "y": alt.Y("mid:Q", scale=size)}
    else:
        layers = [base.mark_bar(height={"band": 0.66}, **bar).encode(y=along, x=alt.X("a:Q", scale=size, axis=axis), x2="b:Q", color=colour, tooltip=tips),
                  *(top.mark_text(dx=5, align="left", **more).encode(y=along, x=alt.X("end:Q", scale=size), text="word:N") for more in _haloed(f))]
        within = {"y": along, "x": alt.X("mid:Q", scale=size)}
    if inside:
        layers.append(base.mark_text(fontWeight=700).encode(**within, text="word:N", color=on_ground()))
    if f.chart.target is not None:  # the line lies below the numbers
        layers[1:1] = rule(f, lang, size, upright=not stands)
    lines = max((_label(x, f, lang).count("\n") + 1 for x in f.xs), default=1)
    return layered(*layers, height=tall([s.label.into(lang) for s in f.series]) if stands else alt.Step(max(STEP, 15 * lines + 2)))
