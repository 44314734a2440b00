"""Skeleton of compliance."""

from grc.record import field
from grc.register import Register
from grc.text import Text
from registers.base import COMPLIANCE, Entry, may


class LegalRequirement(Entry, table=True):
    """Skeleton."""

    __tablename__ = "legal_requirements"

    name: str | None = field("名称", "Name", required=True, search=True)


LEGAL_REQUIREMENTS = Register(
    LegalRequirement, slug="legal-requirements", domain=COMPLIANCE, title=Text("法令等一覧", "Legal requirements"), code="CMP-LAW", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class WhistleblowingCase(Entry, table=True):
    """Skeleton."""

    __tablename__ = "whistleblowing_cases"

    name: str | None = field("名称", "Name", required=True, search=True)


WHISTLEBLOWING_CASES = Register(
    WhistleblowingCase, slug="whistleblowing-cases", domain=COMPLIANCE, title=Text("内部通報", "Whistleblowing cases"), code="CMP-WBC", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


REGISTERS = (LEGAL_REQUIREMENTS, WHISTLEBLOWING_CASES,)
