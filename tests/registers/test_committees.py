"""Committees: quorum, recusal, minutes, action items, consultations; who sees which committee's papers."""

from __future__ import annotations

from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from grc import calendar, changes, people, query, register
from grc.case import Change, Person
from grc.office import Office
from grc.permissions import Action, Actor, Deputy, decide
from grc.query import Query
from grc.refusal import Forbidden, NotAllowedNow, Unknown
from imports import run
from registers.rules import committees as rules
from registers.rules import decisions
from tests.facts import Around, case

DAY = date(2025, 6, 20)
HELD_AT = datetime(2025, 6, 20, 1, tzinfo=UTC)


def member(name: str, role: str = "member", **values: Any) -> dict[str, Any]:
    return {"name": name, "role": role, "committee_id": 6, "status": "serving", "account": None, "term_start": None, "term_end": None,
            "recusals": [], **values}


def there(*names: str, how: str = "present") -> list[dict[str, Any]]:
    return [{"name": name, "attendance": how} for name in names]


def meeting(**values: Any) -> dict[str, Any]:
    return {"id": 1, "code": "COM-MTG-000001", "name": "第1回", "committee_id": 6, "status": "held", "held_on": DAY, "planned_on": DAY,
            "quorum_needed": None, "attendance": [], "attended": None, "present_count": None, "minutes_due_on": None, "approval_due_on": None, **values}


def around(the_meeting: dict[str, Any] | None = None, *members: dict[str, Any], item: dict[str, Any] | None = None, committee: dict[str, Any] | None = None) -> Around:
    given = {"id": 6, "name": "本人確認情報保護委員会", "quorum_rule": None, "quorum_num": None, "proxies_count": None, "protected_scope": "identity_info"}
    return Around({"committees": [given | (committee or {})], "meetings": [the_meeting or meeting()], "agenda-items": [item] if item else [],
                   "committee-members": [{"id": n, **m} for n, m in enumerate(members, 1)]})


FIVE = tuple(member(name) for name in ("青木", "石田", "上野", "江川", "大山"))


class TestQuorum:
    @pytest.mark.parametrize(("rule", "members", "needed"), [
        ("majority", 5, 3), ("majority", 4, 3), ("half", 5, 3), ("half", 4, 2), ("two_thirds", 5, 4), ("two_thirds", 6, 4), ("number", 5, 2), (None, 5, 2)])
    def test_a_share_is_of_the_members_of_the_day_without_secretaries(self, rule: str | None, members: int, needed: int) -> None:
        left, secretary = member("退いた人", term_end=date(2025, 3, 31)), member("幹事", "secretary")
        facts = around(None, *[member(str(n)) for n in range(members)], left, secretary, committee={"quorum_rule": rule, "quorum_num": 2})
        assert rules.quorum(facts, meeting()) == needed

    @pytest.mark.parametrize(("values", "counts"), [
        ({"term_start": DAY}, True), ({"term_start": date(2025, 6, 21)}, False), ({"term_end": DAY}, True), ({"term_end": date(2025, 6, 19)}, False),
        ({"status": "retired", "term_end": DAY}, True), ({"status": "retired", "term_end": None}, False), ({"role": "secretary"}, False)])
    def test_a_member_counts_whose_term_the_day_of_the_meeting_lies_in(self, values: dict[str, Any], counts: bool) -> None:
        def needed(values: dict[str, Any], **day: Any) -> int | None:
            facts = around(None, member("青木"), member("石田"), member("江川") | values, committee={"quorum_rule": "half"})
            return rules.quorum(facts, meeting(**day))

        assert needed(values) == needed(values, held_on=None) == needed(values, planned_on=date(2020, 1, 1)) == (2 if counts else 1)
        undated = {name: value for name, value in values.items() if name not in ("term_start", "term_end")}
        assert needed(undated, held_on=None, planned_on=None) == (1 if undated else 2), "without a day, whoever has not retired"

    def test_what_the_meeting_noted_comes_first_and_without_any_rule_there_is_none(self) -> None:
        assert rules.quorum(around(committee={"quorum_num": 2}), meeting(quorum_needed=4)) == 4
        assert rules.quorum(around(), meeting()) is None

    @pytest.mark.parametrize(("proxies", "count"), [(None, 1), (True, 2)])
    def test_a_proxy_counts_where_the_committee_says_so_and_an_observer_never(self, proxies: bool | None, count: int) -> None:
        here = meeting(attendance=there("青木") + there("石田", how="proxy") + there("職員", how="observer") + there("上野", how="absent"))
        assert rules.entitled(around(here, committee={"proxies_count": proxies}), here, "何か") == (count, 0)

    def test_a_recused_member_is_not_counted_for_the_subject_of_the_recusal_alone(self) -> None:
        bound = member("石田", recusals=[{"subject": "システム更改", "reason": "取引先の役員"}])
        here = meeting(attendance=there("青木", "石　田"))
        facts = around(here, FIVE[0], bound)
        assert rules.entitled(facts, here, "住基システム更改の方針") == (1, 1)
        assert rules.entitled(facts, here, "年次報告") == (2, 0)
        assert rules.entitled(facts, here, "年次報告", [{"name": "青木"}]) == (1, 1)

    def test_where_only_a_number_is_recorded_the_recused_are_taken_off_it(self) -> None:
        assert rules.entitled(around(), meeting(attended=3, present_count=3), "案件", [{"name": "青木"}]) == (2, 1)
        assert rules.entitled(around(), meeting(attended=1, present_count=1), "案件", [{"name": "青木"}, {"name": "石田"}]) == (0, 2)


