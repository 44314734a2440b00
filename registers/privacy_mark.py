"""個人情報保護: what people ask about their own data, the certifications that the body keeps, and the mark's submission set."""

from datetime import date

from grc.charts.declare import bars, by, due, month, stacked, year
from grc.export_set import ExportSet, Part, declare
from grc.kinds import COUNT, DATE, FISCAL_YEAR, FLAG, LONG_TEXT, YEN, Choice, Option
from grc.record import Row, field, ref, rows
from grc.register import Register
from grc.states import Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import PRIVACY, Entry, may
from registers.rules import privacy_mark as rules
from registers.rules.spans import fiscal_year_of

OFFICER, MANAGER = ("risk_officer", "privacy_manager"), ("privacy_manager",)


class Extension(Row, table=True):
    """回答期限の延長 (個人情報保護法83条2項)."""

    __tablename__ = "subject_request_extensions"

    decided_on: date | None = field("決定日", "Decided on", DATE, required=True)
    until: date | None = field("延長後の期限", "New deadline", DATE, required=True)
    reason: str | None = field("延長の理由", "Reason", required=True)


class SubjectRequest(Entry, table=True):
    """開示等の請求・苦情: what somebody asks about their own data, and the body's answer (個人情報保護法76条以下)."""

    __tablename__ = "subject_requests"

    subject: str | None = field("件名", "Subject", required=True, search=True, hint=Text("氏名は書かないでください", "No names here"),
                                      synonyms=("請求件名", "件名・概要"))
    kind: str | None = field("種別", "Kind", Choice(
        "request-kind", Option("disclosure", "開示", "Disclosure", ("開示請求",)), Option("correction", "訂正", "Correction", ("訂正請求", "訂正等")),
        Option("suspension", "利用停止", "Suspension of use", ("利用停止請求", "利用停止等")),
        Option("provision_record", "第三者提供記録", "Record of provision", ("第三者提供記録の開示",)),
        Option("complaint", "苦情・相談", "Complaint", ("苦情", "相談"))), required=True, synonyms=("請求の種別", "請求種別", "区分"))
    received_on: date | None = field("受付日", "Received on", DATE, required=True, index=True, synonyms=("受付年月日", "請求日"))
    asset_id: int | None = ref("personal-data-assets", "対象の個人情報", "Personal data", synonyms=("対象",))
    requester: str | None = field("請求者", "Requester", personal=True, section=Text("請求者", "Requester"), synonyms=("氏名", "申出者", "請求者氏名"))
    requester_contact: str | None = field("請求者の連絡先", "Requester's contact", personal=True, synonyms=("連絡先",))
    by_agent: bool | None = field("代理人による請求", "By an agent", FLAG, synonyms=("代理人",))
    content: str | None = field("請求・申出の内容", "What is asked", LONG_TEXT, personal=True, synonyms=("内容", "請求内容"))
    identity_method: str | None = field("本人確認の方法", "How identity was checked", Choice(
        "identity-method", Option("document", "本人確認書類", "Identity document", ("書類",)),
        Option("individual_number_card", "個人番号カード", "Individual number card"),
        Option("proxy", "委任状と本人確認書類", "Power of attorney and document", ("委任状",)), Option("other", "その他", "Other")),
        section=Text("本人確認", "Identity"), synonyms=("確認方法",))
    identity_checked_on: date | None = field("本人確認日", "Identity checked on", DATE, synonyms=("本人確認",))
    limit_days: int | None = field("回答までの日数", "Days to answer", COUNT, section=Text("回答", "Answer"))
    due_on: date | None = field("回答期限", "Answer due on", DATE, deadline=True, met_by="answered_on", derive=rules.request_due)
    decision: str | None = field("決定", "Decision", Choice(
        "request-decision", Option("granted", "応じる", "Granted", ("開示", "全部開示", "訂正する")),
        Option("partly", "一部応じる", "Granted in part", ("一部開示", "部分開示")),
        Option("refused", "応じない", "Refused", ("不開示", "訂正しない")), Option("settled", "対応済み", "Settled", ("説明済み",))), synonyms=("決定内容", "結果"))
    decision_reason: str | None = field("決定の理由", "Reason of the decision", LONG_TEXT, personal=True, synonyms=("理由",))
    fee: int | None = field("手数料（円）", "Fee (yen)", YEN, synonyms=("手数料",))
    answered_on: date | None = field("回答日", "Answered on", DATE, synonyms=("回答年月日", "決定日"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("received_on"), index=True)


REQUEST_STATES = (
    state("received", "受付", "Received", Tone.YELLOW, "inbox"), state("identity_checked", "本人確認済み", "Identity checked", Tone.BLUE, "badge"),
    state("under_review", "審査中", "Under review", Tone.BLUE, "pending"), state("answered", "回答済み", "Answered", Tone.GREEN, "check_circle"),
    state("refused", "不応諾", "Refused", Tone.GRAY, "block"), state("closed", "終了", "Closed", Tone.GREEN, "check_circle"),
)

SUBJECT_REQUESTS = Register(
    SubjectRequest, slug="subject-requests", domain=PRIVACY, title=Text("開示等請求・苦情", "Subject requests"), code="PRV-REQ", name="subject",
    columns=("code", "subject", "kind", "received_on", "identity_checked_on", "due_on", "decision", "answered_on", "status"),
    filters=("kind", "decision", "fiscal_year"), keys=(("received_on", "kind", "subject"),), may=may(*OFFICER, readers=()),
    rows=(rows("extensions", Extension, "期限の延長", "Extensions", append_only=True),), synonyms={"note": ("備考", "摘要")},
    guards=(rules.answered_in_order,), effects=(rules.set_limit,),
    workflow=Workflow(REQUEST_STATES, (
        move("check_identity", "本人確認を記録する", "Record the identity check", "received", "identity_checked", OFFICER,
             needs=("identity_method", "identity_checked_on")),
        move("review", "審査を始める", "Begin the review", ("received", "identity_checked"), "under_review", OFFICER, guards=(rules.identity_checked,)),
        move("answer", "回答を承認する", "Approve the answer", "under_review", "answered", MANAGER, needs=("decision", "answered_on"), approves=True),
        move("refuse", "応じないことを承認する", "Approve the refusal", "under_review", "refused", MANAGER, needs=("decision_reason", "answered_on"), approves=True),
        move("extend", "回答期限を延ばす", "Extend the deadline", ("received", "identity_checked", "under_review"), None, OFFICER, appends="extensions"),
        move("close", "終了する", "Close", ("answered", "refused"), "closed", OFFICER),
    )),
    charts=(
        stacked("開示等請求・苦情の件数（月別・種別別）", "Requests by month and kind", month("received_on"), by("kind")),
        stacked("開示等請求・苦情の件数（年度別・種別別）", "Requests by fiscal year and kind", by("fiscal_year"), by("kind")),
        bars("回答期限までの日数（未回答、件）", "Open requests by deadline", due("due_on"), where={"status": ("received", "identity_checked", "under_review")}),
        stacked("決定の内容（種別別、件）", "Decisions by kind", by("kind"), by("decision")),
    ),
)


class ReportableChange(Row, table=True):
    """変更の報告: what the certification body must be told."""

    __tablename__ = "certification_reportable_changes"

    item: str | None = field("変わった事項", "What changed", Choice(
        "reportable-change", Option("name", "事業者名", "Name of the body", ("法人名",)), Option("address", "住所", "Address", ("所在地",)),
        Option("representative", "代表者", "Representative"), Option("privacy_manager", "個人情報保護管理者", "Privacy manager"),
        Option("contact", "担当者", "Contact person")), required=True)
    changed_on: date | None = field("変更日", "Changed on", DATE, required=True)
    reported_on: date | None = field("報告日", "Reported on", DATE)


class Surveillance(Row, table=True):
    """審査の記録: an audit by the certification body."""

    __tablename__ = "certification_surveillances"

    kind: str | None = field("審査の種類", "Kind", Choice(
        "surveillance-kind", Option("surveillance", "維持審査", "Surveillance", ("定期審査",)), Option("renewal", "更新審査", "Renewal"),
        Option("special", "臨時審査", "Special")), required=True)
    held_on: date | None = field("審査日", "Held on", DATE, required=True)
    nonconformities: int | None = field("不適合の数", "Nonconformities", COUNT)
    result: str | None = field("結果", "Result")


HELD = ("valid", "renewal_applied")
"""The states in which a certification is held."""


class Certification(Entry, table=True):
    """認証・登録: a term of the Privacy Mark or of another certification, and what must be done to keep it."""

    __tablename__ = "certifications"

    name: str | None = field("認証の名称", "Certification", required=True, search=True, synonyms=("名称", "認証名"))
    kind: str | None = field("認証の種別", "Kind", Choice(
        "certification-kind", Option("privacy_mark", "プライバシーマーク", "Privacy Mark", ("Pマーク",)), Option("isms", "ISMS", "ISMS", ("ISO27001", "ISO/IEC 27001")),
        Option("other", "その他", "Other")), required=True, synonyms=("種別", "種類"))
    registration_no: str | None = field("認証の登録番号", "Registration number", search=True, synonyms=("登録番号", "認証番号"))
    scope: str | None = field("登録範囲", "Scope", LONG_TEXT, synonyms=("範囲", "適用範囲"))
    body: str | None = field("審査機関", "Certification body", synonyms=("認証機関", "指定審査機関"))
    valid_from: date | None = field("有効期間（開始）", "Valid from", DATE, synonyms=("有効期間/自", "登録日", "付与日"))
    valid_until: date | None = field("有効期間（満了）", "Valid until", DATE, deadline=True, due_in=HELD, synonyms=("有効期間/至", "有効期限", "満了日"))
    renewal_opens_on: date | None = field("更新申請の開始日", "Renewal opens on", DATE, derive=rules.renewal("opens"), section=Text("更新と審査", "Renewal and audits"))
    renewal_reminder_on: date | None = field("更新申請の確認日", "Renewal reminder on", DATE, deadline=True, met_by="renewal_applied_on", due_in=HELD,
                                             derive=rules.renewal("reminder"))
    renewal_alert_on: date | None = field("更新申請の最終警告日", "Last warning on", DATE, deadline=True, met_by="renewal_applied_on", due_in=HELD,
                                          derive=rules.renewal("alert"))
    renewal_closes_on: date | None = field("更新申請の期限", "Renewal closes on", DATE, deadline=True, met_by="renewal_applied_on", due_in=HELD,
                                           derive=rules.renewal("closes"))
    renewal_applied_on: date | None = field("更新申請日", "Renewal applied for on", DATE, synonyms=("申請日",))
    next_surveillance_on: date | None = field("次の維持審査の期限", "Next surveillance due on", DATE, deadline=True, due_in=HELD, derive=rules.next_surveillance)
    to_report: int | None = field("未報告の変更", "Changes to report", COUNT, derive=rules.changes_to_report)


CERTIFICATION_STATES = (
    state("preparing", "取得準備", "Preparing", Tone.GRAY, "edit_note"), state("valid", "有効", "Valid", Tone.GREEN, "verified"),
    state("renewal_applied", "更新申請中", "Renewal applied for", Tone.BLUE, "pending"), state("renewed", "更新済み", "Renewed", Tone.GRAY, "check_circle"),
    state("expired", "失効", "Expired", Tone.RED, "error"), state("withdrawn", "返上", "Given back", Tone.GRAY, "block"),
)
CERTIFIERS = ("privacy_manager", "security_office", "risk_officer")

CERTIFICATIONS = Register(
    Certification, slug="certifications", domain=PRIVACY, title=Text("認証・登録", "Certifications"), code="PRV-CRT", name="name",
    columns=("code", "name", "registration_no", "valid_until", "renewal_opens_on", "renewal_closes_on", "next_surveillance_on", "to_report", "status"),
    filters=("kind",), keys=(("registration_no", "valid_from"), ("name", "valid_from")), may=may(*CERTIFIERS),
    rows=(rows("reportable_changes", ReportableChange, "報告する変更", "Reportable changes"),
          rows("surveillances", Surveillance, "審査の一覧", "Audits held", append_only=True)),
    initial="valid", guards=(rules.term_fits,), synonyms={"note": ("備考", "摘要")},
    workflow=Workflow(CERTIFICATION_STATES, (
        move("grant", "付与・登録を記録する", "Record the grant", "preparing", "valid", CERTIFIERS, needs=("registration_no", "valid_from", "valid_until")),
        move("apply_renewal", "更新の申請を記録する", "Record the application", "valid", "renewal_applied", CERTIFIERS, needs=("renewal_applied_on",),
             guards=(rules.applied_in_window,)),
        move("renew", "更新を記録する", "Record the renewal", ("renewal_applied",), "renewed", CERTIFIERS, needs=("valid_until",), evidence=True,
             effects=(rules.successor,)),
        move("hold_audit", "審査を記録する", "Record an audit", HELD, None, CERTIFIERS, appends="surveillances"),
        move("expire", "失効を記録する", "Record the expiry", HELD, "expired", CERTIFIERS, reason=True, guards=(rules.expired_by_now,)),
        move("withdraw", "返上を記録する", "Record the return", HELD, "withdrawn", CERTIFIERS, reason=True),
    )),
    charts=(
        bars("更新申請の期限（有効な認証、件）", "Valid certifications by deadline of renewal", due("renewal_closes_on"), where={"status": "valid"}),
        bars("維持審査の期限（有効な認証、件）", "Valid certifications by deadline of surveillance", due("next_surveillance_on"),
             where={"status": HELD}),
        stacked("認証の件数（満了の年度別・種別別）", "Certifications by year of expiry and kind", year("valid_until"), by("kind")),
    ),
)

PRIVACY_MARK = declare(ExportSet(
    "privacy-mark", Text("プライバシーマーク申請の資料", "Privacy Mark submission"), (
        Part("personal-data-assets", where={"status": ("registered", "under_review")}, first=50),
        Part("risks", where={"area": ("privacy",)}), Part("training-sessions", where={"area": ("privacy",)}),
        Part("audits", where={"kind": ("internal_privacy", "pmark")}), Part("management-reviews", where={"system": ("pms", "both")}),
    )))
"""What the application for the mark asks for: the ledger's first page, its risk analysis, training, audit and review (domain.md §3)."""

REGISTERS = (SUBJECT_REQUESTS, CERTIFICATIONS)
