"""Excelから取り込む: file → table → fields → differences → load. Nothing is written before the last step."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

import streamlit as st

from grc import calendar, parcels
from grc.changes.values import settle
from grc.kinds import FISCAL_YEAR, Cell, Month, written
from grc.permissions import Action, decide
from grc.problem import Problem, Severity
from grc.refusal import Refusal, Stale
from grc.register import Register, all_registers, get
from grc.text import Text, same
from grc.ui import address, fields, import_view, links, look
from grc.ui.escape import escape
from grc.ui.import_view import Change, Reading, SheetRow, many
from grc.ui.viewer import Viewer, viewer
from imports import run
from imports.diff import Compared
from imports.mapping import HOW, IGNORE, Headings, Mapped
from imports.report import report
from imports.run import Options, Preview

FILE, SHEETS, SEEN, DONE, PARCEL, STALE = "import:file", "import:sheets", "import:seen", "import:done", "import:parcel", "import:stale"
TITLE = Text("Excelから取り込む", "Import from Excel")
NAMES = (Text("ファイル", "File"), Text("表の確認", "Table"), Text("項目の対応", "Fields"), Text("ちがいの確認", "Differences"), Text("取り込み", "Load"))
BACK, NEXT = Text("戻る", "Back"), Text("次へ：{step}", "Next: {step}")
LEAVE, KEEP = Text("（取り込まない）", "(leave out)"), Text("項目なし（記載のまま残す）", "No field (kept as printed)")
AS_HEADED = Text("（見出しのとおりに戻す）", "(as the heading says)")
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
ENDINGS = ["xlsx", "xlsm", "xls", "ods", "csv", "tsv"]
NO_YEAR = "date-no-year"


@dataclass(frozen=True)
class Loaded:
    """What is kept of an import that is done: enough to say so, not enough to do it again."""

    slug: str
    name: str
    counts: Mapping[str, int]
    batch: int | None
    results: tuple[Text, ...]


def main(v: Viewer) -> None:
    """The page."""
    allowed = [r for r in all_registers() if decide(v.actor, Action.IMPORT, r)]
    slug = st.query_params.get("register", "")
    register = next((r for r in allowed if r.slug == slug), None)
    seen: Preview | None = st.session_state.get(SEEN)
    done: Loaded | None = st.session_state.get(DONE)
    seen = seen if register is not None and seen is not None and seen.register.slug == slug else None
    done = done if register is not None and seen is None and done is not None and done.slug == slug and _step() > 1 else None
    step = 5 if done else min(_step(), 4 if seen else 1)
    name = done.name if done else seen.name if seen else v.t(register.title) if register else ""
    with look.heading([look.Crumb(v.t(TITLE), "import"), look.Crumb(name)] if name else [look.Crumb(v.t(TITLE))], v.t(TITLE)):
        pass
    look.said(v.lang)
    look.steps(_steps(v, step, done.results if done else _results(seen) if seen else ()))
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


def look_at(v: Viewer, slug: str, data: bytes, name: str, options: Options) -> Preview | None:
    """Read a file with what the person said about it; a refusal is shown and leaves the last preview."""
    try:
        with st.spinner(v.t(Text("ファイルを読んでいます", "Reading the file"))):
            seen = run.preview(v.office, v.actor, slug, data, name, options)
    except Refusal as refusal:
        st.error(escape(v.t(refusal.message)), icon=":material/error:")
        return None
    _forget()
    st.session_state[SEEN] = seen
    return seen


def _forget() -> None:
    """Drop what belongs to a preview, or to a load before it."""
    for name in (SEEN, DONE, PARCEL, STALE):
        st.session_state.pop(name, None)


def again(v: Viewer, seen: Preview, options: Options) -> None:
    """Read the same file anew. Rows that were called the same record, changed, are asked anew when anything else changes."""
    if look_at(v, seen.register.slug, seen.data, seen.name, options):
        st.rerun()


def table(v: Viewer, seen: Preview) -> None:
    """Step 2: the sheet as the person knows it, with each row's reading."""
    first, last = seen.table.header_rows
    if seen.already is not None:
        st.info(v.t(Text(f"このファイルは{seen.already.loaded_at:%Y-%m-%d}に{seen.already.loaded_by}さんが取り込んでいます。もう一度取り込んでも何も変わりません。",
                         f"This file was imported on {seen.already.loaded_at:%Y-%m-%d} by {seen.already.loaded_by}. Nothing will change.")))
    sheets: list[str] = st.session_state.get(SHEETS, [])  # a preview of one sheet has read no other
    found = Text(f"「{seen.table.sheet}」シートの{first}行目から表が始まると読みました。", f'The table begins at row {first} of sheet "{seen.table.sheet}".')
    right = Text("合っていれば「次へ」。違うときは、シートを選び直してください。", "If that is right, go on. If not, choose another sheet.") if len(sheets) > 1 else (
        Text("合っていれば「次へ」。違うときは、Excelの見出しの行を確かめて、ファイルを選び直してください。",
             "If that is right, go on. If not, look at the heading row in the workbook and choose the file again."))
    with look.next_box(v.t(found), v.t(right), key="table"):
        pass
    with st.container(horizontal=True):
        _sheet_of(v, seen, sheets)
        _year_of(v, seen)
    st.markdown(import_view.legend().format(**{n: v.t(w[0]) for n, w in import_view.WORDS.items()}))
    import_view.sheet(v, _sheet_rows(v, seen, first, last), [c.letter for c in seen.table.columns],
                      alt=v.t(Text("読み込んだ表", "The sheet as it was read")))
    import_view.problems(v, seen.problems, key="cells", note=v.t(Text("すべては「ちがいの確認」の一覧にあります。", "All are listed under Differences.")))
    _walk(v, 2)


