"""The page of each register with 3,000 rows: server time of the list and of a record, as the test bench runs it."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import sqlalchemy as sa

import registers  # noqa: F401
from benchmarks.figure import Figure, timed
from grc import calendar, migrate
from grc.changes.values import Preparer
from grc.changes.write import stamps
from grc.office import Office
from grc.permissions import ROLES, Actor
from grc.record import FieldSpec
from grc.register import Register, all_registers
from grc.settings import Place
from tests.registers.sample import FITTING, sample
from tests.ui.app import bench

EVERYBODY = Actor("tanaka", frozenset(ROLES) - {"committee", "chair"}, "田中 恵子", via="bench")
LIMIT = 100


def measure(small: bool) -> Iterator[Figure]:
    """The slowest lists, the mean of all, the mean of a record's page (its history, what refers to it from all the other
    registers, what may be done next), and the home page, which looks into each register."""
    logging.getLogger("streamlit").setLevel(logging.CRITICAL)  # it misses the browser and says so at every page
    size = 300 if small else 3_000
    took: list[tuple[float, str]] = []
    records: list[float] = []
    with tempfile.TemporaryDirectory() as folder:
        office = Office.open(Place(home=Path(folder)))
        migrate.upgrade(office.db)
        with office.db.write() as conn:
            conn.exec_driver_sql("pragma defer_foreign_keys = on")
            for register in all_registers():
                conn.execute(sa.insert(register.table), list(_rows(register, size)))
        home, _ = timed(bench("home", office, EVERYBODY), best_of=3)
        for register in all_registers():
            again = bench(register.slug, office, EVERYBODY)
            seconds, _ = timed(again, best_of=3)
            took.append((seconds * 1000, register.slug))
            records.append(timed(bench(register.slug, office, EVERYBODY, id=f"{register.code}-000007"), best_of=3)[0] * 1000)
    took.sort(reverse=True)
    for ms, slug in took[:3]:
        yield Figure(f"page of {slug}, {size:,} rows", ms, "ms", limit=LIMIT, seconds=ms / 1000)
    yield Figure(f"page of a register, mean of {len(took)}", sum(ms for ms, _ in took) / len(took), "ms", limit=LIMIT)
    yield Figure(f"page of one record, mean of {len(records)}", sum(records) / len(records), "ms")
    yield Figure("home, looking into all of them", home * 1000, "ms", seconds=home)


def _rows(register: Register, size: int) -> Iterator[dict[str, Any]]:
    """Rows for the table itself: what is measured here is the page, not the door."""
    prepare, now = Preparer(register, lambda slug, id: f"{slug}-{id}"), calendar.now()
    fitting = FITTING.get(register.slug, {})
    states = [s.id for s in register.workflow.states]
    for n in range(size):
        given = {f.name: _value(f, fitting, n) for f in register.fields if f.derive is None and f.refers != register.slug}
        made = prepare.create(f"{register.code}-{n + 1:06d}", given, {})
        yield {**made.columns, **stamps("bench", now), "code": f"{register.code}-{n + 1:06d}", "status": states[n % len(states)],
               "version": 1, "standing": "live", "provisional": False, "loaded": False}


def _value(spec: FieldSpec, fitting: Mapping[str, Any], n: int) -> Any:
    if spec.name in fitting:
        value = fitting[spec.name]
        return value(n) if callable(value) else value
    return n % 50 + 1 if spec.refers else sample(spec, n % 40)
