"""Excelから取り込む: file → table → fields → differences → load. Nothing is written before the last step."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from grc import parcels
from grc.kinds import written
from grc.permissions import Action, decide
from grc.problem import Severity
from grc.refusal import Refusal
from grc.register import Register, all_registers, get
from grc.text import Text
from grc.ui import address, fields, import_view, links, look
from grc.ui.escape import escape
from grc.ui.import_view import Change, SheetRow
from grc.ui.viewer import Viewer, viewer
from imports import run
from imports.mapping import HOW, IGNORE, Headings
from imports.report import report
from imports.run import Options, Preview

FILE, OPTIONS, SEEN, DONE, PARCEL = "import:file", "import:options", "import:seen", "import:done", "import:parcel"
TITLE = Text("Excelから取り込む", "Import from Excel")
NAMES = (Text("ファイル", "File"), Text("表の確認", "Table"), Text("項目の対応", "Fields"), Text("ちがいの確認", "Differences"), Text("取り込み", "Load"))
BACK, NEXT = Text("戻る", "Back"), Text("次へ：{step}", "Next: {step}")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"]


def main(v: Viewer) -> None:
    """The page."""
    allowed = [r for r in all_registers() if decide(v.actor, Action.IMPORT, r)]
    slug = st.query_params.get("register", "")
    register = next((r for r in allowed if r.slug == slug), None)
    seen: Preview | None = st.session_state.get(SEEN)
    if register is None or seen is None or seen.register.slug != register.slug:
        seen = None
    step = min(_step(), 1 if seen is None else 5)
    name = seen.name if seen else v.t(register.title) if register else ""
    with look.heading([look.Crumb(v.t(TITLE), "import"), look.Crumb(name)] if name else [look.Crumb(v.t(TITLE))], v.t(TITLE)):
        pass
    look.said(v.lang)
    look.steps(_steps(v, step, seen))
    if step == 1 or register is None or seen is None:
        choose(v, allowed, register)
    else:
        (table, mapping, difference, result)[step - 2](v, seen)


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
    if given is None:
        return
    if st.session_state.get(FILE) != (given.file_id, register.slug):
        st.session_state[FILE] = (given.file_id, register.slug)
        st.session_state.pop(SEEN, None)
        st.session_state[OPTIONS] = Options()
        look_at(v, register.slug, given.getvalue(), given.name, Options())
    if st.session_state.get(SEEN) is not None:
        st.button(v.t(NEXT.format(step=NAMES[1])), type="primary", on_click=address.go, kwargs={"step": "2"}, icon=":material/arrow_forward:")


def look_at(v: Viewer, slug: str, data: bytes, name: str, options: Options) -> Preview | None:
    """Read a file with what the person said about it; a refusal is shown and leaves the last preview."""
    try:
        with st.spinner(v.t(Text("ファイルを読んでいます", "Reading the file"))):
            seen = run.preview(v.office, v.actor, slug, data, name, options)
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        return None
    st.session_state[SEEN], st.session_state[OPTIONS] = seen, options
    st.session_state.pop(PARCEL, None)
    st.session_state.pop(DONE, None)
    return seen


def again(v: Viewer, seen: Preview, options: Options) -> None:
    """Read the same file anew, with other options."""
    if look_at(v, seen.register.slug, seen.data, seen.name, options):
        st.rerun()


def table(v: Viewer, seen: Preview) -> None:
    """Step 2: the sheet as the person knows it, with each row's reading."""
    first, last = seen.table.header_rows
    if seen.already is not None:
        st.info(v.t(Text(f"このファイルは{seen.already.loaded_at:%Y-%m-%d}に{seen.already.loaded_by}さんが取り込んでいます。もう一度取り込んでも何も変わりません。",
                         f"This file was imported on {seen.already.loaded_at:%Y-%m-%d} by {seen.already.loaded_by}. Nothing will change.")))
    found = Text(f"「{seen.table.sheet}」シートの{first}行目から表が始まると読みました。", f'The table begins at row {first} of sheet "{seen.table.sheet}".')
    right = Text("合っていれば「次へ」。違うときは、シートを選び直してください。", "If that is right, go on. If not, choose another sheet.")
    with look.next_box(v.t(found), v.t(right), key="table"):
        pass
    sheets = [s.name for s in seen.workbook.sheets if not s.hidden]
    if len(sheets) > 1:
        chosen = st.selectbox(v.t(Text("シート", "Sheet")), sheets, index=sheets.index(seen.table.sheet), width=320)
        if chosen != seen.table.sheet:
            again(v, seen, replace(seen.options, sheet=chosen))
    st.markdown(import_view.legend().format(**{n: v.t(w[0]) for n, w in import_view.WORDS.items()}))
    import_view.sheet(v, _sheet_rows(v, seen, first, last), [c.letter for c in seen.table.columns],
                      alt=v.t(Text("読み込んだ表", "The sheet as it was read")))
    import_view.problems(v, seen.problems, key="cells", note=v.t(Text("すべては次の画面の一覧にあります。", "All are listed two steps on.")))
    _walk(v, 2)


