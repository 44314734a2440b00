"""What the cells of a mapped table mean: typed values by field, what stays as printed, and every problem with its place.

Each field's kind reads its own cells; here is only what a sheet adds: units from the header, a year from the title,
values from above the table, cells that hold several fields.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grc.kinds import TEXT, Around, Cell, Minutes, Reading, Ref, Yen, named, written
from grc.problem import Problem, Severity, define
from grc.record import FieldSpec
from grc.register import Compound, Register
from grc.tables import read_rows
from grc.text import Text
from imports.header import Column
from imports.layout import Table
from imports.mapping import Columns, Headings

FACTORS = {"千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
LENGTHS = {"時間": 60, "日": 24 * 60}
"""What a unit in a heading makes of a bare length of time, which is minutes."""
KEPT = Text("空欄として取り込み、書かれたままの文字を横に残します。", "It is taken in as empty, and what is written is kept beside it.")
"""What becomes of a cell that cannot be read and keeps no row out."""
DITTO = define("ditto", Severity.ERROR, Text("「{value}」は上の行と同じという印です。", '"{value}" only points to the row above.'),
               Text("同じ内容を書いてください。", "Write out what it stands for."))
DITTO_SIGNS = frozenset("〃々仝″") | {"同上", "同右", "同左"}
NO_COLUMN = define("column-without-field", Severity.NOTE,
                   Text("見出し「{value}」に当たる項目がありません。", 'No field fits the heading "{value}".'),
                   Text("書かれたままの文字を記録に残します。項目を選ぶこともできます。", "Its cells are kept as printed. You can also choose a field."))


@dataclass(slots=True)
class Read:
    """One row as it was read. ``values`` typed; ``texts`` what references, child rows and links say; ``printed`` cells kept."""

    number: int
    values: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    printed: dict[str, str] = field(default_factory=dict)
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    code: str | None = None
    status: str | None = None
    problems: list[Problem] = field(default_factory=list)

    @property
    def rejected(self) -> bool:
        """Whether an error keeps this row out."""
        return any(p.severity is Severity.ERROR for p in self.problems)


def read_rows_of(register: Register, table: Table, mapping: Columns, *, fiscal_year: int | None = None) -> tuple[list[Read], list[Problem]]:
    """All rows of a table, and the problems of the table as a whole."""
    reader = _Reader(register, table, fiscal_year)
    general: list[Problem] = []
    compounds = Headings(register).compounds
    later: list[Callable[[], None]] = []
    for n, mapped in enumerate(mapping.columns):
        cells = [row.cells[n] for row in table.rows]
        column, target = mapped.column, mapped.target
        if target in compounds:
            compound = compounds[target]
            later.append(lambda c=compound, cells=cells, column=column: reader.compound(c, cells, column))  # type: ignore[misc]
        elif target:
            reader.column(target, cells, column)
        elif mapped.how == "none" and any(cell is not None for cell in cells):
            header = column.header or f"{column.letter}列"
            general.append(NO_COLUMN(sheet=table.sheet, column=column.letter, value=header))
            reader.unmapped(header, cells)
    for read in later:  # what a column of its own says comes before what a shared one says
        read()
    for name in mapping.said:
        reader.constant(name, mapping.constants[name])
    reader.bands()
    for name, cell in mapping.constants.items():
        reader.constant(name, cell)
    return reader.rows, general


def _ditto(cell: Cell) -> Reading | None:
    """The reading of a cell that only points to the row above, else ``None``."""
    return Reading(None, DITTO(value=cell.strip())) if isinstance(cell, str) and cell.strip() in DITTO_SIGNS else None


class _Reader:
    def __init__(self, register: Register, table: Table, fiscal_year: int | None) -> None:
        self.register, self.table, self.fiscal_year = register, table, fiscal_year
        self.rows = [Read(row.number) for row in table.rows]
        self.required = {f.name for f in register.fields if f.required}
        self.specs: dict[str, FieldSpec] = {**register.field, "code": register.code_field, "status": register.status}
        self.parts = {part.name: part for part in register.rows}
        self.links = {link.name for link in register.links}

    def around(self, spec: FieldSpec, column: Column) -> Around:
        """What a sheet says around a column: the year, and the unit of its heading or, for money, of the whole table."""
        unit = column.unit or (self.table.unit if isinstance(spec.kind, Yen) else None)
        return Around(self.fiscal_year, (LENGTHS if isinstance(spec.kind, Minutes) else FACTORS).get(unit or "", 1))

    def column(self, target: str, cells: Sequence[Cell], column: Column) -> None:
        """Read one column into its field."""
        letter = column.letter
        if target in self.parts or target in self.links:
            for row, cell in zip(self.rows, cells, strict=True):
                if cell is not None:
                    self._part(row, target, str(cell), letter)
            return
        spec = self.specs[target]
        readings = spec.kind.column_reader(self.around(spec, column))(cells)
        if not DITTO_SIGNS.isdisjoint([cell.strip() for cell in cells if cell.__class__ is str]):
            readings = [_ditto(cell) or reading for cell, reading in zip(cells, readings, strict=True)]
        for row, cell, reading in zip(self.rows, cells, readings, strict=True):
            if reading.value is not None or reading.problem is not None:
                self._take(row, spec, cell, reading, letter)

    def compound(self, compound: Compound, cells: Sequence[Cell], column: Column) -> None:
        """Take a column of several fields apart, each distinct cell once."""
        known: dict[Any, list[tuple[FieldSpec, Cell, Reading]]] = {}
        for row, cell in zip(self.rows, cells, strict=True):
            if cell is None:
                continue
            key = (type(cell), cell)
            if key not in known:
                pieces = {compound.into[0]: cell} if _ditto(cell) else compound.split(cell)
                known[key] = [(self.specs[name], piece, _ditto(piece) or self.specs[name].kind.read(piece, self.around(self.specs[name], column)))
                              for name, piece in pieces.items() if piece is not None]
            for spec, piece, reading in known[key]:
                if spec.name not in row.values and spec.name not in row.texts and (reading.value is not None or reading.problem):
                    self._take(row, spec, piece, reading, column.letter, whole=cell)

    def bands(self) -> None:
        """What a band (【工事】) or a later title says of the rows below it comes before what stands above the table."""
        below: dict[str, list[Read]] = {}
        for row, source in zip(self.rows, self.table.rows, strict=True):
            if source.section:
                below.setdefault(source.section, []).append(row)
        for section, rows in below.items():
            for name, cell in self.register.above((section,)).items():
                self.constant(name, cell, rows)

    def constant(self, name: str, cell: Cell, rows: Sequence[Read] | None = None) -> None:
        """A value for every row (or some) that says nothing else."""
        spec = self.specs[name]
        reading = spec.kind.read(cell, Around(self.fiscal_year))
        if reading.value is None:
            return
        for row in self.rows if rows is None else rows:
            if name == "status":
                row.status = row.status or reading.value
            elif isinstance(spec.kind, Ref):
                row.texts.setdefault(name, reading.value)
            elif name not in row.values and name not in row.printed:
                row.values[name] = reading.value

    def unmapped(self, header: str, cells: Sequence[Cell]) -> None:
        """Keep the cells of a column that no field fits."""
        for row, cell in zip(self.rows, cells, strict=True):
            if cell is not None:
                row.printed[header] = written(cell)

    def _take(self, row: Read, spec: FieldSpec, cell: Cell, reading: Reading, letter: str, *, whole: Cell = None) -> None:
        """Put a reading where it belongs; what is kept as printed is the ``whole`` cell, not a piece of it."""
        value, problem = reading.value, reading.problem
        if problem is not None:
            row.problems.append(self._placed(row, spec, problem, value, letter, cell))
            if value is None or problem.severity is Severity.WARNING:
                row.printed[spec.name] = written(cell if whole is None else whole)
        if value is None:
            return
        if spec.name == "code":
            row.code = value
        elif spec.name == "status":
            row.status = value
        elif isinstance(spec.kind, Ref):
            row.texts[spec.name] = value
        else:
            row.values[spec.name] = value

    def _placed(self, row: Read, spec: FieldSpec, problem: Problem, value: Any, letter: str, cell: Cell) -> Problem:
        said = named(problem, spec.label)
        place = {"sheet": self.table.sheet, "row": row.number, "column": letter, "field": spec.name}
        if value is None and problem.severity is Severity.ERROR and spec.name not in self.required:
            said = replace(said, severity=Severity.WARNING, remedy=self._kept(spec))
        return replace(said, value=said.value or written(cell), **place)  # type: ignore[arg-type]

    def _kept(self, spec: FieldSpec) -> Text:
        if spec.name != "status":
            return KEPT
        state = self.register.workflow.state(self.register.loaded_state).label
        return Text(f"状態は「{state.ja}」として取り込み、書かれたままの文字を横に残します。", f'It comes in as "{state.en}", and what is written is kept beside it.')

    def _part(self, row: Read, target: str, text: str, letter: str) -> None:
        if TEXT.read(text).value is None:  # nothing but a dash
            return
        if target in self.links:
            row.texts[target] = text
            return
        rows = read_rows(self.parts[target], text)
        if rows is None:
            row.printed[target] = text
        else:
            row.rows[target] = rows

