"""The report: the person's own workbook back, with the faults marked in the cells and a summary in front.

An .xlsx keeps its cells' formats, widths and merges. Formulas come back as the values that they showed: a workbook that
was written by a program has no stored results, and could not be read again. Macros, links and embedded objects do not
come back. For other formats, and above 20,000 rows, the report is a workbook of the faulty rows alone.
"""

from __future__ import annotations

import io
from pathlib import PurePath
from typing import TYPE_CHECKING, Any

from grc.kinds import written
from grc.problem import Problem, Severity
from grc.refusal import Unreadable
from grc.text import Text
from imports import jail, workbook_words
from imports.layout import SUMMARY_MARK

if TYPE_CHECKING:
    from imports.run import Preview

LARGEST = 20_000
"""The longest table, in rows, whose own workbook comes back."""
FILLS = {"E": "FFFDD8D8", "W": "FFFBF0C4", "I": "FFE8F4FE"}
TITLES = (Text("区分", "Level"), Text("シート", "Sheet"), Text("セル", "Cell"), Text("項目", "Field"), Text("書いてある値", "What is written"),
          Text("何が", "What is wrong"), Text("どうする", "What to do"))
LEVELS = {"E": Text("エラー", "Error"), "W": Text("警告", "Warning"), "I": Text("参考", "Note")}
FORMULAS = Text("数式は、見えていた値に置き換えてあります。直したら、このファイルをそのまま取り込めます（このシートは読み飛ばします）。",
                "Formulas were replaced by the values they showed. Mend the cells and import this file as it is; this sheet is passed over.")


def report(seen: Preview, lang: str = "ja") -> tuple[str, bytes]:
    """The report of a preview: a file name and an .xlsx. Raises ``Unreadable`` where the workbook kills its reader."""
    stem = PurePath(seen.name).stem
    name = f"{stem}_{'取込結果' if lang != 'en' else 'import-report'}.xlsx"
    own = seen.workbook.kind in ("xlsx", "xlsm") and len(seen.rows) <= LARGEST
    summary = _summary(seen, lang)
    if not own:
        return name, write(None, summary, [], _faulty(seen))
    try:
        return name, jail.run("mark", seen.data, summary=summary, marks=_marks(seen.problems, lang))
    except jail.Died as died:
        raise Unreadable(workbook_words.DIED[died.reason].format(name=seen.name)) from died


def mark_in_jail(book: bytes, summary: list[list[str]], marks: list[list[Any]]) -> bytes:
    """Write the marks into a workbook; runs in the jail, because it opens what a person gave."""
    return write(book, summary, marks)


def write(book: bytes | None, summary: list[list[str]], marks: list[list[Any]], rows: list[list[Any]] | None = None) -> bytes:
    """The workbook with its marks (sheet, row, column from 1, level, comment) and the summary sheet in front."""
    from openpyxl import Workbook, load_workbook
    from openpyxl.comments import Comment
    from openpyxl.styles import Alignment, Font, PatternFill

    out = load_workbook(io.BytesIO(book), data_only=True, keep_links=False) if book is not None else Workbook()
    if book is None:
        sheet = out.active
        sheet.title = "直す行"
        for values in rows or []:
            sheet.append([_text(v) for v in values])
    for name, row, column, level, said in marks:
        if name in out.sheetnames and column:
            cell = _first(out[name], row, column)
            cell.fill = PatternFill("solid", fgColor=FILLS[level])
            theirs = f"{cell.comment.text}\n\n" if cell.comment else ""
            cell.comment = Comment(theirs + said, "台帳", width=320, height=110)
    front = out.create_sheet(SUMMARY_MARK, 0)
    for values in summary:
        front.append([_text(v) for v in values])
    for letter, width in zip("ABCDEFG", (10, 16, 10, 24, 28, 56, 56), strict=True):
        front.column_dimensions[letter].width = width
    for cells in front.iter_rows(min_row=2):
        for cell in cells:
            cell.alignment = Alignment(wrap_text=True, vertical="top")
    front["A1"].font = Font(bold=True, size=14)
    out.active = 0
    done = io.BytesIO()
    out.save(done)
    return done.getvalue()


def _first(sheet: Any, row: int, column: int) -> Any:
    """The cell, or that in which the merged range around it keeps its value."""
    for area in sheet.merged_cells.ranges:
        if area.min_row <= row <= area.max_row and area.min_col <= column <= area.max_col:
            return sheet.cell(area.min_row, area.min_col)
    return sheet.cell(row, column)


def _text(value: Any) -> Any:
    """A text that no spreadsheet runs: our sentences begin with no sign, a person's value may."""
    return f"'{value}" if isinstance(value, str) and value[:1] in ("=", "+", "-", "@") else value


def _summary(seen: Preview, lang: str) -> list[list[str]]:
    n = seen.counts
    counts = Text(
        f"{len(seen.rows):,}行 = 新規 {n['created']} + 変更 {n['updated']} + 変更なし {n['unchanged']} + 誤り {n['rejected']}。表でない行 {len(seen.table.skipped)}。",
        f"{len(seen.rows):,} rows = {n['created']} new + {n['updated']} changed + {n['unchanged']} unchanged + {n['rejected']} errors. "
        f"No records: {len(seen.table.skipped)}.")
    order = {Severity.ERROR: 0, Severity.WARNING: 1, Severity.NOTE: 2}
    rows = [[SUMMARY_MARK, seen.name], [counts.into(lang)], [FORMULAS.into(lang)], [], [t.into(lang) for t in TITLES]]
    for p in sorted(seen.problems, key=lambda p: (order[p.severity], p.row or 0)):
        field = seen.register.label(p.field).into(lang) if p.field else ""
        rows.append([LEVELS[p.severity].into(lang), p.sheet or "", f"{p.column or ''}{p.row or ''}", field, p.value or "",
                     p.message.into(lang), p.remedy.into(lang)])
    return rows


def _marks(problems: list[Problem], lang: str) -> list[list[Any]]:
    """One mark a cell, the gravest level first; a problem of a whole row stands at its first cell."""
    order = "EWI"
    cells: dict[tuple[str, int, int], tuple[str, list[str]]] = {}
    for p in problems:
        if not p.row or not p.sheet:
            continue
        place = (p.sheet, p.row, _index(p.column) if p.column else 1)
        level, said = cells.get(place, ("I", []))
        cells[place] = (min(level, str(p.severity), key=order.index), [*said, f"{p.message.into(lang)}\n{p.remedy.into(lang)}"])
    return [[*place, level, "\n\n".join(said)] for place, (level, said) in cells.items()]


def _index(letters: str) -> int:
    n = 0
    for letter in letters:
        n = n * 26 + ord(letter) - 64
    return n


def _faulty(seen: Preview) -> list[list[Any]]:
    """The headings, then the rows with an error, as they stand in the file."""
    wrong = {c.read.number for c in seen.rows if c.fate == "rejected"}
    head = [column.header for column in seen.table.columns]
    return [head, *([written(cell) for cell in row.cells] for row in seen.table.rows if row.number in wrong)]
