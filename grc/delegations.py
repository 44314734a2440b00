"""Delegation (代決): who decides in whose place, in which role, from when to when. The engine's own, kept like any register.

The deputy makes the moves of that role, reads what it reads, and changes nothing in it; the trail names for whom.
"""

from datetime import date

import sqlalchemy as sa

from grc import calendar, settings
from grc.case import Case
from grc.kinds import DATE, Choice, Option
from grc.permissions import EDIT, ROLES, VIEW, banned
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
    if case.loading:
        return None
    grantor, deputy = case.facts.person(values["grantor"]), case.facts.person(values["deputy"])
    if deputy is None or grantor is None:
        missing = values["deputy"] if deputy is None else values["grantor"]
        return Text(f"「{missing}」という利用者はいません。", f'There is no person "{missing}".')
    if deputy.name == grantor.name:
        return Text("自分自身に任せることはできません。", "Nobody is their own deputy.")
    if values["role"] not in grantor.roles:
        role = ROLES[values["role"]]
        return Text(f"{grantor.display}さんは{role.ja}ではないので、任せられません。", f"{grantor.display} is no {role.en} and cannot give that away.")
    return banned(deputy.roles | {values["role"]})


DELEGATIONS = Register(
    Delegation, slug="delegations", domain=MASTERS, title=Text("代決", "Delegations"), code="MST-DLG", name="deputy",
    columns=("code", "deputy", "role", "grantor", "starts_on", "ends_on", "status"), filters=("role",),
    keys=(("deputy", "role", "starts_on"),), rules=in_order, guards=(sound,), reserved=own_to_give,
    may={**{role: EDIT for role in ROLES if role not in ("committee", "chair")}, "chair": VIEW},
)


def deputies_of(conn: sa.Connection, name: str) -> tuple[tuple[str, str], ...]:
    """The roles in which a person decides for somebody else today, each with that person's sign-in name."""
    from grc.database import metadata

    c, today = DELEGATIONS.table.c, calendar.today()
    users, roles = metadata.tables["users"], metadata.tables["user_roles"]
    still = sa.select(sa.literal(1)).select_from(users.join(roles, roles.c.user_id == users.c.id)).where(
        users.c.name == c.grantor, users.c.disabled.is_(False), roles.c.role == c.role).exists()
    found = conn.execute(sa.select(c.role, c.grantor).where(
        c.deputy == name, c.standing == LIVE, c.starts_on <= today, c.ends_on >= today, still).order_by(c.id)).all()
    return tuple((str(row.role), str(row.grantor)) for row in found)
