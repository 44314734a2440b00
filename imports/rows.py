"""What is a row below the header: a record, or a total, a note, a band, an example …? Judged by what it says.

The judgement is careful in one direction: a row with several values is a record unless it says in so many words that it
is none. A row that is none keeps its reason, so that the person can see every one of them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Literal, Self

Reason = Literal["blank", "note", "total_row", "section_row", "example_row", "child_row_of_previous", "repeated_header"]
Cell = None | str | int | float | bool | date | datetime | time

# ------------------------------------------------------------------------------------------------------------- texts

_UNITS = ("百万円", "千円", "万円", "億円", "円", "%", "件", "名", "人", "分", "時間", "日", "点", "回", "個", "台", "部", "か月", "月", "年", "m2", "㎡", "kg")
_BRACKET = re.compile(r"[(\[【〔〈<]([^()\[\]【】〔〕〈〉<>]*)[)\]】〕〉>]")
_BARE = re.compile(r"(.*(?:額|価格|単価))/?(百万円|千円|万円|億円|円)$")
_MARKS = re.compile(r"[※*]\d*$")
_TAX = ("税抜", "税別")  # what says that an amount is no plain one stays in the heading
_PIECES = re.compile(r"[・、,:;/]|単位")


def squeeze(text: str) -> str:
    """NFKC, lower case, without any white space: how two texts are compared."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def split_unit(text: str) -> tuple[str, str | None]:
    """A header and the unit in one of its brackets or at its end: ``契約金額（円・税込）`` → ``("契約金額", "円")``.

    ``％`` stays full-width. What else stands in the bracket goes with it, unless it says that tax is left out.
    """
    plain = _MARKS.sub("", squeeze(text))
    for found in _BRACKET.finditer(plain):
        pieces = [piece for piece in _PIECES.split(found[1]) if piece]
        unit = next((piece for piece in pieces if piece in _UNITS), None)
        if unit is not None:
            kept = "".join(f"({piece})" for piece in pieces if piece.startswith(_TAX))
            return plain[:found.start()].removesuffix("/") + kept + plain[found.end():], "％" if unit == "%" else unit
    bare = _BARE.fullmatch(plain)
    return (bare[1].removesuffix("/"), bare[2]) if bare else (plain, None)


_SAID = re.compile(r"(?:単位[:は]?)(百万円|千円|万円|億円|円)")


def unit_said(text: str) -> str | None:
    """The unit of money that a text above or beside a table names: ``（単位：千円）``."""
    found = _SAID.search(squeeze(text))
    return found[1] if found else None


def is_unit(text: str) -> bool:
    """Whether a cell holds nothing but a unit: the row under a header that says （円）, （件）."""
    plain = squeeze(text)
    base, unit = split_unit(plain)
    return (unit is not None and not base.replace("単位", "")) or plain.strip("()[]〔〕").removeprefix("単位:") in _UNITS


def fold(text: str) -> str:
    """A header as labels and synonyms are compared: squeezed, without its unit."""
    return split_unit(text)[0]


def text_of(value: object) -> str:
    """A cell as one line of text, without line breaks; a blank is ""."""
    return "" if value is None else re.sub(r"\s*[\r\n]+\s*", "", str(value)).strip()


# -------------------------------------------------------------------------------------------------------------- rows

_MARK = re.compile(r"[○◯×△●◎✓レ■□―ー－\-–—〇]+")
_FIGURE = re.compile(r"[¥\\$▲△+-]?[\d,.]+(円|千円|件|名|人|点|分|日|回|%|以上|個|台)*")
_DATE = re.compile(r"(明治|大正|昭和|平成|令和|[mtshr])?(元|\d{1,4})[年./-]\d{1,2}[月./-](\d{1,2}日?)?.*")
_TOTAL = re.compile(r"(総合計|合計|総計|小計|累計|計|total|subtotal|grandtotal)[:：]?(\(.*\)|[\d,]+(円|千円|件|名|人)?)?")
_EXAMPLE = re.compile(r"[(【<\[〔]?((記入|記載|入力)例|例|example|sample)\d*[)】>\]〕]?[:：]?|(記入|記載|入力)例[:：].+"
                      r"|[(【<\[〔](記入|記載|入力)?例\d*[)】>\]〕].+")
