"""委員会の図表: what each committee looks at — the first charts of its remit and its indicators (domain.md §9.4, 年度計画 1(2), 1(3)).

The statutory committees (CM-06 to CM-08) see counts alone, of what carries their kind of protected information.
"""

from typing import Any

from grc.charts.board import Board, Shown
from grc.charts.declare import (
    FILLED,
    OPEN,
    Touching,
    age,
    arrows,
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
from registers.rules.kpi import SIGNED
from registers.rules.privacy import IN_USE
from registers.rules.procurement import CONTEST

COMPETED = {"method": ("open", "designated")}
CONTESTED = {"method": tuple(sorted(CONTEST)), "status": SIGNED}
SCALE_OF_FIVE = {"scale": ("5x5", None)}
FOR_BODIES = ("support", "training", "outreach")

CONTROL = Board("CM-01", "CM-01", Text("内部統制委員会", "Internal control committee"), (
    Shown("control-self-assessments", heat("要素と部門ごとの運用状況（平均点）", "Operation by element and unit, mean",
                                           by("element"), by("unit_id"), value=mean("operation_mean"))),
    Shown("plan-items", stacked("年度計画の進み具合（章別）", "Progress of the plan by chapter", by("chapter"), by("status"))),
    Shown("findings", heat("開いている指摘：発生源と経過日数", "Open findings by source and age", age("issued_on"), by("source"), where={"status": OPEN})),
    Shown("corrective-actions", bars("開いている是正処置の期限", "Open corrective actions by deadline", due("due_on"))),
    Shown("action-items", bars("答えの済んでいない宿題の期限", "Open action items by deadline", due("due_now"))),
), kpis=("K05", "K07", "K11", "K13", "K27"))

RISK = Board("CM-02", "CM-02", Text("リスク管理委員会", "Risk management committee"), (
    Shown("risks", arrows("残留リスクの大きいもの上位10件（固有から残留へ）", "Top ten residual risks, from inherent to residual",
                          "inherent_score", "residual_score", where={"status": OPEN})),
    Shown("risks", heat("残留リスクの分布", "Residual risks", by("res_likelihood"), by("res_impact"), levels=(5, 15), where=SCALE_OF_FIVE)),
    Shown("risks", heat("固有リスクの分布", "Inherent risks", by("likelihood"), by("impact"), levels=(5, 15), where=SCALE_OF_FIVE)),
    Shown("risks", stacked("分野ごとの残留リスクの大きさ", "Residual level by area", by("area"), by("residual_level"))),
    Shown("activities", heat("個人情報保護の年間活動の実施率（部門・工程別）", "Privacy steps done, by unit and step", by("step"), by("unit_id"),
                             value=share("status", "done"), where={"area": "privacy", "status": ("planned", "in_progress", "done")})),
    Shown("incidents", stacked("月別・深刻度別のインシデント", "Incidents by month and severity", month("known_at"), by("severity"))),
    Shown("incidents", lines("復旧までの平均時間（MTTR）", "Mean time to restore (MTTR)", month("known_on"), value=mean("restore_min"), unit=("分", "min"))),
    Shown("breach-reports", gantt("漏えい等報告の期限（知った日から確報まで）", "Breach reports, from day 1 to the final report", "known_on", "final_due_on",
                                  where={"status": OPEN})),
    Shown("training-sessions", bars("教育を担当する部門別の受講率", "Training taken, by the unit that holds it", by("unit_id"),
                                    value=ratio("attended_count", "expected_count"), target=100)),
    Shown("corrective-actions", bars("開いている是正処置の経過日数", "Open corrective actions by age", age("issued_on"), where={"status": OPEN})),
), kpis=("K05", "K03", "K04", "K07", "K19"))

SECURITY = Board("CM-03", "CM-03", Text("情報セキュリティ委員会", "Information security committee"), (
    Shown("soa-entries", stacked("管理策の実施状況（テーマ別）", "Controls carried out, by theme", by("control_id.theme"), by("implementation"),
                                  where={"applicable": True, "statement_id.status": "approved"})),
    Shown("self-checks", heat("自己点検の遵守率（部門・年度別）", "Compliance in self-checks, by unit and year", by("fiscal_year"), by("unit_id"),
                              value=ratio("done_count", "judged_count"), unit=("％", "%"))),
    Shown("vulnerability-findings", stacked("開いている脆弱性（深刻度と期限）", "Open vulnerabilities by severity and limit", by("severity"), due("due_on"))),
    Shown("kpi-values", lines("脆弱性の期限内対処率", "Vulnerabilities closed in time", month("month"), where={"kpi_id.number": "K15"},
                              value=mean("value"), target=95, unit=("％", "%"))),
    Shown("security-exceptions", gantt("例外措置の期間", "Terms of security exceptions", "start_on", "end_on", where={"status": OPEN})),
    Shown("kpi-values", lines("LGWAN-ASP監査の累計完了率と計画", "ASP audits completed so far, and the plan", by("month"), where={"kpi_id.number": "K21"},
                              value=mean("value"), plan="target", unit=("％", "%"))),
    Shown("asp-audits", stacked("LGWAN-ASP監査の進み具合（計画年度別）", "ASP audits by planned year", by("planned_year"), by("status"))),
    Shown("municipal-audit-reports", bars("自治体からの監査報告の状況", "Audit reports of municipalities", by("status"))),
    Shown("incidents", stacked("月別・種別のインシデント", "Incidents by month and kind", month("known_at"), by("kind"))),
), kpis=("K14", "K15", "K13", "K21", "K16"))

_BY_METHOD = (
    Shown("contracts", shares("契約方式の割合（件数）", "Methods, share of contracts", year("contract_date"), by("method"))),
    Shown("contracts", shares("契約方式の割合（金額）", "Methods, share of the amount", year("contract_date"), by("method"), value=total("amount"))),
)
_COMPETITION = (
    Shown("contracts", lines("一者応札の割合（競争性のある契約）", "Single bids among contracts with competition", year("contract_date"), by("category"),
                             value=share("single_bid"), where=CONTESTED)),
    Shown("contracts", gantt("2回続けて一者応札だった契約", "Single bid twice running", "contract_date", "period_end_now",
                             where={"single_bid": True, "prior_id.single_bid": True, "status": SIGNED})),
    Shown("contracts", bars("落札率の分布（競争契約）", "Award rates of competitive contracts", bins("award_rate", 70, 80, 90, 95, 99, from_edge=True), where=COMPETED)),
    Shown("contracts", scatter("予定価格と落札率（競争契約）", "Estimate and award rate of competitive contracts", "estimated_price", "award_rate",
                               where={**COMPETED, "estimate_status": "published"}, tint=bins("bidder_count", 1, 2, 4))),
)

PROCUREMENT = Board("CM-04", "CM-04", Text("調達改善検討委員会", "Procurement improvement committee"), (
    *_BY_METHOD, *_COMPETITION,
    Shown("contracts", stacked("月別の契約の件数", "Contracts by month", month("contract_date"), by("category"))),
    Shown("subcontracting-consents", bars("再委託の割合の分布", "Shares handed on", bins("share", 10, 20, 30, 40, 50))),
), kpis=("K22", "K23", "K24", "K25"))

OVERSIGHT = Board("CM-05", "CM-05", Text("契約監視委員会", "Contract oversight committee"), (
    *_COMPETITION, *_BY_METHOD,
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
        Shown("personal-data-assets", stacked("委託している台帳（部門・媒体別）", "Assets in the hands of processors, by unit and medium", by("unit_id"), by("medium"),
                                              where=only, touching=Touching("processors", "processors", {"status": IN_USE}))),
    ), kpis=kpis, counts_only=True)


IDENTITY = protected("CM-06", Text("本人確認情報保護委員会", "Identity information protection committee"), "is_identity_info", ("K01", "K18"))
CERTIFICATES = protected("CM-07", Text("認証業務情報保護委員会", "Certification information protection committee"), "is_cert_info", ("K01", "K18"))
MY_NUMBER = protected("CM-08", Text("機構処理事務特定個人情報等保護委員会", "Specific personal information protection committee"), "is_specific_pi", ("K01", "K18"))

INCIDENTS = Board("CM-09", "CM-09", Text("インシデント報告会", "Incident review meeting"), (
    Shown("incidents", stacked("月別・深刻度別のインシデント", "Incidents by month and severity", month("known_at"), by("severity"))),
    Shown("incidents", stacked("種別・深刻度別のインシデント", "Incidents by kind and severity", by("kind"), by("severity"))),
    Shown("drills", heat("訓練の予定（月・種別）", "Drills by month and kind", month("planned_on"), by("kind"))),
    Shown("drills", bullet("復旧目標と実績", "Recovery: objective and actual", "rto_target_min", "rto_actual_min", most=True, unit=("分", "min"))),
    Shown("incidents", gantt("インシデントの覚知から復旧まで", "Incidents from known to restored", "known_at", "restored_at")),
    Shown("incident-reviews", bars("展開の済んでいない教訓（月別）", "Lessons not yet spread, by month", month("held_on"), value=total("lessons_open"))),
    Shown("incident-reviews", bars("展開した教訓（月別）", "Lessons spread, by month", month("held_on"), value=total("lessons_done"))),
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

EXAMINERS = Board("AUDIT", "", Text("監査室・監事", "Audit office and kanji"), (
    Shown("audits", gantt("監査の日程", "Audits over the year", "planned_from", "planned_to")),
    Shown("findings", stacked("年度ごとの指摘区分", "Findings by year and class", year("issued_on"), by("classification"))),
    Shown("findings", shares("発生源ごとの指摘の進み具合", "Follow-up of findings by source", by("source"), by("status"))),
    Shown("findings", bars("再発した指摘（部門別）", "Repeated findings by unit", by("unit_id"), where={"repeated": True})),
    Shown("audits", bars("監査員の独立性（例外は0）", "Independence of auditors (no exception)", by("independence"), where={"independence": FILLED})),
), kpis=("K07", "K09", "K10", "K11", "K12"))
"""What the audit office and the 監事 look at: a committee's number is empty, so no member sees it."""

BOARDS = (CONTROL, RISK, SECURITY, PROCUREMENT, OVERSIGHT, IDENTITY, CERTIFICATES, MY_NUMBER, INCIDENTS, MUNICIPAL_CSIRT, TAX_DATA, IT_MANAGERS, EXAMINERS)
