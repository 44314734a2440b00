"""The trail: one unbroken chain under parallel writers, which the database itself refuses to change."""

from __future__ import annotations

import hashlib
import json
import multiprocessing
from pathlib import Path

import pytest
import rfc8785
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from grc import database, migrate, trail
from grc.changes.spine import act
from grc.office import Office
from tests.conftest import AS_SHIPPED
from tests.engine.actors import OFFICER
from tests.engine.writer import add, write

WRITERS, WRITES = 8, 200


def test_eight_processes_leave_one_unbroken_chain(office: Office) -> None:
    office.db.dispose()
    start = multiprocessing.get_context("spawn").Process
    writers = [start(target=write, args=(office.db.url, WRITES)) for _ in range(WRITERS)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert [w.exitcode for w in writers] == [0] * WRITERS, "no writer saw an error"
    with office.db.read() as conn:
        size, problems = trail.verify(conn)
        codes = conn.scalars(sa.text("select code from toy_books")).all()
    assert (size, problems) == (WRITERS * WRITES, [])
    assert len(set(codes)) == WRITERS * WRITES


@pytest.mark.parametrize("statement", [
    "update trail set actor = 'mallory' where seq = 1",
    "delete from trail where seq = 1",
    "delete from trail",
])
def test_the_database_refuses_to_change_the_trail(office: Office, statement: str) -> None:
    add(office.db, 2)
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), office.db.write() as conn:
        conn.execute(sa.text(statement))


def test_replace_and_truncate_are_refused_too(office: Office) -> None:
    add(office.db, 1)
    others = ", ".join(c.name for c in trail.table.columns if c.name != "seq")
    ways_round = ("replace into trail select * from trail",
                  f"replace into trail (seq, {others}) select 99, {others} from trail") if office.db.sqlite else ("truncate trail",)
    for way_round in ways_round:
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), office.db.write() as conn:
            conn.execute(sa.text(way_round))


def test_a_home_whose_guards_were_dropped_has_them_again_after_a_migration(sqlite_office: Office) -> None:
    """Alembic's batch rebuild of a table drops its triggers without a word."""
    add(sqlite_office.db, 1)
    drop_triggers(sqlite_office)
    migrate.upgrade(sqlite_office.db)
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), sqlite_office.db.write() as conn:
        conn.execute(sa.text("delete from trail"))


def test_snapshots_are_guarded_alike(office: Office) -> None:
    with office.db.write() as conn:
        conn.execute(sa.text("insert into snapshots (id, month, version, canonical, sha256, approved_by, published_by, published_at) "
                             "values (1, '2025-04', 1, '{}', 'x', 'a', 'b', '2025-05-01 00:00:00')"))
    for statement in ("update snapshots set canonical = '[]'", "delete from snapshots"):
        with pytest.raises(sa.exc.DatabaseError, match="append-only"), office.db.write() as conn:
            conn.execute(sa.text(statement))


def drop_triggers(office: Office) -> None:
    with office.db.write() as conn:
        for (name,) in conn.execute(sa.text("select name from sqlite_master where type = 'trigger'")).all():
            conn.execute(sa.text(f'drop trigger "{name}"'))


@pytest.mark.parametrize(("statement", "code", "entry"), [
    ("update trail set actor = 'mallory' where seq = 2", "trail-altered", "2"),
    ("update trail set changes = replace(changes, '記録', '記禄') where seq = 2", "trail-altered", "2"),
    ("update trail set at = '2020-01-01T00:00:00.000000Z' where seq = 3", "trail-altered", "3"),
    ("update trail set reason = 'x' where seq = 1", "trail-altered", "1"),
    ("delete from trail where seq = 2", "trail-broken", "3"),
    ("update trail set changes = 'not json' where seq = 2", "trail-altered", "2"),
])
def test_verify_names_the_entry_that_somebody_changed(sqlite_office: Office, statement: str, code: str, entry: str) -> None:
    add(sqlite_office.db, 4)
    drop_triggers(sqlite_office)
    with sqlite_office.db.write() as conn:
        conn.execute(sa.text(statement))
    with sqlite_office.db.read() as conn:
        problems = trail.verify(conn)[1]
    assert (code, entry) in {(p.code, p.value) for p in problems}


