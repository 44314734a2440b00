"""年度計画と指標: the commitments of the yearly plan, the activity grid, indicators and their values, and the systems.

A commitment (取組) is what the body promised for a fiscal year; every record of another register can be tied to it.
"""

from datetime import date
from decimal import Decimal as Exact

from grc.charts.declare import bars, by, due, heat, lines, mean, month, share, stacked
from grc.kinds import (
    COUNT,
    DATE,
    DECIMAL,
    FISCAL_YEAR,
    FLAG,
    LONG_TEXT,
    MONTH,
    PERCENT,
    Choice,
    Decimal,
    Integer,
    Option,
)
from grc.permissions import EDIT
from grc.record import Record, Row, field, link, ref, rows
from grc.register import Compound, Register
from grc.states import DONE, DRAFT, IN_PROGRESS, Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import AREA, CADENCE, MASTERS, PLAN, Entry, may
from registers.rules import indicators
from registers.rules import plan as rules

CATEGORY = Choice(
    "plan-category", Option("privacy", "個人情報保護", "Privacy"), Option("isms", "情報セキュリティ", "Information security"),
    Option("compliance", "コンプライアンス", "Compliance"), Option("crisis", "危機管理", "Crisis management"),
    Option("audit", "監査", "Audit"), Option("procurement", "調達", "Procurement"), Option("committee", "委員会", "Committees"),
    Option("internal_control", "内部統制", "Internal control"), Option("organization", "組織・体制", "Organisation", ("組織",)),
    Option("hr", "人材", "Human resources", ("人事",)), Option("operation", "運用", "Operation"), Option("development", "開発", "Development"),
    Option("service", "サービス提供", "Service", ("サービス",)), Option("support", "支援", "Support"), Option("training", "教育研修", "Training", ("研修",)),
    Option("outreach", "情報発信", "Outreach", ("広報",)), Option("research", "調査研究", "Research"))
OPERATOR = Choice(
    "kpi-operator", Option(">=", "以上", "at least", ("≧", "≥")), Option("<=", "以下", "at most", ("≦", "≤", "以内")),
    Option("=", "等しい", "equal to", ("＝", "ちょうど")), Option(">", "超", "more than", ("超える",)), Option("<", "未満", "less than"))
QUARTER = Choice(
    "quarter", Option("q1", "第1四半期（4〜6月）", "Q1 (Apr–Jun)", ("第1四半期", "1Q")), Option("q2", "第2四半期（7〜9月）", "Q2 (Jul–Sep)", ("第2四半期", "2Q")),
    Option("q3", "第3四半期（10〜12月）", "Q3 (Oct–Dec)", ("第3四半期", "3Q")), Option("q4", "第4四半期（1〜3月）", "Q4 (Jan–Mar)", ("第4四半期", "4Q")))
FORECAST = Choice(
    "plan-forecast", Option("on_track", "順調", "On track", colour="green"), Option("at_risk", "注意", "At risk", colour="orange"),
    Option("delayed", "遅延", "Delayed", ("遅れ",), colour="red"))
BASIS = Choice(
    "owner-basis", Option("named", "明記", "Named", ("計画に明記",)), Option("inferred", "推定", "Inferred"),
    Option("external", "外部", "External", ("外部機関",)), Option("none", "定まっていない", "Not settled"))
DONE_PERCENT = Integer(0, 100)
UNITS, KEEPERS = ("unit_user", "unit_head", "risk_officer"), ("risk_officer",)


class Progress(Row, table=True):
    """進捗: what a unit says of a commitment in a quarter, or the same confirmed by its head."""

    __tablename__ = "plan_item_progress"

    quarter: str | None = field("四半期", "Quarter", QUARTER, required=True)
    progress_pct: int | None = field("進捗率（%）", "Progress (%)", DONE_PERCENT, required=True)
    progress_note: str | None = field("進捗の説明", "What was done", LONG_TEXT, required=True)
    forecast: str | None = field("見通し", "Forecast", FORECAST, hint=Text("空欄なら、操作に合う見通しが入ります。", "Left empty it follows the act."))
    actual: Exact | None = field("実績値", "Actual figure", DECIMAL)
    reported_on: date | None = field("記録日", "Recorded on", DATE)
    confirmed: bool | None = field("部門長の確認", "Confirmed by the unit head", FLAG)


