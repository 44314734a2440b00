"""A contact sheet of every page: both languages, an office's screen and a phone, of a demo office made for it.

``make sheet`` writes ``var/sheet/``: a picture of each page (``ja-wide-contract.png``) and, for each language and width,
all of them side by side (``ja-wide.png``). To be looked at by a person before a change of pages is called done.
"""

from __future__ import annotations

import html
import re
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from pathlib import Path

from playwright.sync_api import Browser, Page, expect, sync_playwright

import registers  # noqa: F401  fills the catalogue
from grc import calendar, migrate, people
from grc.cli import demo
from grc.disclosure import month as months
from grc.office import Office
from grc.settings import Place
from tests import serve
from tests.browser.conftest import FLAGS
from tests.browser.pages import APP, PUBLIC, fill
from tests.browser.person import Person
from tests.prepare import MISSING, find_browser

OUT = Path("var/sheet")
WIDTHS = {"wide": (1440, 900), "narrow": (390, 844)}
_NEXT = re.compile("^.*(次へ：|Next: )")


def main() -> int:
    """Make the pictures; the exit status is 1 where there is no browser."""
    executable = find_browser()
    if executable is None:
        print(MISSING, file=sys.stderr)
        return 1
    shutil.rmtree(OUT, ignore_errors=True)
    OUT.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as home, sync_playwright() as playwright:
        office = Office.open(Place(home=Path(home)))
        migrate.upgrade(office.db)
        password = demo.build(office)[0].password
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        try:
            for server in serve.run(office, GRC_TEST_TOY=""):
                for width, size in WIDTHS.items():
                    for lang in ("ja", "en"):
                        _walk(browser, server.base, office, password, lang, width, size)
                        _sheet(browser, f"{lang}-{width}", size[0])
        finally:
            shutil.copy(Path(home) / "serve.log", OUT)
        browser.close()
    print(f"{len(list(OUT.glob('*.png')))} pictures in {OUT}")
    return 0


def _walk(browser: Browser, base: str, office: Office, password: str, lang: str, width: str, size: tuple[int, int]) -> None:
    contract, month, none = _example(office)
    kept = OUT / f"{lang}-{width}"
    with _page(browser, lang, size) as page:
        for name, address in PUBLIC:
            address = fill(address, contract=contract, month=month, none=none)
            page.goto(f"{base}{address}" + (f"?lang={lang}" if address == "/login" else ""))
            page.screenshot(path=f"{kept}-{name}.png", full_page=True)
    for who in dict.fromkeys(who for _, _, who in APP):
        with _page(browser, lang, size) as page:
            person = Person(page, base)
            person.sign_in(who, password)
            person.in_language(lang)
            for name, address, whose in APP:
                if whose == who:
                    person.open(fill(address, contract=contract, month=month, none=none))
                    _shoot(page, f"{kept}-{name}.png", size)
            if who == "kobayashi":
                _import(person, office, f"{kept}-import", size)


def _import(person: Person, office: Office, kept: str, size: tuple[int, int]) -> None:
    """The steps of an import, with the demo's own ledger for the visitor."""
    person.open("/import?register=contracts")
    person.upload(sorted((office.place.home / "ledgers").glob("*.xlsx"))[0])
    for step in range(2, 5):
        person.press(_NEXT)
        _shoot(person.page, f"{kept}-step{step}.png", size)


def _example(office: Office) -> tuple[str, str, str]:
    """A contract of the first published month, that month, and a month of which there is nothing yet."""
    with office.db.read() as conn:
        actor = people.actor_of(conn, people.by_name(conn, "yamamoto").id)
    for month in demo.past_months():
        found = months.show(office, actor, month)
        if found.state == "published" and found.rows:
            coming = (calendar.today().replace(day=28) + timedelta(days=40)).replace(day=1)
            return found.rows[0].record_id, month, f"{date(coming.year, coming.month, 1):%Y-%m}"
    raise LookupError("the demo has published nothing")


@contextmanager
def _page(browser: Browser, lang: str, size: tuple[int, int]) -> Iterator[Page]:
    context = browser.new_context(locale="ja-JP" if lang == "ja" else "en-GB", timezone_id="Asia/Tokyo",
                                  viewport={"width": size[0], "height": size[1]})
    yield context.new_page()
    context.close()


def _shoot(page: Page, path: str, size: tuple[int, int]) -> None:
    """The whole page: the app scrolls inside, so the window grows to what it holds."""
    height = page.evaluate("document.querySelector('[data-testid=stMain]')?.scrollHeight || document.body.scrollHeight")
    page.set_viewport_size({"width": size[0], "height": max(size[1], min(int(height) + 20, 6000))})
    page.wait_for_timeout(400)
    expect(page.get_by_test_id("stSkeleton")).to_have_count(0, timeout=20_000)
    page.screenshot(path=path)
    page.set_viewport_size({"width": size[0], "height": size[1]})


def _sheet(browser: Browser, group: str, width: int) -> None:
    """All pictures of one language and width side by side."""
    tiles = "".join(f"<figure><img src='{html.escape(path.resolve().as_uri())}'><figcaption>{html.escape(path.stem)}</figcaption></figure>"
                    for path in sorted(OUT.glob(f"{group}-*.png")))
    tile = 440 if width > 1000 else 220
    index = OUT / f"{group}.html"
    index.write_text("<meta charset=utf-8><style>body{margin:12px;display:flex;flex-wrap:wrap;gap:12px;font:13px sans-serif}"
                     f"figure{{margin:0;width:{tile}px}}img{{width:100%;max-height:900px;object-fit:cover;object-position:top;"
                     f"border:1px solid #949494}}</style>{tiles}", encoding="utf-8")
    with _page(browser, "ja", (1900, 1000)) as page:
        page.goto(index.resolve().as_uri())
        page.screenshot(path=OUT / f"{group}.png", full_page=True)


if __name__ == "__main__":
    sys.exit(main())
