"""情報資産・適用宣言書・例外措置: what is derived, what is refused, what follows; through the door where it spans records."""

from __future__ import annotations

import json
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from grc import calendar, changes, people, register
from grc.facts import Look
from grc.kinds import Cell
from grc.office import Office
from grc.permissions import Action, Actor, decide
from grc.refusal import Forbidden, NotAllowedNow
from imports import run
from registers.rules import isms, soa
from registers.rules.spans import months_later
from tests.facts import TODAY, Around, case
from tests.imports.ledgers import book

KEEPER = Actor("ishii", frozenset({"security_office"}))
REVIEWER = Actor("sato", frozenset({"risk_officer"}))
CISO = Actor("maeda", frozenset({"ciso"}))
ASSET: dict[str, Any] = {
    "business": "人事", "name": "職員名簿", "confidentiality": 2, "integrity": 1, "availability": 1, "handling": "関係者限り", "scale_set": None,
    "pi_kind": "personal",
    "contains_personal": None, "contains_sensitive": None, "contains_specific": None, "threat": 2, "vulnerability": 2, "likelihood": None, "importance": 2,
    "inventoried_on": None, "next_inventory_on": None, "inventories": []}


# 情報資産

@pytest.mark.parametrize(("c", "i", "a", "importance"), [(2, 1, 1, 2), (1, 3, 2, 3), (1, 1, 1, 1), (3, None, 1, None)])
def test_importance_is_the_greatest_rating_once_all_are_given(c: int, i: int | None, a: int, importance: int | None) -> None:
    assert isms.importance({"confidentiality": c, "integrity": i, "availability": a}) == importance


@pytest.mark.parametrize(("importance", "likelihood", "value"), [(3, 3, 9), (2, 1, 2), (None, 3, None), (3, None, None)])
def test_risk_value_is_importance_times_likelihood(importance: int | None, likelihood: int | None, value: int | None) -> None:
    assert isms.risk_value({"importance": importance, "likelihood": likelihood}) == value


@pytest.mark.parametrize(("threat", "vulnerability", "likelihood"), [(1, 1, 1), (1, 3, 2), (2, 2, 2), (2, 3, 3), (3, 1, 2), (3, 2, 3)])
def test_likelihood_is_what_the_bodys_table_says(threat: int, vulnerability: int, likelihood: int) -> None:
    assert isms.scored(case("information-assets", {**ASSET, "threat": threat, "vulnerability": vulnerability})) == {"likelihood": likelihood}


def test_another_table_gives_another_likelihood_and_grades_beyond_it_none() -> None:
    around = Around(settings={"isms_likelihood_table": "11/33"})
    assert isms.scored(case("information-assets", ASSET, around=around)) == {"likelihood": 3}
    assert isms.in_table(case("information-assets", ASSET, around=around)) is None
    assert isms.in_table(case("information-assets", {**ASSET, "threat": 3}, around=around)) is not None


@pytest.mark.parametrize(("threat", "vulnerability", "table", "known"), [
    (1, 1, "112/123/233", True), (3, 3, "112/123/233", True), (0, 1, "112/123/233", False), (1, 0, "112/123/233", False), (4, 1, "112/123/233", False),
    (1, 4, "112/123/233", False), (None, 1, "112/123/233", False), (1, None, "112/123/233", False), (1, 2, "1-2/123", False), (1, 3, "1-2/123", True),
    (1, 3, "12/123", False)])
def test_a_grade_is_in_the_table_or_gives_no_likelihood(threat: int | None, vulnerability: int | None, table: str, known: bool) -> None:
    values = {**ASSET, "threat": threat, "vulnerability": vulnerability}
    assert (isms.in_table(case("information-assets", values, around=Around(settings={"isms_likelihood_table": table}))) is None) is known


@pytest.mark.parametrize(("inventoried", "planned", "months", "due"), [
    (None, None, 12, date(2026, 11, 25)), (date(2025, 6, 20), None, 12, date(2026, 6, 20)), (date(2025, 6, 20), date(2026, 1, 9), 12, date(2026, 1, 9)),
    (None, None, 6, date(2026, 5, 25))])
def test_a_registered_asset_is_counted_within_a_year_of_its_last_inventory(inventoried: date | None, planned: date | None, months: int, due: date) -> None:
    values, around = {**ASSET, "inventoried_on": inventoried, "next_inventory_on": planned}, Around(settings={"isms_inventory_months": months})
    assert isms.registered(case("information-assets", values, around=around)) == {"next_inventory_on": due}


@pytest.mark.parametrize(("cell", "grade", "words"), [("2：特定の状況で発生", 2, "特定の状況で発生"), ("３", 3, None), (1, 1, None), ("1（低い）", 1, "低い"),
                                                      ("不明", "不明", None)])
