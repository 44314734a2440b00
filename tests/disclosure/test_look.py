"""The public pages in a real browser: nothing comes from elsewhere, nothing scrolls sideways, axe finds no fault."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from grc.disclosure.site import publish
from grc.disclosure.snapshot import compare
from tests.disclosure.examples import contract, month
from tests.prepare import MISSING, browser_required, driver_starts, find_browser

PAGES = ("index.html", "2025/10/index.html", "2025/10/v1/index.html", "2025/09/index.html",
         "record/PRC-202510-005/index.html", "record/PRC-202510-002/index.html")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """Chromium; without one the tests are skipped, or fail under ``GRC_REQUIRE_BROWSER=1``."""
    executable = find_browser()
    if executable is None or not driver_starts():
        (pytest.fail if browser_required() else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=["--no-sandbox", "--disable-gpu"])
        yield chromium
        chromium.close()


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every kind of page: a corrected month, an old version, an empty month, a contract that was taken out."""
    site = tmp_path_factory.mktemp("look") / "site"
    long = contract(20, title="ながい件名" * 30, supplier_name="A" * 80, remarks="https://example.invalid/" + "x" * 90)
    first = month([*month().rows, long])
    rows = (replace(first.rows[0], amount=120_000_000), *first.rows[2:])
    second = replace(first, version=2, rows=rows, reason="誤記を改めました。", corrections=compare(first.rows, rows))
    publish(site, [month([], month="2025-09"), month([contract(1, month="2024-12")], month="2024-12"),
                   first, second])
    return site


@pytest.mark.parametrize("name", PAGES)
def test_a_page_reads_well_on_a_screen_and_on_a_phone(browser: Browser, site: Path, name: str) -> None:
    for width in (1440, 390, 320):
        page = browser.new_page(viewport={"width": width, "height": 900}, java_script_enabled=True)
        asked: list[str] = []
        page.on("request", lambda request, asked=asked: asked.append(request.url))
        page.goto((site / name).as_uri())
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        assert all(url.startswith(site.parent.as_uri()) for url in asked), asked
        if width != 390:
            found = Axe().run(page, options=RULES).response["violations"]
            assert not found, [(fault["id"], fault["nodes"][0]["html"]) for fault in found]
        page.close()


def test_the_month_prints_on_a4_landscape(browser: Browser, site: Path) -> None:
    page = browser.new_page()
    page.goto((site / "2025/10/index.html").as_uri())
    assert b"/MediaBox [0 0 841" in page.pdf(prefer_css_page_size=True)
    page.close()
