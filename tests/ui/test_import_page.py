"""The import page without a browser: what is chosen holds, what is loaded is not loaded twice, what is asked can be answered."""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from openpyxl import Workbook
from streamlit.testing.v1 import AppTest

import registers  # noqa: F401
from grc import query, register
from grc.office import Office
from imports import run
from imports.run import Options
from tests.conftest import make_office
from tests.engine.actors import AUDITOR, BUYER
from tests.imports.ledgers import HEAD, OTHER, ROW, book
from tests.ui.app import draw, words

SEEN, DONE = "import:seen", "import:done"
MONTH = "契約に係る情報の公表（令和7年6月分）"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    yield from make_office(f"sqlite:///{tmp_path / 'test.db'}", tmp_path)


def page(office: Office, step: int, *rows: Sequence[Any], lang: str = "ja") -> AppTest:
    """The page at a step, with a file of these rows read."""
    at = draw("import_ledger", office, BUYER, lang, register="contracts")
    at.session_state[SEEN] = run.preview(office, BUYER, "contracts", book(*rows), "台帳.xlsx")
    return at_step(at, step)


def at_step(at: AppTest, step: int) -> AppTest:
    at.query_params["step"] = str(step)
    at.run()
    assert not at.exception, at.exception
    return at


def press(at: AppTest, name: str) -> AppTest:
    next(b for b in at.button if b.label.startswith(name)).click()
    at.run()
    assert not at.exception, at.exception
    return at


def step_of(at: AppTest) -> str:
    said = at.query_params["step"]
    return said if isinstance(said, str) else said[0]


def choice(at: AppTest, label: str) -> Any:
    return next(s for s in at.selectbox if label in s.label)


def count(office: Office) -> int:
    with office.db.read() as conn:
        return query.page(conn, AUDITOR, register.get("contracts"), query.Query()).total


def test_going_on_keeps_what_was_chosen(office: Office) -> None:
    at = page(office, 3, (*HEAD, "所感"), (*ROW, "よい"))
    choice(at, "所感").select("remarks")
    press(at, "次へ：ちがいの確認")
    assert step_of(at) == "4"
    seen = at.session_state[SEEN]
    assert seen.options.chosen == {"G": "remarks"} and seen.rows[0].read.values["remarks"] == "よい"
    press(at, "戻る")
    assert choice(at, "所感").value == "remarks"
    choice(at, "所感").select("")
    press(at, "次へ：ちがいの確認")
    assert at.session_state[SEEN].options.chosen == {}


def test_a_column_may_be_left_out_and_taken_in_again(office: Office) -> None:
    at = page(office, 3, HEAD, ROW)
    choice(at, "法人番号").select("-")
    press(at, "次へ：ちがいの確認")
    assert "supplier_jcn" not in at.session_state[SEEN].rows[0].read.values
    press(at, "戻る")
    assert choice(at, "法人番号").value == "-"
    choice(at, "法人番号").select("")
    press(at, "次へ：ちがいの確認")
    assert at.session_state[SEEN].rows[0].read.values["supplier_jcn"] == ROW[3]


def test_an_unanswered_question_stays_on_the_step(office: Office) -> None:
    at = page(office, 3, (*HEAD, "契約締結日"), (*ROW, "R7.6.3"))
    press(at, "次へ：ちがいの確認")
    assert step_of(at) == "3" and at.warning
    assert choice(at, "B　").value is None and choice(at, "G　").value is None
    choice(at, "G　").select("contract_date")
    press(at, "次へ：ちがいの確認")
    assert step_of(at) == "4" and at.session_state[SEEN].columns.as_json()["G"] == "contract_date"


def test_the_month_above_the_table_can_be_seen_and_corrected(office: Office) -> None:
    at = page(office, 3, (MONTH,), (), HEAD, ROW)
    month = next(t for t in at.text_input if t.label == "公表月の指定")
    assert month.value == "2025-06"
    month.set_value("R7.7")
    press(at, "次へ：ちがいの確認")
    assert at.session_state[SEEN].rows[0].read.values["month"] == "2025-07"
    press(at, "戻る")
    month = next(t for t in at.text_input if t.label == "公表月の指定")
    assert month.value == "2025-07"
    month.set_value("")
    press(at, "次へ：ちがいの確認")
    assert at.session_state[SEEN].rows[0].read.values["month"] == "2025-06"


def test_a_value_that_cannot_be_read_is_refused_on_the_step(office: Office) -> None:
    at = page(office, 3, HEAD, ROW)
    next(t for t in at.text_input if t.label == "公表月の指定").set_value("いつか")
    press(at, "次へ：ちがいの確認")
    assert step_of(at) == "3" and "公表月の指定" in at.error[0].value


