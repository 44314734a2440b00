"""リスク・教育: one risk and one training model for all areas of the plan (1(2)2); what is found and corrected is in ``correction``.

Committees want one number across personal data, information security, compliance and crisis; the area is a field.
"""

from datetime import date
from decimal import Decimal

from grc.charts.declare import arrows, bars, by, due, heat, month, ratio, scatter, stacked
from grc.kinds import COUNT, DATE, FISCAL_YEAR, FLAG, LONG_TEXT, PERCENT, Choice, Integer, Option
from grc.record import Row, field, link, link_any, ref, rows
from grc.register import Register
from grc.states import Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import AREA, CADENCE, SHARED, SUBJECTS, Entry, may
from registers.rules import risk, training
from registers.rules.rates import percentage
from registers.rules.spans import fiscal_year_of
from registers.rules.stamps import stamped

MARK = Integer(1, 5)
LEVEL = Choice("risk-level", Option("low", "低", "Low"), Option("medium", "中", "Medium"), Option("high", "高", "High"))
SCALE = Choice("risk-scale", Option("3x3", "3×3", "3×3", ("3段階", "IPA型")), Option("5x5", "5×5", "5×5", ("5段階",)))
LIFECYCLE = Choice("risk-lifecycle",
    Option("acquire", "取得・入力", "Acquisition, input", ("取得", "入力")), Option("transfer", "移送・送信", "Transfer", ("移送", "送信")),
    Option("use", "利用・加工", "Use", ("利用", "加工")), Option("keep", "保管", "Storage", ("保管・バックアップ",)),
    Option("entrust", "委託・提供", "Entrusting, provision", ("委託", "提供")), Option("dispose", "廃棄・消去", "Disposal", ("廃棄", "消去")))
TREATMENT = Choice("risk-treatment",
    Option("reduce", "低減", "Reduce", ("軽減",)), Option("avoid", "回避", "Avoid"), Option("transfer", "移転", "Transfer", ("共有", "転嫁")),
    Option("accept", "受容", "Accept", ("保有",)))
COMPLIANCE_KIND = Choice("risk-compliance-kind",
    Option("law", "法令違反", "Breach of law"), Option("leak", "情報漏えい", "Leak"), Option("accounting", "不正経理", "False accounting"),
    Option("conflict", "利益相反・癒着", "Conflict of interest, collusion", ("利益相反", "癒着", "入札談合等関与")),
    Option("harassment", "ハラスメント", "Harassment"), Option("labour", "労務", "Labour law"), Option("copyright", "著作権", "Copyright"),
    Option("secrecy", "守秘義務", "Secrecy"), Option("other", "その他", "Other"))
TRAINING_AREA = Choice("training-area",
    Option("privacy", "個人情報", "Privacy", ("個人情報保護",)), Option("isms", "情報セキュリティ", "Information security", ("セキュリティ", "ISMS")),
    Option("compliance", "コンプライアンス", "Compliance", ("法令遵守",)), Option("crisis", "危機管理", "Crisis management"),
    Option("juki", "住基・本人確認情報", "Resident register", ("住基", "本人確認情報")), Option("newcomers", "新任者", "Newcomers", ("新任", "新規採用")),
    Option("officers", "役員", "Officers"), Option("audit", "監査", "Audit"), Option("other", "その他", "Other"))
METHOD = Choice("training-method", Option("e_learning", "eラーニング", "E-learning", ("e-ラーニング", "オンライン教材", "WBT")),
                Option("classroom", "集合", "Classroom", ("集合研修", "対面", "講義")), Option("live", "ライブ配信", "Live online", ("オンライン", "Web会議")),
                Option("video", "動画", "Video", ("動画視聴", "録画")), Option("mail_drill", "訓練メール", "Mock phishing", ("標的型メール", "メール訓練")),
                Option("on_site", "実地", "On site", ("実動", "実技", "OJT")), Option("tabletop", "机上", "Table-top", ("机上演習",)),
                Option("reading", "資料配付", "Reading", ("資料配布", "回覧")), Option("external", "外部研修", "External course", ("外部",)))
OUTCOME = Choice("training-outcome",
    Option("passed", "合格", "Passed", ("修了",)), Option("failed", "不合格", "Failed"), Option("absent", "未受講", "Absent", ("欠席",)),
    Option("excused", "除外", "Excused", ("休職", "免除")))
KEEPERS = ("risk_officer", "privacy_manager", "security_office")
UNITS = ("unit_user", "unit_head")
"""Who does what a unit does; the offices at the centre are units too, and act for their own."""
ACTING = (*UNITS, *KEEPERS)

