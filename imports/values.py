"""What the cells of a mapped table mean: typed values by field, what stays as printed, and every problem with its place.

Each field's kind reads its own cells; here is only what a sheet adds: units from the header, a year from the title,
values from above the table, cells that hold several fields.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from grc.kinds import Around, Cell, Reading, Ref, named, written
from grc.problem import Problem, Severity, define
from grc.record import FieldSpec
from grc.register import Register
from grc.tables import read_rows
from grc.text import Text
from imports.layout import Table
from imports.mapping import Columns, Headings

FACTORS = {"千円": 1_000, "万円": 10_000, "百万円": 1_000_000, "億円": 100_000_000}
KEPT = Text("空欄として取り込み、書かれたままの文字を横に残します。", "It is taken in as empty, and what is written is kept beside it.")
"""What becomes of a cell that cannot be read and keeps no row out."""
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
            later.append(lambda c=compound, cells=cells, column=column: reader.compound(c.split, cells, column))  # type: ignore[misc]
        elif target:
            reader.column(target, cells, column.letter, FACTORS.get(column.unit or "", 1))
        elif mapped.how in ("none", "chosen", "remembered") and any(cell is not None for cell in cells):
            header = column.header or f"{column.letter}列"
            if mapped.how == "none":
                general.append(NO_COLUMN(sheet=table.sheet, column=column.letter, value=header))
                reader.unmapped(header, cells)
    for read in later:  # what a column of its own says comes before what a shared one says
        read()
    for name, cell in mapping.constants.items():
        reader.constant(name, cell)
    return reader.rows, general


class _Reader:
    def __init__(self, register: Register, table: Table, fiscal_year: int | None) -> None:
        self.register, self.table, self.fiscal_year = register, table, fiscal_year
        self.rows = [Read(row.number) for row in table.rows]
        self.required = {f.name for f in register.fields if f.required}
        self.specs: dict[str, FieldSpec] = {**register.field, "code": register.code_field, "status": register.status}
        self.parts = {part.name: part for part in register.rows}
        self.links = {link.name for link in register.links}

    def column(self, target: str, cells: Sequence[Cell], letter: str, factor: int = 1) -> None:
        """Read one column into its field."""
        if target in self.parts or target in self.links:
            for row, cell in zip(self.rows, cells, strict=True):
                if cell is not None:
                    self._part(row, target, str(cell), letter)
            return
        spec = self.specs[target]
        readings = spec.kind.column_reader(Around(self.fiscal_year, factor))(cells)
        for row, cell, reading in zip(self.rows, cells, readings, strict=True):
            if reading.value is not None or reading.problem is not None:
                self._take(row, spec, cell, reading, letter)

    def compound(self, split: Callable[[Cell], Mapping[str, Cell]], cells: Sequence[Cell], column: Any) -> None:
        """Take a column of several fields apart, each distinct cell once."""
        known: dict[Any, list[tuple[FieldSpec, Cell, Reading]]] = {}
        around = Around(self.fiscal_year, FACTORS.get(column.unit or "", 1))
        for row, cell in zip(self.rows, cells, strict=True):
            if cell is None:
                continue
            key = (type(cell), cell)
            if key not in known:
                known[key] = [(self.specs[name], piece, self.specs[name].kind.read(piece, around))
                              for name, piece in split(cell).items() if piece is not None]
            for spec, piece, reading in known[key]:
                if spec.name not in row.values and spec.name not in row.texts and (reading.value is not None or reading.problem):
                    self._take(row, spec, piece, reading, column.letter)

    def constant(self, name: str, cell: Cell) -> None:
        """A value for every row that says nothing else."""
        spec = self.specs[name]
        reading = spec.kind.read(cell, Around(self.fiscal_year))
        if reading.value is None:
            return
        for row in self.rows:
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

    def _take(self, row: Read, spec: FieldSpec, cell: Cell, reading: Reading, letter: str) -> None:
        value, problem = reading.value, reading.problem
        if problem is not None:
            row.problems.append(self._placed(row, spec, problem, value, letter, cell))
            if value is None or problem.severity is Severity.WARNING:
                row.printed[spec.name] = written(cell)
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
            said = replace(said, severity=Severity.WARNING, remedy=KEPT)
        return replace(said, value=said.value or written(cell), **place)  # type: ignore[arg-type]

    def _part(self, row: Read, target: str, text: str, letter: str) -> None:
        if target in self.links:
            row.texts[target] = text
            return
        rows = read_rows(self.parts[target], text)
        if rows is None:
            row.printed[target] = text
        else:
            row.rows[target] = rows

