"""``grc plan``: the year's plan and the files beside it come in whole or not at all, and twice is as good as once."""

from __future__ import annotations

import csv
import hashlib
import io
from pathlib import Path
from typing import Any

import pytest

from grc.cli.demo.plan import DATA
from tests.cli.command import Done, Grc

PLAN, SYSTEMS = DATA / "plan_fy2025.csv", DATA / "systems.csv"
HEADS = ("id", "section", "title", "category", "lead_unit", "systems", "kpi_name", "kpi_operator", "kpi_target", "kpi_unit", "due", "cadence", "lead_unit_inferred")


def item(number: str, **values: str) -> dict[str, str]:
    return {**dict.fromkeys(HEADS, ""), "id": number, "section": "4", "title": f"取組 {number}", "category": "service", "due": "FY2025", "cadence": "annual", **values}


def plan(grc: Grc, *items: dict[str, str], name: str = "plan.csv", heads: tuple[str, ...] = HEADS) -> Path:
    out = io.StringIO()
    writer = csv.DictWriter(out, heads, extrasaction="ignore")
    writer.writeheader()
    writer.writerows(items)
    return grc.file(name, out.getvalue().encode("utf-8-sig"))


def items(grc: Grc) -> dict[str, dict[str, Any]]:
    return {row["number"]: row for row in grc("export", "plan-items", "-o", "-").json}


def counts(done: Done) -> list[int]:
    assert done.code == 0, done.err
    return [done.json[name] for name in ("rows", "created", "updated", "unchanged")]


def test_the_seeds_plan_comes_in_whole_and_once(grc: Grc) -> None:
    """228 commitments, 21 with figures; the second time nothing changes, and the year's grid of 28 steps is made once."""
    first = grc("plan", "load", PLAN, "--json")
    assert counts(first) == [228, 228, 0, 0] and first.json["activities"] == 28
    again = grc("plan", "load", PLAN, "--json")
    assert counts(again) == [228, 0, 0, 228] and again.json["activities"] == 0
    rows = items(grc)
    assert len(rows) == 228 and {row["fiscal_year"] for row in rows.values()} == {2025} and sum(row["kpi_target"] is not None for row in rows.values()) == 21
    assert {row["due_on"] for row in rows.values() if row["due"] == "FY2025"} == {"2026-03-31"} and all(row["due_on"] for row in rows.values())
    card = rows["4-1-1b"]
    assert (card["kpi_operator"], card["kpi_target"], card["unit_id"]["name"], card["unit_basis"], card["chapter"]) == (">=", "99.9", "運用管理本部", "named", 4)
    assert (rows["1-2-5-2"]["owner"], rows["1-2-5-2"]["unit_id"]) == ("監事", None)
    assert rows["2-1-2"]["unit_basis"] == "inferred"
    steps = grc("export", "activities", "-o", "-").json
    assert [s["plan_item_id"]["name"] for s in steps if s["step"] == "audit" and s["area"] == "privacy"] == ["個人情報保護の内部監査"]


def test_systems_come_before_the_plan_and_are_found_by_their_other_names(grc: Grc) -> None:
    done = grc("plan", "load", PLAN, SYSTEMS, "--json")
    assert counts(done) == [263, 263, 0, 0]
    assert [f["register"] for f in done.json["files"]] == ["plan-items", "systems"]
    rows = items(grc)
    names = {number: [t["name"] for t in rows[number]["systems"]] for number in ("1-3-1-1", "8-1-1a", "4-1-1b", "6-2-1")}
    assert names["1-3-1-1"] == ["住民基本台帳ネットワークシステム", "附票連携システム"]
    assert names["8-1-1a"] == ["証明書交付センター"], "two names of one system are one link"
    assert names["4-1-1b"] == ["マイナンバーカード管理システム"] and names["6-2-1"] == ["自治体中間サーバー・ソフトウェア"]
    systems = {s["number"]: s for s in grc("export", "systems", "-o", "-").json}
    assert len(systems) == 35 and systems["SYS-06"]["availability_target"] == "99.9" and systems["SYS-06"]["handles_personal_info"] is True
    assert (systems["SYS-06"]["owner_basis"], systems["SYS-27"]["owner_basis"], systems["EXT-01"]["owner_basis"]) == ("named", "none", "external")
    assert counts(grc("plan", "load", SYSTEMS, PLAN, "--json")) == [263, 0, 0, 263]


def test_systems_that_come_later_are_tied_when_the_plan_is_loaded_again(grc: Grc) -> None:
    ours = plan(grc, item("4-1", systems="JPKI;スマホ用電子証明書"), item("4-2", systems="どこにもないもの"))
    grc("plan", "load", ours)
    assert items(grc)["4-1"]["systems"] == "JPKI;スマホ用電子証明書"
    grc("plan", "load", SYSTEMS)
    assert counts(grc("plan", "load", ours, "--json")) == [2, 0, 1, 1]
    assert [t["name"] for t in items(grc)["4-1"]["systems"]] == ["公的個人認証サービス", "スマホ用電子証明書"]
    assert items(grc)["4-2"]["systems"] == "どこにもないもの", "a name that no system has stays as printed"


