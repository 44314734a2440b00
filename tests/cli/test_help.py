"""``grc --help`` answers at once, in both languages, and every command takes ``--json`` and ``--lang``."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from typing import Any

import pytest
import typer.main

from grc.cli import app
from tests.cli.command import Grc
from tests.conftest import ROOT

HEAVY = ("streamlit", "pandas", "openpyxl", "sqlalchemy", "sqlmodel", "alembic", "pydantic", "jinja2", "argon2", "rich",
         "registers", "imports", "grc.office", "grc.people", "grc.web")


def leaves(command: Any, path: tuple[str, ...] = ()) -> Iterator[tuple[str, Any]]:
    """Every command that does something, with its words."""
    if hasattr(command, "commands"):
        for name, inner in command.commands.items():
            yield from leaves(inner, (*path, name))
    else:
        yield " ".join(path), command


COMMANDS = dict(leaves(typer.main.get_command(app)))


def test_help_loads_nothing_that_a_command_alone_needs() -> None:
    found = subprocess.run([sys.executable, "-c", "import sys, grc.cli; print(*sys.modules)"], capture_output=True, text=True,
                           check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)}).stdout.split()
    assert "typer" in found
    assert [name for name in HEAVY if name in found] == []


def test_help_answers_within_a_second(bare: Grc) -> None:
    """The best of three: a busy machine must not fail it, a heavy import (which costs every run) must."""
    took = []
    for _ in range(3):
        start = time.perf_counter()
        done = bare.process("--help")
        took.append(time.perf_counter() - start)
        assert done.code == 0 and "disclose" in done.out
    assert min(took) < 1


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_says_what_it_does_in_both_languages_and_answers_in_json(name: str) -> None:
    command = COMMANDS[name]
    options = {option for p in command.params for option in p.opts}
    assert {"--json", "--lang"} <= options
    for said in (command.help, *(p.help for p in command.params if "--help" not in p.opts)):
        ja, _, en = said.partition(" / ")
        assert ja and en.isascii() and "\n" not in said


def test_the_commands_are_those_of_the_design() -> None:
    wanted = """init; serve; registers; template; import; export; user add; user list; user disable; user role; settings show;
    settings set; batch list; batch show; disclose build; disclose check; disclose acknowledge; disclose approve;
    disclose publish; disclose show; disclose verify; trail verify; evidence verify; plan load; plan activate; kpi define; kpi measure"""
    assert {name.strip() for name in wanted.split(";")} <= set(COMMANDS)


@pytest.mark.parametrize("args", [("nonsense",), ("import",), ("user", "add", "x"), ("trail", "verify", "--nonsense")])
def test_a_command_used_wrongly_ends_with_2(bare: Grc, args: tuple[str, ...]) -> None:
    done = bare.process(*args)
    assert (done.code, done.out) == (2, "")
    assert "Usage:" in done.err


def test_a_language_that_there_is_not_is_misuse(bare: Grc) -> None:
    assert bare("registers", "--lang", "fr").code == 2
