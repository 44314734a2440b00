"""Step 3: which column is which field, and the values that every row gets."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

import streamlit as st

from grc.kinds import Month
from grc.register import Register
from grc.text import Text
from grc.ui import address, import_view
from grc.ui.escape import escape
from grc.ui.viewer import Viewer
from imports.mapping import HOW, IGNORE, Headings, Mapped
from imports.run import Preview
from pages.importing.kept import BACK, NAMES, NEXT, line, look_at

LEAVE, KEEP = Text("（取り込まない）", "(leave out)"), Text("項目なし（記載のまま残す）", "No field (kept as printed)")
AS_HEADED = Text("（見出しのとおりに戻す）", "(as the heading says)")


def mapping(v: Viewer, seen: Preview) -> None:
    """Step 3: which column is which field; what every row gets from above the table. Going on applies what was chosen."""
    for question in seen.questions:
        st.warning(escape(v.t(question.message)), icon=":material/help:")
    names = _constant_names(v, seen)
    with st.form("mapping", border=False, enter_to_submit=False):
        constants = _constants(v, seen, names)
        chosen = _columns(v, seen)
        with st.container(horizontal=True, horizontal_alignment="distribute", key="noprint_walk"):
            st.form_submit_button(v.t(BACK), on_click=address.go, kwargs={"step": "2"})
            on = st.form_submit_button(v.t(NEXT.format(step=NAMES[3])), type="primary", icon=":material/arrow_forward:")
    if not on:
        return
    options = replace(seen.options, chosen=chosen, constants=constants)
    after = seen if options == seen.options else look_at(v, seen.register.slug, seen.data, seen.name, replace(options, changed=frozenset()))
    if after is None:
        return
    if not after.questions:
        address.go(step="4")
    st.rerun()


def _constant_names(v: Viewer, seen: Preview) -> list[str]:
    """The fields that every row may get: read from above the table, the month of a published register, and what the person adds."""
    register = seen.register
    st.header(v.t(Text("すべての行に付く値", "Values for every row")), anchor=False)
    st.caption(v.t(Text("表の上から読んだ値です。違うときは直してください。列に値がある行には付きません。消すと、読んだ値に戻ります。",
                        "Read from above the table; correct them if they are wrong. A row with a value of its own keeps it. "
                        "Emptied, a field goes back to what was read.")))
    months = [f.name for f in register.fields if register.publication and isinstance(f.kind, Month) and f.derive is None]
    always = list(dict.fromkeys([*months, *seen.columns.constants]))
    others = [n for n in (*(f.name for f in register.fields if f.derive is None), "status") if n not in always]
    more = st.multiselect(v.t(Text("ほかに、すべての行に付ける項目", "Other fields for every row")), others, key=f"import:more:{len(always)}",
                          format_func=lambda n: v.t(register.label(n)), placeholder=v.t(Text("項目を選ぶ", "Choose fields")))
    return [*always, *more]


def _constants(v: Viewer, seen: Preview, names: Sequence[str]) -> dict[str, str]:
    """One input a field; returns what the person says, which is what differs from what was read."""
    said = dict(seen.options.constants)
    grid = st.grid(3, min_column_width=240)
    for name in names:
        spec = seen.register.status if name == "status" else seen.register.field[name]
        now = import_view.as_written(spec, seen.columns.constants.get(name))
        with grid.cell():
            given = import_view.constant(v, spec, now, key=f"import:all:{name}")
        if given != now and given:
            said[name] = given
        elif given != now:
            said.pop(name, None)
    return said


def _columns(v: Viewer, seen: Preview) -> dict[str, str]:
    """One choice a column, with a value of it and how its field was found; returns what the person has chosen."""
    st.header(v.t(Text("列と項目", "Columns and fields")), anchor=False)
    targets = {target: _target(v, seen.register, target) for target in Headings(seen.register).targets}
    asked = {letter for _, letters in seen.columns.ambiguous for letter in letters}
    chosen = {letter: target for letter, target in seen.options.chosen.items() if letter not in asked}
    grid = st.grid(2, min_column_width=320)
    for n, mapped in enumerate(seen.columns.columns):
        letter = mapped.column.letter
        now = None if letter in asked else mapped.target or ("" if mapped.how == "none" else IGNORE)
        back = {"": v.t(KEEP)} if mapped.how == "none" else {"": v.t(AS_HEADED)} if letter in chosen else {}
        words = {**back, **targets, IGNORE: v.t(LEAVE)}
        head = mapped.column.header or v.t(Text("見出しなし", "no heading"))
        with grid.cell():
            picked = st.selectbox(f"{letter}　{escape(head, lines=False)}", list(words), index=list(words).index(now) if now in words else None,
                                  format_func=words.__getitem__, key=f"import:to:{letter}:{mapped.how}:{now}",
                                  placeholder=v.t(Text("選んでください", "Please choose")))
            example = next((line(row.cells[n]) for row in seen.table.rows if row.cells[n] is not None), "")
            import_view.column_note(v, example, _how(v, mapped, targets))
        if picked == "":
            chosen.pop(letter, None)
        elif picked is not None and picked != now:
            chosen[letter] = picked
    return chosen


def _how(v: Viewer, mapped: Mapped, targets: Mapping[str, str]) -> str:
    """How a column's field was found, in words."""
    how = v.t(HOW[mapped.how])
    like = targets.get(mapped.suggestion, "")
    return how + v.t(Text(f"。似ている項目：{like}", f". Like: {like}")) if like else how


def _target(v: Viewer, register: Register, target: str) -> str:
    return "＋".join(v.t(register.label(name)) for name in target.split("+"))
