"""The page of any register: its list, one of its records, or the form, as the address says (``id``, ``edit``)."""

from __future__ import annotations

import streamlit as st

from grc import query
from grc import register as catalogue
from grc.permissions import Action, Verdict, decide
from grc.record import LIVE
from grc.refusal import Refusal
from grc.register import Register
from grc.text import Text
from grc.ui import address, form, listing, look, record_page
from grc.ui.escape import escape
from grc.ui.viewer import Viewer, viewer

NEW = "new"
RETIRED = Verdict(False, Text("取消または保管になっているので、変更できません。", "It is void or archived and cannot be changed."))
BACK = Text("戻る", "Back")


def show(slug: str) -> None:
    """Draw the page of the register ``slug`` for the viewer; who may not see it reads why."""
    v = viewer()
    register = catalogue.get(slug)
    verdict = decide(v.actor, Action.VIEW, register)
    if not verdict:
        st.title(escape(v.t(register.title), lines=False), anchor=False)
        st.warning(escape(v.t(verdict.reason)), icon=":material/lock:")
        return
    params = address.current()
    code = address.first(params, "id")
    try:
        if code == NEW or (code and address.first(params, "edit")):
            _form(v, register, None if code == NEW else code)
        elif code:
            record_page.show(register, code)
        else:
            listing.show(register)
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        st.button(v.t(register.title), key="refused:back", icon=":material/arrow_back:", on_click=address.to_list)


def _form(v: Viewer, register: Register, code: str | None) -> None:
    """The form, for who may save it; anybody else reads why not, before they type, and is led back."""
    verdict = _may_save(v, register, code)
    if verdict:
        form.show(register, code)
        return
    with look.heading(form.crumbs(v, register, code), v.t(register.title) if code is None else code):
        pass
    st.warning(escape(v.t(verdict.reason)), icon=":material/lock:")
    st.button(v.t(BACK), key="refused:back", icon=":material/arrow_back:", on_click=address.go, kwargs={"id": code, "edit": None})


def _may_save(v: Viewer, register: Register, code: str | None) -> Verdict:
    if code is None:
        return decide(v.actor, Action.CREATE, register)
    with v.office.db.read() as conn:
        item = query.one(conn, v.actor, register, code)
    verdict = decide(v.actor, Action.EDIT, register, item.meta)
    return RETIRED if verdict and item.standing != LIVE else verdict
