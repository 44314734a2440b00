"""Lengths of time, kept in whole minutes: ``4時間``, ``1時間30分``, ``2 hrs``, ``15 min``, ``3日``, ``即時``; a bare number is minutes."""

from __future__ import annotations

import re
from datetime import time
from decimal import Decimal as Exact
from typing import Any

from grc.kinds.base import Around, Cell, Reading
from grc.kinds.blank import TAKEN_AS, read_as, tight, without_marks
from grc.kinds.number import AROUND, Integer
from grc.kinds.numeral import Numeral
from grc.problem import Severity, define
from grc.text import Text

HOUR, DAY = 60, 24 * 60
LONGEST = 3650 * DAY
"""Ten years: beyond it a figure is no time to recover in."""

NOT_MINUTES = define(
    "duration-not-whole", Severity.ERROR,
    Text("「{value}」は分の単位で割り切れません。", '"{value}" is no whole number of minutes.'),
    Text("1分単位で入れてください。", "Enter whole minutes."))

_SIZES = (("週間|週|weeks?|w", 7 * DAY), ("日間|日|days?|d", DAY), ("時間|hours?|hrs?|h", HOUR), ("分間|分|minutes?|mins?|min", 1))
_NUMBER = r"([0-9]{1,3}(?:,[0-9]{3})+|[0-9]{1,9}(?:\.[0-9]{1,4})?)"
_WHOLE = re.compile(
    r"(?P<about>約|およそ|概ね|最大|最長|within|upto|<=?|≦|≤)?(?P<body>"
    + "".join(rf"(?:{_NUMBER}(?:{unit}))?" for unit, _ in _SIZES)
    + r")(?P<half>半)?(?:\((?P<again>[^()]*)\))?(?P<more>以内|以下|未満|程度|前後|以上|超|弱|強|orless)?", re.IGNORECASE)
_CLOCK = re.compile(r"([0-9]{1,4}):([0-5][0-9])(?::00)?")
_AT_ONCE = frozenset(("即時", "即座", "即座に", "直ちに", "ただちに", "リアルタイム", "immediate", "immediately", "realtime", "real-time"))


class Minutes(Integer):
    """A length of time in whole minutes, none or more. A clock's writing (``2:30``) is hours and minutes."""

    name = "minutes"
    units = ()
    not_whole = NOT_MINUTES

    def __init__(self, low: int = 0, high: int = LONGEST) -> None:
        super().__init__(low, high)

    def read(self, cell: Cell, around: Around = AROUND) -> Reading:
        """The minutes; a time of day that a sheet holds for a length of time is hours and minutes since midnight."""
        if isinstance(cell, time) and not cell.second and not cell.microsecond:
            return self._said(cell, cell.hour * HOUR + cell.minute)
        return super().read(cell, around)

    def _text(self, cell: str, around: Around) -> Reading:
        text, marked = without_marks(tight(cell))
        if text.casefold() in _AT_ONCE:
            return self._said(cell, 0)
        clock = _CLOCK.fullmatch(text)
        if clock is not None:
            return self._said(cell, int(clock[1]) * HOUR + int(clock[2]))
        found = _WHOLE.fullmatch(text) if len(text) <= 40 else None
        if found is None or not found["body"]:
            return super()._text(cell, around)
        amount = self._amount(found)
        again = found["again"] and _WHOLE.fullmatch(found["again"])
        if amount is None or (found["again"] and not (again and again["body"] and self._amount(again) == amount)):
            return super()._text(cell, around)
        return self._whole(Numeral(amount, "", True, not (marked or found["about"] or found["more"])), cell, AROUND)

    def _said(self, cell: Cell, minutes: int) -> Reading:
        """A word or a clock's writing: what it was taken for is said."""
        if not self.low <= minutes <= self.high:
            return self._beyond(cell)
        return read_as(cell, minutes, Text(self.show(minutes), self.show(minutes, "en")), TAKEN_AS)

    def _amount(self, found: re.Match[str]) -> Exact | None:
        """The minutes of ``1日4時間``, ``1時間半``; ``None`` where 半 follows anything but hours or days."""
        pieces = [(found[n], size) for n, (_, size) in enumerate(_SIZES, found.re.groupindex["body"] + 1) if found[n]]
        if not pieces or (found["half"] and pieces[-1][1] not in (HOUR, DAY)):
            return None
        half = pieces[-1][1] // 2 if found["half"] else 0
        return sum((Exact(digits.replace(",", "")) * size for digits, size in pieces), Exact(half))

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """``47分``, ``240分（4時間）``, ``10,080分（7日）``; English ``240 min (4 h)``."""
        if value is None:
            return "―"
        minutes = f"{value:,} min" if lang == "en" else f"{value:,}分"
        if value < HOUR:
            return minutes
        days, rest = divmod(value, DAY)
        units = ((days, "日", "d"), (rest // HOUR, "時間", "h"), (rest % HOUR, "分", "min"))
        if lang == "en":
            return f"{minutes} ({' '.join(f'{n} {en}' for n, _, en in units if n)})"
        return f"{minutes}（{''.join(f'{n}{ja}' for n, ja, _ in units if n)}）"

