"""代決: who decides in whose place, for how long; and which roles no one person may hold."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from grc import calendar, changes, people, trail
from grc.changes.judge import case_of
from grc.delegations import DELEGATIONS, deputies_of, sound
from grc.office import Office
from grc.people import CLI
from grc.permissions import BANS, ROLES, Actor, Deputy, banned
from grc.refusal import Forbidden, Invalid, NotAllowedNow
from tests.engine.actors import OFFICER

PASSWORD = "correct horse battery staple 9"
DAY = datetime(2025, 11, 25, 3, tzinfo=UTC)


@pytest.fixture
def staffed(sqlite_office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Two officers and a buyer, with accounts."""
    monkeypatch.setattr(people, "_hasher", lambda: _Quick())
    for name, role in (("tanaka", "risk_officer"), ("sato", "risk_officer"), ("suzuki", "procurement"), ("sasaki", "auditor")):
        people.add(sqlite_office.db, CLI, name, PASSWORD, [role], display="鈴木 一郎" if name == "suzuki" else "")
    return sqlite_office


class _Quick:
    def hash(self, password: str) -> str:
        return password


def actor(office: Office, name: str) -> Actor:
    with office.db.read() as conn:
        return people.actor_of(conn, people.by_name(conn, name).id)


def give(office: Office, by: Actor, **values: Any) -> changes.Saved:
    with calendar.clock.at(DAY):
        return changes.create(office.db, by, "delegations", {
            "grantor": "sato", "deputy": "suzuki", "role": "risk_officer", "starts_on": date(2025, 11, 25), "ends_on": date(2025, 11, 28), **values})


def submitted(office: Office, by: Actor) -> changes.Saved:
    saved = changes.create(office.db, by, "toy-books", {"title": "本", "genre": "law"})
    return changes.transition(office.db, by, "toy-books", saved.code, "submit", 1)


@pytest.mark.parametrize(("day", "held"), [(24, False), (25, True), (28, True), (29, False)])
def test_a_delegation_holds_from_its_first_to_its_last_day(staffed: Office, day: int, held: bool) -> None:
    give(staffed, actor(staffed, "sato"))
    with calendar.clock.at(datetime(2025, 11, day, 3, tzinfo=UTC)):
        assert actor(staffed, "suzuki").deputy == ((Deputy("risk_officer", "sato"),) if held else ())


def test_the_deputy_approves_and_the_trail_says_for_whom(staffed: Office) -> None:
    give(staffed, actor(staffed, "sato"))
    book = submitted(staffed, actor(staffed, "tanaka"))
    with calendar.clock.at(DAY):
        deputy = actor(staffed, "suzuki")
        changes.transition(staffed.db, deputy, "toy-books", book.code, "approve", book.version)
    with staffed.db.read() as conn:
        entry = trail.of_record(conn, "toy-books", book.code)[0]
    assert (entry.actor, entry.changes["on_behalf_of"]) == ("suzuki", [None, "sato"])


def test_it_ends_when_it_is_archived_or_when_the_role_is_taken_away(staffed: Office) -> None:
    saved = give(staffed, actor(staffed, "sato"))
    with calendar.clock.at(DAY):
        people.set_roles(staffed.db, CLI, "sato", ["unit_user"])
        assert actor(staffed, "suzuki").deputy == ()
        people.set_roles(staffed.db, CLI, "sato", ["risk_officer"])
        changes.archive(staffed.db, actor(staffed, "sato"), "delegations", saved.code, 1, reason="戻った")
        assert actor(staffed, "suzuki").deputy == ()


@pytest.mark.parametrize(("values", "why"), [
    ({"deputy": "sato"}, "their own deputy"), ({"deputy": "dareka"}, "Nobody has the sign-in name"), ({"deputy": "鈴木 一郎"}, "Nobody has the sign-in name"),
    ({"role": "ciso"}, "cannot give that away"),
    ({"ends_on": date(2027, 1, 1)}, "at most 366 days"), ({"deputy": "sasaki"}, "cannot answer for what is audited"),
])
def test_what_cannot_be_given_is_refused(staffed: Office, values: dict[str, Any], why: str) -> None:
    with pytest.raises(NotAllowedNow, match=why):
        give(staffed, actor(staffed, "sato"), **values)


