"""72 days from the day after signing, 93 for the extended months; a year on the site."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc.disclosure.deadline import batch_due, due_on, keep_until, plan_on


@pytest.mark.parametrize(("signed", "due", "due_if_march_too"), [
    ("2025-04-01", "2025-07-03", "2025-07-03"),
    ("2025-04-30", "2025-08-01", "2025-08-01"),
    ("2025-05-01", "2025-07-12", "2025-07-12"),
    ("2025-06-02", "2025-08-13", "2025-08-13"),
    ("2025-06-16", "2025-08-27", "2025-08-27"),
    ("2025-12-19", "2026-03-01", "2026-03-01"),
    ("2026-03-02", "2026-05-13", "2026-06-03"),
    ("2026-03-31", "2026-06-11", "2026-07-02"),
])
def test_the_last_lawful_day(signed: str, due: str, due_if_march_too: str) -> None:
    day = date.fromisoformat(signed)
    assert due_on(day).isoformat() == due
    assert due_on(day, extended_months={3, 4}).isoformat() == due_if_march_too


@pytest.mark.parametrize(("month", "due"), list(zip(range(4, 13), (
    "07-03", "07-12", "08-12", "09-11", "10-12", "11-12", "12-12", "01-12", "02-11"), strict=True)))
def test_a_contract_of_the_first_day_of_a_month(month: int, due: str) -> None:
    assert due_on(date(2025, month, 1)).isoformat()[5:] == due


def test_a_batch_is_due_with_its_most_urgent_contract() -> None:
    assert batch_due([date(2025, 4, 30), date(2025, 5, 1)]) == date(2025, 7, 12)
    assert batch_due([]) is None


def test_the_plan_avoids_days_on_which_the_office_is_closed() -> None:
    assert plan_on(date(2025, 7, 12), safety_days=0) == date(2025, 7, 11)
    assert plan_on(date(2026, 3, 1), safety_days=0) == date(2026, 2, 27)
    assert plan_on(date(2025, 8, 18), safety_days=7) == date(2025, 8, 8)  # 11 August is 山の日, after a weekend


@given(st.dates(date(2020, 1, 1), date(2035, 12, 1)))
def test_publishing_by_the_end_of_the_next_month_is_always_in_time(signed: date) -> None:
    after = date(signed.year + signed.month // 12, signed.month % 12 + 1, 1)
    end_of_next = date(after.year + after.month // 12, after.month % 12 + 1, 1) - timedelta(days=1)
    assert end_of_next <= due_on(signed)


@pytest.mark.parametrize(("signed", "published", "kept"), [
    ("2025-05-01", "2025-07-31", "2026-07-31"),
    ("2025-07-31", "2025-07-01", "2026-07-31"),
    ("2024-02-29", "2024-02-29", "2025-02-28"),
    ("2024-02-28", "2024-02-28", "2025-02-28"),
    ("2023-02-28", "2023-02-28", "2024-02-29"),
])
def test_kept_for_a_year_from_the_later_of_both(signed: str, published: str, kept: str) -> None:
    assert keep_until(date.fromisoformat(signed), date.fromisoformat(published)).isoformat() == kept
