"""The self-assessment of internal control: scores, weak points, one a unit and year, who answers, reviews and samples."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from grc import changes, people, query, register
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Forbidden, NotAllowedNow
from registers.rules import control as rules
from tests.facts import Around, case

SLUG = "control-self-assessments"


def assessment(**values: Any) -> dict[str, Any]:
    return {"id": 1, "code": "COM-CSA-000001", "element": "risk", "unit_id": 2, "fiscal_year": 2025, "status": "open", "design": 3, "operation": 3,
            "questions": [], "samples": [], "issue": None, "improvement": None, **values}


def test_its_title_says_the_element_and_the_year() -> None:
    assert rules.assessment_title(assessment()) == "リスクの評価と対応（令和7年度）"
    assert rules.assessment_title(assessment(fiscal_year=None)) == "リスクの評価と対応"


@pytest.mark.parametrize(("scores", "mean"), [((4, 3, 3), Decimal("3.3")), ((2, 3), Decimal("2.5")), ((), Decimal(3)), ((None, 4), Decimal(4))])
def test_the_score_is_the_mean_of_the_questions_else_that_of_the_whole(scores: tuple[int | None, ...], mean: Decimal) -> None:
    assert rules.mean_of("operation")(assessment(questions=[{"operation": s} for s in scores])) == mean


def test_no_score_is_no_mean() -> None:
    assert rules.mean_of("design")(assessment(design=None)) is None


@pytest.mark.parametrize(("values", "refused"), [
    ({"operation": 2}, True), ({"design": 2, "issue": "手順が古い"}, True), ({"operation": 2, "issue": "手順が古い", "improvement": "改める"}, False),
    ({"questions": [{"operation": 1}]}, True), ({}, False)])
def test_a_weak_score_comes_with_its_issue_and_a_plan(values: dict[str, Any], refused: bool) -> None:
    assert (rules.weak_has_a_plan(case(SLUG, assessment(**values))) is not None) is refused


def test_what_is_weak_can_be_set() -> None:
    strict = Around(settings={rules.WEAK_SCORE: 3})
    assert rules.weak_has_a_plan(case(SLUG, assessment(), around=strict)) is not None


@pytest.mark.parametrize(("other", "refused"), [({}, True), ({"unit_id": 3}, False), ({"fiscal_year": 2024}, False), ({"element": "ict"}, False)])
def test_a_unit_assesses_an_element_once_a_year(other: dict[str, Any], refused: bool) -> None:
    facts = Around({SLUG: [assessment(**other)]})
    assert (rules.one_each(case(SLUG, assessment(id=None), around=facts)) is not None) is refused


@pytest.mark.parametrize(("values", "more"), [
    ({}, {"loading": True}), ({"unit_id": None}, {}), ({"fiscal_year": None}, {}), ({}, {"before": assessment(issue="x")}), ({"id": 9}, {})])
def test_it_is_asked_only_of_a_person_s_new_assessment_of_a_unit_and_year(values: dict[str, Any], more: dict[str, Any]) -> None:
    mine = assessment(**{"id": None, **values})
    facts = Around({SLUG: [assessment(**{**mine, "id": 9})]})
    assert rules.one_each(case(SLUG, mine, around=facts, **more)) is None


@pytest.mark.parametrize("name", ["element", "fiscal_year", "unit_id", "design", "operation", "questions", "basis", "issue", "improvement"])
def test_nothing_of_the_answer_is_changed_once_it_was_reviewed(name: str) -> None:
    before = assessment(status="committee_reported", basis=None)
    assert rules.stands(case(SLUG, before | {name: "別"}, before)) is not None
    assert rules.stands(case(SLUG, before | {name: "別"}, before, move="return")) is None
    assert rules.stands(case(SLUG, before | {"note": "別"}, before)) is None


@pytest.mark.parametrize(("status", "loading", "refused"), [("reviewed", False, True), ("answered", False, False), ("committee_reported", True, False)])
def test_what_was_reviewed_stands_until_it_is_sent_back(status: str, loading: bool, refused: bool) -> None:
    before = assessment(status=status)
    assert (rules.stands(case(SLUG, before | {"operation": 4}, before, loading=loading)) is not None) is refused


def test_the_head_answers_for_their_own_unit_the_risk_officer_reviews_and_audit_samples(sqlite_office: Office) -> None:
    office = sqlite_office
    ours, theirs = (changes.create(office.db, people.CLI, "units", {"name": name}).id for name in ("個人番号センター", "教育研修部"))
    user, head, stranger = (Actor(name, frozenset({role}), unit_id=unit) for name, role, unit in (
        ("suzuki", "unit_user", ours), ("aoki", "unit_head", ours), ("hayashi", "unit_head", theirs)))
    officer, auditor = Actor("tanaka", frozenset({"risk_officer"})), Actor("hara", frozenset({"auditor"}))
    made = changes.create(office.db, user, SLUG, {"element": "ict", "fiscal_year": 2025, "basis": "規程", "questions": [
        {"question": "利用者の権限を見直しているか", "design": 3, "operation": 4}, {"question": "委託先の管理", "design": 3, "operation": 3}]})
    with pytest.raises(Forbidden):
        changes.transition(office.db, user, SLUG, made.code, "answer", 1)
    with pytest.raises(Forbidden):
        changes.transition(office.db, stranger, SLUG, made.code, "answer", 1)
    changes.transition(office.db, head, SLUG, made.code, "answer", 1)
    with pytest.raises(Forbidden):
        changes.transition(office.db, head, SLUG, made.code, "review", 2)
    changes.transition(office.db, officer, SLUG, made.code, "review", 2)
    with pytest.raises(NotAllowedNow, match="reviewed"):
        changes.update(office.db, head, SLUG, made.code, {"issue": "なし"}, 3)
    changes.transition(office.db, auditor, SLUG, made.code, "sample", 3, row={"sampled_on": date(2026, 2, 3), "agrees": True})
    with office.db.read() as conn:
        item = query.one(conn, officer, register.get(SLUG), made.code)
    assert (item.status, item.values["operation_mean"], item.values["sampled"], item.values["title"]) == ("reviewed", Decimal("3.5"), True, "ICTへの対応（令和7年度）")
