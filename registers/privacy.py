"""個人情報保護: the ledger of personal data, processors and their evaluation (JIS Q 15001:2023: identify, assess, supervise)."""

from datetime import date
from decimal import Decimal

from grc.charts.declare import bars, by, due, heat, mean, month, stacked, total, year
from grc.kinds import CORPORATE_NUMBER, COUNT, DATE, DECIMAL, FISCAL_YEAR, FLAG, LONG_TEXT, Choice, Option
from grc.record import Row, field, link, ref, rows
from grc.register import Bind, Register
from grc.states import DRAFT, RETURNED, SUBMITTED, UNDER_REVIEW, Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import PRIVACY, Entry, may
from registers.rules import privacy as rules
from registers.rules.spans import fiscal_year_of

UNIT, OFFICER, MANAGER = ("unit_user", "unit_head", "risk_officer", "privacy_manager"), ("risk_officer", "privacy_manager"), ("privacy_manager",)
SUBJECT = Choice(
    "privacy-subject", Option("resident", "住民", "Residents"), Option("employee", "職員", "Employees", ("役職員", "従業者")),
    Option("applicant", "応募者", "Applicants"), Option("official", "自治体職員", "Municipal officials"),
    Option("learner", "受講者", "Course participants"), Option("member", "委員", "Committee members"),
    Option("partner", "取引先", "Business partners"), Option("enquirer", "問合せ者", "Enquirers", ("問い合わせ者",)),
    Option("other", "その他", "Others"))
ACQUISITION = Choice(
    "privacy-acquisition", Option("written", "本人から書面", "From the person, in writing", ("本人書面", "本人から直接書面")),
    Option("third", "本人以外から", "From somebody else", ("本人以外", "第三者から")), Option("law", "法令に基づく", "By law", ("法令",)),
    Option("entrusted", "委託元から", "From an entruster", ("委託元", "受託")))
MEDIUM = Choice(
    "privacy-medium", Option("paper", "紙", "Paper", ("書面", "紙媒体")), Option("electronic", "電子", "Electronic", ("データ", "電子データ", "電子媒体", "電磁的記録")),
    Option("both", "両方", "Both", ("紙・電子", "紙・データ", "紙及び電子", "紙、電子")))
DISPOSAL = Choice(
    "privacy-disposal", Option("dissolve", "溶解", "Dissolved", ("溶解処理",)), Option("shred", "裁断", "Shredded", ("シュレッダー", "裁断処理")),
    Option("erase_logical", "消去（論理）", "Erased, logically", ("論理消去", "消去ソフト")),
    Option("erase_physical", "消去（物理）", "Erased, physically", ("物理消去", "物理破壊", "破壊")),
    Option("erase", "消去（方法の記載なし）", "Erased, manner not said", ("消去", "データ消去", "削除")), Option("return", "返却", "Returned", ("委託元へ返却",)))


