"""Figures against rows that were counted by hand, on both databases: every dimension, measure, condition and form."""

from __future__ import annotations

from datetime import date

import pytest

from grc.charts.classes import SAYS_NOTHING
from grc.charts.declare import (
    FILLED,
    OPEN,
    Touching,
    age,
    arrows,
    bars,
    bins,
    bullet,
    by,
    due,
    gantt,
    heat,
    lines,
    mean,
    month,
    ratio,
    scatter,
    share,
    stacked,
    total,
    year,
)
from grc.charts.figures import figures
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Forbidden
from tests.charts.library import ask, counted
from tests.engine.actors import NOBODY, OFFICER, SECOND
from tests.toy import BOOKS

NONE = SAYS_NOTHING.ja


def of(x, value=None, **more):  # type: ignore[no-untyped-def]
    return bars("本", "Books", x, **({"value": value} if value else {}), **more)


def test_a_choice_is_counted_in_the_order_of_its_options_and_what_says_nothing_comes_last(library: Office) -> None:
    f = ask(library, of(by("genre")))
    assert list(counted(f).items()) == [("法律", 6), ("歴史", 2), (NONE, 1)]
    assert f.n == 9, "the void one is not counted"


def test_states_stand_in_the_order_of_the_workflow_with_their_tones(library: Office) -> None:
    f = ask(library, of(by("status")))
    assert list(counted(f).items()) == [("下書き", 4), ("承認待ち", 1), ("配架", 3), ("紛失", 1)]
    assert [c.colour for c in f.xs] == ["gray", "violet", "green", "red"]


def test_a_state_without_records_is_nought(library: Office) -> None:
    assert counted(ask(library, of(by("status"), where={"genre": "history"}))) == {"下書き": 1, "承認待ち": 0, "配架": 0, "紛失": 1}


def test_months_are_those_of_the_running_fiscal_year_in_time(library: Office) -> None:
    f = ask(library, of(month("bought_on"), total("price")))
    assert f.year == 2025
    assert [c.label.ja for c in f.xs] == ["4月", "5月", "6月", "7月", "8月", "9月", "10月", "11月", "12月", "1月", "2月", "3月"]
    assert {k: v for k, v in counted(f).items() if v} == {"4月": 300, "8月": 900, "10月": 300, "11月": 400, "3月": 800}
    assert f.n == 6 and f.blank == 1, "two are of other years, one has no date"


def test_another_year_may_be_asked_for(library: Office) -> None:
    f = ask(library, of(month("bought_on")), year=2023)
    assert {k: v for k, v in counted(f).items() if v} == {"3月": 1} and f.n == 1


def test_without_records_in_the_running_year_the_last_year_with_some_is_shown(library: Office) -> None:
    assert ask(library, of(month("bought_on"), where={"title": ("五", "六")})).year == 2024
    assert ask(library, of(month("bought_on"), where={"title": "無"})).year == 2025


def test_the_month_of_a_moment_is_that_of_tokyo(library: Office) -> None:
    assert {k: v for k, v in counted(ask(library, of(month("read_at")))).items() if v} == {"4月": 2, "5月": 1}


def test_fiscal_years_follow_each_other_without_gaps(library: Office) -> None:
    f = ask(library, of(year("bought_on")))
    assert list(counted(f).items()) == [("R5年度", 1), ("R6年度", 1), ("R7年度", 6)] and f.blank == 1
    assert list(counted(ask(library, of(year("read_at")))).items()) == [("R7年度", 3)]


def test_ages_end_at_their_edges(library: Office) -> None:
    assert list(counted(ask(library, of(age("bought_on", 30, 90)))).items()) == [("30日以内", 3), ("31–90日", 1), ("90日超", 4)]


def test_deadlines_leave_out_what_has_ended(library: Office) -> None:
    assert list(counted(ask(library, of(due("inspect_by")))).items()) == [("期限超過", 2), ("30日以内", 2), ("31日以上先", 2), ("期限なし", 2)]


def test_numbers_fall_into_their_classes(library: Office) -> None:
    f = ask(library, of(bins("copies", 1, 2, 5)))
    assert list(counted(f).items()) == [("1以下", 2), ("2", 1), ("3–5", 2), ("5超", 1)] and f.blank == 3


def test_a_class_may_begin_at_its_edge(library: Office) -> None:
    """Whole numbers and others alike: 99 % is in the class that says 99 % and more."""
    assert counted(ask(library, of(bins("copies", 1, 2, 4, from_edge=True)))) == {"1未満": 1, "1以上2未満": 1, "2以上4未満": 2, "4以上": 2}


def test_small_numbers_stand_without_gaps(library: Office) -> None:
    assert list(counted(ask(library, of(by("copies"), where={"copies": (1, 4)}))).items()) == [("1", 1), ("2", 0), ("3", 0), ("4", 1)]


