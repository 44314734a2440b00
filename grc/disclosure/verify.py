"""Has anything on the public site, or in a copy of it, changed since it was published? Each fault names its file.

Reads the folder alone, no database; whoever has one gives the hashes that it remembers.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any

from grc.disclosure.agree import READERS, outputs_agree
from grc.disclosure.render.data import listed, pretty
from grc.disclosure.site import MANIFEST, RECORDS, month_path
from grc.disclosure.snapshot import Snapshot
from grc.problem import Problem, Severity, define
from grc.text import Text

_RESTORE = Text("バックアップから戻すか、同じ版をもう一度公表してください。",
                "Restore it from a backup, or publish the same version again.")
CHANGED = define("V-01", Severity.ERROR,
                 Text("「{value}」が公表したときから変わっています。", '"{value}" has changed since it was published.'),
                 _RESTORE)
MISSING = define("V-02", Severity.ERROR,
                 Text("「{value}」がありません。", '"{value}" is missing.'), _RESTORE)
UNEXPECTED = define("V-03", Severity.ERROR,
                    Text("「{value}」は公表したものではありません。", '"{value}" was not published.'),
                    Text("置いた人を調べ、取り除いてください。", "Find out who put it, and remove it."))
SNAPSHOT = define("V-04", Severity.ERROR,
                  Text("「{value}」の SHA-256 が記録と違います。", '"{value}": its SHA-256 is not the one on record.'),
                  _RESTORE)
LATEST = define("V-05", Severity.ERROR,
                Text("「{value}」が最新の第{version}版と違います。",
                     '"{value}" differs from the newest version ({version}).'), _RESTORE)

Expected = Mapping[tuple[str, int], str]
"""(month, version) → SHA-256 of the snapshot, as somebody outside the folder remembers it."""


def verify(site: Path, month: str | None = None, *, expected: Expected | None = None) -> list[Problem]:
    """All that is wrong with the site, or with one month of it; paths are relative to the site.

    With ``expected`` every version is held to it, and a version that it does not know is a fault.
    """
    root = site.resolve()
    manifest = _manifest(root / MANIFEST)
    if manifest is None:
        return [_broken(root, MANIFEST)]
    months: dict[str, Any] = manifest["months"]
    if month:
        if month not in months:
            return [MISSING(value=month_path(month))]
        place = month_path(month) + "/"
        own = {path: entry for path, entry in manifest["files"].items() if path.startswith(place)}
        return [*_listed(root, "", own), *_month(root, month, months[month], expected)]
    found = list(_listed(root, "", manifest["files"]))
    records = _manifest(root / RECORDS)
    if records is not None:
        found += _listed(root, "record/", records["files"])
    for one, versions in sorted(months.items()):
        found += _month(root, one, versions, expected)
    for one, version in sorted(expected or {}):
        if one not in months:
            found.append(MISSING(value=month_path(one, version)))
    return found + list(_strangers(root, manifest, records or {"files": {}}))


def verify_folder(folder: Path) -> list[Problem]:
    """All that is wrong with a downloaded copy: of the whole site, of a month, or of one version."""
    manifest = _manifest(folder / MANIFEST)
    if manifest is None:
        return [_broken(folder, MANIFEST)]
    return verify(folder) if "months" in manifest else list(_folder(folder, ""))


def _month(root: Path, month: str, versions: Mapping[str, Any], expected: Expected | None) -> Iterator[Problem]:
    """Each version's folder, then the month's own folder against the newest."""
    for number, entry in sorted(versions.items(), key=lambda item: int(item[0])):
        place = month_path(month, int(number))
        body = _read(root / place / MANIFEST)
        if body is not None and sha256(body).hexdigest() != entry["manifest_sha256"]:
            yield CHANGED(value=f"{place}/{MANIFEST}")
        told = _manifest(root / place / MANIFEST)
        if told and any(entry[name] != told.get(name) for name in entry if name != "manifest_sha256"):
            yield CHANGED(value=MANIFEST)
        yield from _folder(root, f"{place}/")
        yield from _remembered(root, month, int(number), entry["snapshot_sha256"], expected)
    for one, version in sorted(expected or {}):
        if one == month and str(version) not in versions:
            yield MISSING(value=month_path(month, version))
    place, newest = month_path(month), max(int(number) for number in versions)
    yield from _folder(root, f"{place}/", meaning=False)  # what it says is held to the version's, byte by byte
    here, there = (_manifest(root / where / MANIFEST) for where in (place, f"{place}/v{newest}"))
    if here and there:
        for name in there["files"]:
            if name != "index.html" and here["files"].get(name) != there["files"][name]:
                yield LATEST(value=f"{place}/{name}", version=newest)


def _remembered(root: Path, month: str, version: int, recorded: str, expected: Expected | None) -> Iterator[Problem]:
    """The snapshot against the site's own record and against what is remembered outside."""
    place = f"{month_path(month, version)}/snapshot.json"
    body = _read(root / place)
    if body is None:
        return  # its absence has been told
    wanted = recorded if expected is None else expected.get((month, version))
    if wanted is None:
        yield UNEXPECTED(value=month_path(month, version))
    elif sha256(body).hexdigest() != wanted:
        yield SNAPSHOT(value=place)


