"""The acts on a month: build → check → approve → publish, each through the door's spine.

A month is built from the records whose month it is, as they stand; a second person approves exactly what was built; what
is published is frozen for good. The database refuses to change a snapshot.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from grc import calendar, people, query, register, settings, trail
from grc.changes.four_eyes import four_eyes
from grc.changes.spine import Act, act
from grc.database import metadata
from grc.disclosure import deadline, memory, site
from grc.disclosure.checks import run_checks, two_persons
from grc.disclosure.memory import SLUG, snapshots
from grc.disclosure.rate import award_rate
from grc.disclosure.row import DisclosureRow
from grc.disclosure.snapshot import Snapshot, canonical
from grc.disclosure.verify import verify as verify_site
from grc.disclosure.verify import verify_folder
from grc.kinds import UtcDateTime
from grc.office import Office
from grc.permissions import OPERATOR, ROLES, Action, Actor, require, require_role
from grc.problem import Problem, Severity
from grc.record import LIVE, RETIRED
from grc.refusal import Forbidden, Misuse, NotAllowedNow, Unknown
from grc.settings import Body
from grc.states import CHECKED, NOT_STARTED, PUBLISHED, State, Tone, state
from grc.text import Text

MAKERS, CHECKERS = ("procurement", "procurement_head"), ("procurement_head",)

months = sa.Table(
    "disclosure_months", metadata,
    sa.Column("month", sa.String(7), primary_key=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("rows", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("row_count", sa.Integer, nullable=False),
    sa.Column("total", sa.BigInteger, nullable=False),
    sa.Column("built_by", sa.String(64), nullable=False),
    sa.Column("built_at", UtcDateTime, nullable=False),
    sa.Column("approved_by", sa.String(64)),
    sa.Column("approved_at", UtcDateTime),
)
"""What is in the making: the rows as they were built, and who approved them."""
acknowledgements = sa.Table(
    "disclosure_acknowledgements", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("month", sa.String(7), nullable=False, index=True),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("code", sa.String(16), nullable=False),
    sa.Column("problems", sa.Text, nullable=False),
    sa.Column("reason", sa.Text, nullable=False),
    sa.Column("by", sa.String(64), nullable=False),
    sa.Column("at", UtcDateTime, nullable=False),
)
"""What was written about the warnings of one check, and about which of them: it holds for no others."""

STATES: dict[str, State] = {
    "none": NOT_STARTED, "built": CHECKED, "approved": state("approved", "承認済み", "Approved", Tone.GREEN, "approval"),
    "published": PUBLISHED,
}


@dataclass(frozen=True, slots=True)
class Finding:
    """A problem of a month's rows, and what was written about it, by whom."""

    problem: Problem
    acknowledged: str | None = None
    by: str | None = None

    @property
    def stops(self) -> bool:
        """Whether it stands between the month and its approval."""
        return self.problem.severity is Severity.ERROR or (self.problem.severity is Severity.WARNING and not self.acknowledged)


@dataclass(frozen=True, slots=True)
class Month:
    """Where a month stands. ``state`` is one of ``none built approved published``; ``due`` its legal day; ``unsigned``
    counts the records of the month that stand before or beside the states that are published."""

    month: str
    state: str
    version: int = 0
    count: int = 0
    total: int = 0
    rows: tuple[DisclosureRow, ...] = ()
    ledger: int = 0
    sha256: str = ""
    built_by: str = ""
    built_at: datetime | None = None
    approved_by: str = ""
    approved_at: datetime | None = None
    published_at: datetime | None = None
    due: date | None = None
    fresh: bool = True
    unsigned: int = 0


def show(office: Office, actor: Actor, month: str) -> Month:
    """Where a month stands. Raises ``Forbidden``, ``Misuse``."""
    _may_see(actor, month)
    with office.db.read() as conn:
        body = settings.read(conn)
        row = _row(conn, month)
        ledger = _rows(conn, month, body)
        due = _dues(conn, [month], body).get(month)
        unsigned = _unsigned(conn, month)
        if row is None:
            return Month(month, "none", ledger=len(ledger), due=due, unsigned=unsigned)
        published = conn.execute(sa.select(snapshots.c.sha256, snapshots.c.published_at).where(
            snapshots.c.month == month, snapshots.c.version == row.version)).first()
        rows = tuple(DisclosureRow.from_json(r) for r in json.loads(row.rows))
        return Month(month, row.state, row.version, row.row_count, row.total, rows, len(ledger),
                     published.sha256 if published else row.sha256, row.built_by, row.built_at, row.approved_by or "",
                     row.approved_at, published.published_at if published else None, due,
                     fresh=row.state == "published" or _sha(ledger) == row.sha256, unsigned=unsigned)


