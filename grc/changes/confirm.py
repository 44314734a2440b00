"""Confirm: a second person looks at a record that came in by a load past its first state."""

from __future__ import annotations

import sqlalchemy as sa

from grc.changes.four_eyes import four_eyes
from grc.changes.judge import owned
from grc.changes.spine import Saved, act, current
from grc.database import Database
from grc.permissions import Action, Actor
from grc.refusal import Forbidden, NotAllowedNow
from grc.register import get
from grc.text import Text


def confirm(db: Database, actor: Actor, slug: str, code: str, version: int) -> Saved:
    """Take the mark "imported, not yet looked at" off a record. Raises as ``update``; not by who loaded it."""
    register = get(slug)
    with act(db, actor) as doing:
        if actor.user_id is None:
            raise Forbidden(Text("確認は、ほかの利用者が見て行います。", "Another person must look at it and confirm."))
        row = current(doing, register, code, Action.EDIT, version)
        if not row.loaded:
            raise NotAllowedNow(Text("この記録は確認を待っていません。", "This record does not wait to be looked at."))
        owned(doing, register, row)
        four_eyes(doing.conn, actor, slug, [code], {"confirm"})
        doing.conn.execute(sa.update(register.table).where(register.table.c.id == row.id).values(
            loaded=False, version=row.version + 1, updated_at=doing.at, updated_by=actor.name))
        doing.note("confirm", slug, code, {"loaded": [True, False]})
        return Saved(code, row.version + 1, row.id)
