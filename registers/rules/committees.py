"""What holds for committees, their members and their meetings: terms, quorum, recusal, minutes.

The body's plan names the committees (1(2)1–2, 1(2)7, 1(3)); quorum, recusal and the days for minutes are proposals, to be
set to each committee's own rules (設置規程). All are pure.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from grc import calendar, settings
from grc.case import Case, Change, Facts, Values
from grc.kinds import fold, fold_name
from grc.text import Text

MINUTES_DAYS = settings.declare("committees_minutes_days", 14, "議事録の案を作る期限（開催日からの日数）", "Days from a meeting to the draft of its minutes")

SCOPES = {"identity_info": "本人確認情報", "cert_info": "認証業務情報", "specific_pi": "特定個人情報"}
"""What a statutory committee protects, and the word by which its name says so."""
UNAPPROVED = ("held", "minutes_drafted", "minutes_reviewed")
APPROVED = ("minutes_approved", "published")


# Committees and members


def scoped(values: dict[str, Any], _printed: Mapping[str, str]) -> dict[str, Any]:
    """The protected information of a committee, as its kind and name say (domain.md §9.4)."""
    if values["protected_scope"] is None and values["kind"] is not None:
        named = next((scope for scope, word in SCOPES.items() if word in (values["name"] or "")), "none")
        return {**values, "protected_scope": named if values["kind"] == "statutory" else "none"}
    return values


def term_in_order(case: Case) -> Text | None:
    """A term ends after it begins."""
    start, end = case.values["term_start"], case.values["term_end"]
    if start and end and end < start:
        return Text(f"任期の終了日（{end}）が開始日（{start}）より前です。後の日付にしてください。",
                    f"The term ends ({end}) before it begins ({start}). Enter a later end.")
    return None


def account_known(case: Case) -> Text | None:
    """The account by which a member sees the papers is somebody's sign-in name."""
    name = case.values["account"]
    if name is None or case.loading or not case.changed("account"):
        return None
    person = case.facts.person(name)
    if person is None or person.name != name:
        return Text(f"利用者名「{name}」の利用者はいません。サインインに使う名前を入れるか、空欄にしてください。",
                    f'Nobody signs in as "{name}". Enter a sign-in name, or leave it empty.')
    return None


def one_chair(case: Case) -> Text | None:
    """A committee has one chair at a time."""
    v = case.values
    if v["role"] != "chair" or v["status"] != "serving" or not case.changed("role", "committee_id", "term_start", "term_end"):
        return None
    for other in case.facts.records("committee-members", committee_id=v["committee_id"], role="chair", status="serving"):
        if other["id"] != v["id"] and _overlap(v, other):
            return Text(f"この委員会の委員長は{other['name']}さんです。任期が重ならないようにしてください。",
                        f"The chair of this committee is {other['name']}. Two terms must not overlap.")
    return None


def _overlap(a: Values, b: Values) -> bool:
    return all(x["term_end"] is None or y["term_start"] is None or y["term_start"] <= x["term_end"] for x, y in ((a, b), (b, a)))


def term_ends(case: Case) -> Values:
    """Who retires is a member until that day at the latest."""
    end = case.values["term_end"]
    return {"term_end": case.today if end is None else min(end, case.today)}


# Meetings


def held_on(values: Values) -> date | None:
    """The day in Japan on which a meeting was held."""
    return calendar.tokyo(values["held_at"]).date() if values["held_at"] else None


def present_count(values: Values) -> int | None:
    """How many members were there themselves: counted where names are recorded, else as typed."""
    return _count(values, ("present", "online")) if values["attendance"] else values["attended"]


def proxy_count(values: Values) -> int | None:
    """How many were there by proxy."""
    return _count(values, ("proxy",)) if values["attendance"] else None


def _count(values: Values, how: tuple[str, ...]) -> int:
    return sum(row.get("attendance") in how for row in values["attendance"])


def next_due(values: Values) -> date | None:
    """What is due next of a meeting: the meeting itself, the draft of the minutes, then their approval."""
    due = (None if values["approved_on"] else values["approval_due_on"] if values["drafted_on"]
           else values["minutes_due_on"] if values["held_on"] else values["planned_on"])
    return due if isinstance(due, date) else None


def drafted_in_time(values: Values) -> bool | None:
    """Whether the draft of the minutes was there in time."""
    if not values["drafted_on"] or not values["minutes_due_on"]:
        return None
    return bool(values["drafted_on"] <= values["minutes_due_on"])


