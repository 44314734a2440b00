"""Audits: programmes, the steps of an audit, checklists, management reviews.

JIS Q 19011, JIS Q 15001:2023 and ISO/IEC 27001 9.2 and 9.3; 監事監査 under the law of independent bodies; the audits of
NISC (national cyber office) under the 統一基準群; the body's plan 1(2)2–6. The days are proposals and settings.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from grc import calendar, settings
from grc.case import Case, Create
from grc.kinds import Cell
from grc.text import Text
from registers.rules.independence import INTERNAL, KANJI, NISC, judged
from registers.rules.spans import months_later, soonest

Values = Mapping[str, Any]

FACT_DAYS = settings.declare("audits_fact_check_days", 7, "報告書案の事実確認の日数", "Days to check the facts of a draft report")
REVIEW_MONTHS = settings.declare("audits_review_months", 12, "マネジメントレビューの間隔（月）", "Months between management reviews")

_KINDS: Mapping[str, tuple[tuple[str, str], ...]] = {
    "internal": (("個人情報|プライバシー", "internal_privacy"), ("セキュリティ", "internal_security"), ("コンプライアンス", "internal_compliance"),
                 ("危機管理", "internal_crisis"), ("年度内部監査計画|財務|業務", "internal_operations")),
    "certification": (("ISMS", "isms_external"), ("プライバシーマーク|Pマーク", "pmark")),
    "government": (("ペネトレーション", "nisc_penetration"), ("マネジメント", "nisc_management")),
    "kanji": (("決算", "kanji_settlement"), ("例月", "kanji_monthly"), ("業務", "kanji_operations")),
    "self_assessment": (("安定稼働|リリース", "release_check"),)}
"""What the name of an audit says more than a general kind."""
_SOURCES = {**dict.fromkeys(INTERNAL, "internal_audit"), **dict.fromkeys(KANJI, "kanji"), **dict.fromkeys(NISC, "nisc"),
            "certification": "certification", "isms_external": "certification", "pmark": "pmark", "external": "external_audit",
            "asp": "asp_audit", "self_assessment": "self_check", "release_check": "self_check", "technical_test": "vulnerability"}
"""The source of a finding by the kind of audit."""
_BY_RESULT = {"nonconform": "minor", "partial": "observation"}


# ------------------------------------------------------------------------------------------------ audits

def named_kind(values: dict[str, Any], _printed: Mapping[str, str]) -> dict[str, Any]:
    """A general kind as the audit's own name tells it: 監事監査 例月監査 is the monthly audit of the kanji."""
    said = _KINDS.get(values["kind"] or "", ())
    kind = next((kind for words, kind in said if re.search(words, values["name"] or "")), values["kind"])
    return {**values, "kind": kind}


def fiscal_year(values: Values) -> int | None:
    """The year in which it begins, or of its month; without a date the one year that the catalogue names for it."""
    if values["planned_from"]:
        return calendar.fiscal_year(values["planned_from"])
    if values["month"]:
        return calendar.fiscal_year(date.fromisoformat(f"{values['month']}-01"))
    years = re.findall(r"\d{4}", values["years"] or "")
    return int(years[0]) if len(years) == 1 else None


def next_due(values: Values) -> date | None:
    """The day that comes next on the way of an audit: beginning, end, fact check, improvement plan, follow-up."""
    v = values
    if v["reported_on"]:
        improvement = None if v["improvement_submitted_on"] else v["improvement_due_on"]
        day: date | None = improvement or (None if v["followed_up_on"] else v["follow_up_due_on"])
    elif v["fact_check_due_on"]:
        day = None if v["facts_answered_on"] else v["fact_check_due_on"]
    else:
        day = v["planned_to"] if v["began_on"] else v["planned_from"] or v["planned_to"]
    return day


def in_order(case: Case) -> Text | None:
    """An audit ends after it begins."""
    v = case.values
    if case.loading or not v["planned_from"] or not v["planned_to"] or v["planned_from"] <= v["planned_to"]:
        return None
    return Text("実施期間の終わりが始まりより前です。後の日にしてください。", "The audit ends before it begins. Enter a later end.")


