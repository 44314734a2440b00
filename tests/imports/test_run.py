"""The way in, from file to records: nothing written before it is loaded, nothing lost, nothing merged, nothing twice."""

from __future__ import annotations

import io
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook
from openpyxl.comments import Comment

from grc import changes, query, register, tables, trail
from grc.kinds import DATE, YEN, short
from grc.office import Office
from grc.query import Item, Query
from grc.refusal import Forbidden, Invalid, Misuse, NotAllowedNow, Stale, Unreadable
from imports import run
from imports.report import report
from imports.run import Options, Preview
from imports.template import template
from tests.engine.actors import AUDITOR, BUYER
from tests.imports.ledgers import HEAD, OTHER, ROW, book, ledger


def preview(office: Office, data: bytes, name: str = "契約台帳.xlsx", **options: Any) -> Preview:
    return run.preview(office, BUYER, "contracts", data, name, Options(**options))


def load(office: Office, data: bytes, name: str = "契約台帳.xlsx", **options: Any) -> Preview:
    return run.load(office, BUYER, preview(office, data, name, **options))


def records(office: Office, slug: str = "contracts") -> list[Item]:
    with office.db.read() as conn:
        return list(query.records(conn, BUYER, register.get(slug), Query(sort="code")))


def size(office: Office) -> int:
    with office.db.read() as conn:
        return conn.scalar(sa.select(sa.func.count()).select_from(trail.table)) or 0


def said(seen: Preview) -> list[tuple[str, int | None, str | None]]:
    return [(p.code, p.row, p.column) for p in seen.problems]


def test_a_preview_writes_nothing_and_the_load_does_what_it_showed(office: Office) -> None:
    seen = preview(office, ledger(ROW, OTHER))
    assert seen.counts == {"created": 2, "updated": 0, "unchanged": 0, "rejected": 0}
    assert size(office) == 0 and records(office) == []
    done = run.load(office, BUYER, seen)
    first, second = records(office)
    assert first.values["contract_date"] == date(2025, 6, 2) and second.values["amount"] == 44_990_000
    assert (first.values["method"], second.values["method"], first.status) == ("open", "designated", "signed")
    assert first.values["category"] == "goods", "what stands above the table is a value of each row"
    assert (first.meta["batch_id"], first.meta["sheet"], first.meta["sheet_row"]) == (done.batch, "契約一覧", 4)
    assert office.store.get(seen.workbook.sha256) == seen.data, "the file is kept as evidence"


def test_the_same_file_again_changes_nothing(office: Office) -> None:
    data = ledger(ROW, OTHER)
    load(office, data)
    before = size(office)
    again = load(office, data)
    assert again.counts == {"created": 0, "updated": 0, "unchanged": 2, "rejected": 0} and again.batch is None
    assert again.already is not None and size(office) == before


def test_the_same_rows_saved_anew_under_another_name_and_order_change_nothing(office: Office) -> None:
    load(office, ledger(ROW, OTHER))
    again = load(office, ledger(OTHER, ROW, titles=("契約台帳（物品役務等）", "（総務部）")), "写し.xlsx")
    assert again.counts["unchanged"] == 2 and again.already is None
    assert len(records(office)) == 2


def test_rows_that_are_the_same_are_kept_and_pointed_out(office: Office) -> None:
    seen = load(office, ledger(ROW, ROW, OTHER))
    assert seen.counts["created"] == 3 and seen.difference.duplicates == [[4, 5]]
    assert ("row-repeated", 5, None) in said(seen)
    assert load(office, ledger(OTHER, ROW, ROW), "二.xlsx").counts == {"created": 0, "updated": 0, "unchanged": 3, "rejected": 0}


