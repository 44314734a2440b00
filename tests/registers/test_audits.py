"""Audits: who may audit what, who keeps which records, the steps of an audit, checklists and reviews (domain.md §7.1, §7.3, §1.2 rule 2)."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from grc import changes, people, query
from grc.case import Case, Guard, Person
from grc.changes.values import settle
from grc.office import Office
from grc.people import CLI
from grc.permissions import EDIT, VIEW, Actor, grants_of
from grc.query import Query
from grc.refusal import Forbidden, NotAllowedNow
from grc.register import get
from imports import run
from registers.rules import audits as rules
from registers.rules import corrective, independence, risk, training
from tests.facts import TODAY, Around, case

OFFICE, GENERAL, CENTRE = 1, 2, 3
UNITS = [{"id": OFFICE, "name": "監査室", "unit_id": None, "owner": None, "code": "U1"}, {"id": GENERAL, "name": "総務部", "unit_id": None, "owner": None,
                                                            "code": "U2"},
         {"id": CENTRE, "name": "個人番号センター", "unit_id": None, "owner": None, "code": "U3"}]
SYSTEM = {"id": 7, "code": "SYS-07", "unit_id": CENTRE, "owner": "鈴木 一郎"}
PEOPLE = [Person("sasaki", "佐々木 修", OFFICE, frozenset({"auditor"})), Person("fujita", "藤田 亮", GENERAL, frozenset({"privacy_manager"})),
          Person("suzuki", "鈴木 一郎", None, frozenset())]
SASAKI = {"name": "佐々木 修", "account": "sasaki", "role": "lead", "organisation": None}
AUDITOR, CHIEF = Actor("sasaki", frozenset({"auditor"}), unit_id=OFFICE), Actor("shimizu", frozenset({"audit_chief"}), unit_id=OFFICE)
KANJI, OFFICER = Actor("kato", frozenset({"kanji"})), Actor("tanaka", frozenset({"risk_officer"}), unit_id=GENERAL)


def settled(slug: str, **values: Any) -> dict[str, Any]:
    """A record with what is derived from these values."""
    register = get(slug)
    parts = {p.name: values.pop(p.name, []) for p in register.parts}
    return {**parts, **settle(register, {**{f.name: None for f in register.fields}, **values}, {}, parts), "id": 1, "code": "X-1"}


def around(**more: Any) -> Around:
    return Around({"units": UNITS, "systems": [SYSTEM]}, people=PEOPLE, **more)


def judged(guard: Guard, slug: str, values: dict[str, Any], *, by: Actor = AUDITOR, **more: Any) -> bool:
    """Whether a guard lets it pass."""
    return guard(case(slug, values, actor=by, around=more.pop("around", around()), **more)) is None


class TestIndependence:
    def team(self, *members: dict[str, Any], units: tuple[int, ...] = (CENTRE,), subjects: tuple[tuple[str, int], ...] = (), **more: Any) -> Case:
        values = settled("audits", kind="internal_privacy", team=list(members), units=[("units", u) for u in units], subjects=list(subjects))
        return case("audits", values, more.pop("before", None), around=more.pop("around", around()), **more)

    @pytest.mark.parametrize(("account", "units", "word"), [
        ("sasaki", (CENTRE,), None), ("fujita", (GENERAL,), "総務部"), ("fujita", (CENTRE, GENERAL), "総務部"), ("fujita", (CENTRE,), None),
        ("sasaki", (OFFICE,), "監査室"), ("fujita", (OFFICE,), None)])
    def test_nobody_audits_their_own_unit_and_the_audit_office_is_audited_from_outside(self, account: str, units: tuple[int, ...], word: str | None) -> None:
        said = independence.independent(self.team({"name": account, "account": account}, units=units))
        assert (said is None) if word is None else (said is not None and word in said.ja)

    def test_an_auditor_without_a_unit_is_of_the_audit_office_by_role(self) -> None:
        free = Around({"units": UNITS}, people=[Person("x", "x", None, frozenset({"auditor"}))])
        assert independence.independent(self.team({"name": "x"}, units=(OFFICE,), around=free)) is not None
        renamed = Around({"units": UNITS}, people=[Person("x", "x", None, frozenset({"auditor"}))], settings={independence.OFFICE: "総務部"})
        assert independence.independent(self.team({"name": "x"}, units=(OFFICE,), around=renamed)) is None

    @pytest.mark.parametrize(("account", "worked", "fine"), [
        ("suzuki", {}, False), ("sasaki", {}, True), ("sasaki", {("sasaki", "SYS-07"): datetime(2024, 11, 26, tzinfo=UTC)}, False),
        ("sasaki", {("sasaki", "SYS-07"): datetime(2024, 11, 23, tzinfo=UTC)}, True)])
    def test_nobody_audits_what_they_kept_or_changed_or_approved_within_a_year(self, account: str, worked: dict[tuple[str, str], datetime], fine: bool) -> None:
        said = independence.independent(self.team({"name": account, "account": account}, units=(), subjects=(("systems", 7),), around=around(worked=worked)))
        assert (said is None) is fine

    def test_the_months_are_a_setting(self) -> None:
        worked = {("sasaki", "SYS-07"): datetime(2025, 1, 10, tzinfo=UTC)}
        for months, fine in ((12, False), (6, True)):
            look = around(worked=worked, settings={independence.MONTHS: months})
            assert (independence.independent(self.team(SASAKI, units=(), subjects=(("systems", 7),), around=look)) is None) is fine

    def test_the_unit_that_keeps_what_is_audited_counts_as_audited(self) -> None:
        keeper = Around({"units": UNITS, "systems": [{**SYSTEM, "unit_id": GENERAL}]}, people=PEOPLE)
        assert independence.independent(self.team({"name": "fujita"}, units=(), subjects=(("systems", 7),), around=keeper)) is not None

    @pytest.mark.parametrize("move", ["notify", "begin", "hold", "report", "report_kanji"])
    def test_it_is_judged_at_every_step_and_whenever_team_or_units_change(self, move: str) -> None:
        told = self.team({"name": "fujita"}, units=(GENERAL,))
        before = {**told.values, "status": "planned"}
        assert independence.independent(case("audits", told.values, before, around=around(), move=move)) is not None
        assert independence.independent(case("audits", told.values, before, around=around(), move="postpone")) is None
        assert independence.independent(case("audits", {**told.values, "note": "x"}, before, around=around())) is None
        assert independence.independent(case("audits", told.values, {**before, "units": []}, around=around())) is not None

    def test_a_ledger_tells_of_the_past_and_is_not_judged(self) -> None:
        assert independence.independent(self.team({"name": "fujita"}, units=(GENERAL,), loading=True)) is None
        checked = {"independence_checked_on": TODAY}
        assert [settled("audits", **v)["independence"] for v in ({}, checked, {**checked, "independence_exception": "兼務"})] == ["unchecked", "checked", "exception"]

    @pytest.mark.parametrize(("team", "kind", "fine"), [
        ([SASAKI], "internal_privacy", True), ([{**SASAKI, "role": "member"}], "internal_privacy", False),
        ([SASAKI, {**SASAKI, "name": "fujita", "account": None}], "internal", False),
        ([{"name": "知らない人", "account": None, "role": "lead", "organisation": None}], "internal_privacy", False),
        ([{"name": "知らない人", "account": None, "role": "lead", "organisation": "監査法人"}], "internal_privacy", True), ([], "isms_external", True)])
    def test_an_internal_audit_has_one_lead_and_auditors_whom_we_know(self, team: list[dict[str, Any]], kind: str, fine: bool) -> None:
        assert judged(independence.known, "audits", settled("audits", kind=kind, team=team)) is fine

    @pytest.mark.parametrize(("status", "fine"), [("planned", True), ("postponed", True), ("notified", False), ("fieldwork", False)])
    def test_the_team_stands_once_the_chief_has_assigned_it(self, status: str, fine: bool) -> None:
        before = {**settled("audits", kind="internal_privacy", team=[SASAKI]), "status": status}
        assert judged(independence.assigned, "audits", {**before, "team": []}, before=before) is fine
        notify = get("audits").workflow.transition("notify")
        assert notify is not None and notify.roles == ("audit_chief",) and notify.approves


class TestKeepers:
    @pytest.mark.parametrize(("kind", "by", "fine"), [
        ("kanji_monthly", KANJI, True), ("kanji_monthly", CHIEF, False), ("kanji_settlement", AUDITOR, False), ("internal_privacy", AUDITOR, True),
        ("internal_privacy", KANJI, False), ("internal_privacy", OFFICER, False), ("isms_external", CHIEF, True), ("kanji_monthly", CLI, True),
        ("internal", CLI, True)])
    def test_the_kanjis_audits_are_the_kanjis_and_all_others_the_audit_offices(self, kind: str, by: Actor, fine: bool) -> None:
        assert judged(independence.keeper, "audits", settled("audits", kind=kind), by=by) is fine

    def test_an_audit_of_the_kanji_is_not_taken_over_by_calling_it_another(self) -> None:
        assert not judged(independence.keeper, "audits", settled("audits", kind="internal"), before=settled("audits", kind="kanji"), by=AUDITOR)

        assert not judged(independence.programme_keeper, "audit-programmes", settled("audit-programmes", kind="internal"), before={"kind": "kanji"}, by=AUDITOR)

    @pytest.mark.parametrize(("kind", "by", "fine"), [("kanji", KANJI, True), ("kanji", AUDITOR, False), ("internal", AUDITOR, True), ("internal", KANJI, False)])
    def test_the_same_holds_of_programmes_and_checklists(self, kind: str, by: Actor, fine: bool) -> None:
        assert judged(independence.programme_keeper, "audit-programmes", settled("audit-programmes", kind=kind), by=by) is fine
        assert judged(independence.programme_keeper, "audit-programmes", settled("audit-programmes", kind=kind), before={"kind": kind}, by=by) is fine
        look = Around({"audits": [{"id": 4, "kind": kind}]})
        assert judged(independence.checklist_keeper, "checklist-items", settled("checklist-items", audit_id=4), by=by, around=look) is fine

    @pytest.mark.parametrize("slug", ["audits", "audit-programmes", "checklist-items"])
    def test_the_risk_officer_reads_working_papers_and_no_more(self, slug: str) -> None:
        assert (grants_of(get(slug))["risk_officer"], grants_of(get(slug))["auditor"]) == (VIEW, EDIT)

    def test_through_the_door_as_well(self, sqlite_office: Office) -> None:
        for by, kind in ((OFFICER, "internal"), (AUDITOR, "kanji_monthly"), (KANJI, "internal_privacy")):
            with pytest.raises(Forbidden):
                changes.create(sqlite_office.db, replace(by, unit_id=None), "audits", {"name": "監査", "kind": kind})
        saved = changes.create(sqlite_office.db, KANJI, "audits", {
            "name": "例月監査", "kind": "kanji_monthly", "criteria": "監事監査規程", "scope": "会計", "planned_from": TODAY, "planned_to": TODAY, "opinion": "proper"})
        for move in ("begin", "report_kanji"):
            saved = changes.transition(sqlite_office.db, KANJI, "audits", saved.code, move, saved.version)
        with sqlite_office.db.read() as conn:
            item = query.one(conn, OFFICER, get("audits"), saved.code)
        assert (item.status, item.values["independence"]) == ("reported", "checked")


class TestSteps:
    @pytest.mark.parametrize(("kind", "status", "fine"), [("internal_privacy", "planned", False), ("internal_privacy", "notified", True),
                                                          ("kanji_monthly", "planned", True)])
    def test_an_internal_audit_is_notified_first(self, kind: str, status: str, fine: bool) -> None:
        assert judged(rules.notified_first, "audits", settled("audits", kind=kind), before={"status": status}) is fine

    def test_the_audited_unit_has_seven_days_for_the_facts_and_the_report_waits(self) -> None:
        asked = settled("audits", **rules.facts_asked(case("audits", {})))
        assert asked["fact_check_due_on"] == asked["next_due_on"] == date(2025, 12, 2)
        assert not judged(rules.facts_checked, "audits", asked, today=date(2025, 12, 2))
        assert judged(rules.facts_checked, "audits", asked, today=date(2025, 12, 3))
        answered = {**asked, **rules.facts_answered(case("audits", {}, reason="誤りなし"))}
        assert judged(rules.facts_checked, "audits", answered)

    @pytest.mark.parametrize(("unit", "fine"), [(CENTRE, True), (GENERAL, False)])
    def test_the_head_of_an_audited_unit_answers(self, unit: int, fine: bool) -> None:
        assert judged(rules.audited, "audits", settled("audits", units=[("units", CENTRE)]), by=Actor("h", frozenset({"unit_head"}), unit_id=unit)) is fine

    @pytest.mark.parametrize(("kind", "fine"), [("isms_external", True), ("nisc_management", True), ("internal_privacy", False), ("kanji", False)])
    def test_only_reports_from_outside_are_received(self, kind: str, fine: bool) -> None:
        assert judged(rules.from_outside, "audits", settled("audits", kind=kind)) is fine

    @pytest.mark.parametrize(("kind", "submitted", "fine"), [("nisc_management", None, False), ("nisc_penetration", TODAY, True), ("isms_external", None, True)])
    def test_after_an_audit_of_nisc_the_improvement_plan_comes_first(self, kind: str, submitted: date | None, fine: bool) -> None:
        assert judged(rules.improvement_first, "audits", settled("audits", kind=kind, improvement_submitted_on=submitted)) is fine

    @pytest.mark.parametrize(("status", "fine"), [("acknowledged", False), ("closed", True), ("withdrawn", True)])
    def test_an_audit_closes_when_its_findings_have(self, status: str, fine: bool) -> None:
        look = Around({"findings": [{"id": 1, "code": "F1", "audit_id": 1, "status": status}]})
        assert judged(rules.findings_ended, "audits", settled("audits"), around=look) is fine

    @pytest.mark.parametrize(("values", "due"), [
        ({}, date(2025, 5, 1)), ({"began_on": TODAY}, date(2025, 5, 9)), ({"fact_check_due_on": date(2025, 6, 1)}, date(2025, 6, 1)),
        ({"fact_check_due_on": date(2025, 6, 1), "facts_answered_on": TODAY}, None),
        ({"reported_on": TODAY, "improvement_due_on": date(2025, 7, 1)}, date(2025, 7, 1)),
        ({"reported_on": TODAY, "improvement_due_on": date(2025, 7, 1), "improvement_submitted_on": TODAY}, date(2025, 8, 1)),
        ({"reported_on": TODAY, "followed_up_on": TODAY}, None)])
    def test_the_next_date_is_the_one_that_comes_next(self, values: dict[str, Any], due: date | None) -> None:
        dates = {"planned_from": date(2025, 5, 1), "planned_to": date(2025, 5, 9), "follow_up_due_on": date(2025, 8, 1)}
        assert settled("audits", **dates, **values)["next_due_on"] == due

    @pytest.mark.parametrize(("values", "year"), [
        ({"planned_from": date(2026, 3, 31), "years": "FY2024"}, 2025), ({"month": "2026-04"}, 2026), ({"years": "FY2025"}, 2025),
        ({"years": "FY2024;FY2025;FY2026"}, None), ({}, None)])
    def test_an_audit_is_of_the_year_in_which_it_begins_or_that_the_catalogue_names(self, values: dict[str, Any], year: int | None) -> None:
        assert settled("audits", **values)["fiscal_year"] == year

    def test_days_and_years_stand_in_order(self) -> None:
        assert not judged(rules.in_order, "audits", settled("audits", planned_from=TODAY, planned_to=date(2025, 11, 24)))
        assert not judged(rules.years_in_order, "audit-programmes", settled("audit-programmes", year_from=2026, year_to=2024))
        for last in (2024, 2026):
            assert judged(rules.years_in_order, "audit-programmes", settled("audit-programmes", year_from=2024, year_to=last))
        assert judged(rules.in_order, "audits", settled("audits", planned_from=TODAY, planned_to=TODAY))
        backwards = settled("audits", planned_from=TODAY, planned_to=date(2025, 11, 24))
        assert judged(rules.in_order, "audits", backwards, loading=True), "a ledger is taken in as it is"

    @pytest.mark.parametrize(("move", "name"), [("notify", "kind"), ("begin", "kind"), ("receive", "kind"), ("begin", "criteria"), ("begin", "scope"),
                                                ("begin", "planned_from"), ("begin", "planned_to"), ("notify", "units"), ("notify", "team")])
    def test_no_audit_leaves_its_plan_without_what_it_is(self, move: str, name: str) -> None:
        wanted = get("audits").workflow.transition(move)
        assert wanted is not None and name in wanted.needs

    def test_a_programme_is_approved_by_who_does_it_unless_the_paper_says_another(self) -> None:
        for given, by in ((None, "shimizu"), ("理事長", "理事長")):
            assert rules.adopted(case("audit-programmes", settled("audit-programmes", approved_by=given), actor=CHIEF))["approved_by"] == by


class TestCatalogue:
    def test_every_audit_of_the_catalogue_comes_in_and_is_named_by_its_kind(self, sqlite_office: Office, shared_data: Path) -> None:
        file = shared_data / "audits.csv"
        seen = run.load(sqlite_office, CLI, run.preview(sqlite_office, CLI, "audits", file.read_bytes(), file.name))
        assert (seen.counts["created"], seen.problems) == (23, [])
        with sqlite_office.db.read() as conn:
            items = {i.values["number"]: i for i in query.records(conn, CLI, get("audits"), Query())}
        assert [items[f"AU-{n:02d}"].values["kind"] for n in range(1, 24)] == [
            "internal_privacy", "internal_security", "internal_compliance", "internal_crisis", "internal_operations", "isms_external", "external", "pmark",
            "nisc_management", "nisc_penetration", "kanji_settlement", "kanji_monthly", "kanji_operations", "self_assessment", "release_check", "technical_test",
            "asp", "asp_review", "document_review", "municipal", "municipal", "contract_review", "document_review"]
        assert not any(i.printed for i in items.values())
        assert (items["AU-12"].values["cadence"], items["AU-17"].values["years"]) == ("monthly", "FY2024;FY2025;FY2026")

    def test_a_kind_that_is_already_particular_stays(self) -> None:
        assert settled("audits", name="プライバシーマーク更新審査", kind="external")["kind"] == "external"
        assert settled("audits", name="監事監査 例月監査", kind="internal")["kind"] == "internal"
        assert settled("audits", name="監事監査 例月監査", kind="kanji")["kind"] == "kanji_monthly"


class TestChecklists:
    @pytest.mark.parametrize(("clause", "chapter"), [("A.5.18", "A.5"), ("9.2", "9"), ("10.2", "10"), ("J.8.4.1", "J.8"), ("付則", None), (None, None)])
    def test_a_clause_lies_in_a_chapter(self, clause: str | None, chapter: str | None) -> None:
        assert settled("checklist-items", question="…", clause=clause)["chapter"] == chapter

    @pytest.mark.parametrize(("result", "conforms"), [("conform", True), ("partial", False), ("nonconform", False), ("na", None), ("not_checked", None), (None, None)])
    def test_what_does_not_apply_or_was_not_checked_leaves_the_denominator(self, result: str | None, conforms: bool | None) -> None:
        assert settled("checklist-items", result=result)["conformity"] is conforms

    @pytest.mark.parametrize(("mark", "result"), [("○", "conform"), ("△", "partial"), ("×", "nonconform"), ("－", "na"), ("✓", "conform"), ("否", "nonconform"),
                                                  ("対象外", "na")])
    def test_the_marks_of_ledgers_are_read(self, mark: str, result: str) -> None:
        assert get("checklist-items").field["result"].kind.read(mark).value == result

    def test_a_checklist_comes_in_whole_with_what_stands_above_it(self, sqlite_office: Office, shared_data: Path) -> None:
        file = shared_data / "ledgers_synthetic/dev/naibu_kansa_A.xlsx"
        seen = run.load(sqlite_office, CLI, run.preview(sqlite_office, CLI, "checklist-items", file.read_bytes(), file.name))
        assert seen.counts == {"created": 8, "updated": 0, "unchanged": 0, "rejected": 0}
        with sqlite_office.db.read() as conn:
            items = list(query.records(conn, CLI, get("checklist-items"), Query(sort="code")))
        assert [i.values["result"] for i in items] == ["conform", "partial", "nonconform", "conform", "nonconform", "conform", "na", "partial"]
        assert [i.values["classification"] for i in items] == [None, "observation", "minor", None, "major", None, None, "opportunity"]
        assert {(i.values["audited_unit_id"].name, i.values["audited_on"], i.values["auditors"]) for i in items} == {("総務部", date(2025, 11, 18),
                                                            "監査員Ａ、監査員Ｂ")}
        assert (items[2].values["clause"], items[2].values["evidence_seen"], items[2].values["comment"]) == ("A.5.18", "棚卸記録", "直近記録が確認できない")

    def test_a_band_names_the_standard(self) -> None:
        assert rules.above_checklist(("【附属書Ａ】",)) == {"framework": "附属書Ａ"}

    @pytest.mark.parametrize(("values", "fine"), [
        ({"result": "nonconform"}, True), ({"result": "partial"}, True), ({"result": "conform"}, False),
        ({"result": "conform", "classification": "opportunity"}, True)])
    def test_what_does_not_conform_can_be_raised(self, values: dict[str, Any], fine: bool) -> None:
        assert judged(rules.raisable, "checklist-items", settled("checklist-items", **values)) is fine

    @pytest.mark.parametrize(("kind", "result", "classification", "made"), [
        ("internal_privacy", "nonconform", None, ("internal_audit", "minor")), ("internal_privacy", "partial", None, ("internal_audit", "observation")),
        ("pmark", "nonconform", "major", ("pmark", "major")), ("kanji_operations", "nonconform", "kanji_finding", ("kanji", "kanji_finding")),
        ("release_check", "nonconform", None, ("self_check", "minor"))])
    def test_a_finding_takes_its_source_and_class_from_the_audit_and_the_item(self, kind: str, result: str, classification: str | None, made: tuple[str, str]) -> None:
        look = Around({"audits": [{"id": 4, "kind": kind}]})
        values = settled("checklist-items", question="復元試験を行っているか", clause="A.8.13", comment="2年間未実施", audit_id=4, audited_unit_id=CENTRE,
                         result=result,
                         classification=classification)
        found = next(iter(rules.raises(case("checklist-items", values, around=look)))).values
        assert (found["source"], found["classification"]) == made
        assert (found["name"], found["requirement"], found["unit_id"], found["audit_id"]) == ("2年間未実施", "A.8.13 復元試験を行っているか", CENTRE, 4)

    def test_through_the_door_an_item_is_raised_once(self, sqlite_office: Office) -> None:
        db, by = sqlite_office.db, replace(AUDITOR, unit_id=None)
        saved = changes.create(db, by, "checklist-items", {"question": "復元試験", "result": "nonconform", "comment": "未実施"})
        for move in ("check", "raise"):
            saved = changes.transition(db, by, "checklist-items", saved.code, move, saved.version)
        with db.read() as conn:
            findings = list(query.records(conn, CLI, get("findings"), Query()))
        assert [(f.status, f.values["name"], f.values["checklist_item_id"].code) for f in findings] == [("draft", "未実施", saved.code)]
        look = Around({"findings": [{"id": 1, "checklist_item_id": 1}]})
        assert not judged(rules.raisable, "checklist-items", settled("checklist-items", result="nonconform"), around=look)


class TestReviews:
    def test_the_next_review_is_within_a_year_and_outputs_come_first(self) -> None:
        written = rules.held_review(case("management-reviews", settled("management-reviews", held_on=date(2025, 2, 28))))
        assert written == {"held_on": date(2025, 2, 28), "next_on": date(2026, 2, 28)}
        open_output = [{"output": "…", "due_on": date(2025, 6, 30), "done_on": None}]
        assert settled("management-reviews", **written, outputs=open_output)["next_due_on"] == date(2025, 6, 30)
        assert settled("management-reviews", **written, outputs=[{**open_output[0], "done_on": TODAY}])["next_due_on"] == date(2026, 2, 28)
        assert settled("management-reviews", planned_on=TODAY)["next_due_on"] == TODAY

    def test_a_review_has_outputs_and_closes_when_they_are_done(self) -> None:
        assert not judged(rules.with_outputs, "management-reviews", settled("management-reviews"))
        assert not judged(rules.outputs_done, "management-reviews", settled("management-reviews", outputs=[{"done_on": None}]))
        assert judged(rules.outputs_done, "management-reviews", settled("management-reviews", outputs=[{"done_on": TODAY}]))

    def test_it_is_approved_by_top_management(self, sqlite_office: Office) -> None:
        keeper, cro = Actor("fujita", frozenset({"privacy_manager"})), Actor("okada", frozenset({"cro"}))
        saved = changes.create(sqlite_office.db, keeper, "management-reviews", {
            "name": "レビュー", "system": "pms", "attendees": "理事長", "audit_results": "…", "risks_state": "…", "conclusion": "有効",
            "outputs": [{"output": "見直す"}]})
        saved = changes.transition(sqlite_office.db, keeper, "management-reviews", saved.code, "hold", 1)
        with pytest.raises(Forbidden):
            changes.transition(sqlite_office.db, keeper, "management-reviews", saved.code, "approve", saved.version)
        saved = changes.transition(sqlite_office.db, cro, "management-reviews", saved.code, "approve", saved.version)
        with pytest.raises(NotAllowedNow, match="not done"):
            changes.transition(sqlite_office.db, keeper, "management-reviews", saved.code, "close", saved.version)


def test_through_the_door_nobody_is_put_on_an_audit_of_their_own_unit(sqlite_office: Office) -> None:
    db = sqlite_office.db
    unit = changes.create(db, CLI, "units", {"name": "個人番号センター"}).id
    people.add(db, CLI, "mori", "a-long-enough-password", ("auditor",), display="森 直人", unit="個人番号センター")
    chief, auditor = replace(CHIEF, unit_id=None), replace(AUDITOR, unit_id=None)
    values = {"name": "内部監査", "kind": "internal_privacy", "criteria": "規程", "scope": "運用", "planned_from": TODAY, "planned_to": TODAY,
              "team": [{"name": "森 直人", "role": "lead"}]}
    with pytest.raises(NotAllowedNow, match="belongs to the audited unit"):
        changes.create(db, auditor, "audits", {**values, "units": [("units", unit)]})
    other = changes.create(db, CLI, "units", {"name": "総務部"}).id
    saved = changes.create(db, auditor, "audits", {**values, "units": [("units", other)]})
    with pytest.raises(Forbidden):
        changes.transition(db, auditor, "audits", saved.code, "notify", saved.version)
    changes.transition(db, chief, "audits", saved.code, "notify", saved.version)


@pytest.mark.parametrize(("slug", "move", "guards"), [
    ("audits", None, {rules.in_order, independence.assigned, independence.independent}), ("audits", "notify", {independence.known}),
    ("audits", "begin", {rules.notified_first}), ("audits", "report", {independence.known, rules.facts_checked}), ("audits", "answer_facts", {rules.audited}),
    ("audits", "receive", {rules.from_outside}), ("audits", "follow_up", {rules.improvement_first}),
    ("audits", "close", {rules.improvement_first, rules.findings_ended}),
    ("audit-programmes", None, {rules.years_in_order}), ("checklist-items", "raise", {rules.raisable}),
    ("management-reviews", "hold", {rules.with_outputs}), ("management-reviews", "close", {rules.outputs_done}),
    ("risks", None, {risk.on_the_scale, risk.frozen, risk.reviewed_in_time}), ("risks", "assess", {risk.described}), ("risks", "plan", {risk.planned}),
    ("risks", "propose", {risk.treated}), ("risks", "accept", {risk.authority}), ("training-sessions", "complete", {training.whole, training.excuses}),
    ("findings", None, {corrective.audits_own}), ("findings", "issue", {corrective.issuer}), ("findings", "acknowledge", {corrective.inside}),
    ("findings", "decide_act", {corrective.inside, corrective.short_path}),
    ("findings", "decide_none", {corrective.inside, corrective.short_path}), ("findings", "close", {corrective.closer, corrective.settled, corrective.evidenced}),
    ("corrective-actions", None, {corrective.told_by_acts, corrective.due_kept, corrective.finding_kept}),
    ("corrective-actions", "approve_plan", {corrective.outside}), ("corrective-actions", "verify", {corrective.verifier}),
    ("corrective-actions", "confirm_effect", {corrective.bystander, corrective.waited}), ("corrective-actions", "deny_effect", {corrective.bystander}),
    ("corrective-actions", "extend", {corrective.outside, corrective.extendable})])
def test_registers_and_moves_ask_for_their_rules(slug: str, move: str | None, guards: set[Guard]) -> None:
    register = get(slug)
    wanted = register.workflow.transition(move) if move else None
    assert guards <= set(wanted.guards if wanted else register.guards)


@pytest.mark.parametrize(("slug", "move"), [("audits", "notify"), ("audits", "report"), ("audit-programmes", "approve"), ("management-reviews", "approve"),
                                            ("risks", "accept"), ("corrective-actions", "approve_plan"), ("corrective-actions", "verify"),
                                            ("corrective-actions", "confirm_effect")])
def test_what_is_approved_takes_four_eyes(slug: str, move: str) -> None:
    wanted = get(slug).workflow.transition(move)
    assert wanted is not None and wanted.approves


@pytest.mark.parametrize("slug", ["risks", "training-courses", "training-sessions", "findings", "corrective-actions", "audit-programmes", "audits", "checklist-items",
                                  "management-reviews"])
def test_every_register_is_declared_without_fault_and_has_a_chart(slug: str) -> None:
    assert get(slug).check() == [] and get(slug).charts
