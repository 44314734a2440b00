"""``forms.xlsx``: the four official forms as sheets, the flat table, and what the sheets mean.

Texts are written as texts, so that none becomes a formula; numbers are numbers. The same snapshot gives the same bytes:
every date inside the file is the day of publication.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from datetime import datetime, time
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter

from grc.calendar import japanese, japanese_month
from grc.disclosure import forms
from grc.disclosure.forms import Form, by_form
from grc.disclosure.render.flat import HEADINGS, cells
from grc.disclosure.row import COLUMNS, DisclosureRow
from grc.disclosure.snapshot import Snapshot

DATA_SHEET, LEGEND_SHEET = "データ", "凡例"
HEAD_ROW = 3
"""The row of the headings on the sheet of a form; above it the title and the body."""
_WIDTHS = {"text": 22, "code": 16, "yen": 17, "rate": 9, "count": 9}
_NUMBER_FORMATS = {"yen": "#,##0", "count": "#,##0", "decimal": "General"}
_PLAIN, _BOLD = Font(name="游ゴシック", size=10), Font(name="游ゴシック", size=10, bold=True)
_LINE = Side(style="thin", color="FF949494")
_BOX = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)
_HEAD = PatternFill("solid", fgColor="FFE6E6E6")
_TOP = Alignment(vertical="top", wrap_text=True)
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def render_workbook(snapshot: Snapshot) -> bytes:
    """The workbook of a snapshot: 様式1 … 様式4 (and 様式未定 where a form is not known), データ, 凡例."""
    book = Workbook()
    book.remove(book.active)
    for form, rows in by_form(snapshot.rows):
        _form_sheet(book.create_sheet(form.number or "様式未定"), snapshot, form, rows)
    _data_sheet(book.create_sheet(DATA_SHEET), snapshot)
    _legend_sheet(book.create_sheet(LEGEND_SHEET), snapshot)
    moment = datetime.combine(snapshot.published_on, time())
    book.properties.creator, book.properties.title = snapshot.body_name, f"{japanese_month(snapshot.month)}分"
    book.properties.created = moment
    out = io.BytesIO()
    book.save(out)
    return _dated(out.getvalue(), moment)


def _form_sheet(sheet: Any, snapshot: Snapshot, form: Form, rows: Sequence[DisclosureRow]) -> None:
    columns = form.columns(snapshot.wording)
    _write(sheet, 1, 1, f"{form.number}　{form.basis}" if form.basis else form.caption, bold=True)
    _write(sheet, 2, 1, f"{snapshot.body_name}　{japanese_month(snapshot.month)}分　第{snapshot.version}版"
                        f"（{japanese(snapshot.published_on)}公表）")
    for number, column in enumerate(columns, 1):
        _head(sheet, HEAD_ROW, number, column.header, _WIDTHS[column.type])
    for at, row in enumerate(rows, HEAD_ROW + 1):
        for number, column in enumerate(columns, 1):
            _write(sheet, at, number, column.cell(row), _NUMBER_FORMATS.get(column.type, "@"), boxed=True)
    if not rows:
        _write(sheet, HEAD_ROW + 1, 1, forms.NONE, boxed=True)
    sheet.column_dimensions["A"].width = 34
    sheet.row_dimensions[HEAD_ROW].height = 66
    _printed_well(sheet, HEAD_ROW, "B")


def _data_sheet(sheet: Any, snapshot: Snapshot) -> None:
    types = [*(column.type for column in COLUMNS), "text"]
    for number, heading in enumerate(HEADINGS, 1):
        _head(sheet, 1, number, heading, 18)
    for at, row in enumerate(snapshot.rows, 2):
        for number, (value, type_) in enumerate(zip(cells(row), types, strict=True), 1):
            _write(sheet, at, number, value, _NUMBER_FORMATS.get(type_, "@"))
    sheet.auto_filter.ref = f"A1:{get_column_letter(len(HEADINGS))}{snapshot.count + 1}"
    _printed_well(sheet, 1, "B")


def _legend_sheet(sheet: Any, snapshot: Snapshot) -> None:
    lines = [
        ("この資料", f"{snapshot.body_name}　{japanese_month(snapshot.month)}分　第{snapshot.version}版"),
        ("公表日", snapshot.published_on.isoformat()),
        ("スナップショットの SHA-256", snapshot.sha256),
        ("様式1～様式4", "公表の様式どおりの表です。契約がない様式には「該当なし」と書いています。"),
        ("データ", "1行1契約、1セル1値の表です。日付は西暦、金額は円です。"),
        ("―", "分かっていないことを表します。「該当なし」と 0 とは区別しています。"),
        ("落札率", "契約金額 ÷ 予定価格 × 100。予定価格と同額のときだけ 100 と表します。"),
        *((f"データ：{column.label.ja}", column.id) for column in COLUMNS),
    ]
    for at, (name, text) in enumerate(lines, 1):
        _write(sheet, at, 1, name, bold=True, boxed=True)
        _write(sheet, at, 2, text, boxed=True)
    sheet.column_dimensions["A"].width, sheet.column_dimensions["B"].width = 40, 80
    _printed_well(sheet, 0, "A")


def _write(sheet: Any, row: int, column: int, value: object, number_format: str = "@", *, bold: bool = False,
           boxed: bool = False) -> Any:
    """One cell: a number as a number, all else as text (never a formula), without characters that XML has not."""
    cell = sheet.cell(row, column)
    if isinstance(value, str):
        cell.value = _CONTROL.sub("", value)
        cell.data_type = "s"
        cell.number_format = "@"
    else:
        cell.value = value
        cell.number_format = number_format
    if bold or boxed:  # the flat table goes without: style is half of the time that a workbook takes
        cell.font = _BOLD if bold else _PLAIN
    if boxed:
        cell.border, cell.alignment = _BOX, _TOP
    return cell


def _head(sheet: Any, row: int, column: int, text: str, width: int) -> None:
    cell = _write(sheet, row, column, text, bold=True, boxed=True)
    cell.fill = _HEAD
    sheet.column_dimensions[get_column_letter(column)].width = width


def _printed_well(sheet: Any, head: int, free: str) -> None:
    """A4 landscape, one page wide, headings on every page and always in view."""
    sheet.page_setup.paperSize, sheet.page_setup.orientation = 9, "landscape"
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr.fitToPage = True
    sheet.oddFooter.center.text = "&P / &N"
    if head:
        sheet.print_title_rows = f"1:{head}"
        sheet.freeze_panes = f"{free}{head + 1}"


def _dated(book: bytes, moment: datetime) -> bytes:
    """The same workbook with ``moment`` for every date in it: the writer puts the clock into it."""
    stamp, out = moment.strftime("%Y-%m-%dT%H:%M:%SZ").encode(), io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(book)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            body = old.read(name)
            if name == "docProps/core.xml":
                body = re.sub(rb"(<dcterms:modified[^>]*>)[^<]*", rb"\g<1>" + stamp, body)
            entry = zipfile.ZipInfo(name, (max(moment.year, 1980), moment.month, moment.day, 0, 0, 0))
            entry.compress_type, entry.external_attr = zipfile.ZIP_DEFLATED, 0o644 << 16
            new.writestr(entry, body)
    return out.getvalue()