def test_a_row_that_differs_in_one_thing_is_probably_changed_and_comes_in_as_new_unless_said(office: Office) -> None:
    load(office, ledger(ROW))
    (old,) = records(office)
    changed = ledger((*ROW[:5], 9_800_000))
    seen = preview(office, changed)
    assert seen.counts["created"] == 1 and not seen.blocked, "it is no question that stops a load"
    assert ("probably-changed", 4, None) in said(seen) and seen.rows[0].probable == old.code
    assert preview(office, changed, changed="all").counts["updated"] == 1
    done = load(office, changed, changed=frozenset({4}))
    assert done.rows[0].changes["amount"] == (9_900_000, 9_800_000)
    assert [r.values["amount"] for r in records(office)] == [9_800_000]


def test_a_contract_number_knows_the_contract_whatever_else_changed(office: Office) -> None:
    head = ("契約番号", *HEAD)
    load(office, ledger(("7-001", *ROW), head=head))
    done = load(office, ledger(("7-001", "庁舎警備業務（変更）", *ROW[1:]), head=head), "二.xlsx")
    assert done.counts["updated"] == 1
    assert [r.values["title"] for r in records(office)] == ["庁舎警備業務（変更）"]


def test_a_column_that_counts_the_rows_identifies_nothing(office: Office) -> None:
    head = ("No.", *HEAD)
    load(office, ledger((1, *ROW), head=head))
    assert load(office, ledger((1, *OTHER), (2, *ROW), head=head), "二.xlsx").counts == {"created": 1, "updated": 0, "unchanged": 1, "rejected": 0}


def test_an_empty_cell_says_nothing_and_a_correction_stands(office: Office) -> None:
    load(office, ledger((*ROW[:3], "300002027867", *ROW[4:])))
    (wrong,) = records(office)
    assert wrong.values["supplier_jcn"] is None and wrong.printed["supplier_jcn"] == "300002027867"
    changes.update(office.db, BUYER, "contracts", wrong.code, {"supplier_jcn": "3000020278670"}, 1)
    again = load(office, ledger((*ROW[:3], "300002027867", *ROW[4:]), OTHER), "二.xlsx")
    assert again.counts["unchanged"] == 1
    assert load(office, ledger((*ROW[:3], "", *ROW[4:])), "三.xlsx").counts["unchanged"] == 1
    assert records(office)[0].values["supplier_jcn"] == "3000020278670"


@pytest.mark.parametrize(("column", "cell", "code"), [
    (1, "R7.2.30", "date-impossible"), (1, "", "value-required"), (1, "そのうち", "date-unreadable"), (0, "", "value-required"),
    (5, "", "value-required"), (5, "未定", "value-required"), (5, "いくらか", "number-unreadable"),
])
def test_only_a_key_that_is_missing_or_unreadable_rejects_a_row(office: Office, column: int, cell: str, code: str) -> None:
    bad = [*ROW]
    bad[column] = cell
    seen = preview(office, ledger(bad, OTHER))
    assert seen.counts == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    (problem,) = seen.errors
    assert (problem.row, problem.column) == (4, "ABCDEF"[column])
    assert HEAD and problem.message.ja and problem.remedy.ja
    with pytest.raises(NotAllowedNow, match="Nothing was loaded"):
        run.load(office, BUYER, seen)
    assert size(office) == 0, "all or nothing"
    assert load(office, ledger(bad, OTHER), good_rows=True).counts["created"] == 1
    assert [r.values["title"] for r in records(office)] == ["端末装置の購入"]
    assert code in {p.code for p in seen.errors}


def test_any_other_cell_that_cannot_be_read_is_kept_as_printed_with_its_place(office: Office) -> None:
    head = (*HEAD, "応札者数", "整理区分")
    seen = load(office, ledger((*ROW, "たくさん", "甲-7"), head=head))
    assert next(p for p in said(seen) if p[1] == 4)[1:] == (4, "G")
    (item,) = records(office)
    assert item.values["bidder_count"] is None
    assert item.printed == {"bidder_count": "たくさん", "整理区分": "甲-7"}, "a column without a field is not lost either"


def test_amounts_in_thousands_and_marks_are_read_and_shown(office: Office) -> None:
    head = (*HEAD[:5], "契約金額（千円）")
    seen = load(office, ledger((*ROW[:5], 9_900), (*OTHER[:5], "44,990\n※"), head=head))
    assert [r.values["amount"] for r in records(office)] == [9_900_000, 44_990_000]
    assert any(p.row == 5 and "44,990,000" in p.message.ja for p in seen.warnings), "an interpretation that is not the plain one is shown"


