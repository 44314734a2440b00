"""調達の透明化: suppliers, and contracts with their amendments and bids.

A contract has every field that the four official forms and the flat table of the monthly disclosure need
(財計第2017号 様式1–4; disclosure.md §2).
"""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from grc.charts.declare import bars, bins, by, lines, scatter, share, shares, stacked, total, year
from grc.disclosure import row as published
from grc.kinds import (
    CORPORATE_NUMBER,
    COUNT,
    DATE,
    DECIMAL,
    EMAIL,
    FISCAL_YEAR,
    FLAG,
    LONG_TEXT,
    MONTH,
    PERCENT,
    YEN,
    Choice,
    Option,
)
from grc.record import Record, Row, field, ref, rows
from grc.register import Bind, Compound, Publication, Register
from grc.states import Tone, state
from grc.text import Text
from grc.workflow import KEPT, Workflow, move
from registers.base import BUYERS, BUYERS_KEEP, PROCUREMENT, Entry
from registers.rules import contracts
from registers.rules import procurement as rules
from registers.rules.published import publish


def choice(vocabulary: str, words: Mapping[str, Text], **synonyms: tuple[str, ...]) -> Choice:
    """A choice among the words of the published row, with other spellings that ledgers use."""
    return Choice(vocabulary, *(Option(id, text.ja, text.en, synonyms.get(id, ())) for id, text in words.items()))


CATEGORY = choice("category", published.CATEGORIES, works=("工事", "建設工事"),
                  goods=("物品・役務等", "物品役務", "物品・役務", "物品", "役務", "業務委託"))
CONTRACT_TYPE = choice("contract-type", published.CONTRACT_TYPES, works_manufacture=("製造", "工事又は製造"),
                       purchase=("購入", "物品購入", "買入れ"), lease_in=("賃貸借", "借入れ", "リース"), sale=("売払い",),
                       lease_out=("貸付け",), services=("委託", "役務", "業務委託", "その他"))
METHOD = choice(
    "method", published.METHODS, open=("一般競争", "一般競争契約", "一般", "競争入札"),
    designated=("指名競争", "指名競争契約", "指名"), proposal=("企画競争随意契約", "プロポーザル", "公募型プロポーザル"),
    public_offer=("公募随意契約", "公募随契"), after_failed_bid=("不落随契", "不落・不調随意契約"),
    sole_source=("特命随契", "特命随意契約", "競争性のない随意契約"), small_value=("少額随契",),
    negotiated=("随意契約", "随契", "その他随契"))
ESTIMATE_STATUS = choice("estimate-status", published.ESTIMATE_STATUSES)
JCN_ABSENT = choice("jcn-absent-reason", published.JCN_ABSENT_REASONS)
WITHHOLD = Choice("withhold-code", *(Option(code, f"{code} {text.ja}", f"{code} {text.en}") for code, text in published.WITHHOLD_CODES.items()))
PIC_CLASS = choice("pic-class", published.PIC_CLASSES, public_foundation=("公益財団法人",), public_association=("公益社団法人",),
                   special_foundation=("特例財団法人",), special_association=("特例社団法人",))
PIC_AUTHORITY = choice("pic-authority", published.PIC_AUTHORITIES, national=("国所管", "国"),
                       prefectural=("都道府県所管", "都道府県"))


class Supplier(Record, table=True):
    """A party that contracts are signed with (取引先)."""

    __tablename__ = "suppliers"

    name: str | None = field("商号又は名称", "Name", required=True, search=True,
                             synonyms=("取引先名", "会社名", "名称", "業者名", "取引先"))
    corporate_number: str | None = field("法人番号", "Corporate number", CORPORATE_NUMBER, search=True, synonyms=("法人No", "法人No."))
    jcn_absent_reason: str | None = field("法人番号なしの理由", "Why no corporate number", JCN_ABSENT)
    address: str | None = field("所在地", "Address", search=True, synonyms=("住所", "本店所在地"))
    pic_class: str | None = field("公益法人の区分", "Public interest corporation", PIC_CLASS)
    contact: str | None = field("窓口の担当者", "Contact person", personal=True, section=Text("連絡先", "Contact"))
    email: str | None = field("窓口のメール", "Contact e-mail", EMAIL, personal=True)
    telephone: str | None = field("窓口の電話", "Contact telephone", personal=True)


