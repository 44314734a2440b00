"""Has anything on the public site, or in a copy of it, changed since it was published? Each fault names its file.

The office holds its site to what its database remembers of every file. Whoever has a copy and no database holds it to
the manifests in it, each of which carries its own hash, and to what its snapshots say.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from grc.disclosure.agree import READERS, outputs_agree
from grc.disclosure.render.data import Entry, entry, unsealed
from grc.disclosure.site import MANIFEST, RECORDS, month_path
from grc.disclosure.snapshot import Snapshot
from grc.problem import Problem, Severity, define
from grc.text import Text

_RESTORE = Text("公表済みの月をもう一度公表すると（grc disclose publish）、元に戻ります。写しのときは取り直してください。",
                "Publishing a published month again (grc disclose publish) puts it back; fetch a copy anew.")
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


def verify(site: Path, files: Mapping[str, Entry], month: str | None = None,
           paths: Collection[str] | None = None) -> list[Problem]:
    """All that is not as it was published; what each fault names is a path within the site.

    ``files`` is what is remembered of every file. With ``month`` only its files are looked at: what lies in its folder,
    and ``paths``.
    """
    root = site.resolve()
    place = month_path(month) + "/" if month else ""
    wanted = [path for path in sorted(files) if path.startswith(place) or path in (paths or ())]
    found = [CHANGED(value=path) if body is not None else MISSING(value=path) for path in wanted
             if (body := _read(root / path)) is None or entry(body) != files[path]]
    return found + [UNEXPECTED(value=path) for path in _files(root) if path.startswith(place) and path not in files]


def verify_folder(folder: Path) -> list[Problem]:
    """All that is wrong with a downloaded copy of the whole site, a month or a version; each file is named once."""
    manifest = _manifest(folder / MANIFEST)
    if manifest is None:
        return [_broken(folder, MANIFEST)]
    found = _site(folder.resolve(), manifest) if "months" in manifest else _folder(folder, "")
    first: dict[str | None, Problem] = {}
    for problem in found:
        first.setdefault(problem.value, problem)
    return list(first.values())


def _site(root: Path, manifest: Mapping[str, Any]) -> Iterator[Problem]:
    records = _manifest(root / RECORDS)
    yield from _listed(root, "", manifest["files"])
    if records is not None:
        yield from _listed(root, "record/", records["files"])
    for month, versions in sorted(manifest["months"].items()):
        yield from _month(root, month, versions)
    yield from _strangers(root, manifest, records)


def _month(root: Path, month: str, versions: Mapping[str, Any]) -> Iterator[Problem]:
    """Each version's folder, then the month's own folder against the newest."""
    for number, told in sorted(versions.items(), key=lambda item: int(item[0])):
        place = month_path(month, int(number))
        body = _read(root / place / MANIFEST)
        if body is not None and entry(body)["sha256"] != told["manifest_sha256"]:
            yield CHANGED(value=f"{place}/{MANIFEST}")
        yield from _folder(root, f"{place}/")
        snapshot = _read(root / place / "snapshot.json")
        if snapshot is not None and entry(snapshot)["sha256"] != told["snapshot_sha256"]:
            yield SNAPSHOT(value=f"{place}/snapshot.json")
    place, newest = month_path(month), max(int(number) for number in versions)
    yield from _folder(root, f"{place}/", meaning=False)  # what it says is held to the version's, byte by byte
    here, there = (_manifest(root / where / MANIFEST) for where in (place, f"{place}/v{newest}"))
    if here and there:
        for name in there["files"]:
            if name != "index.html" and here["files"].get(name) != there["files"][name]:
                yield LATEST(value=f"{place}/{name}", version=newest)


def _folder(root: Path, place: str, *, meaning: bool = True) -> Iterator[Problem]:
    """One folder against the manifest in it; ``place`` is ``""`` or ends in ``/``; ``meaning``: also what it says."""
    manifest = _manifest(root / place / MANIFEST)
    if manifest is None:
        yield _broken(root, place + MANIFEST)
        return
    faults = list(_listed(root, place, manifest["files"]))
    yield from faults
    for path in sorted((root / place).iterdir()):
        version = path.is_dir() and path.name[:1] == "v" and path.name[1:].isdigit()
        if path.name not in manifest["files"] and path.name != MANIFEST and not version:
            yield UNEXPECTED(value=place + path.name)
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
    for name, told in sorted(files.items()):
        body = _read(root / place / name)
        if body is None:
            yield MISSING(value=place + name)
        elif entry(body) != told:
            yield CHANGED(value=place + name)


def _strangers(root: Path, manifest: Mapping[str, Any], records: Mapping[str, Any] | None) -> Iterator[Problem]:
    """What lies on the site and belongs to no month, no version and no contract (if we know what contracts there are).
    """
    known = {MANIFEST, *manifest["files"], *(f"record/{name}" for name in (records or {"files": ()})["files"])}
    inside = tuple(month_path(month) + "/" for month in manifest["months"])
    versions = {month_path(month, int(number)) for month, numbers in manifest["months"].items() for number in numbers}
    for path in _files(root):
        if path in known or (records is None and path.startswith("record/")):
            continue
        parts = path.split("/")
        if not path.startswith(inside) or (len(parts) > 3 and "/".join(parts[:3]) not in versions):
            yield UNEXPECTED(value=path)


def _files(root: Path) -> Iterable[str]:
    return sorted(path.relative_to(root).as_posix() for path in root.rglob("*") if path.is_symlink() or not path.is_dir())


def _read(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except (FileNotFoundError, IsADirectoryError, NotADirectoryError):
        return None


def _manifest(path: Path) -> dict[str, Any] | None:
    """The manifest, if it is there, as it was sealed and with the shape of one; its names stay inside its folder."""
    try:
        value = unsealed(_read(path) or b"")
        tidy = all(isinstance(told["sha256"], str) and not {"", ".."} & set(name.split("/"))
                   for name, told in value["files"].items())
        entries = [(int(number), told["snapshot_sha256"], told["manifest_sha256"])
                   for versions in value.get("months", {}).values() for number, told in versions.items()]
        whole = "months" in value or path.parent.name == "record" or isinstance(value["snapshot_sha256"], str)
    except (ValueError, KeyError, TypeError, AttributeError):
        return None
    return value if tidy and whole and all(number > 0 for number, *_ in entries) else None


def _broken(root: Path, path: str) -> Problem:
    return (MISSING if _read(root / path) is None else CHANGED)(value=path)
