"""Small ledgers for the tests of the way in: rows of cells as a workbook, laid out as offices do."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

from openpyxl import Workbook

HEAD = ("件名", "契約締結日", "契約の相手方", "法人番号", "契約方式", "契約金額（円）")
ROW = ("庁舎警備業務", "R7.6.2", "株式会社あけぼの警備", "3000020278670", "一般競争入札", 9_900_000)
OTHER = ("端末装置の購入", "令和7年6月16日", "㈱北辰システムズ", "7123456789012", "指名競争入札", "44,990,000円")


def book(*rows: Sequence[Any], sheet: str = "契約一覧") -> bytes:
    """An .xlsx of one sheet with these rows."""
    out = Workbook()
    page = out.active
    page.title = sheet
    for row in rows:
        page.append(list(row))
    data = io.BytesIO()
    out.save(data)
    return data.getvalue()


def ledger(*rows: Sequence[Any], head: Sequence[str] = HEAD, titles: Sequence[str] = ("契約台帳（物品役務等）",)) -> bytes:
    """A contract ledger: titles, a blank row, the head, the rows."""
    return book(*([title] for title in titles), [], head, *rows)
