"""Create: a new record, by one person, in its first state."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from grc.changes.arrivals import bind_arrivals
from grc.changes.judge import case_of_new, follow, judge, version_after
from grc.changes.spine import Act, Saved, act, next_codes
from grc.changes.write import new_record, preparer, sealed
from grc.database import Database
from grc.permissions import Action, Actor, require
from grc.register import Register, get


def create(db: Database, actor: Actor, slug: str, values: Mapping[str, Any], *, reason: str | None = None) -> Saved:
    """Create a record of ``slug`` from typed values by field name (references as ids, child rows as lists).

    Raises ``Unknown``, ``Forbidden``, ``Invalid`` (with every fault).
    """
    register = get(slug)
    with act(db, actor) as doing:
        given = dict(values)
        if given.get("unit_id") is None and actor.unit_id is not None:
            given["unit_id"] = actor.unit_id
        require(actor, Action.CREATE, register, given)
        return insert(doing, register, given, reason=reason)


def insert(doing: Act, register: Register, values: Mapping[str, Any], *, reason: str | None = None) -> Saved:
    """Write a new record within an act that has checked the permission."""
    code = next_codes(doing.conn, register, 1)[0]
    prepared = preparer(doing, register).create(code, values, {})
    case = case_of_new(doing.conn, doing.actor, register, prepared, code, register.workflow.first, reason=reason)
    judge(register, case)
    record_id = new_record(doing, register, code, prepared, register.workflow.first)
    doing.note("create", register.slug, code, sealed(doing, register, code, prepared.changes), reason)
    bind_arrivals(doing, register, [record_id])
    follow(doing, replace(case, values={**case.values, "id": record_id}), register.effects)
    return Saved(code, version_after(doing, register, record_id, 1, register.effects), record_id)
