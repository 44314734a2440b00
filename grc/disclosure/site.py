"""The public site as a tree of files: what lies where, and how a month is put there.

    index.html  site.css  manifest.json          all months
    2025/04/                                     a month: the files of its newest version
    2025/04/v1/  2025/04/v2/                     each version, never changed
    record/{record_id}/index.html                a contract's permanent address
    record/manifest.json

Every file is listed with its hash in the manifest beside it; the site's own manifest lists those manifests.
:mod:`grc.disclosure.verify` reads them.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from pathlib import Path
from typing import Any

from grc.disclosure.agree import outputs_agree
from grc.disclosure.generation import Generation, new_generation
from grc.disclosure.render.data import listed, pretty, render_json, render_manifest
from grc.disclosure.render.flat import render_csv
from grc.disclosure.render.page import render_index, render_month, render_record, style_sheet
from grc.disclosure.render.workbook import render_workbook
from grc.disclosure.snapshot import PublishedVersion, Snapshot
from grc.refusal import NotAllowedNow
from grc.text import Text

DATA_FILES = ("contracts.csv", "contracts.json", "forms.xlsx", "snapshot.json")
MANIFEST, RECORDS = "manifest.json", "record/manifest.json"
_STANDS = Text("{month} の第{version}版はもう公表されています。改めるときは訂正してください。",
               "Version {version} of {month} has been published. To change it, correct it.")
_DAMAGED = Text("公表サイトの manifest.json が壊れています。"
                "site を別の場所へ移し、すべての月をもう一度公表してください。",
                "The site's manifest.json is damaged. Move the site away and publish all months again.")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Published:
    """What was put on the site: the version, the hash of its snapshot, and the hash of its manifest."""

    month: str
    version: int
    snapshot_sha256: str
    manifest_sha256: str


def month_path(month: str, version: int | None = None) -> str:
    """``2025/04``, or a version's own ``2025/04/v1``."""
    return month.replace("-", "/") + (f"/v{version}" if version else "")


def version_files(snapshot: Snapshot) -> dict[str, bytes]:
    """Name → bytes of all files of a version's folder, its manifest among them: a pure function of the snapshot."""
    files = {"contracts.csv": render_csv(snapshot), "contracts.json": render_json(snapshot),
             "forms.xlsx": render_workbook(snapshot), "snapshot.json": snapshot.canonical}
    return _with_page(snapshot, files, render_month(snapshot, files, latest=False))


def publish(site: Path, snapshot: Snapshot, history: Iterable[PublishedVersion] = ()) -> Published:
    """Put one version of one month on the site, all at once (as :func:`publish_many`)."""
    return publish_many(site, [snapshot], history)[0]


def publish_many(site: Path, snapshots: Sequence[Snapshot], history: Iterable[PublishedVersion] = ()
                 ) -> list[Published]:
    """Put several versions on the site in one step, oldest first; the versions that stand there stay as they are.

    ``history`` is what the office has on record, these versions among them: where the site holds something else under
    one of them (a publication was broken off before it was recorded), the record wins. Putting the same snapshot again
    is allowed and mends a damaged folder.

    Raises, and nothing was changed: ``NotAllowedNow`` where a version that stands there has other contents, or where
    the files do not agree (C-29); ``ValueError`` for a month or a record id that is no address.
    """
    recorded = {v.snapshot_sha256 for v in history}
    with new_generation(site) as generation:
        known = {(v.month, v.version): v for v in _history(generation.read(MANIFEST))}
        done = []
        for snapshot in snapshots:
            stood = known.get((snapshot.month, snapshot.version))
            if stood and stood.snapshot_sha256 != snapshot.sha256 and snapshot.sha256 not in recorded:
                raise NotAllowedNow(_STANDS.format(month=snapshot.month, version=snapshot.version))
            known[snapshot.month, snapshot.version] = PublishedVersion.of(snapshot)
            done.append(_put(generation, snapshot, [v for v in known.values() if v.month == snapshot.month]))
        if snapshots:
            everything = sorted(known.values(), key=lambda v: (v.month, v.version))
            _front(generation, snapshots[-1].body_name, done, everything)
    return done


def published(site: Path) -> list[PublishedVersion]:
    """Every version that stands on the site, by month and version; empty where nothing was published yet."""
    manifest = site / MANIFEST
    return _history(manifest.read_bytes() if manifest.is_file() else None)


