"""Find the table in a sheet that people made for people: titles above, stacked headers, bands, totals and notes below.

Pure functions over a :class:`imports.workbook.Sheet`. No row below the header is dropped in silence: it is a record in
``Table.rows``, or it stands in ``Table.skipped`` with its reason. What a row *says* is judged in :mod:`imports.rows`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, time

from imports.header import Column, Grid, Header, Known, columns_of, find_header, is_known, nobody
from imports.rows import Reason, Shape, judge, text_of, unit_said
from imports.rows import fold as fold
from imports.workbook import Cell, Sheet, Workbook, column_letter


@dataclass(frozen=True, slots=True)
class Row:
    """One record: its row number, its cells in the order of ``Table.columns``, the band it stands under."""

    number: int
    cells: tuple[Cell, ...]
    section: str | None = None
    hidden: bool = False


@dataclass(frozen=True, slots=True)
class Skipped:
    """A row below the header that is no record, and why; ``text`` is what stands there."""

    row: int
    reason: Reason
    text: str


@dataclass(frozen=True, slots=True)
class Title:
    """A row above the table; ``cells`` are its values with their columns (from 1), for pairs such as 部署名：総務部."""

    row: int
    text: str
    cells: tuple[tuple[int, Cell], ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table as it stands in a sheet; row and column numbers are Excel's."""

    sheet: str
    header_rows: tuple[int, int]
    columns: list[Column]
    rows: list[Row]
    skipped: list[Skipped]
    titles: list[Title]
    notes: list[str]
    score: float = 0.0
    unit: str | None = None
    """The unit of money that a title names for the whole table."""


def find_table(sheet: Sheet, known: Known = nobody) -> Table | None:
    """The table of a sheet, or ``None`` when there is none (fewer than two headers in one row)."""
    grid = Grid(sheet)
    found = find_header(grid, known)
    if found is None:
        return None
    columns = columns_of(grid, found)
    rows, skipped = _body(sheet, grid, found, columns)
    columns = _with_unnamed(columns, rows)
    at = [column.index - 1 for column in columns]
    records = [Row(row.number, tuple(row.cells[i] if i < len(row.cells) else None for i in at), row.section, row.hidden)
               for row in rows]
    hits = sum(is_known(column, known) for column in columns)
    filled = sum(cell is not None for row in records[:200] for cell in row.cells)
    titles = _titles(grid, found.first)
    return Table(sheet.name, (found.first, found.last), columns, records, skipped, titles,
                 [each.text for each in skipped if each.reason == "note"], hits * 10_000 + filled,
                 next((unit for title in titles if (unit := unit_said(title.text))), None))


SUMMARY_MARK = "取込結果"
"""What A1 of a sheet of ours begins with: a report's summary, a template's notes. Such a sheet is never the table."""
_SAMPLE_SHEETS = ("例", "見本", "サンプル", "sample", "example")


def find_tables(workbook: Workbook, known: Known = nobody) -> list[Table]:
    """The table of each visible sheet, the best first: most known headers, then the fullest, then the first."""
    tables = [table for sheet in workbook.sheets if not sheet.hidden and not _ours(sheet) and (table := find_table(sheet, known))]
    return sorted(tables, key=lambda table: (any(word in fold(table.sheet) for word in _SAMPLE_SHEETS), -table.score))


def _ours(sheet: Sheet) -> bool:
    first = sheet.rows[0][0] if sheet.rows and sheet.rows[0] else None
    return isinstance(first, str) and first.startswith(SUMMARY_MARK)


# ------------------------------------------------------------------------------------------------ what stands below

def _body(sheet: Sheet, grid: Grid, header: Header, columns: list[Column]) -> tuple[list[Row], list[Skipped]]:
    """The records, with all their cells, and the rows that are none."""
    down = _filled_down(grid, header.last)
    shape = Shape.of(columns[0].index, [column.index for column in columns],
                     [{fold(part) for part in column.parts} for column in columns])
    rows: list[Row] = []
    skipped: list[Skipped] = []
    section: str | None = None
    for number in range(header.last + 1, grid.height + 1):
        cells = grid.rows[number - 1]
        reason = judge(cells, down.get(number), shape, after_a_record=bool(rows))
        if reason is None:
            if number in down:
                cells = list(cells)
                for column, value in down[number].items():
                    cells[column - 1] = value
            rows.append(Row(number, tuple(cells), section, number in sheet.hidden_rows))
            continue
        text = " ".join(filter(None, (text_of(cell) for cell in cells)))
        section = text if reason == "section_row" else section
        skipped.append(Skipped(number, reason, text))
    end = rows[-1].number if rows else header.last
    return rows, [_after(each, end) for each in skipped if each.row < end or each.reason != "blank"]


def _after(each: Skipped, end: int) -> Skipped:
    """A lone text below the last record is no band over anything: it is a note."""
    return Skipped(each.row, "note", each.text) if each.row > end and each.reason in _ONLY_INSIDE else each


_ONLY_INSIDE = ("section_row", "child_row_of_previous")


def _filled_down(grid: Grid, below: int) -> dict[int, dict[int, Cell]]:
    """By row, the values that vertically merged cells give to the rows under their first."""
    filled: dict[int, dict[int, Cell]] = {}
    for top, left, bottom, _ in grid.merged:
        if top > below and bottom > top and (value := grid.raw(top, left)) is not None:
            for row in range(top + 1, min(bottom, grid.height) + 1):
                filled.setdefault(row, {})[left] = value
    return filled


def _with_unnamed(columns: list[Column], rows: list[Row]) -> list[Column]:
    """The columns, and those without a header in which some record has a value: they must not vanish."""
    named = {column.index for column in columns}
    width = max((len(row.cells) for row in rows), default=0)
    unnamed = [index for index in range(1, width + 1) if index not in named and any(
        row.cells[index - 1] is not None for row in rows if len(row.cells) >= index)]
    return sorted([*columns, *(Column(index, column_letter(index), "") for index in unnamed)], key=lambda each: each.index)


def _titles(grid: Grid, header: int) -> list[Title]:
    titles = []
    for row in range(1, header):
        cells = tuple((column, grid.raw(row, column)) for column in grid.filled(row))
        if cells:
            titles.append(Title(row, " ".join(_shown(value) for _, value in cells), cells))
    return titles


def _shown(value: Cell) -> str:
    return value.isoformat() if isinstance(value, date | time) else text_of(value)
