"""監査: programmes, audits of every kind, checklists, management reviews.

JIS Q 19011; JIS Q 15001:2023 and ISO/IEC 27001 9.2 and 9.3; the body's plan 1(2)2–6 and its catalogue of audits. What
auditors write is theirs: the risk officer reads it, the kanji's is the kanji's.
"""

from datetime import date

from grc.charts.declare import bars, by, gantt, heat, month, share, shares, stacked, year
from grc.kinds import DATE, FISCAL_YEAR, FLAG, LONG_TEXT, MONTH, Choice, Option
from grc.permissions import EDIT
from grc.record import Row, field, link, link_any, ref, rows
from grc.register import Register
from grc.states import DRAFT, IN_PROGRESS, Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import AUDIT, CADENCE, CLASSIFICATION, SUBJECTS, Entry, may
from registers.rules import audits as rules
from registers.rules import independence
from registers.rules.spans import fiscal_year_of
from registers.rules.stamps import dated, stamped

KIND = Choice("audit-kind",
    Option("internal", "内部監査", "Internal audit", ("internal_audit",)), Option("internal_privacy", "内部監査（個人情報）", "Internal audit, privacy"),
    Option("internal_security", "内部監査（情報セキュリティ）", "Internal audit, security"),
    Option("internal_compliance", "内部監査（コンプライアンス）", "Internal audit, compliance"),
    Option("internal_crisis", "内部監査（危機管理）", "Internal audit, crisis management"),
    Option("internal_operations", "内部監査（財務・業務）", "Internal audit, finance and operations"),
    Option("kanji", "監事監査", "Kanji's audit", ("auditor_statutory",)),
    Option("kanji_settlement", "監事監査（決算）", "Kanji's audit of the accounts", ("決算監査",)),
    Option("kanji_monthly", "監事監査（例月）", "Kanji's monthly audit", ("例月監査",)),
    Option("kanji_operations", "監事監査（業務）", "Kanji's audit of operations", ("業務監査",)),
    Option("certification", "認証審査", "Certification audit", ("external_certification", "外部審査")),
    Option("isms_external", "ISMS外部審査", "ISMS certification audit", ("ISMS審査",)),
    Option("pmark", "プライバシーマーク審査", "PrivacyMark audit", ("Pマーク審査",)), Option("external", "外部監査", "External audit", ("external_audit",)),
    Option("government", "政府の監査", "Government audit", ("government_audit",)),
    Option("nisc_management", "NISC監査（マネジメント監査）", "NISC audit, management", ("NISCマネジメント監査",)),
    Option("nisc_penetration", "NISC監査（ペネトレーションテスト）", "NISC audit, penetration test", ("NISCペネトレーションテスト",)),
    Option("asp", "LGWAN-ASP監査", "LGWAN-ASP audit", ("third_party_audit",)),
    Option("asp_review", "ASP対策状況の確認", "Review of ASP measures", ("third_party_review",)),
    Option("municipal", "地方公共団体の監査", "Audit of municipalities", ("external_party_audit",)),
    Option("document_review", "書類の確認", "Document review", ("報告書の確認",)), Option("self_assessment", "自己点検", "Self-assessment"),
    Option("release_check", "システム安定稼働の点検", "Check of stable operation", ("リリース点検",)),
    Option("technical_test", "技術的検査", "Technical test", ("脆弱性診断",)), Option("contract_review", "調達点検", "Review of procurement"),
    Option("other", "その他", "Other"))
PROGRAMME_KIND = Choice("audit-programme-kind",
    Option("internal", "年度内部監査計画", "Yearly internal programme", ("内部監査計画", "内部監査")),
    Option("external", "外部監査基本計画", "Basic plan of external audits", ("外部監査",)),
    Option("certification", "認証審査計画", "Plan of certification audits"), Option("kanji", "監事監査計画", "Plan of the kanji", ("監事監査",)),
    Option("asp", "LGWAN-ASP監査計画", "Plan of LGWAN-ASP audits"), Option("other", "その他", "Other"))
