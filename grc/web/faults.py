"""What a page shows when something goes wrong: a refusal's sentence, or the number of a fault of ours. Never a traceback."""

from __future__ import annotations

import streamlit as st

from grc.refusal import Refusal
from grc.ui.escape import escape
from grc.ui.viewer import viewer
from grc.web import log


def show(exc: Exception) -> bool:
    """Show what went wrong; returns that it was dealt with, as Streamlit asks of an ``on_script_error``."""
    lang, who = _for_whom()
    if isinstance(exc, Refusal):
        st.error(escape(exc.message.into(lang)), icon=":material/block:")
        for problem in exc.problems:
            st.markdown(f"- {escape(problem.sentence(lang), lines=False)}")
    else:
        number = log.fault(exc, who=who)
        st.error(escape(log.OUR_FAULT.format(number=number).into(lang)), icon=":material/error:")
    return True


def _for_whom() -> tuple[str, str | None]:
    try:
        return viewer().lang, viewer().actor.name
    except LookupError:
        return "ja", None