def resolution(**values: Any) -> dict[str, Any]:
    return {"id": 1, "committee_id": 6, "meeting_id": 1, "agenda_item_id": None, "title": "対策の方針", "text": None, "status": "draft",
            "votes_for": None, "votes_against": None, "votes_abstain": None, "conditions": None, "resolved_on": None, **values}


class TestDecisions:
    BELOW = meeting(attendance=there("青木", "石田"), present_count=2, quorum_needed=3)
    ENOUGH = meeting(attendance=there("青木", "石田", "上野"), present_count=3, quorum_needed=3)

    @pytest.mark.parametrize("loading", [False, True])
    def test_a_meeting_below_its_quorum_is_refused_its_resolution_also_when_loaded(self, loading: bool) -> None:
        why = decisions.quorate_resolution(case("resolutions", resolution(), around=around(self.BELOW), loading=loading))
        assert why is not None and "定足数3人" in why.ja and "quorum of 3" in why.en
        assert decisions.quorate_resolution(case("resolutions", resolution(), around=around(self.ENOUGH), loading=loading)) is None

    def test_a_recusal_can_take_a_meeting_below_its_quorum(self) -> None:
        item = {"id": 7, "committee_id": 6, "meeting_id": 1, "title": "方針", "recusals": [{"name": "上野"}]}
        why = decisions.quorate_resolution(case("resolutions", resolution(agenda_item_id=7), around=around(self.ENOUGH, item=item)))
        assert why is not None and "除斥1人" in why.ja

    @pytest.mark.parametrize(("kind", "refused"), [("deliberation", True), ("approval", True), ("report", False)])
    def test_what_is_deliberated_or_approved_needs_a_quorum_a_report_none(self, kind: str, refused: bool) -> None:
        item = {"id": 7, "committee_id": 6, "meeting_id": 1, "title": "方針", "kind": kind, "conclusion": "了承", "recusals": []}
        assert (decisions.quorate_item(case("agenda-items", item, around=around(self.BELOW))) is not None) is refused
        assert decisions.quorate_item(case("agenda-items", item | {"conclusion": None}, around=around(self.BELOW))) is None
        assert (decisions.quorate_item(case("agenda-items", item, item, move="conclude", around=around(self.BELOW))) is not None) is refused

    def test_an_answer_to_a_consultation_needs_one_too(self) -> None:
        asked = {"id": 1, "meeting_id": 1, "subject": "利用範囲", "answer": None}
        replied = case("consultations", asked | {"answer": "適当"}, asked, around=around(self.BELOW))
        assert decisions.quorate_reply(replied) is not None
        assert decisions.quorate_reply(case("consultations", asked | {"answer": "適当"}, asked, around=around(self.ENOUGH))) is None

    def test_nothing_is_decided_before_the_meeting_or_without_attendance_but_an_old_ledger_may_lack_it(self) -> None:
        for missing in (meeting(status="planned", quorum_needed=3), meeting(quorum_needed=3)):
            assert decisions.quorate_resolution(case("resolutions", resolution(), around=around(missing))) is not None
            assert decisions.quorate_resolution(case("resolutions", resolution(), around=around(missing), loading=True)) is None

    def test_a_note_on_an_old_resolution_is_not_judged_again(self) -> None:
        stood = resolution()
        assert decisions.quorate_resolution(case("resolutions", stood | {"note": "済"}, stood, around=around(self.BELOW))) is None

    @pytest.mark.parametrize(("values", "move", "loading", "refused"), [
        ({"text": "別"}, None, False, True), ({"text": "別"}, None, True, False), ({"text": "別"}, "repeal", False, False),
        ({"text": "別", "status": "draft"}, None, False, False),
        *(({n: 9}, None, False, True) for n in ("title", "votes_for", "votes_against", "votes_abstain", "conditions", "meeting_id"))])
    def test_a_resolution_is_changed_only_while_it_is_a_draft(self, values: dict[str, Any], move: str | None, loading: bool, refused: bool) -> None:
        stood = resolution(status="adopted", text="決定する")
        assert (decisions.stands(case("resolutions", stood | values, stood, move=move, loading=loading)) is not None) is refused

    @pytest.mark.parametrize(("given", "held", "on"), [(date(2025, 6, 1), DAY, date(2025, 6, 1)), (None, DAY, DAY), (None, None, date(2025, 11, 25))])
    def test_a_resolution_is_of_the_day_of_its_meeting(self, given: date | None, held: date | None, on: date) -> None:
        facts = around(meeting(held_on=held))
        assert decisions.resolved(case("resolutions", resolution(resolved_on=given), around=facts)) == {"resolved_on": on}

    @pytest.mark.parametrize(("values", "move", "refused"), [
        ({}, "answer", True), ({}, None, False), ({"meeting_id": None}, "answer", False), ({"answer": None}, "answer", False)])
    def test_a_reply_is_judged_when_it_is_made(self, values: dict[str, Any], move: str | None, refused: bool) -> None:
        replied = {"id": 1, "meeting_id": 1, "subject": "利用範囲", "answer": "適当", **values}
        assert (decisions.quorate_reply(case("consultations", replied, replied, move=move, around=around(self.BELOW))) is not None) is refused

    @pytest.mark.parametrize(("status", "bears"), [("adopted", True), ("conditional", True), ("rejected", False), ("draft", False), ("repealed", False)])
    def test_only_what_stands_is_borne_by_the_attendance(self, status: str, bears: bool) -> None:
        facts = around(self.ENOUGH)
        facts.held = {**facts.held, "resolutions": [resolution(status=status, code="COM-RES-000001")]}
        assert (rules.keeps_its_decisions(case("meetings", self.BELOW, self.ENOUGH, around=facts)) is not None) is bears
        assert rules.keeps_its_decisions(case("meetings", self.BELOW, around=facts)) is None, "a new meeting bears nothing yet"

    @pytest.mark.parametrize("slug", ["agenda-items", "resolutions", "action-items", "consultations"])
    def test_each_kind_of_paper_ties_a_meeting_to_its_committee(self, slug: str) -> None:
        facts = Around({slug: [{"id": 1, "meeting_id": 1}]})
        assert rules.keeps_its_committee(case("meetings", meeting(committee_id=3), meeting(), around=facts)) is not None
        assert rules.keeps_its_committee(case("meetings", meeting(name="x"), meeting(), around=facts)) is None

    @pytest.mark.parametrize(("votes", "refused"), [((None, 1, None), True), ((None, 0, None), True), ((0, None, 1), True), ((1, None, None), False),
                                                    ((None, None, 1), False), ((2, 1, None), False),
                                                    ((2, 1, 1), True), ((2, 1, 0), False), ((1, 1, 1), True), ((3, 0, 1), True), ((None, None, None), False)])
    def test_a_resolution_is_carried_by_more_votes_for_than_against_of_those_who_may_vote(self, votes: tuple[int | None, ...], refused: bool) -> None:
        voted = resolution(**dict(zip(("votes_for", "votes_against", "votes_abstain"), votes, strict=True)))
        assert (decisions.carried(case("resolutions", voted, around=around(self.ENOUGH))) is not None) is refused

    def test_what_was_resolved_stays(self) -> None:
        stood = resolution(status="adopted", text="決定する")
        assert decisions.stands(case("resolutions", stood | {"text": "変えた"}, stood)) is not None
        assert decisions.stands(case("resolutions", stood | {"note": "x"}, stood)) is None

    def test_attendance_is_not_taken_back_from_under_a_resolution(self) -> None:
        facts = around(self.ENOUGH)
        facts.held = {**facts.held, "resolutions": [resolution(status="adopted", code="COM-RES-000001")]}
        assert rules.keeps_its_decisions(case("meetings", self.BELOW, self.ENOUGH, around=facts)) is not None
        assert rules.keeps_its_decisions(case("meetings", self.ENOUGH | {"attendance": there("青木", "石田", "上野", "江川")}, self.ENOUGH, around=facts)) is None

    def test_a_paper_is_of_the_committee_of_its_meeting(self) -> None:
        item = {"id": 7, "committee_id": 6, "meeting_id": 2, "title": "方針", "recusals": []}
        assert decisions.of_the_meeting(case("resolutions", resolution(), around=around())) is None
        assert decisions.of_the_meeting(case("resolutions", resolution(committee_id=3), around=around())) is not None
        assert decisions.of_the_meeting(case("resolutions", resolution(agenda_item_id=7), around=around(item=item))) is not None
        for changed, fine in (({}, True), ({"committee_id": 3}, False), ({"meeting_id": 2}, False)):
            facts = around(item=item | {"meeting_id": 1} | changed)
            assert (decisions.of_the_meeting(case("resolutions", resolution(agenda_item_id=7), around=facts)) is None) is fine
        assert decisions.of_the_meeting(case("action-items", resolution(agenda_item_id=7, meeting_id=None), around=around(item=item))) is None

    def test_a_meeting_with_papers_stays_with_its_committee(self) -> None:
        facts = Around({"resolutions": [{"id": 1, "meeting_id": 1}]})
        assert rules.keeps_its_committee(case("meetings", meeting(committee_id=3), meeting(), around=facts)) is not None
        assert rules.keeps_its_committee(case("meetings", meeting(committee_id=3), meeting(), around=Around())) is None


