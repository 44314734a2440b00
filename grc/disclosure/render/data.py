"""``contracts.json`` (the values as they are) and ``manifest.json`` (what lies in a folder, with hashes)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from hashlib import sha256
from typing import Any

from grc.disclosure.snapshot import Snapshot

SEAL = "own_sha256"
Entry = dict[str, str | int]
"""A file in a list: its SHA-256 and its size in bytes."""


def render_json(snapshot: Snapshot) -> bytes:
    """One list of contracts, keys as the field names, yen as integers, dates ISO, decimals as text."""
    return pretty([row.to_json() for row in snapshot.rows])


def render_manifest(snapshot: Snapshot, files: Mapping[str, bytes]) -> bytes:
    """What lies beside the manifest: each file's SHA-256 and size in bytes, and the snapshot's own figures."""
    return sealed({
        "month": snapshot.month, "version": snapshot.version, "body_name": snapshot.body_name,
        "published_on": snapshot.published_on.isoformat(), "count": snapshot.count, "total": snapshot.total,
        "reason": snapshot.reason, "snapshot_sha256": snapshot.sha256, "files": listed(files),
    })


def listed(files: Mapping[str, bytes]) -> dict[str, Entry]:
    """Name → hash and size, in order of the names."""
    return {name: entry(body) for name, body in sorted(files.items())}


def entry(body: bytes) -> Entry:
    """How a file is listed: its SHA-256 and its size in bytes."""
    return {"bytes": len(body), "sha256": sha256(body).hexdigest()}  # in the order in which canonical JSON keeps them


def sealed(manifest: Mapping[str, Any]) -> bytes:
    """A manifest that ends with the hash of the rest of it: a byte changed in it is seen to be its own."""
    return pretty({**manifest, SEAL: sha256(pretty(manifest)).hexdigest()})


def unsealed(body: bytes) -> dict[str, Any]:
    """The manifest that :func:`sealed` wrote; ``ValueError`` for anything else, a single changed byte included."""
    manifest = json.loads(body)
    if not isinstance(manifest, dict) or sealed({k: v for k, v in manifest.items() if k != SEAL}) != body:
        raise ValueError("not as it was sealed")
    return manifest


def pretty(value: object) -> bytes:
    """JSON that a person can read, in UTF-8, with a line feed at its end."""
    return (json.dumps(value, ensure_ascii=False, indent=1, allow_nan=False) + "\n").encode("utf-8")
