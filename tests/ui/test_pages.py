"""Every page, drawn for people of several roles in both languages: no exception, no word in the wrong language."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

import registers  # noqa: F401
from grc import calendar, changes, people, query, register, trail
from grc.disclosure import month as months
from grc.office import Office
from grc.permissions import ROLES, Actor
from grc.register import all_registers
from grc.ui import typed
from grc.ui.viewer import Viewer
from imports import run
from tests import toy, toy_letters  # noqa: F401
from tests.conftest import make_office
from tests.engine.actors import AUDITOR, BUYER, NOBODY, OFFICER
from tests.imports.examples import fill
from tests.imports.ledgers import ROW, ledger
from tests.registers import sample
from tests.ui.app import draw, words

JAPANESE = re.compile(r"[ぁ-んァ-ヶ一-龠]")
KEEPER = Actor("keeper", frozenset({"procurement_head", "admin", "risk_officer"}), "山本 由美", via="test")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with some records of every register."""
    folder = tmp_path_factory.mktemp("ui")
    for office in make_office(f"sqlite:///{folder / 'test.db'}", folder):
        fill(office)
        yield office


def code_of(office: Office, slug: str, actor: Actor = AUDITOR) -> str:
    with office.db.read() as conn:
        return query.page(conn, actor, register.get(slug), query.Query(sort="code")).items[0].code


SLUGS = sorted(r.slug for r in all_registers())
EVERYBODY = Actor("tanaka", frozenset(ROLES) - {"committee", "chair"}, "田中 恵子", via="test")
"""All roles in one, under a name that restricted samples know."""


@pytest.mark.parametrize("slug", SLUGS)
def test_every_register_draws_its_list_record_and_form(sqlite_office: Office, slug: str) -> None:
    sample.fill(sqlite_office, slug, 2)
    code = code_of(sqlite_office, slug, EVERYBODY)
    labels = [f.label for f in register.get(slug).fields if f.derive is None]
    for lang, params in (("ja", {}), ("en", {}), ("ja", {"id": code}), ("en", {"id": code, "edit": "1"}), ("ja", {"id": "new"})):
        at = draw(slug, sqlite_office, EVERYBODY, lang, **params)
        assert len(at.title) == 1, "one h1 a page"
        if "edit" in params or params.get("id") == "new":
            said = words(at).replace("\\", "")
            assert all(label.into(lang) in said for label in labels)
            assert not (lang == "en" and any(JAPANESE.search(str(b.label)) for b in at.button))


@pytest.mark.parametrize("page", ["home", "import_ledger", "disclosure"])
@pytest.mark.parametrize("lang", ["ja", "en"])
def test_every_page_of_its_own_draws(home: Office, page: str, lang: str) -> None:
    said = words(draw(page, home, KEEPER, lang))
    chrome = "\n".join(line for line in said.split("\n") if "山本" not in line and "→" not in line)
    if lang == "en" and page != "home":
        assert not JAPANESE.search(chrome), JAPANESE.findall(chrome)


@pytest.mark.parametrize("slug", SLUGS)
def test_who_may_not_see_a_register_reads_why(home: Office, slug: str) -> None:
    said = words(draw(slug, home, NOBODY))
    assert "権限がありません" in said and f"{register.get(slug).code}-0" not in said


def test_an_auditor_sees_everything_and_finds_no_button_that_changes(home: Office) -> None:
    at = draw("contracts", home, AUDITOR, id=code_of(home, "contracts"))
    assert not {b.key for b in at.button} & {"edit", "void", "archive", "attach", "confirm"}
    assert not [b for b in at.button if str(b.key).startswith("move:")]
    assert "履歴" in words(at)


def test_a_set_is_offered_with_the_list_to_who_may_have_all_of_it(home: Office) -> None:
    address = "/exports/sets/toy-set.zip"
    assert all(address in words(draw(slug, home, AUDITOR)) for slug in ("toy-books", "suppliers"))
    assert address not in words(draw("suppliers", home, BUYER)), "no right to the books"
    assert address not in words(draw("contracts", home, AUDITOR)), "in no set"


