"""危機管理: incidents with their time line, what each regime asks to be reported of them, the meetings that look back (domain.md §6.1, §6.2)."""

from datetime import date, datetime

from grc.charts.declare import bars, by, due, lines, mean, month, share, stacked, total
from grc.kinds import COUNT, DATE, DATETIME, FISCAL_YEAR, FLAG, LONG_TEXT, MINUTES
from grc.record import Row, field, link, link_any, ref, rows
from grc.register import Compound, Register
from grc.states import Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import CRISIS, Entry, may
from registers.rules import breach, risk
from registers.rules import crisis as rules
from registers.rules import crisis_words as words
from registers.rules.stamps import stamped


class TimelineEntry(Row, table=True):
    """What happened when; written once."""

    __tablename__ = "incident_timeline"

    at: datetime | None = field("日時", "At", DATETIME, required=True)
    event: str | None = field("出来事・対応", "What happened", LONG_TEXT, required=True)
    by_whom: str | None = field("対応した人", "By whom")


class Incident(Entry, table=True):
    """What went wrong, or nearly: its times, its impact, its causes, and what was done."""

    __tablename__ = "incidents"

    title: str | None = field("件名", "Title", required=True, search=True, synonyms=("概要", "事案名", "事案の概要", "インシデント名", "インシデント概要", "事象"))
    kind: str | None = field("種別", "Kind", words.KIND, synonyms=("インシデント種別", "事案の種別", "分類", "区分", "Type"))
    severity: str | None = field("深刻度", "Severity", words.SEVERITY, synonyms=("重大度", "影響度", "レベル", "ランク"))
    summary: str | None = field("事案の内容", "What happened", LONG_TEXT, search=True, synonyms=("内容", "詳細", "経緯", "事実経過"))
    reporter: str | None = field("発見者", "Found by", personal=True, synonyms=("報告者", "発見者・報告者", "Reported by"))
    occurred_at: datetime | None = field("発生日時", "Occurred at", DATETIME, section=Text("日時", "Times"), synonyms=("発生日", "発生時刻"))
    known_at: datetime | None = field("覚知日時", "Known at", DATETIME, hint=Text("いずれかの部門が知った日時", "When any unit came to know"), synonyms=(
        "発覚日時", "発覚日", "検知日時", "検知日", "認知日時", "認知日", "判明日時", "判明日", "Detected at"))
    reported_at: datetime | None = field("報告日時", "Reported at", DATETIME, hint=Text("首脳への報告", "To the top"), synonyms=("首脳への報告日時", "報告日"))
    contained_at: datetime | None = field("暫定復旧日時", "Contained at", DATETIME, synonyms=("暫定復旧日", "封じ込め日時", "Containment at"))
    restored_at: datetime | None = field("完全復旧日時", "Restored at", DATETIME, synonyms=("復旧日時", "復旧日", "完全復旧日", "Resolved at"))
    closed_at: datetime | None = field("終息日時", "Over at", DATETIME, synonyms=("終息日", "収束日時", "収束日", "終結日", "完了日", "解決日", "Closed at"))
    known_on: date | None = field("覚知日（1日目）", "Known on (day 1)", DATE, derive=rules.known_on, index=True)
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=rules.incident_year, index=True)
    escalation_due_at: datetime | None = field("首脳報告の期限", "To the top by", DATETIME, derive=rules.escalation_due_at)
    escalated_in_time: bool | None = field("首脳報告が期限内", "To the top in time", FLAG, derive=rules.escalated_in_time)
    detect_min: int | None = field("覚知までの時間（分）", "Minutes until known", MINUTES, derive=rules.minutes_to_know)
    restore_min: int | None = field("復旧までの時間（分）", "Minutes until restored", MINUTES, derive=rules.minutes_to_restore)
    impact_residents: int | None = field("影響を受けた住民（人）", "Residents affected", COUNT, section=Text("影響", "Impact"), synonyms=("住民への影響", "影響住民数"))
    affected_bodies: int | None = field("影響を受けた団体数", "Bodies affected", COUNT, synonyms=("影響団体数", "影響自治体数"))
    downtime_min: int | None = field("停止時間（分）", "Downtime (minutes)", MINUTES, synonyms=("停止時間", "障害時間", "サービス停止時間"))
    processor_id: int | None = ref("processors", "委託先", "Processor", synonyms=("委託先名", "関係する委託先"))
    pi_involved: bool | None = field("個人情報への影響", "Personal data", FLAG, section=Text("個人情報", "Personal data"), synonyms=("個人情報", "Data breach"))
    affected_people: int | None = field("本人の数（人）", "Persons affected", COUNT, synonyms=("影響人数", "漏えい人数", "対象人数", "被害人数", "影響を受けた本人の数"))
    affected_people_max: int | None = field("本人の数の上限（人）", "Persons affected, at most", COUNT, synonyms=("最大人数", "影響人数（最大）"))
    counted_on: date | None = field("人数が判明した日", "Number known on", DATE, hint=Text("基準を超えたと知った日から数え直します", "The clock runs anew from it"))
    is_sensitive: bool | None = field("要配慮個人情報", "Sensitive data", FLAG)
    financial_risk: bool | None = field("財産的被害のおそれ", "Risk of financial harm", FLAG)
    malicious_suspected: bool | None = field("不正の目的のおそれ", "Malicious purpose suspected", FLAG)
    strong_encryption: bool | None = field("高度な暗号化", "Strong encryption", FLAG)
    entrusted: bool | None = field("受託業務", "Entrusted work", FLAG)
    is_specific_pi: bool | None = field("特定個人情報", "Specific personal information", FLAG, synonyms=("個人番号",))
    my_number_system: bool | None = field("番号利用事務等のシステム", "My Number system", FLAG)
    public_exposure: bool | None = field("不特定多数の閲覧", "Exposed to the public", FLAG)
    report_required: bool | None = field("漏えい等報告の要否", "Breach report required", FLAG, synonyms=("漏えい等報告", "報告要否", "Authority notification"))
    report_decided_on: date | None = field("要否を判断した日", "Decided on", DATE)
    cause: str | None = field("原因分類", "Class of cause", words.CAUSE, section=Text("原因と対策", "Cause and measures"), synonyms=("原因区分", "原因の分類"))
    root_cause: str | None = field("真因", "Root cause", LONG_TEXT, synonyms=("根本原因", "原因", "発生原因"))
    correction: str | None = field("応急対策", "Correction", LONG_TEXT, synonyms=("応急処置", "暫定対策", "一次対応", "対応内容", "対応"))
    permanent_actions: str | None = field("恒久対策", "Lasting measures", LONG_TEXT, synonyms=("再発防止策", "是正処置", "対策", "Corrective action"))
    published_on: date | None = field("公表日", "Published on", DATE)
    publication_url: str | None = field("公表の掲載先", "Published at", synonyms=("公表URL",))
    proposed_severity: str | None = field("引き下げ後の深刻度", "Severity asked for", words.SEVERITY, section=Text("深刻度の引き下げ", "Lowering the severity"))
    lowering_by: str | None = field("引き下げを申し出た人", "Asked by")
    lowering_reason: str | None = field("引き下げの理由", "Reason for lowering", LONG_TEXT)


