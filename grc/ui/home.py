"""きょうの仕事: what waits for the viewer, what is late, what comes in the next thirty days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy as sa
import streamlit as st

from grc import calendar, query, states
from grc.kinds import short
from grc.permissions import Action, decide, decide_move
from grc.query import Item, Query
from grc.record import FieldSpec
from grc.register import Register, all_registers
from grc.register import get as register_of
from grc.text import Text
from grc.ui import fields, links, look
from grc.ui.escape import escape
from grc.ui.tasks import Task, waiting
from grc.ui.viewer import Viewer

TITLE = Text("きょうの仕事", "Today's work")
MINE, LATE, SOON, LOADED = Text("私の番", "Your turn"), Text("期限超過", "Late"), Text("30日以内", "Within 30 days"), Text("取込・未確認", "Imported, not looked at")
ALL = Text("すべて見る", "See all")
MOST, FAR = 10, 200
"""How many rows a section shows at once, and how many are looked through to count them."""
Due = tuple[Register, FieldSpec, Item]


def show(v: Viewer) -> None:
    """Draw the home page."""
    today = calendar.today()
    day = f"{calendar.japanese(today)}（{'月火水木金土日'[today.weekday()]}）" if v.lang != "en" else f"{today:%A, %d %B %Y}"
    tasks, due, loaded = _read(v, today)
    late = [d for d in due if d[2].values[d[1].name] < today]
    soon = [d for d in due if d[2].values[d[1].name] >= today]
    person = v.t(Text(f"{v.actor.called}さん（{v.t(v.actor.role_words())}）", f"{v.actor.called} ({v.t(v.actor.role_words())})"))
    with look.heading([], v.t(TITLE), f"{escape(day)}　{escape(person)}"):
        if any(decide(v.actor, Action.IMPORT, r) for r in all_registers()):
            links.link(v.t(Text("台帳を取り込む", "Import a ledger")), "import", icon=":material/upload_file:")
    look.said(v.lang)
    look.cards([
        look.Card(v.t(MINE), _n(v, len(tasks)), icon="person", section="mine" if tasks else ""),
        _card(v, LATE, late, "late", "error", look.chip(states.Tone.RED, v.t(Text("急ぎます", "urgent"))) if late else ""),
        _card(v, SOON, soon, "soon", "event_upcoming"),
        _leading(look.Card(v.t(LOADED), _n(v, sum(n for _, n in loaded)), icon="upload_file", section="loaded" if loaded else ""),
                 [register for register, _ in loaded], "loaded"),
    ])
    left, right = st.columns([1.8, 1], gap="large")
    with left:
        _mine(v, tasks, today, soon)
    with right:
        _late(v, late, today)
        _soon(v, soon)
        _loaded(v, loaded)


def _card(v: Viewer, label: Text, due: list[Due], view: str, icon: str, remark: str = "") -> look.Card:
    card = look.Card(v.t(label), _n(v, len(due)), remark, icon=icon, section=view if due else "")
    return _leading(card, [register for register, _, _ in due], view)


def _leading(card: look.Card, registers: list[Register], view: str) -> look.Card:
    """The card as it leads to the one register that all of it lies in; several are told apart further down the page."""
    if len({r.slug for r in registers}) != 1:
        return card
    return replace(card, page=registers[0].slug, params=_view(registers[0], view))


def _view(register: Register, view: str) -> dict[str, str | Sequence[str]]:
    """The rows of a register behind a count: what has come to its end is not late."""
    going = fields.open_states(register)
    some = view != "loaded" and len(going) < len(register.workflow.states)
    return {"view": view, **({"f_status": going} if some else {})}


def _n(v: Viewer, n: int) -> str:
    return v.t(Text(f"{n:,}件", f"{n:,}"))


def _read(v: Viewer, today: date) -> tuple[list[Task], list[Due], list[tuple[Register, int]]]:
    tasks: list[Task] = [task for ask in waiting for task in ask(v)]
    due: list[Due] = []
    loaded: list[tuple[Register, int]] = []
    with v.office.db.read() as conn:
        for register in all_registers():
            if not decide(v.actor, Action.VIEW, register):
                continue
            due += [(register, spec, item) for spec, item in query.deadlines(conn, v.actor, register, today + timedelta(days=30), limit=FAR)
                    if item.status in fields.open_states(register)]
            tasks += _moves(conn, v, register)
            if decide(v.actor, Action.EDIT, register) and (n := query.counts(conn, v.actor, register, ["loaded"])["loaded"]):
                loaded.append((register, n))
    far = date.max
    return sorted(tasks, key=lambda t: t.due or far), sorted(due, key=lambda d: d[2].values[d[1].name]), loaded


def _moves(conn: sa.Connection, v: Viewer, register: Register) -> list[Task]:
    """Records that wait for an approval that this person may give."""
    moves = [m for m in register.workflow.transitions if m.approves and decide_move(v.actor, m, register, {})]
    if not moves:
        return []
    page = query.page(conn, v.actor, register, Query(filters={"status": list({s for m in moves for s in m.sources})}, size=FAR))
    found = []
    for item in page.items:
        move = next((m for m in moves if item.status in m.sources and decide_move(v.actor, m, register, item.meta)), None)
        if move and item.meta["updated_by"] != v.actor.name:
            found.append(Task(move.label, register.title, fields.cell(register, item, register.name, v.lang), register.slug,
                              {"id": item.code}, _deadline(register, item)))
    return found


def _deadline(register: Register, item: Item) -> date | None:
    return next((item.values[f.name] for f in register.fields if f.deadline and item.values[f.name]), None)


def _mine(v: Viewer, tasks: list[Task], today: date, soon: list[Due]) -> None:
    st.header(v.t(Text("私の番です", "Your turn")), anchor="mine")
    if not tasks:
        nearest = soon[0][2].values[soon[0][1].name] if soon else None
        after = Text(f"次は{calendar.japanese(nearest)}です。", f"Next: {nearest:%d %B}.") if nearest else Text("", "")
        st.info(v.t(Text(f"今日あなたを待っているものはありません。{after.ja}", f"Nothing waits for you today. {after.en}")))
        return
    for n, task in enumerate(tasks[:MOST]):
        _task(v, task, n, today)
    if tasks[MOST:]:
        with st.expander(v.t(Text(f"すべて見る（あと{len(tasks) - MOST}件）", f"See all ({len(tasks) - MOST} more)"))):
            for n, task in enumerate(tasks[MOST:], MOST):
                _task(v, task, n, today)


def _task(v: Viewer, task: Task, n: int, today: date) -> None:
    """One line: verb, what (a link), where it belongs, days left, date."""
    with look.row("task", str(n)):
        st.markdown(f"**{escape(v.t(task.verb), lines=False)}**", width="content")
        links.link(task.what, task.page, task.params)
        st.caption(escape(v.t(task.where), lines=False), width="content")
        if task.due:
            near = look.badge(states.deadline(task.due, today), v.lang)
            st.markdown(f"{near}　{escape(_short(v, task.due))}", width="content")


def _late(v: Viewer, late: list[Due], today: date) -> None:
    st.header(v.t(Text("遅れているもの", "Late")), anchor="late")
    if not late:
        st.caption(v.t(Text("ありません。", "None.")))
        return
    with look.late_box("home"):
        _due(v, late[:MOST], "late", today)
        _all_of(v, late, "late")


def _soon(v: Viewer, soon: list[Due]) -> None:
    st.header(v.t(Text("これから30日", "Next 30 days")), anchor="soon")
    if not soon:
        st.caption(v.t(Text("期限のあるものはありません。", "Nothing is due.")))
        return
    _due(v, soon[:MOST], "soon", calendar.today())
    _all_of(v, soon, "soon")


def _due(v: Viewer, some: list[Due], kind: str, today: date) -> None:
    """What is due: the record (a link), which of its dates in which register, days left, date."""
    for register, spec, item in some:
        day = item.values[spec.name]
        with look.row(kind, f"{item.code}_{spec.name}"):
            links.link(fields.cell(register, item, register.name, v.lang), register.slug, {"id": item.code})
            where = Text(f"{register.title.ja}の{spec.label.ja}", f"{register.title.en}: {spec.label.en}")
            st.caption(escape(v.t(where), lines=False), width="content")
            st.markdown(f"{look.badge(states.deadline(day, today), v.lang)}　{escape(_short(v, day))}", width="content")


def _all_of(v: Viewer, due: list[Due], view: str) -> None:
    """Where it lies in several registers, or not all of it is shown: each register's list of it."""
    counted = Counter(register.slug for register, _, _ in due)
    if len(due) > MOST or len(counted) > 1:
        _lists(v, [(register_of(slug), n) for slug, n in counted.items()], view)


def _loaded(v: Viewer, loaded: list[tuple[Register, int]]) -> None:
    if len(loaded) > 1:
        st.header(v.t(LOADED), anchor="loaded")
        _lists(v, loaded, "loaded")


def _lists(v: Viewer, counted: Sequence[tuple[Register, int]], view: str) -> None:
    for register, n in counted:
        many = Text(f"{register.title.ja}　{n:,}件", f"{register.title.en}: {n:,}")
        links.link(v.t(many), register.slug, _view(register, view))


def _short(v: Viewer, day: date) -> str:
    return short(day, v.lang)
