"""A library of ten books and three letters whose figures can be counted by hand, on 25 November 2025."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime

from grc import calendar, changes, people, register
from grc.charts.declare import Chart
from grc.charts.figures import Figures, figures
from grc.office import Office
from grc.permissions import Actor
from grc.text import Text
from tests import toy, toy_letters  # noqa: F401
from tests.engine.actors import OFFICER, SECOND

NOW = datetime(2025, 11, 25, 1, 0, tzinfo=UTC)
"""Ten in the morning in Japan."""
D = date
READ = datetime(2025, 3, 31, 15, 30, tzinfo=UTC)
"""Half past midnight of 1 April in Japan."""
#         title, genre,     bought,             price, copies, inspect by,       state,      shelf, supplier, read
BOOKS = (("一", "law",     D(2025, 4, 10), 100, 1,    D(2025, 11, 1),  "draft",     "A", 0,    READ),
         ("二", "law",     D(2025, 4, 30), 200, 3,    D(2025, 12, 1),  "shelved",   "B", 0,    None),
         ("三", "law",     D(2025, 10, 26), 300, None, D(2026, 3, 1),   "shelved",   "C", 1,    datetime(2025, 4, 30, 14, 59, tzinfo=UTC)),
         ("四", "history", D(2025, 11, 25), 400, 2,    None,            "draft",     "D", 1,    datetime(2025, 4, 30, 15, 0, tzinfo=UTC)),
         ("五", "history", D(2024, 5, 5),  500, 4,    D(2025, 1, 1),   "lost",      "E", None, None),
         ("六", None,      D(2024, 3, 31), 600, 0,    D(2025, 11, 25), "draft",     "F", None, None),
         ("七", "law",     None,           None, None, None,           "submitted", "G", 2,    None),
         ("八", "law",     D(2026, 3, 31), 800, None, D(2025, 12, 26), "shelved",   "A", 2,    None),
         ("九", "law",     D(2025, 8, 27), 900, 10,   D(2025, 11, 24), "draft",     None, 2,   None),
         ("消", "law",     D(2025, 4, 1),  9999, 99,  D(2025, 4, 2),   "draft",     "Z", 0,    READ))


def fill(office: Office) -> None:
    """Write the library; the last book is void."""
    with still():
        suppliers = [changes.create(office.db, people.CLI, "suppliers", {"name": name, "pic_class": pic}).id
                     for name, pic in (("甲", "public_foundation"), ("乙", None), ("丙", "public_association"))]
        made = []
        for title, genre, bought, price, copies, inspect, _, shelf, supplier, read in BOOKS:
            made.append(changes.create(office.db, OFFICER, "toy-books", {
                "title": title, "genre": genre, "bought_on": bought, "price": price, "copies": copies, "inspect_by": inspect, "shelf": shelf,
                "supplier_id": None if supplier is None else suppliers[supplier], "read_at": read}))
        for subject, books, reader in (("甲の手紙", (0, 3), "tanaka"), ("乙の手紙", (4,), "tanaka"), ("丙の手紙", (5,), "sato")):
            changes.create(office.db, SECOND, "toy-letters", {
                "subject": subject, "books": [("toy-books", made[n].id) for n in books], "readers": [{"account": reader}], "weight": 10})
        table = register.get("toy-books").table
        with office.db.write() as conn:  # as moves would leave them that are not the matter here
            for saved, book in zip(made, BOOKS, strict=True):
                conn.execute(table.update().where(table.c.id == saved.id).values(status=book[6], inspect_by=book[5], standing="void" if book[0] == "消" else "live"))


@contextmanager
def still() -> Iterator[None]:
    """The clock stands."""
    with calendar.clock.at(NOW):
        yield


def ask(office: Office, chart: Chart, *, slug: str = "toy-books", actor: Actor = OFFICER, year: int | None = None, board: bool = False) -> Figures:
    """The figures of a chart."""
    with still(), office.db.read() as conn:
        return figures(conn, actor, register.get(slug), chart, year=year, board=board)


def counted(f: Figures) -> dict[object, object]:
    """What was counted, by the words of its classes."""
    return {(g.x.label.ja if g.series is None else (g.x.label.ja, g.series.label.ja)): None if g.value is None else float(g.value) for g in f.groups}


TITLE = Text("本", "Books")
