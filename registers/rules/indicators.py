"""The indicators K01–K28 as the office begins with them, and how a value, its light and its target come about.

Targets marked 「提案」 have no source but good practice (domain.md §9.3); each office sets its own in the register. A target
that the body's plan names carries the section of that plan. K28 are the plan's service figures: typed by who provides it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction
from typing import Any

from grc import calendar
from grc.case import Case, Change, Values
from grc.text import Text
from registers.rules import kpi
from registers.rules.plan import meets

TARGET = ("how", "operator", "target", "tolerance", "measure_unit")
"""What a value copies from its indicator, so that a later change of the target does not rewrite the past."""
SCORES = {"good": 2, "attention": 1, "bad": 0}

# ------------------------------------------------------------------------------------- a value and its light


def _exact(values: Values) -> Fraction | None:
    numerator, denominator = values["numerator"], values["denominator"]
    if numerator is None:
        return None
    if values["how"] not in ("ratio", "mean"):
        return Fraction(numerator)
    if not denominator:
        return None
    return Fraction(numerator) / Fraction(denominator) * (100 if values["how"] == "ratio" else 1)


def value(values: Values) -> Decimal | None:
    """実績値: numerator ÷ denominator, in percent or as a mean, or the figure itself; nothing to divide by is no value."""
    exact = _exact(values)
    return None if exact is None else (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(Decimal("0.0001"), "ROUND_HALF_UP")


def light(values: Values) -> str | None:
    """判定: good where the target is met, attention within the tolerance of it, else off target; none without either."""
    exact, operator, target = _exact(values), values["operator"], values["target"]
    if exact is None or operator is None or target is None:
        return None
    goal, room = Fraction(target), Fraction(values["tolerance"] or 0)
    if meets(operator, exact, goal):
        return "good"
    return "attention" if room and abs(exact - goal) <= room else "bad"


def score(values: Values) -> int | None:
    """The light as a number, for charts."""
    return SCORES.get(values["light"] or "")


def target_of(indicator: Values, month: str) -> dict[str, Any]:
    """What holds for a value of a month: the indicator's target, or that of the fiscal year where one is set."""
    first, _ = calendar.month_bounds(month)
    yearly = next((row["target"] for row in indicator.get("targets") or [] if row["fiscal_year"] == calendar.fiscal_year(first)), None)
    return {**{name: indicator[name] for name in TARGET}, **({"target": yearly} if yearly is not None else {})}


def take_target(case: Case) -> Iterable[Change]:
    """A value that says nothing of its target gets that of its indicator, as it stands now; what does not say that it was
    measured was typed."""
    values = case.values
    indicator = case.facts.one("kpis", values["kpi_id"], whole=True)
    copied = target_of(indicator, values["month"]) if indicator is not None and all(values[name] is None for name in TARGET) else {}
    copied |= {"source": "typed"} if values["source"] is None else {}
    if copied:
        yield Change("kpi-values", values["id"], Text("指標に定めた目標を写しました。", "The target of the indicator was copied."), copied)


def once_a_month(case: Case) -> Text | None:
    """An indicator has one value a month."""
    values = case.values
    if case.loading or not case.changed("kpi_id", "month"):
        return None
    if all(row["id"] == values["id"] for row in case.facts.records("kpi-values", kpi_id=values["kpi_id"], month=values["month"])):
        return None
    return Text("この指標のこの月の実績は登録済みです。その記録を直してください。", "This indicator has a value for this month. Change that record.")


# ------------------------------------------------------------------------------------- the indicators to begin with