def board(office: Office, actor: Actor, fiscal_year: int) -> list[Month]:
    """The twelve months of a fiscal year, each with its figures but without its rows. Raises ``Forbidden``."""
    wanted = [f"{fiscal_year + (m < 4)}-{m:02d}" for m in (4, 5, 6, 7, 8, 9, 10, 11, 12, 1, 2, 3)]
    _may_see(actor, wanted[0])
    source = register.publishing()
    assert source.publication is not None
    column = source.table.c[source.publication.month]
    with office.db.read() as conn:
        body = settings.read(conn)
        made = {row.month: row for row in conn.execute(sa.select(months).where(months.c.month.in_(wanted)))}
        out = {row.month: row for row in conn.execute(sa.select(snapshots).where(snapshots.c.month.in_(wanted)).order_by(snapshots.c.version))}
        counted = sa.select(column, sa.func.count()).where(
            column.in_(wanted), source.table.c.standing == LIVE, _public(source)).group_by(column)
        ledger: dict[str, int] = {month: n for month, n in conn.execute(counted)}
        dues = _dues(conn, wanted, body)
    found = []
    for month in wanted:
        row, done = made.get(month), out.get(month)
        found.append(Month(
            month, row.state if row else "none", row.version if row else 0, row.row_count if row else 0,
            row.total if row else 0, (), ledger.get(month, 0), row.sha256 if row else "",
            row.built_by if row else "", row.built_at if row else None, (row.approved_by or "") if row else "",
            row.approved_at if row else None, done.published_at if done else None, dues.get(month)))
    return found


def build(office: Office, actor: Actor, month: str, *, none: bool = False) -> Month:
    """Make a month from the records as they stand; what was approved before must be approved again.

    ``none``: the month is meant to have no contracts (該当なし). Raises ``Forbidden``, ``NotAllowedNow`` (published, no contracts,
    or said to have none before it has ended), ``Misuse``.
    """
    spelled(month)
    with act(office.db, actor) as doing:
        require_role(actor, *MAKERS, OPERATOR, to=Text("月次公表を作成する", "build a month"))
        before = _row(doing.conn, month)
        if before is not None and before.state == "published":
            raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}分は公表済みなので、作り直せません。",
                                     f"{month} is published and cannot be built again."))
        if none and calendar.today() <= calendar.month_bounds(month)[1]:
            raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}はまだ終わっていないので、該当なしとして作成できません。",
                                     f"{month} has not ended yet, so it cannot be built as a month without contracts."))
        rows = _rows(doing.conn, month, settings.read(doing.conn))
        if not rows and not none:
            raise NotAllowedNow(Text(
                f"{calendar.japanese_month(month)}分の契約は1件もありません。取り込んだ月を確かめてください。該当なしとして公表するときは、その旨を指定してください（--none）。",
                f"There are no contracts in {month}. Check what was imported; to publish that there were none, say so (--none)."))
        total = sum(r.amount or 0 for r in rows)
        values = {"version": 1, "state": "built", "rows": canonical([r.to_json() for r in rows]).decode(), "sha256": _sha(rows),
                  "row_count": len(rows), "total": total, "built_by": actor.name, "built_at": doing.at,
                  "approved_by": None, "approved_at": None}
        if before is None:
            doing.conn.execute(sa.insert(months).values(month=month, **values))
        else:
            doing.conn.execute(sa.update(months).where(months.c.month == month).values(values))
        doing.note("build", SLUG, month, {"rows": [before.sha256 if before else None, values["sha256"]],
                                          "count": [before.row_count if before else None, len(rows)],
                                          "total": [before.total if before else None, total]})
    return show(office, actor, month)


def check(office: Office, actor: Actor, month: str) -> list[Finding]:
    """What the rules say of a month as built, with what was written about each. Raises ``Forbidden``, ``NotAllowedNow``."""
    _may_see(actor, month)
    with office.db.read() as conn:
        return _findings(conn, _built(conn, month))