def _folder(root: Path, place: str, *, meaning: bool = True) -> Iterator[Problem]:
    """One folder against the manifest in it; ``place`` is ``""`` or ends in ``/``; ``meaning``: also what it says."""
    manifest = _manifest(root / place / MANIFEST)
    if manifest is None:
        yield _broken(root, place + MANIFEST)
        return
    faults = list(_listed(root, place, manifest["files"]))
    yield from faults
    for entry in sorted((root / place).iterdir()):
        version = entry.is_dir() and entry.name[:1] == "v" and entry.name[1:].isdigit()
        if entry.name not in manifest["files"] and entry.name != MANIFEST and not version:
            yield UNEXPECTED(value=place + entry.name)
    if "snapshot.json" not in manifest["files"]:
        yield MISSING(value=f"{place}snapshot.json")
    elif manifest["files"]["snapshot.json"]["sha256"] != manifest["snapshot_sha256"]:
        yield SNAPSHOT(value=f"{place}snapshot.json")
    elif meaning and not faults:
        yield from _agreeing(root, place)


def _agreeing(root: Path, place: str) -> Iterator[Problem]:
    """Even where all hashes fit, each format must say what the snapshot says: somebody may have written new hashes."""
    try:
        snapshot = Snapshot.load((root / place / "snapshot.json").read_bytes())
    except (ValueError, KeyError, TypeError):
        yield CHANGED(value=f"{place}snapshot.json")
        return
    files = {name: body for name in READERS if (body := _read(root / place / name)) is not None}
    for problem in outputs_agree(files, snapshot):
        yield CHANGED(value=f"{place}{problem.value}")


def _listed(root: Path, place: str, files: Mapping[str, Any]) -> Iterator[Problem]:
    """Each listed file is there and has its hash."""
    for name, entry in sorted(files.items()):
        body = _read(root / place / name)
        if body is None:
            yield MISSING(value=place + name)
        elif listed({name: body})[name] != entry:
            yield CHANGED(value=place + name)


def _strangers(root: Path, manifest: Mapping[str, Any], records: Mapping[str, Any]) -> Iterator[Problem]:
    """What lies on the site and belongs to no month, no version and no contract."""
    known = {MANIFEST, *manifest["files"], *(f"record/{name}" for name in records["files"])}
    inside = tuple(month_path(month) + "/" for month in manifest["months"])
    versions = {month_path(month, int(number)) for month, numbers in manifest["months"].items() for number in numbers}
    for path in _files(root):
        if path in known:
            continue
        parts = path.split("/")
        if not path.startswith(inside) or (len(parts) > 3 and "/".join(parts[:3]) not in versions):
            yield UNEXPECTED(value=path)


def _files(root: Path) -> Iterable[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if not path.is_dir())


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def _manifest(path: Path) -> dict[str, Any] | None:
    """The manifest, if it is there and has the shape of one, to the byte; its names stay inside its folder."""
    try:
        body = _read(path) or b""
        value = json.loads(body)
        tidy = all(isinstance(entry["sha256"], str) and not {"", ".."} & set(name.split("/"))
                   for name, entry in value["files"].items())
        entries = [(int(number), entry["snapshot_sha256"], entry["manifest_sha256"])
                   for versions in value.get("months", {}).values() for number, entry in versions.items()]
        whole = "months" in value or path.parent.name == "record" or isinstance(value["snapshot_sha256"], str)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return value if tidy and whole and all(number > 0 for number, *_ in entries) and pretty(value) == body else None


def _broken(root: Path, path: str) -> Problem:
    return (MISSING if _read(root / path) is None else CHANGED)(value=path)
