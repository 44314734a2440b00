"""Corporate numbers (法人番号): thirteen digits, the first of which checks the others.

The check digit is 9 − (Σ Pn·Qn mod 9), where Pn is the n-th of the other twelve digits counted from the right and Qn is
1 for odd n and 2 for even n (法人番号の指定等に関する省令 第2条).
"""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import as_error, nothing, quoted, read_as, tight, without_marks, written
from grc.problem import Problem, Severity, define
from grc.text import Text

_THIRTEEN = re.compile(r"(?<![0-9])[0-9]{13}(?![0-9])")
_JOINTS = re.compile(r"[\s\-‐‑‒–—―−ーｰ]+")
_WORDS = re.compile(r"^\(?(?:法人番号|法人no\.?)[::]?|\)$", re.IGNORECASE)

CHECK_DIGIT = define(
    "corporate-number-check-digit", Severity.WARNING,
    Text("「{value}」の検査数字が合いません。", '"{value}": the check digit is wrong.'),
    Text("最初の桁が {digit} なら正しい番号です。", "It would be right if the first digit were {digit}."))
LENGTH = define(
    "corporate-number-length", Severity.WARNING,
    Text("「{value}」は{length}桁です。", '"{value}" has {length} digits.'),
    Text("法人番号は13桁です。", "A corporate number has 13."))
UNREADABLE = define(
    "corporate-number-unreadable", Severity.WARNING,
    Text("「{value}」は法人番号として読めません。", '"{value}" cannot be read as a corporate number.'),
    Text("13桁の数字だけを入れてください。", "Enter 13 digits only."))
SEVERAL = define(
    "corporate-number-several", Severity.WARNING,
    Text("「{value}」には法人番号が{count}つあります。", '"{value}" holds {count} corporate numbers.'),
    Text("1つの欄には1つだけ入れてください。", "Enter one only."))


def check_digit(digits12: str) -> int:
    """The check digit (1–9) of the twelve digits that follow it."""
    if len(digits12) != 12 or not (digits12.isascii() and digits12.isdigit()):
        raise ValueError("twelve digits are needed")
    return 9 - sum(int(digit) * (1 + n % 2) for n, digit in enumerate(reversed(digits12))) % 9


def is_valid(text: str) -> bool:
    """Whether ``text`` is thirteen digits of which the first is right."""
    return len(text) == 13 and text.isascii() and text.isdigit() and int(text[0]) == check_digit(text[1:])


def right_first_digit(text: str) -> int:
    """The first digit with which thirteen digits would be right."""
    return check_digit(text[1:])


class CorporateNumber(Kind):
    """A corporate number, as thirteen digits. How much a wrong one weighs is the reader's to say: a warning here."""

    name = "corporate_number"

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.String(13)

    def read(self, cell: Cell, around: Around = Around()) -> Reading:  # noqa: B008 - immutable
        """The number, without spaces and hyphens; ``T`` before it (the invoice number) is passed over with a word."""
        text = cell if isinstance(cell, str) else written(cell)
        if is_valid(text):
            return Reading(text)
        text, marked = without_marks(tight(text))
        empty = None if marked else nothing(text, cell)
        if empty:
            return empty
        core = _WORDS.sub("", text)
        invoice = core[:1] in ("T", "t")
        digits = _JOINTS.sub("", core[1:] if invoice else core).removesuffix(".0")
        several = set(_THIRTEEN.findall(text)) if len(_THIRTEEN.findall(text)) > 1 else set()
        if several or (digits.isdigit() and len(digits) in (26, 39, 52)):
            return Reading(None, SEVERAL(value=quoted(cell), count=len(several) or len(digits) // 13))
        if not (digits.isascii() and digits.isdigit()):
            return Reading(None, UNREADABLE(value=quoted(cell)))
        problem = _fault(digits, cell)
        if problem:
            return Reading(None, problem)
        return read_as(cell, digits, digits) if marked or invoice else Reading(digits)

    def check(self, value: Any) -> Problem | None:
        """Not thirteen digits, or the check digit is wrong: stops here, whatever it weighs in a sheet."""
        if not isinstance(value, str) or not (value.isascii() and value.isdigit()):
            return as_error(UNREADABLE(value=quoted(value)))
        return as_error(_fault(value, value))




def _fault(digits: str, cell: Cell) -> Problem | None:
    if len(digits) != 13:
        return LENGTH(value=quoted(cell), length=len(digits))
    return None if is_valid(digits) else CHECK_DIGIT(value=quoted(cell), digit=right_first_digit(digits))