def test_a_reference_is_named_and_the_largest_comes_first(library: Office) -> None:
    assert list(counted(ask(library, of(by("supplier_id")))).items()) == [("丙", 3), ("甲", 2), ("乙", 2), (NONE, 2)]


def test_a_path_leads_over_a_reference_and_an_empty_one_says_nothing(library: Office) -> None:
    f = ask(library, stacked("本", "Books", by("supplier_id.pic_class"), by("genre"), where={"supplier_id.name": ("甲", "乙")}))
    known = {k: v for k, v in counted(f).items() if v}
    assert known == {("公財", "法律"): 2, (NONE, "法律"): 1, (NONE, "歴史"): 1}


@pytest.mark.parametrize(("where", "n"), [
    ({"genre": "law"}, 6), ({"genre": ("law", None)}, 7), ({"genre": None}, 1), ({"genre": FILLED}, 8), ({"status": OPEN}, 8),
    ({"status": "lost"}, 1), ({"supplier_id.status": OPEN}, 7), ({"genre": "law", "copies": 3}, 1), ({"title": "'; drop table toy_books; --"}, 0)])
def test_conditions_are_values_several_of_them_nothing_something_or_open(library: Office, where: dict[str, object], n: int) -> None:
    assert ask(library, of(by("status"), where=where)).n == n


def test_sum_and_mean_count_only_what_says_something(library: Office) -> None:
    f = ask(library, of(by("genre"), mean("copies")))
    assert counted(f) == {"法律": 4.7, "歴史": 3.0, NONE: 0.0} and f.n == 6 and f.blank == 3
    assert counted(ask(library, of(by("genre"), total("price")))) == {"法律": 2300, "歴史": 900, NONE: 600}


def test_a_share_is_of_those_that_say_something_and_none_without_any(library: Office) -> None:
    f = ask(library, of(by("status"), share("genre", "law")))
    assert counted(f) == {"下書き": 66.7, "承認待ち": 100.0, "配架": 100.0, "紛失": 0.0} and f.n == 8
    assert counted(ask(library, of(by("genre"), share("status", OPEN)))) == {"法律": 100.0, "歴史": 50.0, NONE: 100.0}
    nothing = ask(library, of(by("status"), share("shelf", "A"), where={"title": "九"}))
    assert counted(nothing)["下書き"] is None and nothing.n == 0


def test_a_ratio_takes_records_with_both_and_is_none_over_nought(library: Office) -> None:
    f = ask(library, of(by("genre"), ratio("price", "copies")))
    assert counted(f) == {"法律": 8571.4, "歴史": 15000.0, NONE: None}
    assert f.n == 6


def test_a_matrix_without_a_record_in_a_cell_says_that_it_is_not_known(library: Office) -> None:
    f = ask(library, heat("本", "Books", by("genre"), by("supplier_id"), value=mean("price")))
    assert counted(f)[("歴史", "甲")] is None and counted(f)[("法律", "甲")] == 150.0


def test_a_line_of_series_has_a_group_for_each_month_and_series(library: Office) -> None:
    f = ask(library, lines("本", "Books", month("bought_on"), by("genre")))
    assert len(f.groups) == 24 and counted(f)[("4月", "法律")] == 2 and counted(f)[("11月", "歴史")] == 1


def test_a_risk_without_grades_has_no_place_in_the_matrix(library: Office) -> None:
    f = ask(library, heat("本", "Books", by("copies"), by("copies"), levels=(5, 15)))
    assert (f.n, f.blank) == (6, 3) and None not in {c.key for c in f.xs}
    assert {c.key for c in f.xs} >= {1, 2, 3, 4, 5}


def test_texts_that_begin_with_a_number_go_by_it(library: Office) -> None:
    table = BOOKS.table
    with library.db.engine.begin() as conn:
        for title, shelf in (("一", "10-2"), ("二", "2"), ("三", "10-1")):
            conn.execute(table.update().where(table.c.title == title).values(shelf=shelf))
        try:
            asked = figures(conn, OFFICER, BOOKS, of(by("shelf"), where={"shelf": ("2", "10-1", "10-2")}))
        finally:
            conn.rollback()
    assert [c.label.ja for c in asked.xs] == ["2", "10-1", "10-2"]


def test_at_most_six_series_the_smallest_are_the_rest(library: Office) -> None:
    f = ask(library, stacked("本", "Books", by("genre"), by("shelf")))
    assert len(f.series) == 6 and [s.label.ja for s in f.series[-2:]] == ["その他", NONE]
    assert f.series[0].label.ja == "A" and f.n == 9


def test_small_groups_are_left_out_and_so_is_their_sum(library: Office) -> None:
    f = ask(library, of(by("genre"), fewest=2))
    assert counted(f) == {"法律": 6, "歴史": 2} and f.n == 8 and f.blank == 0
    assert ask(library, of(bins("copies", 1, 2), fewest=2)).blank == 0


