"""The indicators: every formula against records in memory, nothing to divide by, lights, and the target that held then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from grc import changes
from grc.cli import kpi_values
from grc.facts import Look
from grc.kinds import DECIMAL
from grc.office import Office
from grc.people import CLI
from grc.permissions import Actor
from grc.refusal import NotAllowedNow
from registers.rules import indicators, kpi
from registers.rules.indicators import BY_NUMBER, INDICATORS
from tests.facts import Around, case

UNTIL = date(2025, 11, 30)
RISK = Actor("tanaka", frozenset({"risk_officer"}))


def day(text: str) -> date:
    return date.fromisoformat(text)


def moment(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def numbered(*records: dict[str, Any]) -> list[dict[str, Any]]:
    return [{"id": n, "status": "active", **record} for n, record in enumerate(records, 1)]


def contract(**values: Any) -> dict[str, Any]:
    return {"status": "signed", "contract_date": day("2025-06-01"), "method": "open", "amount": 800, "estimated_price": 1000, "estimate_status": "published",
            "single_bid": False, **values}


SESSIONS = numbered({"held_on": day("2025-07-10"), "target_count": 110, "excused_count": 10, "attended_count": 95, "passed_count": 90},
                    {"held_on": day("2025-11-30"), "target_count": 50, "excused_count": None, "attended_count": 40, "passed_count": None},
                    {"held_on": day("2025-12-01"), "target_count": 999, "attended_count": 1, "passed_count": 0}, {"held_on": None, "target_count": 5})
ACTIONS = numbered(
    {"issued_on": day("2025-05-01"), "original_due_on": day("2025-06-30"), "due_on": day("2025-06-30"), "completed_on": day("2025-06-30"),
     "checked_on": day("2025-10-01")},
    {"issued_on": day("2025-05-01"), "original_due_on": day("2025-06-30"), "due_on": day("2025-09-30"), "completed_on": day("2025-08-01"), "checked_on": None},
    {"issued_on": day("2025-11-20"), "original_due_on": None, "due_on": day("2025-11-30"), "completed_on": None, "status": "implementing"},
    {"issued_on": day("2025-08-22"), "due_on": day("2026-02-01"), "completed_on": None, "status": "implementing"},
    {"issued_on": day("2025-11-29"), "due_on": day("2025-11-29"), "completed_on": None, "status": "cancelled"})
VULNERABILITIES = numbered({"severity": "critical", "due_on": day("2025-05-10"), "closed_on": day("2025-05-10")},
                           {"severity": "high", "limit_on": day("2025-06-10"), "due_on": day("2026-03-31"), "closed_on": day("2025-06-11")},  # put off
                           {"severity": "high", "limit_on": day("2025-12-10"), "due_on": day("2025-06-10"), "closed_on": day("2025-06-10")},
                           {"severity": "critical", "due_on": day("2025-06-10"), "closed_on": day("2025-06-11")},
                           *({"severity": "low", "due_on": day("2025-08-10"), "closed_on": day("2025-08-01")} for _ in range(2)),
                           {"severity": "low", "due_on": day("2026-01-10")},
                           {"severity": "low", "due_on": day("2025-08-10"), "status": "false_positive"})
INCIDENTS = numbered(
    {"occurred_at": moment("2025-05-22 02:00"), "known_at": moment("2025-06-01 02:00"), "restored_at": moment("2025-06-01 05:00"),
     "downtime_min": 180, "systems": [("systems", 6)]},
    {"occurred_at": moment("2025-06-30 00:00"), "known_at": None, "downtime_min": None, "system_id": 6},
    {"occurred_at": moment("2025-07-01 00:00"), "known_at": moment("2025-07-01 01:00"), "restored_at": None, "downtime_min": 60, "system_id": 6},
    {"occurred_at": moment("2025-07-02 00:00"), "known_at": None, "downtime_min": 999, "systems": [("systems", 7)]},
    {"occurred_at": moment("2025-11-30 15:30"), "known_at": moment("2025-11-30 16:00"), "downtime_min": 60, "system_id": 6},  # 1 December in Japan
    {"occurred_at": moment("2025-08-01 00:00"), "known_at": moment("2025-08-01 09:00"), "downtime_min": 60, "system_id": 6, "status": "false_alarm"})
DRILLS = numbered({"planned_on": day("2025-06-01"), "held_on": day("2025-06-03"), "rto_target_min": 60, "rto_actual_min": 60,
                   "improvements": [{"done_on": day("2025-08-01")}, {"done_on": None}]},
                  {"planned_on": day("2025-10-01"), "held_on": day("2025-10-01"), "rto_target_min": 60, "rto_actual_min": 61,
                   "improvements": [{"done_on": day("2025-12-01")}]},
                  {"planned_on": day("2025-07-01"), "held_on": day("2025-07-01"), "rto_target_min": 60},
                  {"planned_on": day("2025-11-01"), "held_on": None, "rto_target_min": 60}, {"planned_on": day("2026-02-01")},
                  {"planned_on": day("2025-09-01"), "postponed_to": day("2026-01-15")})
CONTRACTS = numbered(contract(single_bid=True), contract(method="proposal", amount=1200, estimated_price=None, estimate_status="none"),
                     contract(method="negotiated", amount=2000, estimated_price=2000), contract(status="planned", method="open"),
                     contract(contract_date=day("2025-03-31")), contract(method="after_failed_bid", amount=400, estimated_price=500))
AUDITS = numbered({"kind": "internal", "planned_from": day("2025-09-01"), "planned_to": day("2025-10-01"), "reported_on": day("2025-11-30"), "status": "reported"},
                  {"kind": "internal", "planned_from": day("2025-11-01"), "reported_on": None, "status": "fieldwork"},
                  {"kind": "internal", "planned_from": day("2025-03-01"), "planned_to": day("2025-04-01"), "reported_on": None, "status": "fieldwork"},
                  {"kind": "internal", "planned_from": day("2025-11-01"), "reported_on": None, "status": "cancelled"},
                  {"planned_from": day("2025-11-20"), "planned_to": day("2025-12-20")}, {"planned_from": None})
MONTHLY = numbered(
    *({"kind": "kanji_monthly", "planned_from": date(2025, m, 20), "reported_on": date(2025, m, 25) if m not in (8, 9) else None, "status": "planned"}
      for m in range(4, 11)),
    {"kind": "kanji_monthly", "planned_from": date(2025, 11, 20), "reported_on": None, "status": "reported"},
    {"kind": "internal", "planned_from": date(2025, 9, 1), "reported_on": date(2025, 9, 2)})
FINDINGS = numbered({"issued_on": day("2025-06-01"), "control_id": 1, "unit_id": 1}, {"issued_on": day("2025-06-01"), "control_id": 1, "unit_id": 2},
                    {"issued_on": day("2025-06-01"), "control_id": None, "unit_id": 1}, {"issued_on": day("2025-06-01"), "control_id": 3, "unit_id": 1},
                    {"issued_on": day("2025-06-01"), "control_id": 1, "unit_id": 1, "status": "withdrawn"},
                    *({"issued_on": day("2025-06-01"), "control_id": None, "unit_id": 1} for _ in range(2)),
                    {"issued_on": day("2025-06-01"), "control_id": 4, "unit_id": 1},
                    {"issued_on": day("2025-03-31"), "control_id": 4, "unit_id": 1},
                    {"issued_on": day("2025-03-31"), "control_id": 3, "unit_id": 1, "status": "withdrawn"},
                    {"issued_on": day("2023-04-01"), "control_id": 1, "unit_id": 1}, {"issued_on": day("2024-04-01"), "control_id": None, "unit_id": 1},
                    {"issued_on": day("2023-03-31"), "control_id": 3, "unit_id": 1})
BREACHES = numbered({"is_required": True, "preliminary_due_on": day("2025-06-05"), "preliminary_sent_on": day("2025-06-05"),
                     "final_due_on": day("2025-06-30"), "final_sent_on": day("2025-07-01")},
                    {"is_required": True, "preliminary_due_on": day("2025-11-28"), "preliminary_sent_on": None, "final_due_on": day("2025-12-25")},
                    {"is_required": False, "preliminary_due_on": day("2025-06-05")})
PLAN = numbered({"fiscal_year": 2025, "due_on": day("2025-06-30"), "status": "achieved"}, {"fiscal_year": 2025, "due_on": day("2025-08-31"), "status": "delayed"},
                {"fiscal_year": 2025, "due_on": day("2025-11-30"), "status": "partly_achieved"}, {"fiscal_year": 2025, "due_on": day("2025-08-31"), "status": "draft"},
                {"fiscal_year": 2025, "due_on": day("2025-08-31"), "status": "cancelled"}, {"fiscal_year": 2025, "due_on": day("2026-03-31"), "status": "achieved"},
                {"fiscal_year": 2024, "due_on": day("2025-03-31"), "status": "achieved"})
PERIOD = 244 * 24 * 60  # minutes from April to November

CASES: dict[str, tuple[Mapping[str, Any], tuple[Any, Any]]] = {
    "K01": ({"personal-data-assets": numbered(
        {"last_reviewed_on": day("2025-06-01"), "status": "registered"}, {"last_reviewed_on": day("2025-03-31"), "status": "under_review"},
        {"last_reviewed_on": day("2025-12-01"), "status": "registered"}, {"last_reviewed_on": day("2025-06-01"), "status": "disposed"})}, (1, 3)),
    "K02": ({"information-assets": numbered(
        {"inventoried_on": day("2025-07-01")}, {"inventoried_on": None}, {"inventoried_on": day("2025-07-01"), "status": "draft"})}, (1, 2)),
    "K03": ({"training-sessions": SESSIONS}, (135, 150)),
    "K03-2": ({"training-sessions": SESSIONS}, (90, 95)),
    "K04": ({"processors": numbered({}, {}, {"status": "evaluation_due"}, {"status": "terminated"}),
             "processor-evaluations": numbered({"processor_id": 1, "evaluated_on": day("2024-12-01")}, {"processor_id": 2, "evaluated_on": day("2024-11-30")},
                                               {"processor_id": 4, "evaluated_on": day("2025-06-01")}, {"processor_id": 3, "evaluated_on": day("2025-12-01")})}, (1, 3)),
    "K05": ({"risks": numbered(
        {"residual_level": "high", "status": "residual_pending"}, {"residual_level": "high", "status": "treating"},
        *({"residual_level": "high", "status": status} for status in ("accepted", "monitored", "closed")), {"residual_level": "low"})}, (2, None)),
    "K06": ({"risks": numbered(
        {"inherent_score": 20, "residual_score": 8}, {"inherent_score": 10, "residual_score": 4}, {"inherent_score": 9, "residual_score": None})}, (18, 30)),
    "K07": ({"corrective-actions": ACTIONS}, (1, 3)),
    "K08": ({"corrective-actions": ACTIONS}, (55, 1)),
    "K08-2": ({"corrective-actions": ACTIONS}, (100, 1)),
    "K09": ({"corrective-actions": ACTIONS}, (1, 2)),
    "K10": ({"findings": FINDINGS}, (2, 7)),
    "K11": ({"audits": AUDITS}, (1, 3)),
    "K12": ({"audits": MONTHLY}, (6, 8)),
    "K13": ({"self-checks": numbered({"fiscal_year": 2025, "target_count": 100, "answered_count": 90}, {"fiscal_year": 2025, "target_count": 100, "answered_count": None},
                                     {"fiscal_year": 2024, "target_count": 9, "answered_count": 9})}, (90, 100)),
    "K13-2": ({"self-checks": numbered({"fiscal_year": 2025, "done_count": 80, "answered_count": 100, "na_count": 10},
                                       {"fiscal_year": 2025, "done_count": 40, "answered_count": 50, "na_count": None})}, (120, 140)),
    "K14": ({"soa-statements": numbered({"status": "approved"}, {"status": "superseded"}), "soa-entries": numbered(
        {"statement_id": 1, "applicable": True, "implementation": "done"}, {"statement_id": 1, "applicable": True, "implementation": "partial"},
        {"statement_id": 1, "applicable": True, "implementation": "planned"}, {"statement_id": 1, "applicable": None, "implementation": "done"},
        {"statement_id": 1, "applicable": False, "implementation": "done"}, {"statement_id": 2, "applicable": True, "implementation": "done"})}, (1, 3)),
    "K15": ({"vulnerability-findings": VULNERABILITIES}, (3, 5)),
    "K15-2": ({"vulnerability-findings": VULNERABILITIES}, (1, 2)),
    "K16": ({"incidents": INCIDENTS}, (241, 2)),
    "K16-2": ({"incidents": INCIDENTS}, (3, 1)),
    "K17": ({"systems": [{"id": 6, "number": "SYS-06"}, {"id": 7, "number": "SYS-07"}], "incidents": INCIDENTS}, (PERIOD - 240, PERIOD)),
    "K18": ({"breach-reports": BREACHES}, (1, 3)),
    "K19": ({"drills": DRILLS}, (3, 4)),
    "K19-2": ({"drills": DRILLS}, (1, 2)),
    "K20": ({"drills": DRILLS}, (1, 3)),
    "K21": ({"asp-audits": numbered({"status": "completed"}, {"status": "completed"}, {"status": "completed", "completed_on": day("2025-11-30")},
                                    {"status": "completed", "completed_on": day("2025-12-01")}, {"status": "planned"}, {"status": "improving"}, {})}, (3, 7)),
    "K22": ({"contracts": CONTRACTS}, (1, 2)),
    "K22-2": ({"contracts": CONTRACTS}, (800, 2000)),
    "K23": ({"contracts": CONTRACTS}, (1, 4)),
    "K23-2": ({"contracts": CONTRACTS}, (2000, 4400)),
    "K24": ({"contracts": CONTRACTS}, (3200, 3500)),
    "K24-2": ({"contracts": CONTRACTS}, (80, 1)),
    "K26": ({"action-items": numbered({"due_on": day("2025-06-01"), "answered_on": day("2025-06-01")}, {"due_on": day("2025-06-01"), "answered_on": day("2025-06-02")},
                                      {"due_on": day("2025-06-01"), "answered_on": None}, {"due_on": day("2026-01-01"), "answered_on": day("2025-06-01")})}, (1, 3)),
    "K27": ({"plan-items": PLAN}, (1, 3)),
}


def test_every_formula_has_a_case() -> None:
    assert {one.number for one in INDICATORS if one.measure} == set(CASES)


@pytest.mark.parametrize("number", CASES)
def test_a_formula_counts_what_it_says(number: str) -> None:
    held, (numerator, denominator) = CASES[number]
    measure = BY_NUMBER[number].measure
    assert measure is not None
    assert measure(Around(held), UNTIL) == kpi.Figure(Decimal(numerator), None if denominator is None else Decimal(denominator))


@pytest.mark.parametrize("number", [number for number in CASES if number not in ("K05", "K12")])
def test_nothing_to_divide_by_is_no_figure(number: str) -> None:
    """An empty office shows ―, never 0 %."""
    one = BY_NUMBER[number]
    assert one.measure is not None
    figure = one.measure(Around(), UNTIL)
    assert not figure.denominator
    values = {**one.values, "numerator": figure.numerator, "denominator": figure.denominator}
    assert (indicators.value(values), indicators.light(values)) == (None, None)
    assert DECIMAL.show(indicators.value(values)) == "―"


def test_the_first_month_of_a_year_has_one_month_elapsed() -> None:
    assert kpi.monthly_audits(Around({"audits": MONTHLY}), date(2025, 4, 30)) == kpi.Figure(Decimal(1), Decimal(1))
    assert kpi.monthly_audits(Around(), date(2025, 4, 29)).denominator == 0


def test_months_published_by_their_legal_day() -> None:
    """K25: April in time, one on its last day, May late, June not yet published, July's day still to come, August without contracts."""
    months = [(day("2025-06-10"), day("2025-06-11")), (UNTIL, UNTIL), (day("2025-07-15"), day("2025-07-12")),
               (None, day("2025-08-11")), (None, day("2025-12-11")), (None, None)]
    assert kpi.months_published_in_time(months, UNTIL) == kpi.Figure(Decimal(2), Decimal(4))
    assert kpi.months_published_in_time([], UNTIL).denominator == 0


