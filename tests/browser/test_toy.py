"""A register declared in the tests alone is listed, edited, moved, exported and imported in the browser like any other."""

from __future__ import annotations

import re
from pathlib import Path

from openpyxl import Workbook, load_workbook
from playwright.sync_api import Browser, expect

from tests.browser.person import Person
from tests.serve import Server


def test_the_toy_register_works_in_the_browser(person: Person, server: Server, browser: Browser, tmp_path: Path) -> None:
    person.sign_in("tanaka")
    expect(person.page.get_by_role("link", name="蔵書台帳")).to_be_visible()
    person.open("/toy-books")
    person.reads("「蔵書台帳」はまだ1件もありません")

    # Added by hand: faults at their fields first, then saved.
    person.open("/toy-books?id=new")
    person.page.get_by_label("書名").fill("公文書管理の基礎")
    person.page.get_by_label("購入日").fill("R7.2.30")
    person.press(re.compile("保存する"))
    person.reads("1つ直すと保存できます")
    person.reads(re.compile("R7.2.30.*はない日付です"))
    person.page.get_by_label("購入日").fill("R7.2.28")
    person.page.get_by_label("価格（円）").fill("1,200")
    person.press(re.compile("保存する"))
    person.reads("令和7年2月28日")
    person.reads("TOY-BOK-000001")

    # Moved: the gap is named, filled, and a second person approves.
    person.press("提出する")
    person.reads("足りない項目が1つあります")
    person.open("/toy-books?id=TOY-BOK-000001&edit=1")
    person.page.get_by_role("combobox", name=re.compile("分野")).click()
    person.page.get_by_role("option", name="法律").click()
    person.press(re.compile("保存する"))
    person.reads("承認できません。")
    expect(person.page.get_by_role("button", name="承認する")).to_have_count(0)

    # The way back to the list is an address of its own.
    person.press("蔵書台帳")
    expect(person.page).to_have_url(re.compile("/toy-books$"))
    person.reads("1件")
    second = Person(browser.new_context(locale="ja-JP").new_page(), server.base)
    second.sign_in("sato")
    second.open("/toy-books?id=TOY-BOK-000001")
    second.press("承認する")
    second.reads("配架")
    second.page.context.close()

    # Out as Excel, and in again with a second book: one unchanged, one new.
    with person.page.expect_download() as download:
        person.page.evaluate("location.href = '/exports/toy-books.xlsx?lang=ja'")
    path = tmp_path / "books.xlsx"
    download.value.save_as(path)
    book: Workbook = load_workbook(path)
    sheet = book.active
    heads = [cell.value for cell in sheet[1]]
    assert {"台帳番号", "書名", "貸出の記録", "関連する本"} <= set(heads)
    sheet.cell(3, heads.index("書名") + 1, "日本史の100人")
    sheet.cell(3, heads.index("貸出の記録") + 1, "貸出日：2025-04-01｜借りた人：山田")
    book.save(path)
    person.open("/import?register=toy-books")
    person.upload(path)
    for step in ("表の確認", "項目の対応", "ちがいの確認"):
        person.press(re.compile(f"次へ：{step}"))
    person.reads("2行 = 新規 1 + 変更 0 + 変更なし 1 + 誤り 0")
    person.press(re.compile("^取り込む$"))
    person.open("/toy-books?q=日本史")
    person.reads("1件")
    person.open("/toy-books?id=TOY-BOK-000002")
    person.reads("山田")
    person.reads("配架")
