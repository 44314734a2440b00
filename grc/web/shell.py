"""The shell around every page: who is there, the menu, the foot of the side bar, and what happens when a page fails.

The session's row is looked up on every run: cookies are read once, when the socket opens, and prove nothing later.
"""

from __future__ import annotations

import os
from html import escape as html
from pathlib import Path
from urllib.parse import quote, urlencode, urlsplit

import streamlit as st

import registers  # noqa: F401  fills the catalogue
from grc import people
from grc.office import Office, here
from grc.text import Text
from grc.ui import alarm, look
from grc.ui.viewer import Viewer, set_viewer
from grc.web import faults, menu, session
from grc.web.session import COOKIE

LOGO = Path(__file__).with_name("logo.svg")
MARK = Path(__file__).with_name("mark.svg")
OWNER, LANGUAGE = "_session", "_lang"
NAME = Text("台帳", "Daicho")
ENDED = Text("サインインの期限が切れました。保存していない内容は残っていません。", "You were signed out. What was not saved is lost.")
SIGN_IN = Text("サインイン", "Sign in")
SIGN_OUT = Text("サインアウト", "Sign out")


def run() -> None:
    """One run of the app: the whole of ``main.py``."""
    st.set_page_config(page_icon=str(MARK), layout="wide")  # each page has its own title
    viewer = whoever(here())
    look.style()
    if viewer is None:
        st.session_state.clear()
        st.warning(str(ENDED) + f" {ENDED.en}")
        st.html(f'<a href="/login" target="_self">{SIGN_IN.ja} / {SIGN_IN.en}</a>')
        st.stop()
    set_viewer(viewer)
    st.logo(str(LOGO), size="large")
    page = st.navigation(menu.pages(viewer.actor, viewer.lang, viewer.office.body()), expanded=True)
    foot(viewer)
    try:
        alarm.draw(viewer)
        page.run()
    except Exception as exc:
        faults.show(exc)


def whoever(office: Office) -> Viewer | None:
    """For whom this run draws, or nobody. What another session left in Streamlit's memory is cleared first (S3)."""
    found = _signed_in(office)
    if found is None:
        return None
    if st.session_state.get(OWNER, found.session_hash) != found.session_hash:
        st.session_state.clear()
    st.session_state[OWNER] = found.session_hash
    asked = st.query_params.get("lang")
    if asked in ("ja", "en"):
        st.session_state[LANGUAGE] = asked
    return Viewer(office, found.actor, st.session_state.get(LANGUAGE, found.lang), found.session_hash)


def _signed_in(office: Office) -> Viewer | None:
    if os.environ.get("GRC_TEST_USER") == "1" and (name := st.session_state.get("test_user")):
        with office.db.read() as conn:
            actor = people.actor_of(conn, people.by_name(conn, name).id)
        return Viewer(office, actor, actor.lang, f"test:{name}")
    found = session.look_up(office, st.context.cookies.get(COOKIE))
    if found is None or found.must_change:
        return None
    return Viewer(office, found.actor, found.actor.lang, found.token_hash)


def foot(viewer: Viewer) -> None:
    """The foot of the side bar: which body, who, which language, and the way out."""
    said = [(name, value) for name in st.query_params if name != "lang" for value in st.query_params.get_all(name)]
    path = urlsplit(st.context.url or "/").path
    back = quote(path + (f"?{urlencode(said)}" if said else ""), safe="")
    other, word = ("ja", "日本語") if viewer.lang == "en" else ("en", "English")
    this = "English" if viewer.lang == "en" else "日本語"
    with st.sidebar:
        who = Text("{name}（{roles}）", "{name} ({roles})").format(name=viewer.actor.called, roles=viewer.actor.role_words())
        st.caption(look.escape(f"{viewer.office.body().body_name}\n{viewer.t(who)}"))
        st.html(f'<b>{this}</b>　<a href="/language/{other}?next={html(back)}" target="_self" lang="{other}">{word}</a><br>'
                f'<a href="/password" target="_self">{viewer.t(Text("パスワードの変更", "Change password"))}</a><br>'
                f'<a href="/logout" target="_self">{viewer.t(SIGN_OUT)}</a>')
