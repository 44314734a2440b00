"""``grc kpi``: the indicators, measured from the registers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Any

import typer

from grc.cli.shared import Desk, command, group
from grc.refusal import Misuse
from grc.text import Text

if TYPE_CHECKING:
    from grc.cli.kpi_values import Measured

app = group("指標 / Indicators")


@command(app, "define", "指標を登録する / Register the indicators", acts=True)
def define(desk: Desk) -> None:
    """Put the indicators to begin with into the register; what is there already stays as it is."""
    office, actor = desk.office, desk.actor
    from grc.cli.kpi_values import define as put

    made = put(office, actor)
    desk.answer({"created": made}, [Text(f"指標を{len(made)}件登録しました。", f"Indicators registered: {len(made)}")])


@command(app, "measure", "月末の指標を台帳から測る / Measure the indicators at a month's end", acts=True)
def measure(desk: Desk, month: Annotated[str, typer.Argument(metavar="MONTH", help="年月（2025-11） / Month", show_default=False)]) -> None:
    """Measure every indicator that the registers can say, at the end of a month; what a person typed is left alone."""
    office, actor = desk.office, desk.actor
    from grc.cli.kpi_values import counts
    from grc.cli.kpi_values import measure as take
    from grc.kinds import MONTH

    wanted = MONTH.read(month).value
    if not isinstance(wanted, str):
        raise Misuse(Text(f"「{month}」は年月ではありません。2025-11 のように書いてください。", f'"{month}" is no month. Write it as 2025-11.'))
    measured = take(office, actor, [wanted])
    n = counts(measured)
    desk.answer({"month": wanted, **n, "values": [_json(one) for one in measured]}, [*map(_line, measured), Text(
        f"新規{n['created']}・変更{n['updated']}・変更なし{n['unchanged']}・入力済み{n['typed']}",
        f"{n['created']} created, {n['updated']} updated, {n['unchanged']} unchanged, {n['typed']} typed")])


def _json(one: Measured) -> dict[str, Any]:
    from grc.cli.kpi_values import shown

    v = one.values
    return {"number": one.number, "name": one.name, "code": v["code"], "fate": one.fate, "light": v["light"],
            **{name: shown(v[name]) for name in ("numerator", "denominator", "value", "target")}}


def _line(one: Measured) -> Text:
    from grc.register import get

    register, v = get("kpi-values"), one.values
    said = {lang: (register.field["value"].kind.show(v["value"], lang), register.field["light"].kind.show(v["light"], lang)) for lang in ("ja", "en")}
    unit = "" if v["value"] is None else v["measure_unit"] or ""
    return Text(f"{one.number}　{one.name}　{said['ja'][0]}{unit}　{said['ja'][1]}", f"{one.number}  {one.name}  {said['en'][0]}{unit}  {said['en'][1]}")