class PlanItem(Record, table=True):
    """年度計画の取組: one commitment of the year's plan, how it is followed up and what became of it."""

    __tablename__ = "plan_items"

    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, required=True, index=True)
    number: str | None = field("計画番号", "Plan number", required=True, search=True, synonyms=("id", "番号", "取組番号", "No"))
    section: str | None = field("章・節", "Section", synonyms=("章節", "節"))
    section_title: str | None = field("章・節の題", "Title of the section", synonyms=("章題", "章名"))
    chapter: int | None = field("章", "Chapter", COUNT, derive=rules.chapter)
    title: str | None = field("取組", "Commitment", required=True, search=True, synonyms=("取組名", "取組内容", "取組事項"))
    title_en: str | None = field("取組（英語）", "Commitment, in English", search=True)
    category: str | None = field("分野", "Field", CATEGORY)
    source_section: str | None = field("根拠", "Source", synonyms=("出典", "事業実施方針の箇所"))
    unit_basis: str | None = field("担当部門の決め方", "How the unit is known", BASIS)
    due: str | None = field("期限", "Due", synonyms=("達成期限", "期日"), section=Text("期限と目標", "Due date and target"),
                            hint=Text("2026-03-31、令和7年度、年度内 のように書きます。", "Such as 2026-03-31 or FY2025."))
    due_on: date | None = field("期限日", "Due on", DATE, derive=rules.due_on, deadline=True)
    due_note: str | None = field("期限の注記", "Note on the due date")
    cadence: str | None = field("頻度", "How often", CADENCE, synonyms=("周期",))
    kpi_name: str | None = field("指標", "Indicator", synonyms=("KPI", "指標名"))
    kpi_operator: str | None = field("目標の条件", "Condition", OPERATOR, synonyms=("条件",))
    kpi_target: Exact | None = field("目標値", "Target", DECIMAL, synonyms=("目標",))
    kpi_unit: str | None = field("目標の単位", "Unit of the target", synonyms=("単位",))
    quarter: str | None = field("直近の四半期", "Last quarter reported", QUARTER, derive=rules.latest("quarter"), section=Text("進捗と評価", "Progress and rating"))
    progress_pct: int | None = field("進捗率（%）", "Progress (%)", DONE_PERCENT, derive=rules.latest("progress_pct"))
    forecast: str | None = field("見通し", "Forecast", FORECAST, derive=rules.latest("forecast"))
    actual: Exact | None = field("実績値", "Actual figure", DECIMAL, derive=rules.latest("actual"))
    confirmed_quarter: str | None = field("確認済みの四半期", "Last quarter confirmed", QUARTER, derive=rules.confirmed_quarter)
    rating_note: str | None = field("評価の説明", "Why it is rated so", LONG_TEXT)
    rated_on: date | None = field("評価日", "Rated on", DATE)


PLAN_STATES = (
    DRAFT,
    state("active", "実施中", "Active", Tone.BLUE, "pending"),
    state("on_track", "順調", "On track", Tone.GREEN, "trending_up"),
    state("at_risk", "注意", "At risk", Tone.ORANGE, "warning"),
    state("delayed", "遅延", "Delayed", Tone.RED, "error"),
    state("achieved", "達成", "Achieved", Tone.GREEN, "check_circle"),
    state("partly_achieved", "一部達成", "Partly achieved", Tone.YELLOW, "rule"),
    state("not_achieved", "未達成", "Not achieved", Tone.RED, "cancel"),
    state("cancelled", "中止", "Cancelled", Tone.GRAY, "block"),
)
FOLLOWED = ("on_track", "at_risk", "delayed")
GOING, RATED = ("active", *FOLLOWED), ("achieved", "partly_achieved", "not_achieved")
ENTRY = (rules.forecast_agrees, rules.quarter_fits)

