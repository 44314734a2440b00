"""Months before and after a day, counted as the Civil Code counts a term (民法143条2項)."""

from __future__ import annotations

from datetime import date

from grc import calendar


def months_after(day: date, months: int) -> date:
    """The day so many months later (earlier, when negative); where that month has no such day, its last one."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.last_day(year, month + 1)))
