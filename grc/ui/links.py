"""Links between pages: in the same tab and session where Streamlit lets us, as a plain address in table cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from urllib.parse import quote, urlencode

import streamlit as st
from streamlit.errors import StreamlitAPIException

from grc.ui.escape import escape

Params = Mapping[str, str | Sequence[str]]
"""What stands behind the ``?`` of an address; a list is a repeated parameter."""

PAGES = Path(__file__).resolve().parents[2] / "pages"
FILES = {"": "home.py", "import": "import_ledger.py", "publication": "disclosure.py"}
"""The pages that are files, by their address; every other address is a register's."""


def address(page: str, params: Params | None = None) -> str:
    """The address of a page, ``/contracts?id=PRC-CON-000001``."""
    query = urlencode({k: v for k, v in (params or {}).items() if v}, doseq=True)
    return f"/{quote(page)}{'?' if query else ''}{query}"


def cell(label: str, href: str) -> str:
    """A link as Markdown for a table cell; ``label`` is escaped here. It opens beside the page."""
    return f"[{escape(label, lines=False)}]({href.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"


def link(label: str, page: str, params: Params | None = None, *, icon: str | None = None, help: str | None = None) -> None:
    """Draw a link to a page of ours; ``label`` is escaped here."""
    text = escape(label, lines=False)
    file = PAGES / FILES[page] if page in FILES else None
    try:
        target = (st.Page(file, url_path=page, title=label, default=page == "") if file
                  else st.Page(_nothing, url_path=page, title=label))
        st.page_link(target, label=text, query_params=dict(params or {}), icon=icon, help=help)
    except StreamlitAPIException:  # the page is not there, or registered in another way: its address still works
        st.markdown(cell(label, address(page, params)))


def _nothing() -> None:
    """Stands for the page that ``st.navigation`` knows under the same address."""