@dataclass(frozen=True, slots=True)
class Indicator:
    """An indicator as the office begins with it. ``measure`` is its formula; none where it is typed (or K25, measured
    from the published months). ``plan`` numbers the commitment that it shows."""

    number: str
    area: str
    name: str
    name_en: str
    formula: str
    how: str
    unit: str
    operator: str | None = None
    target: str | None = None
    tolerance: str | None = None
    cadence: str = "monthly"
    source_section: str = "提案"
    measure: kpi.Formula | None = None
    plan: str | None = None
    targets: Mapping[int, str] | None = None

    @property
    def values(self) -> dict[str, Any]:
        """As a record of the register of indicators."""
        return {
            "number": self.number, "area": self.area, "name": self.name, "name_en": self.name_en, "formula": self.formula, "how": self.how,
            "measure_unit": self.unit, "operator": self.operator, "target": _decimal(self.target), "tolerance": _decimal(self.tolerance),
            "cadence": self.cadence, "source_section": self.source_section, "source": "measured" if self.measured else "typed",
            "targets": [{"fiscal_year": year, "target": _decimal(target)} for year, target in (self.targets or {}).items()]}

    @property
    def measured(self) -> bool:
        """Whether it is measured from the registers or the published months."""
        return self.measure is not None or self.number == PUBLISHED


PUBLISHED = "K25"
"""The one that is measured from the published months, which are no register."""


def _decimal(text: str | None) -> Decimal | None:
    return None if text is None else Decimal(text)


def _rate(number: str, area: str, name: str, name_en: str, formula: str, measure: kpi.Formula | None, target: str | None = None,
          tolerance: str | None = None, operator: str = ">=", **more: Any) -> Indicator:
    """A rate in percent; without a target it is only watched."""
    return Indicator(number, area, name, name_en, formula, "ratio", "%", operator if target else None, target, tolerance, measure=measure, **more)


def _mean(number: str, area: str, name: str, name_en: str, formula: str, unit: str, measure: kpi.Formula, most: str | None = None,
          tolerance: str | None = None) -> Indicator:
    """A mean or a median, perhaps with the most that it should be."""
    return Indicator(number, area, name, name_en, formula, "mean", unit, "<=" if most else None, most, tolerance, measure=measure)


def _typed(number: str, name: str, name_en: str, unit: str, operator: str, target: str, section: str, plan: str, tolerance: str | None = None,
           cadence: str = "monthly") -> Indicator:
    """A service figure of the plan."""
    return Indicator(number, "service", name, name_en, "担当部門が入力する実績値", "figure", unit, operator, target, tolerance, cadence, section, plan=plan)