def notified_first(case: Case) -> Text | None:
    """An internal audit is notified before fieldwork; an audit of the kanji or from outside may begin without."""
    if case.values["kind"] not in INTERNAL or (case.before and case.before["status"] == "notified"):
        return None
    return Text("内部監査は、被監査部門に通知してから始めます。先に「通知する」を行ってください。", "Notify the audited unit before an internal audit begins.")


def notified(case: Case) -> Values:
    """Notified today, independence judged."""
    return {"notified_on": case.values["notified_on"] or case.today, **judged(case)}


def began(case: Case) -> Values:
    """Fieldwork began, independence judged."""
    return {"began_on": case.values["began_on"] or case.today, **judged(case)}


def facts_asked(case: Case) -> Values:
    """The audited unit has some days to check the facts."""
    return {"fact_check_due_on": calendar.add_days(case.today, case.facts.setting(FACT_DAYS)), "facts_answered_on": None}


def audited(case: Case) -> Text | None:
    """The facts are answered by the head of an audited unit."""
    if case.actor.deputy or not case.values["units"] or case.actor.unit_id in {id for _, id in case.values["units"]}:
        return None
    return Text("事実確認に回答するのは被監査部門の部門長です。", "The facts are answered by the head of an audited unit.")


def facts_answered(case: Case) -> Values:
    """Answered today, in the words of the unit."""
    return {"facts_answered_on": case.today, "facts_answer": case.reason}


def facts_checked(case: Case) -> Text | None:
    """The report waits for the answer of the audited unit, or until its days have passed."""
    v = case.values
    if v["facts_answered_on"] or (v["fact_check_due_on"] and v["fact_check_due_on"] < case.today):
        return None
    return Text("被監査部門の事実確認がまだです。回答を待つか、回答期限が過ぎてから報告してください。",
                "The audited unit has not checked the facts. Wait for its answer, or until its days have passed.")


def reported(case: Case) -> Values:
    """Reported today unless the report bears another day."""
    return {"reported_on": case.values["reported_on"] or case.today, **judged(case)}


def from_outside(case: Case) -> Text | None:
    """Only an audit by somebody outside is closed by receiving its report."""
    if case.values["kind"] not in INTERNAL | KANJI:
        return None
    return Text("内部監査と監事監査は、報告書を作って報告します。受領するのは外部の監査・審査の報告です。", "Only reports of audits from outside are received.")


def improvement_first(case: Case) -> Text | None:
    """An audit of NISC asks for an improvement plan, then follows up what was unfinished when it was submitted."""
    if case.values["kind"] not in NISC or case.values["improvement_submitted_on"]:
        return None
    return Text("NISC監査は、改善計画を提出してから進めます。先に「改善計画を提出する」を行ってください。", "After an audit of NISC, submit the improvement plan first.")


def findings_ended(case: Case) -> Text | None:
    """An audit closes when its findings have."""
    going = [f for f in case.facts.records("findings", audit_id=case.values["id"]) if f["status"] not in ("closed", "withdrawn")]
    if not going:
        return None
    return Text(f"完了していない指摘が{len(going)}件あります（{going[0]['code']}など）。指摘を完了にしてから監査を終えてください。",
                f"{len(going)} of its findings are not closed ({going[0]['code']} for one). Close them first.")


# ------------------------------------------------------------------------------------------------ programmes and checklists

def years_in_order(case: Case) -> Text | None:
    """A programme spans one year or several, in order."""
    v = case.values
    if case.loading or not v["year_from"] or not v["year_to"] or v["year_from"] <= v["year_to"]:
        return None
    return Text("対象年度の終わりが始まりより前です。", "The last year of the programme is before its first.")


def adopted(case: Case) -> Values:
    """Approved today, unless the paper bears another day."""
    return {"approved_on": case.values["approved_on"] or case.today, "approved_by": case.values["approved_by"] or case.actor.called}


def conforms(values: Values) -> bool | None:
    """Conformity: what does not apply or was not looked at is neither (it leaves the denominator)."""
    return {"conform": True, "partial": False, "nonconform": False}.get(values["result"] or "")


