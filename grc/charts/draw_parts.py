"""What several forms of charts share: axes, the legend, the line to reach, what a mark says when it is pointed at."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any, cast

import altair as alt

from grc.charts import theme, words
from grc.charts.figures import Figures
from grc.kinds import Yen

TITLE_ROOM = 42
"""How wide a line of a title may be, in halves of a kanji: what a phone shows."""
STEP, TALL = 30, 200
"""The height of a bar that lies, and of the ground on which bars stand."""
ACROSS = 260
"""How wide the ground of a chart is at least, on a phone."""
Part = dict[str, Any]
WHITE = "#ffffff"
_YEN = {"ja": "datum.value == 0 ? '0' : abs(datum.value) >= 1e8 ? format(datum.value/1e8, ',.1~f') + '億円' : abs(datum.value) >= 1e6 ? "
              "format(datum.value/1e6, ',.0f') + '百万円' : format(datum.value, ',') + '円'",
        "en": "datum.value == 0 ? '0' : abs(datum.value) >= 1e6 ? '¥' + format(datum.value/1e6, ',.1~f') + 'm' : '¥' + format(datum.value, ',')"}


def over(rows: Sequence[Part]) -> alt.Chart:
    """A chart of rows that stand in it."""
    return alt.Chart(alt.InlineData(values=list(rows)))


def layered(*layers: Any, height: Any) -> alt.LayerChart:
    """Layers one over another."""
    return cast(alt.LayerChart, alt.layer(*layers).properties(height=height))


def fixed(channel: Any, value: Any, **more: Any) -> Any:
    """A channel that stays at a value. Named outright: what altair must guess takes it ten times as long."""
    return channel(value, **more)


def on_ground() -> Any:
    """The colour of a number on a coloured ground."""
    return fixed(alt.ColorValue, theme.INK, condition={"test": f"datum.ink == '{WHITE}'", "value": WHITE})


def scale(low: float, high: float) -> alt.Scale:
    """A scale from one value to another, neither moved."""
    return alt.Scale(domain=[low, high], nice=False, zero=False)


def count_axis(f: Figures, lang: str, *, whole: bool = False, roomy: bool = False) -> alt.Axis:
    """The axis of the figures: their unit at its end, whole steps for counts, yen in 億円, percent with their sign
    (``roomy``: beyond 100 there is only room for words)."""
    more: dict[str, Any] = {"tickMinStep": 1} if f.chart.value.how == "count" and not whole else {}
    if whole or words.is_percent(f):
        more["labelExpr"] = "format(datum.value, ',.0f') + '%'"
        more |= {"values": [0, 20, 40, 60, 80, 100]} if roomy else {}
    elif isinstance(f.value_kind, Yen):
        more["labelExpr"] = _YEN["en" if lang == "en" else "ja"]
    title = words.SHARE if whole else words.value_label(f)
    return alt.Axis(title=title.into(lang), tickCount=5, grid=True, **more)


def yen_axis(title: str, lang: str, yen: bool) -> alt.Axis:
    """The axis of a number of each record."""
    return alt.Axis(title=title, tickCount=5, grid=True, labelExpr=_YEN["en" if lang == "en" else "ja"] if yen else alt.Undefined)


def named(labels: Sequence[str], title: str | None, *, stands: bool, points: bool = False) -> Any:
    """The axis of the classes, in their order; their words never turned, in lines where they are long."""
    if stands:
        padding = alt.Scale(type="point", padding=0.5) if points else alt.Undefined
        return alt.X("x:O" if points else "x:N", sort=list(labels), scale=padding, axis=alt.Axis(
            title=title, labelExpr=theme.LINES, labelOverlap=True, labelAngle=0, ticks=False, grid=False))
    return alt.Y("x:N", sort=list(labels), axis=alt.Axis(title=title, labelExpr=theme.LINES))


def _columns(labels: Sequence[str]) -> int:
    widest = max((theme.width(label) for label in labels), default=1)
    return max(1, min(len(labels), (TITLE_ROOM - 6) // (widest + 5)))


def legend(labels: Sequence[str], title: str | None = None) -> alt.Legend:
    """A legend below in as many columns as a phone has room for."""
    return alt.Legend(columns=_columns(labels), symbolOpacity=1, title=title)


def tall(labels: Sequence[str], *, more: int = 0) -> int:
    """The height of a chart with room for what stands around its ground: Streamlit fits all of it into the height."""
    rows = -(-len(labels) // _columns(labels)) if labels else 0
    return TALL + 110 + more + (rows * 20 + 16 if rows else 0)


def tooltip(f: Figures, lang: str) -> list[alt.Tooltip]:
    """Class, series, figure and n of a mark."""
    found = [alt.Tooltip("of:N", title=f.x_label.into(lang) if f.x_label else "")]
    if f.series_label:
        found.append(alt.Tooltip("series:N", title=f.series_label.into(lang)))
    found.append(alt.Tooltip("value:N", title=words.value_label(f).into(lang)))
    return found if f.chart.value.how == "count" else [*found, alt.Tooltip("n:Q", title="n")]


def rule(f: Figures, lang: str, size: alt.Scale, *, upright: bool) -> list[Any]:
    """The line to reach, or not to pass: dashed, with its words."""
    if f.chart.target is None:
        return []
    base = over([{"t": float(f.chart.target), "word": words.target(f, lang)}])
    line: Part = {"strokeDash": [6, 4], "color": theme.RULE, "size": 1.5}
    text: Part = {"color": theme.RULE, "fontWeight": 700}
    if upright:
        at = alt.X("t:Q", scale=size)
        return [base.mark_rule(**line).encode(x=at),
                base.mark_text(baseline="bottom", dy=-3, align="right", dx=-4, **text).encode(x=at, y=fixed(alt.YValue, 0), text="word:N")]
    up = alt.Y("t:Q", scale=size)
    return [base.mark_rule(**line).encode(y=up),
            base.mark_text(baseline="bottom", align="right", dy=-3, **text).encode(y=up, x=fixed(alt.XValue, "width"), text="word:N")]


def brief(f: Figures, value: Decimal | None, lang: str) -> str:
    """A figure as it stands in a drawing."""
    return words.figure(f, value, lang, brief=True)
