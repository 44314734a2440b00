"""Days and moments. A day is a plain date; a moment is stored in UTC and shown in Japanese time."""

from __future__ import annotations

import math
import re
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.calendar import TOKYO, era, japanese, last_day, tokyo
from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import EMPTY, TAKEN_AS, nothing, quoted, read_as, tight, without_marks, wrong_type
from grc.kinds.daytext import UnclearYear, Written, is_blank_form, written_day, written_month
from grc.kinds.utc import UtcDateTime
from grc.problem import Problem, Severity, define
from grc.text import Text

AROUND = Around()
FIRST_YEAR, LAST_YEAR = 1868, 2200
_SERIAL_ZERO = datetime(1899, 12, 30)
_SERIALS = (20_000, 80_000)
"""Excel's day numbers that are taken for dates: 1954 to 2119."""
_WEEKDAYS = "月火水木金土日"

IMPOSSIBLE = define(
    "date-impossible", Severity.ERROR,
    Text("「{value}」はない日付です。", '"{value}" does not exist.'), Text("{why}", "{why}"))
UNREADABLE = define(
    "date-unreadable", Severity.ERROR,
    Text("「{value}」は日付として読めません。", '"{value}" cannot be read as a date.'),
    Text("「R7.4.1」か「2025-04-01」の形で入れてください。", "Enter it as 2025-04-01 or R7.4.1."))
NO_YEAR = define(
    "date-no-year", Severity.ERROR,
    Text("「{value}」は何年か分かりません。", '"{value}" has no year that can be told.'),
    Text("「R7.4.1」か「2025-04-01」の形で入れるか、年度を選んでください。",
         "Enter it as 2025-04-01, or choose the fiscal year."))
NO_DAY = define(
    "date-no-day", Severity.ERROR,
    Text("「{value}」には日がありません。", '"{value}" names a month without a day.'),
    Text("年月日を入れてください。", "Enter year, month and day."))
FAR_AWAY = define(
    "date-far-away", Severity.ERROR,
    Text("「{value}」の年は{first}年から{last}年までの間にありません。",
         '"{value}" is not between {first} and {last}.'),
    Text("年を確かめてください。", "Check the year."))
WEEKDAY = define(
    "date-weekday", Severity.WARNING,
    Text("「{value}」の曜日が合いません。", '"{value}" names the wrong day of the week.'),
    Text("{reading}は{weekday_ja}曜日です。", "{reading} is a {weekday_en}."))
NO_MOMENT = define(
    "datetime-unreadable", Severity.ERROR,
    Text("「{value}」は日時として読めません。", '"{value}" cannot be read as date and time.'),
    Text("「2025-11-25 10:42」の形で入れてください。", "Enter it as 2025-11-25 10:42."))


def short(day: date | None, lang: str = "ja", era_years: bool = True) -> str:
    """A day in a table: ``R7.11.25``; in English or without eras ``2025-11-25``; ``―`` for none."""
    if day is None:
        return "―"
    _, letter, year = era(day)
    return day.isoformat() if lang == "en" or not era_years or not letter else f"{letter}{year}.{day.month}.{day.day}"


