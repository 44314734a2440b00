"""One page of a register as a table to sort, select and scroll: number first and pinned, state as a badge, amounts right.

A click on a heading sorts in the database, never only the rows the browser holds; a click on a row opens the record.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import pandas as pd
import streamlit as st

from grc import calendar, states
from grc.deadlines import runs
from grc.kinds import Date
from grc.query import Item, Query
from grc.register import Register
from grc.states import State, Tone
from grc.text import Text
from grc.ui import address, fields

ROW_HEIGHT, MOST_ROWS = 36, 14
DAYS = ":days"
_CODE_WIDTH, _NAME_WIDTH, _STATE_WIDTH, _DAYS_WIDTH = 124, 212, 150, 96
_NARROW = {states.LOADED.id: Text("未確認", "Unchecked")}
"""Shorter words of a badge, where its column is narrow."""
T_DAYS = Text("期限", "Due")
T_ALT = Text("{title}の一覧、{n}件。左端の欄を選ぶと記録が開き、見出しを選ぶと並べ替わります。",
             "{title}: {n} records. Choosing a row opens the record, choosing a heading sorts.")


def order(register: Register) -> list[str]:
    """The columns of a list: number, name, state, then what is declared; after a deadline the days that are left."""
    first = ["code", register.name, "status"]
    names = [*first, *(n for n in register.columns if n not in first)]
    out: list[str] = []
    for name in names:
        out.append(name)
        if name in register.field and register.field[name].deadline:
            out.append(name + DAYS)
    return out


def frame(register: Register, items: Sequence[Item], lang: str, era: bool) -> pd.DataFrame:
    """The cells of a page: texts, and lists of one word or two where a badge is drawn."""
    columns: dict[str, list[Any]] = {}
    for name in order(register):
        if name == "status":
            columns[name] = [[_word(s, lang) for s in badges(register, item)] for item in items]
        elif name.endswith(DAYS):
            columns[name] = [[s.label.into(lang)] if (s := due(register, item, name.removesuffix(DAYS))) else [] for item in items]
        else:
            columns[name] = [fields.cell(register, item, name, lang, era) for item in items]
    return pd.DataFrame(columns, dtype="object")


def _word(state: State, lang: str) -> str:
    return _NARROW.get(state.id, state.label).into(lang)


def badges(register: Register, item: Item) -> list[State]:
    """The state of a record and what stands beside it."""
    return [fields.state_of(register, item.status), *fields.marks(item)]


def due(register: Register, item: Item, name: str) -> State | None:
    """How near a record's deadline is; nothing where the record has come to its end."""
    day = item.values.get(name)
    if day is None or not runs(register, register.field[name], item.meta):
        return None
    return states.deadline(day, calendar.today())


def config(register: Register, items: Sequence[Item], lang: str) -> dict[str, Any]:
    """How each column is drawn."""
    column = st.column_config
    out: dict[str, Any] = {}
    for name in order(register):
        if name == "status":
            out[name] = _chips(register.status.label.into(lang), [s for i in items for s in badges(register, i)], lang, _STATE_WIDTH)
        elif name.endswith(DAYS):
            shown = [s for i in items if (s := due(register, i, name.removesuffix(DAYS)))]
            out[name] = _chips(T_DAYS.into(lang), shown, lang, _DAYS_WIDTH)
        elif name == "code":
            out[name] = column.TextColumn(register.label("code").into(lang), pinned=True, width=_CODE_WIDTH)
        else:
            kind = register.field[name].kind
            label = register.label(name).into(lang)
            width = _NAME_WIDTH if name == register.name else max(_DAYS_WIDTH, _room(label)) if isinstance(kind, Date) else None
            out[name] = column.TextColumn(label, alignment=kind.align, width=width)
    return out


def _room(label: str) -> int:
    """The width in which a heading stands whole."""
    return 22 + sum(7 if sign.isascii() else 13 for sign in label)


def _chips(label: str, shown: Sequence[State], lang: str, width: int) -> Any:
    colours = {_word(s, lang): "gray" if s.tone is Tone.PLAIN else str(s.tone) for s in shown}
    return st.column_config.MultiselectColumn(label, options=list(colours), color=list(colours.values()), width=width)


def draw(register: Register, items: Sequence[Item], query: Query, lang: str, era: bool) -> None:
    """Draw a page of a list; row and heading write into the address."""
    key = f"{register.slug}:table:{abs(hash(repr(address.params_of(query))))}"
    st.dataframe(
        frame(register, items, lang, era), key=key, hide_index=True, column_config=config(register, items, lang),
        on_select=lambda: _chosen(key, items, query), selection_mode=["single-row", "single-column"],
        row_height=ROW_HEIGHT, height=min(len(items), MOST_ROWS) * ROW_HEIGHT + ROW_HEIGHT + 4,
        alt=T_ALT.format(title=register.title, n=len(items)).into(lang))


def _chosen(key: str, items: Sequence[Item], query: Query) -> None:
    selection: Mapping[str, Any] = st.session_state[key].selection
    if selection["rows"]:
        address.go(id=items[selection["rows"][0]].code)
    elif selection["columns"]:
        name = str(selection["columns"][0]).removesuffix(DAYS)
        address.go(sort="" if query.sort == f"-{name}" else f"-{name}" if query.sort == name else name)