PLAN_ITEMS = Register(
    PlanItem, slug="plan-items", domain=PLAN, title=Text("年度計画の取組", "Commitments of the plan"), code="PLN-ITM", name="title",
    columns=("code", "number", "title", "unit_id", "due_on", "quarter", "progress_pct", "confirmed_quarter", "status"),
    filters=("fiscal_year", "chapter", "category", "unit_id", "forecast", "cadence"),
    keys=(("fiscal_year", "number"),), may=may(*KEEPERS, units=True),
    links=(link("systems", "systems", "対象システム", "Systems concerned"),),
    rows=(rows("progress", Progress, "四半期の進捗", "Quarterly progress", append_only=True),),
    compounds=(Compound(("lead_unit", "主担当", "主担当部門"), ("owner", "unit_id", "unit_basis"), rules.lead),
               Compound(("lead_unit_inferred", "主担当（推定）"), ("unit_basis", "unit_id"), rules.inferred_lead)),
    guards=(rules.adopted,),
    workflow=Workflow(PLAN_STATES, (
        move("activate", "実施を始める", "Activate", "draft", "active", KEEPERS, needs=("due_on", "cadence"), guards=(rules.has_lead,)),
        move("report_on_track", "順調と報告する", "Report: on track", GOING, "on_track", UNITS, appends="progress", sets=rules.reported,
             guards=(*ENTRY, rules.only_delayed)),
        move("report_at_risk", "注意と報告する", "Report: at risk", GOING, "at_risk", UNITS, appends="progress", sets=rules.reported,
             guards=(*ENTRY, rules.only_delayed)),
        move("report_delayed", "遅延と報告する", "Report: delayed", GOING, "delayed", UNITS, appends="progress", sets=rules.reported, guards=ENTRY),
        move("confirm", "進捗を確認する", "Confirm the progress", FOLLOWED, None, ("unit_head",), approves=True, sets=rules.confirmed,
             guards=(rules.to_confirm,)),
        move("rate_achieved", "達成と評価する", "Rate: achieved", GOING, "achieved", KEEPERS, approves=True, sets=rules.rated,
             guards=(rules.year_over, rules.progress_confirmed, rules.figure_met)),
        move("rate_partly", "一部達成と評価する", "Rate: partly achieved", GOING, "partly_achieved", KEEPERS, approves=True, reason=True,
             sets=rules.rated, guards=(rules.year_over, rules.progress_confirmed)),
        move("rate_not_achieved", "未達成と評価する", "Rate: not achieved", GOING, "not_achieved", KEEPERS, approves=True, reason=True,
             sets=rules.rated, guards=(rules.year_over,)),
        move("cancel", "中止する", "Cancel", ("draft", *GOING), "cancelled", KEEPERS, reason=True),
        move("reopen", "評価を取り消す", "Take the rating back", RATED, "active", KEEPERS, reason=True),
    ), closed=RATED),
    charts=(
        stacked("年度計画の進捗（章別の取組数）", "Progress of the plan: commitments by chapter", by("chapter"), by("status")),
        stacked("取組の見通し（分野別の取組数）", "Forecast: commitments by field", by("category"), by("forecast")),
        bars("平均の進捗率（担当部門別）", "Mean progress by unit", by("unit_id"), value=mean("progress_pct"), unit=("％", "%")),
        bars("期限の近さ（終わっていない取組数）", "How near the due date is: commitments not at their end", due("due_on")),
        bars("四半期末の確認（取組数）", "Last quarter confirmed: commitments", by("confirmed_quarter")),
    ),
)


