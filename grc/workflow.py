"""States and transitions of a register: who may move a record, from where to where, and what it takes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from grc.case import Effect, Guard, Sets
from grc.states import IN_FORCE, State
from grc.text import Text


@dataclass(frozen=True, slots=True)
class Transition:
    """One move. ``target``: the state it leads to, ``None`` where the record stays in its state.

    ``approves``: four eyes — whoever does it made no change since the last approval. ``needs`` are fields that must be
    filled; ``reason`` asks for a sentence; ``evidence`` for at least one file; ``guards`` are what must hold beside.
    ``appends`` names child rows of which the person fills in one with the move; ``sets`` gives the values that the move
    writes itself; ``effects`` say what else becomes of it.
    """

    id: str
    label: Text
    sources: tuple[str, ...]
    target: str | None
    roles: tuple[str, ...]
    needs: tuple[str, ...] = ()
    approves: bool = False
    reason: bool = False
    evidence: bool = False
    guards: tuple[Guard, ...] = ()
    sets: Sets | None = None
    appends: str | None = None
    effects: tuple[Effect, ...] = ()


@dataclass(frozen=True)
class Workflow:
    """The states in order, the first one being where a new record starts, and the moves between them.

    ``closed`` names states that are an end although a move leads out of them (to reopen, to correct).
    """

    states: tuple[State, ...]
    transitions: tuple[Transition, ...] = ()
    closed: tuple[str, ...] = ()

    @property
    def first(self) -> str:
        """The state of a new record."""
        return self.states[0].id

    @cached_property
    def open(self) -> tuple[str, ...]:
        """The states in which a record still has a way to go; all of them where there are no moves."""
        return tuple(s.id for s in self.states if not self.transitions or (
            s.id not in self.closed and any(s.id in t.sources for t in self.transitions)))

    @property
    def approvals(self) -> frozenset[str]:
        """The acts of the trail that approve a record."""
        return frozenset(f"move:{t.id}" for t in self.transitions if t.approves)

    def state(self, id: str) -> State:
        """The state of that id; ``KeyError`` for another."""
        return {s.id: s for s in self.states}[id]

    def transition(self, id: str) -> Transition | None:
        """The move of that id."""
        return next((t for t in self.transitions if t.id == id), None)

    def from_state(self, id: str) -> Iterable[Transition]:
        """The moves out of a state, in the order declared: the first is what comes next."""
        return (t for t in self.transitions if id in t.sources)


def move(id: str, ja: str, en: str, sources: str | tuple[str, ...], target: str | None, roles: tuple[str, ...], *,
         needs: tuple[str, ...] = (), approves: bool = False, reason: bool = False, evidence: bool = False,
         guards: tuple[Guard, ...] = (), sets: Sets | None = None, appends: str | None = None, effects: tuple[Effect, ...] = ()) -> Transition:
    """A transition, in one line of a declaration."""
    return Transition(id, Text(ja, en), (sources,) if isinstance(sources, str) else sources, target, roles,
                      needs, approves, reason, evidence, guards, sets, appends, effects)


KEPT = Workflow(states=(IN_FORCE,))
"""A register whose records have no life of their own: they are simply kept."""
