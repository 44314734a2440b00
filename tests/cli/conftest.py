"""A home that ``grc init`` made, and the command to use it with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from grc.register import CATALOGUE
from tests.cli.command import Grc


@pytest.fixture(autouse=True)
def _no_toys(monkeypatch: pytest.MonkeyPatch) -> None:
    """The command line's homes have no tables for the toys of other tests."""
    for slug in [slug for slug in CATALOGUE if slug.startswith("toy-")]:
        monkeypatch.delitem(CATALOGUE, slug)


@pytest.fixture(scope="session")
def prepared(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home as ``grc init`` leaves it; tests get copies."""
    home = tmp_path_factory.mktemp("prepared") / "home"
    assert Grc(home).process("init", "--json").code == 0
    return home


@pytest.fixture
def grc(prepared: Path, tmp_path: Path) -> Grc:
    """The command in a fresh home, in Japanese."""
    home = tmp_path / "home"
    shutil.copytree(prepared, home)
    return Grc(home)


@pytest.fixture
def bare(tmp_path: Path) -> Grc:
    """The command where ``grc init`` has not been."""
    return Grc(tmp_path / "home")
