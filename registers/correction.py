"""指摘・是正: one finding and one corrective action for all sources — audits, incidents, drills, complaints, self-checks.

JIS Q 15001:2023 and ISO/IEC 27001 10.2. A finding says what was found and is closed by the audit side; a corrective action
says what was done about it. What an observation asks for is decided on the finding itself (the short path).
"""

from datetime import date

from grc.charts.declare import age, bars, by, due, lines, month, shares, stacked, year
from grc.charts.declare import share as rate
from grc.kinds import DATE, FISCAL_YEAR, FLAG, LONG_TEXT, Choice, Option
from grc.permissions import EDIT
from grc.record import Row, field, link, link_any, ref, rows
from grc.register import Register
from grc.states import DRAFT, Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import CLASSIFICATION, SHARED, SUBJECTS, Entry, may
from registers.rules import corrective as rules
from registers.rules.spans import fiscal_year_of
from registers.rules.stamps import dated

ORIGINS = ("incidents", "incident-reviews", "drills", "subject-requests", "processor-evaluations", "vulnerability-findings", "self-checks",
           "asp-audits", "risks", "action-items")
SOURCE = Choice("finding-source", Option("internal_audit", "内部監査", "Internal audit"), Option("external_audit", "外部監査", "External audit"),
                Option("certification", "外部審査", "Certification audit", ("ISMS審査", "ISMS外部審査", "認証審査")),
                Option("pmark", "Pマーク審査", "PrivacyMark audit", ("プライバシーマーク", "プライバシーマーク審査", "Pマーク")),
                Option("nisc", "NISC監査", "NISC audit", ("NISC", "国家サイバー統括室")), Option("kanji", "監事監査", "Kanji's audit", ("監事",)),
                Option("asp_audit", "LGWAN-ASP監査", "LGWAN-ASP audit", ("ASP監査",)), Option("self_check", "自己点検", "Self-check", ("点検",)),
                Option("incident", "インシデント", "Incident", ("事故", "障害")), Option("drill", "訓練", "Drill", ("演習",)),
                Option("complaint", "苦情・相談", "Complaint", ("苦情",)), Option("processor_evaluation", "委託先評価", "Processor evaluation", ("委託先監督",)),
                Option("vulnerability", "脆弱性診断", "Vulnerability assessment", ("脆弱性",)), Option("committee", "委員会", "Committee"),
                Option("procurement", "調達・契約", "Procurement", ("契約", "調達")), Option("other", "その他", "Other"))
CAUSE_METHOD = Choice("cause-method",
    Option("whys", "なぜなぜ分析", "Five whys", ("なぜなぜ", "5Whys")), Option("fishbone", "特性要因図", "Fishbone", ("石川ダイアグラム",)),
    Option("fault_tree", "故障の木解析", "Fault tree", ("FTA",)), Option("timeline", "時系列分析", "Timeline"), Option("other", "その他", "Other"))
EFFECT = Choice("effectiveness", Option("effective", "有効", "Effective", ("有効である", "効果あり")), Option("partly", "一部有効", "Partly effective", ("一部",)),
                Option("ineffective", "無効", "Ineffective", ("効果なし", "有効でない")))
DECISION = Choice("finding-decision", Option("act", "対応する", "Act", ("対応", "要対応")), Option("none", "対応不要", "No action", ("対応しない", "不要")))
KEEPERS = ("risk_officer", "privacy_manager", "security_office")
UNITS = ("unit_user", "unit_head")
ACTING = (*UNITS, *KEEPERS)
"""Who does what the acting unit does; the offices at the centre are units too, and act for their own alone."""
HEADS = ("unit_head", "ciso", "privacy_manager")
AUDIT_SIDE = ("auditor", "audit_chief", "kanji")

# ------------------------------------------------------------------------------------------------ 指摘事項