class TestMeetings:
    def test_the_next_deadline_moves_on_with_the_minutes(self) -> None:
        v = {"planned_on": date(2025, 6, 1), "held_on": None, "minutes_due_on": date(2025, 7, 4), "approval_due_on": date(2025, 9, 1),
             "drafted_on": None, "approved_on": None}
        assert rules.next_due(v) == date(2025, 6, 1)
        assert rules.next_due(v | {"held_on": DAY}) == date(2025, 7, 4)
        assert rules.next_due(v | {"held_on": DAY, "drafted_on": DAY}) == date(2025, 9, 1)
        assert rules.next_due(v | {"held_on": DAY, "drafted_on": DAY, "approved_on": DAY}) is None

    @pytest.mark.parametrize(("days", "due"), [(14, date(2025, 7, 4)), (7, date(2025, 6, 27))])
    def test_the_draft_of_the_minutes_is_due_in_the_days_that_are_set_and_the_approval_by_the_next_meeting(self, days: int, due: date) -> None:
        facts = around(meeting(id=2, status="planned", held_on=None, planned_on=date(2025, 9, 1)), committee={"quorum_num": 3})
        facts.settings = {rules.MINUTES_DAYS: days}
        assert rules.held(case("meetings", meeting(), around=facts)) == {"quorum_needed": 3, "approval_due_on": date(2025, 9, 1), "minutes_due_on": due}

    def test_the_days_are_fourteen_unless_set(self) -> None:
        assert Around().setting(rules.MINUTES_DAYS) == 14

    def test_when_the_next_meeting_is_planned_the_minutes_of_the_last_are_due_by_then(self) -> None:
        last = meeting(id=1, approval_due_on=None)
        planned = meeting(id=2, status="planned", held_on=None, planned_on=date(2025, 9, 1))
        assert [(c.id, c.values) for c in rules.approval_by_next(case("meetings", planned, around=around(last))) if isinstance(c, Change)] == [
            (1, {"approval_due_on": date(2025, 9, 1)})]
        assert list(rules.approval_by_next(case("meetings", planned, around=around(last | {"status": "published"})))) == []
        assert list(rules.approval_by_next(case("meetings", planned | {"note": "x"}, planned, around=around(last)))) == []

    @pytest.mark.parametrize(("count", "refused"), [(None, True), (0, False), (3, False)])
    def test_a_meeting_is_held_with_a_record_of_who_was_there(self, count: int | None, refused: bool) -> None:
        assert (rules.attended(case("meetings", meeting(present_count=count))) is not None) is refused

    def test_the_approval_is_by_the_soonest_meeting_that_lies_ahead_unless_a_day_is_given(self) -> None:
        others = [meeting(id=n, status="planned", held_on=None, planned_on=day) for n, day in enumerate((DAY, date(2025, 12, 1), date(2025, 9, 1), None), 2)]
        facts = around()
        facts.held = {**facts.held, "meetings": others}
        assert rules.held(case("meetings", meeting(), around=facts))["approval_due_on"] == date(2025, 9, 1)
        given = rules.held(case("meetings", meeting(approval_due_on=DAY, minutes_due_on=DAY), around=facts))
        assert (given["approval_due_on"], given["minutes_due_on"]) == (DAY, DAY)

    @pytest.mark.parametrize(("due", "changes"), [(None, True), (date(2025, 12, 1), True), (date(2025, 9, 1), False), (date(2025, 8, 1), False)])
    def test_the_next_meeting_brings_the_approval_forward_and_never_puts_it_off(self, due: date | None, changes: bool) -> None:
        planned = meeting(id=2, status="planned", held_on=None, planned_on=date(2025, 9, 1))
        assert bool(list(rules.approval_by_next(case("meetings", planned, around=around(meeting(approval_due_on=due)))))) is changes

    @pytest.mark.parametrize(("values", "more", "refused"), [
        ({}, {}, True), ({}, {"loading": True}, False), ({"number": None}, {}, False), ({"id": 1}, {}, False), ({"committee_id": 3}, {}, False)])
    def test_a_number_of_the_year_is_asked_of_another_meeting_of_the_committee(self, values: dict[str, Any], more: dict[str, Any], refused: bool) -> None:
        new = meeting(number=1, fiscal_year=2025) | {"id": None} | values
        facts = around(meeting(number=values.get("number", 1), fiscal_year=2025))
        assert (rules.number_free(case("meetings", new, around=facts, **more)) is not None) is refused

    @pytest.mark.parametrize("name", ["minutes", "attendance", "attended", "held_at"])
    def test_nothing_of_approved_minutes_is_changed(self, name: str) -> None:
        stood = meeting(status="published", minutes="案", held_at=HELD_AT)
        assert rules.approved_stand(case("meetings", stood | {name: 9}, stood)) is not None
        assert rules.approved_stand(case("meetings", stood | {name: 9}, stood, move="take_back")) is None

    def test_minutes_in_time(self) -> None:
        assert rules.drafted_in_time({"drafted_on": DAY, "minutes_due_on": DAY}) is True
        assert rules.drafted_in_time({"drafted_on": date(2025, 7, 1), "minutes_due_on": DAY}) is False
        assert rules.drafted_in_time({"drafted_on": None, "minutes_due_on": DAY}) is None

    def test_present_is_counted_from_the_names_else_as_typed(self) -> None:
        rows = there("a", "b") + there("c", how="online") + there("d", how="proxy") + there("e", how="absent")
        assert (rules.present_count({"attendance": rows, "attended": 9}), rules.proxy_count({"attendance": rows})) == (3, 1)
        assert (rules.present_count({"attendance": [], "attended": 9}), rules.proxy_count({"attendance": []})) == (9, None)

    def test_a_number_is_given_once_a_year(self) -> None:
        v = meeting(number=1, fiscal_year=2025)
        assert rules.number_free(case("meetings", v | {"id": None}, around=around(v))) is not None
        assert rules.number_free(case("meetings", v | {"id": None, "fiscal_year": 2026}, around=around(v))) is None

    def test_approved_minutes_are_changed_only_after_they_were_taken_back(self) -> None:
        stood = meeting(status="minutes_approved", minutes="案", held_at=HELD_AT)
        assert rules.approved_stand(case("meetings", stood | {"minutes": "別"}, stood)) is not None
        assert rules.approved_stand(case("meetings", stood | {"minutes": "別"}, stood, loading=True)) is None
        assert rules.approved_stand(case("meetings", stood | {"summary": "要旨"}, stood)) is None

    def test_what_is_closed_is_not_published(self) -> None:
        assert rules.open_to_the_public(case("meetings", {"disclosure": "closed"})) is not None
        assert rules.open_to_the_public(case("meetings", {"disclosure": "summary"})) is None

    @pytest.mark.parametrize(("chair", "deputy", "allowed"), [
        (member("井上", "chair", account="inoue"), (), True), (member("井上", "member", account="inoue"), (), False),
        (member("井上", "chair", account="inoue", term_end=date(2025, 10, 1)), (), False), (member("井上", "chair", account="inoue", committee_id=3), (), False),
        (member("岡田", "chair", account="okada"), (Deputy("chair", "okada"),), True)])
    def test_minutes_are_approved_by_the_chair_of_that_committee_or_in_their_place(
            self, chair: dict[str, Any], deputy: tuple[tuple[str, str], ...], allowed: bool) -> None:
        actor = Actor("inoue", frozenset({"chair"}), deputy=deputy)
        assert (rules.by_its_chair(case("meetings", meeting(), actor=actor, around=around(None, chair))) is None) is allowed


