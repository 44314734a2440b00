"""きょうの仕事: what waits for the viewer, what is late, what comes in the next thirty days."""

from __future__ import annotations

from datetime import date, timedelta

import sqlalchemy as sa
import streamlit as st

from grc import calendar, query, states
from grc.kinds import short
from grc.permissions import Action, decide, decide_move
from grc.query import Item, Query
from grc.record import FieldSpec
from grc.register import Register, all_registers
from grc.text import Text
from grc.ui import fields, links, look
from grc.ui.escape import escape
from grc.ui.tasks import Task, waiting
from grc.ui.viewer import Viewer

TITLE = Text("きょうの仕事", "Today's work")
MINE, LATE, SOON, LOADED = Text("私の番", "Your turn"), Text("期限超過", "Late"), Text("30日以内", "Within 30 days"), Text("取込・未確認", "Imported, not looked at")
ALL = Text("すべて見る", "See all")
MOST = 10
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
    busiest = max(loaded, key=lambda pair: pair[1], default=None)
    look.cards([
        look.Card(v.t(MINE), _n(v, len(tasks)), icon="person"),
        look.Card(v.t(LATE), _n(v, len(late)), look.chip(states.Tone.RED, v.t(Text("急ぎます", "urgent"))) if late else "", icon="error",
                  page=late[0][0].slug if late else None, params={"view": "late"}),
        look.Card(v.t(SOON), _n(v, len(soon)), icon="event_upcoming", page=soon[0][0].slug if soon else None, params={"view": "soon"}),
        look.Card(v.t(LOADED), _n(v, sum(n for _, n in loaded)), icon="upload_file", page=busiest[0].slug if busiest else None, params={"view": "loaded"}),
    ])
    left, right = st.columns([1.8, 1], gap="large")
    with left:
        _mine(v, tasks, today, soon)
    with right:
        _late(v, late, today)
        _soon(v, soon)


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
            due += [(register, spec, item) for spec, item in query.deadlines(conn, v.actor, register, today + timedelta(days=30))
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
    page = query.page(conn, v.actor, register, Query(filters={"status": list({s for m in moves for s in m.sources})}, size=MOST))
    found = []
    for item in page.items:
        move = next((m for m in moves if item.status in m.sources and decide_move(v.actor, m, register, item.meta)), None)
        if move and item.meta["updated_by"] != v.actor.name:
            found.append(Task(move.label, register.title, fields.cell(register, item, register.name, v.lang), register.slug,
                              {"id": item.code}, _due(register, item)))
    return found


def _due(register: Register, item: Item) -> date | None:
    return next((item.values[f.name] for f in register.fields if f.deadline and item.values[f.name]), None)


def _mine(v: Viewer, tasks: list[Task], today: date, soon: list[Due]) -> None:
    st.subheader(v.t(Text("私の番です", "Your turn")), anchor=False)
    if not tasks:
        nearest = soon[0][2].values[soon[0][1].name] if soon else None
        after = Text(f"次は{calendar.japanese(nearest)}です。", f"Next: {nearest:%d %B}.") if nearest else Text("", "")
        st.info(v.t(Text(f"今日あなたを待っているものはありません。{after.ja}", f"Nothing waits for you today. {after.en}")))
        return
    rows = []
    for task in tasks[:MOST]:
        near = look.badge(states.deadline(task.due, today), v.lang) if task.due else ""
        rows.append([f"**{escape(v.t(task.verb))}**", f"{escape(v.t(task.where))}　{links.cell(task.what, links.address(task.page, task.params))}",
                     near, escape(_short(v, task.due)) if task.due else ""])
    heads = (Text("すること", "What to do"), Text("何を", "On what"), Text("期限", "Days"), Text("日付", "Date"))
    look.read_table([v.t(t) for t in heads], rows, alt=v.t(MINE), key="mine")


def _late(v: Viewer, late: list[Due], today: date) -> None:
    st.subheader(v.t(Text("遅れているもの", "Late")), anchor=False)
    if not late:
        st.caption(v.t(Text("ありません。", "None.")))
        return
    with look.late_box("home"):
        for register, spec, item in late[:5]:
            st.markdown(links.cell(fields.cell(register, item, register.name, v.lang), links.address(register.slug, {"id": item.code})))
            st.markdown(look.badge(states.deadline(item.values[spec.name], today), v.lang) + "　" + escape(v.t(spec.label)))


def _soon(v: Viewer, soon: list[Due]) -> None:
    st.subheader(v.t(Text("これから30日", "Next 30 days")), anchor=False)
    if not soon:
        st.caption(v.t(Text("期限のあるものはありません。", "Nothing is due.")))
        return
    rows = [[escape(_short(v, item.values[spec.name])),
             links.cell(fields.cell(register, item, register.name, v.lang), links.address(register.slug, {"id": item.code}))]
            for register, spec, item in soon[:MOST]]
    look.read_table([v.t(Text("日付", "Date")), v.t(Text("何が", "What"))], rows, alt=v.t(SOON), key="soon")


def _short(v: Viewer, day: date) -> str:
    return short(day, v.lang)
