"""委員会の図表: a committee's indicators and charts, as of now, for its members and who serves them."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa
import streamlit as st

from grc import calendar
from grc.charts import board as boards
from grc.charts import words
from grc.charts.board import Board
from grc.charts.figures import Figures
from grc.charts.kpis import Indicator, indicators
from grc.charts.numbers import NONE
from grc.refusal import Unknown
from grc.text import Text
from grc.ui import address, charts, links, look
from grc.ui.escape import escape
from grc.ui.viewer import Viewer

TITLE = Text("委員会の図表", "Committee boards")
PAGE = "board"
T_CHOOSE, T_TARGET = Text("委員会", "Committee"), Text("目標", "target")
T_MONTH = Text("{month}の実績", "{month}")
T_NOT_YET = Text("まだ用意できていない図が{n}つあります。", "{n} of the charts cannot be shown yet.")
T_COUNTS = Text("この図表は件数だけを示します。記録の名前や内容は出しません。", "This board shows counts alone: no names, no contents of records.")


def show(v: Viewer) -> None:
    """Draw the board that the address asks for, else the first one that the viewer may see; who may see none reads why."""
    asked = address.first(address.current(), "id")
    with v.office.db.read() as conn:
        own = boards.boards_of(conn, v.actor)
        board = boards.BOARDS.get(asked) if asked else own[0] if own else None
        verdict = boards.may_see_board(conn, v.actor, board) if board else None
    if board is None or not verdict:
        _refused(v, verdict.reason if verdict is not None else boards.NO_CHART if asked else boards.NO_BOARD, own)
        return
    with v.office.db.read() as conn:
        found, missing = _figures(conn, v, board)
        known = indicators(conn, board.kpis)
    _head(v, board, found)
    _choose(v, board, own)
    if board.counts_only:
        st.caption(v.t(T_COUNTS))
    _strip(v, known)
    charts.side_by_side(v, [(f, f"exports/boards/{board.id}/{n}.csv") for n, f in found])
    if missing:
        st.caption(v.t(T_NOT_YET.format(n=missing)))


def _refused(v: Viewer, reason: Text, own: Sequence[Board]) -> None:
    with look.heading([look.Crumb(v.t(TITLE))], v.t(TITLE)):
        pass
    st.warning(escape(v.t(reason)), icon=":material/lock:")
    for board in own:
        links.link(v.t(board.title), PAGE, {"id": board.id}, icon=":material/groups:")


def _figures(conn: sa.Connection, v: Viewer, board: Board) -> tuple[list[tuple[int, Figures]], int]:
    found: list[tuple[int, Figures]] = []
    for n in range(len(board.charts)):
        try:
            found.append((n, boards.board_figures(conn, v.actor, board, n, year=charts.year_shown(), era=address.era())))
        except Unknown:  # what it was declared over is not there
            continue
    return found, len(board.charts) - len(found)


def _head(v: Viewer, board: Board, found: Sequence[tuple[int, Figures]]) -> None:
    today = calendar.today()
    day = f"{calendar.japanese(today)}（{'月火水木金土日'[today.weekday()]}）" if v.lang != "en" else f"{today:%A, %d %B %Y}"
    stamp = words.stamp(found[0][1]) if found else calendar.tokyo(calendar.now()).strftime("%Y-%m-%d %H:%M")
    line = f"{escape(day)}　**{escape(words.AS_OF.into(v.lang))} {escape(stamp)}**"
    with look.heading([look.Crumb(v.t(TITLE)), look.Crumb(v.t(board.title))], v.t(board.title), line):
        charts.years(v, PAGE, [f for _, f in found])


def _choose(v: Viewer, board: Board, own: Sequence[Board]) -> None:
    if len(own) < 2:
        return
    st.session_state["board:id"] = board.id
    names = {b.id: b.title for b in own}
    with st.container(key="noprint_board"):
        st.selectbox(v.t(T_CHOOSE), list(names), key="board:id", format_func=lambda id: v.t(names[id]), on_change=address.from_widget,
                     args=("board:id", "id"), width=420)


def _strip(v: Viewer, some: Sequence[Indicator]) -> None:
    """The indicators side by side: figure, light in shape and word, target, of which month."""
    if not some:
        return
    cards = []
    for one in some:
        light = look.chip(one.tone, f"{one.sign} {v.t(one.light)}")
        target = f"{v.t(T_TARGET)} {v.t(one.target)}"
        month = "" if not one.month else v.t(T_MONTH.format(month=Text(calendar.japanese_month(one.month), one.month)))
        remark = "  \n".join([light, *([escape(target, lines=False)] if one.target.ja != NONE else []), *([f":small[{escape(month, lines=False)}]"] if month else [])])
        cards.append(look.Card(v.t(one.title), v.t(one.value), remark))
    look.cards(cards)