class TestMembers:
    def test_a_term_is_in_order(self) -> None:
        assert rules.term_in_order(case("committee-members", member("a", term_start=DAY, term_end=date(2025, 1, 1)))) is not None
        assert rules.term_in_order(case("committee-members", member("a", term_start=DAY, term_end=DAY))) is None

    def test_an_account_is_a_sign_in_name_that_exists_but_a_ledger_of_another_house_is_taken_in(self) -> None:
        known = Around(people=[Person("nishi", "西 真理", None, frozenset({"committee"}))])
        assert rules.account_known(case("committee-members", member("西", account="nishi"), around=known)) is None
        for wrong in ("higashi", "西 真理"):
            assert rules.account_known(case("committee-members", member("西", account=wrong), around=known)) is not None
        assert rules.account_known(case("committee-members", member("東", account="higashi"), around=known, loading=True)) is None

    @pytest.mark.parametrize(("since", "refused"), [(date(2025, 10, 1), True), (date(2026, 3, 31), True), (date(2026, 4, 1), False)])
    def test_a_committee_has_one_chair_at_a_time(self, since: date, refused: bool) -> None:
        stands = member("井上", "chair", term_start=date(2024, 4, 1), term_end=date(2026, 3, 31))
        new = {"id": None, **member("西", "chair", term_start=since)}
        assert (rules.one_chair(case("committee-members", new, around=around(None, stands))) is not None) is refused

    @pytest.mark.parametrize("values", [{"role": "member"}, {"status": "retired"}, {"committee_id": 3}, {"id": 1}])
    def test_others_than_a_serving_chair_of_the_committee_are_free_to_be_entered(self, values: dict[str, Any]) -> None:
        new = {"id": None, **member("西", "chair"), **values}
        facts = around(None, member("井上", "chair"))
        assert rules.one_chair(case("committee-members", new, around=facts)) is None
        stood = {"id": None, **member("西", "chair")}
        assert rules.one_chair(case("committee-members", stood | {"affiliation": "大学"}, stood, around=facts)) is None

    @pytest.mark.parametrize(("at", "day"), [(datetime(2025, 3, 31, 14, 59, tzinfo=UTC), date(2025, 3, 31)), (datetime(2025, 3, 31, 15, tzinfo=UTC), date(2025, 4, 1)),
                                             (None, None)])
    def test_a_meeting_is_of_the_day_in_japan(self, at: datetime | None, day: date | None) -> None:
        assert rules.held_on({"held_at": at}) == day

    def test_who_retires_is_a_member_until_that_day_at_the_latest(self) -> None:
        assert rules.term_ends(case("committee-members", member("a"), today=DAY)) == {"term_end": DAY}
        assert rules.term_ends(case("committee-members", member("a", term_end=date(2025, 3, 31)), today=DAY)) == {"term_end": date(2025, 3, 31)}


