"""Texts are kept as typed, but for what nobody can see."""

from __future__ import annotations

import sys
import unicodedata
from datetime import date, datetime, time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc.kinds import EMAIL, LONG_TEXT, TEXT, Cell, Line, fold, fold_name
from grc.kinds.blank import UNSEEN_SIGNS


@pytest.mark.parametrize(("cell", "text"), [
    ("  総務部\u3000", "総務部"), ("\u00a0A\t", "A"), ("東京都\n港区", "東京都港区"), ("Daicho\r\nLtd", "Daicho Ltd"),
    ("第1回\nreview", "第1回review"), ("委託\u3000業務", "委託\u3000業務"), ("Ａ－１", "Ａ－１"), ("㈱台帳", "㈱台帳"),
    (7, "7"), (7.0, "7"), (0.1, "0.1"), (1e22, "1" + "0" * 22), (-2.50, "-2.5"), (True, "TRUE"),
    (date(2025, 4, 1), "2025-04-01"), (datetime(2025, 4, 1), "2025-04-01"),
    (datetime(2025, 4, 1, 9, 30), "2025-04-01 09:30"), (time(12, 30), "12:30"),
    ("葛\U000e0100城市", "葛\U000e0100城市"), ("外字\ue000", "外字\ue000"), ("=1+1", "=1+1"), ("なし", "なし")])
def test_a_line_keeps_what_was_typed(cell: Cell, text: str) -> None:
    reading = TEXT.read(cell)
    assert (reading.value, reading.problem) == (text, None)


@pytest.mark.parametrize("cell", [None, "", " \u3000\n", "－", "―", "-", "—", "‐", "ー", "--", "\ufeff", "\u200b－"])
def test_dashes_and_spaces_alone_are_empty(cell: Cell) -> None:
    assert (TEXT.read(cell).value, TEXT.read(cell).problem) == (None, None)
    assert (LONG_TEXT.read(cell).value, LONG_TEXT.read(cell).problem) == (None, None)


@pytest.mark.parametrize("sign", ["\u200b", "\ufeff", "\u202e", "\u2066", "\u00ad", "\x00", "\x07", "\ud800"])
def test_characters_that_nobody_sees_are_removed_and_it_is_said(sign: str) -> None:
    reading = TEXT.read(f"経理{sign}課")
    assert reading.value == "経理課"
    assert reading.problem is not None and reading.problem.code == "text-unseen"
    assert sign not in reading.problem.sentence("ja")


def test_all_control_and_format_characters_of_unicode_are_unseen() -> None:
    kept = set("\t\n\r\x0b\x0c\x85")
    unseen = {sign for sign in map(chr, range(sys.maxunicode + 1)) if unicodedata.category(sign) in ("Cc", "Cf", "Cs")}
    assert unseen - kept - {s for s in unseen if UNSEEN_SIGNS.fullmatch(s)} == set()
    assert not any(UNSEEN_SIGNS.fullmatch(s) for s in kept)


def test_several_lines_stay_several_lines() -> None:
    assert LONG_TEXT.read("一\r\n\r\n二\u2028三\n").value == "一\n\n二\n三"


def test_a_text_that_is_too_long_is_kept_and_stopped() -> None:
    short = Line(max=3)
    reading = short.read("あいうえ")
    assert reading.value == "あいうえ"
    assert reading.problem and reading.problem.message.ja == "「あいうえ」は4文字あります。"
    assert short.check("あいうえ") == reading.problem
    assert short.check("あいう") is None


def test_an_email_address_is_known_by_its_shape() -> None:
    assert EMAIL.read("　ｓａｔｏ＠example.go.jp ").value == "sato@example.go.jp"
    for wrong in ("sato", "sato@", "@example.jp", "a b@example.jp", "a@b@example.jp", "sato@localhost"):
        reading = EMAIL.read(wrong)
        assert reading.value is None and reading.problem and reading.problem.code == "email-unreadable", wrong


@pytest.mark.parametrize(("one", "other"), [
    ("評価 （機密性）", "評価(機密性)"), ("ＩＳＭＳ", "isms"), ("ｶﾀｶﾅ", "カタカナ"), ("か゛", "が"),
    ("No.\n１", "no.1")])
def test_headers_are_compared_folded(one: str, other: str) -> None:
    assert fold(one) == fold(other)


@given(st.text())
def test_a_fold_folds_no_further(text: str) -> None:
    assert fold(fold(text)) == fold(text)


@pytest.mark.parametrize("name", ["㈱台帳商事", "（株）台帳商事", "(株) 台帳 商事", "株式会社　台帳商事"])
def test_a_company_is_found_however_its_form_is_written(name: str) -> None:
    assert fold_name(name) == "株式会社台帳商事"


def test_companies_of_other_forms_stay_apart() -> None:
    assert fold_name("（有）台帳") == "有限会社台帳" != fold_name("㈱台帳")
    assert fold_name("（一財）台帳") == "一般財団法人台帳"