STEP = Choice(
    "activity-step", Option("plan", "計画", "Plan"), Option("identify", "特定", "Identify", ("台帳整備", "棚卸")),
    Option("treat_risks", "リスク対応", "Treat risks", ("リスク評価",)), Option("unit_risks", "部門別リスク", "Risks of units"),
    Option("train", "教育", "Train"), Option("supervise", "委託先監督", "Supervise processors", ("委託先の監督",)),
    Option("self_check", "自己点検・自己評価", "Self-check", ("自己点検", "自己評価")), Option("diagnose", "脆弱性診断", "Assess vulnerabilities"),
    Option("drill", "訓練", "Drill"), Option("review", "報告会", "Review meeting", ("インシデント報告会",)), Option("committee", "委員会", "Committee"),
    Option("audit", "内部監査", "Audit", ("監査",)), Option("correct", "是正", "Correct", ("是正処置",)), Option("improve", "改善", "Improve"),
    Option("follow_up", "フォローアップ", "Follow up"), Option("specialise", "専門研修", "Specialised course"), Option("other", "その他", "Other"))


class Activity(Entry, table=True):
    """年間活動計画: a step of the yearly cycle of an area, the month for which it is planned and that in which it was done."""

    __tablename__ = "activities"

    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, index=True)
    area: str | None = field("分野", "Area", AREA, synonyms=("区分", "領域"))
    step: str | None = field("工程", "Step", STEP, synonyms=("段階",))
    activity: str | None = field("活動", "Activity", required=True, search=True, synonyms=("活動内容", "実施内容", "活動名"))
    month_planned: str | None = field("予定月", "Month planned", MONTH, synonyms=("実施予定月", "予定"))
    month_done: str | None = field("実施月", "Month done", MONTH, synonyms=("実績月", "実績"))
    outcome: str | None = field("実施の結果", "Outcome", LONG_TEXT, synonyms=("結果",))


ACTIVITY_STATES = (state("planned", "予定", "Planned", Tone.BLUE, "event"), IN_PROGRESS, DONE, state("dropped", "実施しない", "Dropped", Tone.GRAY, "block"))

ACTIVITIES = Register(
    Activity, slug="activities", domain=PLAN, title=Text("年間活動計画", "Activity grid"), code="PLN-ACT", name="activity",
    columns=("code", "fiscal_year", "area", "step", "activity", "month_planned", "month_done", "unit_id", "status"),
    filters=("fiscal_year", "area", "step", "month_planned"), keys=(("fiscal_year", "area", "step", "activity"),),
    may=may(*KEEPERS, "security_office", "privacy_manager", units=True), guards=(rules.within_year, rules.not_ahead),
    workflow=Workflow(ACTIVITY_STATES, (
        move("start", "着手する", "Start", "planned", "in_progress", (*UNITS, "security_office", "privacy_manager")),
        move("finish", "実施済みにする", "Finish", ("planned", "in_progress"), "done", (*UNITS, "security_office", "privacy_manager"), sets=rules.done_now),
        move("drop", "実施しないことにする", "Drop", ("planned", "in_progress"), "dropped", KEEPERS, reason=True),
        move("reopen", "実施済みを取り消す", "Reopen", ("done", "dropped"), "planned", KEEPERS, reason=True, sets=rules.reopened),
    ), closed=("done", "dropped")),
    charts=(
        heat("年間活動計画（工程 × 予定月の件数）", "Activity grid: steps by month planned", month("month_planned"), by("step")),
        heat("年間活動の実施（工程 × 実施月の件数）", "Activities done: steps by month done", month("month_done"), by("step")),
        heat("年間活動の実施率（分野 × 予定月）", "Activities done of those planned, by area and month", month("month_planned"), by("area"),
             value=share("status", "done"), unit=("％", "%")),
        stacked("年間活動の状況（分野別の件数）", "Activities by area and state", by("area"), by("status")),
    ),
    synonyms={"owner": ("責任者", "実施者", "responsible"), "status": ("実施状況",)},
)


HOW = Choice(
    "kpi-how", Option("ratio", "割合（分子÷分母）", "Ratio, in percent", ("割合", "率")), Option("mean", "平均（分子÷分母）", "Mean", ("平均",)),
    Option("figure", "値（分子）", "Figure", ("値", "件数")))
