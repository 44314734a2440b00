"""委員会: committees and their members, meetings with agenda, decisions and action items, and the consultations of the three
statutory protection committees (諮問・答申).

Who sits on a committee sees the papers of that committee and of no other: every paper names its committee.
"""

from datetime import date, datetime

from grc.charts.declare import bars, by, due, gantt, month, share, stacked
from grc.kinds import COUNT, DATE, DATETIME, FISCAL_YEAR, FLAG, LONG_TEXT, Choice, Option
from grc.permissions import EDIT, Action, Grant
from grc.record import Row, field, link, ref, rows
from grc.register import Register
from grc.scope import Member
from grc.states import DRAFT, IN_PROGRESS, PUBLISHED, Tone, state
from grc.text import Text
from grc.workflow import KEPT, Workflow, move
from registers.base import COMMITTEE, MASTERS, OWN_COMMITTEE, Entry, may
from registers.rules import committees as rules
from registers.rules import decisions
from registers.rules.spans import fiscal_year_of
from registers.rules.stamps import dated

READ = frozenset({Action.VIEW, Action.DOWNLOAD})
OWN = Grant(READ, scope=OWN_COMMITTEE)
ITSELF = Grant(READ, scope=Member("id", "committee-members", "committee_id"))
ANSWERS = Grant(READ | {Action.EDIT, Action.ATTACH, Action.EXPORT}, own_unit=True)
PAPERS = may("secretariat", readers=("cro", "risk_officer"), committee=OWN, chair=OWN, ciso=OWN, privacy_manager=OWN)
"""The chairs of internal committees are the body's own officers: they too see what is theirs."""
OFFICE, CHAIRS, REVIEWERS = ("secretariat",), ("chair", "cro", "ciso"), ("secretariat", "risk_officer")

KIND = Choice(
    "committee-kind", Option("internal", "内部の委員会", "Internal committee", ("内部",)),
    Option("external_experts", "外部有識者の委員会", "Committee of external experts", ("外部有識者",)),
    Option("statutory", "法定の委員会", "Statutory committee", ("法定",)), Option("meeting", "会議", "Meeting", ("報告会",)),
    Option("external_forum", "外部との協議会", "Forum with others", ("協議会",)))
QUORUM = Choice("quorum-rule", Option("number", "人数", "A number"), Option("majority", "過半数", "More than half"),
                Option("half", "二分の一以上", "Half", ("半数以上", "1/2以上")), Option("two_thirds", "三分の二以上", "Two thirds", ("2/3以上",)))
SCOPE = Choice("protected-scope", Option("none", "なし", "None"), Option("identity_info", "本人確認情報", "Identity information"),
               Option("cert_info", "認証業務情報", "Certification information"), Option("specific_pi", "特定個人情報", "Specific personal information"))


class Committee(Entry, table=True):
    """委員会: a committee, council or standing meeting, with its remit and its rule of quorum."""

    __tablename__ = "committees"

    number: str | None = field("委員会番号", "Committee number", search=True, synonyms=("committee_id", "委員会ID"))
    name: str | None = field("委員会名", "Name", required=True, search=True, synonyms=("名称", "委員会", "会議名"))
    name_en: str | None = field("英語名", "English name", search=True)
    kind: str | None = field("委員会の種類", "Kind", KIND, synonyms=("種類", "区分"))
    remit: str | None = field("所掌", "Remit", LONG_TEXT, synonyms=("所掌事項", "目的"))
    members: str | None = field("構成", "Composition", synonyms=("構成員", "委員構成"))
    cadence: str | None = field("開催頻度（規程等の記載）", "How often, as printed", synonyms=("cadence_in_seed", "開催頻度", "頻度"))
    min_meetings_per_fy: int | None = field("年度の最低開催回数（目安）", "Fewest meetings in a year, suggested", COUNT, synonyms=(
        "suggested_min_meetings_per_fy", "最低開催回数"), hint=Text(
        "規程に回数の定めがなければ、空欄か、決めた目安を入れます。", "Leave it empty where no rule gives a number."))
    legal_basis: str | None = field("設置の根拠", "Legal basis", synonyms=("根拠法令", "設置根拠", "根拠"))
    area: str | None = field("分野", "Area")
    source_section: str | None = field("年度計画の該当箇所", "Section of the plan")
    protected_scope: str | None = field("保護する情報", "Protected information", SCOPE, synonyms=("保護の対象",))
    quorum_rule: str | None = field("定足数の定め", "Rule of quorum", QUORUM, section=Text("定足数", "Quorum"))
    quorum_num: int | None = field("定足数（人数）", "Quorum, as a number", COUNT, synonyms=("定足数",))
    proxies_count: bool | None = field("代理出席を定足数に数える", "Proxies count for the quorum", FLAG)


