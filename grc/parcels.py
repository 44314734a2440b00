"""Parcels: a file made for one session, such as the marked workbook of an import, kept for half an hour.

A page puts the file down and shows a link to ``/parcels/{token}``; only the session it was made for gets it. Kept in the
home folder, so that every process of the office finds it.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from grc import calendar
from grc.office import Office

KEPT = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class Parcel:
    """A file to be handed over: its name, what it is, its bytes."""

    name: str
    media_type: str
    data: bytes


def put(office: Office, session_hash: str, name: str, media_type: str, data: bytes) -> str:
    """Keep a file for a session; returns the token of its address. Parcels past their time are swept away."""
    folder = _folder(office)
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    _sweep(folder)
    token = secrets.token_urlsafe(32)
    about = {"session": session_hash, "name": name, "media_type": media_type, "until": (calendar.now() + KEPT).isoformat()}
    _write(folder / f"{_hash(token)}.data", data)
    _write(folder / f"{_hash(token)}.json", json.dumps(about).encode())  # last: what it tells of is there
    return token


def take(office: Office, session_hash: str, token: str) -> Parcel | None:
    """The parcel of a token; ``None`` for another session, after its time, and where there is none."""
    path = _folder(office) / f"{_hash(token)}.json"
    try:
        about = json.loads(path.read_bytes())
        if about["session"] != session_hash or _over(about):
            return None
        return Parcel(about["name"], about["media_type"], path.with_suffix(".data").read_bytes())
    except OSError:
        return None


def _sweep(folder: Path) -> None:
    for path in folder.glob("*.json"):
        try:
            over = _over(json.loads(path.read_bytes()))
        except OSError:  # another process swept it
            continue
        if over:
            path.unlink(missing_ok=True)
            path.with_suffix(".data").unlink(missing_ok=True)


def _over(about: dict[str, str]) -> bool:
    return datetime.fromisoformat(about["until"]) < calendar.now()


def _write(path: Path, data: bytes) -> None:
    temporary = path.with_name(f".{path.name}")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        out.write(data)
    temporary.rename(path)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _folder(office: Office) -> Path:
    return office.place.home / "parcels"
