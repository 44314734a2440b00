"""契約の監督: consents to subcontracting, and what the oversight committee reviews."""

from datetime import date
from decimal import Decimal

from grc.charts.declare import bars, bins, by, due, stacked
from grc.kinds import DATE, FISCAL_YEAR, FLAG, LONG_TEXT, PERCENT, YEN, Choice, Option
from grc.permissions import EDIT, Action, Grant
from grc.record import field, ref
from grc.register import Register
from grc.states import PUBLISHED, Tone, state
from grc.text import Text
from grc.workflow import Workflow, move
from registers.base import BUYERS, BUYERS_KEEP, OWN_COMMITTEE, PROCUREMENT, Entry
from registers.rules import contracts, decisions
from registers.rules import procurement as rules
from registers.rules.spans import fiscal_year_of

HEADS = ("procurement_head",)


class SubcontractingConsent(Entry, table=True):
    """再委託の承諾: what a supplier wants to hand on, to whom, and the body's answer (財計第2017号 2)."""

    __tablename__ = "subcontracting_consents"

    contract_id: int | None = ref("contracts", "契約", "Contract", required=True, synonyms=("契約件名", "契約番号"))
    subcontractor: str | None = field("再委託先", "Subcontractor", required=True, search=True, synonyms=("再委託先名", "再委託先名称"))
    scope: str | None = field("再委託する業務の範囲", "Scope of work", LONG_TEXT, required=True, search=True, synonyms=("業務範囲", "再委託業務"))
    necessity: str | None = field("再委託の必要性", "Why it is needed", LONG_TEXT, synonyms=("必要性", "理由"))
    amount: int | None = field("再委託の金額（円）", "Amount (yen)", YEN, synonyms=("金額", "再委託金額"))
    contract_amount: int | None = field("元の契約金額（円）", "Amount of the contract (yen)", YEN)
    share: Decimal | None = field("再委託の割合（計算値）", "Share, computed (%)", PERCENT, derive=rules.share)
    over_half: bool | None = field("半分を超える", "Over half", FLAG, derive=contracts.over_half)
    review_note: str | None = field("割合についての検討", "Why so much", LONG_TEXT, hint=Text(
        "半分を超える再委託を承諾するときに書きます。", "Asked for where more than half is handed on."))
    core_work: str | None = field("主たる部分の再委託", "Core work handed on", Choice("core-work", Option("none", "含まない", "None", ("なし", "無")), *(
        Option(id, text.ja, text.en) for id, text in contracts.CORE.items())))
    personal_data: bool | None = field("個人情報の取扱い", "Personal data", FLAG, section=Text("情報の取扱い", "Data handled"), synonyms=("個人情報",))
    my_number: bool | None = field("個人番号の取扱い", "Individual numbers", FLAG, synonyms=("個人番号", "特定個人情報"))
    first_entruster: str | None = field("最初の委託者", "First entruster", synonyms=("最初の委託元",))
    first_consent_on: date | None = field("最初の委託者の許諾日", "First entruster consented on", DATE)
    management: str | None = field("管理の方法", "How it is managed", LONG_TEXT, synonyms=("管理方法", "体制"))
    period_start: date | None = field("再委託期間（開始）", "Period, start", DATE, section=Text("期間と承諾", "Period and consent"))
    period_end: date | None = field("再委託期間（終了）", "Period, end", DATE, deadline=True)
    work_started_on: date | None = field("着手日", "Work began on", DATE, synonyms=("業務着手日",))
    requested_on: date | None = field("申請日", "Requested on", DATE)
    decided_on: date | None = field("承諾日", "Decided on", DATE, synonyms=("決定日",))
    conditions: str | None = field("承諾の条件", "Conditions", LONG_TEXT)


CONSENT_STATES = (
    state("requested", "申請", "Requested", Tone.YELLOW, "hourglass_empty"),
    state("reviewing", "審査中", "Under review", Tone.BLUE, "pending"),
    state("consented", "承諾", "Consented", Tone.GREEN, "check_circle"),
    state("conditional", "条件付き承諾", "Consented, with conditions", Tone.GREEN, "check_circle"),
    state("refused", "不承諾", "Refused", Tone.GRAY, "block"),
    state("expired", "期間満了", "Expired", Tone.GRAY, "event_busy"),
)