class TestActionItems:
    def test_the_deadline_is_the_last_one_it_was_carried_over_to(self) -> None:
        assert decisions.due_now({"due_on": DAY, "carry_overs": []}) == DAY
        assert decisions.due_now({"due_on": DAY, "carry_overs": [{"due_after": date(2025, 9, 1)}]}) == date(2025, 9, 1)

    @pytest.mark.parametrize(("on", "in_time"), [(DAY, True), (date(2025, 6, 21), False), (None, None)])
    def test_in_time_is_by_the_first_deadline(self, on: date | None, in_time: bool | None) -> None:
        assert decisions.answered_in_time({"answered_on": on, "due_on": DAY}) is in_time

    @pytest.mark.parametrize(("due", "refused"), [(DAY, True), (date(2025, 6, 21), False)])
    def test_it_is_carried_over_to_a_later_day(self, due: date, refused: bool) -> None:
        before = {"carry_overs": [], "due_now": DAY}
        after = {"carry_overs": [{"due_after": due, "reason": "調整中"}], "due_now": due}
        assert (decisions.later_than_before(case("action-items", after, before, move="carry_over")) is not None) is refused

    def test_who_answered_does_not_confirm(self) -> None:
        mine, other = (Actor(name, frozenset({"secretariat"}), display) for name, display in (("ueda", "上田"), ("sato", "佐藤")))
        said = {"answered_on": None, **decisions.answered(case("action-items", {"answered_on": None}, actor=mine))}
        assert decisions.not_by_who_answered(case("action-items", said, actor=mine)) is not None
        assert decisions.not_by_who_answered(case("action-items", said, actor=other)) is None