COMMITTEES = Register(
    Committee, slug="committees", domain=MASTERS, title=Text("委員会", "Committees"), code="MST-COM", name="name",
    columns=("code", "number", "name", "kind", "area", "cadence", "min_meetings_per_fy", "protected_scope", "status"),
    filters=("kind", "protected_scope"), keys=(("number",), ("name",)), workflow=KEPT, complete=rules.scoped,
    may=may("secretariat", "risk_officer", admin=EDIT, committee=ITSELF, chair=ITSELF),
    charts=(bars("種類別の委員会の数", "Committees by kind", by("kind")),),
)


class Recusal(Row, table=True):
    """除斥: what a member does not decide on."""

    __tablename__ = "committee_members_recusals"

    subject: str | None = field("除斥となる案件", "Subject", required=True)
    reason: str | None = field("理由", "Reason", personal=True)


class CommitteeMember(Entry, table=True):
    """委員名簿: who sits on a committee, in which role, for which term; the account by which its papers are seen."""

    __tablename__ = "committee_members"

    name: str | None = field("氏名", "Name", required=True, search=True, synonyms=("委員名", "委員"))
    committee_id: int | None = ref("committees", "委員会", "Committee", required=True, synonyms=("委員会名",))
    role: str | None = field("役割", "Role", Choice(
        "committee-role", Option("chair", "委員長", "Chair", ("座長", "会長")), Option("member", "委員", "Member"),
        Option("secretary", "幹事・事務局", "Secretary", ("幹事", "事務局"))), synonyms=("役職区分",))
    affiliation: str | None = field("所属・職名", "Affiliation", search=True, synonyms=("所属", "職名", "役職"))
    account: str | None = field("利用者名", "Account", hint=Text("サインインに使う名前", "The name used to sign in"))
    term_start: date | None = field("任期（開始）", "Term, start", DATE, synonyms=("就任日", "委嘱日", "任期/自"))
    term_end: date | None = field("任期（終了）", "Term, end", DATE, deadline=True, synonyms=("任期満了日", "任期/至"))
    contact: str | None = field("連絡先", "Contact", personal=True)


COMMITTEE_MEMBERS = Register(
    CommitteeMember, slug="committee-members", domain=COMMITTEE, title=Text("委員名簿", "Committee members"), code="COM-MBR", name="name",
    columns=("code", "name", "committee_id", "role", "affiliation", "term_start", "term_end", "status"), filters=("committee_id", "role"),
    keys=(("committee_id", "name", "term_start"), ("committee_id", "name")), may=PAPERS,
    rows=(rows("recusals", Recusal, "除斥", "Recusals"),),
    guards=(rules.term_in_order, rules.account_known, rules.one_chair),
    workflow=Workflow((state("serving", "在任", "Serving", Tone.GREEN, "check_circle"), state("retired", "退任", "Retired", Tone.GRAY, "logout")), (
        move("retire", "退任を記録する", "Record the retirement", "serving", "retired", OFFICE, reason=True, sets=rules.term_ends),)),
    charts=(stacked("委員会別の委員の数", "Members by committee", by("committee_id"), by("role"), where={"status": "serving"}),
            stacked("委員の任期", "Terms of members", due("term_end"), by("committee_id"), where={"status": "serving"})),
)


