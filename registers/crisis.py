"""Skeleton of crisis."""

from grc.record import field
from grc.register import Register
from grc.text import Text
from registers.base import CRISIS, Entry, may


class Incident(Entry, table=True):
    """Skeleton."""

    __tablename__ = "incidents"

    name: str | None = field("名称", "Name", required=True, search=True)


INCIDENTS = Register(
    Incident, slug="incidents", domain=CRISIS, title=Text("インシデント管理台帳", "Incidents"), code="CRS-INC", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class BreachReport(Entry, table=True):
    """Skeleton."""

    __tablename__ = "breach_reports"

    name: str | None = field("名称", "Name", required=True, search=True)


BREACH_REPORTS = Register(
    BreachReport, slug="breach-reports", domain=CRISIS, title=Text("漏えい等報告", "Breach reports"), code="CRS-BRR", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class IncidentReview(Entry, table=True):
    """Skeleton."""

    __tablename__ = "incident_reviews"

    name: str | None = field("名称", "Name", required=True, search=True)


INCIDENT_REVIEWS = Register(
    IncidentReview, slug="incident-reviews", domain=CRISIS, title=Text("インシデント報告会", "Incident reviews"), code="CRS-REV", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Drill(Entry, table=True):
    """Skeleton."""

    __tablename__ = "drills"

    name: str | None = field("名称", "Name", required=True, search=True)


DRILLS = Register(
    Drill, slug="drills", domain=CRISIS, title=Text("訓練", "Drills"), code="CRS-DRL", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class ContinuityItem(Entry, table=True):
    """Skeleton."""

    __tablename__ = "continuity_items"

    name: str | None = field("名称", "Name", required=True, search=True)


CONTINUITY_ITEMS = Register(
    ContinuityItem, slug="continuity-items", domain=CRISIS, title=Text("業務継続", "Continuity items"), code="CRS-BCP", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


REGISTERS = (INCIDENTS, BREACH_REPORTS, INCIDENT_REVIEWS, DRILLS, CONTINUITY_ITEMS,)
