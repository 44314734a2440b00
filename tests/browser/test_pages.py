"""Every page, as those meet it who cannot see it, have a phone, have no mouse, or are attacked through it.

The exceptions are Streamlit's own; each stands with its reason in docs/accessibility.md. A new one fails.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from grc import changes, people
from grc.disclosure import month as months
from grc.permissions import Actor
from tests.browser import ledger
from tests.browser.pages import APP, PUBLIC, fill
from tests.browser.person import PASSWORD, Person
from tests.serve import Server

AA = {"runOnly": {"type": "tag", "values": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"]}}
STREAMLITS_OWN = {"list": "[data-testid=stSidebarNav]", "listitem": "[data-testid=stSidebarNav]"}
"""Rule → the part of Streamlit that breaks it; anywhere else it counts."""


@pytest.fixture(scope="module")
def contract(server: Server) -> str:
    """A contract in a published month."""
    with server.office.db.read() as conn:
        maker, checker = (people.actor_of(conn, people.by_name(conn, n).id, via="test") for n in ("kobayashi", "yamamoto"))
    state = months.show(server.office, maker, "2025-06").state
    if state != "published":
        return _publish(server, maker, checker)
    return months.show(server.office, maker, "2025-06").rows[0].record_id


def _publish(server: Server, maker: Actor, checker: Actor) -> str:
    saved = changes.create(server.office.db, maker, "contracts", {
        "title": "端末装置の購入", "contract_date": date(2025, 6, 2), "supplier_name": "株式会社北辰システムズ", "amount": 44_980_000,
        "estimated_price": 45_600_000, "method": "open", "category": "goods", "officer": "契約担当役 高橋 直樹", "supplier_jcn": "7123456789012"})
    changes.transition(server.office.db, maker, "contracts", saved.code, "sign", saved.version)
    months.build(server.office, maker, "2025-06")
    months.approve(server.office, checker, "2025-06", PASSWORD)
    months.publish(server.office, checker, "2025-06", PASSWORD)
    return saved.code


@pytest.fixture(scope="module")
def people_at(server: Server, browser: Browser) -> Iterator[dict[str, Person]]:
    """Each person signed in once, on a browser of their own, with every refusal of the content policy written down."""
    found: dict[str, Person] = {}
    for name in {who for _, _, who in APP}:
        context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo", viewport={"width": 1440, "height": 900})
        found[name] = Person(context.new_page(), server.base)
        found[name].sign_in(name)
    yield found
    for person in found.values():
        person.page.context.close()


def violations(page: Page) -> dict[str, list[str]]:
    """Rule → the places that break it, without those of Streamlit's own."""
    found = Axe().run(page, options=AA).response["violations"]
    ours = {v["id"]: [" ".join(map(str, node["target"])) + " " + node["html"][:160] for node in v["nodes"]
                      if not _streamlits(page, v["id"], node["target"][-1])] for v in found}
    return {rule: places for rule, places in ours.items() if places}


def _streamlits(page: Page, rule: str, target: str) -> bool:
    place = STREAMLITS_OWN.get(rule)
    return bool(place) and page.evaluate("([target, place]) => !!document.querySelector(target)?.closest(place)", [target, place])


@pytest.mark.parametrize(("name", "address", "who"), APP, ids=[a[0] for a in APP])
def test_axe_finds_nothing_in_the_app_but_streamlits_own(people_at: dict[str, Person], contract: str, name: str, address: str, who: str) -> None:
    person = people_at[who]
    person.open(fill(address, contract=contract))
    assert violations(person.page) == {}


@pytest.mark.parametrize(("name", "address"), PUBLIC, ids=[a[0] for a in PUBLIC])
def test_axe_finds_nothing_on_the_public_pages(page: Page, server: Server, contract: str, name: str, address: str) -> None:
    page.goto(server.base + fill(address, contract=contract))
    assert violations(page) == {}


@pytest.mark.parametrize(("name", "address", "who"), APP, ids=[a[0] for a in APP])
def test_at_320_pixels_nothing_scrolls_sideways_but_tables(people_at: dict[str, Person], contract: str, name: str, address: str, who: str) -> None:
    person = people_at[who]
    person.page.set_viewport_size({"width": 320, "height": 800})
    try:
        person.open(fill(address, contract=contract))
        assert sideways(person.page) == []
    finally:
        person.page.set_viewport_size({"width": 1440, "height": 900})


@pytest.mark.parametrize(("name", "address"), PUBLIC, ids=[a[0] for a in PUBLIC])
def test_at_320_pixels_the_public_pages_do_not_either(page: Page, server: Server, contract: str, name: str, address: str) -> None:
    page.set_viewport_size({"width": 320, "height": 800})
    page.goto(server.base + fill(address, contract=contract))
    assert page.evaluate("document.documentElement.scrollWidth") <= 320


