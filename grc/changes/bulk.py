"""Many rows at once: what SQLAlchemy would do for each row anew is done once a column."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import sqlalchemy as sa


def insert_many(conn: sa.Connection, table: sa.Table, rows: Sequence[Mapping[str, Any]], common: Mapping[str, Any]) -> None:
    """Insert rows that share the values of ``common``. What no row has is NULL; a column with a default must be given."""
    own = sorted({name for row in rows for name, value in row.items() if value is not None})
    names = [*own, *(name for name in common if name not in own)]
    statement = sa.insert(table).values({name: sa.bindparam(name) for name in names}).compile(dialect=conn.dialect)
    write = {name: table.c[name].type.dialect_impl(conn.dialect).bind_processor(conn.dialect) for name in names}
    same = {name: process(common[name]) if (process := write[name]) else common[name] for name in names if name not in own}
    processed = [(name, process) for name in own if (process := write[name]) is not None]
    params: list[Any] = []
    for row in rows:
        values = {name: row.get(name) for name in own}
        for name, process in processed:
            values[name] = process(values[name])
        values.update(same)
        params.append(tuple([values[name] for name in statement.positiontup]) if statement.positiontup else values)
    conn.exec_driver_sql(statement.string, params)
