"""What the yearly plan, its activity grid and the systems ask for beyond their declarations. All pure.

The plan is the body's 事業実施方針 of a fiscal year; its commitments are followed up each quarter and rated in April.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any, TypeVar

from grc import calendar, settings
from grc.case import Case, Values
from grc.kinds import DATE, FISCAL_YEAR, MONTH, Around, Cell
from grc.text import Text

QUARTERS = ("q1", "q2", "q3", "q4")
EARLY = settings.declare("plan_confirm_early_days", 10, "四半期末の何日前から進捗を確認できるか", "Days before a quarter's end from which progress may be confirmed")
FORECASTS = {"report_on_track": "on_track", "report_at_risk": "at_risk", "report_delayed": "delayed"}
"""The move by which a unit reports, and the forecast that it stands for."""
ADOPTED = ("fiscal_year", "number", "title", "category", "kpi_name", "kpi_operator", "kpi_target", "kpi_unit", "due", "cadence")
"""What the adopted plan itself says of a commitment."""

# ------------------------------------------------------------------------------------- what a file of the plan says

WITHIN = {**dict.fromkeys(("年度内", "年度末", "通年", "年度", "下期", "下半期", "第4四半期"), 12), "第3四半期": 9,
          **dict.fromkeys(("上期", "上半期", "第2四半期"), 6), "第1四半期": 3}
"""Due dates as the plan writes them without a year: the month of the fiscal year at whose end they fall."""
_NO_UNIT = re.compile(r"(委員会|協議会|報告会|監事|理事長|理事|役員)$")


def lead(cell: Cell) -> Mapping[str, Cell]:
    """主担当: a unit that the plan names; a committee or the 監事 is no unit and stays as the owner (domain.md §2.1)."""
    text = str(cell or "").strip()
    return {"owner": text} if _NO_UNIT.search(text) else {"unit_id": text or None, "unit_basis": "named" if text else None}


def inferred_lead(cell: Cell) -> Mapping[str, Cell]:
    """主担当（推定）: a unit that was inferred from what is to be done, and is marked so."""
    text = str(cell or "").strip()
    return {"unit_basis": "inferred", "unit_id": text} if text else {}


def due_on(values: Values) -> date | None:
    """期限日: the day printed, the last day of the month printed, or that of the fiscal year (FY2025, 令和7年度, 年度内)."""
    text, year = (values["due"] or "").strip(), values["fiscal_year"]
    if not text:
        return None
    if text in WITHIN and year:
        return calendar.month_bounds(calendar.fiscal_year_months(year)[WITHIN[text] - 1])[1]
    around = Around(year)
    day = DATE.read(text, around).value
    if day is not None:
        return day if isinstance(day, date) else None
    month = MONTH.read(text, around).value
    if month is not None:
        return calendar.month_bounds(month)[1]
    token = FISCAL_YEAR.read(text).value
    return calendar.fiscal_year_bounds(token)[1] if token is not None else None


def chapter(values: Values) -> int | None:
    """章: the number before the first dash of section or number; the plan has eleven."""
    found = re.match(r"\d{1,2}", str(values["section"] or values["number"] or ""))
    return int(found[0]) if found else None


# ------------------------------------------------------------------------------------- quarterly progress


def latest(name: str) -> Callable[[Values], Any]:
    """What the last entry of the quarterly progress says."""
    def of(values: Values) -> Any:
        rows = values["progress"]
        return rows[-1].get(name) if rows else None

    return of


def confirmed_quarter(values: Values) -> str | None:
    """The last quarter that the unit head confirmed."""
    return max((row["quarter"] for row in values["progress"] if row.get("confirmed") and row.get("quarter")), default=None)


def reported(case: Case) -> Values:
    """An entry of progress as the unit makes it: the forecast of its move, today's date, not confirmed."""
    rows = list(case.values["progress"])
    if not rows:
        return {}
    last = {**rows[-1], "reported_on": case.today, "confirmed": False}
    last["forecast"] = last.get("forecast") or FORECASTS.get(case.move or "")
    return {"progress": [*rows[:-1], last]}


