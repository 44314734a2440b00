"""The header of a human's table: the row or rows of labels, stacked and merged, each column with its texts and unit."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import NamedTuple

from imports.rows import Shape, fold, is_unit, split_unit, squeeze, text_of, unit_said
from imports.workbook import Cell, Sheet, column_letter

Known = Callable[[str], bool]
"""Whether a folded header text (see :func:`fold`) is a label or synonym of the register."""

def nobody(_header: str) -> bool:
    """Knows no heading: for a sheet of no register."""
    return False


LOOK_AT = 60  # a header stands in the first rows of a sheet
STACKED = 3   # at most so many header rows
LONGEST_LABEL = 60


@dataclass(frozen=True, slots=True)
class Column:
    """One column: ``index`` from 1, the header as printed (stacked ones joined with ``/``; "" when it has none)."""

    index: int
    letter: str
    header: str
    parts: tuple[str, ...] = ()
    unit: str | None = None


class Grid:
    """A sheet's cells by row and column from 1, with merged ranges seen as their one value."""

    def __init__(self, sheet: Sheet) -> None:
        self.rows = sheet.rows
        self.height = len(sheet.rows)
        self.width = max(map(len, sheet.rows), default=0)
        self.merged = sheet.merged
        self._origin = {(row, column): (top, left) for top, left, bottom, right in sheet.merged if top <= LOOK_AT
                        for row in range(top, min(bottom, top + STACKED) + 1) for column in range(left, right + 1)}

    def raw(self, row: int, column: int) -> Cell:
        """The value that stands in the cell itself; a text of blanks is a blank."""
        cells = self.rows[row - 1] if 1 <= row <= self.height else []
        value = cells[column - 1] if column <= len(cells) else None
        return None if isinstance(value, str) and not value.strip() else value

    def at(self, row: int, column: int) -> Cell:
        """The value one sees in the cell: that of the merged range it belongs to."""
        return self.raw(*self._origin.get((row, column), (row, column)))

    def filled(self, row: int) -> list[int]:
        """The columns that hold a value of their own."""
        return [column for column in range(1, self.width + 1) if self.raw(row, column) is not None]


class Header(NamedTuple):
    """Where the header stands, and the texts above each column from top to bottom."""

    first: int
    last: int
    parts: dict[int, tuple[str, ...]]


def find_header(grid: Grid, known: Known) -> Header | None:
    """The earliest row that is nearly as good a header as the best one."""
    candidates: list[tuple[float, Header]] = []
    for row in range(1, min(grid.height, LOOK_AT) + 1):
        filled = grid.filled(row)
        if len(filled) < 2:
            continue
        header = _stack(grid, row)
        score = _score(grid, header, known)
        if score > 0:
            candidates.append((score, header))
    best = max((score for score, _ in candidates), default=0.0)
    return next((header for score, header in candidates if score >= 0.8 * best), None)


def _score(grid: Grid, header: Header, known: Known) -> float:
    """How much a row looks like a header: labels for it, values and a gap below against it, known labels above all."""
    strange = sum(not _is_label(grid.raw(header.first, column)) for column in grid.filled(header.first))
    columns = [column for column in header.parts if header.parts[column]]
    below = [row for row in range(header.last + 1, min(header.last + 6, grid.height) + 1)]
    typed = sum(any(not isinstance(grid.raw(row, column), str | None) for row in below) for column in columns)
    score = len(columns) + 0.5 * typed - 2.0 * strange
    if header.last < grid.height and not grid.filled(header.last + 1):
        score *= 0.5
    hits = sum(known(fold(text)) for parts in header.parts.values() for text in {*parts[-1:], "/".join(parts)})
    whole = score + 3.0 * hits
    return whole * 0.5 if hits and _is_title_above(grid, header, known) else whole


def _is_title_above(grid: Grid, header: Header, known: Known) -> bool:
    """Whether the first of stacked rows is a title that stands right above the headings: no merged cell ties it to
    them, and neither it nor what it makes of a heading below is a heading that anybody knows."""
    if header.first == header.last or any(top == header.first and (bottom > top or right > left) for top, left, bottom, right in grid.merged):
        return False
    over = {text_of(grid.raw(header.first, column)) for column in grid.filled(header.first)}
    return not any(known(fold(text)) for parts in header.parts.values() if parts[0] in over
                   for text in (parts[0], "/".join(parts)))


