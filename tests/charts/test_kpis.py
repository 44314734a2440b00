"""The indicators of a board: the latest month that is known, its light in shape and word, its target; a dash where there is none."""

from decimal import Decimal as Exact

import pytest
import sqlalchemy as sa

from grc import calendar
from grc.charts import kpis
from grc.kinds import DECIMAL, MONTH, Choice, Option
from grc.office import Office
from grc.permissions import EDIT
from grc.record import Record, field, ref
from grc.register import Register
from grc.states import Tone
from grc.text import Text
from tests.charts.library import still
from tests.toy import LIBRARY

LIGHT = Choice("toy-light", Option("good", "良好", "Good", colour="green"), Option("bad", "未達", "Off target", colour="red"))


class Kpi(Record, table=True):
    """An indicator."""

    __tablename__ = "toy_kpis"

    number: str | None = field("番号", "Number")
    name: str | None = field("名称", "Name")
    name_en: str | None = field("英語名", "English name")
    operator: str | None = field("条件", "Condition")
    target: Exact | None = field("目標値", "Target", DECIMAL)
    measure_unit: str | None = field("単位", "Unit of measure")


class KpiValue(Record, table=True):
    """Its figure of a month."""

    __tablename__ = "toy_kpi_values"

    kpi_id: int | None = ref("toy-kpis", "指標", "Indicator")
    month: str | None = field("年月", "Month", MONTH)
    value: Exact | None = field("実績値", "Value", DECIMAL)
    light: str | None = field("判定", "Light", LIGHT)
    target: Exact | None = field("その時の目標", "Target then", DECIMAL)


def register(model: type[Record], slug: str, code: str) -> Register:
    return Register(model, slug=slug, domain=LIBRARY, title=Text("指標", "Indicators"), code=code, name="code", columns=("code",), keys=(), may={"admin": EDIT})


HERE = {"toy-kpis": register(Kpi, "toy-kpis", "TOY-KPI"), "toy-kpi-values": register(KpiValue, "toy-kpi-values", "TOY-KPV")}


@pytest.fixture
def kept(sqlite_office: Office, monkeypatch: pytest.MonkeyPatch) -> Office:
    """Four indicators: one with two months and one to come, one over nought, one without any figure, one void."""
    monkeypatch.setattr(kpis, "CATALOGUE", HERE)
    monkeypatch.setattr(kpis, "KPIS", "toy-kpis")
    monkeypatch.setattr(kpis, "VALUES", "toy-kpi-values")
    with sqlite_office.db.write() as conn:
        for n, (number, operator, target, unit) in enumerate((("K01", ">=", 95, "%"), ("K05", "<=", 0, "件"), ("K16", None, None, "時間"), ("K99", None, 1, "")), 1):
            put(conn, HERE["toy-kpis"], id=n, code=number, number=number, name=f"指標{n}", name_en=f"Indicator {n}" if n < 3 else None, operator=operator,
                target=target, measure_unit=unit, standing="void" if number == "K99" else "live")
        for n, (kpi, month, value, light, target) in enumerate((
                (1, "2025-09", 97, "good", None), (1, "2025-10", Exact("71.25"), "bad", 90), (1, "2025-12", 100, "good", None), (2, "2025-10", None, None, None),
                (3, "2025-10", 5, None, None)), 1):
            put(conn, HERE["toy-kpi-values"], id=n, code=f"V{n}", kpi_id=kpi, month=month, value=value, light=light, target=target, standing="live")
    return sqlite_office


def put(conn: sa.Connection, into: Register, **values: object) -> None:
    conn.execute(into.table.insert().values(status="in_force", provisional=False, loaded=False, version=1, printed={}, search="", created_at=calendar.now(),
                                            updated_at=calendar.now(), created_by="x", updated_by="x", **values))


def test_an_indicator_shows_its_latest_month_its_light_and_the_target_of_then(kept: Office) -> None:
    with still(), kept.db.read() as conn:
        late, open_, none = kpis.indicators(conn, ("K01", "K05", "K16", "K99", "K00"))
    assert (late.value.ja, late.month, late.light.ja, late.sign, late.tone) == ("71.3%", "2025-10", "未達", "■", Tone.RED)
    assert (late.target.ja, late.target.en, late.title.en) == ("90%以上", "≥ 90%", "Indicator 1")
    assert (open_.value.ja, open_.light, open_.sign, open_.target.ja, open_.target.en) == ("―", kpis.NOT_COMPUTABLE, "―", "0件以下", "≤ 0")
    assert (none.value.ja, none.light, none.target.ja, none.title.en) == ("5時間", kpis.NO_TARGET, "―", "指標3")


def test_without_registers_of_indicators_there_are_none(kept: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kpis, "CATALOGUE", {})
    with kept.db.read() as conn:
        assert kpis.indicators(conn, ("K01",)) == []
