"""What the office's database remembers of what it published, and whether that memory is still what was written.

Snapshots and lists of files are append-only, and the trail's entry of each act holds their hashes: who gets past the
triggers must alter the trail as well, and ``grc trail verify`` finds that.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from itertools import zip_longest
from typing import Any

import sqlalchemy as sa

from grc import trail
from grc.database import APPEND_ONLY, metadata
from grc.disclosure.render.data import Entry
from grc.disclosure.site import Remembered
from grc.disclosure.snapshot import PublishedVersion, Snapshot, canonical
from grc.kinds import UtcDateTime
from grc.problem import Problem, Severity, define
from grc.text import Text

SLUG = "disclosures"
"""What the trail calls the months."""

snapshots = sa.Table(
    "snapshots", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("version", sa.Integer, nullable=False),
    sa.Column("canonical", sa.Text, nullable=False),
    sa.Column("sha256", sa.String(64), nullable=False),
    sa.Column("approved_by", sa.String(64), nullable=False),
    sa.Column("published_by", sa.String(64), nullable=False),
    sa.Column("published_at", UtcDateTime, nullable=False),
    sa.UniqueConstraint("month", "version"),
    info=APPEND_ONLY,
)
"""What was published, for good: triggers refuse every change."""
site_files = sa.Table(
    "site_files", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("month", sa.String(7), nullable=False),
    sa.Column("files", sa.Text, nullable=False),
    info=APPEND_ONLY,
)
"""What each publication or restoration put on the site, as JSON: path → hash and size. A later one has the last word."""

ALTERED = define("V-06", Severity.ERROR,
                 Text("データベースにある{what}「{value}」が、公表したときから書き換えられています。",
                      'The database\'s {what} "{value}" was altered since the publication.'),
                 Text("管理者に知らせ、データベースをバックアップから戻してください。",
                      "Tell your administrator, and restore the database from a backup."))
_SNAPSHOT = Text("公表内容の記録", "record of what was published,")
_FILES = Text("公表ファイルの一覧", "list of published files,")


def frozen(conn: sa.Connection, month: str | None = None) -> list[Snapshot]:
    """Every version, or those of one month, in the order of publication. ``ValueError``, ``KeyError`` for altered ones."""
    rows = sa.select(snapshots.c.canonical).order_by(snapshots.c.id)
    return [Snapshot.load(text) for text in conn.scalars(rows if month is None else rows.where(snapshots.c.month == month))]


def files(conn: sa.Connection) -> dict[str, Entry]:
    """Every file of the site with its hash and size. ``ValueError`` for an altered list."""
    found: dict[str, Entry] = {}
    for text in conn.scalars(sa.select(site_files.c.files).order_by(site_files.c.id)):
        found |= json.loads(text)
    return found


def remembered(conn: sa.Connection) -> Remembered:
    """All that the next publication must know. Raises as :func:`frozen`; ask :func:`altered` before."""
    return Remembered(tuple(PublishedVersion.of(one) for one in frozen(conn)), files(conn))


def keep_files(conn: sa.Connection, month: str, now: Mapping[str, Entry]) -> str:
    """Keep the list of what was put on the site; returns its hash, for the trail."""
    text = canonical(now)
    conn.execute(sa.insert(site_files).values(month=month, files=text.decode()))
    return sha256(text).hexdigest()


def published(conn: sa.Connection) -> set[str]:
    """The months that were published, as the database has them or the trail tells."""
    return {month for month, _ in _told_snapshots(conn)} | set(conn.scalars(sa.select(snapshots.c.month)))


def altered(conn: sa.Connection) -> list[Problem]:
    """Each version that is not what the trail says was published, and each list of files."""
    return [*_altered_snapshots(conn), *altered_files(conn)]


def _altered_snapshots(conn: sa.Connection) -> list[Problem]:
    told = _told_snapshots(conn)
    query = sa.select(snapshots.c.month, snapshots.c.version, _bytes(conn, snapshots.c.canonical), _bytes(conn, snapshots.c.sha256))
    kept = {(month, version): {sha256(text).hexdigest(), hash.decode(errors="replace")}
            for month, version, text, hash in conn.execute(query)}
    return [ALTERED(what=_SNAPSHOT, value=f"{month} v{version}") for month, version in sorted(told.keys() | kept.keys())
            if kept.get((month, version)) != {told.get((month, version))}]


def altered_files(conn: sa.Connection) -> list[Problem]:
    """Each list of files that is not, in its turn, the one that the trail tells of."""
    told = [(month, _after(changes, "files")) for _, month, changes in _acts(conn)]
    query = sa.select(site_files.c.month, _bytes(conn, site_files.c.files)).order_by(site_files.c.id)
    kept = [(month, sha256(text).hexdigest()) for month, text in conn.execute(query)]
    pairs = zip_longest(told, kept, fillvalue=("", ""))
    return [ALTERED(what=_FILES, value=one[0] or other[0]) for one, other in pairs if one != other]


def _bytes(conn: sa.Connection, column: sa.ColumnElement[str]) -> sa.ColumnElement[bytes]:
    """A text as the bytes that stand there: SQLite could not read one that somebody made no UTF-8."""
    return sa.cast(column, sa.LargeBinary) if conn.dialect.name == "sqlite" else sa.func.convert_to(column, "UTF8")


def _told_snapshots(conn: sa.Connection) -> dict[tuple[str, int], str]:
    """(month, version) → hash of its snapshot, as the trail tells."""
    found = {}
    for action, month, changes in _acts(conn):
        version = _after(changes, "version")
        if action == "publish":
            found[month, version if isinstance(version, int) else 0] = str(_after(changes, "snapshot"))
    return found


def _acts(conn: sa.Connection) -> list[tuple[str, str, dict[str, Any]]]:
    """The trail's entries of publications and restorations in order; an unreadable one is bare, and the trail's own fault."""
    t = trail.table.c
    rows = conn.execute(sa.select(t.action, t.record, _bytes(conn, t.changes)).where(
        t.register == SLUG, t.action.in_(("publish", "restore"))).order_by(t.seq))
    return [(action, month, _changes(changes)) for action, month, changes in rows]


def _after(changes: Mapping[str, Any], name: str) -> Any:
    """What an entry says a field became; nothing where it was not written by us."""
    pair = changes.get(name)
    return pair[1] if isinstance(pair, list) and len(pair) == 2 else None


def _changes(text: bytes) -> dict[str, Any]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}
