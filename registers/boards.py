"""委員会の図表: what each committee looks at — the first charts of its remit and its indicators (domain.md §9.4, 年度計画 1(2), 1(3)).

The statutory committees (CM-06 to CM-08) see counts alone, of what carries their kind of protected information.
"""

from typing import Any

from grc.charts.board import Board, Shown
from grc.charts.declare import (
    OPEN,
    Touching,
    age,
    bars,
    bins,
    bullet,
    by,
    due,
    gantt,
    heat,
    lines,
    mean,
    month,
    ratio,
    scatter,
    share,
    shares,
    stacked,
    total,
    year,
)
from grc.text import Text

COMPETED = {"method": ("open", "designated")}
SCALE_OF_FIVE = {"scale": ("5x5", None)}
FOR_BODIES = ("support", "training", "outreach")

CONTROL = Board("CM-01", "CM-01", Text("内部統制委員会", "Internal control committee"), (
    Shown("control-self-assessments", heat("要素と部門ごとの運用状況（平均点）", "Operation by element and unit, mean",
                                           by("element"), by("unit_id"), value=mean("operation_mean"))),
    Shown("plan-items", stacked("年度計画の進み具合（章別）", "Progress of the plan by chapter", by("section"), by("status"))),
    Shown("findings", heat("開いている指摘：発生源と経過日数", "Open findings by source and age", age("issued_on"), by("source"), where={"status": OPEN})),
    Shown("corrective-actions", bars("開いている是正処置の期限", "Open corrective actions by deadline", due("due_on"))),
    Shown("action-items", bars("答えの済んでいない宿題の期限", "Open action items by deadline", due("due_now"))),
), kpis=("K05", "K07", "K11", "K13", "K27"))

RISK = Board("CM-02", "CM-02", Text("リスク管理委員会", "Risk management committee"), (
    Shown("risks", heat("残留リスクの分布", "Residual risks", by("res_likelihood"), by("res_impact"), levels=(5, 15), where=SCALE_OF_FIVE)),
    Shown("incidents", stacked("月別・深刻度別のインシデント", "Incidents by month and severity", month("known_at"), by("severity"))),
    Shown("risks", heat("固有リスクの分布", "Inherent risks", by("likelihood"), by("impact"), levels=(5, 15), where=SCALE_OF_FIVE)),
    Shown("risks", stacked("分野ごとの残留リスクの大きさ", "Residual level by area", by("area"), by("residual_level"))),
    Shown("training-sessions", bars("部門別の教育受講率", "Training taken by unit", by("unit_id"), value=ratio("attended_count", "expected_count"), target=100)),
    Shown("corrective-actions", bars("開いている是正処置の経過日数", "Open corrective actions by age", age("issued_on"), where={"status": OPEN})),
), kpis=("K05", "K03", "K04", "K07", "K19"))

SECURITY = Board("CM-03", "CM-03", Text("情報セキュリティ委員会", "Information security committee"), (
    Shown("soa-entries", stacked("管理策の実施状況（テーマ別）", "Controls carried out, by theme", by("control_id.theme"), by("implementation"))),
    Shown("vulnerability-findings", stacked("開いている脆弱性（深刻度と期限）", "Open vulnerabilities by severity and limit", by("severity"), due("due_on"))),
    Shown("security-exceptions", gantt("例外措置の期間", "Terms of security exceptions", "start_on", "end_on", where={"status": OPEN})),
    Shown("asp-audits", stacked("LGWAN-ASP監査の進み具合（計画年度別）", "ASP audits by planned year", by("planned_year"), by("status"))),
    Shown("municipal-audit-reports", bars("自治体からの監査報告の状況", "Audit reports of municipalities", by("status"))),
    Shown("incidents", stacked("月別・種別のインシデント", "Incidents by month and kind", month("known_at"), by("kind"))),
), kpis=("K14", "K15", "K13", "K21", "K16"))

_BY_METHOD = (
    Shown("contracts", shares("契約方式の割合（件数）", "Methods, share of contracts", year("contract_date"), by("method"))),
    Shown("contracts", shares("契約方式の割合（金額）", "Methods, share of the amount", year("contract_date"), by("method"), value=total("amount"))),
)
_COMPETITION = (
    Shown("contracts", lines("一者応札の割合（競争契約）", "Single bids among competitive contracts", year("contract_date"), by("category"),
                             value=share("single_bid"), where=COMPETED)),
    Shown("contracts", bars("落札率の分布（競争契約）", "Award rates of competitive contracts", bins("award_rate", 70, 80, 90, 95, 98), where=COMPETED)),
)

PROCUREMENT = Board("CM-04", "CM-04", Text("調達改善検討委員会", "Procurement improvement committee"), (
    *_BY_METHOD, *_COMPETITION,
    Shown("contracts", stacked("月別の契約の件数", "Contracts by month", month("contract_date"), by("category"))),
    Shown("subcontracting-consents", bars("再委託の割合の分布", "Shares handed on", bins("share", 10, 20, 30, 40, 50))),
), kpis=("K22", "K23", "K24", "K25"))

