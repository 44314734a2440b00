"""The formulas of the indicators K01–K27 (domain.md §9.3): each a pure function of the registers and a last day.

A figure is of the fiscal year so far: what lies in it up to ``until``. Where a register keeps no past states (an open
risk, an entry of the statement), its present state counts. Nothing to divide by is no figure, never 0 %. Which formula
belongs to which indicator stands in :mod:`registers.rules.indicators`.
"""

from __future__ import annotations

import statistics
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from grc import calendar, settings
from grc.case import Facts, Values
from registers.rules.privacy import EVALUATION_MONTHS, IN_USE, interval
from registers.rules.procurement import CONTEST
from registers.rules.spans import months_later

CARD_SYSTEM = settings.declare("kpi_availability_system", "SYS-06", "稼働率を測る情報システムの番号（K17）", "Number of the system whose availability is measured (K17)")
SETTLING = settings.declare("kpi_effectiveness_days", 90, "有効性確認までの日数（K09）", "Days after completion until effectiveness is checked (K09)")

NOT_IN_FORCE = ("draft", "submitted", "returned", "unit_approved", "disposed", "cancelled")
"""Of assets and systems of records: what is not registered yet, or no longer."""
HIGH = ("high", "very_high", "critical")
SETTLED = ("accepted", "monitored", "closed")
OVER = ("effective_closed", "closed", "cancelled", "rejected")
SIGNED = ("signed", "in_performance", "completed")
NO_CONTEST = ("sole_source", "negotiated", "small_value")
"""随意契約 without competition; one after a failed tender had its competition."""
AUDITED = ("reported", "follow_up", "closed")


@dataclass(frozen=True, slots=True)
class Figure:
    """Numerator and denominator; of a plain count the denominator is none."""

    numerator: Decimal | None
    denominator: Decimal | None = None


Formula = Callable[[Facts, date], Figure]


def _figure(numerator: Decimal | float | None, denominator: Decimal | float | None = None) -> Figure:
    return Figure(*(None if n is None else Decimal(str(n)).quantize(Decimal("0.01")) for n in (numerator, denominator)))


def _share(good: Callable[[Values], bool], of: Iterable[Values]) -> Figure:
    """How many of the records are good, of how many."""
    found = list(of)
    return _figure(sum(map(good, found)), len(found))


def _sums(of: Iterable[Values], upper: Callable[[Values], Any], lower: Callable[[Values], Any]) -> Figure:
    """One sum over another, of the records that say both."""
    pairs = [(a, b) for row in of if (a := upper(row)) is not None and (b := lower(row)) is not None]
    return _figure(sum(a for a, _ in pairs), sum(b for _, b in pairs))


def _mean(of: Iterable[float]) -> Figure:
    found = list(of)
    return _figure(sum(found), len(found))


def _one(found: Sequence[float], of: Callable[[Sequence[float]], float]) -> Figure:
    """A figure of a list, such as its median, over 1; over 0 where the list is empty."""
    return _figure(of(found), 1) if found else _figure(0, 0)


def _day(value: Any) -> date | None:
    """The day of a date, or of a moment in Japan."""
    return calendar.tokyo(value).date() if isinstance(value, datetime) else value


def _by(value: Any, last: Any) -> bool:
    """Whether something happened, not after ``last``."""
    day, until = _day(value), _day(last)
    return day is not None and until is not None and day <= until


def _year(until: date) -> date:
    """The first day of the fiscal year."""
    return calendar.fiscal_year_bounds(calendar.fiscal_year(until))[0]


def _within(value: Any, until: date) -> bool:
    """Whether a day lies in the fiscal year so far."""
    return _by(value, until) and _by(_year(until), value)


def _so_far(facts: Facts, slug: str, name: str, until: date) -> list[Values]:
    """The records whose date lies in the fiscal year so far."""
    return [row for row in facts.records(slug) if _within(row.get(name), until)]


# ------------------------------------------------------------------------------------- ledgers, training, processors


def data_assets_reviewed(facts: Facts, until: date) -> Figure:
    """K01 個人情報台帳の見直し率: reviewed in the year, of those in force (JIS Q 15001, yearly review)."""
    return _share(lambda r: _within(r.get("last_reviewed_on"), until), _in_force(facts, "personal-data-assets"))


def assets_inventoried(facts: Facts, until: date) -> Figure:
    """K02 情報資産の棚卸率: inventoried in the year, of those in force."""
    return _share(lambda r: _within(r.get("inventoried_on"), until), _in_force(facts, "information-assets"))


def _in_force(facts: Facts, slug: str) -> list[Values]:
    return [row for row in facts.records(slug) if row.get("status") not in NOT_IN_FORCE]


