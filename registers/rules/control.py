"""What holds for the self-assessment of internal control (統制自己評価; domain.md §9.2). All are pure."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from grc import calendar, settings
from grc.case import Case, Values
from grc.text import Text

WEAK_SCORE = settings.declare("control_weak_score", 2, "課題と改善計画を求める評価（この点以下）", "Score at or below which an issue and a plan are asked for")

ELEMENTS = {
    "environment": Text("統制環境", "Control environment"), "risk": Text("リスクの評価と対応", "Risk assessment and response"),
    "activities": Text("統制活動", "Control activities"), "communication": Text("情報と伝達", "Information and communication"),
    "monitoring": Text("モニタリング", "Monitoring"), "ict": Text("ICTへの対応", "Response to ICT"),
}
"""The six elements of internal control (独立行政法人の業務方法書に定める内部統制)."""


OTHER_WORDS = {"environment": ("環境",), "risk": ("リスク評価と対応", "リスクの評価及び対応", "リスク"), "communication": ("情報伝達",),
               "monitoring": ("モニタリング（監視活動）", "監視活動"), "ict": ("ICTの利用", "ITへの対応", "ICT")}


def assessment_title(values: Values) -> str | None:
    """What an assessment is of: the element and the year."""
    if values["element"] is None:
        return None
    return ELEMENTS[values["element"]].ja + (f"（{calendar.japanese_fiscal_year(values['fiscal_year'])}）" if values["fiscal_year"] else "")


def mean_of(name: str) -> Any:
    """A formula: the mean of the questions' scores in ``name``, else the score of the whole."""
    def mean(values: Values) -> Decimal | None:
        scores = [row[name] for row in values["questions"] if row.get(name) is not None]
        if scores:
            return (Decimal(sum(scores)) / len(scores)).quantize(Decimal("0.1"), "ROUND_HALF_UP")
        return Decimal(values[name]) if values[name] is not None else None

    return mean


def sampled(values: Values) -> bool:
    """Whether the audit side looked at it."""
    return bool(values["samples"])


def one_each(case: Case) -> Text | None:
    """A unit assesses each element once a year."""
    v = case.values
    if case.loading or not case.changed("element", "unit_id", "fiscal_year") or v["unit_id"] is None or v["fiscal_year"] is None:
        return None
    same = case.facts.records("control-self-assessments", element=v["element"], unit_id=v["unit_id"], fiscal_year=v["fiscal_year"])
    other = next((a for a in same if a["id"] != v["id"]), None)
    return None if other is None else Text(
        f"この部門・年度の「{ELEMENTS[v['element']].ja}」は {other['code']} にあります。そちらを直してください。",
        f'"{ELEMENTS[v["element"]].en}" of this unit and year is {other["code"]}. Change that one.')


def stands(case: Case) -> Text | None:
    """What was reviewed is changed only after it was sent back."""
    if case.is_new or case.loading or case.move or case.values["status"] not in ("reviewed", "committee_reported"):
        return None
    if case.changed("element", "fiscal_year", "unit_id", "design", "operation", "questions", "basis", "issue", "improvement"):
        return Text("確認の済んだ評価は変えられません。リスク管理担当に差し戻してもらってください。",
                    "A reviewed assessment cannot be changed. Ask the risk officer to send it back.")
    return None


def weak_has_a_plan(case: Case) -> Text | None:
    """A weak score comes with its issue and what will be done about it."""
    v, weak = case.values, case.facts.setting(WEAK_SCORE)
    scores = [s for n in ("design", "operation") for s in (v[n], *(q.get(n) for q in v["questions"])) if s is not None]
    if scores and min(scores) <= weak and not (v["issue"] and v["improvement"]):
        return Text(f"{weak}以下の評価があります。課題と改善計画を記入してください。", f"There is a score of {weak} or less. Enter the issue and the plan to improve it.")
    return None
