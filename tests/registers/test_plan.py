"""The yearly plan: due dates, quarterly progress and its confirmation, the final rating, the activity grid, the systems."""

from __future__ import annotations

import csv
from collections import Counter
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any

import pytest

from grc import calendar, changes
from grc.cli import plan_files
from grc.cli.demo.plan import DATA
from grc.facts import Look
from grc.office import Office
from grc.people import CLI
from grc.permissions import Actor
from grc.refusal import Forbidden, NotAllowedNow
from registers.rules import plan as rules
from tests.facts import case

UNIT = Actor("suzuki", frozenset({"unit_user"}), unit_id=1)
HEAD = Actor("aoki", frozenset({"unit_head"}), unit_id=1)
RISK = Actor("tanaka", frozenset({"risk_officer"}))
ITEM = {"id": 1, "status": "on_track", "fiscal_year": 2025, "due_on": date(2026, 3, 31), "unit_id": 1, "owner": None, "progress": [],
        "kpi_target": None, "kpi_operator": None, "actual": None}
Q2 = {"quarter": "q2", "progress_pct": 50, "progress_note": "半分", "forecast": "on_track"}


@pytest.mark.parametrize(("due", "day"), [
    ("FY2025", date(2026, 3, 31)), ("令和7年度", date(2026, 3, 31)), ("R7年度", date(2026, 3, 31)), ("FY2027", date(2028, 3, 31)),
    ("2025-06-30", date(2025, 6, 30)), ("令和7年8月31日", date(2025, 8, 31)), ("令和8年3月", date(2026, 3, 31)), ("2026-02", date(2026, 2, 28)),
    ("6月30日", date(2025, 6, 30)),
    *((word, date(2026, 3, 31)) for word in ("年度内", "年度末", "通年", "年度", "下期", "下半期", "第4四半期")),
    *((word, date(2025, 9, 30)) for word in ("上期", "上半期", "第2四半期")), ("第1四半期", date(2025, 6, 30)), ("第3四半期", date(2025, 12, 31)),
    ("時期未定", None), ("", None), (None, None),
])
def test_a_due_date_as_printed_is_a_day(due: str | None, day: date | None) -> None:
    assert rules.due_on({"due": due, "fiscal_year": 2025}) == day


def test_within_the_year_says_nothing_without_a_year() -> None:
    assert rules.due_on({"due": "年度内", "fiscal_year": None}) is None


@pytest.mark.parametrize(("cell", "said"), [
    ("監査室", {"unit_id": "監査室", "unit_basis": "named"}), ("内部統制委員会", {"owner": "内部統制委員会"}), ("監事", {"owner": "監事"}),
    (None, {"unit_id": None, "unit_basis": None}),
])
def test_a_committee_and_the_kanji_are_no_unit(cell: str, said: dict[str, str]) -> None:
    assert dict(rules.lead(cell)) == said


@pytest.mark.parametrize(("cell", "said"), [(" 監査室 ", {"unit_id": "監査室", "unit_basis": "inferred"}), (None, {}), (" ", {})])
def test_a_unit_that_was_inferred_is_marked_so(cell: str | None, said: dict[str, str]) -> None:
    assert dict(rules.inferred_lead(cell)) == said


@pytest.mark.parametrize(("section", "number", "chapter"), [("1-2", "1-2-2-1b", 1), ("11-1", "11-1-1-1", 11), (None, "9-0-1", 9), (None, None, None)])
def test_the_chapter_is_the_first_number(section: str | None, number: str | None, chapter: int | None) -> None:
    assert rules.chapter({"section": section, "number": number}) == chapter


def reporting(move: str, entry: dict[str, Any], *, today: date = date(2025, 9, 29), before: list[dict[str, Any]] | None = None, **item: Any) -> Any:
    """A case of a unit that reports."""
    rows = before or []
    return case("plan-items", {**ITEM, **item, "progress": [*rows, entry]}, {**ITEM, **item, "progress": rows}, actor=UNIT, today=today, move=move)


@pytest.mark.parametrize(("move", "due", "pct", "allowed"), [
    ("report_on_track", date(2025, 8, 31), 50, False), ("report_on_track", date(2025, 8, 31), 100, True),
    ("report_on_track", date(2025, 9, 29), 50, True), ("report_on_track", None, 50, True),
])
def test_what_is_past_its_due_date_and_not_achieved_can_only_be_delayed(move: str, due: date | None, pct: int, allowed: bool) -> None:
    said = rules.only_delayed(reporting(move, {**Q2, "progress_pct": pct}, due_on=due))
    assert (said is None) is allowed
    assert said is None or "遅延" in said.ja