def test_any_field_can_be_given_to_every_row(office: Office) -> None:
    at = page(office, 3, HEAD, ROW)
    at.multiselect[0].select("remarks").run()
    next(t for t in at.text_input if t.label == "備考").set_value("まとめて")
    press(at, "次へ：ちがいの確認")
    assert at.session_state[SEEN].rows[0].read.values["remarks"] == "まとめて"


def test_dates_without_a_year_get_the_fiscal_year_that_is_chosen(office: Office) -> None:
    at = page(office, 2, HEAD, (ROW[0], "6月2日", *ROW[2:]))
    assert at.session_state[SEEN].count("rejected") == 1
    choice(at, "年度").select(2025).run()
    assert at.session_state[SEEN].options.fiscal_year == 2025 and at.session_state[SEEN].count("created") == 1
    assert choice(at, "年度").value == 2025
    assert not [s for s in page(office, 2, HEAD, ROW).selectbox if "年度" in s.label]


def test_one_sheet_is_not_to_be_chosen_again(office: Office) -> None:
    assert "シートを選び直して" not in words(page(office, 2, HEAD, ROW))


def test_what_is_new_and_what_is_skipped_can_be_looked_at(office: Office) -> None:
    at = page(office, 4, HEAD, ROW, OTHER, ("合計", "", "", "", "", 54_890_000))
    labels = [tab.label for tab in at.tabs]
    assert "新規 2" in labels and "読み飛ばし 1" in labels and "ありません" in words(at)
    said = words(at) + str(at.dataframe[0].value.to_dict())
    assert "株式会社あけぼの警備" in said and "9,900,000" in said and "令和7年6月" in said and "合計の行" in said
    assert "下で確かめます" not in said


def test_faults_come_first(office: Office) -> None:
    assert page(office, 4, HEAD, ROW, (OTHER[0], "R7.6.31", *OTHER[2:])).tabs[0].label == "確かめる点 1"


def test_one_is_one_in_english(office: Office) -> None:
    said = words(page(office, 4, HEAD, ROW, ("合計", "", "", "", "", 9_900_000), lang="en"))
    assert "1 row = 1 new" in said and "1 row that is no record" in said


def test_what_was_loaded_cannot_be_loaded_again(office: Office) -> None:
    at = page(office, 4, HEAD, ROW, OTHER)
    press(at, "取り込む")
    assert "取り込みました：新規 2件" in words(at) and SEEN not in at.session_state
    for step in (2, 3, 4):
        said = words(at_step(at, step))
        assert "このファイルの取り込みは終わっています" in said and not [b for b in at.button if b.label == "取り込む"]
    assert count(office) == 2
    press(at, "ほかのファイル")
    assert DONE not in at.session_state and "step" not in at.query_params


def test_who_came_second_reads_the_file_again_with_one_button(office: Office) -> None:
    at = page(office, 4, HEAD, ROW)
    run.load(office, BUYER, run.preview(office, BUYER, "contracts", book(HEAD, OTHER), "先.xlsx"))
    press(at, "取り込む")
    assert "ほかの取り込みが先にありました。" in words(at) and count(office) == 1
    assert next(b for b in at.button if b.label == "取り込む").disabled
    press(at, "ファイルをもう一度読む")
    assert "ほかの取り込みが先に" not in words(at)
    press(at, "取り込む")
    assert "取り込みました：新規 1件" in words(at) and count(office) == 2


def test_one_can_go_to_another_sheet_and_come_back(office: Office) -> None:
    at = page(office, 2, HEAD, ROW, OTHER)
    out = Workbook()
    for title, rows in (("一", (HEAD, ROW, OTHER)), ("二", (HEAD, ROW))):
        sheet = out.create_sheet(title)
        for row in rows:
            sheet.append(row)
    out.remove(out.worksheets[0])
    data = io.BytesIO()
    out.save(data)
    at.session_state[SEEN] = run.preview(office, BUYER, "contracts", data.getvalue(), "二枚.xlsx", Options(chosen={"D": "-"}))
    at.session_state["import:sheets"] = ["一", "二"]
    at_step(at, 2)
    assert "シートを選び直して" in words(at)
    for name, rows in (("二", 1), ("一", 2)):
        choice(at, "シート").select(name).run()
        assert not at.exception and len(at.session_state[SEEN].rows) == rows
        assert at.session_state[SEEN].options == Options(sheet=name)


def test_who_says_that_a_row_is_a_record_changed_may_still_go_back(office: Office) -> None:
    run.load(office, BUYER, run.preview(office, BUYER, "contracts", book(HEAD, ROW), "前.xlsx"))
    at = page(office, 4, HEAD, (*ROW[:-1], 9_900_001))
    assert "新規 1" in [tab.label for tab in at.tabs]
    at.multiselect[0].select(2).run()
    assert not at.exception and "変更 1" in [tab.label for tab in at.tabs]
    press(at, "戻る")
    choice(at, "契約方式").select("-")
    press(at, "次へ：ちがいの確認")
    assert step_of(at) == "4" and not at.session_state[SEEN].options.changed
