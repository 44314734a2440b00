"""The trail: who changed what, when and why, as one append-only chain of hashes.

``hash = SHA-256(canonical JSON of the entry with prev)``, canonical as in RFC 8785. Entries hold no floats, so the quick
writer gives the same bytes as the standard's own (see :func:`canonical`); :func:`verify` uses the standard's.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from types import MappingProxyType
from typing import Any

import orjson
import rfc8785
import sqlalchemy as sa

from grc.database import APPEND_ONLY, metadata
from grc.permissions import Actor
from grc.problem import Problem, Severity, define
from grc.text import Text

GENESIS = "0" * 64

table = sa.Table(
    "trail", metadata,
    sa.Column("seq", sa.Integer, primary_key=True, autoincrement=False),
    sa.Column("at", sa.String(32), nullable=False),
    sa.Column("actor", sa.String(64), nullable=False),
    sa.Column("via", sa.String(80), nullable=False),
    sa.Column("action", sa.String(64), nullable=False),
    sa.Column("register", sa.String(64), nullable=False),
    sa.Column("record", sa.String(64), nullable=False),
    sa.Column("changes", sa.Text, nullable=False),
    sa.Column("reason", sa.Text),
    sa.Column("batch", sa.Integer),
    sa.Column("prev", sa.String(64), nullable=False, unique=True),
    sa.Column("hash", sa.String(64), nullable=False, unique=True),
    sa.Index(None, "register", "record"),
    sa.Index(None, "actor"),
    info=APPEND_ONLY,
)

Changes = Mapping[str, Sequence[Any]]
"""``{field: [before, after]}``, values as JSON without floats."""

_ALTERED = define("trail-altered", Severity.ERROR,
                  Text("履歴の{value}番の記録が書き換えられています。", "Entry {value} of the trail was altered."),
                  Text("管理者に知らせ、この番号より後の記録を控えと照らし合わせてください。",
                       "Tell your administrator, and compare what follows it with a copy."))
_BROKEN = define("trail-broken", Severity.ERROR,
                 Text("履歴の{value}番の記録が、その前の記録につながっていません。", "Entry {value} of the trail does not follow the one before it."),
                 Text("前後の記録が消されたか、入れ替えられています。管理者に知らせてください。",
                      "An entry near it was deleted or moved. Tell your administrator."))


_UNREADABLE = define("trail-unreadable", Severity.ERROR,
                     Text("履歴の{value}番から先を、データベースから読み出せません。", "From entry {value} on, the database cannot be read."),
                     Text("データベースのファイルが傷んでいます。管理者に知らせてください。",
                          "The database's file is damaged. Tell your administrator."))


@dataclass(frozen=True, slots=True)
class Entry:
    """What is to be written: the act, the record it is about (by code), what changed (as canonical JSON), why."""

    action: str
    register: str
    record: str
    changes: bytes = b"{}"
    reason: str | None = None


def entry(action: str, register: str, record: str, changes: Changes = MappingProxyType({}), reason: str | None = None) -> Entry:
    """An entry to be written. Its changes become bytes at once: ten thousand of them as objects are a burden."""
    return Entry(action, register, record, canonical(dict(changes)), reason)


@dataclass(frozen=True, slots=True)
class Written:
    """An entry as it stands in the trail."""

    seq: int
    at: datetime
    actor: str
    via: str
    action: str
    register: str
    record: str
    changes: dict[str, list[Any]]
    reason: str | None
    batch: int | None


def append(conn: sa.Connection, entries: Sequence[Entry], *, actor: Actor, at: datetime, batch: int | None = None) -> int:
    """Append ``entries`` in order; the caller holds the writer's lock. Returns the number of the last one."""
    last = conn.execute(sa.select(table.c.seq, table.c.hash).order_by(table.c.seq.desc()).limit(1)).first()
    seq, prev = (last.seq, last.hash) if last else (0, GENESIS)
    when = at.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
    rows = []
    for entry in entries:
        seq += 1
        row: dict[str, Any] = {"seq": seq, "at": when, "actor": actor.name, "via": actor.via, "action": entry.action,
                               "register": entry.register, "record": entry.record,
                               "reason": entry.reason, "batch": batch, "prev": prev}
        row["changes"] = orjson.Fragment(entry.changes)
        row["hash"] = prev = hashlib.sha256(orjson.dumps(row, option=orjson.OPT_SORT_KEYS)).hexdigest()
        row["changes"] = entry.changes.decode()
        rows.append(row)
    if rows:
        conn.execute(sa.insert(table), rows)
    return seq


