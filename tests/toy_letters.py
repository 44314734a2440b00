"""A second toy register, for what depends on other records: guards, effects, acts that append, rows for some eyes only.

A post room: letters about books, readable by those named in them, answered by one person and closed by another.
"""

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

from grc import register
from grc.case import Case, Change, Consequence, Create
from grc.kinds import COUNT, DATE
from grc.permissions import EDIT, VIEW
from grc.record import Record, Row, field, link, rows
from grc.register import Register
from grc.scope import Named
from grc.states import Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from tests.toy import LIBRARY


class Reader(Row, table=True):
    """Who may read a letter."""

    __tablename__ = "toy_letter_readers"

    account: str | None = field("利用者名", "Account", required=True)


class Answer(Row, table=True):
    """One answer to a letter."""

    __tablename__ = "toy_letter_answers"

    answered_on: date | None = field("回答日", "Answered on", DATE, required=True)
    words: str | None = field("回答", "Words", required=True)


class Letter(Record, table=True):
    """A letter."""

    __tablename__ = "toy_letters"

    subject: str | None = field("用件", "Subject", required=True, search=True)
    weight: int | None = field("重さ（g）", "Weight (g)", COUNT)
    answer_count: int | None = field("回答数", "Answers", COUNT, derive=lambda v: len(v["answers"]))
    closed_on: date | None = field("終了日", "Closed on", DATE)


def not_lighter(case: Case) -> Text | None:
    """A letter does not lose weight."""
    before = (case.before or {}).get("weight")
    if before is not None and (case.values["weight"] or 0) < before:
        return Text("手紙は軽くなりません。", "A letter does not get lighter.")
    return None


def answered(case: Case) -> Text | None:
    """A letter is closed when a book that it is about was answered for."""
    return None if case.values["answers"] else Text("回答がまだありません。", "There is no answer yet.")


def keeper_only(case: Case) -> Text | None:
    """Heavy letters are the second officer's alone."""
    if (case.values["weight"] or 0) >= 1000 and case.actor.name != "sato" and not case.by_operator:
        return Text("1kg以上の手紙は佐藤さんの担当です。", "Letters of 1 kg and more are for Sato.")
    return None


def ask_for_shelf(case: Case) -> Iterable[Consequence]:
    """A letter about books asks for each book to be inspected; one that is marked urgent makes a new book record."""
    for slug, id in case.values["books"]:
        yield Change(slug, id, Text("手紙が届いた", "a letter came"), {"inspect_by": case.today})
    if case.is_new and case.values["subject"] == "寄贈":
        yield Create("toy-books", {"title": "寄贈された本"}, Text("寄贈の手紙", "a letter of donation"), status="shelved")


def today_of(case: Case) -> Mapping[str, Any]:
    """The day of the move."""
    return {"closed_on": case.today}


LETTERS = Register(
    Letter, slug="toy-letters", domain=LIBRARY, title=Text("手紙", "Letters"), code="TOY-LET", name="subject",
    columns=("code", "subject", "answer_count", "status"), keys=(("subject",),),
    links=(link("books", "toy-books", "関係する本", "Books"),),
    rows=(rows("readers", Reader, "読める人", "Readers"), rows("answers", Answer, "回答の記録", "Answers", append_only=True)),
    workflow=Workflow((state("open", "受付", "Open", Tone.BLUE, "mail"), state("closed", "終了", "Closed", Tone.GREEN, "check_circle")), (
        move("answer", "回答する", "Answer", "open", None, ("risk_officer",), appends="answers"),
        move("close", "終える", "Close", "open", "closed", ("risk_officer",), approves=True, guards=(answered,), sets=today_of),
        move("reopen", "再開する", "Reopen", "closed", "open", ("risk_officer",), reason=True),
    ), closed=("closed",)),
    guards=(not_lighter,), reserved=keeper_only, effects=(ask_for_shelf,), scope=Named("readers"), restricted=True,
    may={"risk_officer": EDIT, "unit_head": VIEW},
)
if "toy-letters" not in register.CATALOGUE:
    register.add(LETTERS)
