"""How an import is shown: the sheet as the person knows it with each row's reading, cells to check, differences.

Only drawing, from plain data: the page that knows the import stages gives it.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

import pandas as pd
import streamlit as st

from grc import states
from grc.kinds import Cell, written
from grc.problem import Problem, Severity
from grc.record import FieldSpec
from grc.states import Tone
from grc.text import Text, many
from grc.ui import fields, links, look
from grc.ui.escape import escape
from grc.ui.viewer import Viewer

Reading = Literal["title", "header", "data", "skipped", "check", "fault"]
WORDS: dict[str, tuple[Text, str, str]] = {
    "title": (Text("題名", "Title"), "#5109ad", "#f1eafa"), "header": (Text("見出し", "Header"), "#00428c", "#e8f4fe"),
    "data": (Text("データ", "Data"), "#1a1a1a", "#ffffff"), "skipped": (Text("読み飛ばし", "Skipped"), "#4d4d4d", "#eceff2"),
    "check": (Text("要確認", "Please check"), "#6e5600", "#fbf5e0"), "fault": (Text("要修正", "Must be fixed"), "#a90000", "#fdeeee"),
}
REASONS = {
    "blank": Text("空の行", "blank"), "note": Text("注記", "a note"), "total_row": Text("合計の行", "a total"),
    "section_row": Text("帯の行", "a band"), "example_row": Text("記入例", "an example"),
    "child_row_of_previous": Text("上の行の続き", "goes with the row above"), "repeated_header": Text("見出しの繰り返し", "the header again"),
}
MOST_ROWS = 60
MOST_PROBLEMS, MOST_GONE = 30, 100
AT_FAULT = {"check": "#f2dd8e", "fault": "#f9c4c4"}
"""The ground of the very cell that is meant, stronger than its row's."""
_READING = 190
T_NONE = Text("ありません。", "None.")


@dataclass(frozen=True, slots=True)
class SheetRow:
    """One row of a sheet: its number, how it was read, its cells as text, why, and the cells at fault by position."""

    number: int
    reading: Reading
    cells: Sequence[str]
    why: str = ""
    faults: Mapping[int, Reading] = field(default_factory=dict)


def sheet(v: Viewer, rows: Sequence[SheetRow], letters: Sequence[str], *, alt: str) -> None:
    """The sheet with column letters and row numbers; the reading and its reason in words at the left, colour beside them."""
    shown = rows[:MOST_ROWS]
    titles = [text for r in shown if r.reading == "title" for text in r.cells if text]
    if titles:
        st.caption(v.t(Text("表の上の題名：", "Above the table: ")) + "　".join(escape(text, lines=False) for text in titles))
    heads = [v.t(Text("行", "Row")), v.t(Text("読み方", "Read as")), *letters]
    body = [[str(r.number), _reading(v, r), *r.cells] for r in shown]
    frame = pd.DataFrame(body, columns=heads, dtype="object")
    columns = {heads[0]: st.column_config.TextColumn(width=60, pinned=True), heads[1]: st.column_config.TextColumn(width=_READING)}
    st.dataframe(frame.style.apply(lambda row: _colours(shown[int(str(row.name))]), axis=1), hide_index=True, width="stretch", alt=alt,
                 height=min(38 + 35 * len(shown), 520), column_config=columns)
    if len(rows) > len(shown):
        st.caption(v.t(Text(f"はじめの{len(shown)}行を見せています（全{len(rows):,}行）。", f"The first {len(shown)} of {len(rows):,} rows.")))


def _reading(v: Viewer, row: SheetRow) -> str:
    word = v.t(WORDS[row.reading][0])
    return v.t(Text(f"{word}：{row.why}", f"{word}: {row.why}")) if row.why else word


def _colours(row: SheetRow) -> list[str]:
    """The style of each cell: the row's, and stronger where a cell is at fault."""
    out = []
    for n in range(-2, len(row.cells)):
        at_fault = row.faults.get(n)
        _, ink, ground = WORDS[at_fault or row.reading]
        out.append(f"color:{ink};background-color:{AT_FAULT.get(at_fault or '', ground)}")
    return out


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


def changes(v: Viewer, some: Sequence[Change], total: int, *, key: str) -> None:
    """Differences as before → after, one field a line: the first ones of ``total``."""
    heads = [v.t(t) for t in (Text("行", "Row"), Text("記録", "Record"), Text("項目", "Field"), Text("いま → ファイル", "Now → file"))]
    look.read_table(heads, [[str(c.row), escape(c.what, lines=False), escape(c.field, lines=False), look.before_after(c.before, c.after)]
                            for c in some], alt=v.t(Text("変わる項目", "What changes")), key=key)
    more(v, total - len(some))


def legend() -> str:
    """The colours of the rows in words, as Markdown for the viewer of the page."""
    tones = {"title": Tone.VIOLET, "header": Tone.BLUE, "skipped": Tone.GRAY, "check": Tone.YELLOW, "fault": Tone.RED}
    return "　".join(f":{tone}-badge[{{{name}}}]" for name, tone in tones.items())


def skipped(v: Viewer, rows: Sequence[tuple[int, str, str]], *, key: str) -> None:
    """The rows that are no records: number, reason (a key of ``REASONS``), what stands there."""
    heads = [v.t(t) for t in (Text("行", "Row"), Text("理由", "Why"), Text("書いてあること", "What stands there"))]
    some = [[str(row), v.t(REASONS[reason]), escape(text)] for row, reason, text in rows[:MOST_PROBLEMS]]
    look.read_table(heads, some, alt=v.t(Text("読み飛ばす行", "Skipped rows")), key=key)
    more(v, len(rows) - len(some))


