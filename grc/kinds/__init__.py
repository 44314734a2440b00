"""Kinds of value: yen, dates and 和暦, ○×, 法人番号, choices … each reads a cell, shows, writes a cell, writes JSON.

A kind in capitals is ready to use; a class takes arguments.
"""

from __future__ import annotations

from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import EMPTY, UNSEEN_SIGNS, fold, named, quoted, written
from grc.kinds.choice import Choice, Option
from grc.kinds.code import Code
from grc.kinds.corporate_number import CorporateNumber, check_digit, is_valid, right_first_digit
from grc.kinds.duration import Minutes
from grc.kinds.flag import Flag
from grc.kinds.number import Decimal, Integer, Percent, Yen
from grc.kinds.numeral import grouped
from grc.kinds.period import FiscalYear, Month
from grc.kinds.reference import Ref, Target, fold_name, split
from grc.kinds.text import Email, Line, LongText
from grc.kinds.utc import UtcDateTime
from grc.kinds.when import DATE, DATETIME, Date, DateTime, short

TEXT = Line()
LONG_TEXT = LongText()
EMAIL = Email()
INTEGER = Integer()
COUNT = Integer(low=0)
YEN = Yen()
DECIMAL = Decimal()
PERCENT = Percent()
FLAG = Flag()
MONTH = Month()
FISCAL_YEAR = FiscalYear()
CORPORATE_NUMBER = CorporateNumber()
MINUTES = Minutes()

__all__ = [
    "CORPORATE_NUMBER", "COUNT", "DATE", "DATETIME", "DECIMAL", "EMAIL", "EMPTY", "FISCAL_YEAR", "FLAG", "INTEGER",
    "LONG_TEXT", "MINUTES", "MONTH", "PERCENT", "TEXT", "UNSEEN_SIGNS", "YEN",
    "Around", "Cell", "Choice", "Code", "CorporateNumber", "Date", "DateTime", "Decimal", "Email", "FiscalYear", "Flag",
    "Integer", "Kind", "Line", "LongText", "Minutes", "Month", "Option", "Percent", "Reading", "Ref", "Target", "UtcDateTime",
    "Yen",
    "check_digit", "fold", "fold_name", "grouped", "is_valid", "named", "quoted", "right_first_digit", "short", "split",
    "written",
]