def chapter(values: Values) -> str | None:
    """The chapter of a clause: ``A.5`` of A.5.18, ``9`` of 9.2, ``J.8`` of J.8.4.1."""
    found = re.match(r"\s*([A-Za-zＡ-Ｚ]{1,3}[.．]?\s*)?(\d+)", values["clause"] or "")
    if not found:
        return None
    letters = (found[1] or "").strip(" .．")
    return f"{letters}.{int(found[2])}" if letters else str(int(found[2]))


def above_checklist(titles: tuple[str, ...]) -> Mapping[str, Cell]:
    """What stands above a checklist, or in a band of it: the audited unit, the day, the auditors, the standard."""
    found: dict[str, Cell] = {}
    for title in titles:
        for name, words in (("audited_unit_id", r"(?:被監査部門|対象部門)[：:\s　]*(\S+)"), ("audited_on", r"(?:監査日|実施日)[：:\s　]*(\S+)"),
                            ("auditors", r"(?:^|[\s　])監査(?:員|者)[：:\s　]+(.+?)\s*$"), ("framework", r"^\s*【(.+)】\s*$")):
            said = re.search(words, title)
            if said:
                found.setdefault(name, said[1])
    return found


def raisable(case: Case) -> Text | None:
    """What does not conform, or could be better, can become a finding, once."""
    v = case.values
    if v["result"] not in ("nonconform", "partial") and not v["classification"]:
        return Text("判定が「不適合」か「一部不備」でないので、指摘にできません。指摘区分を選べば、改善の機会などとして指摘にできます。",
                    "Only what does not conform, wholly or in part, becomes a finding. Choose a class to raise anything else.")
    if case.facts.records("findings", checklist_item_id=v["id"]):
        return Text("この確認事項の指摘はもうあります。", "There is a finding of this item already.")
    return None


def raises(case: Case) -> Iterable[Create]:
    """An item of a checklist becomes a finding, to be looked at and issued."""
    v = case.values
    audit = case.facts.one("audits", v["audit_id"])
    values = {"name": v["comment"] or v["question"], "source": _SOURCES.get(audit["kind"] or "", "other") if audit else "internal_audit",
              "classification": v["classification"] or _BY_RESULT.get(v["result"] or ""), "audit_id": v["audit_id"], "checklist_item_id": v["id"],
              "requirement": " ".join(filter(None, (v["clause"], v["question"]))), "fact": v["comment"], "proof": v["evidence_seen"],
              "control_id": v["control_id"], "unit_id": v["audited_unit_id"], "plan_item_id": v["plan_item_id"], "owner": v["owner"]}
    return [Create("findings", values, Text(f"チェックリスト {v['code']} から指摘にした。", f"Raised from checklist item {v['code']}."))]


# ------------------------------------------------------------------------------------------------ management reviews

def review_due(values: Values) -> date | None:
    """The planned day until it is held, then the soonest output that is not done, then the next review."""
    if not values["held_on"]:
        planned: date | None = values["planned_on"]
        return planned
    return soonest(*(row.get("due_on") for row in values["outputs"] if not row.get("done_on"))) or values["next_on"]


def held_review(case: Case) -> Values:
    """Held today unless it says otherwise; the next one within a year (at least one a year for each system)."""
    on = case.values["held_on"] or case.today
    return {"held_on": on, "next_on": case.values["next_on"] or months_later(on, case.facts.setting(REVIEW_MONTHS))}


def with_outputs(case: Case) -> Text | None:
    """A review without any decision is none (ISO/IEC 27001 9.3.3)."""
    if case.values["outputs"]:
        return None
    return Text("アウトプット（決定、資源、変更）を1つ以上記入してください。", "Enter at least one output: a decision, resources, a change.")


def outputs_done(case: Case) -> Text | None:
    """A review closes when what it decided is done."""
    left = sum(not row.get("done_on") for row in case.values["outputs"])
    return Text(f"終わっていないアウトプットが{left}件あります。", f"{left} of its outputs are not done.") if left else None
