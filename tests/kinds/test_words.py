"""○×, choices, corporate numbers and references."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc.kinds import (
    CORPORATE_NUMBER,
    FLAG,
    Cell,
    Choice,
    Option,
    Ref,
    Target,
    check_digit,
    is_valid,
    right_first_digit,
    split,
)
from grc.problem import Severity

METHOD = Choice(
    "method", Option("open", "一般競争（最低価格）", "Open tender", ("一般競争", "一般競争入札")),
    Option("direct", "随意契約", "Direct award", ("随契",)),
    Option("invited", "指名競争", "Invited tender", colour="blue"))


@pytest.mark.parametrize("cell",
    ["○", "〇", "◯", "●", "有", "あり", "有り", "含む", "済", "済み", "実施済", "✓", "✔", "■", "☑", "レ", "はい", "Yes",
                                  "TRUE", "True", True, 1, 1.0, "1", "１", "該当", " 有\u3000", "（有）"])
def test_yes(cell: Cell) -> None:
    assert (FLAG.read(cell).value, FLAG.read(cell).problem) == (True, None)


@pytest.mark.parametrize("cell",
    ["×", "✕", "無", "なし", "無し", "含まない", "未", "未済", "未実施", "□", "いいえ", "no", "FALSE", False, 0,
                                  0.0, "0", "非該当", "該当なし", "対象外"])
def test_no(cell: Cell) -> None:
    assert (FLAG.read(cell).value, FLAG.read(cell).problem) == (False, None)


@pytest.mark.parametrize("cell", [None, "", "\u3000", "－", "―", "未定", "未確認"])
def test_neither_yes_nor_no_is_empty(cell: Cell) -> None:
    assert (FLAG.read(cell).value, FLAG.read(cell).problem) == (None, None)


@pytest.mark.parametrize("cell", ["△", "一部有", 2, 0.5, "有無", "□有 ■無", float("nan")])
def test_what_is_neither_is_not_guessed(cell: Cell) -> None:
    reading = FLAG.read(cell)
    assert reading.value is None and reading.problem and reading.problem.code == "flag-unreadable"


@pytest.mark.parametrize(("cell", "value"), [("ｘ", False), ("X", False), ("o", True), ("○※", True), ("無※1", False)])
def test_letters_for_signs_and_marks_are_read_aloud(cell: str, value: bool) -> None:
    reading = FLAG.read(cell)
    assert reading.value is value and reading.problem and reading.problem.severity is Severity.WARNING


def test_flags_are_shown() -> None:
    assert [FLAG.show(v) for v in (True, False, None)] == ["○", "×", "―"]
    assert [FLAG.show(v, "en") for v in (True, False, None)] == ["Yes", "No", "―"]


@pytest.mark.parametrize("cell",
    ["open", "一般競争（最低価格）", "一般競争(最低価格)", "一般競争［最低価格］", "一般競争【最低価格】",
    " 一般競争 ", "OPEN TENDER",
                                  "Ｏｐｅｎ ｔｅｎｄｅｒ", "一般競争入札", "一般\n競争"])
def test_a_choice_is_known_by_any_of_its_words(cell: str) -> None:
    assert (METHOD.read(cell).value, METHOD.read(cell).problem) == ("open", None)


@pytest.mark.parametrize(("cell", "value"),
    [("1：随意契約", "direct"), ("随意契約※", "direct"), ("□随意契約 ■一般競争", "open"),
                                             ("☑随契　□指名競争", "direct")])
def test_numbered_marked_and_ticked_choices_are_read_aloud(cell: str, value: str) -> None:
    reading = METHOD.read(cell)
    assert reading.value == value and reading.problem and reading.problem.code == "read-as"


def test_what_is_no_choice_names_the_choices() -> None:
    problem = METHOD.read("せり売り").problem
    assert METHOD.read("せり売り").value is None and problem
    assert problem.message.ja == "「せり売り」は選べません。"
    assert problem.remedy.ja == "一般競争（最低価格）、随意契約、指名競争から選んでください。"
    assert problem.message.en == '"せり売り" is not one of the choices.'
    assert problem.remedy.en == "Choose one of: Open tender, Direct award, Invited tender."
    assert METHOD.read("■随意契約 ■指名競争").value is None
    assert METHOD.check("せり売り") and METHOD.check("随意契約") and METHOD.check("direct") is None


def test_a_choice_is_stored_by_id_and_written_in_words() -> None:
    assert (METHOD.show("direct"), METHOD.show("direct", "en"), METHOD.cell("direct"), METHOD.show(None)) == (
        "随意契約", "Direct award", "随意契約", "―")
    assert METHOD.option("invited").colour == "blue"
    assert METHOD.show("retired-id") == "retired-id"


def test_a_word_cannot_mean_two_options() -> None:
    with pytest.raises(ValueError, match="two options"):
        Choice("x", Option("a", "良", "Good"), Option("b", "可", "good"))
    with pytest.raises(ValueError, match="one id"):
        Choice("x", Option("a", "良", "Good"), Option("a", "可", "Fair"))


@pytest.mark.parametrize("cell",
    [3000020278670, 3000020278670.0, "3000020278670", "3000020278670.0", "３０００-０２０２７-８６７０",
                                  " 3 0000 2027 8670\u00a0", "3\u30000000\u200b20278670", "法人番号：3000020278670",
                                  "（法人番号3000020278670）"])
def test_a_corporate_number_is_read_through_its_spaces(cell: Cell) -> None:
    assert (CORPORATE_NUMBER.read(cell).value, CORPORATE_NUMBER.read(cell).problem) == ("3000020278670", None)


@pytest.mark.parametrize(("cell", "sentence"), [
    ("1999900000001", "「1999900000001」の検査数字が合いません。最初の桁が 8 なら正しい番号です。"),
    ("6000020278670", "「6000020278670」の検査数字が合いません。最初の桁が 3 なら正しい番号です。"),
    ("0000020278670", "「0000020278670」の検査数字が合いません。最初の桁が 3 なら正しい番号です。"),
    ("30000202786", "「30000202786」は11桁です。法人番号は13桁です。"),
    ("3000020278670\n7123456789012",
    "「3000020278670 7123456789012」には法人番号が2つあります。1つの欄には1つだけ入れてください。"),
    ("3000020278670、7123456789012",
    "「3000020278670、7123456789012」には法人番号が2つあります。1つの欄には1つだけ入れてください。"),
    ("米国法人", "「米国法人」は法人番号として読めません。13桁の数字だけを入れてください。")])
def test_a_wrong_corporate_number_says_what_is_wrong(cell: str, sentence: str) -> None:
    reading = CORPORATE_NUMBER.read(cell)
    assert reading.value is None
    assert reading.problem and reading.problem.sentence("ja") == sentence
    assert reading.problem.severity is Severity.WARNING


def test_a_wrong_corporate_number_never_becomes_a_value() -> None:
    for value in ("6000020278670", "300002027867", "３０００020278670", 3000020278670, ""):
        problem = CORPORATE_NUMBER.check(value)
        assert problem and problem.severity is Severity.ERROR
    assert CORPORATE_NUMBER.check("3000020278670") is None


def test_the_invoice_number_and_marks_are_passed_over_aloud() -> None:
    for cell in ("T3000020278670", "3000020278670※"):
        reading = CORPORATE_NUMBER.read(cell)
        assert reading.value == "3000020278670" and reading.problem and reading.problem.severity is Severity.WARNING


@given(st.text("0123456789", min_size=12, max_size=12))
def test_twelve_digits_and_their_check_digit_are_a_number(digits: str) -> None:
    number = f"{check_digit(digits)}{digits}"
    assert is_valid(number)
    assert CORPORATE_NUMBER.read(number).value == number == CORPORATE_NUMBER.read(int(number)).value


@given(st.text("0123456789", min_size=12, max_size=12), st.integers(0, 12), st.integers(1, 9))
def test_a_changed_digit_is_noticed_when_it_alters_the_check(digits: str, place: int, by: int) -> None:
    number = f"{check_digit(digits)}{digits}"
    changed = number[:place] + str((int(number[place]) + by) % 10) + number[place + 1:]
    if place and check_digit(changed[1:]) == check_digit(digits):
        return  # modulo 9 cannot tell 0 from 9, nor a doubled digit nine apart
    reading = CORPORATE_NUMBER.read(changed)
    assert not is_valid(changed) and reading.value is None and reading.problem
    assert is_valid(f"{right_first_digit(changed)}{changed[1:]}")


def test_a_changed_digit_is_missed_only_between_nought_and_nine() -> None:
    base = "000020278670"
    missed = [(base[n], str(d)) for n in range(12) for d in range(10)
              if str(d) != base[n] and check_digit(base[:n] + str(d) + base[n + 1:]) == check_digit(base)]
    assert missed and all({a, b} == {"0", "9"} for a, b in missed)


@pytest.mark.parametrize("wrong", ["", "12345678901", "1234567890123", "12345678901a", "１２３４５６７８９０１２"])
def test_a_check_digit_needs_twelve_digits(wrong: str) -> None:
    with pytest.raises(ValueError):
        check_digit(wrong)


@pytest.mark.parametrize(("text", "parts"), [
    ("SUP-0001 株式会社台帳", ("SUP-0001", "株式会社台帳")),
    ("PRV-PRC-0012\u3000台帳 商事", ("PRV-PRC-0012", "台帳 商事")),
    ("SUP-0001", ("SUP-0001", "")), ("株式会社台帳", (None, "株式会社台帳")),
    ("LG-CNS 株式会社", (None, "LG-CNS 株式会社")), ("", (None, ""))])
def test_a_reference_is_taken_apart(text: str, parts: tuple[str | None, str]) -> None:
    assert split(text) == Ref.split(text) == parts


def test_a_reference_is_written_as_code_and_name() -> None:
    supplier, target = Ref("suppliers", create="provisional"), Target("SUP-0001", "株式会社台帳")
    assert supplier.show(target) == supplier.cell(target) == "SUP-0001 株式会社台帳"
    assert split(str(supplier.read(supplier.cell(target)).value)) == (target.code, target.name)
    assert supplier.load(supplier.data(target)) == target
    assert (supplier.show(None), supplier.cell(None), supplier.read("－").value) == ("―", None, None)
    assert (supplier.slug, supplier.create) == ("suppliers", "provisional")