def test_a_threat_in_words_gives_its_grade_and_keeps_the_words(cell: Cell, grade: Cell, words: str | None) -> None:
    assert isms.graded("threat")(cell) == {"threat": grade, "threat_note": words}


@pytest.mark.parametrize(("cell", "grade"), [("機密性2", 2), ("3（高）", 3), ("高", 3), ("２", 2), (1, 1), ("機密性3情報", 3), ("3（要相談）", "3（要相談）"),
                                             ("―", "―")])
def test_a_rating_is_read_as_ledgers_write_it_and_nothing_more_is_lost(cell: Cell, grade: Cell) -> None:
    assert isms.rated("confidentiality")(cell) == {"confidentiality": grade}


@pytest.mark.parametrize(("ticks", "kind"), [((True, None, None), "personal"), ((True, True, None), "sensitive"), ((True, False, True), "specific"),
                                             ((False, False, False), "none"), ((None, None, None), None)])
def test_the_gravest_of_the_ticked_columns_is_the_kind_of_personal_information(ticks: tuple[bool | None, ...], kind: str | None) -> None:
    values = {"pi_kind": None, **dict(zip(("contains_personal", "contains_sensitive", "contains_specific"), ticks, strict=True))}
    assert isms.complete(values, {})["pi_kind"] == kind
    assert isms.complete({**values, "pi_kind": "none"}, {})["pi_kind"] == "none", "what is said stays"


@pytest.mark.parametrize(("confidentiality", "handling", "refused"), [(2, None, True), (3, None, True), (2, "持出禁止", False), (1, None, False), (None, None, False)])
def test_confidential_information_carries_restrictions(confidentiality: int | None, handling: str | None, refused: bool) -> None:
    assert bool(isms.handled(case("information-assets", {**ASSET, "confidentiality": confidentiality, "handling": handling}))) is refused


@pytest.mark.parametrize(("scale", "level", "loading", "refused"), [("unified", 3, False, True), ("unified", 2, False, False), ("ipa", 3, False, False),
                                                                    ("unified", 3, True, False), ("unified", None, False, False)])
@pytest.mark.parametrize("name", ["integrity", "availability"])
def test_the_unified_standards_know_two_levels_of_integrity_and_availability(name: str, scale: str, level: int | None, loading: bool, refused: bool) -> None:
    assert bool(isms.two_levels(case("information-assets", {**ASSET, "scale_set": scale, name: level}, loading=loading))) is refused


def test_an_inventory_becomes_the_assets_own_and_the_next_is_due_a_year_later() -> None:
    row = {"counted_on": date(2025, 2, 28), "result": "present"}
    assert isms.inventoried(case("information-assets", {**ASSET, "inventories": [row]})) == {
        "inventory_result": "present", "inventoried_on": date(2025, 2, 28), "next_inventory_on": date(2026, 2, 28)}
    half = Around(settings={"isms_inventory_months": 6})
    assert isms.inventoried(case("information-assets", {**ASSET, "inventories": [row, {"result": "missing"}]}, around=half)) == {
        "inventory_result": "missing", "inventoried_on": TODAY, "next_inventory_on": date(2026, 5, 25)}, "the newest count, of today where it says no day"


@pytest.mark.parametrize(("result", "remarks", "refused"), [("present", None, False), ("missing", None, True), ("different", None, True), ("different",
                                                                                                                                           "別の棚にあった", False)])
def test_an_inventory_that_finds_a_difference_says_which(result: str, remarks: str | None, refused: bool) -> None:
    after = {**ASSET, "inventories": [{"result": "missing"}, {"result": result, "remarks": remarks}]}
    before = {**ASSET, "inventories": [{"result": "missing"}]}
    assert bool(isms.explained(case("information-assets", after, before))) is refused
    assert isms.explained(case("information-assets", after)) is not None, "of a new asset every count is new"


def test_a_month_that_is_too_short_ends_on_its_last_day() -> None:
    assert months_later(date(2024, 2, 29), 12) == date(2025, 2, 28)
    assert months_later(date(2025, 10, 31), 4) == date(2026, 2, 28)


