"""コンプライアンス: the laws and rules that bind the body, and whistleblowing cases, seen by their named handlers alone."""

from datetime import date

from grc.charts.declare import bars, by, due, shares, stacked, year
from grc.kinds import COUNT, DATE, FISCAL_YEAR, FLAG, LONG_TEXT, Choice, Option
from grc.permissions import EDIT
from grc.record import Row, field, rows
from grc.register import Register
from grc.scope import Named
from grc.states import DRAFT, UNDER_REVIEW, Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import COMPLIANCE, Entry, may
from registers.rules import compliance as rules
from registers.rules.spans import fiscal_year_of

KEEPERS = ("risk_officer", "privacy_manager", "security_office")
UNIT = ("unit_user", "unit_head", *KEEPERS)


class LegalRequirement(Entry, table=True):
    """法令等: what a law, a guideline or a rule asks of the body, and whether it is complied with."""

    __tablename__ = "legal_requirements"

    name: str | None = field("法令等の名称", "Law or rule", required=True, search=True, synonyms=("名称", "法令名", "法令等", "法令名称", "規範の名称"))
    kind: str | None = field("法令等の種類", "Kind", Choice(
        "legal-kind", Option("act", "法律", "Act", ("法",)), Option("order", "政令・省令", "Order", ("政令", "省令", "施行令", "施行規則")),
        Option("guideline", "指針・ガイドライン", "Guideline", ("指針", "ガイドライン", "通知")), Option("standard", "規格・基準", "Standard", ("規格", "基準", "JIS")),
        Option("rule", "内部規程", "Internal rule", ("規程", "規則", "要綱")), Option("contract", "契約・協定", "Contract", ("契約", "協定"))),
        synonyms=("種類", "種別", "区分"))
    article: str | None = field("条項", "Article", search=True, synonyms=("条文", "該当条項", "条番号"))
    requirement: str | None = field("要求事項", "Requirement", LONG_TEXT, search=True, synonyms=("要求", "内容", "義務の内容", "概要"))
    compliance: str | None = field("順守状況", "Compliance", Choice(
        "legal-compliance", Option("complied", "順守", "Complied with", ("遵守", "○", "適合")), Option("partly", "一部順守", "Partly", ("一部", "一部遵守", "△")),
        Option("not", "未順守", "Not", ("未", "未遵守", "×", "不適合"))), section=Text("順守の状況", "Compliance"), synonyms=("遵守状況", "順守", "遵守", "評価"))
    evidence_text: str | None = field("根拠資料", "Evidence", LONG_TEXT, synonyms=("根拠", "証拠資料", "確認資料"))
    measures: str | None = field("対応策", "Measures", LONG_TEXT, synonyms=("対応", "是正内容"))
    measures_due_on: date | None = field("対応期限", "Measures due on", DATE, deadline=True, met_by="measures_done_on", due_in=("in_force", "under_review"))
    measures_done_on: date | None = field("対応完了日", "Measures done on", DATE)
    amended_on: date | None = field("改正日", "Amended on", DATE, section=Text("改正と見直し", "Amendment and review"), synonyms=("最終改正日", "改正年月日", "公布日"))
    effective_on: date | None = field("施行日", "In effect from", DATE, synonyms=("施行年月日",))
    last_reviewed_on: date | None = field("最終見直し日", "Last reviewed on", DATE, synonyms=("見直し日", "確認日", "最終確認日"))
    review_due_on: date | None = field("見直し期限", "Review due on", DATE, deadline=True, due_in=("in_force", "under_review"), derive=rules.review_due)


LEGAL_STATES = (DRAFT, state("in_force", "適用中", "In force", Tone.GREEN, "check_circle"), UNDER_REVIEW, state("repealed", "廃止", "Repealed", Tone.GRAY, "block"))