def _put(generation: Generation, snapshot: Snapshot, versions: Sequence[PublishedVersion]) -> Published:
    """The version's folder and, if it is the newest, the month's own folder and the contracts' pages."""
    _addressable(snapshot)
    place = month_path(snapshot.month, snapshot.version)
    standing = generation.read(f"{place}/{MANIFEST}")
    if standing is None or not _holds(generation, place, standing, snapshot):
        files = version_files(snapshot)
        problems = outputs_agree(files, snapshot)
        if problems:
            raise NotAllowedNow(Text("公表できません。", "It cannot be published."), problems)
        for name, body in files.items():
            generation.write(f"{place}/{name}", body)
        standing = files[MANIFEST]
    if snapshot.version == max(v.version for v in versions):
        _newest(generation, snapshot, versions)
    return Published(snapshot.month, snapshot.version, snapshot.sha256, sha256(standing).hexdigest())


def _holds(generation: Generation, place: str, manifest: bytes, snapshot: Snapshot) -> bool:
    """Whether this snapshot stands in the folder, and whole: then its files stay, however we would draw them today."""
    try:
        told = json.loads(manifest)
        return told["snapshot_sha256"] == snapshot.sha256 and all(
            sha256(generation.read(f"{place}/{name}") or b"").hexdigest() == entry["sha256"]
            for name, entry in told["files"].items())
    except (ValueError, KeyError, TypeError, AttributeError):
        return False  # damaged: write the folder again


def _newest(generation: Generation, snapshot: Snapshot, versions: Sequence[PublishedVersion]) -> None:
    place = month_path(snapshot.month)
    before = generation.read(f"{place}/snapshot.json")
    version = month_path(snapshot.month, snapshot.version)
    files = {name: generation.read(f"{version}/{name}") or b"" for name in DATA_FILES}
    page = render_month(snapshot, files, versions=versions, latest=True)
    for name, body in _with_page(snapshot, files, page).items():
        generation.write(f"{place}/{name}", body)
    pages = {row.record_id: render_record(snapshot, row) for row in snapshot.rows}
    for row in Snapshot.load(before).rows if before else ():
        if row.record_id not in pages:
            pages[row.record_id] = render_record(snapshot, row, cancelled=True)
    for id, body in pages.items():
        generation.write(f"record/{id}/index.html", body)
    records = json.loads(generation.read(RECORDS) or b'{"files": {}}')
    records["files"] |= listed({f"{id}/index.html": body for id, body in pages.items()})
    generation.write(RECORDS, pretty(records))


def _front(generation: Generation, body_name: str, done: Sequence[Published],
           history: Sequence[PublishedVersion]) -> None:
    """The list of months, the style sheet, and the site's manifest."""
    files = {"index.html": render_index(body_name, history), "site.css": style_sheet()}
    for name, body in files.items():
        generation.write(name, body)
    before = json.loads(generation.read(MANIFEST) or b'{"months": {}, "files": {}}')
    months: dict[str, Any] = before["months"]
    new = {(one.month, one.version): one.manifest_sha256 for one in done}
    for one in history:
        entry = months.setdefault(one.month, {}).setdefault(str(one.version), {})
        entry |= {"published_on": one.published_on.isoformat(), "count": one.count, "total": one.total,
                  "reason": one.reason, "snapshot_sha256": one.snapshot_sha256}
        if (one.month, one.version) in new:
            entry["manifest_sha256"] = new[one.month, one.version]
    for path in (RECORDS, *(f"{month_path(one.month)}/{MANIFEST}" for one in done)):
        files[path] = generation.read(path) or b""
    generation.write(MANIFEST, pretty({"files": dict(sorted((before.get("files", {}) | listed(files)).items())),
                                       "months": dict(sorted(months.items()))}))


def _with_page(snapshot: Snapshot, files: dict[str, bytes], page: bytes) -> dict[str, bytes]:
    whole = files | {"index.html": page}
    return whole | {MANIFEST: render_manifest(snapshot, whole)}


def _history(manifest: bytes | None) -> list[PublishedVersion]:
    try:
        months = json.loads(manifest)["months"] if manifest is not None else {}
        return [PublishedVersion(month, int(version), date.fromisoformat(entry["published_on"]), entry["count"],
                                 entry["total"], entry["snapshot_sha256"], entry["reason"])
                for month, versions in months.items() for version, entry in versions.items()]
    except (ValueError, KeyError, TypeError, AttributeError) as fault:
        raise NotAllowedNow(_DAMAGED) from fault


def _addressable(snapshot: Snapshot) -> None:
    """A month and ids that make safe addresses, each id once."""
    ids = [row.record_id for row in snapshot.rows]
    wrong = [id for id in ids if not _ID.fullmatch(id)]
    if not _MONTH.fullmatch(snapshot.month) or snapshot.version < 1 or wrong or len(set(ids)) != len(ids):
        raise ValueError(f"no address for {snapshot.month} version {snapshot.version} {wrong[:3]}")
