"""Procurement: consents to subcontracting, amendments, the supply-chain check, what the oversight committee reviews."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from grc import changes, people, query, register
from grc.case import Create
from grc.disclosure.row import COMPETITIVE
from grc.facts import Look
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Forbidden, Invalid, NotAllowedNow
from imports import run
from registers.rules import contracts as rules
from registers.rules import procurement
from tests.facts import Around, case

DAY = date(2025, 6, 20)
BUYER = Actor("kobayashi", frozenset({"procurement"}), "小林 健", via="test")
HEAD = Actor("yamamoto", frozenset({"procurement_head"}), "山本 由美", via="test")
CONSENTS = "subcontracting-consents"


def consent(**values: Any) -> dict[str, Any]:
    return {"id": 1, "code": "PRC-SUB-000001", "contract_id": 1, "subcontractor": "株式会社みなと印刷", "scope": "発送", "status": "consented", "share": None,
            "over_half": None, "review_note": None, "core_work": None, "my_number": None, "first_consent_on": None, "decided_on": DAY,
            "work_started_on": None, "period_start": None, "unit_id": None, "contract_amount": None, "amount": None, **values}


def asked(**values: Any) -> dict[str, Any]:
    return consent(**values, status="reviewing")


class TestConsents:
    @pytest.mark.parametrize("core", ["planning", "management", "method"])
    @pytest.mark.parametrize("status", ["consented", "conditional"])
    @pytest.mark.parametrize("loading", [False, True])
    def test_core_work_is_never_handed_on(self, core: str, status: str, loading: bool) -> None:
        why = rules.core_never(case(CONSENTS, consent(core_work=core, status=status), asked(core_work=core), move="consent", loading=loading))
        assert why is not None and rules.CORE[core].ja in why.ja

    def test_core_work_may_be_refused_and_other_work_consented_to(self) -> None:
        assert rules.core_never(case(CONSENTS, consent(core_work="planning", status="refused"))) is None
        assert rules.core_never(case(CONSENTS, consent(core_work="none"))) is None

    @pytest.mark.parametrize(("amount", "whole", "share", "over"), [
        (5_000, 10_000, "50.0", False), (5_001, 10_000, "50.0", True), (500, 1_000, "50.0", False), (1, 3, "33.3", False), (None, 10_000, None, None),
        (5_000, None, None, None), (5_000, 0, None, None)])
    def test_over_half_begins_above_a_half_to_the_yen(self, amount: int | None, whole: int | None, share: str | None, over: bool | None) -> None:
        values = {"amount": amount, "contract_amount": whole}
        assert (procurement.share(values), rules.over_half(values)) == (share and Decimal(share), over)

    @pytest.mark.parametrize(("values", "refused"), [
        ({}, True), ({"review_note": "専用設備を持つ者が限られる"}, False), ({"status": "conditional"}, False), ({"over_half": False}, False)])
    def test_more_than_half_needs_conditions_or_a_reason(self, values: dict[str, Any], refused: bool) -> None:
        half = consent(**{"share": 60, "over_half": True, **values})
        assert (rules.half_with_reason(case(CONSENTS, half, asked(share=60, over_half=True), move="consent")) is not None) is refused

    @pytest.mark.parametrize(("first", "refused"), [(None, True), (date(2025, 6, 21), True), (DAY, False), (date(2025, 6, 1), False)])
    @pytest.mark.parametrize("status", ["consented", "conditional"])
    def test_individual_numbers_need_the_first_entrusters_consent_before(self, first: date | None, refused: bool, status: str) -> None:
        given = consent(my_number=True, first_consent_on=first, status=status)
        assert (rules.first_entruster_first(case(CONSENTS, given, asked(my_number=True), move="consent")) is not None) is refused

    def test_without_individual_numbers_it_is_not_asked_for(self) -> None:
        assert rules.first_entruster_first(case(CONSENTS, consent(my_number=False), asked(), move="consent")) is None

    @pytest.mark.parametrize(("entered", "contract", "sum"), [
        (None, {"amount": 100, "amount_now": 120}, 120), (None, {"amount": 100, "amount_now": None}, 100), (90, {"amount": 100, "amount_now": 100}, 90)])
    def test_the_sum_of_the_contract_is_copied_where_none_was_entered(self, entered: int | None, contract: dict[str, Any], sum: int) -> None:
        facts = Around({"contracts": [{"id": 1, **contract}]})
        assert rules.contract_sum(case(CONSENTS, consent(contract_amount=entered), around=facts)) == {"contract_amount": sum}

    def findings(self, after: dict[str, Any], before: dict[str, Any] | None) -> list[Create]:
        facts = Around({"contracts": [{"id": 1, "title": "通知書の印刷", "unit_id": 4}]})
        return list(rules.begun_before_consent(case(CONSENTS, after, before, around=facts, today=date(2025, 7, 1))))

    @pytest.mark.parametrize(("after", "before", "found"), [
        (consent(work_started_on=date(2025, 6, 10)), asked(), True), (consent(work_started_on=DAY), asked(), False),
        (consent(period_start=date(2025, 6, 10)), asked(period_start=date(2025, 6, 10)), True),
        (consent(period_start=date(2025, 6, 10), work_started_on=date(2025, 6, 25)), asked(period_start=date(2025, 6, 10)), False),
        (consent(work_started_on=date(2025, 6, 10)), consent(), True), (asked(work_started_on=date(2025, 6, 10)), asked(), True),
        (asked(period_start=date(2025, 6, 10)), None, False),
        (consent(work_started_on=date(2025, 6, 10)), asked(work_started_on=date(2025, 6, 10)), False),
        (consent(work_started_on=date(2025, 6, 10), note="x"), consent(work_started_on=date(2025, 6, 10)), False)])
    def test_work_before_the_consent_is_a_finding_once(self, after: dict[str, Any], before: dict[str, Any] | None, found: bool) -> None:
        assert bool(self.findings(after, before)) is found

    def test_the_finding_says_what_began_when(self) -> None:
        (made,) = self.findings(consent(work_started_on=date(2025, 6, 10)), asked())
        assert (made.slug, made.values["source"], made.values["classification"], made.values["subjects"], made.values["unit_id"]) == (
            "findings", "procurement", "minor", [("contracts", 1)], 4)
        assert "PRC-SUB-000001" in made.values["name"] and "2025-06-10" in made.values["fact"] and "2025-06-20" in made.values["fact"]


def contract(**values: Any) -> dict[str, Any]:
    return {"id": 1, "code": "PRC-CON-000001", "title": "発送業務", "contract_date": DAY, "supplier_name": "株式会社みなと印刷", "amount": 100, "status": "signed",
            "period_end": date(2026, 3, 31), "amendments": [], "method": "open", "single_bid": False, "award_rate": None, "prior_id": None,
            "supply_chain_scope": None, **values}


def amended(on: date, **values: Any) -> dict[str, Any]:
    return {"amended_on": on, "amount_after": None, "period_end_after": None, "reason": "数量の増", **values}


class TestContracts:
    def test_sum_and_end_are_as_last_amended_and_what_was_signed_stays(self) -> None:
        later, earlier = amended(date(2025, 10, 1), amount_after=150), amended(date(2025, 8, 1), amount_after=130, period_end_after=date(2026, 6, 30))
        changed = contract(amendments=[later, earlier])
        assert (rules.amount_now(changed), rules.period_end_now(changed)) == (150, date(2026, 6, 30))
        assert (rules.amount_now(contract()), rules.period_end_now(contract())) == (100, date(2026, 3, 31))

    @pytest.mark.parametrize(("row", "refused"), [
        (amended(date(2025, 8, 1)), True), (amended(date(2025, 6, 1), amount_after=1), True), (amended(DAY, amount_after=1), False)])
    def test_an_amendment_follows_the_signing_and_changes_something(self, row: dict[str, Any], refused: bool) -> None:
        assert (rules.amends(case("contracts", contract(amendments=[row]), contract(), move="amend")) is not None) is refused

    def test_where_nothing_was_added_there_is_no_amendment_to_judge(self) -> None:
        stood = contract(amendments=[amended(DAY)])
        assert rules.amends(case("contracts", stood, stood, move="amend")) is None

    @pytest.mark.parametrize(("before", "change", "reason", "refused"), [
        ({"amendments": [amended(DAY)]}, {"amount": 120}, None, True), ({"amendments": [amended(DAY)]}, {"amount": 120}, "転記の誤り", False),
        ({"status": "completed"}, {"supplier_name": "別の会社"}, None, True), ({"status": "completed"}, {"remarks": "済"}, None, False),
        ({"status": "completed", "amount": None}, {"amount": 120}, None, False), ({}, {"amount": 120}, None, False)])
    def test_what_was_signed_is_corrected_with_a_reason_once_amended_or_completed(
            self, before: dict[str, Any], change: dict[str, Any], reason: str | None, refused: bool) -> None:
        stood = contract(**before)
        assert (rules.signed_stands(case("contracts", stood | change, stood, reason=reason)) is not None) is refused

    @pytest.mark.parametrize(("scope", "status", "of", "refused"), [
        (True, "cleared", 1, False), (True, "conditional", 1, False), (True, "asked", 1, True), (True, "cleared", 2, True),
        (False, None, 1, False), (None, None, 1, False)])
    def test_a_procurement_in_scope_is_announced_after_its_supply_chain_check(self, scope: bool | None, status: str | None, of: int, refused: bool) -> None:
        facts = Around({"supply-chain-checks": [{"id": 1, "contract_id": of, "status": status}]})
        assert (rules.supply_chain_checked(case("contracts", contract(supply_chain_scope=scope), move="prepare", around=facts)) is not None) is refused


class TestOversight:
    @pytest.mark.parametrize(("ground", "values", "holds"), [
        ("single_bid", {"single_bid": True}, True), ("single_bid", {}, False), ("single_bid", {"single_bid": None}, True),
        ("repeated_single_bid", {"single_bid": True, "prior_id": 2}, True), ("repeated_single_bid", {"single_bid": True, "prior_id": 3}, False),
        ("high_rate", {"award_rate": 95}, True), ("high_rate", {"award_rate": 94}, False), ("high_rate", {}, True),
        ("large_negotiated", {"method": "sole_source"}, True), ("large_negotiated", {}, False),
        ("new_negotiated", {"method": "sole_source"}, True), ("new_negotiated", {"method": "sole_source", "prior_id": 2}, False),
        ("large_change", {"amendments": [amended(DAY, amount_after=200)]}, True), ("large_change", {}, False)])
    def test_a_contract_is_selected_for_what_is_true_of_it(self, ground: str, values: dict[str, Any], holds: bool) -> None:
        facts = Around({"contracts": [contract(**values), {"id": 2, "single_bid": True}, {"id": 3, "single_bid": False}]})
        assert "open" in COMPETITIVE
        assert (rules.ground_holds(case("oversight-reviews", {"contract_id": 1, "ground": ground}, around=facts)) is None) is holds

    @pytest.mark.parametrize(("contract_id", "ground"), [(1, None), (9, "single_bid"), (None, "single_bid")])
    def test_without_a_contract_or_a_ground_there_is_nothing_to_judge(self, contract_id: int | None, ground: str | None) -> None:
        facts = Around({"contracts": [contract()]})
        assert rules.ground_holds(case("oversight-reviews", {"contract_id": contract_id, "ground": ground}, around=facts)) is None

    @pytest.mark.parametrize(("given", "day"), [(None, date(2025, 11, 25)), (DAY, DAY)])
    def test_the_summary_was_published_today_unless_a_day_was_given(self, given: date | None, day: date) -> None:
        assert rules.published(case("oversight-reviews", {"published_on": given})) == {"published_on": day}

    def test_from_where_a_rate_is_high_can_be_set(self) -> None:
        facts = Around({"contracts": [contract(award_rate=91)]}, settings={rules.HIGH_RATE: 90})
        assert rules.ground_holds(case("oversight-reviews", {"contract_id": 1, "ground": "high_rate"}, around=facts)) is None


class TestWhatFollowsFromAContract:
    @pytest.mark.parametrize(("method", "bidders", "single"), [
        ("open", 1, True), ("designated", 1, True), ("proposal", 1, True), ("public_offer", 1, True), ("open", 2, False), ("open", 0, False),
        ("sole_source", 1, False), ("after_failed_bid", 1, False), (None, 1, False), ("open", None, None)])
    def test_a_single_bid_is_a_competition_with_one_bidder(self, method: str | None, bidders: int | None, single: bool | None) -> None:
        assert procurement.single_bid({"method": method, "bidder_count": bidders}) is single

    @pytest.mark.parametrize(("amount", "estimate", "status", "rate"), [
        (9_900, 10_000, "published", "99.0"), (9_900, 10_000, "withheld", None), (None, 10_000, "published", None), (9_900, None, "none", None),
        (9_900, 0, "published", None)])
    def test_an_award_rate_needs_both_sums_and_is_withheld_with_the_estimate(
            self, amount: int | None, estimate: int | None, status: str, rate: str | None) -> None:
        assert procurement.rate({"amount": amount, "estimated_price": estimate, "estimate_status": status}) == (rate and Decimal(rate))

    @pytest.mark.parametrize(("said", "signed", "month", "year"), [
        (None, date(2025, 4, 1), "2025-04", 2025), ("2025-05", date(2025, 3, 31), "2025-05", 2024), (None, None, None, None)])
    def test_a_contract_is_published_in_the_month_that_its_ledger_says_or_in_which_it_was_signed(
            self, said: str | None, signed: date | None, month: str | None, year: int | None) -> None:
        values = {"month": said, "contract_date": signed}
        assert (procurement.month(values), procurement.fiscal_year(values)) == (month, year)

    @pytest.mark.parametrize(("category", "kind", "method", "form"), [
        ("works", None, "open", "works_competitive"), ("goods", None, "sole_source", "goods_negotiated"), (None, "services", "open", "goods_competitive"),
        (None, "works_manufacture", "open", None), (None, None, "open", None), ("goods", None, None, None)])
    def test_the_form_follows_from_kind_and_method(self, category: str | None, kind: str | None, method: str | None, form: str | None) -> None:
        assert procurement.form({"category": category, "contract_type": kind, "method": method}) == form

    @pytest.mark.parametrize(("price", "status", "text", "unit", "found"), [
        (100, None, None, None, ("published", None)), (100, "withheld", None, None, ("withheld", None)), (None, None, "1枚 3円", None, (None, True)),
        (None, None, "1枚 3円", False, (None, False)), (None, None, None, None, (None, None))])
    def test_what_is_not_said_follows_from_what_is(self, price: int | None, status: str | None, text: str | None, unit: bool | None,
                                                   found: tuple[str | None, bool | None]) -> None:
        settled = procurement.complete({"estimated_price": price, "estimate_status": status, "unit_price_text": text, "unit_price": unit}, {})
        assert (settled["estimate_status"], settled["unit_price"]) == found


class TestCellsOfTheOfficialForms:
    """One cell holds several values; none of its text is lost."""

    @pytest.mark.parametrize(("cell", "found"), [
        ("株式会社みなと印刷\n東京都港区1-1", {"supplier_name": "株式会社みなと印刷", "supplier_address": "東京都港区1-1"}),
        ("株式会社みなと印刷　東京都港区1-1", {"supplier_name": "株式会社みなと印刷", "supplier_address": "東京都港区1-1"}),
        ("株式会社みなと印刷（東京都港区1-1）", {"supplier_name": "株式会社みなと印刷", "supplier_address": "東京都港区1-1"}),
        ("株式会社みなと印刷\n1234567890123\n東京都港区1-1", {
            "supplier_jcn": "1234567890123", "supplier_name": "株式会社みなと印刷", "supplier_address": "東京都港区1-1"}),
        ("株式会社みなと印刷（法人番号：1234567890123）", {"supplier_jcn": "1234567890123", "supplier_name": "株式会社みなと印刷"}),
        ("みなと株式会社 東京都支店", {"supplier_name": "みなと株式会社 東京都支店"}),
        ("株式会社\nみなと印刷", {"supplier_name": "株式会社 みなと印刷"}), (None, {"supplier_name": None})])
    def test_a_supplier_and_its_address(self, cell: Any, found: dict[str, Any]) -> None:
        assert dict(procurement.supplier(cell)) == found

    @pytest.mark.parametrize(("cell", "found"), [
        ("契約担当役\n総務部\n山本 由美\n東京都千代田区1-1", {"officer": "契約担当役 山本 由美", "department": "総務部", "dept_address": "東京都千代田区1-1"}),
        ("総務部\n山本 由美", {"officer": "山本 由美", "department": "総務部", "dept_address": None}),
        ("山本 由美\n東京都千代田区1-1", {"officer": "山本 由美", "dept_address": "東京都千代田区1-1"}),
        ("山本 由美", {"officer": "山本 由美"}), ("", {"officer": None})])
    def test_an_officer_and_the_department(self, cell: str, found: dict[str, Any]) -> None:
        assert dict(procurement.officer(cell)) == found

    @pytest.mark.parametrize(("cell", "found"), [
        ("一般競争入札（総合評価の実施）", {"method": "一般競争入札", "evaluated": "有"}),
        ("一般競争入札（総合評価：無）", {"method": "一般競争入札", "evaluated": "無"}),
        ("一般競争入札（最低価格）", {"method": "一般競争入札", "evaluated": "無"}), ("指名競争入札", {"method": "指名競争入札"}),
        ("一般競争入札（総合評価）（評価点 85.5点）", {"method": "一般競争入札", "evaluated": "有", "score": "85.5"}),
        ("一般競争入札 評価点85.5点", {"method": "一般競争入札", "score": "85.5"}), (None, {})])
    def test_a_method_and_the_overall_evaluation(self, cell: Any, found: dict[str, Any]) -> None:
        assert dict(procurement.method(cell)) == found

    @pytest.mark.parametrize(("cell", "basis", "method"), [
        ("会計規程第24条第1項により企画競争を行った", "会計規程第24条第1項", "proposal"),
        ("予決令第99条の2により落札者がいないため", "予決令第99条の2", "after_failed_bid"),
        ("根拠規定：契約事務規程", "契約事務規程", None), ("他に供給者がいない", None, None)])
    def test_a_reason_names_its_basis_and_perhaps_its_method(self, cell: str, basis: str | None, method: str | None) -> None:
        found = procurement.basis(cell)
        assert (found["reason"], found["legal_basis"], found.get("method")) == (cell, basis, method)
        assert procurement.basis(None) == {}

    @pytest.mark.parametrize(("cell", "found"), [
        ("封筒の購入\n1,000枚", {"title": "封筒の購入", "quantity": "1,000", "unit": "枚"}), ("発送業務 一式", {"title": "発送業務 一式", "quantity": "1", "unit": "式"}),
        ("発送業務\n（一件）", {"title": "発送業務", "quantity": "1", "unit": "件"}), ("10枚", {"title": "10枚"}), (None, {})])
    def test_a_title_and_its_quantity(self, cell: Any, found: dict[str, Any]) -> None:
        assert dict(procurement.titled(cell)) == found

    @pytest.mark.parametrize(("cell", "found"), [
        ("庁舎の改修\n東京都千代田区1-1\n令和7年4月1日～令和8年3月31日まで\n建築工事", {
            "title": "庁舎の改修", "works_place": "東京都千代田区1-1", "period_start": "令和7年4月1日", "period_end": "令和8年3月31日", "works_kind": "建築工事"}),
        ("庁舎の改修\nその2", {"title": "庁舎の改修 その2"}), ("", {})])
    def test_works_with_place_period_and_kind(self, cell: str, found: dict[str, Any]) -> None:
        assert dict(procurement.works(cell)) == found

    @pytest.mark.parametrize(("cell", "found"), [
        (10_000, {"estimated_price": 10_000}), ("10,000円", {"estimated_price": "10,000円"}), ("非公表", {"estimate_status": "withheld", "withhold_text": None}),
        ("類推されるため公表しない", {"estimate_status": "withheld", "withhold_text": "類推されるため公表しない"}),
        ("予定価格未設定", {"estimate_status": "none", "withhold_text": None}), ("少額のため省略", {"estimate_status": "none", "withhold_text": "少額のため省略"})])
    def test_an_estimate_or_why_there_is_none(self, cell: Any, found: dict[str, Any]) -> None:
        assert dict(procurement.estimate(cell)) == found

    @pytest.mark.parametrize(("cell", "found"), [
        (10_000, {"amount": 10_000}),
        ("単価 3円（予定総額 1,200千円）", {"unit_price": "有", "unit_price_text": "単価 3円（予定総額 1,200千円）", "amount": "1,200千円"}),
        ("@3円", {"unit_price": "有", "unit_price_text": "@3円", "amount": None}),
        ("単価契約（総額 500）", {"unit_price": "有", "unit_price_text": "単価契約（総額 500）", "amount": "500円"})])
    def test_an_amount_or_unit_prices(self, cell: Any, found: dict[str, Any]) -> None:
        assert dict(procurement.amount(cell)) == found

    @pytest.mark.parametrize(("titles", "found"), [
        (("令和7年4月分 随意契約（物品役務等）",), {"month": "2025-04", "method": "negotiated", "category": "goods"}),
        (("競争入札・随意契約（公共工事）", "令和7年度3月"), {"month": "2026-03", "category": "works"}),
        (("契約一覧（工事・物品役務等）",), {"category": "goods"}), (("公表（令和7年4月1日付け）",), {}), (("令和7年4月から6月",), {}),
        (("令和7年5月", "令和7年6月"), {"month": "2025-05"})])
    def test_what_stands_above_a_table(self, titles: tuple[str, ...], found: dict[str, Any]) -> None:
        assert dict(procurement.above(titles)) == found

    @pytest.mark.parametrize(("year", "month", "found"), [
        ("令和7年度", 3, "2026-03"), ("令和7年度", 4, "2025-04"), ("令和7年", 3, "2025-03"), ("2025年度", 1, "2026-01"), ("令和7年", 13, None)])
    def test_a_month_of_a_fiscal_year(self, year: str, month: int, found: str | None) -> None:
        assert procurement.month_of(year, month) == found


# Through the door


@pytest.fixture
def signed(sqlite_office: Office) -> Office:
    """A signed contract of ten million yen."""
    changes.create(sqlite_office.db, BUYER, "contracts", {
        "title": "発送業務", "contract_date": DAY, "supplier_name": "株式会社みなと印刷", "amount": 10_000_000, "period_end": date(2026, 3, 31), "method": "open"})
    changes.transition(sqlite_office.db, BUYER, "contracts", "PRC-CON-000001", "sign", 1)
    return sqlite_office


def read(office: Office, slug: str, code: str) -> query.Item:
    with office.db.read() as conn:
        return query.one(conn, HEAD, register.get(slug), code)


def test_an_amendment_is_an_act_that_leaves_what_was_signed(signed: Office) -> None:
    with pytest.raises(NotAllowedNow, match="amount or the end"):
        changes.transition(signed.db, BUYER, "contracts", "PRC-CON-000001", "amend", 2, row={"amended_on": DAY, "reason": "x"})
    changes.transition(signed.db, BUYER, "contracts", "PRC-CON-000001", "amend", 2, row={
        "amended_on": date(2025, 9, 1), "amount_after": 12_000_000, "period_end_after": date(2026, 6, 30), "reason": "数量の増"})
    item = read(signed, "contracts", "PRC-CON-000001")
    assert (item.status, item.values["amount"], item.values["amount_now"], item.values["period_end"], item.values["period_end_now"]) == (
        "signed", 10_000_000, 12_000_000, date(2026, 3, 31), date(2026, 6, 30))
    with pytest.raises(Invalid):
        changes.update(signed.db, BUYER, "contracts", "PRC-CON-000001", {"amendments": []}, 3)
    with pytest.raises(NotAllowedNow, match="give a reason"):
        changes.update(signed.db, BUYER, "contracts", "PRC-CON-000001", {"amount": 1}, 3)
    changes.update(signed.db, BUYER, "contracts", "PRC-CON-000001", {"amount": 10_100_000}, 3, reason="転記の誤り")


def test_a_procurement_in_scope_is_not_signed_past_its_supply_chain_check(sqlite_office: Office) -> None:
    """A negotiated contract has no notice; it is held at the signing."""
    db = sqlite_office.db
    made = changes.create(db, BUYER, "contracts", {"title": "サーバーの賃貸借", "contract_date": DAY, "supplier_name": "株式会社みなと電機", "amount": 1,
                                                   "supply_chain_scope": True})
    for move in ("prepare", "sign"):
        with pytest.raises(NotAllowedNow, match="supply-chain check"):
            changes.transition(db, BUYER, "contracts", made.code, move, 1)


def test_a_consent_takes_its_sum_from_the_contract_and_is_held_to_its_rules(signed: Office) -> None:
    made = changes.create(signed.db, BUYER, CONSENTS, {
        "contract_id": 1, "subcontractor": "あさひ記録保管株式会社", "scope": "発送", "amount": 6_000_000, "decided_on": DAY})
    changes.transition(signed.db, BUYER, CONSENTS, made.code, "review", 1)
    item = read(signed, CONSENTS, made.code)
    assert (item.values["contract_amount"], str(item.values["share"]), item.values["over_half"]) == (10_000_000, "60.0000", True)
    with pytest.raises(NotAllowedNow, match="more than half"):
        changes.transition(signed.db, HEAD, CONSENTS, made.code, "consent", 2)
    changes.update(signed.db, BUYER, CONSENTS, made.code, {"review_note": "専用の設備を持つ者が限られるため", "core_work": "method"}, 2)
    with pytest.raises(NotAllowedNow, match="core work"):
        changes.transition(signed.db, HEAD, CONSENTS, made.code, "consent", 3)
    changes.update(signed.db, BUYER, CONSENTS, made.code, {"core_work": "none"}, 3)
    changes.transition(signed.db, HEAD, CONSENTS, made.code, "consent", 4)
    with pytest.raises(NotAllowedNow, match="core work"):
        changes.update(signed.db, BUYER, CONSENTS, made.code, {"core_work": "planning"}, 5)


def test_work_that_began_before_the_consent_is_put_on_record_as_a_finding_and_the_consent_goes_on(signed: Office) -> None:
    made = changes.create(signed.db, BUYER, CONSENTS, {
        "contract_id": 1, "subcontractor": "株式会社みなと印刷", "scope": "発送", "amount": 1_000_000, "decided_on": DAY, "core_work": "none"})
    changes.transition(signed.db, BUYER, CONSENTS, made.code, "review", 1)
    changes.update(signed.db, BUYER, CONSENTS, made.code, {"period_start": date(2025, 6, 10)}, 2)
    changes.transition(signed.db, HEAD, CONSENTS, made.code, "consent", 3)
    changes.update(signed.db, BUYER, CONSENTS, made.code, {"note": "通知済み"}, 4)
    with signed.db.read() as conn:
        (found,) = query.page(conn, Actor("tanaka", frozenset({"risk_officer"})), register.get("findings"), query.Query()).items
    assert (read(signed, CONSENTS, made.code).status, found.values["source"], found.values["classification"]) == ("consented", "procurement", "minor")
    assert made.code in found.values["name"] and "2025-06-10" in found.values["fact"]


def test_work_that_began_before_the_consent_stands_among_the_findings(signed: Office) -> None:
    changes.create(signed.db, BUYER, CONSENTS, {"contract_id": 1, "subcontractor": "あさひ記録保管株式会社", "scope": "発送", "work_started_on": DAY})
    with signed.db.read() as conn:
        (found,) = Look(conn).records("findings")
    assert (found["status"], found["source"], found["classification"]) == ("draft", "procurement", "minor")
    assert found["name"] == "承諾前の再委託の着手（PRC-SUB-000001 あさひ記録保管株式会社）" and "承諾はまだない" in found["fact"]


def test_core_work_does_not_come_in_by_a_ledger(signed: Office) -> None:
    ledger = "契約,再委託先,再委託する業務の範囲,主たる部分の再委託,状態\r\nPRC-CON-000001,あさひ記録保管株式会社,発送,総合的企画,承諾\r\n".encode()
    (problem,) = run.preview(signed, people.CLI, CONSENTS, ledger, "再委託.csv").errors
    assert (problem.row, problem.code) == (2, "rule-refuses") and "core work" in problem.message.en.lower()


def test_members_of_the_oversight_committee_see_its_cases_and_no_other_committees(signed: Office) -> None:
    office, secretary = signed, Actor("ueda", frozenset({"secretariat"}), via="test")
    people.add(office.db, people.CLI, "nishi", "long enough a pass", ["committee"], display="西 真理")
    ids = [changes.create(office.db, secretary, "committees", {"name": name}).id for name in ("契約監視委員会", "調達改善検討委員会")]
    changes.create(office.db, secretary, "committee-members", {"name": "西 真理", "committee_id": ids[0], "role": "member", "account": "nishi"})
    made = [changes.create(office.db, BUYER, "oversight-reviews", {"title": "発送業務", "contract_id": 1, "committee_id": id, "round": str(id)}) for id in ids]
    with office.db.read() as conn:
        seen = query.page(conn, Actor("nishi", frozenset({"committee"})), register.get("oversight-reviews"), query.Query()).items
    assert [item.code for item in seen] == [made[0].code]


def test_a_case_goes_from_selection_to_publication_by_a_second_person(signed: Office) -> None:
    slug = "oversight-reviews"
    made = changes.create(signed.db, HEAD, slug, {"title": "発送業務", "explanation": "説明", "question": "なぜ一者か", "answer": "仕様を見直す", "opinion": "改めること",
                                                  "response": "改めた", "summary": "要旨", "selected_on": DAY})
    for n, move in enumerate(("explain", "discuss", "give_opinion", "respond"), 1):
        changes.transition(signed.db, BUYER, slug, made.code, move, n)
    with pytest.raises(Forbidden):
        changes.transition(signed.db, HEAD, slug, made.code, "publish", 5)
    other = Actor("ito", frozenset({"procurement_head"}), via="test")
    changes.transition(signed.db, other, slug, made.code, "publish", 5)
    item = read(signed, slug, made.code)
    assert (item.status, item.values["fiscal_year"], item.values["published_on"] is not None) == ("published", 2025, True)
