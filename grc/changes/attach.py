"""Attach: a file becomes evidence of a record; detach takes it off the record, never out of the store."""

from __future__ import annotations

import sqlalchemy as sa

from grc import evidence
from grc.changes.judge import owned
from grc.changes.spine import act, current
from grc.database import Database
from grc.evidence import Store, attachments
from grc.permissions import Action, Actor
from grc.refusal import NotAllowedNow, Unknown
from grc.register import get
from grc.text import Text

LARGEST = 50 * 1024 * 1024
"""The largest file that is taken, in bytes (security.md R10)."""


def attach(db: Database, store: Store, actor: Actor, slug: str, code: str, name: str, data: bytes) -> str:
    """Attach a file to a record; returns its SHA-256. Attaching the same file twice changes nothing.

    Raises ``Unknown``, ``Forbidden``, ``NotAllowedNow`` (too large, empty).
    """
    if not data or len(data) > LARGEST:
        raise NotAllowedNow(Text(f"「{name}」は空か、50MBを超えています。", f'"{name}" is empty, or larger than 50 MB.'))
    register = get(slug)
    with act(db, actor) as doing:
        row = current(doing, register, code, Action.ATTACH)
        owned(doing, register, row)
        sha256 = store.put(data)
        evidence.note_file(doing.conn, sha256, data, by=actor.name, at=doing.at)
        mine = (attachments.c.register == slug) & (attachments.c.record == row.code) & (attachments.c.sha256 == sha256)
        if doing.conn.scalar(sa.select(attachments.c.id).where(mine)) is None:
            doing.conn.execute(sa.insert(attachments).values(
                register=slug, record=code, sha256=sha256, name=name[-255:], added_at=doing.at, added_by=actor.name))
            doing.note("attach", slug, code, {"evidence": [None, f"{name} sha256:{sha256}"]})
        return sha256


def detach(db: Database, actor: Actor, slug: str, code: str, sha256: str, *, reason: str) -> None:
    """Take a file off a record, with a reason. Raises ``Unknown``, ``Forbidden``, ``NotAllowedNow``."""
    if not reason.strip():
        raise NotAllowedNow(Text("理由を書いてください。", "Give a reason."))
    register = get(slug)
    with act(db, actor) as doing:
        owned(doing, register, current(doing, register, code, Action.ATTACH), reason)
        mine = (attachments.c.register == slug) & (attachments.c.record == code) & (attachments.c.sha256 == sha256)
        name = doing.conn.scalar(sa.select(attachments.c.name).where(mine))
        if name is None:
            raise Unknown(Text("その証跡はこの記録にありません。", "That file is not attached to this record."))
        doing.conn.execute(sa.delete(attachments).where(mine))
        doing.note("detach", slug, code, {"evidence": [f"{name} sha256:{sha256}", None]}, reason.strip())