def acknowledge(office: Office, actor: Actor, month: str, code: str, reason: str, password: str) -> None:
    """Write down that the warnings of one check, as they stand now, were looked at, and why they may stay.

    Raises ``Forbidden`` (role, password), ``NotAllowedNow`` (no such warning, no reason).
    """
    _signed(office, actor, password)
    if not reason.strip():
        raise NotAllowedNow(Text("確認した理由を書いてください。", "Write why it may stay as it is."))
    with act(office.db, actor) as doing:
        require_role(actor, *MAKERS, to=Text("警告を確認する", "acknowledge warnings"))
        row = _built(doing.conn, month)
        if row.state == "published":
            raise NotAllowedNow(Text("公表済みの月です。", "The month is published."))
        warned = _warned((f.problem for f in _findings(doing.conn, row)), code)
        if not warned:
            raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}分に {code} の警告はありません。", f"There is no warning {code} in {month}."))
        doing.conn.execute(sa.insert(acknowledgements).values(month=month, version=row.version, code=code,
                                                              problems=json.dumps(sorted(warned), ensure_ascii=False), reason=reason.strip(),
                                                              by=actor.name, at=doing.at))
        doing.note("acknowledge", SLUG, month, {"check": [None, code]}, reason.strip())


def approve(office: Office, actor: Actor, month: str, password: str) -> Month:
    """Approve a month exactly as built, by a second person with their password.

    Raises ``Forbidden`` (role, password, four eyes), ``NotAllowedNow`` (errors, unread warnings, records changed since).
    """
    _signed(office, actor, password)
    with act(office.db, actor) as doing:
        require_role(actor, *CHECKERS, to=Text("月次公表を承認する", "approve a month"))
        row = _built(doing.conn, month)
        if row.state != "built":
            raise NotAllowedNow(Text(f"いまは「{STATES[row.state].label.ja}」なので、承認できません。",
                                     f'It is "{STATES[row.state].label.en}" now and cannot be approved.'))
        if row.built_by == actor.name:
            raise Forbidden(Text("承認できません。作成したのがあなただからです。ほかの契約責任者に頼んでください。",
                                 "You cannot approve this, because you built it. Ask another head of procurement."))
        _unchanged(doing, row)
        stops = [f.problem for f in _findings(doing.conn, row) if f.stops]
        if stops:
            errors = sum(p.severity is Severity.ERROR for p in stops)
            raise NotAllowedNow(Text(
                f"まだ承認できません。エラー{errors}件、確認していない警告{len(stops) - errors}件が残っています。",
                f"It cannot be approved yet: {errors} errors and {len(stops) - errors} warnings not acknowledged."), stops)
        codes = [r["record_id"] for r in json.loads(row.rows)]
        after = _last_approval(doing.conn, month)
        four_eyes(doing.conn, actor, register.publishing().slug, [*codes, *_passed(doing.conn, month, after)], after=after)
        _steered(doing.conn, actor, month, after)
        doing.conn.execute(sa.update(months).where(months.c.month == month).values(
            state="approved", approved_by=actor.name, approved_at=doing.at))
        doing.note("approve", SLUG, month, {"rows": [None, row.sha256], "state": [row.state, "approved"]})
    return show(office, actor, month)


def publish(office: Office, actor: Actor, month: str, password: str) -> Month:
    """Freeze an approved month and publish it; a published month is put on the site again, as it was frozen.

    Raises as :func:`approve`, and ``NotAllowedNow`` where the database's record of what was published was altered.
    """
    _signed(office, actor, password)
    with act(office.db, actor) as doing:
        require_role(actor, *CHECKERS, to=Text("月次公表を公表する", "publish a month"))
        row = _built(doing.conn, month)
        altered = memory.altered(doing.conn)
        if altered:
            raise NotAllowedNow(Text("公表できません。公表した内容の記録が書き換えられています。",
                                     "It cannot be published: the record of what was published was altered."), altered)
        if row.state == "published":
            _restore(office, doing, month)
        else:
            _publish(office, doing, row)
    return show(office, actor, month)


