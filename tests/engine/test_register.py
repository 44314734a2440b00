"""A declaration is checked before anything runs: every fault has a code and its place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

import registers  # noqa: F401
from grc import register
from grc.record import link
from grc.register import Compound, Register, all_registers
from grc.text import Text
from grc.workflow import Workflow, move
from tests import toy


@pytest.mark.parametrize("one", list(all_registers()), ids=lambda r: r.slug)
def test_the_registers_of_the_house_have_no_fault(one: Register) -> None:
    assert one.check() == []


@pytest.mark.parametrize(("change", "code", "named"), [
    ({"columns": ("code", "colour")}, "register-no-field", "colour"),
    ({"keys": (("isbn",),)}, "register-no-field", "isbn"),
    ({"name": "heading"}, "register-no-field", "heading"),
    ({"compounds": (Compound(("書名と棚",), ("title", "cupboard"), lambda cell: {}),)}, "register-no-field", "cupboard"),
    ({"title": Text("蔵書", "")}, "register-no-label", "title"),
    ({"slug": "Toy Books"}, "register-bad-name", "Toy Books"),
    ({"code": "toy"}, "register-bad-name", "toy"),
    ({"initial": "burnt"}, "register-no-state", "burnt"),
    ({"may": {"librarian": toy.BOOKS.may["risk_officer"]}}, "register-no-role", "librarian"),
    ({"links": (link("lent_to", "people", "貸出先", "Lent to"),)}, "register-no-register", "people"),
    ({"workflow": Workflow(toy.BOOKS.workflow.states, (move("burn", "焼く", "Burn", "draft", "ashes", ("admin",)),))}, "register-no-state", "ashes"),
    ({"columns": ("code",) * 10}, "register-many-columns", "10"),
])
def test_every_fault_of_a_declaration_is_named(change: dict[str, Any], code: str, named: str) -> None:
    found = [(p.code, str(p.value)) for p in replace(toy.BOOKS, **change).check()]
    assert (code, named) in found


def test_an_unknown_slug_lists_those_there_are() -> None:
    with pytest.raises(Exception, match="toy-books"):
        register.get("boks")
