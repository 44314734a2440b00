"""Days and spans of the calendar that the rules share: months later, the fiscal year of a date."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from grc import calendar

Dated = Callable[[Mapping[str, Any]], int | None]


def months_later(day: date, months: int) -> date:
    """The same day so many months later (earlier, when negative), or the last day of a month that is too short for it."""
    at = day.year * 12 + day.month - 1 + months
    year, month = at // 12, at % 12 + 1
    return date(year, month, min(day.day, calendar.last_day(year, month)))


def fiscal_year_of(*names: str) -> Dated:
    """The fiscal year of the first of these dates that a record has."""
    def of(values: Mapping[str, Any]) -> int | None:
        day = next((values[name] for name in names if values[name]), None)
        return calendar.fiscal_year(day) if day else None

    return of


def soonest(*days: date | None) -> date | None:
    """The earliest of the days that are there."""
    return min((day for day in days if day), default=None)
