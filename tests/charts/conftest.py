"""The library of :mod:`tests.charts.library`, once on SQLite and once on PostgreSQL, made once for all tests of a module."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from grc.office import Office
from tests.charts.library import fill
from tests.conftest import make_office
from tests.postgres import create_database, drop_database


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def library(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The library on a database of either kind."""
    home = tmp_path_factory.mktemp("library")
    url = create_database() if request.param == "postgresql" else f"sqlite:///{home / 'test.db'}"
    for office in make_office(url, home):
        fill(office)
        yield office
    if request.param == "postgresql":
        drop_database(url)


@pytest.fixture(scope="module")
def sqlite_library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The library on SQLite alone."""
    home = tmp_path_factory.mktemp("library")
    for office in make_office(f"sqlite:///{home / 'test.db'}", home):
        fill(office)
        yield office