INCIDENT_STATES = (
    state("detected", "検知", "Detected", Tone.RED, "notification_important"), state("triaged", "トリアージ済み", "Triaged", Tone.ORANGE, "rule"),
    state("responding", "対応中", "Responding", Tone.ORANGE, "emergency"), state("contained", "暫定復旧", "Contained", Tone.YELLOW, "shield"),
    state("recovered", "復旧", "Recovered", Tone.BLUE, "restart_alt"), state("reviewing", "検証中", "Under review", Tone.VIOLET, "troubleshoot"),
    state("closed", "終結", "Closed", Tone.GREEN, "check_circle"), state("false_alarm", "誤報", "False alarm", Tone.GRAY, "block"),
    state("reopened", "再開", "Reopened", Tone.ORANGE, "undo"))
GOING = ("detected", "triaged", "responding", "contained", "recovered", "reviewing", "reopened")
RESPONDERS, DESK, OFFICER = ("risk_officer", "security_office", "unit_user", "unit_head"), ("risk_officer", "security_office"), ("risk_officer",)

INCIDENTS = Register(
    Incident, slug="incidents", domain=CRISIS, title=Text("インシデント管理台帳", "Incidents"), code="CRS-INC", name="title",
    columns=("code", "title", "kind", "severity", "known_at", "unit_id", "affected_people", "report_required", "status"),
    filters=("severity", "kind", "fiscal_year", "unit_id"), keys=(("known_at", "title", "kind"),), may=may("risk_officer", "security_office", units=True),
    links=(link("systems", "systems", "対象システム", "Systems"),
           link_any("assets", ("personal-data-assets", "information-assets"), "影響を受けた資産", "Assets affected"),
           link("corrective_actions", "corrective-actions", "恒久対策の是正処置", "Corrective actions")),
    rows=(rows("timeline", TimelineEntry, "時系列", "Time line", append_only=True),),
    workflow=Workflow(INCIDENT_STATES, (
        move("triage", "深刻度を判定する", "Triage", "detected", "triaged", DESK, needs=("known_at", "kind", "severity", "unit_id")),
        move("respond", "対応を始める", "Begin to respond", ("triaged", "reopened"), "responding", RESPONDERS, appends="timeline"),
        move("contain", "暫定復旧を記録する", "Record containment", "responding", "contained", RESPONDERS, appends="timeline",
             sets=rules.from_timeline("contained_at")),
        move("recover", "完全復旧を記録する", "Record recovery", ("responding", "contained"), "recovered", RESPONDERS, appends="timeline",
             sets=rules.from_timeline("restored_at"), effects=(rules.plan_review,)),
        move("review", "検証を始める", "Begin the review", "recovered", "reviewing", DESK),
        move("close", "終結にする", "Close", ("triaged", "recovered", "reviewing"), "closed", OFFICER, needs=("cause", "pi_involved"), appends="timeline",
             sets=rules.from_timeline("closed_at"), guards=(rules.responded, rules.reviewed, rules.breach_decided)),
        move("write", "時系列に書き足す", "Add to the time line", GOING, None, RESPONDERS, appends="timeline"),
        move("report", "首脳への報告を記録する", "Record the report to the top", GOING, None, DESK, appends="timeline", sets=rules.from_timeline("reported_at")),
        move("decide", "漏えい等報告の要否を判断する", "Decide whether to report", (*GOING, "closed"), None, ("privacy_manager",), needs=("known_at", "pi_involved"),
             guards=(breach.questions_answered,), sets=breach.decided, effects=(breach.open_reports,)),
        move("ask_lowering", "深刻度の引き下げを申し出る", "Ask to lower the severity", GOING, None, (*DESK, "unit_head"), needs=("proposed_severity",),
             reason=True, guards=(rules.lowering_is_lower,), sets=rules.ask_lowering),
        move("approve_lowering", "引き下げを承認する", "Approve the lowering", GOING, None, ("risk_officer", "cro"), approves=True,
             guards=(rules.lowering_asked, rules.lowering_is_lower, rules.another_person), sets=rules.lower),
        move("keep_severity", "引き下げを認めない", "Keep the severity", GOING, None, ("risk_officer", "cro"), reason=True,
             guards=(rules.lowering_asked,), sets=rules.keep_severity),
        move("dismiss", "誤報にする", "Dismiss as a false alarm", ("detected", "triaged"), "false_alarm", DESK, reason=True),
        move("reopen", "再開する", "Reopen", ("closed", "false_alarm"), "reopened", OFFICER, reason=True, sets=rules.reopened),
    ), closed=("closed", "false_alarm")),
    compounds=(Compound(("状況", "状態", "対応状況", "ステータス", "State", "Status"), ("status",), rules.state_words(words.INCIDENT_WORDS)),),
    rules=rules.in_order, guards=(rules.no_silent_lowering, rules.only_by_moves("report_required", "report_decided_on", "lowering_by", "lowering_reason")),
    effects=(risk.reopen_risks, breach.reconsider), synonyms={"code": ("インシデント番号", "事案番号", "受付番号", "No", "ID"), "note": ("備考", "特記事項")},
    charts=(
        stacked("月別・深刻度別のインシデント", "Incidents by month and severity", month("known_on"), by("severity")),
        lines("復旧までの平均時間（MTTR）", "Mean time to restore (MTTR)", month("known_on"), value=mean("restore_min"), unit=("分", "min")),
        lines("覚知までの平均時間（MTTD）", "Mean time to know (MTTD)", month("known_on"), value=mean("detect_min"), unit=("分", "min")),
        stacked("種別・深刻度別のインシデント", "Incidents by kind and severity", by("kind"), by("severity")),
        bars("終結したインシデントの原因", "Causes of closed incidents", by("cause"), where={"status": "closed"}),
        bars("首脳への報告が期限内だった割合", "Reported to the top in time", by("severity"), value=share("escalated_in_time"), target=100)),
)


