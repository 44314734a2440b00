"""訓練と業務継続: drills, what they showed to be improved, and how long a business may be down (domain.md §6.3, §6.4)."""

from datetime import date
from decimal import Decimal

from grc.charts.declare import bars, bullet, by, due, heat, month, share, total
from grc.kinds import COUNT, DATE, FISCAL_YEAR, FLAG, LONG_TEXT, MINUTES, PERCENT
from grc.record import Row, field, link, ref, rows
from grc.register import Compound, Register
from grc.states import IN_FORCE, UNDER_REVIEW, Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import CRISIS, Entry, may
from registers.rules import continuity as rules
from registers.rules import crisis_words as words
from registers.rules.crisis import not_ahead, state_words
from registers.rules.spans import fiscal_year_of
from registers.rules.stamps import stamped

TAKING_PLACE = ("planned", "prepared", "executed", "evaluated", "improving", "closed")
DRILLERS, LEADERS, OFFICER = ("risk_officer", "unit_user", "unit_head"), ("risk_officer", "unit_head"), ("risk_officer",)


class Improvement(Row, table=True):
    """What a drill showed to be improved."""

    __tablename__ = "drill_improvements"

    text: str | None = field("改善", "Improvement", LONG_TEXT, required=True)
    assignee: str | None = field("改善の担当", "By whom")
    due_on: date | None = field("期限", "Due", DATE)
    done_on: date | None = field("完了日", "Done on", DATE)
    next_check_on: date | None = field("次回検証日", "Checked next on", DATE)
    replanned: bool | None = field("次回訓練へ繰越", "Into the next drill", FLAG)


class DrillPhase(Row, table=True):
    """A phase of the sector-wide exercise."""

    __tablename__ = "drill_phases"

    phase: str | None = field("段階", "Phase", words.PHASE, required=True)
    content: str | None = field("内容", "Content", LONG_TEXT)
    done_on: date | None = field("終えた日", "Done on", DATE)


class Drill(Entry, table=True):
    """訓練: planned, held, evaluated, and improved upon."""

    __tablename__ = "drills"

    name: str | None = field("訓練名", "Name", required=True, search=True, synonyms=("名称", "訓練名称", "訓練の名称", "演習名", "件名"))
    kind: str | None = field("種別", "Kind", words.DRILL_KIND, synonyms=("訓練種別", "区分", "種類"))
    scope: str | None = field("対象", "Scope", search=True, synonyms=("対象範囲", "対象部門", "対象者"))
    scenario: str | None = field("シナリオ", "Scenario", LONG_TEXT, synonyms=("想定", "訓練想定"))
    format: str | None = field("形式", "Format", words.FORMAT, synonyms=("実施形式", "方法", "実施方法"))
    planned_on: date | None = field("予定日", "Planned for", DATE, synonyms=("実施予定日", "計画日"))
    postponed_to: date | None = field("延期後の予定日", "Postponed to", DATE, synonyms=("延期日",))
    held_on: date | None = field("実施日", "Held on", DATE, synonyms=("実施年月日", "開催日"))
    drill_on: date | None = field("実施日（予定を含む）", "Held or planned on", DATE, derive=rules.drill_on, index=True)
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("drill_on"), index=True)
    participants: int | None = field("参加者数", "Participants", COUNT, synonyms=("参加人数", "参加者"))
    target_count: int | None = field("対象者数", "Expected participants", COUNT, synonyms=("対象人数",))
    rto_target_min: int | None = field("復旧目標（分）", "Recovery objective (minutes)", MINUTES, section=Text("結果", "Results"), synonyms=(
        "復旧時間/目標", "復旧時間（目標）", "復旧時間（目標・分）", "目標復旧時間", "復旧目標時間", "目標時間", "RTO", "RTO/目標"))
    rto_actual_min: int | None = field("復旧実績（分）", "Recovered in (minutes)", MINUTES, synonyms=(
        "復旧時間/実績", "復旧時間（実績）", "復旧時間（実績・分）", "実績復旧時間", "復旧実績時間", "実績時間", "復旧時間", "復旧所要時間", "RTO/実績"))
    achieved: bool | None = field("目標の達成（計算値）", "Objective met, computed", FLAG, derive=rules.achieved)
    achieved_printed: str | None = field("目標の達成（記載）", "Objective met, as printed", words.MET, synonyms=("復旧時間/達成", "達成", "目標達成", "達成状況"))
    rating_contact: int | None = field("評価：連絡", "Rating: contact", words.RATING)
    rating_response: int | None = field("評価：初動", "Rating: first response", words.RATING)
    rating_decision: int | None = field("評価：判断", "Rating: decisions", words.RATING)
    rating_recovery: int | None = field("評価：復旧", "Rating: recovery", words.RATING)
    rating_publicity: int | None = field("評価：広報", "Rating: publicity", words.RATING)
    issues: str | None = field("主な課題", "Issues", LONG_TEXT, search=True, synonyms=("課題", "課題・問題点", "問題点"))
    improvement_count: int | None = field("改善項目数", "Number of improvements", COUNT, synonyms=("改善数", "改善件数"))
    improvements_open: int | None = field("未完了の改善", "Improvements open", COUNT, derive=rules.improvements_open)
    improvements_done: int | None = field("完了・繰越の改善", "Improvements settled", COUNT, derive=rules.improvements_done)
    report_due_on: date | None = field("実施報告の期限", "Report due", DATE)
    reported_on: date | None = field("実施報告日", "Reported on", DATE, synonyms=("報告日",))
    next_due_on: date | None = field("次の期限", "Next due", DATE, deadline=True, derive=rules.drill_due_on)


