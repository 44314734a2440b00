"""C-29: the page, the CSV, the workbook and the JSON are read back and must say the same as the snapshot.

Nothing is taken from the writers but the names of sheets and headings: each format is parsed as a stranger would.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
import zlib
from collections import Counter
from collections.abc import Callable, Mapping
from html.parser import HTMLParser
from typing import Any
from xml.etree.ElementTree import ParseError

from openpyxl import load_workbook

from grc.disclosure.forms import NONE
from grc.disclosure.render.flat import exact
from grc.disclosure.render.workbook import DATA_SHEET, HEAD_ROW, LEGEND_SHEET
from grc.disclosure.row import BY_ID
from grc.disclosure.snapshot import Snapshot
from grc.problem import Problem, Severity, define
from grc.text import Text

Amounts = list[tuple[str, int | None]]
"""What a format says: the record ids with their amounts in yen, in order."""
_ID, _AMOUNT = BY_ID["record_id"].label.ja, BY_ID["amount"].label.ja

UNREADABLE = (ValueError, LookupError, TypeError, AttributeError, OSError, EOFError, csv.Error, zipfile.BadZipFile,
              zlib.error, ParseError)
"""What the four parsers raise on a file that is not what its name says."""

DIFFERS = define("C-29", Severity.ERROR,
                 Text("「{value}」が公表する内容と合いません（{what}）。",
                      '"{value}" does not agree with what is published ({what}).'),
                 Text("月の資料を作り直してください。", "Build the month's files again."))


def outputs_agree(files: Mapping[str, bytes], snapshot: Snapshot) -> list[Problem]:
    """What a reader of each file would find different: number of contracts, sum of amounts, record ids.

    ``files`` are those of a month's folder by name; of the four formats, each must be there.
    """
    wanted: Amounts = [(row.record_id, row.amount) for row in snapshot.rows]
    found = []
    for name, read in READERS.items():
        what = _difference(read, files[name], wanted) if name in files else Text("ファイルがありません", "no such file")
        if what:
            found.append(DIFFERS(value=name, what=what))
    return found


def _difference(read: Callable[[bytes], Amounts], body: bytes, wanted: Amounts) -> Text | None:
    try:
        got = read(body)
    except UNREADABLE:
        return Text("読めません", "it cannot be read")
    if len(got) != len(wanted):
        return Text(f"件数 {len(got):,} と {len(wanted):,}", f"contracts: {len(got):,} against {len(wanted):,}")
    mine, theirs = (sum(amount or 0 for _, amount in pairs) for pairs in (got, wanted))
    if mine != theirs:
        return Text(f"金額の合計 {mine:,}円 と {theirs:,}円", f"sum of amounts: {mine:,} yen against {theirs:,} yen")
    differing = Counter(wanted) - Counter(got)
    if differing:
        ids = [id for id, _ in differing][:3]
        return Text(f"公表ID {'、'.join(ids)} の契約", f"contract {', '.join(ids)}")
    return None


def _read_csv(body: bytes) -> Amounts:
    lines = csv.DictReader(io.StringIO(body.decode("utf-8-sig"), newline=""), strict=True)
    return [(exact(line[_ID]), int(line[_AMOUNT]) if line[_AMOUNT] else None) for line in lines]


def _read_json(body: bytes) -> Amounts:
    return [(row["record_id"], row["amount"]) for row in json.loads(body)]


def _read_workbook(body: bytes) -> Amounts:
    book = load_workbook(io.BytesIO(body), read_only=True)
    heads, *lines = book[DATA_SHEET].iter_rows(values_only=True)
    id, amount = heads.index(_ID), heads.index(_AMOUNT)
    pairs: Amounts = [(line[id], line[amount] if line[amount] != "" else None) for line in lines]
    on_forms = sum(_contracts(book[name]) for name in book.sheetnames if name not in (DATA_SHEET, LEGEND_SHEET))
    return pairs if on_forms == len(pairs) else pairs[:on_forms] + [("", None)] * (on_forms - len(pairs))


def _contracts(sheet: Any) -> int:
    lines = list(sheet.iter_rows(min_row=HEAD_ROW + 1, values_only=True))
    empty = len(lines) == 1 and lines[0][0] == NONE and not any(lines[0][1:])
    return 0 if empty else len(lines)


class _Page(HTMLParser):
    """The rows of the forms on a month's page: the id of the row, and the amount that its cell gives to machines."""

    def __init__(self) -> None:
        super().__init__()
        self.pairs: Amounts = []
        self._value: str | None = None
        self._in_form = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        if tag == "table":
            self._in_form = "form" in (given.get("class") or "").split()
        elif tag == "tr" and self._in_form and given.get("id"):
            self.pairs.append((given["id"] or "", None))
        elif tag == "data" and self._in_form:
            self._value = given.get("value") or ""
            self.pairs[-1] = (self.pairs[-1][0], int(self._value))

    def handle_data(self, data: str) -> None:
        """The eye must read what the machine is told, where the cell shows a plain amount."""
        shown = data.strip().removesuffix("円").replace(",", "").replace("▲", "-")
        if self._value is not None and shown.lstrip("-").isdigit() and shown != self._value:
            raise ValueError(f"the page shows {shown} for {self._value}")

    def handle_endtag(self, tag: str) -> None:
        if tag == "data":
            self._value = None


def _read_page(body: bytes) -> Amounts:
    page = _Page()
    page.feed(body.decode("utf-8"))
    page.close()
    return page.pairs


READERS: dict[str, Callable[[bytes], Amounts]] = {
    "index.html": _read_page, "contracts.csv": _read_csv, "forms.xlsx": _read_workbook, "contracts.json": _read_json,
}
