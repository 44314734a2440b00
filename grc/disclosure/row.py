"""One published contract: the row that every form, file and page of the monthly disclosure is made from.

The field names and their meaning are those of the flat table that machines read (one value a cell, ISO dates, integer
yen). ``COLUMNS`` is the only list of them: CSV, workbook, JSON and the contract's own page are driven by it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from decimal import Decimal
from typing import Any, Literal

from grc.text import Text, same

ColumnType = Literal["text", "code", "choice", "date", "month", "yen", "count", "decimal", "flag", "list"]

REVISION_TYPES: dict[str, Text] = {
    "new": Text("新規", "New"), "correction": Text("訂正", "Correction"),
    "addition": Text("追加", "Addition"), "cancellation": Text("取消", "Cancellation"),
}
FORMS: dict[str, Text] = {
    "works_competitive": Text("競争入札（公共工事）", "Competitive tender, public works"),
    "works_negotiated": Text("随意契約（公共工事）", "Negotiated contract, public works"),
    "goods_competitive": Text("競争入札（物品役務等）", "Competitive tender, goods and services"),
    "goods_negotiated": Text("随意契約（物品役務等）", "Negotiated contract, goods and services"),
}
CATEGORIES: dict[str, Text] = {
    "works": Text("公共工事", "Public works"), "goods": Text("物品役務等", "Goods and services"),
}
METHODS: dict[str, Text] = {
    "open": Text("一般競争入札", "Open tender"),
    "designated": Text("指名競争入札", "Designated tender"),
    "proposal": Text("企画競争", "Competition of proposals"),
    "public_offer": Text("公募", "Public offer"),
    "after_failed_bid": Text("不落随意契約", "Negotiated after a failed tender"),
    "sole_source": Text("特命随意契約（競争性なし）", "Sole source"),
    "small_value": Text("少額随意契約", "Negotiated, small value"),
    "negotiated": Text("随意契約（その他）", "Negotiated, other"),
}
COMPETITIVE = frozenset({"open", "designated"})
CONTRACT_TYPES: dict[str, Text] = {
    "works_manufacture": Text("工事・製造", "Works and manufacture"), "purchase": Text("財産の買入れ", "Purchase"),
    "lease_in": Text("物件の借入れ", "Lease, as lessee"), "sale": Text("財産の売払い", "Sale"),
    "lease_out": Text("物件の貸付け", "Lease, as lessor"), "services": Text("その他（役務）", "Other (services)"),
}
ESTIMATE_STATUSES: dict[str, Text] = {
    "published": Text("公表", "Published"), "withheld": Text("非公表", "Withheld"),
    "none": Text("未設定", "None was set"), "unit_price": Text("単価", "Unit price"),
}
JCN_ABSENT_REASONS: dict[str, Text] = {
    "individual": Text("個人", "Individual"), "foreign": Text("外国法人", "Foreign company"),
    "public_body": Text("国の機関等", "Public body"), "being_checked": Text("確認中", "Being checked"),
}
PIC_CLASSES: dict[str, Text] = {
    "public_foundation": Text("公財", "Public interest foundation"),
    "public_association": Text("公社", "Public interest association"),
    "special_foundation": Text("特財", "Special foundation"),
    "special_association": Text("特社", "Special association"), "none": Text("非該当", "Not applicable"),
}
PIC_AUTHORITIES: dict[str, Text] = {
    "national": Text("国認定", "Authorised by the state"),
    "prefectural": Text("都道府県認定", "Authorised by a prefecture"), "none": Text("非該当", "Not applicable"),
}
WITHHOLD_CODES: dict[str, Text] = {
    "W1": Text("機構の行為を秘密にする必要があるため公表しない。", "Not published: the act must be kept secret."),
    "W2": Text("同種の他の契約の予定価格を類推されるおそれがあるため公表しない。",
               "Not published: estimates of similar contracts could be inferred."),
    "W3": Text("事務又は事業に支障を生じるおそれがあるため公表しない。",
               "Not published: it could hinder the body's work."),
    "W4": Text("予定価格未設定", "No estimate was set"),
    "W5": Text("個人情報のため市区町村まで", "Shown to the municipality only: personal data"),
    "W6": Text("情報セキュリティのため一般的な名称で示す。", "Named in general terms for information security."),
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of the flat table: field name, label, type, and for a choice its codes with their words."""

    id: str
    label: Text
    type: ColumnType = "text"
    choices: Mapping[str, Text] = field(default_factory=dict)

    def word(self, code: str) -> Text:
        """The words of a choice's code; a code that we do not know stands for itself."""
        return self.choices.get(code) or same(code)

    def shown(self, row: DisclosureRow) -> str | int | Decimal:
        """The cell of a row in a flat table: numbers as numbers, dates ISO, choices in Japanese words, ``""`` if empty.
        """
        value: str | int | Decimal | date | tuple[str, ...] | None = getattr(row, self.id)
        if value is None:
            return ""
        if isinstance(value, bool):
            return "有" if value else "無"
        if isinstance(value, date):
            return value.isoformat()
        if isinstance(value, tuple):
            return "、".join(value)
        return self.word(value).ja if isinstance(value, str) and self.choices else value


