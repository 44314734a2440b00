"""What holds for what meetings deal with: agenda items, resolutions, action items (宿題), consultations (諮問・答申).

A meeting below its quorum decides nothing, whoever enters it and by whichever way. The three protection committees rest on
住民基本台帳法, 公的個人認証法 and 番号法・機構法; the rest is a proposal. All are pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from grc.case import Case, Values
from grc.text import Text
from registers.rules.committees import SCOPES, entitled, recused_from, short_of_quorum

DECIDED = ("deliberation", "approval")
"""The kinds of agenda item that a committee decides on; a report needs no quorum."""


def of_the_meeting(case: Case) -> Text | None:
    """A paper belongs to the committee whose meeting it is of; by that its members see it, and nobody else's."""
    v = case.values
    meeting = case.facts.one("meetings", v.get("meeting_id"))
    if meeting is not None and meeting["committee_id"] != v["committee_id"]:
        return Text(f"「{meeting['name']}」は別の委員会の会議です。委員会か会議を選び直してください。",
                    f'"{meeting["name"]}" is a meeting of another committee. Choose the committee or the meeting again.')
    item = case.facts.one("agenda-items", v.get("agenda_item_id"))
    if item is not None and (item["committee_id"] != v["committee_id"] or v.get("meeting_id") not in (None, item["meeting_id"])):
        return Text(f"議題「{item['title']}」は別の会議のものです。議題か会議を選び直してください。",
                    f'The item "{item["title"]}" is of another meeting. Choose the item or the meeting again.')
    return None


def quorate_item(case: Case) -> Text | None:
    """What is deliberated or approved is concluded by a quorate meeting alone."""
    v = case.values
    concluding = case.move == "conclude" or (v["conclusion"] is not None and case.changed("conclusion", "kind", "meeting_id", "title", "recusals"))
    if v["kind"] not in DECIDED or not concluding:
        return None
    return _quorate(case, v["title"], v["recusals"])


def quorate_resolution(case: Case) -> Text | None:
    """A meeting below its quorum resolves nothing."""
    if case.move == "repeal" or (case.move is None and not case.changed("meeting_id", "agenda_item_id", "title", "text")):
        return None
    return _quorate(case, case.values["title"], recused_from(case.facts, case.values["agenda_item_id"]))


def quorate_reply(case: Case) -> Text | None:
    """A reply (答申) is decided by a quorate meeting."""
    v = case.values
    if v["meeting_id"] is None or v["answer"] is None or not (case.move == "answer" or case.changed("answer", "meeting_id")):
        return None
    return _quorate(case, v["subject"], ())


def _quorate(case: Case, subject: str, recused: Iterable[Values]) -> Text | None:
    meeting = case.facts.one("meetings", case.values["meeting_id"], whole=True)
    return None if meeting is None else short_of_quorum(case.facts, meeting, subject, recused, past=case.loading)


def carried(case: Case) -> Text | None:
    """A resolution is adopted with more votes for it than against, by no more than may vote."""
    v = case.values
    yes, no, abstained = (v[n] or 0 for n in ("votes_for", "votes_against", "votes_abstain"))
    counted = v["votes_for"] is not None or v["votes_against"] is not None
    if counted and yes <= no:
        return Text(f"賛成{yes}、反対{no}では可決になりません。票数を確かめるか、否決にしてください。",
                    f"{yes} for and {no} against do not carry it. Check the votes, or reject it.")
    meeting = case.facts.one("meetings", v["meeting_id"], whole=True)
    there = entitled(case.facts, meeting, v["title"], recused_from(case.facts, v["agenda_item_id"]))[0] if meeting else None
    cast = yes + no + abstained
    if there is not None and cast > there:
        return Text(f"票数の計{cast}が、決議に加わる出席者{there}人より多くなっています。票数を確かめてください。",
                    f"{cast} votes are more than the {there} present who may vote. Check the votes.")
    return None


def stands(case: Case) -> Text | None:
    """What was resolved stays as it was resolved."""
    if case.is_new or case.loading or case.move or case.values["status"] == "draft":
        return None
    if case.changed("title", "text", "votes_for", "votes_against", "votes_abstain", "conditions", "meeting_id"):
        return Text("決議の内容は変えられません。廃止を記録し、新しい決議を登録してください。",
                    "What was resolved cannot be changed. Record its repeal, and enter a new resolution.")
    return None


def resolved(case: Case) -> Values:
    """A resolution is of the day of its meeting."""
    meeting = case.facts.one("meetings", case.values["meeting_id"]) or {}
    return {"resolved_on": case.values["resolved_on"] or meeting.get("held_on") or case.today}


# Action items (宿題)


def due_now(values: Values) -> date | None:
    """The deadline as it stands: the last one that it was carried over to, else the first."""
    moved = [row["due_after"] for row in values["carry_overs"] if row.get("due_after")]
    due = moved[-1] if moved else values["due_on"]
    return due if isinstance(due, date) else None


def answered_in_time(values: Values) -> bool | None:
    """Whether the answer came by the first deadline; what was carried over counts as late (K26)."""
    return bool(values["answered_on"] <= values["due_on"]) if values["answered_on"] and values["due_on"] else None


def answered(case: Case) -> Values:
    """Who answered, and when."""
    return {"answered_on": case.values["answered_on"] or case.today, "answered_by": case.actor.called}


def unanswered(_case: Case) -> Values:
    """An answer that is sent back, or whose item is carried over, was none (K26)."""
    return {"answered_on": None, "answered_by": None}


def not_by_who_answered(case: Case) -> Text | None:
    """An answer is confirmed by somebody else."""
    if case.values["answered_by"] == case.actor.called:
        return Text("確認できません。回答したのがあなただからです。ほかの人に頼んでください。", "You cannot confirm this, because you answered it. Ask somebody else.")
    return None


def later_than_before(case: Case) -> Text | None:
    """An item is carried over to a later day."""
    rows, before = case.values["carry_overs"], case.before["carry_overs"] if case.before else []
    stood = case.before["due_now"] if case.before else None
    if len(rows) > len(before) and stood and rows[-1]["due_after"] <= stood:
        return Text(f"新しい期限（{rows[-1]['due_after']}）がいまの期限（{stood}）より後になっていません。",
                    f"The new deadline ({rows[-1]['due_after']}) is not after the present one ({stood}).")
    return None


# Consultations (諮問・答申)


def within_scope(case: Case) -> Text | None:
    """A statutory committee is consulted on the information that it protects, and on assets that hold it."""
    v = case.values
    committee = case.facts.one("committees", v["committee_id"])
    if committee is None:  # a ledger came before its committee
        return None
    scope = committee.get("protected_scope")
    if scope not in SCOPES:
        return Text(f"「{committee.get('name')}」は法定の保護委員会ではないので、諮問できません。委員会を選び直してください。",
                    f'"{committee.get("name")}" is no statutory protection committee and is not consulted. Choose another.')
    if v["protected_scope"] not in (None, scope):
        return Text(f"「{committee['name']}」の対象は{SCOPES[scope]}です。保護の対象を選び直してください。",
                    f'"{committee["name"]}" protects other information. Choose its scope.')
    for slug, id in v["assets"]:
        asset = case.facts.one(slug, id) or {}
        if not asset.get(f"is_{scope}"):
            return Text(f"{asset.get('code')} は{SCOPES[scope]}を含む個人情報ではないので、この委員会には示せません。関連付けを外してください。",
                        f"{asset.get('code')} holds none of the information that this committee protects. Take it off.")
    return None