SUPPLIERS = Register(
    Supplier, slug="suppliers", domain=PROCUREMENT, title=Text("取引先", "Suppliers"), code="PRC-SUP", name="name",
    columns=("code", "name", "corporate_number", "address", "status"), filters=("pic_class",),
    keys=(("corporate_number",), ("name",)), may=BUYERS_KEEP, workflow=KEPT,
)


class Amendment(Row, table=True):
    """変更契約: a change of a signed contract; it never rewrites what was signed."""

    __tablename__ = "contract_amendments"

    amended_on: date | None = field("変更契約日", "Amended on", DATE, required=True)
    amount_after: int | None = field("変更後の契約金額（円）", "Amount after (yen)", YEN)
    period_end_after: date | None = field("変更後の終了日", "Period end after", DATE)
    reason: str | None = field("変更の理由", "Reason", required=True)


class Bid(Row, table=True):
    """One bidder's offer in one round."""

    __tablename__ = "contract_bids"

    bidder: str | None = field("入札者", "Bidder", required=True)
    corporate_number: str | None = field("法人番号", "Corporate number", CORPORATE_NUMBER)
    round: int | None = field("回", "Round", COUNT)
    amount: int | None = field("入札金額（円）", "Bid (yen)", YEN)
    result: str | None = field("結果", "Result")


class CoSupplier(Row, table=True):
    """A member of a joint venture beside the representative."""

    __tablename__ = "contract_co_suppliers"

    name: str | None = field("商号又は名称", "Name", required=True)
    corporate_number: str | None = field("法人番号", "Corporate number", CORPORATE_NUMBER)
    address: str | None = field("住所", "Address")