class Attendance(Row, table=True):
    """出欠: how a member took part in a meeting."""

    __tablename__ = "meetings_attendance"

    name: str | None = field("委員名", "Member", required=True)
    attendance: str | None = field("出欠", "Attendance", Choice(
        "attendance", Option("present", "出席", "Present", ("○", "回答あり")), Option("online", "Web出席", "Present online", ("オンライン出席",)),
        Option("proxy", "代理出席", "By proxy", ("代理",)), Option("absent", "欠席", "Absent", ("×",)),
        Option("observer", "陪席", "Observer", ("オブザーバー", "説明者"))), required=True)
    remark: str | None = field("備考", "Remark")


class Meeting(Entry, table=True):
    """委員会の開催: a meeting as planned and held, who was there, and its minutes until they are approved and published."""

    __tablename__ = "meetings"

    name: str | None = field("会議名", "Meeting", required=True, search=True, synonyms=("名称", "会議"))
    committee_id: int | None = ref("committees", "委員会", "Committee", required=True, synonyms=("委員会名",))
    number: int | None = field("回", "Number in the year", COUNT, synonyms=("第何回", "開催回", "回数"))
    planned_on: date | None = field("開催予定日", "Planned for", DATE, synonyms=("予定日",))
    held_at: datetime | None = field("開催日時", "Held at", DATETIME, synonyms=("日時", "開催日"))
    held_on: date | None = field("開催日（計算値）", "Held on", DATE, derive=rules.held_on, index=True)
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("held_on", "planned_on"))
    place: str | None = field("場所", "Place", synonyms=("開催場所", "会場"))
    format: str | None = field("開催形式", "Format", Choice(
        "meeting-format", Option("in_person", "対面", "In person", ("参集",)), Option("online", "Web会議", "Online", ("Web", "オンライン")),
        Option("hybrid", "対面とWeb", "Hybrid", ("併用",)), Option("circulated", "持回り", "Circulated", ("持ち回り", "書面", "書面開催"))), synonyms=("形式",))
    disclosure: str | None = field("公開区分", "Open to the public", Choice(
        "meeting-disclosure", Option("open", "公開", "Open"), Option("summary", "議事要旨を公開", "Summary published", ("要旨公開",)),
        Option("closed", "非公開", "Closed")))
    papers: str | None = field("配付資料", "Papers", LONG_TEXT, synonyms=("資料",))
    quorum_needed: int | None = field("必要な出席者数", "Quorum", COUNT, synonyms=("定足数",), section=Text("出席", "Attendance"))
    attended: int | None = field("出席者数（人数だけの記録）", "Present, where only a number is recorded", COUNT, synonyms=("出席者数", "出席"))
    present_count: int | None = field("出席者数（計算値）", "Present", COUNT, derive=rules.present_count)
    proxy_count: int | None = field("代理出席者数（計算値）", "By proxy", COUNT, derive=rules.proxy_count)
    minutes: str | None = field("議事録", "Minutes", LONG_TEXT, synonyms=("議事内容",), section=Text("議事録", "Minutes"))
    summary: str | None = field("議事要旨", "Summary for publication", LONG_TEXT, synonyms=("議事概要",))
    minutes_due_on: date | None = field("議事録案の期限", "Draft of minutes due", DATE)
    approval_due_on: date | None = field("議事録承認の期限", "Approval of minutes due", DATE)
    drafted_on: date | None = field("議事録案の作成日", "Drafted on", DATE)
    reviewed_on: date | None = field("議事録案の確認日", "Reviewed on", DATE)
    approved_on: date | None = field("議事録の承認日", "Approved on", DATE, synonyms=("承認日",))
    published_on: date | None = field("公表日", "Published on", DATE)
    due_on: date | None = field("次の期限", "Next deadline", DATE, derive=rules.next_due, deadline=True)
    drafted_in_time: bool | None = field("議事録案は期限内", "Minutes drafted in time", FLAG, derive=rules.drafted_in_time)


HELD = ("held", "minutes_drafted", "minutes_reviewed", "minutes_approved", "published")

