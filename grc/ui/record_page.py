"""One record: what comes next, its fields, what belongs to it, its evidence, and its history."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import streamlit as st

from grc import calendar, changes, evidence, people, query, states, trail
from grc.changes.four_eyes import touched
from grc.changes.transition import why_not
from grc.evidence import Attached
from grc.facts import Look
from grc.kinds import Target, short
from grc.parts import standing_of
from grc.permissions import Action, decide
from grc.query import Item
from grc.record import LIVE, FieldSpec, Rows
from grc.refusal import Refusal
from grc.register import Digest, Register
from grc.register import get as register_of
from grc.text import Text
from grc.trail import Written
from grc.ui import address, fields, history, links, look, row_form
from grc.ui.escape import escape
from grc.ui.viewer import Viewer, viewer
from grc.workflow import Transition

CONTENT, OTHER = Text("内容", "Content"), Text("台帳のほかの列（記載のまま）", "Other columns of the ledger, as printed")
EVIDENCE, HISTORY = Text("証跡", "Evidence"), Text("履歴", "History")
CONFIRMING = Text("取り込んだ人とは別の人が、内容を見て確かめます。", "Somebody other than who imported it looks at it.")
LOADED_BY_YOU = Text("取り込んだか、その後に変えたのがあなたなので、ほかの人が内容を見て確かめます。",
                     "You imported or changed it, so somebody else looks at it.")
NOTHING = Text("", "")
RELATED, NOBODY = Text("この記録を使っているもの", "What refers to this record"), Text("該当なし", "None")
TO_LIST = Text("一覧へ", "Back to the list")
SHOWN, ROWS, REFERRING = 20, 50, 5
"""How much is shown: entries of the history, rows of a computed table, records of one register that refer to this one."""


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
    own_load: bool = False
    """Whether the viewer imported or changed the record, so that another must look at it."""
    refusals: dict[str, Text] = field(default_factory=dict)
    digests: list[tuple[Digest, Sequence[Sequence[str]]]] = field(default_factory=list)


def show(register: Register, code: str) -> None:
    """Draw a record for the viewer, who may see the register."""
    v = viewer()
    seen = _read(v, register, code)
    item = seen.item
    _head(v, register, seen)
    look.said(v.lang)
    _next(v, register, seen)
    left, right = st.columns([2.2, 1], gap="large")
    with left:
        _fields(v, register, item)
        _parts(v, register, item)
        _digests(v, seen)
        _referring(v, seen)
        _evidence(v, register, seen)
    with right:
        st.header(v.t(HISTORY), anchor="history")
        look.timeline(history.moments(v, register, item, seen.entries, seen.names, seen.changes, address.era()))
        if seen.entry_count > len(seen.entries):
            st.caption(v.t(Text(f"全{seen.entry_count}件のうち新しい{len(seen.entries)}件です。", f"The newest {len(seen.entries)} of {seen.entry_count}.")))


def _read(v: Viewer, register: Register, code: str) -> Seen:
    asked = address.query_of(register, address.current())
    with v.office.db.read() as conn:
        item = query.one(conn, v.actor, register, code)
        before, after = query.neighbours(conn, v.actor, register, asked, code)
        record, facts = {**item.meta, **standing_of(conn, register, item.id)}, Look(conn)
        entries = trail.of_record(conn, register.slug, code, limit=SHOWN)
        return Seen(item, before, after, evidence.attached(conn, v.office.store, register.slug, code), entries,
                    history.unsealed(conn, register, code, entries), trail.size_of(conn, register.slug, code),
                    people.display_names(conn), query.referring(conn, v.actor, register, item.id, limit=REFERRING + 1),
                    bool(item.meta["loaded"] and touched(conn, v.actor, register.slug, [code], {"confirm"})),
                    {m.id: why for m in register.workflow.from_state(item.status) if (why := why_not(facts, v.actor, register, m, record))},
                    [(digest, digest.rows(facts, record, v.lang)) for digest in register.digests
                     if decide(v.actor, Action.VIEW, register_of(digest.reads))])


def _head(v: Viewer, register: Register, seen: Seen) -> None:
    item = seen.item
    name = fields.cell(register, item, register.name, v.lang)
    crumbs = [look.Crumb(v.t(register.domain.title)), look.Crumb(v.t(register.title), register.slug, address.list_params()), look.Crumb(item.code)]
    parts = [look.badge(fields.state_of(register, item.status), v.lang), *(look.badge(s, v.lang) for s in fields.marks(item)), escape(item.code),
             escape(v.t(Text(f"版 {item.version}", f"version {item.version}")))]
    parts += [escape(fields.brief(register.field[n], item.values[n], v.lang)) for n in ("unit_id", "owner") if item.values.get(n)]
    with look.heading(crumbs, name, "　".join(parts)):
        st.button(v.t(TO_LIST), key="to:list", icon=":material/list:", type="tertiary", on_click=address.to_list)
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


@dataclass(frozen=True)
class Way:
    """One thing that can be done with a record next: its words, who may not do it and why, and the act itself."""

    key: str
    label: Text
    refused: Text | None
    act: Callable[..., object]
    title: Text
    text: Text = NOTHING
    icon: str | None = None
    reason: bool = False
    needs: tuple[str, ...] = ()
    appends: str | None = None


def _next(v: Viewer, register: Register, seen: Seen) -> None:
    """The one box: the first thing to do, its button for who may, why not for anybody else, and what else can be done."""
    item = seen.item
    if item.standing != LIVE:
        with look.next_box(v.t(Text("この記録は使われていません", "This record is not in use")),
                           v.t(Text("取消または保管になっています。理由は履歴にあります。", "It is void or archived; the history says why.")), kind="wait", key="record"):
            return
    ways = [*_confirming(v, register, seen), *(_moving(v, register, seen, m) for m in register.workflow.from_state(item.status))]
    if not ways:
        return
    mine = [w for w in ways if w.refused is None]
    first = ways[0]
    gaps = [n for n in first.needs if item.values.get(n) is None]
    pressed, reason = None, ""
    with look.next_box(v.t(first.title), v.t(first.refused or first.text),
                       kind="wait" if first.refused else "next", key="record"):
        if any(w.reason for w in mine):
            reason = st.text_input(v.t(Text("理由", "Reason")), key="move:reason", width=260)
        for way in mine:
            if way.appends:
                with st.popover(v.t(way.label), icon=":material/add:"):
                    row_form.draw(v, register, item, way.appends, v.t(way.label), partial(_with_row, way, reason))
            elif st.button(v.t(way.label), key=way.key, icon=way.icon, type="primary" if way is first and not gaps else "secondary"):
                pressed = way
    if pressed is not None:
        act = pressed.act
        _do(v, lambda: act(reason), history.ACTS["confirm"] if pressed.key == "confirm" else pressed.label)
    if gaps:
        names = Text("、".join(register.label(n).ja for n in gaps), ", ".join(register.label(n).en for n in gaps))
        said = Text(f"足りない項目が{len(gaps)}つあります", f"{len(gaps)} {'field is' if len(gaps) == 1 else 'fields are'} missing")
        st.markdown(f":orange[:material/warning:] **{escape(v.t(said))}**　{escape(v.t(names))}")


def _with_row(way: Way, reason: str, row: dict[str, Any]) -> object:
    return way.act(reason, row=row)


def _confirming(v: Viewer, register: Register, seen: Seen) -> list[Way]:
    """Looking at what was imported, where that is still to be done."""
    item = seen.item
    if not item.meta.get("loaded"):
        return []
    verdict = decide(v.actor, Action.EDIT, register, item.meta)
    return [Way("confirm", Text("確認した", "Looked at it"), (LOADED_BY_YOU if seen.own_load else None) if verdict else verdict.reason,
                lambda _: changes.confirm(v.office.db, v.actor, register.slug, item.code, item.version),
                Text("次にすること：取り込んだ内容の確認", "Next: look at what was imported"), CONFIRMING, ":material/task_alt:")]


def _moving(v: Viewer, register: Register, seen: Seen, move: Transition) -> Way:
    item = seen.item
    return Way(f"move:{move.id}", move.label, seen.refusals.get(move.id),
               lambda reason, row=None: changes.transition(v.office.db, v.actor, register.slug, item.code, move.id, item.version,
                                                           reason=reason or None, row=row),
               Text(f"次にすること：{move.label.ja}", f"Next: {move.label.en}"), reason=move.reason, needs=move.needs, appends=move.appends)


# Fields, child rows, links


def _fields(v: Viewer, register: Register, item: Item) -> None:
    section, facts = CONTENT, list[look.Fact]()
    drawn = 0
    for spec in register.fields:
        if spec.section is not None:
            drawn += _section(v, section, facts, drawn)
            section, facts = spec.section, []
        facts.append(_fact(v, spec, item))
    drawn += _section(v, section, facts, drawn)
    other = [look.Fact(name, escape(text)) for name, text in item.printed.items() if name not in register.field and name != "status"]
    _section(v, OTHER, other, drawn)


def _fact(v: Viewer, spec: FieldSpec, item: Item) -> look.Fact:
    """A field and its value; a reference leads to its record, where the person may see that register."""
    value = item.get(spec.name)
    if isinstance(value, Target) and spec.refers and decide(v.actor, Action.VIEW, register_of(spec.refers)):
        return look.Fact(v.t(spec.label), str(value), spec.refers, {"id": value.code})
    return look.Fact(v.t(spec.label), fields.markdown(spec, item, v.lang, address.era()))


def _section(v: Viewer, title: Text, facts: list[look.Fact], n: int) -> int:
    if not facts:
        return 0
    st.header(v.t(title), anchor=False)
    filled = [f for f in facts if f.value != fields.EMPTY]
    empty = [f.label for f in facts if f.value == fields.EMPTY]
    look.facts(filled or facts[:1], alt=v.t(title), key=str(n))
    if empty and filled:
        st.caption(v.t(Text("空欄：", "Empty: ")) + escape("、".join(empty) if v.lang != "en" else ", ".join(empty), lines=False))
    return 1


def _parts(v: Viewer, register: Register, item: Item) -> None:
    for part in register.parts:
        held = item.values.get(part.name) or []
        if not held:
            continue
        st.header(v.t(part.label), anchor=False)
        if isinstance(part, Rows):
            rows = [[escape(fields.brief(f, row.get(f.name), v.lang, address.era())) for f in part.fields] for row in held]
            look.read_table([v.t(f.label) for f in part.fields], rows, alt=v.t(part.label), key=part.name)
        else:
            for slug, target in held:
                links.link(f"{target.code} {target.name}", slug, {"id": target.code})


def _digests(v: Viewer, seen: Seen) -> None:
    for n, (digest, rows) in enumerate(seen.digests):
        if rows:
            st.header(v.t(digest.title), anchor=False)
            look.read_table([v.t(heading) for heading in digest.headings], [[escape(cell) for cell in row] for row in rows[:ROWS]], alt=v.t(digest.title),
                            key=f"digest_{n}")
        if len(rows) > ROWS:
            st.caption(v.t(Text(f"全{len(rows)}行のうち、はじめの{ROWS}行です。", f"The first {ROWS} of {len(rows)}.")))


def _referring(v: Viewer, seen: Seen) -> None:
    if not seen.referring:
        return
    st.header(v.t(RELATED), anchor=False)
    groups: dict[tuple[Register, FieldSpec | None], list[Item]] = {}
    for register, spec, item in seen.referring:
        groups.setdefault((register, spec), []).append(item)
    for (register, spec), items in groups.items():
        name = spec.name if spec else ""
        for item in items[:REFERRING]:
            with look.row("referring", f"{register.slug}:{name}:{item.code}"):
                links.link(f"{item.code} {fields.cell(register, item, register.name, v.lang)}", register.slug, {"id": item.code})
                st.markdown(f"{escape(v.t(register.title), lines=False)}　{look.badge(fields.state_of(register, item.status), v.lang)}", width="content")
        if len(items) > REFERRING and spec:
            words = Text(f"「{register.title.ja}」をすべて見る（{spec.label.ja}）", f"All of {register.title.en} ({spec.label.en})")
            links.link(v.t(words), register.slug, {spec.name: seen.item.code})
        elif len(items) > REFERRING:
            st.caption(v.t(Text(f"「{register.title.ja}」にはほかにもあります。", f"There are more in {register.title.en}.")))


# Evidence


def _evidence(v: Viewer, register: Register, seen: Seen) -> None:
    item, files = seen.item, seen.files
    st.header(v.t(Text(f"証跡　{len(files)}件", f"Evidence: {len(files)}")), anchor="evidence")
    if files:
        era = address.era()
        rows = [[links.cell(f.name, links.address(f"files/{f.sha256}", {"register": register.slug, "record": item.code})),
                 escape(f"{seen.names.get(f.added_by, f.added_by)}　{short(calendar.tokyo(f.added_at).date(), v.lang, era)}"), f"`{f.sha256[:4]}…{f.sha256[-4:]}`",
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
