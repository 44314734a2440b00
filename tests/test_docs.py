"""Documentation that cannot lag: what is written from the declarations says what they say."""

from __future__ import annotations

import shutil
from pathlib import Path

import registers  # noqa: F401
from grc.cli.register_docs import FILES, READMES, write
from grc.register import all_registers
from tests.conftest import ROOT


def test_the_pages_about_the_registers_are_as_the_declarations_say(tmp_path: Path) -> None:
    """Where this fails: ``grc registers --docs .`` and look at the difference."""
    (tmp_path / "docs").mkdir()
    for name in READMES:
        shutil.copy(ROOT / name, tmp_path / name)
    write(tmp_path, (r for r in all_registers() if not r.slug.startswith("toy-")))
    for name in (*FILES, *READMES):
        assert (tmp_path / name).read_text("utf-8") == (ROOT / name).read_text("utf-8"), name