def test_touching_asks_for_records_linked_to_others(library: Office) -> None:
    about_law = Touching("books", "toy-books", {"genre": "law"})
    assert ask(library, of(by("status"), touching=about_law), slug="toy-letters").n == 1
    assert ask(library, of(by("status"), touching=Touching("books", "toy-books", {"genre": "history"})), slug="toy-letters").n == 2
    assert ask(library, of(by("genre"), touching=Touching("supplier_id", "suppliers", {"name": "乙"}))).n == 2


def test_a_reader_counts_the_rows_that_they_may_see(library: Office) -> None:
    assert ask(library, of(by("status")), slug="toy-letters", actor=OFFICER).n == 2
    assert ask(library, of(by("status")), slug="toy-letters", actor=SECOND).n == 1


def test_a_stranger_counts_nothing(library: Office) -> None:
    with pytest.raises(Forbidden):
        ask(library, of(by("status")), actor=NOBODY)


def test_who_may_not_see_what_a_chart_reads_may_not_see_the_chart(library: Office) -> None:
    head = Actor("head", frozenset({"unit_head"}), via="test")
    assert ask(library, of(by("status")), actor=head).n == 9
    borrower = of(by("status"), touching=Touching("books", "toy-books", {"genre": "law"}))
    with pytest.raises(Forbidden):
        ask(library, borrower, slug="toy-letters", actor=Actor("x", frozenset({"auditor"}), via="test"))


def test_a_board_reads_no_register_that_only_some_may_read(library: Office) -> None:
    with pytest.raises(Forbidden):
        ask(library, of(by("status")), slug="toy-letters", board=True)
    assert ask(library, of(by("genre")), actor=NOBODY, board=True).n == 9


def test_a_gantt_has_a_bar_for_each_record_with_both_days_in_time(library: Office) -> None:
    f = ask(library, gantt("本", "Books", "bought_on", "inspect_by"))
    assert [p.name for p in f.points] == ["六", "五", "一", "二", "九", "三", "八"]
    assert f.points[2].x == date(2025, 4, 10) and f.points[2].state.label.ja == "下書き"
    assert (f.n, f.of, f.blank) == (7, 7, 2)


def test_a_bullet_has_what_was_set_and_what_was_reached_if_it_is_known(library: Office) -> None:
    f = ask(library, bullet("本", "Books", "price", "copies", where={"genre": "law"}))
    assert [(p.x, p.y) for p in f.points] == [(100, 1), (200, 3), (300, None), (800, None), (900, 10)]


def test_arrows_go_from_what_was_to_what_is_the_highest_first(library: Office) -> None:
    f = ask(library, arrows("本", "Books", "price", "copies"))
    assert [(p.name, p.x, p.y) for p in f.points] == [("九", 900, 10), ("五", 500, 4), ("二", 200, 3), ("四", 400, 2), ("一", 100, 1), ("六", 600, 0)]
    assert f.blank == 3


def test_a_line_knows_what_was_to_be_reached_at_each_point(library: Office) -> None:
    f = ask(library, lines("本", "Books", month("bought_on"), value=total("price"), plan="copies"))
    assert {x.label.ja: value for x, value in f.plan.items() if value is not None} == {"4月": 2, "8月": 10, "11月": 2}
    assert ask(library, lines("本", "Books", month("bought_on"))).plan == {}


def test_a_scatter_has_a_point_for_each_record_with_both_numbers(library: Office) -> None:
    f = ask(library, scatter("本", "Books", "price", "copies", tint=by("genre")))
    assert {(p.x, p.y, p.tint.label.ja if p.tint else "") for p in f.points} >= {(100, 1, "法律"), (500, 4, "歴史"), (600, 0, NONE)}
    assert f.n == 6 and [s.label.ja for s in f.series] == ["法律", "歴史", NONE]


def test_forty_records_are_drawn_and_it_is_known_of_how_many(sqlite_library: Office) -> None:
    from grc.charts import marks

    before, marks.MOST["gantt"] = marks.MOST["gantt"], 3
    try:
        f = ask(sqlite_library, gantt("本", "Books", "bought_on", "inspect_by"))
    finally:
        marks.MOST["gantt"] = before
    assert [p.name for p in f.points] == ["九", "三", "八"] and (f.n, f.of) == (3, 7)


def test_on_a_board_records_go_by_their_numbers_unless_one_may_read_them(library: Office) -> None:
    chart = gantt("本", "Books", "bought_on", "inspect_by")
    assert {p.name for p in ask(library, chart, actor=NOBODY, board=True).points} == {""}
    assert "一" in {p.name for p in ask(library, chart, actor=OFFICER, board=True).points}
