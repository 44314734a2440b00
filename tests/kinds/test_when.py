"""Days, moments, months and fiscal years, as ledgers write them."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta, timezone

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy.exc import StatementError

from grc.calendar import japanese, month_of
from grc.kinds import DATE, DATETIME, FISCAL_YEAR, MONTH, Around, Cell, Kind, UtcDateTime, named, short
from grc.problem import Severity
from grc.text import Text

APRIL_1 = date(2025, 4, 1)
FY2025 = Around(fiscal_year=2025)
days = st.dates(date(1868, 1, 1), date(2100, 12, 31))


@pytest.mark.parametrize("cell", [
    APRIL_1, datetime(2025, 4, 1), "2025-04-01", "2025/4/1", "2025/04/01", "2025.4.1", "20250401", 20250401, 20250401.0,
    "２０２５．４．１", "2025年4月1日", "R7.4.1", "r7.4.1", "Ｒ７．４．１", "R07/04/01", "R7-4-1", "R.7.4.1",
    "R7・4・1", "R070401",
    "令和7年4月1日", "令和７年４月１日", "令和 7 年 4 月 1 日", " 令和\u3000７年\u3000４月\u3000１日 ", "令7.4.1",
    "㋿7年4月1日", "令和７年４月１日（火）",
    "令和7年4月1日(火・祝)", "令和7年4月1日 火曜日", "2025/4/1(火)", "2025-04-01 00:00:00", "2025/4/1 0:00",
    "2025-04-01T00:00:00+09:00",
    "2025-\u200b04-01"])
def test_one_day_in_all_its_writings(cell: Cell) -> None:
    reading = DATE.read(cell)
    assert (reading.value, reading.problem) == (APRIL_1, None)


@pytest.mark.parametrize(("cell", "day"), [
    ("S39.04.06", date(1964, 4, 6)), ("H29.1.6", date(2017, 1, 6)), ("平成31年4月30日", date(2019, 4, 30)),
    ("令和元年5月1日", date(2019, 5, 1)), ("R元.5.1", date(2019, 5, 1)), ("昭和64年1月7日", date(1989, 1, 7)),
    ("T15.12.24", date(1926, 12, 24)), ("明治45年7月29日", date(1912, 7, 29)), ("R6.2.29", date(2024, 2, 29))])
def test_every_era_is_read(cell: str, day: date) -> None:
    assert (DATE.read(cell).value, DATE.read(cell).problem) == (day, None)


@pytest.mark.parametrize("cell", [
    None, "", "\u3000", "－", "―", "未定", "未実施", "（未定）", "\u3000年\u3000月\u3000日",
    "令和\u3000年\u3000月\u3000日", "年 月 日", "/  /", "年月日"])
def test_a_form_that_nobody_filled_in_is_empty(cell: Cell) -> None:
    assert (DATE.read(cell).value, DATE.read(cell).problem) == (None, None)


@pytest.mark.parametrize(("cell", "day", "code", "said"), [
    ("令和7年4月1日\n※", APRIL_1, "read-as", "「令和7年4月1日 ※」は令和7年4月1日と読みました。"),
    ("R7.4.1※2", APRIL_1, "read-as", "「R7.4.1※2」は令和7年4月1日と読みました。"),
    ("R7.4.1②", APRIL_1, "read-as", "「R7.4.1②」は令和7年4月1日と読みました。"),
    ("令和7年4月1日（予定）", APRIL_1, "read-as", "「令和7年4月1日（予定）」は令和7年4月1日と読みました。"),
    ("平成37年4月1日", APRIL_1, "read-as", "「平成37年4月1日」は令和7年4月1日と読みました。"),
    ("令和元年4月1日", date(2019, 4, 1), "read-as", "「令和元年4月1日」は平成31年4月1日と読みました。"),
    ("令和7年4月1日（水）", APRIL_1, "date-weekday", "「令和7年4月1日（水）」の曜日が合いません。"),
    ("4月1日", APRIL_1, "taken-as", "「4月1日」は令和7年4月1日と読みました。"),
    ("3/31", date(2026, 3, 31), "taken-as", "「3/31」は令和8年3月31日と読みました。"),
    (45748, APRIL_1, "taken-as", "「45748」は令和7年4月1日と読みました。"),
    ("45748", APRIL_1, "taken-as", "「45748」は令和7年4月1日と読みました。"),
    (45748.75, APRIL_1, "taken-as", "「45748.75」は令和7年4月1日と読みました。"),
    (datetime(2025, 4, 1, 9, 30), APRIL_1, "taken-as", "「2025-04-01 09:30」は令和7年4月1日と読みました。"),
    ("2025/4/1 9:30", APRIL_1, "taken-as", "「2025/4/1 9:30」は令和7年4月1日と読みました。")])
def test_what_is_not_the_plain_reading_is_said(cell: Cell, day: date, code: str, said: str) -> None:
    reading = DATE.read(cell, FY2025)
    assert reading.value == day
    assert reading.problem and (reading.problem.code, reading.problem.message.ja) == (code, said)
    assert reading.problem.severity is not Severity.ERROR


@pytest.mark.parametrize(("cell", "ja", "en"), [
    ("R7.2.30", "「R7.2.30」はない日付です。2月は28日までです。",
    '"R7.2.30" does not exist. February ends on the 28th.'),
    ("2016-11-31", "「2016-11-31」はない日付です。11月は30日までです。",
    '"2016-11-31" does not exist. November ends on the 30th.'),
    ("2025/1/32", "「2025/1/32」はない日付です。1月は31日までです。",
    '"2025/1/32" does not exist. January ends on the 31st.'),
    ("2025-02-29", "「2025-02-29」はない日付です。2月は28日までです。",
    '"2025-02-29" does not exist. February ends on the 28th.'),
    ("2025-13-01", "「2025-13-01」はない日付です。月は1から12までです。",
    '"2025-13-01" does not exist. Months run from 1 to 12.'),
    ("R7.4.0", "「R7.4.0」はない日付です。日は1からです。", '"R7.4.0" does not exist. Days begin with 1.')])
def test_an_impossible_day_is_named_with_the_reason(cell: str, ja: str, en: str) -> None:
    problem = DATE.read(cell).problem
    assert DATE.read(cell).value is None
    assert problem and (problem.sentence("ja"), problem.sentence("en")) == (ja, en)
    assert problem.severity is Severity.ERROR


def test_a_problem_takes_the_fields_label_before_it() -> None:
    problem = DATE.read("R7.2.30").problem
    assert problem
    problem = named(problem, Text("契約日", "Date signed"))
    assert problem.message == Text("契約日「R7.2.30」はない日付です。", 'Date signed "R7.2.30" does not exist.')


@pytest.mark.parametrize(("cell", "code"), [
    ("4月1日", "date-no-year"), ("7.4.1", "date-no-year"), ("25/4/1", "date-no-year"), ("R7.4", "date-no-day"),
    ("2025年4月", "date-no-day"), ("随時", "date-unreadable"), ("12時30分", "date-unreadable"),
    ("R9.9見直し済", "date-unreadable"),
    ("R7.4.1～R8.3.31", "date-unreadable"), (True, "date-unreadable"), (float("nan"), "date-unreadable"),
    (1e400, "date-unreadable"), (7, "date-unreadable"), (time(12, 30), "date-unreadable"), ("٤٥٧٤٨", "date-unreadable"),
    ("該当なし", "says-none"), ("9999-12-31", "date-far-away"), (date(202, 5, 1), "date-far-away"),
    ("R999.1.1", "date-far-away")])
def test_what_is_no_day_is_not_guessed(cell: Cell, code: str) -> None:
    reading = DATE.read(cell)
    assert reading.value is None
    assert reading.problem and reading.problem.code == code


@given(days)
def test_any_day_is_read_back_however_it_was_written(day: date) -> None:
    for text in (DATE.cell(day), DATE.show(day), DATE.show(day, "en"), DATE.show(day, era=False), short(day),
        short(day, "en"),
                 japanese(day), day.isoformat(), f"{day:%Y%m%d}", f"{day.year}/{day.month}/{day.day}",
                 datetime.combine(day, time())):
        reading = DATE.read(text)
        assert (reading.value, reading.problem) == (day, None), text


def test_days_are_shown_in_both_calendars() -> None:
    day = date(2025, 11, 25)
    assert (DATE.show(day), DATE.show(day, era=False), DATE.show(day, "en")) == ("令和7年11月25日", "2025-11-25",
        "2025-11-25")
    assert (short(day), short(day, "en"), short(None)) == ("R7.11.25", "2025-11-25", "―")


@pytest.mark.parametrize("cell", [
    datetime(2025, 11, 25, 10, 42), datetime(2025, 11, 25, 1, 42, tzinfo=UTC), "2025-11-25 10:42", "2025/11/25 10:42",
    "2025-11-25T10:42:00+09:00", "2025-11-25T01:42:00Z", "令和7年11月25日 10時42分", "R7.11.25 午前10時42分",
    "令和7年11月25日（火）10:42"])
def test_one_moment_in_all_its_writings(cell: Cell) -> None:
    reading = DATETIME.read(cell)
    assert (reading.value, reading.problem) == (datetime(2025, 11, 25, 1, 42, tzinfo=UTC), None)


@pytest.mark.parametrize(("cell", "shown"), [
    ("R7.11.25 午後3時半", "2025-11-25 15:30"), ("R7.11.25 午後0時", "2025-11-25 12:00"), (45748.5, "2025-04-01 12:00"),
    ("2025/11/25", "2025-11-25 00:00"), (date(2025, 11, 25), "2025-11-25 00:00"), ("4月1日 9:00", "2025-04-01 09:00")])
def test_moments_are_japanese_time(cell: Cell, shown: str) -> None:
    assert DATETIME.show(DATETIME.read(cell, FY2025).value, era=False) == shown


@pytest.mark.parametrize("cell", [
    "2025-11-25 25:00", "2025-02-30T10:00:00+09:00", "2025-02-30T10.5", "10:42", "12時30分", "午後3時", "随時 10:00",
    True,
    float("inf"), "2025-02-30 10:00"])
def test_what_is_no_moment_is_not_guessed(cell: Cell) -> None:
    assert DATETIME.read(cell).value is None and DATETIME.read(cell).problem


def test_moments_are_kept_in_utc_by_either_database(database_url: str) -> None:
    engine, table = sa.create_engine(database_url), sa.Table("moments", sa.MetaData(), sa.Column("at", UtcDateTime()))
    morning = datetime(2025, 4, 1, 9, 0, tzinfo=timezone(timedelta(hours=9)))
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(sa.insert(table), [{"at": morning}, {"at": None}])
        read = connection.execute(sa.select(table.c.at).order_by(table.c.at.is_(None))).scalars().all()
    assert read == [morning, None]
    assert read[0] is not None and read[0].utcoffset() == timedelta(0)
    with engine.connect() as connection, pytest.raises(StatementError):
        connection.execute(sa.insert(table), {"at": datetime(2025, 4, 1, 9, 0)})
    engine.dispose()


@pytest.mark.parametrize("cell",
    ["2025-04", "2025/4", "2025年4月", "令和7年4月分", "R7.4", "Ｒ７．４", "令和７年４月", "202504",
                                  APRIL_1, datetime(2025, 4, 30, 12), "R7.4.15"])
def test_one_month_in_all_its_writings(cell: Cell) -> None:
    assert (MONTH.read(cell).value, MONTH.read(cell).problem) == ("2025-04", None)


def test_a_blank_form_of_a_month_is_empty() -> None:
    assert (MONTH.read("令和\u3000年\u3000月").value, MONTH.read("令和\u3000年\u3000月").problem) == (None, None)


def test_a_month_without_a_year_takes_the_fiscal_year_around_it() -> None:
    assert MONTH.read("3月", FY2025).value == "2026-03" and MONTH.read("3月", FY2025).problem
    assert MONTH.read("3月").value is None


@pytest.mark.parametrize("cell", ["2025-13", "R7", "随時", 13, "9999-01", True, "13月", float("nan")])
def test_what_is_no_month_is_not_guessed(cell: Cell) -> None:
    assert MONTH.read(cell, FY2025).value is None and MONTH.read(cell, FY2025).problem


@pytest.mark.parametrize("cell",
    ["令和7年度", "令和７年度", "R7年度", "R7", "2025年度", "FY2025", "ＦＹ２０２５", "2025", 2025, 2025.0])
def test_one_fiscal_year_in_all_its_writings(cell: Cell) -> None:
    assert (FISCAL_YEAR.read(cell).value, FISCAL_YEAR.read(cell).problem) == (2025, None)


@pytest.mark.parametrize(("cell", "year"), [("令和7年", 2025), (date(2026, 3, 31), 2025), ("令和7年度※", 2025)])
def test_a_year_that_may_be_meant_otherwise_is_said(cell: Cell, year: int) -> None:
    assert FISCAL_YEAR.read(cell).value == year and FISCAL_YEAR.read(cell).problem


@pytest.mark.parametrize("cell", ["7年度", "7", 7, "毎年", True, 45748])
def test_what_is_no_fiscal_year_is_not_guessed(cell: Cell) -> None:
    assert FISCAL_YEAR.read(cell).value is None and FISCAL_YEAR.read(cell).problem


@given(days)
def test_any_month_and_fiscal_year_is_read_back_as_shown(day: date) -> None:
    month = month_of(day)
    for kind, value in ((MONTH, month), (FISCAL_YEAR, day.year)):
        for shown in (kind.show(value), kind.show(value, "en"), kind.show(value, era=False)):
            assert (kind.read(shown).value, kind.read(shown).problem) == (value, None), shown


@pytest.mark.parametrize(("kind", "ja", "en", "value"), [
    (MONTH, "令和7年4月", "2025-04", "2025-04"), (FISCAL_YEAR, "令和7年度", "FY2025", 2025),
    (DATETIME, "令和7年4月1日 00:00", "2025-04-01 00:00", datetime(2025, 3, 31, 15, tzinfo=UTC)),
    (DATE, "―", "―", None)])
def test_periods_are_shown_in_both_languages(kind: Kind, ja: str, en: str, value: object) -> None:
    assert (kind.show(value), kind.show(value, "en")) == (ja, en)


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.dates() | st.datetimes() | st.times())
def test_no_cell_makes_a_date_stumble(cell: Cell) -> None:
    for kind in (DATE, DATETIME, MONTH, FISCAL_YEAR):
        reading = kind.read(cell, FY2025)
        assert reading.value is None or kind.check(reading.value) is None