METHOD = Choice("audit-method",
    Option("on_site", "実地", "On site", ("現地",)), Option("remote", "リモート", "Remote", ("オンライン",)),
    Option("document", "書面", "On paper", ("書類", "書面監査")), Option("interview", "ヒアリング", "Interview"),
    Option("technical", "技術的検査", "Technical"), Option("mixed", "併用", "Mixed", ("実地・書面",)))
OPINION = Choice("audit-opinion", Option("proper", "適正", "Proper", ("適合",)), Option("mostly", "概ね適正", "Mostly proper", ("おおむね適正",)),
                 Option("improve", "要改善", "Needs improvement", ("改善を要する",)), Option("improper", "不適正", "Improper", ("不適合",)))
ROLE = Choice("auditor-role", Option("lead", "主任監査員", "Lead auditor", ("主任", "リーダー")), Option("member", "監査員", "Auditor", ("メンバー",)),
              Option("expert", "技術専門家", "Technical expert"), Option("observer", "オブザーバー", "Observer"))
RESULT = Choice("checklist-result",
    Option("conform", "適合", "Conforms", ("○", "〇", "◯", "適", "良", "✓", "✔", "可")),
    Option("partial", "一部不備", "Conforms in part", ("△", "▲", "一部", "要改善")),
    Option("nonconform", "不適合", "Does not conform", ("×", "✕", "否", "不可")),
    Option("na", "対象外", "Does not apply", ("－", "―", "該当なし", "N/A", "非該当")), Option("not_checked", "未確認", "Not checked", ("未", "未実施")))
INDEPENDENCE = Choice("audit-independence",
    Option("checked", "確認済み", "Judged"), Option("unchecked", "未確認", "Not judged yet"), Option("exception", "例外あり", "Exception"))
SYSTEM = Choice("management-system", Option("pms", "個人情報保護（PMS）", "Privacy (PMS)", ("PMS", "個人情報", "個人情報保護マネジメントシステム")),
                Option("isms", "情報セキュリティ（ISMS）", "Information security (ISMS)", ("ISMS", "情報セキュリティ")), Option("both", "PMS・ISMS合同", "Both"))
OUTPUT_KIND = Choice("review-output", Option("decision", "改善の決定", "Decision", ("決定",)), Option("resource", "資源", "Resources", ("資源の必要性",)),
                     Option("change", "システムの変更", "Change", ("変更",)))
AUDITORS = ("auditor", "audit_chief")
OWN = (*AUDITORS, "kanji")
CHIEFS = ("audit_chief", "kanji")
WORKING_PAPERS = may("auditor", "audit_chief", "kanji")
"""Audit working papers: kept by the audit side alone, read by the body's people."""


# ------------------------------------------------------------------------------------------------ 監査計画


class AuditProgramme(Entry, table=True):
    """A programme of audits, of a year or of several (外部監査基本計画)."""

    __tablename__ = "audit_programmes"

    name: str | None = field("計画の名称", "Programme", required=True, search=True, synonyms=("名称", "計画名", "監査計画"))
    kind: str | None = field("計画の種類", "Kind", PROGRAMME_KIND, synonyms=("種類", "種別"))
    year_from: int | None = field("対象年度（開始）", "First fiscal year", FISCAL_YEAR, index=True, synonyms=("年度", "対象年度"))
    year_to: int | None = field("対象年度（終了）", "Last fiscal year", FISCAL_YEAR)
    policy: str | None = field("基本方針", "Policy", LONG_TEXT, synonyms=("監査方針",))
    focus: str | None = field("重点事項", "Focus", LONG_TEXT, synonyms=("重点", "重点監査項目"))
    selection: str | None = field("対象の選定理由", "Why these are audited", LONG_TEXT, synonyms=("選定理由", "リスク評価に基づく選定理由"))
    approved_by: str | None = field("承認者", "Approved by")
    approved_on: date | None = field("承認日", "Approved on", DATE)
    reported_to: str | None = field("報告先", "Reported to", synonyms=("報告先（理事長ほか）",))
    report_due_on: date | None = field("報告期限", "Report by", DATE, deadline=True)
    reported_on: date | None = field("報告日", "Reported on", DATE)
    result: str | None = field("実施結果の総括", "Result", LONG_TEXT, synonyms=("総括",))


