"""Drawings say what, n and as of when; order is meaning; nothing is said by colour alone."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from grc.charts import theme, words
from grc.charts.classes import OTHER, SAYS_NOTHING, Class
from grc.charts.declare import (
    FILLED,
    Chart,
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
    scatter,
    share,
    shares,
    stacked,
    total,
    year,
)
from grc.charts.draw import draw
from grc.office import Office
from grc.text import Text, same
from tests.charts.library import ask

FORMS: dict[str, Chart] = {
    "bars": bars("本の分野", "Genres", by("genre")), "standing": bars("点検まで", "Until inspection", due("inspect_by")),
    "stacked": stacked("分野と状態", "Genres and states", by("genre"), by("status")),
    "months": stacked("月ごとの本", "Books by month", month("bought_on"), by("genre")),
    "shares": shares("年度と分野", "Years and genres", year("bought_on"), by("genre"), value=total("price")),
    "heat": heat("購入先と分野", "Suppliers and genres", by("supplier_id"), by("genre"), value=mean("price")),
    "risks": heat("冊数と冊数", "Copies and copies", by("copies"), by("copies"), levels=(5, 15)),
    "lines": lines("月ごとの購入額", "Spent by month", month("bought_on"), value=total("price")),
    "series": lines("年度ごとの割合", "Shares by year", year("bought_on"), by("status"), value=share("genre", "law"), target=80),
    "gantt": gantt("購入から点検まで", "From purchase to inspection", "bought_on", "inspect_by"),
    "bullet": bullet("冊数と価格", "Copies and price", "price", "copies"),
    "planned": lines("月ごとの購入額と冊数", "Spent, and copies", month("bought_on"), value=total("price"), plan="copies"),
    "arrows": arrows("冊数から価格へ", "From copies to price", "copies", "price"),
    "scatter": scatter("価格と冊数", "Price and copies", "price", "copies", tint=bins("copies", 1, 2)),
}


def spec(library: Office, chart: Chart, lang: str = "ja") -> dict[str, Any]:
    found: dict[str, Any] = draw(ask(library, chart), lang).to_dict()
    return found


def encodings(spec: dict[str, Any], channel: str) -> Iterator[Any]:
    for layer in spec["layer"]:
        if channel in layer["encoding"]:
            yield layer["encoding"][channel]


def values(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [row for rows in spec["datasets"].values() for row in rows]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_form_says_what_how_many_and_as_of_when(sqlite_library: Office, name: str, lang: str) -> None:
    drawn = spec(sqlite_library, FORMS[name], lang)
    title = "".join(drawn["title"]["text"])
    assert FORMS[name].title.into(lang) in title and "n = " in title
    assert drawn["title"]["subtitle"][0] == ("データ時点 2025-11-25 10:00" if lang == "ja" else "Data as of 2025-11-25 10:00")
    assert drawn["config"]["font"] == theme.FONT and drawn["config"]["axisX"]["labelAngle"] == 0


def test_a_chart_of_months_names_its_year(sqlite_library: Office) -> None:
    assert spec(sqlite_library, FORMS["lines"])["title"]["text"] == ["月ごとの購入額（令和7年度、n = 6）"]
    assert spec(sqlite_library, FORMS["lines"], "en")["title"]["text"] == ["Spent by month (FY2025, n = 6)"]


def test_classes_stand_in_their_order_never_in_that_of_the_alphabet(sqlite_library: Office) -> None:
    y = next(encodings(spec(sqlite_library, FORMS["stacked"]), "y"))
    assert y["sort"] == ["法律", "歴史", SAYS_NOTHING.ja]
    colour = next(encodings(spec(sqlite_library, FORMS["stacked"]), "color"))
    assert colour["scale"]["domain"] == ["下書き", "承認待ち", "配架", "紛失"]
    assert colour["scale"]["range"] == [theme.TONES[t] for t in ("gray", "violet", "green", "red")]


def test_what_is_named_lies_and_time_stands(sqlite_library: Office) -> None:
    assert next(encodings(spec(sqlite_library, FORMS["bars"]), "y"))["field"] == "x"
    assert next(encodings(spec(sqlite_library, FORMS["months"]), "x"))["field"] == "x"


def test_parts_carry_their_numbers_and_bars_their_sums(sqlite_library: Office) -> None:
    rows = values(spec(sqlite_library, FORMS["stacked"]))
    assert {(r["of"], r["series"], r["word"]) for r in rows if r.get("of") == "法律"} == {
        ("法律", "下書き", "2"), ("法律", "承認待ち", "1"), ("法律", "配架", "3")}
    assert "6" in {r["word"] for r in rows if "of" not in r}


def test_parts_of_a_hundred_percent_end_at_a_hundred(sqlite_library: Office) -> None:
    rows = [r for r in values(spec(sqlite_library, FORMS["shares"])) if "b" in r]
    assert max(r["b"] for r in rows) == pytest.approx(100)
    assert {r["word"] for r in rows if r["of"] == "R7年度"} == {"85%", "15%"}


def test_series_of_lines_differ_in_dash_and_shape(sqlite_library: Office) -> None:
    drawn = spec(sqlite_library, FORMS["series"])
    dash, shape = next(encodings(drawn, "strokeDash"))["scale"], next(encodings(drawn, "shape"))["scale"]
    assert len({tuple(d) for d in dash["range"]}) == len(set(shape["range"])) == len(dash["domain"]) > 1


def test_what_tints_a_point_has_a_shape(sqlite_library: Office) -> None:
    assert next(encodings(spec(sqlite_library, FORMS["scatter"]), "shape"))["scale"]["range"] == ["circle", "triangle-up", "square"]


def test_the_line_to_reach_is_dashed_and_says_so(sqlite_library: Office) -> None:
    drawn = spec(sqlite_library, FORMS["series"])
    assert any(layer["mark"].get("strokeDash") == [6, 4] for layer in drawn["layer"])
    assert "目標 80%" in {r.get("word") for r in values(drawn)} and "破線：目標 80%" in drawn["title"]["subtitle"]


def test_months_to_come_are_empty_and_months_gone_by_nought(sqlite_library: Office) -> None:
    rows = {r["of"]: r["b"] for r in values(spec(sqlite_library, FORMS["lines"]))}
    assert rows["5月"] == 0 and rows["12月"] is None and rows["3月"] == 800


def test_a_matrix_of_grades_says_the_level_of_each_cell(sqlite_library: Office) -> None:
    rows = {(r["of"], r["series"]): r for r in values(spec(sqlite_library, FORMS["risks"]))}
    assert (rows["1", "1"]["number"], rows["1", "1"]["word"]) == ("1", "低")
    assert (rows["3", "4"]["number"], rows["3", "4"]["word"]) == ("", "中") and rows["4", "4"]["word"] == "高"


def test_no_denominator_is_drawn_as_nothing_and_written_as_a_dash(sqlite_library: Office) -> None:
    f = ask(sqlite_library, FORMS["heat"])
    assert next(r for r in values(draw(f, "ja").to_dict()) if (r["of"], r["series"]) == ("甲", "歴史"))["value"] == "―"
    assert any(cell.text == "―" for row in words.table(f, "ja").rows for cell in row)


def test_a_gantt_marks_today_and_names_states(sqlite_library: Office) -> None:
    rows = values(spec(sqlite_library, FORMS["gantt"]))
    assert {"本日", "下書き", "配架", "紛失"} <= {r.get("word") or r.get("state") for r in rows}


def test_a_bullet_says_by_a_sign_whether_it_was_reached(sqlite_library: Office) -> None:
    assert {r["word"] for r in values(spec(sqlite_library, FORMS["bullet"]))} >= {"× 1 / 100", "未計測"}


@pytest.mark.parametrize(("before", "after", "signs", "said"), [
    ("copies", "price", {"↗"}, "下がったのは0件、上がったのは6件です。"), ("price", "copies", {"↘"}, "下がったのは6件、上がったのは0件です。"),
    ("price", "price", {"＝"}, "下がったのは0件、上がったのは0件です。")])
def test_an_arrow_says_by_a_sign_where_it_goes(sqlite_library: Office, before: str, after: str, signs: set[str], said: str) -> None:
    chart = arrows("本", "Books", before, after, where={"copies": FILLED})
    assert {r["word"].split()[1] for r in values(spec(sqlite_library, chart))} == signs
    assert words.finding(ask(sqlite_library, chart), "ja").endswith(said)


def test_what_was_to_be_reached_is_a_dashed_line_a_column_and_in_the_file(sqlite_library: Office) -> None:
    drawn, f = spec(sqlite_library, FORMS["planned"]), ask(sqlite_library, FORMS["planned"])
    assert {(r["x"], r["b"]) for r in values(drawn) if set(r) == {"x", "b"}} == {("4月", 2), ("8月", 10), ("11月", 2)}
    assert "計画" in {r.get("word") for r in values(drawn)} and "破線：計画" in drawn["title"]["subtitle"] and words.table(f, "ja").heads[2] == "計画"
    assert [row[2] for row in words.tidy(f, "ja")[:2]] == ["計画", "2"]


@pytest.mark.parametrize("name", FORMS)
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_form_has_a_finding_a_table_and_a_file(sqlite_library: Office, name: str, lang: str) -> None:
    f = ask(sqlite_library, FORMS[name])
    assert FORMS[name].title.into(lang) in words.finding(f, lang) and len(words.finding(f, lang)) > len(words.title(f, lang)) + 5
    table, file = words.table(f, lang), words.tidy(f, lang)
    assert table.rows and all(len(row) == len(table.heads) for row in table.rows)
    assert len(file) == 1 + (len(f.points) or len(f.groups)) and all(len(row) == len(file[0]) for row in file)
    assert {row[-1] for row in file[1:]} == {"2025-11-25 10:00"}


def test_the_finding_names_the_greatest_and_tells_bare_numbers(sqlite_library: Office) -> None:
    assert words.finding(ask(sqlite_library, FORMS["bars"]), "ja") == "本の分野（n = 9）：最も大きいのは「法律」の6件です。"
    assert words.finding(ask(sqlite_library, FORMS["bars"]), "en") == "Genres (n = 9): the greatest is Law with 6."
    assert "「冊数 0・冊数 0」の1件" in words.finding(ask(sqlite_library, FORMS["risks"]), "ja")
    nothing = bars("本", "Books", by("genre"), where={"title": "無"})
    assert "図はありません" in words.finding(ask(sqlite_library, nothing), "ja")


def test_the_table_adds_up(sqlite_library: Office) -> None:
    table = words.table(ask(sqlite_library, FORMS["stacked"]), "ja")
    assert table.heads == ("分野 ＼ 状態", "下書き", "承認待ち", "配架", "紛失", "計")
    assert [c.text for c in table.rows[-1]] == ["計", "4", "1", "3", "1", "9"]


def test_the_file_has_bare_numbers_and_iso_months(sqlite_library: Office) -> None:
    file = words.tidy(ask(sqlite_library, FORMS["lines"]), "ja")
    assert file[0] == ["購入日の月", "価格（円）", "n", "データ時点"] and file[1] == ["2025-04", "300", "2", "2025-11-25 10:00"]


def test_one_role_twice_has_two_shades_and_the_rest_is_gray() -> None:
    some = [Class("a", same("a"), "blue"), Class("b", same("b"), "blue"), OTHER, Class(None, SAYS_NOTHING)]
    found = theme.colours(some)
    assert len(set(found)) == 4 and found[0] == theme.TONES["blue"]  # type: ignore[index]


def test_words_of_gravity_have_their_colours() -> None:
    some = [Class(n, Text(ja, "x")) for n, ja in enumerate(("1 軽微", "2 中", "3 高", "4 重大"))]
    assert theme.colours(some) == list(theme.GRADES[1:])


@pytest.mark.parametrize(("text", "room", "found"), [
    ("個人情報保護", 20, ["個人情報保護"]), ("個人情報保護", 8, ["個人情報", "保護"]), ("Personal data assets", 9, ["Personal", "data", "assets"]),
    ("あ、い", 4, ["あ、", "い"]), ("一二三四五六七八", 4, ["一二", "三四", "五…"]), ("Supercalifragilistic", 10, ["Supercalif", "ragilistic"]), ("", 4, [])])
def test_lines_break_where_they_may(text: str, room: int, found: list[str]) -> None:
    assert theme.broken(text, room) == found