class Contract(Entry, table=True):
    """A contract as it is planned, tendered, signed, performed and published."""

    __tablename__ = "contracts"

    title: str | None = field("契約件名", "Title", required=True, search=True, synonyms=(
        "件名", "契約名", "案件名", "調達案件名", "調達件名", "契約案件名", "物品役務等の名称", "公共工事の名称", "工事名", "業務名", "品名"))
    contract_no: str | None = field("契約番号", "Contract number", search=True, synonyms=("契約No", "契約No.", "No", "No.", "番号"))
    category: str | None = field("工事・物品役務の別", "Works or goods", CATEGORY, synonyms=("区分", "調達区分", "契約区分"))
    contract_type: str | None = field("契約種別", "Kind of contract", CONTRACT_TYPE, synonyms=("契約の種類", "種類", "種別"))
    quantity: Decimal | None = field("数量", "Quantity", DECIMAL)
    unit: str | None = field("単位", "Unit of quantity")
    works_place: str | None = field("工事場所", "Place of works", synonyms=("公共工事の場所", "場所"))
    works_kind: str | None = field("工事種別", "Kind of works", synonyms=("工種区分", "工種"))
    period_start: date | None = field("履行期間（開始）", "Period, start", DATE, synonyms=(
        "契約期間/自", "履行期間/自", "契約期間（自）", "履行期間（自）", "履行開始日", "契約開始日"))
    period_end: date | None = field("履行期間（終了）", "Period, end", DATE, synonyms=(
        "契約期間/至", "履行期間/至", "契約期間（至）", "履行期間（至）", "履行期限", "納期", "契約終了日"))

    method: str | None = field("契約方式", "Method", METHOD, section=Text("契約の相手方を決めるまで", "How it was awarded"), synonyms=(
        "調達方式", "契約方法", "入札方式", "契約の方法", "入札・契約方式"))
    evaluated: bool | None = field("総合評価の実施", "Overall evaluation", FLAG, synonyms=("総合評価の有無", "総合評価"))
    score: Decimal | None = field("評価点", "Score", DECIMAL, synonyms=("評価値",))
    bidder_count: int | None = field("応札・応募者数", "Bidders", COUNT, synonyms=(
        "応札者数", "応募者数", "入札者数", "参加者数", "公益法人の場合/応札・応募者数"))
    single_bid: bool | None = field("一者応札", "Single bid", FLAG, derive=rules.single_bid)
    legal_basis: str | None = field("随意契約の根拠規定", "Legal basis of negotiation", LONG_TEXT, synonyms=("根拠条文", "根拠規定", "根拠条項", "根拠法令"))
    reason: str | None = field("随意契約の理由", "Reason for negotiation", LONG_TEXT, synonyms=("随契理由", "随意契約理由", "理由"))
    reason_code: str | None = field("随意契約の類型", "Class of reason")
    gpa: bool | None = field("特定調達（WTO）", "Covered by the WTO agreement", FLAG, synonyms=("特定調達", "政府調達"))
    personal_data: bool | None = field("個人情報の取扱い", "Personal data", FLAG, synonyms=("個人情報", "個人情報取扱", "個人情報の取扱いの有無"))
    supply_chain_scope: bool | None = field("サプライチェーン・リスクの確認の対象", "In scope of the supply-chain check", FLAG)
    prior_id: int | None = ref("contracts", "前回の契約", "Previous contract")

    contract_date: date | None = field("契約を締結した日", "Date signed", DATE, required=True, index=True,
                                       section=Text("契約の相手方と金額", "Supplier and amount"), synonyms=(
        "契約締結日", "契約日", "締結日", "契約年月日", "契約締結年月日"))
    supplier_name: str | None = field("相手方の商号又は名称", "Supplier as signed", required=True, gap=True, search=True, synonyms=(
        "契約の相手方", "契約相手方", "相手方", "契約相手", "契約業者", "契約業者名", "受注者", "落札者", "業者名", "商号又は名称", "会社名"))
    supplier_address: str | None = field("相手方の住所", "Supplier's address", synonyms=("契約相手方の住所", "契約の相手方の住所", "本店住所", "住所"))
    supplier_jcn: str | None = field("法人番号", "Corporate number", CORPORATE_NUMBER, search=True, synonyms=(
        "法人No", "法人No.", "契約の相手方の法人番号", "契約相手方の法人番号"))
    jcn_absent_reason: str | None = field("法人番号なしの理由", "Why no corporate number", JCN_ABSENT)
    supplier_id: int | None = ref("suppliers", "取引先台帳", "Supplier record", create="provisional")
    estimated_price: int | None = field("予定価格（円）", "Estimated price (yen)", YEN, synonyms=("予定価格", "予定価格（税込）", "予定価格（円・税込）"))
    estimate_status: str | None = field("予定価格の公表区分", "Status of the estimate", ESTIMATE_STATUS, synonyms=("予定価格の公表",))
    withhold_code: str | None = field("非公表の理由コード", "Code of withholding", WITHHOLD)
    withhold_text: str | None = field("非公表の理由", "Reason of withholding")
    amount: int | None = field("契約金額（円）", "Amount (yen)", YEN, required=True, unless="unit_price_text", synonyms=(
        "契約金額", "契約額", "契約金額（税込）", "契約金額（円・税込）", "契約額（税込）", "落札金額", "落札価格"))
    unit_price: bool | None = field("単価契約", "Unit-price contract", FLAG)
    unit_price_text: str | None = field("単価の内訳", "Unit prices", LONG_TEXT, synonyms=("単価",))
    award_rate: Decimal | None = field("落札率（計算値）", "Award rate, computed (%)", PERCENT, derive=rules.rate)
    award_rate_printed: str | None = field("落札率（台帳の記載）", "Award rate, as printed", synonyms=("落札率", "落札率（％）", "落札率（%）"))

    month: str | None = field("公表月の指定", "Month, as given", MONTH, section=Text("公表", "Publication"), synonyms=("公表月", "公表対象月"))
    published_month: str | None = field("公表対象年月", "Month of publication", MONTH, derive=rules.month, index=True)
    form: str | None = field("様式区分", "Form", choice("form", published.FORMS), derive=rules.form)
    fiscal_year: int | None = field("年度", "Fiscal year", FISCAL_YEAR, derive=rules.fiscal_year, index=True)
    officer: str | None = field("契約担当者等の職・氏名", "Contracting officer", synonyms=("契約担当者", "契約担当官", "契約責任者"))
    department: str | None = field("部局の名称", "Department", synonyms=("部局名", "部局", "所属"))
    dept_address: str | None = field("部局の所在地", "Department's address")
    pic_class: str | None = field("公益法人の区分", "Public interest corporation", PIC_CLASS, synonyms=("公益法人の場合/公益法人の区分",))
    pic_authority: str | None = field("国認定・都道府県認定の区分", "Authorised by", PIC_AUTHORITY, synonyms=(
        "国認定、都道府県認定の区分", "国所管、都道府県所管の区分", "公益法人の場合/国所管、都道府県所管の区分", "公益法人の場合/国認定、都道府県認定の区分"))
    reemployed: int | None = field("再就職の役員の数", "Re-employed officers", COUNT, synonyms=("再就職の役員の数（人）",))
    subcontract: bool | None = field("再委託の有無", "Subcontracted", FLAG, synonyms=("再委託",))
    consent_date: date | None = field("再委託の承諾日", "Consent to subcontracting", DATE)
    amount_now: int | None = field("いまの契約金額（円）", "Amount as amended (yen)", YEN, derive=contracts.amount_now,
                                    section=Text("変更契約を踏まえた内容", "As amended"))
    period_end_now: date | None = field("いまの終了日", "Period end as amended", DATE, derive=contracts.period_end_now, deadline=True)
    remarks: str | None = field("備考", "Remarks", LONG_TEXT, synonyms=("摘要",))