SOURCE = Choice("kpi-source", Option("measured", "台帳から測定", "Measured", ("測定", "自動")), Option("typed", "入力", "Typed", ("手入力",)))
KPI_AREA = Choice("kpi-area", *AREA.options, Option("audit", "監査", "Audit"), Option("plan", "年度計画", "Plan"), Option("common", "全分野", "All areas", ("共通",)),
                  Option("service", "提供サービス", "Services"))
LIGHT = Choice("kpi-light", Option("good", "良好", "Good", ("達成", "緑"), colour="green"), Option("attention", "注意", "Attention", ("黄",), colour="orange"),
               Option("bad", "未達", "Off target", ("未達成", "赤"), colour="red"))
FIGURE = Decimal(scale=2)
"""Sums of yen have up to thirteen digits before the point."""


class YearTarget(Row, table=True):
    """年度別の目標: where the target of an indicator rises from year to year."""

    __tablename__ = "kpi_targets"

    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, required=True)
    target: Exact | None = field("目標値", "Target", DECIMAL, required=True)


class Kpi(Entry, table=True):
    """指標: how a figure is defined, what it should reach, how often it is taken."""

    __tablename__ = "kpis"

    number: str | None = field("指標番号", "Indicator number", required=True, search=True, synonyms=("番号", "KPI番号"))
    name: str | None = field("指標名", "Indicator", required=True, search=True, synonyms=("指標", "名称"))
    name_en: str | None = field("指標名（英語）", "Indicator, in English", search=True)
    area: str | None = field("分野", "Area", KPI_AREA)
    formula: str | None = field("計算式", "Formula", LONG_TEXT, synonyms=("算式", "定義"))
    how: str | None = field("値の求め方", "How the value comes about", HOW)
    source: str | None = field("値の出所", "Measured or typed", SOURCE)
    source_section: str | None = field("根拠", "Source", synonyms=("出典",))
    cadence: str | None = field("頻度", "How often", CADENCE, synonyms=("周期",))
    operator: str | None = field("目標の条件", "Condition", OPERATOR, synonyms=("条件",), section=Text("目標", "Target"))
    target: Exact | None = field("目標値", "Target", DECIMAL, synonyms=("目標",))
    tolerance: Exact | None = field("許容幅", "Tolerance", DECIMAL, hint=Text("目標との差がこの幅までなら「注意」です。", "Within it the light is attention."))
    measure_unit: str | None = field("単位", "Unit of measure")


KPIS = Register(
    Kpi, slug="kpis", domain=PLAN, title=Text("指標", "Indicators"), code="PLN-KPI", name="name",
    columns=("code", "number", "name", "area", "operator", "target", "measure_unit", "source", "cadence"),
    filters=("area", "source", "cadence"), keys=(("number",), ("name",)), may=may(*KEEPERS),
    rows=(rows("targets", YearTarget, "年度別の目標", "Targets by year"),),
    charts=(stacked("指標の数（分野別）", "Indicators by area", by("area"), by("source")),),
)


class KpiValue(Entry, table=True):
    """指標の実績: an indicator's figure for a month, with the target that held then."""

    __tablename__ = "kpi_values"

    kpi_id: int | None = ref("kpis", "指標", "Indicator", required=True, synonyms=("指標名", "指標番号"))
    month: str | None = field("年月", "Month", MONTH, required=True, index=True, synonyms=("対象月", "月"))
    numerator: Exact | None = field("分子（値）", "Numerator or figure", FIGURE, synonyms=("分子", "実績"))
    denominator: Exact | None = field("分母", "Denominator", FIGURE)
    value: Exact | None = field("実績値", "Value", DECIMAL, derive=indicators.value)
    light: str | None = field("判定", "Light", LIGHT, derive=indicators.light)
    score: int | None = field("判定の点", "Light as a score", COUNT, derive=indicators.score)
    source: str | None = field("値の出所", "Measured or typed", SOURCE)
    comment: str | None = field("説明", "Comment", LONG_TEXT, synonyms=("コメント", "備考"))
    how: str | None = field("値の求め方", "How the value comes about", HOW, section=Text("その時の目標", "The target at that time"),
                            hint=Text("空欄なら、指標に定めた目標が入ります。", "Left empty, what the indicator says is taken."))
    operator: str | None = field("目標の条件", "Condition", OPERATOR, synonyms=("条件",))
    target: Exact | None = field("目標値", "Target", DECIMAL, synonyms=("目標",))
    tolerance: Exact | None = field("許容幅", "Tolerance", DECIMAL)
    measure_unit: str | None = field("単位", "Unit of measure")


