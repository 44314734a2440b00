"""The database's shape: bring it to the newest migration, and say what a declaration changed.

After adding a field or a register: ``python -m grc.migrate "add the field …"`` writes the migration to be looked at and
committed beside the declaration.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext

from grc import evidence, people, seal, settings, trail
from grc.changes.load import batches
from grc.database import Database, guard, metadata
from grc.disclosure.month import months

ENGINE = (batches, evidence.table, months, people.users, seal.table, settings.table, trail.table)
"""One table of each module of the engine that declares some: all are imported before declarations are compared."""
FOLDER = Path(__file__).with_name("migrations")


def upgrade(db: Database) -> None:
    """Bring the database to the newest migration, and see to it that what is append-only is guarded."""
    with db.write() as conn:
        command.upgrade(_config(conn), "head")
        guard(conn)


def current(db: Database) -> str | None:
    """The migration that the database stands at; ``None`` for an empty one."""
    with db.read() as conn:
        return MigrationContext.configure(conn).get_current_revision()


def differences(db: Database) -> list[Any]:
    """What the declarations have that the database has not, and the other way round."""
    with db.read() as conn:
        return list(compare_metadata(MigrationContext.configure(conn), metadata))


def _config(conn: Any) -> Config:
    config = Config()
    config.set_main_option("script_location", str(FOLDER))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = conn
    return config


def main(message: str) -> None:
    """Write a migration for what the declarations changed since the last one."""
    import tempfile

    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{folder}/new.db")
        upgrade(db)
        with db.write() as conn:
            command.revision(_config(conn), message, autogenerate=True, rev_id=f"{len(list((FOLDER / 'versions').glob('*.py'))) + 1:04d}")


if __name__ == "__main__":
    main(" ".join(sys.argv[1:]) or "change a register")
