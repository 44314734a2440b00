"""Charts on a page: the drawing, and below it the same as a table and as a file.

What a table counts leads to its records where a list can show them. The file comes by our own route, never through
Streamlit's media store, which answers anybody.
"""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import streamlit as st

from grc.charts import check, words
from grc.charts.classes import Class
from grc.charts.columns import sources, way
from grc.charts.declare import Chart, Mark
from grc.charts.draw import draw, notes
from grc.charts.figures import Figures, asked_year, figures
from grc.permissions import Action, Actor, decide
from grc.register import Register
from grc.text import Text
from grc.ui import address, links, look
from grc.ui.escape import escape
from grc.ui.viewer import Viewer

T_TABLE, T_FILE = Text("表で見る・取り出す", "As a table"), Text("CSVで取り出す", "Take it out as CSV")
T_WHOLE = Text("図は、使用中のすべての記録を数えています（一覧の条件にはよりません）。", "Charts count all records in use, whatever the list is filtered by.")
T_EARLIER, T_LATER = Text("前の年度", "Previous year"), Text("次の年度", "Next year")
TO_READ, COLUMN = 30, 380


def offered(actor: Actor, register: Register) -> list[tuple[int, Chart]]:
    """The charts of a register that somebody may see, with their places: all that they read must be open to them."""
    return [(n, chart) for n, chart in enumerate(register.charts)
            if not check.check(register, chart) and all(decide(actor, Action.VIEW, r) for r in sources(register, chart))]


def of_register(v: Viewer, register: Register) -> None:
    """The charts of a register, for the list page."""
    some, year = offered(v.actor, register), year_shown()
    with v.office.db.read() as conn:
        found = [(n, figures(conn, v.actor, register, chart, year=year, era=address.era())) for n, chart in some]
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.caption(v.t(T_WHOLE), width="content")
        years(v, register.slug, [f for _, f in found])
    side_by_side(v, [(f, f"exports/{register.slug}/charts/{n}.csv") for n, f in found])


def year_shown() -> int | None:
    """The fiscal year that the address asks for."""
    return asked_year(address.first(address.current(), "fy"))


def years(v: Viewer, page: str, some: Sequence[Figures]) -> None:
    """Links to the years before and after, where a chart shows the months of one."""
    shown = [f.year for f in some if f.year is not None]
    if shown:
        params = address.current()
        with st.container(horizontal=True, width="content", key="noprint_years"):
            links.link(v.t(T_EARLIER), page, {**params, "fy": str(max(shown) - 1)}, icon=":material/chevron_left:")
            links.link(v.t(T_LATER), page, {**params, "fy": str(max(shown) + 1)}, icon=":material/chevron_right:")


def side_by_side(v: Viewer, some: Sequence[tuple[Figures, str]]) -> None:
    """Charts two abreast, one below the other where the screen is narrow; each with the address of its file."""
    grid = st.grid(2, min_column_width=COLUMN, gap="small")
    for n, (f, file) in enumerate(some):
        with grid.cell(), st.container(border=True, key=f"chart_{n}", gap="xsmall"):
            one(v, f, file, str(n))


def one(v: Viewer, f: Figures, file: str, key: str) -> None:
    """A chart, its table and the link to its file."""
    if f.n:
        st.altair_chart(draw(f, v.lang), width="stretch", theme=None, alt=words.finding(f, v.lang), key=f"drawn:{key}")
    else:
        st.markdown(f"**{escape(words.title(f, v.lang), lines=False)}**")
        st.caption(escape("\n".join([*notes(f, v.lang), v.t(words.NOTHING)])))
    with st.expander(v.t(T_TABLE), icon=":material/table:"):
        if f.n:
            _table(v, f, key)
        params = {"lang": v.lang, **({"fy": str(f.year)} if f.year is not None else {})}
        st.markdown(links.cell(v.t(T_FILE), links.address(file, params)))


def _table(v: Viewer, f: Figures, key: str) -> None:
    shown = words.table(f, v.lang, address.era())
    if len(shown.rows) > TO_READ:
        st.dataframe(pd.DataFrame([[c.text for c in row] for row in shown.rows], columns=_unlike(shown.heads), dtype="object"), hide_index=True,
                     alt=words.title(f, v.lang), key=f"table:{key}")
        return
    leads = decide(v.actor, Action.VIEW, f.register)
    rows = [[_cell(f, cell, bool(leads)) for cell in row] for row in shown.rows]
    with st.container(key=f"figures{shown.numbers}_{key}"):
        look.read_table(shown.heads, rows, alt=words.title(f, v.lang), key=f"chart_{key}")


def _unlike(heads: Sequence[str]) -> list[str]:
    """Headings as a frame needs them: no two alike."""
    return [head + "\u200b" * heads[:n].count(head) for n, head in enumerate(heads)]


def _cell(f: Figures, cell: words.Cell, leads: bool) -> str:
    found = rows_of(f, cell.x, cell.series) if leads and cell.x else None
    return escape(cell.text, lines=False) if found is None else links.cell(cell.text, links.address(f.register.slug, found))


def rows_of(f: Figures, x: Class | None, series: Class | None) -> dict[str, str | Sequence[str]] | None:
    """The list of the records that a figure counts; ``None`` where a list cannot ask for just these."""
    chart = f.chart
    if x is None or chart.value.how != "count" or chart.touching:
        return None
    found: dict[str, str | Sequence[str]] = {}
    for name, wanted in chart.where.items():
        some = _asked(f.register, name, wanted)
        if some is None:
            return None
        found[f"{address.FILTER}{name}"] = some
    for by, place in ((chart.x, x), (chart.series, series)):
        if by is not None:
            at = way(f.register, by.name)
            if by.how != "value" or at is None or at.over or place is None or place.given is None:
                return None
            found[f"{address.FILTER}{by.name}"] = [place.given]
    return found


def _asked(register: Register, name: str, wanted: object) -> list[str] | None:
    if "." in name or wanted is Mark.FILLED:
        return None
    if wanted is Mark.OPEN:
        return list(register.workflow.open)
    some = list(wanted) if isinstance(wanted, tuple | list | set | frozenset) else [wanted]
    if any(value is None for value in some):
        return None
    return [("true" if value else "false") if isinstance(value, bool) else str(value) for value in some]