def _sheet_rows(v: Viewer, seen: Preview, first: int, last: int) -> list[SheetRow]:
    sheet = next(s for s in seen.workbook.sheets if s.name == seen.table.sheet)
    columns = [c.index for c in seen.table.columns]
    titles = {t.row for t in seen.table.titles}
    skipped = {s.row: s.reason for s in seen.table.skipped}
    worst = {c.read.number: max((p.severity for p in c.read.problems), key="IWE".index, default=None) for c in seen.rows}
    rows = []
    for number in range(1, min(len(sheet.rows), last + import_view.MOST_ROWS) + 1):
        cells = sheet.rows[number - 1]
        texts = [written(cells[i - 1]).replace("\n", " ") if i <= len(cells) else "" for i in columns]
        why = v.t(import_view.REASONS[skipped[number]]) if number in skipped else ""
        if number in titles:
            reading, why = "title", v.t(Text("表の上の題名です", "above the table"))
            texts = [written(c).replace("\n", " ") for c in cells if c is not None][:len(columns)]
            texts += [""] * (len(columns) - len(texts))
        elif first <= number <= last:
            reading = "header"
        elif number in skipped or number not in worst:
            reading = "skipped"
        else:
            reading = {Severity.ERROR: "fault", Severity.WARNING: "check"}.get(worst[number], "data")  # type: ignore[arg-type]
        rows.append(SheetRow(number, reading, texts, why))
    return rows


def mapping(v: Viewer, seen: Preview) -> None:
    """Step 3: which column is which field; what every row gets from above the table."""
    headings = Headings(seen.register)
    names = {target: _target(v, seen.register, target) for target in headings.targets} | {IGNORE: v.t(Text("（取り込まない）", "(leave out)"))}
    for question in seen.questions:
        st.warning(escape(v.t(question.message)), icon=":material/help:")
    constants = seen.columns.constants
    if constants:
        said = [(v.t(seen.register.label(n)), escape(fields.show(seen.register.field[n], seen.register.field[n].kind.read(c).value, v.lang)))
                for n, c in constants.items()]
        st.subheader(v.t(Text("表の上から読んだ値（すべての行に付きます）", "Read from above the table, for every row")), anchor=False)
        look.facts(said, alt=v.t(Text("すべての行に付く値", "Values for every row")), key="constants")
    st.subheader(v.t(Text("列と項目", "Columns and fields")), anchor=False)
    chosen: dict[str, str] = {}
    with st.form("mapping", border=False, enter_to_submit=False):
        for mapped in seen.columns.columns:
            hint = v.t(HOW[mapped.how])
            if mapped.suggestion:
                hint += v.t(Text(f"。似ている項目：{names.get(mapped.suggestion, '')}", f". Like: {names.get(mapped.suggestion, '')}"))
            head = mapped.column.header or v.t(Text("見出しなし", "no heading"))
            picked = st.selectbox(f"{mapped.column.letter}　{escape(head, lines=False)}", list(names), key=f"import:to:{mapped.column.letter}",
                                  index=list(names).index(mapped.target) if mapped.target in names else None, format_func=names.__getitem__,
                                  placeholder=v.t(Text("項目なし（記載のまま残す）", "No field (kept as printed)")), help=escape(hint))
            if picked is not None and picked != mapped.target and not (picked == IGNORE and mapped.how in ("number", "computed")):
                chosen[mapped.column.letter] = picked
        if st.form_submit_button(v.t(Text("対応を変える", "Change the fields")), icon=":material/sync_alt:") and chosen:
            again(v, seen, replace(seen.options, chosen={**seen.options.chosen, **chosen}))
    _walk(v, 3)


