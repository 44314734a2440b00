"""The small form of a move that adds one child row: an amendment, an entry of a time line, an extension."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import streamlit as st

from grc.kinds import Choice, Flag, LongText
from grc.query import Item
from grc.record import FieldSpec
from grc.refusal import Refusal
from grc.register import Register
from grc.text import Text
from grc.ui import fields, look
from grc.ui.escape import escape
from grc.ui.typed import read_row
from grc.ui.viewer import Viewer

NONE = Text("（空欄）", "(empty)")


def draw(v: Viewer, register: Register, item: Item, name: str, label: str, act: Callable[[dict[str, Any]], object]) -> None:
    """Draw the form for one row of the child rows ``name``; ``act`` makes the move with the typed row."""
    part = next(p for p in register.rows if p.name == name)
    key = f"row:{register.slug}:{item.code}:{item.version}:{name}:{label}"  # several moves may add to the same rows
    with st.form(key, border=False, enter_to_submit=False):
        texts = {spec.name: _widget(v, spec, f"{key}:{spec.name}") for spec in part.fields}
        pressed = st.form_submit_button(label, type="primary")
    if not pressed:
        return
    row, problems = read_row(part, texts)
    if problems:
        st.error("  \n".join(f"{escape(v.t(p.message))} {escape(v.t(p.remedy))}" for p in problems))
        return
    try:
        act(row)
    except Refusal as refusal:
        st.error("  \n".join([escape(v.t(refusal.message)), *(escape(v.t(p.message)) for p in refusal.problems)]), icon=":material/error:")
        return
    look.say(Text(f"{label}。", f"{label}."))
    st.rerun()


def _widget(v: Viewer, spec: FieldSpec, key: str) -> str:
    label = escape(v.t(spec.label), lines=False) + (f"　:red[{v.t(Text('必須', 'required'))}]" if spec.required else "")
    if isinstance(spec.kind, Choice | Flag):
        words = fields.option_words(spec, v.lang)
        return st.selectbox(label, list(words), index=None, format_func=words.__getitem__, placeholder=v.t(NONE), key=key) or ""
    if isinstance(spec.kind, LongText):
        return st.text_area(label, key=key)
    return st.text_input(label, key=key)