class PersonalDataAsset(Entry, table=True):
    """個人情報管理台帳: one kind of personal data that a business holds (JIS Q 15001:2023 6.1)."""

    __tablename__ = "personal_data_assets"

    business: str | None = field("業務名", "Business", required=True, search=True, synonyms=("業務", "業務名称", "事務の名称"))
    name: str | None = field("個人情報の名称", "Personal data", required=True, search=True, synonyms=("名称", "個人情報名", "個人情報ファイルの名称", "台帳名"))
    items: str | None = field("個人情報の項目", "Items", LONG_TEXT, search=True, synonyms=("項目", "記録項目", "個人情報項目"))
    subject_kind: str | None = field("本人の区分", "Whose data", SUBJECT, synonyms=("本人", "対象者", "本人区分"))
    record_count: int | None = field("件数", "Records", COUNT, synonyms=("保有件数", "本人の数", "件数（概数）"))
    count_basis: str | None = field("件数の根拠", "Count is", Choice(
        "privacy-count-basis", Option("exact", "実数", "Exact"), Option("approximate", "概数", "Approximate")), synonyms=("実数・概数の別",))
    purpose: str | None = field("利用目的", "Purpose", LONG_TEXT, search=True, section=Text("取得と利用", "Acquisition and use"))
    acquisition: str | None = field("取得方法", "How it is acquired", ACQUISITION, synonyms=("取得の方法", "取得元"))
    legal_basis: str | None = field("取得の根拠", "Legal basis", LONG_TEXT, synonyms=("根拠", "根拠法令", "取得根拠"))
    is_sensitive: bool | None = field("要配慮個人情報", "Special care required", FLAG, section=Text("区分", "Kind"), synonyms=("要配慮", "機微情報"))
    is_specific_pi: bool | None = field("特定個人情報", "Specific personal information", FLAG, synonyms=("個人番号", "マイナンバー", "特定個人情報の有無"))
    is_identity_info: bool | None = field("本人確認情報", "Identity verification information", FLAG)
    is_cert_info: bool | None = field("認証業務情報", "Certification service information", FLAG)
    medium: str | None = field("媒体", "Medium", MEDIUM, section=Text("保管と廃棄", "Keeping and disposal"), synonyms=("保管媒体", "記録媒体", "保管/媒体"))
    storage_location: str | None = field("保管場所", "Kept where", synonyms=("保管/場所", "保管", "保存場所"))
    storage_method: str | None = field("保管方法", "Kept how", synonyms=("保管/方法",))
    access_holders: str | None = field("アクセス権者", "Who has access", LONG_TEXT, synonyms=("アクセス権限者", "アクセス権限", "利用者の範囲", "取扱者"))
    use_until: str | None = field("利用期限", "Used until")
    retention: str | None = field("保管期限", "Kept until", synonyms=("保管期間", "保存期間", "保存期限", "保管/期間", "保管/保管期間"))
    disposal: str | None = field("廃棄方法", "Disposal", DISPOSAL, synonyms=("廃棄/方法", "廃棄", "廃棄の方法"))
    disposal_due_on: date | None = field("廃棄の予定日", "Disposal due on", DATE, deadline=True, met_by="disposed_on")
    disposed_on: date | None = field("廃棄した日", "Disposed on", DATE)
    third_party: str | None = field("第三者提供", "Provided to", LONG_TEXT, section=Text("委託と提供", "Processors and recipients"), synonyms=("提供先", "第三者提供先"))
    system_id: int | None = ref("systems", "対象システム", "System", synonyms=("システム", "システム名"))
    last_reviewed_on: date | None = field("最終見直し日", "Last reviewed on", DATE, section=Text("見直し", "Review"), synonyms=(
        "見直し日", "最終見直日", "最終更新日", "直近見直し日"))
    review_due_on: date | None = field("次回見直し日", "Review due on", DATE, deadline=True, due_in=("registered", "under_review"),
                                       synonyms=("次回見直し予定日", "次回見直し"))


ASSET_STATES = (
    DRAFT, SUBMITTED, RETURNED, state("unit_approved", "部門承認済み", "Approved by the unit", Tone.VIOLET, "approval"),
    state("registered", "登録済み", "Registered", Tone.GREEN, "check_circle"), UNDER_REVIEW, state("disposed", "廃棄済み", "Disposed of", Tone.GRAY, "delete"),
)
TOLD = ("items", "subject_kind", "record_count", "count_basis", "purpose", "acquisition", "legal_basis", "is_sensitive", "is_specific_pi",
        "is_identity_info", "is_cert_info", "medium", "storage_location", "storage_method", "access_holders", "use_until", "retention", "disposal")
"""What an entry says before it is submitted (domain.md §3.1; 構築・運用指針 of the Privacy Mark, J.3.1.1)."""

