"""Records of any register, made from its declaration: every kind of value has one that a person could have typed.

Where the rules of a register want values that fit together, ``FITTING`` says which; nothing else is known of a register.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import sqlalchemy as sa

from grc import changes, kinds
from grc.changes.load import Plan, ToCreate, last_batch
from grc.changes.load import load as load_plan
from grc.kinds import Kind, check_digit
from grc.office import Office
from grc.people import CLI
from grc.permissions import Actor
from grc.record import FieldSpec
from grc.refusal import NotAllowedNow
from grc.register import Register, get
from registers.rules.municipality import MunicipalityCode

ROWS = 6
"""How many records of each register are made: two with every field filled, the others with blanks that take turns."""

FITTING: Mapping[str, Mapping[str, Any]] = {
    "committees": {"protected_scope": "specific_pi", "kind": "statutory"},
    "consultations": {"protected_scope": "specific_pi"},
    "control-self-assessments": {"design": lambda n: n % 4 + 1, "operation": lambda n: n % 4 + 1,
                                 "questions": lambda n: [{"question": f"設問{n}", "design": 2, "operation": 3}] if n % 2 else []},
    "oversight-reviews": {"ground": "single_bid"},
    "personal-data-assets": {"is_specific_pi": True},
    "risks": {name: lambda n: n % 3 + 1 for name in ("likelihood", "impact", "res_likelihood", "res_impact")},
    "subcontracting-consents": {"core_work": "none"},
    "toy-letters": {"readers": [{"account": "tanaka"}]},
    "whistleblowing-cases": {"handlers": [{"account": "tanaka", "name": "田中 恵子"}]},
}
"""Values that a register's own rules want: slug → field → value (or a function of the row's number)."""
TOGETHER: Mapping[str, Sequence[Sequence[str]]] = {
    "personal-data-assets": (("last_reviewed_on", "review_due_on"),),
    "contracts": (("estimated_price", "estimate_status"), ("unit_price", "unit_price_text")),
    "municipal-audit-reports": (("body_code", "prefecture"),),
    "oversight-reviews": (("committee_id", "meeting_id"),),
}
"""Fields that are blank together or not at all."""
NEVER_BLANK: Mapping[str, Sequence[str]] = {"information-assets": ("pi_kind",), "soa-statements": ("version_no",)}
"""Fields that are filled by rule where nobody fills them."""


def actor(register: Register) -> Actor:
    """Who may do everything with a register; of a restricted one, somebody whom its declaration names."""
    return CLI if not register.restricted else Actor("tanaka", frozenset(register.may), via="test")


def fill(office: Office, slug: str, count: int = ROWS, *, bare: bool = False) -> list[int]:
    """Make ``count`` records through the door, with what they refer to; returns their keys. ``bare``: only what is required."""
    register = get(slug)
    targets = {s: _some(office, s) for s in _referred(register, bare) if s != slug}
    creates = []
    for n in range(count):
        values = _values(register, n, targets, bare)
        states = register.may_load
        creates.append(ToCreate(values, {}, n + 1, None, states[n % len(states)]))
    data = f"{slug} {bare}".encode()
    with office.db.read() as conn:
        after = last_batch(conn, slug)
    load_plan(office.db, office.store, actor(register), Plan(slug, "sample.xlsx", data, "一覧", "sample", {}, after=after, creates=tuple(creates)))
    if not bare:
        _to_itself(office, register)
    return _ids(office, slug)


def _to_itself(office: Office, register: Register) -> None:
    """Let two records that may be changed refer to the first, where records refer to others of their register."""
    own = [f.name for f in register.fields if f.refers == register.slug]
    links = [link.name for link in register.links if register.slug in link.slugs and link.name not in FITTING.get(register.slug, {})]
    first, *others = _ids(office, register.slug)
    told = 0
    for id in others if own or links else ():
        with office.db.read() as conn:
            row = conn.execute(sa.select(register.table).where(register.table.c.id == id)).one()
        values = {name: first for name in own} | {name: [(register.slug, first)] for name in links}
        with suppress(NotAllowedNow):  # one that is settled
            changes.update(office.db, actor(register), register.slug, row.code, values, row.version)
            told += 1
        if told == 2:
            return


def _some(office: Office, slug: str) -> list[int]:
    """At least three records of another register."""
    return _ids(office, slug) or fill(office, slug, 3, bare=True)


def _ids(office: Office, slug: str) -> list[int]:
    table = get(slug).table
    with office.db.read() as conn:
        return list(conn.scalars(sa.select(table.c.id).order_by(table.c.id)))


def _referred(register: Register, bare: bool) -> list[str]:
    found = [f.refers for f in register.fields if f.refers and (f.required or not bare)]
    return list(dict.fromkeys([*found, *([] if bare else [s for link in register.links for s in link.slugs])]))


def _values(register: Register, n: int, targets: Mapping[str, Sequence[int]], bare: bool) -> dict[str, Any]:
    fitting = FITTING.get(register.slug, {})
    fields = [f for f in register.fields if f.derive is None]
    groups = {name: place for place, names in enumerate(TOGETHER.get(register.slug, ())) for name in names}
    found: dict[str, Any] = {}
    for place, spec in enumerate(fields):
        turn = groups[spec.name] + 1000 if spec.name in groups else place
        if not spec.required and ((bare and spec.name not in fitting) or (not bare and n >= 2 and turn % (ROWS - 2) == n - 2)):
            continue
        if spec.name in fitting:
            value = fitting[spec.name]
            found[spec.name] = value(n) if callable(value) else value
        elif spec.refers:
            known = targets.get(spec.refers, ())
            if known:
                found[spec.name] = known[n % len(known)]
        else:
            found[spec.name] = sample(spec, n)
    if not bare:
        for part in register.rows:
            if n % 3 != 2 or part.name in fitting:
                rows = fitting.get(part.name)
                found[part.name] = rows(n) if callable(rows) else rows or [
                    {f.name: sample(f, n + k) for f in part.fields if f.required or (k + n) % 2 == 0} for k in range(1 + n % 2)]
        for link in register.links:
            if n % 3 != 1 and link.name not in fitting:
                pairs = [(slug, id) for slug in link.slugs for id in targets.get(slug, ())[:2]]
                found[link.name] = pairs[: 1 + n % 3]
    return found


def sample(spec: FieldSpec, n: int) -> Any:
    """A value of a field's kind, another one for each ``n``."""
    return _of_kind(spec.kind, n, spec.label.ja)


