"""Risks: scores and levels, when a risk is treated, who may accept what remains, what an incident reopens.

One model for personal data, information security, compliance, crisis, operation and procurement (JIS Q 15001:2023 and
ISO/IEC 27001 6.1, 8.3; the body's plan 1(2)2). The bounds of the levels are a proposal.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from grc import settings
from grc.case import Case, Change
from grc.text import Text
from registers.rules.spans import months_later, soonest
from registers.rules.who import held

Values = Mapping[str, Any]

REVIEW_MONTHS = settings.declare("risk_review_months", 12, "リスクを見直すまでの月数の上限", "At most so many months until a risk is reviewed")

SCALES: Mapping[str, tuple[int, int, int]] = {"3x3": (3, 3, 6), "5x5": (5, 5, 15)}
"""Of each scale: the highest mark, from which score a risk is medium, from which it is high. The levels are kept with
each record, so these stand here and not in the settings: a change of them is a change of every record (proposal;
3×3 as in IPA's guide for small organisations, 5×5 as is usual)."""

SETTLED = ("accepted", "monitored", "closed")
"""The states in which what remains has been accepted."""
OPEN_AGAIN: Values = {"accepted_by": None, "accepted_on": None, "review_due_on": None}
"""What a risk loses that is assessed again: what was accepted no longer holds."""

ACCEPTING: Mapping[str, tuple[str, ...]] = {
    "low": ("unit_head", "privacy_manager", "ciso", "cro"), "medium": ("privacy_manager", "ciso", "cro"), "high": ("cro",)}
"""Who may accept what remains, by its level (domain.md §3.2); whoever may accept more may accept less."""

_WHO = {"low": Text("部門長", "the unit head"), "medium": Text("個人情報保護管理者か最高情報セキュリティ責任者", "the privacy manager or the CISO"),
        "high": Text("最高統括リスク管理責任者", "the chief risk officer")}
_LEVELS = {"low": Text("低", "low"), "medium": Text("中", "medium"), "high": Text("高", "high")}


def score(likelihood: str, impact: str) -> Callable[[Values], int | None]:
    """リスク値 = 発生可能性 × 影響."""
    def of(values: Values) -> int | None:
        return values[likelihood] * values[impact] if values[likelihood] is not None and values[impact] is not None else None

    return of


def level(name: str) -> Callable[[Values], str | None]:
    """The level of a score on the scale of the record (5×5 where it names none)."""
    def of(values: Values) -> str | None:
        if values[name] is None:
            return None
        _, medium, high = SCALES[values["scale"] or "5x5"]
        return "high" if values[name] >= high else "medium" if values[name] >= medium else "low"

    return of


def next_action(values: Values) -> date | None:
    """The soonest day on which an action that is not done is due."""
    return soonest(*(row["due_on"] for row in values["actions"] if not row.get("done_on") and row.get("due_on")))


def on_the_scale(case: Case) -> Text | None:
    """Each mark lies on the scale that the risk is measured with."""
    highest = SCALES[case.values["scale"] or "5x5"][0]
    marks = [case.values[n] for n in ("likelihood", "impact", "res_likelihood", "res_impact") if case.values[n] is not None]
    if case.loading or all(1 <= mark <= highest for mark in marks):
        return None
    return Text(f"評価の尺度は1から{highest}までです。発生可能性と影響をその中の数にするか、尺度を選び直してください。",
                f"Marks go from 1 to {highest} on this scale. Enter such numbers, or choose the other scale.")


def frozen(case: Case) -> Text | None:
    """What was accepted stays as it was accepted; and who accepted it is written by the act alone."""
    if case.loading or case.move:
        return None
    if case.before and case.before["status"] in SETTLED and case.changed("likelihood", "impact", "res_likelihood", "res_impact", "scale", "treatment"):
        return Text("受容したあとの評価は変えられません。「再評価する」で開いてから直してください。",
                    "What was accepted cannot be changed. Reopen the risk first.")
    stood = case.before or {}
    if any(case.values[n] != stood.get(n) for n in ("accepted_by", "accepted_on")):
        return Text("受容者と受容日は「残留リスクを受容する」で記録されます。ここでは記入できません。",
                    "Who accepted it and when is written by accepting it. It cannot be typed.")
    return None


def reviewed_in_time(case: Case) -> Text | None:
    """The next review is at most a year after the last one (ISO/IEC 27001 8.2: at planned intervals; proposal)."""
    last, due = case.values["last_reviewed_on"], case.values["review_due_on"]
    months = case.facts.setting(REVIEW_MONTHS)
    if case.loading or not last or not due or due <= months_later(last, months):
        return None
    return Text(f"次回見直し日は、前回の見直しから{months}か月以内にしてください。", f"The next review is at most {months} months after the last one.")


def described(case: Case) -> Text | None:
    """What an area asks for before a risk is assessed: the phase of personal data, the loss of C, I or A, the kind of breach."""
    v = case.values
    if v["area"] == "privacy" and not v["lifecycle"]:
        return Text("個人情報のリスクには「局面」が要ります。記入してからもう一度どうぞ。", 'A privacy risk needs its "phase". Fill it in first.')
    if v["area"] == "isms" and not any(v[n] for n in ("affects_c", "affects_i", "affects_a")):
        return Text("情報セキュリティのリスクには、機密性・完全性・可用性のどれが損なわれるかの記入が要ります。",
                    "A security risk needs to say which of confidentiality, integrity and availability suffers.")
    if v["area"] == "compliance" and not v["compliance_kind"]:
        return Text("コンプライアンスのリスクには「類型」が要ります。記入してからもう一度どうぞ。", 'A compliance risk needs its "class". Fill it in first.')
    return None


def planned(case: Case) -> Text | None:
    """To reduce, avoid or transfer takes actions, each with a day and somebody who does it; to accept takes none."""
    if case.values["treatment"] == "accept":
        return Text("対応方針が「受容」のときは、対応計画は要りません。「残留リスクの承認を求める」へ進んでください。",
                    "A risk to be accepted needs no plan. Go on to ask for acceptance.")
    if not case.values["actions"] or any(not row.get("due_on") or not row.get("assignee") for row in case.values["actions"]):
        return Text("対応計画に、対応を1つ以上、それぞれの期限と担当とともに記入してください。",
                    "Enter at least one action, each with a day on which it is due and somebody who does it.")
    return None


def treated(case: Case) -> Text | None:
    """What remains is put up for acceptance when every action is done; without any plan only where acceptance is the plan."""
    left = sum(not row["done_on"] for row in case.values["actions"])
    if left:
        return Text(f"終わっていない対応が{left}件あります。完了日を記入してからもう一度どうぞ。",
                    f"{left} of its actions are not done. Enter when they were done first.")
    if case.before and case.before["status"] == "assessed" and case.values["treatment"] != "accept":
        return Text("対応方針が「受容」でないリスクは、対応計画を立ててから承認を求めてください。", "Unless it is to be accepted as it is, plan its treatment first.")
    return None


def authority(case: Case) -> Text | None:
    """A low risk is accepted by the unit head, a medium one by the privacy manager or the CISO, a high one by the CRO."""
    remaining = case.values["residual_level"] or "high"
    if held(case) & set(ACCEPTING[remaining]):
        return None
    who, how = _WHO[remaining], _LEVELS[remaining]
    return Text(f"残留リスクが「{how.ja}」なので、受容できるのは{who.ja}です。{who.ja}に頼んでください。",
                f"The residual risk is {how.en}, so {who.en} accepts it. Ask {who.en}.")


def accepted(case: Case) -> Values:
    """Who accepted it, when, and by when it is looked at again."""
    return {"accepted_by": case.actor.called, "accepted_on": case.today, **reviewed(case)}


def reviewed(case: Case) -> Values:
    """Looked at today; again within the months that the body set."""
    return {"last_reviewed_on": case.today, "review_due_on": months_later(case.today, case.facts.setting(REVIEW_MONTHS))}


def high_one_reported(case: Case) -> Text | None:
    """A high residual risk that was accepted is reported to the risk committee before it goes on (domain.md §3.2)."""
    if case.values["residual_level"] != "high" or case.values["committee_on"]:
        return None
    return Text("残留リスクが「高」なので、リスク管理委員会に報告し、その日を記入してからもう一度どうぞ。",
                "The residual risk is high: report it to the risk committee, and enter when, first.")


def reopened(_case: Case) -> Values:
    """A risk that is assessed again is accepted by nobody."""
    return OPEN_AGAIN


def reopen_risks(case: Case) -> Iterable[Change]:
    """An incident reopens the settled risks of what it touches: those whose ``subjects`` are among its ``assets`` and
    ``systems`` (domain.md §3.2). An effect for the incident register: of a new incident, of a move, and of a change for what
    was newly linked.
    """
    before = case.before or {}
    touched = [target for name in ("assets", "systems") for target in case.values.get(name) or ()
               if case.move or target not in (before.get(name) or ())]
    code = case.values["code"]
    found = {risk["id"]: risk for slug, id in touched for risk in case.facts.linking("risks", "subjects", slug, id) if risk["status"] in SETTLED}
    why = Text(f"同じ対象でインシデント {code} が起きたため、再評価します。", f"Incident {code} happened to the same subject, so it is assessed again.")
    return [Change("risks", id, why, OPEN_AGAIN, "reopened") for id in found]
