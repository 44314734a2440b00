"""What depends on other records: guards refuse, effects follow, an act appends a row, some rows are for some eyes only."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from grc import calendar, changes, query, register, trail
from grc.changes.load import Plan, ToUpdate, last_batch, load
from grc.changes.transition import why_not
from grc.facts import Look
from grc.office import Office
from grc.parts import standing_of
from grc.people import CLI
from grc.permissions import Action, Actor, Deputy, require
from grc.query import Query
from grc.refusal import Forbidden, Invalid, NotAllowedNow, Unknown
from tests.engine.actors import AUDITOR, OFFICER, SECOND
from tests.toy_letters import LETTERS

BOTH = [{"account": "tanaka"}, {"account": "sato"}]
ANSWER = {"answered_on": date(2025, 5, 1), "words": "承知しました"}


def write(office: Office, actor: Actor = OFFICER, **values: Any) -> changes.Saved:
    return changes.create(office.db, actor, "toy-letters", {"subject": "点検のお願い", "readers": BOTH, **values})


def read(office: Office, code: str, actor: Actor = OFFICER) -> query.Item:
    with office.db.read() as conn:
        return query.one(conn, actor, LETTERS, code)


def book(office: Office) -> changes.Saved:
    return changes.create(office.db, OFFICER, "toy-books", {"title": "公文書管理の基礎"})


def test_a_guard_refuses_with_its_sentence_and_nothing_is_written(office: Office) -> None:
    letter = write(office, weight=50)
    with pytest.raises(NotAllowedNow, match="lighter"):
        changes.update(office.db, OFFICER, "toy-letters", letter.code, {"weight": 20}, 1)
    assert (read(office, letter.code).values["weight"], read(office, letter.code).version) == (50, 1)
    changes.update(office.db, OFFICER, "toy-letters", letter.code, {"weight": 80}, 1)


def test_what_is_reserved_is_somebody_elses_to_make_change_move_retire_or_attach_to(office: Office) -> None:
    with pytest.raises(Forbidden, match="for Sato"):
        write(office, weight=1000)
    heavy = write(office, SECOND, weight=1200)
    attempts = (lambda: changes.update(office.db, OFFICER, "toy-letters", heavy.code, {"subject": "別件"}, 1),
                lambda: changes.transition(office.db, OFFICER, "toy-letters", heavy.code, "answer", 1, row=ANSWER),
                lambda: changes.void(office.db, OFFICER, "toy-letters", heavy.code, 1, reason="誤り"),
                lambda: changes.attach(office.db, office.store, OFFICER, "toy-letters", heavy.code, "a.txt", b"x"))
    for attempt in attempts:
        with pytest.raises(Forbidden, match="for Sato"):
            attempt()
    assert read(office, heavy.code).version == 1


class TestMoves:
    def test_an_act_appends_the_row_that_the_person_filled_in_and_the_record_stays_in_its_state(self, office: Office) -> None:
        letter = write(office)
        changes.transition(office.db, OFFICER, "toy-letters", letter.code, "answer", 1, row=ANSWER)
        item = read(office, letter.code)
        assert (item.status, item.values["answers"], item.values["answer_count"]) == ("open", [ANSWER], 1)
        with office.db.read() as conn:
            entry = trail.of_record(conn, "toy-letters", letter.code)[0]
        assert entry.action == "move:answer"
        assert entry.changes["answers"] == [None, [{"answered_on": "2025-05-01", "words": "承知しました"}]]
        assert "status" not in entry.changes

    def test_an_act_without_its_row_or_with_half_a_row_is_refused(self, office: Office) -> None:
        letter = write(office)
        with pytest.raises(NotAllowedNow, match="Answers"):
            changes.transition(office.db, OFFICER, "toy-letters", letter.code, "answer", 1)
        with pytest.raises(NotAllowedNow, match="Answers"):
            changes.transition(office.db, OFFICER, "toy-letters", letter.code, "answer", 1, row={"answered_on": None, "words": ""})
        with pytest.raises(Invalid):
            changes.transition(office.db, OFFICER, "toy-letters", letter.code, "answer", 1, row={"words": "日付がない"})

    def test_a_move_is_judged_by_its_guard_and_writes_what_it_sets(self, office: Office) -> None:
        letter = write(office)
        with pytest.raises(NotAllowedNow, match="no answer yet"):
            changes.transition(office.db, SECOND, "toy-letters", letter.code, "close", 1)
        changes.transition(office.db, OFFICER, "toy-letters", letter.code, "answer", 1, row=ANSWER)
        with calendar.clock.at(datetime(2025, 6, 2, 3, tzinfo=UTC)):
            changes.transition(office.db, SECOND, "toy-letters", letter.code, "close", 2)
        assert read(office, letter.code).values["closed_on"] == date(2025, 6, 2)

    def test_an_answer_is_a_change_so_who_answered_does_not_close(self, office: Office) -> None:
        letter = write(office, SECOND)
        changes.transition(office.db, OFFICER, "toy-letters", letter.code, "answer", 1, row=ANSWER)
        with pytest.raises(Forbidden, match="you changed"):
            changes.transition(office.db, OFFICER, "toy-letters", letter.code, "close", 2)

    def test_the_page_says_beforehand_why_a_move_is_not_possible(self, office: Office) -> None:
        letter = write(office)
        moves = {t.id: t for t in LETTERS.workflow.transitions}
        meta = read(office, letter.code).meta
        with office.db.read() as conn:
            record = {**meta, **standing_of(conn, LETTERS, meta["id"])}
            why = {move: why_not(Look(conn), who, LETTERS, moves[move], record) for move, who in (("close", SECOND), ("answer", OFFICER))}
        assert why["close"] is not None and "no answer yet" in why["close"].en and why["answer"] is None

    def test_a_state_that_ends_is_no_open_one_though_it_can_be_reopened(self) -> None:
        assert LETTERS.workflow.open == ("open",)


class TestEffects:
    def test_what_follows_is_done_in_the_same_act_and_said_to_be_by_rule(self, office: Office) -> None:
        about = book(office)
        with calendar.clock.at(datetime(2025, 6, 2, 3, tzinfo=UTC)):
            write(office, subject="寄贈", books=[("toy-books", about.id)])
        with office.db.read() as conn:
            changed = query.one(conn, OFFICER, register.get("toy-books"), about.code)
            assert changed.values["inspect_by"] == date(2025, 6, 2)
            entry = trail.of_record(conn, "toy-books", about.code)[0]
            assert (entry.action, entry.actor) == ("rule", "tanaka") and "手紙が届いた" in (entry.reason or "")
            made = query.page(conn, OFFICER, register.get("toy-books"), Query(search="寄贈")).items
            assert [(m.values["title"], m.status) for m in made] == [("寄贈された本", "shelved")]

    def test_what_a_rule_changed_is_nobodys_own_work(self, office: Office) -> None:
        about = changes.create(office.db, SECOND, "toy-books", {"title": "本", "genre": "law"})
        changes.transition(office.db, SECOND, "toy-books", about.code, "submit", 1)
        write(office, books=[("toy-books", about.id)])
        changes.transition(office.db, OFFICER, "toy-books", about.code, "approve", 3)


class TestScope:
    def test_a_row_is_there_only_for_those_named_in_it(self, office: Office) -> None:
        ours, theirs = write(office), write(office, subject="別の人へ", readers=[{"account": "sato"}])
        with office.db.read() as conn:
            page = query.page(conn, OFFICER, LETTERS, Query())
            assert ([i.code for i in page.items], page.total, page.of) == ([ours.code], 1, 1)
            assert query.counts(conn, OFFICER, LETTERS, ["", "mine"]) == {"": 1, "mine": 1}
            assert [i.code for i in query.records(conn, OFFICER, LETTERS, Query())] == [ours.code]
            assert [t.code for t in query.choices(conn, OFFICER, "toy-letters")] == [ours.code]
            with pytest.raises(Unknown):
                query.one(conn, OFFICER, LETTERS, theirs.code)
        for act in (lambda: changes.update(office.db, OFFICER, "toy-letters", theirs.code, {"subject": "見えた"}, 1),
                    lambda: changes.transition(office.db, OFFICER, "toy-letters", theirs.code, "answer", 1, row=ANSWER),
                    lambda: changes.attach(office.db, office.store, OFFICER, "toy-letters", theirs.code, "a.txt", b"x")):
            with pytest.raises(Unknown):
                act()

    def test_a_record_says_nothing_of_restricted_ones_that_refer_to_it(self, office: Office) -> None:
        about = book(office)
        write(office, readers=[{"account": "sato"}], books=[("toy-books", about.id)])
        with office.db.read() as conn:
            found = {actor.name: len(query.referring(conn, actor, register.get("toy-books"), about.id)) for actor in (OFFICER, SECOND, AUDITOR)}
        assert found == {"tanaka": 0, "sato": 1, "kansa": 0}

    @pytest.mark.parametrize("actor", [AUDITOR, CLI])
    def test_what_is_restricted_is_closed_to_audit_and_operator(self, office: Office, actor: Actor) -> None:
        write(office)
        with office.db.read() as conn, pytest.raises(Forbidden):
            query.page(conn, actor, LETTERS, Query())


def test_who_decides_in_the_place_of_another_moves_what_that_person_may_and_the_trail_names_them(office: Office) -> None:
    saved = changes.create(office.db, OFFICER, "toy-books", {"title": "本", "genre": "law"})
    changes.transition(office.db, OFFICER, "toy-books", saved.code, "submit", 1)
    clerk = Actor("suzuki", frozenset({"procurement"}), via="test")
    deputy = replace(clerk, deputy=(Deputy("risk_officer", "sato"),))
    with pytest.raises(Forbidden):
        changes.transition(office.db, clerk, "toy-books", saved.code, "approve", 2)
    with pytest.raises(Forbidden, match="in the place of"):
        changes.transition(office.db, replace(clerk, deputy=(Deputy("risk_officer", "tanaka"),)), "toy-books", saved.code, "approve", 2)
    require(deputy, Action.VIEW, register.get("toy-books"))
    with pytest.raises(Forbidden):
        changes.update(office.db, deputy, "toy-books", saved.code, {"price": 1}, 2)
    changes.transition(office.db, deputy, "toy-books", saved.code, "approve", 2)
    with office.db.read() as conn:
        assert trail.of_record(conn, "toy-books", saved.code)[0].changes["on_behalf_of"] == [None, "sato"]


def test_a_deputy_acts_for_the_unit_of_whom_they_stand_in_for(office: Office) -> None:
    unit = {name: changes.create(office.db, CLI, "units", {"name": name}).id for name in ("総務部", "情報部")}
    ours, theirs = (changes.create(office.db, OFFICER, "toy-books", {"title": name, "unit_id": id}).code for name, id in unit.items())
    deputy = Actor("mori", frozenset({"unit_user"}), unit_id=unit["情報部"], deputy=(Deputy("unit_user", "aoki", unit["総務部"]),), via="test")
    changes.transition(office.db, deputy, "toy-books", ours, "submit", 1)
    changes.transition(office.db, deputy, "toy-books", theirs, "submit", 1)
    elsewhere = replace(deputy, roles=frozenset({"procurement"}))
    third = changes.create(office.db, OFFICER, "toy-books", {"title": "別", "unit_id": unit["情報部"]}).code
    with pytest.raises(Forbidden, match="another unit"):
        changes.transition(office.db, elsewhere, "toy-books", third, "submit", 1)
    with office.db.read() as conn:
        named = [trail.of_record(conn, "toy-books", code)[0].changes.get("on_behalf_of") for code in (ours, theirs)]
    assert named == [[None, "aoki"], None]


class TestLoads:
    """A ledger comes through the same door: it does not set what a person could not, and a change of state is looked at."""

    def load(self, office: Office, slug: str, *updates: ToUpdate, actor: Actor = OFFICER) -> None:
        with office.db.read() as conn:
            after = last_batch(conn, slug)
        load(office.db, office.store, actor, Plan(slug, "台帳.xlsx", repr(updates).encode(), "一覧", "f", {}, after=after, updates=updates))

    def test_a_state_from_a_ledger_is_judged_like_any_change_and_every_row_that_is_refused_is_named(self, office: Office) -> None:
        heavy, light, lighter = (write(office, SECOND, subject=name, weight=weight) for name, weight in (("重い", 1200), ("軽い", 50), ("紙", 5)))
        with pytest.raises(Invalid) as refused:
            self.load(office, "toy-letters", ToUpdate(heavy.code, 1, {}, {}, 3, "closed"), ToUpdate(light.code, 1, {"weight": 20}, {}, 4),
                      ToUpdate(lighter.code, 1, {"weight": 6}, {}, 5))
        assert [(p.row, p.record) for p in refused.value.problems] == [(3, heavy.code), (4, light.code)]
        assert {read(office, saved.code).version for saved in (heavy, light, lighter)} == {1}

    def test_a_state_from_a_ledger_waits_for_a_second_person_even_if_it_is_the_first_one(self, office: Office) -> None:
        saved = book(office)
        for version, status in ((1, "shelved"), (2, "draft")):
            self.load(office, "toy-books", ToUpdate(saved.code, version, {}, {}, 3, status))
            with office.db.read() as conn:
                item = query.one(conn, OFFICER, register.get("toy-books"), saved.code)
                assert (item.status, item.version, item.meta["loaded"]) == (status, version + 1, True)
                assert trail.of_record(conn, "toy-books", saved.code)[0].changes["status"][1] == status
