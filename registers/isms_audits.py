"""情報セキュリティに関する他団体の監査: audits of LGWAN-ASP hosting services, and what municipalities send in."""

from datetime import date

from grc.charts.declare import bars, bins, by, lines, share, stacked
from grc.kinds import COUNT, DATE, FISCAL_YEAR, FLAG, LONG_TEXT, Choice, Option
from grc.record import Row, field, link, rows
from grc.register import Register
from grc.states import Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import ISMS, Entry, may
from registers.rules import isms_audits as rules
from registers.rules import municipality
from registers.rules.stamps import stamped

OFFICE = ("security_office", "risk_officer")
AUDIT = ("auditor", "audit_chief")
KEEPERS = ("unit_user", "unit_head", *OFFICE, *AUDIT)
BODY_CODE = municipality.MunicipalityCode()

PROVIDER_KIND = Choice("isms-provider-kind", Option("private", "民間", "Private", ("民間事業者", "企業")),
                       Option("public", "公的", "Public", ("公的機関", "地方公共団体", "自治体")))
METHOD = Choice("isms-audit-method", Option("on_site", "実地", "On site", ("現地", "訪問", "往査")),
                Option("remote", "リモート", "Remote", ("遠隔", "オンライン", "Web会議")),
                Option("document", "書面", "Documents", ("書面確認", "書類", "机上")))
APPS = Choice("isms-apps", Option("all", "すべて確認", "All checked", ("確認済", "確認済み", "済")), Option("some", "一部確認", "Some checked", ("一部",)),
              Option("none", "未確認", "Not checked", ("未", "未実施")), Option("na", "配下アプリなし", "No applications", ("該当なし", "なし")))
REPORT_KIND = Choice(
    "isms-report-kind", Option("external_audit", "外部監査報告書", "External audit report", ("外部監査", "AU-19", "自治体外部監査")),
    Option("juki_settings", "住基ネット 設定状況確認", "Resident network, settings", ("設定状況確認", "住基ネット設定状況", "AU-20")),
    Option("juki_remote", "住基ネット リモート監査・ヒアリング", "Resident network, remote audit", ("リモート監査", "リモート監査・ヒアリング", "ヒアリング", "AU-21")),
    Option("convenience", "コンビニ交付チェックリスト", "Convenience-store checklist", ("コンビニ交付", "チェックリスト", "AU-23")))
MODEL = Choice("isms-connection-model", Option("alpha", "α", "Alpha", ("αモデル", "アルファ")),
               Option("alpha_dash", "α'", "Alpha dash", ("α’", "α′", "α'モデル", "αダッシュ")),
               Option("beta", "β", "Beta", ("βモデル", "ベータ")), Option("beta_dash", "β'", "Beta dash", ("β’", "β′", "β'モデル", "βダッシュ")))
POINT = Choice("isms-point", Option("met", "適", "Met", ("○", "適合")), Option("unmet", "不適", "Not met", ("×", "不適合", "否")),
               Option("na", "該当なし", "Not applicable", ("－", "対象外")), Option("unchecked", "未確認", "Not checked", ("未",)))
DIRECTION = Choice("isms-direction", Option("inquiry", "照会", "Inquiry", ("質問",)), Option("answer", "回答", "Answer", ("返答",)))


class AspAudit(Entry, table=True):
    """LGWAN-ASP監査: the security audit of one hosting service, once in the three years of the programme."""

    __tablename__ = "asp_audits"

    number: str | None = field("番号", "Number", search=True, synonyms=("ASP番号", "サービス番号", "整理番号"))
    service: str | None = field("サービス名", "Service", required=True, search=True, synonyms=("ホスティングサービス名", "対象サービス", "名称"))
    provider: str | None = field("提供者", "Provider", search=True, synonyms=("提供者名", "事業者", "事業者名", "ASP事業者"))
    provider_kind: str | None = field("提供者区分", "Kind of provider", PROVIDER_KIND, synonyms=("民間・公的", "区分", "提供者の区分"))
    handles_personal: bool | None = field("個人情報", "Personal data", FLAG, synonyms=("個人情報の有無", "個人情報の取扱い", "個人情報取扱"))
    priority: bool | None = field("優先", "Priority", FLAG, derive=rules.priority)
    planned_year: int | None = field("計画年度", "Planned for", FISCAL_YEAR, synonyms=("実施予定年度", "監査年度"))
    scheduled_on: date | None = field("実施予定日", "Scheduled on", DATE, synonyms=("予定日",))
    audited_on: date | None = field("実施日", "Audited on", DATE, section=Text("結果", "Result"), synonyms=("監査日", "監査実施日"))
    method: str | None = field("方法", "Method", METHOD, synonyms=("監査方法", "実施方法"))
    major_count: int | None = field("重大な指摘（件）", "Major findings", COUNT, synonyms=("重大", "指摘数/重大", "指摘/重大"))
    minor_count: int | None = field("軽微な指摘（件）", "Minor findings", COUNT, synonyms=("軽微", "指摘数/軽微", "指摘/軽微"))
    observation_count: int | None = field("観察事項（件）", "Observations", COUNT, synonyms=("観察", "観察事項", "指摘数/観察"))
    improve_by: date | None = field("改善期限", "Improve by", DATE)
    improved_on: date | None = field("改善完了日", "Improved on", DATE, synonyms=("改善完了",))
    apps_checked: str | None = field("配下アプリの確認状況", "Applications under it", APPS,
                                     synonyms=("配下アプリ確認状況", "配下アプリ", "アプリケーション確認"))
    completed_on: date | None = field("完了日", "Completed on", DATE)
    carried_from: int | None = field("繰越前の年度", "Carried over from", FISCAL_YEAR, section=Text("繰越", "Carried over"))
    carried_reason: str | None = field("繰越の理由", "Why carried over", LONG_TEXT, synonyms=("繰越理由",))
    due_on: date | None = field("次の期限", "Next due", DATE, deadline=True, derive=rules.asp_due)