def test_filters_live_in_the_address(home: Office) -> None:
    assert "1件" in words(draw("contracts", home, BUYER, q="封入"))
    assert "条件に合うものはありません" in words(draw("contracts", home, BUYER, q="無いもの"))


class TestForm:
    def test_a_form_saves_through_the_door(self, sqlite_office: Office) -> None:
        at = draw("toy-books", sqlite_office, OFFICER, id="new")
        at.text_input(key="form:toy-books:new:title").set_value("公文書管理")
        at.text_input(key="form:toy-books:new:price").set_value("１，２００円")
        at.selectbox(key="form:toy-books:new:genre").set_value("law")
        next(b for b in at.button if b.label == "保存する").click()
        at.run()
        with sqlite_office.db.read() as conn:
            item = query.one(conn, OFFICER, register.get("toy-books"), "TOY-BOK-000001")
            assert (item.values["price"], item.values["genre"]) == (1200, "law")
            assert trail.of_record(conn, "toy-books", item.code)[0].actor == "tanaka"

    @pytest.mark.parametrize(("field", "typed", "sentence"), [
        ("bought_on", "R7.2.30", "はない日付です"), ("copies", "たくさん", "たくさん"), ("title", "", "空欄です"),
    ])
    def test_what_cannot_be_read_is_said_at_its_field_and_nothing_is_saved(self, sqlite_office: Office, field: str, typed: str, sentence: str) -> None:
        at = draw("toy-books", sqlite_office, OFFICER, id="new")
        at.text_input(key="form:toy-books:new:title").set_value("本")
        at.text_input(key=f"form:toy-books:new:{field}").set_value(typed)
        next(b for b in at.button if b.label == "保存する").click()
        at.run()
        said = words(at).replace("\\", "")
        assert said.count(sentence) >= 2, "above the form and at the field"
        assert "1つ直すと保存できます" in said
        assert at.text_input(key=f"form:toy-books:new:{field}").value == typed, "nothing typed is lost"
        with sqlite_office.db.read() as conn:
            assert query.page(conn, OFFICER, register.get("toy-books"), query.Query()).total == 0

    def test_a_printed_cell_stays_when_it_is_not_touched(self, sqlite_office: Office) -> None:
        data = ledger((*ROW, "たくさん"), head=("件名", "契約締結日", "契約の相手方", "法人番号", "契約方式", "契約金額（円）", "応札者数"))
        run.load(sqlite_office, BUYER, run.preview(sqlite_office, BUYER, "contracts", data, "a.xlsx"))
        at = draw("contracts", sqlite_office, BUYER, id="PRC-CON-000001", edit="1")
        at.text_area(key="form:contracts:PRC-CON-000001:remarks").set_value("確認した")
        next(b for b in at.button if b.label == "保存する").click()
        at.run()
        with sqlite_office.db.read() as conn:
            item = query.one(conn, BUYER, register.get("contracts"), "PRC-CON-000001")
        assert (item.values["remarks"], item.printed) == ("確認した", {"bidder_count": "たくさん"})


    def test_a_reference_that_is_no_choice_any_more_stays(self, sqlite_office: Office) -> None:
        db = sqlite_office.db
        supplier, other = changes.create(db, KEEPER, "suppliers", {"name": "廃業した会社"}), changes.create(db, OFFICER, "toy-books", {"title": "前の巻"})
        book = changes.create(db, OFFICER, "toy-books", {"title": "本", "supplier_id": supplier.id, "see_also": [("toy-books", other.id)]})
        changes.archive(db, KEEPER, "suppliers", supplier.code, supplier.version, reason="廃業")
        changes.archive(db, OFFICER, "toy-books", other.code, other.version, reason="除籍")
        at = draw("toy-books", sqlite_office, OFFICER, id=book.code, edit="1")
        at.text_input(key=f"form:toy-books:{book.code}:price").set_value("500")
        next(b for b in at.button if b.label == "保存する").click()
        at.run()
        with db.read() as conn:
            item = query.one(conn, OFFICER, register.get("toy-books"), book.code)
        assert (item.values["price"], item.values["supplier_id"].code) == (500, supplier.code)
        assert [target.code for _, target in item.values["see_also"]] == [other.code]

    def test_a_reference_to_nothing_is_a_fault_and_clears_nothing(self, sqlite_office: Office) -> None:
        books = register.get("toy-books")
        shown = typed.Shown("TOY-BOK-000001", 1, {"supplier_id": None, "see_also": []}, {})
        given, problems = typed.read(Viewer(sqlite_office, OFFICER, "ja", "test"), books, shown,
                                    {"supplier_id": "PRC-SUP-999999", "see_also": [("toy-books", "TOY-BOK-999999")]})
        assert [p.field for p in problems] == ["supplier_id", "see_also"]
        assert "supplier_id" not in given

    def test_every_fault_is_found_in_one_round_and_said_at_the_button_too(self, sqlite_office: Office) -> None:
        at = draw("toy-books", sqlite_office, OFFICER, id="new")
        at.text_input(key="form:toy-books:new:bought_on").set_value("R7.2.30")
        next(b for b in at.button if b.label == "保存する").click()
        at.run()
        assert "2つ直すと保存できます" in words(at)
        assert len(at.error) == 1, "role=alert, below the form"
        assert "空欄です" in at.error[0].value and "はない日付です" in at.error[0].value

    @pytest.mark.parametrize("params", [{"id": "new"}, {"edit": "1"}])
    def test_who_may_not_save_reads_so_before_they_type(self, home: Office, params: dict[str, str]) -> None:
        at = draw("contracts", home, AUDITOR, **{"id": code_of(home, "contracts"), **params})
        assert not at.text_input and "権限がありません" in at.warning[0].value
        assert [b.label for b in at.button] == ["戻る"]