MEETINGS = Register(
    Meeting, slug="meetings", domain=COMMITTEE, title=Text("委員会の開催", "Meetings"), code="COM-MTG", name="name",
    columns=("code", "name", "committee_id", "held_on", "present_count", "quorum_needed", "due_on", "status"),
    filters=("committee_id", "fiscal_year", "format"), keys=(("committee_id", "fiscal_year", "number"), ("name",)), may=PAPERS,
    rows=(rows("attendance", Attendance, "出欠", "Attendance"),),
    guards=(rules.number_free, rules.keeps_its_committee, rules.keeps_its_decisions, rules.approved_stand), effects=(rules.approval_by_next,),
    workflow=Workflow((
        state("planned", "開催予定", "Planned", Tone.GRAY, "event"), state("held", "開催済み", "Held", Tone.BLUE, "groups"),
        state("minutes_drafted", "議事録案", "Minutes drafted", Tone.BLUE, "edit_note"),
        state("minutes_reviewed", "議事録の承認待ち", "Minutes await approval", Tone.VIOLET, "approval"),
        state("minutes_approved", "議事録承認済み", "Minutes approved", Tone.GREEN, "check_circle"), PUBLISHED,
        state("cancelled", "中止", "Cancelled", Tone.GRAY, "block"),
    ), (
        move("hold", "開催を記録する", "Record the meeting", "planned", "held", OFFICE, needs=("held_at",), guards=(rules.attended,), sets=rules.held),
        move("draft", "議事録の案を出す", "Draft the minutes", "held", "minutes_drafted", OFFICE, needs=("minutes",), sets=dated("drafted_on")),
        move("review", "議事録の案を確認した", "Review the minutes", "minutes_drafted", "minutes_reviewed", REVIEWERS, sets=dated("reviewed_on")),
        move("approve", "議事録を承認する", "Approve the minutes", "minutes_reviewed", "minutes_approved", CHAIRS, approves=True,
             guards=(rules.by_its_chair,), sets=dated("approved_on")),
        move("publish", "議事要旨を公表する", "Publish the summary", "minutes_approved", "published", OFFICE, needs=("summary",),
             guards=(rules.open_to_the_public,), sets=dated("published_on")),
        move("return", "議事録の案を差し戻す", "Send the minutes back", ("minutes_drafted", "minutes_reviewed"), "held", (*REVIEWERS, *CHAIRS),
             reason=True, sets=rules.undrafted),
        move("take_back", "訂正のため戻す", "Take back to correct", ("minutes_approved", "published"), "held", (*OFFICE, *CHAIRS), reason=True, sets=rules.undrafted),
        move("cancel", "中止する", "Cancel", "planned", "cancelled", OFFICE, reason=True),
    ), closed=("minutes_approved", "published")),
    charts=(stacked("委員会別の開催回数", "Meetings by committee", by("committee_id"), by("status"), where={"status": HELD}),
            bars("月別の開催回数", "Meetings by month", month("held_on"), where={"status": HELD}),
            bars("議事録の案を期限内に作った割合", "Minutes drafted in time", by("committee_id"), value=share("drafted_in_time"), target=100, unit=("％", "%"))),
)


class ItemRecusal(Row, table=True):
    """A member who does not decide on this item."""

    __tablename__ = "agenda_items_recusals"

    name: str | None = field("委員名", "Member", required=True)
    reason: str | None = field("理由", "Reason", personal=True)


class AgendaItem(Entry, table=True):
    """議題: what a meeting deliberated, heard or approved, with its papers and conclusion."""

    __tablename__ = "agenda_items"

    title: str | None = field("議題", "Item", required=True, search=True, synonyms=("件名", "議事", "案件"))
    committee_id: int | None = ref("committees", "委員会", "Committee", required=True, synonyms=("委員会名",))
    meeting_id: int | None = ref("meetings", "会議", "Meeting", required=True, synonyms=("会議名",))
    number: int | None = field("議題の番号", "Number", COUNT, synonyms=("番号", "議題番号"))
    kind: str | None = field("審議・報告の別", "Kind", Choice(
        "agenda-kind", Option("deliberation", "審議", "Deliberation", ("審議事項",)), Option("report", "報告", "Report", ("報告事項",)),
        Option("approval", "承認", "Approval", ("承認事項", "決議事項"))), synonyms=("種別", "区分"))
    presenter: str | None = field("説明者", "Presenter", synonyms=("報告者",))
    papers: str | None = field("資料", "Papers", LONG_TEXT, synonyms=("資料名",))
    conclusion: str | None = field("結論", "Conclusion", LONG_TEXT, synonyms=("審議結果", "結果"))


