"""Each check finds its fault, names the contract, and finds nothing else."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from grc.disclosure.checks import CHECKS, run_checks, two_persons
from grc.problem import CATALOGUE, Severity
from tests.disclosure.examples import contract

TODAY = date(2025, 11, 25)


def found(first_own_month: str = "", **values: Any) -> list[tuple[str, str, str | None]]:
    rows = [contract(1), contract(2, **values)]
    problems = run_checks(rows, "2025-10", today=TODAY, first_own_month=first_own_month)
    assert all(p.record == rows[1].record_id for p in problems)
    return [(p.code, str(p.severity), p.field) for p in problems]


def test_a_month_without_a_fault() -> None:
    assert found() == []


@pytest.mark.parametrize(("values", "wanted"), [
    ({"contract_date": None, "printed": {"contract_date": "平成9月9月"}}, [("C-04", "E", "contract_date")]),
    ({"contract_date": date(2025, 11, 26)}, [("C-04", "E", "contract_date"), ("C-05", "W", "contract_date")]),
    ({"contract_date": date(2024, 10, 1)}, [("C-05", "W", "contract_date")]),
    ({"supplier_jcn": "1999900000001"}, [("C-07", "E", "supplier_jcn")]),
    ({"supplier_jcn": "", "printed": {"supplier_jcn": "1010001045703※"}}, [("C-07", "E", "supplier_jcn")]),
    ({"supplier_jcn": "", "printed": {"supplier_jcn": "－"}}, []),
    ({"supplier_jcn": ""}, []),
    ({"amount": 0}, [("C-10", "E", "amount")]),
    ({"amount": None}, [("C-10", "E", "amount")]),
    ({"amount": None, "printed": {"amount": "10,296,000\n※"}}, [("C-10", "E", "amount")]),
    ({"amount": None, "printed": {"amount": "@385円"}}, [("C-10", "E", "amount")]),
    ({"amount": None, "unit_price": True, "printed": {"amount": "@385円"}}, []),
    ({"amount": None, "unit_price": True}, [("C-10", "E", "amount")]),
    ({"amount": 0, "unit_price": True, "unit_price_text": "1箱 385円"}, [("C-10", "E", "amount")]),
    ({"amount": 0, "unit_price": True, "printed": {"amount": "@385円"}}, [("C-10", "E", "amount")]),
    ({"estimated_price": None}, []),
    ({"estimated_price": 0}, [("C-10", "E", "estimated_price")]),
    ({"estimated_price": -1, "unit_price": True, "unit_price_text": "1箱 385円"}, [("C-10", "E", "estimated_price")]),
    ({"estimated_price": None, "printed": {"estimated_price": "132,000,000※"}}, [("C-10", "E", "estimated_price")]),
    ({"estimated_price": None, "unit_price": True, "unit_price_text": "1箱 385円", "printed": {"estimated_price": "@400円"}}, []),
    ({"estimated_price": 0, "estimate_status": "withheld"}, []),
    ({"amount": None, "unit_price": True, "unit_price_text": "1箱 385円"}, []),
    ({"method": None}, [("C-35", "E", "method")]),
    ({"method": None, "printed": {"method": "見積合わせ"}}, [("C-35", "E", "method")]),
    ({"category": None}, [("C-35", "E", "form")]),
    ({"category": None, "method": None}, [("C-35", "E", "method")]),
    ({"category": None, "printed": {"form": "様式9"}}, [("C-35", "E", "form")]),
    ({"supplier_name": "", "title": ""}, [("C-35", "E", "title"), ("C-35", "E", "supplier_name")]),
])
def test_what_each_check_finds(values: dict[str, Any], wanted: list[tuple[str, str, str]]) -> None:
    assert found(**values) == wanted


@pytest.mark.parametrize(("values", "severity"), [
    ({"supplier_jcn": "123"}, "W"), ({"amount": 0}, "W"), ({"method": None}, "W"),
    ({"contract_date": None, "printed": {"contract_date": "平成9月9月"}}, "E"),
])
def test_before_the_first_own_month_some_faults_only_warn(values: dict[str, Any], severity: str) -> None:
    assert [s for _, s, _ in found("2025-11", **values)] == [severity]
    assert [s for _, s, _ in found("2025-10", **values)] == ["E"]


@pytest.mark.parametrize(("cell", "sentence"), [
    ("1999900000001", "法人番号「1999900000001」の検査数字が合いません。最初の桁が 8 なら正しい番号です。"),
    ("105001006809", "法人番号「105001006809」は12桁です。法人番号は13桁です。"),
    ("1010001045703※", "法人番号「1010001045703※」に数字でない文字があります。1010001045703 とだけ入れてください。"),
    ("3000020278670\n1010001045703",
     "法人番号「3000020278670 1010001045703」には番号が2つあります。1つの欄には1つだけ入れてください。"),
])
def test_the_sentence_about_a_corporate_number(cell: str, sentence: str) -> None:
    [problem] = run_checks([contract(1, supplier_jcn=cell)], "2025-10", today=TODAY)
    assert problem.sentence("ja") == sentence
    assert "number" in problem.sentence("en") or "digit" in problem.sentence("en")


@pytest.mark.parametrize(("values", "sentence"), [
    ({"method": None}, "契約方式が空です（様式が決まりません）。契約の記録に入れてください。"),
    ({"method": None, "printed": {"method": "見積\n合わせ"}},
     "契約方式「見積 合わせ」が読めません（様式が決まりません）。契約の記録に入れてください。"),
    ({"category": None}, "契約の種類（工事か物品役務等か）が空です（様式が決まりません）。契約の記録に入れてください。"),
])
def test_a_contract_without_a_form_is_told_what_the_form_is_chosen_by(values: dict[str, Any], sentence: str) -> None:
    [problem] = run_checks([contract(1, **values)], "2025-10", today=TODAY)
    assert problem.sentence("ja") == sentence
    assert "the form cannot be chosen" in problem.sentence("en")


def test_every_check_has_a_defined_sort_of_problem_and_a_place_of_its_own() -> None:
    codes = [check.code for check in CHECKS]
    assert set(codes) <= set(CATALOGUE)
    assert len(set(codes)) == len(codes)


def test_two_persons_sign() -> None:
    assert two_persons("tanaka", "yamamoto") == []
    for signatures in (("tanaka", "tanaka"), ("", "yamamoto"), ("tanaka", None)):
        [problem] = two_persons(*signatures)
        assert (problem.code, problem.severity) == ("C-31", Severity.ERROR)
