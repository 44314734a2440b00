"""Default deny: each cell of role × action is asserted allowed or refused, never only the allowed ones."""

from __future__ import annotations

from pathlib import Path

import pytest

import registers  # noqa: F401
from grc.permissions import EVERYWHERE, OPERATOR, ROLES, Action, Actor, decide, visible
from grc.register import all_registers, get

TABLE = Path(__file__).with_name("permissions.txt")
LETTERS = {"V": {Action.VIEW, Action.DOWNLOAD, Action.EXPORT}, "v": {Action.VIEW, Action.DOWNLOAD}, "E": set(Action),
           "O": set(Action) - {Action.IMPORT}, "a": {Action.VIEW, Action.DOWNLOAD, Action.EXPORT, Action.EDIT, Action.ATTACH}}
"""What a letter of the table allows; a mark behind it: ``*`` only own or named rows, ``/`` only the own unit's rows."""


def reviewed() -> dict[str, dict[str, str]]:
    """The table that was reviewed by hand: who may do what where; a role that is not named may do nothing."""
    lines = (line.split() for line in TABLE.read_text("utf-8").splitlines() if line and not line.startswith("#"))
    return {slug: dict(word.split("=") for word in words) for slug, *words in lines}


MATRIX = reviewed()


@pytest.mark.parametrize("slug", sorted(MATRIX))
def test_each_role_may_exactly_what_the_reviewed_table_says(slug: str) -> None:
    for role in (*ROLES, OPERATOR, "no-such-role", ""):
        actor = Actor("x", frozenset({role} if role else ()))
        allowed = {a for a in Action if decide(actor, a, get(slug))}
        letter = MATRIX[slug].get(role, "")
        assert allowed == (LETTERS[letter[0]] if letter else set()), f"{slug} {role}"
        assert (visible(actor, get(slug)) is not None) == letter.endswith("*") or not letter, f"{slug} {role}: which rows"


def test_every_register_of_the_house_has_its_line_in_the_table() -> None:
    assert {r.slug for r in all_registers() if not r.slug.startswith("toy-")} == set(MATRIX)


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
    assert all(EVERYWHERE[r].actions == LETTERS["V"] for r in ("auditor", "audit_chief", "kanji"))
