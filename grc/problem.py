"""What can be wrong with a person's data: a value in a list, never an exception, so that one fault hides no other.

Each sort of problem is defined once with :func:`define`, beside the rule that finds it, and stands in ``CATALOGUE``.
The page, the marked workbook, the command line and the JSON report all say it with the same sentence.
What is wrong with a *request* (no permission, stale) is an exception: see :mod:`grc.refusal`.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from enum import StrEnum

from grc.text import Text


class Severity(StrEnum):
    """How much a problem weighs: an error stops, a warning wants a look, a note only tells."""

    ERROR = "E"
    WARNING = "W"
    NOTE = "I"


@dataclass(frozen=True, slots=True)
class Sort:
    """One sort of problem: a stable code and its sentences, with ``{placeholders}``."""

    code: str
    severity: Severity
    message: Text
    remedy: Text

    def __call__(self, **values: object) -> Problem:
        """A problem of this sort; ``sheet row column field value record`` are its place, and fill the sentences too.

        A ``field`` that is a :class:`Text` is a label for the sentence alone.
        """
        place = {name: values[name] for name in _PLACE if isinstance(values.get(name), str | int)}
        filled = {"value": "", "field": "", "row": "", "column": "", **values}
        return Problem(self.code, self.severity, self.message.format(**filled), self.remedy.format(**filled), **place)  # type: ignore[arg-type]


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong: what, where, what to do.

    ``sheet`` is a sheet's name, ``row`` counts from 1 as Excel does, ``column`` is a letter, ``field`` the name of a
    register's field, ``value`` what stands there as text, ``record`` a record's code.
    """

    code: str
    severity: Severity
    message: Text
    remedy: Text
    sheet: str | None = None
    row: int | None = None
    column: str | None = None
    field: str | None = None
    value: str | None = None
    record: str | None = None

    def at(self, *, sheet: str | None = None, row: int | None = None, column: str | None = None,
           field: str | None = None) -> Problem:
        """The same problem at a place that its finder did not know."""
        return replace(self, sheet=sheet or self.sheet, row=row or self.row, column=column or self.column,
                       field=field or self.field)

    def sentence(self, lang: str) -> str:
        """What is wrong, where, and what to do, as one line."""
        cell = f"{self.column or ''}{self.row or ''}"
        place = (f"（{self.row}行目 {self.column}列）" if lang != "en" else f" (cell {cell})") if self.row and self.column else (
            f"（{self.row}行目）" if lang != "en" else f" (row {self.row})") if self.row else ""
        return f"{self.message.into(lang)}{place}{'' if lang != 'en' else ' '}{self.remedy.into(lang)}".strip()

    def as_json(self, lang: str = "ja") -> dict[str, object]:
        """The problem as the command line prints it."""
        return {"code": self.code, "severity": str(self.severity), "sheet": self.sheet, "row": self.row,
                "column": self.column, "field": self.field, "value": self.value, "record": self.record,
                "message": self.message.into(lang), "remedy": self.remedy.into(lang)}


_PLACE = ("sheet", "row", "column", "field", "value", "record")
CATALOGUE: dict[str, Sort] = {}


def define(code: str, severity: Severity, message: Text, remedy: Text) -> Sort:
    """Add a sort of problem to the catalogue; two of one code are a mistake of ours (``ValueError``)."""
    if code in CATALOGUE:
        raise ValueError(f"two problems are called {code}")
    CATALOGUE[code] = Sort(code, severity, message, remedy)
    return CATALOGUE[code]


def errors(problems: list[Problem]) -> list[Problem]:
    """Those that stop."""
    return [p for p in problems if p.severity is Severity.ERROR]


def fault(code: str, ja: str, en: str) -> Sort:
    """Define a fault of a declaration of ours: ``field`` says where, the sentences what."""
    return define(code, Severity.ERROR, Text("{field}：" + ja, "{field}: " + en), Text("", ""))