COLUMNS: tuple[Column, ...] = (
    Column("record_id", Text("公表ID", "Publication ID"), "code"),
    Column("revision", Text("版", "Revision"), "count"),
    Column("revision_type", Text("公表区分", "Kind of revision"), "choice", REVISION_TYPES),
    Column("month", Text("公表対象年月", "Month"), "month"),
    Column("form", Text("様式区分", "Form"), "choice", FORMS),
    Column("contract_no", Text("契約番号", "Contract number"), "code"),
    Column("title", Text("契約件名", "Title")),
    Column("quantity", Text("数量", "Quantity"), "decimal"),
    Column("unit", Text("単位", "Unit")),
    Column("contract_type", Text("契約種別", "Kind of contract"), "choice", CONTRACT_TYPES),
    Column("works_place", Text("工事場所", "Place of works")),
    Column("period_start", Text("履行期間（開始）", "Period, start"), "date"),
    Column("period_end", Text("履行期間（終了）", "Period, end"), "date"),
    Column("works_kind", Text("工事種別", "Kind of works")),
    Column("officer", Text("契約担当者等の職・氏名", "Contracting officer")),
    Column("department", Text("部局の名称", "Department")),
    Column("dept_address", Text("部局の所在地", "Department's address")),
    Column("contract_date", Text("契約を締結した日", "Date signed"), "date"),
    Column("method", Text("契約方式", "Method"), "choice", METHODS),
    Column("evaluated", Text("総合評価の実施", "Overall evaluation"), "flag"),
    Column("score", Text("評価点", "Score"), "decimal"),
    Column("supplier_name", Text("相手方の商号又は名称", "Supplier")),
    Column("supplier_address", Text("相手方の住所", "Supplier's address")),
    Column("supplier_jcn", Text("法人番号", "Corporate number"), "code"),
    Column("jcn_absent_reason", Text("法人番号なしの理由", "Why no corporate number"), "choice", JCN_ABSENT_REASONS),
    Column("legal_basis", Text("随意契約の根拠規定", "Legal basis of negotiation")),
    Column("reason", Text("随意契約の理由", "Reason for negotiation")),
    Column("reason_code", Text("随意契約の類型", "Class of reason"), "code"),
    Column("estimated_price", Text("予定価格（円）", "Estimated price (yen)"), "yen"),
    Column("estimate_status", Text("予定価格の公表区分", "Status of the estimate"), "choice", ESTIMATE_STATUSES),
    Column("withhold_code", Text("非公表の理由コード", "Code of withholding"), "code"),
    Column("withhold_text", Text("非公表の理由", "Reason of withholding")),
    Column("amount", Text("契約金額（円）", "Amount (yen)"), "yen"),
    Column("unit_price", Text("単価契約", "Unit-price contract"), "flag"),
    Column("unit_price_text", Text("単価の内訳", "Unit prices")),
    Column("award_rate", Text("落札率（％）", "Award rate (%)"), "decimal"),
    Column("award_rate_printed", Text("落札率（原資料の記載）", "Award rate, as printed")),
    Column("bidder_count", Text("応札・応募者数", "Bidders"), "count"),
    Column("reemployed", Text("再就職の役員の数", "Re-employed officers"), "count"),
    Column("pic_class", Text("公益法人の区分", "Public interest corporation"), "choice", PIC_CLASSES),
    Column("pic_authority", Text("国認定・都道府県認定の区分", "Authorised by"), "choice", PIC_AUTHORITIES),
    Column("gpa", Text("特定調達（WTO）", "Covered by the WTO agreement"), "flag"),
    Column("subcontract", Text("再委託の有無", "Subcontracted"), "flag"),
    Column("consent_date", Text("再委託の承諾日", "Consent to subcontracting"), "date"),
    Column("prior_id", Text("前回契約の公表ID", "Previous contract"), "code"),
    Column("amendments", Text("変更契約", "Amendments"), "list"),
    Column("remarks", Text("備考", "Remarks")),
)
BY_ID: dict[str, Column] = {column.id: column for column in COLUMNS}


