"""Step 2: the sheet as the person knows it, each row with how it was read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime

import streamlit as st

from grc import calendar, people
from grc.kinds import FISCAL_YEAR, Cell, short
from grc.problem import Problem, Severity
from grc.text import Text
from grc.ui import import_view, look
from grc.ui.escape import escape
from grc.ui.import_view import Reading, SheetRow
from grc.ui.viewer import Viewer
from imports.run import Options, Preview
from pages.importing.kept import SHEETS, again, line, walk

NO_YEAR = "date-no-year"


def table(v: Viewer, seen: Preview) -> None:
    """Step 2: the sheet as the person knows it, with each row's reading."""
    first, last = seen.table.header_rows
    if seen.already is not None and not (seen.count("created") or seen.count("updated")):
        _already(v, seen.already.loaded_at, seen.already.loaded_by)
    sheets: list[str] = st.session_state.get(SHEETS, [])  # a preview of one sheet has read no other
    found = Text(f"「{seen.table.sheet}」シートの{first}行目から表が始まると読みました。", f'The table begins at row {first} of sheet "{seen.table.sheet}".')
    right = Text("合っていれば「次へ」。違うときは、シートを選び直してください。", "If that is right, go on. If not, choose another sheet.") if len(sheets) > 1 else (
        Text("合っていれば「次へ」。違うときは、Excelの見出しの行を確かめて、ファイルを選び直してください。",
             "If that is right, go on. If not, look at the heading row in the workbook and choose the file again."))
    with look.next_box(v.t(found), v.t(right), key="table"):
        pass
    with st.container(horizontal=True):
        _sheet_of(v, seen, sheets)
        _year_of(v, seen)
    st.markdown(import_view.legend().format(**{n: v.t(w[0]) for n, w in import_view.WORDS.items()}))
    import_view.sheet(v, _sheet_rows(v, seen, first, last), [c.letter for c in seen.table.columns],
                      alt=v.t(Text("読み込んだ表", "The sheet as it was read")))
    import_view.problems(v, seen.problems, key="cells", note=v.t(Text("すべては「ちがいの確認」の一覧にあります。", "All are listed under Differences.")))
    walk(v, 2)


def _already(v: Viewer, at: datetime, by: str) -> None:
    with v.office.db.read() as conn:
        who = people.display_names(conn).get(by, by)
    day = short(calendar.tokyo(at).date(), v.lang)
    st.info(escape(v.t(Text(f"このファイルは{day}に{who}さんが取り込んでいます。もう一度取り込んでも何も変わりません。",
                            f"This file was imported on {day} by {who}. Nothing will change."))))


def _sheet_of(v: Viewer, seen: Preview, sheets: list[str]) -> None:
    """The choice of a sheet, where there are several; what was said about the columns of another does not hold here."""
    if len(sheets) < 2:
        return
    chosen = st.selectbox(v.t(Text("シート", "Sheet")), sheets, index=sheets.index(seen.table.sheet) if seen.table.sheet in sheets else None, width=320)
    if chosen is not None and chosen != seen.table.sheet:
        again(v, seen, Options(sheet=chosen, fiscal_year=seen.options.fiscal_year))


def _year_of(v: Viewer, seen: Preview) -> None:
    """The fiscal year of dates without one, where there are such dates."""
    now = seen.options.fiscal_year
    if now is None and not any(p.code == NO_YEAR for p in seen.problems):
        return
    this = calendar.fiscal_year(calendar.today())
    years = sorted({*range(this + 1, this - 10, -1), *([now] if now else [])}, reverse=True)
    chosen = st.selectbox(v.t(Text("年のない日付の年度", "Fiscal year of dates without a year")), years, index=years.index(now) if now else None,
                          format_func=lambda y: FISCAL_YEAR.show(y, v.lang), placeholder=v.t(Text("年度を選ぶ", "Choose a fiscal year")), width=320)
    if chosen is not None and chosen != now:
        again(v, seen, replace(seen.options, fiscal_year=chosen, changed=frozenset()))


def _sheet_rows(v: Viewer, seen: Preview, first: int, last: int) -> list[SheetRow]:
    sheet = next(s for s in seen.workbook.sheets if s.name == seen.table.sheet)
    columns = [c.index for c in seen.table.columns]
    letters = {c.letter: n for n, c in enumerate(seen.table.columns)}
    titles = {t.row for t in seen.table.titles}
    skipped = {s.row: s.reason for s in seen.table.skipped}
    found = {c.read.number: c.read.problems for c in seen.rows}
    rows = []
    for number in range(1, min(len(sheet.rows), last + import_view.MOST_ROWS) + 1):
        cells = sheet.rows[number - 1]
        texts = [line(cells[i - 1]) if i <= len(cells) else "" for i in columns]
        faults: dict[int, Reading] = {}
        reading: Reading = "skipped"
        why = ""
        if number in titles:
            reading, texts = "title", _title(texts, cells)
        elif first <= number <= last:
            reading = "header"
        elif number in found:
            reading, faults = _judged(found[number], letters)
            why = v.t(Text("・", ", ")).join(seen.table.columns[n].letter for n in sorted(faults))
            why = why and v.t(Text(f"{why}列", f"column{'s' if len(faults) > 1 else ''} {why}"))
        else:
            why = v.t(import_view.REASONS[skipped.get(number, "blank")]) if number in skipped or not any(texts) else ""
        rows.append(SheetRow(number, reading, texts, why, faults))
    return rows


def _title(texts: list[str], cells: Sequence[Cell]) -> list[str]:
    """A title's cells; those that stand beside the table's columns are drawn in the first."""
    beside = [] if any(texts) else [line(c) for c in cells if c is not None]
    return [" ".join(beside), *texts[1:]] if beside else texts


def _judged(problems: Sequence[Problem], letters: Mapping[str, int]) -> tuple[Reading, dict[int, Reading]]:
    """How a record's row is shown, and which of its cells are at fault."""
    words: dict[Severity, Reading] = {Severity.ERROR: "fault", Severity.WARNING: "check"}
    faults: dict[int, Reading] = {}
    for p in sorted(problems, key=lambda p: "IWE".index(p.severity)):  # the gravest last, so that it stands
        if p.severity in words and p.column is not None and p.column in letters:
            faults[letters[p.column]] = words[p.severity]
    worst = max((p.severity for p in problems), key="IWE".index, default=None)
    return words.get(worst, "data") if worst else "data", faults
