"""A real browser for the tests in this folder: Debian's Chromium, driven by Playwright, as a person in Japan has it."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from grc import people
from grc.changes.set_setting import set_setting
from grc.office import Office
from tests.browser.person import PASSWORD, Person
from tests.conftest import ROOT, make_office
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
    context.set_default_timeout(12_000)
    yield context.new_page()
    context.close()


@dataclass
class Server:
    """The app as it runs: its address and its office."""

    base: str
    office: Office


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
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    environment = {**os.environ, "GRC_HOME": str(home), "PYTHONPATH": str(ROOT)}
    environment.pop("GRC_DATABASE_URL", None)
    running = subprocess.Popen([sys.executable, "-m", "tests.browser.serve", str(port)], env=environment, cwd=ROOT,
                               stdout=(home / "serve.log").open("w"), stderr=subprocess.STDOUT)
    base = f"http://127.0.0.1:{port}"
    _wait(base, running)
    yield Server(base, office)
    running.terminate()
    running.wait(20)
    next(made, None)


def _wait(base: str, running: subprocess.Popen[bytes]) -> None:
    for _ in range(300):
        assert running.poll() is None, "the app ended before it answered"
        try:
            urllib.request.urlopen(f"{base}/healthz", timeout=1)
            return
        except OSError:
            time.sleep(0.1)
    raise AssertionError("the app did not answer")


@pytest.fixture
def person(server: Server, page: Page) -> Person:
    """Somebody at an office's screen."""
    return Person(page, server.base)
