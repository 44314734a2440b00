"""Skeleton of privacy."""

from grc.record import field
from grc.register import Register
from grc.text import Text
from registers.base import PRIVACY, Entry, may


class PersonalDataAsset(Entry, table=True):
    """Skeleton."""

    __tablename__ = "personal_data_assets"

    name: str | None = field("名称", "Name", required=True, search=True)


PERSONAL_DATA_ASSETS = Register(
    PersonalDataAsset, slug="personal-data-assets", domain=PRIVACY, title=Text("個人情報管理台帳", "Personal data assets"), code="PRV-PDA", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Processor(Entry, table=True):
    """Skeleton."""

    __tablename__ = "processors"

    name: str | None = field("名称", "Name", required=True, search=True)


PROCESSORS = Register(
    Processor, slug="processors", domain=PRIVACY, title=Text("委託先一覧", "Processors"), code="PRV-PRC", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class ProcessorEvaluation(Entry, table=True):
    """Skeleton."""

    __tablename__ = "processor_evaluations"

    name: str | None = field("名称", "Name", required=True, search=True)


PROCESSOR_EVALUATIONS = Register(
    ProcessorEvaluation, slug="processor-evaluations", domain=PRIVACY, title=Text("委託先評価", "Processor evaluations"), code="PRV-EVL", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class SubjectRequest(Entry, table=True):
    """Skeleton."""

    __tablename__ = "subject_requests"

    name: str | None = field("名称", "Name", required=True, search=True)


SUBJECT_REQUESTS = Register(
    SubjectRequest, slug="subject-requests", domain=PRIVACY, title=Text("開示等請求・苦情", "Subject requests"), code="PRV-REQ", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Certification(Entry, table=True):
    """Skeleton."""

    __tablename__ = "certifications"

    name: str | None = field("名称", "Name", required=True, search=True)


CERTIFICATIONS = Register(
    Certification, slug="certifications", domain=PRIVACY, title=Text("認証・登録", "Certifications"), code="PRV-CRT", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


REGISTERS = (PERSONAL_DATA_ASSETS, PROCESSORS, PROCESSOR_EVALUATIONS, SUBJECT_REQUESTS, CERTIFICATIONS,)
