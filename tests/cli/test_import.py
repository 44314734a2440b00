"""``grc import``: what it asks, what it rejects, and a summary that adds up."""

from __future__ import annotations

import json
import re

import openpyxl

from tests.cli.command import HEADS, Grc, contract

KEYS = {"register", "file_sha256", "sheet", "header_rows", "mapping", "rows", "created", "updated", "unchanged", "rejected", "skipped",
        "creates", "duplicates", "vanished", "batch", "warnings", "errors", "questions"}
BAD = contract(2, **{"契約を締結した日": "来週"})


def test_the_json_has_the_keys_of_the_design(grc: Grc) -> None:
    done = grc("import", "contracts", grc.ledger("l.csv", contract(1), BAD), "--json").json
    assert set(done) >= KEYS
    [error] = [e for e in done["errors"] if e["field"] == "contract_date"]
    assert {"code", "sheet", "row", "column", "field", "value", "message", "remedy"} <= set(error)
    assert (error["row"], error["column"]) == (3, "F")


def test_one_bad_row_keeps_all_out_unless_the_good_rows_are_asked_for(grc: Grc) -> None:
    ledger = grc.ledger("l.csv", contract(1), BAD, contract(3))
    refused = grc("import", "contracts", ledger, "--json")
    assert refused.code == 1 and refused.json["rejected"] == 1 and refused.json["batch"] is None
    assert any("--good-rows" in said for said in refused.json["error"]["flags"])
    assert grc("export", "contracts", "-o", "-").json == []
    loaded = grc("import", "contracts", ledger, "--good-rows", "--json")
    assert (loaded.code, loaded.json["created"], loaded.json["rejected"]) == (0, 2, 1)
    assert len(grc("export", "contracts", "-o", "-").json) == 2


def test_a_dry_run_of_a_bad_file_says_so_by_its_exit_status(grc: Grc) -> None:
    done = grc("import", "contracts", grc.ledger("l.csv", BAD), "--dry-run")
    assert done.code == 1 and "何も登録していません" in done.out


def test_a_question_names_the_flag_that_answers_it(grc: Grc) -> None:
    heads = (*HEADS, "契約額（税込）")
    ledger = grc.ledger("l.csv", (*contract(1), 999), heads=tuple(h if h != "契約金額（円）" else "契約額" for h in heads))
    asked = grc("import", "contracts", ledger, "--json")
    assert asked.code == 1 and asked.json["questions"][0]["flag"] == "--mapping"
    assert asked.json["questions"][0]["choices"] == ["H", "I"]
    assert "--mapping" in grc("import", "contracts", ledger).out
    answer = grc.file("m.json", json.dumps({"H": "amount", "I": "-"}).encode())
    assert grc("import", "contracts", ledger, "--mapping", answer).code == 0
    assert [r["amount"] for r in grc("export", "contracts", "-o", "-").json] == [1_000_000]


def test_what_the_person_says_for_all_rows_stands_in_all(grc: Grc) -> None:
    assert grc("import", "contracts", grc.ledger(), "--set", "remarks=年度当初", "--set", "month=2025-11").code == 0
    assert {(r["remarks"], r["published_month"]) for r in grc("export", "contracts", "-o", "-").json} == {("年度当初", "2025-11")}


def test_several_files_add_up_and_one_that_cannot_be_read_stops_no_other(grc: Grc) -> None:
    first, second = grc.ledger("a.csv", contract(1), contract(2)), grc.ledger("b.csv", contract(2), contract(3))
    broken = grc.file("c.xlsx", b"no workbook")
    done = grc("import", "contracts", first, broken, second, "--json")
    assert done.code == 1
    assert [done.json[name] for name in ("rows", "created", "updated", "unchanged", "rejected")] == [4, 3, 0, 1, 0]
    assert [f["file"] for f in done.json["files"]] == [str(first), str(broken), str(second)]
    assert [("error" in f) for f in done.json["files"]] == [False, True, False]
    assert len(grc("export", "contracts", "-o", "-").json) == 3


def test_the_summary_for_a_person_adds_up(grc: Grc) -> None:
    grc("import", "contracts", grc.ledger())
    out = grc("import", "contracts", grc.ledger("l.csv", contract(1), BAD, contract(4)), "--good-rows").out
    rows, *parts = map(int, re.search(r"(\d+)行 ＝ 新規(\d+) ＋ 変更(\d+) ＋ 変更なし(\d+) ＋ 取り込めない(\d+)", out).groups())  # type: ignore[union-attr]
    assert (rows, parts) == (3, [1, 0, 1, 1])
    assert "3行目 F列" in out


def test_the_report_is_a_workbook_that_says_what_is_wrong(grc: Grc) -> None:
    marked = grc.home.parent / "marked.xlsx"
    done = grc("import", "contracts", grc.ledger("l.csv", contract(1), BAD), "--dry-run", "--report", marked)
    assert done.code == 1
    said = [str(c.value) for sheet in openpyxl.load_workbook(marked) for row in sheet.iter_rows() for c in row if c.value is not None]
    assert any("来週" in text for text in said)
    assert grc("import", "contracts", grc.ledger("a.csv"), grc.ledger("b.csv"), "--report", marked).code == 2


def test_the_empty_workbook_has_the_headings_that_the_import_knows(grc: Grc) -> None:
    empty = grc.home.parent / "empty.xlsx"
    assert grc("template", "contracts", "-o", empty).code == 0
    done = grc("import", "contracts", empty, "--dry-run", "--json").json
    assert {"title", "contract_date", "supplier_name", "amount"} <= {name for target in done["mapping"].values() for name in target.split("+")}
    assert (done["rows"], done["questions"]) == (0, [])


def test_a_person_without_the_right_is_refused_and_the_trail_knows(grc: Grc) -> None:
    grc("user", "add", "sasaki", "--role", "auditor")
    done = grc("import", "contracts", grc.ledger(), "--as", "sasaki", "--json")
    assert done.code == 1 and done.json["error"]["code"] == "forbidden"
    assert grc("export", "contracts", "-o", "-", "--as", "sasaki").json == []


def test_the_months_of_real_life_come_in(grc: Grc, shared_data: object) -> None:
    """Development data from ../shared/data: a ledger as an office laid it out."""
    done = grc("import", "contracts", f"{shared_data}/ledgers_synthetic/dev/keiyaku_A.xlsx", "--json")
    assert (done.code, done.json["created"]) == (0, 4)
