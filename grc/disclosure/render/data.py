"""``contracts.json`` (the values as they are) and ``manifest.json`` (what lies in a folder, with hashes)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256

from grc.disclosure.snapshot import Snapshot


def render_json(snapshot: Snapshot) -> bytes:
    """One list of contracts, keys as the field names, yen as integers, dates ISO, decimals as text."""
    return pretty([row.to_json() for row in snapshot.rows])


def render_manifest(snapshot: Snapshot, files: Mapping[str, bytes]) -> bytes:
    """What lies beside the manifest: each file's SHA-256 and size in bytes, and the snapshot's own figures."""
    return pretty({
        "month": snapshot.month, "version": snapshot.version, "body_name": snapshot.body_name,
        "published_on": snapshot.published_on.isoformat(), "count": snapshot.count, "total": snapshot.total,
        "reason": snapshot.reason, "snapshot_sha256": snapshot.sha256, "files": listed(files),
    })


def listed(files: Mapping[str, bytes]) -> dict[str, dict[str, object]]:
    """Name → hash and size, in order of the names."""
    return {name: {"sha256": sha256(body).hexdigest(), "bytes": len(body)} for name, body in sorted(files.items())}


def pretty(value: object) -> bytes:
    """JSON that a person can read, in UTF-8, with a line feed at its end."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
