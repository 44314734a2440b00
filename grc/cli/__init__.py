"""``grc``: the command line. Each command is arguments, one call of the library, and what there is to print.

Modules here are loaded for ``grc --help`` too, which must answer at once: whatever a command needs beyond Typer and the
words is imported inside its function. That holds for every module of this package and is not said again there.
"""

from __future__ import annotations

import sys

from grc.cli import (
    batch,
    catalogue,
    disclose,
    evidence,
    export,
    import_,
    init,
    kpi,
    plan,
    registers,
    serve,
    settings,
    soa,
    template,
    trail,
    user,
)
from grc.cli.shared import group

app = group("台帳と月次公表 / Registers and the monthly disclosure")
for single in (init, serve, registers, template, import_, export):
    single.add_to(app)
for name, several in (("batch", batch), ("catalogue", catalogue), ("disclose", disclose), ("trail", trail), ("evidence", evidence),
                      ("kpi", kpi), ("plan", plan), ("soa", soa), ("user", user), ("settings", settings)):
    app.add_typer(several.app, name=name)


def main() -> None:
    """The entrance of the command ``grc``; ends with exit status 0 (done), 1 (data or state say no) or 2 (used wrongly)."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(encoding="utf-8", errors="backslashreplace")  # type: ignore[union-attr]
    app(prog_name="grc")
