"""The menu: every page of the app in the office's order, and who may see it.

Every page is registered, for everybody; what a person may not see is hidden and says why when its address is opened
(a page left out would answer in English, with another page behind it).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

import streamlit as st

from grc.changes.spine import act
from grc.charts import board as boards
from grc.permissions import Action, Actor, Verdict, decide
from grc.refusal import Forbidden
from grc.register import Domain, Register, all_registers, in_use
from grc.settings import DECLARED, Body
from grc.text import Text
from grc.ui.links import FILES
from grc.ui.viewer import viewer
from grc.units import MASTERS

NOBODY = Verdict(False, Text("この画面を使う権限がありません。必要なときは管理者に頼んでください。",
                             "You may not use this page. If you need it, ask your administrator."))
SWITCHED_OFF = Text("「{title}」は、この組織では使っていません。使うときは、管理者が設定「{switch}」（{key}）を入れます。",
                    '"{title}" is not in use here. To use it, an administrator turns on the setting "{switch}" ({key}).')


@dataclass(frozen=True, slots=True)
class Entry:
    """One page: its section (``None``: none), title, icon, address (``""``: home), what draws it, whether one may see it, and
    the register that it shows, if it is one's."""

    section: Text | None
    title: Text
    icon: str
    address: str
    draw: Path | Callable[[], None]
    seen: Callable[[Actor], Verdict]
    register: Register | None = None


def entries() -> Iterator[Entry]:
    """All pages in the order of the menu. No address may be one of our own routes (``/disclosure`` is the public site)."""
    yield Entry(None, Text("ホーム", "Home"), "home", "", FILES[""], lambda actor: Verdict(True))
    domains = dict.fromkeys(register.domain for register in all_registers())
    for domain in domains:
        if domain != MASTERS:
            yield from _registers(domain)
    yield Entry(Text("取り込み", "Import"), Text("Excelから取り込む", "Import from Excel"), "upload_file", "import",
                FILES["import"], lambda actor: _any(actor, Action.IMPORT, all_registers()))
    yield Entry(Text("契約公表", "Disclosure"), Text("月ごとの公表", "Monthly disclosure"), "public", "publication",
                FILES["publication"],
                lambda actor: _any(actor, Action.VIEW, (r for r in all_registers() if r.publication)))
    yield Entry(Text("委員会", "Committees"), Text("委員会の図表", "Committee boards"), "monitoring", "board", FILES["board"], boards.may_open)
    yield from _registers(MASTERS)


def is_address(path: str) -> bool:
    """Whether a page stands at this path, whoever may see it."""
    return path.strip("/") in {entry.address for entry in entries()}


def pages(actor: Actor, lang: str, body: Body) -> dict[str, list[Any]]:
    """The pages as ``st.navigation`` takes them; ``body`` says which registers are in use."""
    sections: dict[str, list[Any]] = {"": []}
    for entry in entries():
        verdict = may_open(entry, actor, body)
        section = entry.section.into(lang) if entry.section and verdict else ""
        sections.setdefault(section, []).append(st.Page(
            entry.draw if verdict else partial(_refuse, entry.title.into(lang), verdict), title=entry.title.into(lang), icon=f":material/{entry.icon}:",
            url_path=entry.address, default=not entry.address, visibility="visible" if verdict else "hidden"))
    return sections


def _registers(domain: Domain) -> Iterator[Entry]:
    for register in all_registers():
        if register.domain == domain:
            yield Entry(domain.title, register.title, domain.icon, register.slug, partial(_show, register.slug),
                        lambda actor, register=register: decide(actor, Action.VIEW, register), register)  # type: ignore[misc]


def may_open(entry: Entry, actor: Actor, body: Body) -> Verdict:
    """Whether a page is there for a person: what they may see, and of that what the body uses."""
    verdict, register = entry.seen(actor), entry.register
    if not verdict or register is None or register.switch is None or in_use(register, body):
        return verdict
    return Verdict(False, SWITCHED_OFF.format(title=register.title, switch=DECLARED[register.switch].label, key=register.switch))


def _any(actor: Actor, action: Action, registers: Iterable[Register]) -> Verdict:
    return next((verdict for register in registers if (verdict := decide(actor, action, register))), NOBODY)


def _show(slug: str) -> None:
    from grc.ui import register_page

    register_page.show(slug)


def _refuse(title: str, verdict: Verdict) -> None:
    """Say why a page is not for this person; that they asked is written down."""
    st.title(title, anchor=False)
    v = viewer()
    with act(v.office.db, v.actor):
        raise Forbidden(verdict.reason)
