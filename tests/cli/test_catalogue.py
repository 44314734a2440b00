"""``grc catalogue`` and ``grc soa``: control catalogues come in once and not twice; two statements are compared."""

from __future__ import annotations

import json
from collections import Counter
from typing import Any

import pytest

from tests.cli.command import Grc

CATALOG = {"catalog": {"uuid": "x", "metadata": {"title": "Ours"}, "groups": [{"title": "G", "controls": [
    {"id": "a-1", "title": "One"}, {"id": "a-2", "title": "Two", "controls": [{"id": "a-2.1", "title": "More"}]}]}]}}


def load(grc: Grc, name: str, data: Any) -> dict[str, Any]:
    file = grc.file(name, data if isinstance(data, bytes) else json.dumps(data).encode())
    found: dict[str, Any] = grc("catalogue", "load", file, "--json").json
    return found


def counts(found: dict[str, Any]) -> tuple[int, int, int]:
    return found["created"], found["updated"], found["unchanged"]


def test_init_brings_the_shipped_catalogues_once(grc: Grc) -> None:
    controls = grc("export", "controls", "-o", "-").json
    assert Counter(c["framework"] for c in controls) == {"iso27001_2022": 93, "jisq15001": 28, "unified_r5": 14, "internal_control": 6}
    assert Counter(c["theme"] for c in controls if c["framework"] == "iso27001_2022") == {"組織的": 37, "人的": 8, "物理的": 14, "技術的": 34}
    grc("init")
    assert len(grc("export", "controls", "-o", "-").json) == 141
    assert grc("batch", "list", "--json").json == [], "what comes with the program is no ledger of the office"


def test_a_catalogue_is_loaded_once_then_only_what_changed(grc: Grc) -> None:
    first = load(grc, "ours.json", CATALOG)
    assert first == {"file": str(grc.home.parent / "ours.json"), "framework": "other", "created": 3, "updated": 0, "unchanged": 0}
    assert counts(load(grc, "again.json", CATALOG)) == (0, 0, 3)
    changed = json.loads(json.dumps(CATALOG).replace("Two", "Zwei"))
    changed["catalog"]["groups"][0]["controls"].append({"id": "a-3", "title": "Three"})
    assert counts(load(grc, "newer.json", changed)) == (1, 1, 2)
    another = json.loads(json.dumps(CATALOG).replace("Ours", "Theirs"))
    assert counts(load(grc, "theirs.json", another)) == (3, 0, 0), "the same numbers in another catalogue are other controls"
    assert [b["file"] for b in grc("batch", "list", "--json").json] == ["theirs.json", "newer.json", "ours.json"]
    assert grc("trail", "verify").code == 0


def test_a_label_file_updates_what_was_shipped(grc: Grc) -> None:
    shipped = load(grc, "ic.csv", "element_id,label_ja\nIC-1,統制環境\nIC-2,リスクの評価\n".encode())
    assert (shipped["framework"], *counts(shipped)) == ("internal_control", 0, 1, 1)


def test_a_profile_is_refused_in_a_sentence_and_nothing_is_loaded(grc: Grc) -> None:
    done = grc("catalogue", "load", grc.file("p.json", b'{"profile": {}}'))
    assert (done.code, done.out) == (1, "") and "プロファイルです" in done.err
    assert grc("batch", "list", "--json").json == []


@pytest.mark.parametrize(("role", "code"), [("security_office", 0), ("auditor", 1), ("unit_user", 1)])
def test_who_keeps_the_controls_may_load_them(grc: Grc, role: str, code: int) -> None:
    grc("user", "add", "dareka", "--role", role, password="correct horse battery staple 9")
    assert grc("catalogue", "load", grc.file("c.json", json.dumps(CATALOG).encode()), "--as", "dareka").code == code


@pytest.fixture
def versions(grc: Grc) -> Grc:
    """Two statements of one scope, that differ in one control, as ledgers bring them."""
    statements = "台帳番号,適用範囲,枠組み,版,状態\nISM-STM-000001,LGWAN,ISO/IEC 27001:2022,1,旧版\nISM-STM-000002,LGWAN,ISO/IEC 27001:2022,2,承認\n"
    assert grc("import", "soa-statements", grc.file("s.csv", statements.encode("utf-8-sig"))).code == 0
    entries = ("適用宣言書,管理策番号,適用,理由,実施状況\nISM-STM-000001,A.5.10,適用,要る,計画\nISM-STM-000002,A.5.10,適用,要る,実施\n"
               "ISM-STM-000001,A.5.9,適用,要る,実施\nISM-STM-000002,A.5.9,適用,要る,実施\nISM-STM-000002,A.8.30,適用除外,任せない,\n")
    assert grc("import", "soa-entries", grc.file("e.csv", entries.encode("utf-8-sig"))).code == 0
    return grc


def test_two_versions_are_compared_control_by_control(versions: Grc) -> None:
    found = versions("soa", "diff", "ISM-STM-000001", "ISM-STM-000002", "--json").json
    assert found["differences"] == [{"control": "A.5.10", "field": "implementation", "before": "planned", "after": "done"},
                                    {"control": "A.8.30", "field": None, "before": False, "after": True}]
    lines = versions("soa", "diff", "ISM-STM-000001", "ISM-STM-000002").out.splitlines()
    assert lines[1:] == ["管理策｜名称｜項目｜前の版｜新しい版", "A.5.10｜情報・資産の利用ルール｜実施状況｜計画｜実施", lines[3]]
    assert lines[3].startswith("A.8.30｜") and lines[3].endswith("｜管理策の行｜なし｜あり")
    assert versions("soa", "diff", "ISM-STM-000001", "ISM-STM-000001", "--json").json["differences"] == []


def test_a_statement_that_is_not_there_is_said(versions: Grc) -> None:
    done = versions("soa", "diff", "ISM-STM-000001", "ISM-STM-999999")
    assert done.code == 1 and "ISM-STM-999999 はありません" in done.err