def test_a_unit_price_contract_keeps_its_text(office: Office) -> None:
    load(office, ledger((*ROW[:5], "単価契約　1箱 385円（予定総額 8,470,000円）"), (*OTHER[:5], "@1,200円／時間")))
    first, second = records(office)
    assert (first.values["amount"], first.values["unit_price"], first.values["unit_price_text"]) == (8_470_000, True, "単価契約　1箱 385円（予定総額 8,470,000円）")
    assert (second.values["amount"], second.values["unit_price_text"]) == (None, "@1,200円／時間")


def test_unknown_suppliers_are_listed_and_come_in_as_provisional_once(office: Office) -> None:
    same = ("別の業務", *ROW[1:2], "（株）あけぼの警備", *ROW[3:])
    seen = load(office, ledger(ROW, same, OTHER))
    assert [(new.name, rows) for new, rows in seen.resolved.rows.items()] == [("株式会社あけぼの警備", [4, 5]), ("㈱北辰システムズ", [6])]
    suppliers = records(office, "suppliers")
    assert [s.values["name"] for s in suppliers] == ["株式会社あけぼの警備", "㈱北辰システムズ"]
    assert all(s.meta["provisional"] for s in suppliers)
    assert [r.values["supplier_id"].code for r in records(office)] == [suppliers[0].code] * 2 + [suppliers[1].code]


def test_namesakes_with_different_numbers_stay_apart(office: Office) -> None:
    load(office, ledger(ROW, ("別の業務", *ROW[1:3], "7123456789012", *ROW[4:])))
    assert len(records(office, "suppliers")) == 2


def test_two_columns_with_equal_right_are_a_question_that_an_answer_settles(office: Office) -> None:
    data = ledger((*ROW, 9_000_000), head=(*HEAD, "契約金額（円）"))
    seen = preview(office, data)
    assert [(q.about.split("+")[0], q.choices, q.flag) for q in seen.questions] == [("amount", ("F", "G"), "--mapping")]
    with pytest.raises(NotAllowedNow):
        run.load(office, BUYER, seen)
    load(office, data, chosen={"G": "-"})
    assert records(office)[0].values["amount"] == 9_900_000


def test_what_a_person_taught_is_remembered_for_the_next_file_of_this_layout(office: Office) -> None:
    head = (*HEAD, "なぞの欄")
    load(office, ledger((*ROW, "一者応札のため"), head=head), chosen={"なぞの欄": "remarks"})
    seen = preview(office, ledger((*OTHER, "特になし"), head=head), "七月.xlsx")
    assert (seen.columns.columns[6].target, seen.columns.columns[6].how) == ("remarks", "remembered")


def test_the_month_comes_from_the_title_or_from_set_and_not_from_the_date_of_a_notice(office: Office) -> None:
    titles = ("公共調達の適正化について（平成18年８月25日付財計第2017号）に基づく随意契約に係る情報の公表（物品・役務等）", "令和７年５月分")
    seen = preview(office, ledger(ROW, titles=titles))
    assert seen.columns.constants == {"month": "2025-05", "method": "negotiated", "category": "goods"}
    assert preview(office, ledger(ROW, titles=titles[:1])).columns.constants == {"method": "negotiated", "category": "goods"}
    load(office, ledger(ROW), constants={"month": "2025-07"})
    assert records(office)[0].values["published_month"] == "2025-07"
    with pytest.raises(Misuse, match="colour"):
        preview(office, ledger(ROW), constants={"colour": "red"})


