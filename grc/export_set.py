"""Export sets: several registers' files that leave together, as one submission asks for them.

A set is declared once, beside the registers that it belongs to; lists, addresses and the command line find it here.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from grc.refusal import Unknown
from grc.text import Text


@dataclass(frozen=True, slots=True)
class Part:
    """One file of a set: the records of register ``slug`` with these values; ``first``: only so many of them, by number."""

    slug: str
    where: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    first: int | None = None


@dataclass(frozen=True, slots=True)
class ExportSet:
    """Files that belong together, in order, under one title. ``id`` is its name in addresses and on the command line."""

    id: str
    title: Text
    parts: tuple[Part, ...]


SETS: dict[str, ExportSet] = {}


def declare(wanted: ExportSet) -> ExportSet:
    """Put a set into the catalogue; two of one id are a mistake of ours (``ValueError``)."""
    if wanted.id in SETS:
        raise ValueError(f"two export sets are called {wanted.id}")
    SETS[wanted.id] = wanted
    return wanted


def get(id: str) -> ExportSet:
    """The set of that id; ``Unknown`` with the ids there are."""
    if id not in SETS:
        names = ", ".join(sorted(SETS)) or "―"
        raise Unknown(Text(f"「{id}」という資料の組はありません。あるのは次のとおりです：{names}",
                           f'There is no export set "{id}". The sets are: {names}'))
    return SETS[id]


def containing(slug: str) -> list[ExportSet]:
    """The sets in which a register stands."""
    return [found for found in SETS.values() if any(part.slug == slug for part in found.parts)]
