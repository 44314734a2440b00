"""What the registers share: the domains, who keeps and who reads, the base of their tables, common words."""

from grc.kinds import Choice, Option
from grc.permissions import EDIT, OWN_UNIT, VIEW, Grant
from grc.record import Record, ref
from grc.register import Domain
from grc.scope import Member
from grc.text import Text
from grc.units import MASTERS

PLAN = Domain("plan", Text("年度計画", "Plan"), "flag")
SHARED = Domain("shared", Text("リスク・教育・是正", "Risk, training, correction"), "shield")
PRIVACY = Domain("privacy", Text("個人情報保護", "Privacy"), "person_shield")
ISMS = Domain("isms", Text("情報セキュリティ", "Information security"), "security")
COMPLIANCE = Domain("compliance", Text("コンプライアンス", "Compliance"), "balance")
CRISIS = Domain("crisis", Text("危機管理", "Crisis management"), "crisis_alert")
AUDIT = Domain("audits", Text("監査", "Audits"), "fact_check")
PROCUREMENT = Domain("procurement", Text("調達の透明化", "Procurement"), "receipt_long")
COMMITTEE = Domain("committees", Text("委員会・内部統制", "Committees and internal control"), "groups")


class Entry(Record):
    """The base of what the body keeps: every record can be tied to the commitment of the yearly plan that it fulfils."""

    plan_item_id: int | None = ref("plan-items", "年度計画の取組", "Commitment of the plan", synonyms=("計画番号", "取組番号"), common=True)


STAFF = ("unit_user", "unit_head", "risk_officer", "privacy_manager", "security_office", "ciso", "cro", "procurement",
         "procurement_head", "secretariat")
"""The roles of the body's own people; audit and kanji read everything anyway, committee and chair their own committee's."""


def may(*keepers: str, units: bool = False, readers: tuple[str, ...] = STAFF, **more: Grant) -> dict[str, Grant]:
    """Who may what: ``keepers`` edit, ``readers`` look, with ``units`` each unit edits its own rows; ``more`` by role."""
    own = {"unit_user": OWN_UNIT, "unit_head": OWN_UNIT} if units else {}
    return {**{role: VIEW for role in readers}, **own, **{role: EDIT for role in keepers}, **more}


BUYERS = ("procurement", "procurement_head")
BUYERS_KEEP = may(*BUYERS, readers=("risk_officer", "security_office", "ciso", "cro", "unit_user", "unit_head", "secretariat"))
"""Who may what in the registers of procurement."""

AREA = Choice("area", Option("privacy", "個人情報", "Privacy", ("個人情報保護",)),
              Option("isms", "情報セキュリティ", "Information security", ("セキュリティ", "ISMS")),
              Option("compliance", "コンプライアンス", "Compliance", ("法令遵守",)), Option("crisis", "危機管理", "Crisis management"),
              Option("operation", "業務運営", "Operation", ("業務",)), Option("procurement", "調達", "Procurement", ("契約",)),
              Option("internal_control", "内部統制", "Internal control"))
"""The areas of risk and of control; one risk, one finding and one training model serve them all."""

CADENCE = Choice("cadence", Option("daily", "毎日", "Daily", ("日次", "毎営業日")),
                 Option("monthly", "毎月", "Monthly", ("月次", "月1回", "例月")), Option("quarterly", "四半期ごと", "Quarterly", ("四半期",)),
                 Option("half_yearly", "半年ごと", "Half-yearly", ("半期", "年2回")), Option("annual", "毎年", "Annual", ("年次", "年1回", "年度ごと")),
                 Option("biennial", "2年ごと", "Every two years", ("隔年",)), Option("multi_year", "複数年", "Over several years", ("複数年度",)),
                 Option("periodic", "定期（回数の定めなし）", "Periodic, no number given", ("定期", "定期的")),
                 Option("as_needed", "随時", "As needed", ("都度", "必要の都度", "as_submitted", "as_designated")),
                 Option("continuous", "継続", "Continuous", ("常時",)), Option("one_off", "1回限り", "Once", ("単発",)))
"""How often. 「定期」 has no number in the body's own policy, so none is invented."""

CLASSIFICATION = Choice("finding-classification", Option("major", "重大な不適合", "Major nonconformity", ("重大", "重大不適合", "メジャー")),
                        Option("minor", "軽微な不適合", "Minor nonconformity", ("軽微", "軽微不適合", "マイナー", "不適合")),
                        Option("kanji_finding", "監事指摘", "Kanji's finding", ("指摘",)), Option("kanji_opinion", "監事意見", "Kanji's opinion", ("意見",)),
                        Option("observation", "観察事項", "Observation", ("観察",)),
                        Option("opportunity", "改善の機会", "Opportunity for improvement", ("改善提案", "推奨事項")),
                        Option("good_practice", "良好事例", "Good practice", ("優良事例", "グッドプラクティス")))
"""The class of a finding, the same in checklists, findings and corrections."""

SUBJECTS = ("personal-data-assets", "information-assets", "systems", "units", "contracts")
"""What a risk, a finding or an audit can be about."""

OWN_COMMITTEE = Member("committee_id", "committee-members", "committee_id")
"""What belongs to a committee of which the person is a member."""

__all__ = ["AREA", "AUDIT", "BUYERS", "BUYERS_KEEP", "CADENCE", "CLASSIFICATION", "COMMITTEE", "COMPLIANCE", "CRISIS", "ISMS", "MASTERS", "OWN_COMMITTEE", "PLAN",
           "PRIVACY", "PROCUREMENT", "SHARED", "STAFF", "SUBJECTS", "Entry", "may"]
