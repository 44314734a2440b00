"""How the door writes a record: its row, its child rows, its links. Used by the acts of this package alone."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from grc import seal
from grc.changes.spine import Act, inserted
from grc.changes.values import Prepared, Preparer
from grc.record import LIVE, Rows, links
from grc.register import Register, get


def preparer(doing: Act, register: Register, *, gaps: bool = False) -> Preparer:
    """A preparer that knows the codes of what references point to; ``gaps``: what a ledger may lack may be missing."""
    return Preparer(register, code_lookup(doing.conn), gaps=gaps)


def code_lookup(conn: sa.Connection) -> Callable[[str, int], str]:
    """A function (slug, id) → code that asks the database once for each."""
    known: dict[tuple[str, int], str] = {}

    def code_of(slug: str, id: int) -> str:
        if (slug, id) not in known:
            table = get(slug).table
            known[slug, id] = conn.scalar(sa.select(table.c.code).where(table.c.id == id)) or ""
        return known[slug, id]

    return code_of


def stamps(actor: str, at: datetime) -> dict[str, Any]:
    """Who made a record and when."""
    return {"created_at": at, "created_by": actor, "updated_at": at, "updated_by": actor}


def new_record(doing: Act, register: Register, code: str, prepared: Prepared, status: str) -> int:
    """Write a record that one person or rule makes; returns its key."""
    record_id = inserted(doing, sa.insert(register.table).values(
        {**prepared.columns, **stamps(doing.actor.name, doing.at), "code": code, "version": 1, "standing": LIVE, "status": status,
         "provisional": False, "loaded": False, "batch_id": doing.batch}))
    parts(doing, register, record_id, prepared)
    return record_id


def parts(doing: Act, register: Register, record_id: int, prepared: Prepared) -> None:
    """Write the child rows and links that changed."""
    for part in register.rows:
        if part.name in prepared.rows:
            _rows(doing.conn, part, record_id, prepared.rows[part.name])
    for name, targets in prepared.links.items():
        mine = (links.c.register == register.slug) & (links.c.record_id == record_id) & (links.c.name == name)
        doing.conn.execute(sa.delete(links).where(mine))
        if targets:
            doing.conn.execute(sa.insert(links), [
                {"register": register.slug, "record_id": record_id, "name": name, "target_register": slug, "target_id": id}
                for slug, id in targets])


def _rows(conn: sa.Connection, part: Rows, record_id: int, now: Sequence[Mapping[str, Any]]) -> None:
    table: sa.Table = part.model.__table__  # type: ignore[attr-defined]
    conn.execute(sa.delete(table).where(table.c.parent_id == record_id))
    if now:
        names = [f.name for f in part.fields]
        conn.execute(sa.insert(table), [{"parent_id": record_id, "position": n, **{name: row.get(name) for name in names}}
                                        for n, row in enumerate(now, 1)])


def sealed(doing: Act, register: Register, code: str, changes: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The changes as the trail gets them: what is personal only as ciphertext under the record's key.

    That holds for what a ledger printed for a personal field, and for child rows with a personal field, as well.
    """
    personal = register.personal
    printed = {name for kept in changes.get("printed", ()) for name in kept or ()}
    if not personal & (changes.keys() | printed):
        return changes
    key = seal.key_of(doing.conn, register.slug, code, make=True)
    assert key is not None

    def hidden(name: str, value: Any) -> Any:
        if name == "printed" and value is not None:
            return {n: seal.seal(key, text) if n in personal else text for n, text in value.items()}
        return seal.seal(key, value) if name in personal else value

    return {name: [hidden(name, value) for value in pair] for name, pair in changes.items()}
