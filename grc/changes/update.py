"""Update: a person changes a record that they have seen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from grc.case import Case
from grc.changes.judge import case_of, follow, judge, version_after
from grc.changes.spine import Act, Saved, act, current
from grc.changes.values import Prepared, Preparer
from grc.changes.write import parts, preparer, sealed
from grc.database import Database
from grc.parts import standing_of
from grc.permissions import Action, Actor, require
from grc.register import Register, get


def update(db: Database, actor: Actor, slug: str, code: str, values: Mapping[str, Any], version: int, *,
           reason: str | None = None) -> Saved:
    """Change fields of a record; ``version`` is the one that the person saw. Nothing changed: nothing is written.

    Raises ``Unknown``, ``Forbidden``, ``Stale``, ``NotAllowedNow``, ``Invalid``.
    """
    register = get(slug)
    with act(db, actor) as doing:
        row = current(doing, register, code, Action.EDIT, version)
        require(actor, Action.EDIT, register, {**row._mapping, **values})
        return apply(doing, register, row, values, reason=reason)


def apply(doing: Act, register: Register, row: sa.Row[Any], values: Mapping[str, Any], *, reason: str | None = None,
          printed: Mapping[str, str] | None = None, status: str | None = None, prepare: Preparer | None = None) -> Saved:
    """Write changed values within an act that has checked permission and version. ``prepare``: of a load, which changes
    many, and may set the state too; then a second person is asked to look at it."""
    state = {} if status in (None, row.status) else {"status": status, "loaded": True}
    prepare = prepare or preparer(doing, register)
    prepared, case = foreseen(doing.conn, doing.actor, prepare, row, values, state, reason=reason, printed=printed)
    if not prepared.changes and not state:
        return Saved(row.code, row.version, row.id)
    judge(register, case)
    columns = {**prepared.columns, **state, "version": row.version + 1, "updated_at": doing.at, "updated_by": doing.actor.name,
               "provisional": False}
    doing.conn.execute(sa.update(register.table).where(register.table.c.id == row.id).values(columns))
    parts(doing, register, row.id, prepared)
    changes = {**prepared.changes, **({"status": [row.status, status]} if state else {})}
    doing.note("load" if state else "update", register.slug, row.code, sealed(doing, register, row.code, changes), reason)
    effects = () if prepare.gaps else register.effects
    follow(doing, case, effects)
    return Saved(row.code, version_after(doing, register, row.id, row.version + 1, effects), row.id)


def foreseen(conn: sa.Connection, actor: Actor, prepare: Preparer, row: sa.Row[Any], values: Mapping[str, Any], state: Mapping[str, Any], *,
             reason: str | None = None, printed: Mapping[str, str] | None = None) -> tuple[Prepared, Case]:
    """What a change would write, and the case that the guards judge; nothing is written. Raises ``Invalid``."""
    now = standing_of(conn, prepare.register, row.id)
    prepared = prepare.update(row.code, row._asdict(), values, printed or {}, now)
    before = {**row._mapping, **now}
    after = {**before, **prepared.columns, **prepared.rows, **prepared.links, **state}
    return prepared, case_of(conn, actor, prepare.register, after, before, reason=reason, loading=prepare.gaps)
