"""A chart's figures as a file: rows with n and as of when, for whom it is allowed, and written down before it leaves."""

from __future__ import annotations

import csv
import io

from grc.changes.spine import act
from grc.charts import board as boards
from grc.charts import words
from grc.charts.figures import Figures, figures
from grc.office import Office
from grc.permissions import Action, Actor, require
from grc.refusal import Forbidden, Unknown
from grc.register import get
from grc.tables import neutral

BOARD = "boards"
"""What stands for the register in the trail where a board's chart was taken out."""


def register_csv(office: Office, actor: Actor, slug: str, n: int, lang: str, year: int | None = None) -> tuple[str, bytes]:
    """The name and the bytes of the ``n``-th chart of a register. Raises ``Forbidden``, ``Unknown``."""
    register = get(slug)
    with act(office.db, actor):  # a refusal is written down
        require(actor, Action.EXPORT, register)
        if not 0 <= n < len(register.charts):
            raise Unknown(boards.NO_CHART)
    with office.db.read() as conn:
        found = figures(conn, actor, register, register.charts[n], year=year)
    return _written_down(office, actor, slug, "", found, lang)


def board_csv(office: Office, actor: Actor, id: str, n: int, lang: str, year: int | None = None) -> tuple[str, bytes]:
    """The same of a committee's board."""
    board = boards.get(id)
    with act(office.db, actor) as doing:
        verdict = boards.may_see_board(doing.conn, actor, board)
        if not verdict:
            raise Forbidden(verdict.reason)
    with office.db.read() as conn:
        found = boards.board_figures(conn, actor, board, n, year=year)
    return _written_down(office, actor, BOARD, id, found, lang)


def _written_down(office: Office, actor: Actor, slug: str, record: str, f: Figures, lang: str) -> tuple[str, bytes]:
    """The figures as a file: UTF-8 with BOM, CRLF, every cell quoted and neutral, as lists are written."""
    with act(office.db, actor) as doing:
        doing.note("export", slug, record, {"chart": [None, f.chart.title.ja], "format": [None, "csv"], "rows": [None, f.n]})
    out = io.StringIO()
    out.write("\ufeff")
    writer = csv.writer(out, quoting=csv.QUOTE_ALL, lineterminator="\r\n")
    writer.writerows([neutral(cell) for cell in row] for row in words.tidy(f, lang))
    return f"{f.chart.title.into(lang)}_{words.stamp(f)[:10]}.csv", out.getvalue().encode()
