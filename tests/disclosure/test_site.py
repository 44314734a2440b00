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
from grc.disclosure.row import DisclosureRow
from grc.disclosure.site import publish, publish_many, published
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


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a site with a month of two versions and an empty one."""
    folder = tmp_path_factory.mktemp("built")
    first = month()
    empty = month([], month="2025-08", published_on=date(2025, 9, 30))
    publish_many(folder / "site", [empty, first, correction(first)])
    return folder


@pytest.fixture
def site(built: Path, tmp_path: Path) -> Path:
    """A copy of that site, to spoil."""
    shutil.copytree(built, tmp_path / "office", symlinks=True)
    return tmp_path / "office/site"


def test_what_lies_where(site: Path) -> None:
    names = set(tree(site))
    assert {"index.html", "site.css", "manifest.json", "record/manifest.json"} <= names
    for place in ("2025/08", "2025/08/v1", "2025/10", "2025/10/v1", "2025/10/v2"):
        assert sorted(p.name for p in (site / place).iterdir() if p.is_file()) == FILES
    assert (site / "2025/10/contracts.csv").read_bytes() == (site / "2025/10/v2/contracts.csv").read_bytes()
    assert {f"record/{row.record_id}/index.html" for row in month().rows} <= names


def test_a_fresh_site_is_whole(site: Path) -> None:
    assert verify(site) == []
    assert verify(site, "2025-10") == []
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


def test_the_site_remembers_what_was_published(site: Path) -> None:
    first = month()
    assert [(v.month, v.version, v.count) for v in published(site)] == [
        ("2025-08", 1, 0), ("2025-10", 1, 9), ("2025-10", 2, 8)]
    assert published(site)[1] == PublishedVersion.of(first)
    assert published(site.parent / "nowhere") == []


# Never changed


def test_another_month_leaves_what_stands_as_it_is(site: Path) -> None:
    before = tree(site)
    publish(site, month([contract(1, month="2025-11")], month="2025-11"))
    after = tree(site)
    assert all(after[name] == before[name] for name in before if name.startswith("2025/"))
    assert "2025/11/index.html" in after["index.html"].decode()


def test_a_published_version_cannot_be_replaced(site: Path) -> None:
    before = tree(site)
    with pytest.raises(NotAllowedNow, match="has been published"):
        publish(site, month([contract(1, amount=1)]))
    assert tree(site) == before
    assert verify(site) == []


def test_publishing_the_same_again_changes_nothing_and_mends_what_was_damaged(site: Path) -> None:
    before = tree(site)
    publish(site, correction(month()))
    assert tree(site) == before
    spoil(site / "2025/10/v2/contracts.json")
    spoil(site / "2025/10/contracts.csv")
    publish(site, correction(month()))
    assert tree(site) == before


def test_what_was_never_recorded_gives_way_to_the_record(site: Path) -> None:
    other = month([contract(1)])
    publish(site, other, history=[PublishedVersion.of(other)])
    assert json.loads((site / "2025/10/v1/manifest.json").read_text())["snapshot_sha256"] == other.sha256
    assert verify(site, "2025-10") == []


def test_the_previous_generation_is_not_written_through(site: Path) -> None:
    old = site.resolve()
    before = tree(old)
    publish(site, month([contract(1, month="2025-11")], month="2025-11"))
    assert site.resolve() != old
    assert tree(old) == before


@pytest.mark.parametrize("id", ["../evil", "a/b", "", ".hidden", "a b"])
def test_an_id_that_is_no_address_is_refused(tmp_path: Path, id: str) -> None:
    with pytest.raises(ValueError, match="no address"):
        publish(tmp_path / "site", month([contract(1, record_id=id)]))
    assert not (tmp_path / "site").exists()


def test_one_id_stands_once(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no address"):
        publish(tmp_path / "site", month([contract(1), contract(1)]))


# All at once


def test_a_failure_leaves_the_old_site_and_no_rest(site: Path) -> None:
    before, store = tree(site), site.parent / "site-generations"
    with pytest.raises(RuntimeError), new_generation(site) as generation:
        generation.write("index.html", b"half")
        raise RuntimeError
    assert tree(site) == before
    assert not list(store.glob(".building-*"))


def test_what_a_power_cut_left_behind_is_cleared_away(site: Path) -> None:
    rest = site.parent / "site-generations/.building-000009"
    (rest / "2025").mkdir(parents=True)
    (site.parent / ".site-next").symlink_to("nowhere")
    publish(site, month([contract(1, month="2025-11")], month="2025-11"))
    assert not rest.exists()
    assert verify(site) == []


def test_only_a_few_generations_stay(site: Path) -> None:
    for number in (1, 2, 3, 4):
        publish(site, month([], month=f"2026-0{number}"))
    generations = [p for p in (site.parent / "site-generations").iterdir() if p.is_dir()]
    assert len(generations) == KEPT
    assert verify(site) == []


def test_an_empty_folder_becomes_the_site_and_a_full_one_is_left_alone(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    publish(site, month())
    assert site.is_symlink()
    other = tmp_path / "other"
    other.mkdir()
    (other / "mine.txt").write_text("mine")
    with pytest.raises(NotAllowedNow, match="holds other files"):
        publish(other, month())
    assert (other / "mine.txt").read_text() == "mine"


def test_files_are_read_only_and_share_no_disk_space_between_version_and_latest(site: Path) -> None:
    latest, version = site / "2025/10/contracts.csv", site / "2025/10/v2/contracts.csv"
    assert latest.stat().st_mode & 0o222 == 0
    assert not os.path.samefile(latest, version)


# Verified


@pytest.mark.parametrize("place", ["2025/10/", "2025/10/v1/", "2025/08/"])
@pytest.mark.parametrize("name", FILES)
def test_a_changed_bit_is_found_and_its_file_named(site: Path, place: str, name: str) -> None:
    spoil((site / place / name).resolve())
    assert place + name in {p.value for p in verify(site)}
    assert place + name in {p.value for p in verify(site, f"2025-{place[5:7]}")}


@pytest.mark.parametrize("name", ["index.html", "site.css", "record/manifest.json",
                                  "record/PRC-202510-001/index.html"])
def test_a_changed_bit_outside_the_months_is_found(site: Path, name: str) -> None:
    spoil(site / name)
    assert name in {p.value for p in verify(site)}


@given(data=st.data())
@hypothesis_settings(max_examples=25)
def test_any_changed_bit_anywhere_is_found(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    site = tmp_path_factory.mktemp("any") / "site"
    publish(site, month([contract(1), contract(2)]))
    name = data.draw(st.sampled_from(sorted(tree(site))))
    body = bytearray((site / name).read_bytes())
    at = data.draw(st.integers(0, len(body) - 1))
    body[at] ^= 1 << data.draw(st.integers(0, 7))
    spoil(site / name, bytes(body))
    assert verify(site)
    if name != "manifest.json":  # nothing on the site stands above it: what it wrongly says of others is named
        assert any(p.value == name for p in verify(site))


def test_a_missing_file_a_missing_folder_and_a_stranger_are_named(site: Path) -> None:
    (site / "2025/10/v1/forms.xlsx").unlink()
    (site / "2025/10/v2/extra.html").write_text("x")
    (site / "2025/10/v3").mkdir()
    (site / "2025/10/v3/index.html").write_text("x")
    (site / "shell.php").write_text("x")
    (site / "2025/08/index.html").unlink()
    assert [(p.code, p.value) for p in verify(site)] == [
        ("V-02", "2025/08/index.html"), ("V-02", "2025/10/v1/forms.xlsx"), ("V-03", "2025/10/v2/extra.html"),
        ("V-03", "2025/10/v3/index.html"), ("V-03", "shell.php")]


def test_a_month_or_site_that_is_not_there(site: Path, tmp_path: Path) -> None:
    assert [(p.code, p.value) for p in verify(site, "2024-01")] == [("V-02", "2024/01")]
    assert [(p.code, p.value) for p in verify(tmp_path / "nowhere")] == [("V-02", "manifest.json")]
    assert [(p.code, p.value) for p in verify_folder(tmp_path)] == [("V-02", "manifest.json")]


def rehash(folder: Path) -> None:
    """What a careful forger does: the folder's manifest again, so that all hashes fit."""
    from grc.disclosure.render.data import listed, pretty

    manifest = json.loads((folder / "manifest.json").read_text())
    manifest["files"] = listed({name: (folder / name).read_bytes() for name in manifest["files"]})
    manifest["snapshot_sha256"] = manifest["files"]["snapshot.json"]["sha256"]
    spoil(folder / "manifest.json", pretty(manifest))


