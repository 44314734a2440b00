"""The database: SQLite in the home folder, or PostgreSQL; one writer at a time on both.

Reading takes a plain transaction. Writing takes ``BEGIN IMMEDIATE`` on SQLite (after a lock file, whose queue is fairer
than SQLite's own waiting) and an advisory lock on PostgreSQL, so that the trail stays one line.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

import orjson
import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.pool import QueuePool
from sqlmodel import SQLModel

metadata = SQLModel.metadata
"""Every table of the house; whoever declares one takes it from here, so that the names below hold."""
metadata.naming_convention = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s", "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s", "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}
JSON = sa.JSON().with_variant(JSONB(), "postgresql")
"""A JSON column; assign a new value to change it, a change in place is not seen."""

_WRITERS = 0x6461_6963  # the advisory lock's number: any constant will do, so long as it stays


def _dumps(value: Any) -> str:
    return orjson.dumps(value).decode()


PRAGMAS = ("journal_mode=wal", "foreign_keys=on", "busy_timeout=30000", "synchronous=full")
"""What every connection to SQLite is told first; written is written, also when the power fails."""


class Database:
    """One database and its two ways in: :meth:`read` and :meth:`write`."""

    def __init__(self, url: str) -> None:
        self.url = url
        kind = sa.engine.make_url(url)
        self.sqlite = kind.get_backend_name() == "sqlite"
        if self.sqlite and kind.database:
            Path(kind.database).parent.mkdir(parents=True, exist_ok=True)
            self._lock: Path | None = Path(f"{kind.database}.lock")
        else:
            self._lock = None
        # Opening SQLite costs more than most questions asked of it: it reads the whole schema anew.
        more: dict[str, Any] = {"poolclass": QueuePool, "pool_size": 8, "max_overflow": -1} if self.sqlite else {"pool_pre_ping": True}
        self.engine = sa.create_engine(url, json_serializer=_dumps, json_deserializer=orjson.loads, **more)
        if self.sqlite:
            event.listen(self.engine, "connect", _pragmas)
            event.listen(self.engine, "begin", _begin)
        self._writer = self.engine.execution_options(write=True)

    @contextmanager
    def read(self) -> Iterator[sa.Connection]:
        """A connection that sees one consistent state; nothing written through it is kept."""
        with self.engine.connect() as conn:
            yield conn

    @contextmanager
    def write(self) -> Iterator[sa.Connection]:
        """A connection that is the only writer; commits at the end, or nothing at all when an exception leaves it."""
        with _queue(self._lock) if self._lock else nullcontext(), self._writer.begin() as conn:
            if not self.sqlite:
                conn.execute(sa.text("select pg_advisory_xact_lock(:n)"), {"n": _WRITERS})
            yield conn

    def dispose(self) -> None:
        """Close all connections; a forked process must not share them."""
        self.engine.dispose()


@contextmanager
def _queue(lock: Path) -> Iterator[None]:
    with lock.open("a") as handle:
        fcntl.flock(handle, fcntl.LOCK_EX)
        try:
            yield
        finally:
            fcntl.flock(handle, fcntl.LOCK_UN)


def _pragmas(connection: Any, _record: Any) -> None:
    connection.isolation_level = None  # the driver's own transactions off: ours begin in _begin
    for pragma in PRAGMAS:
        connection.execute(f"pragma {pragma}")


def _begin(conn: sa.Connection) -> None:
    conn.exec_driver_sql("BEGIN IMMEDIATE" if conn.get_execution_options().get("write") else "BEGIN")


APPEND_ONLY: dict[str, Any] = {"append_only": True}
"""The ``info`` of a table that the database itself refuses to change."""


def guard(conn: sa.Connection) -> None:
    """Make the database refuse UPDATE, DELETE, REPLACE and TRUNCATE on every table declared :data:`APPEND_ONLY`.

    Done after every migration and safe to repeat: Alembic's batch rebuild of a table drops its triggers without a word.
    """
    there = set(sa.inspect(conn).get_table_names())  # a table that is declared and has no migration yet is not
    for table in metadata.sorted_tables:
        if table.info.get("append_only") and table.name in there:
            for statement in _guards(table, conn.dialect.name):
                conn.exec_driver_sql(statement)


def _guards(table: sa.Table, dialect: str) -> list[str]:
    if dialect == "sqlite":
        refuse = "begin select raise(abort, 'append-only'); end"
        # REPLACE INTO deletes what stands under any unique key without firing the DELETE trigger.
        unique = [c.columns.keys() for c in table.constraints if isinstance(c, sa.PrimaryKeyConstraint | sa.UniqueConstraint)]
        same = " or ".join("(" + " and ".join(f"{name} = new.{name}" for name in names) + ")" for names in sorted(unique))
        return [
            f"create trigger if not exists {table.name}_no_update before update on {table.name} {refuse}",
            f"create trigger if not exists {table.name}_no_delete before delete on {table.name} {refuse}",
            f"create trigger if not exists {table.name}_no_replace before insert on {table.name} "
            f"when exists (select 1 from {table.name} where {same}) {refuse}",
        ]
    return [
        "create or replace function daicho_refuse() returns trigger language plpgsql as "
        "$$ begin raise exception 'append-only'; end $$",
        f"create or replace trigger {table.name}_no_change before update or delete on {table.name} "
        "for each row execute function daicho_refuse()",
        f"create or replace trigger {table.name}_no_truncate before truncate on {table.name} "
        "for each statement execute function daicho_refuse()",
    ]
