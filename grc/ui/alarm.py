"""The alarm: what is late in a register that says so stands above every page, for those who may see it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from grc import query
from grc.permissions import Action, decide
from grc.register import Register, all_registers
from grc.text import Text
from grc.ui import fields, links
from grc.ui.escape import escape
from grc.ui.viewer import Viewer

T_LATE = Text("期限を過ぎた「{title}」が{n}件あります。すぐに確かめてください。", '{n} late in "{title}". Look at once.')
T_OPEN = Text("開く", "Open")


def draw(v: Viewer) -> None:
    """Draw a line for each register in alarm; nothing where none is."""
    for register, n in _late(v).items():
        with st.container(horizontal=True, vertical_alignment="center", key=f"noprint_alarm_{register.slug}"):
            st.error(escape(v.t(T_LATE.format(title=register.title, n=fields.capped(n)))), icon=":material/notification_important:", width="stretch")
            links.link(v.t(T_OPEN), register.slug, {"view": "late"})


def _late(v: Viewer) -> Mapping[Register, int]:
    watched = [r for r in all_registers() if r.alarm and decide(v.actor, Action.VIEW, r)]
    if not watched:
        return {}
    with v.office.db.read() as conn:
        found = query.tallies(conn, v.actor, {register: ["late"] for register in watched})
    return {register: held["late"] for register, held in found.items() if held["late"]}
