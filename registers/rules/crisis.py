"""Incidents and the meetings that look back on them: what must hold, and what follows (domain.md §6.1, §6.2)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, date, datetime, time, timedelta

from grc import calendar, settings
from grc.calendar import TOKYO, add_days, next_business_day, tokyo
from grc.case import Case, Consequence, Create, Guard, Sets, Values
from grc.kinds import Cell, fold
from grc.problem import Problem, Severity, define
from grc.text import Text

REVIEW_FROM = settings.declare("incident_review_severity", 3, "報告会を開く深刻度（この段階から）", "Incident review from severity")
REVIEW_DAYS = settings.declare("incident_review_days", 30, "報告会の期限（完全復旧からの日数）", "Incident review: within days of recovery")

# ------------------------------------------------------------------------------------------------------------- incidents

ESCALATION = {"4": timedelta(minutes=30), "3": timedelta(hours=1)}
"""深刻度4は首脳へ30分以内、3は1時間以内、2は当日中、1は翌開庁日（domain.md §6.1, a proposal; no law says so). A constant:
what is computed from a record may not ask for settings."""


def deadline_of_escalation(severity: str | None, known_at: datetime | None) -> datetime | None:
    """Until when an incident of that severity must have reached the top, counted from the moment it was known."""
    if known_at is None or severity in (None, "0"):
        return None
    if severity in ESCALATION:
        return known_at + ESCALATION[severity]
    day = tokyo(known_at).date()
    return _end_of(day if severity == "2" else next_business_day(add_days(day, 1)))


def _end_of(day: date) -> datetime:
    return datetime.combine(day, time(23, 59), TOKYO).astimezone(UTC)


def escalation_due_at(values: Values) -> datetime | None:
    """The escalation clock, shown from the moment the incident was known; a day alone starts no clock of minutes."""
    if values["severity"] in ESCALATION and _day_alone(values["known_at"]):
        return None
    return deadline_of_escalation(values["severity"], values["known_at"])


def escalated_in_time(values: Values) -> bool | None:
    """Whether the report to the top came in time; ``None`` while there is none, or no limit."""
    due, reported = values["escalation_due_at"], values["reported_at"]
    return None if due is None or reported is None else bool(reported <= due)


def known_on(values: Values) -> date | None:
    """The day on which any unit knew: the first day of every breach clock (番号法ガイドライン 別添)."""
    return tokyo(values["known_at"]).date() if values["known_at"] else None


def incident_year(values: Values) -> int | None:
    """The fiscal year of an incident: that in which it was known, else began or was reported."""
    at = values["known_at"] or values["occurred_at"] or values["reported_at"]
    return calendar.fiscal_year(tokyo(at).date()) if at else None


def minutes_to_know(values: Values) -> int | None:
    """K16, MTTD: from the beginning to knowing."""
    return _minutes(values["occurred_at"], values["known_at"])


def minutes_to_restore(values: Values) -> int | None:
    """K16, MTTR: from knowing to full recovery; nought where it had recovered before anybody knew."""
    return _minutes(values["known_at"], values["restored_at"])


def _minutes(sooner: datetime | None, later: datetime | None) -> int | None:
    if sooner is None or later is None or _day_alone(sooner) or _day_alone(later):
        return None
    return max(0, int((later - sooner).total_seconds()) // 60)


def _day_alone(moment: datetime | None) -> bool:
    """Whether a ledger gave a day without a time: it was read as the day's first moment."""
    return moment is not None and tokyo(moment).time() == time()


TIMES = {"occurred_at": Text("発生日時", "Occurred at"), "known_at": Text("覚知日時", "Known at"), "reported_at": Text("報告日時", "Reported at"),
         "contained_at": Text("暫定復旧日時", "Contained at"), "restored_at": Text("完全復旧日時", "Restored at"), "closed_at": Text("終息日時", "Over at")}
