"""Transition: a record moves to its next state, by whom may move it, with what the move asks for."""

from __future__ import annotations

import sqlalchemy as sa

from grc.changes.four_eyes import four_eyes
from grc.changes.spine import Act, Saved, act, current
from grc.database import Database
from grc.evidence import count_attached
from grc.permissions import Action, Actor, decide_move, require
from grc.refusal import Forbidden, Misuse, NotAllowedNow
from grc.register import Register, get
from grc.text import Text
from grc.workflow import Transition


def transition(db: Database, actor: Actor, slug: str, code: str, move: str, version: int, *,
               reason: str | None = None) -> Saved:
    """Move a record. Raises ``Unknown``, ``Forbidden`` (role, four eyes), ``Stale``, ``NotAllowedNow`` (state, gaps)."""
    register = get(slug)
    wanted = register.workflow.transition(move)
    if wanted is None:
        moves = ", ".join(t.id for t in register.workflow.transitions) or "―"
        raise Misuse(Text(f"「{move}」という操作はありません。できる操作：{moves}", f'There is no move "{move}". Moves: {moves}'))
    with act(db, actor) as doing:
        row = current(doing, register, code, None, version)
        require(actor, Action.VIEW, register, row._asdict())
        verdict = decide_move(actor, wanted, register, row._asdict())
        if not verdict:
            raise Forbidden(verdict.reason)
        _ready(doing, register, row, wanted, reason)
        columns = {"status": wanted.target, "version": row.version + 1, "updated_at": doing.at, "updated_by": actor.name}
        if wanted.approves:
            columns["loaded"] = False
        doing.conn.execute(sa.update(register.table).where(register.table.c.id == row.id).values(columns))
        doing.note(f"move:{wanted.id}", slug, code, {"status": [row.status, wanted.target]}, reason)
        return Saved(code, row.version + 1, row.id)


def _ready(doing: Act, register: Register, row: sa.Row[tuple[object, ...]], wanted: Transition, reason: str | None) -> None:
    state = register.workflow.state(row.status).label
    if row.status not in wanted.sources:
        raise NotAllowedNow(Text(f"いまは「{state.ja}」なので、「{wanted.label.ja}」はできません。",
                                 f'It is "{state.en}" now, so "{wanted.label.en}" is not possible.'))
    gaps = [register.label(n) for n in wanted.needs if row._mapping[n] is None]
    if gaps:
        raise NotAllowedNow(Text(f"足りない項目があります：{'、'.join(g.ja for g in gaps)}。記入してからもう一度どうぞ。",
                                 f"Fill these in first: {', '.join(g.en for g in gaps)}."))
    if wanted.reason and not (reason or "").strip():
        raise NotAllowedNow(Text(f"「{wanted.label.ja}」には理由が要ります。", f'"{wanted.label.en}" needs a reason.'))
    if wanted.evidence and not count_attached(doing.conn, register.slug, row.code):
        raise NotAllowedNow(Text("証跡が1つもありません。加えてからもう一度どうぞ。", "There is no evidence yet. Attach some first."))
    if wanted.approves:
        four_eyes(doing.conn, doing.actor, register.slug, [row.code], register.workflow.approvals)
