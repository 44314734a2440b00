"""Independence of auditors: nobody audits their own unit, nor what they kept or decided within the last year.

JIS Q 15001:2023 and ISO/IEC 27001 9.2 (objectivity and impartiality), JIS Q 19011 4 e), the standards of the government's
統一基準群 against one person in both roles; domain.md §1.2, rule 2.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, time
from typing import Any

from grc import calendar, settings
from grc.case import Case, Person
from grc.text import Text
from registers.rules.spans import months_later
from registers.rules.who import held

Values = Mapping[str, Any]

MONTHS = settings.declare("audits_independence_months", 12, "監査員が対象に関わっていてはならない月数", "Months in which an auditor had no part in what is audited")
OFFICE = settings.declare("audits_office", "監査室", "内部監査を行う部門の名称", "Name of the unit that audits")

KANJI = frozenset({"kanji", "kanji_settlement", "kanji_monthly", "kanji_operations"})
INTERNAL = frozenset({"internal", "internal_privacy", "internal_security", "internal_compliance", "internal_crisis", "internal_operations"})
NISC = frozenset({"government", "nisc_management", "nisc_penetration"})
AUDIT_SIDE = frozenset({"auditor", "audit_chief"})
JUDGED_MOVES = frozenset({"notify", "begin", "hold", "report", "report_kanji"})
"""The moves at which independence is judged anew: assignment with notification, every day of fieldwork, the report."""


def keeper(case: Case) -> Text | None:
    """An audit of the kanji is kept by the kanji alone, every other one by the audit office; a unit answers on the facts."""
    if case.by_operator or case.move == "answer_facts":
        return None
    return _kept_by(case, case.values["kind"] in KANJI, case.before is not None and case.before["kind"] in KANJI)


def programme_keeper(case: Case) -> Text | None:
    """The same of the programmes."""
    kanjis = case.values["kind"] == "kanji"
    return None if case.by_operator else _kept_by(case, kanjis, case.before is not None and case.before["kind"] == "kanji")


def checklist_keeper(case: Case) -> Text | None:
    """The checklist of an audit is kept by who keeps the audit."""
    audit = case.facts.one("audits", case.values["audit_id"])
    return None if case.by_operator else _kept_by(case, audit is not None and audit["kind"] in KANJI, False)


def _kept_by(case: Case, kanjis: bool, were: bool) -> Text | None:
    if (kanjis or were) and "kanji" not in held(case):
        return Text("監事監査の記録を扱えるのは監事だけです。", "Records of the kanji's audits are kept by the kanji alone.")
    if not kanjis and not held(case) & AUDIT_SIDE:
        return Text("監事監査でない監査の記録を扱えるのは監査員と監査責任者だけです。", "Records of other audits are kept by auditors and the chief auditor alone.")
    return None


def assigned(case: Case) -> Text | None:
    """Auditors are assigned by the chief auditor, who approves the notification (domain.md §1.2); after it the team stands."""
    if case.loading or case.before is None or case.before["status"] in ("planned", "postponed") or case.values["team"] == case.before["team"]:
        return None
    if case.values["kind"] in KANJI:
        return None
    return Text("通知したあとの監査チームは変えられません。「計画に戻す」で戻し、監査責任者にもう一度指名してもらってください。",
                "The team stands once it is notified. Plan the audit again, and let the chief auditor assign it anew.")


def independent(case: Case) -> Text | None:
    """Rule 2, judged whenever team, units or subjects change, and at every step of the audit."""
    if case.loading or not (case.move in JUDGED_MOVES or (case.move is None and case.changed("team", "units", "subjects"))):
        return None
    return next((why for person in _team(case) for why in _against(case, person)), None)


def _team(case: Case) -> list[Person]:
    found = [case.facts.person(row.get("account") or row.get("name")) for row in case.values["team"]]
    return [person for person in found if person is not None]


def _against(case: Case, person: Person) -> Iterable[Text]:
    audited = _audited(case)
    if person.unit_id in audited:
        name = audited[person.unit_id]
        yield Text(f"{person.display}さんは被監査部門（{name}）の所属なので、この監査の監査員にはなれません。ほかの部門の監査員を指名してください。",
                   f"{person.display} belongs to the audited unit ({name}) and cannot audit it. Assign an auditor of another unit.")
    office = case.facts.setting(OFFICE)
    if office in audited.values() and person.roles & AUDIT_SIDE:
        yield Text(f"{office}の監査は、監査員でない外部の人が行います。{person.display}さんをほかの人に替えてください。",
                   f"The audit office itself is audited by somebody outside it. Replace {person.display}.")
    months = case.facts.setting(MONTHS)
    since = datetime.combine(months_later(case.today, -months), time(), tzinfo=calendar.TOKYO)
    for slug, id in case.values["subjects"]:
        subject = case.facts.one(slug, id)
        if subject is None:
            continue
        if subject["owner"] in (person.name, person.display) or case.facts.worked_on(person.name, slug, subject["code"], since):
            yield Text(f"{person.display}さんは過去{months}か月に監査対象 {subject['code']} を担当・変更・承認しています。ほかの監査員を指名してください。",
                       f"{person.display} kept, changed or approved {subject['code']} within the last {months} months. Assign another auditor.")


def _audited(case: Case) -> dict[int | None, str]:
    """The audited units by id, and those that keep the audited subjects."""
    ids = {id for _, id in case.values["units"]}
    for slug, id in case.values["subjects"]:
        subject = case.facts.one(slug, id)
        if subject is not None:
            ids.add(subject["id"] if slug == "units" else subject["unit_id"])
    units = {id: case.facts.one("units", id) for id in ids if id is not None}
    return {id: unit["name"] for id, unit in units.items() if unit is not None}


def known(case: Case) -> Text | None:
    """Each auditor of an internal audit has an account, or is named with the organisation that sends them; one leads."""
    if case.values["kind"] not in INTERNAL | KANJI:
        return None
    for row in case.values["team"]:
        if not row.get("organisation") and case.facts.person(row.get("account") or row["name"]) is None:
            return Text(f"監査員「{row['name']}」が利用者に見つからず、独立性を確かめられません。サインイン名か、外部の所属を記入してください。",
                        f'Auditor "{row["name"]}" has no account, so independence cannot be judged. Enter the account, or the organisation outside.')
    if sum(row.get("role") == "lead" for row in case.values["team"]) != 1:
        return Text("主任監査員を1人だけ指名してください。", "Assign exactly one lead auditor.")
    return None


def state(values: Values) -> str:
    """Whether independence was judged: an exception that a ledger tells stays one."""
    return "exception" if values["independence_exception"] else "checked" if values["independence_checked_on"] else "unchecked"


def judged(case: Case) -> Values:
    """Judged today."""
    return {"independence_checked_on": case.today}
