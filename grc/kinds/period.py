"""Months (``2025-04``) and fiscal years (2025 for 令和7年度)."""

from __future__ import annotations

import re
from datetime import date
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.calendar import fiscal_year, japanese_fiscal_year, japanese_month, month_of
from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import EMPTY, nothing, quoted, read_as, tight, without_marks, wrong_type
from grc.kinds.daytext import UnclearYear, is_blank_form, written_day, written_fiscal_year, written_month
from grc.kinds.when import DATE, FIRST_YEAR, IMPOSSIBLE, LAST_YEAR, NO_YEAR
from grc.problem import Problem, Severity, define
from grc.text import Text

AROUND = Around()
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")
_MONTH_ONLY = re.compile(r"([0-9]{1,2})月分?")

NO_MONTH = define(
    "month-unreadable", Severity.ERROR,
    Text("「{value}」は年月として読めません。", '"{value}" cannot be read as a month.'),
    Text("「2025-04」か「令和7年4月」の形で入れてください。", "Enter it as 2025-04."))
NO_FISCAL_YEAR = define(
    "fiscal-year-unreadable", Severity.ERROR,
    Text("「{value}」は年度として読めません。", '"{value}" cannot be read as a fiscal year.'),
    Text("「令和7年度」か「2025」の形で入れてください。", "Enter it as FY2025 or 2025."))


def _fits(year: float) -> bool:
    return FIRST_YEAR <= year <= LAST_YEAR


def _is_month(text: str) -> bool:
    return _MONTH.fullmatch(text) is not None and _fits(int(text[:4]))


class Month(Kind):
    """A month, as the text ``2025-04``."""

    name = "month"

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.String(7)

    def read(self, cell: Cell, around: Around = AROUND) -> Reading:
        """The month of a text or of a date; ``4月`` takes its year from the fiscal year around it."""
        if cell is None:
            return EMPTY
        if isinstance(cell, date) or (isinstance(cell, int | float) and not isinstance(cell, bool) and cell < 10**5):
            day = DATE.read(cell, around)
            if day.value is None:
                return Reading(None, NO_MONTH(value=quoted(cell)))
            plain = isinstance(cell, date)
            return Reading(month_of(day.value)) if plain else self._taken(cell, day.value.year, day.value.month)
        if isinstance(cell, str) and len(cell) == 7 and _is_month(cell):
            return Reading(cell)
        text, marked = without_marks(tight(cell))
        found = written_month(text) or written_day(text)
        alone = _MONTH_ONLY.fullmatch(text)
        if alone and around.fiscal_year and 1 <= int(alone[1]) <= 12:
            return self._taken(cell, around.fiscal_year + (int(alone[1]) < 4), int(alone[1]))
        if isinstance(found, UnclearYear) or alone:
            return Reading(None, NO_YEAR(value=quoted(cell)))
        if found is None or found.year is None or not _fits(found.year):
            if is_blank_form(text):
                return EMPTY
            return (None if marked else nothing(text, cell)) or Reading(None, NO_MONTH(value=quoted(cell)))
        if not 1 <= found.month <= 12:
            why = Text("月は1から12までです。", "Months run from 1 to 12.")
            return Reading(None, IMPOSSIBLE(value=quoted(cell), why=why))
        if marked or found.loose:
            return self._taken(cell, found.year, found.month)
        return Reading(f"{found.year:04d}-{found.month:02d}")

    def _taken(self, cell: Cell, year: int, month: int) -> Reading:
        value = f"{year:04d}-{month:02d}"
        return read_as(cell, value, Text(japanese_month(value), value))

    def check(self, value: Any) -> Problem | None:
        fits = isinstance(value, str) and _is_month(value)
        return None if fits else wrong_type(value, Text("「2025-04」の形の年月", "a month in the form 2025-04"))

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """``令和7年4月``; in English or without eras ``2025-04``."""
        return "―" if value is None else value if lang == "en" or not era else japanese_month(value)


class FiscalYear(Kind):
    """A fiscal year, by the year in which it begins."""

    name = "fiscal_year"

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.Integer()

    def read(self, cell: Cell, around: Around = AROUND) -> Reading:
        """``令和7年度``, ``R7``, ``FY2025``, 2025; a day or ``令和7年`` is read too, with a warning."""
        if cell is None:
            return EMPTY
        if isinstance(cell, date):
            year = fiscal_year(cell)
            return self._taken(cell, year) if _fits(year) else Reading(None, NO_FISCAL_YEAR(value=quoted(cell)))
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            fits = cell == cell // 1 and _fits(cell)
            return Reading(int(cell)) if fits else Reading(None, NO_FISCAL_YEAR(value=quoted(cell)))
        text, marked = without_marks(tight(cell))
        found = written_fiscal_year(text)
        if isinstance(found, UnclearYear):
            return Reading(None, NO_YEAR(value=quoted(cell)))
        if found is None or found.year is None or not _fits(found.year):
            return (None if marked else nothing(text, cell)) or Reading(None, NO_FISCAL_YEAR(value=quoted(cell)))
        return self._taken(cell, found.year) if marked or found.loose else Reading(found.year)

    def _taken(self, cell: Cell, year: int) -> Reading:
        return read_as(cell, year, Text(self.show(year), self.show(year, "en")))

    def check(self, value: Any) -> Problem | None:
        fits = type(value) is int and _fits(value)
        return None if fits else wrong_type(value, Text("年度（西暦）", "the year in which it begins"))

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """``令和7年度``, without eras ``2025年度``; English ``FY2025``."""
        if value is None:
            return "―"
        return f"FY{value}" if lang == "en" else japanese_fiscal_year(value) if era else f"{value}年度"
