"""What a person typed into a form, as typed values with every fault; no drawing."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from grc import query
from grc.changes.values import NOWHERE
from grc.changes.values import REQUIRED as EMPTY
from grc.kinds import Reading, Ref, Target, named
from grc.problem import Problem, Severity
from grc.record import FieldSpec, Link, Rows
from grc.register import Register
from grc.ui.viewer import Viewer

MOST = 2000
"""How many records of another register a form offers."""


@dataclass(frozen=True)
class Shown:
    """What a person saw when the form was opened: values, version; it stays so until they save or look again."""

    code: str | None
    version: int
    values: Mapping[str, Any]
    printed: Mapping[str, str]


def read(v: Viewer, register: Register, shown: Shown, typed: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
    """What a person changed, as typed values, and every fault. What was left as it stood is not given at all.

    Where something cannot be read, the door is not asked: what is required and empty is then found here, in the same round.
    """
    given: dict[str, Any] = {}
    problems: list[Problem] = []
    for name, value in typed.items():
        before = shown.values.get(name)
        if name in register.field:
            spec = register.field[name]
            reading = _read(v, spec, value, before)
            if (reading.value is None and reading.problem is not None) or (reading.problem and reading.problem.severity is Severity.ERROR):
                problems.append(replace(reading.problem, field=name))
            elif reading.value != (before.id if isinstance(before, Target) else before):
                given[name] = reading.value
        else:
            part = next(p for p in register.parts if p.name == name)
            now = _read_rows(part, value, problems) if isinstance(part, Rows) else _read_links(v, part, value, before or [], problems)
            if now != (before if isinstance(part, Rows) else [(s, t.id) for s, t in before or []]) and (now or before):
                given[name] = now
    if problems:
        problems += _empty(register, shown, typed)
    return given, sorted(problems, key=lambda p: list(typed).index(p.field or ""))


def _empty(register: Register, shown: Shown, typed: Mapping[str, Any]) -> list[Problem]:
    """The required fields in which nothing stands, not even what was printed or what the register puts there."""
    def blank(name: str) -> bool:
        return typed.get(name) in (None, "")

    return [EMPTY(field=spec.label).at(field=spec.name) for spec in register.fields
            if spec.required and spec.name in typed and blank(spec.name) and spec.default is None
            and spec.name not in shown.printed and not (spec.unless and not blank(spec.unless))]


def _read(v: Viewer, spec: FieldSpec, value: Any, before: Any) -> Reading:
    """What was typed or chosen. The record that was chosen before stays, though it is not among the choices any more."""
    if value in (None, ""):
        return Reading()
    if not isinstance(spec.kind, Ref):
        reading = spec.kind.read(value)
        return replace(reading, problem=named(reading.problem, spec.label)) if reading.problem else reading
    if isinstance(before, Target) and value == before.code:
        return Reading(before.id)
    with v.office.db.read() as conn:
        found = {t.code: t.id for t in query.choices(conn, v.actor, spec.kind.slug, limit=MOST)}
    return Reading(found[value]) if value in found else Reading(problem=NOWHERE(field=spec.label))


def read_row(part: Rows, text: Mapping[str, str]) -> tuple[dict[str, Any], list[Problem]]:
    """One child row as typed values, and every fault."""
    problems: list[Problem] = []
    return _read_rows(part, [text], problems)[0], problems


def _read_rows(part: Rows, texts: Sequence[Mapping[str, str]], problems: list[Problem]) -> list[dict[str, Any]]:
    rows = []
    for text in texts:
        row = {}
        for spec in part.fields:
            reading = spec.kind.read(text.get(spec.name) or None)
            if reading.value is None and reading.problem is not None:
                problems.append(replace(named(reading.problem, spec.label), field=part.name))
            row[spec.name] = reading.value
        rows.append(row)
    return rows


def _read_links(v: Viewer, link: Link, chosen: Sequence[tuple[str, str]], before: Sequence[tuple[str, Target]],
                problems: list[Problem]) -> list[tuple[str, int]]:
    """The links as ids, in the order chosen; what was linked before stays, as for a reference."""
    with v.office.db.read() as conn:
        known = {(slug, t.code): t.id for slug in {s for s, _ in chosen} for t in query.choices(conn, v.actor, slug, limit=MOST)}
    known |= {(slug, t.code): t.id for slug, t in before}
    if any(pair not in known for pair in chosen):
        problems.append(NOWHERE(field=link.label).at(field=link.name))
    return [(slug, id) for slug, code in chosen if (id := known.get((slug, code))) is not None]
