"""The list of a register: views, search and filters in the address, count and order in words, one page of rows.

Everything follows from the register's declaration. What is shown can be sent to a colleague as an address, and taken out
as a file by the same question.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from math import ceil

import sqlalchemy as sa
import streamlit as st

from grc import query as queries
from grc.exports import sets_of
from grc.kinds import Ref
from grc.permissions import Action, decide, visible
from grc.query import Page, Query
from grc.refusal import Misuse
from grc.register import Register
from grc.text import Text
from grc.ui import address, charts, fields, links, look, table
from grc.ui.escape import escape
from grc.ui.viewer import Viewer, viewer

VIEW_WORDS = {
    "": Text("すべて", "All"), "mine": Text("自分の担当", "Mine"), "late": Text("期限超過", "Late"),
    "soon": Text("30日以内", "Within 30 days"), "loaded": Text("取込・未確認", "Imported, not looked at"),
    "provisional": Text("仮登録", "Provisional"), "retired": Text("取消・保管", "Void or archived"),
}
ALWAYS = ("", "mine")
IN_ROW = 3
CHARTS = "charts"
T_SHOWN_AS = Text("表し方", "Shown as")
T_ROWS, T_CHARTS = Text(":material/table_rows: 一覧", ":material/table_rows: List"), Text(":material/bar_chart: 図　{n}", ":material/bar_chart: Charts　{n}")
T_SEARCH, T_SEARCH_IN = Text("検索", "Search"), Text("番号と{fields}から探します", "Number, {fields}")
T_ALL, T_CLEAR, T_MORE = Text("すべて", "All"), Text("条件を消す", "Clear filters"), Text("条件を追加", "More filters")
T_EXPORT, T_IMPORT = Text("書き出し", "Export"), Text("Excelから取り込む", "Import from Excel")
T_EXPORT_WHAT = Text("いまの条件に合う{n}件を、1つのファイルにします。", "All that is shown here ({n}), in one file.")
T_NEW, T_OPEN = Text("新規登録", "Add"), Text("番号で開く", "Open by number")
T_COUNT, T_ONE = Text("{n}件", "{n} records"), Text("1件", "1 record")
T_OF, T_ORDER = Text("（{of}件のうち）", "(of {of})"), Text("{name}の{way}順", "by {name}, {way}")
T_NEWEST = Text("新しく登録した順", "newest first")
T_UP, T_DOWN = Text("昇", "ascending"), Text("降", "descending")
T_RANGE = Text("{a}–{b}件 / {n}件", "{a}–{b} of {n}")
T_ERA, T_WESTERN, T_YEARS = Text("和暦", "Japanese era"), Text("西暦", "Western"), Text("年の表し方", "Years")
T_KEYS = Text("行の左端を選ぶと開きます。見出しを選ぶと並べ替わります。キーボードでは矢印で動き、Shift+Spaceで行、Ctrl+Spaceで列を選びます。",
              "Choose the left end of a row to open it, a heading to sort. By keyboard: arrows to move, Shift+Space for the row, "
              "Ctrl+Space for the column.")
T_PRINTED = Text("※ は、値として読めず、記載のまま残したものです。", "※ could not be read as a value and stands as printed.")
T_EMPTY = Text("「{title}」はまだ1件もありません。いま使っているExcelがあれば、そのまま取り込めます。",
               '"{title}" is empty. If you keep it in Excel, import the file as it is.')
T_NOTHING = Text("条件に合うものはありません。{of}件のうち0件です。", "Nothing matches: 0 of {of}.")
T_VIEWS = Text("表示", "View")


def show(register: Register) -> None:
    """Draw the list of a register for the viewer, who may see it."""
    v = viewer()
    query = address.query_of(register, address.current())
    if address.first(address.current(), CHARTS) and charts.offered(v.actor, register):
        _charts(v, register, query)
        return
    with v.office.db.read() as conn:
        counts = queries.counts(conn, v.actor, register, views(register))
        options = {name: filter_options(conn, v, register, name, query) for name in ("status", *register.filters)}
        try:
            page = queries.page(conn, v.actor, register, query)
        except Misuse as refusal:
            _head(v, register, query, 0)
            st.error(escape(v.t(refusal.message)))
            st.button(v.t(T_CLEAR), on_click=_clear)
            return
    _head(v, register, query, page.total)
    look.said(v.lang)
    if not counts[""] and not query.view and page.of == 0:
        _empty(v, register, counts, query)
        return
    _switch(v, register)
    _views(v, query, counts)
    _filters(v, register, query, options)
    _count(v, register, query, page)
    if not page.items:
        st.info(v.t(T_NOTHING.format(of=page.of)))
        return
    table.draw(register, page.items, query, v.lang, address.era())
    _foot(v, register, query, page)


def _charts(v: Viewer, register: Register, query: Query) -> None:
    """The charts of a register in the place of its rows: what they count is asked only now."""
    with v.office.db.read() as conn:
        total = queries.counts(conn, v.actor, register, [""])[""]
    _head(v, register, query, total)
    look.said(v.lang)
    _switch(v, register)
    charts.of_register(v, register)


def _switch(v: Viewer, register: Register) -> None:
    """Rows or charts; kept in the address."""
    n = len(charts.offered(v.actor, register))
    if n:
        st.session_state["list:charts"] = "1" if address.first(address.current(), CHARTS) else ""
        with st.container(key="noprint_charts"):
            st.segmented_control(v.t(T_SHOWN_AS), ["", "1"], key="list:charts", required=True, label_visibility="collapsed",
                                 format_func=lambda on: v.t(T_CHARTS).format(n=n) if on else v.t(T_ROWS), on_change=address.from_widget,
                                 args=("list:charts", CHARTS))


def views(register: Register) -> list[str]:
    """The views that make sense: deadlines only where there is one."""
    due = any(f.deadline for f in register.fields)
    return [name for name in address.VIEWS if due or name not in ("late", "soon")]


def filter_options(conn: sa.Connection, v: Viewer, register: Register, name: str, query: Query) -> dict[str, str]:
    """The values that a filter offers, with their words, and whatever the address asks for beside them."""
    spec = register.status if name == "status" else register.field[name]
    found = fields.option_words(spec, v.lang)
    if isinstance(spec.kind, Ref):
        found = {t.code: t.name for t in queries.choices(conn, v.actor, spec.kind.slug)}
    elif not found:
        column = register.table.c[name]
        scope = visible(v.actor, register)  # what a person may not see is not offered as a filter either
        seen = sa.select(column).where(column.is_not(None), sa.true() if scope is None else scope)
        stored = conn.scalars(seen.distinct().order_by(column.desc()).limit(200))
        found = {str(spec.kind.data(value)): spec.kind.show(value, v.lang, era=address.era()) for value in stored}
    return found | {value: value for value in query.filters.get(name, ()) if value not in found}


def _head(v: Viewer, register: Register, query: Query, total: int) -> None:
    crumbs = [look.Crumb(v.t(register.domain.title)), look.Crumb(v.t(register.title))]
    with look.heading(crumbs, v.t(register.title)):
        if decide(v.actor, Action.EXPORT, register):
            export_popover(v, register, query, total)
        if decide(v.actor, Action.IMPORT, register):
            links.link(v.t(T_IMPORT), "import", {"register": register.slug}, icon=":material/upload_file:")
        if decide(v.actor, Action.CREATE, register):
            st.button(v.t(T_NEW), key=f"{register.slug}:new", type="primary", icon=":material/add:", shortcut="N",
                      on_click=address.go, kwargs={"id": "new"})


def export_popover(v: Viewer, register: Register, query: Query, total: int) -> None:
    """Plain links to the files of a list: our own route checks permission and writes the trail (security.md S2)."""
    with st.popover(v.t(T_EXPORT), icon=":material/download:"):
        st.caption(v.t(T_EXPORT_WHAT.format(n=total)))
        for format, word in (("xlsx", "Excel (.xlsx)"), ("csv", "CSV"), ("json", "JSON")):
            st.markdown(links.cell(word, links.address(f"exports/{register.slug}.{format}", address.export_params(query, v.lang))))
        for found in sets_of(v.actor, register.slug):
            st.markdown(links.cell(f"{v.t(found.title)} (.zip)", links.address(f"exports/sets/{found.id}.zip", {"lang": v.lang})))


def _views(v: Viewer, query: Query, counts: Mapping[str, int]) -> None:
    shown = [name for name in counts if name in ALWAYS or counts[name] or name == query.view]
    st.session_state["list:view"] = query.view
    st.segmented_control(v.t(T_VIEWS), shown, key="list:view", required=True, label_visibility="collapsed",
                         format_func=lambda name: f"{v.t(VIEW_WORDS[name])}　{_shown(counts[name], name)}",
                         on_change=address.from_widget, args=("list:view", "view"))


def _shown(n: int, view: str) -> str:
    return fields.capped(n) if view else f"{n:,}"  # all of them are counted to the end


def _filters(v: Viewer, register: Register, query: Query, options: Mapping[str, Mapping[str, str]]) -> None:
    names = list(options)
    grid = st.grid(2 + min(len(names), IN_ROW), min_column_width=180, gap="small", vertical_alignment="bottom")
    st.session_state["list:q"] = query.search
    searched = ("・" if v.lang != "en" else ", ").join(v.t(f.label) for f in register.fields if f.search)
    with grid.cell():
        st.text_input(v.t(T_SEARCH), key="list:q", type="search", on_change=address.from_widget, args=("list:q", "q"),
                      placeholder=v.t(T_SEARCH_IN.format(fields=searched)))
    for name in names[:IN_ROW]:
        with grid.cell():
            _filter(v, register, query, name, options[name])
    with grid.cell(), st.container(horizontal=True, gap="small"):
        if names[IN_ROW:]:
            with st.popover(v.t(T_MORE), icon=":material/filter_list:"):
                for name in names[IN_ROW:]:
                    _filter(v, register, query, name, options[name])
        if query.search or any(query.filters.values()):
            st.button(v.t(T_CLEAR), key="list:clear", type="tertiary", on_click=_clear)


def _filter(v: Viewer, register: Register, query: Query, name: str, options: Mapping[str, str]) -> None:
    key = f"list:{register.slug}:{name}"
    st.session_state[key] = list(dict.fromkeys(query.filters.get(name, ())))
    st.multiselect(escape(v.t(register.label(name))), list(options), key=key, placeholder=v.t(T_ALL), select_all=False,
                   format_func=lambda value: options.get(value, value), on_change=address.from_widget,
                   args=(key, f"{address.FILTER}{name}"))


def _clear() -> None:
    address.go(**{n: None for n in address.list_params() if n not in ("view", "sort")})


def _count(v: Viewer, register: Register, query: Query, page: Page) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        words = [f"**{v.t(T_ONE if page.total == 1 else T_COUNT.format(n=f'{page.total:,}'))}**"]
        if page.total != page.of and query.view != "retired":
            words.append(v.t(T_OF.format(of=f"{page.of:,}")))
        words.append(escape(v.t(order_words(register, query.sort))))
        st.markdown("　".join(words), width="content")
        if v.lang != "en":
            era_switch(v)


def order_words(register: Register, sort: str) -> Text:
    """The order of a list in words."""
    if not sort:
        return T_NEWEST
    return T_ORDER.format(name=register.label(sort.removeprefix("-")), way=T_DOWN if sort.startswith("-") else T_UP)


def era_switch(v: Viewer) -> None:
    """Lets a person choose between 和暦 and 西暦; kept for the session."""
    st.session_state["list:era"] = address.era()
    st.segmented_control(v.t(T_YEARS), [True, False], key="list:era", required=True, label_visibility="collapsed",
                         format_func=lambda era: v.t(T_ERA if era else T_WESTERN), on_change=_era)


def _era() -> None:
    st.session_state[address.ERA] = bool(st.session_state["list:era"])


def _foot(v: Viewer, register: Register, query: Query, page: Page) -> None:
    if any("※" in fields.cell(register, i, n, v.lang)[-1:] for i in page.items for n in register.columns
           if n != "status"):
        st.caption(v.t(T_PRINTED))
    first = (query.page - 1) * query.size + 1
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center"):
        st.markdown(v.t(T_RANGE.format(a=f"{first:,}", b=f"{first + len(page.items) - 1:,}", n=f"{page.total:,}")), width="content")
        pages = ceil(page.total / query.size)
        if pages > 1:
            st.session_state["list:page"] = min(query.page, pages)
            st.pagination(pages, key="list:page", on_change=address.from_widget, args=("list:page", "page"))
    with st.container(horizontal=True, vertical_alignment="bottom", key="noprint_open"):
        st.text_input(v.t(T_OPEN), key="list:open", placeholder=f"{register.code}-000001", width=220, on_change=_open)
        st.caption(v.t(T_KEYS))


def _open() -> None:
    code = str(st.session_state.get("list:open") or "").strip().upper()
    if code:
        address.go(id=code)


def _empty(v: Viewer, register: Register, counts: Mapping[str, int], query: Query) -> None:
    st.info(v.t(T_EMPTY.format(title=register.title)))
    if decide(v.actor, Action.CREATE, register):
        st.button(v.t(T_NEW), key="list:first", icon=":material/add:", on_click=address.go, kwargs={"id": "new"})
    if any(n for name, n in counts.items() if name):
        _views(v, query, counts)


__all__: Sequence[str] = ["era_switch", "export_popover", "filter_options", "order_words", "show", "views"]
