"""A real browser for the tests in this folder: Debian's Chromium, driven by Playwright, as a person in Japan has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.prepare import MISSING, browser_required, driver_starts, find_browser

# The last five keep Chromium from calling out: the tests need nothing but this machine.
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-quic", "--no-first-run",
         "--disable-component-update", "--disable-sync"]


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One Chromium for the whole run; without one the test is skipped, or fails under ``GRC_REQUIRE_BROWSER=1``."""
    executable = find_browser()
    if executable is None or not driver_starts():
        (pytest.fail if browser_required() else pytest.skip)(MISSING)
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield chromium
        chromium.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """An empty page of a person of its own: Japanese, Tokyo's time, an office's screen."""
    context = browser.new_context(locale="ja-JP", timezone_id="Asia/Tokyo",
                                  viewport={"width": 1440, "height": 900})
    yield context.new_page()
    context.close()
