"""The public site: put there all at once, never changed after, and every change of it found and named."""

from __future__ import annotations

import json
import os
import re
import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from grc.disclosure.generation import KEPT, new_generation
from grc.disclosure.render.data import SEAL, listed, sealed
from grc.disclosure.row import DisclosureRow
from grc.disclosure.site import Remembered, paths, publish
from grc.disclosure.snapshot import PublishedVersion, Snapshot, compare
from grc.disclosure.verify import verify, verify_folder
from grc.refusal import NotAllowedNow
from tests.disclosure.examples import contract, month

FILES = ["contracts.csv", "contracts.json", "forms.xlsx", "index.html", "manifest.json", "snapshot.json"]


def tree(folder: Path) -> dict[str, bytes]:
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}


def spoil(path: Path, body: bytes | None = None) -> None:
    """Change a file as somebody with the right to write would: in place, one bit in its middle unless told."""
    old = path.read_bytes()
    path.chmod(0o644)
    middle = len(old) // 2
    path.write_bytes(old[:middle] + bytes([old[middle] ^ 1]) + old[middle + 1:] if body is None else body)


def correction(first: Snapshot) -> Snapshot:
    """The second version: one amount put right, one contract taken out."""
    rows = (replace(first.rows[0], amount=120_000_000), *first.rows[2:])
    return replace(first, version=2, rows=rows, published_on=date(2025, 12, 5), reason="契約金額の誤りを改めました。",
                   corrections=compare(first.rows, rows))


FIRST = month()
PUBLISHED = [month([], month="2025-08", published_on=date(2025, 9, 30)), FIRST, correction(FIRST)]


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Remembered]:
    """The folder of a site with a month of two versions and an empty one, and what its office remembers."""
    folder = tmp_path_factory.mktemp("built")
    return folder, publish(folder / "site", PUBLISHED)


@pytest.fixture
def site(built: tuple[Path, Remembered], tmp_path: Path) -> Path:
    """A copy of that site, to spoil."""
    shutil.copytree(built[0], tmp_path / "office", symlinks=True)
    return tmp_path / "office/site"


@pytest.fixture
def remembered(built: tuple[Path, Remembered]) -> Remembered:
    return built[1]


def named(site: Path, remembered: Remembered, month: str | None = None) -> list[tuple[str, str | None]]:
    """What the office finds wrong: code and file."""
    versions = [one for one in PUBLISHED if one.month == month]
    return [(p.code, p.value) for p in verify(site, remembered.files, month, paths(versions) if versions else None)]


def test_what_lies_where(site: Path) -> None:
    names = set(tree(site))
    assert {"index.html", "site.css", "manifest.json", "record/manifest.json"} <= names
    for place in ("2025/08", "2025/08/v1", "2025/10", "2025/10/v1", "2025/10/v2"):
        assert sorted(p.name for p in (site / place).iterdir() if p.is_file()) == FILES
    assert (site / "2025/10/contracts.csv").read_bytes() == (site / "2025/10/v2/contracts.csv").read_bytes()
    assert {f"record/{row.record_id}/index.html" for row in month().rows} <= names


def test_a_fresh_site_is_whole(site: Path, remembered: Remembered) -> None:
    assert named(site, remembered) == named(site, remembered, "2025-10") == []
    assert verify_folder(site) == verify_folder(site / "2025/10") == verify_folder(site / "2025/10/v1") == []


def test_every_link_of_every_page_leads_to_a_file(site: Path) -> None:
    for name, body in tree(site).items():
        if name.endswith(".html"):
            for link in re.findall(r'href="([^"#]+)', body.decode()):
                assert (site / name).parent.joinpath(link).is_file(), f"{name}: {link}"


def test_an_old_version_says_where_the_present_one_is(site: Path) -> None:
    old = (site / "2025/10/v1/index.html").read_text()
    assert "公表したときのまま残している第1版" in old
    assert 'href="../index.html"' in old
    assert "訂正しました（第2版）" in (site / "2025/10/index.html").read_text()


def test_a_contract_that_was_taken_out_keeps_its_address(site: Path) -> None:
    first = month()
    gone, stays = (site / f"record/{first.rows[n].record_id}/index.html" for n in (1, 0))
    assert "取り消しました" in gone.read_text()
    assert first.rows[1].title in gone.read_text()
    assert "120,000,000円" in stays.read_text()


