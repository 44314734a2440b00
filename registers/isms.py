"""Skeleton of isms."""

from grc.record import field
from grc.register import Register
from grc.text import Text
from registers.base import ISMS, Entry, may


class InformationAsset(Entry, table=True):
    """Skeleton."""

    __tablename__ = "information_assets"

    name: str | None = field("名称", "Name", required=True, search=True)


INFORMATION_ASSETS = Register(
    InformationAsset, slug="information-assets", domain=ISMS, title=Text("情報資産管理台帳", "Information assets"), code="ISM-AST", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Control(Entry, table=True):
    """Skeleton."""

    __tablename__ = "controls"

    name: str | None = field("名称", "Name", required=True, search=True)


CONTROLS = Register(
    Control, slug="controls", domain=ISMS, title=Text("管理策", "Controls"), code="ISM-CTL", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class SoaEntry(Entry, table=True):
    """Skeleton."""

    __tablename__ = "soa_entries"

    name: str | None = field("名称", "Name", required=True, search=True)


SOA_ENTRIES = Register(
    SoaEntry, slug="soa-entries", domain=ISMS, title=Text("適用宣言書", "Statement of applicability"), code="ISM-SOA", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class SelfCheck(Entry, table=True):
    """Skeleton."""

    __tablename__ = "self_checks"

    name: str | None = field("名称", "Name", required=True, search=True)


SELF_CHECKS = Register(
    SelfCheck, slug="self-checks", domain=ISMS, title=Text("自己点検", "Self-checks"), code="ISM-CHK", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class VulnerabilityAssessment(Entry, table=True):
    """Skeleton."""

    __tablename__ = "vulnerability_assessments"

    name: str | None = field("名称", "Name", required=True, search=True)


VULNERABILITY_ASSESSMENTS = Register(
    VulnerabilityAssessment, slug="vulnerability-assessments", domain=ISMS, title=Text("脆弱性診断", "Vulnerability assessments"), code="ISM-VAS", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class VulnerabilityFinding(Entry, table=True):
    """Skeleton."""

    __tablename__ = "vulnerability_findings"

    name: str | None = field("名称", "Name", required=True, search=True)


VULNERABILITY_FINDINGS = Register(
    VulnerabilityFinding, slug="vulnerability-findings", domain=ISMS, title=Text("脆弱性", "Vulnerability findings"), code="ISM-VUL", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class SupplyChainCheck(Entry, table=True):
    """Skeleton."""

    __tablename__ = "supply_chain_checks"

    name: str | None = field("名称", "Name", required=True, search=True)


SUPPLY_CHAIN_CHECKS = Register(
    SupplyChainCheck, slug="supply-chain-checks", domain=ISMS, title=Text("サプライチェーン確認", "Supply-chain checks"), code="ISM-SCC", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class SecurityException(Entry, table=True):
    """Skeleton."""

    __tablename__ = "security_exceptions"

    name: str | None = field("名称", "Name", required=True, search=True)


SECURITY_EXCEPTIONS = Register(
    SecurityException, slug="security-exceptions", domain=ISMS, title=Text("例外措置", "Security exceptions"), code="ISM-EXC", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class AspAudit(Entry, table=True):
    """Skeleton."""

    __tablename__ = "asp_audits"

    name: str | None = field("名称", "Name", required=True, search=True)


ASP_AUDITS = Register(
    AspAudit, slug="asp-audits", domain=ISMS, title=Text("LGWAN-ASP監査", "ASP audits"), code="ISM-ASP", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class MunicipalAuditReport(Entry, table=True):
    """Skeleton."""

    __tablename__ = "municipal_audit_reports"

    name: str | None = field("名称", "Name", required=True, search=True)


MUNICIPAL_AUDIT_REPORTS = Register(
    MunicipalAuditReport, slug="municipal-audit-reports", domain=ISMS, title=Text("自治体監査報告", "Municipal audit reports"), code="ISM-MUN", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


REGISTERS = (INFORMATION_ASSETS, CONTROLS, SOA_ENTRIES, SELF_CHECKS, VULNERABILITY_ASSESSMENTS, VULNERABILITY_FINDINGS, SUPPLY_CHAIN_CHECKS, SECURITY_EXCEPTIONS, ASP_AUDITS, MUNICIPAL_AUDIT_REPORTS)
