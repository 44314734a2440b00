"""A look around over plain mappings, for tests of guards, effects and formulas: no database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import registers  # noqa: F401  declares settings
from grc.case import Case, Person, Values
from grc.permissions import Actor
from grc.settings import Body

TODAY = date(2025, 11, 25)


@dataclass
class Around:
    """Records by slug (each with an ``id``), links by (slug, name), files by code, people, and who worked on what."""

    held: Mapping[str, Sequence[Values]] = field(default_factory=dict)
    files: Mapping[str, int] = field(default_factory=dict)
    people: Sequence[Person] = ()
    worked: Mapping[tuple[str, str], datetime] = field(default_factory=dict)
    settings: Mapping[str, Any] = field(default_factory=dict)

    def records(self, slug: str, *, whole: bool = False, **where: Any) -> list[Values]:
        """As :meth:`grc.case.Facts.records`."""
        return [r for r in self.held.get(slug, ()) if r.get("standing", "live") == "live" and all(_is(r.get(n), v) for n, v in where.items())]

    def one(self, slug: str, id: int | None, *, whole: bool = False) -> Values | None:
        """As :meth:`grc.case.Facts.one`."""
        return next((r for r in self.held.get(slug, ()) if r["id"] == id), None)

    def linking(self, slug: str, name: str, target: str, id: int | None) -> list[Values]:
        """As :meth:`grc.case.Facts.linking`: a record's links stand in it as (slug, id)."""
        return [r for r in self.records(slug) if (target, id) in r.get(name, [])]

    def evidence(self, slug: str, code: str) -> int:
        """As :meth:`grc.case.Facts.evidence`."""
        return self.files.get(code, 0)

    def person(self, name: str | None) -> Person | None:
        """As :meth:`grc.case.Facts.person`."""
        found = [p for p in self.people if name in (p.name, p.display)]
        return found[0] if len(found) == 1 else None

    def worked_on(self, name: str, slug: str, code: str, since: datetime) -> bool:
        """As :meth:`grc.case.Facts.worked_on`: ``worked`` says when (account, code) did."""
        at = self.worked.get((name, code))
        return at is not None and at >= since

    def setting(self, key: str) -> Any:
        """As :meth:`grc.case.Facts.setting`."""
        return self.settings[key] if key in self.settings else Body().get(key)


def case(register: str, values: Mapping[str, Any], before: Mapping[str, Any] | None = None, *, actor: Actor | None = None,
         around: Around | None = None, today: date = TODAY, move: str | None = None, reason: str | None = None, loading: bool = False) -> Case:
    """A case for a test."""
    return Case(register, values, before, actor or Actor("tanaka", frozenset({"risk_officer"})), around or Around(), today, move, reason, loading)


def _is(value: Any, wanted: Any) -> bool:
    return value in wanted if isinstance(wanted, list | tuple | set | frozenset) else value == wanted