ASP_AUDITS = Register(
    AspAudit, slug="asp-audits", domain=ISMS, title=Text("LGWAN-ASP監査台帳", "Audits of LGWAN-ASP services"), code="ISM-ASP", name="service",
    columns=("code", "number", "service", "provider", "priority", "planned_year", "audited_on", "due_on", "status"),
    filters=("planned_year", "priority", "provider_kind", "apps_checked"), keys=(("number",), ("service", "provider")),
    links=(link("findings", "findings", "指摘事項", "Findings"),), may=may(*OFFICE, *AUDIT, units=True),
    workflow=Workflow((
        state("planned", "計画", "Planned", Tone.GRAY, "event"), state("notified", "通知済み", "Notified", Tone.BLUE, "mail"),
        state("audited", "実施済み", "Audited", Tone.BLUE, "fact_check"), state("reported", "報告済み", "Reported", Tone.BLUE, "description"),
        state("improving", "改善中", "Being improved", Tone.YELLOW, "build"),
        state("completed", "完了", "Completed", Tone.GREEN, "check_circle"), state("carried_over", "繰越", "Carried over", Tone.ORANGE, "redo"),
    ), (
        move("notify", "通知する", "Notify", "planned", "notified", KEEPERS, needs=("planned_year", "provider", "provider_kind", "handles_personal")),
        move("audit", "監査を実施した", "Audited", "notified", "audited", KEEPERS, needs=("audited_on", "method")),
        move("report", "結果を報告する", "Report", "audited", "reported", KEEPERS, needs=("major_count", "minor_count", "observation_count")),
        move("complete", "完了にする", "Complete", ("reported", "improving"), "completed", ("unit_head", "risk_officer", "audit_chief"), approves=True,
             needs=("apps_checked",), guards=(rules.improved,), sets=stamped("completed_on")),
        move("improve", "改善を求める", "Ask for improvement", "reported", "improving", KEEPERS, needs=("improve_by",)),
        move("carry_over", "翌年度以降に繰り越す", "Carry over", ("planned", "notified"), "carried_over", ("unit_head", "audit_chief", *OFFICE),
             reason=True, sets=rules.carried),
        move("plan_again", "計画し直す", "Plan again", "carried_over", "planned", KEEPERS, needs=("planned_year",), guards=(rules.later_year,)),
    )),
    charts=(lines("LGWAN-ASP監査の完了率（計画年度別、目標は令和8年度末に100%）", "ASP audits completed, by planned year (100% by 2027-03-31)", by("planned_year"),
                  value=share("status", "completed"), target=100, unit=("%", "%")),
            stacked("LGWAN-ASP監査の状況（計画年度別、件）", "ASP audits by planned year and state", by("planned_year"), by("status")),
            stacked("LGWAN-ASP監査の優先対象（件）", "ASP audits, priority", by("priority"), by("status"))),
)


class ChecklistPoint(Row, table=True):
    """確認観点: one point that is looked at in what a municipality sent in."""

    __tablename__ = "municipal_audit_report_checklist"

    number: str | None = field("項番", "No.")
    item: str | None = field("確認観点", "Point", required=True)
    result: str | None = field("判定", "Result", POINT)
    comment: str | None = field("コメント", "Comment")


class Exchange(Row, table=True):
    """照会・回答: one letter in either direction."""

    __tablename__ = "municipal_audit_report_exchanges"

    direction: str | None = field("区分", "Direction", DIRECTION, required=True)
    sent_on: date | None = field("日付", "Date", DATE, required=True)
    content: str | None = field("内容", "Content", required=True)


