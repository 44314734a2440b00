"""The spine of the door: one act, one transaction.

permission → version → rules → write → trail → commit. An act that is refused changes nothing; that it was refused is
written down in a transaction of its own. There is no flag that skips a step, and nobody writes but an :class:`Actor`.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from grc import calendar, trail
from grc.database import Database
from grc.permissions import Action, Actor, require, visible
from grc.record import LIVE
from grc.refusal import Forbidden, NotAllowedNow, Stale, Unknown
from grc.register import Register
from grc.text import Text


@dataclass
class Act:
    """One act in the making: its connection, who acts, when, and the entries that the trail will get."""

    conn: sa.Connection
    actor: Actor
    at: datetime
    batch: int | None = None
    entries: list[trail.Entry] = field(default_factory=list)

    def note(self, action: str, register: str, record: str, changes: trail.Changes, reason: str | None = None) -> None:
        """Add an entry to the trail of this act."""
        self.entries.append(trail.entry(action, register, record, changes, reason))


@dataclass(frozen=True, slots=True)
class Saved:
    """What an act left: the record's number and its version now."""

    code: str
    version: int
    id: int


@contextmanager
def act(db: Database, actor: Actor) -> Iterator[Act]:
    """Open an act; on leaving, its entries are appended and all is committed, or nothing is."""
    try:
        with db.write() as conn:
            doing = Act(conn, actor, calendar.now())
            yield doing
            trail.append(conn, doing.entries, actor=actor, at=doing.at, batch=doing.batch)
    except Forbidden as refusal:
        with db.write() as conn:
            trail.append(conn, [trail.entry("refuse", "", "", {"why": [None, refusal.message.en]})],
                         actor=actor, at=calendar.now())
        raise


def current(doing: Act, register: Register, code: str, action: Action | None, version: int | None = None) -> sa.Row[Any]:
    """The record that an act is about, as it stands.

    Raises ``Unknown``, ``Forbidden`` (an act on a record that the actor may not see reads as unknown), ``Stale`` when
    ``version`` is not the one that stands now, ``NotAllowedNow`` when the record is archived or void.
    """
    scope = visible(doing.actor, register)
    row = doing.conn.execute(sa.select(register.table).where(register.table.c.code == code, sa.true() if scope is None else scope)).first()
    if row is None:
        raise Unknown(Text(f"「{register.title.ja}」に {code} はありません。", f'There is no {code} in "{register.title.en}".'))
    if action is not None:
        require(doing.actor, action, register, row._asdict())
    if version is not None and row.version != version:
        raise stale(row)
    if row.standing != LIVE:
        raise NotAllowedNow(Text(f"{code} は取消または保管になっているので、変更できません。",
                                 f"{code} is void or archived and cannot be changed."))
    return row


def stale(row: sa.Row[Any]) -> Stale:
    """The refusal of a save that came second."""
    when = calendar.tokyo(row.updated_at).strftime("%H:%M")
    return Stale(Text(f"{row.updated_by}さんが{when}に先に保存しました。いまの内容を見て、もう一度保存してください。",
                      f"{row.updated_by} saved first, at {when}. Look at what stands now, then save again."),
                 row.version, dict(row._mapping))


def next_codes(conn: sa.Connection, register: Register, count: int) -> list[str]:
    """The next numbers of a register, in order; the caller is the only writer."""
    first = last_number(conn, register) + 1
    return [number(register, n) for n in range(first, first + count)]


DIGITS, MOST_DIGITS = 6, 9


def number(register: Register, n: int) -> str:
    """The ``n``-th number of a register: ``PRC-CON-000001``."""
    return f"{register.code}-{n:0{DIGITS}d}"


def last_number(conn: sa.Connection, register: Register) -> int:
    """The highest number that we gave, or would give; what a ledger numbered in its own way does not count."""
    column = register.table.c.code
    for digits in range(MOST_DIGITS, DIGITS - 1, -1):
        shape = f"{register.code}-" + "[0-9]" * digits  # written out, so that the column's index serves it
        fits = (column.op("GLOB")(sa.bindparam(None, shape, literal_execute=True)) if conn.dialect.name == "sqlite"
                else column.regexp_match(f"^{shape}$"))
        last = conn.scalar(sa.select(sa.func.max(column)).where(fits))
        if last is not None:
            return int(last[-digits:])
    return 0


def next_ids(conn: sa.Connection, table: sa.Table, count: int) -> list[int]:
    """Fresh primary keys, fetched before a bulk insert: far quicker than having each row return its own."""
    if conn.dialect.name == "postgresql":
        series = sa.text(f"select nextval(pg_get_serial_sequence('{table.name}', 'id')) from generate_series(1, :n)")
        return [row[0] for row in conn.execute(series, {"n": count})]
    first = (conn.scalar(sa.select(sa.func.max(table.c.id))) or 0) + 1
    return list(range(first, first + count))


def inserted(doing: Act, insert: sa.Insert) -> int:
    """Insert one row; returns its primary key."""
    key = doing.conn.execute(insert).inserted_primary_key
    assert key is not None
    return int(key[0])
