"""A file becomes plain cells at Excel's own addresses, or one sentence that says what it really is."""

from __future__ import annotations

import io
import os
from datetime import date, datetime, time, timedelta
from pathlib import Path

import openpyxl
import pytest
from openpyxl.worksheet.worksheet import Worksheet

from grc.refusal import Unreadable
from imports import jail
from imports.workbook import TOGETHER, Workbook, address, column_letter, read_workbook
from tests.hostile import generator


def saved(book: openpyxl.Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def new_sheet() -> tuple[openpyxl.Workbook, Worksheet]:
    book = openpyxl.Workbook()
    sheet = book.active
    assert isinstance(sheet, Worksheet)
    sheet.title = "台帳"
    return book, sheet


def refusal(data: bytes, name: str, **more: str) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        read_workbook(data, name, **more)
    return refused.value


def test_each_sort_of_value_keeps_its_type() -> None:
    book, sheet = new_sheet()
    sheet.append(["件名 ", 1000, 12.5, True, date(2025, 4, 1), datetime(2025, 4, 1, 9, 30), time(9, 30), timedelta(hours=30, minutes=5), None, "", "\xa0"])
    (row,) = read_workbook(saved(book), "台帳.xlsx").sheets[0].rows
    assert row == ["件名 ", 1000, 12.5, True, date(2025, 4, 1), datetime(2025, 4, 1, 9, 30), time(9, 30), "30:05", None, None, "\xa0"]
    assert [type(value) for value in row[1:4]] == [int, float, bool]


def test_addresses_are_excels_own_when_the_table_begins_far_down() -> None:
    book, sheet = new_sheet()
    sheet["C5"] = "件名"
    read = read_workbook(saved(book), "台帳.xlsx").sheets[0]
    assert read.rows[4][2] == "件名" and len(read.rows) == 5
    assert address(5, 3) == "C5" and [column_letter(each) for each in (1, 26, 27, 703)] == ["A", "Z", "AA", "AAA"]


def test_merged_ranges_hidden_rows_and_hidden_sheets_are_told() -> None:
    book, sheet = new_sheet()
    sheet.append(["契約期間", None])
    sheet.append([1, 2])
    sheet.merge_cells("A1:B1")
    sheet.row_dimensions[2].hidden = True
    book.create_sheet("控え").sheet_state = "hidden"
    first, second = read_workbook(saved(book), "台帳.xlsx").sheets
    assert first.merged == [(1, 1, 1, 2)] and first.hidden_rows == {2} and not first.hidden
    assert second.hidden and second.name == "控え"


def test_one_sheet_can_be_asked_for_and_a_wrong_name_lists_those_there_are() -> None:
    book, _ = new_sheet()
    book.create_sheet("控え").append(["x"])
    assert [sheet.name for sheet in read_workbook(saved(book), "台帳.xlsx", sheet="控え").sheets] == ["控え"]
    said = refusal(saved(book), "台帳.xlsx", sheet="第3").message
    assert "第3" in said.ja and "台帳、控え" in said.ja and "台帳、控え" in said.en


def test_a_big_workbook_reads_the_same_as_a_small_one() -> None:
    """From ``TOGETHER`` on, pre-check and reading are two children; what they find must not differ."""
    rows = "".join(f'<row r="{r}"><c r="A{r}" s="1"><v>{45000 + r % 900}</v></c><c r="B{r}" t="s"><v>0</v></c></row>' for r in range(1, 5001))
    tail = '<row r="5001"><c r="A5001"><f>1</f></c></row>'
    small = read_workbook(generator.book(generator.sheet(rows + tail)), "a.xlsx")
    padding = os.urandom(TOGETHER)
    big = read_workbook(generator.packed({**generator.parts(generator.sheet(rows + tail)), "xl/media/picture.png": padding}), "a.xlsx")
    assert big.sheets == small.sheets
    assert small.sheets[0].rows[0] == [date(2023, 3, 16), "文字"] and [each.row for each in small.sheets[0].faults] == [5001]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "cp932", "utf-16", "utf-16-le"])
