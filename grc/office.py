"""One office: its home folder, database, evidence store and site, opened together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from grc import settings
from grc.database import Database
from grc.evidence import Store
from grc.settings import Body, Place


@dataclass(frozen=True)
class Office:
    """Where an office's data are; everything that reads or writes is given one of these."""

    place: Place
    db: Database
    store: Store

    @classmethod
    def open(cls, place: Place | None = None) -> Office:
        """The office of the environment (``GRC_HOME`` …), or of ``place``."""
        place = place or Place()
        place.home.mkdir(parents=True, exist_ok=True)
        return cls(place, Database(place.database), Store(place.evidence))

    @property
    def site(self) -> Path:
        """The folder of the public site."""
        return self.place.site

    def body(self) -> Body:
        """The body's settings as they stand."""
        with self.db.read() as conn:
            return settings.read(conn)


@cache
def here() -> Office:
    """The office that this process serves; opened once."""
    return Office.open()
