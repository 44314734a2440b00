"""Accounts and sign-in: one answer for every wrong way, a delay that grows, roles that end sessions."""

from __future__ import annotations

from datetime import timedelta

import pytest
import sqlalchemy as sa

from grc import calendar, people, trail
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Forbidden, Misuse, NotAllowedNow, Unknown
from tests.engine.actors import ADMIN, BUYER

PASSWORD = "correct horse battery staple 9"


def sign_in(office: Office, name: str = "tanaka", password: str = PASSWORD, address: str = "10.0.0.1") -> Actor:
    return people.sign_in(office.db, name, password, address=address)


def test_a_person_signs_in_with_their_roles(office: Office) -> None:
    people.add(office.db, ADMIN, "tanaka", PASSWORD, ["risk_officer", "secretariat"], display="田中 恵子")
    actor = sign_in(office)
    assert (actor.name, actor.called, actor.roles) == ("tanaka", "田中 恵子", {"risk_officer", "secretariat"})


def test_the_password_is_kept_as_argon2id_of_the_agreed_strength(office: Office) -> None:
    people.add(office.db, ADMIN, "tanaka", PASSWORD, ["risk_officer"])
    with office.db.read() as conn:
        stored = conn.scalar(sa.select(people.users.c.password))
    assert stored.startswith("$argon2id$") and "m=65536,t=3,p=1" in stored


def test_every_wrong_way_reads_the_same_and_is_written_down(office: Office) -> None:
    people.add(office.db, ADMIN, "tanaka", PASSWORD, ["risk_officer"])
    people.add(office.db, ADMIN, "closed", PASSWORD, ["risk_officer"])
    people.disable(office.db, ADMIN, "closed")
    for name, password in (("tanaka", "wrong"), ("nobody", PASSWORD), ("closed", PASSWORD), ("", ""), ("x" * 5000, "y")):
        with pytest.raises(Forbidden) as refusal:
            sign_in(office, name, password)
        assert refusal.value.message == people.WRONG
    with office.db.read() as conn:
        refused = list(trail.since(conn, trail.table.c.action == "sign-in-refused"))
    assert len(refused) == 5


def test_failures_slow_down_and_a_right_password_works_after_the_delay(office: Office) -> None:
    people.add(office.db, ADMIN, "tanaka", PASSWORD, ["risk_officer"])
    start = calendar.now()
    with calendar.clock.at(start):
        for n in range(5):
            with pytest.raises(Forbidden, match="wrong"):
                sign_in(office, password="wrong", address=f"10.0.0.{n}")
        with pytest.raises(Forbidden, match="Too many"):
            sign_in(office)
    with calendar.clock.at(start + timedelta(seconds=61)):
        assert sign_in(office).name == "tanaka"


def test_a_stranger_cannot_slow_others_down_by_address(office: Office) -> None:
    people.add(office.db, ADMIN, "tanaka", PASSWORD, ["risk_officer"])
    with calendar.clock.at(calendar.now()):
        for n in range(20):
            with pytest.raises(Forbidden):
                sign_in(office, f"guess{n}", "wrong", address="203.0.113.9")
        with pytest.raises(Forbidden, match="Too many"):
            sign_in(office, address="203.0.113.9")
        assert sign_in(office, address="10.0.0.1").name == "tanaka"


@pytest.mark.parametrize("password", ["short", "tanakatanaka123", "aaaaaaaaaaaaaaaaaaaa", "x" * 129, "12121212121212121212"])
def test_a_weak_password_is_refused_with_the_reason(office: Office, password: str) -> None:
    with pytest.raises(NotAllowedNow):
        people.add(office.db, ADMIN, "tanaka", password, ["risk_officer"])


@pytest.mark.parametrize("password", ["  spaces are kept at the ends  ", "長い日本語のパスワードも使えます。", "x" * 5 + "😀" + "yzabcdefghijk", "全角ＡＢＣ" * 4])
def test_any_characters_are_allowed_and_never_changed(office: Office, password: str) -> None:
    people.add(office.db, ADMIN, "tanaka", password, ["risk_officer"])
    assert sign_in(office, password=password)
    with pytest.raises(Forbidden):
        sign_in(office, password=password.strip() + "!")


def test_only_an_administrator_keeps_accounts(office: Office) -> None:
    with pytest.raises(Forbidden, match="Administrator"):
        people.add(office.db, BUYER, "tanaka", PASSWORD, ["admin"])
    with pytest.raises(Misuse, match="no role"):
        people.add(office.db, ADMIN, "tanaka", PASSWORD, ["emperor"])
    with pytest.raises(Unknown, match="no person"):
        people.disable(office.db, ADMIN, "tanaka")
    people.add(office.db, ADMIN, "tanaka", PASSWORD, ["admin"])
    with pytest.raises(NotAllowedNow, match="already"):
        people.add(office.db, ADMIN, "tanaka", PASSWORD, ["admin"])


def test_a_change_of_roles_password_or_state_ends_the_sessions(office: Office) -> None:
    for n, end in enumerate((lambda: people.set_roles(office.db, ADMIN, "p0", ["auditor"]), lambda: people.disable(office.db, ADMIN, "p1"),
                             lambda: people.change_password(office.db, sign_in(office, "p2"), PASSWORD, "another long passphrase 7"))):
        user = people.add(office.db, ADMIN, f"p{n}", PASSWORD, ["risk_officer"])
        with office.db.write() as conn:
            conn.execute(sa.insert(people.sessions).values(token_hash=str(n), user_id=user, csrf="", created_at=calendar.now(), seen_at=calendar.now()))
        end()
        with office.db.read() as conn:
            assert conn.scalar(sa.select(sa.func.count()).select_from(people.sessions)) == 0


def test_what_was_typed_as_a_name_by_mistake_is_kept_nowhere(office: Office) -> None:
    """People type their password into the field above it."""
    with pytest.raises(Forbidden):
        sign_in(office, "MyP@ssw0rd typed here")
    with office.db.read() as conn:
        kept = conn.execute(sa.select(trail.table)).all()
    assert [(row.actor, row.action) for row in kept] == [("?", "sign-in-refused")]


def test_the_last_administrator_stays(office: Office) -> None:
    for name in ("kanri", "kanri2"):
        people.add(office.db, ADMIN, name, PASSWORD, ["admin"])
    people.disable(office.db, ADMIN, "kanri2")
    for way_out in (lambda: people.disable(office.db, ADMIN, "kanri"), lambda: people.set_roles(office.db, ADMIN, "kanri", ["auditor"])):
        with pytest.raises(NotAllowedNow, match="last administrator"):
            way_out()
