"""Scopes: which rows of a register a grant covers, where it does not cover all.

Whoever is named in a record's child rows (:class:`Named`), or belongs to what the record belongs to (:class:`Member`).
A scope is a condition in SQL, so that lists, counts, exports, charts and the door ask the same question.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Protocol

import sqlalchemy as sa

from grc import calendar
from grc.database import metadata
from grc.record import LIVE, table_name

if TYPE_CHECKING:
    from grc.register import Register


class Scope(Protocol):
    """Which rows."""

    def condition(self, name: str, register: Register) -> sa.ColumnElement[bool]:
        """The rows of ``register`` that the person of that sign-in name may see."""


@dataclass(frozen=True, slots=True)
class Named:
    """The records in whose child rows ``rows`` the person's sign-in name stands, in the field ``account``."""

    rows: str
    account: str = "account"

    def condition(self, name: str, register: Register) -> sa.ColumnElement[bool]:
        """As :meth:`Scope.condition`."""
        part = next(part for part in register.rows if part.name == self.rows)
        table: sa.Table = part.model.__table__  # type: ignore[attr-defined]
        return register.table.c.id.in_(sa.select(table.c.parent_id).where(table.c[self.account] == name))


@dataclass(frozen=True, slots=True)
class Member:
    """The records whose reference ``field`` leads to what the person is a member of, today, as the register ``members``
    says: its reference ``of``, its ``account``, and its term from ``since`` to ``until``."""

    field: str
    members: str
    of: str
    account: str = "account"
    since: str = "term_start"
    until: str = "term_end"

    def condition(self, name: str, register: Register) -> sa.ColumnElement[bool]:
        """As :meth:`Scope.condition`."""
        return register.table.c[self.field].in_(self.mine(name))

    def mine(self, name: str) -> sa.Select[tuple[int]]:
        """What the person is a member of, as ids."""
        c, today = metadata.tables[table_name(self.members)].c, calendar.today()
        return sa.select(c[self.of]).where(
            c[self.account] == name, c.standing == LIVE, sa.or_(c[self.since].is_(None), c[self.since] <= today),
            sa.or_(c[self.until].is_(None), c[self.until] >= today))