def _publish(office: Office, doing: Act, row: sa.Row[Any]) -> None:
    if row.state != "approved":
        raise NotAllowedNow(Text(f"いまは「{STATES[row.state].label.ja}」です。承認してから公表してください。",
                                 f'It is "{STATES[row.state].label.en}" now. It must be approved before it is published.'))
    _unchanged(doing, row)
    unsigned = two_persons(row.built_by, row.approved_by)
    if unsigned:
        raise Forbidden(unsigned[0].message)
    body = settings.read(doing.conn)
    rows = tuple(replace(DisclosureRow.from_json(r), revision=row.version, revision_type="new") for r in json.loads(row.rows))
    snapshot = Snapshot(
        row.month, row.version, body.body_name, rows, prepared_by=_post(doing.conn, row.built_by, MAKERS),
        approved_by=_post(doing.conn, row.approved_by, CHECKERS), published_on=calendar.tokyo(doing.at).date(),
        wording=body.form_wording)
    known = memory.remembered(doing.conn)
    versions = [*memory.frozen(doing.conn, row.month), snapshot]
    doing.conn.execute(sa.insert(snapshots).values(
        month=row.month, version=row.version, canonical=snapshot.canonical.decode(), sha256=snapshot.sha256,
        approved_by=row.approved_by, published_by=doing.actor.name, published_at=doing.at))
    doing.conn.execute(sa.update(months).where(months.c.month == row.month).values(state="published"))
    files = _put(office, doing, row.month, versions, known)  # last: if it cannot be written, nothing of this stands
    doing.note("publish", SLUG, row.month, {
        "version": [None, snapshot.version], "snapshot": [None, snapshot.sha256], "files": [None, files],
        "state": ["approved", "published"], "count": [None, snapshot.count], "total": [None, snapshot.total]})


def _restore(office: Office, doing: Act, month: str) -> None:
    """The whole site as the database has it: what is damaged or lost is written again, all else stays."""
    files = _put(office, doing, month, memory.frozen(doing.conn), memory.remembered(doing.conn))
    doing.note("restore", SLUG, month, {"files": [None, files]})


def _put(office: Office, doing: Act, month: str, versions: Sequence[Snapshot], known: site.Remembered) -> str:
    now = site.publish(office.site, versions, known).files
    return memory.keep_files(doing.conn, month, {path: told for path, told in now.items() if known.files.get(path) != told})


def verify(office: Office, month: str | None = None) -> list[Problem]:
    """What is no longer as it was published: the database's own record, and the site, or what one month has on it.

    Raises ``Misuse`` (no month), ``Unknown`` (not published).
    """
    with office.db.read() as conn:
        if month:
            spelled(month)
            if month not in memory.published(conn):
                raise Unknown(Text(f"{month} はまだ公表していません。", f"{month} has not been published."))
        altered = memory.altered(conn)
        if memory.altered_files(conn):  # then only the site itself is left to ask
            return [*altered, *verify_folder(office.site)]
        return [*altered, *verify_site(office.site, memory.files(conn), month, _paths(conn, month))]


def _paths(conn: sa.Connection, month: str | None) -> set[str]:
    """Where a month's files lie; without the pages of its contracts if its record was altered beyond reading."""
    try:
        return site.paths(memory.frozen(conn, month)) if month else set()
    except (ValueError, LookupError, TypeError, AttributeError, sa.exc.DatabaseError):
        return set()


def waiting(office: Office, actor: Actor) -> list[tuple[str, str, date | None]]:
    """The months that wait for this person: (what to do, month, legal day), by month.

    What to do is ``build`` (over, with contracts, never built, or changed since), ``mend`` (errors or warnings stand in
    the way), ``approve`` or ``publish``.
    """
    maker, checker = bool(actor.roles & set(MAKERS)), bool(actor.roles & set(CHECKERS))
    if not (maker or checker):
        return []
    with office.db.read() as conn:
        body = settings.read(conn)
        made = {row.month: row for row in conn.execute(sa.select(months))}
        wanted = sorted({*(m for m, row in made.items() if row.state != "published"), *_unbuilt(conn, made, body)})
        dues = _dues(conn, wanted, body)
        found = [(_waits(conn, body, made.get(month), month), month) for month in wanted]
        mine = {"build": maker, "mend": maker, "approve": checker, "publish": checker}
        return [(what, month, dues.get(month)) for what, month in found
                if mine[what] and not (what == "approve" and made[month].built_by == actor.name)]


