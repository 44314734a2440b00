"""Evidence: files kept under their SHA-256, and what they are attached to.

A file is written to a temporary name, flushed, renamed and its folder flushed before a row is committed; the given name
is only data. Reading checks the hash. A file stands once, however often it is attached.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import sqlalchemy as sa

from grc.database import metadata
from grc.kinds import UtcDateTime
from grc.problem import Problem, Severity, define
from grc.refusal import Unknown
from grc.text import Text

table = sa.Table(
    "evidence", metadata,
    sa.Column("sha256", sa.String(64), primary_key=True),
    sa.Column("size", sa.BigInteger, nullable=False),
    sa.Column("media_type", sa.String(120), nullable=False),
    sa.Column("state", sa.String(16), nullable=False),
    sa.Column("added_at", UtcDateTime, nullable=False),
    sa.Column("added_by", sa.String(64), nullable=False),
)
attachments = sa.Table(
    "attachments", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("register", sa.String(64), nullable=False),
    sa.Column("record", sa.String(64), nullable=False),
    sa.Column("sha256", sa.String(64), sa.ForeignKey("evidence.sha256"), nullable=False, index=True),
    sa.Column("name", sa.String(255), nullable=False),
    sa.Column("added_at", UtcDateTime, nullable=False),
    sa.Column("added_by", sa.String(64), nullable=False),
    sa.UniqueConstraint("register", "record", "sha256"),
)

ALTERED = define("evidence-altered", Severity.ERROR, Text("証跡 {value} の中身が、預かったときと違います。", "Evidence {value} is not what was stored."),
                 Text("管理者に知らせてください。", "Tell your administrator."))
MISSING = define("evidence-missing", Severity.ERROR, Text("証跡 {value} が保管場所にありません。", "Evidence {value} is missing from the store."),
                 Text("管理者に知らせてください。", "Tell your administrator."))


@dataclass(frozen=True, slots=True)
class Attached:
    """A file attached to a record, as pages list it; ``intact``: whether what is stored still has its hash."""

    sha256: str
    name: str
    size: int
    media_type: str
    added_at: datetime
    added_by: str
    intact: bool


class Store:
    """A folder of files by their hash."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def path(self, sha256: str) -> Path:
        """Where the file of that hash stands."""
        return self.folder / sha256[:2] / sha256[2:]

    def put(self, data: bytes) -> str:
        """Keep ``data``; returns its SHA-256. Durable when it returns."""
        sha256 = hashlib.sha256(data).hexdigest()
        path = self.path(sha256)
        if path.exists():
            return sha256
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
        try:
            with os.fdopen(handle, "wb") as out:
                out.write(data)
                out.flush()
                os.fsync(out.fileno())
            os.chmod(temporary, 0o440)
            os.rename(temporary, path)
        except OSError:
            Path(temporary).unlink(missing_ok=True)
            raise
        with _folder(path.parent) as folder:
            os.fsync(folder)
        return sha256

    def get(self, sha256: str) -> bytes:
        """The file of that hash, checked. Raises ``Unknown`` where it is missing or altered."""
        problem = self.fault(sha256)
        if problem:
            raise Unknown(problem.message)
        return self.path(sha256).read_bytes()

    def fault(self, sha256: str) -> Problem | None:
        """What is wrong with a stored file, if anything is."""
        try:
            with self.path(sha256).open("rb") as stored:
                found = hashlib.file_digest(stored, "sha256").hexdigest()
        except OSError:
            return MISSING(value=sha256)
        return None if found == sha256 else ALTERED(value=sha256)


@contextmanager
def _folder(path: Path) -> Iterator[int]:
    handle = os.open(path, os.O_RDONLY)
    try:
        yield handle
    finally:
        os.close(handle)


_SIGNATURES = ((b"%PDF-", "application/pdf"), (b"\x89PNG\r\n", "image/png"), (b"\xff\xd8\xff", "image/jpeg"),
               (b"GIF8", "image/gif"), (b"PK\x03\x04", "application/zip"), (b"\xd0\xcf\x11\xe0", "application/x-ole-storage"))
_OFFICE = ((b"xl/workbook", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
           (b"word/document", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"),
           (b"ppt/presentation", "application/vnd.openxmlformats-officedocument.presentationml.presentation"))


def media_type(data: bytes) -> str:
    """What a file is, by its content; never what its uploader says."""
    found = next((kind for mark, kind in _SIGNATURES if data.startswith(mark)), None)
    if found == "application/zip":
        return next((kind for mark, kind in _OFFICE if mark in data), found)
    if found is None:
        try:
            data[:65536].decode("utf-8", errors="strict" if len(data) <= 65536 else "ignore")
            return "text/plain" if b"\x00" not in data[:65536] else "application/octet-stream"
        except UnicodeDecodeError:
            return "application/octet-stream"
    return found


def note_file(conn: sa.Connection, sha256: str, data: bytes, *, by: str, at: datetime, state: str = "kept") -> None:
    """Write down that a stored file is evidence, once."""
    if conn.scalar(sa.select(table.c.sha256).where(table.c.sha256 == sha256)) is None:
        conn.execute(sa.insert(table).values(sha256=sha256, size=len(data), media_type=media_type(data), state=state,
                                             added_at=at, added_by=by))


def attached(conn: sa.Connection, store: Store, register: str, record: str) -> list[Attached]:
    """The files attached to a record, oldest first, each checked against its hash."""
    query = sa.select(attachments, table.c.size, table.c.media_type).join(table).where(
        attachments.c.register == register, attachments.c.record == record).order_by(attachments.c.id)
    return [Attached(r.sha256, r.name, r.size, r.media_type, r.added_at, r.added_by, store.fault(r.sha256) is None)
            for r in conn.execute(query)]


def count_attached(conn: sa.Connection, register: str, record: str) -> int:
    """How many files are attached to a record."""
    mine = (attachments.c.register == register) & (attachments.c.record == record)
    return conn.scalar(sa.select(sa.func.count()).select_from(attachments).where(mine)) or 0


def verify(conn: sa.Connection, store: Store) -> tuple[int, list[Problem]]:
    """How many files there should be, and which are missing or altered."""
    hashes = [row.sha256 for row in conn.execute(sa.select(table.c.sha256).order_by(table.c.sha256))]
    return len(hashes), [p for p in map(store.fault, hashes) if p]