def training_attended(facts: Facts, until: date) -> Figure:
    """K03 教育の受講率: attended, of the target group without those excused."""
    return _sums(_so_far(facts, "training-sessions", "held_on", until), lambda r: r.get("attended_count"),
                 lambda r: None if r.get("target_count") is None else r["target_count"] - (r.get("excused_count") or 0))


def training_passed(facts: Facts, until: date) -> Figure:
    """K03-2 教育の合格率: passed, of those who attended a session with a test."""
    return _sums(_so_far(facts, "training-sessions", "held_on", until), lambda r: r.get("passed_count"), lambda r: r.get("attended_count"))


def processors_evaluated(facts: Facts, until: date) -> Figure:
    """K04 委託先評価の実施率: evaluated within the last twelve months, of those that work for the body."""
    since = calendar.add_days(months_later(until, -interval(facts, EVALUATION_MONTHS)), 1)
    lately = {row.get("processor_id") for row in facts.records("processor-evaluations") if _by(row.get("evaluated_on"), until) and _by(since, row["evaluated_on"])}
    return _share(lambda r: r["id"] in lately, facts.records("processors", status=IN_USE))


# ------------------------------------------------------------------------------------- risks, findings, correction


def high_risks_open(facts: Facts, _until: date) -> Figure:
    """K05 高リスクの未対応数: residual risk high, and nobody has accepted it."""
    return _figure(sum(row.get("residual_level") in HIGH and row.get("status") not in SETTLED for row in facts.records("risks")))


def risk_reduced(facts: Facts, _until: date) -> Figure:
    """K06 リスク低減率: 1 − Σ residual ÷ Σ inherent, of risks that have both scores."""
    both = [r for r in facts.records("risks") if r.get("inherent_score") is not None and r.get("residual_score") is not None]
    return _sums(both, lambda r: r["inherent_score"] - r["residual_score"], lambda r: r["inherent_score"])


def corrected_in_time(facts: Facts, until: date) -> Figure:
    """K07 是正の期限内完了率: completed by the limit first set, of those due in the year; an extension counts as late."""
    def limit(row: Values) -> Any:
        return row.get("original_due_on") or row.get("due_on")

    return _share(lambda r: _by(r.get("completed_on"), limit(r)),
                  (r for r in facts.records("corrective-actions") if _within(limit(r), until) and r.get("status") not in ("cancelled", "rejected")))


def correction_age(facts: Facts, until: date) -> Figure:
    """K08 是正処置の滞留日数: days since issue of those still open, their median."""
    return _one(_ages(facts, until), statistics.median)