class MunicipalAuditReport(Entry, table=True):
    """自治体からの報告: external audit reports, checks of the resident network, checklists of convenience-store issuance."""

    __tablename__ = "municipal_audit_reports"

    kind: str | None = field("報告の種類", "Kind of report", REPORT_KIND, synonyms=("種類", "種別", "区分"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, synonyms=("対象年度",))
    body_code: str | None = field("団体コード", "Municipality code", BODY_CODE, search=True,
                                  synonyms=("全国地方公共団体コード", "市区町村コード", "自治体コード"))
    body_name: str | None = field("団体名", "Municipality", required=True, search=True, synonyms=("地方公共団体名", "自治体名", "市区町村名", "団体"))
    prefecture: str | None = field("都道府県", "Prefecture", synonyms=("都道府県名",))
    connection_model: str | None = field("接続モデル", "Connection model", MODEL, synonyms=("モデル", "三層モデル"))
    period_start: date | None = field("監査対象期間（自）", "Period from", DATE, synonyms=("監査対象期間/自", "対象期間/自"))
    period_end: date | None = field("監査対象期間（至）", "Period to", DATE, synonyms=("監査対象期間/至", "対象期間/至"))
    auditor: str | None = field("監査人", "Auditor", synonyms=("監査人名", "監査事業者"))
    auditor_independent: bool | None = field("監査人の独立性", "Auditor independent", FLAG, synonyms=("独立性",))
    auditor_qualification: str | None = field("監査人の資格", "Auditor's qualification", synonyms=("資格",))
    expected_on: date | None = field("提出期限", "Expected by", DATE, section=Text("提出と確認", "Receipt and confirmation"))
    submitted_on: date | None = field("提出日", "Submitted on", DATE, synonyms=("受領日", "受付日"))
    confirm_by: date | None = field("確認期限", "Confirm by", DATE)
    resubmit_by: date | None = field("再提出期限", "Submit again by", DATE)
    resubmitted_on: date | None = field("再提出日", "Submitted again on", DATE)
    confirmed_on: date | None = field("確認完了日", "Confirmed on", DATE, synonyms=("確認日", "完了日"))
    result: str | None = field("確認の結果", "Result", LONG_TEXT, synonyms=("確認結果", "所見"))
    days: int | None = field("確認までの日数", "Days to confirm", COUNT, derive=rules.days_taken)
    due_on: date | None = field("次の期限", "Next due", DATE, deadline=True, derive=rules.report_due)


MUNICIPAL_AUDIT_REPORTS = Register(
    MunicipalAuditReport, slug="municipal-audit-reports", domain=ISMS, title=Text("自治体監査報告書等確認簿", "Reports of municipalities"),
    code="ISM-MUN", name="body_name",
    columns=("code", "body_name", "prefecture", "kind", "fiscal_year", "connection_model", "submitted_on", "due_on", "status"),
    filters=("kind", "fiscal_year", "prefecture", "connection_model"), keys=(("kind", "fiscal_year", "body_code"), ("kind", "fiscal_year", "body_name")),
    rows=(rows("checklist", ChecklistPoint, "確認観点チェックリスト", "Checklist"),
          rows("exchanges", Exchange, "照会・回答の記録", "Inquiries and answers", append_only=True)),
    complete=municipality.located, may=may(*OFFICE, *AUDIT, units=True),
    workflow=Workflow((
        state("expected", "提出待ち", "Expected", Tone.YELLOW, "hourglass_empty"), state("submitted", "受領", "Received", Tone.BLUE, "inbox"),
        state("checking", "確認中", "Being checked", Tone.BLUE, "fact_check"), state("inquiry", "照会中", "Inquiry sent", Tone.YELLOW, "contact_support"),
        state("incomplete", "不備・再提出待ち", "Incomplete, to be sent again", Tone.ORANGE, "undo"), state("resubmitted", "再提出", "Sent again", Tone.BLUE, "inbox"),
        state("confirmed", "確認完了", "Confirmed", Tone.GREEN, "check_circle"),
    ), (
        move("receive", "受領を記録する", "Record the receipt", "expected", "submitted", KEEPERS, needs=("kind", "fiscal_year"), sets=rules.received),
        move("check", "確認を始める", "Begin the check", ("submitted", "resubmitted"), "checking", KEEPERS),
        move("confirm", "確認完了にする", "Confirm", "checking", "confirmed", ("unit_head", "audit_chief", *OFFICE),
             needs=("body_code", "checklist", "result"), approves=True,
             guards=(rules.fit_to_confirm, rules.unmet_explained), sets=stamped("confirmed_on")),
        move("inquire", "照会する", "Inquire", "checking", "inquiry", KEEPERS, appends="exchanges", guards=(rules.says("inquiry"),)),
        move("answer", "回答を記録する", "Record the answer", "inquiry", "checking", KEEPERS, appends="exchanges", guards=(rules.says("answer"),)),
        move("return", "不備として返す", "Return as incomplete", ("checking", "inquiry"), "incomplete", KEEPERS, needs=("resubmit_by",), reason=True,
             sets=rules.waiting_again),
        move("receive_again", "再提出を受領する", "Record that it came again", "incomplete", "resubmitted", KEEPERS, sets=rules.received_again),
    )),
    charts=(bars("自治体からの報告の状況（提出待ち→確認完了、件）", "Reports of municipalities, from expected to confirmed", by("status")),
            stacked("自治体からの報告（種類・状態別、件）", "Reports of municipalities by kind and state", by("kind"), by("status")),
            bars("受領から確認までの日数（件）", "Days from receipt to confirmation", bins("days", 30, 60, 90))),
)

REGISTERS = (ASP_AUDITS, MUNICIPAL_AUDIT_REPORTS)
