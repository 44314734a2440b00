"""Is this file safe to open, and what does its reader not tell us? The look before the reading.

A workbook of a few kilobytes can make its reader ask for hundreds of gigabytes, and some things in a sheet (a formula
whose result was never stored, the same cell written twice, an error value) come out of the reader as nothing at all.
So :func:`imports.archive.directory` looks at the list of parts, and :func:`contents` streams every XML part once through
expat, byte by byte, and without building anything. The limits stand in :mod:`imports.archive`.

Only the standard library is imported: this module also runs in the jail (:mod:`imports.jail`), whose start must be quick.
"""

from __future__ import annotations

import io
import posixpath
import re
import zipfile
from collections.abc import Callable
from pyexpat import ExpatError, ParserCreate, XMLParserType
from typing import Any

from imports.archive import (
    LAST_SERIAL,
    MAX_AREA,
    MAX_COLUMNS,
    MAX_FAULTS,
    MAX_MERGE_AREA,
    MAX_MERGES,
    MAX_ROWS,
    MAX_SHEETS,
    Fault,
    Refused,
)


def contents(data: bytes, kind: str) -> dict[str, dict[str, Any]]:
    """Stream every XML part; by sheet: ``faults``, ``merged`` ranges and ``hidden`` rows, all counted from 1.

    Raises :class:`Refused` at the first thing that makes the file dangerous or unreadable.
    """
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        parts = {part.filename: part for part in archive.infolist()}
        try:
            return _ods(archive) if kind == "ods" else _xlsx(archive, parts)
        except ExpatError as fault:
            raise Refused("damaged") from fault
        except (zipfile.BadZipFile, zipfile.LargeZipFile, EOFError, KeyError, NotImplementedError, OSError) as fault:
            raise Refused("damaged") from fault


