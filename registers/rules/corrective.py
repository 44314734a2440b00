"""Findings and corrective actions: one cycle for audits, incidents, drills, complaints and self-checks.

指摘 → 受領 → 原因 → 計画 → 実施 → 検証 → 有効性確認 (JIS Q 15001:2023 and ISO/IEC 27001 10.2; JIS Q 19011; the body's plan
1(2)). The limits are proposals and settings; a day that a registrar or an authority gives comes before them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any

from grc import calendar, settings
from grc.case import Case, Create
from grc.text import Text
from registers.rules.spans import months_later, soonest
from registers.rules.who import held

Values = Mapping[str, Any]

ACK_DAYS = settings.declare("correction_ack_days", 7, "指摘を受領するまでの日数", "Days to acknowledge a finding")
PLAN_DAYS = {
    "major": settings.declare("correction_plan_days_major", 14, "是正計画までの日数（重大な不適合）", "Days to plan, major nonconformity"),
    "minor": settings.declare("correction_plan_days_minor", 30, "是正計画までの日数（軽微な不適合・その他）", "Days to plan, minor nonconformity and others")}
DAYS = {
    "major": settings.declare("correction_days_major", 60, "是正完了までの日数（重大な不適合）", "Days to complete, major nonconformity"),
    "minor": settings.declare("correction_days_minor", 90, "是正完了までの日数（軽微な不適合）", "Days to complete, minor nonconformity"),
    "observation": settings.declare("correction_days_observation", 180, "対応完了までの日数（観察事項ほか）", "Days to complete, observation and others")}
EFFECT_MONTHS = settings.declare("correction_effectiveness_months", 3, "完了から有効性確認までの月数", "Months from completion to the check of effectiveness")
WAIT_DAYS = settings.declare("correction_effectiveness_wait_days", 30, "完了から有効性確認までに置く日数", "Days to wait before effectiveness is checked")
EXTENSIONS = settings.declare("correction_extensions", 2, "是正期限を延長できる回数", "How often the day of a correction may be moved")

NONCONFORMITIES = frozenset({"major", "minor", "kanji_finding"})
"""What must be corrected; the rest may be decided upon (the short path)."""
AUDIT_SIDE = frozenset({"auditor", "audit_chief", "kanji"})
AUDIT_SOURCES = frozenset({"internal_audit", "external_audit", "certification", "pmark", "nisc", "kanji", "asp_audit"})
OFFICER_SOURCES = frozenset({"incident", "drill"})
"""Sources whose corrections the risk officer may verify, if outside the acting unit."""
KEEPERS = frozenset({"risk_officer", "privacy_manager", "security_office"})
PLANNING = ("issued", "acknowledged", "cause_analysed", "action_planned")
"""The states of a correction in which its day may still be typed."""
ENDED = ("effective_closed", "ineffective", "cancelled")


def _weight(classification: str | None) -> str:
    return {"major": "major", "minor": "minor", "kanji_finding": "minor"}.get(classification or "", "observation")


def limits(case: Case, classification: str | None, issued_on: date) -> dict[str, date]:
    """The days of a correction that begins with a finding of that class: acknowledgement, plan, completion."""
    weight = _weight(classification)
    plan = PLAN_DAYS["major" if weight == "major" else "minor"]
    days = {"ack_due_on": ACK_DAYS, "plan_due_on": plan, "due_on": DAYS[weight]}
    return {name: calendar.add_days(issued_on, case.facts.setting(key)) for name, key in days.items()}


# ------------------------------------------------------------------------------------------------ findings

def finding_due(values: Values) -> date | None:
    """Until it is acknowledged that day, then the day by which what was decided is done."""
    due: date | None = values["due_on"] if values["acknowledged_on"] else values["ack_due_on"]
    return None if values["completed_on"] else due


def issuer(case: Case) -> Text | None:
    """What an audit found is issued by the audit side; what the kanji found, by the kanji."""
    source = case.values["source"]
    if source not in AUDIT_SOURCES or case.by_operator or held(case) & (frozenset({"kanji"}) if source == "kanji" else AUDIT_SIDE):
        return None
    who = Text("監事", "the kanji") if source == "kanji" else Text("監査側（監査員・監査責任者）", "the audit side")
    return Text(f"この発生源の指摘は{who.ja}が発行します。", f"A finding of this source is issued by {who.en}.")


def audits_own(case: Case) -> Text | None:
    """What an audit found is rewritten by the audit side alone, what the kanji found by the kanji."""
    names = ("name", "source", "classification", "requirement", "fact", "issued_on", "unit_id", "audit_id")
    if case.before is None or case.loading or case.move or case.by_operator or case.before["source"] not in AUDIT_SOURCES or not case.changed(*names):
        return None
    if held(case) & (frozenset({"kanji"}) if case.before["source"] == "kanji" else AUDIT_SIDE):
        return None
    return Text("監査で見つかった指摘の内容を変えられるのは監査側だけです。監査員か監査責任者（監事の指摘は監事）に頼んでください。",
                "What an audit found is changed by the audit side alone. Ask an auditor or the chief auditor (the kanji for theirs).")


def issued(case: Case) -> Values:
    """Issued today unless it says otherwise; acknowledged within days; known as repeated where the last two years had it."""
    on = case.values["issued_on"] or case.today
    days = limits(case, case.values["classification"], on)
    written: dict[str, Any] = {"issued_on": on, "ack_due_on": case.values["ack_due_on"] or days["ack_due_on"],
                               "repeated": bool(case.values["repeated"]) or _repeats(case, on)}
    if case.values["classification"] not in NONCONFORMITIES:
        written["due_on"] = case.values["due_on"] or days["due_on"]
    return written


def _repeats(case: Case, on: date) -> bool:
    """Whether the same control of the same unit was found wanting in the two fiscal years before, or earlier in this one (K10)."""
    v = case.values
    if v["control_id"] is None or v["unit_id"] is None:
        return False
    since = calendar.fiscal_year_bounds(calendar.fiscal_year(on) - 2)[0]
    return any(f["id"] != v["id"] and f["issued_on"] and since <= f["issued_on"] <= on
               for f in case.facts.records("findings", control_id=v["control_id"], unit_id=v["unit_id"]))


def opens_correction(case: Case) -> Iterable[Create]:
    """A nonconformity that is issued opens a corrective action, once."""
    v = case.values
    if v["classification"] not in NONCONFORMITIES or case.facts.records("corrective-actions", finding_id=v["id"]):
        return []
    on = v["issued_on"] or case.today
    days: dict[str, Any] = limits(case, v["classification"], on)
    if v["due_on"]:
        days["due_on"] = v["due_on"]  # the registrar's or the authority's own day
    values = {"name": v["name"], "finding_id": v["id"], "source": v["source"], "classification": v["classification"], "fact": v["fact"],
              "unit_id": v["unit_id"], "plan_item_id": v["plan_item_id"], "issued_on": on, **days}
    return [Create("corrective-actions", values, Text(f"指摘 {v['code']} の是正のため。", f"To correct finding {v['code']}."))]


def short_path(case: Case) -> Text | None:
    """Only observations, opportunities and opinions may be decided upon; a nonconformity is corrected."""
    if case.values["classification"] not in NONCONFORMITIES:
        return None
    return Text("不適合は是正処置で対応します。対応の要否を決められるのは、観察事項・改善の機会・監事意見だけです。",
                "A nonconformity is corrected. Only observations, opportunities and opinions can be decided upon.")


def decided(answer: str) -> Callable[[Case], Values]:
    """The unit's decision on an observation, and why."""
    def of(case: Case) -> Values:
        return {"decision": answer, "decided_on": case.today, "decision_reason": case.reason or case.values["decision_reason"],
                "acknowledged_on": case.values["acknowledged_on"] or case.today}

    return of


