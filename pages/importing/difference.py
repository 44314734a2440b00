"""Step 4: what a load will do, and the load."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

import streamlit as st

from grc import parcels
from grc.changes.values import settle
from grc.refusal import Refusal, Stale
from grc.register import get
from grc.text import Text, many
from grc.ui import address, fields, import_view, links, look
from grc.ui.escape import escape
from grc.ui.import_view import Change
from grc.ui.viewer import Viewer
from imports import run
from imports.diff import Compared
from imports.report import report
from imports.run import Preview
from pages.importing.kept import BACK, DONE, PARCEL, STALE, Loaded, again, forget, results

FAULTS = 20
"""How many of the rows that a rule refuses are named on the page."""
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def difference(v: Viewer, seen: Preview) -> None:
    """Step 4: what a load will do, as counts that add up, and before → after."""
    import_view.counts(v, seen.counts, len(seen.table.skipped))
    import_view.tabs(v, _tabs(v, seen))
    _same(v, seen)
    place = st.container()  # the marked workbook takes a while: the buttons do not wait for it
    _load(v, seen)
    with place:
        _marked(v, seen)


def _tabs(v: Viewer, seen: Preview) -> list[import_view.Tab]:
    """What can be looked at: the word, how many, and what draws it; what is to be mended comes first."""
    changed = sum(len(c.changes) for c in seen.rows if c.fate == "updated")
    skipped = [(s.row, s.reason, s.text) for s in seen.table.skipped]
    new = [(v.t(get(each.slug).title), each.name, len(rows)) for each, rows in seen.resolved.rows.items()]
    gone = seen.difference.vanished
    tabs: list[import_view.Tab] = [
        (Text("変更", "Changed"), changed, lambda: import_view.changes(v, _changes(v, seen), changed, key="changes")),
        (Text("新規", "New"), seen.count("created"), lambda: _new(v, seen)),
        (Text("読み飛ばし", "Skipped"), len(skipped), lambda: import_view.skipped(v, skipped, key="skipped")),
        (Text("確かめる点", "To check"), len(seen.problems), lambda: import_view.problems(v, seen.problems, key="problems")),
        (Text("仮に登録するもの", "Provisional"), len(new), lambda: import_view.provisional(v, new, key="creates")),
        (Text("前回あって今回ない", "Gone since last time"), len(gone), lambda: import_view.vanished(v, seen.register.slug, gone))]
    return [tabs.pop(3), *tabs] if seen.errors else tabs


def _changes(v: Viewer, seen: Preview) -> list[Change]:
    """The first of the fields that change, in words."""
    some = ((c, name, pair) for c in seen.rows if c.fate == "updated" for name, pair in c.changes.items())
    return [Change(c.read.number, _name(seen, c), v.t(seen.register.label(name)), *(_said(v, seen, name, value) for value in pair))
            for c, name, pair in islice(some, import_view.MOST_PROBLEMS)]


def _name(seen: Preview, compared: Compared) -> str:
    """A record by its number and what it is called in the file."""
    return f"{compared.code or ''}　{compared.read.values.get(seen.register.name) or ''}".strip("　")


def _new(v: Viewer, seen: Preview) -> None:
    """The first new records, by the columns of the register's list."""
    register = seen.register
    names = [n for n in register.columns if n not in ("code", "status")]
    created = [c for c in seen.rows if c.fate == "created"]
    rows = [[str(c.read.number), *_values(v, seen, c, names)] for c in created[:import_view.MOST_PROBLEMS]]
    import_view.records(v, [register.field[n] for n in names], rows, len(created), key="new")


def _values(v: Viewer, seen: Preview, compared: Compared, names: Sequence[str]) -> list[str]:
    read, register = compared.read, seen.register
    blank = {f.name: None for f in register.fields}
    values = settle(register, {**blank, **{n: x for n, x in read.values.items() if n in blank}}, read.printed)
    return [read.texts.get(n) or (f"{read.printed[n]} ※" if values[n] is None and n in read.printed
                                  else fields.brief(register.field[n], values[n], v.lang)) for n in names]


def _said(v: Viewer, seen: Preview, name: str, value: object) -> str:
    if value is None:
        return v.t(Text("（空欄）", "(empty)"))
    spec = seen.register.status if name == "status" else seen.register.field.get(name)
    if spec is None or spec.refers or isinstance(value, str | list):
        return v.t(Text(f"{len(value)}件", f"{len(value)}")) if isinstance(value, list) else str(value)
    return fields.show(spec, value, v.lang)


