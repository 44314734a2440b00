"""Where this Daicho lives (environment) and what the body decided (settings kept in the database).

``Place`` is read from ``GRC_*`` environment variables by the process that starts. ``Body`` holds what an office sets with
``grc settings set KEY VALUE``; an environment variable ``GRC_<KEY>`` wins over the stored value.
"""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal

import sqlalchemy as sa
from pydantic import BaseModel, Field, TypeAdapter, ValidationError, field_validator
from pydantic_settings import BaseSettings, SettingsConfigDict

from grc.database import metadata
from grc.refusal import Misuse
from grc.text import Text

OCID_PLACEHOLDER = "ocds-000000"


class Place(BaseSettings):
    """Where data are kept and how the app is reached; from the environment alone."""

    model_config = SettingsConfigDict(env_prefix="GRC_", extra="ignore")

    home: Path = Path("var")
    database_url: str = ""
    evidence_url: str = ""
    public_host: str = ""

    @property
    def database(self) -> str:
        """The database's address; SQLite in the home folder unless told otherwise."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'daicho.db'}"

    @property
    def evidence(self) -> Path:
        """The folder of the evidence store."""
        return Path(self.evidence_url.removeprefix("file://")) if self.evidence_url else self.home / "evidence"

    @property
    def site(self) -> Path:
        """The folder of the public site: any web server can host it."""
        return self.home / "site"

    @property
    def demo(self) -> bool:
        """Whether this home was made by ``grc init --demo``."""
        return (self.home / "DEMO").exists()


class Body(BaseModel):
    """What the body decided. Every key has a sensible beginning; :func:`parse` names what is wrong with a value."""

    body_name: str = Field("さくら情報機構", min_length=1, max_length=100)
    body_number: str = ""
    ocid_prefix: str = Field(OCID_PLACEHOLDER, pattern=r"^ocds-[a-z0-9]{6}$")
    first_own_month: str = Field("", pattern=r"^(\d{4}-(0[1-9]|1[0-2]))?$")
    form_wording: Literal["agency", "ministry"] = "agency"
    rate_digits: int = Field(1, ge=0, le=3)
    rate_rounding: Literal["half_up", "truncate"] = "half_up"
    extended_months: str = "4"
    password_min: int = Field(15, ge=8, le=64)
    session_idle_minutes: int = Field(60, ge=5, le=720)
    session_hours: int = Field(12, ge=1, le=24)
    declared: dict[str, Any] = Field(default_factory=dict, exclude=True)

    def get(self, key: str) -> Any:
        """A setting by its key, one that a register declares among them (``KeyError``)."""
        if key in DECLARED:
            return self.declared.get(key, DECLARED[key].default)
        return getattr(self, key)

    def everything(self) -> dict[str, Any]:
        """All settings as they stand."""
        return self.model_dump() | {key: self.get(key) for key in DECLARED}

    @field_validator("extended_months")
    @classmethod
    def _months(cls, value: str) -> str:
        if not re.fullmatch(r"(1[0-2]|[1-9])(,(1[0-2]|[1-9]))*|", value):
            raise ValueError("months as numbers with commas, such as 3,4")
        return value

    @property
    def months_with_93_days(self) -> frozenset[int]:
        """The months of signing whose contracts may be published within 93 days (disclosure.md R4)."""
        return frozenset(int(m) for m in self.extended_months.split(",") if m)


@dataclass(frozen=True, slots=True)
class Setting:
    """A setting that a register's rules ask for: its key, what it is without being set, what it means."""

    key: str
    default: int | bool | str
    label: Text


DECLARED: dict[str, Setting] = {}
MOST = 1_000_000
"""The largest number that a declared setting may be; all of them count something, so none is below zero."""


def declare(key: str, default: int | bool | str, ja: str, en: str) -> str:
    """Declare a setting beside the rule that asks for it; returns its key. Two of one key are a mistake of ours."""
    if key in DECLARED or key in Body.model_fields:
        raise ValueError(f"two settings are called {key}")
    DECLARED[key] = Setting(key, default, Text(ja, en))
    return key


table = sa.Table(
    "settings", metadata,
    sa.Column("key", sa.String(64), primary_key=True),
    sa.Column("value", sa.Text, nullable=False),
)


def read(conn: sa.Connection) -> Body:
    """The body's settings as they stand, environment first."""
    stored = {row.key: row.value for row in conn.execute(sa.select(table))}
    known = {key: value for key, value in stored.items() if key in Body.model_fields or key in DECLARED}
    return parse(known | from_environment())


def from_environment() -> dict[str, str]:
    """Settings given as ``GRC_<KEY>`` variables."""
    return {key: os.environ[name] for key in (*Body.model_fields, *DECLARED) if (name := f"GRC_{key.upper()}") in os.environ}


def parse(values: dict[str, Any]) -> Body:
    """The settings with ``values`` in them.

    Raises ``Misuse`` that names the key, for a key that does not exist and for a value that is not allowed.
    """
    for key in values:
        if (key not in Body.model_fields and key not in DECLARED) or key == "declared":
            raise Misuse(Text(f"「{key}」という設定はありません。設定の一覧は grc settings show で見られます。",
                              f'There is no setting "{key}". grc settings show lists them.'))
    declared = {key: _declared(DECLARED[key], value) for key, value in values.items() if key in DECLARED}
    try:
        return Body(**{key: value for key, value in values.items() if key not in DECLARED}, declared=declared)
    except ValidationError as fault:
        first = fault.errors()[0]
        key = str(first["loc"][0])
        raise Misuse(Text(f"設定「{key}」の値「{values[key]}」は使えません。いまの値と同じ形で書いてください（grc settings show）。",
                          f'"{values[key]}" is no value of the setting "{key}" ({first["msg"]}).')) from None


def _declared(setting: Setting, value: Any) -> Any:
    kind: Any = Annotated[int, Field(ge=0, le=MOST)] if type(setting.default) is int else type(setting.default)
    try:
        return TypeAdapter(kind).validate_python(value)
    except ValidationError:
        raise Misuse(Text(f"設定「{setting.key}」（{setting.label.ja}）の値「{value}」は使えません。いまの値と同じ形で書いてください。",
                          f'"{value}" is no value of the setting "{setting.key}" ({setting.label.en}).')) from None