class BreachReport(Entry, table=True):
    """What one regime asks of one incident: the decision with its reason, the clocks, the report, the word to the persons."""

    __tablename__ = "breach_reports"

    title: str | None = field("件名", "Title", required=True, search=True, synonyms=("事案名", "事案"))
    incident_id: int | None = ref("incidents", "インシデント", "Incident", synonyms=("インシデント番号", "事案番号"))
    regime: str | None = field("根拠となる制度", "Regime", words.REGIME, required=True, synonyms=("制度", "根拠", "根拠法令", "報告の区分"))
    recipient: str | None = field("報告先", "Recipient", synonyms=("提出先",))
    is_required: bool | None = field("報告の要否", "To be reported", FLAG, synonyms=("要否",))
    why: str | None = field("判断の理由", "Reason", LONG_TEXT, synonyms=("理由",))
    decided_by: str | None = field("判断した人", "Decided by")
    known_on: date | None = field("知った日（1日目）", "Known on (day 1)", DATE, section=Text("期限", "Clocks"), synonyms=("知った日", "覚知日", "起算日"))
    preliminary_warn_on: date | None = field("速報の目安（3日目）", "Preliminary report, day 3", DATE)
    preliminary_due_on: date | None = field("速報の期限", "Preliminary report due", DATE)
    preliminary_sent_on: date | None = field("速報日", "Preliminary report sent", DATE, synonyms=("速報提出日", "速報の提出日"))
    final_due_on: date | None = field("確報の期限", "Final report due", DATE)
    final_sent_on: date | None = field("確報日", "Final report sent", DATE, synonyms=("確報提出日", "確報の提出日"))
    supplemented_on: date | None = field("追完日", "Supplemented on", DATE, synonyms=("追加報告日",))
    next_due_on: date | None = field("次の報告期限", "Next report due", DATE, deadline=True, derive=breach.next_due_on)
    on_time: bool | None = field("期限内の報告", "Reported in time", FLAG, derive=breach.on_time)
    receipt_no: str | None = field("受付番号", "Receipt number", search=True)
    outline: str | None = field("1 概要", "1 Outline", LONG_TEXT, section=Text("報告の内容（9項目）", "The nine items of the report"), synonyms=("概要",))
    items: str | None = field("2 個人データの項目", "2 Items of data", LONG_TEXT, synonyms=("漏えいした項目", "個人情報の項目"))
    people: int | None = field("3 本人の数（人）", "3 Persons", COUNT, synonyms=("本人の数", "人数"))
    cause: str | None = field("4 原因", "4 Cause", LONG_TEXT, synonyms=("原因",))
    secondary_harm: str | None = field("5 二次被害", "5 Secondary harm", LONG_TEXT, synonyms=("二次被害", "二次被害のおそれ"))
    response: str | None = field("6 本人への対応", "6 Response to the persons", LONG_TEXT, synonyms=("本人への対応", "本人対応"))
    publication: str | None = field("7 公表", "7 Publication", LONG_TEXT, synonyms=("公表", "公表の状況"))
    prevention: str | None = field("8 再発防止", "8 Prevention", LONG_TEXT, synonyms=("再発防止", "再発防止策"))
    other: str | None = field("9 その他", "9 Other", LONG_TEXT, synonyms=("その他",))
    notified_on: date | None = field("本人通知日", "Persons told on", DATE, section=Text("本人への通知（1・2・4・5・9）", "Word to the persons (1, 2, 4, 5, 9)"))
    notified_count: int | None = field("通知した人数", "Persons told", COUNT)
    notice_substitute: str | None = field("通知に代わる措置", "Instead of telling them", LONG_TEXT)


