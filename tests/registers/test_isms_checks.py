"""自己点検・脆弱性・サプライチェーン・LGWAN-ASP・自治体からの報告: figures, limits, and what is refused."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from grc import calendar, changes, register
from grc.case import Case, Values
from grc.changes.values import settle
from grc.facts import Look
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Forbidden, NotAllowedNow
from registers.rules import isms_audits as audits
from registers.rules import isms_checks as checks
from tests.facts import TODAY, Around, case

KEEPER = Actor("ishii", frozenset({"security_office"}))
OFFICER = Actor("sato", frozenset({"risk_officer"}))
CISO = Actor("maeda", frozenset({"ciso"}))


def settled(slug: str, **values: Any) -> dict[str, Any]:
    """The values of a record as the door settles them: every field there, the derived ones computed."""
    blank = {f.name: None for f in register.get(slug).fields}
    around: dict[str, Any] = {p.name: values.pop(p.name, []) for p in register.get(slug).parts}
    return {**around, **settle(register.get(slug), {**blank, **values}, {}, around), "id": 1, "code": "X-1", "status": "open"}


def answers(*said: str | None, unit: str | None = None, comment: str | None = None) -> list[dict[str, Any]]:
    return [{"item": f"項目{n}", "answer": a, "unit_name": unit, "comment": comment} for n, a in enumerate(said)]


# 自己点検

@pytest.mark.parametrize(("given", "counts", "rates"), [
    ({"answers": answers("done", "done", "partial", "not_done", "na", None)}, (6, 5, 2, 1, 1), ("83.3", "50.0")),
    ({"target_typed": 52, "answered_typed": 50, "done_typed": 45, "partial_typed": 3, "na_typed": 2}, (52, 50, 45, 2, 0), ("96.2", "93.8")),
    ({"target_typed": 10, "answered_typed": 0}, (10, 0, None, None, None), ("0.0", None)),
    ({"answers": answers("done"), "target_typed": 99, "answered_typed": 98, "done_typed": 97}, (1, 1, 1, 0, 0), ("100.0", "100.0")),
    ({}, (None, None, None, None, None), (None, None))])
def test_answers_are_counted_where_they_are_kept_and_typed_totals_stand_where_not(given: dict[str, Any], counts: tuple[Any, ...], rates: tuple[Any, ...]) -> None:
    v = settled("self-checks", **given)
    assert (v["target_count"], v["answered_count"], v["done_count"], v["na_count"], v["not_done_count"]) == counts
    assert (v["response_rate"], v["compliance_rate"]) == tuple(None if r is None else Decimal(r) for r in rates)


def test_where_nothing_can_be_judged_there_is_no_rate() -> None:
    v = settled("self-checks", answers=answers("na", "na"))
    assert (v["judged_count"], v["compliance_rate"]) == (0, None)
    for told in ({"answered_typed": 9}, {"done_typed": 8}):
        assert settled("self-checks", **told)["not_done_count"] is None
    assert settled("self-checks", answered_typed=9, done_typed=8, partial_typed=2)["not_done_count"] == 0, "never fewer than none"


@pytest.mark.parametrize(("units", "ja", "en"), [
    (("い", "ろ", "は"), "い、は、ろ。", ": い, は, ろ."), (("い", "ろ", "は", "に"), "い、に、はほか。", ": い, に, は, ….")])
def test_three_units_are_named_and_the_others_are_and_so_on(units: tuple[str, ...], ja: str, en: str) -> None:
    rows = [row for unit in units for row in answers("not_done", unit=unit)]
    why = checks.followed_up(case("self-checks", settled("self-checks", answers=rows)))
    assert why is not None and ja in why.ja and en in why.en


@pytest.mark.parametrize(("count", "refused"), [(None, True), (0, True), (1, False)])
def test_no_self_check_is_closed_without_an_answer(count: int | None, refused: bool) -> None:
    assert bool(checks.has_answers(case("self-checks", {"answered_count": count}))) is refused


@pytest.mark.parametrize(("rows", "acted", "named"), [
    (answers("done", "na", "partial", unit="総務部"), [], None), (answers("not_done", unit="総務部"), [], "総務部"),
    (answers("not_done", unit="総務部", comment="記録票が足りない"), [], None), (answers("not_done", unit="総務部"), [5], None),
    (answers("not_done", unit="監査室"), [5], "監査室"), (answers("not_done"), [], "監査室"), (answers("not_done"), [6], None)])
def test_a_unit_with_something_not_done_has_a_reason_or_a_corrective_action(rows: list[dict[str, Any]], acted: list[int], named: str | None) -> None:
    around = Around({"units": [{"id": 1, "name": "総務部"}, {"id": 2, "name": "監査室"}], "corrective-actions": [{"id": 5, "unit_id": 1}, {"id": 6, "unit_id": 2}]})
    v = settled("self-checks", answers=rows, corrective_actions=[("corrective-actions", id) for id in acted], unit_id=2)
    why = checks.followed_up(case("self-checks", v, around=around))
    assert why is None if named is None else why is not None and named in why.ja and named in why.en


@pytest.mark.parametrize(("more", "refused"), [({}, True), ({"not_done_reason": "異動"}, False), ({"corrective_actions": [("corrective-actions", 5)]}, False),
                                               ({"done_typed": 9}, False)])
def test_totals_with_something_not_done_have_a_reason_too(more: dict[str, Any], refused: bool) -> None:
    v = settled("self-checks", **{"target_typed": 10, "answered_typed": 9, "done_typed": 8, **more})
    assert bool(checks.followed_up(case("self-checks", v))) is refused


@pytest.mark.parametrize(("status", "change", "refused"), [("open", {"answers": []}, False), ("closed", {"answers": []}, True), ("reported", {"done_typed": 9},
                                                                                                                                 True),
                                                           ("closed", {"analysis": "よい"}, False), ("planned", {"answers": []}, False),
                                                           *(("analysed", {f"{name}_typed": 9}, True) for name in ("target", "answered", "done", "partial", "na"))])
def test_answers_stand_once_a_self_check_is_closed(status: str, change: dict[str, Any], refused: bool) -> None:
    before = {**settled("self-checks", answers=answers("done")), "status": status}
    assert bool(checks.answers_stand(case("self-checks", {**before, **change}, before))) is refused
    assert checks.answers_stand(case("self-checks", {**before, **change})) is None, "a ledger brings them closed"


@pytest.mark.parametrize(("values", "due"), [({}, date(2025, 9, 30)), ({"closed_on": TODAY}, date(2025, 12, 12)), ({"closed_on": TODAY, "reported_on": TODAY},
                                                                                                                   None)])
def test_a_self_check_waits_for_its_answers_then_for_its_report(values: dict[str, Any], due: date | None) -> None:
    assert settled("self-checks", period_end=date(2025, 9, 30), report_by=date(2025, 12, 12), **values)["due_on"] == due


def test_a_self_check_is_answered_closed_analysed_and_reported(sqlite_office: Office) -> None:
    db, slug, user = sqlite_office.db, "self-checks", Actor("suzuki", frozenset({"unit_user"}), unit_id=1)
    made = changes.create(db, KEEPER, slug, {"title": "自己点検", "fiscal_year": 2025, "scope": "全職員", "period_start": TODAY, "period_end": TODAY})
    made = changes.transition(db, KEEPER, slug, made.code, "open", made.version)
    with pytest.raises(NotAllowedNow, match="no answer yet"):
        changes.transition(db, KEEPER, slug, made.code, "close", made.version)
    made = changes.transition(db, user, slug, made.code, "answer", made.version, row={"item": "ロック", "answer": "done", "role": "general"})
    made = changes.transition(db, KEEPER, slug, made.code, "close", made.version)
    with pytest.raises(NotAllowedNow, match="cannot be changed"):
        changes.update(db, KEEPER, slug, made.code, {"answers": []}, made.version)
    made = changes.update(db, KEEPER, slug, made.code, {"analysis": "よくできている。"}, made.version)
    for move in ("analyse", "report"):
        made = changes.transition(db, KEEPER, slug, made.code, move, made.version)
    with db.read() as conn:
        record = Look(conn).one(slug, made.id)
    assert record is not None and (record["status"], record["compliance_rate"], record["due_on"]) == ("reported", Decimal("100.0"), None)


# 脆弱性

@pytest.mark.parametrize(("severity", "days"), [("critical", 7), ("high", 30), ("medium", 90), ("low", 180), ("info", None)])
def test_the_limit_follows_from_the_severity_counted_from_the_day_of_finding(severity: str, days: int | None) -> None:
    found = date(2025, 9, 1)
    limit = calendar.add_days(found, days) if days else None
    assert checks.triaged(case("vulnerability-findings", {"severity": severity, "found_on": found})) == {"limit_on": limit, "due_on": limit}


def test_limits_are_settings_and_count_from_today_where_no_day_of_finding_is_known() -> None:
    around = Around(settings={"vuln_days_critical": 3})
    assert checks.triaged(case("vulnerability-findings", {"severity": "critical", "found_on": None}, around=around))["due_on"] == date(2025, 11, 28)
    assert checks.reopened(case("vulnerability-findings", {"severity": "critical", "found_on": date(2025, 9, 1)}, around=around)) == {
        **dict.fromkeys(("treatment", "fixed_on", "retested_on", "retest_result", "accepted_until", "closed_on")), "limit_on": date(2025, 11, 28),
        "due_on": date(2025, 11, 28)}, "what comes up again counts from today"


def test_what_ends_a_vulnerability_writes_how_and_when() -> None:
    until = date(2026, 5, 1)
    assert checks.accepted(case("vulnerability-findings", {"accepted_until": until})) == {"treatment": "accept", "due_on": until, "closed_on": TODAY}
    assert checks.dismissed(case("vulnerability-findings", {})) == {"treatment": "false_positive", "closed_on": TODAY, "due_on": None}
    assert checks.retested(case("vulnerability-findings", {"retested_on": None})) == {"retested_on": TODAY, "closed_on": TODAY}
    assert checks.retested(case("vulnerability-findings", {"retested_on": until})) == {"retested_on": until, "closed_on": TODAY}


FOUND = [{"id": n, "assessment_id": of, "severity": severity, "status": status} for n, (of, severity, status) in enumerate([
    (1, "critical", "open"), (1, "critical", "retested_closed"), (1, "high", "false_positive"), (1, "info", "accepted"), (2, "low", "open")])]
COUNTS = {"critical_count": 2, "high_count": 0, "medium_count": 0, "low_count": 0, "info_count": 1}


def test_an_assessment_counts_its_own_findings_by_severity_and_a_false_positive_is_none() -> None:
    around = Around({"vulnerability-findings": FOUND})
    given = {"id": 1, "reported_on": None}
    assert checks.reported(case("vulnerability-assessments", given, around=around)) == {"reported_on": TODAY, **COUNTS}
    assert checks.ended(case("vulnerability-assessments", given, around=around)) == {"closed_on": TODAY, **COUNTS}
    told = {"id": 3, "reported_on": date(2025, 8, 2)}
    assert checks.reported(case("vulnerability-assessments", told, around=around)) == {"reported_on": date(2025, 8, 2)}, "what was typed stands"


@pytest.mark.parametrize(("status", "refused"), [
    ("open", True), ("triaged", True), ("fixing", True), ("fixed", True), ("retested_closed", False), ("accepted", False), ("false_positive", False)])
def test_an_assessment_ends_when_each_of_its_findings_has_ended(status: str, refused: bool) -> None:
    around = Around({"vulnerability-findings": [{"id": 1, "assessment_id": 1, "status": status}, {"id": 2, "assessment_id": 2, "status": "open"}]})
    assert bool(checks.all_dealt_with(case("vulnerability-assessments", {"id": 1}, around=around))) is refused


@pytest.mark.parametrize(("reported", "due"), [(None, date(2025, 9, 30)), (TODAY, None)])
def test_an_assessment_is_due_until_its_report_is_there(reported: date | None, due: date | None) -> None:
    assert settled("vulnerability-assessments", period_end=date(2025, 9, 30), reported_on=reported)["due_on"] == due


@pytest.mark.parametrize(("until", "refused"), [(date(2026, 11, 25), False), (date(2026, 11, 26), True), (TODAY, True),
                                                (date(2025, 11, 26), False), (None, False)])
def test_acceptance_ends_within_twelve_months(until: date | None, refused: bool) -> None:
    assert bool(checks.acceptance(case("vulnerability-findings", {"accepted_until": until}))) is refused


@pytest.mark.parametrize(("score", "refused"), [("0", False), ("10", False), ("10.1", True), ("-0.1", True), (None, False)])
def test_a_cvss_score_lies_between_nought_and_ten(score: str | None, refused: bool) -> None:
    assert bool(checks.cvss_in_range(case("vulnerability-findings", {"cvss": Decimal(score) if score else None}))) is refused
    assert checks.cvss_in_range(case("vulnerability-findings", {"cvss": Decimal(score) if score else None}, loading=True)) is None


def test_a_vulnerability_is_triaged_treated_retested_and_counted(sqlite_office: Office) -> None:
    db, slug = sqlite_office.db, "vulnerability-findings"
    system = changes.create(db, KEEPER, "vulnerability-assessments", {"title": "Web診断", "fiscal_year": 2025, "kind": "web", "performer": "甲社",
                                                                      "period_start": TODAY, "period_end": TODAY})
    system = changes.transition(db, KEEPER, "vulnerability-assessments", system.code, "begin", system.version)

    def find(title: str, severity: str) -> changes.Saved:
        found = changes.create(db, KEEPER, slug, {"title": title, "severity": severity, "assessment_id": system.id, "found_on": date(2025, 9, 1),
                                                  "treatment": "fix", "treatment_detail": "直す"})
        return changes.transition(db, KEEPER, slug, found.code, "triage", found.version)

    def read(slug: str, id: int) -> Values:
        with db.read() as conn:
            found = Look(conn).one(slug, id)
        assert found is not None
        return found

    one, other = find("XSS", "critical"), find("バナー", "low")
    assert read(slug, one.id)["due_on"] == date(2025, 9, 8)
    system = changes.update(db, KEEPER, "vulnerability-assessments", system.code, {"summary": "直せる。"}, system.version)
    system = changes.transition(db, KEEPER, "vulnerability-assessments", system.code, "report", system.version)
    assert [read("vulnerability-assessments", system.id)[f"{s}_count"] for s in checks.SEVERITIES] == [1, 0, 0, 1, 0]
    with pytest.raises(NotAllowedNow, match="not yet dealt with: 2"):
        changes.transition(db, KEEPER, "vulnerability-assessments", system.code, "close", system.version)

    for move in ("treat", "treated"):
        one = changes.transition(db, KEEPER, slug, one.code, move, one.version)
    one = changes.update(db, KEEPER, slug, one.code, {"retest_result": "残っていない"}, one.version)
    one = changes.transition(db, KEEPER, slug, one.code, "close", one.version)
    closed = read(slug, one.id)
    assert (closed["status"], closed["closed_on"], closed["retested_on"]) == ("retested_closed", calendar.today(), calendar.today())

    other = changes.update(db, KEEPER, slug, other.code, {"accepted_until": calendar.add_days(calendar.today(), 90)}, other.version)
    with pytest.raises(Forbidden, match="is done by"):
        changes.transition(db, KEEPER, slug, other.code, "accept", other.version, reason="更改まで")
    other = changes.transition(db, CISO, slug, other.code, "accept", other.version, reason="更改まで")
    assert read(slug, other.id)["due_on"] == calendar.add_days(calendar.today(), 90), "it comes up again when the acceptance ends"
    changes.transition(db, KEEPER, "vulnerability-assessments", system.code, "close", system.version)
    other = changes.transition(db, KEEPER, slug, other.code, "reopen", other.version, reason="受容の期限が来た")
    again = read(slug, other.id)
    assert (again["status"], again["closed_on"], again["due_on"]) == ("triaged", None, calendar.add_days(calendar.today(), 180))


# サプライチェーン

SOUND: dict[str, Any] = {"procurement_kind": "equipment", "concern": False, "inquired": None, "inquired_on": None, "ismap": None}


@pytest.mark.parametrize(("more", "refused"), [
    ({}, False), ({"concern": True}, True), ({"concern": True, "inquired": True}, True), ({"concern": True, "inquired_on": TODAY}, True),
    ({"concern": True, "inquired": True, "inquired_on": TODAY}, False),
    ({"procurement_kind": "cloud"}, True), ({"procurement_kind": "cloud", "ismap": "listed"}, False)])
def test_a_concern_is_asked_about_and_a_cloud_is_looked_up_in_ismap(more: dict[str, Any], refused: bool) -> None:
    assert bool(checks.looked_into(case("supply-chain-checks", {**SOUND, **more}))) is refused


def test_what_has_a_concern_is_cleared_on_conditions_only() -> None:
    assert checks.without_concern(case("supply-chain-checks", SOUND)) is None
    assert checks.without_concern(case("supply-chain-checks", {**SOUND, "concern": True})) is not None
    assert checks.judgement("conditional")(case("supply-chain-checks", SOUND)) == {"judgement": "conditional", "decided_on": TODAY}


def test_a_purchase_is_cleared_by_somebody_who_did_not_check_it(sqlite_office: Office) -> None:
    db, slug = sqlite_office.db, "supply-chain-checks"
    made = changes.create(db, Actor("kobayashi", frozenset({"procurement"})), slug, {"subject": "端末", "procurement_kind": "equipment", "maker": "甲社"})
    made = changes.transition(db, KEEPER, slug, made.code, "check", made.version)
    made = changes.update(db, KEEPER, slug, made.code, {"concern": False, "origin": "日本"}, made.version)
    with pytest.raises(Forbidden, match="you changed"):
        changes.transition(db, KEEPER, slug, made.code, "clear", made.version)
    made = changes.transition(db, CISO, slug, made.code, "clear", made.version)
    with db.read() as conn:
        record = Look(conn).one(slug, made.id)
    assert record is not None and (record["status"], record["judgement"]) == ("cleared", "ok")


# LGWAN-ASP

@pytest.mark.parametrize(("kind", "personal", "priority"), [("private", True, True), ("private", False, False), ("public", True, False), (None, True, None),
                                                            ("private", None, None)])
def test_private_providers_with_personal_data_come_first(kind: str | None, personal: bool | None, priority: bool | None) -> None:
    assert settled("asp-audits", provider_kind=kind, handles_personal=personal)["priority"] is priority


@pytest.mark.parametrize(("values", "due"), [
    ({"planned_year": 2026}, date(2027, 3, 31)), ({"planned_year": 2026, "scheduled_on": date(2026, 9, 1)}, date(2026, 9, 1)), ({}, None),
    ({"planned_year": 2026, "audited_on": TODAY}, None), ({"audited_on": TODAY, "improve_by": date(2026, 2, 1)}, date(2026, 2, 1)),
    ({"audited_on": TODAY, "improve_by": TODAY, "completed_on": TODAY}, None)])
def test_a_hosting_audit_waits_for_its_day_then_for_the_improvement(values: dict[str, Any], due: date | None) -> None:
    assert settled("asp-audits", **values)["due_on"] == due


@pytest.mark.parametrize(("major", "minor", "improved_on", "refused"), [(1, 0, None, True), (0, 2, None, True), (0, 2, TODAY, False), (0, 0, None, False),
                                                                        (None, None, None, False)])
def test_findings_are_improved_before_an_audit_is_complete(major: int | None, minor: int | None, improved_on: date | None, refused: bool) -> None:
    assert bool(audits.improved(case("asp-audits", settled("asp-audits", major_count=major, minor_count=minor, improved_on=improved_on)))) is refused


@pytest.mark.parametrize(("year", "refused"), [(2025, True), (2026, False), (2027, True), (None, True)])
def test_what_is_carried_over_ends_within_the_three_years(year: int | None, refused: bool) -> None:
    before = settled("asp-audits", planned_year=2025, scheduled_on=TODAY)
    carried = {**before, **audits.carried(case("asp-audits", before, reason="設備更改と重なる"))}
    assert (carried["carried_from"], carried["carried_reason"]) == (2025, "設備更改と重なる")
    assert bool(audits.later_year(case("asp-audits", {**carried, "planned_year": year}))) is refused
    longer = Around(settings={"asp_audit_last_year": 2027})
    assert audits.later_year(case("asp-audits", {**carried, "planned_year": 2027}, around=longer)) is None
    assert carried["scheduled_on"] is None, "the day that was planned no longer holds"


def test_carrying_over_asks_for_a_reason(sqlite_office: Office) -> None:
    made = changes.create(sqlite_office.db, KEEPER, "asp-audits", {"service": "議会映像", "planned_year": 2025})
    with pytest.raises(NotAllowedNow, match="needs a reason"):
        changes.transition(sqlite_office.db, KEEPER, "asp-audits", made.code, "carry_over", made.version)


# 自治体からの報告

@pytest.mark.parametrize(("values", "due"), [
    ({"expected_on": TODAY}, TODAY), ({"expected_on": TODAY, "confirm_by": date(2026, 1, 24)}, date(2026, 1, 24)),
    ({"expected_on": TODAY, "resubmit_by": date(2026, 1, 10)}, date(2026, 1, 10)), ({"confirm_by": TODAY, "confirmed_on": TODAY}, None),
    ({"expected_on": TODAY, "confirm_by": date(2026, 1, 24), "resubmit_by": date(2026, 1, 10)}, date(2026, 1, 24)), ({}, None)])
def test_a_report_waits_to_come_in_then_to_be_confirmed(values: dict[str, Any], due: date | None) -> None:
    assert settled("municipal-audit-reports", **values)["due_on"] == due


def test_a_report_is_confirmed_within_sixty_days_of_its_receipt() -> None:
    def of(**values: Any) -> Case:
        return case("municipal-audit-reports", settled("municipal-audit-reports", **values))

    assert audits.received(of(submitted_on=date(2025, 10, 1))) == {"submitted_on": date(2025, 10, 1), "confirm_by": date(2025, 11, 30)}
    assert audits.received(of())["confirm_by"] == date(2026, 1, 24)
    assert audits.received_again(of(submitted_on=date(2025, 10, 1))) == {"resubmitted_on": TODAY, "resubmit_by": None, "confirm_by": date(2026, 1, 24)}
    assert settled("municipal-audit-reports", submitted_on=date(2025, 10, 1), confirmed_on=date(2025, 11, 30))["days"] == 60
    assert all(settled("municipal-audit-reports", **{name: TODAY})["days"] is None for name in ("submitted_on", "confirmed_on"))
    assert audits.waiting_again(of(confirm_by=TODAY)) == {"confirm_by": None}, "an incomplete report waits for the municipality"
    quick = Around(settings={"municipal_confirm_days": 30})
    assert audits.received(case("municipal-audit-reports", settled("municipal-audit-reports"), around=quick))["confirm_by"] == date(2025, 12, 25)


@pytest.mark.parametrize(("values", "refused"), [
    ({"kind": "convenience", "checklist": [{"item": "a", "result": "met"}, {"item": "b", "result": "na"}]}, False),
    ({"kind": "convenience", "checklist": [{"item": "a", "result": "unchecked"}]}, True), ({"kind": "juki_remote", "checklist": [{"item": "a"}]}, True),
    ({"kind": "external_audit", "checklist": [{"item": "a", "result": "met"}]}, True),
    ({"kind": "external_audit", "auditor_independent": True, "checklist": [{"item": "a", "result": "met"}]}, True),
    ({"kind": "external_audit", "auditor": "監査法人", "auditor_independent": False, "checklist": [{"item": "a", "result": "met"}]}, True),
    ({"kind": "external_audit", "auditor": "監査法人", "auditor_independent": True, "checklist": [{"item": "a", "result": "met"}]}, False)])
def test_every_point_is_checked_and_an_external_auditor_is_independent(values: dict[str, Any], refused: bool) -> None:
    assert bool(audits.fit_to_confirm(case("municipal-audit-reports", settled("municipal-audit-reports", **values)))) is refused


@pytest.mark.parametrize(("result", "comment", "refused"), [("unmet", None, True), ("unmet", "来年度に導入", False), ("met", None, False)])
def test_a_point_that_is_not_met_says_what_it_lacks(result: str, comment: str | None, refused: bool) -> None:
    point = {"number": "2", "item": "ログ", "result": result, "comment": comment}
    for told, name in ((point, "（2）"), ({**point, "number": None}, "（ログ）")):
        why = audits.unmet_explained(case("municipal-audit-reports", settled("municipal-audit-reports", checklist=[told])))
        assert why is not None and name in why.ja if refused else why is None


@pytest.mark.parametrize(("direction", "said", "refused"), [
    ("inquiry", "inquiry", False), ("inquiry", "answer", True), ("answer", "answer", False), ("answer", "inquiry", True), ("answer", None, True)])
def test_an_inquiry_goes_out_and_an_answer_comes_in(direction: str, said: str | None, refused: bool) -> None:
    former, new = [{"direction": "inquiry"}, {"direction": "answer"}], [{"direction": said}]
    judged = case("municipal-audit-reports", {"exchanges": [*former, *new]}, {"exchanges": former})
    assert bool(audits.says(direction)(judged)) is refused
    assert bool(audits.says(direction)(case("municipal-audit-reports", {"exchanges": new}))) is refused


def test_a_report_is_received_inquired_about_answered_and_confirmed_by_another(sqlite_office: Office) -> None:
    db, slug = sqlite_office.db, "municipal-audit-reports"
    made = changes.create(db, KEEPER, slug, {"kind": "convenience", "fiscal_year": 2025, "body_code": "131016", "body_name": "千代田区"})
    for move in ("receive", "check"):
        made = changes.transition(db, KEEPER, slug, made.code, move, made.version)
    with pytest.raises(NotAllowedNow, match="Mark an inquiry"):
        changes.transition(db, KEEPER, slug, made.code, "inquire", made.version, row={"direction": "answer", "sent_on": TODAY, "content": "?"})
    made = changes.transition(db, KEEPER, slug, made.code, "inquire", made.version, row={"direction": "inquiry", "sent_on": TODAY, "content": "保存期間は"})
    made = changes.transition(db, KEEPER, slug, made.code, "answer", made.version, row={"direction": "answer", "sent_on": TODAY, "content": "1年"})
    made = changes.update(db, KEEPER, slug, made.code, {"checklist": [{"item": "ログ", "result": "met"}], "result": "満たす"}, made.version)
    with pytest.raises(Forbidden, match="you changed"):
        changes.transition(db, KEEPER, slug, made.code, "confirm", made.version)
    made = changes.transition(db, OFFICER, slug, made.code, "confirm", made.version)
    with db.read() as conn:
        record = Look(conn).one(slug, made.id, whole=True)
    assert record is not None
    assert (record["status"], record["prefecture"], record["due_on"]) == ("confirmed", "東京都", None)
    assert [e["direction"] for e in record["exchanges"]] == ["inquiry", "answer"]
