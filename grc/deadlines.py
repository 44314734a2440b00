"""Deadlines: whether a date to be reminded of still counts. Lists, charts and the agenda mean the same by late."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from grc.record import LIVE, FieldSpec

if TYPE_CHECKING:
    from grc.register import Register


def going(register: Register, spec: FieldSpec) -> sa.ColumnElement[bool]:
    """The records of which a deadline counts: in a state in which it does, and what meets it has not happened."""
    c = register.table.c
    counts = c.status.in_(_states(register, spec))
    return counts if spec.met_by is None else counts & c[spec.met_by].is_(None)


def runs(register: Register, spec: FieldSpec, record: Mapping[str, Any]) -> bool:
    """The same of one live record, by its columns."""
    met = spec.met_by is not None and record[spec.met_by] is not None
    return record["standing"] == LIVE and record["status"] in _states(register, spec) and not met


def _states(register: Register, spec: FieldSpec) -> tuple[str, ...]:
    return spec.due_in or register.workflow.open
