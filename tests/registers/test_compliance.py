"""The list of laws, and whistleblowing cases that nobody but their named handlers sees (domain.md §5)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from typing import Any

import orjson
import pytest
from argon2 import PasswordHasher

from grc import changes, exports, people, query, register, trail
from grc.case import Person
from grc.changes.set_setting import set_setting
from grc.office import Office
from grc.permissions import Action, Actor, decide
from grc.query import Query
from grc.refusal import Forbidden, NotAllowedNow, Unknown
from grc.settings import parse
from grc.ui import listing
from grc.ui.viewer import Viewer
from grc.web import menu
from imports import run
from registers.rules import compliance as rules
from tests.facts import Around, case
from tests.registers.test_privacy import blank
from tests.ui.app import draw, words

SLUG = "whistleblowing-cases"


@pytest.mark.parametrize(("last", "amended", "effective", "due"), [
    (None, None, None, None), (date(2025, 4, 1), None, None, date(2026, 4, 1)), (date(2025, 4, 1), date(2024, 6, 1), None, date(2026, 4, 1)),
    (date(2025, 4, 1), date(2025, 4, 1), None, date(2026, 4, 1)), (date(2025, 4, 1), date(2025, 6, 1), None, date(2025, 6, 1)),
    (date(2025, 4, 1), date(2025, 6, 1), date(2025, 12, 1), date(2025, 12, 1)), (date(2025, 4, 1), date(2025, 6, 1), date(2027, 4, 1), date(2026, 4, 1)),
    (None, date(2025, 6, 1), date(2025, 5, 1), date(2025, 6, 1)),
])
def test_a_law_is_reviewed_yearly_and_when_an_amendment_takes_effect(last: date, amended: date, effective: date, due: date | None) -> None:
    assert rules.review_due({"last_reviewed_on": last, "amended_on": amended, "effective_on": effective}) == due


@pytest.mark.parametrize(("compliance", "measures", "until", "passes"), [
    ("complied", None, None, True), ("partly", None, None, False), ("not", "規程を改める", None, False), ("not", "規程を改める", date(2026, 1, 1), True),
])
def test_what_is_not_complied_with_has_measures_and_a_date(compliance: str, measures: str, until: date, passes: bool) -> None:
    values = blank("legal-requirements", compliance=compliance, measures=measures, measures_due_on=until)
    assert (rules.measures_planned(case("legal-requirements", values)) is None) == passes


def test_a_review_is_of_today() -> None:
    assert rules.reviewed(case("legal-requirements", blank("legal-requirements"), today=date(2025, 11, 25))) == {"last_reviewed_on": date(2025, 11, 25)}


# ----------------------------------------------------------------------------------------------------- whistleblowing

TANAKA = Person("tanaka", "田中 恵子", 1, frozenset({"risk_officer"}))
KANJI = Person("kato", "加藤 実", None, frozenset({"kanji"}))
CLERK = Person("suzuki", "鈴木 一郎", 1, frozenset({"unit_user"}))


@pytest.mark.parametrize(("handlers", "new", "passes"), [
    ([], True, False), (["kato"], True, False), (["tanaka"], True, True), (["tanaka", "kato"], True, True), (["kato"], False, True), ([], False, False),
    (["tanaka", "suzuki"], True, False), (["tanaka", "nobody"], True, False), (["tanaka", "加藤 実"], True, False),
])
def test_a_case_has_handlers_who_may_and_its_maker_among_them(handlers: list[str], new: bool, passes: bool) -> None:
    values = blank(SLUG, handlers=[{"account": name} for name in handlers])
    found = rules.handlers_named(case(SLUG, values, None if new else values, around=Around(people=[TANAKA, KANJI, CLERK])))
    assert (found is None) == passes


def test_a_load_is_not_asked_whether_its_handlers_may() -> None:
    values = blank(SLUG, handlers=[{"account": "tanaka"}, {"account": "nobody"}])
    assert rules.handlers_named(case(SLUG, values, loading=True)) is None


@pytest.mark.parametrize(("more", "due"), [
    ({}, date(2025, 4, 21)), ({"limit_days": 7}, date(2025, 4, 8)), ({"channel": "anonymous"}, None),
])
def test_the_notice_of_receipt_is_due_in_twenty_days(more: dict[str, Any], due: date | None) -> None:
    assert rules.acknowledge_due(blank(SLUG, **{"received_on": date(2025, 4, 1), "channel": "internal", **more})) == due


@pytest.mark.parametrize(("limit", "kept", "new", "set_to"), [(30, None, True, 30), (20, None, True, None), (30, 7, True, None), (30, None, False, None)])
def test_a_new_case_keeps_the_limit_of_the_day_it_came_in(limit: int, kept: int | None, new: bool, set_to: int | None) -> None:
    values = blank(SLUG, id=1, limit_days=kept)
    made = list(rules.set_limit(case(SLUG, values, None if new else values, around=Around(settings={rules.ACKNOWLEDGE_LIMIT: limit}))))
    assert [(change.slug, change.id, change.values) for change in made] == ([] if set_to is None else [(SLUG, 1, {"limit_days": set_to})])


@pytest.mark.parametrize(("more", "passes"), [({}, False), ({"acknowledged_on": date(2025, 4, 3)}, True), ({"channel": "anonymous"}, True)])
def test_the_person_has_a_notice_before_the_decision(more: dict[str, Any], passes: bool) -> None:
    assert (rules.acknowledged(case(SLUG, blank(SLUG, **{"channel": "internal", **more}))) is None) == passes


@pytest.mark.parametrize(("checked", "passes"), [(None, False), (False, False), (True, True)])
def test_nobody_handles_what_concerns_them(checked: bool | None, passes: bool) -> None:
    assert (rules.no_conflict(case(SLUG, blank(SLUG, conflict_checked=checked))) is None) == passes


@pytest.mark.parametrize(("finding", "remedied", "told", "channel", "passes"), [
    ("confirmed", None, date(2025, 8, 1), "internal", False), ("confirmed", date(2025, 7, 1), date(2025, 8, 1), "internal", True),
    ("partly", date(2025, 7, 1), None, "internal", False), ("not_confirmed", None, date(2025, 8, 1), "external", True),
    ("not_confirmed", None, None, "anonymous", True), (None, None, None, "internal", False),
])
def test_a_case_ends_when_what_was_found_is_remedied_and_the_person_told(finding: str, remedied: date, told: date, channel: str, passes: bool) -> None:
    values = blank(SLUG, finding=finding, remedied_on=remedied, notified_on=told, channel=channel)
    assert (rules.remedied_and_told(case(SLUG, values)) is None) == passes


@pytest.mark.parametrize(("finding", "passes"), [("confirmed", True), ("partly", True), ("not_confirmed", False)])
def test_a_remedy_follows_from_facts(finding: str, passes: bool) -> None:
    assert (rules.something_found(case(SLUG, blank(SLUG, finding=finding))) is None) == passes


@pytest.fixture
def office(sqlite_office: Office, monkeypatch: pytest.MonkeyPatch) -> Iterator[Office]:
    """An office with two risk officers, a kanji and the others who might be curious."""
    monkeypatch.setattr(people, "_hasher", lambda: PasswordHasher(1, 8, 1))  # seven passwords a test
    for name, role in (("tanaka", "risk_officer"), ("sato", "risk_officer"), ("kato", "kanji"), ("sasaki", "auditor"), ("shimizu", "audit_chief"),
                       ("okada", "cro"), ("kanri", "admin")):
        people.add(sqlite_office.db, people.CLI, name, "correct horse battery staple 9", [role])
    yield sqlite_office


def who(office: Office, name: str) -> Actor:
    if name == "cli":
        return people.CLI
    with office.db.read() as conn:
        return people.actor_of(conn, people.by_name(conn, name).id, via="test")


SECRET = "契約担当が見積書を差し替えた"


def report(office: Office, *handlers: str, **more: Any) -> changes.Saved:
    return changes.create(office.db, who(office, "tanaka"), SLUG, {
        "reference": "R7-01", "received_on": date(2025, 4, 1), "channel": "internal", "summary": SECRET, "reporter": "山田 太郎",
        "handlers": [{"account": name} for name in handlers or ("tanaka",)], **more})


CURIOUS = ("sato", "kato", "sasaki", "shimizu", "okada", "kanri", "cli")


@pytest.mark.parametrize("name", CURIOUS)
def test_nobody_but_its_handlers_sees_or_changes_a_case(office: Office, name: str) -> None:
    saved, of, actor = report(office), register.get(SLUG), who(office, name)
    may = name in ("sato", "kato")  # they may open the register, and find it empty
    assert bool(decide(actor, Action.VIEW, of)) == may
    with office.db.read() as conn:
        with pytest.raises((Unknown, Forbidden)):
            query.one(conn, actor, of, saved.code)
        if may:
            assert query.page(conn, actor, of, Query()).items == [] and query.counts(conn, actor, of, ("", "late", "mine")) == {"": 0, "late": 0, "mine": 0}
            assert list(query.records(conn, actor, of, Query())) == [] and query.choices(conn, actor, SLUG) == []
        else:
            with pytest.raises(Forbidden):
                query.page(conn, actor, of, Query())
    for act in (lambda: changes.update(office.db, actor, SLUG, saved.code, {"summary": "x"}, saved.version),
                lambda: changes.transition(office.db, actor, SLUG, saved.code, "exclude", saved.version),
                lambda: changes.void(office.db, actor, SLUG, saved.code, saved.version, reason="x"),
                lambda: changes.attach(office.db, office.store, actor, SLUG, saved.code, "a.txt", b"x")):
        with pytest.raises((Unknown, Forbidden)):
            act()


@pytest.mark.parametrize("format", ["xlsx", "csv", "json"])
def test_an_export_holds_the_handlers_own_cases_alone(office: Office, format: str) -> None:
    report(office)
    with exports.write_export(office, who(office, "sato"), register.get(SLUG), Query(), format, "ja") as out:
        out.seek(0)
        data = out.read()
        assert b"R7-01" not in data and SECRET.encode() not in data
    with exports.write_export(office, who(office, "tanaka"), register.get(SLUG), Query(), "json", "ja") as out:
        out.seek(0)
        assert [record["summary"] for record in orjson.loads(out.read())] == [SECRET]
    with pytest.raises(Forbidden):
        exports.write_export(office, people.CLI, register.get(SLUG), Query(), format, "ja")


def test_a_handler_who_is_named_sees_the_case_from_then_on(office: Office) -> None:
    saved = report(office)
    changes.update(office.db, who(office, "tanaka"), SLUG, saved.code, {"handlers": [{"account": "tanaka"}, {"account": "kato"}]}, saved.version)
    with office.db.read() as conn:
        assert query.one(conn, who(office, "kato"), register.get(SLUG), saved.code).values["summary"] == SECRET


def test_nobody_enters_a_case_that_they_would_not_see(office: Office) -> None:
    with pytest.raises(NotAllowedNow, match="Add yourself"):
        report(office, "kato")
    with pytest.raises(Forbidden):
        changes.create(office.db, who(office, "kanri"), SLUG, {"reference": "x", "received_on": date(2025, 4, 1), "channel": "internal"})


def test_a_file_shows_and_changes_nothing_of_cases_that_are_not_ones_own(office: Office) -> None:
    """A load compares its rows with what stands there, and finds the loader's own cases alone."""
    saved = report(office)
    data = "受付番号,受付日,経路,通報の概要,台帳番号\r\nR7-01,2025-04-01,外部窓口,のぞき見,{}\r\n"
    for code, why in (("", "rule-refuses"), (saved.code, "code-retired")):
        seen = run.preview(office, who(office, "sato"), SLUG, data.format(code).encode("utf-8-sig"), "a.csv")
        assert [p.code for p in seen.errors] == [why] and SECRET not in str(seen.as_json()) and not seen.rows[0].changes
    mine = run.preview(office, who(office, "tanaka"), SLUG, data.format("").encode("utf-8-sig"), "a.csv")
    assert [(c.fate, c.code) for c in mine.rows] == [("updated", saved.code)]
    seen = run.preview(office, who(office, "sato"), SLUG, data.format("").encode("utf-8-sig"), "a.csv")
    assert seen.blocked and "handler" in seen.errors[0].message.en
    stolen = replace(mine, batch=None)
    with pytest.raises((Unknown, Forbidden)):
        run.load(office, who(office, "sato"), stolen)
    with office.db.read() as conn:
        assert query.one(conn, who(office, "tanaka"), register.get(SLUG), saved.code).values["summary"] == SECRET