KPI_VALUES = Register(
    KpiValue, slug="kpi-values", domain=PLAN, title=Text("指標の実績", "Indicator values"), code="PLN-VAL", name="month",
    columns=("code", "kpi_id", "month", "value", "measure_unit", "operator", "target", "light", "source"),
    filters=("month", "light", "source", "kpi_id"), keys=(("kpi_id", "month"),), may=may(*KEEPERS, units=True),
    guards=(indicators.once_a_month,), effects=(indicators.take_target,),
    charts=(
        heat("指標の判定（指標 × 月：2＝良好、1＝注意、0＝未達）", "Lights by indicator and month (2 good, 1 attention, 0 off target)",
             month("month"), by("kpi_id"), value=mean("score")),
        stacked("指標の判定（月別の指標数）", "Lights by month: indicators", month("month"), by("light")),
        lines("カード管理システムの稼働率", "Availability of the card system", month("month"), where={"kpi_id.number": "K17"}, value=mean("value"),
              target="99.9", unit=("％", "%")),
        lines("教育の受講率", "Training taken", month("month"), where={"kpi_id.number": "K03"}, value=mean("value"), target=100, unit=("％", "%")),
    ),
)


REGIME = Choice(
    "regime-profile", Option("business", "個情法（個人情報取扱事業者）", "APPI, private-sector rules", ("個情法", "個人情報保護法", "民間規律")),
    Option("public", "個情法（行政機関等）", "APPI, public-sector rules", ("公的部門規律",)),
    Option("my_number", "番号法", "My Number Act", ("マイナンバー法",)),
    Option("business_my_number", "個情法（個人情報取扱事業者）と番号法", "APPI, private-sector rules, and My Number Act", ("個情法・番号法",)),
    Option("public_my_number", "個情法（行政機関等）と番号法", "APPI, public-sector rules, and My Number Act"))
"""Which rules hold for a leak from a system. The seed leaves it open whether the body is a business operator or treated as
an administrative organ for a given system (domain.md §6, §12), so the office says."""
CLASSIFICATION = Choice(
    "system-classification", Option("3", "機密性3情報", "Confidentiality 3", ("機密性3",)), Option("2", "機密性2情報", "Confidentiality 2", ("機密性2",)),
    Option("1", "機密性1情報", "Confidentiality 1", ("機密性1",)))
MINUTES = Integer(0, 1_000_000)