PROGRAMME_STATES = (
    DRAFT,
    state("approved", "承認済み", "Approved", Tone.GREEN, "check_circle"),
    IN_PROGRESS,
    state("reported", "報告済み", "Reported", Tone.GREEN, "task_alt"),
)

AUDIT_PROGRAMMES = Register(
    AuditProgramme, slug="audit-programmes", domain=AUDIT, title=Text("監査計画", "Audit programmes"), code="AUD-PRG", name="name",
    columns=("code", "name", "kind", "year_from", "year_to", "approved_on", "report_due_on", "reported_on", "status"),
    filters=("kind", "year_from"), keys=(("name", "year_from"),), may=WORKING_PAPERS,
    links=(link("risks", "risks", "選定の根拠としたリスク", "Risks behind the selection"),),
    workflow=Workflow(PROGRAMME_STATES, (
        move("approve", "計画を承認する", "Approve", "draft", "approved", ("audit_chief",), needs=("kind", "year_from", "policy", "focus"),
             approves=True, sets=rules.adopted),
        move("adopt", "監事が計画を定める", "Adopt", "draft", "approved", ("kanji",), needs=("kind", "year_from", "policy"), sets=rules.adopted),
        move("start", "実施を始める", "Start", "approved", "in_progress", OWN),
        move("report", "結果を報告する", "Report", "in_progress", "reported", CHIEFS, needs=("result", "reported_to"), sets=stamped("reported_on")),
        move("revise", "計画を見直す", "Revise", ("approved", "in_progress"), "draft", OWN, reason=True),
    )),
    guards=(rules.years_in_order,), reserved=independence.programme_keeper, synonyms={"note": ("備考",)},
    charts=(stacked("年度ごとの監査計画（件）", "Programmes by year", by("year_from"), by("status")),),
)

# ------------------------------------------------------------------------------------------------ 監査


class TeamMember(Row, table=True):
    """One auditor of an audit."""

    __tablename__ = "audit_team"

    name: str | None = field("氏名", "Name", required=True)
    account: str | None = field("サインイン名", "Account")
    role: str | None = field("役割", "Role", ROLE)
    organisation: str | None = field("外部の所属", "Organisation outside")


class AuditDay(Row, table=True):
    """One day of fieldwork."""

    __tablename__ = "audit_days"

    held_on: date | None = field("監査日", "Day", DATE, required=True)
    audited: str | None = field("対象・対応者", "What and whom")
    auditors: str | None = field("監査した人", "Auditors")
    done: str | None = field("実施内容", "What was done", LONG_TEXT)


