"""What audits of hosting services and the reports of municipalities ask for."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from grc import calendar, settings
from grc.case import Case, Guard
from grc.text import Text

ASP_LAST_YEAR = settings.declare("asp_audit_last_year", 2026, "LGWAN-ASP監査を完了する年度", "Fiscal year by which all hosting services are audited")
CONFIRM_DAYS = settings.declare("municipal_confirm_days", 60, "自治体の報告を受領から確認するまでの期限（日）", "Days to confirm what a municipality sent in")


# LGWAN-ASP監査 (domain.md §4.7; seed 7-1(5))

def priority(values: Mapping[str, Any]) -> bool | None:
    """優先: a private provider that handles personal data comes first."""
    if values["provider_kind"] is None or values["handles_personal"] is None:
        return None
    return values["provider_kind"] == "private" and bool(values["handles_personal"])


def asp_due(values: Mapping[str, Any]) -> date | None:
    """What an audit waits for next: its day (or the end of its year), then the improvement."""
    if values["completed_on"]:
        return None
    if values["audited_on"]:
        return values["improve_by"]  # type: ignore[no-any-return]
    return values["scheduled_on"] or (date(values["planned_year"] + 1, 3, 31) if values["planned_year"] else None)


def improved(case: Case) -> Text | None:
    """What was found is improved before the audit is complete; observations may stay."""
    v = case.values
    if not (v["major_count"] or v["minor_count"]) or v["improved_on"]:
        return None
    return Text("指摘があるので、改善完了日を記入してから完了にしてください。", "There are findings: enter the day on which they were improved first.")


def carried(case: Case) -> dict[str, Any]:
    """From which year, and why; the day that was planned no longer holds."""
    return {"carried_from": case.values["planned_year"], "carried_reason": case.reason, "scheduled_on": None}


def later_year(case: Case) -> Text | None:
    """A carried-over audit gets a later year, within the three years of the programme (令和6〜8年度; a setting)."""
    year, last = case.values["planned_year"], case.facts.setting(ASP_LAST_YEAR)
    if year is not None and (case.values["carried_from"] or 0) < year <= last:
        return None
    return Text(f"計画年度を、繰り越す前の年度より後で、{calendar.japanese_fiscal_year(last)}までの年度にしてください。",
                f"Plan it for a later fiscal year than before, FY{last} at the latest.")


# 自治体からの報告 (domain.md §4.8; AU-19, 20, 21, 23)

def report_due(values: Mapping[str, Any]) -> date | None:
    """What a report waits for next: the confirmation, or that it is sent in (again)."""
    if values["confirmed_on"]:
        return None
    return values["confirm_by"] or values["resubmit_by"] or values["expected_on"]  # type: ignore[no-any-return]


def days_taken(values: Mapping[str, Any]) -> int | None:
    """Days from receipt to confirmation."""
    if values["confirmed_on"] is None or values["submitted_on"] is None:
        return None
    return int((values["confirmed_on"] - values["submitted_on"]).days)


def received(case: Case) -> dict[str, Any]:
    """A report that came in is confirmed within the limit (proposal: 60 days)."""
    on = case.values["submitted_on"] or case.today
    return {"submitted_on": on, **_confirm(case, on)}


def received_again(case: Case) -> dict[str, Any]:
    """The limit begins anew with the report that was mended."""
    return {"resubmitted_on": case.today, "resubmit_by": None, **_confirm(case, case.today)}


def _confirm(case: Case, since: date) -> dict[str, Any]:
    return {"confirm_by": calendar.add_days(since, case.facts.setting(CONFIRM_DAYS))}


def waiting_again(_case: Case) -> dict[str, Any]:
    """An incomplete report waits for the municipality, not for us."""
    return {"confirm_by": None}


def says(direction: str) -> Guard:
    """An exchange that is written down goes the way that its act says: an inquiry out, an answer in."""
    def guard(case: Case) -> Text | None:
        new = case.values["exchanges"][len(case.before["exchanges"] if case.before else []):]
        if all(row.get("direction") == direction for row in new):
            return None
        return Text("照会には「照会」、回答には「回答」と区分を付けてください。", 'Mark an inquiry as "inquiry" and an answer as "answer".')

    return guard


def fit_to_confirm(case: Case) -> Text | None:
    """自治体ポリシーガイドライン: every point is checked, and an external audit was made by somebody independent."""
    left = sum(row.get("result") in (None, "unchecked") for row in case.values["checklist"])
    if left:
        return Text(f"未確認の項目が{left}件あります。", f"Points not yet checked: {left}.")
    if case.values["kind"] == "external_audit" and not (case.values["auditor"] and case.values["auditor_independent"]):
        return Text("外部監査の報告では、監査人とその独立性を確かめてください。", "Of an external audit, confirm the auditor and that they are independent.")
    return None


def unmet_explained(case: Case) -> Text | None:
    """A point that is not met says what it lacks (proposal)."""
    bare = next((row for row in case.values["checklist"] if row.get("result") == "unmet" and not row.get("comment")), None)
    if bare is None:
        return None
    point = bare.get("number") or bare.get("item")
    return Text(f"「不適」の項目（{point}）に、足りないことを書いてください。", f"Say what is lacking where a point is not met ({point}).")
