"""What a kind of value is: one owner of how a value is read from a cell, shown, written and kept.

One law holds for every kind: what we write, we read back (``read(cell(v)) == v`` and ``load(data(v)) == v``).
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any, ClassVar, Literal

from sqlalchemy.types import TypeEngine

from grc.problem import Problem

Cell = str | int | float | bool | date | datetime | time | None
"""What stands in a cell of a person's sheet, as the reader gives it; whole floats are ints already."""


@dataclass(frozen=True, slots=True)
class Around:
    """What a sheet says around a cell: the fiscal year asked for, and the unit in the header as a factor (千円 = 1000)."""

    fiscal_year: int | None = None
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Reading:
    """What a cell means. ``problem`` without ``plain`` values: see below; its place is put on by the caller.

    ``value is None and problem is None``: the cell is empty. ``value is None`` with a problem: unreadable, the text is
    kept as printed. ``value`` with a problem (a warning or note): understood, but not the plain reading, so it is shown.
    """

    value: Any = None
    problem: Problem | None = None


class Kind:
    """One kind of value. Subclasses say what is particular to them; instances are immutable and shared."""

    name: ClassVar[str] = "kind"
    align: ClassVar[Literal["left", "right", "center"]] = "left"
    fallible: ClassVar[bool] = True
    """Whether some texts cannot be read; a plain text kind takes all."""

    @property
    def column_type(self) -> TypeEngine[Any]:
        """The SQLAlchemy type of the column."""
        raise NotImplementedError

    def read(self, cell: Cell, around: Around = Around()) -> Reading:
        """What ``cell`` of a sheet, or a text typed into a form, means."""
        raise NotImplementedError

    def check(self, value: Any) -> Problem | None:
        """What is wrong with a typed value that is about to be stored (``None``: nothing); never called with ``None``."""
        raise NotImplementedError

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """The value as a person reads it; ``―`` for nothing. ``era``: dates of a Japanese page in 和暦."""
        return "―" if value is None else str(value)

    def cell(self, value: Any) -> Cell:
        """The value as a cell of an .xlsx or .csv file, in Japanese where it is a word."""
        return value  # type: ignore[no-any-return]

    def data(self, value: Any) -> Any:
        """The value as JSON without floats: what trail, JSON export and snapshots hold."""
        return value

    def load(self, data: Any) -> Any:
        """The inverse of :meth:`data`."""
        return data

    def column_reader(self, around: Around) -> Callable[[Sequence[Cell]], list[Reading]]:
        """Reads a whole column; equal cells are read once (ledgers repeat themselves)."""
        known: dict[Any, Reading] = {}

        def read(cells: Sequence[Cell]) -> list[Reading]:
            out = []
            for cell in cells:
                key = (type(cell), cell)
                reading = known.get(key)
                if reading is None:
                    reading = known[key] = self.read(cell, around)
                out.append(reading)
            return out

        return read