SENDERS, MANAGER, SECOND = ("privacy_manager", "risk_officer"), ("privacy_manager",), ("cro",)
ITEMS = ("outline", "items", "people", "cause", "secondary_harm", "response", "publication", "prevention")

BREACH_REPORTS = Register(
    BreachReport, slug="breach-reports", domain=CRISIS, title=Text("漏えい等報告", "Breach reports"), code="CRS-BRR", name="title",
    columns=("code", "title", "regime", "recipient", "next_due_on", "preliminary_sent_on", "final_sent_on", "on_time", "status"),
    filters=("regime", "on_time"), alarm=True, keys=(("incident_id", "regime", "known_on"), ("title", "regime", "known_on")), may=may("privacy_manager", "risk_officer"),
    workflow=Workflow((
        state("proposed", "判断の確認待ち", "Decision to be confirmed", Tone.VIOLET, "approval"), state("required", "要報告", "To be reported", Tone.RED, "campaign"),
        state("preliminary_sent", "速報済み", "Preliminary report sent", Tone.BLUE, "outgoing_mail"),
        state("final_due", "確報待ち", "Final report due", Tone.ORANGE, "schedule"), state("final_sent", "確報済み", "Final report sent", Tone.BLUE, "mark_email_read"),
        state("supplemented", "追完済み", "Supplemented", Tone.BLUE, "post_add"),
        state("closed", "完了", "Closed", Tone.GREEN, "check_circle"), state("not_required", "報告不要", "Not required", Tone.GRAY, "block"),
    ), (
        move("confirm", "報告すると確定する", "Confirm that it is reported", "proposed", "required", SECOND, approves=True, needs=("known_on", "why", "decided_by"),
             guards=(breach.asks_for_report, breach.second_person)),
        move("confirm_none", "報告しないと確定する", "Confirm that it is not reported", "proposed", "not_required", SECOND, approves=True, needs=("why", "decided_by"),
             guards=(breach.asks_for_none, breach.second_person)),
        move("send_preliminary", "速報を記録する", "Record the preliminary report", "required", "preliminary_sent", SENDERS, needs=("outline",),
             sets=stamped("preliminary_sent_on")),
        move("await_final", "確報の準備に移る", "Go on to the final report", "preliminary_sent", "final_due", SENDERS, needs=("final_due_on",)),
        move("send_final", "確報を記録する", "Record the final report", ("required", "preliminary_sent", "final_due"), "final_sent", SENDERS, needs=ITEMS,
             sets=stamped("final_sent_on")),
        move("supplement", "追完を記録する", "Record a supplement", ("final_sent", "supplemented"), "supplemented", SENDERS, reason=True,
             sets=stamped("supplemented_on")),
        move("close", "完了にする", "Close", ("preliminary_sent", "final_sent", "supplemented"), "closed", MANAGER,
             guards=(breach.reported_in_full, breach.people_told)),
    )),
    rules=breach.in_order, complete=breach.complete, synonyms={"note": ("備考",)},
    charts=(
        bars("次の報告期限までの近さ", "How near the next report is", due("next_due_on"),
             where={"status": ("proposed", "required", "preliminary_sent", "final_due")}),
        stacked("制度別・状態別の漏えい等報告", "Breach reports by regime and state", by("regime"), by("status")),
        bars("期限内に報告した割合", "Reported in time", by("regime"), value=share("on_time"), target=100)),
)


