"""A home that ``grc init`` made, and the command to use it with."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.cli.command import Grc


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