class TestConsultations:
    CASES = (("identity_info", "is_identity_info"), ("cert_info", "is_cert_info"), ("specific_pi", "is_specific_pi"))

    @pytest.mark.parametrize(("scope", "flag"), CASES)
    def test_a_committee_sees_assets_with_its_own_protected_information_alone(self, scope: str, flag: str) -> None:
        flags = {f: False for _, f in self.CASES}
        facts = around(committee={"protected_scope": scope})
        facts.held = {**facts.held, "personal-data-assets": [{"id": 1, "code": "A", **flags, flag: True}, {"id": 2, "code": "B", **flags}]}
        asked = {"committee_id": 6, "protected_scope": scope, "assets": [("personal-data-assets", 1)]}
        assert decisions.within_scope(case("consultations", asked, around=facts)) is None
        assert decisions.within_scope(case("consultations", asked | {"assets": [("personal-data-assets", 2)]}, around=facts)) is not None

    def test_only_a_statutory_committee_is_consulted_and_on_what_it_protects(self) -> None:
        asked = {"committee_id": 6, "protected_scope": "cert_info", "assets": []}
        assert decisions.within_scope(case("consultations", asked, around=around())) is not None
        assert decisions.within_scope(case("consultations", asked | {"protected_scope": None}, around=around(committee={"protected_scope": "none"}))) is not None

    @pytest.mark.parametrize(("name", "kind", "scope"), [
        ("本人確認情報保護委員会", "statutory", "identity_info"), ("認証業務情報保護委員会", "statutory", "cert_info"),
        ("機構処理事務特定個人情報等保護委員会", "statutory", "specific_pi"), ("内部統制委員会", "internal", "none"), ("何か", None, None)])
    def test_a_committees_name_says_what_it_protects(self, name: str, kind: str | None, scope: str | None) -> None:
        assert rules.scoped({"name": name, "kind": kind, "protected_scope": None}, {})["protected_scope"] == scope


