"""The catalogue as documentation: a table of all registers, and each one's fields and life as a drawn state machine.

Written from the declarations (``grc registers --docs FOLDER``); a test sees to it that what is committed says the same.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from grc.text import Text

if TYPE_CHECKING:
    from grc.register import Register
    from grc.workflow import Transition

BEGIN, END = "<!-- registers: written by `grc registers --docs .` -->", "<!-- /registers -->"
FILES = {"docs/registers.ja.md": "ja", "docs/registers.md": "en"}
READMES = {"README.ja.md": "ja", "README.md": "en"}
TITLE = Text("台帳の一覧", "The registers")
INTRO = Text("この文書は台帳の宣言（`registers/`）から書き出したものです。", "This page is written from the declarations in `registers/`.")
FIELD_HEADS = (Text("項目", "Field"), Text("名前", "Name"), Text("種類", "Kind"), Text("必須", "Required"))
FOUR, REASON, EVIDENCE = Text("別の人による承認", "four eyes"), Text("理由", "reason"), Text("証跡", "evidence")


def write(folder: Path, registers: Iterable[Register]) -> list[Path]:
    """Write the pages and the tables of the READMEs under ``folder``; returns the files that changed."""
    every = list(registers)
    texts = {folder / name: page(every, lang) for name, lang in FILES.items()}
    for name, lang in READMES.items():
        before, _, rest = (folder / name).read_text("utf-8").partition(BEGIN)
        _, _, after = rest.partition(END)
        texts[folder / name] = f"{before}{BEGIN}\n{table(every, lang)}\n{END}{after}"
    changed = [path for path, text in texts.items() if not path.exists() or path.read_text("utf-8") != text]
    for path in changed:
        path.write_text(texts[path], "utf-8")
    return changed


def table(registers: Iterable[Register], lang: str) -> str:
    """One row a domain: its registers."""
    domains: dict[Text, list[str]] = {}
    for register in registers:
        domains.setdefault(register.domain.title, []).append(f"{register.title.into(lang)} (`{register.slug}`)")
    sign = "、" if lang != "en" else ", "
    heads = (Text("領域", "Domain"), Text("台帳", "Registers"))
    rows = [f"| {title.into(lang)} | {sign.join(names)} |" for title, names in domains.items()]
    return "\n".join([f"| {heads[0].into(lang)} | {heads[1].into(lang)} |", "|---|---|", *rows])


def page(registers: Iterable[Register], lang: str) -> str:
    """The whole page."""
    lines = [f"# {TITLE.into(lang)}", "", INTRO.into(lang), ""]
    domain = None
    for register in registers:
        if register.domain != domain:
            domain = register.domain
            lines += [f"## {domain.title.into(lang)}", ""]
        lines += [*_register(register, lang), ""]
    return "\n".join(lines).rstrip() + "\n"


def _register(register: Register, lang: str) -> Iterator[str]:
    yield f"### {register.title.into(lang)} `{register.slug}`"
    yield ""
    yield "| " + " | ".join(h.into(lang) for h in FIELD_HEADS) + " |"
    yield "|---|---|---|---|"
    for f in register.fields:
        yield f"| {f.label.into(lang)} | `{f.name}` | {f.kind.name} | {'○' if f.required else ''} |"
    for part in register.parts:
        yield f"| {part.label.into(lang)} | `{part.name}` | {'rows' if part in register.rows else 'link'} |  |"
    if register.workflow.transitions:
        yield ""
        yield "```mermaid"
        yield from _machine(register, lang)
        yield "```"
        yield ""
        yield from (_move(t, lang) for t in register.workflow.transitions)


def _machine(register: Register, lang: str) -> Iterator[str]:
    yield "stateDiagram-v2"
    for state in register.workflow.states:
        yield f"    {state.id} : {state.label.into(lang)}"
    yield f"    [*] --> {register.workflow.first}"
    for move in register.workflow.transitions:
        for source in move.sources:
            yield f"    {source} --> {move.target or source} : {move.label.into(lang)}"


def _move(move: Transition, lang: str) -> str:
    from grc.permissions import ROLES

    sign = "・" if lang != "en" else ", "
    asks = [t.into(lang) for t, there in ((FOUR, move.approves), (REASON, move.reason), (EVIDENCE, move.evidence)) if there]
    extra = f" ({sign.join(asks)})" if asks else ""
    return f"- **{move.label.into(lang)}**: {sign.join(ROLES[r].into(lang) for r in move.roles)}{extra}"
