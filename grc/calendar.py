"""The office's calendar: fiscal years, months, Japanese eras, days the office is closed, and what time it is now.

Nothing else in the house asks the machine for the time: :func:`today` and :func:`now` go through :data:`clock`, the
one thing a test may set.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import NamedTuple
from zoneinfo import ZoneInfo

import jpholiday

TOKYO = ZoneInfo("Asia/Tokyo")
FIRST_MONTH = 4
"""A fiscal year begins on 1 April."""


class Clock:
    """What time it is. Left alone it is the machine's clock; :meth:`at` holds it still, for tests."""

    def __init__(self) -> None:
        self._held: datetime | None = None

    def now(self) -> datetime:
        """The present moment, aware, in UTC."""
        return self._held or datetime.now(UTC)

    @contextmanager
    def at(self, moment: datetime) -> Iterator[None]:
        """Hold the clock at ``moment`` (aware, else ``ValueError``) for the length of a ``with`` block."""
        if moment.tzinfo is None:
            raise ValueError("a moment needs its time zone")
        before, self._held = self._held, moment.astimezone(UTC)
        try:
            yield
        finally:
            self._held = before


clock = Clock()


def now() -> datetime:
    """The present moment, aware, in UTC: what is stored."""
    return clock.now()


def today() -> date:
    """The day it is in Japan."""
    return tokyo(clock.now()).date()


def tokyo(moment: datetime) -> datetime:
    """An aware moment in Japanese time: what is shown. A naive one is refused (``ValueError``)."""
    if moment.tzinfo is None:
        raise ValueError("a moment needs its time zone")
    return moment.astimezone(TOKYO)


# Fiscal years and months


def fiscal_year(day: date) -> int:
    """The fiscal year of a day, by the year it begins in: 2026-03-31 is of 2025."""
    return day.year if day.month >= FIRST_MONTH else day.year - 1


def fiscal_year_bounds(year: int) -> tuple[date, date]:
    """First and last day of a fiscal year."""
    return date(year, FIRST_MONTH, 1), date(year + 1, FIRST_MONTH, 1) - timedelta(days=1)


def fiscal_year_months(year: int) -> tuple[str, ...]:
    """The twelve months of a fiscal year, ``2025-04`` to ``2026-03``."""
    return tuple(f"{year + (number > 12)}-{(number - 1) % 12 + 1:02d}" for number in range(4, 16))


def month_of(day: date) -> str:
    """The month of a day, ``2025-04``."""
    return f"{day.year:04d}-{day.month:02d}"


def month_bounds(month: str) -> tuple[date, date]:
    """First and last day of ``2025-04``; ``ValueError`` for anything else."""
    first = date.fromisoformat(f"{month}-01")
    return first, date(first.year, first.month, last_day(first.year, first.month))


def last_day(year: int, month: int) -> int:
    """How many days the month has."""
    return (date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)).day


def add_days(day: date, days: int) -> date:
    """The day so many calendar days later (earlier, when negative)."""
    return day + timedelta(days=days)


# Japanese eras


class Era(NamedTuple):
    """A Japanese era: its first day, its name and the letter that stands for it."""

    first: date
    name: str
    letter: str


ERAS = (
    Era(date(2019, 5, 1), "令和", "R"),
    Era(date(1989, 1, 8), "平成", "H"),
    Era(date(1926, 12, 25), "昭和", "S"),
    Era(date(1912, 7, 30), "大正", "T"),
    Era(date(1868, 1, 25), "明治", "M"),
)
"""Newest first. Meiji is counted from the first day of its first year, as the edict of 1868 laid down."""


class EraYear(NamedTuple):
    """A year of an era. Before Meiji: ``西暦``, no letter, the Western year."""

    name: str
    letter: str
    year: int


def era(day: date) -> EraYear:
    """The era and the year in it: 2025-04-01 is ``("令和", "R", 7)``."""
    for first, name, letter in ERAS:
        if day >= first:
            return EraYear(name, letter, day.year - first.year + 1)
    return EraYear("西暦", "", day.year)


def japanese_year(day: date) -> str:
    """The year as written in a text: ``令和7年``, ``令和元年``."""
    name, letter, year = era(day)
    return f"{name if letter else ''}{'元' if letter and year == 1 else year}年"


def japanese(day: date) -> str:
    """The day as written in a text: ``令和7年4月1日``."""
    return f"{japanese_year(day)}{day.month}月{day.day}日"


def japanese_month(month: str) -> str:
    """``2025-04`` as ``令和7年4月``; a month in which an era began takes the era of its last day."""
    last = month_bounds(month)[1]
    return f"{japanese_year(last)}{last.month}月"


def japanese_fiscal_year(year: int) -> str:
    """2025 as ``令和7年度``; 2019, which began in Heisei, as ``令和元年度``, the form the offices took."""
    return f"{japanese_year(fiscal_year_bounds(year)[1].replace(year=year, month=12))}度"


# Days the office is open


@lru_cache(maxsize=4096)
def is_business_day(day: date) -> bool:
    """Whether the office is open: no weekend, no national holiday, not 29 December to 3 January."""
    closed = (day.month, day.day) >= (12, 29) or (day.month, day.day) <= (1, 3)
    return not closed and day.weekday() < 5 and not jpholiday.is_holiday(day)


def previous_business_day(day: date) -> date:
    """The day itself when the office is open, else the last open day before it."""
    while not is_business_day(day):
        day -= timedelta(days=1)
    return day


def next_business_day(day: date) -> date:
    """The day itself when the office is open, else the first open day after it."""
    while not is_business_day(day):
        day += timedelta(days=1)
    return day