def test_the_file_itself_is_the_evidence(grc: Grc) -> None:
    done = grc("plan", "load", SYSTEMS, PLAN, "--json").json
    sha256 = hashlib.sha256(PLAN.read_bytes()).hexdigest()
    assert done["files"][1]["file_sha256"] == sha256
    assert sha256 in [b["file_sha256"] for b in grc("batch", "list", "--json").json]


def test_a_changed_commitment_is_known_again_by_its_number(grc: Grc) -> None:
    grc("plan", "load", plan(grc, item("4-1"), item("4-2")))
    changed = plan(grc, item("4-1", title="別の言い方"), item("4-2"), item("4-3"))
    assert counts(grc("plan", "load", changed, "--json")) == [3, 1, 1, 1]
    assert items(grc)["4-1"]["title"] == "別の言い方"


@pytest.mark.parametrize(("wrong", "row", "column", "field"), [
    ({"kpi_target": "たくさん"}, 3, "I", "kpi_target"), ({"cadence": "ときどき"}, 3, "L", "cadence"), ({"due": "そのうち"}, 3, "K", "due"),
    ({"title": ""}, 3, "C", "title"), ({"id": "4-1"}, 3, "A", "number"), ({"category": "天気"}, 3, "D", "category"), ({"kpi_operator": "≒"}, 3, "H", "kpi_operator"),
])
def test_a_wrong_file_names_row_and_column_and_leaves_nothing(grc: Grc, wrong: dict[str, str], row: int, column: str, field: str) -> None:
    file = plan(grc, item("4-1"), item("4-2", **wrong), item("4-3"))
    done = grc("plan", "load", file, "--year", "2025")
    assert done.code == 1 and f"{row}行目 {column}列" in done.err and "何も登録していません" in done.err
    told = grc("plan", "load", file, "--year", "2025", "--json")
    assert told.code == 1 and f"{row}行目 {column}列" in told.json["error"]["message"]
    assert [(p["row"], p["column"], p["field"]) for p in told.json["problems"]] == [(row, column, field)]
    assert items(grc) == {} and grc("export", "activities", "-o", "-").json == []


def test_one_wrong_file_keeps_the_others_out(grc: Grc) -> None:
    assert grc("plan", "load", SYSTEMS, plan(grc, item("4-1", due="そのうち"), item("4-2"))).code == 1
    assert grc("export", "systems", "-o", "-").json == []


def test_a_file_without_a_column_that_a_commitment_needs_is_refused(grc: Grc) -> None:
    done = grc("plan", "load", plan(grc, item("4-1"), heads=tuple(h for h in HEADS if h != "title")), "--json")
    assert done.code == 1 and {p["field"] for p in done.json["problems"]} == {"title"}


def test_a_file_that_is_none_of_these_is_refused(grc: Grc) -> None:
    done = grc("plan", "load", grc.ledger())
    assert done.code == 1 and "見出し" in done.err and "情報システム" in done.err


@pytest.mark.parametrize(("due", "args", "year"), [("FY2026", (), 2026), ("2025-06-30", ("--year", "令和7年度"), 2025), ("FY2026", ("--year", "2025"), 2025)])
def test_the_year_is_said_or_that_in_which_most_is_due(grc: Grc, due: str, args: tuple[str, ...], year: int) -> None:
    done = grc("plan", "load", plan(grc, item("4-1", due=due)), *args, "--json")
    assert done.json["years"] == [year] and items(grc)["4-1"]["fiscal_year"] == year


@pytest.mark.parametrize("args", [(), ("--year", "いつか")])
def test_a_plan_of_no_year_is_misuse(grc: Grc, args: tuple[str, ...]) -> None:
    done = grc("plan", "load", plan(grc, item("4-1", due="2025-06-30")), *args)
    assert done.code == 2 and items(grc) == {}


def test_what_has_a_lead_is_activated_the_rest_is_named(grc: Grc) -> None:
    grc("plan", "load", plan(grc, item("4-1", lead_unit="監査室"), item("4-2", lead_unit="監事"), item("4-3", lead_unit_inferred="教育研修部"), item("4-4")))
    done = grc("plan", "activate", "--year", "2025", "--json").json
    assert (done["activated"], [w["number"] for w in done["waiting"]]) == (3, ["4-4"])
    assert {number: row["status"] for number, row in items(grc).items()} == {"4-1": "active", "4-2": "active", "4-3": "active", "4-4": "draft"}
    assert "4-4" in grc("plan", "activate", "--year", "2025").out


def test_somebody_without_the_right_loads_no_plan(grc: Grc) -> None:
    grc("user", "add", "sasaki", "--role", "auditor")
    done = grc("plan", "load", PLAN, "--as", "sasaki", "--json")
    assert done.code == 1 and done.json["error"]["code"] == "forbidden"


def test_the_shipped_files_are_those_of_the_seed(shared_data: Path) -> None:
    """Development data from ../shared/data."""
    for name in ("plan_fy2025.csv", "systems.csv", "committees.csv", "audits.csv"):
        assert (DATA / name).read_bytes() == (shared_data / name).read_bytes()
