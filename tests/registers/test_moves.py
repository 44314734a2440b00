"""Every move of every register, tried as every role: who may makes it, anybody else reads why not."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, time
from typing import Any

import pytest
import sqlalchemy as sa

import registers  # noqa: F401
from grc import calendar, changes
from grc.changes.spine import Act
from grc.changes.values import Prepared, settle
from grc.changes.write import parts, stamps
from grc.database import Database
from grc.office import Office
from grc.parts import standing_of
from grc.people import CLI
from grc.permissions import ROLES, Action, Actor, decide
from grc.refusal import Forbidden, NotAllowedNow, Refusal, Unknown
from grc.register import Register, all_registers, get
from grc.workflow import Transition
from tests.registers.sample import actor, fill, sample
from tests.registers.situations import BESIDE, TODAY, Given, given

MOVED = [r for r in all_registers() if r.workflow.transitions and not r.slug.startswith("toy-")]


class Undone(Database):
    """A database in which all that is written stands in one transaction, so that a try is undone at once."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.conn = self._writer.connect()
        self.all = self.conn.begin()

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """As :meth:`Database.read`."""
        yield self.conn

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """As :meth:`Database.write`, until it is undone."""
        with self.conn.begin_nested():
            yield self.conn

    def undo(self) -> None:
        """Let nothing have been written."""
        self.all.rollback()
        self.all = self.conn.begin()

    def dispose(self) -> None:
        """Undo all, and close."""
        self.conn.close()
        super().dispose()


@dataclass(frozen=True)
class Tried:
    """A full record of a register, put into any state and situation before it is tried. What is only scenery is put
    straight into the tables; the move goes through the door."""

    db: Undone
    register: Register
    id: int

    def row(self) -> sa.Row[Any]:
        """The record as it stands."""
        with self.db.read() as conn:
            return conn.execute(sa.select(self.register.table).where(self.register.table.c.id == self.id)).one()

    def entries(self, move: Transition) -> int:
        """How many child rows there are of those to which the move adds."""
        with self.db.read() as conn:
            return len(standing_of(conn, self.register, self.id)[move.appends]) if move.appends else 0

    def prepare(self, move: Transition, role: str) -> None:
        """Begin anew with a record that nobody tried, and with what is given for that role to make that move."""
        self.db.undo()
        row = self.row()
        who, known = person(self.register, role, row.unit_id), dict(row._mapping)
        with self.db.write() as conn:
            doing = Act(conn, CLI, calendar.now())
            for one in given(self.register.slug, move.id, role):
                for slug, status, values in one.beside:
                    known[BESIDE] = add(doing, get(slug), status, said(values, known, who))
                for slug, values in one.others.items():
                    for id in conn.scalars(sa.select(get(slug).table.c.id)).all():
                        put(doing, get(slug), id, said(values, known, who))
                put(doing, self.register, self.id, said(one.values, known, who))

    def attempt(self, move: Transition, state: str, role: str) -> Refusal | None:
        """Try a move from a state as somebody of that role; returns what refused it."""
        with self.db.write() as conn:
            conn.execute(sa.update(self.register.table).where(self.register.table.c.id == self.id).values(status=state))
        row, around = self.row(), given(self.register.slug, move.id, role)
        who = person(self.register, role, row.unit_id + 1 if any(one.elsewhere for one in around) else row.unit_id)
        try:
            changes.transition(self.db, who, self.register.slug, row.code, move.id, row.version, reason="試験のため",
                               row=filled_in(self.register, move, around))
        except Refusal as refusal:
            return refusal
        return None


def person(register: Register, role: str, unit: int | None) -> Actor:
    """Somebody with one role, of that unit; in a restricted register one whom the sample names."""
    return Actor("tanaka" if register.restricted else f"x-{role}", frozenset({role}), unit_id=unit, via="test")


def filled_in(register: Register, move: Transition, around: list[Given]) -> Mapping[str, Any] | None:
    """The child row that a move asks for."""
    part = next((p for p in register.rows if p.name == move.appends), None)
    return None if part is None else {f.name: sample(f, 40) for f in part.fields} | {name: value for one in around for name, value in one.row.items()}


def said(values: Mapping[str, Any], known: Mapping[str, Any], who: Actor) -> dict[str, Any]:
    """Values of a situation, with what they take from the record tried and from who tries it."""
    return {name: value(known, who) if callable(value) else value for name, value in values.items()}


