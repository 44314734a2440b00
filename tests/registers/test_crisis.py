"""危機管理: incidents, reports of breaches, reviews, drills, continuity (domain.md §6)."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from grc import calendar, changes, people, query, register
from grc.case import Change, Create
from grc.kinds import Cell
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Forbidden, Invalid, NotAllowedNow
from imports import run
from imports.run import Options
from registers.rules import breach, continuity, crisis, crisis_words
from registers.rules.breach import Breach
from tests.facts import TODAY, Around, case
from tests.ui.app import draw, words

OFFICER = Actor("tanaka", frozenset({"risk_officer"}), "田中 恵子", via="test")
SECOND = Actor("sato", frozenset({"risk_officer"}), "佐藤 美咲", via="test")
MANAGER = Actor("fujita", frozenset({"privacy_manager"}), "藤田 亮", via="test")
CRO = Actor("okada", frozenset({"cro"}), "岡田 進", via="test")


def jst(*moment: int) -> datetime:
    return datetime(*moment, tzinfo=calendar.TOKYO).astimezone(UTC)  # type: ignore[arg-type,misc]


KNOWN = jst(2025, 11, 20, 10, 5)


def incident(**values: Any) -> dict[str, Any]:
    """An incident as guards see it: every field, row and link, nothing filled but what is given."""
    one = register.get("incidents")
    blank: dict[str, Any] = {**{f.name: None for f in one.fields}, **{p.name: [] for p in one.parts}}
    return {**blank, "id": 7, "code": "CRS-INC-000007", "title": "誤送信", "status": "responding", "known_at": KNOWN, "known_on": date(2025, 11, 20), **values}


def report(**values: Any) -> dict[str, Any]:
    return {**{f.name: None for f in register.get("breach-reports").fields}, "id": 3, "status": "required", "incident_id": 7, **values}


# ------------------------------------------------------------------------------------------------------ the breach clocks

FACTS = Path(__file__).with_name("breach_deadlines.csv")


def vectors(text: str) -> list[list[date]]:
    return [[date.fromisoformat(cell) for cell in row] for row in list(csv.reader(io.StringIO(text)))[1:]]


def clocks(known: date) -> list[date]:
    return [known, breach.warn_on(known), breach.preliminary_due_on(known), breach.final_due_on(known, 30), breach.final_due_on(known, 60)]


@pytest.mark.parametrize("row", vectors(FACTS.read_text()), ids=lambda row: str(row[0]))
def test_the_day_it_became_known_is_day_one_and_the_final_report_waits_for_an_open_day(row: list[date]) -> None:
    assert clocks(row[0]) == row


def test_the_clocks_agree_with_the_shared_vectors(shared_data: Path) -> None:
    rows = vectors((shared_data / "breach_deadline_vectors.csv").read_text())
    assert len(rows) == 12 and [clocks(row[0]) for row in rows] == rows


DAY = date(2025, 12, 2)
COUNTED = date(2025, 12, 10)


def dues(b: Breach, **terms: int) -> dict[str, tuple[str | None, str | None] | None]:
    """Regime → the limits of preliminary and final report as MM-DD; ``None``: found not to be required."""
    wanted = breach.Terms(**{name: terms.get(name, getattr(breach.USUAL, name)) for name in breach.TERMS})
    out: dict[str, tuple[str | None, str | None] | None] = {}
    for duty in breach.duties(b, wanted):
        days = breach.dates(duty, b.known_at, wanted)
        assert duty.why.endswith("。")
        out[duty.regime] = tuple(f"{d:%m-%d}" if (d := days[n]) else None for n in ("preliminary_due_on", "final_due_on")) if duty.required else None  # type: ignore[assignment]
    return out


ACTIVE, SIXTY = ("12-06", "01-05"), ("12-06", "01-30")


@pytest.mark.parametrize(("facts", "wanted"), [
    ({}, {}),
    ({"personal": True, "people": 1000}, {"appi": None, "p_mark": (None, "01-05")}),
    ({"personal": True, "people": 1001}, {"appi": ACTIVE, "p_mark": ACTIVE}),
    ({"personal": True, "sensitive": True}, {"appi": ACTIVE, "p_mark": ACTIVE}),
    ({"personal": True, "financial": True}, {"appi": ACTIVE, "p_mark": ACTIVE}),
    ({"personal": True, "malicious": True}, {"appi": SIXTY, "p_mark": SIXTY}),
    ({"personal": True, "malicious": True, "people": 5000, "sensitive": True}, {"appi": SIXTY, "p_mark": SIXTY}),
    ({"personal": True, "specific": True, "people": 100}, {"appi": None, "my_number": None, "my_number_guideline": (None, "01-05"), "p_mark": (None, "01-05")}),
    ({"personal": True, "specific": True, "people": 101}, {"appi": None, "my_number": ACTIVE, "p_mark": (None, "01-05")}),
    ({"personal": True, "specific": True, "public": True}, {"appi": None, "my_number": ACTIVE, "p_mark": (None, "01-05")}),
    ({"personal": True, "my_number_system": True}, {"appi": None, "my_number": ACTIVE, "p_mark": (None, "01-05")}),
    ({"personal": True, "specific": True, "malicious": True, "people": 101}, {"appi": SIXTY, "my_number": SIXTY, "p_mark": SIXTY}),
    ({"personal": True, "sensitive": True, "specific": True, "public": True, "encrypted": True}, {"appi": None, "my_number": None, "p_mark": (None, "01-05")}),
    ({"personal": True, "entrusted": True}, {"appi": None, "p_mark": (None, "01-05"), "entruster": ("12-06", None)}),
    ({"severity": 2}, {}),
    ({"severity": 3, "known_at": jst(2025, 12, 2, 9, 30)}, {"designated": ("12-03", "01-05")}),
    ({"severity": 3, "known_at": jst(2025, 11, 20, 9, 30)}, {"designated": ("12-03", "01-05")}),  # the hours count from the day of the duty
    ({"personal": True, "people": 1001, "counted_on": COUNTED}, {"appi": ("12-14", "01-08"), "p_mark": ("12-14", "01-05")}),
    ({"personal": True, "people": 1001, "counted_on": COUNTED, "sensitive": True}, {"appi": ACTIVE, "p_mark": ACTIVE}),
])
def test_what_each_regime_asks_for(facts: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert dues(Breach(DAY, **facts)) == wanted


def test_an_encrypted_leak_is_not_reported_but_the_reasoning_is_kept() -> None:
    duty = breach.duties(Breach(DAY, personal=True, sensitive=True, encrypted=True))[0]
    assert not duty.required and "要配慮個人情報を含む" in duty.why and "暗号化" in duty.why


@pytest.mark.parametrize(("terms", "facts", "wanted"), [
    ({"persons_appi": 100}, {"personal": True, "people": 101}, {"appi": ACTIVE, "p_mark": ACTIVE}),
    ({"preliminary_day": 4, "final_day": 20}, {"personal": True, "sensitive": True}, {"appi": ("12-05", "12-22"), "p_mark": ("12-05", "12-22")}),
    ({"designated_severity": 4}, {"severity": 3}, {}),
    ({"designated_hours": 72}, {"severity": 3}, {"designated": ("12-05", "01-05")}),
])
def test_thresholds_days_and_hours_are_settings(terms: dict[str, int], facts: dict[str, Any], wanted: dict[str, Any]) -> None:
    assert dues(Breach(DAY, **facts), **terms) == wanted


def test_the_settings_that_stand_are_asked() -> None:
    assert breach.terms_of(Around(settings={"breach_persons_appi": 100})).persons_appi == 100
    assert breach.terms_of(Around()) == breach.USUAL


# --------------------------------------------------------------------------------------------------- deciding to report

ANSWERS: dict[str, Any] = {"pi_involved": True, **{name: False for name in breach.QUESTIONS}}


def consequences(values: Mapping[str, Any], *held: Mapping[str, Any], today: date = TODAY) -> list[Create | Change]:
    return list(breach.open_reports(case("incidents", values, values, actor=MANAGER, around=Around({"breach-reports": held}), today=today, move="decide")))


def test_deciding_proposes_one_report_for_each_regime_with_its_clocks() -> None:
    found = consequences(incident(**ANSWERS | {"is_sensitive": True}, severity="2"))
    made = {c.values["regime"]: c.values for c in found if isinstance(c, Create)}
    assert set(made) == {"appi", "p_mark"} and len(found) == 2
    assert made["appi"] | {"why": ""} == {
        "regime": "appi", "is_required": True, "why": "", "known_on": date(2025, 11, 20), "preliminary_warn_on": date(2025, 11, 22),
        "preliminary_due_on": date(2025, 11, 24), "final_due_on": date(2025, 12, 19), "decided_by": "藤田 亮", "incident_id": 7, "title": "誤送信",
        "recipient": "個人情報保護委員会", "unit_id": None}


@pytest.mark.parametrize(("facts", "required"), [({}, True), ({"pi_involved": False}, False)])
def test_deciding_writes_whether_any_regime_asks_for_a_report_and_the_day(facts: dict[str, Any], required: bool) -> None:
    assert breach.decided(case("incidents", incident(**ANSWERS | facts))) == {"report_required": required, "report_decided_on": TODAY}


def held(regime: str, status: str, **values: Any) -> dict[str, Any]:
    return report(regime=regime, status=status, is_required=status != "not_required", **values)


def test_deciding_again_makes_nothing_twice() -> None:
    facts = incident(**ANSWERS | {"affected_people": 1350})
    first = consequences(facts)
    assert consequences(facts, *({**report(), **c.values, "status": "proposed"} for c in first)) == []
    assert consequences(facts, *({**report(), **c.values, "status": "required"} for c in first)) == []
    quiet = incident(**ANSWERS)
    assert consequences(quiet, held("appi", "not_required"), held("p_mark", "final_sent", final_sent_on=TODAY)) == []


@pytest.mark.parametrize(("counted", "since"), [(date(2025, 11, 28), date(2025, 11, 28)), (None, date(2025, 12, 1))])
def test_a_threshold_crossed_later_opens_the_report_from_that_day(counted: date | None, since: date) -> None:
    facts = incident(**ANSWERS | {"affected_people": 1001, "counted_on": counted})
    appi, p_mark = consequences(facts, held("appi", "not_required"), held("p_mark", "required"), today=date(2025, 12, 1))
    assert isinstance(appi, Create) and (appi.values["regime"], appi.values["known_on"]) == ("appi", since)
    assert appi.values["preliminary_due_on"] == since + timedelta(days=4)
    assert isinstance(p_mark, Change) and p_mark.values["preliminary_due_on"] == since + timedelta(days=4), "the report due already gets its preliminary limit"


def test_a_purpose_found_later_counts_from_the_day_of_the_decision_not_from_an_old_count() -> None:
    facts = incident(**ANSWERS | {"malicious_suspected": True, "counted_on": date(2025, 11, 21)})
    appi = consequences(facts, held("appi", "not_required"), held("p_mark", "closed", final_sent_on=TODAY))[0]
    assert isinstance(appi, Create) and appi.values["known_on"] == TODAY


def test_what_is_only_proposed_is_proposed_anew() -> None:
    facts = incident(**ANSWERS | {"is_sensitive": True})
    proposed = report(regime="appi", status="proposed", is_required=False, why="―", known_on=date(2025, 11, 20))
    [change] = consequences(facts, proposed, held("p_mark", "closed", final_sent_on=TODAY))
    assert isinstance(change, Change) and change.id == 3 and change.values["is_required"] is True


@pytest.mark.parametrize(("stood", "now", "reports"), [
    ({}, {"affected_people": 1001}, {"appi", "p_mark"}), ({}, {"affected_people": 1000}, set()), ({}, {"is_sensitive": True}, {"appi", "p_mark"}),
    ({"is_sensitive": True}, {"affected_people": 1001}, set()), ({}, {"severity": "3"}, {"designated"}), ({"is_sensitive": True}, {"is_sensitive": False}, set()),
    ({"report_decided_on": None}, {"affected_people": 1001}, set()), ({}, {"known_on": None, "affected_people": 1001}, set())])
def test_facts_known_after_the_decision_open_their_reports_at_once_and_ask_for_it_anew(stood: dict[str, Any], now: dict[str, Any], reports: set[str]) -> None:
    before = incident(**{**ANSWERS, "severity": "2", "report_decided_on": DAY, "report_required": False, **stood})
    had = () if stood.get("is_sensitive") else (held("appi", "not_required"), held("p_mark", "required"))
    found = list(breach.reconsider(case("incidents", before | now, before, actor=OFFICER, around=Around({"breach-reports": had}))))
    opened = {c.values["regime"] for c in found if isinstance(c, Create)} | {"p_mark" for c in found if isinstance(c, Change) and c.slug == "breach-reports"}
    assert opened == reports and all(c.values["decided_by"] is None for c in found if isinstance(c, Create))
    assert [c.values for c in found if c.slug == "incidents"] == ([{"report_required": None, "report_decided_on": None}] if reports else [])


def test_the_privacy_manager_decides_on_what_new_facts_opened() -> None:
    facts = incident(**ANSWERS | {"is_sensitive": True})
    [opened] = [c for c in consequences(facts, held("p_mark", "closed", final_sent_on=TODAY)) if isinstance(c, Create)]
    [change] = consequences(facts, {**report(), **opened.values, "status": "proposed", "decided_by": None}, held("p_mark", "closed", final_sent_on=TODAY))
    assert change.values["decided_by"] == "藤田 亮"
    for move in ("confirm", "confirm_none"):
        wanted = register.get("breach-reports").workflow.transition(move)
        assert wanted is not None and "decided_by" in wanted.needs


@pytest.mark.parametrize(("values", "missing"), [
    ({}, None), ({"is_sensitive": None}, "要配慮個人情報"), ({"is_specific_pi": True, "public_exposure": None}, "不特定多数の閲覧"),
    ({"is_specific_pi": None}, "特定個人情報"),
    ({"is_specific_pi": True, "my_number_system": None}, "番号利用事務等のシステム"),
    ({"is_specific_pi": False, "public_exposure": None}, None), ({"pi_involved": False, "is_sensitive": None}, None)])
def test_nobody_decides_before_the_questions_are_answered(values: dict[str, Any], missing: str | None) -> None:
    text = breach.questions_answered(case("incidents", incident(**ANSWERS | values)))
    assert (text is None) if missing is None else (text is not None and missing in text.ja)


# --------------------------------------------------------------------------------------------------- a report on its way

D1, D5, D30 = date(2025, 11, 3), date(2025, 11, 7), date(2025, 12, 2)


@pytest.mark.parametrize(("values", "due", "on_time"), [
    ({}, D5, None), ({"preliminary_sent_on": D5}, D30, True), ({"preliminary_sent_on": date(2025, 11, 8)}, D30, False),
    ({"preliminary_sent_on": D5, "final_sent_on": D30}, None, True), ({"preliminary_sent_on": D5, "final_sent_on": date(2025, 12, 3)}, None, False),
    ({"final_sent_on": D5}, None, True), ({"final_sent_on": date(2025, 11, 20)}, None, False), ({"is_required": False}, None, None)])
def test_the_next_limit_and_whether_all_was_in_time(values: dict[str, Any], due: date | None, on_time: bool | None) -> None:
    given = report(is_required=True, known_on=D1, preliminary_due_on=D5, final_due_on=D30) | values
    assert (breach.next_due_on(given), breach.on_time(given)) == (due, on_time)


def test_nothing_is_reported_before_it_is_known() -> None:
    assert [p.field for p in breach.in_order(report(known_on=D5, preliminary_sent_on=D1, final_sent_on=D5))] == ["preliminary_sent_on"]
    assert [p.field for p in breach.in_order(report(known_on=D1, preliminary_sent_on=D30, final_sent_on=D5))] == ["final_sent_on"]


def test_a_report_written_by_hand_gets_the_usual_days_where_none_are_given() -> None:
    own = date(2025, 12, 24)
    filled = breach.complete(report(regime="appi", known_on=D1, final_due_on=own), {})
    assert (filled["preliminary_due_on"], filled["final_due_on"]) == (D5, own)
    assert breach.complete(report(regime="appi", known_on=D1, is_required=False), {})["final_due_on"] is None


@pytest.mark.parametrize(("guard", "passes", "refuses"), [
    (breach.second_person, {"decided_by": "藤田 亮"}, {"decided_by": "岡田 進"}),
    (breach.asks_for_report, {"is_required": True}, {"is_required": False}), (breach.asks_for_report, {"is_required": True}, {"is_required": None}),
    (breach.asks_for_none, {"is_required": False}, {"is_required": True}),
    (breach.reported_in_full, {"preliminary_due_on": D5, "preliminary_sent_on": D5}, {"preliminary_due_on": D5}),
    (breach.reported_in_full, {"final_due_on": D30, "final_sent_on": D30}, {"final_due_on": D30, "preliminary_sent_on": D5}),
    (breach.people_told, {"regime": "appi", "notified_on": D5}, {"regime": "appi"}),
    (breach.people_told, {"regime": "p_mark"}, {"regime": "my_number"}),
    (breach.people_told, {"regime": "my_number", "notice_substitute": "公表した"}, {"regime": "my_number"})])
def test_the_guards_of_a_report(guard: Any, passes: dict[str, Any], refuses: dict[str, Any]) -> None:
    assert guard(case("breach-reports", report(**passes), actor=CRO)) is None
    assert guard(case("breach-reports", report(**refuses), actor=CRO)) is not None


# ------------------------------------------------------------------------------------------------------------- incidents

LATE = jst(2025, 11, 21, 23, 50)  # a Friday before a holiday on Monday


@pytest.mark.parametrize(("severity", "known", "due"), [
    ("4", KNOWN, KNOWN + timedelta(minutes=30)), ("3", KNOWN, KNOWN + timedelta(hours=1)), ("2", KNOWN, jst(2025, 11, 20, 23, 59)),
    ("2", LATE, jst(2025, 11, 21, 23, 59)), ("1", LATE, jst(2025, 11, 25, 23, 59)), ("1", KNOWN, jst(2025, 11, 21, 23, 59)),
    ("0", KNOWN, None), (None, KNOWN, None), ("4", None, None)])
def test_the_escalation_clock_runs_from_the_moment_it_was_known(severity: str | None, known: datetime | None, due: datetime | None) -> None:
    assert crisis.deadline_of_escalation(severity, known) == due


@pytest.mark.parametrize(("later", "sooner", "fault"), [
    ("known_at", "occurred_at", "known_at"), ("restored_at", "contained_at", "restored_at"), ("closed_at", "restored_at", "closed_at"),
    ("reported_at", "known_at", "reported_at"), ("restored_at", "known_at", None)])
def test_the_times_of_an_incident_follow_one_another(later: str, sooner: str, fault: str | None) -> None:
    given = incident(known_at=None) | {sooner: KNOWN, later: KNOWN - timedelta(minutes=1)}
    assert [p.field for p in crisis.in_order(given)] == ([fault] if fault else [])
    assert crisis.in_order(given | {later: KNOWN}) == []


@pytest.mark.parametrize(("severity", "minutes", "in_time"), [("4", 30, True), ("4", 31, False), ("3", 60, True), ("3", 61, False), ("3", None, None), ("0", 5, None)])
def test_the_top_is_told_in_time(severity: str, minutes: int | None, in_time: bool | None) -> None:
    told = None if minutes is None else KNOWN + timedelta(minutes=minutes)
    assert crisis.escalated_in_time({"reported_at": told, "escalation_due_at": crisis.deadline_of_escalation(severity, KNOWN)}) is in_time


@pytest.mark.parametrize(("known", "day"), [(jst(2025, 11, 20, 23, 59), date(2025, 11, 20)), (jst(2025, 11, 21, 0, 0), date(2025, 11, 21)), (None, None)])
def test_the_first_day_is_that_on_which_it_was_known_in_japan(known: datetime | None, day: date | None) -> None:
    assert crisis.known_on(incident(known_at=known)) == day


@pytest.mark.parametrize(("values", "year"), [
    ({"known_at": jst(2026, 4, 1), "occurred_at": jst(2026, 3, 31, 23, 0)}, 2026), ({"occurred_at": jst(2026, 3, 31, 23, 0), "reported_at": jst(2026, 4, 1)}, 2025),
    ({"reported_at": jst(2026, 4, 1)}, 2026), ({}, None)])
def test_an_incident_is_of_the_year_in_which_it_was_known_else_began_or_was_reported(values: dict[str, Any], year: int | None) -> None:
    assert crisis.incident_year(incident(**{"known_at": None, **values})) == year


def test_a_day_without_a_time_starts_no_clock_of_minutes() -> None:
    alone = incident(severity="3", known_at=jst(2025, 11, 20), restored_at=KNOWN)
    assert (crisis.escalation_due_at(alone), crisis.minutes_to_restore(alone)) == (None, None)
    assert crisis.escalation_due_at(alone | {"severity": "2"}) == jst(2025, 11, 20, 23, 59)


def test_a_day_without_a_time_is_compared_as_a_day() -> None:
    assert crisis.in_order(incident(closed_at=jst(2025, 11, 20))) == []
    assert crisis.in_order(incident(closed_at=jst(2025, 11, 19)))


def test_mttd_and_mttr_in_minutes() -> None:
    given = incident(occurred_at=KNOWN - timedelta(minutes=25), restored_at=KNOWN + timedelta(hours=2))
    assert (crisis.minutes_to_know(given), crisis.minutes_to_restore(given)) == (25, 120)
    assert crisis.minutes_to_restore(incident(restored_at=KNOWN - timedelta(hours=1))) == 0


@pytest.mark.parametrize(("before", "now", "move", "loading", "refused"), [
    ("3", "4", None, False, False), ("3", "3", None, False, False), ("3", "2", None, False, True), ("3", None, None, False, True),
    ("3", "2", None, True, True), ("3", "2", "approve_lowering", False, False), (None, "1", None, False, False)])
def test_a_severity_is_raised_freely_and_never_lowered_in_silence(before: str | None, now: str | None, move: str | None, loading: bool, refused: bool) -> None:
    text = crisis.no_silent_lowering(case("incidents", incident(severity=now), incident(severity=before), move=move, loading=loading))
    assert (text is not None) is refused
    assert crisis.no_silent_lowering(case("incidents", incident(severity="0"))) is None, "a new record may have any"


def around(**review: Any) -> Around:
    return Around({"incident-reviews": [{"id": 1, "status": "held", "incidents": [("incidents", 7)], **review}]} if review else {})


ACTIONS = [("corrective-actions", 1)]


@pytest.mark.parametrize(("severity", "actions", "facts", "refused"), [
    ("2", [], around(), False), ("3", ACTIONS, around(status="held"), False), ("4", ACTIONS, around(status="minutes_approved"), False),
    ("3", ACTIONS, around(), True), ("3", ACTIONS, around(status="scheduled"), True), ("3", [], around(status="held"), True),
    ("3", ACTIONS, around(incidents=[("incidents", 8)]), True), ("3", [], Around(settings={"incident_review_severity": 4}), False)])
def test_a_severe_incident_is_closed_after_its_review_with_its_lasting_measures(severity: str, actions: Any, facts: Around, refused: bool) -> None:
    text = crisis.reviewed(case("incidents", incident(severity=severity, corrective_actions=actions), around=facts))
    assert (text is not None) is refused


@pytest.mark.parametrize("name", ["report_required", "report_decided_on", "lowering_by", "lowering_reason"])
def test_what_only_moves_write_is_typed_by_nobody_and_a_ledger_tells_it_once(name: str) -> None:
    guard = next(g for g in register.get("incidents").guards if g is not crisis.no_silent_lowering)
    told, stood = incident(**{name: "x"}), incident()
    refused = [guard(case("incidents", told, before, move=move, loading=loading)) is not None for before, move, loading in (
        (None, None, False), (stood, None, False), (stood, None, True), (None, None, True), (stood, "decide", False), (told, None, False))]
    assert refused == [True, True, True, False, False, False]


def test_an_incident_with_personal_data_is_not_closed_before_somebody_decided_on_reporting() -> None:
    assert crisis.breach_decided(case("incidents", incident(pi_involved=True)))
    assert crisis.breach_decided(case("incidents", incident(pi_involved=True, report_required=False))) is None
    assert crisis.breach_decided(case("incidents", incident(pi_involved=False))) is None


@pytest.mark.parametrize(("status", "severity", "refused"), [("triaged", "1", True), ("triaged", "0", False), ("recovered", "1", False), ("reviewing", "4", False)])
def test_only_a_near_miss_is_closed_without_a_response(status: str, severity: str, refused: bool) -> None:
    assert (crisis.responded(case("incidents", incident(severity=severity, status="closed"), incident(status=status))) is not None) is refused


@pytest.mark.parametrize(("move", "name"), [("triage", "unit_id"), ("triage", "known_at"), ("triage", "severity"), ("close", "cause"), ("close", "pi_involved")])
def test_what_must_be_known_of_an_incident(move: str, name: str) -> None:
    wanted = register.get("incidents").workflow.transition(move)
    assert wanted is not None and name in wanted.needs


def test_recovery_of_a_severe_incident_schedules_its_review() -> None:
    facts = incident(severity="3", restored_at=jst(2025, 11, 20, 12, 0))
    [made] = list(crisis.plan_review(case("incidents", facts)))
    assert isinstance(made, Create) and made.values["due_on"] == date(2025, 12, 20) and made.values["incidents"] == [("incidents", 7)]
    assert list(crisis.plan_review(case("incidents", facts, around=around(status="scheduled")))) == []
    assert list(crisis.plan_review(case("incidents", facts | {"severity": "2"}))) == []


@pytest.mark.parametrize(("known", "cell", "state"), [
    (crisis_words.INCIDENT_WORDS, "完了", "closed"), (crisis_words.INCIDENT_WORDS, "調査中", "responding"), (crisis_words.INCIDENT_WORDS, "終結", "終結"),
    (crisis_words.INCIDENT_WORDS, "様子見", "様子見"), (crisis_words.DRILL_WORDS, "実施済み", "executed")])
def test_ledgers_have_their_own_words_for_states(known: dict[str, str], cell: Cell, state: str) -> None:
    assert crisis.state_words(known)(cell) == {"status": state}


@pytest.mark.parametrize(("slug", "known"), [("incidents", crisis_words.INCIDENT_WORDS), ("drills", crisis_words.DRILL_WORDS)])
def test_every_word_means_a_state_that_there_is(slug: str, known: dict[str, str]) -> None:
    assert set(known) <= {s.id for s in register.get(slug).workflow.states}


# ------------------------------------------------------------------------------------------------- incidents at the door


def saved(office: Office, slug: str, code: str) -> query.Item:
    with office.db.read() as conn:
        return query.one(conn, OFFICER, register.get(slug), code)


def reported(office: Office, **values: Any) -> changes.Saved:
    return changes.create(office.db, OFFICER, "incidents", {
        "title": "委託先端末のマルウェア感染", "kind": "malware", "severity": "3", "known_at": KNOWN, "pi_involved": False,
        "unit_id": changes.create(office.db, people.CLI, "units", {"name": "個人番号センター"}).id, **values})


def go(office: Office, actor: Actor, at: changes.Saved, move: str, slug: str = "incidents", **more: Any) -> changes.Saved:
    return changes.transition(office.db, actor, slug, at.code, move, at.version, **more)


def entry(hours: int, event: str = "対応した") -> dict[str, Any]:
    return {"at": KNOWN + timedelta(hours=hours), "event": event, "by_whom": None}


def test_lowering_a_severity_takes_two_persons_and_a_reason(sqlite_office: Office) -> None:
    at = reported(sqlite_office)
    with pytest.raises(NotAllowedNow, match="cannot be lowered here"):
        changes.update(sqlite_office.db, SECOND, "incidents", at.code, {"severity": "1"}, at.version)
    at = changes.update(sqlite_office.db, OFFICER, "incidents", at.code, {"proposed_severity": "1"}, at.version)
    with pytest.raises(NotAllowedNow, match="Nobody has asked"):
        go(sqlite_office, SECOND, at, "approve_lowering")
    with pytest.raises(NotAllowedNow, match="needs a reason"):
        go(sqlite_office, OFFICER, at, "ask_lowering")
    at = go(sqlite_office, OFFICER, at, "ask_lowering", reason="影響は1台に限られた。")
    with pytest.raises(Forbidden):
        go(sqlite_office, OFFICER, at, "approve_lowering")
    at = go(sqlite_office, SECOND, at, "approve_lowering")
    values = saved(sqlite_office, "incidents", at.code).values
    assert (values["severity"], values["proposed_severity"], values["lowering_by"]) == ("1", None, None)


def test_whoever_asked_does_not_approve_though_somebody_else_filled_it_in(sqlite_office: Office) -> None:
    at = reported(sqlite_office)
    at = changes.update(sqlite_office.db, OFFICER, "incidents", at.code, {"proposed_severity": "2"}, at.version)
    at = go(sqlite_office, SECOND, at, "ask_lowering", reason="影響は1台に限られた。")
    with pytest.raises(NotAllowedNow, match="You asked to lower it"):
        go(sqlite_office, SECOND, at, "approve_lowering")
    at = go(sqlite_office, CRO, at, "keep_severity", reason="調べが終わっていない。")
    assert saved(sqlite_office, "incidents", at.code).values["severity"] == "3"
    with pytest.raises(NotAllowedNow, match="own acts"):
        changes.update(sqlite_office.db, OFFICER, "incidents", at.code, {"lowering_by": "佐藤 美咲"}, at.version)


def test_the_time_line_grows_with_the_moves_and_gives_them_their_times(sqlite_office: Office) -> None:
    at = go(sqlite_office, OFFICER, reported(sqlite_office), "triage")
    with pytest.raises(NotAllowedNow, match="needs an entry"):
        go(sqlite_office, OFFICER, at, "respond")
    at = go(sqlite_office, OFFICER, at, "respond", row=entry(0, "端末を切り離した"))
    at = go(sqlite_office, OFFICER, at, "contain", row=entry(2, "業務を再開した"))
    at = go(sqlite_office, OFFICER, at, "report", row=entry(3, "首脳へ報告した"))
    at = go(sqlite_office, OFFICER, at, "recover", row=entry(5, "端末を入れ替えた"))
    values = saved(sqlite_office, "incidents", at.code).values
    assert (values["contained_at"], values["restored_at"], values["restore_min"]) == (KNOWN + timedelta(hours=2), KNOWN + timedelta(hours=5), 300)
    assert values["escalated_in_time"] is False, "an hour was the limit"
    assert [row["event"] for row in values["timeline"]] == ["端末を切り離した", "業務を再開した", "首脳へ報告した", "端末を入れ替えた"]
    with pytest.raises(Invalid):
        changes.update(sqlite_office.db, OFFICER, "incidents", at.code, {"timeline": values["timeline"][1:]}, at.version)
    with sqlite_office.db.read() as conn:
        [review] = query.page(conn, OFFICER, register.get("incident-reviews"), query.Query()).items
    assert review.status == "scheduled" and review.values["due_on"] == date(2025, 12, 20)
    with pytest.raises(NotAllowedNow, match="after its review"):
        go(sqlite_office, OFFICER, changes.update(sqlite_office.db, OFFICER, "incidents", at.code, {"cause": "attack"}, at.version), "close", row=entry(6))


def test_the_privacy_manager_decides_and_the_cro_confirms(sqlite_office: Office) -> None:
    at = reported(sqlite_office, affected_people=1350, **ANSWERS)
    with pytest.raises(Forbidden):
        go(sqlite_office, OFFICER, at, "decide")
    with pytest.raises(NotAllowedNow, match="own acts"):
        changes.update(sqlite_office.db, OFFICER, "incidents", at.code, {"report_required": False}, at.version)
    at = go(sqlite_office, MANAGER, at, "decide")
    at = go(sqlite_office, MANAGER, at, "decide")
    assert saved(sqlite_office, "incidents", at.code).values["report_required"] is True
    with sqlite_office.db.read() as conn:
        found = {r.values["regime"]: r for r in query.page(conn, OFFICER, register.get("breach-reports"), query.Query()).items}
    assert set(found) == {"appi", "p_mark", "designated"} and {r.status for r in found.values()} == {"proposed"}
    one = found["appi"]
    assert one.values["next_due_on"] == date(2025, 11, 24)
    appi = changes.Saved(one.code, one.version, one.id)
    both = Actor("fujita", frozenset({"privacy_manager", "cro"}), "藤田 亮", via="test")
    with pytest.raises(NotAllowedNow, match="You decided"):
        go(sqlite_office, both, appi, "confirm", "breach-reports")
    with pytest.raises(NotAllowedNow, match="is not no"):
        go(sqlite_office, CRO, appi, "confirm_none", "breach-reports")
    appi = go(sqlite_office, CRO, appi, "confirm", "breach-reports")
    with pytest.raises(NotAllowedNow, match="1 Outline"):
        go(sqlite_office, MANAGER, appi, "send_preliminary", "breach-reports")
    sent = {"outline": "委託先の端末が感染した。", "preliminary_sent_on": date(2025, 11, 24)}
    appi = changes.update(sqlite_office.db, MANAGER, "breach-reports", appi.code, sent, appi.version)
    appi = go(sqlite_office, MANAGER, appi, "send_preliminary", "breach-reports")
    values = saved(sqlite_office, "breach-reports", appi.code).values
    assert (values["preliminary_sent_on"], values["next_due_on"], values["on_time"]) == (date(2025, 11, 24), date(2025, 12, 19), True)
    with pytest.raises(NotAllowedNow, match="due on 2025-12-19"):
        go(sqlite_office, MANAGER, appi, "close", "breach-reports")


def test_the_page_of_an_incident_offers_each_act_that_adds_to_its_time_line(sqlite_office: Office) -> None:
    at = go(sqlite_office, OFFICER, reported(sqlite_office), "triage")
    said = words(draw("incidents", sqlite_office, OFFICER, id=at.code))
    assert all(label in said for label in ("対応を始める", "時系列に書き足す", "首脳への報告を記録する"))


# ---------------------------------------------------------------------------------------------------------------- drills


def drill(**values: Any) -> dict[str, Any]:
    one = register.get("drills")
    return {**{f.name: None for f in one.fields}, **{p.name: [] for p in one.parts}, "id": 1, **values}


def better(due: date | None = None, done: date | None = None, replanned: bool | None = None) -> dict[str, Any]:
    return {"text": "連絡網を直す", "assignee": None, "due_on": due, "done_on": done, "next_check_on": None, "replanned": replanned}


@pytest.mark.parametrize(("target", "actual", "said", "achieved"), [
    (120, 95, None, True), (240, 310, "met", False), (60, 60, None, True), (None, None, "met", True), (None, 55, "missed", False), (None, 55, None, None)])
def test_an_objective_is_met_when_recovery_took_no_longer(target: int | None, actual: int | None, said: str | None, achieved: bool | None) -> None:
    assert continuity.achieved(drill(rto_target_min=target, rto_actual_min=actual, achieved_printed=said)) is achieved


@pytest.mark.parametrize(("values", "due"), [
    ({"planned_on": D1}, D1), ({"planned_on": D1, "postponed_to": D30}, D30), ({"planned_on": D1, "held_on": D5, "report_due_on": D30}, D30),
    ({"held_on": D5, "report_due_on": D30, "reported_on": D5, "improvements": [better(D30), better(D5, done=D5), better(D1, replanned=True)]}, D30),
    ({"held_on": D5, "report_due_on": D30, "reported_on": D5}, None), ({"held_on": D5, "improvements": [better(D30)]}, D30),
    ({"held_on": D5, "reported_on": D5}, None), ({}, None)])
def test_what_a_drill_owes_next(values: dict[str, Any], due: date | None) -> None:
    assert continuity.drill_due_on(drill(**values)) == due


@pytest.mark.parametrize(("values", "on"), [({"planned_on": D1}, D1), ({"planned_on": D1, "held_on": D5}, D5), ({"held_on": D5}, D5), ({}, None)])
def test_a_drill_stands_in_the_calendar_on_its_day(values: dict[str, Any], on: date | None) -> None:
    assert continuity.drill_on(drill(**values)) == on


def test_improvements_are_settled_when_done_or_planned_anew() -> None:
    values = drill(improvements=[better(D30), better(done=D5), better(replanned=True)])
    assert (continuity.improvements_open(values), continuity.improvements_done(values)) == (1, 2)


@pytest.mark.parametrize(("values", "refused"), [
    ({}, False), ({"improvements": [better(done=D5), better(replanned=True)], "improvement_count": 2}, False),
    ({"improvements": [better(done=D5), better()]}, True), ({"improvement_count": 1}, True)])
def test_a_drill_is_closed_when_every_improvement_is_done_or_planned_anew(values: dict[str, Any], refused: bool) -> None:
    assert (continuity.improvements_settled(case("drills", drill(**values))) is not None) is refused


@pytest.mark.parametrize(("planned", "new", "refused"), [(D1, D1, True), (D5, D1, True), (D1, D5, False), (None, D5, False)])
def test_a_drill_is_postponed_to_a_later_day_which_becomes_its_day(planned: date | None, new: date, refused: bool) -> None:
    values = drill(planned_on=planned, postponed_to=new)
    assert (continuity.postponed_later(case("drills", values)) is not None) is refused
    assert continuity.replanned(case("drills", values)) == {"planned_on": new, "postponed_to": None}
    assert continuity.replanned(case("drills", drill(planned_on=D1))) == {"planned_on": D1, "postponed_to": None}


@pytest.mark.parametrize(("values", "days", "due"), [({}, 30, date(2025, 12, 25)), ({"held_on": D1}, 30, date(2025, 12, 3)), ({}, 14, date(2025, 12, 9)),
                                                   ({"report_due_on": D5}, 30, D5)])
def test_a_drill_is_reported_within_thirty_days_of_being_held(values: dict[str, Any], days: int, due: date) -> None:
    found = continuity.held(case("drills", drill(**values), around=Around(settings={continuity.REPORT_DAYS: days})))
    assert (found["held_on"], found["report_due_on"]) == (values.get("held_on", TODAY), due)


@pytest.mark.parametrize(("asked", "stands", "refused"), [("2", "3", False), ("3", "3", True), ("4", "3", True), (None, "3", True), ("2", None, True)])
def test_what_is_asked_for_lies_below_what_stands(asked: str | None, stands: str | None, refused: bool) -> None:
    values = incident(proposed_severity=asked, severity=stands)
    assert (crisis.lowering_is_lower(case("incidents", values, values)) is not None) is refused


def test_a_request_to_lower_says_who_asked_and_why_and_is_settled_by_somebody_else() -> None:
    asked = incident(severity="3", proposed_severity="1")
    asked |= crisis.ask_lowering(case("incidents", asked, actor=OFFICER, reason="1台に限られた。"))
    assert (asked["lowering_by"], asked["lowering_reason"]) == ("田中 恵子", "1台に限られた。")
    assert [crisis.another_person(case("incidents", asked, asked, actor=by)) is None for by in (OFFICER, SECOND)] == [False, True]
    assert [crisis.lowering_asked(case("incidents", i, i)) is None for i in (asked, incident())] == [True, False]
    settled = {"proposed_severity": None, "lowering_by": None, "lowering_reason": None}
    assert crisis.lower(case("incidents", asked)) == {"severity": "1", **settled} and crisis.keep_severity(case("incidents", asked)) == settled


@pytest.mark.parametrize(("given", "entries", "told"), [(None, [KNOWN], KNOWN), (LATE, [KNOWN], LATE), (None, [KNOWN, LATE], LATE), (None, [], None)])
def test_a_move_takes_its_time_from_the_last_entry_unless_one_stands(given: datetime | None, entries: list[datetime], told: datetime | None) -> None:
    values = incident(restored_at=given, timeline=[{"at": at} for at in entries])
    assert crisis.from_timeline("restored_at")(case("incidents", values)) == {"restored_at": told}


def test_the_sector_wide_exercise_has_three_phases() -> None:
    phases = [{"phase": phase, "content": None, "done_on": D5} for phase in ("preparation", "day", "follow_up")]
    assert continuity.phases_done(case("drills", drill(kind="sector_wide", phases=phases))) is None
    assert continuity.phases_done(case("drills", drill(kind="sector_wide", phases=phases[:2])))
    assert continuity.phases_done(case("drills", drill(kind="sector_wide", phases=[*phases[:2], phases[2] | {"done_on": None}])))
    assert continuity.phases_done(case("drills", drill(kind="safety"))) is None


@pytest.mark.parametrize(("title", "found"), [
    ("緊急時対応訓練　実施報告一覧（令和７年度）", {"status": "executed"}), ("令和7年度　訓練計画", {"status": "planned"}), ("訓練一覧", {})])
def test_the_title_of_a_ledger_says_whether_its_drills_were_held(title: str, found: dict[str, str]) -> None:
    assert continuity.drill_titles((title,)) == found


def test_a_drill_on_its_way(sqlite_office: Office) -> None:
    def step(at: changes.Saved, move: str, **more: Any) -> changes.Saved:
        return go(sqlite_office, OFFICER, at, move, "drills", **more)

    def put(at: changes.Saved, **values: Any) -> changes.Saved:
        return changes.update(sqlite_office.db, OFFICER, "drills", at.code, values, at.version)

    with calendar.clock.at(jst(2025, 11, 25, 10, 0)):
        at = changes.create(sqlite_office.db, OFFICER, "drills", {
            "name": "障害復旧訓練", "kind": "recovery", "scenario": "基幹装置の停止", "planned_on": date(2025, 11, 10), "postponed_to": date(2025, 11, 10)})
        with pytest.raises(NotAllowedNow, match="not after the planned"):
            step(at, "postpone", reason="台風")
        at = step(step(put(at, postponed_to=date(2025, 11, 20)), "postpone", reason="台風"), "replan")
        at = step(step(put(at, participants=42), "prepare"), "execute")
        values = saved(sqlite_office, "drills", at.code).values
        assert (values["planned_on"], values["held_on"], values["report_due_on"], values["next_due_on"]) == (
            date(2025, 11, 20), date(2025, 11, 25), date(2025, 12, 25), date(2025, 12, 25))
        at = step(put(at, rating_contact=2, rating_response=4, rating_decision=3, issues="連絡網の一部不達"), "evaluate")
        with pytest.raises(NotAllowedNow, match="Improvements"):
            step(at, "improve")
        at = step(put(at, improvements=[better(date(2026, 1, 31))]), "improve")
        with pytest.raises(NotAllowedNow, match="1 improvement not done"):
            step(at, "close")
        at = step(put(at, improvements=[better(date(2026, 1, 31), done=date(2025, 11, 25))]), "close")
    assert saved(sqlite_office, "drills", at.code).status == "closed"


def test_a_drill_that_lies_ahead_is_not_recorded_as_held() -> None:
    assert crisis.not_ahead(case("drills", drill(held_on=TODAY + timedelta(days=1))))
    assert crisis.not_ahead(case("drills", drill(held_on=TODAY))) is None


def test_lessons_are_counted_by_whether_they_were_spread() -> None:
    review = {"lessons": [{"spread_on": None}, {"spread_on": D5}, {"spread_on": D5}]}
    assert (crisis.lessons_open(review), crisis.lessons_done(review)) == (1, 2)
    assert crisis.review_due_on({"due_on": D30, "held_on": None}) == D30 and crisis.review_due_on({"due_on": D30, "held_on": D5}) is None


# ------------------------------------------------------------------------------------------------------------ continuity


@pytest.mark.parametrize(("rto", "mtpd", "faults"), [(240, 240, 0), (241, 240, 1), (None, 240, 0), (240, None, 0)])
def test_recovery_comes_before_the_loss_is_intolerable(rto: int | None, mtpd: int | None, faults: int) -> None:
    assert len(continuity.rto_within_mtpd({"rto_min": rto, "mtpd_min": mtpd})) == faults


@pytest.mark.parametrize(("last", "due"), [(date(2025, 6, 12), date(2026, 6, 12)), (date(2024, 2, 29), date(2025, 2, 28)), (None, None)])
def test_what_was_tested_is_tested_again_within_a_year(last: date | None, due: date | None) -> None:
    assert continuity.next_test_on({"last_tested_on": last}) == due


# --------------------------------------------------------------------------------------------------------------- ledgers


def loaded(office: Office, slug: str, data: bytes, name: str, year: int | None = None) -> list[query.Item]:
    seen = run.load(office, people.CLI, run.preview(office, people.CLI, slug, data, name, Options(fiscal_year=year)))
    assert seen.batch is not None
    with office.db.read() as conn:
        return list(query.records(conn, OFFICER, register.get(slug), query.Query()))


def sheet(*rows: tuple[Cell, ...]) -> bytes:
    book = openpyxl.Workbook()
    for row in rows:
        book.active.append(row)  # type: ignore[union-attr]
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def test_an_office_s_ledger_of_incidents_keeps_its_numbers_and_states(sqlite_office: Office, shared_data: Path) -> None:
    found = loaded(sqlite_office, "incidents", (shared_data / "ledgers_synthetic/dev/incident_A.xlsx").read_bytes(), "incident_A.xlsx")
    assert [(i.code, i.status, i.values["severity"], i.values["kind"]) for i in found] == [
        ("INC-2025-001", "closed", "1", "misdelivery"), ("INC-2025-002", "closed", "3", "outage"),
        ("INC-2025-003", "responding", "4", "intrusion"), ("INC-2025-004", "closed", "2", "loss")]
    assert found[1].values["known_at"] == jst(2025, 7, 22, 2, 31) and found[2].values["report_required"] is True


def test_an_office_s_ledger_of_drills_under_two_headings(sqlite_office: Office, shared_data: Path) -> None:
    found = loaded(sqlite_office, "drills", (shared_data / "ledgers_synthetic/dev/kunren_A.xlsx").read_bytes(), "kunren_A.xlsx", 2025)
    assert [(d.values["rto_target_min"], d.values["rto_actual_min"], d.values["achieved"], d.values["participants"]) for d in found] == [
        (120, 95, True, 42), (240, 310, False, 66), (None, None, None, 85), (None, None, None, 38), (60, 55, True, 640)]
    assert [d.values["achieved_printed"] for d in found] == ["met", "missed", None, None, "met"]
    assert {d.status for d in found} == {"executed"} and found[3].values["held_on"] == date(2025, 12, 4)


def test_objectives_are_read_in_words_and_in_the_unit_of_their_heading(sqlite_office: Office) -> None:
    found = loaded(sqlite_office, "continuity-items", sheet(
        ("業務名", "MTPD（日）", "RTO（時間）", "RPO", "最終検証日"), ("カード発行", 3, 4, "15 min", "R7.6.12"), ("窓口", "24時間", "2 hrs", "即時", None)), "bia.xlsx")
    assert [(i.values["mtpd_min"], i.values["rto_min"], i.values["rpo_min"]) for i in found] == [(4320, 240, 15), (1440, 120, 0)]


def test_a_later_ledger_lowers_no_severity(sqlite_office: Office) -> None:
    heads = ("管理番号", "件名", "発覚日時", "深刻度")
    loaded(sqlite_office, "incidents", sheet(heads, ("INC-1", "停止", "2025/7/22 2:31", "レベル3")), "a.xlsx")
    lower = sheet(heads, ("INC-1", "停止", "2025/7/22 2:31", "レベル1"), ("INC-2", "遅延", "2025/7/23 9:00", "レベル1"))
    seen = run.preview(sqlite_office, people.CLI, "incidents", lower, "b.xlsx", Options(good_rows=True))
    assert [(p.row, p.code) for p in seen.errors] == [(2, "rule-refuses")] and "cannot be lowered here" in seen.errors[0].message.en
    assert run.load(sqlite_office, people.CLI, seen).counts == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    raised, _ = loaded(sqlite_office, "incidents", sheet(heads, ("INC-1", "停止", "2025/7/22 2:31", "レベル4")), "c.xlsx")
    assert raised.values["severity"] == "4"


def test_a_row_whose_times_run_backwards_is_named_before_anything_is_loaded(sqlite_office: Office) -> None:
    data = sheet(("件名", "発生日時", "発覚日時"), ("停止", "2025/5/1 9:00", "2025/5/1 10:00"), ("逆", "2025/5/2 9:00", "2025/5/1 10:00"))
    seen = run.preview(sqlite_office, people.CLI, "incidents", data, "a.xlsx")
    assert [(p.row, p.field, p.code) for p in seen.errors] == [(3, "known_at", "incident-times")]
    assert seen.counts == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
