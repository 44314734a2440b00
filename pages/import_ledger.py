"""Excelから取り込む: file → table → fields → differences → load. Nothing is written before the last step."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from grc.permissions import Action, decide
from grc.register import Register, all_registers, get
from grc.text import Text
from grc.ui import address, links, look
from grc.ui.escape import escape
from grc.ui.viewer import Viewer, viewer
from imports.run import Options, Preview
from pages.importing.columns import mapping
from pages.importing.difference import difference
from pages.importing.kept import DONE, FILE, NAMES, NEXT, SEEN, SHEETS, Loaded, forget, look_at, results, step_asked
from pages.importing.sheet import table

TITLE = Text("Excelから取り込む", "Import from Excel")
ENDINGS = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"]


def main(v: Viewer) -> None:
    """The page."""
    allowed = [r for r in all_registers() if decide(v.actor, Action.IMPORT, r)]
    slug = st.query_params.get("register", "")
    register = next((r for r in allowed if r.slug == slug), None)
    seen: Preview | None = st.session_state.get(SEEN)
    done: Loaded | None = st.session_state.get(DONE)
    seen = seen if register is not None and seen is not None and seen.register.slug == slug else None
    done = done if register is not None and seen is None and done is not None and done.slug == slug and step_asked() > 1 else None
    step = 5 if done else min(step_asked(), 4 if seen else 1)
    name = done.name if done else seen.name if seen else v.t(register.title) if register else ""
    with look.heading([look.Crumb(v.t(TITLE), "import"), look.Crumb(name)] if name else [look.Crumb(v.t(TITLE))], v.t(TITLE)):
        pass
    look.said(v.lang)
    look.steps(_steps(v, step, done.results if done else results(seen) if seen else ()))
    if done is not None:
        result(v, done)
    elif step == 1 or seen is None:
        choose(v, allowed, register)
    else:
        (table, mapping, difference)[step - 2](v, seen)


def choose(v: Viewer, allowed: Sequence[Register], register: Register | None) -> None:
    """Step 1: which register, which file."""
    slugs = [r.slug for r in allowed]
    if register is not None:
        st.session_state["import:register"] = register.slug
    st.selectbox(v.t(Text("どの台帳に取り込みますか", "Into which register")), slugs, index=None, key="import:register",
                 format_func=lambda s: v.t(get(s).title), placeholder=v.t(Text("台帳を選ぶ", "Choose a register")),
                 on_change=address.from_widget, args=("import:register", "register"), width=420)
    if register is None:
        st.info(v.t(Text("はじめに台帳を選んでください。", "Choose a register first.")))
        return
    given = st.file_uploader(v.t(Text("ファイル（50MBまで。いまのExcelをそのまま選べます）", "File (up to 50 MB; your workbook as it is)")),
                             type=ENDINGS, key=f"import:upload:{register.slug}")
    links.link(v.t(Text("空の様式を受け取る", "Get an empty template")), f"templates/{register.slug}.xlsx", icon=":material/download:")
    if given is not None and st.session_state.get(FILE) != (given.file_id, register.slug):
        st.session_state.pop(SEEN, None)
        first = look_at(v, register.slug, given.getvalue(), given.name, Options())
        if first is not None:  # a file that was refused is read, and refused, at every run: the sentence stays
            st.session_state[FILE] = (given.file_id, register.slug)
            st.session_state[SHEETS] = [s.name for s in first.workbook.sheets if not s.hidden]
    seen: Preview | None = st.session_state.get(SEEN)
    if seen is not None and seen.register.slug == register.slug:
        if given is None:
            st.caption(v.t(Text("いま確かめているファイル：", "The file you are looking at: ")) + escape(seen.name, lines=False))
        st.button(v.t(NEXT.format(step=NAMES[1])), type="primary", on_click=address.go, kwargs={"step": "2"}, icon=":material/arrow_forward:")


def result(v: Viewer, done: Loaded) -> None:
    """Step 5, and the steps before it once it is done: what was done, and where it is."""
    n = done.counts
    if step_asked() < 5:
        st.info(v.t(Text("このファイルの取り込みは終わっています。直すことがあれば、台帳で直すか、Excelを直してもう一度選んでください。",
                         "This file has been loaded. If something is to be mended, mend it in the register, or choose the mended workbook.")))
    title = v.t(Text(f"取り込みました：新規 {n['created']}件、変更 {n['updated']}件", f"Loaded: {n['created']} new, {n['updated']} changed"))
    text = v.t(Text(f"変更なし {n['unchanged']}件。ファイルは証跡として保管しました（取込番号 {done.batch}）。",
                    f"{n['unchanged']} unchanged. The file is kept as evidence (batch {done.batch})."))
    with look.next_box(title, text, key="done"):
        links.link(v.t(Text("台帳を開く", "Open the register")), done.slug, icon=":material/menu_book:")
        if n["created"]:
            links.link(v.t(Text("未確認のものを見る", "See what nobody has looked at")), done.slug, {"view": "loaded"})
    st.button(v.t(Text("ほかのファイルを取り込む", "Import another file")), on_click=_start_again)


def _start_again() -> None:
    forget()
    st.session_state.pop(FILE, None)
    address.go(step=None)


def _steps(v: Viewer, step: int, results: Sequence[Text]) -> list[look.Step]:
    said = [*map(v.t, results), "", "", "", "", ""]
    done = st.session_state.get(DONE) is not None and step == 5
    return [look.Step(v.t(name), "done" if n < step or done else "now" if n == step else "todo", said[n - 1])
            for n, name in enumerate(NAMES, 1)]


main(viewer())
