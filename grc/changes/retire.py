"""Retire: void what was entered in error, archive what is no longer in use. Nothing is deleted."""

from __future__ import annotations

import sqlalchemy as sa

from grc.changes.judge import owned
from grc.changes.spine import Saved, act, current
from grc.database import Database
from grc.permissions import Action, Actor
from grc.record import ARCHIVED, VOID
from grc.refusal import NotAllowedNow
from grc.register import get
from grc.text import Text


def void(db: Database, actor: Actor, slug: str, code: str, version: int, *, reason: str) -> Saved:
    """Mark a record as entered in error. Raises as ``update``; a reason is required."""
    return _retire(db, actor, slug, code, version, reason, VOID, Action.VOID)


def archive(db: Database, actor: Actor, slug: str, code: str, version: int, *, reason: str) -> Saved:
    """Mark a record as no longer in use. Raises as ``update``; a reason is required."""
    return _retire(db, actor, slug, code, version, reason, ARCHIVED, Action.ARCHIVE)


def _retire(db: Database, actor: Actor, slug: str, code: str, version: int, reason: str, standing: str,
            action: Action) -> Saved:
    if not reason.strip():
        raise NotAllowedNow(Text("理由を書いてください。", "Give a reason."))
    register = get(slug)
    with act(db, actor) as doing:
        row = current(doing, register, code, action, version)
        owned(doing, register, row, reason, standing=standing)
        doing.conn.execute(sa.update(register.table).where(register.table.c.id == row.id).values(
            standing=standing, version=row.version + 1, updated_at=doing.at, updated_by=actor.name))
        doing.note(str(action), slug, code, {"standing": [row.standing, standing]}, reason.strip())
        return Saved(code, row.version + 1, row.id)