# ------------------------------------------------------------------------------------------------ リスク


class RiskAction(Row, table=True):
    """One action of a treatment."""

    __tablename__ = "risk_actions"

    action: str | None = field("対応", "Action", required=True)
    due_on: date | None = field("期限", "Due", DATE)
    assignee: str | None = field("担当", "Assignee")
    done_on: date | None = field("完了日", "Done on", DATE)


class Risk(Entry, table=True):
    """A risk of any area: what may happen to what, how it stands, how it is treated, who accepted what remains."""

    __tablename__ = "risks"

    name: str | None = field("リスク内容", "Risk", required=True, search=True, synonyms=("リスク", "リスクの内容", "リスク名", "想定リスク", "事象"))
    number: str | None = field("リスク番号", "Risk number", search=True, synonyms=("No", "No.", "番号"))
    area: str | None = field("分野", "Area", AREA, synonyms=("リスク分野", "リスク区分"))
    lifecycle: str | None = field("局面", "Phase", LIFECYCLE, synonyms=("取扱いの局面", "ライフサイクル"))
    compliance_kind: str | None = field("類型", "Class of breach", COMPLIANCE_KIND)
    cause: str | None = field("原因", "Cause", LONG_TEXT, synonyms=("リスク源", "脅威・脆弱性", "要因"))
    consequence: str | None = field("結果・影響の内容", "Consequence", LONG_TEXT, synonyms=("結果", "影響の内容", "想定被害"))
    affects_c: bool | None = field("機密性への影響", "Confidentiality", FLAG, synonyms=("C", "機密性"))
    affects_i: bool | None = field("完全性への影響", "Integrity", FLAG, synonyms=("I", "完全性"))
    affects_a: bool | None = field("可用性への影響", "Availability", FLAG, synonyms=("A", "可用性"))
    identified_on: date | None = field("特定日", "Identified on", DATE, synonyms=("登録日", "評価日"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("identified_on"), index=True)

    scale: str | None = field("評価の尺度", "Scale", SCALE, section=Text("評価", "Assessment"), hint=Text("空欄は5×5です。", "Empty means 5×5."))
    likelihood: int | None = field("固有の発生可能性", "Inherent likelihood", MARK, synonyms=("発生可能性", "被害発生可能性", "発生頻度", "固有/発生可能性"))
    impact: int | None = field("固有の影響", "Inherent impact", MARK, synonyms=("影響", "影響度", "固有/影響", "固有/影響度"))
    inherent_score: int | None = field("固有リスク値", "Inherent score", COUNT, derive=risk.score("likelihood", "impact"))
    inherent_level: str | None = field("固有リスクの大きさ", "Inherent level", LEVEL, derive=risk.level("inherent_score"))
    existing_controls: str | None = field("既存の対策", "Existing controls", LONG_TEXT, synonyms=("現在の対策", "現状の対策", "既存対策"))

    treatment: str | None = field("対応方針", "Treatment", TREATMENT, section=Text("対応と受容", "Treatment and acceptance"), synonyms=("リスク対応", "対応区分"))
    next_action_on: date | None = field("次の対応期限", "Next action due", DATE, derive=risk.next_action, deadline=True)
    res_likelihood: int | None = field("残留の発生可能性", "Residual likelihood", MARK, synonyms=("残留/発生可能性", "対応後の発生可能性"))
    res_impact: int | None = field("残留の影響", "Residual impact", MARK, synonyms=("残留/影響", "残留/影響度", "対応後の影響度"))
    residual_score: int | None = field("残留リスク値", "Residual score", COUNT, derive=risk.score("res_likelihood", "res_impact"))
    residual_level: str | None = field("残留リスクの大きさ", "Residual level", LEVEL, derive=risk.level("residual_score"))
    accepted_by: str | None = field("受容者", "Accepted by", synonyms=("承認者", "リスク所有者の承認"))
    accepted_on: date | None = field("受容日", "Accepted on", DATE, synonyms=("承認日",))
    committee_on: date | None = field("リスク管理委員会への報告日", "Reported to the committee on", DATE, hint=Text(
        "残留リスクが高いものは、受容したあとに報告します。", "A high residual risk is reported once it is accepted."))
    last_reviewed_on: date | None = field("最終見直し日", "Last reviewed on", DATE, synonyms=("見直し日",))
    review_due_on: date | None = field("次回見直し日", "Review due", DATE, deadline=True, synonyms=("次回見直し",))


RISK_STATES = (
    state("identified", "特定", "Identified", Tone.GRAY, "edit_note"),
    state("assessed", "評価済み", "Assessed", Tone.BLUE, "fact_check"),
    state("treating", "対応中", "Being treated", Tone.BLUE, "pending"),
    state("residual_pending", "残留リスクの承認待ち", "Residual risk awaits acceptance", Tone.VIOLET, "approval"),
    state("accepted", "受容", "Accepted", Tone.GREEN, "check_circle"),
    state("monitored", "監視中", "Monitored", Tone.GREEN, "visibility"),
    state("closed", "終結", "Closed", Tone.GRAY, "task_alt"),
    state("reopened", "再評価", "Reopened", Tone.ORANGE, "undo"),
)

RISKS = Register(
    Risk, slug="risks", domain=SHARED, title=Text("リスク評価表", "Risks"), code="SHR-RSK", name="name",
    columns=("code", "name", "area", "unit_id", "inherent_score", "residual_score", "residual_level", "review_due_on", "status"),
    filters=("area", "unit_id", "inherent_level", "residual_level", "fiscal_year"), keys=(("number",), ("area", "name", "unit_id")),
    may=may(*KEEPERS, units=True),
    rows=(rows("actions", RiskAction, "対応計画", "Actions"),),
    links=(link_any("subjects", SUBJECTS, "対象", "Subjects"), link("controls", "controls", "管理策", "Controls")),
    workflow=Workflow(RISK_STATES, (
        move("assess", "評価する", "Assess", ("identified", "reopened"), "assessed", ACTING,
             needs=("area", "subjects", "cause", "consequence", "existing_controls", "likelihood", "impact"), guards=(risk.described,)),
        move("plan", "対応を始める", "Begin treatment", "assessed", "treating", ACTING, needs=("treatment",), guards=(risk.planned,)),
        move("propose", "残留リスクの承認を求める", "Ask for acceptance", ("treating", "assessed"), "residual_pending", ACTING,
             needs=("treatment", "res_likelihood", "res_impact"), guards=(risk.treated,)),
        move("accept", "残留リスクを受容する", "Accept the residual risk", "residual_pending", "accepted", ("unit_head", "privacy_manager", "ciso", "cro"),
             approves=True, guards=(risk.authority,), sets=risk.accepted),
        move("send_back", "差し戻す", "Send back", "residual_pending", "treating", ("unit_head", "privacy_manager", "ciso", "cro"), reason=True),
        move("monitor", "監視に移す", "Monitor", "accepted", "monitored", ACTING, guards=(risk.high_one_reported,)),
        move("review", "見直しを記録する", "Record a review", "monitored", None, ACTING, reason=True, sets=risk.reviewed),
        move("close", "終結する", "Close", ("accepted", "monitored"), "closed", (*KEEPERS, "unit_head"), reason=True, guards=(risk.high_one_reported,)),
        move("reopen", "再評価する", "Reopen", ("accepted", "monitored", "closed"), "reopened", ACTING, reason=True, sets=risk.reopened),
    ), closed=("closed",)),
    guards=(risk.on_the_scale, risk.frozen, risk.reviewed_in_time), synonyms={"note": ("備考",)},
    charts=(
        heat("固有リスク：発生可能性×影響（件）", "Inherent risk: likelihood × impact", by("likelihood"), by("impact"), levels=(5, 15)),
        heat("残留リスク：発生可能性×影響（件）", "Residual risk: likelihood × impact", by("res_likelihood"), by("res_impact"), levels=(5, 15)),
        arrows("残留リスクが高いもの：固有から残留へ", "High residual risks, from inherent to residual", "inherent_score", "residual_score",
               where={"residual_level": "high"}),
        scatter("固有リスク値と残留リスク値（1点が1件）", "Inherent and residual score, a point a risk", "inherent_score", "residual_score"),
        stacked("分野ごとの残留リスクの大きさ（件）", "Residual level by area", by("area"), by("residual_level")),
        stacked("部門ごとの状態（件）", "State by unit", by("unit_id"), by("status")),
        bars("次回見直しまで（件）", "Until the next review", due("review_due_on"), where={"status": ("accepted", "monitored")}),
    ),
)

# ------------------------------------------------------------------------------------------------ 教育


class TrainingCourse(Entry, table=True):
    """A course of the training plan: for whom, how, what it takes to pass."""

    __tablename__ = "training_courses"

    name: str | None = field("研修名", "Course", required=True, search=True, synonyms=("教育名", "研修・教育名", "講座名", "コース名"))
    area: str | None = field("分野", "Area", TRAINING_AREA, synonyms=("教育分野", "区分"))
    audience: str | None = field("対象者", "Audience", synonyms=("受講対象", "対象者の定義"))
    mandatory: bool | None = field("必須", "Mandatory", FLAG, synonyms=("必須の別", "受講必須"))
    method: str | None = field("方法", "Method", METHOD, synonyms=("実施方法", "形式"))
    cadence: str | None = field("頻度", "Cadence", CADENCE, synonyms=("実施頻度",))
    planned_months: str | None = field("実施予定月", "Planned months", synonyms=("実施時期", "予定月"))
    pass_score: int | None = field("合格点", "Pass score", COUNT, synonyms=("合格基準",))
    valid_months: int | None = field("有効期間（月）", "Valid for (months)", COUNT, synonyms=("有効期間",))
    within_days: int | None = field("着任後の受講期限（日）", "Days after arrival", COUNT, hint=Text("新任者に適用します。", "Applies to newcomers."))
    material: str | None = field("教材", "Material", synonyms=("テキスト", "使用教材"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR)


TRAINING_COURSES = Register(
    TrainingCourse, slug="training-courses", domain=SHARED, title=Text("教育計画", "Training courses"), code="SHR-CRS", name="name",
    columns=("code", "name", "area", "audience", "mandatory", "method", "planned_months", "pass_score", "status"),
    filters=("area", "mandatory", "fiscal_year"), keys=(("name", "fiscal_year"), ("name",)), may=may(*KEEPERS), synonyms={"note": ("備考",)},
    charts=(stacked("分野ごとの研修（件）", "Courses by area", by("area"), by("mandatory")),),
)


class TrainingResult(Row, table=True):
    """The result of one person, or of one unit in numbers."""

    __tablename__ = "training_session_results"

    unit: str | None = field("部門", "Unit")
    person: str | None = field("受講者", "Person", personal=True, hint=Text(
        "氏名は空欄でも、職員番号の代わりの記号でも構いません。", "A name is optional; a sign for it will do."))
    target: int | None = field("対象人数", "Targets", COUNT)
    excused: int | None = field("除外人数", "Excused", COUNT)
    attended: int | None = field("受講人数", "Attended", COUNT)
    passed: int | None = field("合格人数", "Passed", COUNT)
    taken_on: date | None = field("受講日", "Taken on", DATE)
    score: int | None = field("得点", "Score", COUNT)
    outcome: str | None = field("合否", "Outcome", OUTCOME)
    reason: str | None = field("未受講・除外の理由", "Why not")
    follow_up_on: date | None = field("フォロー期限", "Follow up by", DATE)


class TrainingSession(Entry, table=True):
    """One holding of a course: who was to come, came and passed."""

    __tablename__ = "training_sessions"

    title: str | None = field("研修名", "Title", required=True, search=True, synonyms=("教育名", "研修・教育名", "講座名", "名称", "件名"))
    course_id: int | None = ref("training-courses", "教育計画の研修", "Course")
    area: str | None = field("分野", "Area", TRAINING_AREA, synonyms=("教育分野", "区分"))
    audience: str | None = field("対象者", "Audience", synonyms=("受講対象", "対象"))
    method: str | None = field("方法", "Method", METHOD, synonyms=("実施方法", "形式"))
    planned_on: date | None = field("予定日", "Planned on", DATE, synonyms=("実施予定日",))
    held_on: date | None = field("実施日", "Held on", DATE, synonyms=("開催日", "実施年月日", "受講日", "期間/自"))
    period_end: date | None = field("受講期間の終わり", "Period, end", DATE, synonyms=("終了日", "受講期限", "期間/至"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("held_on", "planned_on"), index=True)
    pass_score: int | None = field("合格点", "Pass score", COUNT, synonyms=("合格基準", "合格ライン"))

    target_stated: int | None = field("対象人数", "Targets, as stated", COUNT, section=Text("人数", "Numbers"), synonyms=("対象者数", "受講対象者数", "対象数"),
                                      hint=Text("下の「結果」に内訳があるときは、内訳から数えます。", "Where there are results below, they are counted instead."))
    excused_stated: int | None = field("除外人数", "Excused, as stated", COUNT, synonyms=("免除人数", "除外者数"))
    attended_stated: int | None = field("受講人数", "Attended, as stated", COUNT, synonyms=("受講者数", "参加者数", "参加人数", "出席者数"))
    passed_stated: int | None = field("合格人数", "Passed, as stated", COUNT, synonyms=("合格", "合格者数", "修了者数"))
    excused_reason: str | None = field("除外の理由", "Why excused", LONG_TEXT)
    target_count: int | None = field("対象者数（集計）", "Targets", COUNT, derive=training.counted("target"))
    excused_count: int | None = field("除外者数（集計）", "Excused", COUNT, derive=training.counted("excused"))
    expected_count: int | None = field("受講すべき人数（集計）", "Expected", COUNT, derive=training.expected)
    attended_count: int | None = field("受講者数（集計）", "Attended", COUNT, derive=training.counted("attended"))
    passed_count: int | None = field("合格者数（集計）", "Passed", COUNT, derive=training.counted("passed"))
    attendance_rate: Decimal | None = field("受講率", "Attendance rate (%)", PERCENT, derive=percentage("attended_count", "expected_count"))
    pass_rate: Decimal | None = field("合格率", "Pass rate (%)", PERCENT, derive=percentage("passed_count", "attended_count"))

    follow_up: str | None = field("未受講者への対応", "Follow-up", LONG_TEXT, section=Text("フォロー", "Follow-up"),
                                  synonyms=("未受講者対応", "フォロー", "フォロー内容"))
    follow_up_due_on: date | None = field("フォロー期限", "Follow up by", DATE, synonyms=("フォローの期限",))
    next_due_on: date | None = field("次の期限", "Next date", DATE, derive=training.next_due, deadline=True)
    completed_on: date | None = field("完了日", "Completed on", DATE)
    reported_to: str | None = field("報告先", "Reported to")


SESSION_STATES = (
    state("planned", "計画", "Planned", Tone.GRAY, "edit_note"),
    state("open", "実施中", "Open", Tone.BLUE, "pending"),
    state("closing", "締切・集計", "Closing", Tone.BLUE, "fact_check"),
    state("follow_up", "未受講者フォロー", "Follow-up", Tone.ORANGE, "alarm"),
    state("completed", "完了", "Completed", Tone.GREEN, "check_circle"),
    state("reported", "報告済み", "Reported", Tone.GREEN, "task_alt"),
    state("cancelled", "中止", "Cancelled", Tone.GRAY, "block"),
)
TRAINERS = (*KEEPERS, *UNITS)

TRAINING_SESSIONS = Register(
    TrainingSession, slug="training-sessions", domain=SHARED, title=Text("教育実施記録", "Training sessions"), code="SHR-TRN", name="title",
    columns=("code", "title", "held_on", "audience", "target_count", "attendance_rate", "pass_rate", "next_due_on", "status"),
    filters=("area", "course_id", "method", "fiscal_year", "unit_id"), keys=(("title", "held_on", "audience"),), may=may(*KEEPERS, units=True),
    rows=(rows("results", TrainingResult, "結果", "Results"),), initial="closing",
    workflow=Workflow(SESSION_STATES, (
        move("open", "受講を始める", "Open", "planned", "open", TRAINERS, sets=stamped("held_on")),
        move("close_entries", "受講を締め切る", "Close", "open", "closing", TRAINERS, needs=("target_count", "attended_count")),
        move("follow", "未受講者のフォローを始める", "Follow up", "closing", "follow_up", TRAINERS, sets=training.followed),
        move("complete", "完了にする", "Complete", ("closing", "follow_up"), "completed", TRAINERS, needs=("target_count", "attended_count"),
             guards=(training.whole, training.excuses), sets=stamped("completed_on")),
        move("report", "委員会に報告する", "Report", "completed", "reported", KEEPERS, needs=("reported_to",)),
        move("cancel", "中止する", "Cancel", ("planned", "open"), "cancelled", TRAINERS, reason=True),
    ), closed=("completed",)),
    synonyms={"note": ("備考",)},
    charts=(
        bars("研修ごとの受講率（％）", "Attendance by course (%)", by("course_id"), value=ratio("attended_count", "expected_count"), target=100, unit=("％", "%")),
        bars("担当部門ごとの受講率（％）", "Attendance by unit (%)", by("unit_id"), value=ratio("attended_count", "expected_count"), target=100, unit=("％", "%")),
        bars("分野ごとの合格率（％）", "Passed by area (%)", by("area"), value=ratio("passed_count", "attended_count"), target=95, unit=("％", "%")),
        stacked("月ごとの研修（件）", "Sessions by month", month("held_on"), by("status")),
    ),
)

REGISTERS = (RISKS, TRAINING_COURSES, TRAINING_SESSIONS)
