"""How lines stand on a terminal: problems one a line, and nothing that could command it."""

from __future__ import annotations

from collections.abc import Sequence

from grc.problem import Problem
from grc.text import Text

MANY = 20
"""How many problems are listed for a person; ``--json`` and the marked workbook hold them all."""


def plain(line: str) -> str:
    """A line that a terminal only shows: what a file or a cell holds may not command it."""
    return "".join(c if c.isprintable() or c in "\n\t" else "\ufffd" for c in line)


def listed(problems: Sequence[Problem], lang: str) -> list[str]:
    """Problems as lines for a person, the first :data:`MANY` of them."""
    lines = [one_line(problem, lang) for problem in problems[:MANY]]
    more = len(problems) - MANY
    return lines if more <= 0 else [*lines, Text(f"ほか{more}件（--json ですべて出ます）", f"and {more} more (--json lists all)").into(lang)]


def one_line(problem: Problem, lang: str) -> str:
    """A problem with its severity, code and record."""
    return "  ".join(filter(None, (str(problem.severity), problem.code, problem.record, problem.sentence(lang))))