class TestRecord:
    def test_who_imported_a_record_does_not_confirm_it(self, sqlite_office: Office) -> None:
        run.load(sqlite_office, BUYER, run.preview(sqlite_office, BUYER, "contracts", ledger(ROW), "a.xlsx"))
        keys = {who: {b.key for b in draw("contracts", sqlite_office, who, id="PRC-CON-000001").button} for who in (BUYER, KEEPER)}
        assert "confirm" not in keys[BUYER] and "confirm" in keys[KEEPER]
        said = words(draw("contracts", sqlite_office, BUYER, id="PRC-CON-000001"))
        assert said.count("次にすること") == 1 and "ほかの人が内容を見て確かめます" in said


    def test_what_is_computed_from_other_records_is_shown_where_there_is_something_to_say(self, sqlite_office: Office) -> None:
        made = [changes.create(sqlite_office.db, OFFICER, "toy-books", {"title": title, "genre": genre}).code
                for title, genre in (("民法", "law"), ("刑法", "law"), ("日本史", "history"))]
        said = words(draw("toy-books", sqlite_office, OFFICER, id=made[0]))
        assert "同じ分野の本" in said and "刑法" in said and "日本史" not in said
        assert "同じ分野の本" not in words(draw("toy-books", sqlite_office, OFFICER, id=made[2]))


    def test_of_many_records_that_refer_to_it_the_newest_are_shown_and_the_way_to_all(self, sqlite_office: Office) -> None:
        unit = changes.create(sqlite_office.db, KEEPER, "units", {"name": "図書課"})
        for n in range(7):
            changes.create(sqlite_office.db, OFFICER, "toy-books", {"title": f"第{n}巻", "unit_id": unit.id})
        at = draw("units", sqlite_office, replace(OFFICER, roles=OFFICER.roles | {"admin"}), id=unit.code)
        links = [(link.label, link.page) for link in at.get("page_link")] if at.get("page_link") else []
        said = words(at) + str(links)
        assert "第6巻" in said and "第2巻" in said and "第1巻" not in said and "すべて見る" in said


