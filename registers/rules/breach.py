"""漏えい等報告: which duties an incident brings, why, and until when (domain.md §6.1).

Sources: 個人情報の保護に関する法律 第26条 and 施行規則 第7条・第8条; 番号法 第29条の4; 特定個人情報ガイドライン（行政機関等編）
別添; プライバシーマーク付与事業者の事故報告; the body's own rules for designated bodies. All figures are settings.

The day on which any unit knew is day 1, weekends count. The preliminary report is due 「おおむね3–5日」: day 3 warns, day 5
is the limit, neither is moved to an open day. The final report is due on day 30, day 60 where a malicious purpose is
suspected (also when another reason applies beside it); that day moves to the next day on which the office is open.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Any

from grc import settings
from grc.calendar import TOKYO, next_business_day, tokyo
from grc.case import Case, Change, Consequence, Create, Facts, Values
from grc.problem import Problem, Severity, define
from grc.text import Text

TERMS = {name: settings.declare(f"breach_{name}", default, ja, en) for name, default, ja, en in (
    ("warn_day", 3, "漏えい等の速報：注意を促す日（知った日を1日目とする）", "Preliminary breach report: the day to warn on"),
    ("preliminary_day", 5, "漏えい等の速報：期限の日", "Preliminary breach report: the day it is due"),
    ("final_day", 30, "漏えい等の確報：期限の日", "Final breach report: the day it is due"),
    ("final_day_malicious", 60, "漏えい等の確報：期限の日（不正の目的のおそれ）", "Final breach report, malicious purpose: the day it is due"),
    ("persons_appi", 1000, "個情法の報告の基準（この人数を超えたら）", "APPI: report above this number of persons"),
    ("persons_my_number", 100, "番号法の報告の基準（この人数を超えたら）", "My Number Act: report above this number of persons"),
    ("final_day_guideline", 30, "番号法ガイドラインによる報告：期限の日", "My Number guideline: the day the report is due"),
    ("designated_severity", 3, "所管省庁等へ報告する深刻度（この段階から）", "Report to the ministry from this severity"),
    ("designated_hours", 24, "所管省庁等への第一報：期限（時間）", "First report to the ministry: within hours"),
    ("final_day_designated", 30, "所管省庁等への確報：期限の日", "Final report to the ministry: the day it is due"))}
RECIPIENTS = {regime: settings.declare(f"breach_recipient_{regime}", who, f"漏えい等の報告先：{ja}", f"Recipient of breach reports: {en}")
              for regime, who, ja, en in (
    ("appi", "個人情報保護委員会", "個情法26条", "APPI Art. 26"),
    ("my_number", "個人情報保護委員会", "番号法29条の4", "My Number Act Art. 29-4"),
    ("my_number_guideline", "個人情報保護委員会", "番号法ガイドライン", "My Number guideline"),
    ("p_mark", "プライバシーマーク付与機関", "プライバシーマーク", "PrivacyMark"),
    ("designated", "所管省庁・国家サイバー統括室", "指定法人の規程", "rules for designated bodies"),
    ("entruster", "委託元", "委託元への通知", "notice to the entruster"))}

REPORTS, PROPOSED, NOT_REQUIRED = "breach-reports", "proposed", "not_required"


@dataclass(frozen=True, slots=True)
class Terms:
    """The figures that the body has set, by the names of :data:`TERMS`."""

    warn_day: int
    preliminary_day: int
    final_day: int
    final_day_malicious: int
    persons_appi: int
    persons_my_number: int
    final_day_guideline: int
    designated_severity: int
    designated_hours: int
    final_day_designated: int


USUAL = Terms(**{name: int(settings.DECLARED[key].default) for name, key in TERMS.items()})


def terms_of(facts: Facts) -> Terms:
    """The figures as they are set."""
    return Terms(**{name: facts.setting(key) for name, key in TERMS.items()})


# ------------------------------------------------------------------------------------------------------------ the clocks


def day(known_on: date, number: int) -> date:
    """The ``number``-th day, the one on which it became known being the first."""
    return known_on + timedelta(days=number - 1)


def warn_on(known_on: date, terms: Terms = USUAL) -> date:
    """When a preliminary report that was not sent is worth a warning."""
    return day(known_on, terms.warn_day)


def preliminary_due_on(known_on: date, terms: Terms = USUAL) -> date:
    """The last day of 「おおむね3–5日」; it stays where it falls."""
    return day(known_on, terms.preliminary_day)


def final_due_on(known_on: date, number: int) -> date:
    """Day 30 or 60; when the office is closed then, the next day on which it is open."""
    return next_business_day(day(known_on, number))


# ------------------------------------------------------------------------------------------------------------ the table


@dataclass(frozen=True, slots=True)
class Breach:
    """What the decision table asks of an incident."""

    known_on: date
    known_at: datetime | None = None
    counted_on: date | None = None
    severity: int | None = None
    personal: bool = False
    people: int = 0
    sensitive: bool = False
    financial: bool = False
    malicious: bool = False
    specific: bool = False
    my_number_system: bool = False
    public: bool = False
    encrypted: bool = False
    entrusted: bool = False


@dataclass(frozen=True, slots=True)
class Duty:
    """What one regime asks: whether to report, why, from which day it counts; from which day the preliminary report counts
    and on which day the final one is due (``None``: there is none); within how many hours the first word (``None``: in days)."""

    regime: str
    required: bool
    why: str
    known_on: date
    preliminary: date | None = None
    final_day: int | None = None
    hours: int | None = None


def breach_of(values: Values) -> Breach:
    """The facts of an incident, the greater of the two numbers of persons among them. Not answered counts as no."""
    severity = values["severity"]
    return Breach(
        values["known_on"], values["known_at"], values["counted_on"], None if severity is None else int(severity),
        bool(values["pi_involved"]), max(values["affected_people"] or 0, values["affected_people_max"] or 0),
        *(bool(values[name]) for name in ("is_sensitive", "financial_risk", "malicious_suspected", "is_specific_pi", "my_number_system",
                                          "public_exposure", "strong_encryption", "entrusted")))


def duties(breach: Breach, terms: Terms = USUAL) -> tuple[Duty, ...]:
    """The regimes that an incident touches, each with its decision and the reason for it, also where it is no."""
    found: list[Duty] = []
    known_on = breach.known_on
    final = terms.final_day_malicious if breach.malicious else terms.final_day
    if breach.personal:
        appi = _law("appi", *_appi(breach, terms), breach, final)
        found += [appi, *_my_number(breach, terms, final),
                  Duty("p_mark", True, "個人情報の事故等は、すべて付与機関へ報告する。", known_on, appi.known_on if appi.required else None, final)]
    if breach.severity is not None and breach.severity >= terms.designated_severity:
        found.append(Duty("designated", True, f"深刻度{breach.severity}の事案は、規程により所管省庁等へ報告する。", known_on, known_on,
                          terms.final_day_designated, terms.designated_hours))
    if breach.personal and breach.entrusted:
        found.append(Duty("entruster", True, "受託した業務での事態なので、期限までに委託元へ通知する。通知すれば、委員会への報告は免除される。", known_on, known_on))
    return tuple(found)


def _appi(breach: Breach, terms: Terms) -> tuple[list[str], bool]:
    reasons = [text for holds, text in (
        (breach.sensitive, "要配慮個人情報を含む"), (breach.financial, "財産的被害のおそれがある"), (breach.malicious, "不正の目的によるおそれがある")) if holds]
    return _counted(reasons, breach.people, terms.persons_appi)


def _my_number(breach: Breach, terms: Terms, final: int) -> Iterable[Duty]:
    """番号法29条の4, and the guideline for what falls below it."""
    if not (breach.specific or breach.my_number_system):
        return
    reasons, by_count = _counted([text for holds, text in (
        (breach.my_number_system, "情報提供ネットワークシステム等の特定個人情報である"), (breach.malicious, "不正の目的によるおそれがある"),
        (breach.public, "不特定多数の者に閲覧されるおそれがある")) if holds], breach.people, terms.persons_my_number)
    yield _law("my_number", reasons, by_count, breach, final)
    if not reasons and not breach.encrypted:
        yield Duty("my_number_guideline", True, "番号法の類型に当たらない特定個人情報の漏えい等も、ガイドラインにより報告する。", breach.known_on, None,
                   terms.final_day_guideline)


def _counted(reasons: list[str], people: int, most: int) -> tuple[list[str], bool]:
    """The reasons with that of the number of persons, and whether it is the only one."""
    return (reasons, False) if people <= most else ([*reasons, f"本人の数{people:,}人が{most:,}人を超える"], not reasons)


def _law(regime: str, reasons: list[str], by_count: bool, breach: Breach, final: int) -> Duty:
    if not reasons:
        return Duty(regime, False, "報告を要する類型のいずれにも当たらない。", breach.known_on)
    why = f"{'。'.join(reasons)}。"
    if breach.encrypted:
        kept = "ただし高度な暗号化等により秘匿化されているので、報告を要しない。方式と鍵の管理を確かめて記録する。"
        return Duty(regime, False, why + kept, breach.known_on)
    since = max(breach.known_on, breach.counted_on) if by_count and breach.counted_on else breach.known_on
    return Duty(regime, True, why, since, since, final)


def dates(duty: Duty, known_at: datetime | None = None, terms: Terms = USUAL) -> dict[str, date | None]:
    """The days of a duty, as fields of a breach report."""
    found: dict[str, date | None] = {"preliminary_warn_on": None, "preliminary_due_on": None, "final_due_on": None}
    if not duty.required:
        return found
    if duty.preliminary and duty.hours is not None:
        at = tokyo(known_at) if known_at and tokyo(known_at).date() == duty.preliminary else datetime.combine(duty.preliminary, time(), TOKYO)
        found["preliminary_due_on"] = (at + timedelta(hours=duty.hours)).date()
    elif duty.preliminary:
        found |= {"preliminary_warn_on": warn_on(duty.preliminary, terms), "preliminary_due_on": preliminary_due_on(duty.preliminary, terms)}
    if duty.final_day is not None:
        found["final_due_on"] = final_due_on(duty.known_on, duty.final_day)
    return found


# ------------------------------------------------------------------------------------------------- deciding on an incident

QUESTIONS = {
    "is_sensitive": Text("要配慮個人情報", "Sensitive data"), "financial_risk": Text("財産的被害のおそれ", "Risk of financial harm"),
    "malicious_suspected": Text("不正の目的のおそれ", "Malicious purpose suspected"), "strong_encryption": Text("高度な暗号化", "Strong encryption"),
    "entrusted": Text("受託業務", "Entrusted work"), "is_specific_pi": Text("特定個人情報", "Specific personal information"),
    "my_number_system": Text("番号利用事務等のシステム", "My Number system"), "public_exposure": Text("不特定多数の閲覧", "Exposed to the public")}
"""What must be answered before anybody can decide; the last two where specific personal information is involved."""


def questions_answered(case: Case) -> Text | None:
    """Deciding needs an answer to each question of the decision table, where personal data are involved."""
    if not case.values["pi_involved"]:
        return None
    asked = list(QUESTIONS)[:None if case.values["is_specific_pi"] else -2]
    unanswered = [QUESTIONS[name] for name in asked if case.values[name] is None]
    if not unanswered:
        return None
    return Text(f"まだ答えのない項目があります：{'、'.join(q.ja for q in unanswered)}。おそれがあれば○にして、もう一度どうぞ。",
                f"Not answered yet: {', '.join(q.en for q in unanswered)}. Say yes where it may be so, then try again.")


def decided(case: Case) -> Values:
    """What deciding writes on the incident: whether any regime asks for a report, and the day of the decision."""
    required = any(d.required for d in duties(breach_of(case.values), terms_of(case.facts)))
    return {"report_required": required, "report_decided_on": case.today}


NEW_FACTS = Text("要否を判断したあとに、報告の類型に当たる事実が加わった", "Facts known after the decision ask for a report")


def reconsider(case: Case) -> Iterable[Consequence]:
    """Facts that come to light after the decision and ask for more — a threshold crossed, a malicious purpose — open their reports
    at once, so that the clock is seen; the decision is then to be made anew (domain.md §6.1)."""
    if case.before is None or case.before["report_decided_on"] is None or case.before["known_on"] is None or case.values["known_on"] is None:
        return
    terms = terms_of(case.facts)
    stood, now = ({d.regime: d for d in duties(breach_of(v), terms) if d.required} for v in (case.before, case.values))
    if all(regime in stood and (stood[regime].preliminary or not duty.preliminary) for regime, duty in now.items()):
        return
    yield from open_reports(case)
    yield Change("incidents", case.values["id"], NEW_FACTS, {"report_required": None, "report_decided_on": None})


def open_reports(case: Case) -> Iterable[Consequence]:
    """A breach report for each regime that the incident touches, none twice.

    What was only proposed is proposed anew. What was found not to be required is opened again, from the day that changed
    it, when the facts now ask for it; a report already due gets its preliminary limit when the facts now ask for that.
    A report that new facts open (:func:`reconsider`) is decided by nobody yet.
    """
    terms, breach = terms_of(case.facts), breach_of(case.values)
    by = case.actor.called if case.move else None
    held = case.facts.records(REPORTS, incident_id=case.values["id"])
    why = Text(f"{case.values['code']} の漏えい等報告の要否を判断した", f"Whether to report {case.values['code']} was decided") if by else NEW_FACTS
    for duty in duties(breach, terms):
        ours = [r for r in held if r["regime"] == duty.regime]
        proposed = next((r for r in ours if r["status"] == PROPOSED), None)
        due = next((r for r in ours if r["status"] not in (PROPOSED, NOT_REQUIRED)), None)
        if ours and not proposed:
            since = breach.counted_on if breach.counted_on and breach.counted_on == duty.preliminary else case.today
            duty = replace(duty, known_on=since, preliminary=duty.preliminary and since)
        days = dates(duty, breach.known_at, terms)
        decision = {"is_required": duty.required, "why": duty.why, "known_on": duty.known_on, **days}
        if proposed:
            if any(proposed[name] != value for name, value in decision.items()) or (by and not proposed["decided_by"]):
                yield Change(REPORTS, proposed["id"], why, {**decision, "decided_by": by})
        elif due:
            if days["preliminary_due_on"] and not due["preliminary_due_on"] and not due["final_sent_on"]:
                yield Change(REPORTS, due["id"], why, {name: days[name] for name in ("preliminary_warn_on", "preliminary_due_on")})
        elif duty.required or not ours:
            yield Create(REPORTS, {
                **decision, "incident_id": case.values["id"], "regime": duty.regime, "title": case.values["title"], "decided_by": by,
                "recipient": case.facts.setting(RECIPIENTS[duty.regime]), "unit_id": case.values["unit_id"]}, why)


# ------------------------------------------------------------------------------------------------------ the reports

BACKWARDS = define("breach-dates", Severity.ERROR, Text("{field}が{value}より前です。", "{field} is before {value}."),
                   Text("日付を確かめてください。", "Check the dates."))
_ORDER = (("known_on", "preliminary_sent_on"), ("known_on", "final_sent_on"), ("preliminary_sent_on", "final_sent_on"))
_DAYS = {"known_on": Text("知った日", "the day it became known"), "preliminary_sent_on": Text("速報日", "Preliminary report sent"),
         "final_sent_on": Text("確報日", "Final report sent")}


def in_order(values: Values) -> list[Problem]:
    """Nothing is reported before it is known, nothing finally before preliminarily."""
    return [BACKWARDS(field=_DAYS[later], value=_DAYS[sooner]).at(field=later) for sooner, later in _ORDER
            if values[sooner] and values[later] and values[later] < values[sooner]]


def next_due_on(values: Values) -> date | None:
    """The next limit: that of the preliminary report until it is sent, then that of the final one."""
    if values["is_required"] is False or values["final_sent_on"]:
        return None
    due: date | None = (None if values["preliminary_sent_on"] else values["preliminary_due_on"]) or values["final_due_on"]
    return due


def on_time(values: Values) -> bool | None:
    """Whether all that was sent was sent in time (K18); ``None`` while nothing was."""
    final = values["final_sent_on"]
    pairs = ((values["preliminary_sent_on"] or final, values["preliminary_due_on"]), (final, values["final_due_on"]))
    kept = [sent <= due for sent, due in pairs if sent and due]
    return all(kept) if kept else None


def complete(values: dict[str, Any], _printed: Mapping[str, str]) -> dict[str, Any]:
    """A report that was written by hand gets the usual days of its law, where none are given."""
    if values["is_required"] is not False and values["known_on"] and values["regime"] in ("appi", "my_number"):
        usual = dates(Duty(values["regime"], True, "", values["known_on"], values["known_on"], USUAL.final_day))
        values = {**values, **{name: value for name, value in usual.items() if values[name] is None}}
    return values


def second_person(case: Case) -> Text | None:
    """Whoever decided on the duty does not confirm the decision as well."""
    if case.values["decided_by"] != case.actor.called:
        return None
    return Text("要否を判断したのがあなたなので、確定できません。ほかの人に頼んでください。", "You decided on this, so you cannot confirm it. Ask somebody else.")


def asks_for_report(case: Case) -> Text | None:
    """Only what is proposed as required is confirmed as such."""
    if case.values["is_required"]:
        return None
    return Text("「報告の要否」が○ではありません。報告しないと確定するか、個人情報保護管理者に見直しを頼んでください。",
                '"To be reported" is not yes. Confirm that no report is needed, or ask the privacy manager to look again.')


def asks_for_none(case: Case) -> Text | None:
    """Only what is proposed as not required is confirmed as such."""
    if case.values["is_required"] is False:
        return None
    return Text("「報告の要否」が×ではありません。報告すると確定するか、個人情報保護管理者に見直しを頼んでください。",
                '"To be reported" is not no. Confirm that a report is needed, or ask the privacy manager to look again.')


def reported_in_full(case: Case) -> Text | None:
    """A report is closed when all that its regime asks for was sent."""
    due = next_due_on(case.values)
    if due is None:
        return None
    return Text(f"{due:%Y-%m-%d} が期限の報告が、まだ送られていません。報告してから終えてください。", f"The report due on {due} was not sent yet. Send it first.")


def people_told(case: Case) -> Text | None:
    """個情法26条2項, 番号法29条の4第2項: the persons are told, or what was done instead is written down."""
    if case.values["regime"] not in ("appi", "my_number") or case.values["notified_on"] or case.values["notice_substitute"]:
        return None
    return Text("本人への通知の日も、通知に代わる措置も書かれていません。どちらかを記入してください。",
                "Neither the day on which the persons were told nor what was done instead is given. Fill in one of them.")
