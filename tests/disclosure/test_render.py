"""The files of a month: all formats say the same, the same snapshot gives the same bytes, no text is a formula."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from grc.disclosure.agree import outputs_agree
from grc.disclosure.render.flat import HEADINGS, exact, neutral
from grc.disclosure.render.page import render_index, render_record
from grc.disclosure.row import DisclosureRow
from grc.disclosure.site import version_files
from grc.disclosure.snapshot import PublishedVersion, Snapshot
from tests.disclosure.examples import contract, month


@pytest.fixture(scope="module")
def snapshot() -> Snapshot:
    return month()


@pytest.fixture(scope="module")
def files(snapshot: Snapshot) -> dict[str, bytes]:
    return version_files(snapshot)


def test_the_same_snapshot_gives_the_same_bytes(snapshot: Snapshot, files: dict[str, bytes]) -> None:
    assert version_files(Snapshot.load(snapshot.canonical)) == files


def test_nothing_in_the_workbook_is_dated_by_the_clock(files: dict[str, bytes]) -> None:
    with zipfile.ZipFile(io.BytesIO(files["forms.xlsx"])) as book:
        assert {entry.date_time for entry in book.infolist()} == {(2025, 11, 28, 0, 0, 0)}
        dates = re.findall(rb"\d{4}-\d\d-\d\dT[\d:]+Z", book.read("docProps/core.xml"))
    assert set(dates) == {b"2025-11-28T00:00:00Z"}
    assert len(dates) == 2


# JSON and CSV


def test_json_is_one_list_of_the_rows(snapshot: Snapshot, files: dict[str, bytes]) -> None:
    rows = json.loads(files["contracts.json"], parse_float=pytest.fail)
    assert [DisclosureRow.from_json(row) for row in rows] == list(snapshot.rows)


def test_csv_is_what_excel_and_rfc_4180_want(snapshot: Snapshot, files: dict[str, bytes]) -> None:
    body = files["contracts.csv"]
    assert body.startswith(b"\xef\xbb\xbf\"")
    text = body.decode("utf-8-sig")
    lines = list(csv.reader(io.StringIO(text, newline=""), strict=True))
    assert tuple(lines[0]) == HEADINGS
    assert len(lines) == snapshot.count + 1
    assert text.count("\r\n") == len(lines)
    assert re.fullmatch(r'("[^"]*",)+"[^"]*"', text.split("\r\n")[1])  # everything quoted


def test_csv_has_no_cell_that_a_spreadsheet_would_run(files: dict[str, bytes]) -> None:
    row = list(csv.DictReader(io.StringIO(files["contracts.csv"].decode("utf-8-sig"), newline="")))[8]
    assert (row["契約件名"], row["契約番号"]) == ('\'=HYPERLINK("http://example.invalid")', "'-12")


def test_a_cell_that_could_not_be_read_is_kept_in_the_csv(files: dict[str, bytes]) -> None:
    row = list(csv.DictReader(io.StringIO(files["contracts.csv"].decode("utf-8-sig"), newline="")))[6]
    assert (row["契約金額（円）"], row[HEADINGS[-1]]) == ("", "契約金額（円）：10,296,000 ※")


@given(st.text(alphabet="'=+-@\t\r\n＝＋－＠a1"))
def test_neutral_text_is_harmless_and_comes_back_exactly(text: str) -> None:
    assert not neutral(text).startswith(tuple("=+-@\t\r\n＝＋－＠"))
    assert exact(neutral(text)) == text


# The workbook


def test_the_workbook_has_the_forms_the_data_and_the_legend(files: dict[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(files["forms.xlsx"]))
    assert book.sheetnames == ["様式1", "様式2", "様式3", "様式4", "様式未定", "データ", "凡例"]
    form = book["様式4"]
    assert [cell.value for cell in form[3]][5].startswith("随意契約によることとした")
    assert (form.freeze_panes, form.print_title_rows, form.page_setup.orientation) == ("B4", "$1:$3", "landscape")
    assert form.page_setup.paperSize == 9


def test_text_is_text_and_yen_is_a_number(files: dict[str, bytes]) -> None:
    book = load_workbook(io.BytesIO(files["forms.xlsx"]))
    assert not any(cell.data_type == "f" for sheet in book for row in sheet.iter_rows() for cell in row)
    amount, jcn = book["様式3"]["H4"], book["様式3"]["E4"]
    assert (amount.value, amount.data_type, amount.number_format) == (118_800_000, "n", "#,##0")
    assert (jcn.value, jcn.data_type, jcn.number_format) == ("3000020278670", "s", "@")


def test_an_empty_month_says_so_in_every_form() -> None:
    files = version_files(month([]))
    book = load_workbook(io.BytesIO(files["forms.xlsx"]))
    assert [book[f"様式{n}"]["A4"].value for n in (1, 2, 3, 4)] == ["該当なし"] * 4
    assert files["index.html"].decode().count("<br>該当なし") == 4
    assert json.loads(files["contracts.json"]) == []
    assert outputs_agree(files, month([])) == []


def test_characters_that_xml_has_not_are_left_out_of_the_workbook() -> None:
    files = version_files(month([contract(1, remarks="a\x00b\x1fc")]))
    assert load_workbook(io.BytesIO(files["forms.xlsx"]))["様式3"]["M4"].value == "abc"


# The pages


class Page(HTMLParser):
    """What the tests ask of a page: its tags in order, addresses that it loads or links to, and ids."""

    def __init__(self, body: bytes) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(body.decode("utf-8"))

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attrs for name, attrs in self.tags if name == tag]


def test_the_page_asks_nobody_else_and_runs_nothing(files: dict[str, bytes]) -> None:
    page = Page(files["index.html"])
    assert not {"script", "img", "iframe", "style", "form"} & {tag for tag, _ in page.tags}
    addresses = [str(a.get("href") or a.get("src")) for _, a in page.tags if "href" in a or "src" in a]
    assert addresses
    assert not [a for a in addresses if ":" in a or a.startswith("//")]
    assert b"&lt;script&gt;alert(1)&lt;/script&gt;" in files["index.html"]


def test_the_page_can_be_read_by_ear(files: dict[str, bytes]) -> None:
    page = Page(files["index.html"])
    assert page.all("html") == [{"lang": "ja"}]
    assert len(page.all("h1")) == 1
    assert all(th.get("scope") in ("col", "row") for th in page.all("th"))
    assert len(page.all("caption")) == len(page.all("table")) == 5
    assert {t.get("role") for t in page.all("table")} == {"table"}
    assert {c.get("role") for c in page.all("td")} == {"cell"}
    ids = {a["id"] for _, a in page.tags if "id" in a}
    regions = [d for d in page.all("div") if d.get("role") == "region"]
    assert all(d["tabindex"] == "0" and d["aria-labelledby"] in ids for d in regions)
    assert len(regions) == 5


def test_every_contract_links_to_its_own_page(snapshot: Snapshot, files: dict[str, bytes]) -> None:
    links = [a.get("href") for a in Page(files["index.html"]).all("a")]
    assert all(f"../../../record/{row.record_id}/index.html" in links for row in snapshot.rows)


def test_no_page_and_no_file_shows_a_withheld_estimate() -> None:
    row = contract(5, estimate_status="withheld", withhold_code="W2", estimated_price=132_456_789,
                   award_rate_printed="89%")
    snapshot = month([row])
    files = version_files(snapshot) | {"record": render_record(snapshot, snapshot.rows[0])}
    with zipfile.ZipFile(io.BytesIO(files["forms.xlsx"])) as book:
        files |= {name: book.read(name) for name in book.namelist()}
    for name, body in files.items():
        assert not re.search("132,?456,?789|89.?[%％]|89.69|89.7", body.decode("utf-8", "ignore")), name
    assert "類推されるおそれ" in files["index.html"].decode()


def test_the_contracts_page_tells_every_field(snapshot: Snapshot) -> None:
    text = render_record(snapshot, snapshot.rows[6]).decode()
    assert "10,296,000\n※（原資料の記載のまま）" in text
    assert text.count("<tr ") == len(HEADINGS) - 1


def test_the_list_of_months_announces_what_is_missing() -> None:
    def of(name: str, version: int = 1, count: int = 2) -> PublishedVersion:
        return replace(PublishedVersion.of(month([])), month=name, version=version, count=count)

    history = [of("2025-02"), of("2025-04", count=0), of("2025-06"), of("2025-06", 2)]
    text = render_index("さくら情報機構", history).decode()
    states = re.findall(r'<th scope="row"[^>]*>(?:<a [^>]*>)?([^<]+).*?class="badge[^>]*>([^<]+)', text, re.DOTALL)
    assert states == [("令和7年6月分", "訂正あり 第2版"), ("令和7年5月分", "公表予定"), ("令和7年4月分", "該当なし"),
                      ("令和7年3月分", "公表予定"), ("令和7年2月分", "公表済み 第1版")]
    assert "2025/05/" not in text


# C-29


def test_the_formats_agree(snapshot: Snapshot, files: dict[str, bytes]) -> None:
    assert outputs_agree(files, snapshot) == []


@pytest.mark.parametrize(("name", "old", "new"), [
    ("contracts.csv", b'"118800000"', b'"118800001"'),
    ("contracts.csv", b'"PRC-202510-002"', b'"PRC-202510-020"'),
    ("contracts.csv", b"\r\n", b"\n\""),
    ("contracts.json", b"118800000", b"118800001"),
    ("contracts.json", b"PRC-202510-002", b"PRC-202510-020"),
    ("index.html", b'value="118800000"', b'value="118800001"'),
    ("index.html", "118,800,000円".encode(), "118,800,001円".encode()),
    ("index.html", b'id="PRC-202510-002"', b'id="PRC-202510-020"'),
])
def test_one_figure_that_differs_is_named(snapshot: Snapshot, files: dict[str, bytes], name: str, old: bytes,
                                          new: bytes) -> None:
    assert old in files[name]
    [problem] = outputs_agree(files | {name: files[name].replace(old, new, 1)}, snapshot)
    assert (problem.code, problem.value) == ("C-29", name)


def test_a_row_that_a_workbook_lacks_is_named(snapshot: Snapshot, files: dict[str, bytes]) -> None:
    for sheet, row in (("様式3", 5), ("データ", 3)):
        book = load_workbook(io.BytesIO(files["forms.xlsx"]))
        book[sheet].delete_rows(row)
        out = io.BytesIO()
        book.save(out)
        [problem] = outputs_agree(files | {"forms.xlsx": out.getvalue()}, snapshot)
        assert problem.value == "forms.xlsx"


def test_a_file_that_is_missing_or_broken_is_named(snapshot: Snapshot, files: dict[str, bytes]) -> None:
    broken = {"index.html": files["index.html"], "contracts.csv": b"\xff", "forms.xlsx": b"PK", "contracts.json": b"{"}
    assert [p.value for p in outputs_agree(broken, snapshot)] == ["contracts.csv", "forms.xlsx", "contracts.json"]
    assert len(outputs_agree({}, snapshot)) == 4
