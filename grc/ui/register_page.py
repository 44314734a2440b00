"""The page of any register: its list, one of its records, or the form, as the address says (``id``, ``edit``)."""

from __future__ import annotations

import streamlit as st

from grc import register as catalogue
from grc.permissions import Action, decide
from grc.refusal import Refusal
from grc.ui import address, form, listing, record_page
from grc.ui.escape import escape
from grc.ui.viewer import viewer

NEW = "new"


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
            form.show(register, None if code == NEW else code)
        elif code:
            record_page.show(register, code)
        else:
            listing.show(register)
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        st.button(v.t(register.title), key="refused:back", icon=":material/arrow_back:", on_click=address.to_list)
