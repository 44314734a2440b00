"""How lines stand on a terminal: problems grouped and few, and nothing that could command it."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from dataclasses import replace

from grc.problem import Problem
from grc.text import Text

MANY = 20
"""How many lines of problems a person is shown; ``--json`` and the marked workbook hold them all."""
PLACES = 5
"""How many places of the same problem are named."""
_COMMANDS = ("Cc", "Cf", "Zl", "Zp")


def plain(line: str) -> str:
    """A line that a terminal only shows: what a file or a cell holds may not command it."""
    return "".join("\ufffd" if unicodedata.category(c) in _COMMANDS and c not in "\n\t" else c for c in line)


def listed(problems: Sequence[Problem], lang: str) -> list[str]:
    """Problems as lines for a person: the same sentence once, with its places; the first :data:`MANY` of them."""
    groups: dict[tuple[str, str, str], list[Problem]] = {}
    for problem in problems:
        groups.setdefault((problem.code, problem.message.ja, problem.remedy.ja), []).append(problem)
    lines = [one_line(several[0], lang, several) for several in list(groups.values())[:MANY]]
    more = len(groups) - MANY
    return lines if more <= 0 else [*lines, Text(f"ほか{more}種類（--json ですべて出ます）", f"and {more} more sorts (--json lists all)").into(lang)]


def one_line(problem: Problem, lang: str, several: Sequence[Problem] = ()) -> str:
    """A problem with its severity, code and records; ``several`` are all those that say the same."""
    if len(several) < 2:
        return "  ".join(filter(None, (str(problem.severity), problem.code, problem.record, problem.sentence(lang))))
    places = list(dict.fromkeys(place for p in several if (place := p.record or _row(p, lang))))
    named, more = ("、" if lang == "ja" else ", ").join(places[:PLACES]), len(places) - PLACES
    if more > 0:
        named += Text(f" ほか{more}", f" and {more} more").into(lang)
    place = Text(f"（{named}）", f" ({named})").into(lang) if places else ""
    said = replace(problem, message=Text(problem.message.ja + place, problem.message.en + place), row=None, column=None, record=None)
    return one_line(said, lang)


def _row(problem: Problem, lang: str) -> str:
    return Text(f"{problem.row}行目", f"row {problem.row}").into(lang) if problem.row else ""
