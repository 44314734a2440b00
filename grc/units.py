"""Units: the parts of the organisation. The engine's own, shown and edited like any register."""

from datetime import date

from grc.kinds import DATE
from grc.permissions import EDIT, VIEW
from grc.record import Record, field, ref
from grc.register import Domain, Register
from grc.text import Text

MASTERS = Domain("masters", Text("基礎情報", "Masters"), "apartment")


class Unit(Record, table=True):
    """A department, section or office of the body."""

    __tablename__ = "units"

    name: str | None = field("部門名", "Name", required=True, search=True, synonyms=("部署名", "名称", "部門", "部署"))
    parent_unit_id: int | None = ref("units", "上位部門", "Parent unit")
    head: str | None = field("部門長", "Head", search=True)
    valid_from: date | None = field("設置日", "Valid from", DATE)
    valid_to: date | None = field("廃止日", "Valid to", DATE)


UNITS = Register(
    Unit, slug="units", domain=MASTERS, title=Text("部門", "Units"), code="MST-UNT", name="name",
    columns=("code", "name", "parent_unit_id", "head", "valid_from"), keys=(("name",),),
    may={"admin": EDIT, "unit_user": VIEW, "unit_head": VIEW, "risk_officer": VIEW, "privacy_manager": VIEW,
         "security_office": VIEW, "ciso": VIEW, "cro": VIEW, "procurement": VIEW, "procurement_head": VIEW,
         "secretariat": VIEW},
)