_ASTRAL = re.compile(rb"[\xf0-\xf4]")


def canonical(value: Any) -> bytes:
    """A JSON value without floats in canonical form (RFC 8785).

    The quick writer orders keys by code point and the standard by UTF-16, which differ only beyond U+FFFF.
    """
    quick = orjson.dumps(value, option=orjson.OPT_SORT_KEYS)
    return rfc8785.dumps(value) if _ASTRAL.search(quick) else quick


def verify(conn: sa.Connection) -> tuple[int, list[Problem]]:
    """How many entries there are, and what is wrong with them: every entry's own hash and its place in the chain.

    Every column is read as the bytes that stand there, so that whatever somebody wrote into an entry names that entry.
    """
    problems: list[Problem] = []
    expected, prev, size = 1, GENESIS, 0
    try:
        for row in conn.execution_options(yield_per=1000).execute(_as_it_stands(conn)):
            size += 1
            entry = {name: value.decode(errors="replace") if isinstance(value, bytes) else value for name, value in row._mapping.items()}
            if entry["seq"] != expected or entry["prev"] != prev:
                problems.append(_BROKEN(value=str(entry["seq"])))
            if _hash(entry) != entry["hash"]:
                problems.append(_ALTERED(value=str(entry["seq"])))
            expected, prev = int(entry["seq"]) + 1, entry["hash"]
    except sa.exc.DatabaseError:
        problems.append(_UNREADABLE(value=str(expected)))
    return size, problems


def _as_it_stands(conn: sa.Connection) -> sa.Select[Any]:
    """All entries in order; on SQLite texts as bytes, for it would fail at the first that is no UTF-8, and its columns
    take values of any type."""
    if conn.dialect.name != "sqlite":
        return sa.select(table).order_by(table.c.seq)
    columns = [sa.case((sa.func.typeof(c) == "text", sa.cast(c, sa.LargeBinary)), else_=c).label(c.name)
               if isinstance(c.type, sa.String) else sa.type_coerce(c, sa.types.NullType()).label(c.name) for c in table.columns]
    return sa.select(*columns).order_by(table.c.seq)


def _hash(entry: Mapping[str, Any]) -> str:
    """The hash that an entry should have; ``""`` where what stands there was not written by us."""
    body = {name: value for name, value in entry.items() if name != "hash"}
    try:
        body["changes"] = orjson.loads(entry["changes"])
        written = rfc8785.dumps(body["changes"]).decode() == entry["changes"]  # the same JSON in other words is not ours
        return hashlib.sha256(rfc8785.dumps(body)).hexdigest() if written else ""
    except (ValueError, TypeError, AttributeError):
        return ""


def of_record(conn: sa.Connection, register: str, record: str, *, limit: int = 200) -> list[Written]:
    """The history of a record, newest first."""
    found = (table.c.register == register) & (table.c.record == record)
    return [_written(row) for row in conn.execute(sa.select(table).where(found).order_by(table.c.seq.desc()).limit(limit))]


def size_of(conn: sa.Connection, register: str, record: str) -> int:
    """How many entries a record's history has."""
    found = (table.c.register == register) & (table.c.record == record)
    return conn.scalar(sa.select(sa.func.count()).select_from(table).where(found)) or 0


def since(conn: sa.Connection, condition: sa.ColumnElement[bool]) -> Iterator[Written]:
    """Entries that meet a condition on :data:`table`, newest first."""
    for row in conn.execute(sa.select(table).where(condition).order_by(table.c.seq.desc())):
        yield _written(row)


def _written(row: sa.Row[Any]) -> Written:
    return Written(row.seq, datetime.fromisoformat(row.at), row.actor, row.via, row.action, row.register, row.record,
                   orjson.loads(row.changes), row.reason, row.batch)
