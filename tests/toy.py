"""A toy register, declared in the tests alone: what a declaration gives, it must give to this one without a line more.

A library lends its books: a child row, a link, a choice, a deadline, a computed field, a personal field, a workflow.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from sqlmodel import SQLModel

from grc import export_set, register
from grc.case import Facts
from grc.charts.declare import (
    bars,
    bullet,
    by,
    due,
    gantt,
    heat,
    lines,
    mean,
    month,
    scatter,
    shares,
    stacked,
    total,
    year,
)
from grc.database import Database
from grc.kinds import COUNT, DATE, DATETIME, YEN, Choice, Option
from grc.permissions import EDIT, OWN_UNIT, VIEW
from grc.record import Record, Row, field, link, ref, rows
from grc.register import Digest, Domain, Register
from grc.states import Tone, state
from grc.text import Text
from grc.workflow import Workflow, move

LIBRARY = Domain("library", Text("図書", "Library"), "menu_book")
GENRE = Choice("genre", Option("law", "法律", "Law", ("法令",)), Option("history", "歴史", "History"))


class Loan(Row, table=True):
    """One lending of a book."""

    __tablename__ = "toy_book_loans"

    lent_on: date | None = field("貸出日", "Lent on", DATE, required=True)
    to: str | None = field("借りた人", "Lent to", required=True)


class Book(Record, table=True):
    """A book of the library."""

    __tablename__ = "toy_books"

    title: str | None = field("書名", "Title", required=True, search=True, synonyms=("本の題名",))
    shelf: str | None = field("棚", "Shelf")
    genre: str | None = field("分野", "Genre", GENRE)
    bought_on: date | None = field("購入日", "Bought on", DATE)
    price: int | None = field("価格（円）", "Price (yen)", YEN)
    copies: int | None = field("冊数", "Copies", COUNT)
    worth: int | None = field("評価額（円）", "Worth (yen)", YEN, derive=lambda v: _worth(v))
    read_at: datetime | None = field("最後に読まれた日時", "Last read at", DATETIME)
    inspect_by: date | None = field("点検期限", "Inspect by", DATE, deadline=True)
    keeper_phone: str | None = field("保管者の電話", "Keeper's telephone", personal=True)
    supplier_id: int | None = ref("suppliers", "購入先", "Bought from", create="provisional")


def _worth(values: Mapping[str, Any]) -> int | None:
    return values["price"] * (values["copies"] or 1) if values["price"] is not None else None


def same_genre(facts: Facts, book: Mapping[str, Any], _lang: str) -> list[tuple[str]]:
    """The other books of the genre."""
    return [(other["title"],) for other in facts.records("toy-books", genre=book["genre"]) if other["id"] != book["id"] and book["genre"]]


BOOKS = Register(
    Book, slug="toy-books", domain=LIBRARY, title=Text("蔵書台帳", "Books"), code="TOY-BOK", name="title",
    columns=("code", "title", "genre", "price", "inspect_by", "status"), filters=("genre",),
    keys=(("title", "shelf", "bought_on"),),
    links=(link("see_also", "toy-books", "関連する本", "See also"),),
    rows=(rows("loans", Loan, "貸出の記録", "Loans", append_only=True),),
    workflow=Workflow((
        state("draft", "下書き", "Draft", Tone.GRAY, "edit_note"),
        state("submitted", "承認待ち", "Awaiting approval", Tone.VIOLET, "approval"),
        state("shelved", "配架", "On the shelf", Tone.GREEN, "check_circle"),
        state("lost", "紛失", "Lost", Tone.RED, "error"),
    ), (
        move("submit", "提出する", "Submit", "draft", "submitted", ("risk_officer", "unit_user")),
        move("approve", "承認する", "Approve", "submitted", "shelved", ("unit_head", "risk_officer"), needs=("genre",), approves=True),
        move("lose", "紛失を記録する", "Record the loss", "shelved", "lost", ("risk_officer",), reason=True, evidence=True),
    )),
    loadable=("draft", "shelved"), initial="shelved",
    may={"risk_officer": EDIT, "unit_user": OWN_UNIT, "unit_head": VIEW},
    digests=(Digest(Text("同じ分野の本", "Books of the same genre"), (Text("題名", "Title"),), "toy-books", same_genre),),
    charts=(
        stacked("分野と状態ごとの本", "Books by genre and state", by("genre"), by("status")),
        lines("月ごとの購入額", "Spent by month", month("bought_on"), value=total("price")),
        bars("点検期限までの近さ", "How near the inspection is", due("inspect_by")),
        heat("購入先と分野", "Suppliers and genres", by("supplier_id"), by("genre"), value=mean("price")),
        gantt("購入から点検まで", "From purchase to inspection", "bought_on", "inspect_by"),
        bullet("冊数と価格", "Copies and price", "price", "copies"),
        scatter("価格と冊数", "Price and copies", "price", "copies", tint=by("genre")),
        shares("購入年度ごとの分野", "Genres by year of purchase", year("bought_on"), by("genre")),
    ),
)
if "toy-books" not in register.CATALOGUE:
    register.add(BOOKS)
    export_set.declare(export_set.ExportSet("toy-set", Text("蔵書の資料", "All about the books"), (
        export_set.Part("toy-books", where={"genre": ("law",)}, first=1), export_set.Part("suppliers"))))


def create_tables(db: Database) -> None:
    """Make the toys' tables; no migration knows them."""
    import tests.toy_letters  # noqa: F401  the other toy

    tables = [table for name, table in SQLModel.metadata.tables.items() if name.startswith("toy_")]
    with db.write() as conn:
        SQLModel.metadata.create_all(conn, tables=tables)
