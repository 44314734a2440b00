"""A month on its way to the public: built from the ledger as it stands, approved by a second person, frozen, found again."""

from __future__ import annotations

import csv
import io
import json
import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from grc import calendar, changes, people, register, trail
from grc.changes.set_setting import set_setting
from grc.disclosure import memory
from grc.disclosure import month as months
from grc.disclosure.site import publish
from grc.disclosure.verify import verify_folder
from grc.office import Office
from grc.permissions import Actor
from grc.problem import Severity
from grc.refusal import Forbidden, Misuse, NotAllowedNow
from imports import run
from tests.conftest import make_office

PASSWORD = "correct horse battery staple 9"
MONTH = "2025-06"
CONTRACT = {"title": "庁舎警備業務", "contract_date": date(2025, 6, 2), "supplier_name": "株式会社あけぼの警備", "amount": 9_900_000,
            "estimated_price": 10_120_000, "method": "open", "category": "goods", "officer": "契約担当役 高橋 直樹",
            "supplier_jcn": "3000020278670"}


def person(office: Office, name: str, role: str) -> Actor:
    people.add(office.db, people.CLI, name, PASSWORD, [role])
    with office.db.read() as conn:
        return people.actor_of(conn, people.by_name(conn, name).id, via="test")


@pytest.fixture
def maker(office: Office) -> Actor:
    return person(office, "kobayashi", "procurement")


@pytest.fixture
def checker(office: Office) -> Actor:
    return person(office, "yamamoto", "procurement_head")


def contract(office: Office, actor: Actor, **values: Any) -> changes.Saved:
    """A contract that was signed, at its version 2."""
    planned = changes.create(office.db, actor, "contracts", {**CONTRACT, **values})
    return changes.transition(office.db, actor, "contracts", planned.code, "sign", planned.version)


def test_a_month_goes_from_the_ledger_to_the_public_in_four_acts(office: Office, maker: Actor, checker: Actor) -> None:
    code = contract(office, maker).code
    assert months.build(office, maker, MONTH).state == "built"
    assert months.check(office, maker, MONTH) == []
    assert months.approve(office, checker, MONTH, PASSWORD).state == "approved"
    published = months.publish(office, checker, MONTH, PASSWORD)
    assert (published.state, published.count, published.total) == ("published", 1, 9_900_000)
    page = (office.site / "2025/06/index.html").read_text()
    assert "庁舎警備業務" in page and published.sha256 in page and "97.8" in page
    assert (office.site / f"record/{code}/index.html").exists()
    assert months.verify(office) == months.verify(office, MONTH) == []


def test_who_built_it_cannot_approve_it(office: Office, checker: Actor) -> None:
    contract(office, person(office, "kobayashi", "procurement"))
    months.build(office, checker, MONTH)
    with pytest.raises(Forbidden, match="you built it"):
        months.approve(office, checker, MONTH, PASSWORD)


def test_who_changed_a_contract_in_it_cannot_approve_it(office: Office, maker: Actor, checker: Actor) -> None:
    saved = contract(office, maker)
    changes.update(office.db, checker, "contracts", saved.code, {"remarks": "確認"}, 2)
    months.build(office, maker, MONTH)
    with pytest.raises(Forbidden, match=saved.code):
        months.approve(office, checker, MONTH, PASSWORD)


def test_approval_needs_the_persons_own_password(office: Office, maker: Actor, checker: Actor) -> None:
    contract(office, maker)
    months.build(office, maker, MONTH)
    with pytest.raises(Forbidden, match="password"):
        months.approve(office, checker, MONTH, "something else entirely")
    assert months.show(office, maker, MONTH).state == "built"


def test_the_command_line_alone_may_build_but_never_sign(office: Office, maker: Actor) -> None:
    contract(office, maker)
    months.build(office, people.CLI, MONTH)
    for act in (months.approve, months.publish):
        with pytest.raises(Forbidden, match="--as"):
            act(office, people.CLI, MONTH, PASSWORD)