def confirmed(case: Case) -> Values:
    """The last entry once more, confirmed: entries are never changed."""
    rows = list(case.values["progress"])
    if not rows or rows[-1].get("confirmed"):
        return {}
    return {"progress": [*rows, {**rows[-1], "reported_on": case.today, "confirmed": True}]}


def rated(case: Case) -> Values:
    """The day of the final rating."""
    return {"rated_on": case.today}


def _new_entry(case: Case) -> Values | None:
    """The entry that a move adds; ``None`` while the person has not filled it in."""
    rows, before = case.values["progress"], (case.before or {}).get("progress") or []
    return rows[-1] if len(rows) > len(before) else None


def _quarter_bounds(year: int, quarter: str) -> tuple[date, date]:
    months = calendar.fiscal_year_months(year)
    n = QUARTERS.index(quarter) * 3
    return calendar.month_bounds(months[n])[0], calendar.month_bounds(months[n + 2])[1]


def adopted(case: Case) -> Text | None:
    """What the adopted plan says is changed by the risk officer, not by the unit that carries it out (proposal)."""
    before = case.before
    if before is None or before["status"] == "draft" or case.by_operator or "risk_officer" in case.actor.roles or not case.changed(*ADOPTED):
        return None
    return Text("計画に定めた取組・指標・目標・期限は、リスク管理担当が変更します。変更が要るときは申し出てください。",
                "What the plan itself says (title, figure, target, due) is changed by the risk officer. Ask them.")


def has_lead(case: Case) -> Text | None:
    """A commitment needs somebody in charge before it is active (domain.md §2.1)."""
    if case.values["unit_id"] is not None or case.values["owner"]:
        return None
    return Text("主担当が決まっていません。担当部門か担当者を記入してください。", "Nobody is in charge yet. Fill in the unit or the owner.")


def forecast_agrees(case: Case) -> Text | None:
    """The forecast of an entry is that of the move by which it is made."""
    entry = _new_entry(case)
    if entry is None or entry.get("forecast") in (None, FORECASTS.get(case.move or "")):
        return None
    return Text("見通しの欄と操作が合いません。見通しを直すか、合う操作を選んでください。", "The forecast differs from the act. Correct it, or choose the act that fits.")


def only_delayed(case: Case) -> Text | None:
    """期限を過ぎて達成していない取組は「遅延」だけ (domain.md §2.1); one that is wholly done is not late."""
    entry, due = _new_entry(case), case.values["due_on"]
    if entry is None or due is None or due >= case.today or entry.get("progress_pct") == 100:
        return None
    return Text("期限を過ぎて達成していないので、報告できる見通しは「遅延」だけです。", "It is past its due date and not achieved: it can only be reported as delayed.")


def quarter_fits(case: Case) -> Text | None:
    """An entry is of a quarter that has begun, and of none before the last one reported."""
    entry, year = _new_entry(case), case.values["fiscal_year"]
    if entry is None or not entry.get("quarter"):
        return None
    n = QUARTERS.index(entry["quarter"]) + 1
    if year is not None and _quarter_bounds(year, entry["quarter"])[0] > case.today:
        return Text(f"第{n}四半期はまだ始まっていません。", f"Quarter {n} has not begun.")
    earlier = [row["quarter"] for row in (case.before or {}).get("progress") or [] if row.get("quarter")]
    if earlier and max(earlier) > entry["quarter"]:
        return Text(f"第{n}四半期より後の進捗が報告済みです。いまの四半期で報告してください。",
                    f"A quarter after quarter {n} has been reported. Report for the present one.")
    return None


