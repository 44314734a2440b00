"""The one law of all kinds: what we write, we read back; from a cell, from JSON, and from either database."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from decimal import Decimal as Exact
from string import Formatter
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import given
from hypothesis import strategies as st

from grc import kinds
from grc.kinds import Around, Cell, Kind, check_digit
from grc.problem import CATALOGUE

GRADE = kinds.Choice("grade", kinds.Option("a", "良", "Good"), kinds.Option("b", "可（要改善）", "Fair"))
text = st.text(st.characters(codec="utf-8"), max_size=40)
ledger_text = st.text("令和平成昭大明RHST元年度月日火()/.-:時分午後※*注②約金¥▲円千万億%件以上有無○×T 　\n,、０２５0123456789", max_size=16)
"""What a cell of a ledger is made of, in any order: nearer to a rule's edge than any text is."""
VALUES: dict[str, tuple[Kind, st.SearchStrategy[Any]]] = {
    "TEXT": (kinds.TEXT, text.map(lambda t: kinds.TEXT.read(t).value)),
    "LONG_TEXT": (kinds.LONG_TEXT, text.map(lambda t: kinds.LONG_TEXT.read(t).value)),
    "EMAIL": (kinds.EMAIL, st.just("sato.taro+1@example.go.jp")),
    "INTEGER": (kinds.INTEGER, st.integers(kinds.INTEGER.low, kinds.INTEGER.high)),
    "COUNT": (kinds.COUNT, st.integers(0, kinds.COUNT.high)),
    "YEN": (kinds.YEN, st.integers(kinds.YEN.low, kinds.YEN.high)),
    "DECIMAL": (kinds.DECIMAL, st.decimals(-kinds.DECIMAL.most, kinds.DECIMAL.most, places=4)),
    "PERCENT": (kinds.PERCENT, st.decimals(-1000, 1000, places=4)),
    "FLAG": (kinds.FLAG, st.booleans()),
    "DATE": (kinds.DATE, st.dates(date(1868, 1, 1), date(2200, 12, 31))),
    "DATETIME": (kinds.DATETIME, st.datetimes(datetime(1868, 1, 1), datetime(2200, 12, 31), timezones=st.just(UTC))),
    "MONTH": (kinds.MONTH, st.dates(date(1868, 1, 1), date(2200, 12, 31)).map(lambda d: f"{d:%Y-%m}")),
    "FISCAL_YEAR": (kinds.FISCAL_YEAR, st.integers(1868, 2200)),
    "CORPORATE_NUMBER": (kinds.CORPORATE_NUMBER,
                         st.text("0123456789", min_size=12, max_size=12).map(lambda d: f"{check_digit(d)}{d}")),
    "MINUTES": (kinds.MINUTES, st.integers(0, kinds.MINUTES.high)),
    "GRADE": (GRADE, st.sampled_from(GRADE.ids)),
}
EVERY = pytest.mark.parametrize("name", VALUES)


def test_every_ready_kind_stands_under_the_law() -> None:
    ready = {name for name in kinds.__all__ if isinstance(getattr(kinds, name), Kind)}
    assert ready | {"GRADE"} == set(VALUES)


@EVERY
@given(data=st.data())
def test_what_is_written_is_read_back(name: str, data: st.DataObject) -> None:
    kind, values = VALUES[name]
    value = data.draw(values)
    if value is None:
        return
    assert kind.check(value) is None
    reading = kind.read(kind.cell(value))
    assert (reading.value, reading.problem) == (value, None)
    assert kind.load(json.loads(json.dumps(kind.data(value)))) == value
    assert not isinstance(kind.data(value), float)
    assert kind.show(value) and kind.show(value, "en")


@EVERY
def test_nothing_is_nothing_everywhere(name: str) -> None:
    kind, _ = VALUES[name]
    assert (kind.show(None), kind.show(None, "en"), kind.cell(None), kind.data(None), kind.load(None)) == (
        "―", "―", None, None, None)
    for empty in (None, "", "\u3000", "－", "―"):
        assert (kind.read(empty).value, kind.read(empty).problem) == (None, None)


@EVERY
@given(cell=text | ledger_text | st.floats() | st.integers() | st.booleans() | st.dates() | st.datetimes() | st.times())
def test_whatever_is_read_may_be_stored_and_reads_as_itself(name: str, cell: Cell) -> None:
    kind, _ = VALUES[name]
    value = kind.read(cell, Around(fiscal_year=2025)).value
    if value is not None:
        assert kind.check(value) is None
        assert kind.read(kind.cell(value)).value == value


@EVERY
@pytest.mark.parametrize("wrong", [object(), b"x", [], 1.25, "\u0000no such value"])
def test_a_value_of_another_type_is_refused_before_it_is_stored(name: str, wrong: object) -> None:
    kind, _ = VALUES[name]
    assert kind.check(wrong) is not None or isinstance(wrong, str)


EXAMPLES: dict[str, list[Any]] = {
    "TEXT": ["葛\U000e0100城市 台帳"], "LONG_TEXT": ["一\n二"], "EMAIL": ["a@example.jp"],
    "INTEGER": [-2**31 + 1, 2**31 - 1],
    "COUNT": [0], "YEN": [2**53 - 1, -2**53 + 1, 0],
    "DECIMAL": [Exact("99999999999.9999"), Exact("-0.0001"), Exact("0.3")],
    "PERCENT": [Exact("97.2"), Exact("33.3333")], "FLAG": [True, False], "DATE": [date(1868, 1, 1), date(2200, 12, 31)],
    "DATETIME": [datetime(2025, 3, 31, 15, 0, 0, 123456, tzinfo=UTC)], "MONTH": ["2025-04"], "FISCAL_YEAR": [2025],
    "CORPORATE_NUMBER": ["3000020278670"], "MINUTES": [0, 240], "GRADE": ["b"],
}


@pytest.mark.filterwarnings("error::sqlalchemy.exc.SAWarning")
def test_what_is_stored_comes_back_from_either_database(database_url: str) -> None:
    engine = sa.create_engine(database_url)
    columns = [sa.Column(name.lower(), kind.column_type) for name, (kind, _) in VALUES.items()]
    table = sa.Table("every_kind", sa.MetaData(), sa.Column("id", sa.Integer, primary_key=True), *columns)
    rows = [{name.lower(): values[n % len(values)] for name, values in EXAMPLES.items()} for n in range(3)]
    with engine.begin() as connection:
        table.create(connection)
        connection.execute(sa.insert(table), rows)
        found = connection.execute(sa.select(*columns).order_by(table.c.id)).mappings().all()
    engine.dispose()
    assert [dict(row) for row in found] == rows


def test_every_sentence_is_said_in_both_languages() -> None:
    for sort in CATALOGUE.values():
        texts = (sort.message.ja, sort.message.en, sort.remedy.ja, sort.remedy.en)
        problem = sort(**{name: "" for text in texts for _, name, _, _ in Formatter().parse(text) if name})
        assert problem.sentence("ja").endswith("。"), sort.code
        assert problem.sentence("en").rstrip('"').endswith("."), sort.code
