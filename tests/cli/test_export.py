"""``grc export`` and ``grc registers``: records and the catalogue as a stranger reads them."""

from __future__ import annotations

import csv
import io
import json
import zipfile

import openpyxl
import pytest

from grc import export_set, trail
from grc.office import Office
from grc.settings import Place
from grc.text import Text
from tests.cli.command import Grc


@pytest.fixture
def filled(grc: Grc) -> Grc:
    assert grc("import", "contracts", grc.ledger()).code == 0
    return grc


def test_the_ending_says_the_format_and_all_three_hold_the_same(filled: Grc) -> None:
    folder = filled.home.parent
    for ending in ("xlsx", "csv", "json"):
        assert filled("export", "contracts", "-o", folder / f"out.{ending}", "--json").json["file"].endswith(ending)
    data = json.loads((folder / "out.json").read_text("utf-8"))
    rows = list(csv.DictReader(io.StringIO((folder / "out.csv").read_bytes().decode("utf-8-sig"))))
    head, *cells = openpyxl.load_workbook(folder / "out.xlsx").active.iter_rows(values_only=True)
    wanted = [1_000_000, 2_000_000, 3_000_000]
    assert [r["amount"] for r in data] == wanted
    assert [int(r["契約金額（円）"]) for r in rows] == wanted
    assert [row[head.index("契約金額（円）")] for row in cells] == wanted


def test_headings_are_japanese_unless_english_is_asked_for(filled: Grc) -> None:
    path = filled.home.parent / "out.csv"
    filled("export", "contracts", "-o", path, LANG="C")
    assert "契約件名" in path.read_text("utf-8")
    filled("export", "contracts", "-o", path, "--lang", "en")
    assert "Date signed" in path.read_text("utf-8")


def test_where_picks_records(filled: Grc) -> None:
    found = filled("export", "contracts", "-o", "-", "--where", "contract_no=R7-002").json
    assert [r["amount"] for r in found] == [2_000_000]
    assert filled("export", "contracts", "-o", "-", "--where", "contract_no=R7-002", "--where", "contract_no=R7-003").json[1]["amount"] == 3_000_000


def test_a_file_that_stood_there_stays_where_the_export_is_refused(filled: Grc) -> None:
    path = filled.file("out.csv", b"precious")
    assert filled("export", "contracts", "-o", path, "--where", "nothing=1").code == 2
    assert path.read_bytes() == b"precious"


@pytest.fixture
def pair(monkeypatch: pytest.MonkeyPatch) -> None:
    """A set of two registers, the first of their contracts alone."""
    made = export_set.ExportSet("pair", Text("2つの台帳", "Two registers"), (
        export_set.Part("contracts", where={"method": ("open",)}, first=1), export_set.Part("suppliers")))
    monkeypatch.setitem(export_set.SETS, "pair", made)


@pytest.mark.usefixtures("pair")
def test_a_set_is_one_zip_of_a_workbook_a_register_with_its_own_records(filled: Grc) -> None:
    path = filled.home.parent / "set.zip"
    assert filled("export", "--set", "pair", "-o", path, "--json").json == {"set": "pair", "file": str(path)}
    with zipfile.ZipFile(path) as book:
        assert book.namelist() == ["1_契約台帳.xlsx", "2_取引先.xlsx"]
        head, *rows = openpyxl.load_workbook(io.BytesIO(book.read("1_契約台帳.xlsx"))).active.iter_rows(values_only=True)
    assert [row[head.index("契約金額（円）")] for row in rows] == [1_000_000]
    with Office.open(Place(home=filled.home)).db.read() as conn:
        exported = sorted((e.register, e.changes["rows"][1]) for e in trail.since(conn, trail.table.c.action == "export"))
    assert exported == [("contracts", 1), ("suppliers", 1)], "one entry a register"


@pytest.mark.usefixtures("pair")
@pytest.mark.parametrize("args", [
    ("export", "-o", "x.zip"), ("export", "contracts", "--set", "pair", "-o", "x.zip"), ("export", "--set", "pair", "-o", "x.xlsx"),
    ("export", "--set", "pair", "-o", "x.zip", "--where", "a=b"),
])
def test_a_set_or_a_register_and_a_set_is_a_zip(filled: Grc, args: tuple[str, ...]) -> None:
    assert filled(*args).code == 2


def test_a_set_that_there_is_not_names_those_that_there_are(filled: Grc) -> None:
    done = filled("export", "--set", "nothing", "-o", "x.zip")
    assert done.code == 1 and "privacy-mark" in done.err


def test_the_catalogue_is_that_of_the_design_and_needs_no_home(bare: Grc) -> None:
    catalogue = bare("registers", "--json").json
    contracts = next(r for r in catalogue if r["slug"] == "contracts")
    assert set(contracts) == {"slug", "domain", "title", "fields", "states", "transitions", "actions"}
    assert all(set(f) == {"name", "type", "label", "required", "natural_key"} and f["label"]["ja"] and f["label"]["en"] for f in contracts["fields"])
    required = {f["name"] for f in contracts["fields"] if f["required"]}
    assert {"title", "contract_date", "amount"} <= required
    assert next(f for f in contracts["fields"] if f["name"] == "amount")["type"] == "yen"
    assert not bare.home.exists()


def test_the_declarations_have_no_fault_and_every_field_its_migration(bare: Grc) -> None:
    done = bare.process("registers", "--check", "--json")
    assert (done.json, done.code) == ({"problems": [], "migrations": []}, 0)