def _sheet_of(v: Viewer, seen: Preview, sheets: list[str]) -> None:
    """The choice of a sheet, where there are several; what was said about the columns of another does not hold here."""
    if len(sheets) < 2:
        return
    chosen = st.selectbox(v.t(Text("シート", "Sheet")), sheets, index=sheets.index(seen.table.sheet) if seen.table.sheet in sheets else None, width=320)
    if chosen is not None and chosen != seen.table.sheet:
        again(v, seen, Options(sheet=chosen, fiscal_year=seen.options.fiscal_year))


def _year_of(v: Viewer, seen: Preview) -> None:
    """The fiscal year of dates without one, where there are such dates."""
    now = seen.options.fiscal_year
    if now is None and not any(p.code == NO_YEAR for p in seen.problems):
        return
    this = calendar.fiscal_year(calendar.today())
    years = sorted({*range(this + 1, this - 10, -1), *([now] if now else [])}, reverse=True)
    chosen = st.selectbox(v.t(Text("年のない日付の年度", "Fiscal year of dates without a year")), years, index=years.index(now) if now else None,
                          format_func=lambda y: FISCAL_YEAR.show(y, v.lang), placeholder=v.t(Text("年度を選ぶ", "Choose a fiscal year")), width=320)
    if chosen is not None and chosen != now:
        again(v, seen, replace(seen.options, fiscal_year=chosen, changed=frozenset()))


def _sheet_rows(v: Viewer, seen: Preview, first: int, last: int) -> list[SheetRow]:
    sheet = next(s for s in seen.workbook.sheets if s.name == seen.table.sheet)
    columns = [c.index for c in seen.table.columns]
    letters = {c.letter: n for n, c in enumerate(seen.table.columns)}
    titles = {t.row for t in seen.table.titles}
    skipped = {s.row: s.reason for s in seen.table.skipped}
    found = {c.read.number: c.read.problems for c in seen.rows}
    rows = []
    for number in range(1, min(len(sheet.rows), last + import_view.MOST_ROWS) + 1):
        cells = sheet.rows[number - 1]
        texts = [_line(cells[i - 1]) if i <= len(cells) else "" for i in columns]
        faults: dict[int, Reading] = {}
        reading: Reading = "skipped"
        why = ""
        if number in titles:
            reading, texts = "title", _title(texts, cells)
        elif first <= number <= last:
            reading = "header"
        elif number in found:
            reading, faults = _judged(found[number], letters)
            why = v.t(Text("・", ", ")).join(seen.table.columns[n].letter for n in sorted(faults))
            why = why and v.t(Text(f"{why}列", f"column{'s' if len(faults) > 1 else ''} {why}"))
        else:
            why = v.t(import_view.REASONS[skipped.get(number, "blank")]) if number in skipped or not any(texts) else ""
        rows.append(SheetRow(number, reading, texts, why, faults))
    return rows


def _line(cell: Cell) -> str:
    return written(cell).replace("\n", " ")


def _title(texts: list[str], cells: Sequence[Cell]) -> list[str]:
    """A title's cells; those that stand beside the table's columns are drawn in the first."""
    beside = [] if any(texts) else [_line(c) for c in cells if c is not None]
    return [" ".join(beside), *texts[1:]] if beside else texts