@pytest.mark.parametrize(("days", "nine_in_ten"), [(range(1, 11), 9), (range(1, 12), 10), (range(1, 21), 18), ([5], 5)])
def test_nine_in_ten_open_actions_are_no_older(days: Sequence[int], nine_in_ten: int) -> None:
    actions = numbered(*({"issued_on": UNTIL - timedelta(days=n), "status": "implementing"} for n in days))
    assert kpi.correction_age_p90(Around({"corrective-actions": actions}), UNTIL) == kpi.Figure(Decimal(nine_in_ten), Decimal(1))


@pytest.mark.parametrize(("evaluated", "counts"), [("2024-02-28", False), ("2024-02-29", True)])
def test_an_evaluation_holds_for_twelve_months(evaluated: str, counts: bool) -> None:
    """K04, on the last of February: the day after the same day a year ago is the first."""
    held = {"processors": numbered({}), "processor-evaluations": numbered({"processor_id": 1, "evaluated_on": day(evaluated)})}
    assert kpi.processors_evaluated(Around(held), date(2025, 2, 28)).numerator == counts


def test_a_system_that_stood_still_longer_than_the_year_was_never_available() -> None:
    """K17 of two incidents at one time: never less than 0 %."""
    held = {"systems": [{"id": 6, "number": "SYS-06"}], "incidents": numbered({"occurred_at": moment("2025-06-01 00:00"), "system_id": 6, "downtime_min": PERIOD + 1})}
    assert kpi.availability(Around(held), UNTIL) == kpi.Figure(Decimal(0), Decimal(PERIOD))


