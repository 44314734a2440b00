"""Lists: filter, search, sort, page and count in SQL, for whom it is allowed, whatever people type."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from grc import agenda, calendar, changes, query, register
from grc.office import Office
from grc.permissions import Actor
from grc.query import Query
from grc.refusal import Forbidden, Misuse, Unknown
from tests.engine.actors import AUDITOR, NOBODY, OFFICER

BOOKS = "toy-books"


def fill(office: Office) -> None:
    today = calendar.today()
    for title, genre, price, days in (("公文書管理の基礎", "law", 1200, -3), ("ＡＢＣ法律入門", "law", 900, 10),
                                      ("日本史の100人", "history", None, 200), ("50%引きの_歴史", "history", 300, None)):
        changes.create(office.db, OFFICER, BOOKS, {"title": title, "genre": genre, "price": price,
                                                   "inspect_by": None if days is None else today + timedelta(days=days)})


def titles(office: Office, asked: Query = Query(), actor: Actor = OFFICER) -> list[str]:  # noqa: B008
    with office.db.read() as conn:
        return [i.values["title"] for i in query.page(conn, actor, register.get(BOOKS), asked).items]


@pytest.mark.parametrize(("text", "found"), [
    ("管理", 1), ("法律", 1), ("abc", 1), ("ＡＢＣ", 1), ("日", 1), ("本史", 1), ("史", 2), ("%", 1), ("_", 1), ("50％引き", 1), ("\\", 0), ("'", 0),
    ("TOY-BOK-000002", 1), ("　管　理　", 1), ("無い本", 0),
])
def test_search_finds_japanese_of_any_length_folded_and_literally(office: Office, text: str, found: int) -> None:
    fill(office)
    assert len(titles(office, Query(search=text))) == found


def test_filters_take_ids_words_and_several_values(office: Office) -> None:
    fill(office)
    assert len(titles(office, Query(filters={"genre": ["law"]}))) == 2
    assert len(titles(office, Query(filters={"genre": ["法律", "history"]}))) == 4
    assert len(titles(office, Query(filters={"status": ["draft"], "genre": ["history"]}))) == 2


@pytest.mark.parametrize("asked", [Query(filters={"colour": ["red"]}), Query(filters={"genre": ["cookery"]}), Query(sort="colour"),
                                   Query(sort="title; drop table toy_books")])
def test_what_the_register_does_not_have_is_refused(office: Office, asked: Query) -> None:
    with pytest.raises(Misuse):
        titles(office, asked)


def test_order_and_pages_are_the_databases(office: Office) -> None:
    fill(office)
    assert titles(office, Query(sort="price"))[:2] == ["50%引きの_歴史", "ＡＢＣ法律入門"]
    assert titles(office, Query(sort="-price"))[0] == "公文書管理の基礎"
    assert titles(office, Query(sort="price"))[-1] == "日本史の100人", "nothing comes last"
    assert len(titles(office, Query(size=3))) == 3
    assert len(titles(office, Query(size=3, page=2))) == 1


def test_views_count_what_is_late_and_what_is_soon(office: Office) -> None:
    fill(office)
    assert titles(office, Query(view="late")) == ["公文書管理の基礎"]
    assert titles(office, Query(view="soon")) == ["ＡＢＣ法律入門"]
    with office.db.read() as conn:
        assert query.counts(conn, OFFICER, register.get(BOOKS), ["", "late", "soon", "retired"]) == {"": 4, "late": 1, "soon": 1, "retired": 0}


def test_who_may_not_see_a_register_gets_nothing_from_any_query(office: Office) -> None:
    fill(office)
    books = register.get(BOOKS)
    with office.db.read() as conn:
        for ask in (lambda: query.page(conn, NOBODY, books, Query()), lambda: list(query.records(conn, NOBODY, books, Query())),
                    lambda: query.one(conn, NOBODY, books, "TOY-BOK-000001"), lambda: query.counts(conn, NOBODY, books, [""])):
            with pytest.raises(Forbidden):
                ask()
        assert query.choices(conn, NOBODY, BOOKS) == []
        assert agenda.due(conn, NOBODY, [books], date.min, date(2999, 1, 1), limit=9) == []
        assert len(titles(office, actor=AUDITOR)) == 4
        with pytest.raises(Unknown):
            query.one(conn, OFFICER, books, "TOY-BOK-999999")


def test_neighbours_walk_through_the_list_one_came_from(office: Office) -> None:
    fill(office)
    books = register.get(BOOKS)
    with office.db.read() as conn:
        codes = [i.code for i in query.page(conn, OFFICER, books, Query(sort="price")).items]
        assert query.neighbours(conn, OFFICER, books, Query(sort="price"), codes[1]) == (codes[0], codes[2])
        assert query.neighbours(conn, OFFICER, books, Query(sort="price"), codes[0])[0] is None


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.text(max_size=12))
def test_no_text_breaks_a_search_or_a_filter(sqlite_office: Office, text: str) -> None:
    titles(sqlite_office, Query(search=text, filters={"title": [text]}))


def test_what_has_come_to_its_end_is_not_late(office: Office) -> None:
    books = register.get(BOOKS)
    for status in ("shelved", "lost"):
        code = changes.create(office.db, OFFICER, BOOKS, {"title": status, "inspect_by": date(2020, 1, 1)}).code
        with office.db.write() as conn:
            conn.execute(sa.update(books.table).where(books.table.c.code == code).values(status=status))
    with office.db.read() as conn:
        assert [due.item.values["title"] for due in agenda.due(conn, OFFICER, [books], date.min, date(2030, 1, 1), limit=9)] == ["shelved"]
        assert [i.values["title"] for i in query.page(conn, OFFICER, books, Query(view="late")).items] == ["shelved"]
        assert query.counts(conn, OFFICER, books, ["late"]) == {"late": 1}
