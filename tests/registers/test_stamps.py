"""Moves write the day on which they are made, in every register of audits, correction, committees, control and crisis."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from grc.changes.values import settle
from grc.register import get
from tests.facts import TODAY, Around, case

EARLIER = date(2025, 11, 3)


def blank(slug: str, **values: Any) -> dict[str, Any]:
    """A record in which nothing is filled but these values and what follows from them."""
    register = get(slug)
    parts: dict[str, Any] = {p.name: values.pop(p.name, []) for p in register.parts}
    return {**parts, **settle(register, {**{f.name: None for f in register.fields}, **values}, {}, parts), "id": 1, "code": "X-1"}


@pytest.mark.parametrize(("slug", "move", "name", "kept"), [
    ("audits", "notify", "notified_on", True), ("audits", "begin", "began_on", True), ("audits", "report", "reported_on", True),
    ("audits", "report_kanji", "reported_on", True), ("audits", "receive", "reported_on", True),
    ("audits", "submit_improvement", "improvement_submitted_on", True), ("audits", "close", "followed_up_on", False),
    ("audits", "answer_facts", "facts_answered_on", False), ("audit-programmes", "approve", "approved_on", True),
    ("audit-programmes", "adopt", "approved_on", True), ("audit-programmes", "report", "reported_on", True), ("management-reviews", "hold", "held_on", True),
    ("findings", "issue", "issued_on", True), ("findings", "acknowledge", "acknowledged_on", False), ("findings", "decide_act", "decided_on", False),
    ("findings", "decide_act", "acknowledged_on", True), ("findings", "report_done", "completed_on", False),
    ("corrective-actions", "acknowledge", "acknowledged_on", False), ("corrective-actions", "approve_plan", "plan_approved_on", False),
    ("corrective-actions", "complete", "completed_on", True), ("corrective-actions", "verify", "verified_on", False),
    ("meetings", "draft", "drafted_on", False), ("meetings", "review", "reviewed_on", False), ("meetings", "approve", "approved_on", False),
    ("meetings", "publish", "published_on", False), ("resolutions", "adopt", "resolved_on", True), ("action-items", "answer", "answered_on", True),
    ("action-items", "confirm", "confirmed_on", False), ("control-self-assessments", "answer", "answered_on", False),
    ("control-self-assessments", "review", "reviewed_on", False), ("control-self-assessments", "report", "reported_on", False),
    ("breach-reports", "send_preliminary", "preliminary_sent_on", True), ("breach-reports", "send_final", "final_sent_on", True),
    ("breach-reports", "supplement", "supplemented_on", True), ("incident-reviews", "hold", "held_on", True),
    ("drills", "execute", "held_on", True), ("drills", "evaluate", "reported_on", True)])
def test_a_move_writes_its_day_and_some_keep_the_day_that_was_given(slug: str, move: str, name: str, kept: bool) -> None:
    made = get(slug).workflow.transition(move)
    assert made is not None and made.sets is not None
    assert made.sets(case(slug, blank(slug)))[name] == TODAY
    assert made.sets(case(slug, blank(slug, **{name: EARLIER})))[name] == (EARLIER if kept else TODAY)


@pytest.mark.parametrize(("slug", "move", "values"), [
    ("findings", "reopen", {"decision": "act", "decided_on": EARLIER, "completed_on": EARLIER}),
    ("action-items", "send_back", {"answered_on": EARLIER, "answered_by": "上田"}), ("action-items", "carry_over", {"answered_on": EARLIER, "answered_by": "上田"}),
    ("meetings", "return", {"drafted_on": EARLIER, "reviewed_on": EARLIER}), ("meetings", "take_back", {"drafted_on": EARLIER, "approved_on": EARLIER}),
    ("corrective-actions", "reject", {"completed_on": EARLIER, "effectiveness_due_on": EARLIER}),
    ("incidents", "reopen", {"restored_at": TODAY, "closed_at": TODAY}), ("audits", "ask_facts", {"facts_answered_on": EARLIER})])
def test_what_goes_back_is_not_done_any_more(slug: str, move: str, values: dict[str, Any]) -> None:
    made = get(slug).workflow.transition(move)
    assert made is not None and made.sets is not None
    written = made.sets(case(slug, {**{n: None for n in get(slug).field}, **values}, around=Around()))
    assert {name: written[name] for name in values} == dict.fromkeys(values)