_ORDER = (("occurred_at", "known_at"), ("occurred_at", "contained_at"), ("occurred_at", "restored_at"), ("occurred_at", "closed_at"),
          ("known_at", "reported_at"), ("known_at", "closed_at"), ("contained_at", "restored_at"), ("restored_at", "closed_at"))
BACKWARDS = define("incident-times", Severity.ERROR, Text("{field}が{value}より前です。", "{field} is before {value}."),
                   Text("日時を確かめてください。", "Check the times."))


def in_order(values: Values) -> list[Problem]:
    """The times of an incident follow one another; what a ledger gives as a day alone is compared as a day.

    An incident may be contained or restored before anybody knows of it.
    """
    return [BACKWARDS(field=TIMES[later], value=TIMES[sooner]).at(field=later) for sooner, later in _ORDER
            if values[sooner] and values[later] and _before(tokyo(values[later]), tokyo(values[sooner]))]


def _before(later: datetime, sooner: datetime) -> bool:
    return later.date() < sooner.date() if _day_alone(later) else later < sooner


def no_silent_lowering(case: Case) -> Text | None:
    """A severity is raised freely and lowered by two persons alone (domain.md §6.1), by a form or a ledger as well."""
    before, now = case.before and case.before["severity"], case.values["severity"]
    if case.move == "approve_lowering" or before is None or (now is not None and now >= before):
        return None
    return Text("深刻度は、ここでは下げられません。「引き下げ後の深刻度」に記入して引き下げを申し出て、ほかの人の承認を受けてください。",
                'The severity cannot be lowered here. Enter "Severity asked for", ask to lower it, and have somebody else approve.')


def only_by_moves(*names: str) -> Guard:
    """What only moves write is neither typed into a form nor changed by a later ledger."""
    def guard(case: Case) -> Text | None:
        if case.move is not None or (case.loading and case.is_new) or all(case.values[n] == (case.before or {}).get(n) for n in names):
            return None
        return Text("漏えい等報告の要否と、深刻度の引き下げの申し出は、それぞれの操作で記録します。この画面では変えられません。",
                    "Whether to report, and who asked to lower the severity, are written by their own acts. They cannot be changed here.")

    return guard


def lowering_asked(case: Case) -> Text | None:
    """There is a request to settle."""
    if case.before is not None and case.before["lowering_by"]:
        return None
    return Text("引き下げの申し出がありません。", "Nobody has asked to lower the severity.")


def lowering_is_lower(case: Case) -> Text | None:
    """What is asked for lies below what stands."""
    stood = case.before or case.values
    asked, now = stood["proposed_severity"], stood["severity"]
    if asked is not None and now is not None and asked < now:
        return None
    return Text("「引き下げ後の深刻度」が、いまの深刻度より下ではありません。下の段階を選んでください。",
                '"Severity asked for" is not below the severity that stands. Choose a lower one.')


def ask_lowering(case: Case) -> Values:
    """Who asks to lower the severity, and why."""
    return {"lowering_by": case.actor.called, "lowering_reason": case.reason}


def lower(case: Case) -> Values:
    """The severity becomes what was asked for; who asked and why stays in the history."""
    return {"severity": case.values["proposed_severity"], **keep_severity(case)}


def keep_severity(_case: Case) -> Values:
    """The request is settled."""
    return {"proposed_severity": None, "lowering_by": None, "lowering_reason": None}


def another_person(case: Case) -> Text | None:
    """Whoever asked to lower the severity does not approve it."""
    if case.before is None or case.before["lowering_by"] != case.actor.called:
        return None
    return Text("引き下げを申し出たのがあなたなので、承認できません。ほかの人に頼んでください。", "You asked to lower it, so you cannot approve it. Ask somebody else.")


def from_timeline(name: str) -> Sets:
    """A time that the person gave with the entry of the time line is that of the move, unless one is there already."""
    def sets(case: Case) -> Values:
        return {name: case.values[name] or (case.values["timeline"][-1]["at"] if case.values["timeline"] else None)}

    return sets


