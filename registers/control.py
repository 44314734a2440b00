"""内部統制: the yearly self-assessment of the six elements of internal control, unit by unit (統制自己評価)."""

from datetime import date
from decimal import Decimal

from grc.charts.declare import bars, by, heat, mean, share, stacked
from grc.kinds import DATE, DECIMAL, FISCAL_YEAR, FLAG, LONG_TEXT, Choice, Integer, Option
from grc.permissions import EDIT
from grc.record import Row, field, ref, rows
from grc.register import Register
from grc.states import Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import COMMITTEE, Entry, may
from registers.rules import control as rules
from registers.rules.stamps import dated

SCORE = Integer(low=1, high=4)
SCALE = Text("1 できていない、2 一部できていない、3 おおむねできている、4 できている", "1 not, 2 in part, 3 largely, 4 fully")
ELEMENT = Choice("control-element", *(Option(id, text.ja, text.en, rules.OTHER_WORDS.get(id, ())) for id, text in rules.ELEMENTS.items()))


class Question(Row, table=True):
    """設問: one question to a unit, with its scores."""

    __tablename__ = "control_self_assessments_questions"

    question: str | None = field("設問", "Question", required=True)
    design: int | None = field("整備状況", "Design", SCORE)
    operation: int | None = field("運用状況", "Operation", SCORE)
    basis: str | None = field("根拠", "Basis")


class Sample(Row, table=True):
    """抽出確認: what the audit side found when it looked behind the scores."""

    __tablename__ = "control_self_assessments_samples"

    sampled_on: date | None = field("確認日", "Looked at on", DATE, required=True)
    agrees: bool | None = field("評価は妥当", "The scores are right", FLAG, required=True)
    remark: str | None = field("所見", "Remark")


class ControlSelfAssessment(Entry, table=True):
    """統制自己評価: how a unit sees one element of internal control, what is weak and what will be done about it."""

    __tablename__ = "control_self_assessments"

    title: str | None = field("評価の名称", "Title", derive=rules.assessment_title, search=True)
    element: str | None = field("基本的要素", "Element", ELEMENT, required=True, synonyms=("要素", "統制要素"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, synonyms=("評価年度",))
    due_on: date | None = field("回答期限", "Answer due", DATE, deadline=True, synonyms=("期限",))
    purpose_effectiveness: bool | None = field("業務の有効性・効率性", "Effective and efficient work", FLAG, section=Text("目的", "Purposes"))
    purpose_compliance: bool | None = field("法令等の遵守", "Compliance", FLAG)
    purpose_assets: bool | None = field("資産の保全", "Safeguarding of assets", FLAG)
    purpose_reporting: bool | None = field("報告の信頼性", "Reliable reporting", FLAG)
    design: int | None = field("整備状況", "Design", SCORE, synonyms=("整備",), section=Text("評価", "Assessment"), hint=SCALE)
    operation: int | None = field("運用状況", "Operation", SCORE, synonyms=("運用",), hint=SCALE)
    design_mean: Decimal | None = field("整備状況（設問の平均）", "Design, mean", DECIMAL, derive=rules.mean_of("design"))
    operation_mean: Decimal | None = field("運用状況（設問の平均）", "Operation, mean", DECIMAL, derive=rules.mean_of("operation"))
    basis: str | None = field("評価の根拠", "Basis", LONG_TEXT, synonyms=("根拠",))
    issue: str | None = field("課題", "Issue", LONG_TEXT)
    improvement: str | None = field("改善計画", "Plan to improve", LONG_TEXT)
    answered_on: date | None = field("回答日", "Answered on", DATE, section=Text("確認と報告", "Review and report"))
    reviewed_on: date | None = field("確認日", "Reviewed on", DATE)
    reported_on: date | None = field("委員会報告日", "Reported on", DATE)
    meeting_id: int | None = ref("meetings", "報告した会議", "Reported to the meeting")
    sampled: bool | None = field("監査の抽出", "Sampled by audit", FLAG, derive=rules.sampled)


CONTROL_SELF_ASSESSMENTS = Register(
    ControlSelfAssessment, slug="control-self-assessments", domain=COMMITTEE, title=Text("統制自己評価", "Control self-assessments"),
    code="COM-CSA", name="title",
    columns=("code", "title", "unit_id", "fiscal_year", "design_mean", "operation_mean", "due_on", "sampled", "status"),
    filters=("element", "unit_id", "fiscal_year"), keys=(("fiscal_year", "unit_id", "element"), ("element", "unit_id")),
    may=may("risk_officer", units=True, secretariat=EDIT),
    rows=(rows("questions", Question, "設問ごとの評価", "Questions"), rows("samples", Sample, "監査の抽出確認", "Samples", append_only=True)),
    guards=(rules.one_each, rules.stands),
    workflow=Workflow((
        state("open", "回答待ち", "Awaiting the answer", Tone.YELLOW, "hourglass_empty"), state("answered", "回答済み", "Answered", Tone.VIOLET, "approval"),
        state("reviewed", "確認済み", "Reviewed", Tone.BLUE, "fact_check"), state("committee_reported", "委員会報告済み", "Reported", Tone.GREEN, "check_circle"),
    ), (
        move("answer", "部門として回答する", "Answer for the unit", "open", "answered", ("unit_head",),
             needs=("unit_id", "fiscal_year", "design_mean", "operation_mean", "basis"), guards=(rules.weak_has_a_plan,), sets=dated("answered_on")),
        move("review", "回答を確認した", "Review", "answered", "reviewed", ("risk_officer",), approves=True, sets=dated("reviewed_on")),
        move("return", "差し戻す", "Send back", ("answered", "reviewed"), "open", ("risk_officer",), reason=True),
        move("report", "委員会に報告した", "Report to the committee", "reviewed", "committee_reported", ("risk_officer", "secretariat"), sets=dated("reported_on")),
        move("sample", "抽出して確かめる", "Sample", ("answered", "reviewed", "committee_reported"), None, ("auditor", "audit_chief"), appends="samples"),
    ), closed=("committee_reported",)),
    charts=(heat("要素と部門ごとの運用状況", "Operation by element and unit", by("element"), by("unit_id"), value=mean("operation_mean")),
            heat("要素と部門ごとの整備状況", "Design by element and unit", by("element"), by("unit_id"), value=mean("design_mean")),
            stacked("部門別の回答の状況", "Assessments by unit", by("unit_id"), by("status")),
            bars("監査側が抽出した割合", "Share sampled by audit", by("element"), value=share("sampled"), target=10, unit=("％", "%"))),
)

REGISTERS = (CONTROL_SELF_ASSESSMENTS,)
