"""``contracts.csv``: one line a contract, headings in Japanese, for Excel and for machines.

UTF-8 with the mark that Excel needs, CRLF, everything quoted. A text that a spreadsheet would take for a formula gets
``'`` before it; the page says so, and ``contracts.json`` has the values as they are.
"""

from __future__ import annotations

import csv
import io
import re

from grc.disclosure.row import COLUMNS, DisclosureRow
from grc.disclosure.snapshot import Snapshot

PRINTED = "原資料の記載（読み取れなかった欄）"
HEADINGS: tuple[str, ...] = (*(column.label.ja for column in COLUMNS), PRINTED)
_FORMULA = re.compile(r"'*[=+\-@\t\r\n＝＋－＠]")
_NEUTRAL = re.compile(r"'+[=+\-@\t\r\n＝＋－＠]")


def render_csv(snapshot: Snapshot) -> bytes:
    """The flat table of a snapshot; a month without contracts is its headings alone."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerow(HEADINGS)
    writer.writerows([_cell(value) for value in cells(row)] for row in snapshot.rows)
    return out.getvalue().encode("utf-8-sig")


def cells(row: DisclosureRow) -> list[object]:
    """A row's cells under ``HEADINGS``: text, integers and decimals."""
    return [*(column.shown(row) for column in COLUMNS), row.printed_text]


def neutral(text: str) -> str:
    """``text`` so that no spreadsheet takes it for a formula; :func:`exact` takes it back."""
    return f"'{text}" if _FORMULA.match(text) else text


def exact(text: str) -> str:
    """The text that :func:`neutral` was given."""
    return text[1:] if _NEUTRAL.match(text) else text


def _cell(value: object) -> str:
    return neutral(value) if isinstance(value, str) else str(value)
