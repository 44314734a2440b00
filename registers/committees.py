"""Skeleton of committees."""

from datetime import date

from grc.kinds import DATE
from grc.record import field, ref
from grc.register import Register
from grc.text import Text
from registers.base import COMMITTEE, Entry, may


class Committee(Entry, table=True):
    """Skeleton."""

    __tablename__ = "committees"

    name: str | None = field("名称", "Name", required=True, search=True)


COMMITTEES = Register(
    Committee, slug="committees", domain=COMMITTEE, title=Text("委員会", "Committees"), code="MST-COM", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class CommitteeMember(Entry, table=True):
    """Skeleton."""

    __tablename__ = "committee_members"

    name: str | None = field("名称", "Name", required=True, search=True)
    committee_id: int | None = ref("committees", "委員会", "Committee")
    account: str | None = field("利用者名", "Account")
    term_start: date | None = field("任期（開始）", "Term, start", DATE)
    term_end: date | None = field("任期（終了）", "Term, end", DATE)


COMMITTEE_MEMBERS = Register(
    CommitteeMember, slug="committee-members", domain=COMMITTEE, title=Text("委員名簿", "Committee members"), code="COM-MBR", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Meeting(Entry, table=True):
    """Skeleton."""

    __tablename__ = "meetings"

    name: str | None = field("名称", "Name", required=True, search=True)


MEETINGS = Register(
    Meeting, slug="meetings", domain=COMMITTEE, title=Text("委員会の開催", "Meetings"), code="COM-MTG", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class AgendaItem(Entry, table=True):
    """Skeleton."""

    __tablename__ = "agenda_items"

    name: str | None = field("名称", "Name", required=True, search=True)


AGENDA_ITEMS = Register(
    AgendaItem, slug="agenda-items", domain=COMMITTEE, title=Text("議題", "Agenda items"), code="COM-AGD", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Resolution(Entry, table=True):
    """Skeleton."""

    __tablename__ = "resolutions"

    name: str | None = field("名称", "Name", required=True, search=True)


RESOLUTIONS = Register(
    Resolution, slug="resolutions", domain=COMMITTEE, title=Text("決議", "Resolutions"), code="COM-RES", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class ActionItem(Entry, table=True):
    """Skeleton."""

    __tablename__ = "action_items"

    name: str | None = field("名称", "Name", required=True, search=True)


ACTION_ITEMS = Register(
    ActionItem, slug="action-items", domain=COMMITTEE, title=Text("宿題", "Action items"), code="COM-ACT", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Consultation(Entry, table=True):
    """Skeleton."""

    __tablename__ = "consultations"

    name: str | None = field("名称", "Name", required=True, search=True)


CONSULTATIONS = Register(
    Consultation, slug="consultations", domain=COMMITTEE, title=Text("諮問・答申", "Consultations"), code="COM-CNS", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class ControlSelfAssessment(Entry, table=True):
    """Skeleton."""

    __tablename__ = "control_self_assessments"

    name: str | None = field("名称", "Name", required=True, search=True)


CONTROL_SELF_ASSESSMENTS = Register(
    ControlSelfAssessment, slug="control-self-assessments", domain=COMMITTEE, title=Text("統制自己評価", "Control self-assessments"), code="COM-CSA", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


REGISTERS = (COMMITTEES, COMMITTEE_MEMBERS, MEETINGS, AGENDA_ITEMS, RESOLUTIONS, ACTION_ITEMS, CONSULTATIONS, CONTROL_SELF_ASSESSMENTS,)
