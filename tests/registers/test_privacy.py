"""The ledger of personal data, processors and their evaluation, requests, certifications (domain.md §3)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from grc import calendar, changes, export_set, people, query, register
from grc.case import Change, Create
from grc.changes.set_setting import set_setting
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Forbidden, NotAllowedNow
from imports import run
from registers.rules import privacy, privacy_mark
from registers.rules.spans import months_later
from tests.facts import TODAY, Around, case

UNIT_USER = Actor("suzuki", frozenset({"unit_user"}), unit_id=1, via="test")
UNIT_HEAD = Actor("aoki", frozenset({"unit_head"}), unit_id=1, via="test")
MANAGER = Actor("fujita", frozenset({"privacy_manager"}), via="test")
OFFICER = Actor("tanaka", frozenset({"risk_officer"}), via="test")


def blank(slug: str, **values: Any) -> dict[str, Any]:
    """The values of a record, nothing filled but these."""
    of = register.get(slug)
    return {**{f.name: None for f in of.fields}, **{p.name: [] for p in of.parts}, "id": 1, "code": f"{of.code}-000001",
            "status": of.workflow.first, **values}


# ------------------------------------------------------------------------------------------------------------ assets

SPECIFIC = {"is_specific_pi": True, "access_holders": "番号事務取扱者", "disposal": "dissolve", "storage_location": "専用金庫", "storage_method": "施錠"}


@pytest.mark.parametrize("missing", ["access_holders", "disposal", "storage_location", "storage_method"])
def test_specific_personal_information_says_who_has_access_how_it_is_kept_and_disposed_of(missing: str) -> None:
    risk = {"id": 5, "status": "assessed", "subjects": [("personal-data-assets", 1)]}
    whole = case("personal-data-assets", blank("personal-data-assets", **SPECIFIC), around=Around({"risks": [risk]}))
    assert privacy.specific_pi_ready(whole) is None
    text = privacy.specific_pi_ready(case("personal-data-assets", {**whole.values, missing: None}, around=Around({"risks": [risk]})))
    assert text is not None and "廃棄方法" in text.ja


@pytest.mark.parametrize(("risks", "passes"), [
    ([], False), ([{"id": 5, "status": "assessed", "subjects": [("personal-data-assets", 2)]}], False),
    ([{"id": 5, "status": "closed", "subjects": [("personal-data-assets", 1)]}], False),
    ([{"id": 5, "status": "assessed", "standing": "void", "subjects": [("personal-data-assets", 1)]}], False),
    ([{"id": 5, "status": "identified", "subjects": [("personal-data-assets", 1)]}], True),
])
def test_specific_personal_information_needs_a_living_risk(risks: list[Mapping[str, Any]], passes: bool) -> None:
    found = privacy.specific_pi_ready(case("personal-data-assets", blank("personal-data-assets", **SPECIFIC), around=Around({"risks": risks})))
    assert (found is None) == passes


def test_other_personal_information_needs_no_risk() -> None:
    assert privacy.specific_pi_ready(case("personal-data-assets", blank("personal-data-assets", is_specific_pi=False))) is None


@pytest.mark.parametrize(("last", "due", "becomes"), [
    (None, None, None), (date(2025, 4, 1), None, date(2026, 4, 1)), (date(2024, 2, 29), None, date(2025, 2, 28)),
    (date(2025, 4, 1), date(2025, 10, 1), date(2025, 10, 1)), (date(2025, 4, 1), date(2025, 3, 1), date(2026, 4, 1)),
    (date(2025, 4, 1), date(2025, 4, 1), date(2026, 4, 1)), (date(2025, 4, 1), date(2025, 4, 2), date(2025, 4, 2)),
])
def test_the_next_review_is_a_year_after_the_last_unless_it_is_planned_earlier(last: date | None, due: date | None, becomes: date | None) -> None:
    values = {"count_basis": None, "record_count": None, "last_reviewed_on": last, "review_due_on": due}
    assert privacy.complete_asset(values, {})["review_due_on"] == becomes


@pytest.mark.parametrize(("printed", "basis"), [("約1,000件", "approximate"), ("1,000件程度", "approximate"), ("1,000件", None)])
def test_a_count_that_a_ledger_calls_approximate_is(printed: str, basis: str | None) -> None:
    values = {"count_basis": None, "last_reviewed_on": None, "review_due_on": None}
    assert privacy.complete_asset(values, {"record_count": printed})["count_basis"] == basis


@pytest.mark.parametrize(("due", "settings", "passes"), [
    (date(2026, 4, 1), {}, True), (date(2026, 4, 2), {}, False), (date(2026, 4, 1), {"privacy_review_months": 6}, False),
    (date(2026, 4, 2), {"privacy_review_months": 24}, False),
])
def test_a_review_is_never_further_off_than_a_year_and_the_body_may_ask_for_less(due: date, settings: dict[str, int], passes: bool) -> None:
    values = blank("personal-data-assets", last_reviewed_on=date(2025, 4, 1), review_due_on=due)
    around = Around(settings=settings)
    assert (privacy.review_within_a_year(case("personal-data-assets", values, values, around=around)) is None) == passes
    assert privacy.review_within_a_year(case("personal-data-assets", values, around=around, loading=True)) is None


def test_what_is_held_changes_only_under_a_review() -> None:
    before = blank("personal-data-assets", status="registered", purpose="採用選考", loaded=False)
    after = {**before, "purpose": "広報"}
    refused = privacy.changed_under_review(case("personal-data-assets", after, before))
    assert refused is not None and "見直しを始める" in refused.ja
    assert privacy.changed_under_review(case("personal-data-assets", {**before, "note": "x"}, before)) is None
    assert privacy.changed_under_review(case("personal-data-assets", after, {**before, "loaded": True})) is None, "a fresh import may be corrected"
    assert privacy.changed_under_review(case("personal-data-assets", {**after, "status": "under_review"}, {**before, "status": "under_review"})) is None


@pytest.mark.parametrize("name", privacy.WHAT_IS_HELD)
def test_each_thing_that_was_approved_changes_under_a_review(name: str) -> None:
    before = blank("personal-data-assets", status="registered")
    assert privacy.changed_under_review(case("personal-data-assets", {**before, name: "x"}, before)) is not None
    assert privacy.changed_under_review(case("personal-data-assets", {**before, name: "x"}, before, loading=True)) is None
    assert privacy.changed_under_review(case("personal-data-assets", {**before, name: "x"}, before, move="dispose")) is None
    assert privacy.changed_under_review(case("personal-data-assets", {**before, name: "x"})) is None, "a new one is judged by its moves"


@pytest.mark.parametrize("name", privacy.SAFETY)
def test_what_specific_personal_information_needs_stays_while_it_is_registered(name: str) -> None:
    before = blank("personal-data-assets", **SPECIFIC, status="registered", loaded=False)

    def refused(after: Any = None, **was: Any) -> bool:
        return privacy.specific_pi_kept(case("personal-data-assets", {**before, name: after}, {**before, **was}, loading=was == {"id": 2})) is not None

    assert refused() and not refused("別の定め")
    assert not refused(status="under_review"), "judged when the review is finished"
    assert not refused(loaded=True), "a fresh import may be corrected"
    assert not refused(id=2), "a ledger says what it says"
    other = {**before, "is_specific_pi": False}
    assert privacy.specific_pi_kept(case("personal-data-assets", {**other, name: None}, other)) is None
    bare = {**before, name: None}
    assert privacy.specific_pi_kept(case("personal-data-assets", {**bare, "note": "x"}, bare)) is None, "what stood is not judged again"
    assert privacy.specific_pi_kept(case("personal-data-assets", bare)) is None


@pytest.mark.parametrize("title", ["部署名： 総務部", "作成部署:総務部", "担当課：総務部 作成日：R7.4.1"])
def test_the_unit_above_a_ledger_is_that_of_its_rows(title: str) -> None:
    assert privacy.above(("個人情報管理台帳", title)) == {"unit_id": "総務部"}
    assert privacy.above(("更新日：R7.4.30",)) == {}


class TestAssetThroughTheDoor:
    def register_it(self, office: Office, **more: Any) -> changes.Saved:
        filled = {"business": "採用", "name": "応募者書類", "items": "氏名", "subject_kind": "applicant", "record_count": 0, "count_basis": "exact",
                  "purpose": "採用選考", "acquisition": "written", "legal_basis": "本人の同意", "use_until": "選考の終了",
                  "is_sensitive": False, "is_specific_pi": False, "is_identity_info": False,
                  "is_cert_info": False, "medium": "paper", "storage_location": "書庫", "storage_method": "施錠", "access_holders": "人事担当",
                  "retention": "2年", "disposal": "dissolve", **more}
        changes.create(office.db, people.CLI, "units", {"name": "総務部"})
        saved = changes.create(office.db, UNIT_USER, "personal-data-assets", filled)
        for who, move in ((UNIT_USER, "submit"), (UNIT_HEAD, "approve_unit")):
            saved = changes.transition(office.db, who, "personal-data-assets", saved.code, move, saved.version)
        return saved

    def test_the_unit_enters_its_head_and_the_privacy_manager_approve_and_the_review_is_set(self, sqlite_office: Office) -> None:
        saved = self.register_it(sqlite_office)
        changes.transition(sqlite_office.db, MANAGER, "personal-data-assets", saved.code, "register", saved.version)
        with sqlite_office.db.read() as conn:
            item = query.one(conn, MANAGER, register.get("personal-data-assets"), saved.code)
        assert item.status == "registered"
        today = calendar.today()
        assert (item.values["last_reviewed_on"], item.values["review_due_on"]) == (today, months_later(today, 12))

    def test_nothing_is_submitted_with_a_gap(self, sqlite_office: Office) -> None:
        changes.create(sqlite_office.db, people.CLI, "units", {"name": "総務部"})
        saved = changes.create(sqlite_office.db, UNIT_USER, "personal-data-assets", {"business": "採用", "name": "応募者書類"})
        with pytest.raises(NotAllowedNow) as refused:
            changes.transition(sqlite_office.db, UNIT_USER, "personal-data-assets", saved.code, "submit", saved.version)
        assert all(name in refused.value.message.en for name in ("Purpose", "Legal basis", "Kept how", "Used until", "Kept until", "Disposal"))

    def test_specific_personal_information_is_not_registered_without_its_risk(self, sqlite_office: Office) -> None:
        saved = self.register_it(sqlite_office, is_specific_pi=True)
        with pytest.raises(NotAllowedNow, match="risk assessment"):
            changes.transition(sqlite_office.db, MANAGER, "personal-data-assets", saved.code, "register", saved.version)

    def test_who_entered_it_does_not_approve_it(self, sqlite_office: Office) -> None:
        both = Actor("fujita", frozenset({"privacy_manager", "unit_user", "unit_head"}), unit_id=1, via="test")
        saved = self.register_it(sqlite_office)
        saved = changes.update(sqlite_office.db, both, "personal-data-assets", saved.code, {"note": "x"}, saved.version)
        with pytest.raises(Forbidden):
            changes.transition(sqlite_office.db, both, "personal-data-assets", saved.code, "register", saved.version)


class TestLedgers:
    def test_a_ledger_of_personal_data_comes_in_whole(self, sqlite_office: Office, shared_data: Path) -> None:
        data = (shared_data / "ledgers_synthetic/dev/kojin_joho_daicho_A.xlsx").read_bytes()
        seen = run.preview(sqlite_office, OFFICER, "personal-data-assets", data, "台帳.xlsx")
        assert (seen.count("created"), seen.count("rejected"), seen.table.header_rows) == (8, 0, (5, 6))
        run.load(sqlite_office, OFFICER, seen)
        with sqlite_office.db.read() as conn:
            items = list(query.records(conn, OFFICER, register.get("personal-data-assets"), query.Query(sort="code")))
        third = items[2]
        assert (third.status, third.values["unit_id"].name, third.values["retention"]) == ("registered", "総務部", "退職後５年")
        assert third.printed == {"processors": "給与計算委託先"}, "a processor that is not there yet stays as printed"
        assert items[0].printed == {}, "a dash is no processor"
        assert [i.values["is_specific_pi"] for i in items] == [None, None, None, True, None, None, None, True]
        assert items[6].values["review_due_on"] == date(2025, 12, 25)

    def test_a_list_of_processors_comes_in_whole_and_names_its_suppliers(self, sqlite_office: Office, shared_data: Path) -> None:
        data = (shared_data / "ledgers_synthetic/dev/itakusaki_A.xlsx").read_bytes()
        seen = run.preview(sqlite_office, OFFICER, "processors", data, "一覧.xlsx")
        assert (seen.count("created"), seen.count("rejected"), seen.table.header_rows) == (5, 0, (4, 5))
        run.load(sqlite_office, OFFICER, seen)
        with sqlite_office.db.read() as conn:
            items = list(query.records(conn, OFFICER, register.get("processors"), query.Query(sort="code")))
        first, fourth = items[0].values, items[3].values
        assert (first["supplier_id"].name, first["last_score"], first["last_grade"], first["subcontract_consent"]) == (
            "株式会社サンプル通信", Decimal(92), "a", "consented")
        assert (first["evaluation_due_on"], items[0].status) == (date(2026, 3, 10), "active")
        assert (fourth["last_evaluated_on"], fourth["evaluation_due_on"]) == (None, date(2025, 6, 1)), "never evaluated: due when the contract began"


# -------------------------------------------------------------------------------------------------------- processors


@pytest.mark.parametrize(("last", "planned", "start", "due"), [
    (None, None, None, None), (None, None, date(2025, 6, 1), date(2025, 6, 1)), (date(2025, 3, 10), None, date(2024, 4, 1), date(2026, 3, 10)),
    (date(2025, 3, 10), date(2025, 9, 1), None, date(2025, 9, 1)), (date(2025, 3, 10), date(2027, 9, 1), None, date(2026, 3, 10)),
])
def test_an_evaluation_is_due_as_planned_and_at_the_latest_a_year_after_the_last(last: date, planned: date, start: date, due: date) -> None:
    assert privacy.evaluation_due({"last_evaluated_on": last, "next_evaluation_on": planned, "contract_start": start}) == due


def test_the_first_certification_to_end_is_the_one_that_counts() -> None:
    certs = [{"name": "ISMS", "expires_on": date(2027, 1, 1)}, {"name": "Pマーク", "expires_on": date(2026, 5, 1)}, {"name": "ISMAP"}]
    assert privacy.certificates_end({"certs": certs}) == date(2026, 5, 1)
    assert privacy.certificates_end({"certs": []}) is None


def selection(**more: Any) -> Around:
    return Around({"processor-evaluations": [{"id": 1, "processor_id": 1, "kind": "selection", "status": "confirmed", "grade": "a",
                                              "evaluated_on": date(2025, 3, 1), **more}]})


@pytest.mark.parametrize(("around", "passes"), [
    (Around(), False), (selection(), True), (selection(grade="b"), True), (selection(grade="c"), False), (selection(status="evaluated"), False),
    (selection(kind="periodic"), False), (selection(processor_id=2), False), (selection(grade=None), False),
])
def test_a_processor_is_chosen_after_a_confirmed_selection_evaluation(around: Around, passes: bool) -> None:
    assert (privacy.selection_passed(case("processors", blank("processors"), around=around)) is None) == passes


@pytest.mark.parametrize(("start", "more", "passes"), [
    (date(2025, 2, 28), {}, False), (date(2025, 3, 1), {}, True), (date(2025, 4, 1), {}, True), (date(2025, 4, 1), {"grade": "c"}, False),
    (date(2025, 4, 1), {"evaluated_on": None}, False), (None, {"grade": "c"}, True)])
def test_the_evaluation_that_selected_a_processor_is_older_than_the_contract(start: date | None, more: dict[str, Any], passes: bool) -> None:
    found = privacy.evaluated_before_contract(case("processors", blank("processors", contract_start=start), around=selection(**more)))
    assert (found is None) == passes


@pytest.mark.parametrize(("subcontracts", "named", "passes"), [(True, [], False), (True, [{"name": "合同会社例示"}], True), (False, [], True), (None, [], True)])
def test_who_subcontracts_says_to_whom(subcontracts: bool | None, named: list[Mapping[str, Any]], passes: bool) -> None:
    values = blank("processors", has_subcontract=subcontracts, subcontractors=named)
    assert (privacy.subcontractors_named(case("processors", values)) is None) == passes


@pytest.mark.parametrize("missing", [None, *privacy.CLAUSES])
def test_a_contract_has_all_five_clauses(missing: str | None) -> None:
    clauses = {name: name != missing for name in privacy.CLAUSES}
    assert (privacy.clauses_agreed(case("processors", blank("processors", **clauses))) is None) == (missing is None)


def test_who_is_entrusted_with_specific_personal_information_says_so() -> None:
    around = Around({"personal-data-assets": [{"id": 3, "is_specific_pi": True, "processors": [("processors", 1)]}]})
    assert privacy.kinds_agree(case("processors", blank("processors"), around=around)) is not None
    assert privacy.kinds_agree(case("processors", blank("processors", is_specific_pi=True), around=around)) is None
    assert privacy.kinds_agree(case("processors", blank("processors"))) is None


@pytest.mark.parametrize(("grade", "last", "passes"), [
    ("a", date(2025, 3, 1), True), ("c", date(2025, 10, 1), False), (None, None, False), ("b", date(2024, 11, 24), False), ("b", date(2024, 11, 25), True),
])
def test_a_processor_is_back_in_use_only_with_a_good_evaluation_that_is_not_overdue(grade: str, last: date, passes: bool) -> None:
    found = privacy.evaluation_current(case("processors", blank("processors", last_grade=grade, last_evaluated_on=last, contract_start=date(2024, 4, 1))))
    assert (found is None) == passes


@pytest.mark.parametrize(("grade", "last", "end", "passes"), [
    ("a", date(2025, 3, 1), date(2027, 3, 31), True), ("c", date(2025, 10, 1), date(2027, 3, 31), False),
    ("a", date(2024, 3, 1), date(2027, 3, 31), False), ("c", date(2024, 3, 1), date(2025, 12, 31), True),
])
def test_no_contract_is_prolonged_while_the_evaluation_is_overdue_or_bad(grade: str, last: date, end: date, passes: bool) -> None:
    before = blank("processors", status="active", last_grade=grade, last_evaluated_on=last, contract_end=date(2026, 3, 31))
    assert (privacy.renewed_after_evaluation(case("processors", {**before, "contract_end": end}, before)) is None) == passes
    assert privacy.renewed_after_evaluation(case("processors", {**before, "contract_end": end}, before, loading=True)) is None
    assert privacy.renewed_after_evaluation(case("processors", {**before, "contract_end": end}, before, move="activate")) is None
    assert privacy.renewed_after_evaluation(case("processors", {**before, "note": "x"}, before)) is None, "nothing is prolonged"
    assert privacy.renewed_after_evaluation(case("processors", {**before, "contract_end": end})) is None, "a new one is not prolonged"
    for candidate in ("candidate", "selected"):
        assert privacy.renewed_after_evaluation(case("processors", {**before, "contract_end": end, "status": candidate}, before)) is None


def test_a_contract_does_not_end_before_it_begins() -> None:
    values = blank("processors", contract_start=date(2025, 4, 1), contract_end=date(2025, 3, 31))
    assert privacy.not_before_it_begins(case("processors", values)) is not None
    assert privacy.not_before_it_begins(case("processors", values, loading=True)) is None
    assert privacy.not_before_it_begins(case("processors", {**values, "contract_end": date(2025, 4, 1)})) is None


@pytest.mark.parametrize(("more", "settings", "due"), [
    ({"is_specific_pi": True}, {}, date(2028, 4, 1)), ({"record_count": 100_000}, {}, date(2028, 4, 1)), ({"record_count": 99_999}, {}, None),
    ({"is_specific_pi": True}, {"privacy_on_site_years": 2}, date(2027, 4, 1)), ({"is_specific_pi": True, "contract_start": None}, {}, date(2028, 11, 25)),
    ({"is_specific_pi": True, "on_site_due_on": date(2026, 1, 1)}, {}, None), ({"record_count": 5}, {"privacy_on_site_records": 5}, date(2028, 4, 1)),
    ({"record_count": None}, {"privacy_on_site_records": 1}, None),
])
def test_the_first_visit_is_due_three_years_after_the_contract_begins(more: dict[str, Any], settings: dict[str, int], due: date | None) -> None:
    found = privacy.first_visit(case("processors", blank("processors", **{"contract_start": date(2025, 4, 1), **more}), around=Around(settings=settings)))
    assert found.get("on_site_due_on") == due


# ------------------------------------------------------------------------------------------------------- evaluations


@pytest.mark.parametrize(("kind", "done", "planned", "title"), [
    ("periodic", date(2025, 8, 20), None, "定期評価（令和7年8月20日）"), ("selection", None, date(2026, 2, 1), "選定評価（令和8年2月1日予定）"),
    ("periodic", None, None, "定期評価（日付未定）"),
])
def test_an_evaluation_is_called_by_its_kind_and_day(kind: str, done: date, planned: date, title: str) -> None:
    assert privacy.evaluation_title({"kind": kind, "evaluated_on": done, "planned_on": planned}) == title


@pytest.mark.parametrize(("score", "grade", "passes"), [
    (92, "a", True), (80, "a", True), (79, "a", False), (79, "b", True), (70, "b", True), (69, "b", False), (65, "c", True), (95, "c", True), (None, "a", True),
])
def test_a_grade_is_not_better_than_its_score(score: int | None, grade: str, passes: bool) -> None:
    values = blank("processor-evaluations", score=None if score is None else Decimal(score), grade=grade)
    assert (privacy.grade_fits(case("processor-evaluations", values)) is None) == passes


def processor(**more: Any) -> dict[str, Any]:
    return blank("processors", id=7, name="合同会社例示", status="active", is_specific_pi=True, contract_start=date(2022, 4, 1), unit_id=3, **more)


@pytest.mark.parametrize(("held", "method", "day", "passes"), [
    (processor(), "document", date(2025, 4, 1), True), (processor(), "document", date(2025, 4, 2), False), (processor(), "on_site", date(2025, 8, 1), True),
    (processor(last_on_site_on=date(2023, 8, 1)), "certification", date(2026, 8, 1), True),
    (processor(last_on_site_on=date(2023, 8, 1)), "certification", date(2026, 8, 2), False),
    ({**processor(), "is_specific_pi": False}, "document", date(2030, 1, 1), True), ({**processor(), "contract_start": None}, "document", date(2025, 4, 1), False),
    (processor(), "document", None, True),
])
def test_a_processor_of_specific_personal_information_is_visited_every_three_years(held: dict[str, Any], method: str, day: date, passes: bool) -> None:
    values = blank("processor-evaluations", processor_id=7, kind="periodic", method=method, evaluated_on=day)
    assert (privacy.visited_in_time(case("processor-evaluations", values, around=Around({"processors": [held]}))) is None) == passes
    chosen = case("processor-evaluations", {**values, "kind": "selection"}, around=Around({"processors": [held]}))
    assert privacy.visited_in_time(chosen) is None, "who is only being chosen is not visited yet"


@pytest.mark.parametrize(("due", "months", "passes"), [
    (date(2026, 8, 20), 12, True), (date(2026, 8, 21), 12, False), (date(2025, 8, 20), 12, False), (date(2025, 8, 21), 12, True), (None, 12, True),
    (date(2026, 8, 21), 24, False), (date(2026, 2, 20), 6, True), (date(2026, 2, 21), 6, False)])
def test_the_next_evaluation_is_within_a_year_and_the_body_may_ask_for_less(due: date | None, months: int, passes: bool) -> None:
    values = blank("processor-evaluations", evaluated_on=date(2025, 8, 20), next_due_on=due)
    around = Around(settings={"privacy_evaluation_months": months})
    assert (privacy.next_within_a_year(case("processor-evaluations", values, around=around)) is None) == passes
    assert privacy.next_within_a_year(case("processor-evaluations", {**values, "evaluated_on": None}, around=around)) is None


def test_the_next_evaluation_is_set_where_nobody_planned_it() -> None:
    values = blank("processor-evaluations", evaluated_on=date(2024, 2, 29))
    assert privacy.next_due(case("processor-evaluations", values)) == {"next_due_on": date(2025, 2, 28)}
    assert privacy.next_due(case("processor-evaluations", {**values, "next_due_on": date(2024, 9, 1)})) == {}
    assert privacy.next_due(case("processor-evaluations", {**values, "evaluated_on": None})) == {}
    assert privacy.next_due(case("processor-evaluations", values, around=Around(settings={"privacy_evaluation_months": 24}))) == {"next_due_on": date(2025, 2, 28)}


def evaluation(held: dict[str, Any], **more: Any) -> Any:
    values = blank("processor-evaluations", **{"processor_id": 7, "kind": "periodic", "method": "on_site", "evaluated_on": date(2025, 8, 20),
                                               "score": Decimal(65), "grade": "c", "next_due_on": date(2026, 8, 20), **more})
    return case("processor-evaluations", values, around=Around({"processors": [held]}), move="confirm")


@pytest.mark.parametrize(("status", "grade", "becomes"), [
    ("active", "c", "improvement_required"), ("evaluation_due", "a", "active"), ("improvement_required", "b", "active"), ("candidate", "a", None),
    ("terminating", "c", None),
])
def test_a_confirmed_evaluation_stands_in_the_list_of_processors_and_moves_it(status: str, grade: str, becomes: str | None) -> None:
    [change] = privacy.keep_processor(evaluation(processor() | {"status": status}, grade=grade))
    assert isinstance(change, Change) and (change.slug, change.id, change.status) == ("processors", 7, becomes)
    assert change.values == {"last_evaluated_on": date(2025, 8, 20), "last_score": Decimal(65), "last_grade": grade, "next_evaluation_on": date(2026, 8, 20),
                             "last_on_site_on": date(2025, 8, 20), "on_site_due_on": date(2028, 8, 20)}


def test_an_older_evaluation_that_is_confirmed_later_changes_nothing() -> None:
    assert list(privacy.keep_processor(evaluation(processor(last_evaluated_on=date(2025, 8, 21))))) == []
    assert len(list(privacy.keep_processor(evaluation(processor(last_evaluated_on=date(2025, 8, 20)))))) == 1
    assert list(privacy.keep_processor(evaluation(processor(), processor_id=8))) == list(privacy.ask_for_correction(evaluation(processor(), processor_id=8))) == []


@pytest.mark.parametrize(("held", "method", "visited"), [
    (processor(), "document", {}), ({**processor(), "is_specific_pi": False}, "on_site", {"last_on_site_on": date(2025, 8, 20)})])
def test_only_a_visit_counts_as_one_and_only_who_is_to_be_visited_is_again(held: dict[str, Any], method: str, visited: dict[str, date]) -> None:
    [change] = privacy.keep_processor(evaluation(held, method=method))
    assert {n: v for n, v in change.values.items() if "on_site" in n} == visited


def test_grade_c_opens_a_corrective_action() -> None:
    [made] = privacy.ask_for_correction(evaluation(processor(), findings="委託先の教育記録がない"))
    assert isinstance(made, Create) and made.slug == "corrective-actions"
    assert made.values == {"name": "委託先評価の是正：合同会社例示", "source": "processor_evaluation", "classification": "minor", "fact": "委託先の教育記録がない",
                           "issued_on": TODAY, "ack_due_on": date(2025, 12, 2), "plan_due_on": date(2025, 12, 25), "due_on": date(2026, 2, 23),
                           "unit_id": 3, "plan_item_id": None, "origins": [("processor-evaluations", 1)]}


@pytest.mark.parametrize("more", [{"grade": "b"}, {"kind": "selection"}])
def test_a_better_grade_or_a_candidate_opens_none(more: dict[str, str]) -> None:
    assert list(privacy.ask_for_correction(evaluation(processor(), **more))) == []


def test_from_candidate_to_end_through_the_door(sqlite_office: Office) -> None:
    db = sqlite_office.db
    saved = changes.create(db, OFFICER, "processors", {
        "name": "あさひ記録保管", "service": "文書保管", "data": "申請書", "is_specific_pi": False, "contract_start": calendar.add_days(calendar.today(), 30),
        "contract_end": calendar.add_days(calendar.today(), 395), "data_location": "domestic", "has_subcontract": False, **dict.fromkeys(privacy.CLAUSES, True)})
    with pytest.raises(NotAllowedNow, match="selection evaluation"):
        changes.transition(db, MANAGER, "processors", saved.code, "select", saved.version)
    made = changes.create(db, OFFICER, "processor-evaluations", {
        "processor_id": saved.id, "kind": "selection", "evaluated_on": calendar.today(), "method": "document", "score": Decimal(88), "grade": "a"})
    made = changes.transition(db, OFFICER, "processor-evaluations", made.code, "record", made.version)
    changes.transition(db, MANAGER, "processor-evaluations", made.code, "confirm", made.version)
    version = saved.version + 1  # the effect of the evaluation
    for who, move in ((MANAGER, "select"), (OFFICER, "activate"), (OFFICER, "begin_termination")):
        version = changes.transition(db, who, "processors", saved.code, move, version).version
    version = changes.update(db, OFFICER, "processors", saved.code, {"returned_on": calendar.today()}, version).version
    with pytest.raises(NotAllowedNow, match="no evidence"):
        changes.transition(db, MANAGER, "processors", saved.code, "terminate", version)
    changes.attach(db, sqlite_office.store, OFFICER, "processors", saved.code, "消去証明書.txt", "消去した".encode())
    changes.transition(db, MANAGER, "processors", saved.code, "terminate", version)
    with db.read() as conn:
        item = query.one(conn, MANAGER, register.get("processors"), saved.code)
    assert (item.status, item.values["last_grade"], item.values["last_evaluated_on"]) == ("terminated", "a", calendar.today())


# ---------------------------------------------------------------------------------------------------------- requests


@pytest.mark.parametrize(("more", "due"), [
    ({}, date(2025, 4, 15)), ({"limit_days": 10}, date(2025, 4, 11)), ({"received_on": None}, None),
    ({"extensions": [{"until": date(2025, 5, 1)}, {"until": date(2025, 5, 20)}]}, date(2025, 5, 20)),
])
def test_an_answer_is_due_within_the_limit_or_as_prolonged(more: dict[str, Any], due: date | None) -> None:
    assert privacy_mark.request_due(blank("subject-requests", **{"received_on": date(2025, 4, 1), **more})) == due


@pytest.mark.parametrize(("days", "given", "set_to"), [(14, None, []), (15, None, [15]), (10, None, [10]), (10, 7, [])])
def test_only_another_limit_than_fourteen_days_is_written_into_a_new_request(days: int, given: int | None, set_to: list[int]) -> None:
    values, around = blank("subject-requests", limit_days=given), Around(settings={"privacy_request_days": days})
    found = list(privacy_mark.set_limit(case("subject-requests", values, around=around)))
    assert [c.values["limit_days"] for c in found] == set_to and all(isinstance(c, Change) and c.id == 1 for c in found)
    assert list(privacy_mark.set_limit(case("subject-requests", values, values, around=around))) == [], "an old one keeps what it had"


@pytest.mark.parametrize(("kind", "checked", "passes"), [("disclosure", None, False), ("disclosure", TODAY, True), ("complaint", None, True)])
def test_a_request_is_looked_at_when_it_is_known_who_asks(kind: str, checked: date | None, passes: bool) -> None:
    values = blank("subject-requests", kind=kind, identity_checked_on=checked)
    assert (privacy_mark.identity_checked(case("subject-requests", values)) is None) == passes


def test_an_answer_is_not_older_than_its_request() -> None:
    values = blank("subject-requests", received_on=date(2025, 4, 2), answered_on=date(2025, 4, 1))
    assert privacy_mark.answered_in_order(case("subject-requests", values)) is not None
    assert privacy_mark.answered_in_order(case("subject-requests", {**values, "answered_on": date(2025, 4, 2)})) is None
    assert privacy_mark.answered_in_order(case("subject-requests", values, loading=True)) is None
    assert all(privacy_mark.answered_in_order(case("subject-requests", {**values, name: None})) is None for name in ("received_on", "answered_on"))


def test_the_bodys_own_limit_stands_in_a_new_request_and_its_version_is_the_newest(sqlite_office: Office) -> None:
    set_setting(sqlite_office.db, people.CLI, "privacy_request_days", "10")
    saved = changes.create(sqlite_office.db, OFFICER, "subject-requests", {
        "subject": "職員記録の開示", "kind": "disclosure", "received_on": date(2025, 4, 1), "requester": "山田 太郎"})
    with sqlite_office.db.read() as conn:
        item = query.one(conn, OFFICER, register.get("subject-requests"), saved.code)
    assert (item.values["limit_days"], item.values["due_on"], item.version) == (10, date(2025, 4, 11), saved.version)


def test_a_request_is_answered_by_two_and_its_deadline_can_be_prolonged(sqlite_office: Office) -> None:
    db, slug = sqlite_office.db, "subject-requests"
    saved = changes.create(db, OFFICER, slug, {"subject": "職員記録の開示", "kind": "disclosure", "received_on": date(2025, 4, 1)})
    with pytest.raises(NotAllowedNow, match="identity is not checked"):
        changes.transition(db, OFFICER, slug, saved.code, "review", saved.version)
    saved = changes.update(db, OFFICER, slug, saved.code, {"identity_method": "document", "identity_checked_on": date(2025, 4, 2)}, saved.version)
    for move in ("check_identity", "review"):
        saved = changes.transition(db, OFFICER, slug, saved.code, move, saved.version)
    saved = changes.transition(db, MANAGER, slug, saved.code, "extend", saved.version, row={
        "decided_on": date(2025, 4, 10), "until": date(2025, 5, 30), "reason": "対象文書が多い"})
    with db.read() as conn:
        assert query.one(conn, OFFICER, register.get(slug), saved.code).values["due_on"] == date(2025, 5, 30)
    saved = changes.update(db, OFFICER, slug, saved.code, {"decision": "granted", "answered_on": date(2025, 5, 28)}, saved.version)
    with pytest.raises(Forbidden):
        changes.transition(db, OFFICER, slug, saved.code, "answer", saved.version)


def test_who_asks_is_kept_from_everybody_but_the_office_and_the_audit(sqlite_office: Office) -> None:
    with sqlite_office.db.read() as conn, pytest.raises(Forbidden):
        query.page(conn, UNIT_USER, register.get("subject-requests"), query.Query())


# ---------------------------------------------------------------------------------------------------- certifications


@pytest.mark.parametrize(("day", "n", "found"), [
    (date(2026, 8, 31), -8, date(2025, 12, 31)), (date(2026, 8, 31), -6, date(2026, 2, 28)), (date(2026, 8, 31), -4, date(2026, 4, 30)),
    (date(2028, 8, 31), -6, date(2028, 2, 29)), (date(2026, 2, 28), -4, date(2025, 10, 28)), (date(2026, 1, 15), -1, date(2025, 12, 15)),
    (date(2025, 12, 31), 2, date(2026, 2, 28)), (date(2024, 2, 29), 12, date(2025, 2, 28)), (date(2025, 11, 30), 12, date(2026, 11, 30)),
])
def test_months_end_on_the_last_day_where_there_is_no_such_day(day: date, n: int, found: date) -> None:
    assert months_later(day, n) == found


def test_a_mark_is_renewed_between_eight_and_four_months_before_it_ends() -> None:
    assert privacy_mark.privacy_mark_window(date(2026, 8, 31)) == (date(2025, 12, 31), date(2026, 2, 28), date(2026, 4, 15), date(2026, 4, 30))
    assert privacy_mark.privacy_mark_window(date(2027, 3, 14)) == (date(2026, 7, 14), date(2026, 9, 14), date(2026, 10, 30), date(2026, 11, 14))


def test_an_isms_audit_is_announced_at_ninety_sixty_and_thirty_days() -> None:
    assert privacy_mark.isms_window(date(2026, 7, 1)) == (date(2026, 4, 2), date(2026, 5, 2), date(2026, 6, 1), date(2026, 7, 1))


@pytest.mark.parametrize("name", ["renewal_reminder_on", "renewal_alert_on", "renewal_closes_on"])
def test_each_day_of_warning_is_kept_in_sight_until_the_renewal_is_applied_for(name: str) -> None:
    spec = register.get("certifications").field[name]
    assert spec.deadline and spec.met_by == "renewal_applied_on" and "valid" in spec.due_in


def test_the_deadline_of_renewal_ends_with_the_application() -> None:
    values = blank("certifications", kind="privacy_mark", valid_until=date(2026, 8, 31))
    assert privacy_mark.renewal("closes")(values) == date(2026, 4, 30)
    assert (privacy_mark.renewal("opens")(values), privacy_mark.renewal("alert")(values)) == (date(2025, 12, 31), date(2026, 4, 15))
    assert privacy_mark.renewal("reminder")(values) == date(2026, 2, 28)
    assert privacy_mark.renewal("closes")({**values, "kind": "isms"}) == date(2026, 8, 31)
    assert privacy_mark.renewal("opens")(blank("certifications", kind="isms")) is None


@pytest.mark.parametrize(("held", "due"), [(0, date(2025, 7, 1)), (1, date(2026, 7, 1)), (2, None)])
def test_an_isms_certificate_has_two_surveillance_audits_before_its_renewal(held: int, due: date | None) -> None:
    audits = [{"kind": "surveillance", "held_on": date(2025, 6, 1)}] * held + [{"kind": "special", "held_on": date(2025, 1, 1)}]
    values = blank("certifications", kind="isms", valid_from=date(2024, 7, 1), valid_until=date(2027, 6, 30), surveillances=audits)
    assert privacy_mark.next_surveillance(values) == due
    assert privacy_mark.next_surveillance({**values, "kind": "privacy_mark"}) is None
    assert all(privacy_mark.next_surveillance({**values, name: None}) is None for name in ("valid_from", "valid_until"))


@pytest.mark.parametrize(("until", "due"), [(date(2025, 7, 1), None), (date(2025, 7, 2), date(2025, 7, 1))])
def test_no_surveillance_falls_on_the_end_of_a_certificate(until: date, due: date | None) -> None:
    assert privacy_mark.next_surveillance(blank("certifications", kind="isms", valid_from=date(2024, 7, 1), valid_until=until)) == due


def test_changes_that_the_certifier_does_not_know_yet_are_counted() -> None:
    told = [{"item": "representative", "changed_on": date(2025, 4, 1), "reported_on": date(2025, 4, 20)}, {"item": "address", "changed_on": date(2025, 6, 1)}]
    assert [privacy_mark.changes_to_report({"reportable_changes": rows}) for rows in (told, [told[0], *told], [])] == [1, 1, 0]


@pytest.mark.parametrize(("kind", "until", "passes"), [
    ("privacy_mark", date(2026, 9, 1), True), ("privacy_mark", date(2026, 9, 2), False), ("isms", date(2027, 9, 1), True), ("isms", date(2027, 9, 2), False),
    ("other", date(2034, 8, 31), True), ("other", date(2024, 9, 1), False), ("other", date(2024, 9, 2), True), ("isms", None, True),
])
def test_a_mark_is_valid_for_two_years_a_certificate_for_three(kind: str, until: date | None, passes: bool) -> None:
    values = blank("certifications", kind=kind, valid_from=date(2024, 9, 1), valid_until=until)
    assert (privacy_mark.term_fits(case("certifications", values)) is None) == passes
    assert privacy_mark.term_fits(case("certifications", values, loading=True)) is None
    assert privacy_mark.term_fits(case("certifications", {**values, "note": "x"}, values)) is None, "what stands is not judged again"
    assert privacy_mark.term_fits(case("certifications", {**values, "valid_from": None})) is None


@pytest.mark.parametrize(("applied", "reason", "passes"), [
    (date(2025, 12, 30), None, False), (date(2025, 12, 31), None, True), (date(2026, 4, 30), None, True), (date(2026, 5, 1), None, False),
    (date(2026, 5, 1), "審査機関と調整済み", True), (date(2026, 5, 1), " ", False), (None, None, True),
])
def test_a_renewal_is_applied_for_within_its_window(applied: date | None, reason: str | None, passes: bool) -> None:
    values = blank("certifications", kind="privacy_mark", valid_until=date(2026, 8, 31), renewal_applied_on=applied)
    assert (privacy_mark.applied_in_window(case("certifications", values, values, reason=reason)) is None) == passes
    for other in ({"kind": "isms"}, {"valid_until": None}):
        assert privacy_mark.applied_in_window(case("certifications", {**values, **other}, values, reason=reason)) is None, "the mark alone has a window"


def test_what_still_runs_has_not_expired() -> None:
    assert privacy_mark.expired_by_now(case("certifications", blank("certifications", valid_until=TODAY))) is not None
    assert privacy_mark.expired_by_now(case("certifications", blank("certifications", valid_until=calendar.add_days(TODAY, -1)))) is None
    assert privacy_mark.expired_by_now(case("certifications", blank("certifications"))) is None


def test_a_renewal_begins_a_new_term_of_its_own() -> None:
    values = blank("certifications", name="プライバシーマーク", kind="privacy_mark", registration_no="10000001(05)", valid_until=date(2026, 8, 31), id=4)
    [made] = privacy_mark.successor(case("certifications", values, values, move="renew"))
    assert isinstance(made, Create) and made.status == "valid"
    assert (made.values["valid_from"], made.values["valid_until"], made.values["registration_no"]) == (date(2026, 9, 1), date(2028, 8, 31), "10000001(05)")
    for other in ({"kind": "other"}, {"valid_until": None}):
        assert list(privacy_mark.successor(case("certifications", {**values, **other}, values, move="renew"))) == [], "of these no term is known"


# -------------------------------------------------------------------------------------------------------- submission


def test_the_submission_covers_what_the_application_asks_for() -> None:
    parts = [part.slug for part in export_set.get("privacy-mark").parts]
    assert parts == ["personal-data-assets", "risks", "training-sessions", "audits", "management-reviews"]


@pytest.mark.parametrize("part", export_set.get("privacy-mark").parts, ids=lambda part: part.slug)
def test_every_part_of_the_submission_asks_for_fields_and_words_that_there_are(part: export_set.Part) -> None:
    of = register.get(part.slug)
    for name, values in part.where.items():
        spec = of.status if name == "status" else of.field[name]
        assert all(spec.kind.read(value).value is not None for value in values), (name, values)
