"""Who sees a committee's board: its members while their term runs, and who serves and examines all committees; nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from grc import calendar, changes, register
from grc.charts import board as boards
from grc.charts import export
from grc.charts.board import Board, Shown
from grc.charts.declare import bars, by
from grc.office import Office
from grc.permissions import ROLES, Actor, Deputy
from grc.record import Record
from grc.refusal import Forbidden, Unknown
from grc.text import Text
from tests.charts.library import fill, still
from tests.conftest import make_office

ONE = Board("T-1", "T-1", Text("蔵書委員会", "Book committee"), (
    Shown("toy-books", 0), Shown("toy-books", bars("本", "Books", by("genre"))), Shown("toy-letters", bars("手紙", "Letters", by("status")))))
OTHER = Board("T-2", "T-2", Text("館長会", "Directors"), (Shown("toy-books", 0),) * 3)


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """The library with two committees, their members, and a board each."""
    home = tmp_path_factory.mktemp("boards")
    boards.add(ONE, OTHER)
    try:
        for office in make_office(f"sqlite:///{home / 'test.db'}", home):
            fill(office)
            ids = {board.id: committee(office, board) for board in (ONE, OTHER)}
            for account, id, start, end in (("nishi", "T-1", None, None), ("mae", "T-1", None, date(2025, 11, 24)), ("ato", "T-1", date(2025, 11, 26), None),
                                            ("ima", "T-1", date(2025, 11, 25), date(2025, 11, 25)), ("inoue", "T-2", None, None)):
                member(office, account, ids[id], start, end)
            yield office
    finally:
        del boards.BOARDS["T-1"], boards.BOARDS["T-2"]


def committee(office: Office, board: Board) -> int:
    """A committee whose number, or code where the register keeps none, is the board's; however else its register may be."""
    return put(office, "committees", code=board.committee, name=board.title.ja, number=board.committee)


def member(office: Office, account: str, committee_id: int, start: date | None, end: date | None) -> None:
    put(office, "committee-members", code=f"M-{account}", name=account, committee_id=committee_id, account=account, term_start=start, term_end=end)


def put(office: Office, slug: str, **values: object) -> int:
    table = register.get(slug).table
    with office.db.write() as conn:
        common = {"status": register.get(slug).workflow.first, "created_at": calendar.now(), "updated_at": calendar.now(), "created_by": "x", "updated_by": "x",
                  "standing": "live", "provisional": False, "loaded": False, "version": 1, "printed": {}, "search": ""}
        key = conn.execute(table.insert().values({n: v for n, v in {**common, **values}.items() if n in table.c})).inserted_primary_key
    assert key is not None and issubclass(register.get(slug).model, Record)
    return int(key[0])


def sees(library: Office, name: str, *roles: str, deputy: tuple[tuple[str, str], ...] = ()) -> set[str]:
    with still(), library.db.read() as conn:
        actor = Actor(name, frozenset(roles), via="test", deputy=deputy)
        found = {board.id for board in boards.boards_of(conn, actor)}
        assert found == {board.id for board in boards.BOARDS.values() if boards.may_see_board(conn, actor, board)}
        return found


@pytest.mark.parametrize("role", ["committee", "chair"])
@pytest.mark.parametrize(("name", "found"), [("nishi", {"T-1"}), ("ima", {"T-1"}), ("inoue", {"T-2"}), ("mae", set()), ("ato", set()), ("dareka", set())])
def test_a_member_sees_the_board_of_their_committee_while_their_term_runs(library: Office, role: str, name: str, found: set[str]) -> None:
    assert sees(library, name, role) == found


@pytest.mark.parametrize("role", boards.EVERY_BOARD)
def test_who_serves_or_examines_committees_sees_every_board(library: Office, role: str) -> None:
    assert sees(library, "dareka", role) == set(boards.BOARDS)
    assert sees(library, "dareka", "unit_user", deputy=(Deputy(role, "okada"),)) == set(boards.BOARDS)


@pytest.mark.parametrize("role", sorted(set(ROLES) - {*boards.EVERY_BOARD, "committee", "chair"}))
def test_nobody_else_sees_one_be_they_a_member_or_not(library: Office, role: str) -> None:
    assert sees(library, "nishi", role) == set()
    assert not boards.may_open(Actor("nishi", frozenset({role}), via="test"))


def test_every_refusal_has_its_reason(library: Office) -> None:
    with still(), library.db.read() as conn:
        for actor in (Actor("inoue", frozenset({"chair"}), via="test"), Actor("x", frozenset({"procurement"}), via="test")):
            verdict = boards.may_see_board(conn, actor, ONE)
            assert not verdict and verdict.reason.ja and verdict.reason.en


def test_a_member_reads_the_figures_though_not_the_register(library: Office) -> None:
    with still(), library.db.read() as conn:
        nishi = Actor("nishi", frozenset({"committee"}), via="test")
        assert boards.board_figures(conn, nishi, ONE, 1).n == 9
        with pytest.raises(Forbidden):
            boards.board_figures(conn, Actor("inoue", frozenset({"chair"}), via="test"), ONE, 1)
        with pytest.raises(Unknown):  # a register that is read by some only is on no board, whatever the board says
            boards.board_figures(conn, Actor("ueda", frozenset({"secretariat"}), via="test"), ONE, 2)
        with pytest.raises(Unknown):
            boards.board_figures(conn, nishi, ONE, 3)


def trail_of(library: Office) -> list[tuple[str, str, str]]:
    from grc import trail

    with library.db.read() as conn:
        return [(e.action, e.register, e.record) for e in trail.since(conn, trail.table.c.actor == "nishi")]


def test_a_boards_file_is_written_down_and_so_is_its_refusal(library: Office) -> None:
    nishi = Actor("nishi", frozenset({"committee"}), via="test")
    with still():
        name, data = export.board_csv(library, nishi, "T-1", 1, "ja")
        assert name == "本_2025-11-25.csv"
        assert data == ("\ufeff" + '"分野","件数（件）","n","データ時点"\r\n"法律","6","6","2025-11-25 10:00"\r\n'
                        '"歴史","2","2","2025-11-25 10:00"\r\n"未記入","1","1","2025-11-25 10:00"\r\n').encode()
        assert trail_of(library)[0] == ("export", "boards", "T-1")
        with pytest.raises(Forbidden):
            export.board_csv(library, nishi, "T-2", 0, "ja")
        assert trail_of(library)[0][0] == "refuse"
        with pytest.raises(Forbidden):
            export.register_csv(library, nishi, "toy-books", 0, "ja")


def test_a_registers_file_is_neutral(library: Office) -> None:
    officer = Actor("nishi", frozenset({"risk_officer"}), via="test")
    with still():
        unit = put(library, "units", code="MST-UNT-900000", name="=cmd()")
        changes.create(library.db, officer, "toy-books", {"title": "部門の本", "unit_id": unit})
        chart = bars("部門", "Units", by("unit_id"))
        board = Board("T-3", "T-1", Text("部門", "Units"), (Shown("toy-books", chart),) * 3)
        boards.BOARDS["T-3"] = board
        try:
            _, data = export.board_csv(library, officer, "T-3", 0, "ja")
        finally:
            del boards.BOARDS["T-3"]
    assert '"\'=cmd()","1"' in data.decode()
