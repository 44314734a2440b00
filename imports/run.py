"""The way in, from a file to a load: open → layout → mapping → values → validate → diff → (person looks) → load.

:func:`preview` writes nothing; :func:`load` does exactly what the preview shows.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal

import sqlalchemy as sa

from grc.changes.load import New, Plan, ToCreate, ToUpdate, last_batch, loads_of, objections, remembered
from grc.changes.load import load as load_plan
from grc.changes.values import REQUIRED
from grc.kinds import FISCAL_YEAR, Cell, fold, written
from grc.office import Office
from grc.permissions import Action, Actor, require, visible
from grc.problem import Problem, Severity, define
from grc.refusal import Misuse, NotAllowedNow, Unreadable
from grc.register import Register, get
from grc.tables import plain_again
from grc.text import Text
from imports import layout, mapping, values
from imports.diff import Compared, Difference, compare, problems_of
from imports.layout import Table
from imports.mapping import Columns, Headings
from imports.references import Resolved, bind, resolve
from imports.workbook import Workbook, read_workbook

NO_COLUMN_FOR = define("required-without-column", Severity.ERROR, Text("「{field}」に当たる列がありません。", 'No column fits "{field}".'),
                       Text("見出しを項目に対応させるか、別の台帳か別のシートを選んでください。",
                            "Say which heading it is, or choose another register or sheet."))
GAP = define("value-gap", Severity.WARNING, Text("「{field}」が空欄です。", '"{field}" is empty.'),
             Text("空欄のまま取り込みます。公表するまでに記入してください。", "It comes in empty. Fill it in before it is published."))
OTHER_SHEET = define("sheet-left-out", Severity.WARNING,
                     Text("「{value}」シートにも表があります（{count}行）。", 'Sheet "{value}" holds a table too (rows: {count}).'),
                     Text("取り込むのは「{chosen}」シートだけです。ほかのシートは、シートを選んで別に取り込んでください。",
                          'Only sheet "{chosen}" is taken in. Choose the other sheet and import it as well.'))
HIDDEN = define("row-hidden", Severity.WARNING, Text("この行は隠されています。", "This row is hidden."),
                Text("取り込んでよいか確かめてください。", "Check that it should come in."))


SAME_KIND = 0.5
"""Another sheet with at least this share of the known headings is a ledger of the same kind."""


@dataclass(frozen=True)
class Options:
    """What a person said about a file. ``chosen``: column letter or heading → field, ``constants``: field → text."""

    sheet: str | None = None
    chosen: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    fiscal_year: int | None = None
    good_rows: bool = False
    changed: frozenset[int] | Literal["all"] = frozenset()


@dataclass(frozen=True)
class Question:
    """What must be answered before anything can be loaded, the choices, and the flag that answers it."""

    about: str
    message: Text
    choices: tuple[str, ...]
    flag: str

    def as_json(self, lang: str = "ja") -> dict[str, Any]:
        """As the command line prints it."""
        return {"about": self.about, "choices": list(self.choices), "message": self.message.into(lang), "flag": self.flag}


@dataclass(frozen=True)
class Preview:
    """All that a file says and what a load of it would do."""

    register: Register
    name: str
    data: bytes
    workbook: Workbook
    table: Table
    columns: Columns
    difference: Difference
    resolved: Resolved
    general: tuple[Problem, ...]
    questions: tuple[Question, ...]
    options: Options
    after: int
    already: sa.Row[Any] | None = None
    batch: int | None = None

    @property
    def rows(self) -> list[Compared]:
        """Every record of the file with its fate."""
        return self.difference.rows

    def count(self, fate: str) -> int:
        """How many records have a fate: created, updated, unchanged, rejected."""
        return sum(row.fate == fate for row in self.rows)

    @property
    def counts(self) -> dict[str, int]:
        """The four fates; they add up to the number of rows."""
        return {fate: self.count(fate) for fate in ("created", "updated", "unchanged", "rejected")}

    @property
    def problems(self) -> list[Problem]:
        """Every problem: of the file, then row by row."""
        return [*self.general, *problems_of(self.rows)]

    @property
    def errors(self) -> list[Problem]:
        """Those that keep rows out."""
        return [p for p in self.problems if p.severity is Severity.ERROR]

    @property
    def warnings(self) -> list[Problem]:
        """Those that only want a look."""
        return [p for p in self.problems if p.severity is not Severity.ERROR]

    @property
    def blocked(self) -> bool:
        """Whether nothing can be loaded as things stand."""
        return bool(self.questions) or (self.count("rejected") > 0 and not self.options.good_rows)

    def as_json(self, lang: str = "ja") -> dict[str, Any]:
        """As ``grc import --json`` prints it (design.md §9)."""
        return {
            "register": self.register.slug, "file_sha256": self.workbook.sha256, "sheet": self.table.sheet,
            "header_rows": list(self.table.header_rows), "mapping": self.columns.as_json(),
            "constants": {k: written(v) for k, v in self.columns.constants.items()},
            "rows": len(self.rows), **self.counts,
            "skipped": [{"row": s.row, "reason": s.reason} for s in self.table.skipped],
            "creates": [{"register": new.slug, "value": new.name, "rows": rows} for new, rows in self.resolved.rows.items()],
            "duplicates": self.difference.duplicates, "vanished": self.difference.vanished, "batch": self.batch,
            "already": {"batch": self.already.id, "at": self.already.loaded_at.isoformat(), "by": self.already.loaded_by} if self.already else None,
            "warnings": [p.as_json(lang) for p in self.warnings], "errors": [p.as_json(lang) for p in self.errors],
            "questions": [q.as_json(lang) for q in self.questions],
        }


def open_file(data: bytes, name: str, register: Register, sheet: str | None = None) -> tuple[Workbook, list[Table]]:
    """Read a file and find its tables, the best first. Raises ``Unreadable`` where there is none."""
    workbook = read_workbook(data, name, sheet=sheet)
    if workbook.kind == "csv":  # what went out neutral comes in as it was
        sheets = (replace(s, rows=[[plain_again(c) if isinstance(c, str) else c for c in row] for row in s.rows]) for s in workbook.sheets)
        workbook = replace(workbook, sheets=tuple(sheets))
    tables = layout.find_tables(workbook, Headings(register).known)
    if not tables:
        which = sheet or "・".join(s.name for s in workbook.sheets)
        raise Unreadable(Text(f"「{name}」の「{which}」シートに表が見つかりません。見出しの行がある表を選んでください。何も登録していません。",
                              f'No table was found on sheet "{which}" of "{name}". Choose one with a row of headings. Nothing was saved.'))
    return workbook, tables


def preview(office: Office, actor: Actor, slug: str, data: bytes, name: str, options: Options = Options()) -> Preview:
    """What a file says and what a load would do; nothing is written.

    Raises ``Unknown``, ``Forbidden``, ``Unreadable``, ``Misuse`` (a field that there is not).
    """
    register = get(slug)
    require(actor, Action.IMPORT, register)
    workbook, tables = open_file(data, name, register, options.sheet)
    table = tables[0]
    constants = _constants(register, table, options)
    with office.db.read() as conn:
        print_ = mapping.fingerprint(slug, table)
        columns = mapping.propose(register, table, constants, said=options.constants, taught=remembered(conn, slug, print_), chosen=_chosen(register, options))
        reads, general = values.read_rows_of(register, table, columns, fiscal_year=options.fiscal_year or _year(table))
        _faults(workbook, table, columns, reads)
        _required(register, table, columns, reads)
        hidden = {row.number for row in table.rows if row.hidden}
        for read in reads:
            if read.number in hidden:
                read.problems.append(HIDDEN(row=read.number))
        resolved = resolve(conn, register, reads)
        loads = loads_of(conn, slug, workbook.sha256, table.sheet)
        already = loads[-1] if loads and loads[-1].counts.get("options") == _options_hash(columns, options) else None
        difference = compare(conn, register, reads, changed=options.changed, last_batch=last_batch(conn, slug, print_) or None,
                             known={int(row): code for load in loads for row, code in load.rows.items()}, settled_before=already is not None,
                             seen=visible(actor, register))
        _said_so(options, difference)
        _bind(conn, register, difference, resolved, {m.target for m in columns.columns})
        _judged(conn, actor, register, difference)
        others = [OTHER_SHEET(value=t.sheet, chosen=table.sheet, count=len(t.rows)) for t in tables[1:] if t.rows and t.score >= SAME_KIND * table.score]
        placed = [*(replace(p, sheet=p.sheet or table.sheet) for p in (*workbook.warnings, *general)), *others]
        for read in reads:
            read.problems = [replace(p, sheet=table.sheet) if p.sheet is None else p for p in read.problems]
        return Preview(register, name, data, workbook, table, columns, difference, resolved, tuple(placed),
                       _questions(register, columns), options, last_batch(conn, slug), already)


def load(office: Office, actor: Actor, seen: Preview) -> Preview:
    """Do what a preview shows. Returns it with its batch. Raises ``NotAllowedNow`` where it is blocked, and as the door."""
    if seen.questions:
        raise NotAllowedNow(seen.questions[0].message)
    if seen.blocked:
        n = seen.count("rejected")
        raise NotAllowedNow(Text(f"誤りのある行が{n}行あるので、取り込みませんでした。直すか、正しい行だけ取り込んでください。何も登録していません。",
                                 f"Rows with errors: {n}. Nothing was loaded. Mend them, or load the good rows only."), seen.errors)
    taught = mapping.taught(seen.columns)
    creates, updates = _planned(seen.rows)
    used = {v for c in seen.rows if c.fate in ("created", "updated") for v in _news(seen.register, c.read.values)}
    batch = load_plan(office.db, office.store, actor, Plan(
        seen.register.slug, seen.name, seen.data, seen.table.sheet, seen.columns.fingerprint,
        {**seen.counts, "rows": len(seen.rows), "options": _options_hash(seen.columns, seen.options)},  # type: ignore[dict-item]
        after=seen.after, mapping=taught or None, provisional={n: v for n, v in seen.resolved.creates.items() if n in used},
        creates=creates, updates=updates, unchanged={c.read.number: c.code for c in seen.rows if c.fate == "unchanged" and c.code}))
    return replace(seen, batch=batch)


def _planned(rows: Sequence[Compared]) -> tuple[tuple[ToCreate, ...], tuple[ToUpdate, ...]]:
    """What a load does with rows that were compared."""
    creates = tuple(ToCreate({**c.read.values, **c.read.rows}, c.read.printed, c.read.number, c.read.code, c.read.status)
                    for c in rows if c.fate == "created")
    updates = tuple(ToUpdate(c.code, c.version, c.given, {n: t for n, t in c.read.printed.items() if n in c.changes}, c.read.number, c.status)
                    for c in rows if c.fate == "updated" and c.code)
    return creates, updates


def _judged(conn: sa.Connection, actor: Actor, register: Register, difference: Difference) -> None:
    """Keep out the rows that a rule of the register refuses, as the door would at the load."""
    refused = {p.row: p for p in objections(conn, actor, register, *_planned(difference.rows))}
    for compared in difference.rows:
        if (problem := refused.get(compared.read.number)) is not None:
            compared.read.problems.append(problem)
            compared.fate = "rejected"


def _news(register: Register, values: Mapping[str, Any]) -> Iterator[New]:
    """The records that a row refers to and that the load makes with it."""
    for spec in register.fields:
        if spec.refers and isinstance(value := values.get(spec.name), New):
            yield value
    for link in register.links:
        yield from (id for _, id in values.get(link.name) or () if isinstance(id, New))


def _chosen(register: Register, options: Options) -> Mapping[str, str]:
    targets = {fold(t): t for t in (*Headings(register).targets, mapping.IGNORE, "")}
    found = {}
    for column, target in options.chosen.items():
        if fold(target) not in targets:
            raise Misuse(Text(f"「{target}」という項目はありません。", f'There is no field "{target}".'))
        found[column] = targets[fold(target)] or mapping.IGNORE
    return found


def _constants(register: Register, table: Table, options: Options) -> dict[str, Cell]:
    found: dict[str, Cell] = dict(register.above(tuple(title.text for title in table.titles)))
    for name, text in options.constants.items():
        spec = register.status if name == "status" else register.field.get(name)
        if spec is None or spec.derive is not None:
            raise Misuse(Text(f"「{name}」という項目はありません。", f'There is no field "{name}".'))
        reading = spec.kind.read(text)
        if reading.value is None:
            said = reading.problem.message if reading.problem else Text("空です。", "it is empty.")
            raise Misuse(Text(f"{spec.label.ja}：{said.ja}", f"{spec.label.en}: {said.en}"))
        found[name] = text
    return found


def _year(table: Table) -> int | None:
    for title in table.titles:
        for word in title.text.replace("（", " ").replace("）", " ").replace("(", " ").replace(")", " ").split():
            if "年度" in word:
                year = FISCAL_YEAR.read(word[:word.index("年度") + 2]).value
                if isinstance(year, int):
                    return year
    return None


def _faults(workbook: Workbook, table: Table, columns: Columns, reads: list[values.Read]) -> None:
    """What the reader could not represent keeps its row out, where the cell means something."""
    sheet = next(s for s in workbook.sheets if s.name == table.sheet)
    meant = {m.column.letter: m.target.split("+")[0] for m in columns.columns if m.target}
    rows = {read.number: read for read in reads}
    for fault in sheet.faults:
        if fault.row in rows and fault.column in meant:
            rows[fault.row].problems.append(replace(fault, field=meant[fault.column]))


def _required(register: Register, table: Table, columns: Columns, reads: list[values.Read]) -> None:
    letters = {name: m.column.letter for m in columns.columns for name in m.target.split("+") if name}
    for spec in register.fields:
        if not spec.required:
            continue
        for read in reads:
            has = spec.name in read.values or spec.name in read.texts or (spec.unless and spec.unless in read.values)
            letter = letters.get(spec.name)
            if has or any((p.field == spec.name and p.severity is Severity.ERROR) or (p.column == letter and p.code.startswith("cell_"))
                          for p in read.problems):
                continue
            sort = GAP if spec.gap and letter else REQUIRED if letter else NO_COLUMN_FOR
            problem = sort(field=spec.label).at(sheet=table.sheet, row=read.number, column=letter, field=spec.name)
            read.problems.append(replace(problem, value=read.printed.get(spec.name)))


def _questions(register: Register, columns: Columns) -> tuple[Question, ...]:
    found = []
    for target, letters in columns.ambiguous:
        label = register.label(target.split("+")[0])
        found.append(Question(target, Text(
            f"「{label.ja}」に当たる列が{len(letters)}つあります（{'、'.join(letters)}列）。どれを使うか選んでください。",
            f'{len(letters)} columns fit "{label.en}" ({", ".join(letters)}). Choose one.'), letters, "--mapping"))
    return tuple(found)


def _said_so(options: Options, difference: Difference) -> None:
    """Raise ``Misuse`` for a row that was called the same record, changed, and is like none."""
    if options.changed == "all":
        return
    like = {c.read.number for c in difference.rows if c.probable or c.code}
    for number in sorted(options.changed - like):
        raise Misuse(Text(f"{number}行目には、変わったと思われる登録済みの記録がありません。指摘された行から選んでください。",
                          f"Row {number} is like no record that is there already. Take one that the preview points out."))


def _bind(conn: sa.Connection, register: Register, difference: Difference, resolved: Resolved, mapped: set[str]) -> None:
    """Tie references that follow from other fields: of new records, and of those whose fields changed."""
    new = [c for c in difference.rows if c.fate == "created"]
    turned = [c for c in difference.rows if c.fate == "updated" and any(c.changes.keys() & set(b.fields.values()) for b in register.binds)]
    bind(conn, register, (c.read for c in (*new, *turned)), resolved, mapped)
    for compared in turned:
        for reference in (b.reference for b in register.binds if b.reference in compared.read.values):
            compared.given[reference] = compared.read.values[reference]


def _options_hash(columns: Columns, options: Options) -> str:
    said = {"columns": columns.as_json(), "fiscal_year": options.fiscal_year, "constants": {k: written(v) for k, v in columns.constants.items()}}
    return hashlib.sha256(json.dumps(said, sort_keys=True).encode()).hexdigest()[:16]
