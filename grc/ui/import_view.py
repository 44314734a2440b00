"""How an import is shown: the sheet as the person knows it with each row's reading, cells to check, differences.

Only drawing, from plain data: the page that knows the import stages gives it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

import pandas as pd
import streamlit as st

from grc import states
from grc.problem import Problem, Severity
from grc.states import Tone
from grc.text import Text
from grc.ui import look
from grc.ui.escape import escape
from grc.ui.viewer import Viewer

Reading = Literal["title", "header", "data", "skipped", "check", "fault"]
WORDS: dict[str, tuple[Text, str, str]] = {
    "title": (Text("題名", "Title"), "#5109ad", "#f1eafa"), "header": (Text("見出し", "Header"), "#00428c", "#e8f4fe"),
    "data": (Text("データ", "Data"), "#1a1a1a", "#ffffff"), "skipped": (Text("読み飛ばし", "Skipped"), "#4d4d4d", "#eceff2"),
    "check": (Text("要確認", "Please check"), "#6e5600", "#fbf5e0"), "fault": (Text("要修正", "Must be fixed"), "#a90000", "#fdeeee"),
}
REASONS = {
    "blank": Text("空の行です", "blank"), "note": Text("注記なので読み飛ばします", "a note"),
    "total_row": Text("合計の行なので読み飛ばします", "a total"), "section_row": Text("帯の行です", "a band"),
    "example_row": Text("記入例なので読み飛ばします", "an example"), "child_row_of_previous": Text("上の行の続きです", "belongs to the row above"),
    "repeated_header": Text("見出しの繰り返しです", "the header again"),
}
MOST_ROWS = 60
MOST_PROBLEMS = 30


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet: its number, how it was read, its cells as text, why."""

    number: int
    reading: Reading
    cells: Sequence[str]
    why: str = ""


def sheet(v: Viewer, rows: Sequence[SheetRow], letters: Sequence[str], *, alt: str) -> None:
    """The sheet with column letters and row numbers; the reading in words in the first column, colour beside it."""
    shown = rows[:MOST_ROWS]
    heads = [v.t(Text("行", "Row")), v.t(Text("読み方", "Read as")), *letters, v.t(Text("理由", "Why"))]
    body = [[str(r.number), v.t(WORDS[r.reading][0]), *r.cells, r.why] for r in shown]
    frame = pd.DataFrame(body, columns=heads, dtype="object")

    def colour(row: pd.Series) -> list[str]:
        _, ink, ground = WORDS[shown[int(str(row.name))].reading]
        return [f"color:{ink};background-color:{ground}"] * len(row)

    st.dataframe(frame.style.apply(colour, axis=1), hide_index=True, width="stretch", alt=alt,
                 height=min(38 + 35 * len(shown), 520), column_config={heads[0]: st.column_config.TextColumn(width=60, pinned=True)})
    if len(rows) > len(shown):
        st.caption(v.t(Text(f"はじめの{len(shown)}行を見せています（全{len(rows):,}行）。", f"The first {len(shown)} of {len(rows):,} rows.")))


def problems(v: Viewer, found: Sequence[Problem], *, key: str, note: str = "") -> None:
    """Cells to check: address, text, what is wrong and what to do, the gravest first."""
    if not found:
        return
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    some = sorted(found, key=lambda p: order[p.severity])[:MOST_PROBLEMS]
    heads = [v.t(t) for t in (Text("区分", "Level"), Text("セル", "Cell"), Text("書いてある値", "What is written"), Text("読み方と直し方", "Reading and remedy"))]
    rows = [[look.badge(states.SEVERITIES[str(p.severity)], v.lang), f"**{escape(_place(v, p))}**", escape(p.value or ""),
             f"{escape(v.t(p.message))} {escape(v.t(p.remedy))}"] for p in some]
    look.read_table(heads, rows, alt=v.t(Text("確かめるセル", "Cells to check")), key=key)
    if len(found) > len(some):
        st.caption(v.t(Text(f"ほかに{len(found) - len(some)}件あります。{note}", f"{len(found) - len(some)} more. {note}")))


def _place(v: Viewer, p: Problem) -> str:
    if p.row and p.column:
        return f"{p.column}{p.row}"
    if p.row:
        return v.t(Text(f"{p.row}行目", f"row {p.row}"))
    return v.t(Text(f"{p.column}列", f"column {p.column}")) if p.column else "―"


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a row changes."""

    row: int
    what: str
    field: str
    before: str
    after: str


def changes(v: Viewer, some: Sequence[Change], *, key: str) -> None:
    """Differences as before → after, one field a line."""
    heads = [v.t(t) for t in (Text("行", "Row"), Text("記録", "Record"), Text("項目", "Field"), Text("いま → ファイル", "Now → file"))]
    look.read_table(heads, [[str(c.row), escape(c.what, lines=False), escape(c.field, lines=False), look.before_after(c.before, c.after)]
                            for c in some[:MOST_PROBLEMS]], alt=v.t(Text("変わる項目", "What changes")), key=key)
    if len(some) > MOST_PROBLEMS:
        st.caption(v.t(Text(f"ほかに{len(some) - MOST_PROBLEMS}件あります。", f"{len(some) - MOST_PROBLEMS} more.")))


def legend() -> str:
    """The colours of the rows in words, as Markdown for the viewer of the page."""
    tones = {"title": Tone.VIOLET, "header": Tone.BLUE, "skipped": Tone.GRAY, "check": Tone.YELLOW, "fault": Tone.RED}
    return "　".join(f":{tone}-badge[{{{name}}}]" for name, tone in tones.items())
