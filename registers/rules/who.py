"""Who acts: the roles that count for a judgement."""

from __future__ import annotations

from grc.case import Case


def held(case: Case) -> frozenset[str]:
    """The roles of the person, and those in which they decide for somebody else today (代決)."""
    return case.actor.roles | {d.role for d in case.actor.deputy}
