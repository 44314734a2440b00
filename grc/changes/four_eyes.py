"""Four eyes, everywhere in the same words: who approves made no change since the last approval."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import sqlalchemy as sa

from grc import trail
from grc.permissions import Actor
from grc.refusal import Forbidden
from grc.register import get
from grc.text import Text

TOUCHES = ("create", "update", "load", "attach", "detach", "link", "void", "archive")
"""The acts that change what an approver approves, beside the moves by which a person writes a row."""


def four_eyes(conn: sa.Connection, actor: Actor, slug: str, codes: Sequence[str],
              approvals: Collection[str] = (), after: int = 0, instead_of: str | None = None) -> None:
    """Raise ``Forbidden`` if the actor changed one of the records since its last approval (as :func:`touched`).

    ``instead_of``: for whom the actor decides (代決); what that person may not approve, nobody may in their place.
    """
    found = touched(conn, actor, slug, codes, approvals, after)
    if instead_of and not found and (theirs := touched(conn, Actor(instead_of), slug, codes, approvals, after)):
        raise Forbidden(Text(f"承認できません。{min(theirs)} を最後の承認より後に変更した人の代わりには決められません。",
                             f"You cannot approve this in the place of who changed {min(theirs)} since the last approval."))
    if found:
        raise Forbidden(Text(
            f"承認できません。{min(found)} を最後の承認より後に変更したのがあなただからです。ほかの人に頼んでください。",
            f"You cannot approve this, because you changed {min(found)} since the last approval. Ask somebody else."))


def touched(conn: sa.Connection, actor: Actor, slug: str, codes: Sequence[str],
            approvals: Collection[str] = (), after: int = 0) -> set[str]:
    """Which of the records the actor changed since their last approval (domain.md §1.2, rule 1).

    ``approvals`` are the acts that approve such a record; ``after`` is the entry of an approval of all of them together.
    """
    t = trail.table.c
    acts = (*TOUCHES, *(f"move:{m.id}" for m in get(slug).workflow.transitions if m.appends))
    found: set[str] = set()
    for first in range(0, len(codes), 500):
        some = codes[first:first + 500]
        mine = sa.select(t.record, sa.func.max(t.seq)).where(
            t.register == slug, t.record.in_(some), t.actor == actor.name, t.action.in_(acts)).group_by(t.record)
        last = sa.select(t.record, sa.func.max(t.seq)).where(
            t.register == slug, t.record.in_(some), t.action.in_(approvals)).group_by(t.record)
        approved = {record: seq for record, seq in conn.execute(last)} if approvals else {}
        found |= {record for record, seq in conn.execute(mine) if seq > max(approved.get(record, 0), after)}
    return found
