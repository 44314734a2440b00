"""What must stand before a move can be made, where a full record (``sample``) does not say enough by itself.

A rule may let a role act in some situations alone: the kanji on audits of their own, a chair on minutes of the own
committee, nobody on the correction of their own unit. Each entry here is such a situation; all that fit a try add up.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from grc.permissions import Actor

TODAY = date(2025, 11, 25)
"""The day on which every move is tried: in the third quarter of FY2025."""
YESTERDAY, LAST_YEAR, SOON = date(2025, 11, 24), date(2024, 11, 25), date(2026, 3, 31)

BESIDE = "beside"
"""Under this name the record tried tells which one was put beside it last."""
Stands = Mapping[str, Any]
"""Values of a record by field, child rows and links among them; a function is asked with the record tried and who tries it."""


@dataclass(frozen=True, slots=True)
class Given:
    """A situation: in which tries it is given (``moves`` and ``roles`` in words; none: all), and what stands then.

    ``values``: in the record itself; ``beside``: in new records (slug, state, values); ``others``: in every record there is
    of another register; ``row``: in the child row that the move asks for; ``elsewhere``: who tries it is of another unit.
    """

    register: str
    moves: str = ""
    roles: str = ""
    values: Stands = field(default_factory=dict)
    beside: Sequence[tuple[str, str, Stands]] = ()
    others: Mapping[str, Stands] = field(default_factory=dict)
    row: Stands = field(default_factory=dict)
    elsewhere: bool = False

    def fits(self, register: str, move: str, role: str) -> bool:
        """Whether it is given when that role tries that move."""
        return self.register == register and all(not words or word in words.split() for words, word in ((self.moves, move), (self.roles, role)))


def its(name: str) -> Callable[[Mapping[str, Any], Actor], Any]:
    """What the record tried says in that field."""
    return lambda record, _: record[name]


def their_account(_: Mapping[str, Any], who: Actor) -> str:
    """The sign-in name of who tries it."""
    return who.name


def last_beside(record: Mapping[str, Any], _: Actor) -> Any:
    """The record that was put beside it just before."""
    return record[BESIDE]


def linked(slug: str) -> Callable[[Mapping[str, Any], Actor], Any]:
    """A link to the record tried, which is one of ``slug``."""
    return lambda record, _: [(slug, record["id"])]


def given(register: str, move: str, role: str) -> list[Given]:
    """All that stands when that role tries that move."""
    return [one for one in SITUATIONS if one.fits(register, move, role)]


CHAIRED = (("committee-members", "serving", {"name": "委員長", "committee_id": its("committee_id"), "role": "chair", "account": their_account}),)
SELECTED = (("processor-evaluations", "confirmed", {"processor_id": its("id"), "kind": "selection", "grade": "a", "evaluated_on": LAST_YEAR}),)
ASSESSED = (("risks", "assessed", {"name": "漏えい", "subjects": linked("personal-data-assets")}),)
HELD = {"meetings": {"status": "held", "attended": 9, "quorum_needed": 5}}

SITUATIONS: tuple[Given, ...] = (
    # A quarter is reported while it runs, confirmed at its end; a year is rated when it is over, by what was confirmed.
    Given("plan-items", "activate", values={"due": "FY2025"}),
    Given("plan-items", "report_on_track report_at_risk report_delayed", row={"quarter": "q3", "forecast": None}),
    Given("plan-items", "confirm", values={"progress": [{"quarter": "q2", "progress_pct": 50, "progress_note": "半分", "confirmed": False}]}),
    Given("plan-items", "rate_achieved rate_partly rate_not_achieved", values={
        "fiscal_year": 2024, "progress": [{"quarter": "q4", "progress_pct": 100, "progress_note": "済", "actual": 10, "confirmed": True}],
        "kpi_operator": ">=", "kpi_target": 10}),
    # A risk goes from its assessment straight to acceptance only where nothing is to be done about it.
    Given("risks", "propose", values={"treatment": "accept"}),
    # Officers issue what no audit found; an observation is decided upon; who closes is of another unit; the kanji's is the kanji's.
    Given("findings", "issue", "risk_officer privacy_manager security_office", values={"source": "self_check"}),
    Given("findings", "decide_act decide_none", values={"classification": "observation"}),
    Given("findings", "close", values={"classification": "observation", "decision": "none"}, elsewhere=True),
    Given("findings", roles="kanji", values={"source": "kanji"}),
    # Nobody judges the correction of their own unit; a risk officer verifies after an incident or a drill alone.
    Given("corrective-actions", "approve_plan verify reject confirm_effect deny_effect extend", elsewhere=True),
    Given("corrective-actions", "verify reject confirm_effect deny_effect", "risk_officer", values={"source": "incident"}),
    # Specific personal information has an assessed risk; a processor was evaluated before its choice, before its contract, and since.
    Given("personal-data-assets", "register finish_review", beside=ASSESSED),
    Given("processors", "select activate", beside=SELECTED),
    Given("processors", "resume", values={"last_grade": "a", "last_evaluated_on": YESTERDAY, "next_evaluation_on": SOON}),
    Given("processor-evaluations", "confirm", values={"score": 90, "grade": "a", "method": "on_site", "evaluated_on": YESTERDAY, "next_due_on": SOON}),
    # A statement is approved when every control of its framework is decided upon.
    Given("soa-statements", "approve", beside=(
        ("controls", "in_force", {"framework": its("framework"), "catalogue": its("catalogue"), "number": "5.1", "label": "方針群"}),
        ("soa-entries", "in_force", {"statement_id": its("id"), "control_id": last_beside, "applicable": True, "justification": "要る", "implementation": "done"}))),
    Given("security-exceptions", "review", values={"end_on": SOON}),
    Given("security-exceptions", "renew", values={"reviews": [{"reviewed_on": YESTERDAY, "proposal": "continue", "end_after": SOON}]}),
    Given("vulnerability-findings", "accept", values={"accepted_until": SOON}),
    Given("supply-chain-checks", "clear", values={"concern": False}),
    Given("asp-audits", "plan_again", values={"carried_from": 2025, "planned_year": 2026}),
    Given("municipal-audit-reports", "answer", row={"direction": "answer"}),
    # A severity is lowered when somebody else asked for it.
    Given("incidents", "ask_lowering approve_lowering", values={"severity": "3", "proposed_severity": "2"}),
    Given("incidents", "approve_lowering", values={"lowering_by": "佐藤 花子"}),
    # A grave one gets its review as soon as it has recovered.
    Given("incidents", "recover", values={"severity": "4"}),
    Given("breach-reports", "confirm_none", values={"is_required": False}),
    Given("drills", "postpone", values={"postponed_to": SOON}),
    # The kanji's audits are kept by the kanji, all others by the audit office; only one from outside begins without notice.
    Given("audit-programmes", roles="kanji", values={"kind": "kanji"}),
    Given("audits", "begin receive", values={"kind": "external"}),
    Given("audits", roles="kanji", values={"kind": "kanji"}),
    Given("checklist-items", roles="kanji", others={"audits": {"kind": "kanji"}}),
    Given("contracts", "prepare sign", beside=(("supply-chain-checks", "cleared", {"contract_id": its("id")}),)),
    # Who sits on a committee sees its papers and no others'; its chair approves its minutes. A meeting decides once it is held.
    Given("meetings", "approve return take_back", "chair cro ciso", beside=CHAIRED),
    Given("action-items", "confirm send_back", "chair ciso", beside=CHAIRED),
    Given("agenda-items", "conclude", others=HELD),
    Given("resolutions", "adopt adopt_on_conditions reject", values={"votes_for": 5, "votes_against": 2, "votes_abstain": 0}, others=HELD),
    Given("consultations", "answer", others=HELD),
)