LEGAL_REQUIREMENTS = Register(
    LegalRequirement, slug="legal-requirements", domain=COMPLIANCE, title=Text("法令等一覧", "Legal requirements"), code="CMP-LAW", name="name",
    columns=("code", "name", "article", "kind", "compliance", "amended_on", "review_due_on", "unit_id", "status"),
    filters=("kind", "compliance", "unit_id"), keys=(("name", "article"),), may=may(*KEEPERS, units=True), initial="in_force",
    synonyms={"note": ("備考", "摘要"), "unit_id": ("主管", "所管部門", "所管課")},
    workflow=Workflow(LEGAL_STATES, (
        move("adopt", "適用を始める", "Adopt", "draft", "in_force", KEEPERS, needs=("requirement", "unit_id", "compliance"), approves=True,
             guards=(rules.measures_planned,), sets=rules.reviewed),
        move("begin_review", "見直しを始める", "Begin the review", "in_force", "under_review", UNIT),
        move("finish_review", "見直しを終える", "Finish the review", "under_review", "in_force", KEEPERS, needs=("compliance", "evidence_text"), approves=True,
             guards=(rules.measures_planned,), sets=rules.reviewed),
        move("repeal", "廃止を記録する", "Record the repeal", ("in_force", "under_review"), "repealed", KEEPERS, reason=True),
    )),
    charts=(
        shares("部門別の順守状況（%）", "Compliance by unit (%)", by("unit_id"), by("compliance"), where={"status": ("in_force", "under_review")}),
        stacked("法令等の見直し期限（順守状況別、件）", "Legal requirements by deadline of review", due("review_due_on"), by("compliance"),
                where={"status": ("in_force", "under_review")}),
        bars("法令等の件数（種類別）", "Legal requirements by kind", by("kind")),
        bars("改正のあった法令等（年度別、件）", "Amendments by fiscal year", year("amended_on")),
    ),
)


class Handler(Row, table=True):
    """取扱者: somebody who may see and handle one case (公益通報対応業務従事者)."""

    __tablename__ = "whistleblowing_case_handlers"

    account: str | None = field("ログイン名", "Sign-in name", required=True)
    name: str | None = field("氏名", "Name")
    role: str | None = field("役割", "Role")


class Step(Row, table=True):
    """対応の記録: one step in the handling of a case."""

    __tablename__ = "whistleblowing_case_steps"

    done_on: date | None = field("日付", "Date", DATE, required=True)
    what: str | None = field("対応したこと", "What was done", LONG_TEXT, required=True, personal=True)


class WhistleblowingCase(Entry, table=True):
    """内部通報: what was reported, and what became of it (公益通報者保護法11条). Nothing that names anybody is kept readable in the history."""

    __tablename__ = "whistleblowing_cases"

    reference: str | None = field("受付番号", "Reference", required=True, search=True, hint=Text(
        "内容が分かる言葉や氏名は書かないでください", "No words that tell the contents, and no names"))
    received_on: date | None = field("受付日", "Received on", DATE, required=True)
    channel: str | None = field("経路", "Channel", Choice(
        "report-channel", Option("internal", "内部窓口", "Internal", ("内部",)), Option("external", "外部窓口", "External", ("外部",)),
        Option("anonymous", "匿名", "Anonymous")), required=True)
    category: str | None = field("類型", "Category", Choice(
        "report-category", Option("law", "法令違反", "Breach of law"), Option("leak", "情報漏えい", "Leak of information"),
        Option("accounting", "不正経理", "Irregular accounting"),
        Option("conflict", "利益相反・癒着", "Conflict of interest"), Option("harassment", "ハラスメント", "Harassment"), Option("labour", "労務", "Labour"),
        Option("other", "その他", "Other")))
    summary: str | None = field("通報の概要", "Summary", LONG_TEXT, personal=True)
    reporter: str | None = field("通報者", "Reporter", personal=True, section=Text("通報者", "Reporter"))
    reporter_contact: str | None = field("通報者の連絡先", "Reporter's contact", personal=True)
    limit_days: int | None = field("受領通知までの日数", "Days to the notice of receipt", COUNT, section=Text("受理", "Acceptance"))
    acknowledge_due_on: date | None = field("受領通知の期限", "Notice of receipt due on", DATE, deadline=True, met_by="acknowledged_on", derive=rules.acknowledge_due)
    acknowledged_on: date | None = field("受領を通知した日", "Notice of receipt on", DATE)
    conflict_checked: bool | None = field("利益相反の確認", "Conflicts of interest checked", FLAG)
    decision_reason: str | None = field("受理・不受理の理由", "Reason of acceptance or not", LONG_TEXT, personal=True)
    investigation: str | None = field("調査の内容", "Investigation", LONG_TEXT, personal=True, section=Text("調査と是正", "Investigation and remedy"))
    finding: str | None = field("調査の結論", "Finding", Choice(
        "report-finding", Option("confirmed", "事実あり", "Confirmed"), Option("partly", "一部事実あり", "Confirmed in part"),
        Option("not_confirmed", "事実なし", "Not confirmed")))
    conclusion: str | None = field("結論の理由", "Reasons of the finding", LONG_TEXT, personal=True)
    remedy: str | None = field("是正の内容", "Remedy", LONG_TEXT, personal=True)
    remedied_on: date | None = field("是正した日", "Remedied on", DATE)
    notified_on: date | None = field("結果を通知した日", "Outcome told on", DATE)
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("received_on"))


