"""By when a contract must be published, by when we plan to, and how long it must stay (財計第2017号 and its copies)."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date, timedelta

from grc.calendar import previous_business_day

DAYS, EXTENDED_DAYS, EXTENDED_MONTHS = 72, 93, (4,)


def due_on(signed: date, *, extended_months: Collection[int] = EXTENDED_MONTHS) -> date:
    """The last lawful day: 72 days counted from the day after signing, 93 for the months that the body extends.

    Calendar days; a day that falls on a holiday is not moved.
    """
    return signed + timedelta(days=EXTENDED_DAYS if signed.month in extended_months else DAYS)


def batch_due(signed: Iterable[date], *, extended_months: Collection[int] = EXTENDED_MONTHS) -> date | None:
    """The last lawful day of a batch: every contract in it must meet its own; ``None`` for an empty batch."""
    return min((due_on(day, extended_months=extended_months) for day in signed), default=None)


def plan_on(due: date, *, safety_days: int = 7) -> date:
    """The last day the office is open that leaves ``safety_days`` before ``due``."""
    return previous_business_day(due - timedelta(days=safety_days))


def keep_until(signed: date, published: date) -> date:
    """The last day on which a contract must still stand on the site: one year from the day after the later of both.

    A period that starts on a day which next year lacks ends with that month (民法第143条).
    """
    start = max(signed, published) + timedelta(days=1)
    if (start.month, start.day) == (2, 29):
        return date(start.year + 1, 2, 28)
    return start.replace(year=start.year + 1) - timedelta(days=1)
