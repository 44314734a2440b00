"""Whole numbers and money: counts, points, yen.

Yen are whole numbers within ±(2^53 − 1): beyond it neither a cell of a workbook nor canonical JSON is exact.
"""

from __future__ import annotations

import math
from decimal import Decimal as Exact
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import EMPTY, TAKEN_AS, nothing, plain_number, quoted, read_as, tight, wrong_type
from grc.kinds.numeral import COUNTERS, Numeral, grouped, numeral
from grc.problem import Problem, Severity, define
from grc.text import Text, same

AROUND = Around()

UNREADABLE = define(
    "number-unreadable", Severity.ERROR,
    Text("「{value}」は数として読めません。", '"{value}" cannot be read as a number.'),
    Text("「45,600,000」のように、数だけを入れてください。", "Enter digits only, such as 45,600,000."))
NOT_WHOLE = define(
    "number-not-whole", Severity.ERROR,
    Text("「{value}」は整数ではありません。", '"{value}" is not a whole number.'),
    Text("小数点以下のない数を入れてください。", "Enter a number without decimals."))
YEN_FRACTION = define(
    "yen-fraction", Severity.ERROR,
    Text("「{value}」には1円未満の端数があります。", '"{value}" has a fraction of a yen.'),
    Text("円単位の整数で入れてください。", "Enter whole yen."))
OUT_OF_RANGE = define(
    "number-out-of-range", Severity.ERROR,
    Text("「{value}」は扱える範囲を超えています。", '"{value}" is outside the range of this field.'),
    Text("{low}から{high}までの数を入れてください。", "Enter a number from {low} to {high}."))
WRONG_UNIT = define(
    "number-unit", Severity.ERROR,
    Text("「{value}」の単位がこの欄に合いません。", '"{value}" has a unit that does not belong in this field.'),
    Text("数だけを入れてください。", "Enter the number alone."))


class Integer(Kind):
    """A whole number from ``low`` to ``high``; a unit of ``units`` after it is passed over (``1,250件``)."""

    name = "integer"
    align = "right"
    units: tuple[str, ...] = COUNTERS
    not_whole = NOT_WHOLE

    def __init__(self, low: int = -(2**31) + 1, high: int = 2**31 - 1) -> None:
        self.low = low
        self.high = high

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.Integer() if max(-self.low, self.high) < 2**31 else sa.BigInteger()

    def read(self, cell: Cell, around: Around = AROUND) -> Reading:
        """The number, times the header's unit unless the cell names its own."""
        if type(cell) is int and around.factor == 1:
            return Reading(cell) if self.low <= cell <= self.high else self._beyond(cell)
        if cell is None:
            return EMPTY
        if isinstance(cell, bool):
            return Reading(None, UNREADABLE(value=quoted(cell)))
        if isinstance(cell, int):
            return self._whole(Numeral(Exact(cell)), cell, around)
        if isinstance(cell, float):
            if not math.isfinite(cell):
                return Reading(None, UNREADABLE(value=quoted(cell)))
            return self._whole(Numeral(Exact(repr(cell))), cell, around)
        if not isinstance(cell, str):
            return Reading(None, UNREADABLE(value=quoted(cell)))
        return self._text(cell, around)

    def _text(self, cell: str, around: Around) -> Reading:
        if cell.isascii() and cell.isdigit() and len(cell) < 16:
            return self._whole(Numeral(Exact(cell)), cell, around)
        found = numeral(cell)
        if found is None:
            return nothing(tight(cell), cell) or Reading(None, UNREADABLE(value=quoted(cell)))
        if found.unit and found.unit not in self.units:
            return Reading(None, WRONG_UNIT(value=quoted(cell)))
        return self._whole(found, cell, around)

    def _whole(self, found: Numeral, cell: Cell, around: Around) -> Reading:
        amount = found.amount if found.scaled else found.amount * around.factor
        if abs(amount) > 2**63:
            return self._beyond(cell)
        if amount != amount.to_integral_value():
            return Reading(None, self.not_whole(value=quoted(cell)))
        whole = int(amount)
        if not self.low <= whole <= self.high:
            return self._beyond(cell)
        if not found.exact or (found.scaled and around.factor != 1):
            return read_as(cell, whole, Text(self.show(whole), self.show(whole, "en")))
        return Reading(whole)

    def _beyond(self, cell: object) -> Reading:
        return Reading(None, OUT_OF_RANGE(value=quoted(cell), low=_bound(self.low), high=_bound(self.high)))

    def check(self, value: Any) -> Problem | None:
        """No whole number, or out of range."""
        if type(value) is not int:
            return wrong_type(value, Text("整数", "a whole number"))
        return None if self.low <= value <= self.high else self._beyond(value).problem

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """With separators: ``1,250``, ``▲30`` (English ``-30``)."""
        return "―" if value is None else f"{value:,}" if lang == "en" else grouped(value)


class Yen(Integer):
    """An amount in whole yen; reads 円, 千円, 百万円 and 億円, and the unit of the header."""

    name = "yen"
    units = ("円",)
    not_whole = YEN_FRACTION

    def __init__(self, low: int = -(2**53) + 1, high: int = 2**53 - 1) -> None:
        super().__init__(low, high)

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.BigInteger()

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """``45,600,000円``, ``▲1,200円``; English ``¥45,600,000``, ``-¥1,200``."""
        if value is None:
            return "―"
        return f"{'-' if value < 0 else ''}¥{abs(value):,}" if lang == "en" else f"{grouped(value)}円"


