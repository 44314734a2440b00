"""The stage on which the demo is played: who acts, on which day, and what is done through the door."""

from __future__ import annotations

import csv
import io
import random
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from typing import Any

from grc import calendar, changes, people
from grc.case import Values
from grc.facts import Look
from grc.office import Office
from grc.permissions import Actor
from imports import run

YEAR = 2025
"""The fiscal year of the demo's registers."""


@dataclass(frozen=True, slots=True)
class Made:
    """A record that the demo made, as it stands."""

    slug: str
    code: str
    version: int
    id: int


class Stage:
    """An office, chance from a seed, and the few acts that a person can do."""

    def __init__(self, office: Office, chance: random.Random) -> None:
        self.office = office
        self.chance = chance
        self._actors: dict[str, Actor] = {}

    def actor(self, name: str) -> Actor:
        """The person of that sign-in name; ``cli`` is the built-in operator."""
        if name == "cli":
            return people.CLI
        if name not in self._actors:
            with self.office.db.read() as conn:
                self._actors[name] = people.actor_of(conn, people.by_name(conn, name).id, via="demo")
        return self._actors[name]

    @contextmanager
    def on(self, day: date) -> Iterator[None]:
        """Ten in the morning of a day in Japan."""
        with calendar.clock.at(datetime.combine(day, time(10), tzinfo=calendar.TOKYO).astimezone(UTC)):
            yield

    def add(self, slug: str, by: str, on: date, **values: Any) -> Made:
        """A new record by a person on a day; references take a :class:`Made` or an id, links lists of them."""
        with self.on(on):
            saved = changes.create(self.office.db, self.actor(by), slug, {name: _plain(value) for name, value in values.items()})
        return Made(slug, saved.code, saved.version, saved.id)

    def change(self, made: Made, by: str, on: date, reason: str | None = None, **values: Any) -> Made:
        """Change fields of a record."""
        with self.on(on):
            saved = changes.update(self.office.db, self.actor(by), made.slug, made.code, {n: _plain(v) for n, v in values.items()},
                                   made.version, reason=reason)
        return Made(made.slug, saved.code, saved.version, saved.id)

    def move(self, made: Made, *moves: str, by: str, on: date, reason: str | None = None, row: dict[str, Any] | None = None) -> Made:
        """Make one move or several in a row, all by one person on one day."""
        for move in moves:
            with self.on(on):
                saved = changes.transition(self.office.db, self.actor(by), made.slug, made.code, move, made.version, reason=reason, row=row)
            made = Made(made.slug, saved.code, saved.version, saved.id)
        return made

    def attach(self, made: Made, by: str, on: date, name: str, text: str) -> None:
        """A file with that text becomes evidence of the record."""
        with self.on(on):
            changes.attach(self.office.db, self.office.store, self.actor(by), made.slug, made.code, name, text.encode())

    def load(self, slug: str, by: str, on: date, name: str, heads: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """A ledger of the years before, as a CSV file, imported as an office would."""
        out = io.StringIO()
        csv.writer(out).writerows([heads, *rows])
        with self.on(on):
            run.load(self.office, self.actor(by), run.preview(self.office, self.actor(by), slug, out.getvalue().encode("utf-8-sig"), name))

    def find(self, slug: str, **where: Any) -> list[Values]:
        """The live records with these values, as mappings of their columns."""
        with self.office.db.read() as conn:
            return list(Look(conn).records(slug, **where))

    def one(self, slug: str, **where: Any) -> int | None:
        """The first such record's key, if there is one."""
        return next((int(row["id"]) for row in self.find(slug, **where)), None)

    def made(self, slug: str, **where: Any) -> Made:
        """The first such record, to go on with."""
        row = self.find(slug, **where)[0]
        return Made(slug, row["code"], row["version"], row["id"])

    def unit(self, name: str) -> int:
        """The unit of that name."""
        return int(self.find("units", name=name)[0]["id"])


def _plain(value: Any) -> Any:
    if isinstance(value, Made):
        return value.id
    if isinstance(value, list) and value and isinstance(value[0], Made):
        return [(made.slug, made.id) for made in value]
    return value