def test_an_asset_is_registered_by_the_ciso_and_counted_once_a_year(sqlite_office: Office) -> None:
    office, head, user = sqlite_office, Actor("aoki", frozenset({"unit_head"}), unit_id=1), Actor("suzuki", frozenset({"unit_user"}), unit_id=1)
    changes.create(office.db, Actor("kanri", frozenset({"admin"})), "units", {"name": "個人番号センター"})
    made = changes.create(office.db, user, "information-assets", {
        "business": "付番", "name": "手順書", "asset_kind": "paper", "users": "担当", "location": "paper", "confidentiality": 3, "integrity": 3, "availability": 2,
        "pi_kind": "none", "retention": "改訂まで", "registered_on": TODAY, "threat": 3, "vulnerability": 2, "unit_id": 1})
    with pytest.raises(NotAllowedNow, match="needs restrictions"):
        changes.transition(office.db, user, "information-assets", made.code, "submit", made.version)
    made = changes.update(office.db, user, "information-assets", made.code, {"handling": "持出禁止"}, made.version)
    for actor, move, row in ((user, "score", None), (user, "submit", None), (head, "approve_unit", None), (CISO, "register", None),
                             (user, "take_inventory", {"counted_on": date(2025, 6, 20), "result": "present"})):
        made = changes.transition(office.db, actor, "information-assets", made.code, move, made.version, row=row)
    with office.db.read() as conn:
        asset = Look(conn).one("information-assets", made.id)
    assert asset is not None
    assert (asset["status"], asset["importance"], asset["likelihood"], asset["risk_value"]) == ("registered", 3, 3, 9)
    assert (asset["inventory_result"], asset["next_inventory_on"]) == ("present", date(2026, 6, 20))


def test_the_ledger_of_assets_and_risks_comes_in_with_every_value(sqlite_office: Office, shared_data: Path) -> None:
    ledger = shared_data / "ledgers_synthetic/dev/joho_shisan_daicho_A.xlsx"
    wanted = json.loads(ledger.with_name("joho_shisan_daicho_A.expected.json").read_text("utf-8"))["records"]
    seen = run.preview(sqlite_office, people.CLI, "information-assets", ledger.read_bytes(), ledger.name)
    assert (seen.counts["created"], seen.problems) == (len(wanted), []), "nothing is left unread"
    run.load(sqlite_office, people.CLI, seen)
    with sqlite_office.db.read() as conn:
        found, units = Look(conn).records("information-assets"), {u["id"]: u["name"] for u in Look(conn).records("units")}
    place = register.get("information-assets").field["location"].kind
    told = [{**{n: r[n] for n in set(w) - {"_row", "owner_unit", "location", "registered_on"}}, "owner_unit": units[r["unit_id"]], "_row": w["_row"],
             "registered_on": r["registered_on"].isoformat(), "location": place.show(r["location"]).partition("（")[0]} for r, w in zip(found, wanted, strict=True)]
    assert told == wanted


def test_ticked_columns_and_ratings_in_words_come_in_too(sqlite_office: Office) -> None:
    head = ("業務分類", "情報資産名称", "管理部門", "機密性", "完全性", "可用性", "個人情報", "要配慮個人情報", "マイナンバー", "重要度", "脅威の発生頻度",
            "脆弱性", "リスク値")
    seen = run.preview(sqlite_office, people.CLI, "information-assets", book(
        head, ("健診", "健診結果", "総務部", "機密性3", "2（中）", "低", "有", "有", "", 3, "2：年に数回", "3：対策なし", 6)), "資産.xlsx")
    run.load(sqlite_office, people.CLI, seen)
    with sqlite_office.db.read() as conn:
        [asset] = Look(conn).records("information-assets")
    assert [asset[n] for n in ("confidentiality", "integrity", "availability", "importance", "pi_kind", "threat", "threat_note", "vulnerability_note")] == [
        3, 2, 1, 3, "sensitive", 2, "年に数回", "対策なし"]
    assert asset["status"] == "registered" and asset["loaded"]


# 適用宣言書

def entry(control: int, applicable: bool | None = True, justification: str | None = "要る", statement: int = 1, **more: Any) -> dict[str, Any]:
    return {"id": control + 100 * statement, "code": f"ISM-SOA-{control + 100 * statement:06d}", "statement_id": statement, "control_id": control,
            "applicable": applicable,
            "justification": justification, "implementation": "done", "planned_on": None, "basis": None, "document_ref": None, "updated_by": "ishii", **more}


def control(id: int, number: str, framework: str = "iso27001_2022", catalogue: str | None = None) -> dict[str, Any]:
    return {"id": id, "number": number, "label": f"対策{id}", "label_en": None, "framework": framework, "catalogue": catalogue}


def statement(id: int = 1, status: str = "reviewed", version: int = 1, scope: str = "LGWAN", **more: Any) -> dict[str, Any]:
    return {"id": id, "code": f"ISM-STM-{id:06d}", "scope": scope, "framework": "iso27001_2022", "catalogue": None, "version_no": version, "status": status,
            "unit_id": None, "owner": None, "certification_id": None, "former_id": None, "reviewed_on": None, "approved_on": None, "approved_by": None,
            "superseded_on": None, "created_at": datetime(2025, 4, 1, tzinfo=UTC), **more}