AGENDA_ITEMS = Register(
    AgendaItem, slug="agenda-items", domain=COMMITTEE, title=Text("議題", "Agenda items"), code="COM-AGD", name="title",
    columns=("code", "title", "committee_id", "meeting_id", "number", "kind", "presenter", "status"), filters=("committee_id", "meeting_id", "kind"),
    keys=(("meeting_id", "number"), ("meeting_id", "title")), may=PAPERS, rows=(rows("recusals", ItemRecusal, "除斥", "Recusals"),),
    guards=(decisions.of_the_meeting, decisions.quorate_item),
    workflow=Workflow((
        state("listed", "上程", "Listed", Tone.BLUE, "list_alt"), state("concluded", "結論済み", "Concluded", Tone.GREEN, "check_circle"),
        state("continued", "継続審議", "Continued", Tone.ORANGE, "update"), state("withdrawn", "取下げ", "Withdrawn", Tone.GRAY, "block"),
    ), (
        move("conclude", "結論を記録する", "Record the conclusion", "listed", "concluded", OFFICE, needs=("kind", "conclusion")),
        move("continue", "継続審議にする", "Continue at a later meeting", "listed", "continued", OFFICE, reason=True),
        move("withdraw", "取り下げる", "Withdraw", "listed", "withdrawn", OFFICE, reason=True),
    )),
    charts=(stacked("委員会別の議題の数", "Agenda items by committee", by("committee_id"), by("kind")),
            stacked("議題の結果", "What became of agenda items", by("kind"), by("status"))),
)


class Resolution(Entry, table=True):
    """決議: what a committee decided, by which votes, on which conditions, from when."""

    __tablename__ = "resolutions"

    title: str | None = field("決議の件名", "Subject", required=True, search=True, synonyms=("件名", "決議事項"))
    committee_id: int | None = ref("committees", "委員会", "Committee", required=True, synonyms=("委員会名",))
    meeting_id: int | None = ref("meetings", "会議", "Meeting", required=True, synonyms=("会議名",))
    agenda_item_id: int | None = ref("agenda-items", "議題", "Agenda item")
    text: str | None = field("決議文", "Text", LONG_TEXT, synonyms=("決議内容", "決定事項"))
    votes_for: int | None = field("賛成", "For", COUNT, synonyms=("賛成数",))
    votes_against: int | None = field("反対", "Against", COUNT, synonyms=("反対数",))
    votes_abstain: int | None = field("棄権", "Abstentions", COUNT, synonyms=("棄権数",))
    conditions: str | None = field("条件", "Conditions", LONG_TEXT, synonyms=("付帯条件", "附帯意見"))
    resolved_on: date | None = field("決議日", "Resolved on", DATE)
    effective_on: date | None = field("効力が生じる日", "Effective on", DATE, synonyms=("効力日", "施行日"))
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("resolved_on"))


RESOLUTIONS = Register(
    Resolution, slug="resolutions", domain=COMMITTEE, title=Text("決議", "Resolutions"), code="COM-RES", name="title",
    columns=("code", "title", "committee_id", "meeting_id", "resolved_on", "effective_on", "status"), filters=("committee_id", "fiscal_year"),
    keys=(("meeting_id", "title"),), may=PAPERS, guards=(decisions.of_the_meeting, decisions.quorate_resolution, decisions.stands),
    workflow=Workflow((
        DRAFT, state("adopted", "可決", "Adopted", Tone.GREEN, "check_circle"),
        state("conditional", "条件付き可決", "Adopted on conditions", Tone.GREEN, "check_circle"),
        state("rejected", "否決", "Rejected", Tone.GRAY, "block"), state("repealed", "廃止", "Repealed", Tone.GRAY, "history_toggle_off"),
    ), (
        move("adopt", "可決を記録する", "Record the adoption", "draft", "adopted", OFFICE, needs=("text",), guards=(decisions.carried,), sets=decisions.resolved),
        move("adopt_on_conditions", "条件付き可決を記録する", "Record the adoption on conditions", "draft", "conditional", OFFICE,
             needs=("text", "conditions"), guards=(decisions.carried,), sets=decisions.resolved),
        move("reject", "否決を記録する", "Record the rejection", "draft", "rejected", OFFICE, sets=decisions.resolved),
        move("repeal", "廃止を記録する", "Record the repeal", ("adopted", "conditional"), "repealed", OFFICE, reason=True),
    ), closed=("adopted", "conditional")),
    charts=(stacked("委員会別の決議の数", "Resolutions by committee", by("committee_id"), by("status")),
            bars("月別の決議の数", "Resolutions by month", month("resolved_on"))),
)


