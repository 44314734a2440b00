"""What waits for a person: the one shape of a task, and where other pages add theirs to the home page."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date

from grc.text import Text
from grc.ui.links import Params
from grc.ui.viewer import Viewer


@dataclass(frozen=True, slots=True)
class Task:
    """Something to do: the verb, where it belongs, what it is about, its page, and by when."""

    verb: Text
    where: Text
    what: str
    page: str
    params: Params = field(default_factory=dict)
    due: date | None = None


waiting: list[Callable[[Viewer], list[Task]]] = []
"""Functions that say what waits for a person, beside the registers' own moves."""