def test_a_record_that_changed_after_the_preview_stops_the_load(office: Office) -> None:
    load(office, ledger(ROW))
    (item,) = records(office)
    seen = preview(office, ledger((*ROW[:3], *ROW[3:5], ROW[5]), head=(*HEAD[:4], "契約方法", HEAD[5])), "二.xlsx")
    seen = preview(office, ledger((*ROW, "新しい備考"), head=(*HEAD, "備考")), "三.xlsx") if not seen.counts["updated"] else seen
    changes.update(office.db, BUYER, "contracts", item.code, {"remarks": "手で直した"}, 1)
    with pytest.raises(Stale):
        run.load(office, BUYER, seen)
    assert records(office)[0].values["remarks"] == "手で直した"


def test_who_may_not_import_is_refused(office: Office) -> None:
    with pytest.raises(Forbidden):
        run.preview(office, AUDITOR, "contracts", ledger(ROW), "a.xlsx")


@pytest.mark.parametrize(("data", "name", "word"), [
    (b"", "a.xlsx", "a.xlsx"), (b"%PDF-1.7", "a.xlsx", "PDF"), (b"PK\x03\x04broken", "a.xlsx", "a.xlsx"), (ledger(ROW)[:900], "a.xlsx", "a.xlsx"),
    (book(["ひとこと"]), "a.xlsx", "No table"), (b"<html><body>x</body></html>", "a.xlsx", "a.xlsx"),
])
def test_what_is_no_ledger_gets_one_sentence_and_nothing_is_written(sqlite_office: Office, data: bytes, name: str, word: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        preview(sqlite_office, data, name)
    assert word in refusal.value.message.en or word in refusal.value.message.ja
    assert size(sqlite_office) == 0


class TestReport:
    def test_the_persons_own_workbook_comes_back_with_the_cells_marked(self, sqlite_office: Office) -> None:
        bad = [*ROW]
        bad[1] = "R7.2.30"
        seen = preview(sqlite_office, ledger(bad, OTHER), "台帳.xlsx")
        name, data = report(seen)
        out = load_workbook(io.BytesIO(data))
        assert name == "台帳_取込結果.xlsx" and out.sheetnames == ["取込結果", "契約一覧"]
        cell = out["契約一覧"]["B4"]
        assert cell.value == "R7.2.30" and cell.fill.fgColor.rgb == "FFFDD8D8" and "はない日付です" in cell.comment.text
        texts = [str(c.value) for row in out["取込結果"].iter_rows() for c in row if c.value]
        assert any("2行 = 新規 1 + 変更 0 + 変更なし 0 + 誤り 1" in t for t in texts) and "B4" in texts

    def test_mended_and_sent_again_it_comes_in(self, sqlite_office: Office) -> None:
        bad = [*ROW]
        bad[1] = "R7.2.30"
        _, data = report(preview(sqlite_office, ledger(bad, OTHER)))
        out = load_workbook(io.BytesIO(data))
        out["契約一覧"]["B4"] = "R7.2.28"
        mended = io.BytesIO()
        out.save(mended)
        assert load(sqlite_office, mended.getvalue(), "直した.xlsx").counts["created"] == 2

    def test_a_csv_comes_back_as_a_workbook_of_the_faulty_rows(self, sqlite_office: Office) -> None:
        text = "\r\n".join([",".join(HEAD), "件A,R7.2.30,会社,,一般競争入札,100", "件B,R7.2.28,会社,,一般競争入札,100"])
        _, data = report(preview(sqlite_office, text.encode("cp932"), "台帳.csv"))
        rows = list(load_workbook(io.BytesIO(data))["直す行"].iter_rows(values_only=True))
        assert rows[0][:2] == ("件名", "契約締結日") and len(rows) == 2 and rows[1][1] == "R7.2.30"


@pytest.mark.parametrize("slug", ["suppliers", "contracts", "subcontracting-consents", "units", "toy-books"])
def test_an_export_comes_back_unchanged_and_makes_the_same_records_in_an_empty_home(office: Office, tmp_path: Path, slug: str) -> None:
    from tests.conftest import make_office
    from tests.imports.examples import fill

    fill(office)
    one = register.get(slug)

    def out(where: Office, kind: str) -> bytes:
        actor = fill.actor
        with where.db.read() as conn:
            items = list(query.records(conn, actor, one, Query(sort="code")))
        columns = tables.columns(one)
        return tables.write_xlsx(columns, items, one.title) if kind == "xlsx" else b"".join(tables.write_csv(columns, items))

    for kind in ("xlsx", "csv"):
        seen = run.preview(office, fill.actor, slug, out(office, kind), f"{slug}.{kind}")
        assert (seen.counts["unchanged"], seen.counts["created"] + seen.counts["updated"] + seen.counts["rejected"]) == (len(seen.rows), 0), [
            c.changes for c in seen.rows if c.changes][:2]
        assert seen.rows
    empty = make_office(f"sqlite:///{tmp_path / 'empty.db'}", tmp_path / "empty")
    home = next(empty)
    for first in ("units", "suppliers", "contracts"):
        if first != slug:
            source = register.get(first)
            with office.db.read() as conn:
                items = list(query.records(conn, fill.actor, source, Query(sort="code")))
            run.load(home, fill.actor, run.preview(home, fill.actor, first, tables.write_xlsx(tables.columns(source), items, source.title), "a.xlsx"))
    run.load(home, fill.actor, run.preview(home, fill.actor, slug, out(office, "csv"), f"{slug}.csv"))
    assert out(home, "csv") == out(office, "csv")
    next(empty, None)


@pytest.mark.parametrize("slug", ["suppliers", "contracts", "subcontracting-consents", "units", "toy-books"])
def test_the_empty_template_is_understood_without_a_question(sqlite_office: Office, slug: str) -> None:
    from grc import people

    for lang in ("ja", "en"):
        seen = run.preview(sqlite_office, people.CLI, slug, template(register.get(slug), lang), "様式.xlsx")
        assert not seen.questions and len(seen.rows) == 0
        assert all(m.target for m in seen.columns.columns), [m.column.header for m in seen.columns.columns if not m.target]


titles = st.text(st.characters(codec="utf-8", categories=["Lo", "Lu", "Nd"]), min_size=2, max_size=12).filter(
    lambda t: not re.search(r"計|例|注|備考|合|総|小", t) and not t.isdigit())
rows = st.lists(st.tuples(titles, st.dates(date(2019, 5, 1), date(2030, 12, 31)), st.integers(1, 10**12)), min_size=1, max_size=6)
spelled_dates = st.sampled_from([lambda d: d, lambda d: short(d, "ja"), lambda d: DATE.show(d), lambda d: d.isoformat(),
                                 lambda d: short(d, "ja").translate(str.maketrans("0123456789.R", "０１２３４５６７８９．Ｒ"))])
spelled_yen = st.sampled_from([lambda n: n, lambda n: f"{n:,}", lambda n: f"{n:,}円", lambda n: YEN.show(n), lambda n: f"￥{n}"])


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(rows, spelled_dates, spelled_yen, st.permutations(range(4)), st.integers(0, 3))
def test_any_ledger_is_read_as_it_was_meant_and_loads_once(sqlite_office: Office, rows: list[tuple[str, date, int]], day: Any, yen: Any,
                                                           order: list[int], above: int) -> None:
    head = [("件名", "契約日", "相手方", "契約額")[n] for n in order]
    cells = [[(title, day(signed), f"株式会社{title}", yen(amount))[n] for n in order] for title, signed, amount in rows]
    data = ledger(*cells, head=head, titles=["表題"] * above)
    before = len(records(sqlite_office))
    first = load(sqlite_office, data)
    made = first.counts["created"] + first.counts["unchanged"]
    assert made == len(rows) and first.counts["rejected"] == 0
    meant = [(c.read.values["title"], c.read.values["contract_date"], c.read.values["amount"]) for c in first.rows]
    assert meant == [(t, d, n) for t, d, n in rows]
    again = load(sqlite_office, ledger(*cells, head=head, titles=["別の表題"] * above), "もう一度.xlsx")
    assert again.counts["unchanged"] == len(rows) and again.counts["created"] == 0
    assert len(records(sqlite_office)) == before + first.counts["created"]


def test_two_previews_of_one_file_do_not_both_load(office: Office) -> None:
    first, second = preview(office, ledger(ROW, OTHER)), preview(office, ledger(ROW, OTHER))
    run.load(office, BUYER, first)
    with pytest.raises(Stale, match="meanwhile"):
        run.load(office, BUYER, second)
    assert len(records(office)) == 2


def test_a_files_own_number_belongs_to_one_record_and_is_never_used_again(office: Office) -> None:
    head = ("台帳番号", *HEAD)
    load(office, ledger(("PRC-CON-000050", *ROW), head=head))
    changes.void(office.db, BUYER, "contracts", "PRC-CON-000050", 1, reason="重複")
    seen = preview(office, ledger(("PRC-CON-000050", *ROW), ("R7-1", *OTHER), ("R7-1", *ROW), ("契/1", *ROW), head=head))
    assert [(code, row) for code, row, _ in said(seen)] == [("code-retired", 4), ("code-repeated", 6), ("code-unfit", 7)]
    assert (seen.count("rejected"), seen.count("created")) == (2, 2), "a number that cannot be one is kept as printed"


@pytest.mark.parametrize("title", [
    ("競争入札に係る情報の公表（物品役務等）", None, None, None, None, "令和８年１０月分"),
    ("競争入札に係る情報の公表（物品役務等）　令和８年１０月分",), ("競争入札に係る情報の公表（物品役務等）", None, "令和８年１０月分"),
])
def test_a_title_right_above_the_headings_is_no_heading(sqlite_office: Office, title: tuple[str | None, ...]) -> None:
    """What stands above the table counts: it becomes a value of each row."""
    seen = preview(sqlite_office, book(title, HEAD, ROW, OTHER))
    assert seen.table.header_rows == (2, 2)
    assert seen.columns.constants == {"month": "2026-10", "category": "goods"}
    assert seen.counts["created"] == 2


def test_next_months_ledger_that_counts_from_one_again_overwrites_nothing(sqlite_office: Office) -> None:
    """No 1, 2, 4 in May and No 1, 2, 4 in June are six contracts."""
    head = ("No", *HEAD)
    load(sqlite_office, ledger((1, *ROW), (2, *OTHER), (4, "清掃業務", *ROW[1:]), head=head), "5月.xlsx")
    june = [(n, f"六月の契約{n}", "R7.6.20", f"株式会社六月{n}", None, "一般競争入札", 1000 + n) for n in (1, 2, 4)]
    seen = preview(sqlite_office, ledger(*june, head=head), "6月.xlsx")
    assert seen.counts == {"created": 3, "updated": 0, "unchanged": 0, "rejected": 0}


def test_a_contract_number_used_for_something_else_is_pointed_out(sqlite_office: Office) -> None:
    head = ("契約番号", *HEAD)
    load(sqlite_office, ledger(("7-001", *ROW), head=head))
    seen = preview(sqlite_office, ledger(("7-001", "別の業務", "R7.6.20", "株式会社ほか", None, "一般競争入札", 5), head=head))
    assert seen.counts["created"] == 1 and [code for code, _, _ in said(seen)] == ["number-used"]


def test_a_second_sheet_of_a_loaded_workbook_is_new_and_the_first_says_that_there_is_one(sqlite_office: Office) -> None:
    out = load_workbook(io.BytesIO(ledger(ROW)))
    other = out.copy_worksheet(out.active)
    other.title = "6月"
    other["A4"] = "六月の業務"
    data = io.BytesIO()
    out.save(data)
    first = load(sqlite_office, data.getvalue(), sheet="契約一覧")
    assert [code for code, _, _ in said(preview(sqlite_office, data.getvalue()))] == ["sheet-left-out"]
    second = preview(sqlite_office, data.getvalue(), sheet="6月")
    assert first.counts["created"] == 1 and second.counts["created"] == 1


def test_rows_that_were_kept_out_come_in_once_the_year_is_said(sqlite_office: Office) -> None:
    data = ledger(ROW, ("清掃業務", "5月9日", "株式会社いずみ", None, "一般競争入札", 5))
    assert load(sqlite_office, data, good_rows=True).counts == {"created": 1, "updated": 0, "unchanged": 0, "rejected": 1}
    assert preview(sqlite_office, data, fiscal_year=2025).counts == {"created": 1, "updated": 0, "unchanged": 1, "rejected": 0}


def test_the_same_file_again_changes_nothing_also_after_a_correction_in_the_app(sqlite_office: Office) -> None:
    data = ledger(ROW, OTHER)
    load(sqlite_office, data)
    changes.update(sqlite_office.db, BUYER, "contracts", "PRC-CON-000001", {"title": "訂正した件名", "amount": 1}, 1)
    assert preview(sqlite_office, data).counts == {"created": 0, "updated": 0, "unchanged": 2, "rejected": 0}


def test_the_contract_amount_is_not_replaced_by_the_bid(sqlite_office: Office) -> None:
    head = (*HEAD[:5], "落札金額", HEAD[5])
    load(sqlite_office, ledger((*ROW[:5], 9_000_000, 9_900_000), head=head))
    item = records(sqlite_office)[0]
    assert (item.values["amount"], item.printed["落札金額"]) == (9_900_000, "9000000")


@pytest.mark.parametrize(("titles", "heading", "below"), [
    (("契約台帳（物品役務等）",), "契約金額（千円）（税込）", None), (("契約台帳（物品役務等）",), "契約金額\n千円", None),
    (("契約台帳（物品役務等）",), "契約金額〔千円〕", None), (("契約台帳（物品役務等）", "（単位：千円）"), "契約金額", None),
    (("契約台帳（物品役務等）",), "契約金額", "（千円）"),
])
def test_thousands_of_yen_are_read_as_such_wherever_the_unit_stands(
        sqlite_office: Office, titles: tuple[str, ...], heading: str, below: str | None) -> None:
    units = [(None, None, None, None, None, below)] if below else []
    seen = preview(sqlite_office, book(*([t] for t in titles), (*HEAD[:5], heading), *units, (*ROW[:5], 9_900)))
    assert [c.read.values.get("amount") for c in seen.rows] == [9_900_000]


def test_an_amount_without_tax_is_not_taken_for_the_amount(sqlite_office: Office) -> None:
    seen = preview(sqlite_office, ledger(ROW, head=(*HEAD[:5], "契約金額（税抜・円）")))
    assert {code for code, _, _ in said(seen)} == {"column-without-field", "required-without-column"}


def test_a_supplier_that_changes_is_tied_to_its_own_record(sqlite_office: Office) -> None:
    load(sqlite_office, ledger(ROW))
    seen = preview(sqlite_office, ledger((*ROW[:2], "株式会社べつの警備", None, *ROW[4:])), changed="all")
    run.load(sqlite_office, BUYER, seen)
    assert records(sqlite_office)[0].values["supplier_id"].name == "株式会社べつの警備"


def test_a_band_says_it_of_the_rows_below_it(sqlite_office: Office) -> None:
    seen = preview(sqlite_office, book(["令和７年５月分"], HEAD, ["【公共工事】"], ROW, ["【物品役務等】"], OTHER))
    assert [c.read.values["category"] for c in seen.rows] == ["works", "goods"]


@pytest.mark.parametrize("said_changed", [frozenset({99}), frozenset({4})])
def test_a_row_called_the_same_that_is_like_none_is_refused(sqlite_office: Office, said_changed: frozenset[int]) -> None:
    with pytest.raises(Misuse, match="like no record"):
        preview(sqlite_office, ledger(ROW), changed=said_changed)


def test_a_choice_of_a_column_that_is_not_there_is_refused(sqlite_office: Office) -> None:
    with pytest.raises(Misuse, match="no column"):
        preview(sqlite_office, ledger(ROW), chosen={"工期": "remarks"})


@pytest.mark.parametrize("sign", ["〃", "同上"])
def test_a_ditto_mark_is_nobodys_name(sqlite_office: Office, sign: str) -> None:
    seen = preview(sqlite_office, ledger(ROW, (OTHER[0], OTHER[1], sign, *OTHER[3:])))
    assert [(p.code, p.row, p.column) for p in seen.errors] == [("ditto", 5, "C")]


def test_a_fault_in_a_merged_cell_is_marked_where_the_cell_keeps_its_value(sqlite_office: Office) -> None:
    out = load_workbook(io.BytesIO(ledger((ROW[0], "令和7年2月30日", *ROW[2:]), (OTHER[0], None, *OTHER[2:]))))
    out.active.merge_cells("B4:B5")
    out.active["C4"].comment = Comment("前からある注釈", "総務部")
    data = io.BytesIO()
    out.save(data)
    marked = load_workbook(io.BytesIO(report(preview(sqlite_office, data.getvalue()), "ja")[1]))["契約一覧"]
    assert "2月" in marked["B4"].comment.text and marked["C4"].comment.text == "前からある注釈"


def test_a_row_without_supplier_comes_in_with_its_gap_and_one_without_date_does_not(office: Office) -> None:
    """Real months have such rows; the check before publication stops them, not the import of the whole month."""
    data = ledger(ROW, (OTHER[0], OTHER[1], None, None, *OTHER[4:]), ("日付のない契約", None, *ROW[2:]))
    seen = preview(office, data)
    assert [(p.code, str(p.severity), p.row, p.column) for p in seen.problems] == [("value-gap", "W", 5, "C"), ("value-required", "E", 6, "B")]
    done = load(office, data, good_rows=True)
    assert (done.count("created"), done.count("rejected")) == (2, 1)
    assert records(office)[1].values["supplier_name"] is None
    assert preview(office, data, good_rows=True).count("unchanged") == 2
    with pytest.raises(Invalid):
        changes.create(office.db, BUYER, "contracts", {"title": "x", "contract_date": date(2025, 6, 2), "amount": 1})


def test_the_same_file_again_takes_back_no_correction_of_a_record_that_it_changed(sqlite_office: Office) -> None:
    load(sqlite_office, ledger(("7-1", *ROW), head=("契約番号", *HEAD)), "4月.xlsx")
    second = ledger(("7-1", *ROW[:5], 9_800_000), head=("契約番号", *HEAD))
    assert load(sqlite_office, second, "5月.xlsx").counts["updated"] == 1
    changes.update(sqlite_office.db, BUYER, "contracts", "PRC-CON-000001", {"amount": 9_700_000}, 2)
    assert preview(sqlite_office, second).counts == {"created": 0, "updated": 0, "unchanged": 1, "rejected": 0}


def test_a_row_whose_record_was_voided_takes_no_other_rows_record(sqlite_office: Office) -> None:
    data = ledger(ROW, ROW)
    load(sqlite_office, data)
    changes.void(sqlite_office.db, BUYER, "contracts", "PRC-CON-000001", 1, reason="重複")
    seen = preview(sqlite_office, data, constants={"remarks": "追記"})
    assert [(c.read.number, c.code) for c in seen.rows] == [(4, None), (5, "PRC-CON-000002")]


def test_what_the_person_says_of_every_row_comes_before_a_band(sqlite_office: Office) -> None:
    seen = preview(sqlite_office, book(["令和７年５月分"], HEAD, ["【公共工事】"], ROW), constants={"category": "goods"})
    assert [c.read.values["category"] for c in seen.rows] == ["goods"]


def test_another_sheet_of_a_loaded_file_is_not_called_loaded(sqlite_office: Office) -> None:
    out = load_workbook(io.BytesIO(ledger(ROW)))
    other = out.copy_worksheet(out.active)
    other.title, other["A4"] = "6月", "六月の業務"
    data = io.BytesIO()
    out.save(data)
    load(sqlite_office, data.getvalue(), sheet="契約一覧")
    assert preview(sqlite_office, data.getvalue(), sheet="契約一覧").already is not None
    assert preview(sqlite_office, data.getvalue(), sheet="6月").already is None