def _waits(conn: sa.Connection, body: Body, row: sa.Row[Any] | None, month: str) -> str:
    """What a month waits for: build, mend, approve or publish."""
    if row is None or _sha(_rows(conn, month, body)) != row.sha256:
        return "build"
    if row.state == "approved":
        return "publish"
    return "mend" if any(f.stops for f in _findings(conn, row)) else "approve"


def _unbuilt(conn: sa.Connection, made: Collection[str], body: Body) -> list[str]:
    """The months of ours that are over, have contracts, and were never built; of the last year where none is named ours."""
    source = register.publishing()
    assert source.publication is not None
    column = source.table.c[source.publication.month]
    today = calendar.today()
    first = body.first_own_month or f"{today.year - 1}-{today.month:02d}"
    found = conn.scalars(sa.select(column).distinct().where(
        column >= first, column < f"{today:%Y-%m}", source.table.c.standing == LIVE, _public(source)))
    return [month for month in found if month not in made]


def _dues(conn: sa.Connection, wanted: Sequence[str], body: Body) -> dict[str, date]:
    """The legal day of each month that has contracts: every one of them must meet its own (disclosure.md R3)."""
    source = register.publishing()
    assert source.publication is not None
    month, signed = source.table.c[source.publication.month], source.table.c[source.publication.signed]
    days: dict[str, list[date]] = {}
    for name, day in conn.execute(sa.select(month, signed).distinct().where(
            month.in_(wanted), signed.is_not(None), source.table.c.standing == LIVE, _public(source))):
        days.setdefault(name, []).append(day)
    dues = {name: deadline.batch_due(some, extended_months=body.months_with_93_days) for name, some in days.items()}
    return {name: due for name, due in dues.items() if due is not None}


def _unsigned(conn: sa.Connection, month: str) -> int:
    """How many records of a month are in a state in which they are not published."""
    source = register.publishing()
    assert source.publication is not None
    some = (source.table.c[source.publication.month] == month) & (source.table.c.standing == LIVE) & sa.not_(_public(source))
    return conn.scalar(sa.select(sa.func.count()).select_from(source.table).where(some)) or 0


def _public(source: register.Register) -> sa.ColumnElement[bool]:
    """The records in a state in which they are published."""
    assert source.publication is not None
    states = source.publication.states
    return source.table.c.status.in_(states) if states else sa.true()


def _rows(conn: sa.Connection, month: str, body: Body) -> list[DisclosureRow]:
    source = register.publishing()
    assert source.publication is not None
    wanted = query.Query(filters={source.publication.month: [month], "status": source.publication.states}, sort="code")
    everybody = people.CLI
    rows = [source.publication.row({**item.values, "code": item.code, "printed": item.printed})
            for item in query.records(conn, everybody, source, wanted)]
    return [replace(row, award_rate=award_rate(row.amount, row.estimated_price, digits=body.rate_digits, rounding=body.rate_rounding)
                    if row.award_rate is not None else None) for row in rows]


def _findings(conn: sa.Connection, row: sa.Row[Any]) -> list[Finding]:
    body = settings.read(conn)
    rows = [DisclosureRow.from_json(r) for r in json.loads(row.rows)]
    problems = run_checks(rows, row.month, today=calendar.today(), first_own_month=body.first_own_month)
    acknowledged = conn.execute(sa.select(acknowledgements).where(
        acknowledgements.c.month == row.month, acknowledgements.c.version == row.version).order_by(acknowledgements.c.id))
    written = {a.code: a for a in acknowledged if _warned(problems, a.code) <= {tuple(one) for one in json.loads(a.problems)}}
    return [Finding(p, written[p.code].reason, written[p.code].by) if p.severity is Severity.WARNING and p.code in written
            else Finding(p) for p in problems]


def _warned(problems: Iterable[Problem], code: str) -> set[tuple[str, str, str]]:
    """The warnings of one check: which contract, which field, and what stands there."""
    return {(p.record or "", p.field or "", p.value or "") for p in problems if p.code == code and p.severity is Severity.WARNING}


def _built(conn: sa.Connection, month: str) -> sa.Row[Any]:
    spelled(month)
    row = _row(conn, month)
    if row is None:
        raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}分はまだ作成していません。先に作成してください。",
                                 f"{month} has not been built yet. Build it first."))
    return row


