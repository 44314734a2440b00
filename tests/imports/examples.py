"""Some records of every register, with every kind of value, for tests that send them out and in again."""

from __future__ import annotations

from datetime import date
from decimal import Decimal

from grc import changes
from grc.office import Office
from grc.permissions import OPERATOR, Actor


def fill(office: Office) -> None:
    """Write the examples through the door."""
    db, who = office.db, fill.actor  # type: ignore[attr-defined]
    unit = changes.create(db, who, "units", {"name": "総務部", "valid_from": date(2024, 4, 1)}).id
    changes.create(db, who, "units", {"name": "契約課", "parent_unit_id": unit, "head": "高橋 直樹"})
    supplier = changes.create(db, who, "suppliers", {"name": "株式会社みなと印刷", "corporate_number": "3000020278670", "contact": "山田"}).id
    for name in ("=HYPERLINK(\"x\")", "'quoted", "＋全角", "@mention"):
        changes.create(db, who, "suppliers", {"name": name, "address": "-1"})
    contract = changes.create(db, who, "contracts", {
        "title": "封入\\業務｜その1", "contract_no": "7-001", "contract_date": date(2025, 4, 1), "supplier_name": "株式会社みなと印刷",
        "supplier_id": supplier, "amount": 9_900_000, "estimated_price": 10_120_000, "method": "open", "evaluated": True, "score": Decimal("12.5"),
        "bidder_count": 3, "category": "goods", "quantity": Decimal("1.5"), "unit": "式", "gpa": False, "month": "2025-05", "unit_id": unit,
        "reason": "一行目\n二行目", "remarks": "=1+1", "withhold_code": "W2", "estimate_status": "withheld",
        "amendments": [{"amended_on": date(2025, 6, 1), "amount_after": 9_000_000, "reason": "数量｜の減：理由"}],
        "bids": [{"bidder": "甲社", "round": 1, "amount": 10_000_000, "result": "落札"}, {"bidder": "乙社"}]}).id
    changes.create(db, who, "contracts", {"title": "二件目", "contract_date": date(2025, 4, 2), "supplier_name": "甲社", "amount": 1})
    changes.create(db, who, "subcontracting-consents", {
        "contract_id": contract, "subcontractor": "甲社", "scope": "発送", "amount": 1_000, "contract_amount": 9_900_000, "personal_data": True})
    book = changes.create(db, who, "toy-books", {
        "title": "公文書管理", "genre": "law", "price": 1200, "copies": 3, "inspect_by": date(2026, 1, 1), "supplier_id": supplier,
        "keeper_phone": "03-0000-0000", "loans": [{"lent_on": date(2025, 4, 1), "to": "山田：太郎"}]}).id
    changes.create(db, who, "toy-books", {"title": "続編", "see_also": [("toy-books", book)]})


fill.actor = Actor("example", frozenset({OPERATOR, "admin"}), via="test")  # type: ignore[attr-defined]