class Decimal(Kind):
    """A number with decimals, exact to ``scale`` places; in JSON a string. At most 15 digits, which both databases
    and a workbook hold without loss."""

    name = "decimal"
    align = "right"
    digits_in_all = 15

    def __init__(self, scale: int = 4) -> None:
        self.scale = scale
        self.most = Exact(10) ** (self.digits_in_all - scale) - Exact(1).scaleb(-scale)

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.Numeric(self.digits_in_all, self.scale)

    def read(self, cell: Cell, around: Around = AROUND) -> Reading:
        """The number; decimals beyond ``scale`` are rounded half up, with a warning."""
        if cell is None:
            return EMPTY
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            if not math.isfinite(cell):
                return Reading(None, UNREADABLE(value=quoted(cell)))
            return self.of(Numeral(Exact(plain_number(cell) if isinstance(cell, float) else cell)), cell, around.factor)
        if not isinstance(cell, str):
            return Reading(None, UNREADABLE(value=quoted(cell)))
        found = numeral(cell)
        if found is None:
            return nothing(tight(cell), cell) or Reading(None, UNREADABLE(value=quoted(cell)))
        if found.unit and found.unit not in self.units():
            return Reading(None, WRONG_UNIT(value=quoted(cell)))
        return self.of(found, cell, around.factor)

    def units(self) -> tuple[str, ...]:
        """The units that may stand after the number."""
        return COUNTERS

    def of(self, found: Numeral, cell: Cell, factor: int = 1) -> Reading:
        """The reading of a number found in ``cell``, rounded to the places kept."""
        amount = found.amount if found.scaled else found.amount * factor
        if abs(amount) > self.most:
            return Reading(None, OUT_OF_RANGE(value=quoted(cell), low=_bound(-self.most), high=_bound(self.most)))
        kept = rounded(amount, self.scale)
        # A double that a formula left (0.1 + 0.2) is meant as the rounded number: no word about it.
        plain = found.exact and (kept == amount or isinstance(cell, float))
        return Reading(kept) if plain else read_as(cell, kept, same(self.show(kept)))

    def check(self, value: Any) -> Problem | None:
        """No exact number, too great, or with more decimals than are kept."""
        if not isinstance(value, Exact) or not value.is_finite() or value != rounded(value, self.scale):
            return wrong_type(value, self._expected())
        if abs(value) <= self.most:
            return None
        return OUT_OF_RANGE(value=quoted(value), low=_bound(-self.most), high=_bound(self.most))

    def _expected(self) -> Text:
        return Text(f"小数点以下{self.scale}桁までの数", f"a number of up to {self.scale} decimals")

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """With separators and the decimals that it has: ``1,234.5``."""
        if value is None:
            return "―"
        return f"{shortest(value):,f}" if lang == "en" else _grouped_decimal(value)

    def cell(self, value: Any) -> Cell:
        """A number of the workbook: 15 digits are exact in a double."""
        return None if value is None else float(value)

    def data(self, value: Any) -> Any:
        """The number as text, without needless zeros."""
        return None if value is None else f"{shortest(value):f}"

    def load(self, data: Any) -> Any:
        return None if data is None else Exact(data)


class Percent(Decimal):
    """A percentage in points (97.2 for 97.2%), shown with ``digits`` decimals."""

    name = "percent"

    def __init__(self, digits: int = 1, scale: int = 4) -> None:
        super().__init__(scale)
        self.digits = digits

    def units(self) -> tuple[str, ...]:
        return ("%",)

    def of(self, found: Numeral, cell: Cell, factor: int = 1) -> Reading:
        """A bare number up to 1.5 is the fraction that a cell formatted as % holds: 0.972 is 97.2%, and is said so."""
        if found.unit or abs(found.amount) > Exact("1.5") or not found.amount:
            return super().of(found, cell)
        reading = super().of(Numeral(found.amount * 100, "%", exact=found.exact), cell)
        if reading.problem or reading.value is None:
            return reading
        return read_as(cell, reading.value, same(f"{shortest(reading.value):f}%"), TAKEN_AS)

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """``97.2%``, rounded half up to the decimals shown."""
        return "―" if value is None else f"{rounded(value, self.digits):,f}%".replace("-", "▲" if lang != "en" else "-")

    def cell(self, value: Any) -> Cell:
        """``97.2%`` as text, all decimals kept: a bare 0.972 could as well be less than one per cent."""
        return None if value is None else f"{shortest(value):f}%"


def _bound(number: int | Exact) -> Text:
    return Text(grouped(number), f"{number:,}")


def rounded(number: Exact, digits: int) -> Exact:
    """Half up, as people do, to so many decimals."""
    return number.quantize(Exact(1).scaleb(-digits), "ROUND_HALF_UP")


def shortest(number: Exact) -> Exact:
    """The same number without needless zeros and never with an exponent when written with ``f``."""
    return Exact(0) if not number else number.normalize()


def _grouped_decimal(number: Exact) -> str:
    return f"▲{shortest(-number):,f}" if number < 0 else f"{shortest(number):,f}"