def test_a_contract_changed_after_the_build_sends_it_back(office: Office, maker: Actor, checker: Actor) -> None:
    saved = contract(office, maker)
    months.build(office, maker, MONTH)
    changes.update(office.db, maker, "contracts", saved.code, {"amount": 9_800_000}, 2)
    assert not months.show(office, maker, MONTH).fresh
    with pytest.raises(NotAllowedNow, match="Build it again"):
        months.approve(office, checker, MONTH, PASSWORD)
    months.build(office, maker, MONTH)
    months.approve(office, checker, MONTH, PASSWORD)
    changes.update(office.db, maker, "contracts", saved.code, {"amount": 9_700_000}, 3)
    with pytest.raises(NotAllowedNow, match="Build it again"):
        months.publish(office, checker, MONTH, PASSWORD)
    assert not office.site.exists()


def test_errors_stop_the_approval_and_warnings_want_a_written_word(office: Office, maker: Actor, checker: Actor) -> None:
    late = contract(office, maker, month=MONTH, contract_date=date(2025, 7, 1), title="物品の購入")
    kind = contract(office, maker, category=None)
    months.build(office, maker, MONTH)
    found = {(f.problem.code, str(f.problem.severity), f.problem.record) for f in months.check(office, maker, MONTH)}
    assert found == {("C-05", "W", late.code), ("C-35", "E", kind.code)}
    with pytest.raises(NotAllowedNow, match="1 errors and 1 warnings"):
        months.approve(office, checker, MONTH, PASSWORD)
    changes.update(office.db, maker, "contracts", kind.code, {"category": "goods"}, 2)
    months.build(office, maker, MONTH)
    with pytest.raises(NotAllowedNow):
        months.approve(office, checker, MONTH, PASSWORD)
    with pytest.raises(NotAllowedNow, match="Write why"):
        months.acknowledge(office, maker, MONTH, "C-05", " ", PASSWORD)
    months.acknowledge(office, maker, MONTH, "C-05", "6月の起案で、締結が7月になった。", PASSWORD)
    assert months.check(office, maker, MONTH)[0].acknowledged == "6月の起案で、締結が7月になった。"
    assert months.approve(office, checker, MONTH, PASSWORD).state == "approved"


def test_what_was_published_before_our_time_only_warns(office: Office, maker: Actor) -> None:
    contract(office, maker, category=None)
    set_setting(office.db, people.CLI, "first_own_month", "2026-10")
    months.build(office, maker, MONTH)
    assert [f.problem.severity for f in months.check(office, maker, MONTH)] == [Severity.WARNING]


def test_a_month_without_contracts_is_a_sentence_until_somebody_says_none(office: Office, maker: Actor, checker: Actor) -> None:
    with pytest.raises(NotAllowedNow, match="no contracts"):
        months.build(office, maker, MONTH)
    assert months.show(office, maker, MONTH).state == "none"
    months.build(office, maker, MONTH, none=True)
    months.approve(office, checker, MONTH, PASSWORD)
    months.publish(office, checker, MONTH, PASSWORD)
    assert (office.site / "2025/06/index.html").read_text().count("該当なし") >= 4


def test_a_published_month_is_frozen(office: Office, maker: Actor, checker: Actor) -> None:
    saved = contract(office, maker)
    for act in (months.build, ):
        act(office, maker, MONTH)
    months.approve(office, checker, MONTH, PASSWORD)
    months.publish(office, checker, MONTH, PASSWORD)
    changes.update(office.db, maker, "contracts", saved.code, {"amount": 1}, 2)
    assert months.show(office, maker, MONTH).total == 9_900_000
    with pytest.raises(NotAllowedNow, match="published"):
        months.build(office, maker, MONTH)
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), office.db.write() as conn:
        conn.execute(sa.update(months.snapshots).values(sha256="0"))


def published(office: Office, maker: Actor, checker: Actor, **values: Any) -> str:
    """The month published with one contract; its code."""
    code = contract(office, maker, **values).code
    months.build(office, maker, MONTH)
    months.approve(office, checker, MONTH, PASSWORD)
    months.publish(office, checker, MONTH, PASSWORD)
    return code


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def test_a_changed_byte_in_any_published_file_is_named(office: Office, maker: Actor, checker: Actor) -> None:
    code = published(office, maker, checker)
    for name, body in tree(office.site).items():
        one_byte(office.site / name)
        assert [p.value for p in months.verify(office)] == [name]
        mine = name.startswith("2025/06/") or name == f"record/{code}/index.html"
        assert [p.value for p in months.verify(office, MONTH)] == ([name] if mine else [])
        (office.site / name).write_bytes(body)
    assert months.verify(office) == []