def test_the_hash_is_that_of_the_standard(sqlite_office: Office) -> None:
    """SHA-256 over the canonical JSON (RFC 8785) of the entry with prev, computed here by hand."""
    add(sqlite_office.db, 2)
    with sqlite_office.db.read() as conn:
        rows = [dict(r._mapping) for r in conn.execute(sa.select(trail.table).order_by(trail.table.c.seq))]
    prev = "0" * 64
    for row in rows:
        assert row["prev"] == prev
        body = {k: v for k, v in row.items() if k != "hash"} | {"changes": json.loads(row["changes"])}
        prev = hashlib.sha256(rfc8785.dumps(body)).hexdigest()
        assert row["hash"] == prev


leaves = st.none() | st.booleans() | st.integers(-2**53 + 1, 2**53 - 1) | st.text(st.characters(exclude_categories=["Cs"]))


@given(st.recursive(leaves, lambda x: st.lists(x, max_size=3) | st.dictionaries(st.text("abcあい9_", max_size=6), x, max_size=3)))
def test_the_quick_writer_gives_the_standard_bytes(value: object) -> None:
    import orjson

    assert orjson.dumps(value, option=orjson.OPT_SORT_KEYS) == rfc8785.dumps(value)


def test_a_sqlite_home_has_what_the_design_asks_of_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "PRAGMAS", AS_SHIPPED)
    with database.Database(f"sqlite:///{tmp_path / 'daicho.db'}").read() as conn:
        found = {p: conn.exec_driver_sql(f"pragma {p}").scalar() for p in ("journal_mode", "foreign_keys", "busy_timeout", "synchronous")}
    assert found == {"journal_mode": "wal", "foreign_keys": 1, "busy_timeout": 30000, "synchronous": 2}


def test_one_byte_changed_inside_a_japanese_text_names_its_entry(sqlite_office: Office) -> None:
    """The byte makes the text no UTF-8 any more; SQLite keeps it all the same."""
    add(sqlite_office.db, 4)
    drop_triggers(sqlite_office)
    with sqlite_office.db.write() as conn:
        raw = conn.scalar(sa.text("select cast(changes as blob) from trail where seq = 2"))
        at = raw.index("記".encode())
        conn.exec_driver_sql("update trail set changes = cast(? as text) where seq = 2", (raw[:at] + bytes([raw[at] ^ 0x40]) + raw[at + 1:],))
    with sqlite_office.db.read() as conn:
        assert [(p.code, p.value) for p in trail.verify(conn)[1]] == [("trail-altered", "2")]


@pytest.mark.parametrize("statement", [
    "update trail set changes = changes || ' ' where seq = 3", "update trail set changes = '{ ' || substr(changes, 2) where seq = 3",
    """update trail set changes = '{"title":["x","y"],' || substr(changes, 2) where seq = 3""", "update trail set batch = 1 where seq = 3",
    "update trail set batch = 'x' where seq = 3", "update trail set reason = cast(x'ff' as text) where seq = 3",
    "update trail set actor = 7 where seq = 3",
])
def test_the_same_json_in_other_words_is_an_alteration_too(sqlite_office: Office, statement: str) -> None:
    add(sqlite_office.db, 4)
    drop_triggers(sqlite_office)
    with sqlite_office.db.write() as conn:
        conn.exec_driver_sql(statement)
    with sqlite_office.db.read() as conn:
        assert [(p.code, p.value) for p in trail.verify(conn)[1]] == [("trail-altered", "3")]


def test_names_beyond_the_common_plane_raise_no_false_alarm(sqlite_office: Office) -> None:
    """RFC 8785 orders keys by UTF-16: 𠮷 comes before a private character (外字), by code point it comes after."""
    with act(sqlite_office.db, OFFICER) as doing:
        doing.note("teach", "toy-books", "x", {"mapping": [None, {"𠮷野家": "title", "\ue000欄": "shelf"}]})
    with sqlite_office.db.read() as conn:
        assert trail.verify(conn) == (1, [])