class Lesson(Row, table=True):
    """One lesson, and where it is to be spread."""

    __tablename__ = "incident_review_lessons"

    lesson: str | None = field("教訓", "Lesson", LONG_TEXT, required=True)
    units: str | None = field("横展開先", "Spread to")
    due_on: date | None = field("展開の期限", "Due", DATE)
    spread_on: date | None = field("展開した日", "Spread on", DATE)


class IncidentReview(Entry, table=True):
    """インシデント報告会: what happened, what went well and badly, what is learnt by whom."""

    __tablename__ = "incident_reviews"

    title: str | None = field("報告会名", "Title", required=True, search=True, synonyms=("件名", "名称", "議題"))
    planned_on: date | None = field("開催予定日", "Planned for", DATE, synonyms=("予定日",))
    held_on: date | None = field("開催日", "Held on", DATE, index=True, synonyms=("実施日",))
    due_on: date | None = field("開催の期限", "To be held by", DATE)
    review_due_on: date | None = field("未開催の期限", "Not held, due", DATE, deadline=True, derive=rules.review_due_on)
    chronology: str | None = field("事実経過", "Course of events", LONG_TEXT, synonyms=("経過", "経緯"))
    went_well: str | None = field("良かった点", "What went well", LONG_TEXT)
    problems: str | None = field("問題点", "Problems", LONG_TEXT, synonyms=("課題",))
    conclusion: str | None = field("まとめ", "Conclusion", LONG_TEXT, synonyms=("結論", "議事概要"))
    lessons_open: int | None = field("展開の済んでいない教訓", "Lessons not yet spread", COUNT, derive=rules.lessons_open)
    lessons_done: int | None = field("展開した教訓", "Lessons spread", COUNT, derive=rules.lessons_done)