class CarryOver(Row, table=True):
    """繰越し: a later deadline, and why."""

    __tablename__ = "action_items_carry_overs"

    due_after: date | None = field("新しい期限", "New deadline", DATE, required=True)
    reason: str | None = field("繰り越す理由", "Reason", required=True)


class ActionItem(Entry, table=True):
    """宿題: what a committee asked for, of whom, by when, and the answer."""

    __tablename__ = "action_items"

    title: str | None = field("宿題の内容", "What is asked for", required=True, search=True, synonyms=("内容", "宿題", "指摘事項", "件名"))
    committee_id: int | None = ref("committees", "委員会", "Committee", required=True, synonyms=("委員会名",))
    meeting_id: int | None = ref("meetings", "会議", "Meeting", synonyms=("会議名",))
    agenda_item_id: int | None = ref("agenda-items", "議題", "Agenda item")
    asked_by: str | None = field("発言者", "Asked by", synonyms=("指摘者",))
    due_on: date | None = field("当初の期限", "First deadline", DATE, synonyms=("期限", "回答期限"))
    due_now: date | None = field("いまの期限", "Deadline now", DATE, derive=decisions.due_now, deadline=True)
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("due_on"))
    answer: str | None = field("回答", "Answer", LONG_TEXT, synonyms=("対応状況", "対応"), section=Text("回答", "Answer"))
    answered_on: date | None = field("回答日", "Answered on", DATE)
    answered_by: str | None = field("回答者", "Answered by")
    in_time: bool | None = field("当初の期限内に回答", "Answered by the first deadline", FLAG, derive=decisions.answered_in_time)
    confirmed_on: date | None = field("確認日", "Confirmed on", DATE)


UNITS = ("unit_user", "unit_head", *OFFICE)
OPEN = ("open", "in_progress", "carried_over")

ACTION_ITEMS = Register(
    ActionItem, slug="action-items", domain=COMMITTEE, title=Text("宿題", "Action items"), code="COM-ACT", name="title",
    columns=("code", "title", "committee_id", "meeting_id", "unit_id", "due_now", "answered_on", "status"), filters=("committee_id", "unit_id", "fiscal_year"),
    keys=(("committee_id", "title", "due_on"), ("committee_id", "title")), may={**PAPERS, "unit_user": ANSWERS, "unit_head": ANSWERS},
    rows=(rows("carry_overs", CarryOver, "繰越し", "Carried over", append_only=True),), guards=(decisions.of_the_meeting,),
    workflow=Workflow((
        state("open", "未着手", "Open", Tone.GRAY, "radio_button_unchecked"), IN_PROGRESS,
        state("answered", "回答済み", "Answered", Tone.VIOLET, "mark_chat_read"), state("confirmed", "確認済み", "Confirmed", Tone.GREEN, "check_circle"),
        state("carried_over", "繰越し", "Carried over", Tone.ORANGE, "update"),
    ), (
        move("start", "対応を始める", "Begin", ("open", "carried_over"), "in_progress", UNITS, needs=("due_on",)),
        move("answer", "回答する", "Answer", OPEN, "answered", UNITS, needs=("answer",), sets=decisions.answered),
        move("confirm", "回答を確認した", "Confirm the answer", "answered", "confirmed", (*OFFICE, *CHAIRS),
             guards=(decisions.not_by_who_answered,), sets=dated("confirmed_on")),
        move("send_back", "回答を差し戻す", "Send the answer back", "answered", "in_progress", (*OFFICE, *CHAIRS), reason=True, sets=decisions.unanswered),
        move("carry_over", "繰り越す", "Carry over", ("open", "in_progress", "answered", "carried_over"), "carried_over", OFFICE,
             appends="carry_overs", guards=(decisions.later_than_before,), sets=decisions.unanswered),
    )),
    charts=(stacked("答えの済んでいない宿題と期限", "Open action items by deadline", due("due_now"), by("committee_id"), where={"status": OPEN}),
            bars("宿題の期限内回答率", "Action items answered in time", by("committee_id"), value=share("in_time"), target=90, unit=("％", "%")),
            stacked("委員会別の宿題の数", "Action items by committee", by("committee_id"), by("status"))),
)