DRILLS = Register(
    Drill, slug="drills", domain=CRISIS, title=Text("訓練", "Drills"), code="CRS-DRL", name="name",
    columns=("code", "name", "kind", "scope", "drill_on", "rto_target_min", "rto_actual_min", "next_due_on", "status"),
    filters=("kind", "format", "fiscal_year"), keys=(("name", "scope", "held_on"), ("name", "scope", "fiscal_year")), may=may("risk_officer", units=True),
    links=(link("systems", "systems", "対象システム", "Systems"), link("units", "units", "参加部門", "Units taking part")),
    rows=(rows("improvements", Improvement, "改善", "Improvements"), rows("phases", DrillPhase, "演習の段階", "Phases of the exercise")),
    workflow=Workflow((
        state("planned", "計画", "Planned", Tone.GRAY, "event"), state("prepared", "準備済み", "Prepared", Tone.BLUE, "checklist"),
        state("executed", "実施済み", "Executed", Tone.BLUE, "directions_run"), state("evaluated", "評価済み", "Evaluated", Tone.VIOLET, "grading"),
        state("improving", "改善中", "Improving", Tone.YELLOW, "build"), state("closed", "終了", "Closed", Tone.GREEN, "check_circle"),
        state("postponed", "延期", "Postponed", Tone.ORANGE, "update"), state("cancelled", "中止", "Cancelled", Tone.GRAY, "block"),
    ), (
        move("prepare", "準備を終える", "Finish preparing", "planned", "prepared", DRILLERS, needs=("planned_on", "kind", "scenario")),
        move("execute", "実施を記録する", "Record that it was held", ("planned", "prepared"), "executed", DRILLERS,
             needs=("participants",), guards=(not_ahead,), sets=rules.held),
        move("evaluate", "評価して報告する", "Evaluate and report", "executed", "evaluated", LEADERS,
             needs=("rating_contact", "rating_response", "rating_decision", "issues"), sets=stamped("reported_on")),
        move("improve", "改善を始める", "Begin to improve", "evaluated", "improving", LEADERS, needs=("improvements",)),
        move("close", "終了にする", "Close", ("evaluated", "improving"), "closed", OFFICER, guards=(rules.improvements_settled, rules.phases_done)),
        move("postpone", "延期する", "Postpone", ("planned", "prepared"), "postponed", LEADERS, needs=("postponed_to",), reason=True,
             guards=(rules.postponed_later,)),
        move("replan", "計画し直す", "Plan again", "postponed", "planned", LEADERS, sets=rules.replanned),
        move("cancel", "中止する", "Cancel", ("planned", "prepared", "postponed"), "cancelled", ("unit_head",), reason=True),
    )),
    compounds=(Compound(("状況", "状態", "実施状況", "ステータス", "State", "Status"), ("status",), state_words(words.DRILL_WORDS)),),
    above=rules.drill_titles, synonyms={"note": ("備考", "摘要"), "unit_id": ("主管", "実施部門")},
    charts=(
        heat("訓練カレンダー", "Drill calendar", month("drill_on"), by("kind"), where={"status": TAKING_PLACE}),
        bullet("復旧目標と実績", "Recovery: objective and actual", "rto_target_min", "rto_actual_min", unit=("分", "min")),
        bars("目標時間内に復旧した割合", "Recovered within the objective", by("kind"), value=share("achieved"), target=80),
        bars("未完了の改善", "Improvements open", by("name"), value=total("improvements_open"), where={"status": ("executed", "evaluated", "improving")})),
)


