"""The four forms: headings to the letter, and what the cells say to a reader."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from grc.disclosure.forms import FORMS, UNASSIGNED, by_form
from tests.disclosure.examples import awkward, contract

_WORKS, _GOODS = "公共工事の名称、場所、期間及び種別", "物品役務等の名称及び数量"
_HOW = "一般競争入札・指名競争入札の別（総合評価の実施）"
_WHY = "随意契約によることとした業務方法書又は会計規定等の根拠規定及び理由（企画競争又は公募）"


@pytest.mark.parametrize(("at", "number", "first", "sixth", "reemployed"), [
    (0, "様式1", _WORKS, _HOW, False), (1, "様式2", _WORKS, _WHY, True),
    (2, "様式3", _GOODS, _HOW, False), (3, "様式4", _GOODS, _WHY, True),
])
def test_headings_of_the_official_forms(at: int, number: str, first: str, sixth: str, reemployed: bool) -> None:
    assert FORMS[at].number == number
    assert [column.header for column in FORMS[at].columns()] == [
        first, "契約担当者等の氏名並びにその所属する部局の名称及び所在地", "契約を締結した日",
        "契約の相手方の商号又は名称及び住所", "法人番号", sixth, "予定価格（円）", "契約金額（円）", "落札率",
        *(["再就職の役員の数"] if reemployed else []), "公益法人の区分", "国認定、都道府県認定の区分",
        "応札・応募者数", "備考"]


def test_the_wording_of_ministries() -> None:
    headers = [column.header for column in FORMS[3].columns("ministry")]
    assert headers[1] == "契約担当官等の氏名並びにその所属する部局の名称及び所在地"
    assert headers[5] == "随意契約によることとした会計法令の根拠条文及び理由（企画競争又は公募）"


def test_no_contract_is_dropped_for_want_of_a_form() -> None:
    parts = by_form(awkward())
    assert [(form.number, len(rows)) for form, rows in parts] == [
        ("様式1", 1), ("様式2", 1), ("様式3", 5), ("様式4", 1), ("", 1)]
    assert parts[-1][0] is UNASSIGNED
    assert len(by_form([])) == 4


def cell(header: str, **values: Any) -> str | int:
    row = contract(1, **values)
    form = next(form for form, rows in by_form([row]) if rows)
    return next(column.cell(row) for column in form.columns() if column.header.startswith(header))


@pytest.mark.parametrize(("header", "values", "said"), [
    ("物品役務等", {"quantity": Decimal("1200"), "unit": "箱"}, "封入封緘業務 1\n1,200箱"),
    ("物品役務等", {}, "封入封緘業務 1\n一式"),
    ("公共工事", {"category": "works", "works_place": "千代田区", "period_start": date(2025, 10, 1),
              "period_end": date(2026, 3, 31), "works_kind": "管工事"},
     "封入封緘業務 1\n千代田区\n令和7年10月1日～令和8年3月31日\n管工事"),
    ("契約を締結", {}, "令和7年10月1日"),
    ("契約を締結", {"contract_date": None, "printed": {"contract_date": "R7.8.6※"}}, "R7.8.6※"),
    ("法人番号", {"supplier_jcn": "", "jcn_absent_reason": "individual"}, "個人"),
    ("法人番号", {"supplier_jcn": ""}, "―"),
    ("一般競争", {"evaluated": True}, "一般競争入札\n（総合評価の実施）"),
    ("随意契約", {"method": "public_offer", "legal_basis": "第32条", "reason": "公募した。"},
     "第32条\n公募した。\n（公募）"),
    ("予定価格", {}, 132_000_000),
    ("予定価格", {"estimate_status": "withheld"}, "公表しない。"),
    ("予定価格", {"estimate_status": "withheld", "withhold_code": "W2"},
     "同種の他の契約の予定価格を類推されるおそれがあるため公表しない。"),
    ("予定価格", {"estimate_status": "withheld", "withhold_text": "別に定める。"}, "別に定める。"),
    ("予定価格", {"estimate_status": "none", "estimated_price": None}, "予定価格未設定"),
    ("予定価格", {"estimate_status": None, "estimated_price": None}, "―"),
    ("契約金額", {}, 118_800_000),
    ("契約金額", {"unit_price": True, "unit_price_text": "1箱 385円"}, "1箱 385円\n（予定総額 118,800,000円）"),
    ("契約金額", {"amount": None, "printed": {"amount": "10,296,000※"}}, "10,296,000※"),
    ("落札率", {}, "90.0％"),
    ("落札率", {"estimate_status": "withheld"}, "公表しない"),
    ("落札率", {"award_rate": None, "award_rate_printed": "97.8%"}, "97.8%"),
    ("再就職", {"method": "sole_source", "reemployed": 0}, 0),
    ("再就職", {"method": "sole_source"}, "―"),
    ("公益法人", {"pic_class": "public_foundation"}, "公財"),
])
def test_what_a_cell_says(header: str, values: dict[str, Any], said: str | int) -> None:
    assert cell(header, **values) == said
