"""A committee's board: the charts and indicators of its remit, counted over all rows, for its members and who serves them.

Whoever sees a board reads figures of registers that they may not open: so no board reads a register that is restricted or
shows its rows to some eyes only, and a board of counts (``counts_only``) names nothing: no record, no free text.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import sqlalchemy as sa

from grc.charts.check import check
from grc.charts.columns import sources, way
from grc.charts.declare import PER_RECORD, Chart
from grc.charts.figures import Figures, figures
from grc.kinds import Line, LongText, Ref
from grc.permissions import ALLOWED, Actor, Verdict
from grc.problem import Problem, fault
from grc.record import LIVE
from grc.refusal import Forbidden, Unknown
from grc.register import CATALOGUE, Register
from grc.scope import Member
from grc.text import Text
from grc.units import UNITS

EVERY_BOARD = ("secretariat", "cro", "risk_officer", "auditor", "audit_chief", "kanji")
"""The roles that see every board."""
MEMBERS = ("committee", "chair")
"""The roles that see the boards of their own committees."""
COMMITTEES, MEMBERSHIP = "committees", Member("committee_id", "committee-members", "committee_id")
"""The register of committees, and the one that says who belongs to which."""

NOT_YOURS = Text("この図表は、{title}の委員と委員会事務局が見るものです。必要なときは委員会事務局に頼んでください。",
                 "This board is for the members of {title} and its secretariat. If you need it, ask the secretariat.")
NO_BOARD = Text("いま任期中の委員会がないので、見られる図表はありません。委員名簿を委員会事務局に確かめてください。",
                "You are not a member of any committee today, so there is no board for you. Ask the secretariat about the list of members.")
NO_ROLE = Text("委員会の図表は、委員・委員長、委員会事務局、リスク管理担当、監査の人が見るものです。",
               "Committee boards are for members, the secretariat, the risk officer and audit.")
NO_CHART = Text("この図はありません。", "There is no such chart.")

_FEW = fault("board-few-charts", "図が3つに足りません。", "fewer than three charts.")
_NO_REGISTER = fault("board-no-register", "「{value}」という台帳はありません。", 'there is no register "{value}".')
_CLOSED = fault("board-restricted", "見る人を限った台帳「{value}」は図表にできません。", 'the register "{value}" is read by some only.')
_NAMES = fault("board-names", "件数だけの図表なのに「{value}」を示します。", 'shows "{value}" on a board of counts.')


@dataclass(frozen=True, slots=True)
class Shown:
    """A chart on a board: of which register; one that the register declares (its place), or one of the board's own."""

    slug: str
    chart: int | Chart


@dataclass(frozen=True, slots=True)
class Board:
    """One committee's board. ``committee``: the committee's number in its register; ``kpis``: numbers of indicators."""

    id: str
    committee: str
    title: Text
    charts: tuple[Shown, ...]
    kpis: tuple[str, ...] = ()
    counts_only: bool = False


BOARDS: dict[str, Board] = {}


def add(*boards: Board) -> None:
    """Put boards into the catalogue; two of one id are a mistake of ours (``ValueError``)."""
    for board in boards:
        if board.id in BOARDS:
            raise ValueError(f"two boards are called {board.id}")
        BOARDS[board.id] = board


def get(id: str) -> Board:
    """The board of that id (``Unknown``)."""
    if id not in BOARDS:
        raise Unknown(Text(f"「{id}」という図表はありません。", f'There is no board "{id}".'))
    return BOARDS[id]


def may_open(actor: Actor) -> Verdict:
    """Whether the page of boards is for them at all."""
    return ALLOWED if _held(actor) & {*EVERY_BOARD, *MEMBERS} else Verdict(False, NO_ROLE)


def may_see_board(conn: sa.Connection, actor: Actor, board: Board) -> Verdict:
    """Whether somebody may see a board, and why not: members only their own committees', while their term runs."""
    if _held(actor) & set(EVERY_BOARD):
        return ALLOWED
    if not _held(actor) & set(MEMBERS):
        return Verdict(False, NO_ROLE)
    return ALLOWED if board.committee in _own(conn, actor) else Verdict(False, NOT_YOURS.format(title=board.title))


