"""``grc export``: a register's records as a file, or the files of a set."""

from __future__ import annotations

import shutil
import sys
from pathlib import Path
from typing import Annotated

import typer

from grc.cli.files import write
from grc.cli.shared import Desk, command, pairs
from grc.refusal import Misuse
from grc.text import Text

FORMATS = ("xlsx", "csv", "json")


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "export", "台帳を書き出す / Export a register", acts=True)(export)


def export(desk: Desk, output: Annotated[Path, typer.Option("-o", "--output", metavar="FILE.xlsx|csv|json|zip", show_default=False,
                                                            help="書き出す先。- は JSON を標準出力へ / Output; - for JSON on standard output")],
           register: Annotated[str | None, typer.Argument(metavar="REGISTER", help="台帳 / Register", show_default=False)] = None,
           set_: Annotated[str | None, typer.Option("--set", metavar="ID", show_default=False,
                                                    help="資料の組（privacy-mark など）を ZIP で / A set of files (such as privacy-mark), as ZIP")] = None,
           where: Annotated[list[str] | None, typer.Option("--where", metavar="FIELD=VALUE", show_default=False,
                                                           help="この値の記録だけ（くり返せます） / Only these, repeatable")] = None) -> None:
    """Write a register's records; the ending of the file says how. Headings are Japanese unless ``--lang en`` is said."""
    if (register is None) == (set_ is None):
        raise Misuse(Text("台帳か --set のどちらか1つを指定してください。", "Give either a register or --set."))
    if register is None:
        return _set(desk, str(set_), output, where)
    office, actor = desk.office, desk.actor
    from grc.exports import write_export
    from grc.query import Query
    from grc.register import get

    on_stdout = str(output) == "-"
    format = "json" if on_stdout else output.suffix.removeprefix(".").lower()
    if format not in FORMATS:
        raise Misuse(Text(f"書き出せる形は xlsx・csv・json です（{output}）。", f"Files are xlsx, csv or json ({output})."))
    filters: dict[str, list[str]] = {}
    for name, value in pairs(where or [], "--where"):
        filters.setdefault(name, []).append(value)
    with write_export(office, actor, get(register), Query(filters=filters, sort="code"), format, desk.file_lang) as out:
        out.seek(0)
        if on_stdout:
            shutil.copyfileobj(out, sys.stdout.buffer)
            return
        write(output, iter(lambda: out.read(1 << 18), b""))
    _answer(desk, {"register": register}, output)


def _set(desk: Desk, id: str, output: Path, where: list[str] | None) -> None:
    """Write the files of a set into one ZIP file."""
    office, actor = desk.office, desk.actor
    from grc import export_set
    from grc.exports import write_set

    if output.suffix.lower() != ".zip" or where:
        raise Misuse(Text(f"--set は .zip に書き出し、--where は付けられません（{output}）。", f"--set writes a .zip and takes no --where ({output})."))
    with write_set(office, actor, export_set.get(id), desk.file_lang) as out:
        out.seek(0)
        write(output, iter(lambda: out.read(1 << 18), b""))
    _answer(desk, {"set": id}, output)


def _answer(desk: Desk, what: dict[str, str], output: Path) -> None:
    desk.answer({**what, "file": str(output)}, [Text(f"{output} に書き出しました。", f"Wrote {output}.")])
