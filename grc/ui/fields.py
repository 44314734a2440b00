"""How one field's value reads on a page: in a sentence, in a narrow column, as it was printed, as the trail kept it."""

from __future__ import annotations

from datetime import date
from typing import Any

from grc import states
from grc.kinds import Choice, Date, Flag, LongText, Ref, Target, Yen, grouped, short
from grc.query import MANY, Item
from grc.record import ARCHIVED, VOID, FieldSpec, Link, Rows
from grc.register import Register
from grc.states import State
from grc.text import Text
from grc.ui.escape import escape

EMPTY = "―"
AS_PRINTED = Text("記載のまま", "as printed")
ERASED = Text("（消去済み）", "(erased)")


def show(spec: FieldSpec, value: Any, lang: str, era: bool = True) -> str:
    """A value as plain text, ``―`` for none. ``era``: dates of a Japanese page in 和暦."""
    if isinstance(value, Target) or value is None:
        return str(value) if value else EMPTY
    return spec.kind.show(value, lang, era=era)


def brief(spec: FieldSpec, value: Any, lang: str, era: bool = True) -> str:
    """A value for a narrow column: short dates, a reference's name, amounts without the unit that the heading names."""
    if value is None:
        return EMPTY
    if isinstance(value, Target):
        return value.name or value.code
    if isinstance(value, date) and isinstance(spec.kind, Date):
        return short(value, lang, era)
    if isinstance(spec.kind, Yen) and ("円" in spec.label.ja):
        return f"{value:,}" if lang == "en" else grouped(value)
    text = spec.kind.show(value, lang, era=era)
    return " ".join(text.split()) if isinstance(spec.kind, LongText) else text


def cell(register: Register, item: Item, name: str, lang: str, era: bool = True) -> str:
    """A record's field as plain text in a list; what could not be read stands as printed, with ``※`` behind it."""
    value = item.get(name)
    if name == "code":
        return item.code
    if value is None and item.printed.get(name):
        return f"{item.printed[name]} ※"
    return brief(register.field[name], value, lang, era)


def markdown(spec: FieldSpec, item: Item, lang: str, era: bool = True) -> str:
    """A record's field as Markdown for a table of fields, with the mark of what stands as printed."""
    value, printed = item.get(spec.name), item.printed.get(spec.name)
    if value is None and printed:
        return f"{escape(printed)} :gray-badge[{escape(AS_PRINTED.into(lang))}]"
    text = escape(show(spec, value, lang, era))
    if printed and value is not None:
        text += f"  \n:gray-badge[{escape(AS_PRINTED.into(lang))}] {escape(printed)}"
    return text


def kept(register: Register, name: str, value: Any, lang: str, era: bool = True) -> str:
    """A value as the trail holds it, as plain text; ``""`` for none."""
    if value is None or value == [] or value == {}:
        return ""
    if name == "status":
        return state_of(register, str(value)).label.into(lang)
    if name in register.field:
        spec = register.field[name]
        return str(value) if isinstance(spec.kind, Ref) else show(spec, spec.kind.load(value), lang, era)
    part = next((p for p in register.parts if p.name == name), None)
    if isinstance(part, Rows) and isinstance(value, list):
        return " / ".join(row_text(part, row, lang, era) for row in value)
    if isinstance(part, Link) and isinstance(value, list):
        return ", ".join(str(v).partition(":")[2] for v in value)
    if isinstance(value, dict):
        return ", ".join(f"{register.label(k).into(lang)} {v}" for k, v in value.items())
    if isinstance(value, bool):
        return Text("はい", "yes").into(lang) if value else Text("いいえ", "no").into(lang)
    return {ARCHIVED: states.ARCHIVED.label, VOID: states.VOID.label,
            "live": Text("使用中", "in use")}.get(str(value), Text(str(value), str(value))).into(lang)


def row_text(part: Rows, row: dict[str, Any], lang: str, era: bool = True) -> str:
    """A child row as the trail holds it, on one line."""
    known = {f.name: f for f in part.fields}
    return " ".join(f"{known[n].label.into(lang)} {known[n].kind.show(known[n].kind.load(v), lang, era=era)}"
                    for n, v in row.items() if n in known)


def state_of(register: Register, id: str) -> State:
    """A state of a register; one that is no longer declared shows as its id."""
    known = {s.id: s for s in register.workflow.states}
    return known.get(id) or states.state(id, id, id, states.Tone.GRAY, "help")


def marks(item: Item) -> list[State]:
    """What stands beside the state: void, archived, provisional, imported and not yet looked at."""
    standing = {VOID: states.VOID, ARCHIVED: states.ARCHIVED}.get(item.standing)
    return [s for s in (standing, states.PROVISIONAL if item.meta.get("provisional") else None,
                        states.LOADED if item.meta.get("loaded") else None) if s]


def capped(n: int) -> str:
    """A count as it is shown: beyond :data:`grc.query.MANY` nobody counted on."""
    return f"{MANY:,}+" if n > MANY else f"{n:,}"


def option_words(spec: FieldSpec, lang: str) -> dict[str, str]:
    """The fixed choices of a field and their words: of a choice, or of yes and no; empty for any other kind."""
    if isinstance(spec.kind, Choice):
        return {o.id: o.text.into(lang) for o in spec.kind.options}
    if isinstance(spec.kind, Flag):
        return {"true": spec.kind.show(True, lang), "false": spec.kind.show(False, lang)}
    return {}