CONTROLS = [control(1, "A.5.9"), control(2, "A.5.10"), control(3, "GU-5", "unified_r5")]


@pytest.mark.parametrize(("applicable", "justification", "implementation", "is_decided"), [
    (True, "要る", "not_started", True), (False, "外部に任せない", None, True), (True, None, "done", False), (False, None, None, False), (None, "?", "done", False),
    (True, "要る", None, False)])
def test_a_control_is_decided_with_a_reason_for_yes_and_for_no_and_the_state_of_one_that_applies(
        applicable: bool | None, justification: str | None, implementation: str | None, is_decided: bool) -> None:
    assert soa.decided({"applicable": applicable, "justification": justification, "implementation": implementation}) is is_decided


@pytest.mark.parametrize(("entries", "named"), [
    ([entry(1), entry(2)], None), ([entry(1)], "A.5.10"), ([entry(1), entry(2, None)], "A.5.10"), ([entry(1), entry(2, statement=2)], "A.5.10"),
    ([], "2件あります：A.5.9、A.5.10")])
def test_approval_waits_until_every_control_of_the_framework_is_decided(entries: list[dict[str, Any]], named: str | None) -> None:
    why = soa.every_control_decided(case("soa-statements", statement(), around=Around({"controls": CONTROLS, "soa-entries": entries})))
    assert why is None if named is None else why is not None and named in why.ja


def test_the_first_missing_controls_are_named_and_the_rest_counted() -> None:
    many = [control(n, f"A.5.{n}") for n in range(1, 12)]
    why = soa.every_control_decided(case("soa-statements", statement(), around=Around({"controls": many})))
    assert why is not None and "11件あります：A.5.1、A.5.2、A.5.3ほか" in why.ja and "11 (A.5.1, A.5.2, A.5.3, …)" in why.en
    three = soa.every_control_decided(case("soa-statements", statement(), around=Around({"controls": many[:3]})))
    assert three is not None and "A.5.3。" in three.ja and "A.5.3). " in three.en


def test_without_a_catalogue_nothing_can_be_approved_and_retired_controls_ask_nothing() -> None:
    assert soa.every_control_decided(case("soa-statements", statement(), around=Around())) is not None
    gone = [*CONTROLS, {**control(4, "A.5.11"), "standing": "archived"}]
    assert soa.every_control_decided(case("soa-statements", statement(), around=Around({"controls": gone, "soa-entries": [entry(1), entry(2)]}))) is None


def test_who_decided_an_entry_does_not_approve_the_statement() -> None:
    both = Actor("maeda", frozenset({"ciso", "security_office"}))
    worked = {("maeda", entry(1)["code"]): datetime(2025, 5, 1, tzinfo=UTC)}
    around = Around({"soa-entries": [entry(1)]}, worked=worked)
    assert soa.approved_by_another(case("soa-statements", statement(), actor=both, around=around)) is not None, "somebody else's hand came after"
    assert soa.approved_by_another(case("soa-statements", statement(created_at=datetime(2025, 6, 1, tzinfo=UTC)), actor=both, around=around)) is None
    assert soa.approved_by_another(case("soa-statements", statement(), actor=CISO, around=Around({"soa-entries": [entry(1)]}))) is None
    last = Around({"soa-entries": [entry(1, updated_by="maeda")]})
    assert soa.approved_by_another(case("soa-statements", statement(), actor=CISO, around=last)) is not None


def test_approval_supersedes_the_former_version_of_the_same_scope_alone() -> None:
    held = Around({"soa-statements": [statement(1, "approved"), statement(2, "approved", 2), statement(3, "approved", scope="別の範囲")]})
    found = list(soa.superseding(case("soa-statements", statement(2, "approved", 2), around=held)))
    assert [(c.slug, getattr(c, "id", None), c.status) for c in found] == [("soa-statements", 1, "superseded")]


@pytest.mark.parametrize(("status", "name", "move", "refused"), [
    ("approved", "scope", None, True), ("superseded", "approved_on", None, True), ("approved", "note", None, False), ("draft", "scope", None, False),
    ("approved", "superseded_on", "approve", False), ("reviewed", "scope", None, False),
    *(("approved", name, None, True) for name in ("framework", "catalogue", "version_no", "certification_id", "former_id", "reviewed_on", "approved_on",
                                                  "approved_by", "superseded_on"))])
def test_an_approved_statement_stays_as_it_is(status: str, name: str, move: str | None, refused: bool) -> None:
    before = statement(status=status, note=None)
    assert bool(soa.settled(case("soa-statements", {**before, name: "x"}, before, move=move))) is refused
    assert soa.settled(case("soa-statements", {**before, name: "x"})) is None, "a ledger may bring it as it was"


