"""Skeleton of shared."""

from grc.record import field
from grc.register import Register
from grc.text import Text
from registers.base import SHARED, Entry, may


class Risk(Entry, table=True):
    """Skeleton."""

    __tablename__ = "risks"

    name: str | None = field("名称", "Name", required=True, search=True)


RISKS = Register(
    Risk, slug="risks", domain=SHARED, title=Text("リスク評価表", "Risks"), code="SHR-RSK", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class TrainingCourse(Entry, table=True):
    """Skeleton."""

    __tablename__ = "training_courses"

    name: str | None = field("名称", "Name", required=True, search=True)


TRAINING_COURSES = Register(
    TrainingCourse, slug="training-courses", domain=SHARED, title=Text("教育計画", "Training courses"), code="SHR-CRS", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class TrainingSession(Entry, table=True):
    """Skeleton."""

    __tablename__ = "training_sessions"

    name: str | None = field("名称", "Name", required=True, search=True)


TRAINING_SESSIONS = Register(
    TrainingSession, slug="training-sessions", domain=SHARED, title=Text("教育実施記録", "Training sessions"), code="SHR-TRN", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Finding(Entry, table=True):
    """Skeleton."""

    __tablename__ = "findings"

    name: str | None = field("名称", "Name", required=True, search=True)


FINDINGS = Register(
    Finding, slug="findings", domain=SHARED, title=Text("指摘事項", "Findings"), code="SHR-FND", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class CorrectiveAction(Entry, table=True):
    """Skeleton."""

    __tablename__ = "corrective_actions"

    name: str | None = field("名称", "Name", required=True, search=True)


CORRECTIVE_ACTIONS = Register(
    CorrectiveAction, slug="corrective-actions", domain=SHARED, title=Text("是正処置", "Corrective actions"), code="SHR-CAP", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


REGISTERS = (RISKS, TRAINING_COURSES, TRAINING_SESSIONS, FINDINGS, CORRECTIVE_ACTIONS,)
