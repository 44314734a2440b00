"""Rows against the register: new, changed, unchanged; which rows are the same in the file, which are probably changed.

A row is known again by the register's keys, tried in order; the last key always applies, with the row's occurrence in
the file, so that identical rows are kept and none is merged. An empty cell says nothing and changes nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from types import MappingProxyType
from typing import Any, Literal

import sqlalchemy as sa

from grc.changes.values import settle
from grc.kinds import fold
from grc.parts import standing_of
from grc.problem import Problem, Severity, define, errors
from grc.record import LIVE
from grc.register import Register
from grc.text import Text
from imports.values import Read

Fate = Literal["created", "updated", "unchanged", "rejected"]
DUPLICATE = define("row-repeated", Severity.WARNING,
                   Text("{value}行目と同じ内容です。", "This row is the same as row {value}."),
                   Text("別の記録として取り込みます。重なりなら片方を消してください。", "It is kept as a record of its own. Delete one if it is a repetition."))
OTHER_CONTENTS = define("number-used", Severity.WARNING,
                        Text("登録済みの {value} と番号が同じで、中身が違います。", "It has the number of {value}, already there, and other contents."),
                        Text("新しい記録として取り込みます。番号を確かめてください。", "It comes in as new. Check the number."))
CODE_TWICE = define("code-repeated", Severity.ERROR,
                    Text("台帳番号「{value}」は{other}行目にもあります。", 'The number "{value}" stands on row {other} too.'),
                    Text("番号は1つの記録に1つです。違う番号にするか、空欄にしてください。", "A number belongs to one record. Change it or leave it empty."))
CODE_TAKEN = define("code-retired", Severity.ERROR,
                    Text("台帳番号「{value}」は、すでに使われた番号です。", 'The number "{value}" has been used already.'),
                    Text("番号は使い回せません。違う番号にするか、空欄にしてください。", "A number is never used again. Change it or leave it empty."))
PROBABLY = define("probably-changed", Severity.WARNING,
                  Text("登録済みの {value} と「{field}」だけが違います。", 'It differs from {value}, already there, in "{field}" alone.'),
                  Text("新しい記録として取り込みます。同じ記録が変わったものなら、そう選んでください。",
                       "It comes in as new. If it is the same record, changed, choose so."))


@dataclass(slots=True)
class Compared:
    """One row and what will become of it: ``changes`` field → (before, after), ``given`` the values to write."""

    read: Read
    fate: Fate
    code: str | None = None
    version: int = 0
    status: str | None = None
    given: dict[str, Any] = field(default_factory=dict)
    changes: dict[str, tuple[Any, Any]] = field(default_factory=dict)
    probable: str | None = None


@dataclass(slots=True)
class Difference:
    """All rows compared, groups of identical rows (by number), and codes of the last load that the file no longer has."""

    rows: list[Compared]
    duplicates: list[list[int]]
    vanished: list[str]


def compare(conn: sa.Connection, register: Register, reads: Sequence[Read], *, changed: Collection[int] | Literal["all"] = (),
            last_batch: int | None = None, known: Mapping[int, str] = MappingProxyType({}), settled_before: bool = False,
            seen: sa.ColumnElement[bool] | None = None) -> Difference:
    """Compare rows with the register, as far as the person sees it (``seen``; ``None``: all of it): a row never shows or
    changes a record that is not for their eyes. ``changed``: rows that the person says are the probably changed record.

    ``known``: row → record, for a file that was loaded before; with ``settled_before`` it was read in the same way, so
    that these rows say nothing new, whatever became of their records since.
    """
    scope = sa.true() if seen is None else seen
    stored = _Stored(conn, register, scope)
    settled: dict[int, dict[str, Any]] = {}
    for read in reads:
        if not read.rejected:
            around = _around(register, read)
            settled[id(read)] = settle(register, {**stored.blank, **_plain(read)}, read.printed, around)
            read.problems += [p.at(row=read.number) for p in errors(register.rules({**settled[id(read)], **around}))]
    same: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    rows: list[Compared] = []
    taken = {r.number: code for r in reads if not r.rejected and (code := stored.take(known.get(r.number)))}  # before others claim any
    for read in reads:
        if read.rejected:
            rows.append(Compared(read, "rejected"))
            continue
        values = settled[id(read)]
        keys = stored.keys_of(values)
        same[(read.code, *keys)].append(read.number)
        code = taken.get(read.number)
        if code is not None or (settled_before and read.number in known):
            rows.append(Compared(read, "unchanged" if settled_before else "created", code))
            continue
        rows.append(Compared(read, "created", stored.claim(read.code, keys)))
        if stored.refused:
            read.problems.append(OTHER_CONTENTS(row=read.number, value=stored.refused))
    _numbers(conn, register, rows)
    _probable(stored, rows, settled, changed)
    _fields(conn, register, rows)
    repeated = [numbers for numbers in same.values() if len(numbers) > 1]
    by_number = {c.read.number: c for c in rows} if repeated else {}
    for first, *others in repeated:
        for number in others:
            by_number[number].read.problems.append(DUPLICATE(row=number, value=str(first)))
    return Difference(rows, repeated, _vanished(conn, register, last_batch, {c.code for c in rows if c.code}, scope))


def _numbers(conn: sa.Connection, register: Register, rows: list[Compared]) -> None:
    """Keep out rows whose own number another row of the file, or a record no longer in use, has already."""
    given = list(dict.fromkeys(c.read.code for c in rows if c.read.code and c.fate == "created" and c.code is None))
    taken: set[str] = set()
    for first in range(0, len(given), 500):
        taken.update(conn.scalars(sa.select(register.table.c.code).where(register.table.c.code.in_(given[first:first + 500]))))
    seen: dict[str, int] = {}
    for compared in rows:
        code, number = compared.read.code, compared.read.number
        if code is None or compared.fate == "rejected":
            continue
        if code in seen:
            problem = CODE_TWICE(value=code, row=number, field="code", other=seen[code])
        elif compared.code is None and code in taken:
            problem = CODE_TAKEN(value=code, row=number, field="code")
        else:
            seen[code] = number
            continue
        compared.read.problems.append(problem)
        compared.fate = "rejected"


class _Stored:
    """The live records' keys, each to be claimed by one row."""

    def __init__(self, conn: sa.Connection, register: Register, scope: sa.ColumnElement[bool]) -> None:
        self.register = register
        self.blank: dict[str, Any] = {f.name: None for f in register.fields}
        self.names = list(dict.fromkeys(n for key in register.keys for n in key))
        c = register.table.c
        found = conn.execute(sa.select(c.code, *(c[n] for n in self.names)).where(c.standing == LIVE, scope).order_by(c.id)).all()
        self.free = {row.code: row._asdict() for row in found}
        self.refused: str | None = None
        """The record that the last claim had the number of, and hardly anything else."""
        self.index: list[dict[tuple[Any, ...], list[str]]] = []
        for key in register.keys:
            index: dict[tuple[Any, ...], list[str]] = defaultdict(list)
            for code, values in self.free.items():
                index[_key(key, values)].append(code)
            for codes in index.values():
                codes.reverse()  # the oldest is claimed first, from the end
            self.index.append(index)

    def keys_of(self, values: Mapping[str, Any]) -> tuple[tuple[Any, ...], ...]:
        """All keys of a row: what makes it the same as another row of the file, or as a record."""
        return tuple(_key(key, values) for key in self.register.keys)

    def take(self, code: str | None) -> str | None:
        """A record by its number, off the list; ``None`` where no such record is live and free."""
        return code if code is not None and self.free.pop(code, None) is not None else None

    def claim(self, code: str | None, keys: Sequence[tuple[Any, ...]]) -> str | None:
        """The record that a row is, taken off the list; the file's own number comes before every key."""
        self.refused = None
        if code is not None:
            return self.take(code)
        last = len(self.index) - 1
        for n, (wanted, index) in enumerate(zip(keys, self.index, strict=True)):
            if n < last and None in wanted:
                continue
            codes = index.get(wanted, [])
            for candidate in reversed(codes):
                if candidate in self.free and not self._contradicts(candidate, keys[:n]):
                    if n < last and self._another(candidate, keys[-1]):
                        self.refused = candidate
                        continue
                    codes.remove(candidate)
                    del self.free[candidate]
                    return candidate
        return None

    def _another(self, code: str, ours: tuple[Any, ...]) -> bool:
        """Whether hardly anything but a number is the same: numbers begin anew, contracts do not turn into others."""
        last = self.register.keys[-1]
        differing = sum(a != b for a, b in zip(ours, _key(last, self.free[code]), strict=True))
        return len(last) > 2 and differing > len(last) // 2

    def _contradicts(self, code: str, earlier: Sequence[tuple[Any, ...]]) -> bool:
        """Whether an earlier key says that it is another record (two numbers, though all else is the same)."""
        for key, ours in zip(self.register.keys, earlier, strict=False):
            theirs = _key(key, self.free[code])
            if None not in ours and None not in theirs and ours != theirs:
                return True
        return False