@pytest.mark.parametrize(("values", "title"), [
    ({}, "LGWAN（ISO/IEC 27001:2022） 第1版"), ({"catalogue": "OSCAL"}, "LGWAN（ISO/IEC 27001:2022　OSCAL） 第1版"), ({"scope": None}, None),
    ({"framework": None}, "LGWAN 第1版"), ({"framework": None, "version_no": None}, "LGWAN"), ({"framework": None, "catalogue": "OSCAL"}, "LGWAN（OSCAL） 第1版")])
def test_a_statement_is_called_by_scope_framework_and_version(values: dict[str, Any], title: str | None) -> None:
    assert soa.title({**statement(), **values}) == title


@pytest.mark.parametrize(("standing", "status", "refused"), [("void", "approved", True), ("archived", "reviewed", True), ("void", "draft", False),
                                                             ("live", "approved", False)])
def test_no_entry_of_a_settled_statement_is_taken_away(standing: str, status: str, refused: bool) -> None:
    around = Around({"soa-statements": [statement(status=status)]})
    assert bool(soa.kept_with_its_statement(case("soa-entries", entry(1, standing=standing), entry(1), around=around))) is refused


def test_an_entry_is_not_moved_out_of_a_settled_statement_either() -> None:
    around = Around({"soa-statements": [statement(1, "draft"), statement(2, "approved", 2)]})
    assert soa.of_a_draft(case("soa-entries", entry(1), entry(1, statement=2), around=around)) is not None
    assert soa.of_a_draft(case("soa-entries", entry(1), entry(1), around=around)) is None


@pytest.mark.parametrize(("number", "before"), [("A.5.9", "A.5.10"), ("A.5.9", "A.6.1"), ("A-5-2", "A.5.10"), ("5.2", "A.5.1"), ("A.5", "A.5.1")])
def test_controls_stand_in_the_order_in_which_people_count(number: str, before: str) -> None:
    assert soa.in_order(number) < soa.in_order(before)


@pytest.mark.parametrize(("versions", "next_one"), [((1,), 2), ((1, 3, 2), 4), ((None,), 1)])
def test_a_new_version_is_one_after_the_last_of_its_scope(versions: tuple[int | None, ...], next_one: int) -> None:
    held = [statement(n, "approved", version) for n, version in enumerate(versions, 1)]  # type: ignore[arg-type]
    around = Around({"soa-statements": [*held, statement(9, version=9, scope="別の範囲")]})
    [new] = soa.next_version(case("soa-statements", held[0], around=around))
    assert (new.slug, new.values["version_no"], new.values["former_id"]) == ("soa-statements", next_one, 1)


def test_the_review_notes_its_day() -> None:
    assert soa.reviewed(case("soa-statements", statement())) == {"reviewed_on": TODAY}


@pytest.mark.parametrize(("status", "loading", "new", "refused"), [("draft", False, False, False), ("reviewed", False, False, True), ("approved", False, True, True),
                                                                   ("approved", True, True, False), ("approved", True, False, True), ("superseded", False,
                                                                                                                                      False, True)])
def test_entries_change_only_while_their_statement_is_a_draft(status: str, loading: bool, new: bool, refused: bool) -> None:
    around = Around({"soa-statements": [statement(status=status)]})
    assert bool(soa.of_a_draft(case("soa-entries", entry(1), None if new else entry(1), around=around, loading=loading))) is refused


def test_a_control_stands_in_a_statement_once_and_a_scope_has_each_version_once() -> None:
    around = Around({"soa-entries": [entry(1)], "soa-statements": [statement(1)]})
    assert soa.once_in_a_statement(case("soa-entries", {**entry(1), "id": None}, around=around)) is not None
    assert soa.once_in_a_statement(case("soa-entries", {**entry(1, statement=2), "id": None}, around=around)) is None
    assert soa.once_in_a_statement(case("soa-entries", entry(1), around=around)) is None, "it is no twin of itself"
    assert soa.once_in_a_statement(case("soa-entries", {**entry(1), "id": None}, {**entry(1), "id": None}, around=around)) is None, "what stands may stand"
    assert all(soa.once_in_a_statement(case("soa-entries", {**entry(1), "id": None, name: None}, around=around)) is None for name in ("statement_id", "control_id"))
    assert soa.one_of_its_version(case("soa-statements", statement(9), around=around)) is not None
    assert soa.one_of_its_version(case("soa-statements", statement(1), around=around)) is None, "nor is a version"
    assert soa.one_of_its_version(case("soa-statements", statement(9), statement(9), around=around)) is None
    assert soa.one_of_its_version(case("soa-statements", statement(9), move="approve", around=around)) is None
    assert soa.one_of_its_version(case("soa-statements", statement(9, version=2), around=around)) is None
    for status, fine in (("draft", False), ("reviewed", False), ("approved", True), ("superseded", True)):
        there = Around({"soa-statements": [statement(1, "approved"), statement(2, status, 2)]})
        assert (soa.one_at_work(case("soa-statements", statement(1, "approved"), around=there)) is None) is fine