def test_the_system_of_k17_is_a_setting() -> None:
    held = {"systems": [{"id": 7, "number": "SYS-07"}], "incidents": INCIDENTS}
    assert kpi.availability(Around(held, settings={kpi.CARD_SYSTEM: "SYS-07"}), UNTIL) == kpi.Figure(Decimal(PERIOD - 999), Decimal(PERIOD))
    assert kpi.availability(Around(held), UNTIL).denominator == 0


def test_the_indicators_are_those_of_the_specification() -> None:
    assert {f"K{n:02d}" for n in range(1, 29)} <= set(BY_NUMBER) and len(BY_NUMBER) == len(INDICATORS)
    assert all((one.operator is None) == (one.target is None) for one in INDICATORS)
    assert [one.number for one in INDICATORS if not one.measured] == ["K28", *(f"K28-{n}" for n in range(2, 10))]


TARGETS = {
    "K01": ">=100", "K02": ">=100", "K03": ">=100", "K03-2": ">=95", "K04": ">=100", "K05": "<=0", "K07": ">=90", "K08": "<=90", "K09": ">=100", "K11": ">=100",
    "K12": ">=100", "K13": ">=100", "K13-2": ">=95", "K14": ">=95", "K15": ">=95", "K15-2": ">=100", "K17": ">=99.9", "K18": ">=100", "K19": ">=100",
    "K19-2": ">=80", "K20": ">=100", "K21": ">=100", "K25": ">=100", "K26": ">=90", "K28": "<=14", "K28-2": "<=7", "K28-3": ">=95", "K28-4": ">=100",
    "K28-5": ">=2000000", "K28-6": "=100", "K28-7": "=100", "K28-8": ">=130", "K28-9": "=2"}


