"""全国地方公共団体コード: the check digit, and how ledgers write the code."""

from __future__ import annotations

import pytest

from grc import changes, register
from grc.kinds import Cell
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Invalid
from registers.rules import municipality
from registers.rules.municipality import MunicipalityCode, check_digit, prefecture, valid


@pytest.mark.parametrize("code", ["011002", "012025", "130001", "131016", "141003", "271004", "401307", "472018"])
def test_real_codes_are_valid_and_no_other_last_digit_is(code: str) -> None:
    assert valid(code)
    assert [d for d in "0123456789" if valid(code[:5] + d)] == [code[5]]


@pytest.mark.parametrize("code", ["", "13101", "1310160", "13101a", "481017", "001015", "１３１０１６"])
def test_what_is_no_six_digits_of_a_prefecture_is_not_valid(code: str) -> None:
    assert not valid(code)


def test_remainders_of_nought_and_one_give_one_and_nought() -> None:
    assert check_digit("00000") == 1
    assert {int(check_digit(f"13{n:03d}")) for n in range(200)} == set(range(10))
    with pytest.raises(ValueError, match="five digits"):
        check_digit("131016")


@pytest.mark.parametrize(("code", "name"), [("011002", "北海道"), ("131016", "東京都"), ("472018", "沖縄県"), ("", None), (None, None), ("990000", None)])
def test_the_first_two_digits_name_the_prefecture(code: str | None, name: str | None) -> None:
    assert prefecture(code) == name


@pytest.mark.parametrize(("cell", "value", "problem"), [
    ("131016", "131016", None), ("１３１０１６", "131016", None), (131016, "131016", None), (11002, "011002", None), ("11002", "011002", "read-as"),
    ("13101", None, "municipality-unreadable"), ("131017", None, "municipality-check-digit"), ("481017", None, "municipality-prefecture"),
    ("千代田区", None, "municipality-unreadable"), (None, None, None), ("―", None, None), ("未定", None, None)])
def test_a_code_is_read_as_ledgers_write_it(cell: Cell, value: str | None, problem: str | None) -> None:
    reading = MunicipalityCode().read(cell)
    assert (reading.value, reading.problem and reading.problem.code) == (value, problem)


def test_a_wrong_code_says_which_last_digit_would_be_right() -> None:
    problem = MunicipalityCode().read("131017").problem
    assert problem is not None and "最後の桁が 6 なら" in problem.remedy.ja and "were 6" in problem.remedy.en


def test_the_kind_reads_what_it_writes() -> None:
    kind = MunicipalityCode()
    for code in ("011002", "131016"):
        assert kind.read(kind.cell(code)).value == kind.load(kind.data(code)) == code
        assert kind.check(code) is None


def test_a_typed_code_that_is_wrong_stops_and_the_prefecture_follows_from_a_right_one(sqlite_office: Office) -> None:
    officer = Actor("sato", frozenset({"risk_officer"}))
    with pytest.raises(Invalid) as refusal:
        changes.create(sqlite_office.db, officer, "municipal-audit-reports", {"body_name": "千代田区", "body_code": "131017"})
    assert [p.code for p in refusal.value.problems] == ["municipality-check-digit"]
    complete = register.get("municipal-audit-reports").complete
    assert complete is municipality.located
    assert complete({"prefecture": None, "body_code": "131016"}, {})["prefecture"] == "東京都"
    assert complete({"prefecture": "東京", "body_code": "131016"}, {})["prefecture"] == "東京"