def test_nobody_takes_a_role_from_somebody_else(staffed: Office) -> None:
    with pytest.raises(Forbidden, match="by the person who gives it"):
        give(staffed, actor(staffed, "suzuki"))
    saved = give(staffed, actor(staffed, "sato"))
    with pytest.raises(Forbidden, match="by the person who gives it"):
        changes.update(staffed.db, OFFICER, "delegations", saved.code, {"grantor": "tanaka"}, 1)


def test_it_does_not_end_before_it_begins(staffed: Office) -> None:
    with pytest.raises(Invalid):
        give(staffed, actor(staffed, "sato"), ends_on=date(2025, 11, 24))


def test_a_deputy_does_not_get_a_role_that_excludes_what_they_decide(staffed: Office) -> None:
    give(staffed, actor(staffed, "sato"))
    with calendar.clock.at(DAY), pytest.raises(NotAllowedNow, match="audited"):
        people.set_roles(staffed.db, CLI, "suzuki", ["procurement", "auditor"])


def test_two_delegations_do_not_join_what_one_person_may_not_hold(staffed: Office) -> None:
    people.add(staffed.db, CLI, "chief", PASSWORD, ["audit_chief"])
    give(staffed, actor(staffed, "sato"), ends_on=date(2025, 12, 31))
    with pytest.raises(NotAllowedNow, match="audited"):
        give(staffed, actor(staffed, "chief"), grantor="chief", role="audit_chief")
    give(staffed, actor(staffed, "chief"), grantor="chief", role="audit_chief", starts_on=date(2026, 1, 1), ends_on=date(2026, 1, 9))


def test_a_delegation_that_is_still_to_come_bars_a_role_already(staffed: Office) -> None:
    give(staffed, actor(staffed, "sato"), starts_on=date(2025, 12, 1), ends_on=date(2025, 12, 5))
    with calendar.clock.at(DAY), pytest.raises(NotAllowedNow, match="audited"):
        people.set_roles(staffed.db, CLI, "suzuki", ["auditor"])


def test_what_an_operator_loaded_gives_no_role_that_another_excludes(staffed: Office) -> None:
    give(staffed, actor(staffed, "sato"))
    with staffed.db.read() as conn, calendar.clock.at(DAY):
        assert [d.role for d in deputies_of(conn, "suzuki", frozenset({"procurement"}))] == ["risk_officer"]
        assert deputies_of(conn, "suzuki", frozenset({"auditor"})) == ()


@pytest.mark.parametrize("loading", [False, True])
def test_a_ledger_gives_away_no_more_than_a_person_may(staffed: Office, loading: bool) -> None:
    values = {"id": None, "grantor": "sato", "deputy": "sasaki", "role": "risk_officer", "starts_on": date(2025, 11, 25), "ends_on": date(2025, 11, 28)}
    with staffed.db.read() as conn:
        wanted = case_of(conn, actor(staffed, "sato"), DELEGATIONS, values, None, loading=loading)
        why = sound(wanted)
        assert why is not None and "audited" in why.en


@pytest.mark.parametrize("pair", [pair for pair, _ in BANS], ids=lambda pair: "+".join(sorted(pair)))
def test_one_person_does_not_hold_both(staffed: Office, pair: frozenset[str]) -> None:
    with pytest.raises(NotAllowedNow):
        people.add(staffed.db, CLI, "two-hats", PASSWORD, sorted(pair))
    with pytest.raises(NotAllowedNow):
        people.set_roles(staffed.db, CLI, "tanaka", sorted(pair))


def test_privacy_manager_and_chief_auditor_are_two_persons() -> None:
    why = banned(frozenset({"privacy_manager", "audit_chief", "unit_head"}))
    assert why is not None and "JIS Q 15001" in why.ja
    assert all(banned(frozenset({role})) is None for role in ROLES)


def test_a_deputy_reads_what_the_role_reads_and_changes_nothing(staffed: Office) -> None:
    give(staffed, actor(staffed, "sato"))
    book = submitted(staffed, actor(staffed, "tanaka"))
    with calendar.clock.at(DAY):
        deputy = actor(staffed, "suzuki")
        with pytest.raises(Forbidden):
            changes.update(staffed.db, deputy, "toy-books", book.code, {"price": 3}, book.version)
        assert replace(deputy, deputy=()).roles == {"procurement"}