def test_what_is_planned_says_until_when() -> None:
    planned = entry(1, implementation="planned")
    assert soa.unfinished_has_a_day(case("soa-entries", planned, entry(1))) is not None
    assert soa.unfinished_has_a_day(case("soa-entries", {**planned, "planned_on": TODAY}, entry(1))) is None
    assert soa.unfinished_has_a_day(case("soa-entries", planned, loading=True)) is None
    assert soa.unfinished_has_a_day(case("soa-entries", {**planned, "note": "x"}, planned)) is None, "what stands is not judged again"
    assert soa.unfinished_has_a_day(case("soa-entries", entry(1, implementation="partial"), planned)) is None


@pytest.mark.parametrize(("cell", "yes"), [("適用", "○"), ("適用除外", "×"), ("不採用", "×"), ("○", "○"), (True, True)])
def test_a_ledgers_words_say_whether_a_control_applies(cell: Cell, yes: Cell) -> None:
    assert soa.applies(cell) == {"applicable": yes}


def test_the_difference_of_two_versions_names_control_field_before_and_after() -> None:
    old = [entry(1, justification="前"), entry(2), entry(4)]
    new = [entry(1, justification="後", implementation="partial", statement=2), entry(2, statement=2), entry(3, statement=2)]
    assert soa.difference(old, new) == [soa.Changed(1, "justification", "前", "後"), soa.Changed(1, "implementation", "done", "partial"),
                                        soa.Changed(4, "", True, False), soa.Changed(3, "", False, True)]
    assert soa.difference(old, old) == []
    around = Around({"soa-entries": [*old, *new], "controls": [*CONTROLS, {**control(4, "A.5.2"), "label_en": "Control four"}]})
    assert [row[1] for row in soa.difference_rows(around, 1, 2, "en")] == ["Control four", "対策1", "対策1", "対策3"], "in English where there is English"
    assert soa.difference_rows(around, 1, 2) == [
        ("A.5.2", "対策4", "管理策の行", "あり", "なし"), ("A.5.9", "対策1", "理由", "前", "後"), ("A.5.9", "対策1", "実施状況", "実施", "一部"),
        ("GU-5", "対策3", "管理策の行", "なし", "あり")]


def test_a_statement_gets_an_entry_for_each_control_as_the_approved_version_decided_it() -> None:
    held = {"controls": CONTROLS, "soa-statements": [statement(1, "approved"), statement(2, "draft", 2)],
            "soa-entries": [entry(2, justification="前", risks=[("risks", 7)], unit_id=3, owner="石井")]}
    made = list(soa.lay_out(case("soa-statements", statement(2, "draft", 2), around=Around(held))))
    assert [(c.slug, c.values["control_id"], c.values["control_label"]) for c in made] == [("soa-entries", 1, "対策1"), ("soa-entries", 2, "対策2")]
    assert "justification" not in made[0].values, "a control that the former version did not have is blank"
    assert [made[1].values[n] for n in ("statement_id", "justification", "risks", "unit_id", "owner")] == [2, "前", [("risks", 7)], 3, "石井"]


def test_of_two_approved_versions_that_a_ledger_brought_the_newer_one_counts() -> None:
    held = {"controls": CONTROLS[:1], "soa-statements": [statement(1, "approved"), statement(2, "approved", 2), statement(3, "draft", 3)],
            "soa-entries": [entry(1, justification=why, statement=n, risks=[], unit_id=None, owner=None) for n, why in ((1, "旧"), (2, "新"))]}
    [made] = soa.lay_out(case("soa-statements", statement(3, "draft", 3), around=Around(held)))
    assert made.values["justification"] == "新"


