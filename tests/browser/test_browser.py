"""The browser that the tests in this folder stand on: it shows Japanese, in Tokyo's time, and axe runs in it."""

from __future__ import annotations

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page


def test_page_speaks_japanese_in_tokyo_time(page: Page) -> None:
    page.set_content("<html lang=ja><title>台帳</title><h1>契約台帳</h1>")
    assert page.evaluate("navigator.language") == "ja-JP"
    assert page.evaluate("Intl.DateTimeFormat().resolvedOptions().timeZone") == "Asia/Tokyo"
    assert page.viewport_size == {"width": 1440, "height": 900}


def test_japanese_is_drawn_as_letters_and_not_as_boxes(page: Page) -> None:
    page.set_content("<html lang=ja><body style='font:40px sans-serif'><span id=a>契</span><br><span id=b>約</span>")
    assert page.locator("#a").screenshot() != page.locator("#b").screenshot()


def test_axe_is_new_enough_and_finds_a_fault(page: Page) -> None:
    page.set_content("<html lang=ja><title>台帳</title><main><h1>契約</h1><img src='data:,'></main>")
    results = Axe().run(page)
    assert tuple(map(int, results.response["testEngine"]["version"].split("."))) >= (4, 10)
    assert "image-alt" in [violation["id"] for violation in results.response["violations"]]
