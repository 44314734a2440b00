"""Where the months stand, for whoever looks: one month, the board of a year, what waits for a person."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

import sqlalchemy as sa

from grc import calendar, settings
from grc.disclosure import deadline, draft
from grc.disclosure.draft import CHECKERS, MAKERS, Finding, months
from grc.disclosure.memory import snapshots
from grc.disclosure.row import DisclosureRow
from grc.office import Office
from grc.permissions import Actor
from grc.settings import Body


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
    draft.may_see(actor, month)
    with office.db.read() as conn:
        body = settings.read(conn)
        row = draft.row_of(conn, month)
        ledger = draft.rows_of(conn, month, body)
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
                     fresh=row.state == "published" or draft.digest(ledger) == row.sha256, unsigned=unsigned)


def board(office: Office, actor: Actor, fiscal_year: int) -> list[Month]:
    """The twelve months of a fiscal year, each with its figures but without its rows. Raises ``Forbidden``."""
    wanted = calendar.fiscal_year_months(fiscal_year)
    draft.may_see(actor, wanted[0])
    source = draft.source()
    with office.db.read() as conn:
        body = settings.read(conn)
        made = {row.month: row for row in conn.execute(sa.select(months).where(months.c.month.in_(wanted)))}
        out = {row.month: row for row in conn.execute(sa.select(snapshots).where(snapshots.c.month.in_(wanted)).order_by(snapshots.c.version))}
        counted = sa.select(source.month, sa.func.count()).where(source.month.in_(wanted), source.listed).group_by(source.month)
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


def check(office: Office, actor: Actor, month: str) -> list[Finding]:
    """What the rules say of a month as built, with what was written about each. Raises ``Forbidden``, ``NotAllowedNow``."""
    draft.may_see(actor, month)
    with office.db.read() as conn:
        return draft.findings(conn, draft.built(conn, month))


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
        made = {row.month: row for row in conn.execute(sa.select(months.c.month, months.c.state, months.c.built_by))}
        wanted = sorted({*(m for m, row in made.items() if row.state != "published"), *_unbuilt(conn, made, body)})
        dues = _dues(conn, wanted, body)
        mine = {"build": maker, "mend": maker, "approve": checker, "publish": checker}
        return [(what, month, dues.get(month)) for month in wanted if mine[what := _waits(conn, month, body)]
                and not (what == "approve" and made[month].built_by == actor.name)]


def _waits(conn: sa.Connection, month: str, body: Body) -> str:
    """What a month waits for: build, mend, approve or publish."""
    row = draft.row_of(conn, month)
    if row is None or (_touched(conn, row) and not draft.fresh(conn, row, body)):
        return "build"
    if row.state == "approved":
        return "publish"
    return "mend" if any(f.stops for f in draft.findings(conn, row)) else "approve"


def _touched(conn: sa.Connection, row: sa.Row[Any]) -> bool:
    """Whether a record of the month was written, came or went since it was built: where none was, its rows need no look."""
    source = draft.source()
    written = sa.func.max(source.register.table.c.updated_at)
    count, last = conn.execute(sa.select(sa.func.count(), written).where(source.month == row.month, source.listed)).one()
    return bool(count != row.row_count or (last is not None and last > row.built_at))


def _unbuilt(conn: sa.Connection, made: Collection[str], body: Body) -> list[str]:
    """The months of ours that are over, have contracts, and were never built; of the last year where none is named ours."""
    source, today = draft.source(), calendar.today()
    first = body.first_own_month or f"{today.year - 1}-{today.month:02d}"
    found = conn.scalars(sa.select(source.month).distinct().where(source.month >= first, source.month < f"{today:%Y-%m}", source.listed))
    return [month for month in found if month not in made]


def _dues(conn: sa.Connection, wanted: Sequence[str], body: Body) -> dict[str, date]:
    """The legal day of each month that has contracts: every one of them must meet its own (disclosure.md R3)."""
    source = draft.source()
    days: dict[str, list[date]] = {}
    for name, day in conn.execute(sa.select(source.month, source.signed).distinct().where(
            source.month.in_(wanted), source.signed.is_not(None), source.listed)):
        days.setdefault(name, []).append(day)
    dues = {name: deadline.batch_due(some, extended_months=body.months_with_93_days) for name, some in days.items()}
    return {name: due for name, due in dues.items() if due is not None}


def _unsigned(conn: sa.Connection, month: str) -> int:
    """How many records of a month are in a state in which they are not published."""
    source = draft.source()
    some = (source.month == month) & source.live & sa.not_(source.listed)
    return conn.scalar(sa.select(sa.func.count()).select_from(source.register.table).where(some)) or 0
