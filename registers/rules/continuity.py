"""Drills and continuity: what must hold, and what follows (domain.md §6.3, §6.4)."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from grc import settings
from grc.calendar import add_days
from grc.case import Case, Values
from grc.kinds import Cell, fold
from grc.problem import Problem, Severity, define
from grc.text import Text, many
from registers.rules.spans import months_later

REPORT_DAYS = settings.declare("drill_report_days", 30, "訓練の実施報告の期限（実施からの日数）", "Drill report: within days of the drill")

# ---------------------------------------------------------------------------------------------------------------- drills

def drill_on(values: Values) -> date | None:
    """The day of a drill: on which it was held, else for which it is planned."""
    found: date | None = values["held_on"] or values["planned_on"]
    return found


def achieved(values: Values) -> bool | None:
    """K19: recovered within the objective; where no times are given, as the ledger says."""
    target, actual = values["rto_target_min"], values["rto_actual_min"]
    if target is None or actual is None:
        said = values["achieved_printed"]
        return None if said is None else bool(said == "met")
    return bool(actual <= target)


def improvements_open(values: Values) -> int:
    """Improvements that are neither done nor planned into the next drill (K20)."""
    return sum(not _settled(row) for row in values["improvements"])


def improvements_done(values: Values) -> int:
    """Improvements that are done or planned into the next drill."""
    return sum(_settled(row) for row in values["improvements"])


def _settled(row: Mapping[str, Any]) -> bool:
    return bool(row.get("done_on") or row.get("replanned"))


def drill_due_on(values: Values) -> date | None:
    """What is due next: the drill (one that was postponed, on its new day), its report, the nearest of its improvements."""
    if values["held_on"] is None:
        planned: date | None = values["postponed_to"] or values["planned_on"]
        return planned
    if values["reported_on"] is None and values["report_due_on"] is not None:
        due: date = values["report_due_on"]
        return due
    return min((row["due_on"] for row in values["improvements"] if row.get("due_on") and not _settled(row)), default=None)


def held(case: Case) -> Values:
    """A drill that is held has its day, and a day on which its report is due."""
    day = case.values["held_on"] or case.today
    return {"held_on": day, "report_due_on": case.values["report_due_on"] or add_days(day, case.facts.setting(REPORT_DAYS))}


def postponed_later(case: Case) -> Text | None:
    """A drill is postponed to a later day."""
    new, planned = case.values["postponed_to"], case.values["planned_on"]
    if new is None or planned is None or new > planned:
        return None
    return Text("延期後の予定日が、いまの予定日より後ではありません。後の日付にしてください。", "The new day is not after the planned one. Enter a later date.")


def replanned(case: Case) -> Values:
    """The new day becomes the planned one."""
    return {"planned_on": case.values["postponed_to"] or case.values["planned_on"], "postponed_to": None}


def improvements_settled(case: Case) -> Text | None:
    """A drill is closed when every improvement is done or planned into the next drill (domain.md §6.3)."""
    open_, known = improvements_open(case.values), len(case.values["improvements"])
    if open_:
        return Text(f"終わっていない改善が{open_}件あります。完了日を入れるか、次回へ繰り越してください。",
                    f"{many(open_, 'improvement')} not done yet. Enter the day or plan into the next drill.")
    if (case.values["improvement_count"] or 0) > known:
        return Text(f"改善項目数は{case.values['improvement_count']}件ですが、改善は{known}件しか登録されていません。残りを登録してください。",
                    f"There should be {many(case.values['improvement_count'], 'improvement')}, and {known} stand here. Add the others.")
    return None


def phases_done(case: Case) -> Text | None:
    """全分野一斉演習 has three phases: preparation, the day, improvement afterwards; all are recorded before it is closed."""
    if case.values["kind"] != "sector_wide":
        return None
    done = {row["phase"] for row in case.values["phases"] if row.get("done_on")}
    if {"preparation", "day", "follow_up"} <= done:
        return None
    return Text("全分野一斉演習は、事前準備・当日・事後改善の3つを終えてから終了にします。終えた日を記入してください。",
                "A sector-wide exercise is closed after preparation, the day and the follow-up. Enter when each was done.")


def drill_titles(titles: tuple[str, ...]) -> Mapping[str, Cell]:
    """What stands above a ledger of drills: a report tells of drills that were held, a plan of those to come."""
    text = fold("".join(titles))
    if any(word in text for word in ("実施報告", "実施一覧", "実施記録", "実施結果", "結果一覧")):
        return {"status": "executed"}
    return {"status": "planned"} if "計画" in text else {}


# ------------------------------------------------------------------------------------------------------------ continuity

TOO_LONG = define("continuity-rto", Severity.ERROR, Text("{field}が最大許容停止時間（MTPD）を超えています。", "{field} exceeds the maximum tolerable downtime (MTPD)."),
                  Text("MTPD以内の時間にするか、MTPDを見直してください。", "Enter a time within it, or revise it."))


def rto_within_mtpd(values: Values) -> list[Problem]:
    """What must be recovered is recovered before its loss becomes intolerable (ISO 22301 8.2.2)."""
    rto, mtpd = values["rto_min"], values["mtpd_min"]
    if rto is None or mtpd is None or rto <= mtpd:
        return []
    return [TOO_LONG(field=Text("目標復旧時間（RTO）", "Recovery time objective (RTO)")).at(field="rto_min")]


def next_test_on(values: Values) -> date | None:
    """A year after the last test (a proposal: 12 months at most; ISO 22301 8.5 asks for planned intervals)."""
    return months_later(values["last_tested_on"], 12) if values["last_tested_on"] else None