# Through the door

OFFICE = Actor("ueda", frozenset({"secretariat"}), "上田 桂", via="test")
RISK = Actor("tanaka", frozenset({"risk_officer"}), "田中 恵子", via="test")
NISHI, INOUE = Actor("nishi", frozenset({"committee"}), "西 真理", via="test"), Actor("inoue", frozenset({"chair"}), "井上 学", via="test")
PAPERS = ("committee-members", "meetings", "agenda-items", "resolutions", "action-items", "consultations")


@pytest.fixture
def two(sqlite_office: Office) -> Office:
    """Two protection committees with a meeting and a paper of each kind; nishi and inoue sit on the first alone."""
    office = sqlite_office
    for name in ("nishi", "inoue"):
        people.add(office.db, people.CLI, name, "long enough a pass", ["committee"], display=name)
    with calendar.clock.at(HELD_AT):
        for name in ("本人確認情報保護委員会", "認証業務情報保護委員会"):
            body = changes.create(office.db, OFFICE, "committees", {"name": name, "kind": "statutory", "quorum_num": 2})
            own = name.startswith("本人")
            for person, role in (("nishi", "member"), ("inoue", "chair")):
                add(office, "committee-members", name=f"{person}（{name}）", committee_id=body.id, role=role, account=person if own else None)
            held = add(office, "meetings", name=f"{name} 第1回", committee_id=body.id, number=1, held_at=HELD_AT, attendance=there("nishi", "inoue"))
            changes.transition(office.db, OFFICE, "meetings", held.code, "hold", 1)
            item = add(office, "agenda-items", title="方針", committee_id=body.id, meeting_id=held.id, kind="deliberation")
            add(office, "resolutions", title="方針を決める", committee_id=body.id, meeting_id=held.id, agenda_item_id=item.id)
            add(office, "action-items", title="資料を出す", committee_id=body.id, meeting_id=held.id, due_on=date(2025, 7, 1))
            add(office, "consultations", subject="利用の範囲", committee_id=body.id)
    return office


def add(office: Office, slug: str, **values: Any) -> changes.Saved:
    return changes.create(office.db, OFFICE, slug, values)


def codes(office: Office, actor: Actor, slug: str) -> list[str]:
    with office.db.read() as conn:
        return [item.code for item in query.page(conn, actor, register.get(slug), Query(sort="code")).items]


