"""What every test may ask for: the shared development data, and a fresh database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

if TYPE_CHECKING:
    from grc.office import Office

ROOT = Path(__file__).resolve().parents[1]

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


@pytest.fixture
def office(database_url: str, tmp_path: Path) -> Iterator[Office]:
    """An office with all migrations and the toy register's tables, once on SQLite and once on PostgreSQL."""
    yield from make_office(database_url, tmp_path)


@pytest.fixture
def sqlite_office(tmp_path: Path) -> Iterator[Office]:
    """The same on SQLite alone, for what does not depend on the database."""
    yield from make_office(f"sqlite:///{tmp_path / 'test.db'}", tmp_path)


def make_office(url: str, home: Path) -> Iterator[Office]:
    """An office at a database's address, closed afterwards."""
    import registers  # noqa: F401
    from grc import migrate
    from grc.database import metadata
    from grc.office import Office
    from grc.settings import Place
    from tests import toy

    opened = Office.open(Place(home=home, database_url=url))
    migrate.upgrade(opened.db)
    with opened.db.write() as conn:
        metadata.create_all(conn)  # TODO until the migration is written anew
    toy.create_tables(opened.db)
    yield opened
    opened.db.dispose()
