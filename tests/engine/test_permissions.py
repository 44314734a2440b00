"""Default deny: each cell of role × action is asserted allowed or refused, never only the allowed ones."""

from __future__ import annotations

import pytest

import registers  # noqa: F401
from grc.permissions import EVERYWHERE, OPERATOR, ROLES, Action, Actor, decide
from grc.register import get

READ = {Action.VIEW, Action.DOWNLOAD, Action.EXPORT}
ALL = set(Action)
MATRIX = {  # reviewed by hand: who may do what where; a role that is not named may do nothing
    "suppliers": {"procurement": ALL, "procurement_head": ALL, OPERATOR: ALL} | dict.fromkeys(
        ("risk_officer", "security_office", "ciso", "cro", "unit_user", "unit_head", "secretariat", "auditor", "audit_chief", "kanji"), READ),
    "units": {"admin": ALL, OPERATOR: ALL} | dict.fromkeys(
        ("unit_user", "unit_head", "risk_officer", "privacy_manager", "security_office", "ciso", "cro", "procurement", "procurement_head",
         "secretariat", "auditor", "audit_chief", "kanji"), READ),
}
MATRIX["contracts"] = MATRIX["subcontracting-consents"] = MATRIX["suppliers"]


@pytest.mark.parametrize("slug", sorted(MATRIX))
@pytest.mark.parametrize("role", [*ROLES, OPERATOR, "no-such-role", ""])
def test_each_role_may_exactly_what_the_reviewed_table_says(slug: str, role: str) -> None:
    actor = Actor("x", frozenset({role} if role else ()))
    allowed = {a for a in Action if decide(actor, a, get(slug))}
    assert allowed == MATRIX[slug].get(role, set())


def test_every_register_of_the_house_has_its_line_in_the_table() -> None:
    from registers.procurement import REGISTERS

    assert {r.slug for r in REGISTERS} | {"units"} == set(MATRIX)


def test_a_refusal_says_why_and_whom_to_ask() -> None:
    verdict = decide(Actor("x", frozenset({"committee"})), Action.EDIT, get("contracts"))
    assert not verdict
    assert "契約台帳" in verdict.reason.ja and "契約担当" in verdict.reason.ja
    assert "Contracts" in verdict.reason.en and "Procurement" in verdict.reason.en


def test_an_unknown_action_is_refused_for_everybody() -> None:
    for role in (*ROLES, OPERATOR):
        assert not decide(Actor("x", frozenset({role})), "burn", get("contracts"))  # type: ignore[arg-type]


def test_audit_reads_everywhere_and_changes_nothing() -> None:
    assert {r for r in EVERYWHERE if r != OPERATOR} == {"auditor", "audit_chief", "kanji"}
    assert all(EVERYWHERE[r].actions == READ for r in ("auditor", "audit_chief", "kanji"))
