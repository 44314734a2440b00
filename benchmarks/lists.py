"""The first page of a register of 100,000 rows against one of 1,000: server time, under twice as much."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import sqlalchemy as sa

import registers  # noqa: F401
from benchmarks.figure import Figure, timed
from grc import calendar, migrate, people, query
from grc.changes.values import Preparer
from grc.changes.write import stamps
from grc.office import Office
from grc.register import get
from grc.settings import Place

VIEWS = ("", "mine", "late", "soon", "loaded", "provisional", "retired")


def measure(small: bool) -> Iterator[Figure]:
    """The figures."""
    sizes = (1_000, 10_000 if small else 100_000)
    took = []
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            office = Office.open(Place(home=Path(folder)))
            migrate.upgrade(office.db)
            _fill(office, size)
            seconds, _ = timed(lambda office=office: _first_page(office), best_of=7)  # type: ignore[misc]
            took.append(seconds)
            yield Figure(f"first page of {size:,} rows", seconds * 1000, "ms", seconds=seconds)
    yield Figure(f"first page, {sizes[1]:,} rows against {sizes[0]:,}", took[1] / took[0], goal=2, limit=2)


def _first_page(office: Office) -> int:
    """What the list page asks of the server."""
    register = get("contracts")
    with office.db.read() as conn:
        query.counts(conn, people.CLI, register, VIEWS)
        return len(query.page(conn, people.CLI, register, query.Query()).items)


def _fill(office: Office, size: int) -> None:
    """Rows straight into the table: what is measured here is reading, not the door."""
    register = get("contracts")
    prepare, now = Preparer(register, lambda slug, id: ""), calendar.now()
    with office.db.write() as conn:
        for first in range(0, size, 5000):
            rows = []
            for n in range(first, min(first + 5000, size)):
                code = f"PRC-CON-{n:06d}"
                made = prepare.create(code, {"title": f"業務{n}", "contract_date": date(2020, 4, 1) + timedelta(days=n % 2000),
                                             "supplier_name": f"株式会社{n % 500}", "amount": n, "period_end": date(2027, 1, 1)}, {})
                rows.append({**made.columns, **stamps("bench", now), "code": code, "status": "signed", "version": 1, "standing": "live",
                             "provisional": False, "loaded": False})
            conn.execute(sa.insert(register.table), rows)
