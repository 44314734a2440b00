"""Texts: one line (names, numbers of documents) and several lines (notes).

A text is kept as typed, but for what nobody can see: outer white space, control and format characters (a zero-width
space, a mark that turns the direction of writing), and in a single line the breaks that Excel puts into a cell.
Variation selectors of kanji (異体字) and private characters (外字) are kept.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import EMPTY, UNSEEN_SIGNS, only_dashes, quoted, written, wrong_type
from grc.problem import Problem, Severity, define
from grc.text import Text

_LINE_BREAK = re.compile("\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_BREAK_IN_LINE = re.compile(r"[^\S\n]*\n\s*")
UNSEEN = define(
    "text-unseen", Severity.NOTE,
    Text("「{value}」から、目に見えない文字を取り除きました。",
         '"{value}": characters that cannot be seen were removed.'),
    Text("このままで構いません。", "Nothing needs to be done."))
UNKEPT = define(
    "text-unkept", Severity.ERROR,
    Text("「{value}」に、目に見えない文字が入っています。", '"{value}" holds characters that cannot be seen.'),
    Text("入力し直してください。", "Type it again."))
TOO_LONG = define(
    "text-too-long", Severity.ERROR,
    Text("「{value}」は{length}文字あります。", '"{value}" has {length} characters.'),
    Text("{max}文字までにしてください。", "Keep it to {max} characters."))
NO_EMAIL = define(
    "email-unreadable", Severity.ERROR,
    Text("「{value}」はメールアドレスとして読めません。", '"{value}" cannot be read as an e-mail address.'),
    Text("「name@example.jp」の形で入れてください。", "Enter it in the form name@example.jp."))


def clean(text: str) -> str:
    """A text without outer white space and unseen characters, its line breaks as ``\\n``."""
    if text.isprintable():
        return text.strip()
    return UNSEEN_SIGNS.sub("", _LINE_BREAK.sub("\n", text)).strip()


def one_line(text: str) -> str:
    """A clean text on one line: a break between two ASCII characters becomes a space, between others it closes up."""
    return _BREAK_IN_LINE.sub(_join, text).replace("\t", " ") if "\n" in text or "\t" in text else text


def _join(found: re.Match[str]) -> str:
    before, after = found.string[found.start() - 1], found.string[found.end()]
    return " " if before.isascii() and after.isascii() else ""


class Line(Kind):
    """A text on one line, of at most ``max`` characters."""

    name = "line"
    fallible = False
    several_lines = False

    def __init__(self, max: int = 2000) -> None:
        self.max = max

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.String(self.max)

    def read(self, cell: Cell, around: Around = Around()) -> Reading:  # noqa: B008 - immutable
        """The text of the cell; a number becomes its text, a date its ISO form, dashes alone are empty."""
        if cell is None:
            return EMPTY
        text = raw = cell if isinstance(cell, str) else written(cell)
        if not raw.isprintable():
            text = clean(raw) if self.several_lines else one_line(clean(raw))
        elif raw and (raw[0] == " " or raw[-1] == " "):
            text = raw.strip()
        if not text or only_dashes(text):
            return EMPTY
        if len(text) > self.max:
            return Reading(text, TOO_LONG(value=quoted(text), length=len(text), max=self.max))
        if text is not raw and UNSEEN_SIGNS.search(raw):
            return Reading(text, UNSEEN(value=quoted(text)))
        return Reading(text)

    def check(self, value: Any) -> Problem | None:
        """Too long, no text, or with characters that no database or workbook keeps."""
        if not isinstance(value, str):
            return wrong_type(value, Text("文字", "a text"))
        if not value.isprintable() and UNSEEN_SIGNS.search(value):
            return UNKEPT(value=quoted(UNSEEN_SIGNS.sub("", value)))
        return TOO_LONG(value=quoted(value), length=len(value), max=self.max) if len(value) > self.max else None


class LongText(Line):
    """A text that may have several lines."""

    name = "text"
    several_lines = True

    def __init__(self, max: int = 20_000) -> None:
        super().__init__(max)

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.Text()


class Email(Kind):
    """An e-mail address; only its shape is looked at."""

    name = "email"
    _shape = re.compile(r"[^@\s<>()\[\],;:\"]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+")

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.String(254)

    def read(self, cell: Cell, around: Around = Around()) -> Reading:  # noqa: B008 - immutable
        """The address, in half-width characters."""
        text = unicodedata.normalize("NFKC", UNSEEN_SIGNS.sub("", written(cell))).strip()
        if not text or only_dashes(text):
            return EMPTY
        problem = self.check(text)
        return Reading(None, problem) if problem else Reading(text)

    def check(self, value: Any) -> Problem | None:
        """No address, or one too long for mail."""
        fits = isinstance(value, str) and len(value) <= 254 and self._shape.fullmatch(value)
        return None if fits else NO_EMAIL(value=quoted(value))