def correction_age_p90(facts: Facts, until: date) -> Figure:
    """K08-2: the same, the age that nine in ten do not pass (nearest rank)."""
    return _one(_ages(facts, until), lambda ages: sorted(ages)[-(-9 * len(ages) // 10) - 1])


def _ages(facts: Facts, until: date) -> list[float]:
    found = [r for r in facts.records("corrective-actions") if _by(r.get("issued_on"), until) and not _by(r.get("completed_on"), until)]
    return [(until - day).days for r in found if (day := _day(r["issued_on"])) and (r.get("completed_on") is not None or r.get("status") not in OVER)]


def effectiveness_checked(facts: Facts, until: date) -> Figure:
    """K09 有効性確認率: checked, of those completed 90 days ago or earlier."""
    ripe = calendar.add_days(until, -int(facts.setting(SETTLING)))
    return _share(lambda r: _by(r.get("checked_on"), until), (r for r in facts.records("corrective-actions") if _by(r.get("completed_on"), ripe)))


def findings_repeated(facts: Facts, until: date) -> Figure:
    """K10 再発指摘率: findings on a control and unit that had one in the two fiscal years before, of the year's findings."""
    first, findings = _year(until), [r for r in facts.records("findings") if r.get("status") != "withdrawn"]
    since, last = first.replace(year=first.year - 2), calendar.add_days(first, -1)
    earlier = {(r.get("control_id"), r.get("unit_id")) for r in findings
               if r.get("control_id") is not None and _by(r.get("issued_on"), last) and _by(since, r["issued_on"])}
    return _share(lambda r: (r.get("control_id"), r.get("unit_id")) in earlier, (r for r in findings if _within(r.get("issued_on"), until)))


# ------------------------------------------------------------------------------------- audits, self-checks, controls


def audits_reported(facts: Facts, until: date) -> Figure:
    """K11 監査計画の遂行率: reported, of the audits that were to be done by then."""
    return _share(lambda r: _by(r.get("reported_on"), until),
                  (r for r in facts.records("audits") if _within(r.get("planned_to") or r.get("planned_from"), until) and r.get("status") != "cancelled"))


def monthly_audits(facts: Facts, until: date) -> Figure:
    """K12 例月監査: months in which the monthly audit by the 監事 was done, of the months elapsed (seed: every month)."""
    elapsed = [month for month in calendar.fiscal_year_months(calendar.fiscal_year(until)) if calendar.month_bounds(month)[1] <= until]
    done = {calendar.month_of(day) for r in facts.records("audits") if r.get("kind") == "kanji_monthly" and (day := _day(r.get("planned_from")))
            and (_by(r.get("reported_on"), until) or (r.get("reported_on") is None and r.get("status") in AUDITED))}
    return _figure(sum(month in done for month in elapsed), len(elapsed))


def self_checks_answered(facts: Facts, until: date) -> Figure:
    """K13 自己点検の実施率: answered, of the target group, in the year's campaigns."""
    return _sums(_campaigns(facts, until), lambda r: r.get("answered_count"), lambda r: r.get("target_count"))


def self_checks_kept(facts: Facts, until: date) -> Figure:
    """K13-2 自己点検の遵守率: done, of the answers without those that do not apply."""
    return _sums(_campaigns(facts, until), lambda r: r.get("done_count"),
                 lambda r: None if r.get("answered_count") is None else r["answered_count"] - (r.get("na_count") or 0))


def _campaigns(facts: Facts, until: date) -> list[Values]:
    return [r for r in facts.records("self-checks") if r.get("fiscal_year") == calendar.fiscal_year(until)]


def controls_implemented(facts: Facts, _until: date) -> Figure:
    """K14 適用宣言書の実施率: implemented, of the controls that apply, in the statements that are approved."""
    in_force = {row["id"] for row in facts.records("soa-statements", status="approved")}
    return _share(lambda r: r.get("implementation") == "done",
                  (r for r in facts.records("soa-entries") if r.get("applicable") and r.get("statement_id") in in_force))


def vulnerabilities_closed(facts: Facts, until: date) -> Figure:
    """K15 脆弱性の期限内対処率: closed by the limit of their severity, of those whose limit came in the year; a day that was
    put off later, or until which one is accepted, is no limit. A false positive is none."""
    return _share(_closed_in_time, _vulnerabilities(facts, until))


def critical_vulnerabilities_closed(facts: Facts, until: date) -> Figure:
    """K15-2: the same for those of the highest severity (緊急)."""
    return _share(_closed_in_time, (r for r in _vulnerabilities(facts, until) if r.get("severity") == "critical"))


def _vulnerabilities(facts: Facts, until: date) -> list[Values]:
    return [r for r in facts.records("vulnerability-findings") if _within(_limit(r), until) and r.get("status") != "false_positive"]


def _closed_in_time(row: Values) -> bool:
    return _by(row.get("closed_on"), _limit(row))


def _limit(row: Values) -> Any:
    return row.get("limit_on") or row.get("due_on")


# ------------------------------------------------------------------------------------- incidents, leaks, drills


def time_to_detect(facts: Facts, until: date) -> Figure:
    """K16 検知までの平均時間（MTTD、時間）: from the occurrence to when it was known."""
    return _mean(_hours(_incidents(facts, until), "occurred_at", "known_at"))


def time_to_restore(facts: Facts, until: date) -> Figure:
    """K16-2 復旧までの平均時間（MTTR、時間）: from when it was known to full recovery, of those restored."""
    return _mean(_hours((r for r in _incidents(facts, until) if _by(r.get("restored_at"), until)), "known_at", "restored_at"))


def _incidents(facts: Facts, until: date) -> list[Values]:
    return [r for r in _so_far(facts, "incidents", "known_at", until) if r.get("status") != "false_alarm"]


def _hours(of: Iterable[Values], start: str, end: str) -> list[float]:
    return [(b - a).total_seconds() / 3600 for r in of if (a := r.get(start)) is not None and (b := r.get(end)) is not None]


def availability(facts: Facts, until: date) -> Figure:
    """K17 稼働率: minutes of the year so far without the unplanned downtime of incidents of the card system (seed: ≥99.9 %)."""
    systems = facts.records("systems", number=facts.setting(CARD_SYSTEM))
    if not systems:
        return _figure(0, 0)
    system = systems[0]["id"]
    down = sum(r.get("downtime_min") or 0 for r in facts.records("incidents", whole=True) if r.get("status") != "false_alarm"
               and _within(r.get("occurred_at") or r.get("known_at"), until) and (r.get("system_id") == system or ("systems", system) in (r.get("systems") or [])))
    period = ((until - _year(until)).days + 1) * 24 * 60
    return _figure(max(period - down, 0), period)


def leaks_reported_in_time(facts: Facts, until: date) -> Figure:
    """K18 漏えい等報告の期限遵守率: reports sent by their limit, of those due (個情法26条, 番号法29条の4; 速報 and 確報 each)."""
    due = [(row.get(f"{kind}_sent_on"), limit) for row in facts.records("breach-reports") if row.get("is_required")
           for kind in ("preliminary", "final") if _within(limit := row.get(f"{kind}_due_on"), until)]
    return _figure(sum(_by(sent, limit) for sent, limit in due), len(due))


def drills_held(facts: Facts, until: date) -> Figure:
    """K19 訓練の実施率: held, of those planned to date; one that was postponed is planned for its new day."""
    return _share(lambda r: _by(r.get("held_on"), until), (r for r in facts.records("drills") if _within(r.get("postponed_to") or r.get("planned_on"), until)))


def recovery_targets_met(facts: Facts, until: date) -> Figure:
    """K19-2 目標復旧時間の達成率: recovered within the target, of the drills that measured it."""
    measured = [r for r in _so_far(facts, "drills", "held_on", until) if r.get("rto_target_min") is not None and r.get("rto_actual_min") is not None]
    return _share(lambda r: bool(r["rto_actual_min"] <= r["rto_target_min"]), measured)


def drill_improvements_done(facts: Facts, until: date) -> Figure:
    """K20 訓練改善の完了率: improvements done, of those raised by drills held so far."""
    raised = [row for r in facts.records("drills", whole=True) if _by(r.get("held_on"), until) for row in r.get("improvements") or []]
    return _share(lambda row: _by(row.get("done_on"), until), raised)


def asp_audits_completed(facts: Facts, until: date) -> Figure:
    """K21 ASP監査の累計完了率: completed, of all in the three-year plan (seed: all of them by FY2026)."""
    def completed(row: Values) -> bool:
        day = row.get("completed_on")
        return row.get("status") == "completed" if day is None else _by(day, until)

    return _share(completed, facts.records("asp-audits"))


# ------------------------------------------------------------------------------------- procurement, committees, plan


def single_bids(facts: Facts, until: date) -> Figure:
    """K22 一者応札率（件数）: competitions with a single bidder, of all competitions."""
    return _share(lambda r: bool(r.get("single_bid")), _contests(facts, until))


def single_bid_amount(facts: Facts, until: date) -> Figure:
    """K22-2: the same by amount."""
    return _amount(_contests(facts, until), lambda r: bool(r.get("single_bid")))


def without_competition(facts: Facts, until: date) -> Figure:
    """K23 競争性のない随意契約の割合（件数）: negotiated without competition, of all contracts."""
    return _share(lambda r: r.get("method") in NO_CONTEST, _contracts(facts, until))


def without_competition_amount(facts: Facts, until: date) -> Figure:
    """K23-2: the same by amount."""
    return _amount(_contracts(facts, until), lambda r: r.get("method") in NO_CONTEST)


def award_rate(facts: Facts, until: date) -> Figure:
    """K24 平均落札率: Σ amounts ÷ Σ estimates, where the estimate is public."""
    return _sums(_public(facts, until), lambda r: r["amount"], lambda r: r["estimated_price"])


def award_rate_median(facts: Facts, until: date) -> Figure:
    """K24-2: the median of the single rates, in percent."""
    return _one([float(r["amount"]) / r["estimated_price"] * 100 for r in _public(facts, until)], statistics.median)


def _contracts(facts: Facts, until: date) -> list[Values]:
    return [r for r in facts.records("contracts", status=SIGNED) if _within(r.get("contract_date"), until)]


def _contests(facts: Facts, until: date) -> list[Values]:
    return [r for r in _contracts(facts, until) if r.get("method") in CONTEST]


def _public(facts: Facts, until: date) -> list[Values]:
    return [r for r in _contracts(facts, until) if r.get("estimate_status") == "published" and r.get("estimated_price") and r.get("amount") is not None]


def _amount(of: Sequence[Values], good: Callable[[Values], bool]) -> Figure:
    return _sums(of, lambda r: None if r.get("amount") is None else r["amount"] * good(r), lambda r: r.get("amount"))


def months_published_in_time(months: Iterable[tuple[date | None, date | None]], until: date) -> Figure:
    """K25 契約公表の適時率: months published by their legal day, of those whose day has come; ``months``: (published, day).

    The months are no register: who measures looks them up where they are published.
    """
    due = [(published, limit) for published, limit in months if limit is not None and limit <= until]
    return _figure(sum(_by(published, limit) for published, limit in due), len(due))


def answered_in_time(facts: Facts, until: date) -> Figure:
    """K26 宿題の期限内回答率: answered by the due date, of those due in the year."""
    return _share(lambda r: _by(r.get("answered_on"), r["due_on"]), _so_far(facts, "action-items", "due_on", until))


def plan_achieved(facts: Facts, until: date) -> Figure:
    """K27 年度計画の達成率: achieved, of the year's commitments due by then that were not cancelled."""
    plan = facts.records("plan-items", fiscal_year=calendar.fiscal_year(until))
    due = (r for r in plan if _by(r.get("due_on"), until) and r.get("status") not in ("draft", "cancelled"))
    return _share(lambda r: r.get("status") == "achieved", due)