SUBCONTRACTING_CONSENTS = Register(
    SubcontractingConsent, slug="subcontracting-consents", domain=PROCUREMENT,
    title=Text("再委託の承諾", "Subcontracting consents"), code="PRC-SUB", name="subcontractor",
    columns=("code", "subcontractor", "contract_id", "amount", "share", "period_end", "status"),
    filters=("personal_data", "my_number", "over_half"), keys=(("contract_id", "subcontractor", "scope"),), may=BUYERS_KEEP,
    guards=(contracts.core_never, contracts.half_with_reason, contracts.first_entruster_first), effects=(contracts.begun_before_consent,),
    workflow=Workflow(CONSENT_STATES, (
        move("review", "審査を始める", "Begin the review", "requested", "reviewing", BUYERS, sets=contracts.contract_sum),
        move("consent", "承諾する", "Consent", "reviewing", "consented", HEADS, needs=("decided_on",), approves=True,
             effects=(contracts.begun_before_consent,)),
        move("consent_on_conditions", "条件を付けて承諾する", "Consent on conditions", "reviewing", "conditional", HEADS,
             needs=("decided_on", "conditions"), approves=True, effects=(contracts.begun_before_consent,)),
        move("refuse", "承諾しない", "Refuse", "reviewing", "refused", HEADS, reason=True, approves=True),
        move("expire", "期間満了にする", "Expire", ("consented", "conditional"), "expired", BUYERS),
    )),
    synonyms={"status": ("承諾の状況", "承諾")},
    charts=(bars("再委託の割合の分布", "Shares handed on", bins("share", 10, 20, 30, 40, 50), unit=("件", "consents")),
            stacked("再委託の承諾の状況", "Consents by state", by("status"), by("personal_data")),
            bars("再委託期間の終わり", "Ends of subcontracting", due("period_end"), where={"status": contracts.CONSENTED})),
)


class OversightReview(Entry, table=True):
    """契約監視委員会の審議: a contract that the committee selected, what it asked and thought, and the body's response."""

    __tablename__ = "oversight_reviews"

    title: str | None = field("審議案件", "Case", required=True, search=True, synonyms=("案件名", "件名", "契約件名", "案件"))
    contract_id: int | None = ref("contracts", "契約", "Contract", synonyms=("契約番号",))
    committee_id: int | None = ref("committees", "委員会", "Committee", synonyms=("委員会名",))
    meeting_id: int | None = ref("meetings", "会議", "Meeting", synonyms=("会議名",))
    round: str | None = field("審議の回", "Round", synonyms=("回",))
    selected_on: date | None = field("抽出日", "Selected on", DATE)
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("selected_on"))
    ground: str | None = field("抽出理由", "Selected for", Choice("oversight-ground", *(Option(id, text.ja, text.en) for id, text in contracts.GROUNDS.items())))
    other_grounds: str | None = field("ほかの抽出理由", "Other grounds", LONG_TEXT)
    explanation: str | None = field("案件の説明", "Explanation", LONG_TEXT, synonyms=("説明",))
    question: str | None = field("委員の質問", "Questions", LONG_TEXT, synonyms=("質問",))
    answer: str | None = field("質問への回答", "Answers", LONG_TEXT, synonyms=("回答",))
    opinion: str | None = field("委員会の意見", "Opinion", LONG_TEXT, synonyms=("意見",))
    response_due_on: date | None = field("対応の期限", "Response due", DATE, deadline=True)
    response: str | None = field("意見への対応", "Response", LONG_TEXT, synonyms=("対応", "措置状況"))
    summary: str | None = field("公表する議事概要", "Summary for publication", LONG_TEXT, synonyms=("議事概要",))
    published_on: date | None = field("公表日", "Published on", DATE)


OWN = Grant(frozenset({Action.VIEW, Action.DOWNLOAD}), scope=OWN_COMMITTEE)
KEEPERS = (*BUYERS, "secretariat")

OVERSIGHT_REVIEWS = Register(
    OversightReview, slug="oversight-reviews", domain=PROCUREMENT, title=Text("契約監視委員会の審議", "Oversight reviews"), code="PRC-OVR", name="title",
    columns=("code", "title", "contract_id", "round", "ground", "selected_on", "response_due_on", "status"), filters=("ground", "fiscal_year"),
    keys=(("contract_id", "round"), ("title", "round"), ("title",)), may={**BUYERS_KEEP, "secretariat": EDIT, "committee": OWN, "chair": OWN},
    guards=(decisions.of_the_meeting, contracts.ground_holds),
    workflow=Workflow((
        state("selected", "抽出", "Selected", Tone.GRAY, "filter_list"), state("explained", "説明済み", "Explained", Tone.BLUE, "pending"),
        state("discussed", "審議済み", "Discussed", Tone.BLUE, "forum"), state("opinion", "意見あり", "Opinion given", Tone.YELLOW, "rate_review"),
        state("responded", "対応済み", "Responded", Tone.VIOLET, "reply"), PUBLISHED,
    ), (
        move("explain", "案件を説明した", "Explain", "selected", "explained", BUYERS, needs=("explanation",)),
        move("discuss", "審議を記録する", "Record the discussion", "explained", "discussed", KEEPERS, needs=("question", "answer")),
        move("give_opinion", "意見を記録する", "Record the opinion", "discussed", "opinion", KEEPERS, needs=("opinion",)),
        move("respond", "対応を記録する", "Record the response", "opinion", "responded", BUYERS, needs=("response",)),
        move("publish", "議事概要を公表する", "Publish the summary", ("discussed", "responded"), "published", HEADS, needs=("summary",), approves=True,
             sets=contracts.published),
    )),
    charts=(bars("抽出理由別の審議案件", "Cases by ground", by("ground")), stacked("年度別の審議案件", "Cases by year", by("fiscal_year"), by("status"))),
)

REGISTERS = (SUBCONTRACTING_CONSENTS, OVERSIGHT_REVIEWS)
