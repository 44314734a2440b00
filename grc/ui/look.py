"""The look of every page, in pieces: heading, next box, badges, fields, seals, time line, steps, cards (ui.md §3–§6, §9).

The only module that writes style. Every text of a record goes through :func:`escape`; what a caller gives as *Markdown*
is named so, and has been escaped by the caller.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

import pandas as pd
import streamlit as st

from grc.states import State, Tone
from grc.text import Text
from grc.ui.escape import escape
from grc.ui.links import Params, link
from grc.ui.style import CSS

__all__ = ["Card", "Crumb", "Fact", "Moment", "Seal", "Step", "badge", "before_after", "cards", "chip", "escape", "facts",
           "heading", "late_box", "next_box", "read_table", "row", "said", "say", "seals", "steps", "style", "timeline"]

_SAID = "_said"


def style() -> None:
    """Put the style sheet on the page; once a run, from the shell."""
    st.html(f"<style>{CSS}</style>")


# Badges


def badge(state: State, lang: str) -> str:
    """A state as Markdown: colour, icon and word; a plain one is its word."""
    word = escape(state.label.into(lang), lines=False)
    icon = f":material/{state.icon}: " if state.icon else ""
    return word if state.tone is Tone.PLAIN else f":{state.tone}-badge[{icon}{word}]"


def chip(tone: Tone, word: str) -> str:
    """A word on a coloured ground, as Markdown, where no state of the vocabulary says it."""
    return f":{tone}-badge[{escape(word, lines=False)}]"


def before_after(before: str, after: str) -> str:
    """A change as Markdown: what stood there struck out, an arrow, what stands there now; both escaped here."""
    old = f":red-background[~~{escape(before, lines=False)}~~]" if before else ""
    new = f":green-background[{escape(after, lines=False)}]" if after else ""
    return f"{old} → {new}" if old and new else old or f"→ {new}"


# Heading


@dataclass(frozen=True, slots=True)
class Crumb:
    """One part of the way to a page: its words, and the page it leads to (``None``: no link)."""

    label: str
    page: str | None = None
    params: Params | None = None


@contextmanager
def heading(crumbs: Sequence[Crumb], title: str, line: str = "") -> Iterator[None]:
    """The top of a page: way, h1, state line (*Markdown*); the block draws the page's actions at the right."""
    if crumbs:
        with st.container(horizontal=True, key="crumbs", vertical_alignment="center", gap="xsmall"):
            for n, crumb in enumerate(crumbs):
                if n:
                    st.caption("›", width="content")
                if crumb.page is None:
                    st.caption(escape(crumb.label, lines=False), width="content")
                else:
                    link(crumb.label, crumb.page, crumb.params)
    with st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="bottom"):
        with st.container(width="content", gap="xsmall"):
            st.title(escape(title, lines=False), anchor=False)
            if line:
                st.markdown(line)
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center",
                          width="content", key="noprint_actions", gap="small"):
            yield


@contextmanager
def next_box(title: str, text: str = "", *, kind: Literal["next", "late", "wait"] = "next", key: str = "1") -> Iterator[None]:
    """The box that says what comes next: a heading and one sentence (escaped here); the block draws its buttons."""
    with (st.container(border=True, key=f"{kind}_{key}"),
          st.container(horizontal=True, horizontal_alignment="distribute", vertical_alignment="center")):
        with st.container(width="content", gap="xxsmall"):
            st.markdown(f"**{escape(title, lines=False)}**")
            if text:
                st.markdown(escape(text))
        with st.container(horizontal=True, horizontal_alignment="right", vertical_alignment="center", width="content"):
            yield


@contextmanager
def late_box(key: str = "1") -> Iterator[None]:
    """A box with a thick red edge: what is late or wrong."""
    with st.container(border=True, key=f"late_{key}"):
        yield


# Tables to read


@dataclass(frozen=True, slots=True)
class Fact:
    """A label (escaped here) and its value: *Markdown*, or plain words where it leads to a ``page``."""

    label: str
    value: str
    page: str | None = None
    params: Params | None = None


def facts(some: Sequence[Fact | tuple[str, str]], *, alt: str, key: str) -> None:
    """Labels and values in two columns: a table, in which those that lead somewhere are rows of their own."""
    given = [fact if isinstance(fact, Fact) else Fact(*fact) for fact in some]
    with st.container(key=f"fields_{key}", gap=None):
        for leads, group in groupby(given, lambda fact: fact.page is not None):
            if leads:
                for fact in group:
                    _leading(fact, key)
            else:
                _pairs(list(group), alt)


def _pairs(some: Sequence[Fact], alt: str) -> None:
    frame = pd.DataFrame({"label": [escape(fact.label, lines=False) for fact in some], "value": [fact.value for fact in some]})
    st.table(frame, border="horizontal", hide_index=True, hide_header=True, alt=alt)


def _leading(fact: Fact, key: str) -> None:
    """A row that looks like one of the table and holds a link: one in a table's cell would open another tab."""
    with st.container(horizontal=True, key=f"factlink_{key}_{fact.label}", gap=None):
        st.markdown(escape(fact.label, lines=False))
        assert fact.page is not None
        link(fact.value, fact.page, fact.params)


@contextmanager
def row(kind: str, key: str) -> Iterator[None]:
    """A line of a list that is not a table, because its links stay in the tab: the block draws its parts."""
    with st.container(horizontal=True, key=f"row_{kind}_{key}", vertical_alignment="center", gap="small"):
        yield


