"""What every kind shares when it reads a cell: the text in it, folding, blanks, marks, and the problems common to all.

A problem's message begins with the quoted cell, so that a caller who knows the field puts its label before it
(:func:`named`): 「R7.2.30」はない日付です → 契約日「R7.2.30」はない日付です.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from datetime import date, datetime, time
from decimal import Decimal

from grc.kinds.base import Cell, Reading
from grc.problem import Problem, Severity, Sort, define
from grc.text import Text, same

EMPTY = Reading()
"""The reading of an empty cell."""

DASHES = frozenset("－―-—‐ー–‒‑−─━ｰ﹣")
_NOT_YET = frozenset(("未定", "未実施", "未設定", "未記入", "未入力", "未登録", "未確認", "不明", "調整中"))
_NONE = frozenset(("なし", "無し", "無", "該当なし", "該当無し", "対象外", "不要", "非該当", "n/a", "na", "none"))
_SPACES = re.compile(r"\s+")
_OUTER_SPACES = re.compile(r"(?<![0-9])\s+|\s+(?![0-9])")
_MARKS = re.compile(r"(?:\s*(?:※\s*\d*|\*+\d*|\(注\d*\)|注\d*))+$|^(?:※|\*)\s*")
_LONGEST_QUOTE = 60
# Unicode's Cc without tab and line breaks, all of Cf, halves of characters, and what XML forbids.
UNSEEN_SIGNS = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u0600-\u0605\u061c\u06dd\u070f\u0890\u0891\u08e2\u180e\u200b-\u200f"
    "\u202a-\u202e\u2060-\u2064\u2066-\u206f\ud800-\udfff\ufeff\ufff9-\ufffb\ufffe\uffff\U000110bd\U000110cd"
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0001\U000e0020-\U000e007f]")
# ② and ² after a number point to a note; NFKC would make them digits of it.
_NOTE_SIGNS = re.compile("[²³¹\u2070-\u209c\u2460-\u24ff\u2776-\u2793\u3251-\u325f\u32b1-\u32bf\U0001f100-\U0001f10c]")

READ_AS = define(
    "read-as", Severity.WARNING,
    Text("「{value}」は{reading}と読みました。", '"{value}" was read as {reading}.'),
    Text("違うときは直してください。", "Correct it if that is not what is meant."))
TAKEN_AS = define(
    "taken-as", Severity.NOTE,
    Text("「{value}」は{reading}と読みました。", '"{value}" was read as {reading}.'),
    Text("このままで構いません。", "Nothing needs to be done."))
SAYS_NONE = define(
    "says-none", Severity.NOTE,
    Text("「{value}」は、値がないという意味に読みました。", '"{value}" was read as "there is none".'),
    Text("書かれた語はそのまま残します。", "The word is kept as written."))
WRONG_TYPE = define(
    "wrong-type", Severity.ERROR,
    Text("「{value}」はこの欄に入れられません。", '"{value}" does not fit this field.'),
    Text("{expected}を入れてください。", "Enter {expected}."))


def fold(text: str) -> str:
    """A text as headers and searches are compared: NFKC, case folded, without white space and unseen characters."""
    if not text.isprintable():
        text = UNSEEN_SIGNS.sub("", text)
    if text.isascii():
        return "".join(text.casefold().split())
    folded = "".join(unicodedata.normalize("NFKC", text).casefold().split())
    # Once more: case folding and closed gaps can undo NFKC (か゛), and a fold of a fold must be the same.
    return unicodedata.normalize("NFKC", folded)


def written(cell: Cell) -> str:
    """The text that a person sees in a cell: whole numbers without a point, dates in ISO form."""
    if isinstance(cell, str):
        return cell
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "TRUE" if cell else "FALSE"
    if isinstance(cell, float):
        return plain_number(cell)
    if isinstance(cell, datetime):
        whole = cell.time() == time() and cell.tzinfo is None
        return cell.date().isoformat() if whole else cell.isoformat(" ", "auto" if cell.second else "minutes")
    if isinstance(cell, time):
        return cell.isoformat("auto" if cell.second or cell.microsecond else "minutes")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def plain_number(number: float) -> str:
    """A float without exponent and without a needless ``.0``; ``nan`` and ``inf`` by their names."""
    exact = Decimal(repr(number))
    if not exact.is_finite():
        return repr(number)
    return f"{exact.to_integral_value() if exact == exact.to_integral_value() else exact:f}"


def tight(cell: Cell) -> str:
    """The text of a cell for a number or a date: NFKC, without the spaces that do not stand between two digits."""
    text = written(cell).strip()
    if text.isascii() and " " not in text and text.isprintable():
        return text
    text = _NOTE_SIGNS.sub("※", UNSEEN_SIGNS.sub("", text))
    return _OUTER_SPACES.sub("", unicodedata.normalize("NFKC", text)).strip()


def without_marks(text: str) -> tuple[str, bool]:
    """A tight text without the marks that point to a note (``※``, ``*1``, ``注2``), and whether there were any."""
    if "※" not in text and "*" not in text and "注" not in text:
        return text, False
    core = _MARKS.sub("", text)
    return core, core != text


def only_dashes(text: str) -> bool:
    """Whether a text is nothing but dashes, the office's way to leave a cell empty."""
    return all(sign in DASHES for sign in text)


def nothing(text: str, cell: Cell) -> Reading | None:
    """The reading of a tight text that holds no value (blank, dash, 未定, 該当なし), else ``None``."""
    if not text or text in _NOT_YET or only_dashes(text):
        return EMPTY
    bare = text[1:-1] if text[0] == "(" and text[-1] == ")" else text
    if bare in _NOT_YET:
        return EMPTY
    return Reading(None, SAYS_NONE(value=quoted(cell))) if bare.casefold() in _NONE else None


def quoted(cell: object) -> str:
    """A value for a sentence: on one line, not too long."""
    text = _SPACES.sub(" ", written(cell) if isinstance(cell, str | int | float | date | time) else str(cell)).strip()
    return text if len(text) <= _LONGEST_QUOTE else text[:_LONGEST_QUOTE] + "…"


def read_as(cell: Cell, value: object, reading: str | Text, sort: Sort = READ_AS) -> Reading:
    """``value``, and the sentence that says how ``cell`` was understood; ``TAKEN_AS`` is the milder sort."""
    return Reading(value, sort(value=quoted(cell), reading=same(reading) if isinstance(reading, str) else reading))


def wrong_type(value: object, expected: Text) -> Problem:
    """The problem of a typed value that is none of its kind: a mistake of a program rather than of a person."""
    return WRONG_TYPE(value=quoted(value), expected=expected)


def as_error(problem: Problem | None) -> Problem | None:
    """The same problem where it stops: before a value is stored."""
    return problem and replace(problem, severity=Severity.ERROR)


def named(problem: Problem, label: Text) -> Problem:
    """The problem with the field's label before its sentence."""
    message = Text(label.ja + problem.message.ja, f"{label.en} {problem.message.en}")
    return replace(problem, message=message)
