"""The whole job as a person does it: a ledger comes in, is corrected, built, approved by another, published, and read."""

from __future__ import annotations

import re
from pathlib import Path

from playwright.sync_api import Browser, expect

from grc import query, register
from tests.browser import ledger
from tests.browser.person import PASSWORD, Person
from tests.engine.actors import AUDITOR
from tests.serve import Server

MONTH = "2025-06"


def codes(server: Server) -> list[str]:
    with server.office.db.read() as conn:
        found = query.page(conn, AUDITOR, register.get("contracts"), query.Query(filters={"published_month": [MONTH]}, sort="code"))
    return [item.code for item in found.items]


def other(browser: Browser, server: Server) -> Person:
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1440, "height": 900})
    return Person(context.new_page(), server.base)


def test_a_ledger_becomes_a_published_month(person: Person, server: Server, browser: Browser, tmp_path: Path) -> None:
    # Procurement: a ledger with a fault, nothing written; the fault is named with its cell.
    person.sign_in("kobayashi")
    person.open("/import?register=contracts")
    person.upload(ledger.make(tmp_path / "6月分.xlsx", wrong_date=True))
    for step in ("表の確認", "項目の対応", "ちがいの確認"):
        person.press(re.compile(f"次へ：{step}"))
    person.reads("2行 = 新規 1 + 変更 0 + 変更なし 0 + 誤り 1")
    expect(person.page.get_by_role("button", name="取り込む", exact=True)).to_be_disabled()
    person.page.get_by_role("tab", name=re.compile("確かめる点")).click()
    person.reads(re.compile("R7.6.31.*はない日付です"))
    with person.page.expect_download() as download:
        person.page.get_by_role("link", name=re.compile("印を付けたExcel")).click()
    assert download.value.suggested_filename == "6月分_取込結果.xlsx"
    assert codes(server) == []

    # Mended, it comes in.
    person.open("/import?register=contracts")
    person.upload(ledger.make(tmp_path / "6月分（訂正）.xlsx"))
    for step in ("表の確認", "項目の対応", "ちがいの確認"):
        person.press(re.compile(f"次へ：{step}"))
    person.reads("2行 = 新規 2 + 変更 0 + 変更なし 0 + 誤り 0")
    person.press(re.compile("^取り込む$"))
    person.reads("取り込みました：新規 2件")
    first, second = codes(server)

    # Who goes back cannot load it a second time.
    person.page.go_back()
    person.settle()
    expect(person.page).to_have_url(re.compile("step=4"))
    person.reads(re.compile("このファイルの取り込みは終わっています"))
    expect(person.page.get_by_role("button", name="取り込む", exact=True)).to_have_count(0)
    assert codes(server) == [first, second]

    # Corrected in the app: an amount, with the reason.
    person.open(f"/contracts?id={second}&edit=1")
    person.page.get_by_label("契約金額（円）").fill("４４，９８０，０００円")
    person.page.get_by_label(re.compile("変更の理由")).fill("契約書と照合した")
    person.press(re.compile("保存する"))
    person.reads("44,990,000円")
    person.reads("44,980,000円")
    person.reads("理由：契約書と照合した")

    # The month is built; who built it cannot approve it.
    person.open(f"/publication?month={MONTH}")
    person.press(re.compile("作成する"))
    person.reads("作成した人は承認できません。")
    expect(person.page.get_by_role("button", name=re.compile("承認する"))).to_have_count(0)

    # A second person approves and publishes, with their password.
    head = other(browser, server)
    head.sign_in("yamamoto")
    head.reads("令和7年6月分")
    head.open(f"/publication?month={MONTH}")
    head.page.get_by_label("あなたのパスワード").fill("wrong password entirely")
    head.press(re.compile("承認する"))
    head.reads("名前かパスワードが違います")
    head.page.get_by_label("あなたのパスワード").fill(PASSWORD)
    head.press(re.compile("承認する"))
    head.reads("承認しました。")
    head.page.get_by_label("あなたのパスワード").fill(PASSWORD)
    head.press(re.compile("公表する"))
    head.reads("公表しました。")
    head.page.context.close()

    # The public reads it, signed out and without JavaScript.
    context = browser.new_context(locale="ja-JP", java_script_enabled=False)
    public = context.new_page()
    public.goto(f"{server.base}/disclosure/2025/06/")
    row = public.get_by_role("row", name=re.compile("端末装置の購入"))
    expect(row).to_contain_text("44,980,000")
    expect(row).to_contain_text("株式会社北辰システムズ")
    expect(public.get_by_text(re.compile("[0-9a-f]{64}")).first).to_be_visible()
    row.get_by_role("link").first.click()
    expect(public).to_have_url(re.compile(f"/disclosure/record/{second}/"))
    context.close()

    # What is signed out goes dead: the open page answers nothing more.
    person.page.goto(f"{server.base}/logout")
    person.page.goto(f"{server.base}/contracts?id={first}")
    expect(person.page).to_have_url(re.compile("/login"))