def _around(register: Register, read: Read) -> dict[str, Any]:
    """The child rows and links of a row."""
    return {p.name: read.rows.get(p.name) or read.values.get(p.name) or [] for p in register.parts}


def _plain(read: Read) -> dict[str, Any]:
    return {name: value for name, value in read.values.items() if not isinstance(value, list)}


_folded = lru_cache(maxsize=1 << 16)(fold)  # each text is asked for by several keys, and ledgers repeat themselves


def _key(key: Iterable[str], values: Mapping[str, Any]) -> tuple[Any, ...]:
    return tuple([_folded(v) if isinstance(v := values.get(name), str) else v for name in key])


def _probable(stored: _Stored, rows: list[Compared], settled: Mapping[int, Mapping[str, Any]],
              changed: Collection[int] | Literal["all"]) -> None:
    """Point out new rows that are like a record that no row is, in all but one field of the last key."""
    last = stored.register.keys[-1]
    if len(last) < 3 or not stored.free:
        return
    near: dict[tuple[int, tuple[Any, ...]], list[str]] = defaultdict(list)
    for code, values in stored.free.items():
        whole = _key(last, values)
        for n in range(len(last)):
            near[n, whole[:n] + whole[n + 1:]].append(code)
    for compared in rows:
        if compared.fate != "created" or compared.code or compared.read.code:
            continue
        whole = _key(last, settled[id(compared.read)])
        for n, name in enumerate(last):
            found = [c for c in near.get((n, whole[:n] + whole[n + 1:]), []) if c in stored.free]
            if found:
                if changed == "all" or compared.read.number in changed:
                    compared.code = found[0]
                    del stored.free[found[0]]
                else:
                    compared.probable = found[0]
                    label = stored.register.label(name)
                    compared.read.problems.append(PROBABLY(row=compared.read.number, value=found[0], field=label))
                break


