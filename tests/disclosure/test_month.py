"""A month on its way to the public: built from the ledger as it stands, approved by a second person, frozen, found again."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
from openpyxl import load_workbook

from grc import changes, people, register
from grc.changes.set_setting import set_setting
from grc.disclosure import month as months
from grc.disclosure import verify
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
    return changes.create(office.db, actor, "contracts", {**CONTRACT, **values})


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
    assert verify.verify(office.site, MONTH, expected=months.published_hashes(office)) == []


def test_who_built_it_cannot_approve_it(office: Office, checker: Actor) -> None:
    contract(office, person(office, "kobayashi", "procurement"))
    months.build(office, checker, MONTH)
    with pytest.raises(Forbidden, match="you built it"):
        months.approve(office, checker, MONTH, PASSWORD)


def test_who_changed_a_contract_in_it_cannot_approve_it(office: Office, maker: Actor, checker: Actor) -> None:
    saved = contract(office, maker)
    changes.update(office.db, checker, "contracts", saved.code, {"remarks": "確認"}, 1)
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
    changes.update(office.db, maker, "contracts", saved.code, {"amount": 9_800_000}, 1)
    assert not months.show(office, maker, MONTH).fresh
    with pytest.raises(NotAllowedNow, match="Build it again"):
        months.approve(office, checker, MONTH, PASSWORD)
    months.build(office, maker, MONTH)
    months.approve(office, checker, MONTH, PASSWORD)
    changes.update(office.db, maker, "contracts", saved.code, {"amount": 9_700_000}, 2)
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
    changes.update(office.db, maker, "contracts", kind.code, {"category": "goods"}, 1)
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
    changes.update(office.db, maker, "contracts", saved.code, {"amount": 1}, 1)
    assert months.show(office, maker, MONTH).total == 9_900_000
    with pytest.raises(NotAllowedNow, match="published"):
        months.build(office, maker, MONTH)
    with pytest.raises(sa.exc.DatabaseError, match="append-only"), office.db.write() as conn:
        conn.execute(sa.update(months.snapshots).values(sha256="0"))


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
        assert verify.verify(home.site, "2024-08", expected=months.published_hashes(home)) == []

    def test_one_changed_byte_in_a_published_file_is_named(self, home: Office) -> None:
        one_byte(home.site / "2024/08/contracts.csv")
        found = verify.verify(home.site, "2024-08")
        assert any("contracts.csv" in p.message.en for p in found)

    def test_march_of_r05_has_every_row_accounted_for(self, home: Office, shared_data: Path) -> None:
        folder = shared_data / "procurement/dev/atla"
        seen = [self.load(home, folder, f"kohyo_r05/05_{kind}_kijunijo-03.xlsx", constants={"month": "2024-03"}, good_rows=True)
                for kind in ("kyoso", "zuikei")]
        assert sum(len(s.rows) for s in seen) == 1621
        assert sum(s.count("created") for s in seen) + sum(s.count("rejected") for s in seen) == 1621
        assert [p.field for s in seen for p in s.errors] == ["supplier_name"] * 2, "two rows of the source name no supplier"
        months.build(home, people.CLI, "2024-03")
        found = {(f.problem.code, f.problem.value) for f in months.check(home, people.CLI, "2024-03") if f.problem.code in ("C-05", "C-07")}
        assert ("C-07", "105001006809") in found
        assert len([1 for code, _ in found if code == "C-05"]) == 1
        assert len([1 for code, _ in found if code == "C-07"]) == 1
        assert register.publishing().slug == "contracts"
