"""きょうの仕事: what waits for the viewer, what is late, what comes in the next thirty days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from itertools import islice

import streamlit as st

from grc import agenda, calendar, query, states
from grc.agenda import Due
from grc.charts import board as boards
from grc.kinds import short
from grc.permissions import Action, decide
from grc.register import Register, all_registers, in_use
from grc.register import get as register_of
from grc.text import Text
from grc.ui import fields, links, look
from grc.ui.escape import escape
from grc.ui.tasks import Task, waiting
from grc.ui.viewer import Viewer

TITLE = Text("きょうの仕事", "Today's work")
MINE, LATE, SOON, LOADED = Text("私の番", "Your turn"), Text("期限超過", "Late"), Text("30日以内", "Within 30 days"), Text("取込・未確認", "Imported, not looked at")
ALL = Text("すべて見る", "See all")
MOST, TASKS = 10, 30
"""How many rows a section shows at once, and how many tasks are looked for."""


@dataclass(frozen=True)
class Seen:
    """What the page shows: tasks (``more``: not all of them), the first of what is late or due soon, and how many records
    each view of a register holds."""

    tasks: list[Task]
    more: bool
    late: list[Due]
    soon: list[Due]
    counts: Mapping[str, Mapping[str, int]]

    def of(self, view: str) -> dict[str, int]:
        """Register → how many of its records a view holds, where there are some."""
        return {slug: held[view] for slug, held in self.counts.items() if held.get(view)}


def show(v: Viewer) -> None:
    """Draw the home page."""
    today = calendar.today()
    day = f"{calendar.japanese(today)}（{'月火水木金土日'[today.weekday()]}）" if v.lang != "en" else f"{today:%A, %d %B %Y}"
    seen = _read(v, today)
    person = v.t(Text(f"{v.actor.called}さん（{v.t(v.actor.role_words())}）", f"{v.actor.called} ({v.t(v.actor.role_words())})"))
    with look.heading([], v.t(TITLE), f"{escape(day)}　{escape(person)}"):
        if any(decide(v.actor, Action.IMPORT, r) for r in all_registers()):
            links.link(v.t(Text("台帳を取り込む", "Import a ledger")), "import", icon=":material/upload_file:")
    look.said(v.lang)
    _boards(v)
    urgent = look.chip(states.Tone.RED, v.t(Text("急ぎます", "urgent"))) if seen.late else ""
    look.cards([
        look.Card(v.t(MINE), _n(v, len(seen.tasks), seen.more), icon="person", section="mine" if seen.tasks else ""),
        _card(v, LATE, seen, "late", "error", urgent), _card(v, SOON, seen, "soon", "event_upcoming"),
        _card(v, LOADED, seen, "loaded", "upload_file"),
    ])
    left, right = st.columns([1.8, 1], gap="large")
    with left:
        _mine(v, seen, today)
    with right:
        _late(v, seen, today)
        _soon(v, seen, today)
        _loaded(v, seen)


def _boards(v: Viewer) -> None:
    """For who comes here as a member of a committee alone: the way to what their committees look at."""
    if not v.actor.roles or v.actor.roles - set(boards.MEMBERS):
        return
    with v.office.db.read() as conn:
        own = boards.boards_of(conn, v.actor)
    st.header(v.t(Text("あなたの委員会", "Your committees")), anchor="boards")
    if not own:
        st.info(v.t(boards.NO_BOARD))
    for board in own:
        links.link(v.t(Text(f"{board.title.ja}の図表", f"Board of the {board.title.en}")), "board", {"id": board.id}, icon=":material/monitoring:")


def _card(v: Viewer, label: Text, seen: Seen, view: str, icon: str, remark: str = "") -> look.Card:
    """A count; it leads to the one register that all of it lies in, or to the section that tells several apart."""
    held = seen.of(view)
    card = look.Card(v.t(label), _n(v, sum(held.values())), remark, icon=icon, section=view if held else "")
    return replace(card, page=next(iter(held)), params={"view": view}) if len(held) == 1 else card


def _n(v: Viewer, n: int, more: bool = False) -> str:
    return v.t(Text(f"{fields.capped(n)}件{'以上' if more else ''}", f"{fields.capped(n)}{'+' if more else ''}"))


def _read(v: Viewer, today: date) -> Seen:
    tasks = [task for ask in waiting for task in ask(v)]
    body = v.office.body()
    used = [r for r in all_registers() if decide(v.actor, Action.VIEW, r) and in_use(r, body)]
    with v.office.db.read() as conn:
        tallies = query.tallies(conn, v.actor, {r: _views(v, r) for r in used})
        late = agenda.due(conn, v.actor, used, date.min, today - timedelta(days=1), limit=MOST)
        soon = agenda.due(conn, v.actor, used, today, today + timedelta(days=30), limit=MOST)
        ready = list(islice(agenda.approvals(conn, v.actor, used), TASKS + 1))
    tasks += [Task(w.move.label, w.register.title, fields.cell(w.register, w.item, w.register.name, v.lang), w.register.slug,
                   {"id": w.item.code}, w.day) for w in ready[:TASKS]]
    tasks.sort(key=lambda t: t.due or date.max)
    return Seen(tasks, len(ready) > TASKS, late, soon, {r.slug: held for r, held in tallies.items()})


def _views(v: Viewer, register: Register) -> list[str]:
    """Which views of a register the page counts."""
    return [*(("late", "soon") if any(f.deadline for f in register.fields) else ()),
            *(("loaded",) if decide(v.actor, Action.EDIT, register) else ())]


def _mine(v: Viewer, seen: Seen, today: date) -> None:
    tasks, soon = seen.tasks, seen.soon
    st.header(v.t(Text("私の番です", "Your turn")), anchor="mine")
    if not tasks:
        nearest = soon[0].day if soon else None
        after = Text(f"次は{calendar.japanese(nearest)}です。", f"Next: {nearest:%d %B}.") if nearest else Text("", "")
        st.info(v.t(Text(f"今日あなたを待っているものはありません。{after.ja}", f"Nothing waits for you today. {after.en}")))
        return
    for n, task in enumerate(tasks[:MOST]):
        _task(v, task, n, today)
    if tasks[MOST:]:
        rest = _n(v, len(tasks) - MOST, seen.more)
        with st.expander(v.t(Text(f"続きを見る（あと{rest}）", f"See more ({rest})"))):
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


def _late(v: Viewer, seen: Seen, today: date) -> None:
    st.header(v.t(Text("遅れているもの", "Late")), anchor="late")
    if not seen.late:
        st.caption(v.t(Text("ありません。", "None.")))
        return
    with look.late_box("home"):
        _due(v, seen.late, "late", today)
        _all_of(v, seen, "late")


def _soon(v: Viewer, seen: Seen, today: date) -> None:
    st.header(v.t(Text("これから30日", "Next 30 days")), anchor="soon")
    if not seen.soon:
        st.caption(v.t(Text("期限のあるものはありません。", "Nothing is due.")))
        return
    _due(v, seen.soon, "soon", today)
    _all_of(v, seen, "soon")


def _due(v: Viewer, some: list[Due], kind: str, today: date) -> None:
    """What is due: the record (a link), which of its dates in which register, days left, date."""
    for one in some:
        register, spec, item = one.register, one.spec, one.item
        with look.row(kind, f"{item.code}_{spec.name}"):
            links.link(fields.cell(register, item, register.name, v.lang), register.slug, {"id": item.code})
            where = Text(f"{register.title.ja}の{spec.label.ja}", f"{register.title.en}: {spec.label.en}")
            st.caption(escape(v.t(where), lines=False), width="content")
            st.markdown(f"{look.badge(states.deadline(one.day, today), v.lang)}　{escape(_short(v, one.day))}", width="content")


def _all_of(v: Viewer, seen: Seen, view: str) -> None:
    """Where it lies in several registers, or not all of it is shown: each register's list of it."""
    held = seen.of(view)
    if sum(held.values()) > MOST or len(held) > 1:
        _lists(v, held, view)


def _loaded(v: Viewer, seen: Seen) -> None:
    held = seen.of("loaded")
    if len(held) > 1:
        st.header(v.t(LOADED), anchor="loaded")
        _lists(v, held, "loaded")


def _lists(v: Viewer, held: Mapping[str, int], view: str) -> None:
    """A link to each register's list of a view, the fullest first, side by side."""
    with st.container(horizontal=True, gap="small", key=f"lists_{view}"):
        for slug, n in sorted(held.items(), key=lambda one: -one[1]):
            title = register_of(slug).title
            links.link(v.t(Text(f"{title.ja}　{fields.capped(n)}件", f"{title.en}: {fields.capped(n)}")), slug, {"view": view})


def _short(v: Viewer, day: date) -> str:
    return short(day, v.lang)