def test_a_page_forged_with_all_its_hashes_is_found(office: Office, maker: Actor, checker: Actor) -> None:
    published(office, maker, checker)
    with office.db.read() as conn:
        [frozen] = memory.frozen(conn)
    publish(office.site, [replace(frozen, rows=(replace(frozen.rows[0], supplier_name="別の会社"),))])
    assert verify_folder(office.site) == [], "the forged site agrees with itself"
    assert "2025/06/index.html" in {p.value for p in months.verify(office)}
    assert {"2025/06/v1/index.html", "2025/06/snapshot.json"} <= {p.value for p in months.verify(office, MONTH)}


def alter(office: Office, statement: str) -> None:
    """Change the database behind the door's back, its triggers dropped."""
    with office.db.write() as conn:
        for table in ("snapshots", "site_files"):
            if conn.dialect.name == "sqlite":
                for what in ("update", "delete", "replace"):
                    conn.exec_driver_sql(f"drop trigger {table}_no_{what}")
            else:
                conn.exec_driver_sql(f"alter table {table} disable trigger all")
        conn.exec_driver_sql(statement)


@pytest.mark.parametrize(("statement", "what"), [
    ("update snapshots set canonical = replace(canonical, '9900000', '9900001')", "公表内容の記録「2025-06 v1」"),
    ("update snapshots set canonical = 'x'", "公表内容の記録「2025-06 v1」"),
    ("update snapshots set sha256 = 'x'", "公表内容の記録「2025-06 v1」"),
    ("delete from snapshots", "公表内容の記録「2025-06 v1」"),
    ("update site_files set files = replace(files, 'index', 'indeks')", "公表ファイルの一覧「2025-06」"),
    ("update site_files set files = 'x'", "公表ファイルの一覧「2025-06」"),
    ("delete from site_files", "公表ファイルの一覧「2025-06」"),
])
def test_an_altered_record_in_the_database_is_blamed_itself_and_no_file(
        office: Office, maker: Actor, checker: Actor, statement: str, what: str) -> None:
    published(office, maker, checker)
    alter(office, statement)
    for found in (months.verify(office), months.verify(office, MONTH)):
        [problem] = found
        assert problem.code == "V-06" and f"データベースにある{what}が、公表したときから書き換えられています。" in problem.sentence("ja")
    with pytest.raises(NotAllowedNow, match="was altered"):
        months.publish(office, checker, MONTH, PASSWORD)


def test_rows_that_were_altered_after_the_approval_are_not_published(office: Office, maker: Actor, checker: Actor) -> None:
    contract(office, maker)
    months.build(office, maker, MONTH)
    months.approve(office, checker, MONTH, PASSWORD)
    with office.db.write() as conn:
        conn.exec_driver_sql("update disclosure_months set rows = replace(rows, '9900000', '9900001')")
    with pytest.raises(NotAllowedNow, match="Build it again"):
        months.publish(office, checker, MONTH, PASSWORD)


def test_a_record_that_is_no_text_any_more_is_blamed_itself(sqlite_office: Office) -> None:
    office = sqlite_office
    published(office, person(office, "kobayashi", "procurement"), person(office, "yamamoto", "procurement_head"))
    alter(office, "update snapshots set canonical = cast(x'ff00' as text)")
    assert [p.code for p in months.verify(office, MONTH)] == ["V-06"]


def test_a_spoilt_entry_of_the_trail_is_no_traceback(sqlite_office: Office) -> None:
    office = sqlite_office
    published(office, person(office, "kobayashi", "procurement"), person(office, "yamamoto", "procurement_head"))
    with office.db.write() as conn:
        conn.exec_driver_sql("drop trigger trail_no_update")
        conn.exec_driver_sql("update trail set changes = cast(x'ff' as text) where action = 'publish'")
    assert "V-06" in {p.code for p in months.verify(office, MONTH)}