def _same(v: Viewer, seen: Preview) -> None:
    """Rows that are probably a record changed: the person may say that they are."""
    probable = {c.read.number: c.probable for c in seen.rows if c.probable}
    if not probable and not seen.options.changed:
        return
    now = sorted(seen.options.changed) if seen.options.changed != "all" else []
    picked = st.multiselect(v.t(Text("同じ記録が変わったものとして扱う行", "Rows that are the same record, changed")), sorted({*probable, *now}), default=now,
                            format_func=lambda row: v.t(Text(f"{row}行目", f"row {row}")) + (f" ＝ {probable[row]}" if row in probable else ""),
                            placeholder=v.t(Text("選ばなければ新しい記録になります", "Otherwise they come in as new")))
    if frozenset(picked) != frozenset(now):
        again(v, seen, replace(seen.options, changed=frozenset(picked)))


def _marked(v: Viewer, seen: Preview) -> None:
    """The person's own workbook with the faults marked, as a link of our own route."""
    if not seen.problems:
        return
    if PARCEL not in st.session_state:
        try:
            name, data = report(seen, v.lang)
        except Refusal as refusal:
            st.caption(escape(v.t(refusal.message)))
            return
        st.session_state[PARCEL] = parcels.put(v.office, v.session_hash, name, XLSX, data)
    st.markdown(links.cell(v.t(Text("印を付けたExcelを受け取る", "Get your workbook with the cells marked")), f"/parcels/{st.session_state[PARCEL]}"))


def _load(v: Viewer, seen: Preview) -> None:
    rejected, good, stale = seen.count("rejected"), seen.count("created") + seen.count("updated"), STALE in st.session_state
    _hindrance(v, seen, rejected)
    with st.container(horizontal=True, horizontal_alignment="distribute", key="noprint_walk"):
        st.button(v.t(BACK), on_click=address.go, kwargs={"step": "3"})
        with st.container(horizontal=True, horizontal_alignment="right", width="content"):
            part = Text(f"正しい{good}行だけ取り込む", f"Load the {many(good, 'good row')}")
            if rejected and good and not (seen.questions or stale) and st.button(v.t(part)):
                _go(v, replace(seen, options=replace(seen.options, good_rows=True)))
            if st.button(v.t(Text("取り込む", "Load")), type="primary", disabled=seen.blocked or not good or stale, icon=":material/check:"):
                _go(v, seen)
    if not good and not rejected:
        st.caption(v.t(Text("取り込むものはありません。", "There is nothing to load.")))


def _hindrance(v: Viewer, seen: Preview, rejected: int) -> None:
    """Why it cannot be loaded as things stand, and what to do."""
    stale: Text | None = st.session_state.get(STALE)
    if stale is not None:
        with look.next_box(v.t(Text("ほかの取り込みが先にありました。", "Another import came first.")), v.t(stale), kind="late", key="stale"):
            if st.button(v.t(Text("ファイルをもう一度読む", "Read the file again")), icon=":material/refresh:"):
                again(v, seen, replace(seen.options, changed=frozenset()))
    elif seen.questions:
        with look.next_box(v.t(Text("まだ取り込めません。", "It cannot be loaded yet.")), v.t(seen.questions[0].message), kind="late", key="asked"):
            pass
    elif rejected:
        with look.next_box(v.t(Text(f"誤りが{rejected}件あるので、いまは取り込めません。",
                                    f"{many(rejected, 'row has', 'rows have')} errors, so it cannot be loaded yet.")),
                           v.t(Text("Excelを直してもう一度選ぶか、正しい行だけ取り込んでください。",
                                    "Mend the workbook and choose it again, or load the good rows only.")), kind="late", key="load"):
            pass


def _go(v: Viewer, seen: Preview) -> None:
    """Load; what was loaded is forgotten, so that going back cannot load it again."""
    try:
        with st.spinner(v.t(Text(f"{len(seen.rows):,}行を取り込んでいます", f"Loading {many(len(seen.rows), 'row')}"))):
            loaded = run.load(v.office, v.actor, seen)
    except Stale as refusal:
        st.session_state[STALE] = refusal.message
        st.rerun()
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        for problem in refusal.problems[:FAULTS]:
            st.markdown(escape(problem.sentence(v.lang)))
        return
    forget()
    st.session_state[DONE] = Loaded(seen.register.slug, seen.name, loaded.counts, loaded.batch, results(seen))
    address.go(step="5")
    st.rerun()
