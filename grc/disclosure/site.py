"""The public site as a tree of files: what lies where, and how a month is put there.

    index.html  site.css  manifest.json          all months
    2025/04/                                     a month: the files of its newest version
    2025/04/v1/  2025/04/v2/                     each version, never changed
    record/{record_id}/index.html                a contract's permanent address
    record/manifest.json

Every file is listed with its hash in the manifest beside it; the site's own manifest lists those manifests. The site is
output only: what is put there comes from the frozen snapshots and from what the office remembers of every file.
:mod:`grc.disclosure.verify` reads the site.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from grc.disclosure.agree import outputs_agree
from grc.disclosure.generation import Generation, new_generation
from grc.disclosure.render.data import Entry, entry, render_json, render_manifest, sealed
from grc.disclosure.render.flat import render_csv
from grc.disclosure.render.page import render_index, render_month, render_record, style_sheet
from grc.disclosure.render.workbook import render_workbook
from grc.disclosure.row import DisclosureRow
from grc.disclosure.snapshot import PublishedVersion, Snapshot
from grc.refusal import NotAllowedNow
from grc.text import Text

DATA_FILES = ("contracts.csv", "contracts.json", "forms.xlsx", "snapshot.json")
MANIFEST, RECORDS = "manifest.json", "record/manifest.json"
_STANDS = Text("{month} の第{version}版はもう公表されています。改めるときは訂正してください。",
               "Version {version} of {month} has been published. To change it, correct it.")
_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}")
_MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")


@dataclass(frozen=True, slots=True)
class Remembered:
    """What the office has on record of its site: every version by its figures, every file by its hash and size."""

    versions: tuple[PublishedVersion, ...] = ()
    files: Mapping[str, Entry] = field(default_factory=dict)


def month_path(month: str, version: int | None = None) -> str:
    """``2025/04``, or a version's own ``2025/04/v1``."""
    return month.replace("-", "/") + (f"/v{version}" if version else "")


def version_files(snapshot: Snapshot) -> dict[str, bytes]:
    """Name → bytes of all files of a version's folder, its manifest among them: a pure function of the snapshot."""
    files = {"contracts.csv": render_csv(snapshot), "contracts.json": render_json(snapshot),
             "forms.xlsx": render_workbook(snapshot), "snapshot.json": snapshot.canonical}
    return _with_page(snapshot, files, render_month(snapshot, files, latest=False))


def paths(versions: Sequence[Snapshot]) -> set[str]:
    """Where the files of a month lie: its folder, those of its versions, and the pages of all their contracts."""
    month = versions[0].month
    places = [month_path(month), *(month_path(month, one.version) for one in versions)]
    ids = {row.record_id for one in versions for row in one.rows}
    return {path for place in places for path in _folder(place)} | {f"record/{id}/index.html" for id in ids}


def publish(site: Path, snapshots: Sequence[Snapshot], remembered: Remembered | None = None) -> Remembered:
    """Put months on the site, all at once; give **all** versions of each of them, oldest first.

    What stands there as ``remembered`` stays as it is, however we would draw it today; what is damaged, lost or new is
    written. Returns what is to be remembered from now on.

    Raises, and nothing was changed: ``NotAllowedNow`` where another snapshot is remembered under one of the versions,
    or where the files do not agree (C-29); ``ValueError`` for a month or a record id that is no address.
    """
    remembered = remembered or Remembered()
    known = {(one.month, one.version): one for one in remembered.versions}
    months: dict[str, list[Snapshot]] = {}
    for snapshot in snapshots:
        stood = known.setdefault((snapshot.month, snapshot.version), PublishedVersion.of(snapshot))
        if stood.snapshot_sha256 != snapshot.sha256:
            raise NotAllowedNow(_STANDS.format(month=snapshot.month, version=snapshot.version))
        # a contract that went out in two months has the page of the month published last
        months[snapshot.month] = [*months.pop(snapshot.month, []), snapshot]
    everything = tuple(known[key] for key in sorted(known))
    with new_generation(site) as generation:
        for versions in months.values():
            if not _whole(generation, paths(versions), remembered):
                _month(generation, versions, remembered)
        if snapshots:
            _front(generation, snapshots[-1].body_name, everything, remembered)
        return Remembered(everything, {**remembered.files, **generation.written})


