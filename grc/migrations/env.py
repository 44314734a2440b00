"""Alembic's environment: a composition root, so it may know every table. Called by :mod:`grc.migrate` alone."""

from typing import Any

import sqlalchemy as sa
from alembic import context
from sqlmodel.sql.sqltypes import AutoString

import registers  # noqa: F401  the registers' tables; the engine's come with grc.migrate
from grc.database import metadata
from grc.kinds import UtcDateTime


def render_item(kind: str, value: Any, autogen: Any) -> Any:
    """Write our own column types in a migration so that it stands on its own."""
    if kind != "type":
        return False
    if isinstance(value, AutoString):
        return f"sa.String({value.length or ''})"
    if isinstance(value, UtcDateTime):
        return "sa.DateTime(timezone=True)"
    if isinstance(value, sa.JSON):
        autogen.imports.add("from sqlalchemy.dialects.postgresql import JSONB")
        return 'sa.JSON().with_variant(JSONB(), "postgresql")'
    return False


connection = context.config.attributes["connection"]
context.configure(connection=connection, target_metadata=metadata, render_item=render_item,
                  render_as_batch=connection.dialect.name == "sqlite", compare_type=True)
with context.begin_transaction():
    context.run_migrations()