class Date(Kind):
    """A day."""

    name = "date"

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.Date()

    def read(self, cell: Cell, around: Around = AROUND) -> Reading:
        """The day of a date cell, an Excel day number, or a text in any form of :mod:`grc.kinds.daytext`."""
        if type(cell) is date:
            return Reading(cell) if FIRST_YEAR <= cell.year <= LAST_YEAR else Reading(None, _far_away(cell))
        if cell is None:
            return EMPTY
        if isinstance(cell, datetime):
            return self._of_datetime(cell, cell)
        if isinstance(cell, int | float) and not isinstance(cell, bool):
            return self._of_number(cell)
        if not isinstance(cell, str):
            return Reading(None, UNREADABLE(value=quoted(cell)))
        if len(cell) == 10 and cell[4] == cell[7] == "-" and cell.isascii():
            try:
                return self.read(date.fromisoformat(cell), around)
            except ValueError:
                pass  # 2025-02-30: said below, in words
        return self._of_text(cell, around)

    def _of_datetime(self, moment: datetime, cell: Cell) -> Reading:
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            return Reading(None, _far_away(cell))
        moment = tokyo(moment) if moment.tzinfo else moment
        day = moment.date()
        return Reading(day) if moment.time() == time() else _taken(cell, day)

    def _of_number(self, cell: float) -> Reading:
        if math.isfinite(cell):
            if _SERIALS[0] <= cell <= _SERIALS[1]:
                return _taken(cell, (_SERIAL_ZERO + timedelta(days=int(cell))).date())
            if cell == int(cell) and 18_680_101 <= cell <= 22_001_231:
                return self._of_text(str(int(cell)), AROUND)
        return Reading(None, UNREADABLE(value=quoted(cell)))

    def _of_text(self, cell: str, around: Around) -> Reading:
        text, marked = without_marks(tight(cell))
        found = written_day(text)
        if found is None:
            blank = nothing(text, cell) if not marked else None
            if blank or is_blank_form(text):
                return blank or EMPTY
            if text.isascii() and text.isdigit() and len(text) == 5 and _SERIALS[0] <= int(text) <= _SERIALS[1]:
                return self._of_number(int(text))
            return self._of_moment(text, cell, around)
        if isinstance(found, UnclearYear):
            return Reading(None, NO_YEAR(value=quoted(cell)))
        return day_of(found, cell, around, marked)

    def _of_moment(self, text: str, cell: str, around: Around) -> Reading:
        """A text that also has a time: its day."""
        moment, clock = _iso_moment(text), _CLOCK_TIME.search(text)
        if moment is None and clock is not None and clock.start():
            reading = moment_of(text, clock, cell, around)
            if reading.value is None or reading.problem:
                return Reading(reading.value and tokyo(reading.value).date(), reading.problem)
            moment = reading.value
        if moment is not None:
            return self._of_datetime(moment, cell)
        sort = NO_DAY if written_month(text) else UNREADABLE
        return Reading(None, sort(value=quoted(cell)))

    def check(self, value: Any) -> Problem | None:
        """No date, or centuries away."""
        if type(value) is not date:
            return wrong_type(value, Text("日付", "a date"))
        return None if FIRST_YEAR <= value.year <= LAST_YEAR else _far_away(value)

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """``令和7年11月25日``; in English or without eras ``2025-11-25``."""
        return "―" if value is None else value.isoformat() if lang == "en" or not era else japanese(value)

    def data(self, value: Any) -> Any:
        return None if value is None else value.isoformat()

    def load(self, data: Any) -> Any:
        return None if data is None else date.fromisoformat(data)


def day_of(found: Written, cell: Cell, around: Around = AROUND, marked: bool = False) -> Reading:
    """The reading of a written day: is there such a day, was its era then, does its weekday agree."""
    year, taken = found.year, False
    if year is None:
        if around.fiscal_year is None:
            return Reading(None, NO_YEAR(value=quoted(cell)))
        year, taken = around.fiscal_year + (found.month < 4), True
    if not FIRST_YEAR <= year <= LAST_YEAR:
        return Reading(None, _far_away(cell))
    why = why_impossible(year, found.month, found.day)
    if why:
        return Reading(None, IMPOSSIBLE(value=quoted(cell), why=why))
    day = date(year, found.month, found.day)
    if found.weekday and _WEEKDAYS[day.weekday()] != found.weekday:
        return Reading(day, WEEKDAY(value=quoted(cell), reading=_both(day), weekday_ja=_WEEKDAYS[day.weekday()],
                                    weekday_en=f"{day:%A}"))
    if marked or found.loose or (found.era and era(day).name != found.era.name):
        return read_as(cell, day, _both(day))
    return _taken(cell, day) if taken else Reading(day)


def why_impossible(year: int, month: int, day: int) -> Text | None:
    """Why there is no such day, or ``None`` if there is: 2月は28日までです。"""
    if not 1 <= month <= 12:
        return Text("月は1から12までです。", "Months run from 1 to 12.")
    last = last_day(year, month)
    if day < 1:
        return Text("日は1からです。", "Days begin with 1.")
    if day > last:
        name = f"{date(2000, month, 1):%B}"
        return Text(f"{month}月は{last}日までです。", f"{name} ends on the {last}{'st' if last == 31 else 'th'}.")
    return None


def _taken(cell: Cell, day: date) -> Reading:
    return read_as(cell, day, _both(day), TAKEN_AS)


def _both(day: date) -> Text:
    return Text(japanese(day), day.isoformat())


def _far_away(cell: Cell) -> Problem:
    return FAR_AWAY(value=quoted(cell), first=FIRST_YEAR, last=LAST_YEAR)


_CLOCK_TIME = re.compile(
    r"(?P<half>午前|午後|AM|PM|am|pm)?(?P<hour>[0-9]{1,2})(?::(?P<minute>[0-9]{2})(?::(?P<second>[0-9]{2}))?"
    r"|時(?:(?P<minutes>[0-9]{1,2})分(?:(?P<seconds>[0-9]{1,2})秒)?|(?P<thirty>半))?)$")
