"""Risks and training: scores, levels, who may accept, what an incident reopens, when a session is complete (domain.md §3.2, §3.4)."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from grc import changes, query
from grc.case import Values
from grc.changes.values import settle
from grc.office import Office
from grc.people import CLI
from grc.permissions import Actor, Deputy
from grc.query import Query
from grc.refusal import Forbidden, NotAllowedNow
from grc.register import get
from imports import run
from registers.rules import risk, spans, training
from registers.rules.rates import percentage
from tests.facts import TODAY, Around, case

OFFICER = Actor("tanaka", frozenset({"risk_officer"}), "田中 恵子")


def settled(slug: str, **values: Any) -> dict[str, Any]:
    """A record with what is derived from these values."""
    register = get(slug)
    parts = {p.name: values.pop(p.name, []) for p in register.parts}
    return {**parts, **settle(register, {**{f.name: None for f in register.fields}, **values}, {}, parts), "id": 1, "code": "X-1"}


class TestScores:
    @pytest.mark.parametrize(("scale", "likelihood", "impact", "level"), [
        (None, 1, 4, "low"), ("5x5", 1, 5, "medium"), ("5x5", 3, 4, "medium"), ("5x5", 3, 5, "high"), ("5x5", 4, 4, "high"),
        ("3x3", 1, 2, "low"), ("3x3", 1, 3, "medium"), ("3x3", 2, 2, "medium"), ("3x3", 2, 3, "high")])
    def test_a_score_is_the_product_and_its_level_is_that_of_the_scale(self, scale: str | None, likelihood: int, impact: int, level: str) -> None:
        found = settled("risks", scale=scale, likelihood=likelihood, impact=impact)
        assert (found["inherent_score"], found["inherent_level"], found["residual_score"]) == (likelihood * impact, level, None)

    def test_a_mark_beyond_the_scale_is_refused_unless_a_ledger_tells_it(self) -> None:
        values = settled("risks", scale="3x3", likelihood=4, impact=2)
        assert "1 to 3" in risk.on_the_scale(case("risks", values)).en  # type: ignore[union-attr]
        assert risk.on_the_scale(case("risks", values, loading=True)) is None
        assert risk.on_the_scale(case("risks", settled("risks", scale="5x5", likelihood=4, impact=2))) is None

    @pytest.mark.parametrize(("scale", "mark", "fine"), [("3x3", 3, True), ("3x3", 4, False), ("5x5", 5, True), ("5x5", 6, False), (None, 5, True),
                                                         (None, 6, False), ("3x3", 1, True), ("3x3", 0, False), ("3x3", None, True)])
    @pytest.mark.parametrize("name", ["likelihood", "impact", "res_likelihood", "res_impact"])
    def test_each_mark_lies_on_its_scale(self, name: str, scale: str | None, mark: int | None, fine: bool) -> None:
        assert (risk.on_the_scale(case("risks", {**settled("risks", scale=scale), name: mark})) is None) is fine

    @pytest.mark.parametrize("values", [{"likelihood": 3}, {"impact": 3}, {}])
    def test_without_both_marks_there_is_no_score_and_no_level(self, values: dict[str, int]) -> None:
        found = settled("risks", **values)
        assert (found["inherent_score"], found["inherent_level"]) == (None, None)

    def test_the_next_action_is_the_soonest_that_is_not_done(self) -> None:
        rows = [{"due_on": date(2025, 9, 1), "done_on": date(2025, 8, 1)}, {"due_on": date(2025, 12, 1), "done_on": None}, {"due_on": None, "done_on": None}]
        assert settled("risks", actions=rows)["next_action_on"] == date(2025, 12, 1)


class TestTreatment:
    @pytest.mark.parametrize(("values", "word"), [
        ({"area": "privacy"}, "phase"), ({"area": "isms"}, "confidentiality"), ({"area": "compliance"}, "class"),
        ({"area": "privacy", "lifecycle": "keep"}, None), ({"area": "isms", "affects_a": True}, None), ({"area": "crisis"}, None)])
    def test_an_area_asks_for_what_it_needs_before_a_risk_is_assessed(self, values: dict[str, Any], word: str | None) -> None:
        said = risk.described(case("risks", settled("risks", **values)))
        assert (said is None) if word is None else (said is not None and word in said.en)

    @pytest.mark.parametrize(("treatment", "actions", "fine"), [
        ("reduce", [], False), ("reduce", [{"action": "…", "due_on": None, "assignee": "鈴木"}], False),
        ("avoid", [{"action": "…", "due_on": TODAY, "assignee": None}], False), ("transfer", [{"action": "…", "due_on": TODAY, "assignee": "鈴木"}], True),
        ("accept", [{"action": "…", "due_on": TODAY, "assignee": "鈴木"}], False)])
    def test_treatment_begins_with_actions_that_somebody_does_by_some_day(self, treatment: str, actions: list[Values], fine: bool) -> None:
        assert (risk.planned(case("risks", settled("risks", treatment=treatment, actions=actions))) is None) is fine

    @pytest.mark.parametrize(("was", "treatment", "done", "fine"), [
        ("treating", "reduce", None, False), ("treating", "reduce", TODAY, True), ("assessed", "reduce", TODAY, False), ("assessed", "accept", TODAY, True)])
    def test_what_remains_is_put_up_when_every_action_is_done(self, was: str, treatment: str, done: date | None, fine: bool) -> None:
        values = settled("risks", treatment=treatment, actions=[{"action": "…", "due_on": TODAY, "done_on": done}])
        assert (risk.treated(case("risks", values, {**values, "status": was})) is None) is fine

    @pytest.mark.parametrize(("level", "reported", "fine"), [("high", None, False), ("high", TODAY, True), ("medium", None, True), (None, None, True)])
    def test_a_high_risk_that_was_accepted_is_reported_to_the_committee(self, level: str | None, reported: date | None, fine: bool) -> None:
        assert (risk.high_one_reported(case("risks", {"residual_level": level, "committee_on": reported})) is None) is fine

    @pytest.mark.parametrize(("level", "role", "fine"), [
        (None, "ciso", False), (None, "cro", True), ("low", "unit_user", False),
        ("low", "unit_head", True), ("low", "cro", True), ("medium", "unit_head", False), ("medium", "privacy_manager", True), ("medium", "ciso", True),
        ("high", "ciso", False), ("high", "cro", True)])
    def test_acceptance_goes_up_with_what_remains(self, level: str, role: str, fine: bool) -> None:
        said = risk.authority(case("risks", {"residual_level": level}, actor=Actor("x", frozenset({role}))))
        assert (said is None) is fine
        deputy = Actor("x", frozenset({"risk_officer"}), deputy=(Deputy(role, "y"),))
        assert (risk.authority(case("risks", {"residual_level": level}, actor=deputy)) is None) is fine

    def test_acceptance_writes_who_and_when_and_is_looked_at_within_a_year(self) -> None:
        written = risk.accepted(case("risks", {}, actor=OFFICER))
        assert written == {"accepted_by": "田中 恵子", "accepted_on": TODAY, "last_reviewed_on": TODAY, "review_due_on": date(2026, 11, 25)}
        late = settled("risks", last_reviewed_on=TODAY, review_due_on=date(2026, 11, 26))
        assert risk.reviewed_in_time(case("risks", late)) is not None
        assert risk.reviewed_in_time(case("risks", late, around=Around(settings={risk.REVIEW_MONTHS: 13}))) is None
        assert risk.reviewed_in_time(case("risks", {**late, "review_due_on": date(2026, 11, 25)})) is None
        assert risk.reviewed_in_time(case("risks", late, loading=True)) is None
        assert all(risk.reviewed_in_time(case("risks", {**late, name: None})) is None for name in ("last_reviewed_on", "review_due_on"))

    def test_what_was_accepted_is_frozen_and_acceptance_is_never_typed(self) -> None:
        values = settled("risks", likelihood=3, impact=3)
        before = {**values, "status": "accepted"}
        assert risk.frozen(case("risks", {**values, "impact": 2}, before)) is not None
        assert risk.frozen(case("risks", {**values, "impact": 2}, {**values, "status": "treating"})) is None
        assert risk.frozen(case("risks", {**values, "name": "別の名"}, before)) is None
        assert risk.frozen(case("risks", {**values, "accepted_by": "田中"})) is not None
        assert risk.frozen(case("risks", {**values, "accepted_by": "田中"}, loading=True)) is None
        assert risk.frozen(case("risks", {**values, "accepted_on": TODAY}, {**before, "accepted_on": TODAY})) is None, "what stands may stand"
        assert risk.frozen(case("risks", {**values, "impact": 2}, before, move="reopen")) is None

    @pytest.mark.parametrize("name", ["likelihood", "impact", "res_likelihood", "res_impact", "scale", "treatment"])
    @pytest.mark.parametrize("status", ["accepted", "monitored", "closed"])
    def test_each_mark_is_frozen_in_each_settled_state(self, status: str, name: str) -> None:
        before = {**settled("risks"), "status": status}
        assert risk.frozen(case("risks", {**before, name: 2}, before)) is not None


class TestReopening:
    SYSTEM, ASSET = ("systems", 7), ("information-assets", 3)
    AROUND = Around({"risks": [{"id": n, "code": f"SHR-RSK-{n}", "status": status, "subjects": [subject]} for n, (status, subject) in enumerate([
        ("accepted", SYSTEM), ("monitored", ASSET), ("closed", SYSTEM), ("treating", SYSTEM), ("accepted", ("systems", 8))], 1)]})

    def incident(self, before: list[Any] | None, move: str | None = None) -> list[int]:
        values = {"code": "CRI-INC-000001", "systems": [self.SYSTEM], "assets": [self.ASSET]}
        was = None if before is None else {**values, "systems": before, "assets": before}
        found = list(risk.reopen_risks(case("incidents", values, was, around=self.AROUND, move=move)))
        assert all((c.slug, c.status, c.values["accepted_on"]) == ("risks", "reopened", None) and "CRI-INC-000001" in c.why.ja for c in found)
        return sorted(c.id for c in found)

    def test_a_risk_that_is_reopened_is_accepted_by_nobody(self) -> None:
        assert risk.reopened(case("risks", {})) == {"accepted_by": None, "accepted_on": None, "review_due_on": None}

    def test_a_new_incident_reopens_the_settled_risks_of_what_it_touches(self) -> None:
        assert self.incident(None) == [1, 2, 3]

    def test_a_change_reopens_only_for_what_was_newly_linked_a_move_for_all(self) -> None:
        assert self.incident([self.SYSTEM]) == [2]
        assert self.incident([self.SYSTEM, self.ASSET]) == []
        assert self.incident([self.SYSTEM, self.ASSET], move="triage") == [1, 2, 3]


def test_through_the_door_a_risk_is_assessed_treated_and_accepted_by_whom_it_takes(sqlite_office: Office) -> None:
    db = sqlite_office.db
    unit = changes.create(db, CLI, "units", {"name": "個人番号センター"}).id
    user, head = Actor("suzuki", frozenset({"unit_user"}), unit_id=unit), Actor("aoki", frozenset({"unit_head"}), unit_id=unit)
    cro = Actor("okada", frozenset({"cro"}))
    saved = changes.create(db, user, "risks", {"name": "誤封入", "area": "crisis", "likelihood": 4, "impact": 5, "treatment": "reduce", "res_likelihood": 3,
                                               "res_impact": 5, "actions": [{"action": "突合", "due_on": TODAY, "assignee": "鈴木", "done_on": TODAY}]})
    with pytest.raises(NotAllowedNow, match="Subjects, Cause, Consequence, Existing controls"):
        changes.transition(db, user, "risks", saved.code, "assess", saved.version)
    told = {"subjects": [("units", unit)], "cause": "目視", "consequence": "漏えい", "existing_controls": "突合"}
    saved = changes.update(db, user, "risks", saved.code, told, saved.version)
    for move in ("assess", "plan", "propose"):
        saved = changes.transition(db, user, "risks", saved.code, move, saved.version)
    with pytest.raises(NotAllowedNow, match="chief risk officer"):
        changes.transition(db, head, "risks", saved.code, "accept", saved.version)
    saved = changes.transition(db, cro, "risks", saved.code, "accept", saved.version)
    with pytest.raises(NotAllowedNow, match="report it to the risk committee"):
        changes.transition(db, user, "risks", saved.code, "monitor", saved.version)
    with sqlite_office.db.read() as conn:
        item = query.one(conn, CLI, get("risks"), saved.code)
    assert (item.status, item.values["accepted_by"], item.values["residual_level"]) == ("accepted", "okada", "high")
    stranger = Actor("mori", frozenset({"unit_user"}), unit_id=unit + 1)
    with pytest.raises(Forbidden):
        changes.update(db, stranger, "risks", saved.code, {"name": "別"}, item.version)


class TestTraining:
    def test_counts_come_from_the_ledger_or_from_the_results_where_there_are_some(self) -> None:
        stated = settled("training-sessions", target_stated=640, excused_stated=5, attended_stated=633, passed_stated=596)
        assert (stated["target_count"], stated["expected_count"], stated["attendance_rate"], stated["pass_rate"]) == (640, 635, Decimal("99.7"), Decimal("94.2"))
        rows = [{"unit": "総務部", "target": 60, "excused": 1, "attended": 58, "passed": 57}, {"person": "A", "outcome": "passed"}, {"outcome": "failed"},
                {"outcome": "absent"}, {"outcome": "excused", "reason": "休職"}]
        counted = settled("training-sessions", target_stated=1, results=rows)
        assert [counted[f"{n}_count"] for n in ("target", "excused", "attended", "passed", "expected")] == [64, 2, 60, 58, 62]
        untested = settled("training-sessions", results=[{"unit": "総務部", "target": 60, "attended": 60}, {"unit": "監査室", "target": 9, "attended": 8}])
        assert (untested["excused_count"], untested["passed_count"], untested["pass_rate"]) == (None, None, None), "what no result says is not nought"
        assert (untested["expected_count"], untested["attended_count"], training.missing(untested)) == (69, 68, 1)

    @pytest.mark.parametrize(("target", "excused", "expected"), [(10, 4, 6), (10, None, 10), (3, 5, 0), (None, 2, None)])
    def test_who_is_excused_is_not_expected(self, target: int | None, excused: int | None, expected: int | None) -> None:
        assert settled("training-sessions", target_stated=target, excused_stated=excused)["expected_count"] == expected

    @pytest.mark.parametrize(("values", "left"), [
        ({"target_stated": 10, "attended_stated": 9}, 1), ({"target_stated": 10, "attended_stated": 10, "passed_stated": 8}, 2), ({"target_stated": 10}, 10),
        ({"target_stated": 10, "attended_stated": 12}, 0), ({"attended_stated": 3}, 0), ({}, 0)])
    def test_who_neither_passed_nor_is_excused_is_missing(self, values: dict[str, int], left: int) -> None:
        assert training.missing(settled("training-sessions", **values)) == left

    @pytest.mark.parametrize("values", [{}, {"target_stated": 0, "attended_stated": 0}, {"target_stated": 3, "excused_stated": 3, "attended_stated": 0}])
    def test_without_anybody_expected_there_is_no_rate(self, values: dict[str, int]) -> None:
        assert settled("training-sessions", **values)["attendance_rate"] is None

    @pytest.mark.parametrize(("mandatory", "passed", "excused", "fine"), [
        (True, 9, 0, False), (True, 10, 0, True), (True, 9, 1, True), (False, 5, 0, True), (True, None, 0, True)])
    def test_a_mandatory_course_is_complete_when_everybody_passed_or_is_excused(self, mandatory: bool, passed: int | None, excused: int, fine: bool) -> None:
        around = Around({"training-courses": [{"id": 4, "mandatory": mandatory}]})
        values = settled("training-sessions", course_id=4, target_stated=10, attended_stated=10, passed_stated=passed, excused_stated=excused)
        said = training.whole(case("training-sessions", values, around=around))
        assert (said is None) is fine
        assert fine or (said is not None and said.en.startswith("1 of"))

    def test_who_is_excused_is_so_for_a_reason_and_until_a_day(self) -> None:
        for reason, day in (("休職", TODAY), ("休職", None), (None, TODAY), (None, None)):
            fine = bool(reason and day)
            stated = {"excused_reason": reason, "follow_up_due_on": day}
            assert (training.excuses(case("training-sessions", settled("training-sessions", excused_stated=1, **stated))) is None) is fine
            assert training.excuses(case("training-sessions", settled("training-sessions", excused_stated=0, **stated))) is None
            for row in ({"outcome": "excused"}, {"unit": "総務部", "target": 3, "excused": 1}):
                rows = [{"outcome": "passed"}, {**row, "reason": reason, "follow_up_on": day}]
                assert (training.excuses(case("training-sessions", settled("training-sessions", results=rows))) is None) is fine
                told = settled("training-sessions", results=rows, excused_reason="休職", follow_up_due_on=TODAY)
                assert (training.excuses(case("training-sessions", told)) is None) is fine, "each result says it for itself"

    def test_follow_up_is_due_after_the_days_that_the_body_set_and_then_it_is_the_next_date(self) -> None:
        values = settled("training-sessions", planned_on=date(2025, 11, 1))
        assert values["next_due_on"] == date(2025, 11, 1)
        assert training.followed(case("training-sessions", values)) == {"follow_up_due_on": date(2025, 12, 25)}
        assert training.followed(case("training-sessions", values, around=Around(settings={training.FOLLOW_UP_DAYS: 5}))) == {"follow_up_due_on": date(2025, 11, 30)}
        assert training.followed(case("training-sessions", {**values, "follow_up_due_on": date(2026, 1, 9)})) == {"follow_up_due_on": date(2026, 1, 9)}
        assert settled("training-sessions", planned_on=date(2025, 11, 1), held_on=TODAY, follow_up_due_on=date(2025, 12, 25))["next_due_on"] == date(2025, 12, 25)

    def test_a_record_of_training_comes_in_whole(self, sqlite_office: Office, shared_data: Path) -> None:
        file = shared_data / "ledgers_synthetic/dev/kyoiku_A.xlsx"
        seen = run.load(sqlite_office, CLI, run.preview(sqlite_office, CLI, "training-sessions", file.read_bytes(), file.name))
        assert seen.counts == {"created": 6, "updated": 0, "unchanged": 0, "rejected": 0}
        with sqlite_office.db.read() as conn:
            items = list(query.records(conn, CLI, get("training-sessions"), Query(sort="code")))
        first = items[0].values
        assert (first["title"], first["audience"], first["held_on"], first["method"]) == ("個人情報保護研修", "全職員", date(2025, 6, 16), "e_learning")
        assert [i.values["target_count"] for i in items] == [640, 640, 72, 640, 45, 58]
        assert [str(i.values["attendance_rate"].normalize()) for i in items] == ["98.9", "1E+2", "97.2", "1E+2", "91.1", "1E+2"]
        assert [i.values["passed_count"] for i in items] == [596, 631, 70, 602, 41, 57]
        assert [i.values["pass_score"] for i in items] == [80, 80, 70, None, None, 80]
        assert [i.values["method"] for i in items][3:5] == ["on_site", "tabletop"]


def test_the_fiscal_year_is_that_of_the_first_date_there_is() -> None:
    of = spans.fiscal_year_of("held_on", "planned_on")
    assert [of({"held_on": held, "planned_on": date(2025, 4, 1)}) for held in (date(2025, 3, 31), None)] == [2024, 2025]
    assert of({"held_on": None, "planned_on": None}) is None


@pytest.mark.parametrize(("part", "whole", "rate"), [(1, 3, "33.3"), (1, 16, "6.3"), (3, 16, "18.8"), (0, 3, "0.0"), (None, 3, None), (1, 0, None), (0, None, None)])
def test_a_rate_is_in_percent_with_one_decimal_and_over_nought_there_is_none(part: int | None, whole: int | None, rate: str | None) -> None:
    found = percentage("a", "b")({"a": part, "b": whole})
    assert (None if found is None else str(found)) == rate


def test_months_later_stays_within_the_month() -> None:
    assert [spans.months_later(date(2025, 11, 30), n) for n in (1, 3, -12)] == [date(2025, 12, 30), date(2026, 2, 28), date(2024, 11, 30)]