def reopened(_case: Case) -> Values:
    """What is open again has neither recovered nor ended; the former times stay in the history."""
    return {"restored_at": None, "closed_at": None}


def plan_review(case: Case) -> Iterable[Consequence]:
    """An incident of high severity that has recovered gets its review, due some days later (a proposal: 30)."""
    if not _severe(case) or case.facts.linking("incident-reviews", "incidents", "incidents", case.values["id"]):
        return
    restored = case.values["restored_at"]
    since = tokyo(restored).date() if restored else case.today
    yield Create("incident-reviews", {
        "title": f"{case.values['title']}　報告会", "due_on": add_days(since, case.facts.setting(REVIEW_DAYS)), "unit_id": case.values["unit_id"],
        "incidents": [("incidents", case.values["id"])]},
        Text(f"{case.values['code']} が復旧した", f"{case.values['code']} has recovered"))


def _severe(case: Case) -> bool:
    return case.values["severity"] is not None and int(case.values["severity"]) >= case.facts.setting(REVIEW_FROM)


def responded(case: Case) -> Text | None:
    """Only a near miss is closed without a response (domain.md §6.1)."""
    if case.before is None or case.before["status"] != "triaged" or case.values["severity"] == "0":
        return None
    return Text("対応してから終結します。対応を経ずに終結できるのはヒヤリハットだけです。", "Respond to it first: only a near miss is closed without a response.")


def reviewed(case: Case) -> Text | None:
    """An incident of high severity is closed after its review, with its lasting measures registered (domain.md §6.1)."""
    if not _severe(case):
        return None
    reviews = case.facts.linking("incident-reviews", "incidents", "incidents", case.values["id"])
    if not any(r["status"] in ("held", "minutes_approved") for r in reviews):
        return Text("この深刻度の事案は、報告会を開いてから終結します。報告会を記録して、この事案を結び付けてください。",
                    "An incident of this severity is closed after its review. Record the review and link this incident.")
    if not case.values["corrective_actions"]:
        return Text("恒久対策が是正処置に登録されていません。登録して結び付けてください。終わっていなくても構いません。",
                    "No lasting measure is registered as a corrective action. Register and link them; they may still be open.")
    return None


def breach_decided(case: Case) -> Text | None:
    """Where personal data are involved, somebody must have decided whether to report before the incident is closed."""
    if not case.values["pi_involved"] or case.values["report_required"] is not None:
        return None
    return Text("個人情報に関わるのに、漏えい等報告の要否がまだ判断されていません。個人情報保護管理者に頼んでください。",
                "Personal data are involved, and whether to report was not decided yet. Ask the privacy manager.")


def state_words(words: Mapping[str, str]) -> Callable[[Cell], Mapping[str, Cell]]:
    """状況: the state that a ledger means by its own word; one of ours, or an unknown one, stays as it is."""
    known = {fold(word): state for state, said in words.items() for word in said.split()}
    return lambda cell: {"status": known.get(fold(str(cell or "")), cell)}


# --------------------------------------------------------------------------------------------------------------- reviews


def review_due_on(values: Values) -> date | None:
    """The limit of a review that was not held yet."""
    due: date | None = values["due_on"]
    return None if values["held_on"] else due


def lessons_open(values: Values) -> int:
    """Lessons that were not spread yet."""
    return sum(not row.get("spread_on") for row in values["lessons"])


def lessons_done(values: Values) -> int:
    """Lessons that were spread."""
    return sum(bool(row.get("spread_on")) for row in values["lessons"])


def not_ahead(case: Case) -> Text | None:
    """Nothing is recorded as held that is still to come."""
    day = case.values["held_on"]
    if day is None or day <= case.today:
        return None
    return Text("実施日が今日より後です。実施してから記録してください。", "The day on which it was held lies ahead. Record it once it was held.")