def test_the_history_holds_no_word_of_a_case_in_clear(office: Office) -> None:
    saved = report(office, steps=[{"done_on": date(2025, 4, 2), "what": "面談した"}])
    with office.db.read() as conn:
        kept = str([entry.changes for entry in trail.of_record(conn, SLUG, saved.code)])
        assert SECRET not in kept and "山田" not in kept and "面談" not in kept and "R7-01" in kept
        assert SECRET not in str(conn.exec_driver_sql("select search from whistleblowing_cases").all())


def test_a_filter_offers_nothing_of_cases_that_are_not_ones_own(office: Office) -> None:
    report(office)
    for name, found in (("sato", 0), ("tanaka", 1)):
        with office.db.read() as conn:
            assert len(listing.filter_options(conn, Viewer(office, who(office, name), "ja", "test"), register.get(SLUG), "received_on", Query())) == found


def test_the_page_of_another_officer_is_empty(office: Office) -> None:
    saved = report(office)
    assert SECRET in words(draw(SLUG, office, who(office, "tanaka"), id=saved.code))
    said = words(draw(SLUG, office, who(office, "sato"), id=saved.code))
    assert SECRET not in said and "R7-01" not in said
    assert "1件もありません" in words(draw(SLUG, office, who(office, "sato")))


def test_a_case_goes_from_receipt_to_its_end(office: Office) -> None:
    saved, tanaka = report(office), who(office, "tanaka")

    def go(move: str, row: dict[str, Any] | None = None, **values: Any) -> None:
        nonlocal saved
        if values:
            saved = changes.update(office.db, tanaka, SLUG, saved.code, values, saved.version)
        saved = changes.transition(office.db, tanaka, SLUG, saved.code, move, saved.version, row=row)

    with pytest.raises(NotAllowedNow, match="notice of receipt"):
        go("accept", category="accounting", conflict_checked=True)
    go("accept", acknowledged_on=date(2025, 4, 10))
    go("note_step", {"done_on": date(2025, 4, 12), "what": "関係書類を確かめた"})
    go("investigate")
    go("conclude", finding="partly", conclusion="一部の手続に誤りがあった")
    with pytest.raises(NotAllowedNow, match="remedy"):
        go("close", notified_on=date(2025, 7, 1))
    go("remedy", remedy="手順を改めた", remedied_on=date(2025, 6, 20))
    go("close")


