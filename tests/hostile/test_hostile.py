"""No file stops the program: it is refused with one clear sentence, or its faults stand at their cells."""

from __future__ import annotations

import io
import time
from datetime import date
from pathlib import Path

import openpyxl
import pytest
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from grc.refusal import Unreadable
from imports import jail
from imports.archive import MAX_ROWS
from imports.workbook import read_workbook
from tests.hostile import generator

LEDGERS = Path(__file__).resolve().parents[2].parent / "shared/data/ledgers_synthetic/dev"
SECONDS = 5.0  # many times what it takes, for a busy machine


@pytest.mark.parametrize("name", generator.REFUSED)
def test_a_hostile_file_is_refused_and_says_why(name: str) -> None:
    make, code = generator.REFUSED[name]
    data, started = make(), time.monotonic()
    with pytest.raises(Unreadable) as refused:
        read_workbook(data, "台帳.xlsx")
    assert time.monotonic() - started < SECONDS
    assert getattr(refused.value.__cause__, "code", None) == code
    assert "台帳.xlsx" in refused.value.message.ja and "台帳.xlsx" in refused.value.message.en
    assert "{" not in refused.value.message.ja + refused.value.message.en


def test_no_hostile_file_is_big() -> None:
    assert max(len(make()) for make, _ in generator.REFUSED.values()) < 3 * 2**20


def test_a_far_cell_is_named() -> None:
    with pytest.raises(Unreadable) as refused:
        read_workbook(generator.REFUSED["far_cell"][0](), "台帳.xlsx")
    assert "XFD1048576" in refused.value.message.ja


@pytest.mark.parametrize("name", generator.FAULTY)
def test_what_the_reader_cannot_give_is_a_fault_at_its_cell(name: str) -> None:
    given, code = generator.FAULTY[name]
    faults = read_workbook(generator.cells(given), "台帳.xlsx").sheets[0].faults
    assert [(fault.code, fault.sheet, fault.row, fault.column) for fault in faults] == [
        (code, "S1", 1, None if code == "row_doubled" else "A")]


def test_a_formula_whose_result_is_an_empty_text_is_no_fault() -> None:
    read = read_workbook(generator.cells('<c r="A1" t="str"><f>IF(1,"")</f><v></v></c>', '<c r="B1"><f>1+1</f><v>2</v></c>'), "a.xlsx")
    assert read.sheets[0].faults == [] and read.sheets[0].rows == [[None, 2]]


def test_control_characters_are_taken_out_of_the_text() -> None:
    assert read_workbook(generator.cells(generator.FAULTY["nul"][0]), "a.xlsx").sheets[0].rows == [["株式会社見本"]]


def test_ods_that_repeats_a_cell_over_the_whole_sheet_is_refused() -> None:
    with pytest.raises(Unreadable) as refused:
        read_workbook(generator.ods_of_everything(), "a.ods")
    assert getattr(refused.value.__cause__, "code", None) == "far_cell"


def test_xls_with_an_impossible_header_kills_only_its_reader() -> None:
    started = time.monotonic()
    with pytest.raises(Unreadable):
        read_workbook(generator.xls_of_four_billion_sectors(), "a.xls")
    assert time.monotonic() - started < 2 * SECONDS


@pytest.mark.parametrize(("size", "dimension"), [("two cells", f"A1:XFD{MAX_ROWS}"), ("two cells", "A1")])
def test_a_dimension_that_lies_is_harmless(size: str, dimension: str) -> None:
    data = generator.book(generator.sheet('<row r="1"><c r="A1"><v>1</v></c><c r="B1"><v>2</v></c></row>', before=f'<dimension ref="{dimension}"/>'))
    assert read_workbook(data, "a.xlsx").sheets[0].rows == [[1, 2]]


def test_empty_styled_cells_far_out_are_harmless() -> None:
    data = generator.book(generator.sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="{MAX_ROWS}"><c r="XFD{MAX_ROWS}" s="1"/></row>'))
    assert read_workbook(data, "a.xlsx").sheets[0].rows == [[1]]


def test_a_member_that_wants_to_leave_its_folder_is_ignored() -> None:
    made = {**generator.parts(generator.sheet('<row r="1"><c r="A1"><v>1</v></c></row>')), "../../etc/x": "no"}
    assert read_workbook(generator.packed(made), "a.xlsx").sheets[0].rows == [[1]]


def test_macros_and_links_are_named_and_not_read() -> None:
    made = {**generator.parts(generator.sheet('<row r="1"><c r="A1"><v>1</v></c></row>')), "xl/vbaProject.bin": b"x",
            "xl/externalLinks/externalLink1.xml": "<externalLink/>"}
    read = read_workbook(generator.packed(made), "a.xlsm")
    assert read.kind == "xlsm" and [warning.code for warning in read.warnings] == ["file_active_parts"]
    assert "vbaProject.bin" in read.warnings[0].message.ja and "externalLinks" in read.warnings[0].message.ja


def test_dates_of_a_workbook_that_counts_from_1904() -> None:
    book = openpyxl.Workbook()
    book.epoch = CALENDAR_MAC_1904
    assert book.active is not None
    book.active.append([date(2025, 4, 1)])
    out = io.BytesIO()
    book.save(out)
    assert read_workbook(out.getvalue(), "a.xlsx").sheets[0].rows == [[date(2025, 4, 1)]]


def test_a_reader_that_takes_too_long_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(jail, "WALL_SECONDS", 0.001)
    with pytest.raises(Unreadable) as refused:
        read_workbook(generator.cells('<c r="A1"><v>1</v></c>'), "a.xlsx")
    assert "時間がかかりすぎました" in refused.value.message.ja


@pytest.mark.parametrize("ledger", ["keiyaku_A.xlsx", "kojin_joho_daicho_A.xlsx"])
def test_mutations_of_a_real_ledger_are_read_or_refused(ledger: str) -> None:
    if not LEDGERS.exists():
        pytest.skip("../shared/data/ledgers_synthetic is missing beside the repository")
    original, read, refused = (LEDGERS / ledger).read_bytes(), 0, 0
    for mutant in generator.mutations(original, 20, seed=20250401):
        started = time.monotonic()
        try:
            read_workbook(mutant, ledger)
            read += 1
        except Unreadable:
            refused += 1
        assert time.monotonic() - started < SECONDS
    assert read + refused == 20 and refused > 0