PERSONAL_DATA_ASSETS = Register(
    PersonalDataAsset, slug="personal-data-assets", domain=PRIVACY, title=Text("個人情報管理台帳", "Personal data assets"), code="PRV-PDA", name="name",
    columns=("code", "business", "name", "subject_kind", "record_count", "is_specific_pi", "unit_id", "review_due_on", "status"),
    filters=("unit_id", "is_specific_pi", "is_sensitive", "is_identity_info", "is_cert_info", "medium", "subject_kind"),
    keys=(("business", "name"), ("name",)), may=may(*OFFICER, units=True), links=(link("processors", "processors", "委託先", "Processors"),),
    synonyms={"note": ("備考", "摘要"), "unit_id": ("管理部署", "主管課", "担当部署", "部署名"), "processors": ("委託先名", "委託先名称")},
    above=rules.above, complete=rules.complete_asset, guards=(rules.review_within_a_year, rules.changed_under_review, rules.specific_pi_kept),
    initial="registered",
    workflow=Workflow(ASSET_STATES, (
        move("submit", "提出する", "Submit", ("draft", "returned"), "submitted", UNIT, needs=TOLD),
        move("approve_unit", "部門として承認する", "Approve for the unit", "submitted", "unit_approved", ("unit_head",), approves=True),
        move("register", "登録する", "Register", "unit_approved", "registered", MANAGER, approves=True, guards=(rules.specific_pi_ready,), sets=rules.reviewed),
        move("begin_review", "見直しを始める", "Begin the review", "registered", "under_review", UNIT),
        move("finish_review", "見直しを終える", "Finish the review", "under_review", "registered", MANAGER, needs=TOLD, approves=True,
             guards=(rules.specific_pi_ready,), sets=rules.reviewed),
        move("send_back", "差し戻す", "Send back", ("submitted", "unit_approved"), "returned", ("unit_head", "privacy_manager"), reason=True),
        move("dispose", "廃棄を記録する", "Record the disposal", ("registered", "under_review"), "disposed", MANAGER, needs=("disposed_on",),
             approves=True, evidence=True),
    )),
    charts=(
        heat("個人情報管理台帳の見直し（部門別・期限までの日数、件）", "Reviews of the ledger by unit and deadline", by("unit_id"), due("review_due_on"),
             where={"status": ("registered", "under_review")}),
        stacked("個人情報管理台帳の件数（部門別・状態別）", "Ledger entries by unit and state", by("unit_id"), by("status")),
        stacked("本人の区分別の台帳件数（特定個人情報の有無別）", "Ledger entries by whose data, with specific personal information",
                by("subject_kind"), by("is_specific_pi")),
        bars("特定個人情報を含む台帳の件数（部門別）", "Entries with specific personal information by unit", by("unit_id"), where={"is_specific_pi": True}),
        bars("本人確認情報を含む台帳の件数（部門別）", "Entries with identity verification information by unit", by("unit_id"), where={"is_identity_info": True}),
        bars("認証業務情報を含む台帳の件数（部門別）", "Entries with certification service information by unit", by("unit_id"), where={"is_cert_info": True}),
        bars("要配慮個人情報を含む台帳の件数（部門別）", "Entries that require special care by unit", by("unit_id"), where={"is_sensitive": True}),
        bars("見直した台帳の件数（最終見直し日の年度別）", "Entries by fiscal year of the last review", year("last_reviewed_on")),
        bars("本人の区分別の保有件数", "Records held by whose data", by("subject_kind"), value=total("record_count")),
    ),
)


GRADE = Choice("processor-grade", Option("a", "A", "A", ("適合",)), Option("b", "B", "B", ("条件付", "条件付き")), Option("c", "C", "C", ("不適合",)))
LOCATION = Choice("data-location", Option("domestic", "国内", "In Japan"), Option("overseas", "国外", "Abroad", ("海外",)),
                  Option("both", "国内・国外", "In Japan and abroad", ("国内外",)))
CONSENT = Choice("processor-consent", Option("consented", "承諾済", "Consented", ("承諾済み", "承諾", "あり")), Option("requested", "申請中", "Requested"),
                 Option("not_requested", "未申請", "Not requested", ("未承諾",)))


class Certificate(Row, table=True):
    """第三者認証: a certification of a processor, and when it ends."""

    __tablename__ = "processor_certs"

    name: str | None = field("認証", "Certification", required=True)
    number: str | None = field("登録番号", "Number")
    expires_on: date | None = field("有効期限", "Expires on", DATE)


class Subcontractor(Row, table=True):
    """再委託先: to whom a processor hands work on."""

    __tablename__ = "processor_subcontractors"

    name: str | None = field("再委託先", "Subcontractor", required=True)
    scope: str | None = field("再委託する業務", "Scope")
    personal_data: bool | None = field("個人情報の取扱い", "Personal data", FLAG)
    consented_on: date | None = field("承諾日", "Consented on", DATE)