def _row(conn: sa.Connection, month: str) -> sa.Row[Any] | None:
    return conn.execute(sa.select(months).where(months.c.month == month)).first()


def _unchanged(doing: Act, row: sa.Row[Any]) -> None:
    """Raise ``NotAllowedNow`` unless the rows kept are those that were built, and the records still say the same."""
    kept = hashlib.sha256(row.rows.encode()).hexdigest()
    if not kept == row.sha256 == _sha(_rows(doing.conn, row.month, settings.read(doing.conn))):
        raise NotAllowedNow(Text("作成した後で契約が変わりました。もう一度作成してください。",
                                 "A contract changed after the month was built. Build it again."))


def _sha(rows: Sequence[DisclosureRow]) -> str:
    return hashlib.sha256(canonical([row.to_json() for row in rows])).hexdigest()


def _last_approval(conn: sa.Connection, month: str) -> int:
    t = trail.table.c
    found = conn.scalar(sa.select(sa.func.max(t.seq)).where(t.register == SLUG, t.record == month, t.action == "approve"))
    return found or 0


def _passed(conn: sa.Connection, month: str, after: int) -> list[str]:
    """The records that came into the month or left it since an entry of the trail, and those that stand in it retired."""
    source = register.publishing()
    assert source.publication is not None
    name, t = source.publication.month, trail.table.c
    retired = conn.scalars(sa.select(source.table.c.code).where(
        source.table.c[name] == month, source.table.c.standing.in_(RETIRED)))
    told = conn.execute(sa.select(t.record, t.changes).where(
        t.register == source.slug, t.seq > after, t.changes.contains(f'"{month}"', autoescape=True)))
    return sorted({*retired, *(record for record, changes in told if month in json.loads(changes).get(name, ()))})


def _steered(conn: sa.Connection, actor: Actor, month: str, after: int) -> None:
    """Raise ``Forbidden`` if the actor moved a record of the month into a state that is published, or out of one."""
    source = register.publishing()
    assert source.publication is not None
    states, t = source.publication.states, trail.table.c
    moves = conn.execute(sa.select(t.record, t.changes).join(source.table, source.table.c.code == t.record).where(
        t.register == source.slug, t.seq > after, t.actor == actor.name, t.action.startswith("move:"),
        source.table.c[source.publication.month] == month))
    for record, changes in moves:
        before, now = json.loads(changes)["status"]
        if states and (before in states) != (now in states):
            raise Forbidden(Text(
                f"承認できません。{record} を公表の対象にした、または対象から外したのがあなただからです。ほかの人に頼んでください。",
                f"You cannot approve this, because you moved {record} into or out of publication. Ask somebody else."))


def _post(conn: sa.Connection, name: str, posts: Sequence[str]) -> str:
    """Who signed, as the public reads it: the office held, never an account; a plain word where none is held now."""
    held = {u.name: u.roles for u in people.everybody(conn)}.get(name, ())
    return next((ROLES[p].ja for p in posts if p in held), "担当者" if posts == MAKERS else "責任者")


def _signed(office: Office, actor: Actor, password: str) -> None:
    if actor.user_id is None:
        raise Forbidden(Text("確認・承認・公表は、利用者本人（--as）とパスワードが要ります。",
                             "To acknowledge, approve or publish takes a person (--as) and their password."))
    people.check_password(office.db, actor, password)
    with office.db.read() as conn:
        if people.by_name(conn, actor.name).must_change:
            raise Forbidden(Text("仮のパスワードのままでは署名できません。先に自分だけが知っているパスワードに変えてください。",
                                 "You cannot sign with a temporary password. First change it to one that only you know."))


def _may_see(actor: Actor, month: str) -> None:
    spelled(month)
    require(actor, Action.VIEW, register.publishing())  # who sees the contracts sees their months


def spelled(month: str) -> None:
    """Raise ``Misuse`` unless it is a month of this century, spelled ``YYYY-MM``."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise Misuse(Text(f"「{month}」は月ではありません。2026-10 のように書いてください。", f'"{month}" is no month. Write it as 2026-10.'))


__all__ = ["Finding", "Month", "acknowledge", "approve", "board", "build", "check", "publish", "show", "spelled", "verify", "waiting"]
