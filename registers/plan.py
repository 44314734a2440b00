"""Skeleton of plan."""

from grc.record import field
from grc.register import Register
from grc.text import Text
from registers.base import PLAN, Entry, may


class PlanItem(Entry, table=True):
    """Skeleton."""

    __tablename__ = "plan_items"

    name: str | None = field("名称", "Name", required=True, search=True)


PLAN_ITEMS = Register(
    PlanItem, slug="plan-items", domain=PLAN, title=Text("年度計画の取組", "Plan items"), code="PLN-ITM", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Activity(Entry, table=True):
    """Skeleton."""

    __tablename__ = "activities"

    name: str | None = field("名称", "Name", required=True, search=True)


ACTIVITIES = Register(
    Activity, slug="activities", domain=PLAN, title=Text("年間活動計画", "Activities"), code="PLN-ACT", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class Kpi(Entry, table=True):
    """Skeleton."""

    __tablename__ = "kpis"

    name: str | None = field("名称", "Name", required=True, search=True)


KPIS = Register(
    Kpi, slug="kpis", domain=PLAN, title=Text("指標", "KPIs"), code="PLN-KPI", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class KpiValue(Entry, table=True):
    """Skeleton."""

    __tablename__ = "kpi_values"

    name: str | None = field("名称", "Name", required=True, search=True)


KPI_VALUES = Register(
    KpiValue, slug="kpi-values", domain=PLAN, title=Text("指標の実績", "KPI values"), code="PLN-VAL", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


class InfoSystem(Entry, table=True):
    """Skeleton."""

    __tablename__ = "systems"

    name: str | None = field("名称", "Name", required=True, search=True)


SYSTEMS = Register(
    InfoSystem, slug="systems", domain=PLAN, title=Text("情報システム", "Systems"), code="MST-SYS", name="name",
    columns=("code", "name", "status"), keys=(("name",),), may=may("risk_officer"),
)


REGISTERS = (PLAN_ITEMS, ACTIVITIES, KPIS, KPI_VALUES, SYSTEMS,)
