"""Set a setting of the body: an act like any other, with before and after in the trail."""

from __future__ import annotations

import sqlalchemy as sa

from grc import settings
from grc.changes.spine import act
from grc.database import Database
from grc.permissions import OPERATOR, Actor, require_role
from grc.text import Text


def set_setting(db: Database, actor: Actor, key: str, value: str) -> None:
    """Keep ``value`` as the setting ``key``. Raises ``Misuse`` (no such key, a value that will not do), ``Forbidden``."""
    settings.parse({key: value})
    with act(db, actor) as doing:
        require_role(actor, "admin", OPERATOR, to=Text("設定を変える", "change settings"))
        before = doing.conn.scalar(sa.select(settings.table.c.value).where(settings.table.c.key == key))
        if before == value:
            return
        doing.conn.execute(sa.delete(settings.table).where(settings.table.c.key == key))
        doing.conn.execute(sa.insert(settings.table).values(key=key, value=value))
        doing.note("set", "settings", key, {"value": [before, value]})
