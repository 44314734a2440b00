"""Skeleton of audits."""

from grc.record import field
from grc.register import Register
from grc.text import Text
from registers.base import AUDIT, Entry, may


class AuditProgramme(Entry, table=True):
    """Skeleton."""

    __tablename__ = "audit_programmes"

    name: str | None = field("名称", "Name", required=True, search=True)


AUDIT_PROGRAMMES = Register(
    AuditProgramme, slug="audit-programmes", domain=AUDIT, title=Text("監査計画", "Audit programmes"), code="AUD-PRG", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Audit(Entry, table=True):
    """Skeleton."""

    __tablename__ = "audits"

    name: str | None = field("名称", "Name", required=True, search=True)


AUDITS = Register(
    Audit, slug="audits", domain=AUDIT, title=Text("監査", "Audits"), code="AUD-AUD", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class ChecklistItem(Entry, table=True):
    """Skeleton."""

    __tablename__ = "checklist_items"

    name: str | None = field("名称", "Name", required=True, search=True)


CHECKLIST_ITEMS = Register(
    ChecklistItem, slug="checklist-items", domain=AUDIT, title=Text("監査チェックリスト", "Checklist items"), code="AUD-CHK", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class ManagementReview(Entry, table=True):
    """Skeleton."""

    __tablename__ = "management_reviews"

    name: str | None = field("名称", "Name", required=True, search=True)


MANAGEMENT_REVIEWS = Register(
    ManagementReview, slug="management-reviews", domain=AUDIT, title=Text("マネジメントレビュー", "Management reviews"), code="AUD-MRV", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


REGISTERS = (AUDIT_PROGRAMMES, AUDITS, CHECKLIST_ITEMS, MANAGEMENT_REVIEWS,)
