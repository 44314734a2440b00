"""Control catalogues: OSCAL as NIST writes it and as nobody should, and label files known by their header. Pure."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from grc.refusal import Unreadable
from imports.frameworks import Catalogue, Listed, read_labels
from imports.oscal import MODELS, read_oscal


def catalog(*groups: Any, **more: Any) -> bytes:
    return json.dumps({"catalog": {"uuid": "x", "metadata": {"title": "Our *own* catalog"}, "groups": list(groups), **more}}).encode()


def numbers(found: Catalogue) -> list[tuple[str, str | None, str | None]]:
    return [(c.number, c.parent, c.theme) for c in found.controls]


GROUP = {"id": "ac", "title": "Access Control", "controls": [
    {"id": "ac-1", "title": "Policy", "class": "SP800-53",
     "params": [{"id": "ac-1_p1", "label": "roles"}, {"id": "ac-1_p2", "select": {"choice": ["daily", "{{ insert: param, ac-1_p1 }}"]}}],
     "props": [{"name": "label", "class": "zero-padded", "value": "AC-01"}, {"name": "label", "value": "AC-1"}],
     "parts": [{"name": "statement", "prose": "Develop and tell {{ insert: param, ac-1_p1 }}:", "parts": [
                    {"name": "item", "props": [{"name": "label", "value": "a."}], "prose": "review {{ insert: param, ac-1_p2 }}."}]},
               {"name": "guidance", "prose": "Much more could be said."}]},
    {"id": "ac-2", "title": "Accounts", "props": [{"name": "label", "value": "AC-2"}], "controls": [
        {"id": "ac-2.1", "title": "Automation", "props": [{"name": "label", "value": "AC-2(1)"}]},
        {"id": "ac-2.2", "title": "Gone", "props": [{"name": "status", "value": "withdrawn"}]}]},
    {"id": "ac-3", "title": "Old", "props": [{"name": "status", "value": "Withdrawn"}], "controls": [{"id": "ac-3.1", "title": "Stays"}]}]}


def test_controls_come_with_their_enhancements_and_without_what_was_withdrawn() -> None:
    found = read_oscal(catalog(GROUP, controls=[{"id": "top", "title": "Alone"}]), "x.json")
    assert (found.framework, found.name) == ("other", "Our own catalog")
    assert numbers(found) == [("AC-1", None, "Access Control"), ("AC-2", None, "Access Control"), ("AC-2(1)", "AC-2", "Access Control"),
                              ("ac-3.1", None, "Access Control"), ("top", None, None)]


def test_a_statement_has_its_labels_and_the_names_of_its_parameters() -> None:
    first = read_oscal(catalog(GROUP), "x.json").controls[0]
    assert first.statement == "Develop and tell [roles]:\na. review [daily; [roles]]."
    assert (first.label, first.label_en, first.attributes) == ("Policy", "Policy", "id: ac-1\nclass: SP800-53")


def test_groups_nest_and_a_label_that_two_controls_share_gives_way_to_their_ids() -> None:
    nested = {"title": "Outer", "groups": [{"title": "Inner", "controls": [{"id": "a", "title": "甲", "props": [{"name": "label", "value": "1"}]}]}],
              "controls": [{"id": "b", "title": "B", "props": [{"name": "label", "value": "1"}]}]}
    found = read_oscal(catalog(nested), "x.json")
    assert numbers(found) == [("a", None, "Inner"), ("b", None, "Outer")]
    assert (found.controls[0].label, found.controls[0].label_en) == ("甲", None)


def test_the_catalogues_of_nist_are_read_whole(shared_data: Path) -> None:
    folder = shared_data / "catalogues/dev"
    [privacy] = folder.glob("oscal_NIST*PRIVACY*.json")
    found = read_oscal(privacy.read_bytes(), privacy.name)
    assert (len(found.controls), sum(c.parent is not None for c in found.controls)) == (102, sum("(" in c.number for c in found.controls))
    assert not [c.number for c in found.controls if "{{" in (c.statement or "")], "no parameter is left unnamed"
    basic = read_oscal((folder / "oscal_basic-catalog.json").read_bytes(), "basic.json")
    assert [c.number for c in basic.controls] == ["1.1.1", "1.1.2", "2.1.1", "2.1.2"]


@pytest.mark.parametrize("model", MODELS)
def test_what_only_points_to_a_catalogue_is_refused_by_its_name(model: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_oscal(json.dumps({model: {"uuid": "x"}}).encode(), "x.json")
    assert MODELS[model].ja in refusal.value.message.ja and MODELS[model].en in refusal.value.message.en


@pytest.mark.parametrize("data", [
    b"", b"{", b"[]", b"null", b"\xff\xfe", b'{"other": 1}', b'{"catalog": []}', b'{"catalog": {}}', b"[" * 100_000,
    json.dumps({"catalog": {"metadata": {"title": "t"}, "groups": "none"}}).encode(), catalog(), catalog({"controls": [{"title": "no id"}]}),
    catalog({"controls": [1]}), catalog({"controls": [{"id": "a"}, {"id": "a"}]}), catalog({"controls": [{"id": "a", "parts": {}, "props": [None]}]})])
def test_what_is_laid_out_otherwise_is_one_sentence(data: bytes) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_oscal(data, "x.json")
    assert "何も登録していません" in refusal.value.message.ja and refusal.value.message.en.endswith("Nothing was saved.")


def test_groups_without_end_are_refused() -> None:
    deep: dict[str, Any] = {"controls": [{"id": "a"}]}
    for _ in range(40):
        deep = {"groups": [deep]}
    with pytest.raises(Unreadable):
        read_oscal(catalog(deep), "x.json")


# label files

@pytest.mark.parametrize(("name", "framework", "count", "first"), [
    ("annex_a_2022_own_labels.csv", "iso27001_2022", 93, Listed("A.5.1", "セキュリティ方針の整備と見直し", "Set and review security policies", "組織的",
                                                                is_new=False)),
    ("government_unified_r5_own_labels.csv", "unified_r5", 14, Listed("GU-2.1", "導入・計画（体制、対策基準、対策推進計画）", theme="基本的枠組み")),
    ("jisq15001_2023_own_labels.csv", "jisq15001", 28, Listed("JQ-4.1", "組織と取り巻く状況の把握", theme="箇条4")),
    ("internal_control_elements.csv", "internal_control", 6, Listed("IC-1", "統制環境"))])
def test_the_shipped_catalogues_are_known_by_their_header(name: str, framework: str, count: int, first: Listed) -> None:
    import registers

    data = (Path(registers.__file__).parent / "catalogues" / name).read_bytes()
    found = read_labels(data, name)
    assert (found.framework, found.name, len(found.controls), found.controls[0]) == (framework, None, count, first)
    assert sum(bool(c.is_new) for c in found.controls) == (11 if framework == "iso27001_2022" else 0)


@pytest.mark.parametrize(("text", "framework", "name", "controls"), [
    ("番号,名称,章\nX-1,甲,総則\n,,\nX-2,乙,\n", "other", "わが社の基準", [Listed("X-1", "甲", theme="総則"), Listed("X-2", "乙")]),
    ("label_ja,control_id\n統制環境,IC-1\n", "internal_control", None, [Listed("IC-1", "統制環境")])])
def test_another_catalogue_is_known_by_its_columns_and_its_numbers(text: str, framework: str, name: str | None, controls: list[Listed]) -> None:
    for encoding in ("utf-8-sig", "cp932"):
        assert read_labels(text.encode(encoding), "わが社の基準.csv") == Catalogue(framework, name, tuple(controls))


@pytest.mark.parametrize(("data", "said"), [
    (b"a,b\n1,2\n", "見出しが要ります"), (b"", "見出しが要ります"), (b"control_id,label\n", "1つもありません"), ("番号,名称\n1,甲\n1,乙\n".encode(), "「1」が2つ"),
    (b"\x81\xff\xfe\x00", "文字のファイル"), (b"control_id,label\nA\x00,x\n", "文字のファイル"), (b"control_id,label\nA," + b"x" * 200_000, "文字のファイル")])
def test_what_is_no_catalogue_is_refused_with_the_reason(data: bytes, said: str) -> None:
    with pytest.raises(Unreadable) as refusal:
        read_labels(data, "x.csv")
    assert said in refusal.value.message.ja