_ISO = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9:.]+(?:Z|[+-][0-9:]+)?")


class DateTime(Kind):
    """A moment: aware and in UTC as a value, in Japanese time for a person and where no offset is written."""

    name = "datetime"

    @property
    def column_type(self) -> TypeEngine[Any]:
        return UtcDateTime()

    def read(self, cell: Cell, around: Around = AROUND) -> Reading:
        """The moment of a date cell, an Excel day number or a text; a day alone is its midnight, with a note."""
        if isinstance(cell, datetime):
            return self._within(cell, cell)
        if cell is None:
            return EMPTY
        if isinstance(cell, float) and math.isfinite(cell) and _SERIALS[0] <= cell <= _SERIALS[1]:
            return self._within(_SERIAL_ZERO + timedelta(seconds=round(cell * 86_400)), cell)
        if isinstance(cell, str):
            text = tight(cell)
            moment = _iso_moment(text)
            if moment is not None:
                return self._within(moment, cell)
            found = _CLOCK_TIME.search(text)
            if found is not None and found.start():
                return moment_of(text, found, cell, around)
        day = DATE.read(cell, around)
        if day.value is None:
            return day if day.problem is None or day.problem.code != "date-unreadable" else _no_moment(cell)
        moment = _utc(datetime.combine(day.value, time()))
        return read_as(cell, moment, Text(self.show(moment), self.show(moment, "en")), TAKEN_AS)

    def _within(self, moment: datetime, cell: Cell) -> Reading:
        return Reading(None, _far_away(cell)) if _is_far(moment) else Reading(_utc(moment))

    def check(self, value: Any) -> Problem | None:
        """No aware date-time, or centuries away."""
        if not isinstance(value, datetime) or value.tzinfo is None:
            return wrong_type(value, Text("日時", "date and time"))
        return _far_away(value) if _is_far(value) else None

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """``令和7年11月25日 10:42``; in English or without eras ``2025-11-25 10:42``: Japanese time."""
        if value is None:
            return "―"
        local = tokyo(value)
        return f"{DATE.show(local.date(), lang, era=era)} {local:%H:%M}"

    def cell(self, value: Any) -> Cell:
        """Text in ISO form, Japanese time with its offset."""
        return self.data(value)  # type: ignore[no-any-return]

    def data(self, value: Any) -> Any:
        return None if value is None else tokyo(value).isoformat()

    def load(self, data: Any) -> Any:
        return None if data is None else datetime.fromisoformat(data).astimezone(UTC)


def moment_of(text: str, clock: re.Match[str], cell: Cell, around: Around) -> Reading:
    """The moment of a tight text: the day before its time of day, which is what ``clock`` found at its end."""
    day = DATE.read(text[:clock.start()].rstrip(" T"), around)
    hour = int(clock["hour"])
    if clock["half"] in ("午後", "PM", "pm") and hour < 12:
        hour += 12
    elif clock["half"] in ("AM", "am") and hour == 12:
        hour = 0
    minute = 30 if clock["thirty"] else int(clock["minute"] or clock["minutes"] or 0)
    second = int(clock["second"] or clock["seconds"] or 0)
    if day.value is None:
        return Reading(None, day.problem) if day.problem and day.problem.code != UNREADABLE.code else _no_moment(cell)
    if hour > 23 or minute > 59 or second > 59:
        return _no_moment(cell)
    return Reading(_utc(datetime.combine(day.value, time(hour, minute, second))), day.problem)


def _iso_moment(text: str) -> datetime | None:
    """The moment of an ISO text; ``None`` for any other text and for an impossible day or time."""
    try:
        return datetime.fromisoformat(text) if text.isascii() and _ISO.fullmatch(text) else None
    except ValueError:
        return None


def _is_far(moment: datetime) -> bool:
    # Looked at twice, because the first and the last year of all cannot be taken to another time zone.
    return not FIRST_YEAR - 1 <= moment.year <= LAST_YEAR + 1 or not FIRST_YEAR <= tokyo(_utc(moment)).year <= LAST_YEAR


def _utc(moment: datetime) -> datetime:
    return (moment if moment.tzinfo else moment.replace(tzinfo=TOKYO)).astimezone(UTC)


def _no_moment(cell: Cell) -> Reading:
    return Reading(None, NO_MOMENT(value=quoted(cell)))


DATE = Date()
DATETIME = DateTime()