def test_the_targets_are_those_of_the_specification() -> None:
    assert {one.number: f"{one.operator}{one.target}" for one in INDICATORS if one.target} == TARGETS
    assert BY_NUMBER["K21"].targets == {2024: "33", 2025: "67", 2026: "100"}
    assert [one.number for one in INDICATORS if one.number in TARGETS and one.source_section != "提案"] == [
        "K12", "K17", "K21", "K25", "K28", *(f"K28-{n}" for n in range(2, 10))]


@pytest.mark.parametrize(("how", "numerator", "denominator", "operator", "target", "tolerance", "value", "light"), [
    ("ratio", 2, 3, ">=", "66.6667", "0", "66.6667", "bad"),  # judged as it is, not as it is rounded
    ("ratio", 999, 1000, ">=", "99.9", "0.1", "99.9", "good"), ("ratio", 998, 1000, ">=", "99.9", "0.1", "99.8", "attention"),
    ("ratio", 997, 1000, ">=", "99.9", "0.1", "99.7", "bad"), ("ratio", 0, 5, ">=", "90", "10", "0", "bad"), ("ratio", 0, 0, ">=", "90", "10", None, None),
    ("ratio", 5, None, ">=", "90", "10", None, None), ("ratio", None, 5, ">=", "90", "10", None, None), ("mean", 100, 1, "<=", "90", "30", "100", "attention"),
    ("mean", 121, 1, "<=", "90", "30", "121", "bad"), ("figure", 0, None, "<=", "0", "2", "0", "good"), ("figure", 3, None, "<=", "0", "2", "3", "bad"),
    ("figure", 12, None, "=", "12", None, "12", "good"), ("figure", 11, None, "=", "12", None, "11", "bad"), ("figure", 5, None, None, None, None, "5", None),
])
def test_a_value_and_its_light(how: str, numerator: int | None, denominator: int | None, operator: str | None, target: str | None, tolerance: str | None,
                               value: str | None, light: str | None) -> None:
    def number(n: int | str | None) -> Decimal | None:
        return None if n is None else Decimal(n)

    values = {"how": how, "numerator": number(numerator), "denominator": number(denominator),
              "operator": operator, "target": number(target), "tolerance": number(tolerance)}
    assert indicators.value(values) == number(value)
    assert indicators.light(values) == light
    assert indicators.score({"light": light}) == {"good": 2, "attention": 1, "bad": 0, None: None}[light]


