"""Load: what a ledger says becomes records, all or nothing, in one transaction and one batch.

The plan is made outside (by the import stages); here permission, versions and values are checked again, because there is
no side entrance.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

import sqlalchemy as sa

from grc import evidence
from grc.case import Case
from grc.changes.arrivals import bind_arrivals
from grc.changes.bulk import insert_many
from grc.changes.judge import case_of_new, judge
from grc.changes.spine import DIGITS, MOST_DIGITS, Act, act, current, inserted, last_number, next_ids, number
from grc.changes.update import apply, foreseen
from grc.changes.values import Prepared, Preparer
from grc.changes.write import code_lookup, parts, preparer, sealed, stamps
from grc.database import JSON, Database, metadata
from grc.evidence import Store
from grc.kinds import UtcDateTime
from grc.permissions import Action, Actor, require
from grc.problem import Problem, Severity, define
from grc.record import LIVE
from grc.refusal import Forbidden, Invalid, NotAllowedNow, Stale
from grc.register import Register, get
from grc.text import Text, many

batches = sa.Table(
    "batches", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("register", sa.String(64), nullable=False, index=True),
    sa.Column("file_sha256", sa.String(64), sa.ForeignKey("evidence.sha256"), nullable=False, index=True),
    sa.Column("file_name", sa.String(255), nullable=False),
    sa.Column("sheet", sa.String(64), nullable=False),
    sa.Column("fingerprint", sa.String(64), nullable=False),
    sa.Column("counts", JSON, nullable=False),
    sa.Column("rows", JSON, nullable=False),
    sa.Column("loaded_at", UtcDateTime, nullable=False),
    sa.Column("loaded_by", sa.String(64), nullable=False),
)
"""Every load: the file and its sheet, what it counted, and which row of it is which record."""
layouts = sa.Table(
    "layouts", metadata,
    sa.Column("register", sa.String(64), primary_key=True),
    sa.Column("fingerprint", sa.String(64), primary_key=True),
    sa.Column("mapping", JSON, nullable=False),
    sa.Column("updated_at", UtcDateTime, nullable=False),
    sa.Column("updated_by", sa.String(64), nullable=False),
)
"""What people taught about a layout: which heading means which field, by the fingerprint of its headings."""


@dataclass(frozen=True, slots=True)
class ToCreate:
    """A new record: typed values (a reference may be a :class:`New`), cells kept as printed, its row in the sheet."""

    values: Mapping[str, Any]
    printed: Mapping[str, str]
    row: int
    code: str | None = None
    status: str | None = None


@dataclass(frozen=True, slots=True)
class ToUpdate:
    """A changed record: the version that was compared, the values that differ, cells kept as printed."""

    code: str
    version: int
    values: Mapping[str, Any]
    printed: Mapping[str, str]
    row: int
    status: str | None = None


@dataclass(frozen=True, slots=True)
class New:
    """A reference to a record that this load creates provisionally: the register, its name, what tells namesakes apart, and
    the number that the file gives it, if any."""

    slug: str
    name: str
    key: str = ""
    code: str | None = None


@dataclass(frozen=True, slots=True)
class Plan:
    """All that a load will do. ``after``: the register's newest batch when the rows were compared (0: none yet);
    ``unchanged``: row → record of those that say what is there already."""

    register: str
    file_name: str
    data: bytes
    sheet: str
    fingerprint: str
    counts: Mapping[str, int]
    after: int = 0
    mapping: Mapping[str, Any] | None = None
    provisional: Mapping[New, Mapping[str, Any]] = field(default_factory=dict)
    creates: tuple[ToCreate, ...] = ()
    updates: tuple[ToUpdate, ...] = ()
    unchanged: Mapping[int, str] = field(default_factory=dict)


def load(db: Database, store: Store, actor: Actor, plan: Plan) -> int | None:
    """Do what ``plan`` says; returns the batch, or ``None`` when there was nothing to write.

    Raises ``Forbidden``, ``Stale`` (a record changed since it was compared), ``Invalid``; then nothing was written.
    """
    register = get(plan.register)
    with act(db, actor) as doing:
        require(actor, Action.IMPORT, register)
        if plan.mapping is not None:
            _remember(doing, plan)
        if not plan.creates and not plan.updates:
            return None
        if last_batch(doing.conn, plan.register) != plan.after:
            raise Stale(Text("確かめている間に、同じ台帳へ別の取り込みがありました。ファイルをもう一度読んで、ちがいを確かめてください。何も登録していません。",
                             "Another file was loaded into this register meanwhile. Read the file again and look at what differs. "
                             "Nothing was loaded."))
        sha256 = store.put(plan.data)
        evidence.note_file(doing.conn, sha256, plan.data, by=actor.name, at=doing.at)
        codes = _codes(doing, register, [c.code for c in plan.creates])
        rows = {**plan.unchanged, **{c.row: c.code for c in plan.updates}, **dict(zip((c.row for c in plan.creates), codes, strict=True))}
        doing.batch = inserted(doing, sa.insert(batches).values(
            register=plan.register, file_sha256=sha256, file_name=plan.file_name[-255:], sheet=plan.sheet[:64],
            fingerprint=plan.fingerprint, counts=dict(plan.counts), rows={str(row): code for row, code in rows.items()}, loaded_at=doing.at, loaded_by=actor.name,
        ))
        doing.note("batch", plan.register, f"batch-{doing.batch}", {
            "file": [None, f"{plan.file_name} sha256:{sha256}"], "counts": [None, dict(plan.counts)]})
        made = _provisional(doing, plan)
        _create(doing, register, plan.creates, codes, made, plan.sheet)
        _update(doing, register, plan, made)
        return doing.batch


def last_batch(conn: sa.Connection, register: str, fingerprint: str | None = None) -> int:
    """The newest batch of a register, or of one layout in it; 0 where there is none."""
    mine = batches.c.register == register
    if fingerprint is not None:
        mine &= batches.c.fingerprint == fingerprint
    return conn.scalar(sa.select(sa.func.max(batches.c.id)).where(mine)) or 0


def loads_of(conn: sa.Connection, register: str, sha256: str, sheet: str) -> list[sa.Row[Any]]:
    """The batches that this very sheet of this very file made in a register, oldest first."""
    return list(conn.execute(sa.select(batches).where(
        batches.c.register == register, batches.c.file_sha256 == sha256, batches.c.sheet == sheet[:64]).order_by(batches.c.id)))


def remembered(conn: sa.Connection, register: str, fingerprint: str) -> dict[str, Any] | None:
    """What was taught about a layout."""
    return conn.scalar(sa.select(layouts.c.mapping).where(layouts.c.register == register, layouts.c.fingerprint == fingerprint))


def _remember(doing: Act, plan: Plan) -> None:
    same = (layouts.c.register == plan.register) & (layouts.c.fingerprint == plan.fingerprint)
    before = doing.conn.scalar(sa.select(layouts.c.mapping).where(same))
    if before == plan.mapping:
        return
    doing.conn.execute(sa.delete(layouts).where(same))
    doing.conn.execute(sa.insert(layouts).values(register=plan.register, fingerprint=plan.fingerprint,
                                                 mapping=plan.mapping, updated_at=doing.at, updated_by=doing.actor.name))
    doing.note("teach", plan.register, plan.fingerprint[:16], {"mapping": [before, plan.mapping]})


def _state(register: Register, status: str | None) -> str:
    if status is not None and status not in register.may_load:
        label = register.workflow.state(status).label
        raise NotAllowedNow(Text(f"状態「{label.ja}」は取り込みでは付けられません。", f'An import may not set the state "{label.en}".'))
    return status or register.loaded_state


def _bound(values: Mapping[str, Any], made: Mapping[New, int]) -> Mapping[str, Any]:
    news = {name: made[value] for name, value in values.items() if value.__class__ is New}
    links = {name: [(slug, made[id] if id.__class__ is New else id) for slug, id in value] for name, value in values.items()
             if value.__class__ is list and any(pair.__class__ is tuple and pair[1].__class__ is New for pair in value)}
    return {**values, **news, **links} if news or links else values


def _makes_others(values: Mapping[str, Any]) -> bool:
    """Whether a row refers to a record that this load makes."""
    return any(value.__class__ is New or (value.__class__ is list and any(pair.__class__ is tuple and pair[1].__class__ is New for pair in value))
               for value in values.values())


def _provisional(doing: Act, plan: Plan) -> dict[New, int]:
    """Make the records that rows refer to and nobody registered yet, in bulk."""
    made: dict[New, int] = {}
    for slug in dict.fromkeys(new.slug for new in plan.provisional):
        some = [new for new in plan.provisional if new.slug == slug]
        creates = [ToCreate(plan.provisional[new], {}, 0) for new in some]
        codes = _codes(doing, get(slug), [new.code for new in some])
        taken = doing.conn.scalar(sa.select(get(slug).table.c.code).where(get(slug).table.c.code.in_(codes)).limit(1))
        if taken is not None:
            raise Stale(Text(f"確かめている間に {taken} が登録されました。ファイルをもう一度読んで、ちがいを確かめてください。何も登録していません。",
                             f"{taken} was registered meanwhile. Read the file again and look at what differs. Nothing was loaded."))
        made.update(zip(some, _create(doing, get(slug), creates, codes, {}, plan.sheet, provisional=True), strict=True))
    return made


def _create(doing: Act, register: Register, creates: Sequence[ToCreate], codes: Sequence[str], made: Mapping[New, int], sheet: str, *,
            provisional: bool = False) -> list[int]:
    """Write new records in bulk; returns their keys in order."""
    prepare = preparer(doing, register, gaps=True)
    ids = next_ids(doing.conn, register.table, len(creates))
    common = {**stamps(doing.actor.name, doing.at), "version": 1, "standing": LIVE, "provisional": provisional,
              "batch_id": doing.batch, "sheet": sheet[:64]}
    rows, later, refused = [], [], list[Problem]()
    for id, code, new in zip(ids, codes, creates, strict=True):
        status = register.workflow.first if provisional else _state(register, new.status)
        prepared = prepare.create(code, _bound(new.values, made), new.printed)
        refused += _refused(doing.conn, doing.actor, register, prepared, code, status, new.row)
        rows.append({**prepared.columns, "id": id, "code": code, "status": status, "sheet_row": new.row or None,
                     "loaded": not provisional and status != register.workflow.first})
        doing.note("create" if provisional else "load", register.slug, code,
                   sealed(doing, register, code, {**prepared.changes, "status": [None, status]}))
        if prepared.rows or prepared.links:
            later.append((id, prepared))
    _all_pass(refused)
    if rows:
        insert_many(doing.conn, register.table, rows, common)
    for id, prepared in later:
        parts(doing, register, id, prepared)
    if ids:
        bind_arrivals(doing, register, ids)
    return ids


GUARDED = define("rule-refuses", Severity.ERROR, Text("{value}", "{value}"), Text("その行を直して、もう一度取り込んでください。", "Mend that row, then import again."))


def _refused(conn: sa.Connection, actor: Actor, register: Register, prepared: Prepared, code: str, status: str, row: int) -> list[Problem]:
    """What the guards of the register say against a new record."""
    if not register.guards and register.reserved is None:
        return []
    return _said(register, case_of_new(conn, actor, register, prepared, code, status, loading=True), row, code)


def _said(register: Register, case: Case, row: int, code: str) -> list[Problem]:
    try:
        judge(register, case)
    except (Forbidden, NotAllowedNow) as refusal:
        return [GUARDED(value=refusal.message, row=row, record=code)]
    return []


def objections(conn: sa.Connection, actor: Actor, register: Register, creates: Sequence[ToCreate], updates: Sequence[ToUpdate]) -> list[Problem]:
    """What the guards would say of these rows, each with its row; nothing is written. What refers to a record that the load
    makes itself is judged at the load alone."""
    if not register.guards and register.reserved is None:
        return []
    prepare = Preparer(register, code_lookup(conn), gaps=True)
    found: list[Problem] = []
    for new in creates:
        if not _makes_others(new.values):
            status = new.status or register.loaded_state
            with suppress(Invalid):  # said of the row itself
                found += _refused(conn, actor, register, prepare.create(new.code or "", new.values, new.printed), new.code or "", status, new.row)
    for change in updates:
        row = conn.execute(sa.select(register.table).where(register.table.c.code == change.code)).one()
        if not _makes_others(change.values):
            state = {} if change.status in (None, row.status) else {"status": change.status}
            with suppress(Invalid):
                _, case = foreseen(conn, actor, prepare, row, change.values, state, printed=change.printed)
                found += _said(register, case, change.row, change.code)
    return found


def _all_pass(refused: Sequence[Problem]) -> None:
    """Raise ``Invalid`` with every row that is refused."""
    if refused:
        first = refused[0].message
        raise Invalid(Text(f"{len(refused)}行が規則に合いません。何も登録していません。はじめの行：{first.ja}",
                           f"{many(len(refused), 'row breaks', 'rows break')} a rule. Nothing was loaded. The first: {first.en}"), list(refused))


def _codes(doing: Act, register: Register, own: Sequence[str | None]) -> list[str]:
    """A number for each record: those in the file are kept, the others go on after the highest of both."""
    ours = re.compile(rf"{re.escape(register.code)}-([0-9]{{{DIGITS},{MOST_DIGITS}}})")
    given = [int(found[1]) for code in own if code and (found := ours.fullmatch(code))]
    fresh = itertools.count(max([last_number(doing.conn, register), *given]) + 1)
    return [code or number(register, next(fresh)) for code in own]


def _update(doing: Act, register: Register, plan: Plan, made: Mapping[New, int]) -> None:
    refused, prepare = [], preparer(doing, register, gaps=True)
    for change in plan.updates:
        row = current(doing, register, change.code, Action.EDIT, change.version)
        status = None if change.status is None or change.status == row.status else _state(register, change.status)
        try:
            apply(doing, register, row, _bound(change.values, made), printed=change.printed, status=status, prepare=prepare)
        except (Forbidden, NotAllowedNow) as refusal:
            refused.append(GUARDED(value=refusal.message, row=change.row, record=change.code))
    _all_pass(refused)
