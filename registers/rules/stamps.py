"""What a move writes of itself: the day on which it was made."""

from __future__ import annotations

from grc.case import Sets


def stamped(name: str) -> Sets:
    """The day of a move, unless the person gave one."""
    return lambda case: {name: case.values[name] or case.today}


def dated(name: str) -> Sets:
    """The day of a move, whatever stood before."""
    return lambda case: {name: case.today}
