"""A writer in a process of its own, for the tests of many writers at once."""

from __future__ import annotations

from grc import changes
from grc.database import Database
from tests.engine.actors import OFFICER


def add(db: Database, n: int) -> None:
    """Write ``n`` records through the door."""
    for _ in range(n):
        changes.create(db, OFFICER, "toy-books", {"title": "記録"})


def write(url: str, n: int) -> None:
    """Open the database and write ``n`` records."""
    import registers  # noqa: F401
    from tests import toy  # noqa: F401

    db = Database(url)
    add(db, n)
    db.dispose()
