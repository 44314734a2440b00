"""A person at the app: signs in, opens pages, presses what they read."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Locator, Page, expect

PASSWORD = "correct horse battery staple 9"


@dataclass
class Person:
    """One browser page, and the address of the app."""

    page: Page
    base: str

    def sign_in(self, name: str, password: str = PASSWORD) -> None:
        self.page.goto(f"{self.base}/login")
        self.page.locator("#name").fill(name)
        self.page.locator("#password").fill(password)
        self.page.locator("form button[type=submit]").click()  # the page speaks the browser's language
        expect(self.page.get_by_test_id("stMain").get_by_role("heading", level=1)).to_be_visible(timeout=15_000)

    def open(self, address: str) -> None:
        self.page.goto(self.base + address)
        expect(self.page.get_by_role("heading", level=1).first).to_be_visible()
        self.settle()

    def in_language(self, lang: str) -> None:
        """Switch the app's language, as the link at the foot of the side bar does."""
        self.page.goto(f"{self.base}/language/{lang}?next=/")
        self.settle()

    def settle(self) -> None:
        """Wait until Streamlit has drawn everything."""
        self.page.wait_for_timeout(250)
        expect(self.page.get_by_test_id("stStatusWidget")).to_have_count(0, timeout=20_000)
        self.page.wait_for_timeout(250)

    def press(self, name: str | re.Pattern[str]) -> None:
        self.page.get_by_role("button", name=name).first.click()
        self.settle()

    def reads(self, text: str | re.Pattern[str]) -> None:
        """The text stands somewhere on the page."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=15_000)

    def upload(self, path: Path) -> None:
        self.page.locator("input[type=file]").first.set_input_files(path)
        self.settle()

    def tab_to(self, target: Locator, *, most: int = 150) -> None:
        """Press Tab until ``target`` has the focus."""
        for _ in range(most):
            if target.evaluate("(node) => node === document.activeElement || node.contains(document.activeElement)"):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"Tab does not reach {target}")
