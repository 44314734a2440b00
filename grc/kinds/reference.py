"""References to a record of another register, and the folding by which names of organisations are matched."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Literal

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import fold
from grc.kinds.text import Line
from grc.problem import Problem

_CODE = re.compile(r"([A-Z][A-Z0-9]*(?:-[A-Z0-9]+)*-[0-9]{2,})(?:\s+(.*))?", re.DOTALL)
_LEGAL_FORM = re.compile(r"\((株|有|同|資|名|財|社|一財|一社|公財|公社|独|地独|医|学|特非|国)\)")
_LEGAL_FORMS = {
    "株": "株式会社", "有": "有限会社", "同": "合同会社", "資": "合資会社", "名": "合名会社", "財": "財団法人",
    "社": "社団法人", "一財": "一般財団法人", "一社": "一般社団法人", "公財": "公益財団法人", "公社": "公益社団法人",
    "独": "独立行政法人", "地独": "地方独立行政法人", "医": "医療法人", "学": "学校法人",
    "特非": "特定非営利活動法人", "国": "国立大学法人",
}
_LINE = Line()


@dataclass(frozen=True, slots=True)
class Target:
    """The record that a reference points to, as a person sees it; ``id`` is its key, where it was looked up."""

    code: str
    name: str
    id: int | None = field(default=None, compare=False)

    def __str__(self) -> str:
        return f"{self.code} {self.name}".strip()


def split(text: str) -> tuple[str | None, str]:
    """``SUP-0001 株式会社…`` as code and name; the code is ``None`` where the text does not begin with one."""
    found = _CODE.fullmatch(text.strip())
    return (found[1], (found[2] or "").strip()) if found else (None, text.strip())


def fold_name(name: str) -> str:
    """A name as names are matched: ㈱ and （株） written out, NFKC, case folded, without any space."""
    return _LEGAL_FORM.sub(lambda found: _LEGAL_FORMS[found[1]], fold(name))


class Ref(Kind):
    """A reference to one record of register ``slug``. ``create="provisional"``: a name that is not known yet makes a
    provisional record there."""

    name = "ref"
    split = staticmethod(split)

    def __init__(self, slug: str, create: Literal["provisional"] | None = None) -> None:
        self.slug = slug
        self.create = create

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.Integer()

    def read(self, cell: Cell, around: Around = Around()) -> Reading:  # noqa: B008 - immutable
        """The text of the cell, on one line: whoever knows the register finds the record (see :func:`split`)."""
        return _LINE.read(cell, around)

    def check(self, value: Any) -> Problem | None:
        """Nothing: whether the record is there is for the door to see."""
        return None

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """``SUP-0001 株式会社…`` of a :class:`Target`."""
        return "―" if value is None else str(value)

    def cell(self, value: Any) -> Cell:
        return None if value is None else str(value)

    def data(self, value: Any) -> Any:
        """A target as ``{"code", "name"}``; an id or a text as it is."""
        return {"code": value.code, "name": value.name} if isinstance(value, Target) else value

    def load(self, data: Any) -> Any:
        return Target(**data) if isinstance(data, dict) else data