def test_before_an_entry_is_filled_in_nothing_is_refused() -> None:
    late = {**ITEM, "due_on": date(2025, 8, 31), "progress": [{**Q2, "quarter": "q4", "forecast": "delayed"}]}
    unfilled = case("plan-items", late, late, move="report_on_track")
    assert [g(unfilled) for g in (rules.only_delayed, rules.forecast_agrees, rules.quarter_fits)] == [None, None, None]


@pytest.mark.parametrize(("forecast", "allowed"), [(None, True), ("on_track", True), ("delayed", False)])
def test_the_forecast_is_that_of_the_act(forecast: str | None, allowed: bool) -> None:
    assert (rules.forecast_agrees(reporting("report_on_track", {**Q2, "forecast": forecast})) is None) is allowed


@pytest.mark.parametrize(("quarter", "before", "allowed"), [("q2", "q1", True), ("q2", "q2", True), ("q1", "q2", False), ("q3", "q2", False), (None, "q2", True)])
def test_a_quarter_has_begun_and_none_after_it_is_reported(quarter: str, before: str, allowed: bool) -> None:
    told = rules.quarter_fits(reporting("report_on_track", {**Q2, "quarter": quarter}, before=[{**Q2, "quarter": before}]))
    assert (told is None) is allowed
    assert told is None or (f"第{quarter[1:]}四半期" in told.ja and f"uarter {quarter[1:]}" in told.en)  # type: ignore[index]


@pytest.mark.parametrize(("today", "allowed"), [(date(2025, 9, 30), False), (date(2025, 10, 1), True)])
def test_a_quarter_is_reported_from_its_first_day(today: date, allowed: bool) -> None:
    told = reporting("report_on_track", {**Q2, "quarter": "q3"}, today=today)
    assert (rules.quarter_fits(told) is None) is allowed
    assert rules.quarter_fits(reporting("report_on_track", {**Q2, "quarter": "q3"}, today=today, fiscal_year=None)) is None


@pytest.mark.parametrize("move", ["report_on_track", "report_at_risk", "report_delayed"])
def test_a_report_without_an_entry_changes_nothing(move: str) -> None:
    assert rules.reported(case("plan-items", ITEM, ITEM, move=move)) == {}


@pytest.mark.parametrize(("rows", "written"), [
    ([], None), ([{**Q2, "confirmed": True}], None), ([Q2], [Q2, {**Q2, "confirmed": True, "reported_on": date(2025, 9, 29)}])])
def test_a_confirmation_is_the_entry_once_more(rows: list[dict[str, Any]], written: list[dict[str, Any]] | None) -> None:
    made = rules.confirmed(case("plan-items", {**ITEM, "progress": rows}, ITEM, today=date(2025, 9, 29), move="confirm"))
    assert made == ({} if written is None else {"progress": written})


@pytest.mark.parametrize(("rows", "pct"), [([], None), ([Q2], 50), ([Q2, {**Q2, "progress_pct": 60}], 60), ([{**Q2, "progress_pct": 70}, Q2, {"quarter": "q3"}], None)])
def test_a_commitment_stands_where_its_last_entry_says(rows: list[dict[str, Any]], pct: int | None) -> None:
    assert rules.latest("progress_pct")({"progress": rows}) == pct


def test_a_rating_has_its_day() -> None:
    assert rules.rated(case("plan-items", ITEM, ITEM, today=date(2026, 4, 6))) == {"rated_on": date(2026, 4, 6)}


@pytest.mark.parametrize(("month", "done"), [(None, {"month_done": "2025-11"}), ("2025-10", {})])
def test_a_step_is_done_this_month_unless_another_was_filled_in(month: str | None, done: dict[str, str]) -> None:
    step = {"month_done": month}
    assert rules.done_now(case("activities", step)) == done
    assert rules.reopened(case("activities", step)) == {"month_done": None}


def test_a_report_gets_its_forecast_and_its_day_and_is_not_confirmed() -> None:
    earlier, entry = rules.reported(reporting("report_delayed", {**Q2, "forecast": None, "confirmed": True}, before=[Q2]))["progress"]
    assert earlier == Q2
    assert (entry["forecast"], entry["reported_on"], entry["confirmed"]) == ("delayed", date(2025, 9, 29), False)


@pytest.mark.parametrize(("today", "rows", "allowed"), [
    (date(2025, 9, 19), [Q2], False), (date(2025, 9, 20), [Q2], True), (date(2025, 10, 6), [{**Q2, "confirmed": True}], False), (date(2025, 10, 6), [], False),
])
def test_progress_is_confirmed_at_the_end_of_its_quarter_and_once(today: date, rows: list[dict[str, Any]], allowed: bool) -> None:
    stood = {**ITEM, "progress": rows}
    told = rules.to_confirm(case("plan-items", {**ITEM, "progress": [*rows, {**Q2, "confirmed": True}]}, stood, actor=HEAD, today=today, move="confirm"))
    assert (told is None) is allowed
    assert told is None or today > date(2025, 9, 19) or ("第2四半期の進捗は、9月20日から" in told.ja and "quarter 2 can be confirmed from 2025-09-20" in told.en)