# ------------------------------------------------------------------------------------------------------- the setting


def entry() -> menu.Entry:
    return next(e for e in menu.entries() if e.address == SLUG)


def test_the_page_is_off_until_the_body_turns_it_on(office: Office) -> None:
    tanaka = who(office, "tanaka")
    off = menu.may_open(entry(), tanaka, office.body())
    assert not off and "whistleblowing_enabled" in off.reason.ja and "内部通報" in off.reason.ja
    set_setting(office.db, people.CLI, "whistleblowing_enabled", "true")
    assert menu.may_open(entry(), tanaka, office.body())


def test_who_may_not_see_it_reads_of_no_setting() -> None:
    verdict = menu.may_open(entry(), Actor("sasaki", frozenset({"auditor"})), parse({"whistleblowing_enabled": True}))
    assert not verdict and "whistleblowing_enabled" not in verdict.reason.ja


@pytest.mark.parametrize("on", [False, True])
def test_home_reminds_of_nothing_on_a_page_that_is_off(office: Office, on: bool) -> None:
    report(office)
    set_setting(office.db, people.CLI, "whistleblowing_enabled", str(on))
    assert ("受領通知の期限" in words(draw("home", office, who(office, "tanaka")))) == on


def test_other_pages_have_no_switch(office: Office) -> None:
    contracts = next(e for e in menu.entries() if e.address == "contracts")
    assert menu.may_open(contracts, Actor("x", frozenset({"procurement"})), office.body())