def carried_out(case: Case) -> Values:
    """What was done about an observation, in the words of who reports it."""
    return {"completed_on": case.today, "outcome": case.reason}


def reopened(_case: Case) -> Values:
    """What is open again is to be decided upon and done anew; what was decided stays in the history."""
    return {"decision": None, "decided_on": None, "completed_on": None}


def settled(case: Case) -> Text | None:
    """A nonconformity closes when its corrections have ended and one was effective; an observation when it was decided upon
    and what was decided is done."""
    v = case.values
    if v["classification"] in NONCONFORMITIES:
        corrections = case.facts.records("corrective-actions", finding_id=v["id"])
        going = [c for c in corrections if c["status"] not in ENDED]
        if going:
            return Text(f"是正処置 {going[0]['code']} が終わっていません。有効性の確認まで済ませてから完了にしてください。",
                        f"Corrective action {going[0]['code']} has not ended. Close the finding when its effectiveness has been checked.")
        if not any(c["status"] == "effective_closed" for c in corrections):
            return Text("有効と確認された是正処置がありません。是正処置を登録し、有効性を確認してください。",
                        "No corrective action of it was found effective. Register one and check its effectiveness.")
        return None
    if v["classification"] == "good_practice":
        return None
    if not v["decision"]:
        return Text("対応するかしないかがまだ決まっていません。担当部門に決めてもらってください。", "Whether to act on it has not been decided. Ask the unit to decide.")
    if v["decision"] == "act" and not v["completed_on"]:
        return Text("決めた対応の完了がまだ報告されていません。", "What was decided has not been reported as done.")
    return None