class TestHome:
    def test_what_is_due_names_its_register_and_its_date(self, sqlite_office: Office) -> None:
        changes.create(sqlite_office.db, OFFICER, "toy-books", {"title": "期限のある本", "inspect_by": calendar.add_days(calendar.today(), 5)})
        said = words(draw("home", sqlite_office, OFFICER))
        assert f"蔵書台帳の{register.get('toy-books').label('inspect_by').ja}" in said


class TestMonth:
    def test_the_page_says_what_stands_between_now_and_publication(self, sqlite_office: Office) -> None:
        saved = changes.create(sqlite_office.db, BUYER, "contracts", {
            "title": "庁舎警備業務", "contract_date": date(2025, 6, 2), "supplier_name": "甲社", "amount": 1000, "officer": "担当役"})
        changes.transition(sqlite_office.db, BUYER, "contracts", saved.code, "sign", saved.version)
        at = draw("disclosure", sqlite_office, BUYER, month="2025-06")
        next(b for b in at.button if b.label == "作成する").click()
        at.run()
        said = words(draw("disclosure", sqlite_office, BUYER, month="2025-06"))
        assert "エラーを" in said and "C-35" in said.replace("\\", "") and saved.code in said.replace("\\", "")
        assert months.show(sqlite_office, BUYER, "2025-06").state == "built"

    def test_a_wrong_password_is_one_sentence_and_changes_nothing(self, sqlite_office: Office) -> None:
        people.add(sqlite_office.db, people.CLI, "yamamoto", "correct horse battery staple 9", ["procurement_head"])
        with sqlite_office.db.read() as conn:
            head = people.actor_of(conn, people.by_name(conn, "yamamoto").id)
        saved = changes.create(sqlite_office.db, BUYER, "contracts", {
            "title": "庁舎警備業務", "contract_date": date(2025, 6, 2), "supplier_name": "甲社", "amount": 1000, "officer": "担当役",
            "method": "open", "category": "goods"})
        changes.transition(sqlite_office.db, BUYER, "contracts", saved.code, "sign", saved.version)
        months.build(sqlite_office, BUYER, "2025-06")
        at = draw("disclosure", sqlite_office, head, month="2025-06")
        at.text_input(key="sign:Approve").set_value("wrong")
        next(b for b in at.button if b.label == "承認する").click()
        at.run()
        assert "名前かパスワードが違います" in words(at)
        assert months.show(sqlite_office, head, "2025-06").state == "built"


class TestImport:
    @pytest.mark.parametrize(("data", "name", "sentence"), [
        (b"%PDF-1.7", "契約.xlsx", "契約.xlsx"), (b"", "空.xlsx", "空.xlsx"), (b"PK\x03\x04", "壊れた.xlsx", "壊れた.xlsx"),
    ])
    def test_what_is_no_ledger_is_one_sentence_on_the_page(self, sqlite_office: Office, data: bytes, name: str, sentence: str) -> None:
        at = draw("import_ledger", sqlite_office, BUYER, register="contracts")
        at.file_uploader[0].set_value((name, data, "application/octet-stream")).run()
        assert not at.exception
        assert len(at.error) == 1 and sentence.replace(".", "\\.") in at.error[0].value

    def test_a_ledger_is_previewed_and_loaded_step_by_step(self, sqlite_office: Office) -> None:
        at = draw("import_ledger", sqlite_office, BUYER, register="contracts")
        at.file_uploader[0].set_value(("台帳.xlsx", ledger(ROW), "application/octet-stream")).run()
        for _ in range(3):
            next(b for b in at.button if b.label.startswith("次へ")).click()
            at.run()
            assert not at.exception
        assert "1行 = 新規 1" in words(at)
        next(b for b in at.button if b.label == "取り込む").click()
        at.run()
        assert "取り込みました：新規 1件" in words(at)
        with sqlite_office.db.read() as conn:
            assert query.page(conn, BUYER, register.get("contracts"), query.Query()).total == 1
        assert Path(sqlite_office.place.evidence).exists()
