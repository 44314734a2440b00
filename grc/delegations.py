"""Delegation (代決): who decides in whose place, in which role, from when to when. The engine's own, kept like any register.

The deputy makes the moves of that role, reads what it reads, and changes nothing in it; the trail names for whom.
"""

from datetime import date

import sqlalchemy as sa

from grc import calendar, settings
from grc.case import Case
from grc.database import metadata
from grc.kinds import DATE, Choice, Option
from grc.permissions import EDIT, ROLES, VIEW, Deputy, banned
from grc.problem import Problem, Severity, define
from grc.record import LIVE, Record, Values, field
from grc.register import Register
from grc.text import Text
from grc.units import MASTERS

LONGEST = settings.declare("delegation_days", 366, "代決を任せられる最長の日数", "Longest delegation, in days")
NEVER = ("admin", "committee")
"""Roles that nobody holds in another's place: accounts are personal, and so is a seat in a committee."""
ROLE = Choice("delegated-role", *(Option(id, text.ja, text.en) for id, text in ROLES.items() if id not in NEVER))
BACKWARDS = define("delegation-backwards", Severity.ERROR, Text("代決の終了日が開始日より前です。", "The delegation ends before it begins."),
                   Text("終了日を開始日以後にしてください。", "Let it end on or after its first day."))


class Delegation(Record, table=True):
    """One delegation."""

    __tablename__ = "delegations"

    deputy: str | None = field("代わりに決める人（利用者名）", "Deputy (sign-in name)", required=True, search=True, index=True)
    role: str | None = field("役割", "Role", ROLE, required=True)
    grantor: str | None = field("任せる人（利用者名）", "On behalf of (sign-in name)", required=True, search=True)
    starts_on: date | None = field("開始日", "From", DATE, required=True)
    ends_on: date | None = field("終了日", "Until", DATE, required=True, deadline=True)
    reason: str | None = field("代決の理由", "Reason")


def in_order(values: Values) -> list[Problem]:
    """A delegation does not end before it begins."""
    starts, ends = values["starts_on"], values["ends_on"]
    return [BACKWARDS().at(field="ends_on")] if starts and ends and ends < starts else []


def own_to_give(case: Case) -> Text | None:
    """Only who holds a role gives it away, by their own hand; an administrator may write it down for them."""
    grantors = {case.values["grantor"], *([case.before["grantor"]] if case.before else [])}
    if case.by_operator or "admin" in case.actor.roles or grantors == {case.actor.name}:
        return None
    return Text("代決は、任せる本人が登録します。", "A delegation is made by the person who gives it.")


def sound(case: Case) -> Text | None:
    """The role is held, the deputy is somebody else, has no role that excludes it, and the period is short enough."""
    values = case.values
    if (values["ends_on"] - values["starts_on"]).days >= case.facts.setting(LONGEST):
        return Text(f"代決の期間は{case.facts.setting(LONGEST)}日までです。", f"A delegation lasts at most {case.facts.setting(LONGEST)} days.")
    if case.loading and case.by_operator:  # an operator brings the list before the people; who may act is asked again at each act
        return None
    grantor, deputy = case.facts.person(values["grantor"]), case.facts.person(values["deputy"])
    for name, found in ((values["deputy"], deputy), (values["grantor"], grantor)):
        if found is None or found.name != name:
            return Text(f"「{name}」という利用者名の人はいません。", f'Nobody has the sign-in name "{name}".')
    assert deputy is not None and grantor is not None
    if deputy.name == grantor.name:
        return Text("自分自身に任せることはできません。", "Nobody is their own deputy.")
    if values["role"] not in grantor.roles:
        role = ROLES[values["role"]]
        return Text(f"{grantor.display}さんは{role.ja}ではないので、任せられません。", f"{grantor.display} is no {role.en} and cannot give that away.")
    others = {other["role"] for other in case.facts.records("delegations", deputy=deputy.name) if other["id"] != values["id"]
              and other["starts_on"] <= values["ends_on"] and other["ends_on"] >= values["starts_on"]}
    return banned(deputy.roles | others | {values["role"]})


DELEGATIONS = Register(
    Delegation, slug="delegations", domain=MASTERS, title=Text("代決", "Delegations"), code="MST-DLG", name="deputy",
    columns=("code", "deputy", "role", "grantor", "starts_on", "ends_on", "status"), filters=("role",),
    keys=(("deputy", "role", "starts_on"),), rules=in_order, guards=(sound,), reserved=own_to_give,
    may={**{role: EDIT for role in ROLES if role not in ("committee", "chair")}, "chair": VIEW},
)


def deputies_of(conn: sa.Connection, name: str, roles: frozenset[str]) -> tuple[Deputy, ...]:
    """In whose places a person who holds ``roles`` decides today: what the grantor holds still, and what nothing excludes."""
    c, today = DELEGATIONS.table.c, calendar.today()
    users, held = metadata.tables["users"], metadata.tables["user_roles"]
    source = DELEGATIONS.table.join(users, users.c.name == c.grantor).join(held, (held.c.user_id == users.c.id) & (held.c.role == c.role))
    found = conn.execute(sa.select(c.role, c.grantor, users.c.unit_id).select_from(source).where(
        c.deputy == name, c.standing == LIVE, c.starts_on <= today, c.ends_on >= today, users.c.disabled.is_(False)).order_by(c.id))
    given: list[Deputy] = []
    for role, grantor, unit_id in found:
        if banned(roles | {d.role for d in given} | {role}) is None:
            given.append(Deputy(role, grantor, unit_id))
    return tuple(given)


def pledged(conn: sa.Connection, name: str) -> frozenset[str]:
    """The roles in which a person decides for somebody else today or will, as far as it is written down."""
    c = DELEGATIONS.table.c
    return frozenset(conn.scalars(sa.select(c.role).where(c.deputy == name, c.standing == LIVE, c.ends_on >= calendar.today())))
