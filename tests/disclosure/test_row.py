"""The published row: one table of columns, no floats, nothing lost, nothing leaked."""

from __future__ import annotations

import json
from dataclasses import fields
from datetime import date
from decimal import Decimal

import pytest

from grc.disclosure.row import COLUMNS, DisclosureRow, choose_form
from tests.disclosure.examples import awkward, contract


def test_every_field_is_a_column_and_every_column_a_field() -> None:
    assert {column.id for column in COLUMNS} == {field.name for field in fields(DisclosureRow)} - {"printed"}
    assert len({column.label.ja for column in COLUMNS}) == len(COLUMNS)


def test_json_and_back_changes_nothing() -> None:
    rows = [*awkward(), contract(20, score=Decimal("81.50"), consent_date=date(2025, 12, 1), amendments=("A-1", "A-2"),
                                 quantity=Decimal("1E+3"), gpa=True, subcontract=False)]
    for row in rows:
        assert DisclosureRow.from_json(json.loads(json.dumps(row.to_json()))) == row


def test_json_holds_no_float_and_money_is_an_integer() -> None:
    said = contract(1).to_json()
    assert not any(isinstance(value, float) for value in said.values())
    assert (said["amount"], said["award_rate"], said["contract_date"]) == (118_800_000, "90.0", "2025-10-01")


@pytest.mark.parametrize(("category", "method", "form"), [
    ("works", "open", "works_competitive"), ("works", "small_value", "works_negotiated"),
    ("goods", "designated", "goods_competitive"), ("goods", "proposal", "goods_negotiated"),
    ("goods", "after_failed_bid", "goods_negotiated"), (None, "open", None), ("goods", None, None),
    ("land", "open", None),
])
def test_category_and_method_choose_the_form(category: str | None, method: str | None, form: str | None) -> None:
    assert choose_form(category, method) == form


def test_a_withheld_estimate_takes_the_rate_with_it() -> None:
    row = contract(1, estimate_status="withheld", award_rate_printed="90%",
                   printed={"award_rate": "90％", "estimated_price": "132百万", "amount": "118.8百万"}).public()
    assert (row.estimated_price, row.award_rate, row.award_rate_printed) == (None, None, "")
    assert row.printed == {"amount": "118.8百万"}
    assert contract(1).public() == contract(1)
