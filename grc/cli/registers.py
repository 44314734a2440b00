"""``grc registers``: the catalogue, and what is wrong with its declarations. It needs no home: the catalogue is the program's."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grc.cli.shared import Desk, command
from grc.cli.words import one_line
from grc.text import Text

if TYPE_CHECKING:
    from grc.register import Register


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "registers", "台帳の一覧 / All registers")(registers)


def registers(desk: Desk,
              docs: Annotated[Path | None, typer.Option(metavar="FOLDER", help="台帳の文書を書き出す / Write the pages about them", show_default=False)] = None,
              check: Annotated[bool, typer.Option("--check", help="宣言の誤りを調べる / Find faults of the declarations")] = False) -> int:
    """The catalogue; with ``--check`` its faults, and exit status 1 where there are any."""
    import registers  # noqa: F401  fills the catalogue
    from grc.register import all_registers

    if check:
        return _check(desk)
    every = list(all_registers())
    if docs is not None:
        from grc.cli.register_docs import write

        changed = [str(path) for path in write(docs, every)]
        desk.answer({"changed": changed}, changed or [Text("変わったところはありません。", "Nothing changed.")])
        return 0
    desk.answer([as_json(r) for r in every], [Text(f"{r.slug}　{r.title.ja}", f"{r.slug}  {r.title.en}") for r in every])
    return 0


def as_json(register: Register) -> dict[str, Any]:
    """A register as ``grc registers --json`` prints it (design.md §11)."""
    from grc.permissions import Action

    keys = {name for key in register.keys for name in key}
    return {
        "slug": register.slug, "domain": register.domain.id, "title": _both(register.title),
        "fields": [{"name": f.name, "type": f.kind.name, "label": _both(f.label), "required": f.required, "natural_key": f.name in keys}
                   for f in register.fields],
        "states": [{"id": s.id, "label": _both(s.label)} for s in register.workflow.states],
        "transitions": [{"id": t.id, "label": _both(t.label), "from": list(t.sources), "to": t.target} for t in register.workflow.transitions],
        "actions": [str(action) for action in Action],
    }


def _both(text: Text) -> dict[str, str]:
    return {"ja": text.ja, "en": text.en}


def _check(desk: Desk) -> int:
    from grc.charts.board import all_faults
    from grc.register import all_registers

    problems = [p for register in all_registers() for p in register.check()] + all_faults()
    missing = [str(d) for d in _differences()]
    lines: list[Text | str] = [one_line(p, desk.lang) for p in problems]
    lines += [Text(f"移行（migration）がありません：{d}", f"no migration for: {d}") for d in missing]
    good = Text("誤りはありません。", "No faults.")
    desk.answer({"problems": [p.as_json(desk.lang) for p in problems], "migrations": missing}, lines or [good])
    return 1 if lines else 0


def _differences() -> list[Any]:
    """What the declarations have that no migration makes, found in a database made for it."""
    import tempfile
    from pathlib import Path

    from grc import migrate
    from grc.database import Database

    with tempfile.TemporaryDirectory() as folder:
        db = Database(f"sqlite:///{Path(folder) / 'new.db'}")
        migrate.upgrade(db)
        return migrate.differences(db)
