"""Numbers and money, as ledgers write them."""

from __future__ import annotations

from decimal import Decimal as Exact

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc.kinds import COUNT, DECIMAL, INTEGER, PERCENT, YEN, Around, Cell, Integer, Kind
from grc.problem import Severity

MOST = 2**53 - 1
yen = st.integers(-MOST, MOST)


@pytest.mark.parametrize(("cell", "value"), [
    (45_600_000, 45_600_000), ("45600000", 45_600_000), ("45,600,000円", 45_600_000),
    ("４５，６００，０００", 45_600_000),
    ("45、600、000", 45_600_000), ("￥1,000", 1000), ("¥1,000-", 1000), ("\\1,000", 1000), ("金1,000円也", 1000),
    ("1,000 円", 1000), ("4,560千円", 4_560_000), ("45百万円", 45_000_000), ("12.5億円", 1_250_000_000),
    ("1億2,345万円", 123_450_000), ("▲1,200", -1200), ("△1,200", -1200), ("(1,200)", -1200), ("（1,200）", -1200),
    ("－1,200", -1200), ("-¥1,200", -1200), ("▲1,200円", -1200), ("0", 0), (0, 0), (12.0, 12), ("12.0", 12),
    (None, None), ("", None), ("－", None), ("―", None), ("未定", None), ("（未定）", None)])
def test_amounts_are_read_without_a_word(cell: Cell, value: int | None) -> None:
    reading = YEN.read(cell)
    assert (reading.value, reading.problem) == (value, None)
    assert reading.value is None or type(reading.value) is int


@pytest.mark.parametrize(("cell", "value", "said"), [
    ("1,759,560,000\n※", 1_759_560_000, "「1,759,560,000 ※」は1,759,560,000円と読みました。"),
    ("約100円", 100, "「約100円」は100円と読みました。"), ("500②", 500, "「500②」は500円と読みました。"),
    ("500²", 500, "「500²」は500円と読みました。"), ("1,000（税込）", 1000, "「1,000（税込）」は1,000円と読みました。"),
    ("1,000※1", 1000, "「1,000※1」は1,000円と読みました。"), ("※1,000", 1000, "「※1,000」は1,000円と読みました。")])
def test_marks_and_words_beside_an_amount_are_passed_over_aloud(cell: str, value: int, said: str) -> None:
    reading = YEN.read(cell)
    assert reading.value == value
    assert reading.problem and reading.problem.severity is Severity.WARNING and reading.problem.message.ja == said


@pytest.mark.parametrize(("cell", "code"), [
    (12.5, "yen-fraction"), ("0.5円", "yen-fraction"), (float("nan"), "number-unreadable"),
    (1e400, "number-unreadable"), ("1e400", "number-unreadable"), ("1E+05", "number-unreadable"),
    ("1,25", "number-unreadable"), ("1,0000", "number-unreadable"), ("100 200", "number-unreadable"),
    ("1.2.3", "number-unreadable"), ("単価契約", "number-unreadable"), ("1,000-", "number-unreadable"),
    ("-▲5", "number-unreadable"), ("5½", "number-unreadable"), ("٣", "number-unreadable"), (True, "number-unreadable"),
    ("12万億円", "number-unreadable"), ("9" * 5000, "number-unreadable"), (10**30, "number-out-of-range"),
    (2**53, "number-out-of-range"), (1e300, "number-out-of-range"), ("9007199254740992", "number-out-of-range"),
    ("5件", "number-unit"), ("97.2%", "number-unit"), ("なし", "says-none")])
def test_what_is_no_amount_is_not_guessed(cell: Cell, code: str) -> None:
    reading = YEN.read(cell)
    assert reading.value is None
    assert reading.problem and reading.problem.code == code
    assert len(reading.problem.sentence("ja")) < 200


def test_none_is_said_and_neither_an_error_nor_nought() -> None:
    reading = YEN.read("該当なし")
    assert reading.value is None and reading.problem and reading.problem.severity is Severity.NOTE


@pytest.mark.parametrize(("cell", "value", "warned"), [
    (45_600, 45_600_000, False), (45.6, 45_600, False), ("45,600", 45_600_000, False), ("45,600円", 45_600, True),
    ("45,600千円", 45_600_000, True), ("¥45,600", 45_600, True)])
def test_the_unit_of_the_header_counts_unless_the_cell_names_its_own(cell: Cell, value: int, warned: bool) -> None:
    reading = YEN.read(cell, Around(factor=1000))
    assert (reading.value, reading.problem is not None) == (value, warned)


def test_a_fraction_of_a_thousand_yen_that_is_no_whole_yen_is_refused() -> None:
    reading = YEN.read(45.6789, Around(factor=1000))
    assert reading.value is None and reading.problem and reading.problem.code == "yen-fraction"


@pytest.mark.parametrize(("cell", "value"),
    [("1,250,000件", 1_250_000), ("92点", 92), ("２０", 20), ("640名", 640), ("3か所", 3)])
