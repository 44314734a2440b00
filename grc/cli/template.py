"""``grc template``: the empty workbook of a register."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from grc.cli.files import write
from grc.cli.shared import Desk, command
from grc.text import Text


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "template", "空の様式 / The empty workbook of a register")(template)


def template(desk: Desk, register: Annotated[str, typer.Argument(metavar="REGISTER", help="台帳 / Register", show_default=False)],
             output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.xlsx", help="書き出す先 / Output", show_default=False)]) -> None:
    """Write the empty workbook of a register, with drop-downs and notes."""
    import registers  # noqa: F401  fills the catalogue
    from grc.register import get
    from imports.template import template as empty

    write(output, [empty(get(register), desk.file_lang)])
    desk.answer({"register": register, "file": str(output)}, [Text(f"{output} に書き出しました。", f"Wrote {output}.")])