class Finding(Entry, table=True):
    """What an audit, an incident, a drill or anybody else found."""

    __tablename__ = "findings"

    name: str | None = field("件名", "Subject", required=True, search=True, synonyms=("指摘事項", "指摘内容", "指摘", "内容"))
    number: str | None = field("管理番号", "Finding number", search=True, synonyms=("指摘番号", "No", "No.", "番号"))
    source: str | None = field("発生源", "Source", SOURCE, synonyms=("指摘元", "監査の種類"))
    classification: str | None = field("区分", "Class", CLASSIFICATION, synonyms=("指摘区分", "不適合の区分", "種別"))
    audit_id: int | None = ref("audits", "監査", "Audit")
    checklist_item_id: int | None = ref("checklist-items", "チェックリストの項目", "Checklist item")
    requirement: str | None = field("要求事項", "Requirement", LONG_TEXT, synonyms=("規格・規程の要求", "根拠", "規格項番"))
    fact: str | None = field("事実", "Fact", LONG_TEXT, synonyms=("指摘の事実", "事実の記述", "現状"))
    proof: str | None = field("確認した証拠", "Proof seen", LONG_TEXT, synonyms=("証拠", "客観的証拠"))
    control_id: int | None = ref("controls", "管理策", "Control")
    repeated: bool | None = field("再発", "Repeated", FLAG, synonyms=("再発指摘", "繰り返し"))

    issued_on: date | None = field("指摘日", "Issued on", DATE, section=Text("日程", "Dates"), synonyms=("発見日", "発行日", "通知日"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("issued_on"), index=True)
    ack_due_on: date | None = field("受領期限", "Acknowledge by", DATE)
    acknowledged_on: date | None = field("受領日", "Acknowledged on", DATE)
    due_on: date | None = field("対応期限", "Due", DATE, synonyms=("期限", "完了期限", "是正期限"), hint=Text(
        "審査機関や監督機関が定めた期限があれば記入します。空欄なら区分ごとの日数で決まります。", "The registrar's or authority's own day, if there is one."))
    next_due_on: date | None = field("次の期限", "Next date", DATE, derive=rules.finding_due, deadline=True)

    decision: str | None = field("対応の要否", "Decision", DECISION, section=Text("観察事項などへの対応", "What is done about an observation"), synonyms=("対応要否",))
    decision_reason: str | None = field("要否の理由", "Why", LONG_TEXT)
    decided_on: date | None = field("決定日", "Decided on", DATE)
    outcome: str | None = field("対応の結果", "What was done", LONG_TEXT, synonyms=("対応結果", "対応内容"))
    completed_on: date | None = field("完了日", "Completed on", DATE)


FINDING_STATES = (
    DRAFT,
    state("issued", "指摘済み", "Issued", Tone.ORANGE, "flag"),
    state("acknowledged", "受領・対応中", "Acknowledged", Tone.BLUE, "pending"),
    state("decided", "対応方針決定", "Decided", Tone.BLUE, "gavel"),
    state("closed", "完了", "Closed", Tone.GREEN, "check_circle"),
    state("withdrawn", "取下げ", "Withdrawn", Tone.GRAY, "block"),
)

FINDINGS = Register(
    Finding, slug="findings", domain=SHARED, title=Text("指摘事項", "Findings"), code="SHR-FND", name="name",
    columns=("code", "name", "source", "classification", "unit_id", "issued_on", "next_due_on", "status"),
    filters=("source", "classification", "unit_id", "fiscal_year", "repeated", "audit_id"), keys=(("number",), ("audit_id", "name", "issued_on")),
    may=may(*KEEPERS, auditor=EDIT, audit_chief=EDIT, kanji=EDIT), initial="issued",
    links=(link_any("subjects", SUBJECTS, "対象", "Subjects"), link_any("origins", ORIGINS, "発生源の記録", "Where it comes from")),
    workflow=Workflow(FINDING_STATES, (
        move("issue", "指摘を発行する", "Issue", "draft", "issued", (*AUDIT_SIDE, *KEEPERS), needs=("source", "classification", "fact", "unit_id"),
             guards=(rules.issuer,), sets=rules.issued, effects=(rules.opens_correction,)),
        move("acknowledge", "受領する", "Acknowledge", "issued", "acknowledged", ACTING, guards=(rules.inside,), sets=dated("acknowledged_on"),
             effects=(rules.opens_correction,)),
        move("decide_act", "対応すると決める", "Decide to act", ("issued", "acknowledged"), "decided", (*HEADS, *KEEPERS),
             guards=(rules.inside, rules.short_path), sets=rules.decided("act")),
        move("decide_none", "対応しないと決める", "Decide not to act", ("issued", "acknowledged"), "decided", (*HEADS, *KEEPERS), reason=True,
             guards=(rules.inside, rules.short_path), sets=rules.decided("none")),
        move("report_done", "対応の完了を報告する", "Report it done", "decided", None, ACTING, reason=True, guards=(rules.inside,), sets=rules.carried_out),
        move("close", "完了にする", "Close", ("issued", "acknowledged", "decided"), "closed", AUDIT_SIDE,
             guards=(rules.closer, rules.settled, rules.evidenced)),
        move("withdraw", "取り下げる", "Withdraw", ("draft", "issued", "acknowledged"), "withdrawn", ("audit_chief", "kanji"), reason=True),
        move("reopen", "再び開く", "Reopen", "closed", "acknowledged", ("audit_chief", "kanji"), reason=True, sets=rules.reopened),
    ), closed=("closed",)),
    guards=(rules.audits_own,), synonyms={"unit_id": ("対象部門", "被監査部門", "指摘先"), "note": ("備考",)},
    charts=(
        stacked("発生源ごとの指摘と経過日数（未完了、件）", "Open findings by source and age", by("source"), age("issued_on", 30, 60, 90, 180),
                where={"status": ("issued", "acknowledged", "decided")}),
        stacked("年度ごとの指摘区分（件）", "Findings by year and class", year("issued_on"), by("classification")),
        stacked("部門ごとの指摘（件）", "Findings by unit", by("unit_id"), by("classification")),
        bars("再発した指摘（件）", "Repeated findings by unit", by("unit_id"), where={"repeated": True}),
        shares("発生源ごとの状態（構成比）", "State by source", by("source"), by("status")),
        lines("月ごとの指摘（件）", "Findings by month", month("issued_on")),
    ),
)

# ------------------------------------------------------------------------------------------------ 是正処置


class Extension(Row, table=True):
    """One extension of the day of completion, approved by the chief auditor."""

    __tablename__ = "corrective_action_extensions"

    due_on: date | None = field("延長後の期限", "New day", DATE, required=True)
    reason: str | None = field("延長の理由", "Reason", required=True)
    previous_due_on: date | None = field("延長前の期限", "Day before", DATE, hint=Text("空欄のまま。操作のときに記録されます。", "Leave empty: the act writes it."))
    approved_by: str | None = field("承認者", "Approved by", hint=Text("空欄のまま。操作のときに記録されます。", "Leave empty: the act writes it."))
    approved_on: date | None = field("承認日", "Approved on", DATE, hint=Text("空欄のまま。操作のときに記録されます。", "Leave empty: the act writes it."))


class EffectCheck(Row, table=True):
    """One check of whether the action had its effect."""

    __tablename__ = "corrective_action_checks"

    found: str | None = field("確認の方法と結果", "How it was checked, and found", LONG_TEXT, required=True)
    result: str | None = field("有効性", "Effectiveness", EFFECT)
    checked_on: date | None = field("確認日", "Checked on", DATE, hint=Text("空欄のまま。操作のときに記録されます。", "Leave empty: the act writes it."))
    checked_by: str | None = field("確認者", "Checked by", hint=Text("空欄のまま。操作のときに記録されます。", "Leave empty: the act writes it."))


class CorrectiveAction(Entry, table=True):
    """What is done so that it does not happen again: cause, plan, completion, effect."""

    __tablename__ = "corrective_actions"

    name: str | None = field("不適合・課題の内容", "What is corrected", required=True, search=True, synonyms=("不適合の内容", "指摘内容", "指摘事項", "件名", "内容"))
    number: str | None = field("管理番号", "Number of the form", search=True, synonyms=("是正番号", "No", "No.", "番号"))
    finding_id: int | None = ref("findings", "指摘事項の記録", "Finding")
    previous_id: int | None = ref("corrective-actions", "前の是正処置", "Earlier correction")
    source: str | None = field("発生源", "Source", SOURCE)
    classification: str | None = field("区分", "Class", CLASSIFICATION, synonyms=("指摘区分", "不適合の区分"))
    fact: str | None = field("事実", "Fact", LONG_TEXT, synonyms=("指摘の事実", "事実の記述"))
    issued_on: date | None = field("指摘日", "Issued on", DATE, synonyms=("発見日", "起票日", "発行日", "発生日"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("issued_on"), index=True)
    ack_due_on: date | None = field("受領期限", "Acknowledge by", DATE)
    acknowledged_on: date | None = field("受領日", "Acknowledged on", DATE)

    correction: str | None = field("修正（応急処置）", "Correction", LONG_TEXT, section=Text("原因と計画", "Cause and plan"), synonyms=(
        "応急処置（修正）", "応急処置", "修正", "応急対応"))
    correction_due_on: date | None = field("修正の期限", "Correction due", DATE)
    root_cause: str | None = field("原因", "Root cause", LONG_TEXT, synonyms=("根本原因", "真因", "原因分析"))
    cause_method: str | None = field("原因分析の方法", "Method of analysis", CAUSE_METHOD)
    plan_due_on: date | None = field("計画期限", "Plan by", DATE, synonyms=("計画提出期限",))
    action: str | None = field("是正処置", "Corrective action", LONG_TEXT, synonyms=("是正処置の内容", "是正処置内容", "再発防止策", "是正内容", "対策"))
    horizontal: str | None = field("水平展開の内容", "Done elsewhere too", LONG_TEXT, synonyms=("水平展開", "横展開"))
    plan_approved_on: date | None = field("計画承認日", "Plan approved on", DATE)

    due_on: date | None = field("完了期限", "Due", DATE, section=Text("実施と確認", "Completion and effect"), synonyms=("期限", "是正期限", "完了予定日", "実施期限"))
    original_due_on: date | None = field("当初の完了期限", "Due, as first agreed", DATE, derive=rules.original_due)
    completed_on: date | None = field("完了日", "Completed on", DATE, synonyms=("是正完了日", "実施日"))
    on_time: bool | None = field("当初期限内の完了", "Completed on time", FLAG, derive=rules.on_time)
    verified_on: date | None = field("検証日", "Verified on", DATE)
    effectiveness_due_on: date | None = field("有効性確認の期限", "Check effectiveness by", DATE, synonyms=("有効性確認予定日",))
    checked_on: date | None = field("有効性確認日", "Checked on", DATE, synonyms=("確認日",))
    checked_by: str | None = field("有効性の確認者", "Checked by", synonyms=("確認者",))
    effectiveness_result: str | None = field("有効性", "Effectiveness", EFFECT, synonyms=("有効性の判定",))
    effectiveness: str | None = field("有効性確認の内容", "What the check found", LONG_TEXT, synonyms=("有効性確認", "有効性の確認", "効果の確認", "効果確認"))
    next_due_on: date | None = field("次の期限", "Next date", DATE, derive=rules.next_due, deadline=True)


CORRECTION_STATES = (
    state("issued", "起票", "Issued", Tone.ORANGE, "flag"),
    state("acknowledged", "受領", "Acknowledged", Tone.BLUE, "inbox"),
    state("cause_analysed", "原因分析済み", "Cause analysed", Tone.BLUE, "troubleshoot"),
    state("action_planned", "計画の承認待ち", "Plan awaits approval", Tone.VIOLET, "approval"),
    state("plan_approved", "計画承認済み", "Plan approved", Tone.BLUE, "assignment_turned_in"),
    state("implementing", "対応中", "Under way", Tone.BLUE, "pending"),
    state("completed_reported", "検証待ち", "Awaits verification", Tone.VIOLET, "fact_check"),
    state("verified", "有効性確認待ち", "Awaits the check of effect", Tone.YELLOW, "hourglass_empty"),
    state("effective_closed", "完了", "Closed, effective", Tone.GREEN, "check_circle"),
    state("ineffective", "効果なし・再是正", "No effect, corrected anew", Tone.RED, "replay"),
    state("cancelled", "取下げ", "Withdrawn", Tone.GRAY, "block"),
)
GOING = tuple(s.id for s in CORRECTION_STATES if s.id not in rules.ENDED)

CORRECTIVE_ACTIONS = Register(
    CorrectiveAction, slug="corrective-actions", domain=SHARED, title=Text("是正処置", "Corrective actions"), code="SHR-CAP", name="name",
    columns=("code", "name", "source", "classification", "unit_id", "due_on", "next_due_on", "owner", "status"),
    filters=("source", "classification", "unit_id", "fiscal_year", "effectiveness_result"), keys=(("number",), ("name", "unit_id", "issued_on")),
    may=may(*KEEPERS, units=True),
    rows=(rows("extensions", Extension, "期限の延長", "Extensions", append_only=True),
          rows("checks", EffectCheck, "有効性確認の記録", "Checks of effect", append_only=True)),
    links=(link("horizontal_units", "units", "水平展開先の部門", "Units where it is done too"), link_any("subjects", SUBJECTS, "対象", "Subjects"),
           link_any("origins", ORIGINS, "発生源の記録", "Where it comes from")),
    workflow=Workflow(CORRECTION_STATES, (
        move("acknowledge", "受領する", "Acknowledge", "issued", "acknowledged", ACTING, guards=(rules.inside,), sets=rules.received),
        move("analyse", "原因分析を終える", "Finish the analysis", "acknowledged", "cause_analysed", ACTING, needs=("root_cause",), guards=(rules.inside,)),
        move("plan", "計画の承認を求める", "Submit the plan", "cause_analysed", "action_planned", ACTING, needs=("action", "due_on"),
             guards=(rules.inside, rules.plan_fits)),
        move("approve_plan", "計画を承認する", "Approve the plan", "action_planned", "plan_approved", ("audit_chief", "risk_officer"),
             needs=("root_cause", "action", "due_on"), approves=True, guards=(rules.outside,), sets=dated("plan_approved_on")),
        move("return_plan", "計画を差し戻す", "Send the plan back", "action_planned", "acknowledged", ("audit_chief", "risk_officer"), reason=True),
        move("implement", "実施を始める", "Begin", "plan_approved", "implementing", ACTING, guards=(rules.inside,)),
        move("complete", "完了を報告する", "Report completion", "implementing", "completed_reported", HEADS, evidence=True, guards=(rules.inside,), sets=rules.completed),
        move("verify", "検証する", "Verify", "completed_reported", "verified", (*AUDIT_SIDE, "risk_officer"), approves=True, evidence=True,
             guards=(rules.verifier,), sets=dated("verified_on")),
        move("reject", "実施へ差し戻す", "Send back", "completed_reported", "implementing", (*AUDIT_SIDE, "risk_officer"), reason=True,
             guards=(rules.verifier,), sets=rules.rejected),
        move("confirm_effect", "有効と確認する", "Confirm the effect", "verified", "effective_closed", (*AUDIT_SIDE, "risk_officer"), approves=True, evidence=True,
             appends="checks", guards=(rules.bystander, rules.waited), sets=rules.checked("effective")),
        move("deny_effect", "有効でないと記録する", "Record that it had no effect", "verified", "ineffective", (*AUDIT_SIDE, "risk_officer"), approves=True,
             appends="checks", guards=(rules.bystander,), sets=rules.checked("ineffective", "partly"), effects=(rules.corrects_again,)),
        move("extend", "期限を延長する", "Extend the day", ("plan_approved", "implementing"), None, ("audit_chief",), appends="extensions",
             guards=(rules.outside, rules.extendable), sets=rules.extended),
        move("cancel", "取り下げる", "Withdraw", tuple(s for s in GOING if s != "verified"), "cancelled", ("audit_chief",), reason=True),
    )),
    guards=(rules.told_by_acts, rules.due_kept, rules.finding_kept),
    synonyms={"unit_id": ("対象部門", "是正部門"), "note": ("備考",)},
    charts=(
        bars("是正処置の経過日数（未完了、件）", "Open corrective actions by age", age("issued_on", 30, 60, 90, 180), where={"status": GOING}),
        stacked("完了期限まで（未完了、件）", "Until completion, by unit", due("due_on"), by("unit_id"),
                where={"status": (*rules.PLANNING, "plan_approved", "implementing")}),
        bars("当初期限内に完了した割合（％）", "Completed by the day first agreed (%)", by("fiscal_year"), value=rate("on_time"), target=90, unit=("％", "%")),
        stacked("発生源ごとの状態（件）", "State by source", by("source"), by("status")),
        stacked("有効性確認の結果（件）", "Results of the checks of effect", year("checked_on"), by("effectiveness_result")),
    ),
)

REGISTERS = (FINDINGS, CORRECTIVE_ACTIONS)