class TestWhoSees:
    @pytest.mark.parametrize("slug", [*PAPERS, "committees"])
    @pytest.mark.parametrize("actor", [NISHI, INOUE])
    def test_a_member_sees_the_papers_of_their_own_committee_and_of_no_other(self, two: Office, actor: Actor, slug: str) -> None:
        entries = register.get(slug)
        everything, mine = codes(two, RISK, slug), codes(two, actor, slug)
        assert mine == everything[:len(everything) // 2], "list"
        with two.db.read() as conn:
            assert query.page(conn, actor, entries, Query()).of == len(mine) and query.counts(conn, actor, entries, [""])[""] == len(mine), "count"
            assert [t.code for t in query.choices(conn, actor, slug)] == mine, "choices"
            assert query.one(conn, actor, entries, mine[0]).code == mine[0], "record"
            with pytest.raises(Unknown):
                query.one(conn, actor, entries, everything[-1])
        verdicts = [bool(decide(actor, action, entries)) for action in (Action.VIEW, Action.DOWNLOAD, Action.EXPORT, Action.CREATE, Action.EDIT)]
        assert verdicts == [True, True, False, False, False]

    def test_after_the_term_nothing_is_seen(self, two: Office) -> None:
        code = codes(two, RISK, "committee-members")[0]
        with calendar.clock.at(datetime(2025, 7, 1, tzinfo=UTC)):
            changes.transition(two.db, OFFICE, "committee-members", code, "retire", 1, reason="辞任")
            assert codes(two, NISHI, "meetings") != []
        with calendar.clock.at(datetime(2025, 7, 3, tzinfo=UTC)):
            assert codes(two, NISHI, "meetings") == []

    def test_the_chair_approves_their_own_committees_minutes_and_cannot_move_anothers(self, two: Office) -> None:
        for code in codes(two, RISK, "meetings"):
            saved = changes.update(two.db, OFFICE, "meetings", code, {"minutes": "議事の記録"}, 2)
            for actor, move in ((OFFICE, "draft"), (RISK, "review")):
                saved = changes.transition(two.db, actor, "meetings", code, move, saved.version)
        own, other = codes(two, RISK, "meetings")
        with pytest.raises(Unknown):
            changes.transition(two.db, INOUE, "meetings", other, "approve", 5)
        with pytest.raises(Forbidden):
            changes.transition(two.db, NISHI, "meetings", own, "approve", 5)
        changes.transition(two.db, INOUE, "meetings", own, "approve", 5)
        cro = Actor("okada", frozenset({"cro"}), via="test")
        with pytest.raises(NotAllowedNow, match="chair of this committee"):
            changes.transition(two.db, cro, "meetings", other, "approve", 5)

    @pytest.mark.parametrize("role", ["unit_user", "unit_head", "procurement", "security_office", "admin"])
    def test_others_do_not_read_committee_papers(self, two: Office, role: str) -> None:
        for slug in ("meetings", "agenda-items", "resolutions", "consultations", "committee-members"):
            with pytest.raises(Forbidden):
                codes(two, Actor("x", frozenset({role})), slug)


class TestThroughTheDoor:
    def test_a_meeting_below_its_quorum_decides_nothing_by_hand_or_by_ledger(self, two: Office) -> None:
        own = add(two, "meetings", name="第2回", committee_id=1, number=2, held_at=HELD_AT, attendance=there("nishi"))
        changes.transition(two.db, OFFICE, "meetings", own.code, "hold", 1)
        with pytest.raises(NotAllowedNow, match="quorum of 2"):
            add(two, "resolutions", title="決める", committee_id=1, meeting_id=own.id)
        item = add(two, "agenda-items", title="審議する", committee_id=1, meeting_id=own.id, kind="deliberation")
        with pytest.raises(NotAllowedNow, match="quorum of 2"):
            changes.update(two.db, OFFICE, "agenda-items", item.code, {"conclusion": "了承"}, 1)
        ledger = "決議の件名,委員会,会議\r\n決める,本人確認情報保護委員会,第2回\r\n".encode()
        seen = run.preview(two, people.CLI, "resolutions", ledger, "決議.csv")
        assert seen.counts["rejected"] == 1
        assert seen.blocked and "quorum of 2" in seen.errors[0].message.en
        assert len(codes(two, RISK, "resolutions")) == 2

    def test_who_is_asked_answers_for_their_own_unit_and_another_confirms(self, two: Office) -> None:
        unit = changes.create(two.db, people.CLI, "units", {"name": "運用管理本部"}).id
        asked = add(two, "action-items", title="報告する", committee_id=1, unit_id=unit, due_on=date(2025, 7, 1))
        mori, stranger = (Actor(name, frozenset({"unit_user"}), name, unit_id=u) for name, u in (("mori", unit), ("suzuki", unit + 1)))
        with pytest.raises(Forbidden):
            changes.update(two.db, stranger, "action-items", asked.code, {"answer": "済"}, 1)
        changes.update(two.db, mori, "action-items", asked.code, {"answer": "点検を終えた"}, 1)
        with calendar.clock.at(HELD_AT):
            changes.transition(two.db, mori, "action-items", asked.code, "answer", 2)
        changes.transition(two.db, OFFICE, "action-items", asked.code, "confirm", 3)
        with two.db.read() as conn:
            item = query.one(conn, RISK, register.get("action-items"), asked.code)
        assert (item.status, item.values["answered_by"], item.values["in_time"]) == ("confirmed", "mori", True)


def test_a_meeting_that_was_never_planned_has_its_year_and_its_deadline_by_the_day_in_japan(two: Office) -> None:
    made = add(two, "meetings", name="臨時", committee_id=1, held_at=datetime(2025, 3, 31, 15, tzinfo=UTC), attended=3)
    changes.transition(two.db, OFFICE, "meetings", made.code, "hold", 1)
    with two.db.read() as conn:
        values = query.one(conn, RISK, register.get("meetings"), made.code).values
    assert (values["held_on"], values["fiscal_year"], values["due_on"]) == (date(2025, 4, 1), 2025, date(2025, 4, 15))


def test_the_bodys_committees_come_in_as_they_are_listed(sqlite_office: Office, shared_data: Path) -> None:
    seen = run.preview(sqlite_office, people.CLI, "committees", (shared_data / "committees.csv").read_bytes(), "committees.csv")
    assert (seen.counts["created"], seen.counts["rejected"], seen.problems, seen.questions) == (12, 0, [], ())
    run.load(sqlite_office, people.CLI, seen)
    with sqlite_office.db.read() as conn:
        found = {item.values["number"]: item.values for item in query.page(conn, RISK, register.get("committees"), Query()).items}
    assert [found[n]["protected_scope"] for n in ("CM-01", "CM-06", "CM-07", "CM-08")] == ["none", "identity_info", "cert_info", "specific_pi"]
    assert (found["CM-09"]["min_meetings_per_fy"], found["CM-03"]["name_en"], found["CM-05"]["kind"]) == (12, "Information security committee", "external_experts")
    assert run.preview(sqlite_office, people.CLI, "committees", (shared_data / "committees.csv").read_bytes(), "committees.csv").counts["unchanged"] == 12