def test_a_published_month_is_put_again_as_it_was(office: Office, maker: Actor, checker: Actor) -> None:
    code = published(office, maker, checker)
    before = tree(office.site)
    changes.update(office.db, maker, "contracts", code, {"amount": 1}, 2)
    one_byte(office.site / "2025/06/index.html")
    assert months.publish(office, checker, MONTH, PASSWORD).total == 9_900_000
    assert tree(office.site) == before
    shutil.rmtree(office.site.resolve())
    months.publish(office, checker, MONTH, PASSWORD)
    assert tree(office.site) == before
    assert months.verify(office) == []
    with office.db.read() as conn:
        assert [e.action for e in trail.of_record(conn, "disclosures", MONTH)] == ["restore", "restore", "publish", "approve", "build"]
        assert conn.scalar(sa.select(sa.func.count()).select_from(months.snapshots)) == 1
    with pytest.raises(Forbidden, match="may not"):
        months.publish(office, maker, MONTH, PASSWORD)
    with pytest.raises(Forbidden, match="password"):
        months.publish(office, checker, MONTH, "something else entirely")


def test_an_acknowledgement_holds_only_for_what_was_acknowledged(office: Office, maker: Actor, checker: Actor) -> None:
    first = contract(office, maker, month=MONTH, contract_date=date(2025, 7, 1))
    months.build(office, maker, MONTH)
    months.acknowledge(office, maker, MONTH, "C-05", "7月の締結。", PASSWORD)
    second = contract(office, maker, month=MONTH, contract_date=date(2025, 7, 2), title="別の契約")
    months.build(office, maker, MONTH)
    assert {(f.problem.record, f.acknowledged) for f in months.check(office, maker, MONTH)} == {(first.code, None), (second.code, None)}
    with pytest.raises(NotAllowedNow, match="2 warnings"):
        months.approve(office, checker, MONTH, PASSWORD)
    months.acknowledge(office, maker, MONTH, "C-05", "どちらも7月の締結。", PASSWORD)
    changes.void(office.db, maker, "contracts", second.code, 2, reason="誤って登録した。")
    months.build(office, maker, MONTH)
    assert [f.acknowledged for f in months.check(office, maker, MONTH)] == ["どちらも7月の締結。"]
    changes.update(office.db, maker, "contracts", first.code, {"contract_date": date(2025, 8, 1)}, 2)
    months.build(office, maker, MONTH)
    assert [f.acknowledged for f in months.check(office, maker, MONTH)] == [None], "another date was never looked at"


def test_who_took_a_contract_out_of_the_month_cannot_approve_it(office: Office, maker: Actor, checker: Actor) -> None:
    other = person(office, "sato", "procurement_head")
    contract(office, maker)
    gone = contract(office, maker, title="取り消す契約")
    changes.void(office.db, checker, "contracts", gone.code, 2, reason="誤って登録した。")
    months.build(office, maker, MONTH)
    with pytest.raises(Forbidden, match=gone.code):
        months.approve(office, checker, MONTH, PASSWORD)
    assert months.approve(office, other, MONTH, PASSWORD).state == "approved"


@pytest.mark.parametrize("to", ["2025-07", MONTH])
def test_who_moved_a_contract_out_of_the_month_or_into_it_cannot_approve_it(
        office: Office, maker: Actor, checker: Actor, to: str) -> None:
    contract(office, maker)
    moved = contract(office, maker, title="月を移す契約", month=None if to != MONTH else "2025-05")
    changes.update(office.db, checker, "contracts", moved.code, {"month": to}, 2)
    months.build(office, maker, MONTH)
    with pytest.raises(Forbidden, match=moved.code):
        months.approve(office, checker, MONTH, PASSWORD)


def test_who_made_a_contract_one_that_is_published_cannot_approve_the_month(office: Office, maker: Actor, checker: Actor) -> None:
    contract(office, maker)
    planned = changes.create(office.db, maker, "contracts", {**CONTRACT, "title": "締結を記録する契約"})
    changes.transition(office.db, checker, "contracts", planned.code, "sign", planned.version)
    months.build(office, maker, MONTH)
    with pytest.raises(Forbidden, match=planned.code):
        months.approve(office, checker, MONTH, PASSWORD)


