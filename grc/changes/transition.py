"""Transition: a record moves to its next state, by whom may move it, with what the move asks for."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from grc import calendar
from grc.case import Case
from grc.changes.four_eyes import four_eyes
from grc.changes.judge import case_of, follow, judge, version_after, whole
from grc.changes.spine import Act, Saved, act, current
from grc.changes.values import Prepared
from grc.changes.write import parts, preparer, sealed
from grc.database import Database
from grc.evidence import count_attached
from grc.facts import Look
from grc.parts import standing_of
from grc.permissions import Action, Actor, Verdict, decide_move, require, visible
from grc.refusal import Forbidden, Misuse, NotAllowedNow, Refusal
from grc.register import Register, get
from grc.text import Text
from grc.workflow import Transition


def transition(db: Database, actor: Actor, slug: str, code: str, move: str, version: int, *,
               reason: str | None = None, row: Mapping[str, Any] | None = None) -> Saved:
    """Move a record. ``row``: the child row that the move asks for, as typed values.

    Raises ``Unknown``, ``Forbidden`` (role, four eyes), ``Stale``, ``NotAllowedNow`` (state, gaps, guards), ``Invalid``.
    """
    with act(db, actor) as doing:
        return make(doing, slug, code, move, version, reason=reason, row=row)


def make(doing: Act, slug: str, code: str, move: str, version: int, *, reason: str | None = None, row: Mapping[str, Any] | None = None) -> Saved:
    """Make a move within an act; a refusal has written nothing. Raises as :func:`transition`."""
    register, actor = get(slug), doing.actor
    wanted = register.workflow.transition(move)
    if wanted is None:
        moves = ", ".join(t.id for t in register.workflow.transitions) or "―"
        raise Misuse(Text(f"「{move}」という操作はありません。できる操作：{moves}", f'There is no move "{move}". Moves: {moves}'))
    found = current(doing, register, code, None, version)
    require(actor, Action.VIEW, register, found._asdict())
    verdict = _may(doing.conn, actor, register, wanted, found._asdict())
    if not verdict:
        raise Forbidden(verdict.reason)
    before = whole(doing.conn, register, found)
    prepared = _written(doing, register, wanted, before, row, reason)
    case = _after(Look(doing.conn), actor, register, wanted, before, prepared, reason)
    if (why := _not_ready(register, wanted, case) or _unsaid(doing.conn, register, wanted, code, reason)) is not None:
        raise NotAllowedNow(why)
    if wanted.approves:
        four_eyes(doing.conn, actor, register.slug, [code], register.workflow.approvals, instead_of=verdict.instead_of)
    judge(register, case, wanted)
    _write(doing, register, wanted, found, prepared, reason, verdict.instead_of)
    follow(doing, case, wanted.effects)
    return Saved(code, version_after(doing, register, found.id, found.version + 1, wanted.effects), found.id)


def why_not(facts: Look, actor: Actor, register: Register, wanted: Transition, record: Mapping[str, Any]) -> Text | None:
    """Why this person cannot make this move now, though all that it asks for were given: fields to fill in, evidence, a
    reason, a child row. ``record``: its columns, child rows and links (:func:`grc.changes.write.standing`)."""
    verdict = _may(facts.conn, actor, register, wanted, record)
    if not verdict:
        return verdict.reason
    try:
        if wanted.approves:
            four_eyes(facts.conn, actor, register.slug, [record["code"]], register.workflow.approvals, instead_of=verdict.instead_of)
        judge(register, _after(facts, actor, register, wanted, record, None, None), wanted)
    except Refusal as refusal:
        return refusal.message
    return None


def _may(conn: sa.Connection, actor: Actor, register: Register, wanted: Transition, row: Mapping[str, Any]) -> Verdict:
    """Whether a role of theirs that may make the move reaches this record."""
    verdict = decide_move(actor, wanted, register, row)
    reach = visible(actor, register, wanted.roles)
    if verdict and reach is not None and conn.scalar(sa.select(register.table.c.id).where(register.table.c.id == row["id"], reach)) is None:
        return Verdict(False, decide_move(replace(actor, roles=frozenset(), deputy=()), wanted, register, row).reason)
    return verdict


def _written(doing: Act, register: Register, wanted: Transition, before: Mapping[str, Any], row: Mapping[str, Any] | None,
             reason: str | None) -> Prepared | None:
    """What the move writes beside the state: the child row that was filled in, and what the declaration sets."""
    values: dict[str, Any] = {}
    if wanted.appends is not None:
        if row is None or all(value in (None, "") for value in row.values()):
            label = register.label(wanted.appends)
            raise NotAllowedNow(Text(f"「{wanted.label.ja}」には「{label.ja}」の記入が要ります。", f'"{wanted.label.en}" needs an entry in "{label.en}".'))
        values[wanted.appends] = [*before[wanted.appends], dict(row)]
    if wanted.sets is not None and before["status"] in wanted.sources:
        values |= wanted.sets(case_of(doing.conn, doing.actor, register, {**before, **values}, before, move=wanted.id, reason=reason))
    if not values:
        return None
    return preparer(doing, register, gaps=True).update(before["code"], before, values, {}, standing_of(doing.conn, register, before["id"]))


def _after(facts: Look, actor: Actor, register: Register, wanted: Transition, before: Mapping[str, Any],
           prepared: Prepared | None, reason: str | None) -> Case:
    written = {**prepared.columns, **prepared.rows, **prepared.links} if prepared else {}
    values = {**before, **written, "status": wanted.target or before["status"]}
    return Case(register.slug, values, before, actor, facts, calendar.today(), wanted.id, reason)


def _not_ready(register: Register, wanted: Transition, case: Case) -> Text | None:
    assert case.before is not None
    status = case.before["status"]
    state = register.workflow.state(status).label
    if status not in wanted.sources:
        return Text(f"いまは「{state.ja}」なので、「{wanted.label.ja}」はできません。", f'It is "{state.en}" now, so "{wanted.label.en}" is not possible.')
    gaps = [register.label(n) for n in wanted.needs if case.values[n] in (None, [])]
    if gaps:
        return Text(f"足りない項目があります：{'、'.join(g.ja for g in gaps)}。記入してからもう一度どうぞ。",
                    f"Fill these in first: {', '.join(g.en for g in gaps)}.")
    return None


def _unsaid(conn: sa.Connection, register: Register, wanted: Transition, code: str, reason: str | None) -> Text | None:
    if wanted.reason and not (reason or "").strip():
        return Text(f"「{wanted.label.ja}」には理由が要ります。", f'"{wanted.label.en}" needs a reason.')
    if wanted.evidence and not count_attached(conn, register.slug, code):
        return Text("証跡が1つもありません。加えてからもう一度どうぞ。", "There is no evidence yet. Attach some first.")
    return None


def _write(doing: Act, register: Register, wanted: Transition, row: sa.Row[Any], prepared: Prepared | None, reason: str | None,
           grantor: str | None) -> None:
    status = wanted.target or row.status
    columns = {**(prepared.columns if prepared else {}), "status": status, "version": row.version + 1,
               "updated_at": doing.at, "updated_by": doing.actor.name}
    if wanted.approves:
        columns["loaded"] = False
    doing.conn.execute(sa.update(register.table).where(register.table.c.id == row.id).values(columns))
    if prepared:
        parts(doing, register, row.id, prepared)
    changes = sealed(doing, register, row.code, prepared.changes) if prepared else {}
    doing.note(f"move:{wanted.id}", register.slug, row.code, {
        **changes, **({"status": [row.status, status]} if status != row.status else {}),
        **({"on_behalf_of": [None, grantor]} if grantor else {})}, reason)