def test_the_first_version_is_laid_out_decided_approved_and_followed_by_a_second(sqlite_office: Office) -> None:
    db = sqlite_office.db

    def read(slug: str, **where: Any) -> list[Any]:
        with db.read() as conn:
            return list(Look(conn).records(slug, **where))

    for number in ("A.5.10", "A.5.9"):
        changes.create(db, KEEPER, "controls", {"framework": "iso27001_2022", "number": number, "label": f"対策 {number}"})
    first = changes.create(db, KEEPER, "soa-statements", {"scope": "LGWAN", "framework": "iso27001_2022"})
    first = changes.transition(db, KEEPER, "soa-statements", first.code, "lay_out", first.version)
    first = changes.transition(db, KEEPER, "soa-statements", first.code, "lay_out", first.version)
    entries = read("soa-entries", statement_id=first.id)
    assert [e["control_label"] for e in entries] == ["対策 A.5.9", "対策 A.5.10"], "one for each control, however often, as people count"
    first = changes.transition(db, KEEPER, "soa-statements", first.code, "review", first.version)
    with pytest.raises(NotAllowedNow, match="not yet decided: 2"):
        changes.transition(db, CISO, "soa-statements", first.code, "approve", first.version)
    first = changes.transition(db, CISO, "soa-statements", first.code, "send_back", first.version, reason="決めてください。")
    for e in entries:
        changes.update(db, KEEPER, "soa-entries", e["code"], {"applicable": True, "justification": "要る", "implementation": "done"}, e["version"])
    first = changes.transition(db, KEEPER, "soa-statements", first.code, "review", first.version)
    first = changes.transition(db, CISO, "soa-statements", first.code, "approve", first.version)
    with pytest.raises(NotAllowedNow, match="not in the making"):
        changes.update(db, KEEPER, "soa-entries", entries[0]["code"], {"justification": "違う"}, 2)
    with pytest.raises(Forbidden, match="not in the making"):
        changes.void(db, KEEPER, "soa-entries", entries[0]["code"], 2, reason="誤り")

    first = changes.transition(db, KEEPER, "soa-statements", first.code, "new_version", first.version)
    [second] = read("soa-statements", version_no=2)
    copies = read("soa-entries", statement_id=second["id"])
    assert (second["status"], second["former_id"], second["title"]) == ("draft", first.id, "LGWAN（ISO/IEC 27001:2022） 第2版")
    assert [(c["applicable"], c["justification"]) for c in copies] == [(True, "要る")] * 2
    with pytest.raises(NotAllowedNow, match="in the making already"):
        changes.transition(db, KEEPER, "soa-statements", first.code, "new_version", first.version)
    changes.update(db, KEEPER, "soa-entries", copies[0]["code"], {"applicable": False, "justification": "やめた"}, copies[0]["version"])
    done = changes.transition(db, KEEPER, "soa-statements", second["code"], "review", second["version"])
    changes.transition(db, CISO, "soa-statements", done.code, "approve", done.version)
    assert [s["status"] for s in read("soa-statements")] == ["superseded", "approved"]
    assert read("soa-statements")[1]["approved_by"] == "maeda"
    with db.read() as conn:
        assert [row[2:] for row in soa.difference_rows(Look(conn), first.id, second["id"], "en")] == [("Applies", "Yes", "No"), ("Justification", "要る", "やめた")]


# 例外措置

EXCEPTION: dict[str, Any] = {"start_on": date(2025, 4, 1), "end_on": date(2026, 4, 1), "renewed_on": None, "reviews": []}


@pytest.mark.parametrize(("start", "end", "refused"), [(date(2025, 4, 1), date(2026, 4, 1), False), (date(2025, 4, 1), date(2026, 4, 2), True),
                                                       (date(2025, 4, 1), date(2025, 3, 31), True), (date(2025, 4, 1), None, False),
                                                       (date(2025, 4, 1), date(2025, 4, 1), False), (None, date(2030, 4, 1), False)])
def test_an_exception_lasts_a_year_at_most(start: date | None, end: date | None, refused: bool) -> None:
    assert bool(isms.term(case("security-exceptions", {**EXCEPTION, "start_on": start, "end_on": end}))) is refused


def test_the_term_is_a_setting_a_ledgers_past_is_not_judged_and_a_renewal_counts_from_its_day() -> None:
    long = {**EXCEPTION, "end_on": date(2026, 12, 31)}
    assert isms.term(case("security-exceptions", long, around=Around(settings={"isms_exception_months": 24}))) is None
    assert isms.term(case("security-exceptions", long, loading=True)) is None
    for renewed, fine in ((date(2025, 12, 31), True), (date(2025, 12, 30), False), (date(2025, 3, 1), False)):
        assert (isms.term(case("security-exceptions", {**long, "renewed_on": renewed}, EXCEPTION)) is None) is fine
    assert isms.term(case("security-exceptions", {**EXCEPTION, "end_on": date(2025, 3, 31)}, loading=True)) is not None, "no ledger ends before it starts"
    assert isms.term(case("security-exceptions", {**long, "note": "x"}, long)) is None, "what stands is not judged again"


@pytest.mark.parametrize(("status", "name", "loaded", "refused"), [
    *(("approved", name, False, True) for name in isms.APPROVED), ("reviewed", "end_on", False, True), ("closed", "end_on", False, True),
    ("draft", "end_on", False, False), ("returned", "end_on", False, False), ("submitted", "end_on", False, False), ("approved", "end_on", True, False),
    ("approved", "residual_risk", False, False)])