def test_without_a_year_progress_is_confirmed_at_any_time() -> None:
    item = {**ITEM, "fiscal_year": None, "progress": [Q2]}
    assert rules.to_confirm(case("plan-items", item, item, today=date(2025, 7, 1), move="confirm")) is None


@pytest.mark.parametrize(("rows", "quarter"), [([], None), ([Q2], None), ([{**Q2, "confirmed": True}, {**Q2, "quarter": "q3"}], "q2")])
def test_the_quarter_confirmed_is_the_last_that_was(rows: list[dict[str, Any]], quarter: str | None) -> None:
    assert rules.confirmed_quarter({"progress": rows}) == quarter


@pytest.mark.parametrize(("today", "allowed"), [(date(2026, 3, 31), False), (date(2026, 4, 1), True)])
def test_the_final_rating_is_given_in_april(today: date, allowed: bool) -> None:
    told = rules.year_over(case("plan-items", ITEM, ITEM, today=today))
    assert (told is None) is allowed
    assert told is None or ("2026年4月" in told.ja and "April 2026" in told.en)
    assert rules.year_over(case("plan-items", {**ITEM, "fiscal_year": None}, today=today)) is None


@pytest.mark.parametrize(("rows", "allowed"), [([], False), ([Q2], False), ([{**Q2, "confirmed": True}], True)])
def test_what_is_rated_as_achieved_was_confirmed(rows: list[dict[str, Any]], allowed: bool) -> None:
    assert (rules.progress_confirmed(case("plan-items", {**ITEM, "progress": rows}, ITEM)) is None) is allowed


@pytest.mark.parametrize(("operator", "target", "actual", "allowed"), [
    (">=", "99.9", "99.9", True), (">=", "99.9", "99.89", False), ("<=", "14", "14", True), ("<=", "14", "15", False), ("=", "12", "12", True),
    ("=", "12", "11", False), (">", "2", "2", False), (">", "2", "3", True), ("<", "2", "1", True), ("<", "2", "2", False), (">=", "100", None, False),
    (None, None, None, True), (">=", None, None, True), (None, "100", None, True),
])
def test_a_commitment_with_a_figure_is_achieved_where_the_figure_meets_it(operator: str | None, target: str | None, actual: str | None, allowed: bool) -> None:
    values = {**ITEM, "kpi_operator": operator, "kpi_target": target and Decimal(target), "actual": actual and Decimal(actual)}
    assert (rules.figure_met(case("plan-items", values, values)) is None) is allowed


@pytest.mark.parametrize(("unit", "owner", "allowed"), [(1, None, True), (None, "監事", True), (None, None, False)])
def test_nothing_is_active_that_nobody_is_in_charge_of(unit: int | None, owner: str | None, allowed: bool) -> None:
    values = {**ITEM, "unit_id": unit, "owner": owner}
    assert (rules.has_lead(case("plan-items", values, values)) is None) is allowed


@pytest.mark.parametrize(("actor", "status", "allowed"), [(UNIT, "active", False), (RISK, "active", True), (CLI, "active", True), (UNIT, "draft", True)])
def test_what_the_plan_itself_says_is_the_risk_officers_to_change(actor: Actor, status: str, allowed: bool) -> None:
    before = {name: None for name in rules.ADOPTED} | {"status": status}
    assert (rules.adopted(case("plan-items", {**before, "due": "FY2026"}, before, actor=actor)) is None) is allowed
    assert rules.adopted(case("plan-items", {**before, "note": "覚え"}, before, actor=actor)) is None


# ------------------------------------------------------------------------------------- through the door


def at(day: date) -> Any:
    return calendar.clock.at(datetime(day.year, day.month, day.day, 3, tzinfo=UTC))