class Processor(Entry, table=True):
    """委託先: who handles personal data for the body, and how it looks after them (個人情報保護法25条, 番号法11条)."""

    __tablename__ = "processors"

    name: str | None = field("委託先名称", "Processor", required=True, search=True, synonyms=("委託先名", "委託先", "名称", "事業者名", "会社名"))
    corporate_number: str | None = field("法人番号", "Corporate number", CORPORATE_NUMBER, search=True)
    supplier_id: int | None = ref("suppliers", "取引先台帳", "Supplier record", create="provisional")
    service: str | None = field("委託業務", "Service", LONG_TEXT, search=True, synonyms=("委託業務名", "業務内容", "委託内容", "委託する業務"))
    data: str | None = field("取り扱う個人情報", "Personal data handled", LONG_TEXT, search=True, synonyms=("取扱個人情報", "委託する個人情報", "個人情報の内容"))
    is_specific_pi: bool | None = field("特定個人情報の取扱い", "Specific personal information", FLAG, synonyms=("特定個人情報", "特定個人情報の有無", "個人番号"))
    record_count: int | None = field("取扱件数", "Records handled", COUNT, synonyms=("件数",))
    data_location: str | None = field("データの保管場所", "Data kept", LOCATION, synonyms=("保管場所", "国内外の保管場所"))
    data_country: str | None = field("保管する国・地域", "Country or region")
    contract_id: int | None = ref("contracts", "契約", "Contract", section=Text("契約", "Contract"), synonyms=("契約件名", "契約番号"))
    contract_start: date | None = field("契約開始日", "Contract begins", DATE, synonyms=("契約期間/自", "契約期間（自）", "契約期間/開始", "契約始期"))
    contract_end: date | None = field("契約終了日", "Contract ends", DATE, deadline=True, due_in=rules.IN_USE, synonyms=(
        "契約期間/至", "契約期間（至）", "契約期間/終了", "契約終期"))
    clause_confidentiality: bool | None = field("秘密保持の条項", "Clause: secrecy", FLAG, synonyms=("秘密保持",))
    clause_safety: bool | None = field("安全管理措置の条項", "Clause: safety", FLAG, synonyms=("安全管理措置",))
    clause_audit: bool | None = field("監査権の条項", "Clause: audit", FLAG, synonyms=("監査権",))
    clause_return: bool | None = field("返却・消去の条項", "Clause: return and erasure", FLAG, synonyms=("返却・消去", "返却消去"))
    clause_incident: bool | None = field("事故報告の条項", "Clause: incidents", FLAG, synonyms=("事故報告",))
    has_subcontract: bool | None = field("再委託", "Subcontracts", FLAG, section=Text("再委託と認証", "Subcontracting and certification"),
                                         synonyms=("再委託の有無", "再委託/有無"))
    subcontract_consent: str | None = field("再委託の承諾", "Consent to subcontracting", CONSENT, synonyms=("再委託/承諾", "再委託承諾"))
    certification: str | None = field("第三者認証", "Certified for", search=True, synonyms=("認証", "取得認証", "第三者認証の状況"))
    certs_end_on: date | None = field("認証の期限", "First certification to end", DATE, deadline=True, due_in=rules.IN_USE, derive=rules.certificates_end)
    last_evaluated_on: date | None = field("最終評価日", "Last evaluated on", DATE, section=Text("評価", "Evaluation"), synonyms=(
        "評価日", "直近評価日", "委託先評価/評価日", "評価/日", "評価/評価日"))
    last_score: Decimal | None = field("評価の点数", "Last score", DECIMAL, synonyms=("点数", "評価点", "委託先評価/点数", "評価/点", "評価/点数"))
    last_grade: str | None = field("評価の判定", "Last grade", GRADE, synonyms=("判定", "評価結果", "委託先評価/判定", "評価/判定"))
    next_evaluation_on: date | None = field("次回評価予定日", "Next evaluation planned on", DATE, synonyms=("次回評価予定", "次回評価", "次回評価日"))
    evaluation_due_on: date | None = field("評価の期限", "Evaluation due on", DATE, deadline=True, due_in=rules.IN_USE, derive=rules.evaluation_due)
    last_on_site_on: date | None = field("最終実地確認日", "Last visited on", DATE, synonyms=("実地確認日",))
    on_site_due_on: date | None = field("実地確認の期限", "Visit due on", DATE, deadline=True, due_in=rules.IN_USE)
    returned_on: date | None = field("返却・消去を確認した日", "Return or erasure confirmed on", DATE, section=Text("終了", "Termination"))


