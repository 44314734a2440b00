"""The agenda: what is due across registers and which approvals wait, each for whom it concerns, most urgent first."""

from __future__ import annotations

from datetime import timedelta

from grc import agenda, calendar, changes, query, register
from grc.office import Office
from grc.permissions import Actor
from tests import toy  # noqa: F401
from tests.engine.actors import NOBODY, OFFICER, SECOND
from tests.toy_letters import LETTERS

BOOKS = register.get("toy-books")


def letter(office: Office, subject: str, *, answered: bool = True, readers: tuple[str, ...] = ("tanaka", "sato")) -> str:
    code = changes.create(office.db, OFFICER, LETTERS.slug, {"subject": subject, "readers": [{"account": name} for name in readers]}).code
    if answered:
        changes.transition(office.db, OFFICER, LETTERS.slug, code, "answer", 1, row={"answered_on": calendar.today(), "words": "承知しました"})
    return code


def waiting(office: Office, actor: Actor) -> list[str]:
    with office.db.read() as conn:
        return [found.item.values["subject"] for found in agenda.approvals(conn, actor, [LETTERS, BOOKS])]


def test_an_approval_waits_for_who_can_give_it_now(office: Office) -> None:
    """Not for who wrote the letter (four eyes), nor while the answer is missing (a guard), nor for who may not read it."""
    letter(office, "回答あり")
    letter(office, "回答なし", answered=False)
    letter(office, "読めない", readers=("tanaka",))
    assert waiting(office, SECOND) == ["回答あり"]
    assert waiting(office, OFFICER) == []
    assert waiting(office, NOBODY) == []


def test_a_guard_that_refuses_one_does_not_hide_the_next(office: Office) -> None:
    for n in range(agenda.FAR + 5):
        letter(office, f"手紙{n}", answered=n % 2 == 0)
    assert len(waiting(office, SECOND)) == agenda.FAR / 2


def test_what_is_due_comes_soonest_first_over_several_registers(office: Office) -> None:
    today = calendar.today()
    for title, days in (("後", 20), ("先", 3), ("過ぎた", -1), ("遠い", 90)):
        changes.create(office.db, OFFICER, BOOKS.slug, {"title": title, "inspect_by": today + timedelta(days=days)})
    with office.db.read() as conn:
        found = agenda.due(conn, OFFICER, [LETTERS, BOOKS], today, today + timedelta(days=30), limit=9)
        assert [(d.item.values["title"], (d.day - today).days) for d in found] == [("先", 3), ("後", 20)]
        assert len(agenda.due(conn, OFFICER, [LETTERS, BOOKS], today, today + timedelta(days=90), limit=2)) == 2
        assert query.tallies(conn, OFFICER, {BOOKS: ["late", "soon"], LETTERS: [""]}) == {BOOKS: {"late": 1, "soon": 2}, LETTERS: {"": 0}}
