"""Yes or no, in all the ways ledgers say it: ○×, 有無, あり・なし, 済・未, check marks."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import EMPTY, fold, nothing, quoted, read_as, without_marks, wrong_type
from grc.problem import Problem, Severity, define
from grc.text import Text

_YES = ("○ 〇 ◯ ● ◎ ⭕ 有 有り あり 有る ある 含む 含有 済 済み 完了 実施 実施済 実施済み 確認済 確認済み "
        "対応済 対応済み ✓ ✔ ☑ ■ レ はい 要 必要 該当 該当する 該当あり 対象 可 yes y true on 1")
_NO = ("× ✕ ✖ ❌ ╳ ☓ 無 無し なし 無い ない 含まない 含まず 未 未済 未了 未完了 未実施 未対応 □ ☐ いいえ 否 "
       "不要 必要なし 非該当 該当しない 該当なし 該当無し 対象外 不可 no n false off 0")
_WORDS = {fold(word): value for words, value in ((_YES, True), (_NO, False)) for word in words.split()}
_DOUBTFUL = {"x": False, "o": True}
"""Letters typed for the signs."""

UNREADABLE = define(
    "flag-unreadable", Severity.ERROR,
    Text("「{value}」は○か×か分かりません。", '"{value}" is neither yes nor no.'),
    Text("○か×を入れてください。", "Enter ○ (yes) or × (no)."))

_PLAIN = {value: Reading(value) for value in (True, False)}


class Flag(Kind):
    """Yes or no; empty is neither."""

    name = "flag"
    align = "center"

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.Boolean()

    def read(self, cell: Cell, around: Around = Around()) -> Reading:  # noqa: B008 - immutable
        """○, 有, 済, ✓, 1 … are yes; ×, 無, 未, □, 0 … are no."""
        if cell is None:
            return EMPTY
        if isinstance(cell, bool | int | float):
            return _PLAIN[bool(cell)] if cell in (0, 1) else Reading(None, UNREADABLE(value=quoted(cell)))
        if not isinstance(cell, str):
            return Reading(None, UNREADABLE(value=quoted(cell)))
        value = _WORDS.get(cell)
        if value is not None:
            return _PLAIN[value]
        core, marked = without_marks(fold(cell))
        value = _WORDS.get(core, _WORDS.get(core.strip("()")))
        if value is not None and not marked:
            return _PLAIN[value]
        value = _DOUBTFUL.get(core, value)
        if value is None:
            return (None if marked else nothing(core, cell)) or Reading(None, UNREADABLE(value=quoted(cell)))
        return read_as(cell, value, Text(self.show(value), self.show(value, "en")))

    def check(self, value: Any) -> Problem | None:
        return None if isinstance(value, bool) else wrong_type(value, Text("○か×", "yes or no"))

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """○ or ×; Yes or No."""
        if value is None:
            return "―"
        return ("Yes" if value else "No") if lang == "en" else ("○" if value else "×")

    def cell(self, value: Any) -> Cell:
        return None if value is None else "○" if value else "×"