def test_what_was_changed_before_the_last_approval_was_seen_by_two(office: Office, maker: Actor, checker: Actor) -> None:
    other = person(office, "sato", "procurement_head")
    saved = contract(office, maker)
    gone = contract(office, maker, title="取り消す契約")
    changes.void(office.db, checker, "contracts", gone.code, 2, reason="誤って登録した。")
    months.build(office, maker, MONTH)
    months.approve(office, other, MONTH, PASSWORD)
    changes.update(office.db, maker, "contracts", saved.code, {"amount": 9_800_000}, 2)
    months.build(office, maker, MONTH)
    assert months.approve(office, checker, MONTH, PASSWORD).state == "approved"


@pytest.mark.parametrize("status", ["planned", "notice_ready", "noticed", "bid_opened", "awarded", "cancelled"])
def test_a_contract_that_was_not_signed_is_not_published(office: Office, maker: Actor, status: str) -> None:
    signed = contract(office, maker)
    other = contract(office, maker, title="まだの契約")
    with office.db.write() as conn:
        conn.execute(sa.update(register.publishing()[0].table).where(register.publishing()[0].table.c.code == other.code).values(status=status))
    assert [r.record_id for r in months.build(office, maker, MONTH).rows] == [signed.code]
    assert next(m for m in months.board(office, maker, 2025) if m.month == MONTH).ledger == 1


def test_a_month_is_said_to_have_none_only_when_it_has_ended(office: Office, maker: Actor) -> None:
    with calendar.clock.at(datetime(2026, 2, 28, 14, 59, tzinfo=UTC)), pytest.raises(NotAllowedNow, match="has not ended"):
        months.build(office, maker, "2026-02", none=True)
    with calendar.clock.at(datetime(2026, 2, 28, 15, 0, tzinfo=UTC)):  # midnight in Tokyo
        assert months.build(office, maker, "2026-02", none=True).count == 0


def test_a_temporary_password_signs_nothing(office: Office, maker: Actor) -> None:
    contract(office, maker)
    months.build(office, maker, MONTH)
    people.add(office.db, people.CLI, "shinjin", PASSWORD, ["procurement_head"], must_change=True)
    with office.db.read() as conn:
        new = people.actor_of(conn, people.by_name(conn, "shinjin").id, via="test")
    for sign in (lambda: months.approve(office, new, MONTH, PASSWORD), lambda: months.publish(office, new, MONTH, PASSWORD),
                 lambda: months.acknowledge(office, new, MONTH, "C-05", "理由", PASSWORD)):
        with pytest.raises(Forbidden, match="temporary password"):
            sign()


def test_no_account_name_goes_out_to_the_public(office: Office, maker: Actor, checker: Actor) -> None:
    contract(office, maker)
    months.build(office, people.CLI, MONTH)
    months.approve(office, checker, MONTH, PASSWORD)
    other = person(office, "sato", "procurement_head")
    people.set_roles(office.db, people.CLI, checker.name, ["auditor"])
    months.publish(office, other, MONTH, PASSWORD)
    said = json.loads((office.site / "2025/06/snapshot.json").read_text())
    assert (said["prepared_by"], said["approved_by"]) == ("担当者", "責任者")
    assert not [name for name, body in tree(office.site).items() if b"yamamoto" in body or b'"cli"' in body]


@pytest.mark.parametrize("month", ["2025-13", "202506", "令和7年6月", "../../etc"])
def test_what_is_no_month_is_named(office: Office, maker: Actor, month: str) -> None:
    with pytest.raises(Misuse, match="no month"):
        months.build(office, maker, month)


def test_a_stranger_sees_nothing_of_it(office: Office) -> None:
    with pytest.raises(Forbidden):
        months.show(office, Actor("dareka", frozenset({"committee"}), via="test"), MONTH)