def evidenced(case: Case) -> Text | None:
    """Nothing is closed without evidence, on the finding or on its corrections (domain.md §1.2, rule 4)."""
    v = case.values
    codes = [("findings", v["code"]), *(("corrective-actions", c["code"]) for c in case.facts.records("corrective-actions", finding_id=v["id"]))]
    if v["classification"] == "good_practice" or any(case.facts.evidence(slug, code) for slug, code in codes):
        return None
    return Text("証跡が1つもありません。指摘か是正処置に証跡を加えてからもう一度どうぞ。",
                "There is no evidence on the finding or its corrective actions. Attach some first.")


def closer(case: Case) -> Text | None:
    """Closed by the audit side, outside the unit that acted; what the kanji found, by the kanji."""
    if case.values["source"] == "kanji" and "kanji" not in held(case):
        return Text("監事の指摘を完了にできるのは監事だけです。", "Only the kanji closes what the kanji found.")
    return outside(case)


def outside(case: Case) -> Text | None:
    """Whoever judges an act belongs to another unit than who acted."""
    unit = case.values["unit_id"]
    if unit is None or case.actor.unit_id != unit:
        return None
    return Text("担当部門の人は、自分の部門の是正を確認したり延長したりできません。ほかの部門の人に頼んでください。",
                "Nobody judges or extends the correction of their own unit. Ask somebody of another unit.")


def inside(case: Case) -> Text | None:
    """What the acting unit does is done by somebody of that unit."""
    unit = case.values["unit_id"]
    if unit is None or case.by_operator or case.actor.unit_id == unit or case.actor.deputy:
        return None
    return Text("これは担当部門の人がします。担当部門に頼んでください。", "This is done by somebody of the unit itself. Ask that unit.")


# ------------------------------------------------------------------------------------------------ corrective actions

def original_due(values: Values) -> date | None:
    """The day first agreed: extensions count as late (K07)."""
    before = values["extensions"][0].get("previous_due_on") if values["extensions"] else None
    due: date | None = before or values["due_on"]
    return due


def on_time(values: Values) -> bool | None:
    """Completed by the day first agreed (K07); unknown until it is completed."""
    if not values["completed_on"] or not values["original_due_on"]:
        return None
    return bool(values["completed_on"] <= values["original_due_on"])


def next_due(values: Values) -> date | None:
    """The day that comes next on the way: acknowledgement, plan, completion, effectiveness."""
    v = values
    if v["checked_on"]:
        return None
    if v["completed_on"]:
        due: date | None = v["effectiveness_due_on"]
        return due
    if v["plan_approved_on"]:
        return soonest(v["due_on"], v["correction_due_on"] if not v["correction"] else None)
    return soonest(v["plan_due_on"], v["due_on"]) if v["acknowledged_on"] else soonest(v["ack_due_on"], v["due_on"])


def told_by_acts(case: Case) -> Text | None:
    """What acts write — approval, verification, effectiveness, extensions — nobody types."""
    if case.loading or case.move:
        return None
    stood = case.before or {}
    names = ("plan_approved_on", "verified_on", "checked_on", "checked_by", "effectiveness_result")
    if any(case.values[n] != stood.get(n) for n in names) or case.values["extensions"] != stood.get("extensions", []):
        return Text("計画の承認、検証、有効性の確認、期限の延長は、それぞれの操作で記録されます。ここでは記入できません。",
                    "Approval, verification, effectiveness and extensions are written by their own acts. They cannot be typed.")
    return None


def due_kept(case: Case) -> Text | None:
    """Once the plan is approved, the day is moved by an extension alone (domain.md §7.2)."""
    if case.loading or case.move or case.before is None or case.before["status"] in PLANNING or not case.changed("due_on"):
        return None
    return Text("計画が承認されたあとの期限は変えられません。「期限を延長する」で監査責任者の承認を受けてください。",
                "After the plan is approved the day cannot be typed. Ask the chief auditor to extend it.")


def finding_kept(case: Case) -> Text | None:
    """What was found is not rewritten by the unit that it was found in."""
    names = ("name", "source", "classification", "issued_on", "finding_id", "fact")
    if case.before is None or case.loading or case.move or case.by_operator or not case.changed(*names):
        return None
    if held(case) & AUDIT_SIDE or (held(case) & KEEPERS and outside(case) is None):
        return None
    return Text("指摘の内容（件名・発生源・区分・指摘日・事実）は、担当部門では変えられません。監査側かほかの部門のリスク管理担当に頼んでください。",
                "The unit itself does not change what was found. Ask the audit side, or a risk officer of another unit.")


