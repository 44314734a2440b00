"""Charts from figures: no question to the database, no page. Colour never stands alone: numbers, shapes, dashes beside it."""

from __future__ import annotations

from collections.abc import Callable

import altair as alt

from grc.charts import theme, words
from grc.charts.draw_bars import bars, stacked
from grc.charts.draw_heat import heat
from grc.charts.draw_lines import floor, lines
from grc.charts.draw_parts import TITLE_ROOM
from grc.charts.draw_records import arrows, bullet, gantt, scatter
from grc.charts.figures import Figures

_FORMS: dict[str, Callable[[Figures, str], alt.LayerChart]] = {
    "bars": bars, "stacked": stacked, "shares": stacked, "heat": heat, "lines": lines, "gantt": gantt, "bullet": bullet, "arrows": arrows,
    "scatter": scatter}


def draw(f: Figures, lang: str) -> alt.LayerChart:
    """The chart of some figures: what, of when and n above it, as of when below that. Asked for where ``f.n`` is not nought."""
    room = TITLE_ROOM if lang != "en" else TITLE_ROOM * 4 // 5  # letters are wider than half a kanji
    above = theme.broken(f.chart.title.into(lang), room)
    n = words.behind(f, lang)
    fits = theme.width(above[-1]) + theme.width(n) <= room
    title = [*above[:-1], above[-1] + n] if fits else [*above, n.strip()]
    below = [line for note in notes(f, lang) for line in theme.broken(note, room + 5)]
    found: alt.LayerChart = _FORMS[f.chart.form](f, lang).properties(title=alt.TitleParams(title, subtitle=below))
    return found


def notes(f: Figures, lang: str) -> list[str]:
    """What stands below the title: as of when, what is not in it, how to read it."""
    found = words.notes(f, lang)
    target, low = words.target(f, lang), floor(f)
    if target:
        found.append(f"破線：{target}" if lang != "en" else f"dashed line: {target}")
    if any(f.plan.values()):
        found.append(f"破線：{words.PLANNED.ja}" if lang != "en" else f"dashed line: {words.PLANNED.en.lower()}")
    if low:
        found.append(f"軸は{low}%から" if lang != "en" else f"the axis begins at {low}%")
    return found
