"""One record: what comes next, its fields, what belongs to it, its evidence, and its history."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import pandas as pd
import streamlit as st

from grc import changes, evidence, people, query, states, trail
from grc.evidence import Attached
from grc.permissions import ROLES, Action, decide, decide_move
from grc.query import Item
from grc.record import LIVE, FieldSpec, Rows
from grc.refusal import Refusal
from grc.register import Register
from grc.text import Text
from grc.trail import Written
from grc.ui import address, fields, history, links, look
from grc.ui.escape import escape
from grc.ui.viewer import Viewer, viewer
from grc.workflow import Transition

CONTENT, OTHER = Text("内容", "Content"), Text("台帳のほかの列（記載のまま）", "Other columns of the ledger, as printed")
EVIDENCE, HISTORY = Text("証跡", "Evidence"), Text("履歴", "History")
RELATED, NOBODY = Text("この記録を使っているもの", "What refers to this record"), Text("該当なし", "None")
SHOWN = 20


@dataclass(frozen=True)
class Seen:
    """All that the page of a record shows, read in one go."""

    item: Item
    before: str | None
    after: str | None
    files: list[Attached]
    entries: list[Written]
    changes: list[dict[str, list[Any]]]
    entry_count: int
    names: dict[str, str]
    referring: list[tuple[Register, FieldSpec | None, Item]] = field(default_factory=list)


def show(register: Register, code: str) -> None:
    """Draw a record for the viewer, who may see the register."""
    v = viewer()
    seen = _read(v, register, code)
    item = seen.item
    _head(v, register, seen)
    look.said(v.lang)
    _next(v, register, item)
    left, right = st.columns([2.2, 1], gap="large")
    with left:
        _fields(v, register, item)
        _parts(v, register, item)
        _referring(v, seen)
        _evidence(v, register, item, seen.files)
    with right:
        st.subheader(v.t(HISTORY), anchor="history")
        look.timeline(history.moments(v, register, item, seen.entries, seen.names, seen.changes, address.era()))
        if seen.entry_count > len(seen.entries):
            st.caption(v.t(Text(f"全{seen.entry_count}件のうち新しい{len(seen.entries)}件です。", f"The newest {len(seen.entries)} of {seen.entry_count}.")))


def _read(v: Viewer, register: Register, code: str) -> Seen:
    asked = address.query_of(register, address.current())
    with v.office.db.read() as conn:
        item = query.one(conn, v.actor, register, code)
        before, after = query.neighbours(conn, v.actor, register, asked, code)
        entries = trail.of_record(conn, register.slug, code, limit=SHOWN)
        return Seen(item, before, after, evidence.attached(conn, v.office.store, register.slug, code), entries,
                    history.unsealed(conn, register, code, entries), trail.size_of(conn, register.slug, code),
                    people.display_names(conn), query.referring(conn, v.actor, register, item.id))


def _head(v: Viewer, register: Register, seen: Seen) -> None:
    item = seen.item
    name = fields.cell(register, item, register.name, v.lang)
    crumbs = [look.Crumb(v.t(register.domain.title)), look.Crumb(v.t(register.title), register.slug, address.list_params()), look.Crumb(item.code)]
    parts = [look.badge(fields.state_of(register, item.status), v.lang), *(look.badge(s, v.lang) for s in fields.marks(item)), escape(item.code),
             escape(v.t(Text(f"版 {item.version}", f"version {item.version}")))]
    parts += [escape(fields.brief(register.field[n], item.values[n], v.lang)) for n in ("unit_id", "owner") if item.values.get(n)]
    with look.heading(crumbs, name, "　".join(parts)):
        for word, code, key, icon in ((Text("前へ", "Previous"), seen.before, "K", "arrow_back"), (Text("次へ", "Next"), seen.after, "J", "arrow_forward")):
            if code:
                st.button(v.t(word), key=f"to:{key}", shortcut=key, icon=f":material/{icon}:", on_click=address.go, kwargs={"id": code})
        if item.standing == LIVE and decide(v.actor, Action.EDIT, register, item.meta):
            st.button(v.t(Text("編集", "Edit")), key="edit", shortcut="E", icon=":material/edit:", on_click=address.go, kwargs={"edit": "1"})
            _others(v, register, item)


def _others(v: Viewer, register: Register, item: Item) -> None:
    with st.popover(v.t(Text("その他", "More")), icon=":material/more_horiz:"):
        reason = st.text_input(v.t(Text("理由（履歴に残ります）", "Reason (kept in the history)")), key="retire:reason")
        name = fields.cell(register, item, register.name, v.lang)
        st.caption(escape(name))
        if st.button(v.t(Text("保管にする（もう使わない）", "Archive (no longer in use)")), key="archive"):
            _do(v, lambda: changes.archive(v.office.db, v.actor, register.slug, item.code, item.version, reason=reason), history.ACTS["archive"])
        if st.button(v.t(Text("取り消す（誤って登録した）", "Void (entered in error)")), key="void"):
            _do(v, lambda: changes.void(v.office.db, v.actor, register.slug, item.code, item.version, reason=reason), history.ACTS["void"])


def _do(v: Viewer, act: Callable[[], object], done: Text) -> None:
    try:
        act()
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        return
    look.say(Text(f"{done.ja}。", f"{done.en}."))
    st.rerun()


# What comes next


def _next(v: Viewer, register: Register, item: Item) -> None:
    if item.standing != LIVE:
        with look.next_box(v.t(Text("この記録は使われていません", "This record is not in use")),
                           v.t(Text("取消または保管になっています。理由は履歴にあります。", "It is void or archived; the history says why.")), kind="wait", key="record"):
            return
    if item.meta.get("loaded") and decide(v.actor, Action.EDIT, register, item.meta):
        with look.next_box(v.t(Text("次にすること：取り込んだ内容の確認", "Next: look at what was imported")),
                           v.t(Text("取り込んだ人とは別の人が、内容を見て確かめます。", "Somebody other than who imported it looks at it.")), key="confirm"):
            if st.button(v.t(Text("確認した", "Looked at it")), key="confirm", icon=":material/task_alt:"):
                _do(v, lambda: changes.confirm(v.office.db, v.actor, register.slug, item.code, item.version), history.ACTS["confirm"])
    moves = list(register.workflow.from_state(item.status))
    if not moves:
        return
    mine = [m for m in moves if decide_move(v.actor, m, register, item.meta)]
    first = mine[0] if mine else moves[0]
    gaps = [n for n in first.needs if item.values.get(n) is None]
    title = v.t(Text(f"次にすること：{first.label.ja}", f"Next: {first.label.en}"))
    if not mine:
        who = Text("・".join(ROLES[r].ja for r in first.roles), ", ".join(ROLES[r].en for r in first.roles))
        with look.next_box(title, v.t(Text(f"{who.ja}がします。", f"Done by: {who.en}.")), kind="wait", key="record"):
            return
    text = v.t(Text("最後に変更した人は承認できません。", "Who changed it last cannot approve it.")) if first.approves else ""
    with look.next_box(title, text, key="record"):
        reason = ""
        if any(m.reason for m in mine):
            reason = st.text_input(v.t(Text("理由", "Reason")), key="move:reason", width=260)
        for n, move in enumerate(mine):
            if st.button(v.t(move.label), key=f"move:{move.id}", type="primary" if n == 0 and not gaps else "secondary"):
                _move(v, register, item, move, reason)
    if gaps:
        names = Text("、".join(register.label(n).ja for n in gaps), ", ".join(register.label(n).en for n in gaps))
        said = Text(f"足りない項目が{len(gaps)}つあります", f"{len(gaps)} fields are missing")
        st.markdown(f":orange[:material/warning:] **{escape(v.t(said))}**　{escape(v.t(names))}")


def _move(v: Viewer, register: Register, item: Item, move: Transition, reason: str) -> None:
    _do(v, lambda: changes.transition(v.office.db, v.actor, register.slug, item.code, move.id, item.version, reason=reason or None), move.label)


# Fields, child rows, links


def _fields(v: Viewer, register: Register, item: Item) -> None:
    era, section, pairs = address.era(), CONTENT, list[tuple[str, str]]()
    drawn = 0
    for spec in register.fields:
        if spec.section is not None:
            drawn += _section(v, section, pairs, drawn)
            section, pairs = spec.section, []
        pairs.append((v.t(spec.label), fields.markdown(spec, item, v.lang, era)))
    drawn += _section(v, section, pairs, drawn)
    other = [(name, escape(text)) for name, text in item.printed.items() if name not in register.field and name != "status"]
    _section(v, OTHER, other, drawn)


def _section(v: Viewer, title: Text, pairs: list[tuple[str, str]], n: int) -> int:
    if not pairs:
        return 0
    st.subheader(v.t(title), anchor=False)
    filled = [p for p in pairs if p[1] != fields.EMPTY]
    empty = [label for label, value in pairs if value == fields.EMPTY]
    look.facts(filled or pairs[:1], alt=v.t(title), key=str(n))
    if empty and filled:
        st.caption(v.t(Text("空欄：", "Empty: ")) + escape("、".join(empty) if v.lang != "en" else ", ".join(empty), lines=False))
    return 1


def _parts(v: Viewer, register: Register, item: Item) -> None:
    for part in register.parts:
        held = item.values.get(part.name) or []
        if not held:
            continue
        st.subheader(v.t(part.label), anchor=False)
        if isinstance(part, Rows):
            rows = [[escape(fields.brief(f, row.get(f.name), v.lang, address.era())) for f in part.fields] for row in held]
            look.read_table([v.t(f.label) for f in part.fields], rows, alt=v.t(part.label), key=part.name)
        else:
            for slug, target in held:
                links.link(f"{target.code} {target.name}", slug, {"id": target.code})


def _referring(v: Viewer, seen: Seen) -> None:
    if not seen.referring:
        return
    st.subheader(v.t(RELATED), anchor=False)
    rows = [[escape(v.t(register.title)), links.cell(item.code, links.address(register.slug, {"id": item.code})),
             escape(fields.cell(register, item, register.name, v.lang)), look.badge(fields.state_of(register, item.status), v.lang)]
            for register, _, item in seen.referring]
    look.read_table([v.t(t) for t in (Text("台帳", "Register"), Text("番号", "Number"), Text("名称", "Name"), Text("状態", "State"))], rows,
                    alt=v.t(RELATED), key="referring")


# Evidence


def _evidence(v: Viewer, register: Register, item: Item, files: list[Attached]) -> None:
    st.subheader(v.t(Text(f"証跡　{len(files)}件", f"Evidence: {len(files)}")), anchor="evidence")
    if files:
        rows = [[links.cell(f.name, links.address(f"files/{f.sha256}", {"register": register.slug, "record": item.code})),
                 escape(f"{f.added_by}　{pd.Timestamp(f.added_at).tz_convert('Asia/Tokyo'):%Y-%m-%d}"), f"`{f.sha256[:4]}…{f.sha256[-4:]}`",
                 look.badge(states.VERIFIED if f.intact else states.ALTERED, v.lang)] for f in files]
        heads = (Text("名前", "Name"), Text("登録", "Added"), Text("SHA-256", "SHA-256"), Text("検証", "Check"))
        look.read_table([v.t(t) for t in heads], rows, alt=v.t(EVIDENCE), key="evidence")
    if item.standing != LIVE or not decide(v.actor, Action.ATTACH, register, item.meta):
        return
    with st.expander(v.t(Text("証跡を加える", "Attach evidence")), icon=":material/attach_file:"):
        given = st.file_uploader(v.t(Text("ファイル（50MBまで）", "File (up to 50 MB)")), key=f"attach:{item.code}:{len(files)}")
        if given is not None and st.button(v.t(Text("加える", "Attach")), key="attach"):
            _do(v, lambda: changes.attach(v.office.db, v.office.store, v.actor, register.slug, item.code, given.name, given.getvalue()),
                history.ACTS["attach"])
