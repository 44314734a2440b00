"""Parts: the child rows and the links of records, as they stand."""

from __future__ import annotations

from collections.abc import Collection
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from grc.record import links

if TYPE_CHECKING:
    from grc.register import Register


def standing(conn: sa.Connection, register: Register, ids: Collection[int]) -> dict[int, dict[str, Any]]:
    """Of each record, by the name of the part: child rows as mappings of their fields, links as (slug, id), each in order."""
    found: dict[int, dict[str, Any]] = {id: {part.name: [] for part in register.parts} for id in ids}
    if not found:
        return found
    for part in register.rows:
        table: sa.Table = part.model.__table__  # type: ignore[attr-defined]
        fields = [f.name for f in part.fields]
        for row in conn.execute(sa.select(table).where(table.c.parent_id.in_(found)).order_by(table.c.parent_id, table.c.position)):
            found[row.parent_id][part.name].append({name: row._mapping[name] for name in fields})
    if register.links:
        c = links.c
        mine = sa.select(c.record_id, c.name, c.target_register, c.target_id).where(c.register == register.slug, c.record_id.in_(found))
        for row in conn.execute(mine.order_by(c.id)):
            found[row.record_id][row.name].append((row.target_register, row.target_id))
    return found


def standing_of(conn: sa.Connection, register: Register, id: int) -> dict[str, Any]:
    """The same of one record."""
    return standing(conn, register, [id])[id]