_NOTE = re.compile(r"[※*＊]|[(\[【]?注(\d|[)\]】:：]|意|記|\s|$)|備考[:：]")
_BAND = re.compile(r"【.*】|[■◆●▼◇□＜<〔].*|第[\d一二三四五六七八九十]+[章節編部].*")


@dataclass(frozen=True, slots=True)
class Shape:
    """What judging a row needs to know of its table: its columns (from 1) and the folded header texts of each."""

    first: int
    columns: tuple[int, ...]
    headers: tuple[frozenset[str], ...]

    @classmethod
    def of(cls, first: int, columns: Sequence[int], headers: Sequence[set[str]]) -> Self:
        """A shape from plain lists."""
        return cls(first, tuple(columns), tuple(map(frozenset, headers)))

    @staticmethod
    def is_value(text: str) -> bool:
        """Whether a text is a figure, a date or a mark, and so no label."""
        plain = squeeze(text)
        return bool(_MARK.fullmatch(plain) or _FIGURE.fullmatch(plain) or _DATE.fullmatch(plain))


def judge(cells: Sequence[Cell], down: dict[int, Cell] | None, shape: Shape, *, after_a_record: bool) -> Reason | None:
    """Why a row is no record, or ``None`` when it is one.

    ``cells`` begin with column A; ``down`` are values that merged cells give to this row from above.
    """
    filled = [index for index, cell in enumerate(cells) if cell is not None and not (isinstance(cell, str) and not cell.strip())]
    if not filled:
        return "blank"
    start = [(index, squeeze(cell)) for index in filled[:4] if isinstance(cell := cells[index], str) and len(cell) <= 40]
    if any(_EXAMPLE.fullmatch(text) for index, text in start[:2] if index < shape.first + 3):
        return "example_row"
    if any(_TOTAL.fullmatch(text) for _, text in start) and _only_figures(cells, filled):
        return "total_row"
    if len(filled) > 1 and _repeats(cells, shape):
        return "repeated_header"
    if len(filled) <= 3 and len(filled) < len(shape.columns) and _NOTE.match(str(cells[filled[0]]).strip()):
        return "note"
    if len(filled) > 1 or (down and len(filled) + len(down) > 1):
        return None
    return _lone(cells[filled[0]], filled[0] + 1, shape, after_a_record)


def _only_figures(cells: Sequence[Cell], filled: Sequence[int]) -> bool:
    """Whether all texts of a row are figures, marks or words for totals."""
    return all(not isinstance(cell := cells[index], str) or _TOTAL.fullmatch(squeeze(cell)) or Shape.is_value(cell) for index in filled)


def _repeats(cells: Sequence[Cell], shape: Shape) -> bool:
    """Whether a row says the header again: each text of it is a header text of its own column."""
    texts = 0
    for column, header in zip(shape.columns, shape.headers, strict=True):
        value = cells[column - 1] if column <= len(cells) else None
        if value is None:
            continue
        if not isinstance(value, str) or len(value) > 80 or fold(value) not in header:
            return False
        texts += 1
    return texts >= 2


def _lone(value: Cell, column: int, shape: Shape, after_a_record: bool) -> Reason | None:
    """What a single value in an otherwise empty row is."""
    if not isinstance(value, str):
        return "blank"  # a running number that was filled in beforehand
    text = value.strip()
    if _NOTE.match(text):
        return "note"
    if _BAND.fullmatch(squeeze(text)):
        return "section_row"
    if len(shape.columns) <= 2:
        return None
    if column == shape.columns[-1]:
        return "note"
    if column <= shape.first + 1:
        return "blank" if Shape.is_value(text) else "section_row"
    return "child_row_of_previous" if after_a_record else "note"
