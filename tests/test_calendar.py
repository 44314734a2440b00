"""The office's calendar: fiscal years, eras, closed days, and one clock."""

from __future__ import annotations

import csv
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from grc import calendar


@pytest.mark.parametrize(("day", "year"), [
    (date(2025, 3, 31), 2024), (date(2025, 4, 1), 2025), (date(2026, 1, 1), 2025), (date(2026, 3, 31), 2025)])
def test_a_fiscal_year_runs_from_april_to_march(day: date, year: int) -> None:
    first, last = calendar.fiscal_year_bounds(year)
    assert calendar.fiscal_year(day) == year
    assert first <= day <= last


def test_a_fiscal_year_has_its_twelve_months_in_order() -> None:
    months = calendar.fiscal_year_months(2025)
    assert (months[0], months[8], months[9], months[11], len(months)) == ("2025-04", "2025-12", "2026-01", "2026-03",
        12)


@pytest.mark.parametrize(("month", "last"), [("2024-02", 29), ("2025-02", 28), ("2025-04", 30), ("2025-12", 31)])
def test_a_month_ends_on_its_last_day(month: str, last: int) -> None:
    first_day, last_day = calendar.month_bounds(month)
    assert (first_day.day, last_day.day, calendar.month_of(last_day)) == (1, last, month)


@pytest.mark.parametrize("text", ["2025-13", "2025", "R7.4", ""])
def test_what_is_no_month_has_no_bounds(text: str) -> None:
    with pytest.raises(ValueError):
        calendar.month_bounds(text)


@pytest.mark.parametrize(("day", "text", "letter"), [
    (date(2025, 4, 1), "令和7年4月1日", "R"), (date(2019, 5, 1), "令和元年5月1日", "R"),
    (date(2019, 4, 30), "平成31年4月30日", "H"), (date(1989, 1, 8), "平成元年1月8日", "H"),
    (date(1989, 1, 7), "昭和64年1月7日", "S"), (date(1926, 12, 25), "昭和元年12月25日", "S"),
    (date(1926, 12, 24), "大正15年12月24日", "T"), (date(1912, 7, 29), "明治45年7月29日", "M"),
    (date(1868, 1, 25), "明治元年1月25日", "M"), (date(1868, 1, 24), "1868年1月24日", "")])
def test_an_era_changes_on_its_day(day: date, text: str, letter: str) -> None:
    assert (calendar.japanese(day), calendar.era(day).letter) == (text, letter)


def test_months_and_fiscal_years_are_named_by_era() -> None:
    assert calendar.japanese_month("2025-04") == "令和7年4月"
    assert calendar.japanese_month("2019-05") == "令和元年5月"
    assert calendar.japanese_fiscal_year(2025) == "令和7年度"
    assert calendar.japanese_fiscal_year(2019) == "令和元年度"
    assert calendar.japanese_fiscal_year(2018) == "平成30年度"


def test_closed_days_are_those_of_the_published_list(shared_data: Path) -> None:
    with (shared_data / "holidays_jp_2024_2028.csv").open(encoding="utf-8-sig") as file:
        listed = {date.fromisoformat(row["date"]) for row in csv.DictReader(file)}
    days = [date(2024, 1, 1) + timedelta(days=n) for n in range((date(2029, 1, 1) - date(2024, 1, 1)).days)]
    ours = {day for day in days if not calendar.is_business_day(day)}
    assert ours == listed | {day for day in days if day.weekday() >= 5}


@pytest.mark.parametrize(("day", "before", "after"), [
    (date(2026, 3, 1), date(2026, 2, 27), date(2026, 3, 2)),  # a Sunday
    (date(2025, 5, 6), date(2025, 5, 2), date(2025, 5, 7)),  # the substitute holiday of a long weekend
    (date(2026, 1, 3), date(2025, 12, 26), date(2026, 1, 5)),  # the turn of the year
    (date(2025, 4, 1), date(2025, 4, 1), date(2025, 4, 1))])
def test_the_nearest_open_days(day: date, before: date, after: date) -> None:
    assert (calendar.previous_business_day(day), calendar.next_business_day(day)) == (before, after)


def test_days_are_counted_by_the_calendar() -> None:
    assert calendar.add_days(date(2025, 4, 2), 93 - 1) == date(2025, 7, 3)
    assert calendar.add_days(date(2025, 1, 1), -1) == date(2024, 12, 31)


def test_it_is_already_tomorrow_in_japan_when_it_is_evening_in_greenwich() -> None:
    with calendar.clock.at(datetime(2026, 3, 31, 15, 0, tzinfo=UTC)):
        assert calendar.today() == date(2026, 4, 1)
        assert calendar.now() == datetime(2026, 3, 31, 15, 0, tzinfo=UTC)
        assert calendar.tokyo(calendar.now()).isoformat() == "2026-04-01T00:00:00+09:00"


def test_a_held_clock_runs_again_afterwards() -> None:
    held = datetime(2000, 1, 1, tzinfo=UTC)
    with calendar.clock.at(held), pytest.raises(ZeroDivisionError):
        raise ZeroDivisionError
    assert calendar.now() > held + timedelta(days=9000)


def test_a_moment_without_a_time_zone_is_refused() -> None:
    with pytest.raises(ValueError):
        calendar.tokyo(datetime(2025, 4, 1))
    with pytest.raises(ValueError), calendar.clock.at(datetime(2025, 4, 1)):
        pass
