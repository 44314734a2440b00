"""Links between pages: in the same tab and session where Streamlit lets us, as a plain address in table cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import count
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st
from streamlit.errors import StreamlitAPIException, StreamlitDuplicateElementKey

from grc.ui.escape import escape

Params = Mapping[str, str | Sequence[str]]
"""What stands behind the ``?`` of an address; a list is a repeated parameter."""

PAGES = Path(__file__).resolve().parents[2] / "pages"
FILES = {"": PAGES / "home.py", "import": PAGES / "import_ledger.py", "publication": PAGES / "disclosure.py",
         "board": PAGES / "board.py"}
"""The pages that are files, by their address; every other address is a register's."""


def address(page: str, params: Params | None = None) -> str:
    """The address of a page, ``/contracts?id=PRC-CON-000001``."""
    query = urlencode({k: v for k, v in (params or {}).items() if v}, doseq=True)
    return f"/{quote(page)}{'?' if query else ''}{query}"


def cell(label: str, href: str) -> str:
    """A link as Markdown for a table cell; ``label`` is escaped here. It opens beside the page."""
    return f"[{escape(label, lines=False)}]({href.replace('(', '%28').replace(')', '%29').replace(' ', '%20')})"


def link(label: str, page: str, params: Params | None = None, *, icon: str | None = None, help: str | None = None) -> None:
    """Draw a link to a page of ours, in the same tab; ``label`` is escaped here."""
    text = escape(label, lines=False)
    if page == here():
        _within(text, page, dict(params or {}), icon, help)
        return
    file = FILES.get(page)
    try:
        target = (st.Page(file, url_path=page, title=label, default=page == "") if file
                  else st.Page(_nothing, url_path=page, title=label))
        st.page_link(target, label=text, query_params=dict(params or {}), icon=icon, help=help)
    except StreamlitAPIException:  # the page is not there, or registered in another way: its address still works
        st.markdown(cell(label, address(page, params)))


def here() -> str | None:
    """The page that is being drawn, by its address; ``None`` outside a browser."""
    url = st.context.url
    return urlsplit(url).path.rpartition("/")[2] if isinstance(url, str) else None


def _within(text: str, page: str, params: dict[str, str | Sequence[str]], icon: str | None, help: str | None) -> None:
    """A link to another address of the page one is on: Streamlit's own leaves the address as it is, a button can set it.

    The same link may stand on a page twice, a key may not: it is counted up.
    """
    for n in count():
        try:
            st.button(text, key=f"here:{address(page, params)}:{n}", type="tertiary", icon=icon, help=help,
                      on_click=st.query_params.from_dict, args=(params,))
            return
        except StreamlitDuplicateElementKey:
            continue


def _nothing() -> None:
    """Stands for the page that ``st.navigation`` knows under the same address."""