@dataclass(frozen=True, slots=True, kw_only=True)
class DisclosureRow:
    """One contract as it is published. Texts are ``""`` and all else is ``None`` where nothing is known.

    ``amount`` and ``estimated_price`` are integer yen, choices are the codes of this module's tables, ``form`` is
    ``None`` where the kind of contract or the method is missing. ``printed`` keeps, by field name, what a ledger's cell
    says where it could not be read plainly (``10,296,000※``): the forms show it as printed.
    """

    record_id: str
    month: str
    title: str
    revision: int = 1
    revision_type: str | None = "new"
    form: str | None = None
    contract_no: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    contract_type: str | None = None
    works_place: str = ""
    period_start: date | None = None
    period_end: date | None = None
    works_kind: str = ""
    officer: str = ""
    department: str = ""
    dept_address: str = ""
    contract_date: date | None = None
    method: str | None = None
    evaluated: bool | None = None
    score: Decimal | None = None
    supplier_name: str = ""
    supplier_address: str = ""
    supplier_jcn: str = ""
    jcn_absent_reason: str | None = None
    legal_basis: str = ""
    reason: str = ""
    reason_code: str = ""
    estimated_price: int | None = None
    estimate_status: str | None = None
    withhold_code: str = ""
    withhold_text: str = ""
    amount: int | None = None
    unit_price: bool = False
    unit_price_text: str = ""
    award_rate: Decimal | None = None
    award_rate_printed: str = ""
    bidder_count: int | None = None
    reemployed: int | None = None
    pic_class: str | None = None
    pic_authority: str | None = None
    gpa: bool | None = None
    subcontract: bool | None = None
    consent_date: date | None = None
    prior_id: str = ""
    amendments: tuple[str, ...] = ()
    remarks: str = ""
    printed: Mapping[str, str] = field(default_factory=dict, hash=False)

    def to_json(self) -> dict[str, Any]:
        """Field name → value in JSON's own types, never a float: dates ISO, decimals as text, yen as integers."""
        return {c.id: _out(getattr(self, c.id)) for c in COLUMNS} | {"printed": dict(self.printed)}

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> DisclosureRow:
        """The row that :meth:`to_json` wrote; a name that we do not know is passed over."""
        known = {c.id: _in(c.type, data[c.id]) for c in COLUMNS if c.id in data}
        return cls(**known, printed=dict(data.get("printed") or {}))

    @property
    def printed_text(self) -> str:
        """The cells that could not be read, in one text: ``契約金額（円）：10,296,000※``."""
        return "／".join(f"{BY_ID[name].label.ja if name in BY_ID else name}：{' '.join(value.split())}"
                        for name, value in self.printed.items())

    def public(self) -> DisclosureRow:
        """The row without what a withheld estimate would give away: the estimate itself and every form of the rate."""
        if self.estimate_status != "withheld":
            return self
        printed = {k: v for k, v in self.printed.items() if k not in {"estimated_price", "award_rate"}}
        return replace(self, estimated_price=None, award_rate=None, award_rate_printed="", printed=printed)


def choose_form(category: str | None, method: str | None) -> str | None:
    """The official form of a contract of this category (works, goods) and method; ``None`` where either is missing."""
    if category not in CATEGORIES or method not in METHODS:
        return None
    return f"{category}_{'competitive' if method in COMPETITIVE else 'negotiated'}"


def _out(value: Any) -> Any:
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _in(kind: ColumnType, value: Any) -> Any:
    if value is None:
        return None
    if kind == "decimal":
        return Decimal(value)
    if kind == "date":
        return date.fromisoformat(value)
    return tuple(value) if kind == "list" else value
