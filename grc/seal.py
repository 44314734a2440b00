"""Personal values in the trail: ciphertext under a key of their record.

The trail's hash covers the ciphertext, so destroying the key erases what was personal and the chain stays valid
(AES-256-GCM; the key is random, one a record).
"""

from __future__ import annotations

import base64
import os
from typing import Any

import orjson
import sqlalchemy as sa
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from grc.database import metadata

MARK = "sealed:"

table = sa.Table(
    "record_keys", metadata,
    sa.Column("register", sa.String(64), primary_key=True),
    sa.Column("record", sa.String(64), primary_key=True),
    sa.Column("key", sa.LargeBinary, nullable=False),
)


def key_of(conn: sa.Connection, register: str, record: str, *, make: bool = False) -> bytes | None:
    """The record's key; made when asked for, ``None`` when there is none (never made, or destroyed)."""
    found = conn.scalar(sa.select(table.c.key).where(table.c.register == register, table.c.record == record))
    if found is None and make:
        found = AESGCM.generate_key(256)
        conn.execute(sa.insert(table).values(register=register, record=record, key=found))
    return found


def seal(key: bytes, value: Any) -> str | None:
    """A JSON value as ciphertext; nothing stays nothing."""
    if value is None:
        return None
    nonce = os.urandom(12)
    return MARK + base64.b64encode(nonce + AESGCM(key).encrypt(nonce, orjson.dumps(value), None)).decode()


def unseal(key: bytes | None, value: Any) -> Any:
    """The value behind a seal, or ``None`` where the key is gone; anything that is not sealed stays as it is."""
    if isinstance(value, dict):
        return {name: unseal(key, one) for name, one in value.items()}
    if not isinstance(value, str) or not value.startswith(MARK):
        return value
    if key is None:
        return None
    raw = base64.b64decode(value.removeprefix(MARK))
    try:
        return orjson.loads(AESGCM(key).decrypt(raw[:12], raw[12:], None))
    except InvalidTag:
        return None


def destroy(conn: sa.Connection, register: str, record: str) -> None:
    """Erase what is personal in the history of a record, for good."""
    conn.execute(sa.delete(table).where(table.c.register == register, table.c.record == record))