def records(v: Viewer, specs: Sequence[FieldSpec], rows: Sequence[Sequence[str]], total: int, *, key: str) -> None:
    """New records as the list of the register will show them; cells as plain text, the row's number first."""
    frame = pd.DataFrame([list(row) for row in rows], columns=["row", *(s.name for s in specs)], dtype="object")
    columns = {"row": st.column_config.TextColumn(v.t(Text("行", "Row")), width=60, pinned=True),
               **{s.name: st.column_config.TextColumn(v.t(s.label), alignment=s.kind.align) for s in specs}}
    st.dataframe(frame, hide_index=True, width="stretch", key=key, height=min(38 + 35 * len(rows), 520), column_config=columns,
                 alt=v.t(Text("新しく登録する記録", "Records to be added")))
    more(v, total - len(rows))


def more(v: Viewer, n: int) -> None:
    """How many are not shown."""
    if n > 0:
        st.caption(v.t(Text(f"ほかに{n:,}件あります。", f"{n:,} more.")))


def column_note(v: Viewer, example: str, how: str) -> None:
    """Below the choice for a column: a value of it, and how its field was found."""
    shown = example if len(example) <= 40 else example[:39] + "…"
    said = v.t(Text(f"例：{shown}", f"Example: {shown}")) if shown else v.t(Text("値なし", "No values"))
    st.caption(escape(v.t(Text(f"{said}　／　{how}", f"{said} / {how}")), lines=False))


def counts(v: Viewer, n: Mapping[str, int], left_out: int) -> None:
    """What a load will do, as five counts and a sum: the four fates of the records, and the rows that are none."""
    nothing = Text("ありません", "none")
    cards = ((Text("新規", "New"), n["created"], Text("登録されます", "will be added")),
             (Text("変更", "Changed"), n["updated"], Text("下で確かめます", "see below")),
             (Text("変更なし", "Unchanged"), n["unchanged"], Text("何もしません", "nothing to do")),
             (Text("読み飛ばし", "Skipped"), left_out, Text("表でない行", "no records")),
             (Text("誤り", "Errors"), n["rejected"], Text("直しが要ります", "to be mended")))
    look.cards([look.Card(v.t(word), v.t(Text(f"{count:,}件", f"{count:,}")), v.t(remark if count else nothing)) for word, count, remark in cards])
    total = sum(n.values())
    st.caption(v.t(Text(
        f"{total:,}行 = 新規 {n['created']} + 変更 {n['updated']} + 変更なし {n['unchanged']} + 誤り {n['rejected']}。ほかに表でない行 {left_out}。1行も失われません。",
        f"{many(total, 'row')} = {n['created']} new + {n['updated']} changed + {n['unchanged']} unchanged + {n['rejected']} with errors. "
        f"Besides, {many(left_out, 'row that is no record', 'rows that are no records')}. Nothing is lost.")))


Tab = tuple[Text, int, Callable[[], None]]
"""What a tab is called, how much it holds, and what draws it."""


def tabs(v: Viewer, some: Sequence[Tab]) -> None:
    """Tabs with their counts, open at the first that holds anything."""
    labels = [f"{v.t(word)} {count:,}" for word, count, _ in some]
    first = next((label for label, (_, count, _) in zip(labels, some, strict=True) if count), labels[0])
    for tab, (_, count, draw) in zip(st.tabs(labels, default=first), some, strict=True):
        with tab:
            if count:
                draw()
            else:
                st.caption(v.t(T_NONE))


def provisional(v: Viewer, new: Sequence[tuple[str, str, int]], *, key: str) -> None:
    """What a load makes in other registers: register, name, how many rows name it."""
    heads = [v.t(t) for t in (Text("台帳", "Register"), Text("名前", "Name"), Text("行数", "Rows"))]
    look.read_table(heads, [[escape(register), escape(name), f"{rows:,}"] for register, name, rows in new[:MOST_PROBLEMS]],
                    alt=v.t(Text("仮に登録するもの", "Made provisionally")), key=key)
    more(v, len(new) - MOST_PROBLEMS)


def vanished(v: Viewer, slug: str, codes: Sequence[str]) -> None:
    """Records that the file no longer has, as links."""
    st.caption(v.t(Text("前回の取り込みにあり、このファイルにない記録です。取り込んでも消えません。",
                        "Records of the last load that this file does not have. Loading does not remove them.")))
    st.markdown("　".join(links.cell(code, links.address(slug, {"id": code})) for code in codes[:MOST_GONE]))
    more(v, len(codes) - MOST_GONE)


def as_written(spec: FieldSpec, cell: Cell) -> str:
    """A value for every row as its kind writes it; as it stands where the kind cannot read it."""
    value = spec.kind.read(cell).value
    return written(cell if value is None or spec.refers else spec.kind.cell(value)).strip()


def constant(v: Viewer, spec: FieldSpec, now: str, *, key: str) -> str:
    """The input for a value of every row; returns what it holds, ``""`` for nothing."""
    label, value = v.t(spec.label), spec.kind.read(now).value
    words = fields.option_words(spec, v.lang)
    if words:
        at = str(value).lower() if isinstance(value, bool) else value
        picked = st.selectbox(label, list(words), index=list(words).index(at) if at in words else None, format_func=words.__getitem__,
                              key=f"{key}:{now}", placeholder=v.t(Text("（なし）", "(none)")))
        return now if picked == at else picked or ""
    given = st.text_input(label, value=now, key=f"{key}:{now}", placeholder=v.t(Text("（なし）", "(none)")))
    if value is not None and not spec.refers and (shown := fields.show(spec, value, v.lang)) != now:
        st.caption(escape(shown, lines=False))
    return given.strip()
