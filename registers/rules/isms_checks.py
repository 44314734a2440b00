"""What the checks of information security ask for: self-checks, vulnerabilities, purchases."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from grc import calendar, settings
from grc.case import Case, Sets
from grc.text import Text
from registers.rules.spans import months_later

SEVERITIES = ("critical", "high", "medium", "low", "info")
DAYS = {
    "critical": settings.declare("vuln_days_critical", 7, "脆弱性（緊急）の対処期限（日）", "Days to deal with a critical vulnerability"),
    "high": settings.declare("vuln_days_high", 30, "脆弱性（重要）の対処期限（日）", "Days to deal with a high vulnerability"),
    "medium": settings.declare("vuln_days_medium", 90, "脆弱性（警告）の対処期限（日）", "Days to deal with a medium vulnerability"),
    "low": settings.declare("vuln_days_low", 180, "脆弱性（注意）の対処期限（日）", "Days to deal with a low vulnerability"),
}
"""Limits by severity (domain.md §4.4, proposal); what only informs has none."""
ACCEPT_MONTHS = settings.declare("vuln_accept_months", 12, "脆弱性の受容期間の上限（月）", "Longest time for which a vulnerability is accepted, in months")
ENDED = ("retested_closed", "accepted", "false_positive")
_NAMED = 3
Count = Callable[[Mapping[str, Any]], int | None]


# 自己点検 (domain.md §4.3; K13)

def counted(answer: str | None, typed: str) -> Count:
    """How many answers say ``answer`` (``None``: anything); where no answers are kept, what was typed."""
    def count(values: Mapping[str, Any]) -> int | None:
        rows = values["answers"]
        if not rows:
            return values[typed]  # type: ignore[no-any-return]
        return len([row for row in rows if (row.get("answer") is not None if answer is None else row.get("answer") == answer)])

    return count


def asked(values: Mapping[str, Any]) -> int | None:
    """How many answers are expected."""
    return len(values["answers"]) or values["target_typed"]


def judged(values: Mapping[str, Any]) -> int | None:
    """The denominator of 遵守率: what was answered, less what does not apply (K13)."""
    return None if values["answered_count"] is None else values["answered_count"] - (values["na_count"] or 0)


def not_done(values: Mapping[str, Any]) -> int | None:
    """未実施: what was answered and is neither done, nor partly done, nor without application."""
    if values["judged_count"] is None or values["done_count"] is None:
        return None
    return max(int(values["judged_count"] - values["done_count"] - (values["partial_count"] or 0)), 0)


def check_due(values: Mapping[str, Any]) -> date | None:
    """What a self-check waits for next: the end of its answers, then its report."""
    if values["closed_on"] is None:
        return values["period_end"]  # type: ignore[no-any-return]
    return None if values["reported_on"] else values["report_by"]


def answers_stand(case: Case) -> Text | None:
    """When a self-check is closed its answers stand."""
    if case.before is None or case.before["status"] in ("planned", "open"):
        return None
    if not case.changed("answers", "target_typed", "answered_typed", "done_typed", "partial_typed", "na_typed"):
        return None
    return Text("締め切った自己点検の回答は変更できません。", "The answers of a self-check that is closed cannot be changed.")


def has_answers(case: Case) -> Text | None:
    """A self-check without a single answer is not closed."""
    if case.values["answered_count"]:
        return None
    return Text("回答が1件もありません。回答を記入するか、集計した数を入力してください。", "There is no answer yet. Enter the answers, or their numbers.")


def followed_up(case: Case) -> Text | None:
    """A unit with 未実施 has a corrective action or a reason (domain.md §4.3)."""
    v = case.values
    if not v["answers"]:
        settled = not v["not_done_count"] or v["not_done_reason"] or v["corrective_actions"]
        return None if settled else Text("未実施があります。理由を記入するか、是正処置を関連付けてください。",
                                         "Something was not done. Give the reason, or link a corrective action.")
    own = _unit_name(case, v["unit_id"])
    open_units = {row.get("unit_name") or own for row in v["answers"] if row.get("answer") == "not_done" and not row.get("comment")}
    acted = {_unit_name(case, (case.facts.one(slug, id) or {}).get("unit_id")) for slug, id in v["corrective_actions"]}
    left = sorted(open_units - acted)
    if not left:
        return None
    names, more = left[:_NAMED], len(left) > _NAMED
    return Text(f"未実施のままの部門があります：{'、'.join(names)}{'ほか' if more else ''}。理由（コメント）を記入するか、その部門の是正処置を関連付けてください。",
                f"Units with something not done: {', '.join(names)}{', …' if more else ''}. Give a reason in the comment, or link that unit's corrective action.")


def _unit_name(case: Case, id: int | None) -> str:
    return (case.facts.one("units", id) or {}).get("name") or "―"


# 脆弱性診断 (domain.md §4.4)

def assessment_due(values: Mapping[str, Any]) -> date | None:
    """The end of an assessment until its report is there."""
    return None if values["reported_on"] else values["period_end"]


def _found(case: Case) -> dict[str, Any]:
    """How many vulnerabilities were found, by severity: what committees may see of them."""
    findings = case.facts.records("vulnerability-findings", assessment_id=case.values["id"])
    real = Counter(f["severity"] for f in findings if f["status"] != "false_positive")
    return {f"{severity}_count": real[severity] for severity in SEVERITIES} if findings else {}


def reported(case: Case) -> dict[str, Any]:
    """The report's day, and the counts of what was found; without findings on record, the counts that were typed."""
    return {"reported_on": case.values["reported_on"] or case.today, **_found(case)}


