"""Findings and corrective actions: limits, who may do what, extensions, verification, effectiveness (domain.md §7.2, §1.2 rule 4)."""

from __future__ import annotations

from datetime import date
from typing import Any, ClassVar

import pytest

from grc import changes, query
from grc.case import Case, Create, Guard
from grc.changes.values import settle
from grc.office import Office
from grc.people import CLI
from grc.permissions import Actor
from grc.refusal import Forbidden, NotAllowedNow
from grc.register import get
from registers.rules import corrective as rules
from tests.facts import TODAY, Around, case

UNIT, OTHER = 5, 6
USER, HEAD = Actor("suzuki", frozenset({"unit_user"}), unit_id=UNIT), Actor("aoki", frozenset({"unit_head"}), unit_id=UNIT)
AUDITOR, CHIEF = Actor("sasaki", frozenset({"auditor"}), "佐々木 修", unit_id=OTHER), Actor("shimizu", frozenset({"audit_chief"}), "清水 恵", unit_id=OTHER)
OFFICER, KANJI = Actor("tanaka", frozenset({"risk_officer"}), unit_id=OTHER), Actor("kato", frozenset({"kanji"}))


def settled(slug: str, **values: Any) -> dict[str, Any]:
    """A record with what is derived from these values."""
    register = get(slug)
    parts = {p.name: values.pop(p.name, []) for p in register.parts}
    return {**parts, **settle(register, {**{f.name: None for f in register.fields}, **values}, {}, parts), "id": 1, "code": "X-1"}


def judged(guard: Guard, slug: str, values: dict[str, Any], *, by: Actor = AUDITOR, **more: Any) -> bool:
    """Whether a guard lets it pass."""
    return guard(case(slug, values, actor=by, **more)) is None


class TestLimits:
    @pytest.mark.parametrize(("classification", "days"), [
        ("major", (7, 14, 60)), ("minor", (7, 30, 90)), ("kanji_finding", (7, 30, 90)), ("observation", (7, 30, 180)), (None, (7, 30, 180))])
    def test_the_days_follow_from_the_class(self, classification: str | None, days: tuple[int, int, int]) -> None:
        found = rules.limits(case("findings", {}), classification, TODAY)
        assert tuple((found[n] - TODAY).days for n in ("ack_due_on", "plan_due_on", "due_on")) == days

    def test_the_body_may_set_them(self) -> None:
        around = Around(settings={rules.DAYS["major"]: 45, rules.ACK_DAYS: 3})
        found = rules.limits(case("findings", {}, around=around), "major", TODAY)
        assert ((found["due_on"] - TODAY).days, (found["ack_due_on"] - TODAY).days) == (45, 3)

    def test_a_day_that_was_given_stands_and_the_others_are_filled_on_receipt(self) -> None:
        own = date(2026, 6, 30)
        values = settled("corrective-actions", classification="minor", issued_on=TODAY, due_on=own)
        assert rules.received(case("corrective-actions", values)) == {
            "acknowledged_on": TODAY, "issued_on": TODAY, "ack_due_on": date(2025, 12, 2), "plan_due_on": date(2025, 12, 25), "due_on": own}

    def test_effectiveness_is_due_three_months_after_completion_and_not_before_thirty_days(self) -> None:
        done = settled("corrective-actions", completed_on=TODAY)
        assert rules.completed(case("corrective-actions", done))["effectiveness_due_on"] == date(2026, 2, 25)
        assert not judged(rules.waited, "corrective-actions", done, today=date(2025, 12, 24))
        assert judged(rules.waited, "corrective-actions", done, today=date(2025, 12, 25))

    @pytest.mark.parametrize(("values", "due"), [
        ({}, date(2025, 1, 1)), ({"acknowledged_on": TODAY}, date(2025, 2, 2)), ({"plan_approved_on": TODAY}, date(2025, 3, 3)),
        ({"completed_on": TODAY}, date(2025, 4, 4)), ({"checked_on": TODAY}, None)])
    def test_the_next_date_is_the_one_that_comes_next_on_the_way(self, values: dict[str, Any], due: date | None) -> None:
        dates = {"ack_due_on": date(2025, 1, 1), "plan_due_on": date(2025, 2, 2), "due_on": date(2025, 3, 3), "effectiveness_due_on": date(2025, 4, 4)}
        assert settled("corrective-actions", **dates, **values)["next_due_on"] == due

    def test_an_extension_keeps_the_day_first_agreed_and_counts_as_late(self) -> None:
        first, new = date(2025, 10, 1), date(2025, 12, 1)
        rows = [{"previous_due_on": first, "due_on": date(2025, 11, 1)}, {"previous_due_on": date(2025, 11, 1), "due_on": new}]
        found = settled("corrective-actions", due_on=new, completed_on=new, extensions=rows)
        assert (found["original_due_on"], found["on_time"]) == (first, False)
        assert settled("corrective-actions", due_on=new, completed_on=new)["on_time"] is True
        assert settled("corrective-actions", due_on=new)["on_time"] is None