class Audit(Entry, table=True):
    """An audit of any kind, from the catalogue of the year to its follow-up."""

    __tablename__ = "audits"

    name: str | None = field("監査名", "Audit", required=True, search=True, synonyms=("名称", "件名", "監査の名称"))
    number: str | None = field("監査番号", "Audit number", search=True, synonyms=("audit_id", "No", "No.", "番号"))
    kind: str | None = field("監査の種類", "Kind", KIND, synonyms=("種類", "種別", "監査種別"))
    programme_id: int | None = ref("audit-programmes", "監査計画", "Programme")
    series_id: int | None = ref("audits", "もとの監査（目録）", "Audit of the catalogue")
    auditor: str | None = field("監査の主体", "Who audits", synonyms=("監査機関", "監査人", "審査機関"))
    scope: str | None = field("監査範囲", "Scope", LONG_TEXT, synonyms=("範囲",))
    coverage: str | None = field("対象の取り方", "Coverage", synonyms=("対象範囲",))
    criteria: str | None = field("監査基準", "Criteria", LONG_TEXT, synonyms=("基準", "準拠規格"))
    cadence: str | None = field("頻度", "Cadence", CADENCE)
    years: str | None = field("実施年度", "Years", synonyms=("計画年度",))
    source_section: str | None = field("計画書の箇所", "Section of the plan", synonyms=("根拠の箇所",))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=rules.fiscal_year, index=True)
    month: str | None = field("対象月", "Month audited", MONTH)

    planned_from: date | None = field("実施期間（開始）", "Planned from", DATE, section=Text("実施", "Fieldwork"), synonyms=("実施日", "監査日", "実施期間/自", "開始日"))
    planned_to: date | None = field("実施期間（終了）", "Planned to", DATE, synonyms=("実施期間/至", "終了日"))
    method: str | None = field("手法", "Method", METHOD, synonyms=("監査手法", "監査方法"))
    notified_on: date | None = field("通知日", "Notified on", DATE)
    began_on: date | None = field("開始した日", "Began on", DATE)
    previous: str | None = field("前回指摘の確認", "Earlier findings", LONG_TEXT)
    independence_checked_on: date | None = field("独立性の確認日", "Independence judged on", DATE)
    independence_exception: str | None = field("独立性の例外", "Exception to independence", LONG_TEXT, hint=Text(
        "他の台帳に例外が記録されていた場合の事情。例外を認める欄ではありません。", "What another ledger tells of an exception; it grants none."))
    independence: str | None = field("独立性", "Independence", INDEPENDENCE, derive=independence.state)

    fact_check_due_on: date | None = field("事実確認の期限", "Facts checked by", DATE, section=Text("報告とフォロー", "Report and follow-up"))
    facts_answered_on: date | None = field("事実確認の回答日", "Facts answered on", DATE)
    facts_answer: str | None = field("事実確認の回答", "Answer on the facts", LONG_TEXT)
    reported_on: date | None = field("報告日", "Reported on", DATE)
    reported_to: str | None = field("報告先", "Reported to")
    opinion: str | None = field("総括意見", "Opinion", OPINION, synonyms=("監査意見", "総合評価"))
    summary: str | None = field("総括の内容", "Summary", LONG_TEXT, synonyms=("監査結果", "結果概要"))
    improvement_due_on: date | None = field("改善計画の期限", "Improvement plan by", DATE)
    improvement_plan: str | None = field("改善計画", "Improvement plan", LONG_TEXT)
    improvement_submitted_on: date | None = field("改善計画の提出日", "Improvement plan submitted on", DATE)
    unfinished: str | None = field("提出時点の未完了事項", "Unfinished when submitted", LONG_TEXT)
    follow_up_due_on: date | None = field("フォローアップの期限", "Follow up by", DATE)
    followed_up_on: date | None = field("フォローアップ日", "Followed up on", DATE)
    next_due_on: date | None = field("次の期限", "Next date", DATE, derive=rules.next_due, deadline=True)


AUDIT_STATES = (
    state("planned", "計画", "Planned", Tone.GRAY, "edit_note"),
    state("notified", "通知済み", "Notified", Tone.BLUE, "campaign"),
    state("fieldwork", "実施中", "Fieldwork", Tone.BLUE, "pending"),
    state("draft_report", "報告書案", "Draft report", Tone.BLUE, "edit_document"),
    state("fact_check", "事実確認中", "Facts being checked", Tone.YELLOW, "fact_check"),
    state("reported", "報告済み", "Reported", Tone.GREEN, "task_alt"),
    state("improvement_planned", "改善計画提出済み", "Improvement planned", Tone.BLUE, "assignment_turned_in"),
    state("follow_up", "フォローアップ中", "Follow-up", Tone.BLUE, "published_with_changes"),
    state("closed", "完了", "Closed", Tone.GREEN, "check_circle"),
    state("postponed", "延期", "Postponed", Tone.ORANGE, "event_repeat"),
    state("cancelled", "中止", "Cancelled", Tone.GRAY, "block"),
)