def ended(case: Case) -> dict[str, Any]:
    """The day on which the last finding had ended."""
    return {"closed_on": case.today, **_found(case)}


def all_dealt_with(case: Case) -> Text | None:
    """An assessment ends when each of its findings is closed, accepted or no vulnerability at all."""
    left = [f for f in case.facts.records("vulnerability-findings", assessment_id=case.values["id"]) if f["status"] not in ENDED]
    return Text(f"対処の終わっていない脆弱性が{len(left)}件あります。", f"Vulnerabilities not yet dealt with: {len(left)}.") if left else None


def cvss_in_range(case: Case) -> Text | None:
    """CVSS v3.1 and v4.0: a base score lies between 0.0 and 10.0."""
    score = case.values["cvss"]
    if case.loading or score is None or 0 <= score <= 10:
        return None
    return Text(f"CVSS「{score}」は0から10までの値にしてください。", f'CVSS "{score}" must lie between 0 and 10.')


def triaged(case: Case) -> dict[str, Any]:
    """The limit follows from the severity, counted from the day of finding."""
    return _limit(case, case.values["found_on"] or case.today)


def _limit(case: Case, since: date) -> dict[str, Any]:
    key = DAYS.get(case.values["severity"])
    limit = calendar.add_days(since, case.facts.setting(key)) if key else None
    return {"limit_on": limit, "due_on": limit}


def accepted(case: Case) -> dict[str, Any]:
    """An accepted vulnerability is looked at again when its acceptance ends."""
    return {"treatment": "accept", "due_on": case.values["accepted_until"], "closed_on": case.today}


def acceptance(case: Case) -> Text | None:
    """Acceptance ends, within twelve months (domain.md §4.4; a setting)."""
    until, months = case.values["accepted_until"], case.facts.setting(ACCEPT_MONTHS)
    if until is None or case.today < until <= months_later(case.today, months):
        return None
    return Text(f"受容の期限は、明日から{months}か月以内の日にしてください。", f"The acceptance must end within {months} months from tomorrow.")


def retested(case: Case) -> dict[str, Any]:
    """The retest closes it."""
    return {"retested_on": case.values["retested_on"] or case.today, "closed_on": case.today}


def dismissed(case: Case) -> dict[str, Any]:
    """It was no vulnerability."""
    return {"treatment": "false_positive", "closed_on": case.today, "due_on": None}


def reopened(case: Case) -> dict[str, Any]:
    """What is open again has a limit counted from today."""
    return {"treatment": None, "fixed_on": None, "retested_on": None, "retest_result": None, "accepted_until": None, "closed_on": None,
            **_limit(case, case.today)}


# 調達時のサプライチェーン確認 (domain.md §4.5; 統一基準群 機器等の調達)

def judgement(word: str) -> Sets:
    """A decision writes its word and its day."""
    def sets(case: Case) -> dict[str, Any]:
        return {"judgement": word, "decided_on": case.today}

    return sets


def looked_into(case: Case) -> Text | None:
    """調達行為時の申合せ: where there is a concern the authorities concerned are asked; of a cloud it is known whether ISMAP lists it."""
    v = case.values
    if v["concern"] and not (v["inquired"] and v["inquired_on"]):
        return Text("懸念があるので、関係機関への照会とその日付を記入してください。", "There is a concern: ask the authorities concerned, and enter when.")
    if v["procurement_kind"] == "cloud" and v["ismap"] is None:
        return Text("クラウドの調達なので、ISMAPの登録の有無を記入してください。", "It is a cloud service: enter whether it is on the ISMAP list.")
    return None


def without_concern(case: Case) -> Text | None:
    """What has an open concern is cleared only on conditions, or not at all (proposal)."""
    if not case.values["concern"]:
        return None
    return Text("懸念があるときは「条件付き」か「不可」にしてください。", 'Where there is a concern, clear it "on conditions" or reject it.')
