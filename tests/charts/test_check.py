"""A chart whose declaration does not hold is named before anything runs."""

from __future__ import annotations

import pytest

import registers  # noqa: F401
from grc.charts import board
from grc.charts.board import Board, Shown
from grc.charts.check import check
from grc.charts.declare import (
    OPEN,
    Chart,
    Touching,
    age,
    bars,
    bins,
    bullet,
    by,
    due,
    gantt,
    lines,
    month,
    ratio,
    share,
    stacked,
    total,
)
from grc.text import Text
from tests.toy import BOOKS
from tests.toy_letters import LETTERS


def of(x, **more):  # type: ignore[no-untyped-def]
    return bars("本", "Books", x, **more)


@pytest.mark.parametrize(("chart", "found"), [
    (of(by("genre")), []), (of(by("status"), where={"status": OPEN}), []), (of(by("supplier_id.pic_class"), where={"supplier_id.name": "甲"}), []),
    (of(by("color")), [("chart-no-field", "color")]), (of(by("supplier_id.color")), [("chart-no-field", "supplier_id.color")]),
    (of(by("genre.color")), [("chart-no-field", "genre.color")]), (of(by("genre"), value=total("weight")), [("chart-no-field", "weight")]),
    (of(by("genre"), value=ratio("price", "weight")), [("chart-no-field", "weight")]), (of(by("genre"), where={"x": 1}), [("chart-no-field", "x")]),
    (stacked("本", "Books", by("x"), by("y")), [("chart-no-field", "x"), ("chart-no-field", "y")]),
    (of(by("genre"), value=total("title")), [("chart-wrong-kind", "title")]), (of(by("bought_on")), [("chart-wrong-kind", "bought_on")]),
    (of(month("genre")), [("chart-wrong-kind", "genre")]), (of(age("price")), [("chart-wrong-kind", "price")]),
    (of(due("genre")), [("chart-wrong-kind", "genre")]), (of(bins("title", 1)), [("chart-wrong-kind", "title")]),
    (lines("本", "Books", month("bought_on"), plan="title"), [("chart-wrong-kind", "title")]),
    (lines("本", "Books", by("genre")), [("chart-wrong-kind", "genre")]), (gantt("本", "Books", "bought_on", "price"), [("chart-wrong-kind", "price")]),
    (bullet("本", "Books", "price", "inspect_by"), [("chart-wrong-kind", "inspect_by")]),
    (of(by("keeper_phone")), [("chart-personal", "keeper_phone")]),
    (of(by("genre"), where={"genre": ("law", "cooking")}), [("chart-no-option", "genre = cooking")]),
    (of(by("genre"), where={"status": "eaten"}), [("chart-no-option", "status = eaten")]), 
    (of(by("genre"), where={"genre": OPEN}), [("chart-no-option", "genre = Mark.OPEN")]),
    (of(by("genre"), value=share("genre", "cooking")), [("chart-no-option", "genre = cooking")]),
    (of(by("genre"), touching=Touching("see_also", "toy-books", {"genre": "law"})), []),
    (of(by("genre"), touching=Touching("authors", "toy-books", {})), [("chart-no-field", "authors → toy-books")]),
    (of(by("genre"), touching=Touching("see_also", "suppliers", {})), [("chart-no-field", "see_also → suppliers")]),
    (of(by("genre"), touching=Touching("see_also", "toy-books", {"x": 1})), [("chart-no-field", "toy-books.x")]),
])
def test_a_fault_is_named(chart: Chart, found: list[tuple[str, str]]) -> None:
    assert [(p.code, p.value) for p in check(BOOKS, chart)] == found


def test_a_registers_check_names_the_faults_of_its_charts() -> None:
    from dataclasses import replace

    assert [p.code for p in BOOKS.check()] == []
    assert "chart-no-field" in {p.code for p in replace(BOOKS, charts=(of(by("color")),)).check()}


TITLE = Text("委員会", "Committee")
THREE = (Shown("toy-books", 0),) * 3


@pytest.mark.parametrize(("shown", "counts_only", "found"), [
    (THREE, False, set()), (THREE[:2], False, {"board-few-charts"}), ((*THREE, Shown("toy-cakes", 0)), False, {"board-no-register"}),
    ((*THREE, Shown("toy-books", 99)), False, {"board-no-register"}), ((*THREE, Shown("toy-letters", of(by("status")))), False, {"board-restricted", "chart-telling"}),
    ((*THREE, Shown("toy-books", of(by("color")))), False, {"chart-no-field"}), ((*THREE, Shown("toy-books", of(by("unit_id")))), True, set()),
    ((*THREE, Shown("toy-books", of(by("title")))), True, {"board-names"}), ((*THREE, Shown("toy-books", of(by("supplier_id")))), True, {"board-names"}),
    ((*THREE, Shown("toy-books", gantt("本", "Books", "bought_on", "inspect_by"))), True, {"board-names"}),
])
def test_a_boards_faults_are_named(shown: tuple[Shown, ...], counts_only: bool, found: set[str]) -> None:
    assert {p.code for p in board.faults(Board("X", "X", TITLE, shown, counts_only=counts_only))} == found


def test_every_committee_has_a_board_of_three_charts_and_more() -> None:
    assert list(board.BOARDS) == [*(f"CM-{n:02d}" for n in range(1, 13)), "AUDIT"]
    assert [b.id for b in board.BOARDS.values() if b.committee != b.id] == ["AUDIT"] and board.BOARDS["AUDIT"].committee == ""
    assert all(len(b.charts) >= 3 and b.title.ja and b.title.en for b in board.BOARDS.values())


@pytest.mark.parametrize(("id", "flag"), [("CM-06", "is_identity_info"), ("CM-07", "is_cert_info"), ("CM-08", "is_specific_pi")])
def test_a_statutory_committee_counts_only_what_carries_its_information(id: str, flag: str) -> None:
    statutory = board.BOARDS[id]
    assert statutory.counts_only
    for shown in statutory.charts:
        assert isinstance(shown.chart, Chart)
        own = shown.slug == "personal-data-assets" and shown.chart.where.get(flag) is True
        touching = shown.chart.touching is not None and shown.chart.touching.register == "personal-data-assets" and shown.chart.touching.where == {flag: True}
        assert own or touching, shown.chart.title.ja


@pytest.mark.parametrize(("fewest", "telling"), [(1, True), (2, True), (3, False)])
def test_a_register_that_only_some_may_read_is_charted_in_groups_of_three_or_more(fewest: int, telling: bool) -> None:
    letters = bars("手紙", "Letters", by("status"), fewest=fewest)
    assert bool(check(LETTERS, letters)) is telling
    assert check(LETTERS, gantt("手紙", "Letters", "closed_on", "closed_on"))
