"""The command with a home, and a ledger to give it.

In this process, which is quick, or (:meth:`Grc.process`) in one of its own, as a person or a schedule runs it.
"""

from __future__ import annotations

import contextlib
import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from grc.cli import app
from grc.register import CATALOGUE
from tests.conftest import ROOT

PASSWORD = "correct horse battery staple 9"
HEADS = ("契約件名", "契約番号", "工事・物品役務の別", "契約種別", "契約方式", "契約を締結した日", "相手方の商号又は名称", "契約金額（円）")


@dataclass(frozen=True)
class Done:
    """What a command left: exit status, standard output, standard error."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The one JSON value on standard output."""
        return json.loads(self.out)


@dataclass(frozen=True)
class Grc:
    """The command, with a home and a language."""

    home: Path
    lang: str = "ja_JP.UTF-8"

    def __call__(self, *args: object, password: str = "", stdin: str = "", **env: str | None) -> Done:
        words, given = _given(args, password, stdin)
        with contextlib.chdir(self.home.parent), without_toys():
            done = CliRunner().invoke(app, words, input=given, env={**self._env(env)}, prog_name="grc")
        assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
        return Done(done.exit_code, done.stdout_bytes.decode(), done.stderr_bytes.decode())

    def process(self, *args: object, password: str = "", stdin: str = "", **env: str | None) -> Done:
        """The same in a process of its own."""
        words, given = _given(args, password, stdin)
        plain = {k: v for k, v in {**os.environ, **self._env(env), "PYTHONPATH": str(ROOT)}.items() if v is not None}
        done = subprocess.run([sys.executable, "-m", "grc.cli", *words], capture_output=True, input=given, check=False,
                              cwd=self.home.parent, env=plain)
        assert b"Traceback" not in done.stdout + done.stderr, done.stderr.decode()
        return Done(done.returncode, done.stdout.decode(), done.stderr.decode())

    def _env(self, more: dict[str, str | None]) -> dict[str, str | None]:
        """Nothing of the tester's own settings and language; ``None`` takes a variable away."""
        mine: dict[str, str | None] = {k: None for k in os.environ if k.startswith(("GRC_", "LC_", "LANG"))}
        return {**mine, "GRC_HOME": str(self.home), "LANG": self.lang, **more}

    def file(self, name: str, data: bytes) -> Path:
        """A file beside the home."""
        path = self.home.parent / name
        path.write_bytes(data)
        return path

    def ledger(self, name: str = "契約台帳.csv", *rows: tuple[object, ...], heads: tuple[str, ...] = HEADS) -> Path:
        """A ledger of contracts; without rows, one of three."""
        out = io.StringIO()
        csv.writer(out).writerows([heads, *(rows or (contract(1), contract(2), contract(3)))])
        return self.file(name, out.getvalue().encode("utf-8-sig"))


@contextlib.contextmanager
def without_toys() -> Iterator[None]:
    """The catalogue without what other tests declare: the command line's homes have no tables for it."""
    toys = {slug: CATALOGUE.pop(slug) for slug in list(CATALOGUE) if slug.startswith("toy-")}
    try:
        yield
    finally:
        CATALOGUE.update(toys)


def _given(args: tuple[object, ...], password: str, stdin: str) -> tuple[list[str], bytes]:
    words = [*map(str, args), *(["--password-stdin"] if password else [])]
    return words, (f"{password}\n" if password else stdin).encode()


def contract(number: int, **values: object) -> tuple[object, ...]:
    """A row of a ledger; ``values`` by heading change it."""
    plain = (f"封入封緘業務 {number}", f"R7-{number:03d}", "物品役務等", "役務", "一般競争入札", f"2025-10-{number:02d}",
             "株式会社みなと印刷", 1_000_000 * number)
    return tuple(values.get(head, value) for head, value in zip(HEADS, plain, strict=True))