AUDITS = Register(
    Audit, slug="audits", domain=AUDIT, title=Text("監査", "Audits"), code="AUD-AUD", name="name",
    columns=("code", "name", "kind", "auditor", "planned_from", "reported_on", "opinion", "next_due_on", "status"),
    filters=("kind", "fiscal_year", "programme_id", "opinion"), keys=(("number", "years"), ("name", "years", "month", "planned_from")), may=WORKING_PAPERS,
    rows=(rows("team", TeamMember, "監査チーム", "Audit team"), rows("days", AuditDay, "監査日程", "Days")),
    links=(link("units", "units", "被監査部門", "Audited units"), link_any("subjects", (*SUBJECTS, "processors"), "監査対象", "What is audited")),
    complete=rules.named_kind,
    workflow=Workflow(AUDIT_STATES, (
        move("notify", "監査員を指名し、通知する", "Assign and notify", "planned", "notified", ("audit_chief",), approves=True,
             needs=("kind", "criteria", "scope", "units", "team", "planned_from", "planned_to"), guards=(independence.known,), sets=rules.notified),
        move("begin", "監査を始める", "Begin", ("planned", "notified"), "fieldwork", OWN,
             needs=("kind", "criteria", "scope", "planned_from", "planned_to"), guards=(rules.notified_first,), sets=rules.began),
        move("hold", "監査日を記録する", "Record a day", "fieldwork", None, OWN, appends="days"),
        move("draft", "報告書案をまとめる", "Draft the report", "fieldwork", "draft_report", OWN, needs=("summary",)),
        move("ask_facts", "事実確認を依頼する", "Ask for the facts", "draft_report", "fact_check", OWN, sets=rules.facts_asked),
        move("answer_facts", "事実確認に回答する", "Answer on the facts", "fact_check", None, ("unit_head",), reason=True,
             guards=(rules.audited,), sets=rules.facts_answered),
        move("report", "報告する", "Report", "fact_check", "reported", ("audit_chief",), needs=("opinion", "summary", "reported_to"), approves=True,
             guards=(independence.known, rules.facts_checked), sets=rules.reported),
        move("report_kanji", "監事監査の結果を報告する", "Report the kanji's audit", ("fieldwork", "draft_report", "fact_check"), "reported", ("kanji",),
             needs=("opinion",), sets=rules.reported),
        move("receive", "外部の報告を受領する", "Receive the report", ("planned", "notified", "fieldwork"), "reported", AUDITORS, needs=("kind", "summary"),
             guards=(rules.from_outside,), sets=stamped("reported_on")),
        move("submit_improvement", "改善計画を提出する", "Submit the improvement plan", "reported", "improvement_planned", OWN, needs=("improvement_plan",),
             sets=stamped("improvement_submitted_on")),
        move("follow_up", "フォローアップを始める", "Follow up", ("reported", "improvement_planned"), "follow_up", OWN, needs=("follow_up_due_on",),
             guards=(rules.improvement_first,)),
        move("close", "監査を完了する", "Close", ("reported", "improvement_planned", "follow_up"), "closed", CHIEFS,
             guards=(rules.improvement_first, rules.findings_ended), sets=dated("followed_up_on")),
        move("postpone", "延期する", "Postpone", ("planned", "notified"), "postponed", OWN, reason=True),
        move("resume", "計画に戻す", "Plan again", ("notified", "postponed"), "planned", OWN, reason=True),
        move("cancel", "中止する", "Cancel", ("planned", "notified", "postponed"), "cancelled", CHIEFS, reason=True),
    )),
    guards=(rules.in_order, independence.assigned, independence.independent), reserved=independence.keeper, synonyms={"note": ("備考",)},
    charts=(
        gantt("監査の日程", "Audits over the year", "planned_from", "planned_to"),
        stacked("監査の種類ごとの進み具合（件）", "Progress by kind", by("kind"), by("status")),
        bars("監査員の独立性（件、例外は0）", "Independence of auditors (no exception)", by("independence"), where={"status": (
            "notified", "fieldwork", "draft_report", "fact_check", "reported", "improvement_planned", "follow_up", "closed")}),
        stacked("月ごとの例月監査（件）", "Monthly audits of the kanji", month("planned_from"), by("status"), where={"kind": "kanji_monthly"}),
        stacked("年度ごとの総括意見（件）", "Opinions by year", year("reported_on"), by("opinion")),
    ),
)

# ------------------------------------------------------------------------------------------------ チェックリスト


