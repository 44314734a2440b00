"""Numbers as people write them: ``４５，６００千円``, ``▲1,200``, ``1億2,345万円``, ``約80点以上``, ``(1,200)``.

One reader for all kinds of number; what is lenient and what is refused is decided here once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from grc.kinds.base import Cell
from grc.kinds.blank import tight, without_marks

COUNTERS = ("件", "者", "点", "人", "名", "社", "団体", "回", "か所", "箇所", "カ所", "ヶ所", "台", "部", "冊", "枚",
            "本", "式", "個", "日", "機関", "システム")
"""Words that count things and say nothing about size. Hours, months and years are none: a field has its own unit."""

_SCALE = {"": 1, "百": 100, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "億": 10**8, "兆": 10**12}
_BODY = r"[0-9][0-9,.]*(?:(?:兆|億|千万|百万|万|千|百)[0-9,.]*)*"
_WHOLE = re.compile(
    r"(?P<about>約|およそ|概ね)?金?(?P<before>[-+▲△−])?[¥\\]?(?P<after>[-▲△−])?"
    rf"(?P<body>{_BODY}|\.[0-9]+)(?P<unit>円|%|{'|'.join(COUNTERS)})?(?P<end>也|-|\.-)?"
    r"(?P<more>以上|以下|未満|以内|超|程度|前後|余り|余|弱|強|\(?(?:税込み?|税抜き?|税別|見込み?|概算|予定)\)?)?")
_PART = re.compile(r"([0-9][0-9,]*(?:\.[0-9]+)?|\.[0-9]+)(兆|億|千万|百万|万|千|百|)")
_GROUPED = re.compile(r"[0-9]{1,3}(?:,[0-9]{3})+(?:\.[0-9]+)?")
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number read from a text. ``unit`` as written (``円``, ``%``, a counter or none); ``scaled``: the text itself
    says 円, 千円, 億 …, so no header's unit applies; ``exact``: nothing beside the number was passed over."""

    amount: Decimal
    unit: str = ""
    scaled: bool = False
    exact: bool = True


def numeral(cell: Cell) -> Numeral | None:
    """The number written in a text cell, or ``None``. Separators must stand every three digits: ``1,25`` is refused."""
    text, marked = without_marks(tight(cell).replace("、", ","))
    if len(text) > _LONGEST:
        return None
    negative = text.startswith("(") and text.endswith(")")
    found = _WHOLE.fullmatch(text[1:-1] if negative else text)
    if found is None or (found["before"] and found["after"]) or (found["end"] and not _is_money(text)):
        return None
    amount = _amount(found["body"])
    if amount is None:
        return None
    negative ^= (found["before"] or found["after"] or "+") != "+"
    unit = found["unit"] or ""
    own = unit == "円" or not found["body"][-1].isdigit() or _is_money(text)
    return Numeral(-amount if negative else amount, unit, own, not (marked or found["about"] or found["more"]))


def _is_money(text: str) -> bool:
    return "円" in text or "¥" in text or "\\" in text


def _amount(body: str) -> Decimal | None:
    """The number of ``1億2,345万``: parts from great to small, each well formed, else ``None``."""
    total, at, scale_before = Decimal(0), 0, 10**16
    while at < len(body):
        part = _PART.match(body, at)
        if part is None:
            return None
        digits, scale = part[1], _SCALE[part[2]]
        if scale >= scale_before or ("," in digits and not _GROUPED.fullmatch(digits)):
            return None
        total += Decimal(digits.replace(",", "")) * scale
        at, scale_before = part.end(), scale
    return total


def grouped(number: int | Decimal) -> str:
    """A number with separators, negative as in ledgers: ``45,600,000``, ``▲1,200``."""
    return f"▲{-number:,}" if number < 0 else f"{number:,}"