def test_a_year_of_a_commitment(sqlite_office: Office) -> None:
    """The unit reports, its head confirms what others wrote, in April the risk officer rates it; entries stay as they were."""
    db = sqlite_office.db
    with at(date(2025, 4, 1)):
        unit = changes.create(db, CLI, "units", {"name": "個人番号センター"}).id
        item = changes.create(db, RISK, "plan-items", {"fiscal_year": 2025, "number": "4-1-1c", "title": "発送までの期間短縮", "due": "FY2025", "cadence": "monthly",
                                                       "unit_id": unit, "kpi_operator": "<=", "kpi_target": Decimal(14)})
        changes.transition(db, RISK, "plan-items", item.code, "activate", 1)
    suzuki, aoki, tanaka = (Actor(n, frozenset({r}), unit_id=unit) for n, r in (("suzuki", "unit_user"), ("aoki", "unit_head"), ("ueno", "risk_officer")))
    entry = {"quarter": "q4", "progress_pct": 100, "progress_note": "13日になった", "actual": Decimal(13)}
    with at(date(2026, 3, 27)):
        changes.transition(db, aoki, "plan-items", item.code, "report_at_risk", 2, row=entry)
        with pytest.raises(Forbidden, match="you changed"):
            changes.transition(db, aoki, "plan-items", item.code, "confirm", 3)
        changes.transition(db, suzuki, "plan-items", item.code, "report_on_track", 3, row=entry)
    with at(date(2026, 4, 6)):
        with pytest.raises(NotAllowedNow, match="not confirmed"):
            changes.transition(db, tanaka, "plan-items", item.code, "rate_achieved", 4)
        other = Actor("hayashi", frozenset({"unit_head"}), unit_id=unit + 1)
        with pytest.raises(Forbidden):
            changes.transition(db, other, "plan-items", item.code, "confirm", 4)
        changes.transition(db, Actor("mori", frozenset({"unit_head"}), unit_id=unit), "plan-items", item.code, "confirm", 4)
        changes.transition(db, tanaka, "plan-items", item.code, "rate_achieved", 5)
    with db.read() as conn:
        row = Look(conn).one("plan-items", item.id, whole=True)
    assert row is not None
    assert (row["status"], row["progress_pct"], row["forecast"], row["confirmed_quarter"], row["rated_on"]) == ("achieved", 100, "on_track", "q4", date(2026, 4, 6))
    assert [(e["forecast"], e["confirmed"]) for e in row["progress"]] == [("at_risk", False), ("on_track", False), ("on_track", True)]


def test_a_step_that_is_finished_says_in_which_month(sqlite_office: Office) -> None:
    db = sqlite_office.db
    with at(date(2025, 7, 20)):
        step = changes.create(db, RISK, "activities", {"fiscal_year": 2025, "area": "isms", "step": "train", "activity": "教育", "month_planned": "2025-07"})
        changes.transition(db, RISK, "activities", step.code, "finish", 1)
    with db.read() as conn:
        [row] = Look(conn).records("activities")
    assert (row["status"], row["month_done"]) == ("done", "2025-07")


@pytest.mark.parametrize(("guard", "values", "allowed"), [
    (rules.within_year, {"month_planned": "2026-03"}, True), (rules.within_year, {"month_planned": "2026-04"}, False), (rules.within_year, {"month_planned": None}, True),
    (rules.not_ahead, {"month_done": "2025-11"}, True), (rules.not_ahead, {"month_done": "2025-12"}, False),
])
def test_the_months_of_a_step(guard: Any, values: dict[str, Any], allowed: bool) -> None:
    step = {"fiscal_year": 2025, "month_planned": None, "month_done": None, **values}
    assert (guard(case("activities", step)) is None) is allowed
    assert guard(case("activities", step, loading=True)) is None


def test_the_grid_has_the_23_steps_of_the_plan_and_five_of_internal_control() -> None:
    assert Counter(s.area for s in rules.TEMPLATE) == {"privacy": 6, "isms": 7, "compliance": 4, "crisis": 6, "internal_control": 5}
    assert [s.step for s in rules.TEMPLATE if s.area == "internal_control"] == ["plan", "self_check", "committee", "improve", "follow_up"]
    assert {rules.planned_month(s, 2025) for s in rules.TEMPLATE} <= set(calendar.fiscal_year_months(2025))
    with (DATA / "plan_fy2025.csv").open(encoding="utf-8-sig") as file:
        assert {s.plan for s in rules.TEMPLATE} <= {row["id"] for row in csv.DictReader(file)}


def test_a_year_gets_its_grid_once(sqlite_office: Office) -> None:
    assert [plan_files.grid(sqlite_office, CLI, year) for year in (2025, 2025, 2026)] == [28, 0, 28]


@pytest.mark.parametrize(("token", "commitment", "typed", "target"), [
    ("availability>=99.9", None, None, "99.9"), (None, "稼働率99.9%以上／発送14日以内", None, "99.9"), ("24x365", "24時間監視", None, None),
    ("availability>=99.9", None, "99.5", "99.5"),
])
def test_a_system_has_the_availability_that_is_promised_in_so_many_words(token: str | None, commitment: str | None, typed: str | None, target: str | None) -> None:
    values = {"availability_token": token, "availability_commitment": commitment, "availability_target": typed and Decimal(typed)}
    assert rules.availability(values, {})["availability_target"] == (target and Decimal(target))