def _xlsx(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> dict[str, dict[str, Any]]:
    names = _sheet_names(archive, parts)
    dates = _date_styles(archive) if "xl/styles.xml" in parts else frozenset()
    found: dict[str, dict[str, Any]] = {}
    for name, part in parts.items():
        # What an office's own software keeps beside the workbook (customXml) is read by nobody here.
        if name not in names and (not name.lower().endswith((".xml", ".rels")) or name.startswith("customXml/")):
            continue
        if name in names:
            found[names[name]] = look_at_sheet(lambda parser, name=name: _feed(archive, name, parser), names[name], dates)  # type: ignore[misc]
        else:
            _feed(archive, name, _parser(_root_of(part)))
    return found


def _parser(start: Callable[[str, list[str]], None] | None = None) -> XMLParserType:
    """An expat parser that refuses document types (entities) and any encoding but UTF-8."""
    parser = ParserCreate()
    parser.ordered_attributes = True

    def doctype(*_: object) -> None:
        raise Refused("doctype")

    def declaration(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding and encoding.lower() not in ("utf-8", "utf8", "us-ascii"):
            raise Refused("not_utf8", encoding=encoding)

    parser.StartDoctypeDeclHandler = doctype
    parser.XmlDeclHandler = declaration
    parser.StartElementHandler = start
    return parser


def _feed(archive: zipfile.ZipFile, name: str, parser: XMLParserType) -> None:
    with archive.open(name) as part:
        chunk = part.read(2**16)
        if chunk[:2] in (b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"):
            raise Refused("not_utf8", encoding="UTF-16")
        while chunk:
            parser.Parse(chunk, False)
            chunk = part.read(2**16)
    parser.Parse(b"", True)


def _root_of(part: zipfile.ZipInfo) -> Callable[[str, list[str]], None]:
    """A handler that looks at a part's first elements only: the count that shared strings declare."""
    def start(tag: str, attrs: list[str]) -> None:
        if _local(tag) == "sst":
            count = _attributes(attrs).get("uniqueCount", "0")
            if not count.isdigit() or int(count) > part.file_size // 4 + 1:
                raise Refused("declared_count", count=count[:20])
        elif _local(tag) in ("worksheet", "sheetData"):
            raise Refused("damaged")  # a sheet that the workbook does not name: nobody may read it unseen
    return start


def _local(tag: str) -> str:
    return tag.rpartition(":")[2]


def _attributes(flat: list[str]) -> dict[str, str]:
    return {_local(name): value for name, value in zip(flat[::2], flat[1::2], strict=True)}


def _collect(archive: zipfile.ZipFile, name: str, wanted: tuple[str, ...]) -> list[tuple[str, dict[str, str]]]:
    found: list[tuple[str, dict[str, str]]] = []

    def start(tag: str, attrs: list[str]) -> None:
        if _local(tag) in wanted:
            found.append((_local(tag), _attributes(attrs)))
    _feed(archive, name, _parser(start))
    return found


def _sheet_names(archive: zipfile.ZipFile, parts: dict[str, zipfile.ZipInfo]) -> dict[str, str]:
    """The part of each sheet, and the sheet's name as the tab shows it."""
    workbook = next((name for name in parts if re.fullmatch(r"xl/workbook\d*\.xml", name)), None)
    if workbook is None:
        raise Refused("damaged")
    sheets = _collect(archive, workbook, ("sheet",))
    if len(sheets) > MAX_SHEETS:
        raise Refused("too_many_sheets", limit=MAX_SHEETS)
    relations = f"xl/_rels/{workbook[3:]}.rels"
    targets = {each.get("Id"): each.get("Target", "") for _, each in _collect(archive, relations, ("Relationship",))}
    there = {name.casefold(): name for name in parts}
    found = {}
    for _, sheet in sheets:
        target = targets.get(sheet.get("id"), "").replace("\\", "/")
        part = posixpath.normpath(target.lstrip("/") if target.startswith("/") else f"xl/{target}")
        found[there.get(part.casefold(), part)] = sheet.get("name", "")
    return found


_BUILT_IN_DATES = frozenset((*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)))
_NO_FORMAT = re.compile(r'"[^"]*"|\\.|_.|\[[^\]]*\]|General', re.I)


def _date_styles(archive: zipfile.ZipFile) -> frozenset[str]:
    """The numbers of the cell styles that show a number as a date or a time."""
    formats: dict[str, bool] = {str(number): True for number in _BUILT_IN_DATES}
    styles: list[str] = []
    inside = False

    def start(tag: str, attrs: list[str]) -> None:
        nonlocal inside
        name = _local(tag)
        if name == "numFmt":
            given = _attributes(attrs)
            formats[given.get("numFmtId", "")] = bool(re.search("[ymdhs]", _NO_FORMAT.sub("", given.get("formatCode", "")), re.I))
        elif name in ("cellXfs", "cellStyleXfs", "cellStyles", "dxfs"):
            inside = name == "cellXfs"
        elif name == "xf" and inside:
            styles.append(_attributes(attrs).get("numFmtId", "0"))
    _feed(archive, "xl/styles.xml", _parser(start))
    return frozenset(str(index) for index, number in enumerate(styles) if formats.get(number))


_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def cell_of(address: str) -> tuple[int, int]:
    """Row and column of ``B12``, counted from 1; raises :class:`Refused` when there is no such cell."""
    found = _ADDRESS.fullmatch(address)
    if found is None:
        raise Refused("bad_address", cell=address[:40])
    column = 0
    for letter in found.group(1).upper():
        column = column * 26 + ord(letter) - 64
    row = int(found.group(2))
    if not (1 <= row <= MAX_ROWS and column <= MAX_COLUMNS):
        raise Refused("bad_address", cell=address[:40])
    return row, column


def letter_of(column: int) -> str:
    """``28`` → ``AB``."""
    letters = ""
    while column > 0:
        column, rest = divmod(column - 1, 26)
        letters = chr(65 + rest) + letters
    return letters


def look_at_sheet(feed: Callable[[XMLParserType], None], sheet: str, dates: frozenset[str]) -> dict[str, Any]:
    """Stream one sheet of an xlsx: limits kept, and the faults that a reader passes over in silence.

    The handler runs once for each element of a sheet, a million times for a big one: it is one function over local
    names on purpose, and looks at text only in cells of which the text matters (errors, dates, formulas).
    """
    faults: list[Fault] = []
    merged: list[tuple[int, int, int, int]] = []
    hidden: list[int] = []
    columns: dict[str, int] = {}
    kinds: dict[tuple[str, ...], str] = {}
    row = last_row = column = 0
    row_text = ""
    far_row = far_column = 0
    formula = value = look = False
    kind = ""
    cell: list[str] = []
    text: list[str] = []

    def close() -> None:
        """Judge the cell that has just ended."""
        nonlocal formula, look, kind
        said = "".join(text)
        text.clear()
        if formula and not said and not (value and "str" in cell):
            add("formula_without_value", "")
        elif kind == "error":
            add("error_value", said)
        elif kind == "date" and _outside_calendar(said):
            add("date_out_of_range", said)
        formula = look = False
        kind = ""
        parser.CharacterDataHandler = None

    def add(code: str, said: str) -> None:
        if len(faults) < MAX_FAULTS:
            faults.append((code, row, column, said[:100]))

    def start(tag: str, attrs: list[str]) -> None:
        nonlocal row, last_row, row_text, column, formula, value, look, kind, cell, far_row, far_column
        if tag == "c":
            if look:
                close()
            value = False
            cell = attrs
            before = column
            if attrs and attrs[0] == "r" and (known := columns.get(attrs[1].removesuffix(row_text))):
                column, signature = known, tuple(attrs[2:])
            else:
                (row, column), signature = place(attrs), tuple(attrs)
            if column <= before:
                add("doubled_cell", "")
            try:
                kind = kinds[signature]
            except KeyError:
                kind = kinds[signature] = _sort_of_cell(_attributes(attrs), dates)
            if kind:
                look = True
        elif tag == "t":
            return
        elif tag == "v" or tag == "is":
            value = True
            if row > far_row or column > far_column:
                far_row, far_column = max(row, far_row), max(column, far_column)
                if far_row * far_column > MAX_AREA:
                    raise Refused("far_cell", sheet=sheet, cell=f"{letter_of(column)}{row}")
            if look:
                text.clear()
                parser.CharacterDataHandler = text.append
        elif tag == "f":
            formula = look = True
        elif tag == "row":
            if look:
                close()
            row = int(number) if (number := _number(attrs)) else last_row + 1
            if row > MAX_ROWS or row < 1:
                raise Refused("bad_address", cell=str(row)[:40])
            column = 0
            if row <= last_row:
                add("doubled_row", "")
            last_row, row_text = row, str(row)
            if "hidden" in attrs and _attributes(attrs)["hidden"] in ("1", "true"):
                hidden.append(row)
        elif tag == "mergeCell":
            merged.append(_range(_attributes(attrs).get("ref", ""), sheet))
            if len(merged) > MAX_MERGES:
                raise Refused("too_many_merges", sheet=sheet, limit=MAX_MERGES)
        elif ":" in tag:
            start(_local(tag), attrs)

    def place(attrs: list[str]) -> tuple[int, int]:
        """Where a cell is that does not stand simply in its row; one without an address follows the one before it."""
        address = _attributes(attrs).get("r")
        if address is None:
            if column + 1 > MAX_COLUMNS:
                raise Refused("bad_address", cell=f"{row}:{column + 1}")
            return row, column + 1
        there, at = cell_of(address)
        if there == last_row and address.endswith(row_text):
            columns[address.removesuffix(row_text)] = at
        return there, at

    parser = _parser(start)
    feed(parser)
    if look:
        close()
    return {"faults": faults, "merged": merged, "hidden": hidden}


def _number(attrs: list[str]) -> str:
    number = attrs[1] if attrs and attrs[0] == "r" else _attributes(attrs).get("r", "")
    if number and not (number.isascii() and number.isdigit() and len(number) < 12):
        raise Refused("bad_address", cell=number[:40])
    return number


def _sort_of_cell(given: dict[str, str], dates: frozenset[str]) -> str:
    """Whether the text of a cell must be looked at, and why."""
    if given.get("t", "n") == "e":
        return "error"
    return "date" if given.get("t", "n") == "n" and given.get("s") in dates else ""


def _outside_calendar(said: str) -> bool:
    try:
        return not 0 <= float(said) < LAST_SERIAL
    except ValueError:
        return False


def _range(ref: str, sheet: str) -> tuple[int, int, int, int]:
    first, _, last = ref.partition(":")
    (top, left), (bottom, right) = cell_of(first), cell_of(last or first)
    if (bottom - top + 1) * (right - left + 1) > MAX_MERGE_AREA:
        raise Refused("huge_merge", sheet=sheet, cell=ref[:40])
    return top, left, bottom, right


# --------------------------------------------------------------------------------------------------------------- ods

def _ods(archive: zipfile.ZipFile) -> dict[str, dict[str, Any]]:
    """The same look at the one part that holds all sheets of an ods."""
    found: dict[str, dict[str, Any]] = {}
    sheet: dict[str, Any] = {}
    name = ""
    row = column = repeat = 0

    def start(tag: str, attrs: list[str]) -> None:
        nonlocal sheet, name, row, column, repeat
        tag = _local(tag)
        if tag == "table":
            name = _attributes(attrs).get("name", "")
            sheet = found[name] = {"faults": [], "merged": [], "hidden": []}
            row = repeat = 0
            if len(found) > MAX_SHEETS:
                raise Refused("too_many_sheets", limit=MAX_SHEETS)
        elif tag == "table-row" and sheet:
            given = _attributes(attrs)
            row, column, repeat = row + max(repeat, 1), 0, _times(given.get("number-rows-repeated"))
            if given.get("visibility") in ("collapse", "filter") and repeat < MAX_FAULTS:
                sheet["hidden"] += range(row, row + repeat)
        elif tag in ("table-cell", "covered-table-cell") and sheet:
            given = _attributes(attrs)
            times = _times(given.get("number-columns-repeated"))
            column += 1
            if "value-type" in given and (row + repeat) * (column + times - 1) > MAX_AREA:
                raise Refused("far_cell", sheet=name, cell=f"{letter_of(column + times - 1)}{row}")
            _ods_cell(sheet, given, row, column, name)
            column += times - 1

    for part in archive.namelist():
        if part.endswith(".xml"):
            _feed(archive, part, _parser(start if part == "content.xml" else None))
    return found


def _ods_cell(sheet: dict[str, Any], given: dict[str, str], row: int, column: int, name: str) -> None:
    if "formula" in given and "value-type" not in given:
        sheet["faults"].append(("formula_without_value", row, column, ""))
    down, across = _times(given.get("number-rows-spanned")), _times(given.get("number-columns-spanned"))
    if down * across > 1:
        sheet["merged"].append((row, column, row + down - 1, column + across - 1))
        if down * across > MAX_MERGE_AREA:
            raise Refused("huge_merge", sheet=name, cell=f"{letter_of(column)}{row}")


def _times(number: str | None) -> int:
    return int(number) if number and number.isascii() and number.isdigit() and len(number) < 9 else 1