def test_what_is_remembered_is_every_version_and_every_file(site: Path, remembered: Remembered) -> None:
    assert [(v.month, v.version, v.count) for v in remembered.versions] == [
        ("2025-08", 1, 0), ("2025-10", 1, 9), ("2025-10", 2, 8)]
    assert remembered.versions[1] == PublishedVersion.of(FIRST)
    assert set(remembered.files) == set(tree(site))


def test_a_contract_taken_out_stays_so_when_the_site_is_put_again(site: Path, remembered: Remembered, tmp_path: Path) -> None:
    third = replace(PUBLISHED[2], version=3, published_on=date(2026, 1, 9))
    publish(tmp_path / "site", [FIRST, PUBLISHED[2], third])
    page = (tmp_path / f"site/record/{FIRST.rows[1].record_id}/index.html").read_text()
    assert "令和7年12月5日に取り消しました" in page and "第2版" in page


# Never changed


def test_another_month_leaves_what_stands_as_it_is(site: Path, remembered: Remembered) -> None:
    before = tree(site)
    now = publish(site, [month([contract(1, month="2025-11")], month="2025-11")], remembered)
    after = tree(site)
    assert all(after[name] == before[name] for name in before if name.startswith("2025/"))
    assert "2025/11/index.html" in after["index.html"].decode()
    assert named(site, now) == [] and verify_folder(site) == []


def test_what_was_forged_on_the_site_is_not_carried_on_by_the_next_publication(site: Path, remembered: Remembered) -> None:
    forged = site / "2025/08/v1/contracts.csv"
    spoil(forged)
    rehash(forged.parent)
    spoil(site / "manifest.json", (site / "manifest.json").read_bytes().replace(b'"count": 9', b'"count": 8'))
    now = publish(site, [month([contract(1, month="2025-11")], month="2025-11")], remembered)
    assert named(site, now) == [("V-01", "2025/08/v1/contracts.csv"), ("V-01", "2025/08/v1/manifest.json")]
    assert '"count": 9' in (site / "manifest.json").read_text()


def test_a_published_version_cannot_be_replaced(site: Path, remembered: Remembered) -> None:
    before = tree(site)
    with pytest.raises(NotAllowedNow, match="has been published"):
        publish(site, [month([contract(1, amount=1)])], remembered)
    assert tree(site) == before


def test_publishing_the_same_again_changes_nothing(site: Path, remembered: Remembered) -> None:
    before = tree(site)
    assert publish(site, PUBLISHED, remembered) == remembered
    assert tree(site) == before


def test_a_damaged_or_lost_site_is_put_again_to_the_byte(site: Path, remembered: Remembered) -> None:
    before = tree(site)
    for name in ("2025/10/v2/contracts.json", "2025/10/contracts.csv", "manifest.json", "index.html"):
        spoil(site / name)
    (site / "2025/10/v1/index.html").unlink()
    (site / "2025/10/v1/index.html").mkdir()
    (site / f"record/{FIRST.rows[1].record_id}/index.html").unlink()
    publish(site, PUBLISHED, remembered)
    assert tree(site) == before
    shutil.rmtree(site.resolve())
    assert site.is_symlink() and not site.exists()
    publish(site, PUBLISHED, remembered)
    assert tree(site) == before


