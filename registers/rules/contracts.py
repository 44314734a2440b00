"""What holds for contracts as they change, for consents to subcontracting, and for what the oversight committee reviews.

Subcontracting follows 公共調達の適正化について（財計第2017号）2, as domain.md §8.2 puts it; individual numbers follow
番号法第10条; the oversight committee follows 独立行政法人の契約状況の点検・見直しについて（平成21年閣議決定）. All are pure.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any

from grc import settings
from grc.case import Case, Create, Values
from grc.disclosure.row import COMPETITIVE
from grc.text import Text

HIGH_RATE = settings.declare("procurement_high_rate", 95, "高落札率として抽出する落札率（％以上）", "Award rate from which a contract is selected as high (%)")
CONSENTED = ("consented", "conditional")
CORE = {"planning": Text("総合的企画", "Overall planning"), "management": Text("業務遂行管理", "Management of the work"),
        "method": Text("手法の決定", "Choice of method")}
"""The work that a contractor must do itself (財計第2017号 2(2))."""
GROUNDS = {
    "single_bid": Text("一者応札", "Single bid"), "repeated_single_bid": Text("2回連続の一者応札", "Single bid twice running"),
    "high_rate": Text("高落札率", "High award rate"), "large_negotiated": Text("高額の随意契約", "Large negotiated contract"),
    "new_negotiated": Text("新規の随意契約", "New negotiated contract"), "large_change": Text("大幅な変更契約", "Large amendment"),
}
"""Why the oversight committee looks at a contract (domain.md §8.3)."""


# Contracts


def amount_now(values: Values) -> int | None:
    """The sum as last amended, else as signed; what was signed is never rewritten."""
    return _last(values, "amount_after", values["amount"])  # type: ignore[no-any-return]


def period_end_now(values: Values) -> date | None:
    """The end of the period as last amended, else as signed."""
    return _last(values, "period_end_after", values["period_end"])  # type: ignore[no-any-return]


def _last(values: Values, name: str, signed: Any) -> Any:
    rows = sorted((row for row in values["amendments"] if row.get(name) is not None), key=lambda row: row.get("amended_on") or date.min)
    return rows[-1][name] if rows else signed


def amends(case: Case) -> Text | None:
    """An amendment follows the signing, and changes the sum or the period."""
    before, rows = (case.before or {}).get("amendments", []), case.values["amendments"]
    if len(rows) <= len(before):
        return None
    row, signed = rows[-1], case.values["contract_date"]
    if row.get("amount_after") is None and row.get("period_end_after") is None:
        return Text("変更後の契約金額か終了日を記入してください。", "Enter the amount or the end of the period after the amendment.")
    if signed and row["amended_on"] < signed:
        return Text(f"変更契約日（{row['amended_on']}）が契約を締結した日（{signed}）より前です。日付を確かめてください。",
                    f"The amendment ({row['amended_on']}) is before the signing ({signed}). Check the date.")
    return None


def signed_stands(case: Case) -> Text | None:
    """What was signed is corrected with a reason once the contract was amended or is completed; a change is an amendment."""
    if case.before is None or case.loading or case.move or (case.reason or "").strip():
        return None
    settled = case.before["status"] == "completed" or case.before.get("amendments")
    if settled and any(case.before[n] is not None and case.changed(n) for n in ("amount", "contract_date", "title", "supplier_name")):
        return Text("締結した内容を直すときは理由を書いてください。契約を変えたときは「変更契約を記録する」を使います。",
                    'To correct what was signed, give a reason. If the contract itself changed, use "Record an amendment".')
    return None


def supply_chain_checked(case: Case) -> Text | None:
    """A procurement in scope is announced, and signed, after its supply-chain check (政府機関等のサイバーセキュリティ対策のための統一基準群)."""
    if not case.values["supply_chain_scope"]:
        return None
    if case.facts.records("supply-chain-checks", contract_id=case.values["id"], status=("cleared", "conditional")):
        return None
    return Text("サプライチェーン・リスクの確認が済んでいません。情報セキュリティ担当の確認（支障なし又は条件付き）を待ってください。",
                "The supply-chain check is not done. Wait until the security office has cleared it, or cleared it on conditions.")


# Consents to subcontracting (再委託)


def over_half(values: Values) -> bool | None:
    """Whether more than half of the contract is handed on, by its yen: a share that rounds to 50.0 % may be more."""
    return None if not values["amount"] or not values["contract_amount"] else bool(2 * values["amount"] > values["contract_amount"])


def core_never(case: Case) -> Text | None:
    """Core work is never handed on."""
    core = CORE.get(case.values["core_work"] or "")
    if core is None or case.values["status"] not in CONSENTED:
        return None
    return Text(f"「{core.ja}」は契約の主たる部分なので、再委託を承諾できません。不承諾にするか、業務の範囲から外してもらってください。",
                f'"{core.en}" is core work and cannot be subcontracted. Refuse, or have it taken out of the scope.')


def half_with_reason(case: Case) -> Text | None:
    """More than half is handed on only on conditions, or where it was written down why it may."""
    v = case.values
    if v["status"] != "consented" or case.loading or not v["over_half"] or v["review_note"] or not case.changed("status", "share", "review_note"):
        return None
    return Text(f"再委託の割合が{v['share']}%で半分を超えています。「割合についての検討」を記入するか、条件を付けて承諾してください。",
                f'{v["share"]}% is more than half of the contract. Fill in "Why so much", or consent on conditions.')


def first_entruster_first(case: Case) -> Text | None:
    """Individual numbers are handed on with the consent of who first entrusted them, given before ours (番号法第10条)."""
    v = case.values
    if v["status"] not in CONSENTED or case.loading or not v["my_number"] or not case.changed("status", "my_number", "first_consent_on", "decided_on"):
        return None
    if v["first_consent_on"] is None:
        return Text("個人番号を取り扱う再委託です。最初の委託者の許諾日を記入してから承諾してください。",
                    "Individual numbers are handled. Enter when the first entruster consented before you do.")
    if v["decided_on"] and v["first_consent_on"] > v["decided_on"]:
        return Text(f"最初の委託者の許諾日（{v['first_consent_on']}）が承諾日（{v['decided_on']}）より後です。許諾を得てから承諾してください。",
                    f"The first entruster consented ({v['first_consent_on']}) after this consent ({v['decided_on']}). Get theirs first.")
    return None


def contract_sum(case: Case) -> Values:
    """The sum of the contract as it stands, where none was entered."""
    contract = case.facts.one("contracts", case.values["contract_id"]) or {}
    return {"contract_amount": case.values["contract_amount"] or contract.get("amount_now") or contract.get("amount")}


def begun_before_consent(case: Case) -> Iterable[Create]:
    """Work that began before the consent is a finding (domain.md §8.2), to be looked at and issued."""
    began = _violation(case.values)
    if began is None or (case.before is not None and _violation(case.before) is not None):
        return
    contract = case.facts.one("contracts", case.values["contract_id"]) or {}
    decided = case.values["decided_on"] if case.values["status"] in CONSENTED else None
    when = f"承諾日は{decided}" if decided else "承諾はまだない"
    yield Create("findings", {
        "name": f"承諾前の再委託の着手（{case.values['code']} {case.values['subcontractor']}）", "source": "procurement",
        "classification": "minor", "subjects": [("contracts", case.values["contract_id"])], "unit_id": case.values["unit_id"] or contract.get("unit_id"),
        "fact": f"契約「{contract.get('title')}」の再委託「{case.values['scope']}」は{began}に着手され、{when}である。",
    }, Text("承諾より前に再委託の業務が始まっていた", "Subcontracted work began before the consent"))


def _violation(values: Values) -> date | None:
    """The day on which work began that was not consented to by then; a planned beginning counts once there is a consent."""
    began: date | None = values["work_started_on"]
    if values["status"] in (*CONSENTED, "expired"):
        began = began or values["period_start"]
        return began if began and values["decided_on"] and began < values["decided_on"] else None
    return began


# Reviews by the oversight committee (契約監視委員会)


def ground_holds(case: Case) -> Text | None:
    """A contract is selected for what is true of it, as far as the ledger says."""
    v = case.values
    contract = case.facts.one("contracts", v["contract_id"], whole=True)
    if contract is None or v["ground"] is None or not case.changed("contract_id", "ground"):
        return None
    prior = case.facts.one("contracts", contract["prior_id"]) or {}
    competitive = contract["method"] in COMPETITIVE if contract["method"] else None
    rate = contract["award_rate"]
    fails = {
        "single_bid": contract["single_bid"] is False,
        "repeated_single_bid": contract["single_bid"] is False or prior.get("single_bid") is False,
        "high_rate": rate is not None and rate < case.facts.setting(HIGH_RATE),
        "large_negotiated": competitive is True, "new_negotiated": competitive is True or contract["prior_id"] is not None,
        "large_change": not contract["amendments"],
    }
    if not fails[v["ground"]]:
        return None
    return Text(f"契約台帳では、{contract['code']} は「{GROUNDS[v['ground']].ja}」に当たりません。契約か抽出理由を確かめてください。",
                f'By the ledger, {contract["code"]} is no "{GROUNDS[v["ground"]].en}". Check the contract or the ground.')


def published(case: Case) -> Values:
    """The day on which the summary was published."""
    return {"published_on": case.values["published_on"] or case.today}