def _whole(generation: Generation, wanted: Collection[str], remembered: Remembered) -> bool:
    """Whether all these files stand as they are remembered."""
    return all(path in remembered.files and entry(generation.read(path) or b"") == remembered.files[path]
               for path in wanted)


def _month(generation: Generation, versions: Sequence[Snapshot], remembered: Remembered) -> None:
    """Each version's folder, the month's own folder as the newest has it, and the contracts' pages."""
    for snapshot in versions:
        place = month_path(snapshot.month, snapshot.version)
        if not _whole(generation, _folder(place), remembered):
            _version(generation, place, snapshot)
    newest = versions[-1]
    source, place = month_path(newest.month, newest.version), month_path(newest.month)
    files = {name: generation.read(f"{source}/{name}") or b"" for name in DATA_FILES}
    page = render_month(newest, files, versions=[PublishedVersion.of(one) for one in versions], latest=True)
    for name, body in _with_page(newest, files, page).items():
        generation.write(f"{place}/{name}", body)
    for id, (snapshot, row, cancelled) in _contracts(versions).items():
        generation.write(f"record/{id}/index.html", render_record(snapshot, row, cancelled=cancelled))


def _version(generation: Generation, place: str, snapshot: Snapshot) -> None:
    _addressable(snapshot)
    files = version_files(snapshot)
    problems = outputs_agree(files, snapshot)
    if problems:
        raise NotAllowedNow(Text("公表できません。", "It cannot be published."), problems)
    for name, body in files.items():
        generation.write(f"{place}/{name}", body)


def _contracts(versions: Sequence[Snapshot]) -> dict[str, tuple[Snapshot, DisclosureRow, bool]]:
    """Record id → the version that its page speaks of, its row, and whether that version took the contract out."""
    shown: dict[str, tuple[Snapshot, DisclosureRow, bool]] = {}
    for snapshot in versions:
        stays = {row.record_id for row in snapshot.rows}
        shown |= {id: (snapshot, row, True) for id, (_, row, gone) in shown.items() if id not in stays and not gone}
        shown |= {row.record_id: (snapshot, row, False) for row in snapshot.rows}
    return shown


def _front(generation: Generation, body_name: str, versions: Sequence[PublishedVersion], remembered: Remembered) -> None:
    """The list of months, the style sheet, and the two manifests, all from the record."""
    generation.write("index.html", render_index(body_name, versions))
    generation.write("site.css", style_sheet())
    files = {**remembered.files, **generation.written}
    pages = {path.removeprefix("record/"): files[path] for path in sorted(files)
             if path.startswith("record/") and path != RECORDS}
    generation.write(RECORDS, sealed({"files": pages}))
    files |= generation.written
    front = {"index.html", "site.css", RECORDS, *(f"{month_path(one.month)}/{MANIFEST}" for one in versions)}
    months: dict[str, dict[str, Any]] = {}
    for one in versions:
        manifest = files[f"{month_path(one.month, one.version)}/{MANIFEST}"]
        months.setdefault(one.month, {})[str(one.version)] = {
            "published_on": one.published_on.isoformat(), "count": one.count, "total": one.total, "reason": one.reason,
            "snapshot_sha256": one.snapshot_sha256, "manifest_sha256": manifest["sha256"]}
    generation.write(MANIFEST, sealed({"files": {path: files[path] for path in sorted(front)}, "months": months}))


def _folder(place: str) -> set[str]:
    return {f"{place}/{name}" for name in (*DATA_FILES, "index.html", MANIFEST)}


def _with_page(snapshot: Snapshot, files: dict[str, bytes], page: bytes) -> dict[str, bytes]:
    whole = files | {"index.html": page}
    return whole | {MANIFEST: render_manifest(snapshot, whole)}


def _addressable(snapshot: Snapshot) -> None:
    """A month and ids that make safe addresses, each id once."""
    ids = [row.record_id for row in snapshot.rows]
    wrong = [id for id in ids if not _ID.fullmatch(id)]
    if not _MONTH.fullmatch(snapshot.month) or snapshot.version < 1 or wrong or len(set(ids)) != len(ids):
        raise ValueError(f"no address for {snapshot.month} version {snapshot.version} {wrong[:3]}")
