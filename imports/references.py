"""What references in a ledger mean: found by number or name, made provisionally, or kept as printed. Nothing by default.

An unknown supplier or unit is listed and comes in as provisional with the load; any other name that finds nothing stays
as printed, and people stay text.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from grc.changes.load import New
from grc.kinds import Ref, fold_name, split
from grc.problem import Severity, define
from grc.record import VOID
from grc.register import Register, get
from grc.text import Text
from imports.values import Read

UNFOUND = define("reference-unfound", Severity.WARNING,
                 Text("{field}「{value}」は登録されていません。", '{field} "{value}" is not registered.'),
                 Text("書かれたまま残します。登録されたときに結び付けられます。", "It is kept as printed and can be tied once it is there."))


@dataclass
class Resolved:
    """What the references of a ledger need: records to make, with the rows that name them."""

    creates: dict[New, dict[str, Any]] = field(default_factory=dict)
    rows: dict[New, list[int]] = field(default_factory=dict)
    directories: dict[str, Directory] = field(default_factory=dict)

    def directory(self, conn: sa.Connection) -> Callable[[str], Directory]:
        """The directories by slug, each read once."""
        def of(slug: str) -> Directory:
            if slug not in self.directories:
                self.directories[slug] = Directory(conn, get(slug))
            return self.directories[slug]

        return of

    def make(self, new: New, values: Mapping[str, Any], row: int) -> New:
        """Note a record to make and the row that names it."""
        self.creates.setdefault(new, dict(values))
        self.rows.setdefault(new, []).append(row)
        return new


class Directory:
    """The records of one register by number, and by each of its keys."""

    def __init__(self, conn: sa.Connection, register: Register) -> None:
        self.register = register
        self.by_code: dict[str, int | New] = {}
        self.by_key: dict[tuple[str, ...], dict[tuple[Any, ...], int | New]] = {key: {} for key in register.keys}
        self.values: dict[int | New, Mapping[str, Any]] = {}
        names = sorted({n for key in register.keys for n in key if n in register.table.c} | {register.name})
        c = register.table.c
        for row in conn.execute(sa.select(c.id, c.code, *(c[n] for n in names)).where(c.standing != VOID).order_by(c.id)):
            self.by_code[row.code] = row.id
            self.add(row.id, row._asdict())

    def add(self, target: int | New, values: Mapping[str, Any]) -> None:
        """Put a record into the directory; the first of two with one key keeps it."""
        self.values[target] = values
        if isinstance(target, New) and target.code:
            self.by_code[target.code] = target
        for key, index in self.by_key.items():
            wanted = _key(key, values)
            if wanted is not None:
                index.setdefault(wanted, target)

    def find(self, values: Mapping[str, Any]) -> int | New | None:
        """The record that has one of the keys of ``values`` and contradicts none that stands before it."""
        for n, (key, index) in enumerate(self.by_key.items()):
            wanted = _key(key, values)
            found = index.get(wanted) if wanted is not None else None
            if found is not None and not any(self._differs(found, before, values) for before in self.register.keys[:n]):
                return found
        return None

    def named(self, text: str) -> int | New | None:
        """The record that a text names: by number, or by name. One of our numbers that is not there names nothing else."""
        code, name = split(text)
        for number in (code, text.partition(" ")[0]):
            if number in self.by_code:
                return self.by_code[number]
        if self.own(code):
            return None
        single = dict.fromkeys((self.register.name, *(key[0] for key in self.register.keys if len(key) == 1)))
        for whole in (name, text):
            for key in single:
                found = self.find({key: whole})
                if found is not None:
                    return found
        return None

    def own(self, code: str | None) -> str | None:
        """The code, if it is one that this register gives."""
        return code if code and code.startswith(f"{self.register.code}-") else None

    def _differs(self, found: int | New, key: tuple[str, ...], values: Mapping[str, Any]) -> bool:
        ours, theirs = _key(key, values), _key(key, self.values[found])
        return ours is not None and theirs is not None and ours != theirs


def resolve(conn: sa.Connection, register: Register, reads: Iterable[Read]) -> Resolved:
    """Put the ids of references and links into the values of each row, or a :class:`New` to be made with the load."""
    resolved = Resolved()
    directory = resolved.directory(conn)
    refs = {f.name: f for f in register.fields if isinstance(f.kind, Ref)}
    links = {link.name: link for link in register.links}
    for row in reads:
        for name, text in row.texts.items():
            if name in links:
                found = [(slug, target) for line in text.split("\n") for slug in links[name].slugs
                         if (target := directory(slug).named(line.strip())) is not None]
                if len(found) == len(text.split("\n")):
                    row.values[name] = list(dict.fromkeys(found))  # a cell may name the same record twice
                else:
                    row.printed[name] = text
                    row.problems.append(UNFOUND(field=links[name].label, value=text, row=row.number))
                continue
            kind = refs[name].kind
            assert isinstance(kind, Ref)
            target = directory(kind.slug).named(text)
            if target is None and kind.create and kind.slug != register.slug:  # a row of this very ledger comes with it
                place, (code, called) = directory(kind.slug), split(text)
                target = _make(resolved, place, {get(kind.slug).name: called or text}, row.number, place.own(code))
            elif isinstance(target, New):
                resolved.make(target, {}, row.number)
            if target is None:
                row.printed[name] = text
                row.problems.append(UNFOUND(field=refs[name].label, value=text, row=row.number))
            else:
                row.values[name] = target
    return resolved


def bind(conn: sa.Connection, register: Register, reads: Iterable[Read], resolved: Resolved, mapped: Collection[str]) -> None:
    """Find, for rows that become records, what other fields of the row refer to (``Register.binds``).

    A ledger with a column of its own for the reference (``mapped``) is taken at its word.
    """
    directory = resolved.directory(conn)
    binds = [b for b in register.binds if b.reference not in mapped]
    known: dict[tuple[Any, ...], int | New | None] = {}
    for row in reads:
        for bind in binds:
            spec = register.field[bind.reference]
            values = {theirs: value for theirs, ours in bind.fields.items() if (value := row.values.get(ours)) is not None}
            assert isinstance(spec.kind, Ref)
            if bind.reference in row.values or get(spec.kind.slug).name not in values:
                continue
            place = directory(spec.kind.slug)
            said = (spec.kind.slug, *values.items())
            if said not in known:
                known[said] = place.find(values)
            target = known[said]
            if target is None and spec.kind.create:
                target = known[said] = _make(resolved, place, values, row.number)
            elif isinstance(target, New):
                resolved.make(target, {}, row.number)
            if target is not None:
                row.values[bind.reference] = target


def _make(resolved: Resolved, place: Directory, values: Mapping[str, Any], row: int, code: str | None = None) -> New:
    name = str(values[place.register.name])
    first = next((k for key in place.register.keys if (k := _key(key, values)) is not None), (name,))
    new = New(place.register.slug, name, "|".join(map(str, first)), code)
    place.add(new, values)
    return resolved.make(new, values, row)


_folded = lru_cache(maxsize=1 << 16)(fold_name)


def _key(key: tuple[str, ...], values: Mapping[str, Any]) -> tuple[Any, ...] | None:
    found = tuple([_folded(v) if isinstance(v := values.get(name), str) else v for name in key])
    return None if any(v is None for v in found) else found