PROCESSOR_STATES = (
    state("candidate", "候補", "Candidate", Tone.GRAY, "radio_button_unchecked"), state("selected", "選定済み", "Selected", Tone.BLUE, "pending"),
    state("active", "委託中", "In use", Tone.GREEN, "check_circle"), state("evaluation_due", "評価時期", "Evaluation due", Tone.YELLOW, "schedule"),
    state("improvement_required", "改善要求中", "Improvement required", Tone.ORANGE, "report"),
    state("terminating", "終了手続中", "Terminating", Tone.BLUE, "pending"), state("terminated", "終了", "Terminated", Tone.GRAY, "block"),
)

PROCESSORS = Register(
    Processor, slug="processors", domain=PRIVACY, title=Text("委託先一覧", "Processors"), code="PRV-PRC", name="name",
    columns=("code", "name", "service", "is_specific_pi", "contract_end", "last_grade", "evaluation_due_on", "unit_id", "status"),
    filters=("last_grade", "is_specific_pi", "has_subcontract", "unit_id"), keys=(("corporate_number", "service"), ("name", "service"), ("name",)),
    may=may(*OFFICER, units=True), above=rules.above, initial="active",
    rows=(rows("certs", Certificate, "認証の一覧", "Certifications"), rows("subcontractors", Subcontractor, "再委託先の一覧", "Subcontractors")),
    binds=(Bind("supplier_id", {"corporate_number": "corporate_number", "name": "name"}),), synonyms={"note": ("備考", "摘要")},
    guards=(rules.not_before_it_begins, rules.renewed_after_evaluation),
    workflow=Workflow(PROCESSOR_STATES, (
        move("select", "選定する", "Select", "candidate", "selected", MANAGER, needs=("service", "data", "is_specific_pi"), approves=True,
             guards=(rules.selection_passed,)),
        move("activate", "委託を始める", "Begin", "selected", "active", UNIT, needs=("contract_start", "contract_end", "data_location", "has_subcontract"),
             guards=(rules.evaluated_before_contract, rules.clauses_agreed, rules.kinds_agree, rules.subcontractors_named), sets=rules.first_visit),
        move("call_evaluation", "評価の時期にする", "Call for evaluation", "active", "evaluation_due", OFFICER),
        move("resume", "委託中に戻す", "Back in use", ("evaluation_due", "improvement_required"), "active", OFFICER, guards=(rules.evaluation_current,)),
        move("begin_termination", "終了の手続を始める", "Begin the termination", rules.IN_USE, "terminating", UNIT),
        move("terminate", "終了する", "Terminate", "terminating", "terminated", MANAGER, needs=("returned_on",), approves=True, evidence=True),
    )),
    charts=(
        stacked("委託先の評価期限（判定別、件）", "Processors by evaluation deadline and grade", due("evaluation_due_on"), by("last_grade"),
                where={"status": rules.IN_USE}),
        bars("委託先の判定（件）", "Processors by grade", by("last_grade"), where={"status": rules.IN_USE}),
        stacked("部門別の委託先（特定個人情報の有無別）", "Processors by unit, with specific personal information", by("unit_id"), by("is_specific_pi")),
        bars("実地確認の期限（件）", "Visits by deadline", due("on_site_due_on"), where={"status": rules.IN_USE}),
        bars("再委託の承諾（件）", "Consents to subcontracting", by("subcontract_consent"), where={"has_subcontract": True}),
    ),
)


class Criterion(Row, table=True):
    """One criterion of an evaluation and what was found."""

    __tablename__ = "processor_evaluation_criteria"

    criterion: str | None = field("評価項目", "Criterion", required=True)
    points: Decimal | None = field("配点", "Points to be had", DECIMAL)
    score: Decimal | None = field("得点", "Points", DECIMAL)
    remark: str | None = field("所見", "Remark")


