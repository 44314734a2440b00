"""What the import page keeps between two runs, and the way from one step to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import streamlit as st

from grc.kinds import Cell, written
from grc.refusal import Refusal
from grc.text import Text, many, same
from grc.ui import address
from grc.ui.escape import escape
from grc.ui.viewer import Viewer
from imports import run
from imports.run import Options, Preview

FILE, SHEETS, SEEN, DONE, PARCEL, STALE = "import:file", "import:sheets", "import:seen", "import:done", "import:parcel", "import:stale"
NAMES = (Text("ファイル", "File"), Text("表の確認", "Table"), Text("項目の対応", "Fields"), Text("ちがいの確認", "Differences"), Text("取り込み", "Load"))
BACK, NEXT = Text("戻る", "Back"), Text("次へ：{step}", "Next: {step}")


@dataclass(frozen=True)
class Loaded:
    """What is kept of an import that is done: enough to say so, not enough to do it again."""

    slug: str
    name: str
    counts: Mapping[str, int]
    batch: int | None
    results: tuple[Text, ...]


def look_at(v: Viewer, slug: str, data: bytes, name: str, options: Options) -> Preview | None:
    """Read a file with what the person said about it; a refusal is shown and leaves the last preview."""
    try:
        with st.spinner(v.t(Text("ファイルを読んでいます", "Reading the file"))):
            seen = run.preview(v.office, v.actor, slug, data, name, options)
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        return None
    forget()
    st.session_state[SEEN] = seen
    return seen


def forget() -> None:
    """Drop what belongs to a preview, or to a load before it."""
    for name in (SEEN, DONE, PARCEL, STALE):
        st.session_state.pop(name, None)


def again(v: Viewer, seen: Preview, options: Options) -> None:
    """Read the same file anew. Rows that were called the same record, changed, are asked anew when anything else changes."""
    if look_at(v, seen.register.slug, seen.data, seen.name, options):
        st.rerun()


def walk(v: Viewer, step: int) -> None:
    """Back, and on to the next step."""
    with st.container(horizontal=True, horizontal_alignment="distribute", key="noprint_walk"):
        st.button(v.t(BACK), on_click=address.go, kwargs={"step": str(step - 1)})
        st.button(v.t(NEXT.format(step=NAMES[step])), type="primary", on_click=address.go, kwargs={"step": str(step + 1)}, icon=":material/arrow_forward:")


def step_asked() -> int:
    """The step that the address asks for; the first where it asks for none."""
    asked = st.query_params.get("step", "1")
    return int(asked) if asked in "12345" and len(asked) == 1 else 1


def results(seen: Preview) -> tuple[Text, ...]:
    """What each step has found so far, in the order of the steps."""
    columns, n = sum(bool(m.target) for m in seen.columns.columns), len(seen.rows)
    return (same(seen.name), Text(f"「{seen.table.sheet}」シート", f'sheet "{seen.table.sheet}"'),
            Text(f"{columns}列", many(columns, "column")), Text(f"{n:,}行", many(n, "row")))


def line(cell: Cell) -> str:
    """A cell as one line."""
    return written(cell).replace("\n", " ")
