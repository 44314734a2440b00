"""Lists of records out: one generator of rows, one writer a format (xlsx, csv, json).

Text that a spreadsheet would run as a formula goes out neutral (security.md W4): as a string cell in .xlsx, with ``'``
before it in .csv, whose reader takes it off again, so that a trip out and in changes nothing.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import orjson

from grc.kinds import TEXT, UNSEEN_SIGNS, Cell, Kind, Target
from grc.query import Item
from grc.record import Rows
from grc.register import Register
from grc.text import Text

DANGEROUS = tuple("=+-@\t\r\n＝＋－＠")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a list: its name, its heading, how a record's cell and its JSON are had."""

    name: str
    label: Text
    kind: Kind
    cell: Callable[[Item], Cell]
    data: Callable[[Item], Any]


def columns(register: Register) -> list[Column]:
    """The columns of a register's export: number, state, fields, child rows, links; no bookkeeping."""
    out = [_field("code", register.label("code"), TEXT), _field("status", register.label("status"), register.status.kind)]
    out += [_field(f.name, f.label, f.kind) for f in register.fields]
    for part in register.rows:
        out.append(Column(part.name, part.label, TEXT, lambda item, part=part: rows_text(part, item.values[part.name]) or item.printed.get(part.name),  # type: ignore[misc]
                          lambda item, part=part: rows_data(part, item.values[part.name]) or item.printed.get(part.name, [])))  # type: ignore[misc]
    for link in register.links:
        out.append(Column(link.name, link.label, TEXT,
                          lambda item, n=link.name: "\n".join(f"{t.code} {t.name}" for _, t in item.values[n]) or item.printed.get(n),  # type: ignore[misc]
                          lambda item, n=link.name: [{"register": s, "code": t.code, "name": t.name} for s, t in item.values[n]]  # type: ignore[misc]
                          or item.printed.get(n, [])))
    return out


def _field(name: str, label: Text, kind: Kind) -> Column:
    def cell(item: Item) -> Cell:
        value = item.get(name)
        return item.printed.get(name) if value is None else kind.cell(value)

    def data(item: Item) -> Any:
        value = item.get(name)
        if value is None:
            return item.printed.get(name)
        return {"code": value.code, "name": value.name} if isinstance(value, Target) else kind.data(value)

    return Column(name, label, kind, cell, data)


def rows_data(part: Rows, rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Child rows as JSON."""
    return [{f.name: f.kind.data(row[f.name]) for f in part.fields if row.get(f.name) is not None} for row in rows]


def rows_text(part: Rows, rows: Sequence[dict[str, Any]]) -> str:
    """Child rows as the text of one cell: a line each, ``heading：value`` with ``｜`` between; see :func:`read_rows`."""
    return "\n".join("｜".join(f"{f.label.ja}：{_escape(f.kind.cell(row[f.name]))}" for f in part.fields if row.get(f.name) is not None)
                     for row in rows)


def read_rows(part: Rows, text: str) -> list[dict[str, Any]] | None:
    """The child rows that :func:`rows_text` wrote, or ``None`` where the text is something else."""
    by_label = {f.label.ja: f for f in part.fields}
    found = []
    for line in text.split("\n"):
        row: dict[str, Any] = {}
        for piece in line.split("｜"):
            label, _, value = piece.partition("：")
            spec = by_label.get(label.strip())
            reading = spec.kind.read(value.replace("\\n", "\n").replace("\\|", "｜").replace("\\\\", "\\")) if spec else None
            if spec is None or reading is None or reading.value is None:
                return None
            row[spec.name] = reading.value
        found.append(row)
    return found


def _escape(cell: Cell) -> str:
    return _plain(cell).replace("\\", "\\\\").replace("｜", "\\|").replace("\n", "\\n")


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    return cell.isoformat() if isinstance(cell, date | datetime) else str(cell)


def write_csv(columns: Sequence[Column], items: Iterable[Item], lang: str = "ja") -> Iterator[bytes]:
    """A CSV file in chunks: UTF-8 with BOM, CRLF, every cell quoted and neutral."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    buffer.write("\ufeff")
    writer.writerow([c.label.into(lang) for c in columns])
    for item in items:
        writer.writerow([neutral(_plain(c.cell(item))) for c in columns])
        if buffer.tell() > 1 << 16:
            yield buffer.getvalue().encode()
            buffer.seek(0)
            buffer.truncate()
    yield buffer.getvalue().encode()


def neutral(text: str) -> str:
    """Text that no spreadsheet runs as a formula."""
    return f"'{text}" if text.startswith(DANGEROUS) or (text.startswith("'") and text[1:].startswith((*DANGEROUS, "'"))) else text


def plain_again(text: str) -> str:
    """The inverse of :func:`neutral`."""
    return text[1:] if text.startswith("'") and text[1:].startswith((*DANGEROUS, "'")) else text


def write_json(columns: Sequence[Column], items: Iterable[Item]) -> Iterator[bytes]:
    """One JSON list of records, keys as the field names, money as integers."""
    yield b"["
    for n, item in enumerate(items):
        yield (b",\n" if n else b"\n") + orjson.dumps({c.name: c.data(item) for c in columns})
    yield b"\n]\n"


def write_xlsx(columns: Sequence[Column], items: Iterable[Item], title: Text, lang: str = "ja") -> bytes:
    """A workbook of one sheet: headings on row 1, frozen, with a filter; text as text, amounts and dates as such."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font, PatternFill
    from openpyxl.utils import get_column_letter

    book = Workbook(write_only=True)
    sheet = book.create_sheet(title.into(lang)[:31])
    sheet.freeze_panes = "B2"
    for n, column in enumerate(columns, 1):
        sheet.column_dimensions[get_column_letter(n)].width = max(12, min(40, 2 * len(column.label.into(lang)) + 4))
    head = []
    for column in columns:
        cell = WriteOnlyCell(sheet, column.label.into(lang))
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="E9EDF1")
        cell.alignment = Alignment(wrap_text=True, vertical="center")
        head.append(cell)
    sheet.append(head)
    for item in items:
        sheet.append([_xlsx_cell(WriteOnlyCell, sheet, column.cell(item)) for column in columns])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _xlsx_cell(make: Any, sheet: Any, value: Cell) -> Any:
    if value is None:
        return None
    if isinstance(value, str):
        value = UNSEEN_SIGNS.sub("", value)  # a cell kept as printed may hold what XML does not
    cell = make(sheet, value if not isinstance(value, Decimal) else float(value))
    if isinstance(value, str):
        cell.value, cell.data_type = value, "s"  # openpyxl would take a leading "=" for a formula
        if (value.isascii() and value[:1].isdigit()) or value.startswith(DANGEROUS):
            cell.number_format = "@"
    elif isinstance(value, date):
        cell.number_format = "yyyy-mm-dd"
    elif isinstance(value, int) and not isinstance(value, bool):
        cell.number_format = "#,##0"
    return cell