CONTRACT_STATES = (
    state("planned", "計画", "Planned", Tone.GRAY, "edit_note"),
    state("notice_ready", "公告準備済み", "Notice ready", Tone.BLUE, "pending"),
    state("noticed", "公告中", "Noticed", Tone.BLUE, "campaign"),
    state("bid_opened", "開札済み", "Bids opened", Tone.BLUE, "mark_email_read"),
    state("awarded", "落札決定", "Awarded", Tone.VIOLET, "gavel"),
    state("signed", "契約締結", "Signed", Tone.GREEN, "check_circle"),
    state("in_performance", "履行中", "In performance", Tone.BLUE, "pending"),
    state("completed", "完了", "Completed", Tone.GREEN, "check_circle"),
    state("cancelled", "中止", "Cancelled", Tone.GRAY, "block"),
)
HEADS = ("procurement_head",)
SIGNED = ("signed", "in_performance", "completed")

CONTRACTS = Register(
    Contract, slug="contracts", domain=PROCUREMENT, title=Text("契約台帳", "Contracts"), code="PRC-CON", name="title",
    columns=("code", "title", "contract_date", "amount", "supplier_name", "method", "award_rate", "published_month", "status"),
    filters=("published_month", "method", "form", "fiscal_year"),
    keys=(("fiscal_year", "contract_no"), ("contract_date", "title", "supplier_name", "amount")), may=BUYERS_KEEP,
    rows=(rows("amendments", Amendment, "変更契約", "Amendments", append_only=True),
          rows("bids", Bid, "入札者一覧", "Bids"), rows("co_suppliers", CoSupplier, "共同受注者", "Joint suppliers")),
    workflow=Workflow(CONTRACT_STATES, (
        move("prepare", "公告の準備を終える", "Finish the notice", "planned", "notice_ready", BUYERS,
             guards=(contracts.supply_chain_checked,)),
        move("notice", "公告する", "Give notice", "notice_ready", "noticed", BUYERS),
        move("open_bids", "開札を記録する", "Record the opening", "noticed", "bid_opened", BUYERS),
        move("award", "落札を決定する", "Award", "bid_opened", "awarded", HEADS, needs=("supplier_name",), approves=True),
        move("sign", "締結を記録する", "Record the signing", ("planned", "awarded"), "signed", BUYERS,
             needs=("contract_date", "supplier_name"), guards=(contracts.supply_chain_checked,)),
        move("perform", "履行を始める", "Begin performance", "signed", "in_performance", BUYERS),
        move("amend", "変更契約を記録する", "Record an amendment", ("signed", "in_performance"), None, BUYERS, appends="amendments", guards=(contracts.amends,)),
        move("complete", "完了にする", "Complete", ("signed", "in_performance"), "completed", BUYERS),
        move("cancel", "中止する", "Cancel", ("planned", "notice_ready", "noticed", "bid_opened", "awarded"), "cancelled", HEADS,
             reason=True),
    )),
    initial="signed",
    compounds=(
        Compound(("契約の相手方の商号又は名称及び住所", "契約相手方の商号又は名称及び住所", "契約の相手方の名称及び住所", "契約相手方の名称及び住所",
                  "契約相手方", "契約の相手方", "相手方"), ("supplier_name", "supplier_address", "supplier_jcn"), rules.supplier),
        Compound(("契約担当者等の氏名並びにその所属する部局の名称及び所在地", "契約担当官等の氏名並びにその所属する部局の名称及び所在地",
                  "契約担当官等の氏名、部局の名称及び所在地", "契約担当者"), ("officer", "department", "dept_address"), rules.officer),
        Compound(("一般競争入札・指名競争入札の別（総合評価の実施）", "一般競争入札・指名競争入札の別", "契約方式", "契約方法", "入札方式", "調達方式"),
                 ("method", "evaluated", "score"), rules.method),
        Compound(("随意契約によることとした業務方法書又は会計規定等の根拠規定及び理由（企画競争又は公募）",
                  "随意契約によることとした会計法令の根拠条文及び理由（企画競争又は公募）", "随意契約によることとした会計法令の根拠条文及び理由",
                  "随意契約によることとした根拠条文及び理由", "随契理由", "随意契約理由"), ("reason", "legal_basis", "method"), rules.basis),
        Compound(("物品役務等の名称及び数量", "物品・役務等の名称及び数量"), ("title", "quantity", "unit"), rules.titled),
        Compound(("公共工事の名称、場所、期間及び種別",), ("title", "works_place", "period_start", "period_end", "works_kind"), rules.works),
        Compound(("予定価格（円）", "予定価格", "予定価格（税込）"), ("estimated_price", "estimate_status", "withhold_text"), rules.estimate),
        Compound(("契約金額（円）", "契約金額", "契約額", "契約金額（円・税込）", "契約金額（税込）", "契約額（税込）"),
                 ("amount", "unit_price", "unit_price_text"), rules.amount),
    ),
    binds=(Bind("supplier_id", {"corporate_number": "supplier_jcn", "name": "supplier_name", "address": "supplier_address"}),),
    above=rules.above, complete=rules.complete, publication=Publication("published_month", publish, "contract_date", SIGNED),
    guards=(contracts.signed_stands,),
    charts=(shares("契約方式別の件数の割合", "Methods, by number of contracts", by("fiscal_year"), by("method"), where={"status": SIGNED}),
            shares("契約方式別の金額の割合", "Methods, by amount", by("fiscal_year"), by("method"), value=total("amount"), where={"status": SIGNED}),
            lines("一者応札の割合（競争性のある契約）", "Single bids among contracts with competition", year("contract_date"), by("category"),
                  value=share("single_bid"), where={"method": tuple(sorted(rules.CONTEST))}, unit=("％", "%")),
            bars("落札率の分布", "Award rates", bins("award_rate", 70, 80, 90, 95, 99, from_edge=True), unit=("件", "contracts")),
            scatter("予定価格と落札率", "Estimated price and award rate", "estimated_price", "award_rate"),
            stacked("契約の状態", "Contracts by state", by("fiscal_year"), by("status"))),
)


REGISTERS = (SUPPLIERS, CONTRACTS)