ASP = {"id": 1, "how": "ratio", "operator": ">=", "target": Decimal(100), "tolerance": Decimal(5), "measure_unit": "%",
       "targets": [{"fiscal_year": 2024, "target": Decimal(33)}, {"fiscal_year": 2025, "target": Decimal(67)}]}


@pytest.mark.parametrize(("month", "target"), [("2025-03", 33), ("2025-04", 67), ("2026-03", 67), ("2026-04", 100)])
def test_a_month_has_the_target_of_its_fiscal_year_else_that_of_the_indicator(month: str, target: int) -> None:
    assert indicators.target_of(ASP, month) == {"how": "ratio", "operator": ">=", "target": target, "tolerance": 5, "measure_unit": "%"}


@pytest.mark.parametrize(("given", "copied"), [
    ({}, {"how": "ratio", "operator": ">=", "target": 67, "tolerance": 5, "measure_unit": "%", "source": "typed"}),
    ({"source": "measured"}, {"how": "ratio", "operator": ">=", "target": 67, "tolerance": 5, "measure_unit": "%"}),
    ({"target": Decimal(50)}, {"source": "typed"}), ({"target": Decimal(50), "source": "measured"}, None), ({"kpi_id": 9}, {"source": "typed"})])
def test_a_value_that_says_nothing_of_its_target_copies_it(given: dict[str, Any], copied: dict[str, Any] | None) -> None:
    value = {"id": 7, "kpi_id": 1, "month": "2025-09", "source": None, **dict.fromkeys(indicators.TARGET), **given}
    made = list(indicators.take_target(case("kpi-values", value, around=Around({"kpis": [ASP]}))))
    assert [(change.slug, change.id, change.values) for change in made] == ([] if copied is None else [("kpi-values", 7, copied)])