class ContinuityItem(Entry, table=True):
    """業務影響分析: how long a business or system may be down, and how it is kept going."""

    __tablename__ = "continuity_items"

    name: str | None = field("業務・システム", "Business or system", required=True, search=True, synonyms=(
        "業務名", "業務", "対象業務", "重要業務", "システム名", "システム", "System", "Process"))
    system_id: int | None = ref("systems", "システム台帳", "System record")
    priority: str | None = field("優先度", "Priority", words.PRIORITY, synonyms=("重要度", "優先順位"))
    impact_1h: str | None = field("影響：1時間", "Impact: 1 hour", words.HARM, section=Text("影響と目標", "Impact and objectives"), synonyms=("1時間", "影響度/1時間"))
    impact_4h: str | None = field("影響：4時間", "Impact: 4 hours", words.HARM, synonyms=("4時間", "影響度/4時間"))
    impact_24h: str | None = field("影響：24時間", "Impact: 24 hours", words.HARM, synonyms=("24時間", "影響度/24時間"))
    impact_3d: str | None = field("影響：3日", "Impact: 3 days", words.HARM, synonyms=("3日", "影響度/3日"))
    impact_7d: str | None = field("影響：7日", "Impact: 7 days", words.HARM, synonyms=("7日", "影響度/7日"))
    mtpd_min: int | None = field("最大許容停止時間 MTPD（分）", "MTPD (minutes)", MINUTES, synonyms=("MTPD", "最大許容停止時間", "最大許容停止時間（MTPD）"))
    rto_min: int | None = field("目標復旧時間 RTO（分）", "RTO (minutes)", MINUTES, synonyms=("RTO", "目標復旧時間", "目標復旧時間（RTO）"))
    rpo_min: int | None = field("目標復旧時点 RPO（分）", "RPO (minutes)", MINUTES, synonyms=("RPO", "目標復旧時点", "目標復旧時点（RPO）"))
    rlo_pct: Decimal | None = field("目標復旧レベル RLO（％）", "RLO (%)", PERCENT, synonyms=("RLO", "目標復旧レベル", "目標復旧レベル（RLO）"))
    resources: str | None = field("必要資源", "Resources needed", LONG_TEXT, section=Text("備え", "Preparations"), synonyms=("必要な資源",))
    alternative: str | None = field("代替手段", "Alternative", LONG_TEXT)
    backup_site: str | None = field("バックアップ拠点", "Backup site", synonyms=("代替拠点",))
    procedure: str | None = field("切替手順書", "Switch-over procedure", synonyms=("手順書",))
    last_tested_on: date | None = field("最終検証日", "Last tested on", DATE, synonyms=("検証日", "最終訓練日"))
    drill_id: int | None = ref("drills", "検証した訓練", "Tested by drill")
    next_test_on: date | None = field("次の検証の期限", "To be tested by", DATE, deadline=True, derive=rules.next_test_on)


CONTINUITY_ITEMS = Register(
    ContinuityItem, slug="continuity-items", domain=CRISIS, title=Text("業務継続", "Continuity items"), code="CRS-BCP", name="name",
    columns=("code", "name", "priority", "mtpd_min", "rto_min", "rpo_min", "last_tested_on", "next_test_on", "status"),
    filters=("priority",), keys=(("name",),), may=may("risk_officer", units=True),
    workflow=Workflow((state("draft", "作成中", "Draft", Tone.GRAY, "edit_note"), IN_FORCE, UNDER_REVIEW), (
        move("approve", "承認する", "Approve", ("draft", "under_review"), "in_force", ("unit_head", "cro"), approves=True,
             needs=("mtpd_min", "rto_min", "rpo_min", "alternative")),
        move("revise", "見直しを始める", "Begin to revise", "in_force", "under_review", DRILLERS),
    )),
    initial="in_force", rules=rules.rto_within_mtpd, synonyms={"note": ("備考",)},
    charts=(bars("次の検証の期限", "Tests due", due("next_test_on")),
            bullet("最大許容停止時間と目標復旧時間", "MTPD and RTO", "mtpd_min", "rto_min", unit=("分", "min")),
            heat("優先度と24時間後の影響", "Priority and impact after 24 hours", by("priority"), by("impact_24h"))),
)


REGISTERS = (DRILLS, CONTINUITY_ITEMS)