def _judged(problems: Sequence[Problem], letters: Mapping[str, int]) -> tuple[Reading, dict[int, Reading]]:
    """How a record's row is shown, and which of its cells are at fault."""
    words: dict[Severity, Reading] = {Severity.ERROR: "fault", Severity.WARNING: "check"}
    faults: dict[int, Reading] = {}
    for p in sorted(problems, key=lambda p: "IWE".index(p.severity)):  # the gravest last, so that it stands
        if p.severity in words and p.column is not None and p.column in letters:
            faults[letters[p.column]] = words[p.severity]
    worst = max((p.severity for p in problems), key="IWE".index, default=None)
    return words.get(worst, "data") if worst else "data", faults


def mapping(v: Viewer, seen: Preview) -> None:
    """Step 3: which column is which field; what every row gets from above the table. Going on applies what was chosen."""
    for question in seen.questions:
        st.warning(escape(v.t(question.message)), icon=":material/help:")
    names = _constant_names(v, seen)
    with st.form("mapping", border=False, enter_to_submit=False):
        constants = _constants(v, seen, names)
        chosen = _columns(v, seen)
        with st.container(horizontal=True, horizontal_alignment="distribute", key="noprint_walk"):
            st.form_submit_button(v.t(BACK), on_click=address.go, kwargs={"step": "2"})
            on = st.form_submit_button(v.t(NEXT.format(step=NAMES[3])), type="primary", icon=":material/arrow_forward:")
    if not on:
        return
    options = replace(seen.options, chosen=chosen, constants=constants)
    after = seen if options == seen.options else look_at(v, seen.register.slug, seen.data, seen.name, replace(options, changed=frozenset()))
    if after is None:
        return
    if not after.questions:
        address.go(step="4")
    st.rerun()


def _constant_names(v: Viewer, seen: Preview) -> list[str]:
    """The fields that every row may get: read from above the table, the month of a published register, and what the person adds."""
    register = seen.register
    st.header(v.t(Text("すべての行に付く値", "Values for every row")), anchor=False)
    st.caption(v.t(Text("表の上から読んだ値です。違うときは直してください。列に値がある行には付きません。消すと、読んだ値に戻ります。",
                        "Read from above the table; correct them if they are wrong. A row with a value of its own keeps it. "
                        "Emptied, a field goes back to what was read.")))
    months = [f.name for f in register.fields if register.publication and isinstance(f.kind, Month) and f.derive is None]
    always = list(dict.fromkeys([*months, *seen.columns.constants]))
    others = [n for n in (*(f.name for f in register.fields if f.derive is None), "status") if n not in always]
    more = st.multiselect(v.t(Text("ほかに、すべての行に付ける項目", "Other fields for every row")), others, key=f"import:more:{len(always)}",
                          format_func=lambda n: v.t(register.label(n)), placeholder=v.t(Text("項目を選ぶ", "Choose fields")))
    return [*always, *more]


def _constants(v: Viewer, seen: Preview, names: Sequence[str]) -> dict[str, str]:
    """One input a field; returns what the person says, which is what differs from what was read."""
    said = dict(seen.options.constants)
    grid = st.grid(3, min_column_width=240)
    for name in names:
        spec = seen.register.status if name == "status" else seen.register.field[name]
        now = import_view.as_written(spec, seen.columns.constants.get(name))
        with grid.cell():
            given = import_view.constant(v, spec, now, key=f"import:all:{name}")
        if given != now and given:
            said[name] = given
        elif given != now:
            said.pop(name, None)
    return said


def _columns(v: Viewer, seen: Preview) -> dict[str, str]:
    """One choice a column, with a value of it and how its field was found; returns what the person has chosen."""
    st.header(v.t(Text("列と項目", "Columns and fields")), anchor=False)
    targets = {target: _target(v, seen.register, target) for target in Headings(seen.register).targets}
    asked = {letter for _, letters in seen.columns.ambiguous for letter in letters}
    chosen = {letter: target for letter, target in seen.options.chosen.items() if letter not in asked}
    grid = st.grid(2, min_column_width=320)
    for n, mapped in enumerate(seen.columns.columns):
        letter = mapped.column.letter
        now = None if letter in asked else mapped.target or ("" if mapped.how == "none" else IGNORE)
        back = {"": v.t(KEEP)} if mapped.how == "none" else {"": v.t(AS_HEADED)} if letter in chosen else {}
        words = {**back, **targets, IGNORE: v.t(LEAVE)}
        head = mapped.column.header or v.t(Text("見出しなし", "no heading"))
        with grid.cell():
            picked = st.selectbox(f"{letter}　{escape(head, lines=False)}", list(words), index=list(words).index(now) if now in words else None,
                                  format_func=words.__getitem__, key=f"import:to:{letter}:{mapped.how}:{now}",
                                  placeholder=v.t(Text("選んでください", "Please choose")))
            example = next((_line(row.cells[n]) for row in seen.table.rows if row.cells[n] is not None), "")
            import_view.column_note(v, example, _how(v, mapped, targets))
        if picked == "":
            chosen.pop(letter, None)
        elif picked is not None and picked != now:
            chosen[letter] = picked
    return chosen


