"""A record's own number, as it stands in exports, addresses and other people's letters."""

from __future__ import annotations

import re
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import EMPTY, only_dashes, quoted, tight, written
from grc.problem import Problem, Severity, define
from grc.text import Text

LONGEST = 40
UNFIT = define("code-unfit", Severity.ERROR,
               Text("「{value}」は記録の番号として使えません。", '"{value}" cannot be the number of a record.'),
               Text("{letters}で{max}文字までにしてください。", "Use {letters}, at most {max}."))
_WORDS = Text("文字を含む、文字・数字・ハイフン", "letters, digits and hyphens, with a letter among them")
_ASCII = Text("英字を含む、半角の英数字とハイフン", "ASCII letters, digits and hyphens, with a letter among them")


class Code(Kind):
    """The number of a record. ``address``: it becomes part of a public address, so it is written in ASCII alone."""

    name = "code"

    def __init__(self, *, address: bool = False) -> None:
        self.address = address
        self._shape = re.compile(rf"\w[\w-]{{0,{LONGEST - 1}}}", re.ASCII if address else 0)

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.String(LONGEST)

    def read(self, cell: Cell, around: Around = Around()) -> Reading:  # noqa: B008 - immutable
        """The number in half-width signs; what does not fit is unreadable."""
        text = tight(written(cell))
        if not text or only_dashes(text):
            return EMPTY
        problem = self.check(text)
        return Reading(None, problem) if problem else Reading(text)

    def check(self, value: Any) -> Problem | None:
        """Too long, with other signs, or digits alone: a ledger's 1, 2, 3 begins anew next month."""
        fits = isinstance(value, str) and self._shape.fullmatch(value) and any(sign.isalpha() for sign in value)
        return None if fits else UNFIT(value=quoted(str(value)), letters=_ASCII if self.address else _WORDS, max=LONGEST)