class Consultation(Entry, table=True):
    """諮問・答申: a question put to a statutory protection committee, its reply, and what became of it."""

    __tablename__ = "consultations"

    subject: str | None = field("諮問事項", "Subject", required=True, search=True, synonyms=("件名", "諮問件名"))
    committee_id: int | None = ref("committees", "委員会", "Committee", required=True, synonyms=("委員会名",))
    protected_scope: str | None = field("保護の対象", "Protected information", Choice("consultation-scope", *SCOPE.options[1:]), synonyms=("対象情報",))
    consulted_on: date | None = field("諮問日", "Consulted on", DATE)
    question: str | None = field("諮問の内容", "Question", LONG_TEXT, synonyms=("諮問内容",))
    reply_due_on: date | None = field("答申を求める期限", "Reply asked for by", DATE, deadline=True, synonyms=("答申期限",))
    meeting_id: int | None = ref("meetings", "答申を決めた会議", "Meeting that decided the reply")
    answered_on: date | None = field("答申日", "Replied on", DATE)
    answer: str | None = field("答申の内容", "Reply", LONG_TEXT, synonyms=("答申", "答申内容"))
    follow_up: str | None = field("答申後の対応", "What was done", LONG_TEXT, synonyms=("対応",))
    acted_on: date | None = field("対応を終えた日", "Done on", DATE)
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=fiscal_year_of("consulted_on"))


CONSULTATIONS = Register(
    Consultation, slug="consultations", domain=COMMITTEE, title=Text("諮問・答申", "Consultations"), code="COM-CNS", name="subject",
    columns=("code", "subject", "committee_id", "protected_scope", "consulted_on", "reply_due_on", "answered_on", "status"),
    filters=("committee_id", "protected_scope", "fiscal_year"), keys=(("committee_id", "subject", "consulted_on"), ("committee_id", "subject")), may=PAPERS,
    links=(link("assets", "personal-data-assets", "対象の個人情報", "Personal information concerned"),),
    guards=(decisions.of_the_meeting, decisions.within_scope, decisions.quorate_reply),
    workflow=Workflow((
        state("consulted", "諮問", "Consulted", Tone.YELLOW, "contact_support"), state("deliberating", "審議中", "Deliberating", Tone.BLUE, "forum"),
        state("answered", "答申", "Replied", Tone.VIOLET, "mark_email_read"), state("acted_on", "対応済み", "Acted on", Tone.GREEN, "check_circle"),
    ), (
        move("deliberate", "審議を始める", "Begin to deliberate", "consulted", "deliberating", OFFICE, needs=("question", "consulted_on", "protected_scope")),
        move("answer", "答申を記録する", "Record the reply", "deliberating", "answered", OFFICE, needs=("answer", "answered_on", "meeting_id")),
        move("act_on", "対応を終える", "Record what was done", "answered", "acted_on", (*OFFICE, "risk_officer"), needs=("follow_up", "acted_on")),
    )),
    charts=(stacked("委員会別の諮問の状況", "Consultations by committee", by("committee_id"), by("status")),
            gantt("諮問から答申まで", "From consultation to reply", "consulted_on", "answered_on")),
)

REGISTERS = (COMMITTEES, COMMITTEE_MEMBERS, MEETINGS, AGENDA_ITEMS, RESOLUTIONS, ACTION_ITEMS, CONSULTATIONS)
