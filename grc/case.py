"""A case: a record that is about to change, with a look around; what guards judge and effects answer.

A declaration says most of what a register needs. What depends on other records is a pure function over a :class:`Case`:
a **guard** says why something may not be, an **effect** what else becomes of it. Both stand in ``registers/rules``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from grc.permissions import OPERATOR, Actor
from grc.text import Text

Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody with an account: sign-in name, name shown, unit, roles."""

    name: str
    display: str
    unit_id: int | None
    roles: frozenset[str]


class Facts(Protocol):
    """A look around: what stands in the registers, whoever may see it. A record is a mapping of its columns (``id``,
    ``code``, ``status``, ``standing`` among them; references as ids), with child rows and links in it where asked."""

    def records(self, slug: str, *, whole: bool = False, **where: Any) -> Sequence[Values]:
        """The live records whose columns have these values (a collection: one of them), by id; ``whole``: with child rows and links."""

    def one(self, slug: str, id: int | None, *, whole: bool = False) -> Values | None:
        """One record, whatever its standing; ``None`` for none."""

    def linking(self, slug: str, name: str, target: str, id: int | None) -> Sequence[Values]:
        """The live records of ``slug`` whose link ``name`` leads to record ``id`` of the register ``target``."""

    def evidence(self, slug: str, code: str) -> int:
        """How many files are attached to a record."""

    def person(self, name: str | None) -> Person | None:
        """The person of that sign-in name or name shown; ``None`` where nobody or more than one is called so."""

    def worked_on(self, name: str, slug: str, code: str, since: datetime) -> bool:
        """Whether that account changed, moved or approved a record since then."""

    def setting(self, key: str) -> Any:
        """A setting of the body."""


@dataclass(frozen=True, slots=True)
class Case:
    """A record as it will be (``values``, with ``id``, ``code``, ``status``, child rows and links), and as it stood
    (``before``; ``None`` for a new one). ``move``: by which move; ``loading``: by a ledger, whose past is not news."""

    register: str
    values: Values
    before: Values | None
    actor: Actor
    facts: Facts
    today: date
    move: str | None = None
    reason: str | None = None
    loading: bool = False

    @property
    def is_new(self) -> bool:
        """Whether the record is only now made."""
        return self.before is None

    @property
    def by_operator(self) -> bool:
        """Whether the built-in operator acts."""
        return OPERATOR in self.actor.roles

    def changed(self, *names: str) -> bool:
        """Whether one of these fields differs from what stood."""
        return self.before is None or any(self.before.get(n) != self.values.get(n) for n in names)


@dataclass(frozen=True, slots=True)
class Create:
    """A consequence: a new record in another register (links as lists of (slug, id)), and why, in words for the history."""

    slug: str
    values: Values
    why: Text
    status: str | None = None


@dataclass(frozen=True, slots=True)
class Change:
    """A consequence: another record gets these values or this state, and why."""

    slug: str
    id: int
    why: Text
    values: Values = field(default_factory=dict)
    status: str | None = None


Consequence = Create | Change
Guard = Callable[[Case], Text | None]
"""Why it may not be, as a sentence, or ``None``."""
Effect = Callable[[Case], Iterable[Consequence]]
"""What else becomes of it."""
Sets = Callable[[Case], Values]
"""The values that a move writes itself; the case is the record before the move, ``values`` as it stands."""