def test_what_the_ciso_approved_changes_by_a_renewal_alone(status: str, name: str, loaded: bool, refused: bool) -> None:
    before = {**dict.fromkeys((*isms.APPROVED, "residual_risk")), "status": status, "loaded": loaded}
    assert bool(isms.as_approved(case("security-exceptions", {**before, name: "x"}, before))) is refused
    assert isms.as_approved(case("security-exceptions", {**before, name: "x"}, before, move="renew")) is None


@pytest.mark.parametrize(("end", "refused"), [(TODAY, False), (calendar.add_days(TODAY, -1), True), (None, False)])
def test_an_exception_is_reviewed_before_its_end(end: date | None, refused: bool) -> None:
    assert bool(isms.before_its_end(case("security-exceptions", {**EXCEPTION, "end_on": end}))) is refused


@pytest.mark.parametrize(("proposal", "end", "refused"), [("continue", date(2026, 11, 25), False), ("continue", date(2026, 11, 26), True), ("continue", TODAY, True),
                                                          ("continue", date(2025, 11, 26), False), ("continue", None, True), ("end", date(2026, 3, 31), True)])
def test_a_renewal_follows_its_review_for_no_more_than_another_year(proposal: str, end: date | None, refused: bool) -> None:
    reviews = [{"reviewed_on": TODAY, "result": "要る", "proposal": proposal, "end_after": end}]
    assert bool(isms.renewable(case("security-exceptions", {**EXCEPTION, "reviews": reviews}))) is refused
    earlier = {"proposal": "end", "end_after": None}
    assert bool(isms.renewable(case("security-exceptions", {**EXCEPTION, "reviews": [earlier, *reviews]}))) is refused, "the last review counts"


def test_a_renewal_writes_the_end_that_the_last_review_proposed_and_an_approval_who_and_when() -> None:
    reviews = [{"end_after": date(2026, 1, 1)}, {"end_after": date(2026, 8, 31)}]
    assert isms.renewed(case("security-exceptions", {**EXCEPTION, "reviews": reviews})) == {"end_on": date(2026, 8, 31), "renewed_on": TODAY}
    assert isms.approved_today(case("security-exceptions", EXCEPTION, actor=CISO)) == {"approved_on": TODAY, "approved_by": "maeda"}
    assert isms.renewable(case("security-exceptions", EXCEPTION)) is not None, "without a review nothing is renewed"


def test_an_exception_is_approved_by_the_ciso_who_did_not_write_it_and_renewed_before_its_end(sqlite_office: Office) -> None:
    db, slug = sqlite_office.db, "security-exceptions"
    start = calendar.today()
    given = {"title": "OS更新の猶予", "standard": "対策基準 6.2", "justification": "更改まで", "alternative": "閉域", "start_on": start,
             "end_on": months_later(start, 3)}
    both = Actor("both", frozenset({"security_office", "ciso"}))
    made = changes.create(db, both, slug, given)
    made = changes.transition(db, both, slug, made.code, "submit", made.version)
    with pytest.raises(Forbidden, match="you changed"):
        changes.transition(db, both, slug, made.code, "approve", made.version)
    made = changes.transition(db, CISO, slug, made.code, "approve", made.version)
    with pytest.raises(NotAllowedNow, match="12 months at most"):
        changes.update(db, KEEPER, slug, made.code, {"end_on": months_later(start, 13)}, made.version)
    with pytest.raises(NotAllowedNow, match="and its term, cannot be changed"):
        changes.update(db, KEEPER, slug, made.code, {"end_on": months_later(start, 4)}, made.version)
    until = months_later(start, 6)
    made = changes.transition(db, KEEPER, slug, made.code, "review", made.version, row={
        "reviewed_on": calendar.today(), "result": "まだ要る", "proposal": "continue", "end_after": until})
    made = changes.transition(db, CISO, slug, made.code, "renew", made.version)
    with db.read() as conn:
        record = Look(conn).one(slug, made.id)
    assert record is not None and (record["status"], record["end_on"], record["approved_by"]) == ("approved", until, "maeda")


@pytest.mark.parametrize(("role", "allowed"), [("security_office", True), ("ciso", True), ("risk_officer", True), ("auditor", True), ("unit_user", False),
                                               ("secretariat", False),
                                               ("committee", False), ("procurement", False)])
def test_details_of_vulnerabilities_are_for_the_few_who_treat_or_audit_them(role: str, allowed: bool) -> None:
    assert bool(decide(Actor("x", frozenset({role})), Action.VIEW, register.get("vulnerability-findings"))) is allowed