def test_an_amount_that_was_forged_together_with_its_hash_is_found(site: Path) -> None:
    folder = site / "2025/10/v1"
    spoil(folder / "contracts.csv", (folder / "contracts.csv").read_bytes().replace(b"118800000", b"118800001", 1))
    rehash(folder)
    assert "2025/10/v1/contracts.csv" in {p.value for p in verify_folder(folder)} | {p.value for p in verify(site)}
    assert "2025/10/v1/manifest.json" in {p.value for p in verify(site)}


def test_a_forged_latest_is_held_to_its_version(site: Path) -> None:
    folder = site / "2025/08"
    spoil(folder / "forms.xlsx", (site / "2025/10/forms.xlsx").read_bytes())
    rehash(folder)
    assert ("V-05", "2025/08/forms.xlsx") in {(p.code, p.value) for p in verify(site, "2025-08")}


def test_a_forged_version_is_held_to_what_the_office_remembers(site: Path) -> None:
    remembered = {(v.month, v.version): v.snapshot_sha256 for v in published(site)}
    assert verify(site, expected=remembered) == []
    wrong = remembered | {("2025-10", 1): "0" * 64, ("2024-01", 1): "0" * 64}
    del wrong["2025-08", 1]
    assert [(p.code, p.value) for p in verify(site, expected=wrong)] == [
        ("V-03", "2025/08/v1"), ("V-04", "2025/10/v1/snapshot.json"), ("V-02", "2024/01/v1")]


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"files": 1}', b'{"files": {"../../x": {"sha256": "a"}}}',
                                  b'{"files": {}, "months": {"2025-10": {"x": 1}}}', b'{"files": {}, "months": []}'])
def test_a_manifest_that_is_none_is_named_and_no_traceback(site: Path, body: bytes) -> None:
    spoil(site / "2025/10/v1/manifest.json", body)
    assert "2025/10/v1/manifest.json" in {p.value for p in verify(site)}
    publish(site, month())
    assert verify(site) == []
    spoil(site / "manifest.json", body)
    assert [p.value for p in verify(site)] == ["manifest.json"]
    with pytest.raises(NotAllowedNow, match="damaged"):
        publish(site, month())


def test_sentences_name_the_file_in_both_languages(site: Path) -> None:
    spoil(site / "2025/10/contracts.csv")
    [problem] = verify(site, "2025-10")[:1]
    assert problem.sentence("ja").startswith("「2025/10/contracts.csv」が公表したときから変わっています。")
    assert problem.sentence("en").startswith('"2025/10/contracts.csv" has changed')


def test_rows_read_back_from_the_public_json_are_the_rows(site: Path) -> None:
    rows = json.loads((site / "2025/10/v1/contracts.json").read_text())
    assert [DisclosureRow.from_json(row) for row in rows] == list(month().rows)