def _how(v: Viewer, mapped: Mapped, targets: Mapping[str, str]) -> str:
    """How a column's field was found, in words."""
    how = v.t(HOW[mapped.how])
    like = targets.get(mapped.suggestion, "")
    return how + v.t(Text(f"。似ている項目：{like}", f". Like: {like}")) if like else how


def _target(v: Viewer, register: Register, target: str) -> str:
    return "＋".join(v.t(register.label(name)) for name in target.split("+"))


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
    changed = [Change(c.read.number, _name(seen, c), v.t(seen.register.label(name)), _said(v, seen, name, a), _said(v, seen, name, b))
               for c in seen.rows if c.fate == "updated" for name, (a, b) in c.changes.items()]
    skipped = [(s.row, s.reason, s.text) for s in seen.table.skipped]
    new = [(v.t(get(each.slug).title), each.name, len(rows)) for each, rows in seen.resolved.rows.items()]
    gone = seen.difference.vanished
    tabs: list[import_view.Tab] = [
        (Text("変更", "Changed"), len(changed), lambda: import_view.changes(v, changed, key="changes")),
        (Text("新規", "New"), seen.count("created"), lambda: _new(v, seen)),
        (Text("読み飛ばし", "Skipped"), len(skipped), lambda: import_view.skipped(v, skipped, key="skipped")),
        (Text("確かめる点", "To check"), len(seen.problems), lambda: import_view.problems(v, seen.problems, key="problems")),
        (Text("仮に登録するもの", "Provisional"), len(new), lambda: import_view.provisional(v, new, key="creates")),
        (Text("前回あって今回ない", "Gone since last time"), len(gone), lambda: import_view.vanished(v, seen.register.slug, gone))]
    return [tabs.pop(3), *tabs] if seen.errors else tabs


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
        return
    _forget()
    st.session_state[DONE] = Loaded(seen.register.slug, seen.name, loaded.counts, loaded.batch, _results(seen))
    address.go(step="5")
    st.rerun()


def result(v: Viewer, done: Loaded) -> None:
    """Step 5, and the steps before it once it is done: what was done, and where it is."""
    n = done.counts
    if _step() < 5:
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
    _forget()
    st.session_state.pop(FILE, None)
    address.go(step=None)


def _walk(v: Viewer, step: int) -> None:
    with st.container(horizontal=True, horizontal_alignment="distribute", key="noprint_walk"):
        st.button(v.t(BACK), on_click=address.go, kwargs={"step": str(step - 1)})
        st.button(v.t(NEXT.format(step=NAMES[step])), type="primary", on_click=address.go, kwargs={"step": str(step + 1)}, icon=":material/arrow_forward:")


def _step() -> int:
    asked = st.query_params.get("step", "1")
    return int(asked) if asked in "12345" and len(asked) == 1 else 1


def _results(seen: Preview) -> tuple[Text, ...]:
    """What each step has found so far, in the order of the steps."""
    columns, n = sum(bool(m.target) for m in seen.columns.columns), len(seen.rows)
    return (same(seen.name), Text(f"「{seen.table.sheet}」シート", f'sheet "{seen.table.sheet}"'),
            Text(f"{columns}列", many(columns, "column")), Text(f"{n:,}行", many(n, "row")))


def _steps(v: Viewer, step: int, results: Sequence[Text]) -> list[look.Step]:
    said = [*map(v.t, results), "", "", "", "", ""]
    done = st.session_state.get(DONE) is not None and step == 5
    return [look.Step(v.t(name), "done" if n < step or done else "now" if n == step else "todo", said[n - 1])
            for n, name in enumerate(NAMES, 1)]


main(viewer())