class ChecklistItem(Entry, table=True):
    """One question of an audit, or of a check before a system is changed, and what was found."""

    __tablename__ = "checklist_items"

    question: str | None = field("確認事項", "Question", required=True, search=True, synonyms=("確認項目", "監査項目", "チェック項目", "質問", "点検項目"))
    audit_id: int | None = ref("audits", "監査", "Audit", synonyms=("監査名",))
    framework: str | None = field("規格", "Standard", synonyms=("基準", "規程"))
    clause: str | None = field("規格項番", "Clause", search=True, synonyms=("項番", "条項", "要求事項番号", "項目番号"))
    chapter: str | None = field("章", "Chapter", derive=rules.chapter, index=True)
    control_id: int | None = ref("controls", "管理策", "Control")
    audited_unit_id: int | None = ref("units", "被監査部門", "Audited unit", create="provisional")
    audited_on: date | None = field("監査日", "Audited on", DATE, synonyms=("確認日", "実施日"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("audited_on"), index=True)
    auditors: str | None = field("監査員", "Auditors", synonyms=("監査者", "確認者"))
    evidence_seen: str | None = field("確認した証拠", "Evidence seen", LONG_TEXT, synonyms=("証拠", "客観的証拠", "エビデンス", "確認資料"))
    result: str | None = field("判定", "Result", RESULT, synonyms=("結果", "評価", "適否"))
    conformity: bool | None = field("適合（対象外・未確認を除く）", "Conforms, of those that apply", FLAG, derive=rules.conforms)
    comment: str | None = field("所見", "Comment", LONG_TEXT, synonyms=("コメント", "所見・備考", "指摘内容"))
    classification: str | None = field("指摘区分", "Class of finding", CLASSIFICATION, synonyms=("区分",))


ITEM_STATES = (
    state("open", "確認前", "To be checked", Tone.GRAY, "radio_button_unchecked"),
    state("checked", "確認済み", "Checked", Tone.GREEN, "check_circle"),
    state("raised", "指摘済み", "Raised as a finding", Tone.ORANGE, "flag"),
)

CHECKLIST_ITEMS = Register(
    ChecklistItem, slug="checklist-items", domain=AUDIT, title=Text("監査チェックリスト", "Checklist items"), code="AUD-CHK", name="question",
    columns=("code", "clause", "question", "audit_id", "audited_unit_id", "result", "comment", "classification", "status"),
    filters=("audit_id", "result", "audited_unit_id", "classification", "fiscal_year"),
    keys=(("audit_id", "clause", "question"), ("audited_unit_id", "audited_on", "clause", "question")),
    may=may("auditor", "audit_chief", "kanji", readers=("risk_officer", "privacy_manager", "security_office", "ciso", "cro")), initial="checked",
    workflow=Workflow(ITEM_STATES, (
        move("check", "確認を終える", "Finish checking", "open", "checked", OWN, needs=("result",)),
        move("raise", "指摘にする", "Raise a finding", "checked", "raised", OWN, needs=("comment",), guards=(rules.raisable,), effects=(rules.raises,)),
        move("recheck", "確認し直す", "Check again", "checked", "open", OWN, reason=True),
    ), closed=("checked",)),
    above=rules.above_checklist, reserved=independence.checklist_keeper, synonyms={"note": ("備考",)},
    charts=(
        bars("項番ごとの適合率（％、対象外と未確認を除く）", "Conformity by chapter (%)", by("chapter"), value=share("conformity"), target=100, unit=("％", "%")),
        stacked("項番ごとの判定（件）", "Results by chapter", by("chapter"), by("result")),
        shares("監査ごとの判定（構成比）", "Results by audit", by("audit_id"), by("result")),
        heat("被監査部門×判定（件）", "Audited unit × result", by("audited_unit_id"), by("result")),
    ),
)

# ------------------------------------------------------------------------------------------------ マネジメントレビュー


class ReviewOutput(Row, table=True):
    """One decision of a review and what becomes of it."""

    __tablename__ = "management_review_outputs"

    output: str | None = field("決定内容", "Output", required=True)
    kind: str | None = field("種類", "Kind", OUTPUT_KIND)
    due_on: date | None = field("期限", "Due", DATE)
    assignee: str | None = field("担当", "Assignee")
    done_on: date | None = field("完了日", "Done on", DATE)


class ManagementReview(Entry, table=True):
    """A review by top management, at least once a year for each management system (9.3)."""

    __tablename__ = "management_reviews"

    name: str | None = field("名称", "Review", required=True, search=True, synonyms=("件名", "会議名"))
    system: str | None = field("マネジメントシステム", "Management system", SYSTEM, synonyms=("対象", "区分"))
    planned_on: date | None = field("予定日", "Planned on", DATE)
    held_on: date | None = field("実施日", "Held on", DATE, synonyms=("開催日", "日付"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("held_on", "planned_on"), index=True)
    attendees: str | None = field("出席者", "Attendees", LONG_TEXT)
    previous: str | None = field("前回の結果の状況", "Earlier reviews", LONG_TEXT, section=Text("インプット", "Inputs"), synonyms=("前回結果",))
    changes: str | None = field("法令・環境の変化", "Changes of law and context", LONG_TEXT, synonyms=("環境変化",))
    parties: str | None = field("利害関係者の要求", "Interested parties", LONG_TEXT, synonyms=("利害関係者",))
    audit_results: str | None = field("監査結果", "Audit results", LONG_TEXT)
    complaints: str | None = field("苦情・外部の意見", "Complaints and opinions", LONG_TEXT, synonyms=("苦情",))
    objectives: str | None = field("目的の達成状況", "Objectives", LONG_TEXT, synonyms=("目標の達成",))
    risks_state: str | None = field("リスク対応の状況", "State of risks", LONG_TEXT, synonyms=("リスク状況",))
    proposals: str | None = field("改善の提案", "Proposals", LONG_TEXT, synonyms=("改善提案",))
    conclusion: str | None = field("総括", "Conclusion", LONG_TEXT, section=Text("アウトプット", "Outputs"), synonyms=("結論",))
    next_on: date | None = field("次回の予定", "Next review", DATE)
    next_due_on: date | None = field("次の期限", "Next date", DATE, derive=rules.review_due, deadline=True)


REVIEW_STATES = (
    state("planned", "計画", "Planned", Tone.GRAY, "edit_note"),
    state("held", "実施済み・承認待ち", "Held, awaits approval", Tone.VIOLET, "approval"),
    state("approved", "承認済み", "Approved", Tone.GREEN, "check_circle"),
    state("actions_open", "決定事項を実施中", "Outputs under way", Tone.BLUE, "pending"),
    state("closed", "完了", "Closed", Tone.GREEN, "task_alt"),
)
HOSTS = ("privacy_manager", "security_office", "risk_officer", "ciso")

MANAGEMENT_REVIEWS = Register(
    ManagementReview, slug="management-reviews", domain=AUDIT, title=Text("マネジメントレビュー", "Management reviews"), code="AUD-MRV", name="name",
    columns=("code", "name", "system", "fiscal_year", "held_on", "next_due_on", "owner", "status"), filters=("system", "fiscal_year"),
    keys=(("name", "held_on"), ("name",)), may=may("privacy_manager", "security_office", "risk_officer", ciso=EDIT),
    rows=(rows("outputs", ReviewOutput, "アウトプット", "Outputs"),),
    workflow=Workflow(REVIEW_STATES, (
        move("hold", "実施を記録する", "Record it", "planned", "held", HOSTS, needs=("system", "attendees", "audit_results", "risks_state"), guards=(rules.with_outputs,),
             sets=rules.held_review),
        move("approve", "承認する", "Approve", "held", "approved", ("cro",), needs=("conclusion",), approves=True),
        move("open_actions", "決定事項の実施を始める", "Begin the outputs", "approved", "actions_open", HOSTS),
        move("close", "完了にする", "Close", ("approved", "actions_open"), "closed", HOSTS, guards=(rules.outputs_done,)),
    )),
    synonyms={"note": ("備考",)},
    charts=(stacked("年度ごとのマネジメントレビュー（件、各システム年1回以上）", "Management reviews by year", by("fiscal_year"), by("system")),
            stacked("状態（件）", "State", by("status"), by("system"))),
)

REGISTERS = (AUDIT_PROGRAMMES, AUDITS, CHECKLIST_ITEMS, MANAGEMENT_REVIEWS)