def _of_kind(kind: Kind, n: int, label: str) -> Any:
    day = date(2025, 4, 1) + timedelta(days=17 * n)
    match kind:
        case kinds.Choice():
            return kind.ids[n % len(kind.ids)]
        case kinds.Flag():
            return n % 2 == 0
        case kinds.DateTime():
            return datetime(day.year, day.month, day.day, 1 + n % 8, 30, tzinfo=UTC)
        case kinds.Date():
            return day
        case kinds.Month():
            return f"2025-{4 + n % 9:02d}"
        case kinds.FiscalYear():
            return 2025 + n % 2
        case kinds.CorporateNumber():
            body = f"{990000000000 + 137 * (n + 1)}"
            return f"{check_digit(body)}{body}"
        case kinds.Percent() | kinds.Decimal():
            return Decimal(n + 1) / 2
        case kinds.Integer():
            return max(kind.low, 0) + n % (kind.high - max(kind.low, 0) + 1) if kind.high < 1000 else n + 1
        case kinds.Email():
            return f"a{n}@example.jp"
        case MunicipalityCode():
            return ("131016", "011002", "401307", "271004", "141003")[n % 5]
        case kinds.LongText():
            return f"{label}の説明{n}\n二行目：=1+1、「引用」"
        case _:
            return f"{label} {n}号"
