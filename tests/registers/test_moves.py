"""Every move of every register, tried as every role: who may makes it, anybody else reads why not."""

from __future__ import annotations

from typing import Any

import pytest
import sqlalchemy as sa

import registers  # noqa: F401
from grc import changes
from grc.office import Office
from grc.permissions import ROLES, Action, Actor, decide, visible
from grc.refusal import Forbidden, NotAllowedNow, Refusal, Unknown
from grc.register import Register, all_registers
from grc.workflow import Transition
from tests.registers.sample import FITTING, actor, fill, sample

MOVED = [r for r in all_registers() if r.workflow.transitions and not r.slug.startswith("toy-")]


def person(register: Register, role: str, unit: int | None) -> Actor:
    """Somebody with one role, of the record's unit; in a restricted register one whom the sample names."""
    return Actor("tanaka" if register.restricted else f"x-{role}", frozenset({role}), unit_id=unit, via="test")


class Tried:
    """A full record of a register, put into any state before it is tried; nothing else is done behind the door's back."""

    def __init__(self, office: Office, register: Register) -> None:
        self.office, self.register = office, register
        self.id = fill(office, register.slug, 1)[0]
        changes.attach(office.db, office.store, actor(register), register.slug, self.row().code, "証跡.txt", b"evidence")

    def row(self) -> sa.Row[Any]:
        with self.office.db.read() as conn:
            return conn.execute(sa.select(self.register.table).where(self.register.table.c.id == self.id)).one()

    def put(self, state: str) -> sa.Row[Any]:
        with self.office.db.write() as conn:
            conn.execute(sa.update(self.register.table).where(self.register.table.c.id == self.id).values(status=state))
        return self.row()

    def attempt(self, move: Transition, state: str, role: str) -> Refusal | None:
        """Try a move from a state as somebody of that role; returns what refused it."""
        row = self.put(state)
        part = next((p for p in self.register.rows if p.name == move.appends), None)
        fitting = FITTING.get(self.register.slug, {}).get(f"{move.appends}[]")
        given = fitting or ({f.name: sample(f, 40) for f in part.fields} if part else None)
        try:
            changes.transition(self.office.db, person(self.register, role, row.unit_id), self.register.slug, row.code, move.id, row.version,
                               reason="試験のため", row=given)
        except Refusal as refusal:
            return refusal
        return None


def tries(register: Register) -> list[tuple[Transition, str]]:
    return [(move, role) for move in register.workflow.transitions for role in ROLES]


@pytest.mark.parametrize("register", MOVED, ids=lambda r: r.slug)
def test_every_move_as_every_role(sqlite_office: Office, register: Register) -> None:
    """Who may moves it, or reads what is missing; anybody else reads who may; nobody moves it from a wrong state."""
    tried = Tried(sqlite_office, register)
    moved: set[str] = set()
    for move, role in tries(register):
        refusal = tried.attempt(move, move.sources[0], role)
        said = f"{role} {move.id}: {refusal.message.ja if refusal else 'done'}"
        who = person(register, role, tried.row().unit_id)
        if refusal is not None:
            assert refusal.message.ja.endswith(("。", "）")) and refusal.message.en, said
        if role not in move.roles:
            assert isinstance(refusal, Forbidden | Unknown), said
            if isinstance(refusal, Forbidden) and decide(who, Action.VIEW, register):
                assert any(ROLES[r].ja in refusal.message.ja for r in move.roles), said
            continue
        assert decide(who, Action.VIEW, register), f"{role} cannot see {register.slug}"
        if refusal is None:
            moved.add(move.id)
            assert tried.row().status == (move.target or move.sources[0]), said
        else:
            assert not isinstance(refusal, Unknown) or visible(who, register) is not None, said  # unless they see only what is theirs
        wrong = next((s.id for s in register.workflow.states if s.id not in move.sources), None)
        if wrong is not None:
            refusal = tried.attempt(move, wrong, role)
            assert isinstance(refusal, NotAllowedNow | Forbidden | Unknown), f"{role} may {move.id} from {wrong}"
            assert tried.row().status == wrong
    assert moved, "not a single move could be made with a full record"
