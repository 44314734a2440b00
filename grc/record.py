"""Record: the base of every register's table, and the words in which a module declares a register's fields.

``field`` is a column, ``ref`` one record of another register (a real foreign key), ``rows`` what belongs to one record
alone (child rows), ``link`` several records of another register. References name a slug, so that the modules that declare
registers need not import one another.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Literal

import sqlalchemy as sa
from sqlmodel import Field, SQLModel

from grc.database import JSON, metadata
from grc.kinds import TEXT, Kind, Ref, UtcDateTime
from grc.text import Text

Values = Mapping[str, Any]
"""The values of a record by field name."""


def table_name(slug: str) -> str:
    """The table of a register."""
    return slug.replace("-", "_")


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """What a register declares of one field."""

    name: str
    label: Text
    kind: Kind
    required: bool = False
    unless: str | None = None
    gap: bool = False
    search: bool = False
    synonyms: tuple[str, ...] = ()
    deadline: bool = False
    met_by: str | None = None
    due_in: tuple[str, ...] = ()
    personal: bool = False
    derive: Callable[[Values], Any] | None = None
    section: Text | None = None
    hint: Text | None = None
    default: Any = None
    common: bool = False

    @property
    def refers(self) -> str | None:
        """The slug of the register that this field refers to, if it is a reference."""
        return self.kind.slug if isinstance(self.kind, Ref) else None


def field(
    ja: str, en: str, kind: Kind = TEXT, *, required: bool = False, unless: str | None = None, gap: bool = False, search: bool = False,
    synonyms: tuple[str, ...] = (), deadline: bool = False, met_by: str | None = None,
    due_in: tuple[str, ...] = (), personal: bool = False,
    derive: Callable[[Values], Any] | None = None, section: Text | None = None, hint: Text | None = None,
    default: Any = None, index: bool = False, common: bool = False,
) -> Any:
    """Declare a field.

    ``required``: the record means nothing without it (unless the field named by ``unless`` is filled); a row of a ledger
    without it is rejected, unless ``gap`` lets it in with the gap shown. ``synonyms``: other headings that ledgers give it. ``deadline``: a date to be reminded of, until
    the field ``met_by`` is filled, in the states ``due_in`` (every state that is no end, where none is named).
    ``personal``: enters the trail only encrypted. ``derive``: computed from the record's other values at every write and
    never typed; what a ledger prints for it is kept beside it. ``section``: begins a new section of the form. ``common``: what
    every register has; it comes last.
    """
    spec = FieldSpec("", Text(ja, en), kind, required, unless, gap, search, synonyms, deadline, met_by, due_in, personal, derive, section,
                     hint, default, common)
    return _column(spec, sa_type=kind.column_type, index=index or deadline)


def ref(slug: str, ja: str, en: str, *, create: Literal["provisional"] | None = None, synonyms: tuple[str, ...] = (),
        section: Text | None = None, hint: Text | None = None, required: bool = False, unless: str | None = None, common: bool = False) -> Any:
    """Declare a reference to one record of the register ``slug``.

    ``create="provisional"``: a ledger's unknown name makes a provisional record there; otherwise it is kept as printed.
    """
    spec = FieldSpec("", Text(ja, en), Ref(slug, create=create), required=required, unless=unless, synonyms=synonyms,
                     section=section, hint=hint, common=common)
    return _column(spec, sa_type=sa.Integer, index=True, foreign_key=f"{table_name(slug)}.id")


def _column(spec: FieldSpec, **column: Any) -> Any:
    info: Any = Field(default=None, nullable=True, **column)
    info.metadata = [*info.metadata, spec]  # SQLModel keeps it; schema_extra would be lost without a word
    return info


@dataclass(frozen=True, slots=True)
class Link:
    """Several records of another register, or of one of several."""

    name: str
    slugs: tuple[str, ...]
    label: Text


def link(name: str, slug: str, ja: str, en: str) -> Link:
    """Declare a link to several records of ``slug``."""
    return Link(name, (slug,), Text(ja, en))


def link_any(name: str, slugs: tuple[str, ...], ja: str, en: str) -> Link:
    """Declare a link to several records of any of ``slugs``."""
    return Link(name, slugs, Text(ja, en))


@dataclass(frozen=True, slots=True)
class Rows:
    """What belongs to one record alone, kept in a table of its own: amendments, a timeline, bids, members."""

    name: str
    model: type["Row"]
    label: Text
    append_only: bool = False

    @property
    def fields(self) -> tuple[FieldSpec, ...]:
        """The fields of one child row."""
        return specs(self.model)


def rows(name: str, model: type["Row"], ja: str, en: str, *, append_only: bool = False) -> Rows:
    """Declare child rows; ``append_only``: what was written once stays as it is."""
    return Rows(name, model, Text(ja, en), append_only)


class Row(SQLModel):
    """The base of a child table: which record it belongs to, and its place in the list."""

    model_config = {"defer_build": True}  # nothing is validated by the class itself: forms and ledgers have their own readers
    id: int | None = Field(default=None, primary_key=True)
    parent_id: int = Field(index=True)
    position: int


class Record(SQLModel):
    """The base of every register's table: the columns that all records have."""

    model_config = {"defer_build": True}  # nothing is validated by the class itself: forms and ledgers have their own readers
    id: int | None = Field(default=None, primary_key=True)
    code: str = Field(sa_type=sa.String(40), unique=True)
    status: str = Field(sa_type=sa.String(32), index=True)
    unit_id: int | None = ref("units", "担当部門", "Unit", create="provisional", synonyms=("部門", "担当課", "主管部門"), common=True)
    owner: str | None = field("担当者", "Owner", synonyms=("担当", "担当者名"), index=True, common=True)
    note: str | None = field("メモ", "Note", common=True)

    standing: str = Field(default="live", sa_type=sa.String(16), index=True)
    provisional: bool = Field(default=False, index=True)
    loaded: bool = Field(default=False, index=True)
    version: int = Field(default=1)
    printed: dict[str, str] = Field(default_factory=dict, sa_type=JSON)
    search: str = Field(default="", sa_type=sa.Text)
    batch_id: int | None = Field(default=None, index=True)
    sheet: str | None = Field(default=None, sa_type=sa.String(64))
    sheet_row: int | None = Field(default=None)
    created_at: datetime = Field(sa_type=UtcDateTime)
    created_by: str = Field(sa_type=sa.String(64))
    updated_at: datetime = Field(sa_type=UtcDateTime)
    updated_by: str = Field(sa_type=sa.String(64), index=True)


LIVE, ARCHIVED, VOID = "live", "archived", "void"
RETIRED = (ARCHIVED, VOID)

links = sa.Table(
    "links", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("register", sa.String(64), nullable=False),
    sa.Column("record_id", sa.Integer, nullable=False),
    sa.Column("name", sa.String(64), nullable=False),
    sa.Column("target_register", sa.String(64), nullable=False),
    sa.Column("target_id", sa.Integer, nullable=False),
    sa.UniqueConstraint("register", "record_id", "name", "target_register", "target_id"),
    sa.Index(None, "target_register", "target_id"),
)
"""All links between records; written by the door alone."""


def specs(model: type[SQLModel]) -> tuple[FieldSpec, ...]:
    """The declared fields of a table class, in order, the common ones last."""
    found = [replace(spec, name=name) for name, info in model.model_fields.items()
             for spec in info.metadata if isinstance(spec, FieldSpec)]
    return tuple(sorted(found, key=lambda spec: spec.common))