def test_csv_in_the_encodings_of_offices(encoding: str) -> None:
    read = read_workbook('No,件名,備考\r\n1,"複写機,\n賃貸借",\r\n2\r\n'.encode(encoding), "契約.csv")
    assert read.kind == "csv" and read.sheets[0].name == "契約"
    assert read.sheets[0].rows == [["No", "件名", "備考"], ["1", "複写機,\n賃貸借", None], ["2", None, None]]


def test_an_ods_is_read_with_its_merged_cells() -> None:
    body = ('<office:document-content xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body><office:spreadsheet><table:table table:name="S">'
            '<table:table-row><table:table-cell office:value-type="string" table:number-columns-spanned="2" table:number-rows-spanned="1"><text:p>契約期間</text:p></table:table-cell><table:covered-table-cell/></table:table-row>'
            '<table:table-row><table:table-cell office:value-type="float" office:value="1000"><text:p>1000</text:p></table:table-cell>'
            '<table:table-cell table:formula="of:=1"/></table:table-row>'
            '</table:table></office:spreadsheet></office:body></office:document-content>')
    data = generator.packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": body,
                             "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'})
    read = read_workbook(data, "a.ods")
    assert read.kind == "ods" and read.sheets[0].merged == [(1, 1, 1, 2)]
    assert [row[0] for row in read.sheets[0].rows] == ["契約期間", 1000]
    assert [(fault.code, fault.row, fault.column) for fault in read.sheets[0].faults] == [("cell_formula_without_value", 2, "B")]


@pytest.mark.parametrize(("data", "name", "ja", "en"), [
    (b"%PDF-1.7", "台帳.xlsx", "PDF", "a PDF"),
    (b"\x89PNG\r\n", "台帳.xlsx", "画像", "a picture"),
    (b"<html><table>", "台帳.xls", "HTML", "HTML"),
    ("No,件名\n".encode(), "台帳.xlsx", "CSV", "CSV"),
    (generator.protected(), "台帳.xlsx", "パスワード", "password"),
    (generator.packed({"a.txt": "x"}), "台帳.xlsx", "ZIP", "a ZIP archive"),
    (generator.packed({"[Content_Types].xml": "<x/>", "word/document.xml": "<x/>"}), "台帳.xlsx", "Word", "Word"),
    (generator.cells('<c r="A1"><v>1</v></c>'), "台帳.csv", ".xlsx", ".xlsx"),
    (b"", "台帳.xlsx", "空", "empty"),
])
def test_what_is_no_workbook_is_called_by_its_real_name(data: bytes, name: str, ja: str, en: str) -> None:
    said = refusal(data, name).message
    assert ja in said.ja and en in said.en and name in said.ja


def test_a_file_over_the_limit_is_refused_before_it_is_opened(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("imports.workbook.MAX_BYTES", 1000)
    assert "大きすぎます" in refusal(b"PK\3\4" + bytes(1000), "台帳.xlsx").message.ja


def test_the_child_is_gone_and_its_folder_too_when_nobody_waits_for_it() -> None:
    with jail.Jailed("read", generator.cells('<c r="A1"><v>1</v></c>'), kind="xlsx", sheet=None, check_first=True) as child:
        process, folder = child._child, Path(f"/proc/{child._child.pid}/cwd")
        place = folder.resolve() if folder.exists() else None
    assert process.poll() is not None
    assert place is None or not place.exists()


def test_nothing_can_be_opened_by_the_reader() -> None:
    """A task that would open a file dies: the jail leaves it no handle for one."""
    with pytest.raises(jail.Died):
        jail.run("read", b"", kind="xlsx", sheet=None, check_first=True, unknown_argument=1)


def test_the_real_ledgers_have_no_faults(shared_data: Path) -> None:
    files = sorted(shared_data.glob("ledgers_synthetic/dev/*.xlsx")) + sorted(shared_data.glob("procurement/dev/mlit/*.xlsx"))
    read: list[Workbook] = [read_workbook(path.read_bytes(), path.name) for path in files]
    assert len(read) == 11
    assert [fault for book in read for sheet in book.sheets for fault in sheet.faults] == []
