"""A look around within one transaction: what guards, effects and figures read. See :class:`grc.case.Facts`."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from grc import settings, trail
from grc.case import Person, Values
from grc.database import metadata
from grc.evidence import count_attached
from grc.parts import standing
from grc.record import LIVE, links
from grc.register import Register, get


class Look:
    """The registers as one connection sees them."""

    def __init__(self, conn: sa.Connection) -> None:
        self.conn = conn

    def records(self, slug: str, *, whole: bool = False, **where: Any) -> Sequence[Values]:
        """As :meth:`grc.case.Facts.records`."""
        register = get(slug)
        c = register.table.c
        return self._read(register, sa.and_(c.standing == LIVE, *(_is(c[name], value) for name, value in where.items())), whole)

    def one(self, slug: str, id: int | None, *, whole: bool = False) -> Values | None:
        """As :meth:`grc.case.Facts.one`."""
        register = get(slug)
        found = self._read(register, register.table.c.id == id, whole) if id is not None else []
        return found[0] if found else None

    def linking(self, slug: str, name: str, target: str, id: int | None) -> Sequence[Values]:
        """As :meth:`grc.case.Facts.linking`."""
        register = get(slug)
        ours = sa.select(links.c.record_id).where(links.c.register == slug, links.c.name == name,
                                                  links.c.target_register == target, links.c.target_id == id)
        return self._read(register, (register.table.c.standing == LIVE) & register.table.c.id.in_(ours), False)

    def evidence(self, slug: str, code: str) -> int:
        """As :meth:`grc.case.Facts.evidence`."""
        return count_attached(self.conn, slug, code)

    def person(self, name: str | None) -> Person | None:
        """As :meth:`grc.case.Facts.person`."""
        users, roles = metadata.tables["users"], metadata.tables["user_roles"]
        called = (users.c.name == name) | (users.c.display == name)
        found = self.conn.execute(sa.select(users.c.id, users.c.name, users.c.display, users.c.unit_id).where(called)).all() if name else []
        if len(found) != 1:
            return None
        held = self.conn.scalars(sa.select(roles.c.role).where(roles.c.user_id == found[0].id))
        return Person(found[0].name, found[0].display, found[0].unit_id, frozenset(held))

    def worked_on(self, name: str, slug: str, code: str, since: datetime) -> bool:
        """As :meth:`grc.case.Facts.worked_on`."""
        t = trail.table.c
        acts = t.action.in_(("create", "update", "load", "confirm")) | t.action.startswith("move:")
        when = since.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
        mine = sa.select(t.seq).where(t.register == slug, t.record == code, t.actor == name, t.at >= when, acts)
        return self.conn.execute(mine.limit(1)).first() is not None

    def setting(self, key: str) -> Any:
        """As :meth:`grc.case.Facts.setting`."""
        return self._body.get(key)

    @cached_property
    def _body(self) -> settings.Body:
        return settings.read(self.conn)

    def _read(self, register: Register, condition: sa.ColumnElement[bool], whole: bool) -> list[dict[str, Any]]:
        rows = self.conn.execute(sa.select(register.table).where(condition).order_by(register.table.c.id)).all()
        parts = standing(self.conn, register, [row.id for row in rows]) if whole else {}
        return [{**row._mapping, **parts.get(row.id, {})} for row in rows]


def _is(column: sa.Column[Any], value: Any) -> sa.ColumnElement[bool]:
    if isinstance(value, list | tuple | set | frozenset):
        return column.in_(list(value))
    return column.is_(None) if value is None else column == value