@pytest.mark.parametrize(("month", "id", "loading", "allowed"), [
    ("2025-09", 8, False, False), ("2025-09", 8, True, True), ("2025-09", 7, False, True), ("2025-10", 8, False, True)])
def test_a_month_is_taken_by_one_value(month: str, id: int, loading: bool, allowed: bool) -> None:
    facts = Around({"kpi-values": [{"id": 7, "kpi_id": 1, "month": "2025-09"}]})
    assert (indicators.once_a_month(case("kpi-values", {"id": id, "kpi_id": 1, "month": month}, around=facts, loading=loading)) is None) is allowed


def test_a_typed_value_takes_the_target_of_its_year_and_keeps_it(sqlite_office: Office) -> None:
    """K21 has a target for each year; a later change of the indicator leaves the values that stand."""
    db = sqlite_office.db
    kpi_values.define(sqlite_office, CLI)
    with db.read() as conn:
        [asp] = Look(conn).records("kpis", number="K21")
    changes.create(db, RISK, "kpi-values", {"kpi_id": asp["id"], "month": "2025-09", "numerator": Decimal(64), "denominator": Decimal(100)})
    changes.update(db, RISK, "kpis", asp["code"], {"targets": [], "target": Decimal(50)}, 1)
    with db.read() as conn:
        [value] = Look(conn).records("kpi-values")
    assert (value["target"], value["operator"], value["measure_unit"], value["source"], value["light"]) == (Decimal(67), ">=", "%", "typed", "attention")


def test_an_indicator_has_one_value_a_month(sqlite_office: Office) -> None:
    db = sqlite_office.db
    kpi_values.define(sqlite_office, CLI)
    given = {"kpi_id": 1, "month": "2025-09", "numerator": Decimal(1)}
    saved = changes.create(db, RISK, "kpi-values", given)
    with pytest.raises(NotAllowedNow, match="has a value for this month"):
        changes.create(db, RISK, "kpi-values", given)
    changes.update(db, RISK, "kpi-values", saved.code, {"comment": "確認した"}, saved.version)
    changes.create(db, RISK, "kpi-values", given | {"month": "2025-10"})


def test_the_indicators_are_registered_once_and_a_changed_target_stays(sqlite_office: Office) -> None:
    assert len(kpi_values.define(sqlite_office, CLI)) == len(INDICATORS)
    with sqlite_office.db.read() as conn:
        [one] = Look(conn).records("kpis", number="K07")
    changes.update(sqlite_office.db, RISK, "kpis", one["code"], {"target": Decimal(80)}, 1)
    changes.archive(sqlite_office.db, CLI, "kpis", "PLN-KPI-000001", 1, reason="使わない")
    assert kpi_values.define(sqlite_office, CLI) == []
    with sqlite_office.db.read() as conn:
        assert Look(conn).records("kpis", number="K07")[0]["target"] == 80