def _target(v: Viewer, register: Register, target: str) -> str:
    return "＋".join(v.t(register.label(name)) for name in target.split("+"))


def difference(v: Viewer, seen: Preview) -> None:
    """Step 4: what a load will do, as counts that add up, and before → after."""
    n, skipped = seen.counts, len(seen.table.skipped)
    look.cards([
        look.Card(v.t(Text("新規", "New")), _rows(v, n["created"]), v.t(Text("登録されます", "will be added"))),
        look.Card(v.t(Text("変更", "Changed")), _rows(v, n["updated"]), v.t(Text("下で確かめてください", "see below"))),
        look.Card(v.t(Text("変更なし", "Unchanged")), _rows(v, n["unchanged"]), v.t(Text("何もしません", "nothing to do"))),
        look.Card(v.t(Text("読み飛ばし", "Skipped")), _rows(v, skipped), v.t(Text("表でない行", "no records"))),
        look.Card(v.t(Text("誤り", "Errors")), _rows(v, n["rejected"]), v.t(Text("直すまで取り込めません", "must be mended")) if n["rejected"] else ""),
    ])
    st.caption(v.t(Text(
        f"{len(seen.rows):,}行 = 新規 {n['created']} + 変更 {n['updated']} + 変更なし {n['unchanged']} + 誤り {n['rejected']}。"
        f"ほかに表でない行 {skipped}。1行も失われません。",
        f"{len(seen.rows):,} rows = {n['created']} new + {n['updated']} changed + {n['unchanged']} unchanged + {n['rejected']} errors; {skipped} rows are no records.")))
    changed = [Change(c.read.number, c.code or "", v.t(seen.register.label(name)), _said(v, seen, name, a), _said(v, seen, name, b))
               for c in seen.rows if c.fate == "updated" for name, (a, b) in c.changes.items()]
    parts: dict[str, int] = {
        v.t(Text("変更", "Changed")): len(changed), v.t(Text("確かめる点", "To check")): len(seen.problems),
        v.t(Text("仮に登録するもの", "Provisional")): len(seen.resolved.rows), v.t(Text("前回あって今回ない", "Gone since last time")): len(seen.difference.vanished)}
    tabs = st.tabs([f"{word} {count}" for word, count in parts.items()])
    with tabs[0]:
        import_view.changes(v, changed, key="changes") if changed else st.caption(v.t(Text("変わる記録はありません。", "Nothing changes.")))
    with tabs[1]:
        import_view.problems(v, seen.problems, key="problems") if seen.problems else st.caption(v.t(Text("ありません。", "None.")))
    with tabs[2]:
        rows = [[escape(v.t(get(new.slug).title)), escape(new.name), str(len(where))] for new, where in list(seen.resolved.rows.items())[:30]]
        if rows:
            look.read_table([v.t(t) for t in (Text("台帳", "Register"), Text("名前", "Name"), Text("行数", "Rows"))], rows,
                            alt=v.t(Text("仮に登録するもの", "Made provisionally")), key="creates")
        else:
            st.caption(v.t(Text("ありません。", "None.")))
    with tabs[3]:
        st.markdown("、".join(escape(code) for code in seen.difference.vanished[:100]) or v.t(Text("ありません。", "None.")))
    _same(v, seen)
    _marked(v, seen)
    _load(v, seen)


def _rows(v: Viewer, n: int) -> str:
    return v.t(Text(f"{n:,}件", f"{n:,}"))


