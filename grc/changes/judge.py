"""What guards say of a change, and what effects make of it."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa

from grc import calendar
from grc.case import Case, Change, Create, Effect
from grc.changes.arrivals import bind_arrivals
from grc.changes.spine import Act, next_codes
from grc.changes.values import Prepared
from grc.changes.write import new_record, parts, preparer, sealed
from grc.facts import Look
from grc.parts import standing_of
from grc.permissions import Actor
from grc.refusal import Forbidden, NotAllowedNow
from grc.register import Register, get
from grc.workflow import Transition

BY_RULE = "rule"
"""The act of the trail for what follows from somebody's change by a rule: nobody's own work."""


def case_of(conn: sa.Connection, actor: Actor, register: Register, values: Mapping[str, Any], before: Mapping[str, Any] | None, *,
            move: str | None = None, reason: str | None = None, loading: bool = False) -> Case:
    """A case, with a look around through this connection."""
    return Case(register.slug, values, before, actor, Look(conn), calendar.today(), move, reason, loading)


def case_of_new(conn: sa.Connection, actor: Actor, register: Register, prepared: Prepared, code: str, status: str, *,
                reason: str | None = None, loading: bool = False) -> Case:
    """The case of a record that is about to be made."""
    values = {**{p.name: [] for p in register.parts}, **prepared.columns, **prepared.rows, **prepared.links, "id": None, "code": code, "status": status}
    return case_of(conn, actor, register, values, None, reason=reason, loading=loading)


def whole(conn: sa.Connection, register: Register, row: sa.Row[Any]) -> dict[str, Any]:
    """A record as guards see it: its columns, child rows and links."""
    return {**row._mapping, **standing_of(conn, register, row.id)}


def judge(register: Register, case: Case, transition: Transition | None = None) -> None:
    """Raise ``Forbidden`` (somebody else's to change) or ``NotAllowedNow`` with the sentence of the guard that refuses:
    one of the register's, or of the move."""
    reserve(register, case)
    for guard in (*register.guards, *(transition.guards if transition else ())):
        if (text := guard(case)) is not None:
            raise NotAllowedNow(text)


def reserve(register: Register, case: Case) -> None:
    """Raise ``Forbidden`` where a record is somebody else's to change."""
    if register.reserved is not None and (text := register.reserved(case)) is not None:
        raise Forbidden(text)


def owned(doing: Act, register: Register, row: sa.Row[Any], reason: str | None = None, **turns: Any) -> None:
    """The same of an act that leaves the fields as they are; ``turns``: what it makes of other columns. Raises ``Forbidden``."""
    stood = whole(doing.conn, register, row)
    reserve(register, case_of(doing.conn, doing.actor, register, {**stood, **turns}, stood, reason=reason))


def follow(doing: Act, case: Case, effects: tuple[Effect, ...]) -> None:
    """Do what follows from a case, in the same act. Raises ``Invalid`` where a rule makes something that cannot be."""
    for effect in effects:
        for consequence in effect(case):
            if isinstance(consequence, Create):
                _create(doing, consequence)
            else:
                _change(doing, consequence)


def version_after(doing: Act, register: Register, id: int, version: int, effects: tuple[Effect, ...]) -> int:
    """The version at which a record stands after what followed from its change: an effect may write in the record itself."""
    if not effects:
        return version
    return doing.conn.scalar(sa.select(register.table.c.version).where(register.table.c.id == id)) or version


def _create(doing: Act, wanted: Create) -> None:
    register = get(wanted.slug)
    code = next_codes(doing.conn, register, 1)[0]
    prepared = preparer(doing, register).create(code, wanted.values, {})
    status = wanted.status or register.workflow.first
    record_id = new_record(doing, register, code, prepared, status)
    doing.note(BY_RULE, register.slug, code, sealed(doing, register, code, {**prepared.changes, "status": [None, status]}), str(wanted.why))
    bind_arrivals(doing, register, [record_id])


def _change(doing: Act, wanted: Change) -> None:
    register = get(wanted.slug)
    row = doing.conn.execute(sa.select(register.table).where(register.table.c.id == wanted.id)).one()
    prepared = preparer(doing, register, gaps=True).update(row.code, row._asdict(), wanted.values, {}, standing_of(doing.conn, register, row.id))
    changes = dict(prepared.changes)
    if wanted.status is not None and wanted.status != row.status:
        changes["status"] = [row.status, wanted.status]
    if not changes:
        return
    doing.conn.execute(sa.update(register.table).where(register.table.c.id == row.id).values(
        {**prepared.columns, "status": wanted.status or row.status, "version": row.version + 1, "updated_at": doing.at, "updated_by": doing.actor.name}))
    parts(doing, register, row.id, prepared)
    doing.note(BY_RULE, register.slug, row.code, sealed(doing, register, row.code, changes), str(wanted.why))
