"""A real browser for the tests in this folder: Debian's Chromium, driven by Playwright, as a person in Japan has it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from grc import people
from grc.changes.set_setting import set_setting
from tests import serve
from tests.browser.person import PASSWORD, Person
from tests.conftest import make_office
from tests.prepare import MISSING, browser_required, driver_starts, find_browser
from tests.serve import Server

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
    context.set_default_timeout(12_000)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The real app in a process of its own, with people of several roles and one published month."""
    home = tmp_path_factory.mktemp("home")
    made = make_office(f"sqlite:///{home / 'daicho.db'}", home)
    office = next(made)
    for name, role in (("kobayashi", "procurement"), ("yamamoto", "procurement_head"), ("tanaka", "risk_officer"),
                       ("sato", "risk_officer"), ("sasaki", "auditor"), ("kanri", "admin")):
        people.add(office.db, people.CLI, name, PASSWORD, [role], display=name)
    set_setting(office.db, people.CLI, "first_own_month", "2025-04")
    yield from serve.run(office)
    next(made, None)


@pytest.fixture
def person(server: Server, page: Page) -> Person:
    """Somebody at an office's screen."""
    return Person(page, server.base)
