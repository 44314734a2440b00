"""Values on their way into a record: checked, completed, derived, and compared with what stood there.

Pure but for the names of what a reference points to, which the caller gives as a function.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from grc.kinds import Kind, Ref, fold
from grc.problem import Problem, Severity, define, errors
from grc.record import FieldSpec, Rows
from grc.refusal import Invalid
from grc.register import Register
from grc.text import Text

REQUIRED = define("value-required", Severity.ERROR, Text("「{field}」が空欄です。", '"{field}" is empty.'),
                  Text("この項目がないと記録になりません。記入してください。", "Without it there is no record. Fill it in."))
UNKNOWN = define("value-unknown-field", Severity.ERROR, Text("「{value}」という項目はありません。", 'There is no field "{value}".'),
                 Text("項目の名前を確かめてください。", "Check the field's name."))
DERIVED = define("value-derived", Severity.ERROR, Text("「{field}」は計算で決まるので、入力できません。", '"{field}" is computed and cannot be typed.'),
                 Text("もとになる項目を直してください。", "Change the fields it is computed from."))
NOWHERE = define("value-no-such-record", Severity.ERROR, Text("「{field}」に選んだ記録がありません。", '"{field}" names a record that is not there.'),
                 Text("一覧から選び直してください。", "Choose again from the list."))
APPENDED = define("rows-append-only", Severity.ERROR, Text("「{field}」は書き加えるだけの欄です。", '"{field}" can only be added to.'),
                  Text("いまある行はそのままにして、後ろに加えてください。", "Leave the rows as they are and add after them."))

CodeOf = Callable[[str, int], str]
"""(slug, id) → the code of that record."""


@dataclass(slots=True)
class Prepared:
    """What is to be written of one record: columns, child rows, links, and the difference for the trail."""

    columns: dict[str, Any]
    changes: dict[str, list[Any]]
    rows: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    links: dict[str, list[tuple[str, int]]] = field(default_factory=dict)


class Preparer:
    """What a register's declaration asks of values, laid out once for many records; ``gaps``: as a ledger may have them."""

    def __init__(self, register: Register, code_of: CodeOf, *, gaps: bool = False) -> None:
        self.register = register
        self.code_of = code_of
        self.gaps = gaps
        self.plain = {f.name: f for f in register.fields if f.derive is None}
        self.derived = {f.name: f for f in register.derived}
        self.parts = {r.name: r for r in register.rows}
        self.links = {k.name for k in register.links}
        self.searched = [f for f in register.fields if f.search]
        self.required = [f for f in register.fields if f.required and not (gaps and f.gap)]
        self.defaults = {f.name: f.default for f in register.fields if f.default is not None}
        self.blank: dict[str, Any] = {f.name: None for f in register.fields}
        self.checks = {f.name: self._checker(f) for f in register.fields if f.derive is None}
        self.data = {f.name: self._writer(f) for f in register.fields}

    def create(self, code: str, given: Mapping[str, Any], printed: Mapping[str, str]) -> Prepared:
        """The columns of a new record. Raises ``Invalid`` with every fault."""
        values = {**self.blank, **{n: v() if callable(v) else v for n, v in self.defaults.items()}}
        return self._prepare(code, values, {}, {}, given, printed, {})

    def update(self, code: str, before: Mapping[str, Any], given: Mapping[str, Any], printed: Mapping[str, str],
               standing: Mapping[str, Any]) -> Prepared:
        """The columns of a record after a change. ``before``: its columns; ``standing``: its child rows and links now."""
        values = {name: before[name] for name in self.blank}
        return self._prepare(code, values, values, before["printed"] or {}, given, printed, standing)

    def _prepare(self, code: str, values: dict[str, Any], before: Mapping[str, Any], printed_before: Mapping[str, str],
                 given: Mapping[str, Any], printed_now: Mapping[str, str], standing: Mapping[str, Any]) -> Prepared:
        parts = {n: [row for row in given[n] if any(v is not None for v in row.values())] for n in self.parts if n in given}
        linked = {n: given[n] for n in self.links if n in given}
        fields, faults = self._fields(given)
        printed = {n: t for n, t in printed_before.items() if n not in given} | dict(printed_now)
        values = {**values, **fields}
        found = faults
        if not found:
            around = {**{n: [] for n in (*self.parts, *self.links)}, **standing, **parts, **linked}
            values = settle(self.register, values, printed, around)
            found = [REQUIRED(field=f.label).at(field=f.name) for f in self.required
                     if values[f.name] is None and not (f.unless and values[f.unless] is not None) and not (f.refers and f.name in printed)]
            found += errors(self.register.rules({**values, **around}))
        found += [p for n, v in parts.items() for p in self._unfit_rows(self.parts[n], v, standing.get(n, []))]
        if found:
            raise Invalid(Text(f"{len(found)}か所を直してください。何も保存していません。",
                               f"{len(found)} things must be mended. Nothing was saved."), found)
        data = self.data
        changes = ({n: [self._data(n, before[n]), self._data(n, v)] for n, v in values.items() if v != before[n]} if before
                   else {n: [None, v if (write := data[n]) is None else write(v)] for n, v in values.items() if v is not None})
        if printed != printed_before:
            changes["printed"] = [dict(printed_before) or None, printed or None]
        for name, now in (*parts.items(), *linked.items()):
            a, b = self._list(name, standing.get(name, [])), self._list(name, now)
            if a != b:
                changes[name] = [a or None, b or None]
        columns = {**values, "printed": printed, "search": self._search(code, values)}
        return Prepared(columns, changes, {n: v for n, v in parts.items() if n in changes},
                        {n: v for n, v in linked.items() if n in changes})

    def _fields(self, given: Mapping[str, Any]) -> tuple[dict[str, Any], list[Problem]]:
        """The plain fields among what is given, a blank text as nothing, and what is wrong with them."""
        fields: dict[str, Any] = {}
        faults: list[Problem] = []
        for name, value in given.items():
            check = self.checks.get(name)
            if check is None:
                if name not in self.parts and name not in self.links:
                    faults.append(DERIVED(field=self.derived[name].label).at(field=name) if name in self.derived else UNKNOWN(value=name))
                continue
            if value is None or (value.__class__ is str and not value.strip()):
                fields[name] = None
                continue
            fields[name] = value
            problem = check(value)
            if problem is not None:
                faults.append(problem.at(field=name))
        return fields, faults

    def _checker(self, spec: FieldSpec) -> Callable[[Any], Problem | None]:
        kind = spec.kind
        if not isinstance(kind, Ref):
            return kind.check
        return lambda id: NOWHERE(field=spec.label) if isinstance(id, int) and not self.code_of(kind.slug, id) else kind.check(id)

    def _unfit_rows(self, part: Rows, now: Sequence[Mapping[str, Any]], standing: Sequence[Mapping[str, Any]]) -> list[Problem]:
        known = {f.name: f for f in part.fields}
        found: list[Problem | None] = [UNKNOWN(value=n) for row in now for n in row if n not in known]
        for row in now:
            found += [_labelled(f.kind.check(row[f.name]), f) if row.get(f.name) is not None
                      else REQUIRED(field=f.label).at(field=part.name) if f.required else None for f in part.fields]
        if part.append_only and self._list(part.name, now)[:len(standing)] != self._list(part.name, standing):
            found.append(APPENDED(field=part.label).at(field=part.name))
        return [p for p in found if p]

    def _writer(self, spec: FieldSpec) -> Callable[[Any], Any] | None:
        """How a value of this field is written in the trail; ``None``: as it is."""
        kind = spec.kind
        if isinstance(kind, Ref):
            return lambda id: self.code_of(kind.slug, id)
        return None if type(kind).data is Kind.data else kind.data

    def _data(self, name: str, value: Any) -> Any:
        write = self.data[name]
        return value if write is None or value is None else write(value)

    def _list(self, name: str, items: Sequence[Any]) -> list[Any]:
        if name in self.parts:
            fields = self.parts[name].fields
            return [{f.name: f.kind.data(row[f.name]) for f in fields if row.get(f.name) is not None} for row in items]
        return [f"{slug}:{self.code_of(slug, target)}" for slug, target in items]

    def _search(self, code: str, values: Mapping[str, Any]) -> str:
        words = [f.kind.show(values[f.name]) for f in self.searched if values[f.name] is not None and not f.personal]
        return fold(" ".join((code, *words)))


def settle(register: Register, values: Mapping[str, Any], printed: Mapping[str, str], around: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """``values`` (every field of the register) completed and with what is derived from them, and from the child rows and
    links ``around`` them (none where not given)."""
    values = register.complete(dict(values), printed)
    seen = {**({p.name: [] for p in register.parts} if around is None else around), **values}
    for spec in register.derived:
        assert spec.derive is not None
        values[spec.name] = seen[spec.name] = spec.derive(seen)
    return values


def _labelled(problem: Problem | None, spec: FieldSpec) -> Problem | None:
    return problem and problem.at(field=spec.name)