def boards_of(conn: sa.Connection, actor: Actor) -> list[Board]:
    """The boards that somebody may see, in order."""
    if _held(actor) & set(EVERY_BOARD):
        return list(BOARDS.values())
    own = _own(conn, actor)
    return [board for board in BOARDS.values() if board.committee in own]


def _held(actor: Actor) -> frozenset[str]:
    return actor.roles | {d.role for d in actor.deputy}  # who decides for somebody may read what they read


def _own(conn: sa.Connection, actor: Actor) -> set[str]:
    """The numbers of the committees of which somebody is a member today, or decides in a member's place."""
    names = [*([actor.name] if actor.roles & set(MEMBERS) else []), *(d.grantor for d in actor.deputy if d.role in MEMBERS)]
    c = CATALOGUE[COMMITTEES].table.c
    number: sa.ColumnElement[str] = c.get("number", c.code)
    mine = sa.or_(sa.false(), *(c.id.in_(MEMBERSHIP.mine(name)) for name in names))
    return set(conn.scalars(sa.select(sa.func.coalesce(number, c.code)).where(mine, c.standing == LIVE)))


def chart_at(board: Board, n: int) -> tuple[Register, Chart]:
    """The ``n``-th chart of a board and its register (``Unknown``)."""
    if not 0 <= n < len(board.charts) or board.charts[n].slug not in CATALOGUE:
        raise Unknown(NO_CHART)
    shown = board.charts[n]
    register = CATALOGUE[shown.slug]
    if isinstance(shown.chart, Chart):
        return register, shown.chart
    if not 0 <= shown.chart < len(register.charts):
        raise Unknown(NO_CHART)
    return register, register.charts[shown.chart]


def board_figures(conn: sa.Connection, actor: Actor, board: Board, n: int, *, year: int | None = None, era: bool = True) -> Figures:
    """The figures of a board's chart, over all rows. Raises ``Forbidden``; ``Unknown`` where its declaration does not hold."""
    verdict = may_see_board(conn, actor, board)
    if not verdict:
        raise Forbidden(verdict.reason)
    register, chart = chart_at(board, n)
    if _chart_faults(board, register, chart, board.id):
        raise Unknown(NO_CHART)
    return figures(conn, actor, register, chart, year=year, era=era, board=True)


def faults(board: Board) -> list[Problem]:
    """Every fault of a board's declaration."""
    return list(_faults(board))


def all_faults() -> list[Problem]:
    """Every fault of every board."""
    return [problem for board in BOARDS.values() for problem in _faults(board)]


def _faults(board: Board) -> Iterator[Problem]:
    if len(board.charts) < 3:
        yield _FEW(field=board.id)
    for n, shown in enumerate(board.charts):
        if shown.slug not in CATALOGUE:
            yield _NO_REGISTER(field=board.id, value=shown.slug)
            continue
        try:
            register, chart = chart_at(board, n)
        except Unknown as refusal:
            yield _NO_REGISTER(field=f"{board.id} {refusal.message.ja}", value=f"{shown.slug} {shown.chart}")
            continue
        yield from _chart_faults(board, register, chart, board.id)


def _chart_faults(board: Board, register: Register, chart: Chart, where: str) -> list[Problem]:
    found = check(register, chart)
    found += [_CLOSED(field=where, value=r.slug) for r in sources(register, chart) if r.restricted or r.scope]
    if board.counts_only:
        if chart.form in PER_RECORD:
            found.append(_NAMES(field=where, value=chart.title.ja))
        found += [_NAMES(field=where, value=by.name) for by in (chart.x, chart.series) if by is not None and _says_words(register, by.name)]
    return found


def _says_words(register: Register, name: str) -> bool:
    """Whether a dimension would write out what people typed: texts, names of records (units aside)."""
    at = way(register, name)
    return at is not None and (isinstance(at.spec.kind, Line | LongText) or (isinstance(at.spec.kind, Ref) and at.spec.kind.slug != UNITS.slug))