def test_what_stands_whole_is_not_drawn_again_in_todays_way(
        site: Path, remembered: Remembered, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("grc.disclosure.site.render_month", lambda *_, **__: b"another way")
    spoil(site / "2025/08/contracts.csv")
    publish(site, PUBLISHED, remembered)
    pages = {name: body for name, body in tree(site).items() if name.startswith("2025/") and name.endswith("index.html")}
    assert [name for name, body in pages.items() if body == b"another way"] == ["2025/08/index.html"]


def test_what_was_never_recorded_gives_way_to_the_record(site: Path) -> None:
    other = month([contract(1)])
    now = publish(site, [other])
    assert json.loads((site / "2025/10/v1/manifest.json").read_text())["snapshot_sha256"] == other.sha256
    assert {p.value for p in verify(site, now.files, "2025-10")} == {f"2025/10/v2/{name}" for name in FILES}


def test_the_previous_generation_is_not_written_through(site: Path, remembered: Remembered) -> None:
    old = site.resolve()
    before = tree(old)
    publish(site, [month([contract(1, month="2025-11")], month="2025-11")], remembered)
    assert site.resolve() != old
    assert tree(old) == before


@pytest.mark.parametrize("id", ["../evil", "a/b", "", ".hidden", "a b"])
def test_an_id_that_is_no_address_is_refused(tmp_path: Path, id: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        publish(tmp_path / "site", [month([contract(1, record_id=id)])])
    assert not (tmp_path / "site").exists()


def test_one_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no address"):
        publish(tmp_path / "site", [month([contract(1), contract(1)])])


# All at once


def test_a_failure_leaves_the_old_site_and_no_rest(site: Path) -> None:
    before, store = tree(site), site.parent / "site-generations"
    with pytest.raises(RuntimeError), new_generation(site) as generation:
        generation.write("index.html", b"half")
        raise RuntimeError
    assert tree(site) == before
    assert not list(store.glob(".building-*"))


def test_what_a_power_cut_left_behind_is_cleared_away(site: Path, remembered: Remembered) -> None:
    rest = site.parent / "site-generations/.building-000009"
    (rest / "2025").mkdir(parents=True)
    (site.parent / ".site-next").symlink_to("nowhere")
    now = publish(site, [month([contract(1, month="2025-11")], month="2025-11")], remembered)
    assert not rest.exists()
    assert named(site, now) == []


def test_only_a_few_generations_stay(site: Path, remembered: Remembered) -> None:
    for number in (1, 2, 3, 4):
        remembered = publish(site, [month([], month=f"2026-0{number}")], remembered)
    generations = [p for p in (site.parent / "site-generations").iterdir() if p.is_dir()]
    assert len(generations) == KEPT
    assert named(site, remembered) == []


def test_an_empty_folder_becomes_the_site_and_a_full_one_is_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    publish(site, [month()])
    assert site.is_symlink()
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    with pytest.raises(NotAllowedNow, match="holds other files"):
        publish(other, [month()])
    assert (other / "mine.txt").read_text() == "mine"


def test_files_are_read_only_and_share_no_disk_space_between_version_and_latest(site: Path) -> None:
    latest, version = site / "2025/10/contracts.csv", site / "2025/10/v2/contracts.csv"
    assert latest.stat().st_mode & 0o222 == 0
    assert not os.path.samefile(latest, version)


# Verified by the office, which remembers every file


def test_a_changed_byte_in_any_file_names_that_file_and_no_other(site: Path, remembered: Remembered) -> None:
    for name, body in tree(site).items():
        target = site / name
        spoil(target)
        assert named(site, remembered) == [("V-01", name)]
        for one in ("2025-08", "2025-10"):
            mine = name.startswith(one.replace("-", "/") + "/") or (one == "2025-10" and name.startswith("record/PRC-"))
            assert named(site, remembered, one) == ([("V-01", name)] if mine else [])
        target.write_bytes(body)
    assert named(site, remembered) == []


def test_a_page_forged_with_all_its_hashes_is_found(site: Path, remembered: Remembered) -> None:
    before = tree(site)
    other = [replace(one, body_name="別の機構") for one in PUBLISHED]
    publish(site, other)
    forged = [name for name, body in tree(site).items() if body != before[name]]
    assert verify_folder(site) == [], "it agrees with itself: nothing in it tells"
    assert [name for _, name in named(site, remembered)] == forged and "2025/10/v1/index.html" in forged


def test_a_missing_file_a_missing_folder_and_a_stranger_are_named(site: Path, remembered: Remembered) -> None:
    (site / "2025/10/v1/forms.xlsx").unlink()
    (site / "2025/10/v2/extra.html").write_text("x")
    (site / "2025/10/v3").mkdir()
    (site / "2025/10/v3/index.html").write_text("x")
    (site / "2025/elsewhere").symlink_to(site.parent)
    (site / "shell.php").write_text("x")
    (site / "2025/08/index.html").unlink()
    missing = [("V-02", "2025/08/index.html"), ("V-02", "2025/10/v1/forms.xlsx")]
    strangers = [("V-03", "2025/10/v2/extra.html"), ("V-03", "2025/10/v3/index.html"), ("V-03", "2025/elsewhere"),
                 ("V-03", "shell.php")]
    assert named(site, remembered) == missing + strangers
    assert named(site, remembered, "2025-10") == [missing[1], *strangers[:2]]
    assert {(p.code, p.value) for p in verify_folder(site)} == {*missing, *strangers}


def test_a_site_that_is_not_there_lacks_every_file(remembered: Remembered, tmp_path: Path) -> None:
    assert [value for _, value in named(tmp_path / "nowhere", remembered)] == sorted(remembered.files)
    assert [(p.code, p.value) for p in verify_folder(tmp_path)] == [("V-02", "manifest.json")]


# Verified by a stranger, who has a copy and its manifests


def test_a_changed_byte_in_any_file_of_a_copy_names_that_file_first(site: Path) -> None:
    for name, body in tree(site).items():
        target = site / name
        spoil(target)
        assert [p.value for p in verify_folder(site)][:1] == [name]
        target.write_bytes(body)
    assert verify_folder(site) == []


@pytest.mark.parametrize("place", ["2025/10/", "2025/10/v1/", "2025/08/"])
@pytest.mark.parametrize("name", FILES)
def test_a_changed_byte_in_the_copy_of_a_month_is_found_and_its_file_named(site: Path, place: str, name: str) -> None:
    spoil((site / place / name).resolve())
    assert [p.value for p in verify_folder(site / place)] == [name]


@given(data=st.data())
@hypothesis_settings(max_examples=25)
def test_any_changed_bit_anywhere_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    site = tmp_path_factory.mktemp("any") / "site"
    remembered = publish(site, [month([contract(1), contract(2)])])
    name = data.draw(st.sampled_from(sorted(tree(site))))
    body = bytearray((site / name).read_bytes())
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= 1 << data.draw(st.integers(0, 7))
    spoil(site / name, bytes(body))
    assert [p.value for p in verify(site, remembered.files)] == [name]
    assert verify_folder(site)[0].value == name


def rehash(folder: Path) -> None:
    """What a careful forger does: the folder's manifest again, so that all hashes fit."""
    manifest = json.loads((folder / "manifest.json").read_text())
    del manifest[SEAL]
    manifest["files"] = listed({name: (folder / name).read_bytes() for name in manifest["files"]})
    manifest["snapshot_sha256"] = manifest["files"]["snapshot.json"]["sha256"]
    spoil(folder / "manifest.json", sealed(manifest))


def test_an_amount_that_was_forged_together_with_its_hash_is_found(site: Path) -> None:
    folder = site / "2025/10/v1"
    spoil(folder / "contracts.csv", (folder / "contracts.csv").read_bytes().replace(b"118800000", b"118800001", 1))
    rehash(folder)
    assert {p.value for p in verify_folder(folder)} == {"contracts.csv"}
    assert {p.value for p in verify_folder(site)} == {"2025/10/v1/contracts.csv", "2025/10/v1/manifest.json"}


def test_a_forged_latest_is_held_to_its_version(site: Path) -> None:
    folder = site / "2025/08"
    spoil(folder / "forms.xlsx", (site / "2025/10/forms.xlsx").read_bytes())
    rehash(folder)
    assert ("V-05", "2025/08/forms.xlsx") in {(p.code, p.value) for p in verify_folder(site)}


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"files": 1}', b"\xff", b"null", sealed({"files": 1}),
                                  sealed({"files": {"../../x": {"sha256": "a"}}}), sealed({"files": {}, "months": []}),
                                  sealed({"files": {}, "months": {"2025-10": {"x": 1}}})])
def test_a_manifest_that_is_none_is_named_and_no_traceback(site: Path, remembered: Remembered, body: bytes) -> None:
    for name in ("2025/10/v1/manifest.json", "manifest.json"):
        before = (site / name).read_bytes()
        spoil(site / name, body)
        assert [p.value for p in verify_folder(site)][:1] == [name]
        assert named(site, remembered) == [("V-01", name)]
        spoil(site / name, before)


def test_sentences_name_the_file_in_both_languages(site: Path, remembered: Remembered) -> None:
    spoil(site / "2025/10/contracts.csv")
    [problem] = verify(site, remembered.files)
    assert problem.sentence("ja").startswith("「2025/10/contracts.csv」が公表したときから変わっています。")
    assert problem.sentence("en").startswith('"2025/10/contracts.csv" has changed')


def test_rows_read_back_from_the_public_json_are_the_rows(site: Path) -> None:
    rows = json.loads((site / "2025/10/v1/contracts.json").read_text())
    assert [DisclosureRow.from_json(row) for row in rows] == list(month().rows)
