"""The whole catalogue: what one declaration gives, every register has, and nothing is lost on a way out and in again."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

import registers  # noqa: F401
from grc import query, tables
from grc.office import Office
from grc.permissions import Action, decide
from grc.query import Query
from grc.register import Register, all_registers, get
from imports import run
from imports.template import template
from tests.conftest import make_office
from tests.registers.sample import FITTING, NEVER_BLANK, ROWS, actor, fill

SLUGS = [r.slug for r in all_registers() if not r.slug.startswith("toy-")]


@pytest.fixture
def empty(tmp_path: Path) -> Iterator[Office]:
    """Another home, with nothing in it."""
    yield from make_office(f"sqlite:///{tmp_path / 'empty' / 'daicho.db'}", tmp_path / "empty")


def sheet(office: Office, register: Register) -> list[list[Any]]:
    """The data sheet of the register's Excel export."""
    return [[c.value for c in row] for row in load_workbook(io.BytesIO(xlsx(office, register))).worksheets[0].iter_rows()]


def xlsx(office: Office, register: Register) -> bytes:
    with office.db.read() as conn:
        return tables.write_xlsx(tables.columns(register), query.records(conn, actor(register), register, Query()), register.title)


def text(office: Office, register: Register) -> bytes:
    with office.db.read() as conn:
        return b"".join(tables.write_csv(tables.columns(register), query.records(conn, actor(register), register, Query())))


def data(office: Office, register: Register) -> bytes:
    with office.db.read() as conn:
        return b"".join(tables.write_json(tables.columns(register), query.records(conn, actor(register), register, Query())))


@pytest.mark.parametrize("slug", SLUGS)
def test_out_into_an_empty_home_and_out_again_changes_no_byte(sqlite_office: Office, empty: Office, slug: str) -> None:
    """At least five records, with links, child rows and, somewhere, a blank in each field that may be blank."""
    register = get(slug)
    fill(sqlite_office, slug)
    first, book = text(sqlite_office, register), sheet(sqlite_office, register)
    assert len(book) - 1 >= ROWS >= 5
    heads = dict(zip([c.name for c in tables.columns(register)], zip(*book[1:], strict=True), strict=True))
    for spec in register.fields:
        if spec.derive is None:
            assert spec.required or spec.name in NEVER_BLANK.get(slug, ()) or None in heads[spec.name], f"{spec.name} is blank nowhere"
            assert any(v is not None for v in heads[spec.name]), f"{spec.name} is filled nowhere"
    for part in (p for p in register.parts if p.name not in FITTING.get(slug, {})):
        assert {v is None for v in heads[part.name]} == {True, False}, f"{part.name} is not both there and not there"
    done = run.load(empty, actor(register), run.preview(empty, actor(register), slug, xlsx(sqlite_office, register), f"{slug}.xlsx"))
    assert done.counts == {"created": len(book) - 1, "updated": 0, "unchanged": 0, "rejected": 0}, [str(p.message) for p in done.errors]
    assert text(empty, register) == first
    assert sheet(empty, register) == book
    again = run.preview(empty, actor(register), slug, text(sqlite_office, register), f"{slug}.csv")
    assert again.counts["unchanged"] == len(book) - 1, [(c.code, c.changes) for c in again.rows if c.changes][:3]


@pytest.mark.parametrize("slug", SLUGS)
def test_with_what_it_refers_to_the_references_are_tied_again(sqlite_office: Office, empty: Office, slug: str) -> None:
    register = get(slug)
    fill(sqlite_office, slug)
    before = data(sqlite_office, register)
    others = {f.refers for f in register.fields if f.refers} | {s for link in register.links for s in link.slugs}
    for each in (slug, *sorted(others - {slug})):
        of = get(each)
        seen = run.preview(empty, actor(of), each, xlsx(sqlite_office, of), f"{each}.xlsx")
        assert seen.count("rejected") == 0, [str(p.message) for p in seen.errors][:3]
        run.load(empty, actor(of), seen)
    assert data(empty, register) == before


@pytest.mark.parametrize("slug", SLUGS)
def test_every_register_has_its_parts(slug: str) -> None:
    register = get(slug)
    assert register.check() == []
    assert set(register.columns) <= {"code", "status", *register.field}
    assert {"code", "status", *register.field} <= {c.name for c in tables.columns(register)}
    heads = [c.value for c in load_workbook(io.BytesIO(template(register))).worksheets[0][1]]
    assert [f.label.ja for f in register.fields if f.derive is None] == heads[: len([f for f in register.fields if f.derive is None])]
    keepers = [role for role, grant in register.may.items() if Action.EDIT in grant.actions]
    assert keepers, "nobody keeps it"
    assert register.restricted or decide(type(actor(register))("x", frozenset({"auditor"})), Action.VIEW, register), "audit cannot read it"