def received(case: Case) -> Values:
    """Acknowledged today; the days that nobody set follow from the class."""
    on = case.values["issued_on"] or case.today
    days = limits(case, case.values["classification"], on)
    return {"acknowledged_on": case.today, "issued_on": on, **{n: case.values[n] or day for n, day in days.items()}}


def plan_fits(case: Case) -> Text | None:
    """A nonconformity has a correction, a cause and an action before its plan can be approved."""
    if case.values["classification"] not in NONCONFORMITIES or case.values["correction"]:
        return None
    return Text("不適合には「修正（応急処置）」の記入が要ります。", 'A nonconformity needs its immediate correction ("correction").')


def completed(case: Case) -> Values:
    """Reported as complete; effectiveness is checked some months later."""
    done = case.values["completed_on"] or case.today
    due = case.values["effectiveness_due_on"] or months_later(done, case.facts.setting(EFFECT_MONTHS))
    return {"completed_on": done, "effectiveness_due_on": due}


def rejected(case: Case) -> Values:
    """Not complete after all."""
    return {"completed_on": None, "effectiveness_due_on": None}


def verifier(case: Case) -> Text | None:
    """The audit side verifies, outside the acting unit; after an incident or a drill a risk officer of another unit may
    (domain.md §7.2, rule 4)."""
    if held(case) & AUDIT_SIDE or case.values["source"] in OFFICER_SOURCES:
        return outside(case)
    return Text("是正処置を検証できるのは監査側だけです。監査員か監査責任者に頼んでください。",
                "Corrections are verified by the audit side alone. Ask an auditor or the chief auditor.")


def bystander(case: Case) -> Text | None:
    """Effectiveness is checked by somebody who had no part in the action."""
    if case.values["owner"] in (case.actor.name, case.actor.called):
        return Text("有効性は、是正に関わっていない人が確認します。ほかの人に頼んでください。", "Effectiveness is checked by somebody who had no part in the action.")
    return verifier(case)


def waited(case: Case) -> Text | None:
    """An effect shows only after a while."""
    days, done = case.facts.setting(WAIT_DAYS), case.values["completed_on"]
    if done is None or calendar.add_days(done, days) <= case.today:
        return None
    return Text(f"有効性は、完了から{days}日たってから確認します。", f"Effectiveness is checked when {days} days have passed since completion.")


def checked(*results: str) -> Callable[[Case], Values]:
    """What the check found; ``results``: what this act can say, the first where the row says nothing else."""
    def of(case: Case) -> Values:
        *earlier, row = case.values["checks"]
        result = row.get("result") if row.get("result") in results else results[0]
        told = {**row, "result": result, "checked_on": case.today, "checked_by": case.actor.called}
        return {"checks": [*earlier, told], "checked_on": case.today, "checked_by": case.actor.called,
                "effectiveness_result": result, "effectiveness": row.get("found")}

    return of


def corrects_again(case: Case) -> Iterable[Create]:
    """What had no effect is corrected anew, with a tie to what was tried."""
    v = case.values
    values = {"name": v["name"], "finding_id": v["finding_id"], "previous_id": v["id"], "source": v["source"], "classification": v["classification"],
              "fact": v["effectiveness"], "unit_id": v["unit_id"], "owner": v["owner"], "plan_item_id": v["plan_item_id"], "issued_on": case.today,
              "origins": v["origins"], **limits(case, v["classification"], case.today)}
    why = Text(f"是正処置 {v['code']} に効果がなかったため。", f"Because corrective action {v['code']} had no effect.")
    return [Create("corrective-actions", values, why)]


def extendable(case: Case) -> Text | None:
    """At most twice, to a later day."""
    most, row = case.facts.setting(EXTENSIONS), case.values["extensions"][-1:]
    told = len((case.before or case.values)["extensions"])
    if told >= most:
        return Text(f"期限の延長は{most}回までです。", f"A day is extended at most {most} times.")
    before = (case.before or case.values)["due_on"]
    if row and len(case.values["extensions"]) > told and before and row[0].get("due_on") and row[0]["due_on"] <= before:
        return Text("延長後の期限は、いまの期限より後の日にしてください。", "The new day must be later than the present one.")
    return None


def extended(case: Case) -> Values:
    """The new day, with the one before it and who approved."""
    *earlier, row = case.values["extensions"]
    told = {**row, "previous_due_on": case.values["due_on"], "approved_by": case.actor.called, "approved_on": case.today}
    return {"extensions": [*earlier, told], "due_on": row.get("due_on")}