def quorum(facts: Facts, meeting: Values) -> int | None:
    """How many must be there: as noted for the meeting, else by the committee's rule. ``None`` where there is no rule."""
    committee = facts.one("committees", meeting["committee_id"]) or {}
    if meeting.get("quorum_needed") is not None:
        return int(meeting["quorum_needed"])
    members = len(_voting(facts, meeting))
    shares = {"majority": members // 2 + 1, "half": -(-members // 2), "two_thirds": -(-members * 2 // 3)}
    share = shares.get(committee.get("quorum_rule") or "") if members else None
    return committee.get("quorum_num") if share is None else share


def _voting(facts: Facts, meeting: Values) -> list[Values]:
    """The members of a meeting's committee on its day, without its secretaries."""
    day = meeting.get("held_on") or meeting.get("planned_on")
    listed = facts.records("committee-members", committee_id=meeting["committee_id"], whole=True)
    return [m for m in listed if m["role"] != "secretary" and _serves(m, day)]


def _serves(member: Values, day: date | None) -> bool:
    """Whether a day lies in a member's term; one who retired without a day is no member."""
    if day is None or (member["status"] == "retired" and member["term_end"] is None):
        return bool(member["status"] != "retired")
    return not (member["term_start"] and day < member["term_start"]) and not (member["term_end"] and member["term_end"] < day)


def entitled(facts: Facts, meeting: Values, subject: str, recused: Iterable[Values] = ()) -> tuple[int | None, int]:
    """How many decide on ``subject``, and how many of those present do not because they are recused (除斥).

    A member is recused who is named for the agenda item, or whose own recusal names what the subject says.
    """
    committee = facts.one("committees", meeting["committee_id"]) or {}
    counted = ("present", "online", *(("proxy",) if committee.get("proxies_count") else ()))
    out = {fold_name(m["name"]) for m in _voting(facts, meeting)
           if any(fold(r.get("subject") or "") in fold(subject) for r in m.get("recusals", ()) if r.get("subject"))}
    out |= {fold_name(r["name"]) for r in recused if r.get("name")}
    if not meeting.get("attendance"):
        there = meeting.get("present_count")
        return (None if there is None else max(there - len(out), 0)), len(out)
    there = [fold_name(row["name"]) for row in meeting["attendance"] if row.get("attendance") in counted]
    return sum(name not in out for name in there), sum(name in out for name in there)


def short_of_quorum(facts: Facts, meeting: Values, subject: str, recused: Iterable[Values], *, past: bool) -> Text | None:
    """Why a meeting cannot decide on ``subject``; ``past``: what a ledger does not say is not asked for."""
    if meeting["status"] in ("planned", "cancelled") and not past:
        return Text(f"「{meeting['name']}」はまだ開催されていません。開催を記録してから決めてください。",
                    f'"{meeting["name"]}" has not been held. Record the meeting first.')
    needed = quorum(facts, meeting)
    there, out = entitled(facts, meeting, subject, recused)
    if needed is None or (there is None and past):
        return None
    if there is None:
        return Text(f"「{meeting['name']}」の出席者が記録されていません。出席を記録してから決めてください。",
                    f'Nobody is recorded as present at "{meeting["name"]}". Record the attendance first.')
    if there >= needed:
        return None
    without = (f"（除斥{out}人を除く）", f" (without {out} recused)") if out else ("", "")
    return Text(f"出席{there}人{without[0]}では定足数{needed}人に足りないため、「{subject}」は決められません。次の会議に回してください。",
                f'{there} present{without[1]} are fewer than the quorum of {needed}, so "{subject}" cannot be decided. Put it to the next meeting.')


def recused_from(facts: Facts, item_id: int | None) -> list[Values]:
    """Who is named as recused for an agenda item."""
    item = facts.one("agenda-items", item_id, whole=True)
    return list(item["recusals"]) if item else []


def number_free(case: Case) -> Text | None:
    """A committee counts its meetings of a year once."""
    v = case.values
    if case.loading or v["number"] is None or not case.changed("number", "committee_id", "fiscal_year"):
        return None
    same = case.facts.records("meetings", committee_id=v["committee_id"], fiscal_year=v["fiscal_year"], number=v["number"])
    other = next((m for m in same if m["id"] != v["id"]), None)
    return None if other is None else Text(
        f"この年度の第{v['number']}回は {other['code']} にあります。回を確かめてください。",
        f"Meeting {v['number']} of this year is {other['code']}. Check the number.")


def keeps_its_committee(case: Case) -> Text | None:
    """What a meeting dealt with stays with its committee: others may not see it."""
    if case.is_new or not case.changed("committee_id"):
        return None
    if any(case.facts.records(slug, meeting_id=case.values["id"]) for slug in ("agenda-items", "resolutions", "action-items", "consultations")):
        return Text("議題や決議がある会議の委員会は変えられません。会議を取り消して、登録し直してください。",
                    "A meeting with agenda items or resolutions cannot go to another committee. Void it and enter it anew.")
    return None


def keeps_its_decisions(case: Case) -> Text | None:
    """The attendance of a meeting bears the resolutions that it adopted."""
    if case.is_new or not case.changed("attendance", "attended", "quorum_needed"):
        return None
    adopted = case.facts.records("resolutions", meeting_id=case.values["id"], status=("adopted", "conditional"))
    for resolution in adopted:
        short = short_of_quorum(case.facts, case.values, resolution["title"], recused_from(case.facts, resolution.get("agenda_item_id")), past=True)
        if short is not None:
            return Text(f"決議 {resolution['code']} があります。{short.ja}", f"There is resolution {resolution['code']}. {short.en}")
    return None


def approved_stand(case: Case) -> Text | None:
    """Approved minutes are changed only after they were taken back."""
    if case.is_new or case.loading or case.move or case.values["status"] not in APPROVED:
        return None
    if case.changed("minutes", "attendance", "attended", "held_at"):
        return Text("承認された議事録は変えられません。「訂正のため戻す」をしてから直してください。",
                    'Approved minutes cannot be changed. Use "Take back to correct" first.')
    return None


def attended(case: Case) -> Text | None:
    """A meeting was held with somebody there."""
    if case.values["present_count"] is None:
        return Text("出席者が記録されていません。委員の名前か、出席者数を記入してください。", "Nobody is recorded as present. Enter the members, or how many there were.")
    return None


def open_to_the_public(case: Case) -> Text | None:
    """What is closed is not published."""
    if case.values["disclosure"] == "closed":
        return Text("公開区分が「非公開」なので、公表できません。", 'The meeting is "closed", so nothing of it can be published.')
    return None


def by_its_chair(case: Case) -> Text | None:
    """Minutes are approved by the chair of that very committee, or who decides in the chair's place."""
    names = {case.actor.name, *(d.grantor for d in case.actor.deputy)}
    for member in case.facts.records("committee-members", committee_id=case.values["committee_id"], role="chair"):
        if member["account"] in names and _serves(member, case.today):
            return None
    return Text("議事録を承認するのは、この委員会の委員長です。委員名簿で委員長の利用者名を確かめてください。",
                "Minutes are approved by the chair of this committee. See the chair's account in the list of members.")


def held(case: Case) -> Values:
    """What follows from a meeting that was held: its quorum, when its minutes are due, and by when they are approved."""
    v, day = case.values, case.values["held_on"]
    planned = [m["planned_on"] for m in case.facts.records("meetings", committee_id=v["committee_id"], status="planned")
               if m["id"] != v["id"] and m["planned_on"] and day and m["planned_on"] > day]
    return {"quorum_needed": quorum(case.facts, v), "approval_due_on": v["approval_due_on"] or min(planned, default=None),
            "minutes_due_on": v["minutes_due_on"] or (calendar.add_days(day, case.facts.setting(MINUTES_DAYS)) if day else None)}


def undrafted(_case: Case) -> Values:
    """What goes back is a draft no longer."""
    return {"drafted_on": None, "reviewed_on": None, "approved_on": None}


def approval_by_next(case: Case) -> Iterable[Change]:
    """The minutes of the last meeting are approved by the next one, whose day is known from now on."""
    v = case.values
    day, before = v["held_on"] or v["planned_on"], case.before and (case.before["held_on"] or case.before["planned_on"])
    if day is None or day == before:
        return
    waiting = [m for m in case.facts.records("meetings", committee_id=v["committee_id"], status=UNAPPROVED)
               if m["id"] != v["id"] and m["held_on"] and m["held_on"] < day]
    last = max(waiting, key=lambda m: m["held_on"], default=None)
    if last is not None and (last["approval_due_on"] in (None, before) or day < last["approval_due_on"]):
        yield Change("meetings", last["id"], Text("次の会議の日が決まった", "The day of the next meeting is known"), {"approval_due_on": day})
