"""The indicators of a board: of each the latest month that is known, its target, its light."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from grc import calendar
from grc.charts import numbers
from grc.kinds import Choice, Option
from grc.record import LIVE
from grc.register import CATALOGUE, Register
from grc.states import Tone
from grc.text import Text, same

KPIS, VALUES = "kpis", "kpi-values"
"""The register of indicators, and that of their monthly figures."""
SIGNS = {Tone.GREEN: "●", Tone.ORANGE: "▲", Tone.YELLOW: "▲", Tone.RED: "■"}
"""The shape beside the colour of a light (ui.md §4)."""
NOT_COMPUTABLE = Text("算定できません", "Not computable")
NO_TARGET = Text("目標の定めなし", "No target set")
_ENGLISH = {"件": "", "回": "", "人": "people", "日": "days", "時間": "h", "分": "min", "円": "yen", "団体": "bodies"}
"""Units as indicators name them, in English; others stay as they are."""
_OPERATORS = {">=": Text("{}以上", "≥ {}"), "<=": Text("{}以下", "≤ {}"), "=": Text("{}", "{}"), ">": Text("{}超", "> {}"), "<": Text("{}未満", "< {}")}


@dataclass(frozen=True, slots=True)
class Indicator:
    """One indicator as a board shows it; ``value`` and ``target`` with their unit, ``―`` for none."""

    number: str
    title: Text
    value: Text
    month: str
    light: Text
    tone: Tone
    target: Text

    @property
    def sign(self) -> str:
        """The shape of its light."""
        return SIGNS.get(self.tone, numbers.NONE)


def indicators(conn: sa.Connection, wanted: Sequence[str]) -> list[Indicator]:
    """The indicators of these numbers, in this order, as far as the body keeps them."""
    kpis, values = CATALOGUE.get(KPIS), CATALOGUE.get(VALUES)
    if kpis is None or values is None or not {"number"} <= set(kpis.field) or not {"kpi_id", "month", "value", "light"} <= set(values.field):
        return []
    k = kpis.table.c
    rows = {row.number: row for row in conn.execute(sa.select(kpis.table).where(k.number.in_(wanted), k.standing == LIVE))}
    return [_indicator(conn, rows[number], values) for number in wanted if number in rows]


def _indicator(conn: sa.Connection, kpi: Any, values: Register) -> Indicator:
    v = values.table.c
    known = sa.select(values.table).where(v.kpi_id == kpi.id, v.standing == LIVE, v.month <= calendar.month_of(calendar.today()))
    row = conn.execute(known.order_by(v.month.desc()).limit(1)).first()
    now = row._mapping if row else {}
    unit = now.get("measure_unit") or getattr(kpi, "measure_unit", None) or ""
    kind = values.field["light"].kind
    option = next((o for o in kind.options if o.id == now.get("light")), None) if isinstance(kind, Choice) else None
    english = getattr(kpi, "name_en", None) or kpi.name
    return Indicator(kpi.number, Text(str(kpi.name), str(english)), _with_unit(now.get("value"), unit), now.get("month") or "",
                     option.text if option else NOT_COMPUTABLE if now.get("value") is None else NO_TARGET, _tone(option), _target(kpi, now, unit))


def _tone(option: Option | None) -> Tone:
    return Tone(option.colour) if option and option.colour in set(Tone) else Tone.GRAY


def _target(kpi: Any, now: Any, unit: str) -> Text:
    """The target that held then, else the indicator's own."""
    value = now.get("target") if now.get("target") is not None else getattr(kpi, "target", None)
    if value is None:
        return same(numbers.NONE)
    shape = _OPERATORS.get(now.get("operator") or getattr(kpi, "operator", None) or "=", _OPERATORS["="])
    words = _with_unit(value, unit)
    return Text(shape.ja.format(words.ja), shape.en.format(words.en))


def _with_unit(value: Any, unit: str) -> Text:
    if value is None:
        return same(numbers.NONE)
    sign = "%" if unit in ("%", "％") else unit
    english = _ENGLISH.get(sign, sign)
    room = "" if english == "%" or not english else " "
    return Text(f"{numbers.plain(value, 'ja')}{sign}", f"{numbers.plain(value, 'en')}{room}{english}")