def _is_label(value: Cell) -> bool:
    """Whether a cell could be a header: a short text with letters in it, that is no date and no figure."""
    if not isinstance(value, str) or len(value) > LONGEST_LABEL:
        return False
    return any(letter.isalpha() for letter in value) and not Shape.is_value(value)


def _stack(grid: Grid, first: int) -> Header:
    """The header that begins in a row: as far down as its merged cells reach, or as sub-labels stand under groups."""
    last = first
    if len({grid.raw(first, column) for column in grid.filled(first)}) >= 2:
        reach = [bottom for top, _, bottom, _ in grid.merged if top == first and first < bottom < first + STACKED]
        last = max([first, *reach])
        while last - first + 1 < STACKED and _has_sub_labels(grid, first, last):
            last += 1
    return Header(first, last + _units_below(grid, last), _parts(grid, first, last + _units_below(grid, last)))


def _units_below(grid: Grid, last: int) -> int:
    """1 where the row under a header holds units alone, else 0."""
    below = [grid.raw(last + 1, column) for column in grid.filled(last + 1)]
    return int(bool(below) and all(isinstance(cell, str) and is_unit(cell) for cell in below))


def _groups(grid: Grid, row: int) -> list[tuple[int, int, bool]]:
    """Labels of a row that stand over several columns: by a merged range, or by blanks to their right."""
    merged = [(left, right, True) for top, left, bottom, right in grid.merged if top == row == bottom and right > left]
    covered = {column for left, right, _ in merged for column in range(left, right + 1)}
    columns = [column for column in grid.filled(row) if column not in covered]
    loose = []
    for column in columns:
        right = column
        while right < grid.width and grid.at(row, right + 1) is None and right + 1 not in covered:
            right += 1
        if right > column:
            loose.append((column, right, False))
    return merged + loose


def _has_sub_labels(grid: Grid, first: int, last: int) -> bool:
    """Whether the next row holds only labels, all of them under groups of the last header row."""
    below = grid.filled(last + 1)
    if not below or not all(_is_label(grid.raw(last + 1, column)) for column in below):
        return False
    groups = [group for group in _groups(grid, last) if any(group[0] <= column <= group[1] for column in below)]
    under = {column for left, right, _ in groups for column in range(left, right + 1)}
    if not set(below) <= under or grid.filled(last) == []:
        return False
    if any(merged for *_, merged in groups):
        return True
    right_of = [column for left, right, _ in groups for column in below if left < column <= right]
    return len(below) >= 2 and bool(right_of) and all(left in below for left, _, _ in groups)


def _parts(grid: Grid, first: int, last: int) -> dict[int, tuple[str, ...]]:
    """The texts above each column, from top to bottom, without repetition."""
    over: dict[tuple[int, int], Cell] = {}
    for row in range(first, last):
        for left, right, merged in _groups(grid, row):
            for column in range(left, right + 1):
                if merged or grid.at(row + 1, column) is not None:
                    over[row, column] = grid.raw(row, left)
    parts = {}
    for column in range(1, grid.width + 1):
        texts: list[str] = []
        for row in range(first, last + 1):
            value = grid.at(row, column)
            text = text_of(value if value is not None else over.get((row, column)))
            if text and (not texts or texts[-1] != text):
                texts.append(text)
        if texts:
            parts[column] = tuple(texts)
    return parts


def columns_of(grid: Grid, header: Header) -> list[Column]:
    """The columns of a header, each with its texts and the unit that one of them names."""
    columns = []
    for index, parts in header.parts.items():
        unit = next((unit for text in reversed(parts) if (unit := split_unit(text)[1] or unit_said(text))), None)
        if len(parts) > 1 and is_unit(parts[-1]):  # a row of units under the heading names nothing
            unit, parts = unit or squeeze(parts[-1]).strip("()[]〔〕"), parts[:-1]
        columns.append(Column(index, column_letter(index), "/".join(parts), parts, unit))
    return columns


def is_known(column: Column, known: Known) -> bool:
    """Whether the register knows a column's heading, or its lowest part."""
    return bool(column.parts) and (known(fold(column.parts[-1])) or known(fold(column.header)))
