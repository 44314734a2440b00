"""情報セキュリティの点検: self-checks, vulnerability assessments and what they find, supply-chain checks of purchases."""

from datetime import date
from decimal import Decimal

from grc.charts.declare import bars, bins, by, due, heat, lines, month, ratio, stacked
from grc.kinds import COUNT, DATE, DECIMAL, FISCAL_YEAR, FLAG, LONG_TEXT, PERCENT, Choice, Option
from grc.record import Row, field, link, ref, rows
from grc.register import Register
from grc.states import IN_PROGRESS, Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import ISMS, Entry, may
from registers.rules import isms_checks as rules
from registers.rules.rates import percentage
from registers.rules.stamps import stamped

OFFICE = ("security_office", "risk_officer")
UNITS = ("unit_user", "unit_head", *OFFICE)

CHECK_ROLE = Choice("isms-check-role", Option("general", "一般", "General user", ("一般利用者", "職員", "一般職員")),
                    Option("manager", "管理者", "Manager", ("管理職", "課長", "情報セキュリティ責任者")),
                    Option("administrator", "システム管理者", "System administrator", ("情報システム管理者", "運用担当")))
ANSWER = Choice("isms-answer", Option("done", "実施", "Done", ("○", "はい", "実施済", "実施済み", "できている")),
                Option("partial", "一部", "Partly", ("△", "一部実施", "一部できている")),
                Option("not_done", "未実施", "Not done", ("×", "いいえ", "できていない")),
                Option("na", "該当なし", "Not applicable", ("－", "対象外", "非該当")))
ASSESSMENT_KIND = Choice(
    "isms-assessment-kind", Option("platform", "プラットフォーム", "Platform", ("プラットフォーム診断", "ネットワーク診断", "PF診断")),
    Option("web", "Web", "Web application", ("Webアプリケーション", "Web診断", "ウェブアプリケーション")),
    Option("penetration", "侵入テスト", "Penetration test", ("ペネトレーションテスト", "ペンテスト")),
    Option("cloud", "クラウド設定", "Cloud settings", ("クラウド設定診断", "クラウド")),
    Option("source", "ソース", "Source code", ("ソースコード診断", "ソースコード")))
SEVERITY = Choice(
    "isms-severity", Option("critical", "緊急", "Critical", ("クリティカル", "致命的"), "red"), Option("high", "重要", "High", ("高", "重大"), "orange"),
    Option("medium", "警告", "Medium", ("中",), "yellow"), Option("low", "注意", "Low", ("低", "軽微"), "blue"),
    Option("info", "情報", "Information", ("参考", "info"), "gray"))
TREATMENT = Choice("isms-treatment", Option("fix", "修正", "Fix", ("改修", "パッチ適用", "修正済")),
                   Option("mitigate", "緩和", "Mitigate", ("緩和策", "回避策", "暫定対処")),
                   Option("accept", "受容", "Accept", ("リスク受容", "許容")), Option("false_positive", "誤検知", "False positive", ("過検知",)))
PROCUREMENT_KIND = Choice("isms-procurement-kind", Option("equipment", "機器", "Equipment", ("物品", "ハードウェア")),
                          Option("software", "ソフトウェア", "Software", ("ソフト",)),
                          Option("services", "役務", "Services", ("業務委託", "委託")),
                          Option("cloud", "クラウドサービス", "Cloud service", ("クラウド", "SaaS")))
JUDGEMENT = Choice("isms-supply-judgement", Option("ok", "可", "Cleared", ("○", "問題なし")),
                   Option("conditional", "条件付き", "On conditions", ("条件付", "△")),
                   Option("no", "不可", "Rejected", ("×", "否")))
ISMAP = Choice("isms-ismap", Option("listed", "登録あり", "Listed", ("ISMAP登録", "登録", "有", "該当")),
               Option("liu", "ISMAP-LIU登録", "Listed, ISMAP-LIU", ("LIU",)),
               Option("unlisted", "登録なし", "Not listed", ("未登録", "無")), Option("na", "対象外", "Not applicable", ("該当なし", "非該当")))
