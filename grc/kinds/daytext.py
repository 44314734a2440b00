"""Days and months as people write them: ``R7.4.1``, ``令和７年４月１日（火）``, ``2025/4/1``, ``20250401``, ``4月1日``.

Only the writing is read here, into year, month and day; whether there is such a day is asked in :mod:`grc.kinds.when`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from grc.calendar import ERAS, Era

_BY_NAME: dict[str, Era] = {
    key: era for era in ERAS for key in (era.name, era.name[0], era.letter, era.letter.lower())}
_ERA = "令和|平成|昭和|大正|明治|西暦|令|平|昭|大|明|[RHSTMrhstm]"
_SEPARATOR = r"[./\-・−‐―ー]"
_YEAR = rf"(?P<era>{_ERA})?[.\-]?(?P<year>[0-9]{{1,4}}|元)"
_WEEKDAY = "[月火水木金土日]"
_TAIL = rf"(?:\((?P<weekday>{_WEEKDAY})(?:曜日?)?(?:[・･,][祝休])?\)|(?P<weekday2>{_WEEKDAY})曜日?)?"
_DAY = re.compile(
    rf"{_YEAR}(?:年|{_SEPARATOR})(?P<month>[0-9]{{1,2}})(?:月|{_SEPARATOR})(?P<day>[0-9]{{1,2}})日?{_TAIL}")
_COMPACT = re.compile(
    r"(?P<era>[RHSTMrhstm])?(?P<year>[0-9]{4}|(?<=[A-Za-z])[0-9]{2})(?P<month>[0-9]{2})(?P<day>[0-9]{2})")
_MONTH_DAY = re.compile(rf"(?P<month>[0-9]{{1,2}})(?:月|/)(?P<day>[0-9]{{1,2}})日?{_TAIL}")
_MONTH = re.compile(rf"{_YEAR}(?:年|{_SEPARATOR})(?P<month>[0-9]{{1,2}})(?:月分?|{_SEPARATOR}?)")
_FISCAL_YEAR = re.compile(rf"(?:FY|fy)?{_YEAR}(?P<word>年度|年|)")
_BLANK_FORM = re.compile(r"(?:令和|平成|昭和|西暦|[RHS])?(?:年月日?|[./\-]{2,})(?:\(\))?")
_LOOSE_END = re.compile(r"(?:付け?|まで|迄|頃|ごろ|以降|から|\(?(?:予定|見込み?)\)?)$")


@dataclass(frozen=True, slots=True)
class Written:
    """What stands in a text. ``year`` is a Western year; ``era`` the era named, with ``era_year``; ``month`` and
    ``day`` are 0 where the writing has none; ``loose``: words or marks beside it were passed over."""

    year: int | None
    month: int = 0
    day: int = 0
    era: Era | None = None
    weekday: str | None = None
    loose: bool = False


@dataclass(frozen=True, slots=True)
class UnclearYear:
    """A writing such as ``7.4.1``, whose year may be of any era."""


def written_day(text: str) -> Written | UnclearYear | None:
    """The day written in a tight text, with a year or without one (``4月1日``); ``None`` if it is no day."""
    found, core = _DAY.fullmatch(text), text
    if found is None:
        core = _LOOSE_END.sub("", text)
        found = _DAY.fullmatch(core) or _COMPACT.fullmatch(core)
    if found is not None:
        return _with_year(found, core != text)
    found = _MONTH_DAY.fullmatch(core)
    if found is None:
        return None
    weekday = found["weekday"] or found["weekday2"]
    return Written(None, int(found["month"]), int(found["day"]), weekday=weekday, loose=core != text)


def written_month(text: str) -> Written | UnclearYear | None:
    """The month written in a tight text (``令和7年4月分``, ``R7.4``, ``2025-04``)."""
    found = _MONTH.fullmatch(text) or (_COMPACT.fullmatch(text + "01") if len(text) in (5, 6) else None)
    return None if found is None else _with_year(found, False)


def written_fiscal_year(text: str) -> Written | UnclearYear | None:
    """The fiscal year written in a tight text; ``loose`` where it says 年 and not 年度."""
    found = _FISCAL_YEAR.fullmatch(text)
    return None if found is None else _with_year(found, found["word"] == "年")


def is_blank_form(text: str) -> bool:
    """Whether a tight text is a printed form that nobody filled in: ``令和　年　月　日``, ``/  /``."""
    return _BLANK_FORM.fullmatch(text) is not None


def _with_year(found: re.Match[str], loose: bool) -> Written | UnclearYear:
    parts = found.groupdict()
    name, year = parts["era"], parts["year"]
    era = _BY_NAME.get(name or "")
    if era is None and (year == "元" or len(year) < 4):
        return UnclearYear()
    number = 1 if year == "元" else int(year)
    western = number + era.first.year - 1 if era else number
    month, day = int(parts.get("month") or 0), int(parts.get("day") or 0)
    return Written(western, month, day, era, parts.get("weekday") or parts.get("weekday2"), loose)