def to_confirm(case: Case) -> Text | None:
    """There is an entry that nobody confirmed, and its quarter is at its end."""
    rows, year = (case.before or case.values)["progress"], case.values["fiscal_year"]
    if not rows or rows[-1].get("confirmed"):
        return Text("確認を待っている進捗の報告がありません。", "No progress waits to be confirmed.")
    quarter = rows[-1].get("quarter")
    if quarter and year is not None:
        first = calendar.add_days(_quarter_bounds(year, quarter)[1], -int(case.facts.setting(EARLY)))
        if case.today < first:
            return Text(f"第{QUARTERS.index(quarter) + 1}四半期の進捗は、{first.month}月{first.day}日から確認できます。",
                        f"Progress of quarter {QUARTERS.index(quarter) + 1} can be confirmed from {first.isoformat()}.")
    return None


# ------------------------------------------------------------------------------------- the final rating


def year_over(case: Case) -> Text | None:
    """The final rating is given when the fiscal year is over, in April (domain.md §2.1, §10)."""
    year = case.values["fiscal_year"]
    if year is None or case.today > calendar.fiscal_year_bounds(year)[1]:
        return None
    return Text(f"最終評価は年度が終わった後（{year + 1}年4月から）に行います。", f"The final rating is given after the fiscal year, from April {year + 1}.")


def progress_confirmed(case: Case) -> Text | None:
    """What is rated as achieved, in whole or in part, rests on progress that the unit head confirmed."""
    rows = case.values["progress"]
    if rows and rows[-1].get("confirmed"):
        return None
    return Text("最後の進捗が部門長に確認されていません。確認を受けてから評価してください。",
                "The last progress is not confirmed by the unit head. Have it confirmed first.")


def figure_met(case: Case) -> Text | None:
    """A commitment with a figure is achieved where the actual figure meets the target."""
    values = case.values
    target, actual = values["kpi_target"], values["actual"]
    if target is None or values["kpi_operator"] is None:
        return None
    if actual is None:
        return Text("実績値が報告されていません。指標のある取組は、実績値で評価します。", "No actual figure was reported. A commitment with a figure is rated by it.")
    if meets(values["kpi_operator"], actual, target):
        return None
    return Text("実績値が目標に届いていないので、「達成」にはできません。", "The actual figure does not meet the target, so it is not achieved.")


Number = TypeVar("Number", Decimal, Fraction)


def meets(operator: str, value: Number, target: Number) -> bool:
    """Whether a figure is what the plan asks for."""
    return {">=": value >= target, "<=": value <= target, "=": value == target, ">": value > target, "<": value < target}[operator]


# ------------------------------------------------------------------------------------- the activity grid


def within_year(case: Case) -> Text | None:
    """The month for which a step is planned lies in the fiscal year of its grid."""
    year, month = case.values["fiscal_year"], case.values["month_planned"]
    if case.loading or year is None or month is None or month in calendar.fiscal_year_months(year):
        return None
    return Text("予定月が年度の中にありません。年度か予定月を直してください。", "The month planned is not in the fiscal year. Correct one of them.")


def not_ahead(case: Case) -> Text | None:
    """What was done was not done in a month to come."""
    month = case.values["month_done"]
    if case.loading or month is None or month <= calendar.month_of(case.today):
        return None
    return Text("実施月が先の月になっています。", "The month done lies ahead.")


def done_now(case: Case) -> Values:
    """The month in which a step was done: this one, unless another was filled in."""
    return {} if case.values["month_done"] else {"month_done": calendar.month_of(case.today)}


def reopened(_case: Case) -> Values:
    """A step that is not done after all."""
    return {"month_done": None}


@dataclass(frozen=True, slots=True)
class Step:
    """A step of the yearly grid: its area, what is done, in which month (4–12, 1–3), for which commitment of the plan."""

    area: str
    step: str
    activity: str
    month: int
    plan: str


