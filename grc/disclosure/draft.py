"""A month in the making: what is kept of it, the rows that the records give, and what the checks say of them.

The acts are in :mod:`grc.disclosure.month`, what people look at in :mod:`grc.disclosure.overview`; both stand on this.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

import sqlalchemy as sa

from grc import calendar, people, query, settings
from grc.database import metadata
from grc.disclosure.checks import run_checks
from grc.disclosure.rate import award_rate
from grc.disclosure.row import DisclosureRow
from grc.disclosure.snapshot import canonical
from grc.kinds import UtcDateTime
from grc.permissions import Action, Actor, require
from grc.problem import Problem, Severity
from grc.record import LIVE
from grc.refusal import Misuse, NotAllowedNow
from grc.register import Publication, Register, publishing
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
class Source:
    """The register that is published, as queries need it."""

    register: Register
    publication: Publication

    @property
    def month(self) -> sa.ColumnElement[Any]:
        """The column with the month."""
        return self.register.table.c[self.publication.month]

    @property
    def signed(self) -> sa.ColumnElement[Any]:
        """The column with the day from which the legal days count."""
        return self.register.table.c[self.publication.signed]

    @property
    def live(self) -> sa.ColumnElement[bool]:
        """The records that are neither void nor archived."""
        return self.register.table.c.standing == LIVE

    @property
    def listed(self) -> sa.ColumnElement[bool]:
        """Those of them in a state in which they are published."""
        states = self.publication.states
        return self.live & self.register.table.c.status.in_(states) if states else self.live


def source() -> Source:
    """What is published each month."""
    return Source(*publishing())


def rows_of(conn: sa.Connection, month: str, body: Body) -> list[DisclosureRow]:
    """The rows that the records give for a month, as they stand."""
    register, publication = publishing()
    wanted = query.Query(filters={publication.month: [month], "status": publication.states}, sort="code")
    rows = [publication.row({**item.values, "code": item.code, "printed": item.printed})
            for item in query.records(conn, people.CLI, register, wanted)]
    return [replace(row, award_rate=award_rate(row.amount, row.estimated_price, digits=body.rate_digits, rounding=body.rate_rounding)
                    if row.award_rate is not None else None) for row in rows]


def fresh(conn: sa.Connection, row: sa.Row[Any], body: Body) -> bool:
    """Whether the records still give the rows that were built."""
    return digest(rows_of(conn, row.month, body)) == str(row.sha256)


def findings(conn: sa.Connection, row: sa.Row[Any]) -> list[Finding]:
    """What the checks say of a month as built, each with what was written about it."""
    body = settings.read(conn)
    rows = [DisclosureRow.from_json(r) for r in json.loads(row.rows)]
    problems = run_checks(rows, row.month, today=calendar.today(), first_own_month=body.first_own_month)
    acknowledged = conn.execute(sa.select(acknowledgements).where(
        acknowledgements.c.month == row.month, acknowledgements.c.version == row.version).order_by(acknowledgements.c.id))
    written = {a.code: a for a in acknowledged if warned(problems, a.code) <= {tuple(one) for one in json.loads(a.problems)}}
    return [Finding(p, written[p.code].reason, written[p.code].by) if p.severity is Severity.WARNING and p.code in written
            else Finding(p) for p in problems]


def warned(problems: Iterable[Problem], code: str) -> set[tuple[str, str, str]]:
    """The warnings of one check: which contract, which field, and what stands there."""
    return {(p.record or "", p.field or "", p.value or "") for p in problems if p.code == code and p.severity is Severity.WARNING}


def built(conn: sa.Connection, month: str) -> sa.Row[Any]:
    """What is kept of a month. Raises ``Misuse`` (no month), ``NotAllowedNow`` (never built)."""
    spelled(month)
    row = row_of(conn, month)
    if row is None:
        raise NotAllowedNow(Text(f"{calendar.japanese_month(month)}分はまだ作成していません。先に作成してください。",
                                 f"{month} has not been built yet. Build it first."))
    return row


def row_of(conn: sa.Connection, month: str) -> sa.Row[Any] | None:
    """What is kept of a month, if it was ever built."""
    return conn.execute(sa.select(months).where(months.c.month == month)).first()


def digest(rows: Sequence[DisclosureRow]) -> str:
    """The SHA-256 of rows in canonical JSON."""
    return hashlib.sha256(canonical([row.to_json() for row in rows])).hexdigest()


def may_see(actor: Actor, month: str) -> None:
    """Raise ``Forbidden`` or ``Misuse`` unless the actor may look at this month."""
    spelled(month)
    require(actor, Action.VIEW, publishing()[0])  # who sees the contracts sees their months


def spelled(month: str) -> None:
    """Raise ``Misuse`` unless it is a month of this century, spelled ``YYYY-MM``."""
    if not re.fullmatch(r"20\d\d-(0[1-9]|1[0-2])", month):
        raise Misuse(Text(f"「{month}」は月ではありません。2026-10 のように書いてください。", f'"{month}" is no month. Write it as 2026-10.'))