class TestFindings:
    VALUES: ClassVar[dict[str, Any]] = {"classification": "minor", "unit_id": UNIT, "name": "記録の漏れ", "source": "internal_audit", "fact": "3件"}

    @pytest.mark.parametrize(("source", "by", "fine"), [
        ("internal_audit", AUDITOR, True), ("internal_audit", OFFICER, False), ("kanji", KANJI, True), ("kanji", AUDITOR, False),
        ("incident", OFFICER, True), ("nisc", CLI, True)])
    def test_what_an_audit_found_is_issued_by_the_audit_side(self, source: str, by: Actor, fine: bool) -> None:
        assert judged(rules.issuer, "findings", settled("findings", source=source), by=by) is fine

    @pytest.mark.parametrize(("source", "who"), [("kanji", "監事"), ("internal_audit", "監査側")])
    def test_it_says_who_issues_it(self, source: str, who: str) -> None:
        said = rules.issuer(case("findings", settled("findings", source=source), actor=OFFICER))
        assert said is not None and who in said.ja

    @pytest.mark.parametrize(("values", "due"), [
        ({}, date(2025, 12, 2)), ({"acknowledged_on": TODAY}, date(2026, 5, 24)), ({"acknowledged_on": TODAY, "completed_on": TODAY}, None)])
    def test_the_next_date_of_a_finding(self, values: dict[str, Any], due: date | None) -> None:
        assert settled("findings", ack_due_on=date(2025, 12, 2), due_on=date(2026, 5, 24), **values)["next_due_on"] == due

    @pytest.mark.parametrize(("classification", "given", "due"), [
        ("observation", None, date(2026, 5, 24)), ("observation", date(2026, 1, 15), date(2026, 1, 15)), ("opportunity", None, date(2026, 5, 24)),
        ("minor", None, None)])
    def test_an_observation_is_due_in_180_days_a_nonconformity_by_its_correction(self, classification: str, given: date | None, due: date | None) -> None:
        assert rules.issued(case("findings", settled("findings", classification=classification, due_on=given))).get("due_on") == due

    @pytest.mark.parametrize(("control", "unit"), [(None, UNIT), (3, None)])
    def test_what_names_no_control_or_no_unit_repeats_nothing(self, control: int | None, unit: int | None) -> None:
        around = Around({"findings": [{"id": 9, "control_id": control, "unit_id": unit, "issued_on": TODAY}]})
        assert not rules.issued(case("findings", settled("findings", control_id=control, unit_id=unit), around=around))["repeated"]

    def test_what_was_done_about_an_observation_is_told_in_the_words_of_who_reports_it(self) -> None:
        assert rules.carried_out(case("findings", settled("findings"), reason="改めた")) == {"completed_on": TODAY, "outcome": "改めた"}

    def test_the_days_of_a_correction_count_from_the_day_of_the_finding(self) -> None:
        for issued, plan in ((None, date(2025, 12, 25)), (date(2025, 11, 1), date(2025, 12, 1))):
            [made] = rules.opens_correction(case("findings", settled("findings", **self.VALUES, issued_on=issued)))
            assert (made.values["issued_on"], made.values["plan_due_on"]) == (issued or TODAY, plan)

    def test_a_nonconformity_opens_a_correction_once_with_its_days(self) -> None:
        values = settled("findings", **self.VALUES, issued_on=TODAY, due_on=date(2026, 1, 15))
        made = list(rules.opens_correction(case("findings", values)))
        assert [m.slug for m in made] == ["corrective-actions"]
        assert {n: made[0].values[n] for n in ("finding_id", "unit_id", "due_on", "plan_due_on")} == {
            "finding_id": 1, "unit_id": UNIT, "due_on": date(2026, 1, 15), "plan_due_on": date(2025, 12, 25)}
        there = Around({"corrective-actions": [{"id": 9, "finding_id": 1}]})
        assert list(rules.opens_correction(case("findings", values, around=there))) == []
        assert list(rules.opens_correction(case("findings", {**values, "classification": "observation"}))) == []

    @pytest.mark.parametrize(("issued", "control", "unit", "repeated"), [
        (date(2023, 4, 1), 3, UNIT, True), (date(2023, 3, 31), 3, UNIT, False), (date(2025, 5, 1), 3, UNIT, True), (date(2025, 5, 1), 4, UNIT, False),
        (date(2025, 5, 1), 3, OTHER, False), (date(2025, 12, 1), 3, UNIT, False), (TODAY, 3, UNIT, True)])
    def test_a_finding_of_the_same_control_and_unit_within_two_years_is_repeated(self, issued: date, control: int, unit: int, repeated: bool) -> None:
        around = Around({"findings": [{"id": 9, "control_id": control, "unit_id": unit, "issued_on": issued}]})
        written = rules.issued(case("findings", settled("findings", **self.VALUES, control_id=3), around=around))
        assert (written["repeated"], written["issued_on"], written["ack_due_on"]) == (repeated, TODAY, date(2025, 12, 2))

    def test_only_what_is_no_nonconformity_can_be_decided_upon_and_a_refusal_keeps_its_reason(self) -> None:
        assert not judged(rules.short_path, "findings", settled("findings", classification="major"))
        assert judged(rules.short_path, "findings", settled("findings", classification="opportunity"))
        written = rules.decided("none")(case("findings", settled("findings"), reason="様式改正に合わせるため"))
        assert (written["decision"], written["decision_reason"], written["decided_on"]) == ("none", "様式改正に合わせるため", TODAY)

    @pytest.mark.parametrize(("source", "by", "fine"), [
        ("internal_audit", AUDITOR, True), ("internal_audit", OFFICER, False), ("kanji", CHIEF, False), ("kanji", KANJI, True), ("drill", OFFICER, True)])
    def test_what_an_audit_found_is_rewritten_by_the_audit_side_alone(self, source: str, by: Actor, fine: bool) -> None:
        before = settled("findings", **{**self.VALUES, "source": source})
        assert judged(rules.audits_own, "findings", {**before, "classification": "observation", "source": "other"}, before=before, by=by) is fine
        assert judged(rules.audits_own, "findings", {**before, "number": "12"}, before=before, by=by)

    @pytest.mark.parametrize(("states", "fine"), [
        ((), False), (("implementing",), False), (("effective_closed",), True), (("ineffective",), False), (("ineffective", "effective_closed"), True),
        (("cancelled",), False), (("effective_closed", "verified"), False)])
    def test_a_nonconformity_closes_when_its_corrections_ended_and_one_was_effective(self, states: tuple[str, ...], fine: bool) -> None:
        around = Around({"corrective-actions": [{"id": n, "code": f"C{n}", "finding_id": 1, "status": s} for n, s in enumerate(states)]})
        assert judged(rules.settled, "findings", settled("findings", **self.VALUES), around=around) is fine

    @pytest.mark.parametrize(("values", "fine"), [
        ({}, False), ({"decision": "none"}, True), ({"decision": "act"}, False), ({"decision": "act", "completed_on": TODAY}, True)])
    def test_an_observation_closes_when_it_was_decided_upon_and_done(self, values: dict[str, Any], fine: bool) -> None:
        assert judged(rules.settled, "findings", settled("findings", classification="observation", **values)) is fine

    def test_nothing_closes_without_evidence_on_it_or_on_its_corrections(self) -> None:
        values = settled("findings", **self.VALUES)
        correction = {"corrective-actions": [{"id": 2, "code": "C2", "finding_id": 1}]}
        assert not judged(rules.evidenced, "findings", values, around=Around(correction))
        assert judged(rules.evidenced, "findings", values, around=Around(correction, files={"C2": 1}))
        assert judged(rules.evidenced, "findings", values, around=Around(files={"X-1": 1}))

    @pytest.mark.parametrize(("source", "by", "fine"), [
        ("internal_audit", AUDITOR, True), ("kanji", AUDITOR, False), ("kanji", KANJI, True), ("incident", Actor("x", frozenset({"auditor"}), unit_id=UNIT), False)])
    def test_the_audit_side_closes_outside_the_unit_and_the_kanji_their_own(self, source: str, by: Actor, fine: bool) -> None:
        assert judged(rules.closer, "findings", settled("findings", source=source, unit_id=UNIT), by=by) is fine

    def test_nobody_but_the_audit_side_has_the_move_that_closes(self) -> None:
        close = get("findings").workflow.transition("close")
        assert close is not None and set(close.roles) == {"auditor", "audit_chief", "kanji"}