def one_byte(path: Path) -> None:
    body = bytearray(path.resolve().read_bytes())
    body[len(body) // 2] ^= 1
    path.resolve().chmod(0o644)
    path.resolve().write_bytes(bytes(body))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    folder = tmp_path_factory.mktemp("real")
    yield from make_office(f"sqlite:///{folder / 'test.db'}", folder)


class TestRealMonths:
    """The real tables of one agency, from file to published folder (../shared/data/procurement)."""

    def load(self, office: Office, folder: Path, name: str, **options: Any) -> run.Preview:
        seen = run.preview(office, people.CLI, "contracts", (folder / name).read_bytes(), name, run.Options(**options))
        return run.load(office, people.CLI, seen)

    def test_august_of_r06_is_published_with_every_row_and_yen(self, home: Office, shared_data: Path) -> None:
        folder = shared_data / "procurement/dev/atla"
        for name in ("kohyo_r06/06_kyoso_kijunijo-08.xlsx", "kohyo_r06/06_zuikei_kijunijo-08.xlsx"):
            self.load(home, folder, name)
        set_setting(home.db, people.CLI, "first_own_month", "2026-10")
        maker, checker = person(home, "kobayashi", "procurement"), person(home, "yamamoto", "procurement_head")
        months.build(home, maker, "2024-08")
        for code in {f.problem.code for f in months.check(home, maker, "2024-08") if f.stops}:
            months.acknowledge(home, maker, "2024-08", code, "公表されたとおり", PASSWORD)
        months.approve(home, checker, "2024-08", PASSWORD)
        months.publish(home, checker, "2024-08", PASSWORD)

        want = (396, 221_851_184_693)
        place = home.site / "2024/08"
        data = json.loads((place / "contracts.json").read_text())
        rows = list(csv.DictReader(io.StringIO((place / "contracts.csv").read_bytes().decode("utf-8-sig"))))
        book = load_workbook(place / "forms.xlsx", read_only=True)
        sheet = list(book["データ"].iter_rows(values_only=True))
        head = next(n for n, row in enumerate(sheet) if "契約金額（円）" in row)
        column = sheet[head].index("契約金額（円）")
        page = (place / "index.html").read_text()
        assert (len(data), sum(r["amount"] for r in data)) == want
        assert (len(rows), sum(int(r["契約金額（円）"]) for r in rows)) == want
        assert (len(sheet) - head - 1, sum(row[column] for row in sheet[head + 1:])) == want
        assert "396件" in page and page.count("/record/") == 396
        assert months.verify(home) == months.verify(home, "2024-08") == []

    def test_one_changed_byte_in_a_published_file_is_named(self, home: Office) -> None:
        one_byte(home.site / "2024/08/contracts.csv")
        assert [p.value for p in months.verify(home, "2024-08")] == ["2024/08/contracts.csv"]

    def test_march_of_r05_has_every_row_accounted_for(self, home: Office, shared_data: Path) -> None:
        folder = shared_data / "procurement/dev/atla"
        seen = [self.load(home, folder, f"kohyo_r05/05_{kind}_kijunijo-03.xlsx", constants={"month": "2024-03"})
                for kind in ("kyoso", "zuikei")]
        assert sum(len(s.rows) for s in seen) == 1621
        assert sum(s.count("created") for s in seen) == 1621
        assert [p.field for s in seen for p in s.warnings if p.code == "value-gap"] == ["supplier_name"] * 2, "two rows name no supplier"
        months.build(home, people.CLI, "2024-03")
        found = {(f.problem.code, f.problem.value) for f in months.check(home, people.CLI, "2024-03") if f.problem.code in ("C-05", "C-07")}
        assert [f.problem.field for f in months.check(home, people.CLI, "2024-03") if f.problem.code == "C-35"] == ["supplier_name"] * 2
        assert ("C-07", "105001006809") in found
        assert len([1 for code, _ in found if code == "C-05"]) == 1
        assert len([1 for code, _ in found if code == "C-07"]) == 1
        assert register.publishing()[0].slug == "contracts"


def test_a_routine_move_sends_nobody_back_to_building(office: Office, maker: Actor, checker: Actor) -> None:
    """Performance begins after the month was built: what is published is the same."""
    saved = contract(office, maker)
    months.build(office, maker, MONTH)
    changes.transition(office.db, maker, "contracts", saved.code, "perform", saved.version)
    assert [(what, month) for what, month, _ in months.waiting(office, checker)] == [("approve", MONTH)]
    months.approve(office, checker, MONTH, PASSWORD)
    assert [(what, month) for what, month, _ in months.waiting(office, checker)] == [("publish", MONTH)]
    changes.update(office.db, maker, "contracts", saved.code, {"amount": 1}, saved.version + 1)
    assert [(what, month) for what, month, _ in months.waiting(office, maker)] == [("build", MONTH)]
