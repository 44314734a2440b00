"""Contracts and months for the tests; bodies and suppliers are invented."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

from grc.disclosure.rate import award_rate
from grc.disclosure.row import DisclosureRow, choose_form
from grc.disclosure.snapshot import Snapshot

GOOD_NUMBER = "3000020278670"


def contract(number: int = 1, **values: Any) -> DisclosureRow:
    """A contract without a fault; ``values`` change it, ``category`` and ``method`` choose its form."""
    month = values.get("month", "2025-10")
    category, method = values.pop("category", "goods"), values.get("method", "open")
    plain: dict[str, Any] = {
        "record_id": f"PRC-{month.replace('-', '')}-{number:03d}", "month": month, "title": f"封入封緘業務 {number}",
        "form": choose_form(category, method), "method": method, "contract_type": "services",
        "quantity": Decimal(1), "unit": "式", "officer": "契約担当役 小林 健", "department": "総務部",
        "dept_address": "東京都千代田区一番町25", "contract_date": date.fromisoformat(f"{month}-01"),
        "supplier_name": "株式会社みなと印刷", "supplier_address": "東京都江東区東雲1-1", "supplier_jcn": GOOD_NUMBER,
        "estimated_price": 132_000_000, "estimate_status": "published", "amount": 118_800_000,
        "award_rate": award_rate(118_800_000, 132_000_000), "bidder_count": 3, "pic_class": "none",
        "pic_authority": "none",
    }
    return DisclosureRow(**(plain | values))


def month(rows: list[DisclosureRow] | None = None, **values: Any) -> Snapshot:
    """Version 1 of a month, by default with one contract of each form and the awkward ones."""
    plain: dict[str, Any] = {
        "month": "2025-10", "version": 1, "body_name": "さくら情報機構", "prepared_by": "契約担当",
        "approved_by": "契約責任者", "published_on": date(2025, 11, 28),
        "rows": tuple(awkward() if rows is None else rows),
    }
    return Snapshot(**(plain | values))


def awkward() -> list[DisclosureRow]:
    """Every form, a withheld estimate, a unit price, a cell that could not be read, no form, and hostile text."""
    return [
        contract(1), contract(2, category="works", works_place="東京都千代田区", works_kind="管工事",
                              period_start=date(2025, 10, 15), period_end=date(2026, 2, 27)),
        contract(3, category="works", method="sole_source", legal_basis="会計規程第32条第4項第1号",
                 reason="唯一の者のため。"),
        contract(4, method="proposal", legal_basis="会計規程第32条第4項第2号", reason="企画競争により選定した。",
                 reemployed=0),
        contract(5, estimate_status="withheld", withhold_code="W2"),
        contract(6, unit_price=True, unit_price_text="1箱 385円", amount=8_470_000),
        contract(7, amount=None, printed={"amount": "10,296,000\n※"}),
        contract(8, method=None),
        contract(9, title='=HYPERLINK("http://example.invalid")', remarks="<script>alert(1)</script>",
                 contract_no="-12"),
    ]