CASE_STATES = (
    state("received", "受付", "Received", Tone.YELLOW, "inbox"), state("accepted", "受理", "Accepted", Tone.BLUE, "pending"),
    state("out_of_scope", "対象外", "Out of scope", Tone.GRAY, "block"), state("investigating", "調査中", "Under investigation", Tone.BLUE, "pending"),
    state("concluded", "結論", "Concluded", Tone.VIOLET, "gavel"), state("remedied", "是正済み", "Remedied", Tone.GREEN, "check_circle"),
    state("closed", "終了", "Closed", Tone.GREEN, "check_circle"),
)
HANDLERS = ("risk_officer", "kanji")

WHISTLEBLOWING_CASES = Register(
    WhistleblowingCase, slug="whistleblowing-cases", domain=COMPLIANCE, title=Text("内部通報", "Whistleblowing cases"), code="CMP-WBC", name="reference",
    columns=("code", "reference", "received_on", "channel", "category", "acknowledge_due_on", "finding", "status"),
    filters=("channel", "category", "finding"), keys=(("reference",),), may={role: EDIT for role in HANDLERS},
    rows=(rows("handlers", Handler, "取扱者", "Handlers"), rows("steps", Step, "対応の経過", "Steps", append_only=True)),
    scope=Named("handlers"), restricted=True, switch=rules.ENABLED, guards=(rules.handlers_named,), effects=(rules.set_limit,),
    workflow=Workflow(CASE_STATES, (
        move("accept", "受理する", "Accept", "received", "accepted", HANDLERS, needs=("category",), guards=(rules.acknowledged, rules.no_conflict)),
        move("exclude", "対象外とする", "Declare out of scope", "received", "out_of_scope", HANDLERS, needs=("decision_reason",),
             guards=(rules.acknowledged, rules.no_conflict)),
        move("investigate", "調査を始める", "Begin the investigation", "accepted", "investigating", HANDLERS),
        move("conclude", "結論を出す", "Conclude", "investigating", "concluded", HANDLERS, needs=("finding", "conclusion")),
        move("remedy", "是正を記録する", "Record the remedy", "concluded", "remedied", HANDLERS, needs=("remedy", "remedied_on"), guards=(rules.something_found,)),
        move("close", "終了する", "Close", ("concluded", "remedied", "out_of_scope"), "closed", HANDLERS, guards=(rules.remedied_and_told,)),
        move("note_step", "対応を書き加える", "Add a step", ("received", "accepted", "out_of_scope", "investigating", "concluded", "remedied"), None, HANDLERS,
             appends="steps"),
    )),
    charts=(
        stacked("内部通報の件数（年度別・経路別、3件未満は表示しない）", "Cases by fiscal year and channel, groups of three or more",
                by("fiscal_year"), by("channel"), fewest=3),
        bars("内部通報の件数（類型別、3件未満は表示しない）", "Cases by category, groups of three or more", by("category"), fewest=3),
        bars("内部通報の件数（状態別、3件未満は表示しない）", "Cases by state, groups of three or more", by("status"), fewest=3),
    ),
)

REGISTERS = (LEGAL_REQUIREMENTS, WHISTLEBLOWING_CASES)