def test_counts_are_read_with_their_counters(cell: str, value: int) -> None:
    assert (COUNT.read(cell).value, COUNT.read(cell).problem) == (value, None)


def test_at_least_eighty_is_eighty_with_a_warning() -> None:
    reading = COUNT.read("80点以上")
    assert reading.value == 80
    assert reading.problem and reading.problem.severity is Severity.WARNING


@pytest.mark.parametrize(("kind", "cell"),
    [(COUNT, -1), (COUNT, "▲1"), (INTEGER, 2**31), (Integer(1, 5), 6), (Integer(1, 5), "0")])
def test_a_number_stays_within_its_bounds(kind: Kind, cell: Cell) -> None:
    reading = kind.read(cell)
    assert reading.value is None and reading.problem and reading.problem.code == "number-out-of-range"
    assert kind.check(int(str(cell).replace("▲", "-"))) is not None


@pytest.mark.parametrize(("cell", "value", "severity"), [
    ("97.2%", "97.2", None), ("９７．２％", "97.2", None), (97.2, "97.2", None), ("97.2", "97.2", None), (0, "0", None),
    ("0.5%", "0.5", None), ("150%", "150", None), (0.972, "97.2", "I"), ("0.972", "97.2", "I"), (1, "100", "I"),
    (1.5, "150", "I"), (1.51, "1.51", None), ("100%\n※", "100", "W"), (-0.5, "-50", "I"), (1 / 3, "33.3333", "I")])
def test_a_percentage_is_read_in_points(cell: Cell, value: str, severity: str | None) -> None:
    reading = PERCENT.read(cell)
    assert reading.value == Exact(value)
    assert (reading.problem.severity if reading.problem else None) == severity


def test_decimals_are_exact() -> None:
    assert DECIMAL.read("1,234.5").value == Exact("1234.5")
    assert DECIMAL.read(0.1 + 0.2).value == Exact("0.3")
    rounded = DECIMAL.read("1.23456")
    assert rounded.value == Exact("1.2346") and rounded.problem and rounded.problem.code == "read-as"
    assert DECIMAL.data(Exact("1.5000")) == "1.5" and DECIMAL.data(Exact("1500")) == "1500"
    for wrong in (float("inf"), "1e5", "約", 10**12):
        assert DECIMAL.read(wrong).value is None and DECIMAL.read(wrong).problem
    for wrong_value in (1.5, "1.5", Exact("NaN"), Exact("0.00001"), Exact(10**12)):
        assert DECIMAL.check(wrong_value)


@pytest.mark.parametrize(("kind", "value", "ja", "en"), [
    (YEN, 1_234_567_900, "1,234,567,900円", "¥1,234,567,900"), (YEN, -1200, "▲1,200円", "-¥1,200"),
    (YEN, 0, "0円", "¥0"),
    (COUNT, 1250, "1,250", "1,250"), (INTEGER, -30, "▲30", "-30"), (PERCENT, Exact("97.25"), "97.3%", "97.3%"),
    (PERCENT, Exact("-0.5"), "▲0.5%", "-0.5%"), (DECIMAL, Exact("1234.50"), "1,234.5", "1,234.5"),
    (YEN, None, "―", "―"), (PERCENT, None, "―", "―"), (DECIMAL, None, "―", "―")])
def test_numbers_are_shown_as_offices_write_them(kind: Kind, value: object, ja: str, en: str) -> None:
    assert (kind.show(value), kind.show(value, "en")) == (ja, en)


FULL_WIDTH = str.maketrans("0123456789,-", "０１２３４５６７８９，－")
WRITINGS = [str, lambda n: f"{n:,}", lambda n: f"{n:,}円", lambda n: f"¥{n:,}" if n >= 0 else f"▲{-n:,}",
            lambda n: f"{n:,}円".translate(FULL_WIDTH), lambda n: f"({-n:,})" if n < 0 else f" {n:,} 円 ",
            lambda n: YEN.show(n), lambda n: YEN.show(n, "en"), float]


@given(yen, st.sampled_from(WRITINGS))
def test_any_amount_is_read_back_from_any_writing(amount: int, write: object) -> None:
    reading = YEN.read(write(amount))  # type: ignore[operator]
    assert (reading.value, reading.problem) == (amount, None)


@given(st.integers(-10**12, 10**12), st.sampled_from([(10**3, "千円"), (10**6, "百万円")]))
def test_any_amount_in_thousands_or_millions_is_read_back(amount: int, unit: tuple[int, str]) -> None:
    factor, word = unit
    if abs(amount * factor) <= MOST:
        assert YEN.read(f"{amount:,}{word}").value == amount * factor
        assert YEN.read(f"{amount:,}", Around(factor=factor)).value == amount * factor


@given(st.text() | st.floats() | st.integers() | st.booleans() | st.dates() | st.datetimes() | st.times())
def test_no_cell_makes_a_number_stumble(cell: Cell) -> None:
    for kind in (YEN, COUNT, DECIMAL, PERCENT):
        reading = kind.read(cell)
        assert reading.value is None or kind.check(reading.value) is None