def sideways(page: Page) -> list[str]:
    """What is wider than the screen and stands in no box that may scroll (a table, a grid, tabs)."""
    return page.evaluate("""() => [...document.querySelectorAll('.stMain *')].filter(node => {
        const box = node.getBoundingClientRect();
        if (box.width === 0 || box.right <= window.innerWidth + 1) return false;
        for (let up = node; up; up = up.parentElement) {
            const style = getComputedStyle(up);
            if (up.matches('[data-testid=stDataFrame],[data-testid=stTable],[data-testid=stDataFrameResizable],table,[role=tablist],[role=radiogroup]')) return false;
            if (style.clip !== 'auto' || style.clipPath !== 'none' || style.visibility === 'hidden') return false;
        }
        return true;
    }).slice(0, 5).map(node => node.tagName + '.' + node.className + ' ' + (node.textContent || '').slice(0, 40))""")


def test_the_content_policy_stops_nothing_of_ours(server: Server, browser: Browser, contract: str) -> None:
    context = browser.new_context(locale="ja-JP")
    person = Person(context.new_page(), server.base)
    said: list[str] = []
    person.page.on("console", lambda message: said.append(message.text))
    person.sign_in("kobayashi")
    for address in ("/contracts", f"/contracts?id={contract}", "/publication?month=2025-06", "/import?register=contracts"):
        person.open(address)
    context.close()
    assert [text for text in said if "Content Security Policy" in text or "Content-Security-Policy" in text] == []


def test_the_page_says_its_language(people_at: dict[str, Person]) -> None:
    person = people_at["kobayashi"]
    person.open("/contracts")
    assert person.page.locator("html").get_attribute("lang") == "ja"


def test_the_job_can_be_done_by_keyboard_alone(server: Server, browser: Browser, contract: str, tmp_path: Path) -> None:
    """Sign in, import, edit and build with Tab, Enter and typing; the mouse is not touched."""
    context = browser.new_context(locale="ja-JP", viewport={"width": 1440, "height": 900})
    page = context.new_page()
    person = Person(page, server.base)
    page.goto(f"{server.base}/login")
    expect(page.get_by_label("利用者名")).to_be_focused()
    page.keyboard.type("kobayashi")
    page.keyboard.press("Tab")
    expect(page.get_by_label("パスワード")).to_be_focused()
    page.keyboard.type(PASSWORD)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("きょうの仕事")
    person.open("/import?register=contracts")
    path = ledger.make(tmp_path / "鍵盤.xlsx")
    with page.expect_file_chooser() as chooser:
        person.tab_to(page.get_by_test_id("stFileUploader").locator("button").first)
        page.keyboard.press("Enter")
    chooser.value.set_files(path)
    person.settle()
    for step in ("表の確認", "項目の対応", "ちがいの確認"):
        person.tab_to(page.get_by_role("button", name=re.compile(f"次へ：{step}")))
        page.keyboard.press("Enter")
        person.settle()
    person.reads(re.compile("行 = 新規"))
    person.open(f"/contracts?id={contract}&edit=1")
    person.tab_to(page.get_by_label("備考"))
    page.keyboard.type("鍵盤で記入")
    person.tab_to(page.get_by_role("button", name=re.compile("保存する")))
    page.keyboard.press("Enter")
    person.reads("鍵盤で記入")
    person.open("/contracts")
    person.tab_to(page.get_by_label("番号で開く"))
    page.keyboard.type(contract)
    page.keyboard.press("Enter")
    person.reads("履歴")
    context.close()


def test_a_stale_form_shows_three_values_and_loses_nothing(server: Server, browser: Browser, contract: str) -> None:
    persons = []
    for name in ("kobayashi", "yamamoto"):
        context = browser.new_context(locale="ja-JP")
        persons.append(Person(context.new_page(), server.base))
        persons[-1].sign_in(name)
        persons[-1].open(f"/contracts?id={contract}&edit=1")
    first, second = persons
    for person, text in ((first, "先の人"), (second, "後の人")):
        person.page.get_by_label("メモ").fill(text)
        person.press(re.compile("保存する"))
    second.reads(re.compile("先に保存しました"))
    second.reads("相手")
    assert second.page.get_by_label("メモ").input_value() == "後の人"
    second.press(re.compile("保存する"))
    second.reads("保存しました。")
    for person in persons:
        person.page.context.close()


@pytest.mark.parametrize("text", ["![x](https://evil.example/x.png)", "<script>document.title='pwned'</script>", ":red[x] $\\LaTeX$", "[押す](javascript:alert(1))"])
def test_a_persons_text_is_only_text(people_at: dict[str, Person], server: Server, text: str) -> None:
    with server.office.db.read() as conn:
        maker = people.actor_of(conn, people.by_name(conn, "kobayashi").id, via="test")
    code = changes.create(server.office.db, maker, "suppliers", {"name": text, "address": text}).code
    person = people_at["kobayashi"]
    asked: list[str] = []
    person.page.on("request", lambda request: asked.append(request.url))
    person.open(f"/suppliers?id={code}")
    expect(person.page.get_by_role("heading", level=1)).to_have_text(re.compile(re.escape(text[:7])))
    assert person.page.title() != "pwned"
    assert not [url for url in asked if "evil.example" in url]
    assert person.page.locator("main a[href^='javascript'], .stMain img[src*='evil']").count() == 0