INCIDENT_REVIEWS = Register(
    IncidentReview, slug="incident-reviews", domain=CRISIS, title=Text("インシデント報告会", "Incident reviews"), code="CRS-REV", name="title",
    columns=("code", "title", "planned_on", "held_on", "review_due_on", "lessons_open", "lessons_done", "status"), keys=(("title", "held_on"),),
    links=(link("incidents", "incidents", "対象事案", "Incidents"), link("units", "units", "参加部門", "Units taking part"),
           link("corrective_actions", "corrective-actions", "是正処置", "Corrective actions")),
    rows=(rows("lessons", Lesson, "教訓と横展開", "Lessons"),), may=may("risk_officer"),
    workflow=Workflow((
        state("scheduled", "開催予定", "Scheduled", Tone.YELLOW, "event"), state("held", "開催済み", "Held", Tone.BLUE, "groups"),
        state("minutes_approved", "議事承認済み", "Minutes approved", Tone.GREEN, "check_circle"),
    ), (
        move("hold", "開催を記録する", "Record that it was held", "scheduled", "held", OFFICER, needs=("incidents", "chronology", "problems"),
             guards=(rules.not_ahead,), sets=stamped("held_on")),
        move("approve_minutes", "議事を承認する", "Approve the minutes", "held", "minutes_approved", ("risk_officer", "cro"), needs=("lessons",), approves=True),
    )),
    initial="held", synonyms={"note": ("備考",)},
    charts=(bars("展開の済んでいない教訓", "Lessons not yet spread", month("held_on"), value=total("lessons_open")),
            bars("展開した教訓", "Lessons spread", month("held_on"), value=total("lessons_done")),
            bars("未開催の報告会の期限", "Reviews to be held", due("review_due_on"), where={"status": "scheduled"})),
)


REGISTERS = (INCIDENTS, BREACH_REPORTS, INCIDENT_REVIEWS)