INDICATORS = (
    _rate("K01", "privacy", "個人情報台帳の見直し率", "Personal data ledger reviewed",
          "年度内に見直した件数 ÷ 登録中の件数", kpi.data_assets_reviewed, "100", "10", plan="1-2-2-1b"),
    _rate("K02", "isms", "情報資産の棚卸率", "Information assets inventoried",
          "年度内に棚卸した件数 ÷ 登録中の件数", kpi.assets_inventoried, "100", "10", plan="1-2-2-2c"),
    _rate("K03", "common", "教育の受講率", "Training taken",
          "受講者数 ÷（対象者数 − 免除者数）", kpi.training_attended, "100", "5"),
    _rate("K03-2", "common", "教育の合格率", "Training passed",
          "合格者数 ÷ 受講者数（試験のある回）", kpi.training_passed, "95", "5"),
    _rate("K04", "privacy", "委託先評価の実施率", "Processors evaluated",
          "12か月以内に評価した委託先 ÷ 個人情報を委託中の委託先", kpi.processors_evaluated, "100", "10", plan="1-2-2-1e"),
    Indicator("K05", "common", "高リスクの未対応数", "High risks not accepted",
              "残留リスクが高く、受容されていないリスクの数", "figure", "件", "<=", "0", "2", measure=kpi.high_risks_open),
    _rate("K06", "common", "リスク低減率", "Risk reduced", "1 − 残留リスク値の合計 ÷ 固有リスク値の合計", kpi.risk_reduced),
    _rate("K07", "common", "是正の期限内完了率", "Corrected in time",
          "当初の期限までに完了した件数 ÷ 年度内に期限が来た件数（延長は遅れに数える）", kpi.corrected_in_time, "90", "10"),
    _mean("K08", "common", "是正処置の滞留日数（中央値）", "Age of open corrective actions, median",
          "未完了の是正処置の、発行からの日数の中央値", "日", kpi.correction_age, "90", "30"),
    _mean("K08-2", "common", "是正処置の滞留日数（90％点）", "Age of open corrective actions, 90th percentile",
          "未完了の是正処置の、発行からの日数の90％点", "日", kpi.correction_age_p90),
    _rate("K09", "common", "有効性確認の実施率", "Effectiveness checked",
          "有効性を確認した件数 ÷ 完了から90日たった件数", kpi.effectiveness_checked, "100", "10"),
    _rate("K10", "audit", "再発指摘率", "Findings repeated",
          "過去2年度に同じ統制・同じ部門で指摘があった件数 ÷ 年度内の指摘", kpi.findings_repeated),
    _rate("K11", "audit", "監査計画の遂行率", "Audits reported",
          "報告済みの監査 ÷ その日までに計画した監査", kpi.audits_reported, "100", "10", plan="1-2-3-2"),
    _rate("K12", "audit", "例月監査の実施率", "Monthly audits done",
          "例月監査を行った月数 ÷ 経過した月数", kpi.monthly_audits, "100", source_section="1(2)5", plan="1-2-5-2"),
    _rate("K13", "isms", "自己点検の実施率", "Self-checks answered",
          "回答者数 ÷ 対象者数", kpi.self_checks_answered, "100", "5", plan="1-2-2-2f"),
    _rate("K13-2", "isms", "自己点検の遵守率", "Self-checks: rules kept",
          "実施と答えた数 ÷（回答数 − 対象外）", kpi.self_checks_kept, "95", "5", plan="1-2-2-2f"),
    _rate("K14", "isms", "適用宣言書の実施率", "Controls implemented",
          "実施済みの管理策 ÷ 適用する管理策（承認済みの適用宣言書）", kpi.controls_implemented, "95", "5"),
    _rate("K15", "isms", "脆弱性の期限内対処率", "Vulnerabilities closed in time",
          "深刻度による期限までに対処した件数 ÷ 年度内にその期限が来た件数", kpi.vulnerabilities_closed, "95", "5", plan="1-2-2-2i"),
    _rate("K15-2", "isms", "緊急の脆弱性の期限内対処率", "Critical vulnerabilities closed in time",
          "K15 のうち深刻度が緊急のもの", kpi.critical_vulnerabilities_closed, "100", plan="1-2-2-2i"),
    _mean("K16", "crisis", "検知までの平均時間（MTTD）", "Mean time to detect", "（覚知 − 発生）の合計 ÷ 件数", "時間", kpi.time_to_detect),
    _mean("K16-2", "crisis", "復旧までの平均時間（MTTR）", "Mean time to restore", "（完全復旧 − 覚知）の合計 ÷ 件数", "時間", kpi.time_to_restore),
    _rate("K17", "operation", "カード管理システムの稼働率", "Availability of the card system",
          "1 − 計画外の停止時間 ÷ 年度始めからの時間", kpi.availability, "99.9", "0.1", source_section="4-1(1)", plan="4-1-1b"),
    _rate("K18", "privacy", "漏えい等報告の期限遵守率", "Leaks reported in time",
          "期限までに送った速報・確報 ÷ 年度内に期限が来た報告", kpi.leaks_reported_in_time, "100"),
    _rate("K19", "crisis", "訓練の実施率", "Drills held",
          "実施した訓練 ÷ その日までに計画した訓練", kpi.drills_held, "100", "10", plan="1-2-2-4b"),
    _rate("K19-2", "crisis", "目標復旧時間の達成率", "Recovery targets met",
          "目標以内に復旧した訓練 ÷ 復旧時間を測った訓練", kpi.recovery_targets_met, "80", "10", plan="1-2-2-4b"),
    _rate("K20", "crisis", "訓練改善の完了率", "Improvements of drills done",
          "完了した改善 ÷ 実施した訓練で挙がった改善", kpi.drill_improvements_done, "100", "10"),
    _rate("K21", "isms", "ASP監査の累計完了率", "LGWAN-ASP audits completed",
          "完了した監査 ÷ 3か年計画の全対象", kpi.asp_audits_completed, "100", "5", source_section="7-1(5)", plan="7-1-5b",
          targets={2024: "33", 2025: "67", 2026: "100"}),
    _rate("K22", "procurement", "一者応札率（件数）", "Single bids, by count",
          "一者応札の件数 ÷ 競争による契約の件数", kpi.single_bids, plan="1-2-7-3"),
    _rate("K22-2", "procurement", "一者応札率（金額）", "Single bids, by amount",
          "一者応札の契約額 ÷ 競争による契約額", kpi.single_bid_amount, plan="1-2-7-3"),
    _rate("K23", "procurement", "競争性のない随意契約の割合（件数）", "Contracts without competition, by count",
          "競争性のない随意契約の件数 ÷ 全契約の件数", kpi.without_competition, plan="1-2-7-3"),
    _rate("K23-2", "procurement", "競争性のない随意契約の割合（金額）", "Contracts without competition, by amount",
          "競争性のない随意契約の額 ÷ 全契約の額", kpi.without_competition_amount, plan="1-2-7-3"),
    _rate("K24", "procurement", "平均落札率", "Award rate", "契約額の合計 ÷ 予定価格の合計（予定価格を公表するもの）", kpi.award_rate),
    _mean("K24-2", "procurement", "落札率の中央値", "Award rate, median", "落札率の中央値（予定価格を公表するもの）", "%", kpi.award_rate_median),
    _rate(PUBLISHED, "procurement", "契約公表の適時率", "Contracts published in time",
          "期限までに公表した月 ÷ 公表の期限が来た月", None, "100", source_section="1(2)7", plan="1-2-7-4"),
    _rate("K26", "internal_control", "宿題の期限内回答率", "Action items answered in time",
          "期限までに回答した件数 ÷ 年度内に期限が来た件数", kpi.answered_in_time, "90", "10"),
    _rate("K27", "plan", "年度計画の達成率", "Plan achieved", "達成した取組 ÷ 期限が来た取組", kpi.plan_achieved),
    _typed("K28", "カードの申請から発送までの日数", "Days from application to dispatch of a card", "日", "<=", "14", "4-1(1)", "4-1-1c", "2"),
    _typed("K28-2", "カードの特急発行の所要日数", "Days of an express card", "日", "<=", "7", "4-1(1)", "4-1-1d", "1"),
    _typed("K28-3", "コールセンター・ヘルプデスクの応答率", "Calls answered", "%", ">=", "95", "4-1(1)", "4-1-1e", "3"),
    _typed("K28-4", "コンビニ交付の新規参加団体数", "Municipalities new to convenience-store issuance", "団体", ">=", "100", "8-1(1)", "8-1-1b", "20", "annual"),
    _typed("K28-5", "研修の延べ受講者数", "Participants of courses", "人", ">=", "2000000", "9", "9-0-1", "200000", "annual"),
    _typed("K28-6", "第三次中間サーバーへの移行完了率", "Municipalities moved to the third intermediate server", "%", "=", "100", "6-3", "6-3-3", "5", "one_off"),
    _typed("K28-7", "第五次LGWANへの移行完了率", "Municipalities moved to the fifth LGWAN", "%", "=", "100", "7-1(2)", "7-1-2a", "5", "one_off"),
    _typed("K28-8", "情報化推進フェアの出展者数", "Exhibitors at the fair", "社・団体", ">=", "130", "11(1)4", "11-1-4-1", "10", "annual"),
    _typed("K28-9", "市町村アカデミーとの共催研修", "Courses held with the municipal academy", "回", "=", "2", "9-4", "9-4-2", None, "annual"),
)
"""K03, K08, K13, K15, K16, K19, K22, K23, K24 and K28 have more than one figure: the first keeps the number."""
BY_NUMBER: Mapping[str, Indicator] = {one.number: one for one in INDICATORS}