class TestCorrections:
    VALUES: ClassVar[dict[str, Any]] = {"name": "記録の漏れ", "classification": "minor", "source": "internal_audit", "unit_id": UNIT, "due_on": date(2025, 12, 1)}

    def change(self, status: str, **values: Any) -> Case:
        before = {**settled("corrective-actions", **self.VALUES), "status": status}
        return case("corrective-actions", {**before, **values}, before, actor=USER)

    @pytest.mark.parametrize("name", ["plan_approved_on", "verified_on", "checked_on", "checked_by", "effectiveness_result"])
    def test_what_acts_write_is_never_typed_but_a_ledger_may_tell_it(self, name: str) -> None:
        changed = self.change("verified", **{name: "x"})
        assert rules.told_by_acts(changed) is not None
        assert rules.told_by_acts(case("corrective-actions", changed.values, changed.before, loading=True)) is None
        assert rules.told_by_acts(self.change("verified", root_cause="手順がない")) is None

    def test_an_extension_cannot_be_typed(self) -> None:
        assert rules.told_by_acts(self.change("implementing", extensions=[{"due_on": TODAY, "reason": "…"}])) is not None

    @pytest.mark.parametrize(("status", "fine"), [("acknowledged", True), ("action_planned", True), ("plan_approved", False), ("implementing", False)])
    def test_the_day_may_be_typed_until_the_plan_is_approved(self, status: str, fine: bool) -> None:
        assert (rules.due_kept(self.change(status, due_on=date(2026, 2, 1))) is None) is fine

    def test_the_unit_does_not_rewrite_what_was_found(self) -> None:
        assert rules.finding_kept(self.change("acknowledged", classification="observation")) is not None
        assert rules.finding_kept(self.change("acknowledged", action="様式を改める")) is None
        theirs = self.change("acknowledged", classification="observation")
        for by, fine in ((OFFICER, True), (AUDITOR, True), (Actor("ishii", frozenset({"security_office"}), unit_id=UNIT), False)):
            assert judged(rules.finding_kept, "corrective-actions", dict(theirs.values), before=theirs.before, by=by) is fine

    @pytest.mark.parametrize(("source", "by", "fine"), [
        ("internal_audit", AUDITOR, True), ("internal_audit", OFFICER, False), ("incident", OFFICER, True), ("drill", OFFICER, True), ("drill", AUDITOR, True),
        ("incident", Actor("t", frozenset({"risk_officer"}), unit_id=UNIT), False), ("internal_audit", Actor("s", frozenset({"auditor"}), unit_id=UNIT), False)])
    def test_the_audit_side_verifies_and_after_an_incident_a_risk_officer_of_another_unit(self, source: str, by: Actor, fine: bool) -> None:
        assert judged(rules.verifier, "corrective-actions", settled("corrective-actions", **{**self.VALUES, "source": source}), by=by) is fine

    @pytest.mark.parametrize(("owner", "fine"), [("佐々木 修", False), ("sasaki", False), ("鈴木 一郎", True)])
    def test_effectiveness_is_checked_by_somebody_who_did_not_act(self, owner: str, fine: bool) -> None:
        assert judged(rules.bystander, "corrective-actions", settled("corrective-actions", **self.VALUES, owner=owner)) is fine

    def test_the_unit_acts_for_itself_alone(self) -> None:
        values = settled("corrective-actions", **self.VALUES)
        assert judged(rules.inside, "corrective-actions", values, by=USER)
        assert not judged(rules.inside, "corrective-actions", values, by=OFFICER)
        assert judged(rules.outside, "corrective-actions", values, by=CHIEF) and not judged(rules.outside, "corrective-actions", values, by=HEAD)

    def test_a_plan_for_a_nonconformity_names_its_immediate_correction(self) -> None:
        assert not judged(rules.plan_fits, "corrective-actions", settled("corrective-actions", classification="major"))
        assert judged(rules.plan_fits, "corrective-actions", settled("corrective-actions", classification="major", correction="回収した"))
        assert judged(rules.plan_fits, "corrective-actions", settled("corrective-actions", classification="observation"))

    @pytest.mark.parametrize(("told", "due", "fine"), [
        (0, date(2026, 1, 1), True), (0, date(2025, 12, 1), False), (1, date(2026, 1, 1), True), (2, date(2026, 1, 1), False)])
    def test_a_day_is_extended_at_most_twice_and_to_a_later_one(self, told: int, due: date, fine: bool) -> None:
        before = settled("corrective-actions", **self.VALUES, extensions=[{"due_on": date(2025, 12, 1)}] * told)
        after = {**before, "extensions": [*before["extensions"], {"due_on": due, "reason": "…"}]}
        assert judged(rules.extendable, "corrective-actions", after, before=before) is fine
        assert judged(rules.extendable, "corrective-actions", before, before=before) is (told < 2)

    @pytest.mark.parametrize(("move", "said", "result"), [
        ("confirm_effect", None, "effective"), ("confirm_effect", "ineffective", "effective"), ("deny_effect", None, "ineffective"), ("deny_effect", "partly", "partly"),
        ("deny_effect", "effective", "ineffective")])
    def test_a_check_says_what_its_act_can_say_and_by_whom(self, move: str, said: str | None, result: str) -> None:
        made, old = get("corrective-actions").workflow.transition(move), {"found": "前回", "result": "partly"}
        assert made is not None and made.sets is not None
        values = settled("corrective-actions", checks=[old, {"found": "抽出した", "result": said}])
        written = made.sets(case("corrective-actions", values, actor=AUDITOR))
        assert (written["effectiveness_result"], written["effectiveness"], written["checked_on"], written["checked_by"]) == (result, "抽出した", TODAY, "佐々木 修")
        assert written["checks"] == [old, {"found": "抽出した", "result": result, "checked_on": TODAY, "checked_by": "佐々木 修"}]

    def test_an_extension_bears_the_day_before_it_and_who_approved(self) -> None:
        old, new = {"due_on": date(2025, 12, 1)}, {"due_on": date(2026, 1, 15), "reason": "納入の遅れ"}
        written = rules.extended(case("corrective-actions", settled("corrective-actions", **self.VALUES, extensions=[old, new]), actor=CHIEF))
        assert written == {"due_on": date(2026, 1, 15), "extensions": [old, {
            **new, "previous_due_on": date(2025, 12, 1), "approved_by": "清水 恵", "approved_on": TODAY}]}

    @pytest.mark.parametrize(("correction", "due"), [(None, date(2025, 12, 5)), ("回収した", date(2026, 2, 1))])
    def test_the_immediate_correction_is_due_until_it_is_told(self, correction: str | None, due: date) -> None:
        values = {"plan_approved_on": TODAY, "due_on": date(2026, 2, 1), "correction_due_on": date(2025, 12, 5), "correction": correction}
        assert settled("corrective-actions", **values)["next_due_on"] == due

    def test_what_acts_write_is_not_typed_into_a_new_one_either(self) -> None:
        new = settled("corrective-actions", **self.VALUES)
        assert judged(rules.told_by_acts, "corrective-actions", new)
        assert not judged(rules.told_by_acts, "corrective-actions", {**new, "verified_on": TODAY})

    @pytest.mark.parametrize(("issued", "plan"), [(None, date(2025, 12, 25)), (date(2025, 11, 1), date(2025, 12, 1))])
    def test_on_receipt_the_days_count_from_the_day_of_issue(self, issued: date | None, plan: date) -> None:
        assert rules.received(case("corrective-actions", settled("corrective-actions", **self.VALUES, issued_on=issued)))["plan_due_on"] == plan

    @pytest.mark.parametrize(("done", "due"), [(None, date(2026, 2, 25)), (date(2025, 11, 1), date(2026, 2, 1))])
    def test_effectiveness_is_due_three_months_after_the_day_of_completion(self, done: date | None, due: date) -> None:
        assert rules.completed(case("corrective-actions", settled("corrective-actions", completed_on=done)))["effectiveness_due_on"] == due

    def test_what_had_no_effect_is_corrected_anew_with_a_tie_to_what_was_tried(self) -> None:
        values = settled("corrective-actions", **self.VALUES, effectiveness="再発した", origins=[("incidents", 2)])
        made = list(rules.corrects_again(case("corrective-actions", values)))
        assert len(made) == 1 and isinstance(made[0], Create)
        assert {n: made[0].values[n] for n in ("previous_id", "fact", "origins", "issued_on")} == {
            "previous_id": 1, "fact": "再発した", "origins": [("incidents", 2)], "issued_on": TODAY}


