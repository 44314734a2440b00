"""Charts on pages: in the place of a register's rows, and on the boards of committees."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from streamlit.testing.v1 import AppTest

import registers  # noqa: F401
from grc.charts import board as boards
from grc.charts.board import Board, Shown
from grc.charts.declare import bars, by
from grc.office import Office
from grc.permissions import Actor
from grc.text import Text
from grc.ui import charts
from tests.charts.library import ask, fill, still
from tests.charts.test_board import committee, member
from tests.conftest import make_office
from tests.engine.actors import NOBODY, OFFICER
from tests.ui.app import draw, words

BOARD = Board("T-1", "T-1", Text("蔵書委員会", "Book committee"), (
    Shown("toy-books", 0), Shown("toy-books", 1), Shown("toy-books", bars("棚", "Shelves", by("shelf"), where={"title": "無"})), Shown("toy-cakes", 0)), kpis=("K05",))
NISHI = Actor("nishi", frozenset({"committee"}), "西 真理", via="test")
UEDA = Actor("ueda", frozenset({"secretariat"}), "上田 桂", via="test")
JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The library, and a committee with one member and a board."""
    folder = tmp_path_factory.mktemp("ui")
    boards.add(BOARD)
    try:
        for office in make_office(f"sqlite:///{folder / 'test.db'}", folder):
            fill(office)
            member(office, "nishi", committee(office, BOARD), None, None)
            yield office
    finally:
        del boards.BOARDS["T-1"]


def drawn(at: AppTest) -> int:
    return len(at.get("arrow_vega_lite_chart")) + len(at.get("vega_lite_chart"))


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_the_list_offers_charts_and_draws_them_only_when_asked(home: Office, lang: str) -> None:
    with still():
        rows, shown = draw("toy-books", home, OFFICER, lang), draw("toy-books", home, OFFICER, lang, charts="1")
    assert drawn(rows) == 0 and drawn(shown) == 8
    assert len(shown.title) == 1 and not shown.dataframe
    said = words(shown)
    assert ("図は、" if lang == "ja" else "Charts count") in said
    assert f"/exports/toy-books/charts/0.csv?lang={lang}" in said and f"/exports/toy-books/charts/1.csv?lang={lang}&fy=2025" in said


def test_a_register_without_charts_offers_none(home: Office) -> None:
    with still():
        assert "図" not in words(draw("units", home, OFFICER, charts="1"))


def test_who_may_not_see_a_register_sees_none_of_its_charts(home: Office) -> None:
    with still():
        at = draw("toy-books", home, NOBODY, charts="1")
    assert drawn(at) == 0 and "権限がありません" in words(at)


def test_what_a_table_counts_leads_to_its_rows(home: Office) -> None:
    f = ask(home, bars("本", "Books", by("genre"), where={"status": ("draft", "lost"), "shelf": "D"}))
    assert charts.rows_of(f, f.xs[0], None) == {"f_status": ["draft", "lost"], "f_shelf": ["D"], "f_genre": ["law"]}
    assert charts.rows_of(f, f.xs[-1], None) is not None
    nothing = ask(home, bars("本", "Books", by("genre")))
    assert charts.rows_of(nothing, nothing.xs[-1], None) is None, "no filter asks for what says nothing"
    over = ask(home, bars("本", "Books", by("supplier_id.pic_class")))
    assert all(charts.rows_of(over, x, None) is None for x in over.xs)
    with still():
        said = words(draw("toy-books", home, OFFICER, charts="1"))
    assert "[3](/toy-books?f_genre=law&f_status=shelved)" in said


@pytest.mark.parametrize("lang", ["ja", "en"])
def test_a_member_reads_their_board(home: Office, lang: str) -> None:
    with still():
        at = draw("board", home, NISHI, lang)
    said = words(at).replace("\\", "")
    assert [t.value for t in at.title] == [BOARD.title.into(lang)] and drawn(at) == 2
    assert "2025-11-25 10:00" in said and "/exports/boards/T-1/0.csv" in said
    assert ("当てはまる記録がない" if lang == "ja" else "nothing to draw") in said, "a chart without records says so"
    assert ("まだ用意できていない図が1つ" if lang == "ja" else "1 of the charts cannot be shown yet") in said
    assert "(/toy-books?" not in said, "a member cannot open the register, so nothing leads there"
    assert not at.selectbox, "with one board there is nothing to choose"


def test_another_committees_board_is_refused_with_its_reason(home: Office) -> None:
    with still():
        at = draw("board", home, NISHI, id="CM-02")
    assert drawn(at) == 0 and "リスク管理委員会の委員と委員会事務局" in words(at)


@pytest.mark.parametrize(("actor", "reason"), [(NOBODY, "任期中の委員会がない"), (Actor("x", frozenset({"chair"}), via="test"), "任期中の委員会がない")])
def test_who_may_see_no_board_reads_why(home: Office, actor: Actor, reason: str) -> None:
    with still():
        assert reason in words(draw("board", home, actor))


def test_an_unknown_board_is_not_there(home: Office) -> None:
    with still():
        assert "この図はありません" in words(draw("board", home, UEDA, id="CM-99"))


def test_the_secretariat_chooses_among_all_boards(home: Office) -> None:
    with still():
        at = draw("board", home, UEDA, id="T-1")
    assert list(at.selectbox[0].options) == [b.title.ja for b in boards.BOARDS.values()]
    assert "(/toy-books?" not in words(at)


@pytest.mark.parametrize("id", [f"CM-{n:02d}" for n in range(1, 13)])
def test_every_board_draws(home: Office, id: str) -> None:
    with still():
        at = draw("board", home, UEDA, "en", id=id)
    assert [t.value for t in at.title] == [boards.BOARDS[id].title.en]
    assert not JAPANESE.search(words(at))


def test_home_leads_a_member_to_their_board_and_nobody_of_the_staff(home: Office) -> None:
    with still():
        at = draw("home", home, NISHI)
        assert "蔵書委員会の図表" in [str(link.label) for link in at.get("page_link")] or "蔵書委員会の図表" in words(at)
        assert "図表" not in words(draw("home", home, UEDA))
        assert "図表" not in words(draw("home", home, Actor("nishi", frozenset({"committee", "unit_head"}), via="test")))