def read_table(columns: Sequence[str], rows: Sequence[Sequence[str]], *, alt: str, key: str, number: int = 0) -> None:
    """A table of at most some thirty rows: headings escaped here, cells *Markdown*; ``number``: the column set right."""
    names = [escape(c, lines=False) or "\u200b" * n for n, c in enumerate(columns, 1)]
    with st.container(key=f"{f'num{number}' if number else 'read'}_{key}"):
        st.table(pd.DataFrame([list(r) for r in rows], columns=names, dtype="object"), border="horizontal",
                 hide_index=True, alt=alt)


# Seals, time line, steps


@dataclass(frozen=True, slots=True)
class Seal:
    """One box of the seals: what it stands for, whose, and when (``""``: still waiting)."""

    label: str
    name: str
    when: str = ""


def seals(boxes: Sequence[Seal]) -> None:
    """The seal boxes of an approval (決裁欄): drawn as people know them."""
    with st.container(horizontal=True, gap="small"):
        for n, box in enumerate(boxes):
            kind = "done" if box.when else "wait"
            with st.container(key=f"seal_{kind}_{n}", width=108, gap="xsmall", horizontal_alignment="center"):
                st.caption(escape(box.label, lines=False), text_alignment="center")
                with st.container(key=f"stamp_{n}", gap=None, horizontal_alignment="center"):
                    words = escape(box.name, lines=False) + (f"  \n{escape(box.when, lines=False)}" if box.when else "")
                    st.markdown(words, text_alignment="center")


@dataclass(frozen=True, slots=True)
class Moment:
    """One moment of a time line: what was done, by whom, when and where from, the changes and the rest (*Markdown*)."""

    what: str
    who: str
    when: str
    changes: Sequence[str] = ()
    folded: str = ""
    reason: str = ""


_SHOWN = 6


def timeline(moments: Sequence[Moment], *, key: str = "h") -> None:
    """A history as a line; ``folded`` is the label of an expander that holds the changes instead."""
    for n, moment in enumerate(moments):
        with st.container(key=f"line_{key}_{n}", gap="xxsmall"):
            st.markdown(f"**{escape(moment.what, lines=False)}**　{escape(moment.who, lines=False)}")
            st.caption(escape(moment.when, lines=False))
            if moment.folded and moment.changes:
                with st.expander(escape(moment.folded, lines=False)):
                    st.markdown("  \n".join(moment.changes))
            elif moment.changes:
                st.markdown("  \n".join(moment.changes[:_SHOWN]))
                if len(moment.changes) > _SHOWN:
                    with st.expander(f"+ {len(moment.changes) - _SHOWN}"):
                        st.markdown("  \n".join(moment.changes[_SHOWN:]))
            if moment.reason:
                st.caption(escape(moment.reason))


@dataclass(frozen=True, slots=True)
class Step:
    """One step of a process: its name, how far it is, and its result in words."""

    label: str
    state: Literal["done", "now", "todo", "fault"]
    result: str = ""


_MARKS = {"done": ":green[:material/check_circle:]", "now": ":blue[:material/radio_button_checked:]",
          "todo": ":gray[:material/radio_button_unchecked:]", "fault": ":red[:material/error:]"}


def steps(some: Sequence[Step]) -> None:
    """The steps of a process in one row (import, disclosure): done, now, to come, faulty, each with its own mark."""
    grid = st.grid(len(some), min_column_width=130, gap="small")
    for n, step in enumerate(some, 1):
        with grid.cell(), st.container(key=f"step_{step.state}_{n}", gap="xxsmall"):
            label = escape(step.label, lines=False)
            st.markdown(f"{_MARKS[step.state]} {f'**{n}　{label}**' if step.state == 'now' else f'{n}　{label}'}")
            if step.result:
                st.caption(escape(step.result))


# Counts


@dataclass(frozen=True, slots=True)
class Card:
    """A count that leads to its rows: what is counted, how many in words, a remark (*Markdown*), where it leads.

    ``section`` is the anchor of a heading further down the same page, where no page is named.
    """

    label: str
    count: str
    remark: str = ""
    page: str | None = None
    params: Params | None = None
    icon: str = ""
    section: str = ""


def cards(some: Sequence[Card]) -> None:
    """Counts side by side; two by two on a phone."""
    grid = st.grid(len(some), min_column_width=150, gap="small")
    for n, card in enumerate(some):
        with grid.cell(), st.container(border=True, key=f"card_{n}", gap="xxsmall", height="stretch"):
            icon = f":material/{card.icon}:" if card.icon else None
            label = escape(card.label, lines=False)
            if card.page is None:
                st.markdown(f"{icon or ''} {f'[{label}](#{card.section})' if card.section else label}")
            else:
                link(card.label, card.page, card.params, icon=icon)
            st.markdown(f"**{escape(card.count, lines=False)}**")
            if card.remark:
                st.markdown(card.remark)


# What was just done


def say(text: Text) -> None:
    """Keep a sentence for the next run: what was just done."""
    st.session_state[_SAID] = text


def said(lang: str) -> None:
    """Show the sentence that :func:`say` kept, once."""
    text = st.session_state.pop(_SAID, None)
    if isinstance(text, Text):
        st.success(escape(text.into(lang)), icon=":material/check_circle:")
