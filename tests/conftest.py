"""What every test may ask for: the shared development data, and a fresh database of either kind."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

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