OVERSIGHT = Board("CM-05", "CM-05", Text("契約監視委員会", "Contract oversight committee"), (
    *_COMPETITION, *_BY_METHOD,
    Shown("contracts", scatter("予定価格と落札率（競争契約）", "Estimate and award rate of competitive contracts", "estimated_price", "award_rate",
                               where={**COMPETED, "estimate_status": "published"}, tint=bins("bidder_count", 1, 2, 4))),
    Shown("subcontracting-consents", stacked("再委託の割合と状態", "Shares handed on, by state", bins("share", 10, 30, 50), by("status"))),
), kpis=("K22", "K23", "K24", "K25"))


def protected(id: str, title: Text, flag: str, kpis: tuple[str, ...]) -> Board:
    """A statutory committee's board: counts of the assets with its flag, and of what touches them."""
    only: dict[str, Any] = {flag: True}
    audits = Touching("subjects", "personal-data-assets", only)
    return Board(id, id, title, (
        Shown("personal-data-assets", bars("保護の対象となる台帳の状態", "Assets in scope by state", by("status"), where=only)),
        Shown("personal-data-assets", stacked("保護の対象となる台帳（部門・媒体別）", "Assets in scope by unit and medium", by("unit_id"), by("medium"), where=only)),
        Shown("personal-data-assets", bars("見直しの期限", "Deadlines of review", due("review_due_on"), where=only)),
        Shown("personal-data-assets", bars("最後の見直しからの日数", "Days since the last review", age("last_reviewed_on", 90, 180, 365), where=only)),
        Shown("incidents", stacked("関係するインシデント（年度・深刻度別）", "Incidents that touch them", year("known_at"), by("severity"),
                                   touching=Touching("assets", "personal-data-assets", only))),
        Shown("audits", stacked("関係する監査（年度・状態別）", "Audits that touch them", year("planned_from"), by("status"), touching=audits)),
    ), kpis=kpis, counts_only=True)


IDENTITY = protected("CM-06", Text("本人確認情報保護委員会", "Identity information protection committee"), "is_identity_info", ("K01", "K18"))
CERTIFICATES = protected("CM-07", Text("認証業務情報保護委員会", "Certification information protection committee"), "is_cert_info", ("K01", "K18"))
MY_NUMBER = protected("CM-08", Text("機構処理事務特定個人情報等保護委員会", "Specific personal information protection committee"), "is_specific_pi", ("K01", "K18"))

INCIDENTS = Board("CM-09", "CM-09", Text("インシデント報告会", "Incident review meeting"), (
    Shown("incidents", stacked("月別・深刻度別のインシデント", "Incidents by month and severity", month("known_at"), by("severity"))),
    Shown("incidents", stacked("種別・深刻度別のインシデント", "Incidents by kind and severity", by("kind"), by("severity"))),
    Shown("drills", heat("訓練の予定（月・種別）", "Drills by month and kind", month("planned_on"), by("kind"))),
    Shown("drills", bullet("復旧目標と実績", "Recovery: objective and actual", "rto_target_min", "rto_actual_min", most=True, unit=("分", "min"))),
    Shown("corrective-actions", bars("インシデントから出た是正処置の状態", "Corrective actions from incidents by state", by("status"), where={"source": "incident"})),
), kpis=("K16", "K18", "K19", "K20"))

MUNICIPAL_CSIRT = Board("CM-10", "CM-10", Text("自治体CSIRT協議会", "Municipal CSIRT council"), (
    Shown("municipal-audit-reports", bars("自治体からの監査報告の状況", "Audit reports of municipalities", by("status"))),
    Shown("municipal-audit-reports", stacked("自治体からの監査報告（種類別）", "Audit reports of municipalities by kind", by("kind"), by("status"))),
    Shown("plan-items", bars("自治体支援の取組の進み具合", "Commitments to support municipalities", by("status"), where={"category": FOR_BODIES})),
    Shown("asp-audits", stacked("LGWAN-ASP監査の進み具合（計画年度別）", "ASP audits by planned year", by("planned_year"), by("status"))),
), kpis=("K21", "K28"))

TAX_DATA = Board("CM-11", "CM-11", Text("都道府県税務情報処理協議会", "Prefectural tax data council"), (
    Shown("plan-items", stacked("取組の進み具合（分野別）", "Progress by area", by("category"), by("status"), where={"category": ("operation", "service", *FOR_BODIES)})),
    Shown("plan-items", bars("自治体支援の取組の進み具合", "Commitments to support municipalities", by("status"), where={"category": FOR_BODIES})),
    Shown("systems", bars("所管部門別の情報システム", "Systems by unit", by("unit_id"))),
    Shown("systems", bars("個人情報を扱う情報システム", "Systems that handle personal information", by("handles_personal_info"))),
), kpis=("K17", "K28"))

IT_MANAGERS = Board("CM-12", "CM-12", Text("全国都道府県情報管理主管課長会", "Prefectural IT managers meeting"), (
    Shown("plan-items", stacked("取組の進み具合（分野別）", "Progress by area", by("category"), by("status"), where={"category": ("service", *FOR_BODIES)})),
    Shown("municipal-audit-reports", bars("自治体からの監査報告の状況", "Audit reports of municipalities", by("status"))),
    Shown("systems", bars("所管部門別の情報システム", "Systems by unit", by("unit_id"))),
), kpis=("K17", "K28"))

BOARDS = (CONTROL, RISK, SECURITY, PROCUREMENT, OVERSIGHT, IDENTITY, CERTIFICATES, MY_NUMBER, INCIDENTS, MUNICIPAL_CSIRT, TAX_DATA, IT_MANAGERS)