class ProcessorEvaluation(Entry, table=True):
    """委託先評価: one evaluation of a processor, before the contract or in its course."""

    __tablename__ = "processor_evaluations"

    processor_id: int | None = ref("processors", "委託先", "Processor", required=True, synonyms=("委託先名称", "委託先名"))
    title: str | None = field("評価", "Evaluation", derive=rules.evaluation_title, search=True)
    kind: str | None = field("評価の種類", "Kind", Choice(
        "evaluation-kind", Option("selection", "選定評価", "For selection", ("選定", "新規")), Option("periodic", "定期評価", "Periodic", ("定期",)),
        Option("extraordinary", "臨時評価", "Extraordinary", ("臨時", "随時"))), required=True, synonyms=("種類", "区分", "評価区分"))
    planned_on: date | None = field("評価予定日", "Planned on", DATE, deadline=True, met_by="evaluated_on", synonyms=("予定日",))
    evaluated_on: date | None = field("評価日", "Evaluated on", DATE, synonyms=("実施日",))
    method: str | None = field("評価の方法", "Method", Choice(
        "evaluation-method", Option("document", "書面", "On paper", ("書面確認", "チェックシート")), Option("on_site", "実地", "On site", ("実地確認", "立入")),
        Option("certification", "認証確認", "By certification", ("認証の確認",))), synonyms=("方法",))
    score: Decimal | None = field("点数", "Score", DECIMAL, synonyms=("評価点", "点", "合計点"))
    grade: str | None = field("判定", "Grade", GRADE, synonyms=("評価結果", "結果"))
    findings: str | None = field("指摘・所見", "Findings", LONG_TEXT, synonyms=("指摘事項", "所見"))
    next_due_on: date | None = field("次回評価期限", "Next due on", DATE, synonyms=("次回評価", "次回評価日", "次回評価予定"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("evaluated_on", "planned_on"), index=True)


EVALUATION_STATES = (state("planned", "予定", "Planned", Tone.GRAY, "event"), state("evaluated", "確定待ち", "To be confirmed", Tone.VIOLET, "approval"),
                     state("confirmed", "確定", "Confirmed", Tone.GREEN, "check_circle"))

PROCESSOR_EVALUATIONS = Register(
    ProcessorEvaluation, slug="processor-evaluations", domain=PRIVACY, title=Text("委託先評価", "Processor evaluations"), code="PRV-EVL", name="title",
    columns=("code", "processor_id", "title", "method", "score", "grade", "next_due_on", "unit_id", "status"),
    filters=("fiscal_year", "kind", "grade", "method"), keys=(("processor_id", "kind", "evaluated_on"),), may=may(*OFFICER, units=True),
    rows=(rows("criteria", Criterion, "評価項目の一覧", "Criteria"),), initial="confirmed", synonyms={"owner": ("評価者", "実施者"), "note": ("備考", "摘要")},
    workflow=Workflow(EVALUATION_STATES, (
        move("record", "評価を記録する", "Record the evaluation", "planned", "evaluated", UNIT, needs=("evaluated_on", "method", "score", "grade"), sets=rules.next_due),
        move("confirm", "評価を確定する", "Confirm the evaluation", "evaluated", "confirmed", MANAGER, approves=True,
             guards=(rules.grade_fits, rules.visited_in_time, rules.next_within_a_year), effects=(rules.keep_processor, rules.ask_for_correction)),
        move("send_back", "差し戻す", "Send back", "evaluated", "planned", MANAGER, reason=True),
    )),
    charts=(
        stacked("委託先評価の件数（年度別・判定別）", "Evaluations by fiscal year and grade", by("fiscal_year"), by("grade"), where={"status": "confirmed"}),
        stacked("委託先評価の件数（月別・方法別）", "Evaluations by month and method", month("evaluated_on"), by("method")),
        bars("委託先評価の平均点（年度別）", "Mean score by fiscal year", by("fiscal_year"), value=mean("score"), where={"status": "confirmed"}),
        bars("予定した評価の期限（件）", "Planned evaluations by deadline", due("planned_on"), where={"status": "planned"}),
    ),
)


REGISTERS = (PERSONAL_DATA_ASSETS, PROCESSORS, PROCESSOR_EVALUATIONS)
