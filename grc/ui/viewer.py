"""Viewer: for whom a page is drawn. Set once at the start of each run; every piece of a page asks :func:`viewer`."""

from __future__ import annotations

from contextvars import ContextVar
from dataclasses import dataclass

from grc.office import Office
from grc.permissions import Actor
from grc.text import Text


@dataclass(frozen=True, slots=True)
class Viewer:
    """A signed-in person, their office and language. ``session_hash``: of the session row that let them in."""

    office: Office
    actor: Actor
    lang: str
    session_hash: str

    def t(self, text: Text) -> str:
        """The words in the person's language."""
        return text.into(self.lang)


_VIEWER: ContextVar[Viewer] = ContextVar("viewer")


def set_viewer(v: Viewer) -> None:
    """Say for whom this run draws."""
    _VIEWER.set(v)


def viewer() -> Viewer:
    """For whom this run draws. ``LookupError`` where nobody was set: nothing is drawn for nobody."""
    return _VIEWER.get()
