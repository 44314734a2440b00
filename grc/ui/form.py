"""The form of any register, derived from its declaration: add a record, or change one that was seen."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

import pandas as pd
import streamlit as st

from grc import changes, query
from grc.kinds import Choice, Flag, LongText, Ref, Target, written
from grc.problem import Problem
from grc.query import Item
from grc.record import FieldSpec, Link, Rows
from grc.refusal import Invalid, Refusal, Stale
from grc.register import Register
from grc.text import Text
from grc.ui import address, fields, look
from grc.ui.escape import escape
from grc.ui.typed import MOST, Shown, read
from grc.ui.viewer import Viewer, viewer

BASIC = Text("基本", "Basics")
REQUIRED = Text("必須", "required")
REASON = Text("変更の理由（履歴に残ります）", "Reason for the change (kept in the history)")
SAVE, CANCEL = Text("保存する", "Save"), Text("やめる", "Cancel")
SAVED = Text("保存しました。", "Saved.")
NONE = Text("（空欄）", "(empty)")
LOOK_AGAIN = Text("上の表で食い違いを確かめて、もう一度「{save}」を押してください。", "See above what differs, then press {save} again.")
THEIRS = (Text("項目", "Field"), Text("元の値", "As you saw it"), Text("あなた", "Yours"), Text("相手", "Theirs"))


def show(register: Register, code: str | None) -> None:
    """Draw the form for a new record (``code`` is None) or an existing one."""
    v = viewer()
    shown = _shown(v, register, code)
    name = fields.show(register.field[register.name], shown.values.get(register.name), v.lang) if code else ""
    title = Text(f"{name}を編集", f"Edit {name}") if code else Text(f"{register.title.ja}に登録", f"Add to {register.title.en}")
    with look.heading(crumbs(v, register, code), v.t(title)):
        pass
    problems: list[Problem] = st.session_state.get(_key(register, code, "@problems"), [])
    _summary(v, problems)
    _theirs(v, register, code)
    with st.container(width=860):
        with st.form(_key(register, code, "@form"), border=False, enter_to_submit=False, clear_on_submit=False):
            typed = _draw(v, register, shown, problems)
            reason = st.text_input(v.t(REASON), key=_key(register, code, "@reason")) if code else ""
            with st.container(horizontal=True):
                save = st.form_submit_button(v.t(SAVE), type="primary", icon=":material/save:", shortcut="Ctrl+S")
                leave = st.form_submit_button(v.t(CANCEL))
        if leave:
            _forget(register, code)
            address.go(edit=None, id=code)
            st.rerun()
        if save:
            _save(v, register, shown, typed, reason)
        _beside_save(v, register, code, problems)


def crumbs(v: Viewer, register: Register, code: str | None) -> list[look.Crumb]:
    """The way to the form."""
    way = [look.Crumb(v.t(register.domain.title)), look.Crumb(v.t(register.title), register.slug, address.list_params())]
    return [*way, look.Crumb(code, register.slug, {**address.list_params(), "id": code})] if code else way


def _key(register: Register, code: str | None, name: str) -> str:
    return f"form:{register.slug}:{code or 'new'}:{name}"


def _forget(register: Register, code: str | None) -> None:
    start = _key(register, code, "")
    for key in [k for k in st.session_state if str(k).startswith(start)]:
        del st.session_state[key]


def _shown(v: Viewer, register: Register, code: str | None) -> Shown:
    key = _key(register, code, "@shown")
    kept = st.session_state.get(key)
    if isinstance(kept, Shown):
        return kept
    if code is None:
        empty: dict[str, Any] = {f.name: None for f in register.fields} | {p.name: [] for p in register.parts}
        shown = Shown(None, 0, empty, {})
    else:
        with v.office.db.read() as conn:
            item: Item = query.one(conn, v.actor, register, code)
        shown = Shown(code, item.version, item.values, item.printed)
    st.session_state[key] = shown
    return shown


# Drawing


def _draw(v: Viewer, register: Register, shown: Shown, problems: Sequence[Problem]) -> dict[str, Any]:
    """All widgets in order; returns what stands in them by field."""
    typed: dict[str, Any] = {}
    at: dict[str, list[Problem]] = {}
    for problem in problems:
        at.setdefault(problem.field or "", []).append(problem)
    st.header(v.t(BASIC), anchor=False)
    for spec in register.fields:
        if spec.section is not None:
            st.header(v.t(spec.section), anchor=False)
        if spec.derive is not None:
            continue
        wrong = at.get(spec.name, [])
        with st.container(key=f"{'fault' if wrong else 'field'}_{spec.name}", gap="xxsmall"):
            typed[spec.name] = _widget(v, register, spec, shown)
            _below(v, spec, shown, wrong)
    for part in register.parts:
        st.header(v.t(part.label), anchor=False)
        typed[part.name] = _rows(v, register, part, shown) if isinstance(part, Rows) else _links(v, register, part, shown)
        for problem in at.get(part.name, []):
            _wrong(v, problem)
    return typed


def _label(v: Viewer, spec: FieldSpec) -> str:
    extra = f"　:red[{v.t(REQUIRED)}]" if spec.required else ""
    hint = f"　:gray[{escape(v.t(spec.hint), lines=False)}]" if spec.hint else ""
    return escape(v.t(spec.label), lines=False) + extra + hint


def _widget(v: Viewer, register: Register, spec: FieldSpec, shown: Shown) -> Any:
    key, label = _key(register, shown.code, spec.name), _label(v, spec)
    value, kind = shown.values.get(spec.name), spec.kind
    if isinstance(kind, Choice | Flag):
        words = fields.option_words(spec, v.lang)
        now = None if value is None else str(kind.data(value)).lower() if isinstance(kind, Flag) else value
        return st.selectbox(label, list(words), index=list(words).index(now) if now in words else None, format_func=words.__getitem__,
                            placeholder=v.t(NONE), key=key, width=420)
    if isinstance(kind, Ref):
        with v.office.db.read() as conn:
            targets = query.choices(conn, v.actor, kind.slug, limit=MOST)
        known = {t.code: t for t in ([value] if isinstance(value, Target) else []) + targets}
        return st.selectbox(label, list(known), index=list(known).index(value.code) if isinstance(value, Target) else None,
                            format_func=lambda code: str(known[code]), placeholder=v.t(NONE), key=key)
    text = "" if value is None else _plain(kind.cell(value))
    if isinstance(kind, LongText):
        return st.text_area(label, text, key=key)
    printed = shown.printed.get(spec.name, "") if value is None else ""
    short = kind.align == "right" or isinstance(value, date) or kind.name in ("date", "month", "corporate_number", "yen", "count")
    return st.text_input(label, text, key=key, width=320 if short else "stretch",
                         placeholder=v.t(Text(f"記載：{printed}", f"As printed: {printed}")) if printed else None)


def _plain(cell: Any) -> str:
    return f"{cell:,}" if isinstance(cell, int) and not isinstance(cell, bool) else written(cell)


def _below(v: Viewer, spec: FieldSpec, shown: Shown, wrong: Sequence[Problem]) -> None:
    for problem in wrong:
        _wrong(v, problem)
    value = shown.values.get(spec.name)
    if isinstance(value, date) and not wrong and v.lang != "en":
        st.caption(escape(spec.kind.show(value, v.lang)))


def _wrong(v: Viewer, problem: Problem) -> None:
    st.markdown(f":red[:material/error: **{escape(v.t(problem.message))}** {escape(v.t(problem.remedy))}]")


def _rows(v: Viewer, register: Register, part: Rows, shown: Shown) -> list[dict[str, Any]]:
    """Child rows as a grid to type into; returns texts by field. What is append-only stands above it."""
    held = [{f.name: "" if row.get(f.name) is None else _plain(f.kind.cell(row[f.name])) for f in part.fields}
            for row in shown.values.get(part.name) or []]
    key = _key(register, shown.code, part.name)
    first = [] if part.append_only else held
    if part.append_only and held:
        look.read_table([v.t(f.label) for f in part.fields], [[escape(r[f.name]) for f in part.fields] for r in held], alt=v.t(part.label), key=part.name)
    frame = pd.DataFrame(first, columns=[f.name for f in part.fields], dtype="object")
    st.data_editor(frame, num_rows="dynamic", hide_index=True, key=key, width="stretch",
                   column_config={f.name: st.column_config.TextColumn(v.t(f.label), required=f.required) for f in part.fields})
    edits = st.session_state.get(key) or {}
    now = [{**row, **edits.get("edited_rows", {}).get(n, {})} for n, row in enumerate(first) if n not in edits.get("deleted_rows", [])]
    now += [{f.name: row.get(f.name) or "" for f in part.fields} for row in edits.get("added_rows", [])]
    return [*(held if part.append_only else []), *(row for row in now if any(row.values()))]


def _links(v: Viewer, register: Register, link: Link, shown: Shown) -> list[tuple[str, str]]:
    held = {(slug, t.code): str(t) for slug, t in shown.values.get(link.name) or []}
    with v.office.db.read() as conn:
        known = held | {(slug, t.code): str(t) for slug in link.slugs for t in query.choices(conn, v.actor, slug, limit=MOST)}
    return st.multiselect(v.t(link.label), list(known), default=list(held), format_func=known.__getitem__,
                          key=_key(register, shown.code, link.name), placeholder=v.t(NONE))


# Saving


def _save(v: Viewer, register: Register, shown: Shown, typed: Mapping[str, Any], reason: str) -> None:
    given, problems = read(v, register, shown, typed)
    if not problems:
        try:
            saved = (changes.update(v.office.db, v.actor, register.slug, shown.code, given, shown.version, reason=reason or None)
                     if shown.code else changes.create(v.office.db, v.actor, register.slug, given))
        except Invalid as refusal:
            problems = list(refusal.problems)
        except Stale as refusal:
            st.session_state[_key(register, shown.code, "@theirs")] = _three(v, register, shown, given)
            st.session_state[_key(register, shown.code, "@shown")] = replace(shown, version=refusal.version)
            st.session_state[_key(register, shown.code, "@stale")] = refusal.message
            st.session_state.pop(_key(register, shown.code, "@problems"), None)
            st.rerun()
        except Refusal as refusal:
            st.error(escape(v.t(refusal.message)), icon=":material/error:")
            return
        else:
            _forget(register, shown.code)
            look.say(SAVED)
            address.go(id=saved.code, edit=None)
            st.rerun()
    st.session_state[_key(register, shown.code, "@problems")] = problems
    st.rerun()


# What stands above the form, and at its button


def _count(n: int) -> Text:
    return Text(f"{n}つ直すと保存できます", f"Mend {n} {'thing' if n == 1 else 'things'}, then save")


def _sentences(v: Viewer, problems: Sequence[Problem]) -> str:
    return "\n".join(f"{n}. **{escape(v.t(p.message), lines=False)}** {escape(v.t(p.remedy), lines=False)}" for n, p in enumerate(problems, 1))


def _summary(v: Viewer, problems: Sequence[Problem]) -> None:
    if not problems:
        return
    with look.late_box("form"):
        st.markdown(f":red[:material/error:] **{v.t(_count(len(problems)))}**")
        st.markdown(_sentences(v, problems))


def _beside_save(v: Viewer, register: Register, code: str | None, problems: Sequence[Problem]) -> None:
    """Says once more, where the button was pressed, why nothing was saved."""
    stale = st.session_state.get(_key(register, code, "@stale"))
    if problems:
        st.error(_sentences(v, problems), title=v.t(_count(len(problems))), icon=":material/error:")
    elif stale:
        st.error(f"{escape(v.t(stale))} {v.t(LOOK_AGAIN.format(save=SAVE))}", icon=":material/error:")


def _three(v: Viewer, register: Register, shown: Shown, given: Mapping[str, Any]) -> list[list[str]]:
    assert shown.code is not None
    with v.office.db.read() as conn:
        now = query.one(conn, v.actor, register, shown.code).values
    rows = []
    for spec in register.fields:
        before, theirs = shown.values.get(spec.name), now.get(spec.name)
        if spec.name in given or before != theirs:
            yours = given.get(spec.name, before)
            rows.append([escape(v.t(spec.label)), *(escape(fields.show(spec, x, v.lang)) for x in (before, yours, theirs))])
    return rows


def _theirs(v: Viewer, register: Register, code: str | None) -> None:
    rows = st.session_state.get(_key(register, code, "@theirs"))
    if not rows:
        return
    with look.late_box("stale"):
        st.markdown(f":red[:material/error:] **{escape(v.t(st.session_state[_key(register, code, '@stale')]))}**")
        look.read_table([v.t(t) for t in THEIRS], rows, alt=v.t(Text("食い違う項目", "Fields that differ")), key="stale")
        st.caption(v.t(Text("下の欄を見直して「保存する」を押すと、いまの内容の上に保存します。", "Look at the fields below; Save then writes over what stands now.")))