def put(doing: Act, register: Register, id: int, values: Mapping[str, Any]) -> None:
    """Put values, a state, child rows and links into a record as it stands, and what is derived from them."""
    if not values:
        return
    table, around = register.table, standing_of(doing.conn, register, id)
    row = doing.conn.execute(sa.select(table).where(table.c.id == id)).one()._mapping
    rows = {p.name: [{f.name: entry.get(f.name) for f in p.fields} for entry in values[p.name]] for p in register.rows if p.name in values}
    links = {link.name: values[link.name] for link in register.links if link.name in values}
    stands = settle(register, {f.name: values.get(f.name, row[f.name]) for f in register.fields}, {}, {**around, **rows, **links})
    doing.conn.execute(sa.update(table).where(table.c.id == id).values({**stands, "status": values.get("status", row["status"])}))
    parts(doing, register, id, Prepared({}, {}, rows, links))


def add(doing: Act, register: Register, status: str, values: Mapping[str, Any]) -> int:
    """Put one more record into a register; returns its key."""
    key = doing.conn.execute(sa.insert(register.table).values(
        {**stamps("scenery", doing.at), "code": f"{register.code}-BESIDE", "status": status, "standing": "live", "version": 1, "provisional": False,
         "loaded": False, "printed": {}, "search": ""})).inserted_primary_key
    assert key is not None
    put(doing, register, key[0], values)
    return int(key[0])


@pytest.fixture
def tried(sqlite_office: Office, register: Register) -> Iterator[Tried]:
    """A full record of the register, with a file attached by somebody who does not try it, on a day that is held."""
    with calendar.clock.at(datetime.combine(TODAY, time(12), tzinfo=calendar.TOKYO)):
        id = fill(sqlite_office, register.slug, 1)[0]
        with sqlite_office.db.read() as conn:
            code = conn.scalars(sa.select(register.table.c.code).where(register.table.c.id == id)).one()
        changes.attach(sqlite_office.db, sqlite_office.store, actor(register), register.slug, code, "証跡.txt", b"evidence")
        db = Undone(sqlite_office.db.url)
        yield Tried(db, register, id)
        db.dispose()


@pytest.mark.parametrize("register", MOVED, ids=lambda r: r.slug)
def test_every_move_as_every_role(tried: Tried, register: Register) -> None:
    """Each role that a move names makes it, and it is made from each state that it leaves; anybody else reads who may."""
    for move in register.workflow.transitions:
        for role in ROLES:
            if role not in move.roles:
                assert_refused(tried, move, role)
        for role in move.roles:
            assert_made(tried, move, move.sources[0], role)
            assert_not_from_elsewhere(tried, move, role)
        for source in move.sources[1:]:
            assert_made(tried, move, source, move.roles[0])


def is_sentence(refusal: Refusal) -> bool:
    """Whether a refusal says something in both languages."""
    return refusal.message.ja.endswith(("。", "）")) and bool(refusal.message.en)


def assert_refused(tried: Tried, move: Transition, role: str) -> None:
    """They are told in a sentence who may, or do not even learn that the record is there."""
    refusal = tried.attempt(move, move.sources[0], role)
    assert isinstance(refusal, Forbidden | Unknown), f"{role} may {move.id}: {refusal}"
    assert is_sentence(refusal), f"{role} {move.id}: {refusal.message.ja}"
    who = person(tried.register, role, None)
    if isinstance(refusal, Forbidden) and decide(who, Action.VIEW, tried.register):
        assert any(ROLES[r].ja in refusal.message.ja for r in move.roles), f"{role} {move.id}: {refusal.message.ja}"


def assert_made(tried: Tried, move: Transition, source: str, role: str) -> None:
    """In the situation in which that role may make the move it does: the record is where the move leads, with what it adds."""
    tried.prepare(move, role)
    before = tried.entries(move)
    refusal = tried.attempt(move, source, role)
    assert refusal is None, f"{role} cannot {move.id} from {source}: {refusal.message.ja}"
    assert tried.row().status == (move.target or source), f"{role} {move.id}"
    assert tried.entries(move) == before + (move.appends is not None), f"{role} {move.id}"


def assert_not_from_elsewhere(tried: Tried, move: Transition, role: str) -> None:
    """From a state that the move does not leave, they do not make it either."""
    wrong = next((s.id for s in tried.register.workflow.states if s.id not in move.sources), None)
    if wrong is not None:
        refusal = tried.attempt(move, wrong, role)
        assert isinstance(refusal, NotAllowedNow) and is_sentence(refusal), f"{role} may {move.id} from {wrong}: {refusal}"
        assert tried.row().status == wrong, f"{role} {move.id}"
