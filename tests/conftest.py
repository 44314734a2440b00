"""What every test may ask for: the shared development data, and a fresh database of either kind."""

from __future__ import annotations

import atexit
import functools
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from grc import database

if TYPE_CHECKING:
    from grc.office import Office

ROOT = Path(__file__).resolve().parents[1]

AS_SHIPPED = database.PRAGMAS
database.PRAGMAS = tuple(p.replace("synchronous=full", "synchronous=off") for p in database.PRAGMAS)
"""What a test wrote need not outlive a power cut."""

# A machine that does other work too must not turn a law into a matter of milliseconds.
settings.register_profile("daicho", deadline=None)
settings.load_profile("daicho")


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of development data that lies beside the checkout."""
    folder = ROOT.parent / "shared/data"
    if not folder.is_dir():
        pytest.skip("This test reads development data from ../shared/data, which is not beside this checkout.")
    return folder


@pytest.fixture
def postgres_url() -> Iterator[str]:
    """The address of a fresh PostgreSQL database, removed after the test."""
    from tests.postgres import create_database, drop_database

    url = create_database()
    yield url
    drop_database(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a fresh database: the test runs once on SQLite and once on PostgreSQL."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'test.db'}"
    url: str = request.getfixturevalue("postgres_url")
    return url


@pytest.fixture(params=["sqlite", "postgresql"])
def office(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Office]:
    """An office with all migrations and the toy registers' tables, once on SQLite and once on PostgreSQL."""
    yield from make_office(f"sqlite:///{tmp_path / 'test.db'}", tmp_path) if request.param == "sqlite" else _on_postgres(tmp_path)


def _on_postgres(home: Path) -> Iterator[Office]:
    """An office on the one PostgreSQL database of this process, cleaned afterwards: making one takes seconds."""
    from grc.office import Office
    from grc.settings import Place
    from tests.postgres import clean_database

    opened = Office.open(Place(home=home, database_url=_postgres_tables()))
    yield opened
    opened.db.dispose()
    clean_database(_postgres_tables())


@pytest.fixture
def sqlite_office(tmp_path: Path) -> Iterator[Office]:
    """The same on SQLite alone, for what does not depend on the database."""
    yield from make_office(f"sqlite:///{tmp_path / 'test.db'}", tmp_path)


def make_office(url: str, home: Path) -> Iterator[Office]:
    """An office at a fresh database's address, closed afterwards. The tables are copied from a database made once."""
    from grc.office import Office
    from grc.settings import Place

    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(_sqlite_tables(), url.removeprefix("sqlite:///"))
    else:
        _make_tables(url)
    opened = Office.open(Place(home=home, database_url=url))
    yield opened
    opened.db.dispose()


@functools.cache
def _sqlite_tables() -> Path:
    """A SQLite file with every table and no row, made once a process."""
    path = Path(tempfile.mkdtemp(prefix="grc-tables-")) / "tables.db"
    atexit.register(shutil.rmtree, path.parent, ignore_errors=True)
    _make_tables(f"sqlite:///{path}")
    return path


@functools.cache
def _postgres_tables() -> str:
    """The same in PostgreSQL: the address of a database to copy."""
    from tests.postgres import create_database

    url = create_database()
    _make_tables(url)
    return url


def _make_tables(url: str) -> None:
    import registers  # noqa: F401
    from grc import migrate
    from grc.database import Database
    from tests import toy

    db = Database(url)
    migrate.upgrade(db)
    toy.create_tables(db)
    if url.startswith("sqlite"):
        with db.engine.connect() as conn:
            conn.exec_driver_sql("pragma wal_checkpoint(truncate)")
    db.dispose()