def _fields(conn: sa.Connection, register: Register, rows: list[Compared]) -> None:
    """Compare the rows that are known, field by field."""
    known = {c.code: c for c in rows if c.code is not None and c.fate == "created"}
    codes = list(known)
    for first in range(0, len(codes), 500):
        query = sa.select(register.table).where(register.table.c.code.in_(codes[first:first + 500]))
        for row in conn.execute(query):
            compared, now = known[row.code], row._asdict()
            compared.version = row.version
            parts = standing_of(conn, register, row.id) if compared.read.rows or _linked(register, compared.read) else {}
            _one(register, compared, {**now, **parts})


def _linked(register: Register, read: Read) -> bool:
    return any(link.name in read.values for link in register.links)


def _one(register: Register, compared: Compared, now: Mapping[str, Any]) -> None:
    read, printed = compared.read, now["printed"] or {}
    for name, value in {**read.values, **read.rows}.items():
        if not _same(value, now[name]):
            compared.changes[name] = (now[name], value)
            compared.given[name] = value
    if read.status is not None and read.status != now["status"]:
        compared.changes["status"] = (now["status"], read.status)
        compared.status = read.status
    for name, text in read.printed.items():
        corrected = now.get(name) is not None and name not in read.values
        if printed.get(name) != text and not corrected and name not in compared.changes and not (name in read.values and now.get(name) is not None):
            compared.changes[name] = (printed.get(name), text)
    compared.fate = "updated" if compared.changes else "unchanged"


def _same(value: Any, now: Any) -> bool:
    """Whether a value is the one that stands; in child rows an empty field is as good as none."""
    if isinstance(value, list) and value and isinstance(value[0], dict):
        return [_filled(row) for row in value] == [_filled(row) for row in now]
    return bool(value == now)


def _filled(row: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in row.items() if value is not None}


def _vanished(conn: sa.Connection, register: Register, batch: int | None, kept: Collection[str], scope: sa.ColumnElement[bool]) -> list[str]:
    """Records of the layout's last load that the file no longer has, if it is a newer state of the same ledger."""
    if batch is None:
        return []
    c = register.table.c
    loaded = conn.scalars(sa.select(c.code).where(c.batch_id == batch, c.standing == LIVE, scope).order_by(c.code)).all()
    return [code for code in loaded if code not in kept] if any(code in kept for code in loaded) else []


def problems_of(rows: Iterable[Compared]) -> list[Problem]:
    """Every problem of every row."""
    return [p for compared in rows for p in compared.read.problems]