TEMPLATE = (
    Step("privacy", "identify", "個人情報の特定（個人情報管理台帳の見直し）", 6, "1-2-2-1b"),
    Step("privacy", "treat_risks", "個人情報のリスク評価と対応", 8, "1-2-2-1c"),
    Step("privacy", "train", "個人情報保護教育", 7, "1-2-2-1d"),
    Step("privacy", "supervise", "委託先の監督（委託先評価）", 8, "1-2-2-1e"),
    Step("privacy", "audit", "個人情報保護の内部監査", 11, "1-2-2-1f"),
    Step("privacy", "correct", "個人情報保護の是正処置", 1, "1-2-2-1g"),
    Step("isms", "identify", "情報資産の特定（情報資産管理台帳の棚卸）", 7, "1-2-2-2c"),
    Step("isms", "treat_risks", "情報資産のリスク評価と対応", 8, "1-2-2-2d"),
    Step("isms", "train", "情報セキュリティ教育", 7, "1-2-2-2e"),
    Step("isms", "self_check", "情報セキュリティ自己点検", 9, "1-2-2-2f"),
    Step("isms", "diagnose", "脆弱性診断", 10, "1-2-2-2i"),
    Step("isms", "audit", "情報セキュリティ内部監査", 11, "1-2-2-2g"),
    Step("isms", "correct", "情報セキュリティの是正処置", 1, "1-2-2-2h"),
    Step("compliance", "train", "コンプライアンス教育", 6, "1-2-2-3b"),
    Step("compliance", "unit_risks", "部門別のコンプライアンスリスクの分析・評価", 8, "1-2-2-3c"),
    Step("compliance", "audit", "コンプライアンス内部監査", 12, "1-2-2-3d"),
    Step("compliance", "correct", "コンプライアンスの是正処置", 1, "1-2-2-3e"),
    Step("crisis", "train", "危機管理教育", 5, "1-2-2-4a"),
    Step("crisis", "drill", "緊急時対応訓練（全分野一斉演習を含む）", 10, "1-2-2-4b"),
    Step("crisis", "review", "インシデント報告会", 9, "1-2-2-4c"),
    Step("crisis", "audit", "危機管理の内部監査", 12, "1-2-2-4d"),
    Step("crisis", "correct", "危機管理の是正処置", 1, "1-2-2-4d"),
    Step("crisis", "specialise", "危機管理専門研修への参加", 11, "1-2-2-4f"),
    Step("internal_control", "plan", "内部統制活動の年間計画", 4, "1-2-1-2"),
    Step("internal_control", "self_check", "統制自己評価", 9, "1-2-1-2"),
    Step("internal_control", "committee", "内部統制委員会での審議", 11, "1-2-1-1"),
    Step("internal_control", "improve", "改善計画の実施", 1, "1-2-1-2"),
    Step("internal_control", "follow_up", "改善のフォローアップ", 3, "1-2-1-2"),
)
"""The grid of a year: the 23 steps that the plan names for the four areas of risk (1(2)2), and five of internal control.
The months are those of the annual calendar (domain.md §10), a beginning that each office changes."""


def planned_month(step: Step, year: int) -> str:
    """The month of a step of the template in a fiscal year."""
    return f"{year + (step.month < calendar.FIRST_MONTH)}-{step.month:02d}"


# ------------------------------------------------------------------------------------- systems

_AVAILABILITY = re.compile(r"availability\s*>=\s*(\d{1,3}(?:\.\d+)?)|稼働率\s*(\d{1,3}(?:\.\d+)?)\s*[%％]\s*以上")


def availability(values: dict[str, Any], _printed: Mapping[str, str]) -> dict[str, Any]:
    """The target of availability, where it is not filled in but stands in the commitment in so many words."""
    values = dict(values)
    if values["availability_target"] is None:
        said = " ".join(filter(None, (values["availability_token"], values["availability_commitment"])))
        found = _AVAILABILITY.search(said)
        if found:
            values["availability_target"] = Decimal(found[1] or found[2])
    return values