def _correction(office: Office) -> tuple[int, dict[str, Actor]]:
    """A unit, and people in it and outside."""
    unit = changes.create(office.db, CLI, "units", {"name": "個人番号センター"}).id
    other = changes.create(office.db, CLI, "units", {"name": "監査室"}).id
    return unit, {name: Actor(name, frozenset({role}), name, unit if role.startswith("unit") else other) for name, role in (
        ("suzuki", "unit_user"), ("aoki", "unit_head"), ("sasaki", "auditor"), ("hara", "auditor"), ("shimizu", "audit_chief"), ("tanaka", "risk_officer"))}


def test_through_the_door_from_a_finding_to_its_end(sqlite_office: Office) -> None:
    """A finding is issued, corrected with an extension, verified, found without effect, corrected anew."""
    db, corrections = sqlite_office.db, get("corrective-actions")
    unit, who = _correction(sqlite_office)
    found = changes.create(db, who["sasaki"], "findings", {"name": "記録の漏れ", "source": "internal_audit", "classification": "major", "fact": "3件", "unit_id": unit})
    changes.transition(db, who["sasaki"], "findings", found.code, "issue", 1)
    with db.read() as conn:
        code = next(iter(query.records(conn, CLI, corrections, query.Query()))).code
    version = 1

    def act(by: str, move: str, **more: Any) -> None:
        nonlocal version
        version = changes.transition(db, who[by], "corrective-actions", code, move, version, **more).version

    act("suzuki", "acknowledge")
    version = changes.update(db, who["suzuki"], "corrective-actions", code, {"root_cause": "手順がない", "correction": "補った", "action": "手順を定める"},
                             version).version
    act("suzuki", "analyse")
    act("suzuki", "plan")
    act("shimizu", "approve_plan")
    act("suzuki", "implement")
    with db.read() as conn:
        first = query.one(conn, CLI, corrections, code).values["due_on"]
    with pytest.raises(Forbidden):
        act("sasaki", "extend", row={"due_on": date(2099, 1, 1), "reason": "遅れ"})
    act("shimizu", "extend", row={"due_on": date(2099, 1, 1), "reason": "機器の納入の遅れ"})
    with pytest.raises(NotAllowedNow, match="no evidence"):
        act("aoki", "complete")
    changes.attach(db, sqlite_office.store, who["suzuki"], "corrective-actions", code, "手順書.txt", b"x")
    act("aoki", "complete")
    with pytest.raises(Forbidden):
        act("aoki", "verify")
    act("sasaki", "verify")
    with pytest.raises(NotAllowedNow, match="30 days"):
        act("hara", "confirm_effect", row={"found": "再発なし"})
    act("hara", "deny_effect", row={"found": "2件再発した"})
    with db.read() as conn:
        old, new = sorted(query.records(conn, CLI, corrections, query.Query()), key=lambda item: item.code)
    assert (old.status, old.values["effectiveness_result"], old.values["checked_by"]) == ("ineffective", "ineffective", "hara")
    assert (old.values["original_due_on"], old.values["due_on"], old.values["extensions"][0]["approved_by"]) == (first, date(2099, 1, 1), "shimizu")
    assert (new.status, new.values["previous_id"].code, new.values["fact"]) == ("issued", code, "2件再発した")
    with pytest.raises(NotAllowedNow):
        changes.transition(db, who["shimizu"], "findings", found.code, "close", 2)


def test_who_approves_a_plan_did_not_write_it(sqlite_office: Office) -> None:
    unit, who = _correction(sqlite_office)
    saved = changes.create(sqlite_office.db, who["tanaka"], "corrective-actions", {"name": "記録の漏れ", "source": "internal_audit", "unit_id": unit,
                                                            "root_cause": "…", "action": "…", "due_on": TODAY})
    for by, move in (("suzuki", "acknowledge"), ("suzuki", "analyse"), ("suzuki", "plan")):
        saved = changes.transition(sqlite_office.db, who[by], "corrective-actions", saved.code, move, saved.version)
    saved = changes.update(sqlite_office.db, who["tanaka"], "corrective-actions", saved.code, {"action": "…改めた"}, saved.version)
    with pytest.raises(Forbidden, match="you changed"):
        changes.transition(sqlite_office.db, who["tanaka"], "corrective-actions", saved.code, "approve_plan", saved.version)
