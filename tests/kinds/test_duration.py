"""Lengths of time, as recovery objectives and drill reports write them."""

from __future__ import annotations

from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc.kinds import MINUTES, Around, Cell
from grc.problem import Severity

minutes = st.integers(0, MINUTES.high)


@pytest.mark.parametrize(("cell", "value"), [
    (120, 120), ("120", 120), ("１２０", 120), ("1,440", 1440), (95.0, 95), ("95分", 95), ("95分間", 95), ("15 min", 15), ("15mins", 15),
    ("30 Minutes", 30), ("2 hrs", 120), ("1 hr", 60), ("4h", 240), ("1 hour", 60), ("1 hr 30 min", 90), ("4時間", 240), ("４時間", 240),
    ("1時間30分", 90), ("1.5時間", 90), ("1時間半", 90), ("1日", 1440), ("3日間", 4320), ("1日4時間", 1680), ("2 days", 2880), ("1週間", 10_080),
    ("0分", 0), (0, 0), ("240分（4時間）", 240), (None, None), ("", None), ("－", None), ("―", None), ("未定", None)])
def test_lengths_of_time_are_read_without_a_word(cell: Cell, value: int | None) -> None:
    reading = MINUTES.read(cell)
    assert (reading.value, reading.problem) == (value, None)


@pytest.mark.parametrize(("cell", "value", "severity"), [
    ("即時", 0, "I"), ("直ちに", 0, "I"), ("Immediate", 0, "I"), ("2:30", 150, "I"), ("30:05", 1805, "I"), ("1:30:00", 90, "I"), (time(2, 30), 150, "I"),
    ("4時間以内", 240, "W"), ("約2時間", 120, "W"), ("within 4 hours", 240, "W"), ("60分程度", 60, "W"), ("4時間※", 240, "W")])
def test_words_and_clocks_are_understood_and_said(cell: Cell, value: int, severity: str) -> None:
    reading = MINUTES.read(cell)
    assert reading.value == value and reading.problem and reading.problem.severity is Severity(severity)


@pytest.mark.parametrize(("cell", "code"), [
    ("1か月", "number-unreadable"), ("3営業日", "number-unreadable"), ("30秒", "number-unreadable"), ("速やかに", "number-unreadable"),
    ("1時間と少し", "number-unreadable"), ("240分（3時間）", "number-unreadable"), ("30分半", "number-unreadable"), ("30分1時間", "number-unreadable"),
    ("1:75", "number-unreadable"), (True, "number-unreadable"), (time(0, 0, 5), "number-unreadable"), (0.5, "duration-not-whole"),
    ("0.33時間", "duration-not-whole"), ("5件", "number-unit"), (-1, "number-out-of-range"), ("11年", "number-unreadable"),
    ("99,999日", "number-out-of-range"), ("なし", "says-none")])
def test_what_is_no_length_of_time_is_not_guessed(cell: Cell, code: str) -> None:
    reading = MINUTES.read(cell)
    assert reading.value is None and reading.problem and reading.problem.code == code


@pytest.mark.parametrize(("cell", "factor", "value"), [(4, 60, 240), ("4", 60, 240), (1.5, 60, 90), ("30分", 60, 30), (3, 1440, 4320)])
def test_a_bare_number_takes_the_unit_of_its_heading(cell: Cell, factor: int, value: int) -> None:
    assert MINUTES.read(cell, Around(factor=factor)).value == value


@pytest.mark.parametrize(("value", "ja", "en"), [
    (47, "47分", "47 min"), (0, "0分", "0 min"), (95, "95分（1時間35分）", "95 min (1 h 35 min)"), (240, "240分（4時間）", "240 min (4 h)"),
    (10_080, "10,080分（7日）", "10,080 min (7 d)"), (1680, "1,680分（1日4時間）", "1,680 min (1 d 4 h)"), (None, "―", "―")])
def test_minutes_are_shown_with_what_they_make(value: int | None, ja: str, en: str) -> None:
    assert (MINUTES.show(value), MINUTES.show(value, "en")) == (ja, en)


@given(minutes)
def test_what_is_written_or_shown_is_read_back(value: int) -> None:
    for text in (MINUTES.cell(value), MINUTES.show(value), MINUTES.show(value, "en")):
        reading = MINUTES.read(text)
        assert (reading.value, reading.problem) == (value, None)


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.dates() | st.datetimes() | st.times())
def test_no_cell_makes_it_stumble(cell: Cell) -> None:
    reading = MINUTES.read(cell)
    assert reading.value is None or MINUTES.check(reading.value) is None
