"""What is wrong with a request: one exception a cause, each with its sentence in both languages.

The page and the command line translate a :class:`Refusal` once each (a page shows it, the command line exits 1, or 2
for :class:`Misuse`). Faults of data are no refusals: see :mod:`grc.problem`.
"""

from __future__ import annotations

from collections.abc import Sequence

from grc.problem import Problem
from grc.text import Text


class Refusal(Exception):
    """The request is refused, and why; nothing was changed."""

    def __init__(self, message: Text, problems: Sequence[Problem] = ()) -> None:
        super().__init__(message.en)
        self.message = message
        self.problems = tuple(problems)


class Forbidden(Refusal):
    """The person may not do this (default deny); the message says why."""


class Stale(Refusal):
    """Somebody saved the record first. ``theirs`` holds the values that stand now, ``version`` their version."""

    def __init__(self, message: Text, version: int = 0, theirs: dict[str, object] | None = None) -> None:
        super().__init__(message)
        self.version = version
        self.theirs = theirs or {}


class NotAllowedNow(Refusal):
    """The state of the record does not allow it now."""


class Invalid(Refusal):
    """The values given break the rules of the register; ``problems`` says which, field by field."""


class Unknown(Refusal):
    """There is no such register, record, month or file, or none that the person may know of."""


class Unreadable(Refusal):
    """A file cannot be read as what it should be: encrypted, truncated, hostile, no workbook."""


class Misuse(Refusal):
    """The command was used wrongly (exit status 2)."""