class SelfCheckAnswer(Row, table=True):
    """One item, as one unit answered it for one role."""

    __tablename__ = "self_check_answers"

    role: str | None = field("対象者", "Role", CHECK_ROLE)
    item: str | None = field("点検項目", "Item", required=True)
    unit_name: str | None = field("部門", "Unit")
    answer: str | None = field("回答", "Answer", ANSWER)
    comment: str | None = field("コメント", "Comment")


class SelfCheck(Entry, table=True):
    """自己点検: one campaign, of the body or of one unit (統一基準群 自己点検)."""

    __tablename__ = "self_checks"

    title: str | None = field("自己点検名", "Self-check", required=True, search=True, synonyms=("点検名", "名称", "件名"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, synonyms=("実施年度",))
    scope: str | None = field("対象範囲", "Scope", synonyms=("点検範囲", "対象"))
    period_start: date | None = field("開始日", "From", DATE, synonyms=("期間/自", "点検期間/自", "実施期間(自)"))
    period_end: date | None = field("回答期限", "Answers by", DATE, synonyms=("終了日", "期間/至", "点検期間/至", "締切日", "実施期間(至)"))
    report_by: date | None = field("報告期限", "Report by", DATE)
    target_typed: int | None = field("対象数", "Asked", COUNT, section=Text("集計（回答を記入しないとき）", "Totals, where answers are not entered"),
                                     synonyms=("対象者数", "対象人数"))
    answered_typed: int | None = field("回答数", "Answered", COUNT, synonyms=("回答者数", "実施人数"))
    done_typed: int | None = field("実施数", "Done", COUNT, synonyms=("遵守数", "実施件数"))
    partial_typed: int | None = field("一部実施数", "Partly done", COUNT)
    na_typed: int | None = field("該当なし数", "Not applicable", COUNT)
    target_count: int | None = field("対象数（計）", "Asked, in all", COUNT, derive=rules.asked, section=Text("結果", "Result"))
    answered_count: int | None = field("回答数（計）", "Answered, in all", COUNT, derive=rules.counted(None, "answered_typed"))
    done_count: int | None = field("実施数（計）", "Done, in all", COUNT, derive=rules.counted("done", "done_typed"))
    partial_count: int | None = field("一部実施数（計）", "Partly done, in all", COUNT, derive=rules.counted("partial", "partial_typed"))
    na_count: int | None = field("該当なし数（計）", "Not applicable, in all", COUNT, derive=rules.counted("na", "na_typed"))
    judged_count: int | None = field("判定対象数", "Judged", COUNT, derive=rules.judged)
    not_done_count: int | None = field("未実施数", "Not done", COUNT, derive=rules.not_done)
    response_rate: Decimal | None = field("実施率（%）", "Response rate (%)", PERCENT, derive=percentage("answered_count", "target_count"))
    compliance_rate: Decimal | None = field("遵守率（%）", "Compliance rate (%)", PERCENT, derive=percentage("done_count", "judged_count"))
    analysis: str | None = field("分析", "Analysis", LONG_TEXT, synonyms=("分析結果", "傾向と課題"))
    not_done_reason: str | None = field("未実施の理由", "Why not done", LONG_TEXT)
    closed_on: date | None = field("締め切った日", "Closed on", DATE)
    reported_on: date | None = field("報告日", "Reported on", DATE, synonyms=("委員会報告日",))
    due_on: date | None = field("次の期限", "Next due", DATE, deadline=True, derive=rules.check_due)


SELF_CHECKS = Register(
    SelfCheck, slug="self-checks", domain=ISMS, title=Text("自己点検", "Self-checks"), code="ISM-CHK", name="title",
    columns=("code", "title", "fiscal_year", "unit_id", "response_rate", "compliance_rate", "not_done_count", "due_on", "status"),
    filters=("fiscal_year", "unit_id"), keys=(("title", "fiscal_year", "unit_id"),), may=may(*OFFICE, units=True),
    links=(link("corrective_actions", "corrective-actions", "是正処置", "Corrective actions"),),
    rows=(rows("answers", SelfCheckAnswer, "点検項目と回答", "Items and answers"),), guards=(rules.answers_stand,),
    workflow=Workflow((
        state("planned", "計画", "Planned", Tone.GRAY, "event"), state("open", "回答受付中", "Open", Tone.BLUE, "pending"),
        state("closed", "締切", "Closed", Tone.BLUE, "lock"), state("analysed", "分析済み", "Analysed", Tone.VIOLET, "analytics"),
        state("reported", "委員会報告済み", "Reported to the committee", Tone.GREEN, "check_circle"),
    ), (
        move("open", "回答の受付を始める", "Open", "planned", "open", OFFICE, needs=("fiscal_year", "scope", "period_start", "period_end")),
        move("close", "締め切る", "Close", "open", "closed", OFFICE, guards=(rules.has_answers,), sets=stamped("closed_on")),
        move("answer", "回答を加える", "Add an answer", "open", None, UNITS, appends="answers"),
        move("analyse", "分析を終える", "Finish the analysis", "closed", "analysed", OFFICE, needs=("analysis",), guards=(rules.followed_up,)),
        move("report", "委員会に報告する", "Report to the committee", "analysed", "reported", OFFICE, sets=stamped("reported_on")),
        move("reopen", "受付に戻す", "Open again", "closed", "open", OFFICE, reason=True),
    )),
    charts=(heat("自己点検の遵守率（部門別・年度別、%）", "Compliance in self-checks, by unit and fiscal year (%)", by("fiscal_year"), by("unit_id"),
                 value=ratio("done_count", "judged_count"), unit=("%", "%")),
            bars("自己点検の遵守率（部門別、%）", "Compliance in self-checks, by unit (%)", by("unit_id"), value=ratio("done_count", "judged_count"),
                 target=95, unit=("%", "%")),
            lines("自己点検の実施率（年度別、%）", "Response to self-checks, by fiscal year (%)", by("fiscal_year"),
                  value=ratio("answered_count", "target_count"),
                  target=100, unit=("%", "%"))),
)


class VulnerabilityAssessment(Entry, table=True):
    """脆弱性診断: one assessment of one system; what it found stands in the register of vulnerabilities."""

    __tablename__ = "vulnerability_assessments"

    title: str | None = field("診断名", "Assessment", required=True, search=True, synonyms=("件名", "名称", "診断件名"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, synonyms=("実施年度",))
    system_id: int | None = ref("systems", "情報システム", "System", synonyms=("対象システム", "システム", "システム名"))
    kind: str | None = field("診断の種別", "Kind", ASSESSMENT_KIND, synonyms=("種別", "診断種別"))
    performer: str | None = field("実施者", "Performed by", synonyms=("診断事業者", "実施会社", "委託先"))
    period_start: date | None = field("開始日", "From", DATE, synonyms=("期間/自", "診断期間/自", "実施日"))
    period_end: date | None = field("終了予定日", "To", DATE, synonyms=("終了日", "期間/至", "診断期間/至"))
    summary: str | None = field("総評", "Summary", LONG_TEXT, synonyms=("結果の概要", "診断結果"), section=Text("結果", "Result"))
    critical_count: int | None = field("緊急（件）", "Critical", COUNT, synonyms=("緊急",))
    high_count: int | None = field("重要（件）", "High", COUNT, synonyms=("重要",))
    medium_count: int | None = field("警告（件）", "Medium", COUNT, synonyms=("警告",))
    low_count: int | None = field("注意（件）", "Low", COUNT, synonyms=("注意",))
    info_count: int | None = field("情報（件）", "Information", COUNT, synonyms=("情報",))
    reported_on: date | None = field("報告日", "Reported on", DATE, synonyms=("報告書受領日",))
    closed_on: date | None = field("対処完了日", "Closed on", DATE)
    due_on: date | None = field("次の期限", "Next due", DATE, deadline=True, derive=rules.assessment_due)


VULNERABILITY_ASSESSMENTS = Register(
    VulnerabilityAssessment, slug="vulnerability-assessments", domain=ISMS, title=Text("脆弱性診断台帳", "Vulnerability assessments"),
    code="ISM-VAS", name="title",
    columns=("code", "title", "fiscal_year", "system_id", "kind", "critical_count", "high_count", "due_on", "status"), filters=("fiscal_year", "system_id", "kind"),
    keys=(("title", "fiscal_year", "system_id"),), may=may(*OFFICE),
    workflow=Workflow((
        state("planned", "計画", "Planned", Tone.GRAY, "event"), IN_PROGRESS, state("reported", "報告済み・対処中", "Reported, being dealt with", Tone.BLUE, "build"),
        state("closed", "対処完了", "Dealt with", Tone.GREEN, "check_circle"), state("cancelled", "中止", "Cancelled", Tone.GRAY, "block"),
    ), (
        move("begin", "診断を始める", "Begin", "planned", "in_progress", OFFICE, needs=("fiscal_year", "kind", "performer", "period_start", "period_end")),
        move("report", "診断結果を報告する", "Report", "in_progress", "reported", OFFICE, needs=("summary",), sets=rules.reported),
        move("close", "対処完了にする", "Close", "reported", "closed", OFFICE, guards=(rules.all_dealt_with,), sets=rules.ended),
        move("cancel", "中止する", "Cancel", ("planned", "in_progress"), "cancelled", OFFICE, reason=True),
    )),
    charts=(stacked("脆弱性診断の実施状況（種別、件）", "Vulnerability assessments by kind", by("kind"), by("status")),
            bars("脆弱性診断の数（年度別、件）", "Vulnerability assessments by fiscal year", by("fiscal_year"))),
)


class VulnerabilityFinding(Entry, table=True):
    """脆弱性: one that was found, with the limit that its severity sets. Its details are 機密性3."""

    __tablename__ = "vulnerability_findings"

    title: str | None = field("脆弱性", "Vulnerability", required=True, search=True, synonyms=("件名", "指摘事項", "脆弱性名", "名称"))
    assessment_id: int | None = ref("vulnerability-assessments", "脆弱性診断", "Assessment", synonyms=("診断名",))
    system_id: int | None = ref("systems", "情報システム", "System", synonyms=("対象システム", "システム", "システム名"))
    affected: str | None = field("該当箇所", "Where", LONG_TEXT, synonyms=("対象", "検出箇所", "対象ホスト"))
    severity: str | None = field("深刻度", "Severity", SEVERITY, synonyms=("危険度", "リスクレベル", "重要度"))
    cvss: Decimal | None = field("CVSS", "CVSS", DECIMAL, synonyms=("CVSSスコア", "CVSS基本値", "CVSS値"))
    cve: str | None = field("CVE", "CVE", search=True, synonyms=("CVE番号", "CVE-ID"))
    impact: str | None = field("影響", "Impact", LONG_TEXT, synonyms=("想定される影響", "脅威"))
    found_on: date | None = field("検出日", "Found on", DATE, synonyms=("発見日", "報告日"))
    limit_on: date | None = field("深刻度による期限", "Limit by severity", DATE, section=Text("対処", "Treatment"))
    due_on: date | None = field("対処期限", "Due", DATE, deadline=True, synonyms=("期限", "対応期限"))
    treatment: str | None = field("処置", "Treatment", TREATMENT, synonyms=("対処", "対応区分"))
    treatment_detail: str | None = field("処置の内容", "Treatment in detail", LONG_TEXT, synonyms=("対処内容", "対応内容", "対策"))
    fixed_on: date | None = field("処置日", "Treated on", DATE, synonyms=("対応日", "修正日", "対応完了日"))
    retested_on: date | None = field("再診断日", "Retested on", DATE)
    retest_result: str | None = field("再診断の結果", "Result of the retest", synonyms=("再診断結果",))
    accepted_until: date | None = field("受容の期限", "Accepted until", DATE)
    closed_on: date | None = field("終了日", "Closed on", DATE, synonyms=("完了日", "クローズ日"))


VULNERABILITY_FINDINGS = Register(
    VulnerabilityFinding, slug="vulnerability-findings", domain=ISMS, title=Text("脆弱性", "Vulnerabilities"), code="ISM-VUL", name="title",
    columns=("code", "title", "assessment_id", "system_id", "severity", "cvss", "due_on", "treatment", "status"), filters=("severity", "system_id", "treatment"),
    keys=(("assessment_id", "title", "affected"),), guards=(rules.cvss_in_range,), may=may(*OFFICE, readers=("ciso",)),
    workflow=Workflow((
        state("open", "検出", "Open", Tone.ORANGE, "error"), state("triaged", "仕分け済み", "Triaged", Tone.YELLOW, "filter_alt"),
        state("fixing", "対処中", "Being treated", Tone.BLUE, "build"), state("fixed", "再診断待ち", "Awaits the retest", Tone.VIOLET, "fact_check"),
        state("retested_closed", "再診断済み・終了", "Retested and closed", Tone.GREEN, "check_circle"),
        state("accepted", "受容", "Accepted", Tone.GRAY, "handshake"), state("false_positive", "誤検知", "False positive", Tone.GRAY, "block"),
    ), (
        move("triage", "深刻度を決める", "Triage", "open", "triaged", OFFICE, needs=("severity",), sets=rules.triaged),
        move("treat", "対処を始める", "Begin the treatment", "triaged", "fixing", OFFICE, needs=("treatment",)),
        move("treated", "対処を終える", "Finish the treatment", "fixing", "fixed", OFFICE, needs=("treatment_detail",), sets=stamped("fixed_on")),
        move("close", "再診断で終了する", "Close after the retest", "fixed", "retested_closed", OFFICE, needs=("retest_result",), sets=rules.retested),
        move("fail", "再診断で残っていた", "The retest failed", "fixed", "fixing", OFFICE, reason=True),
        move("reclassify", "深刻度を見直す", "Triage again", ("triaged", "fixing"), "triaged", OFFICE, needs=("severity",), reason=True, sets=rules.triaged),
        move("accept", "受容する", "Accept", ("triaged", "fixing"), "accepted", ("ciso",), needs=("accepted_until",), approves=True, reason=True,
             guards=(rules.acceptance,), sets=rules.accepted),
        move("dismiss", "誤検知とする", "Dismiss as false positive", ("open", "triaged"), "false_positive", OFFICE, reason=True, sets=rules.dismissed),
        move("reopen", "再び対処する", "Reopen", ("accepted", "retested_closed", "false_positive"), "triaged", OFFICE, needs=("severity",),
             reason=True, sets=rules.reopened),
    ), closed=("retested_closed", "false_positive")),
    charts=(stacked("未対処の脆弱性（深刻度・期限別、件）", "Open vulnerabilities by severity and limit", by("severity"), due("due_on"),
                    where={"status": ("open", "triaged", "fixing", "fixed")}),
            stacked("脆弱性の終了（月別・深刻度別、件）", "Vulnerabilities closed, by month and severity", month("closed_on"), by("severity")),
            bars("脆弱性の状態（件）", "Vulnerabilities by state", by("status")),
            bars("CVSSの分布（件）", "Vulnerabilities by CVSS", bins("cvss", 4, 7, 9))),
)


class SupplyChainCheck(Entry, table=True):
    """調達時のサプライチェーン確認: whether what is to be bought, and who makes and supplies it, is free of concern."""

    __tablename__ = "supply_chain_checks"

    subject: str | None = field("調達の対象", "Subject", required=True, search=True, synonyms=("対象", "調達件名", "件名", "品名"))
    procurement_kind: str | None = field("調達の種類", "Kind of procurement", PROCUREMENT_KIND, synonyms=("種類", "区分", "調達区分"))
    contract_id: int | None = ref("contracts", "契約", "Contract", synonyms=("契約件名", "調達案件"))
    system_id: int | None = ref("systems", "情報システム", "System", synonyms=("対象システム", "システム"))
    maker: str | None = field("製造者", "Maker", search=True, synonyms=("メーカー", "製造元", "開発元"))
    supplier_id: int | None = ref("suppliers", "供給元", "Supplier", synonyms=("販売元", "納入業者", "供給者"))
    origin: str | None = field("原産国", "Country of origin", synonyms=("原産", "製造国", "原産地"))
    requested_on: date | None = field("依頼日", "Requested on", DATE)
    due_on: date | None = field("回答期限", "Answer by", DATE, deadline=True, synonyms=("期限",))
    concern: bool | None = field("懸念の有無", "Concern", FLAG, section=Text("確認", "Check"), synonyms=("懸念",))
    concern_detail: str | None = field("懸念の内容", "Concern in detail", LONG_TEXT)
    inquired: bool | None = field("関係機関への照会", "Authorities asked", FLAG, synonyms=("照会の有無", "照会"))
    inquired_to: str | None = field("照会先", "Asked whom", synonyms=("確認先",))
    inquired_on: date | None = field("照会日", "Asked on", DATE)
    inquiry_answer: str | None = field("照会の回答", "Their answer", LONG_TEXT, synonyms=("照会結果",))
    alternative: str | None = field("代替案", "Alternative", LONG_TEXT, synonyms=("代替品",))
    ismap: str | None = field("ISMAP", "ISMAP", ISMAP, synonyms=("ISMAP該当", "ISMAP登録", "ISMAPの登録"))
    judgement: str | None = field("判定", "Judgement", JUDGEMENT, section=Text("判定", "Judgement"), synonyms=("判定結果", "可否"))
    conditions: str | None = field("条件", "Conditions", LONG_TEXT, synonyms=("付した条件",))
    clause_reflected: bool | None = field("契約条項への反映", "In the contract's clauses", FLAG, synonyms=("契約条項反映", "仕様書への反映"))
    decided_on: date | None = field("判定日", "Decided on", DATE)


SUPPLY_CHAIN_CHECKS = Register(
    SupplyChainCheck, slug="supply-chain-checks", domain=ISMS, title=Text("サプライチェーン確認", "Supply-chain checks"), code="ISM-SCC", name="subject",
    columns=("code", "subject", "procurement_kind", "contract_id", "maker", "concern", "judgement", "due_on", "status"),
    filters=("procurement_kind", "concern", "judgement", "ismap"), keys=(("contract_id", "subject", "maker"), ("subject", "maker", "requested_on")),
    may=may(*OFFICE, "procurement", units=True),
    workflow=Workflow((
        state("requested", "依頼", "Requested", Tone.YELLOW, "hourglass_empty"), state("checking", "確認中", "Being checked", Tone.BLUE, "fact_check"),
        state("cleared", "可", "Cleared", Tone.GREEN, "check_circle"), state("conditional", "条件付き", "Cleared on conditions", Tone.GREEN, "rule"),
        state("rejected", "不可", "Rejected", Tone.GRAY, "block"),
    ), (
        move("check", "確認を始める", "Begin the check", "requested", "checking", OFFICE, needs=("procurement_kind", "maker")),
        move("clear", "可とする", "Clear", "checking", "cleared", ("ciso", *OFFICE), needs=("concern", "origin"), approves=True,
             guards=(rules.looked_into, rules.without_concern), sets=rules.judgement("ok")),
        move("clear_on_conditions", "条件付きとする", "Clear on conditions", "checking", "conditional", ("ciso", *OFFICE),
             needs=("concern", "origin", "conditions"),
             approves=True, guards=(rules.looked_into,), sets=rules.judgement("conditional")),
        move("reject", "不可とする", "Reject", "checking", "rejected", ("ciso", *OFFICE), approves=True, reason=True, sets=rules.judgement("no")),
        move("reopen", "確認し直す", "Check again", ("cleared", "conditional", "rejected"), "checking", OFFICE, reason=True),
    ), closed=("cleared", "conditional", "rejected")),
    charts=(stacked("サプライチェーン確認（種類・状態別、件）", "Supply-chain checks by kind and state", by("procurement_kind"), by("status")),),
)

REGISTERS = (SELF_CHECKS, VULNERABILITY_ASSESSMENTS, VULNERABILITY_FINDINGS, SUPPLY_CHAIN_CHECKS)