class InfoSystem(Record, table=True):
    """情報システム: a system that the body runs, or one of others that its own depend on (情報システム台帳, 統一基準群)."""

    __tablename__ = "systems"

    number: str | None = field("システム番号", "System number", search=True, synonyms=("system_id", "システムID"))
    name: str | None = field("システム名", "System", required=True, search=True, synonyms=("名称", "情報システム名", "情報システムの名称"))
    alias: str | None = field("別名・略称", "Also called", search=True, synonyms=("別名", "略称"))
    name_en: str | None = field("システム名（英語）", "System, in English", search=True)
    description: str | None = field("概要", "Description", LONG_TEXT)
    owner_basis: str | None = field("担当部門の決め方", "How the unit is known", BASIS)
    manager: str | None = field("管理責任者", "Person responsible", synonyms=("システム管理責任者", "情報システムセキュリティ責任者"))
    source_section: str | None = field("根拠", "Source", synonyms=("出典",))

    handles_personal_info: bool | None = field("個人情報の取扱い", "Handles personal data", FLAG, synonyms=("個人情報",),
                                               section=Text("扱う情報と規律", "Information and rules"))
    classification: str | None = field("取扱情報の格付", "Classification of its information", CLASSIFICATION, synonyms=("格付",))
    regime_profile: str | None = field("漏えい等報告の規律", "Rules for leaks", REGIME)

    availability_commitment: str | None = field("可用性の約束", "What is promised of availability", LONG_TEXT, section=Text("可用性と復旧", "Availability and recovery"))
    availability_token: str | None = field("可用性の区分", "Availability, in short", hint=Text("24x365監視 など", "Such as 24x365"))
    availability_target: Exact | None = field("目標稼働率", "Availability target", PERCENT, synonyms=("稼働率目標",))
    rto_minutes: int | None = field("目標復旧時間（分）", "Recovery time objective (min)", MINUTES, synonyms=("RTO", "RTO（分）", "目標復旧時間"))
    rpo_minutes: int | None = field("目標復旧時点（分）", "Recovery point objective (min)", MINUTES, synonyms=("RPO", "RPO（分）", "目標復旧時点"))
    monitoring: str | None = field("監視", "Monitoring", LONG_TEXT)
    backup: str | None = field("バックアップ", "Backup", LONG_TEXT)

    configuration: str | None = field("構成", "Configuration", LONG_TEXT, section=Text("構成と更改", "Configuration and renewal"), synonyms=("システム構成",))
    external_connection: str | None = field("外部接続", "Connections to others", LONG_TEXT, synonyms=("外部との接続",))
    renewal: str | None = field("更改の予定", "Renewal", LONG_TEXT, synonyms=("更改予定",))
    renewal_on: date | None = field("更改予定日", "Renewal on", DATE, deadline=True, synonyms=("更改時期",))


SYSTEM_STATES = (
    state("in_operation", "稼働中", "In operation", Tone.GREEN, "check_circle"), state("preparing", "準備中", "In preparation", Tone.YELLOW, "construction"),
    state("renewing", "更改中", "Being renewed", Tone.BLUE, "autorenew"), state("retired", "廃止", "Retired", Tone.GRAY, "block"))
SYSTEM_KEEPERS = ("security_office", "risk_officer", "unit_head")

SYSTEMS = Register(
    InfoSystem, slug="systems", domain=MASTERS, title=Text("情報システム", "Systems"), code="MST-SYS", name="name",
    columns=("code", "number", "name", "alias", "unit_id", "handles_personal_info", "availability_target", "rto_minutes", "status"),
    filters=("unit_id", "handles_personal_info", "classification", "regime_profile", "owner_basis"), keys=(("number",), ("name",)),
    may=may("risk_officer", "security_office", units=True, admin=EDIT), complete=rules.availability,
    links=(link("processors", "processors", "委託先", "Processors"),),
    workflow=Workflow(SYSTEM_STATES, (
        move("renew", "更改を始める", "Begin the renewal", "in_operation", "renewing", SYSTEM_KEEPERS),
        move("prepare", "準備中にする", "Mark as in preparation", "in_operation", "preparing", SYSTEM_KEEPERS),
        move("operate", "稼働中にする", "Put into operation", ("preparing", "renewing"), "in_operation", SYSTEM_KEEPERS),
        move("retire", "廃止する", "Retire", ("in_operation", "renewing", "preparing"), "retired", SYSTEM_KEEPERS, reason=True),
    )),
    charts=(
        stacked("情報システムの数（担当部門別）", "Systems by unit", by("unit_id"), by("handles_personal_info")),
        stacked("取扱情報の格付（状態別のシステム数）", "Classification of information: systems by state", by("status"), by("classification")),
        bars("更改予定日の近さ（システム数）", "How near the renewal is: systems", due("renewal_on")),
    ),
    synonyms={"unit_id": ("owner_unit", "所管部門", "所管部署")},
)

REGISTERS = (PLAN_ITEMS, ACTIVITIES, KPIS, KPI_VALUES, SYSTEMS)