def _said(v: Viewer, seen: Preview, name: str, value: object) -> str:
    if value is None:
        return v.t(Text("（空欄）", "(empty)"))
    spec = seen.register.status if name == "status" else seen.register.field.get(name)
    if spec is None or spec.refers or isinstance(value, str | list):
        return str(value) if not isinstance(value, list) else f"{len(value)}"
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
    rejected, good = seen.count("rejected"), seen.count("created") + seen.count("updated")
    if rejected:
        with look.next_box(v.t(Text(f"誤りが{rejected}件あるので、いまは取り込めません。", f"{rejected} rows have errors, so it cannot be loaded yet.")),
                           v.t(Text("Excelを直してもう一度選ぶか、正しい行だけ取り込んでください。",
                                    "Mend the workbook and choose it again, or load the good rows only.")),
                           kind="late", key="load"):
            pass
    with st.container(horizontal=True, horizontal_alignment="distribute", key="noprint_walk"):
        st.button(v.t(BACK), on_click=address.go, kwargs={"step": "3"})
        with st.container(horizontal=True, horizontal_alignment="right", width="content"):
            if rejected and good and not seen.questions and st.button(v.t(Text(f"正しい{good}行だけ取り込む", f"Load the {good} good rows"))):
                _go(v, replace(seen, options=replace(seen.options, good_rows=True)))
            if st.button(v.t(Text("取り込む", "Load")), type="primary", disabled=seen.blocked or not good, icon=":material/check:"):
                _go(v, seen)
    if not good and not rejected:
        st.caption(v.t(Text("取り込むものはありません。", "There is nothing to load.")))


def _go(v: Viewer, seen: Preview) -> None:
    try:
        with st.spinner(v.t(Text(f"{len(seen.rows):,}行を取り込んでいます", f"Loading {len(seen.rows):,} rows"))):
            st.session_state[DONE] = run.load(v.office, v.actor, seen)
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        return
    address.go(step="5")
    st.rerun()


def result(v: Viewer, seen: Preview) -> None:
    """Step 5: what was done, and where it is."""
    done: Preview | None = st.session_state.get(DONE)
    if done is None:
        difference(v, seen)
        return
    n = done.counts
    title = v.t(Text(f"取り込みました：新規 {n['created']}件、変更 {n['updated']}件", f"Loaded: {n['created']} new, {n['updated']} changed"))
    text = v.t(Text(f"変更なし {n['unchanged']}件。ファイルは証跡として保管しました（取込番号 {done.batch}）。",
                    f"{n['unchanged']} unchanged. The file is kept as evidence (batch {done.batch})."))
    with look.next_box(title, text, key="done"):
        links.link(v.t(Text("台帳を開く", "Open the register")), done.register.slug, icon=":material/menu_book:")
        if n["created"]:
            links.link(v.t(Text("未確認のものを見る", "See what nobody has looked at")), done.register.slug, {"view": "loaded"})
    st.button(v.t(Text("ほかのファイルを取り込む", "Import another file")), on_click=_start_again)


def _start_again() -> None:
    for name in (FILE, SEEN, DONE, OPTIONS, PARCEL):
        st.session_state.pop(name, None)
    address.go(step=None)


def _walk(v: Viewer, step: int) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", key="noprint_walk"):
        st.button(v.t(BACK), on_click=address.go, kwargs={"step": str(step - 1)})
        st.button(v.t(NEXT.format(step=NAMES[step])), type="primary", on_click=address.go, kwargs={"step": str(step + 1)}, icon=":material/arrow_forward:")


def _step() -> int:
    asked = st.query_params.get("step", "1")
    return int(asked) if asked in "12345" and len(asked) == 1 else 1


def _steps(v: Viewer, step: int, seen: Preview | None) -> list[look.Step]:
    results = ["", "", "", "", ""]
    if seen is not None:
        mapped = sum(bool(m.target) for m in seen.columns.columns)
        n = len(seen.rows)
        results = [seen.name, v.t(Text(f"「{seen.table.sheet}」シート", f'sheet "{seen.table.sheet}"')), v.t(Text(f"{mapped}列", f"{mapped} columns")),
                   v.t(Text(f"{n:,}行", f"{n:,} rows")), ""]
    done = st.session_state.get(DONE) is not None and step == 5
    return [look.Step(v.t(name), "done" if n < step or done else "now" if n == step else "todo", result)
            for n, (name, result) in enumerate(zip(NAMES, results, strict=True), 1)]


main(viewer())
