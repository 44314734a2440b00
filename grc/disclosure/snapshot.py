"""A month, frozen: the rows as they are published, who prepared and approved them, and the hash of it all.

The canonical form is JSON as RFC 8785 wants it. Nothing in it is a float, so Python's own writer with sorted keys gives
the same bytes (the tests hold it to a second implementation).
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from hashlib import sha256
from typing import Any

from grc.disclosure.row import COLUMNS, Column, DisclosureRow

FORMAT = "daicho-disclosure-1"


@dataclass(frozen=True, slots=True)
class Correction:
    """One thing that a version changed: ``kind`` is correction, addition or cancellation; ``field`` a field's name.

    ``before`` and ``after`` are the values as JSON texts say them; an addition or cancellation has no field and carries
    the contract's title.
    """

    record_id: str
    kind: str
    field: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True)
class Snapshot:
    """One version of one month (``YYYY-MM``, version counted from 1) as it goes out.

    Rows are stripped of what a withheld estimate would give away as soon as they are in a snapshot: there is no way to
    freeze a leak. ``reason`` and ``corrections`` say what a later version changed and why; ``withheld_records`` counts
    the contracts that are secret as a whole. ``wording`` picks the headings of the forms (agency, ministry).
    """

    month: str
    version: int
    body_name: str
    rows: tuple[DisclosureRow, ...]
    prepared_by: str
    approved_by: str
    published_on: date
    wording: str = "agency"
    reason: str = ""
    corrections: tuple[Correction, ...] = field(default=())
    withheld_records: int = 0

    def __post_init__(self) -> None:
        object.__setattr__(self, "rows", tuple(row.public() for row in self.rows))

    @property
    def count(self) -> int:
        """How many contracts the month publishes."""
        return len(self.rows)

    @property
    def total(self) -> int:
        """The sum of the amounts that are numbers, in yen."""
        return sum(row.amount for row in self.rows if row.amount is not None)

    def to_json(self) -> dict[str, Any]:
        """Everything in it, in JSON's own types and without floats."""
        return {
            "format": FORMAT, "month": self.month, "version": self.version, "body_name": self.body_name,
            "wording": self.wording, "prepared_by": self.prepared_by, "approved_by": self.approved_by,
            "published_on": self.published_on.isoformat(), "reason": self.reason,
            "withheld_records": self.withheld_records, "rows": [row.to_json() for row in self.rows],
            "corrections": [{name: getattr(c, name) for name in Correction.__slots__} for c in self.corrections],
        }

    @cached_property
    def canonical(self) -> bytes:
        """The canonical JSON, UTF-8: what is stored, published as ``snapshot.json`` and hashed."""
        return canonical(self.to_json())

    @cached_property
    def sha256(self) -> str:
        """The SHA-256 of the canonical JSON, in hexadecimal."""
        return sha256(self.canonical).hexdigest()

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Snapshot:
        """The snapshot that :meth:`to_json` wrote; ``ValueError`` or ``KeyError`` for anything else."""
        if data.get("format") != FORMAT:
            raise ValueError(f"not a snapshot: format {data.get('format')!r}")
        plain = {name: data[name] for name in ("month", "version", "body_name", "wording", "prepared_by", "approved_by",
                                               "reason", "withheld_records")}
        return cls(**plain, published_on=date.fromisoformat(data["published_on"]),
                   rows=tuple(DisclosureRow.from_json(row) for row in data["rows"]),
                   corrections=tuple(Correction(**c) for c in data["corrections"]))

    @classmethod
    def load(cls, stored: bytes | str) -> Snapshot:
        """The snapshot in stored canonical JSON (errors as in :meth:`from_json`)."""
        return cls.from_json(json.loads(stored))


@dataclass(frozen=True, slots=True)
class PublishedVersion:
    """What the list of months needs to know of one version: figures and hashes, no rows."""

    month: str
    version: int
    published_on: date
    count: int
    total: int
    snapshot_sha256: str
    reason: str = ""

    @classmethod
    def of(cls, snapshot: Snapshot) -> PublishedVersion:
        """The figures of a snapshot."""
        return cls(snapshot.month, snapshot.version, snapshot.published_on, snapshot.count, snapshot.total,
                   snapshot.sha256, snapshot.reason)


def canonical(value: object) -> bytes:
    """``value`` (no floats in it) as canonical JSON, UTF-8."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)
    return text.encode("utf-8")


def compare(old: Sequence[DisclosureRow], new: Sequence[DisclosureRow]) -> tuple[Correction, ...]:
    """What a new version changes, row by row and field by field, in the order of the new rows; cancelled rows last.

    ``revision`` and ``revision_type`` are bookkeeping and not told.
    """
    before = {row.record_id: row.public() for row in old}
    after = {row.record_id: row.public() for row in new}
    changes: list[Correction] = []
    for id, row in after.items():
        changes += _changed(before[id], row) if id in before else [Correction(id, "addition", after=row.title)]
    gone = (Correction(id, "cancellation", before=row.title) for id, row in before.items() if id not in after)
    return (*changes, *gone)


def _changed(old: DisclosureRow, new: DisclosureRow) -> Iterable[Correction]:
    for column in COLUMNS:
        was, now = _said(old, column), _said(new, column)
        if was != now and column.id not in ("revision", "revision_type"):
            yield Correction(new.record_id, "correction", column.id, was, now)


def _said(row: DisclosureRow, column: Column) -> str:
    """A field as text: as printed where it could not be read."""
    return row.printed.get(column.id) or str(column.shown(row))
