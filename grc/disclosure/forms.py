"""The four official forms (様式1 to 4) as people read them: headings to the letter, in order, and what each cell says.

Headings come in two wordings: ``agency`` (独立行政法人 and bodies like it) and ``ministry`` (府省). The three columns
that the national form wants of 公益法人 only are shown for every contract.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from grc.calendar import japanese
from grc.disclosure import row as tables
from grc.disclosure.row import BY_ID, DisclosureRow
from grc.disclosure.words import yen
from grc.text import Text

Wording = Literal["agency", "ministry"]
CellType = Literal["text", "code", "yen", "rate", "count"]
UNKNOWN = "―"
"""Not known; 該当なし (there is none) and 0 say something else."""
NONE = "該当なし"
NOT_SHOWN = "公表しない"


@dataclass(frozen=True, slots=True)
class FormColumn:
    """One column of a form: its heading, its kind of cell, and what the cell of a row says (text, or an integer)."""

    header: str
    type: CellType
    cell: Callable[[DisclosureRow], str | int]


@dataclass(frozen=True, slots=True)
class Form:
    """One form: its code (``""`` for contracts whose form is not known), its number, and its title."""

    id: str
    number: str
    title: Text
    basis: str = ""

    @property
    def caption(self) -> str:
        """``様式1　競争入札に係る情報の公表（公共工事）``."""
        return f"{self.number}　{self.title.ja}" if self.number else self.title.ja

    def columns(self, wording: str = "agency") -> tuple[FormColumn, ...]:
        """Its columns in official order, in one of the two wordings of the headings."""
        return _columns(self.id, wording)


_BASIS = ("公共調達の適正化について（平成18年8月25日付財計第2017号）に基づく{}に係る情報の公表（{}）及び公益法人に"
          "対する支出の公表・点検の方針について（平成24年6月1日行政改革実行本部決定）に基づく情報の公開")


def _form(id: str, number: str, how: str, what: str, en: str) -> Form:
    return Form(id, number, Text(f"{how}に係る情報の公表（{what}）", en), _BASIS.format(how, what))


FORMS: tuple[Form, ...] = (
    _form("works_competitive", "様式1", "競争入札", "公共工事", "Competitive tenders (public works)"),
    _form("works_negotiated", "様式2", "随意契約", "公共工事", "Negotiated contracts (public works)"),
    _form("goods_competitive", "様式3", "競争入札", "物品役務等", "Competitive tenders (goods and services)"),
    _form("goods_negotiated", "様式4", "随意契約", "物品役務等", "Negotiated contracts (goods and services)"),
)
UNASSIGNED = Form("", "", Text("様式の区分を確認中の契約", "Contracts whose form is being determined"))
"""Where a contract stands whose kind or method is missing: shown, never dropped."""


def by_form(rows: Sequence[DisclosureRow]) -> list[tuple[Form, list[DisclosureRow]]]:
    """The four forms in order, each with its rows; the rows without a form come last, where there are any."""
    parts = [(form, [r for r in rows if r.form == form.id]) for form in FORMS]
    known = {form.id for form in FORMS}
    rest = [r for r in rows if r.form not in known]
    return [*parts, (UNASSIGNED, rest)] if rest else parts


# What a cell says


def subject(row: DisclosureRow) -> str:
    """名称: the title, then place, period and kind of works, or the quantity, a line each."""
    if row.form in ("works_competitive", "works_negotiated"):
        return _lines(row.title, _printed(row, "works_place"), _period(row), _printed(row, "works_kind"))
    return _lines(row.title, _quantity(row))


def officer(row: DisclosureRow) -> str:
    """契約担当者等: name, department, address, a line each."""
    return _lines(*(_printed(row, name) for name in ("officer", "department", "dept_address"))) or UNKNOWN


def signed(row: DisclosureRow) -> str:
    """契約を締結した日, in the Japanese era."""
    return _date(row, "contract_date") or UNKNOWN


def supplier(row: DisclosureRow) -> str:
    """契約の相手方: name and address."""
    return _lines(_printed(row, "supplier_name"), _printed(row, "supplier_address")) or UNKNOWN


def corporate_number(row: DisclosureRow) -> str:
    """法人番号, or why there is none."""
    return _printed(row, "supplier_jcn") or _word(row, "jcn_absent_reason") or UNKNOWN


def competition(row: DisclosureRow) -> str:
    """一般競争入札・指名競争入札の別, and whether offers were evaluated as a whole."""
    method = _word(row, "method") or UNKNOWN
    return f"{method}\n（総合評価の実施）" if row.evaluated else method


def negotiation(row: DisclosureRow) -> str:
    """随意契約の根拠規定及び理由; 企画競争 and 公募 are named."""
    kind = f"（{tables.METHODS[row.method].ja}）" if row.method in ("proposal", "public_offer") else ""
    return _lines(_printed(row, "legal_basis"), _printed(row, "reason"), kind) or UNKNOWN


def any_method(row: DisclosureRow) -> str:
    """Method, basis and reason in one cell, where the form is not known."""
    parts = (competition(row), negotiation(row))
    return _lines(*(part for part in parts if part != UNKNOWN)) or UNKNOWN


def estimate(row: DisclosureRow) -> str | int:
    """予定価格, or in words why it is not shown."""
    if row.estimate_status == "withheld":
        standard = tables.WITHHOLD_CODES.get(row.withhold_code)
        return row.withhold_text or (standard.ja if standard else f"{NOT_SHOWN}。")
    if row.printed.get("estimated_price"):
        return row.printed["estimated_price"]
    if row.estimated_price is not None:
        return row.estimated_price
    return {"none": "予定価格未設定", "unit_price": "単価契約"}.get(row.estimate_status or "", UNKNOWN)


def amount(row: DisclosureRow) -> str | int:
    """契約金額; of a unit-price contract the prices, with the expected total behind them."""
    if row.printed.get("amount"):
        return row.printed["amount"]
    if row.unit_price and row.unit_price_text:
        return row.unit_price_text + (f"\n（予定総額 {yen(row.amount)}）" if row.amount is not None else "")
    return UNKNOWN if row.amount is None else row.amount


def rate(row: DisclosureRow) -> str:
    """落札率 with its sign; not shown where the estimate is not."""
    if row.estimate_status == "withheld":
        return NOT_SHOWN
    if row.award_rate is not None:
        return f"{row.award_rate:f}％"
    return row.award_rate_printed or row.printed.get("award_rate") or UNKNOWN


def _text(name: str, empty: str = UNKNOWN) -> Callable[[DisclosureRow], str]:
    return lambda row: _word(row, name) or empty


def _count(name: str) -> Callable[[DisclosureRow], str | int]:
    def cell(row: DisclosureRow) -> str | int:
        value: int | None = getattr(row, name)
        return row.printed.get(name) or (UNKNOWN if value is None else value)

    return cell


def _printed(row: DisclosureRow, name: str) -> str:
    """The cell as the ledger printed it where it could not be read plainly, else the text that was read."""
    return row.printed.get(name) or getattr(row, name) or ""


def _word(row: DisclosureRow, name: str) -> str:
    value = _printed(row, name)
    return value if name in row.printed else BY_ID[name].word(value).ja if value else ""


def _date(row: DisclosureRow, name: str) -> str:
    value: date | None = getattr(row, name)
    return row.printed.get(name) or (japanese(value) if value else "")


def _period(row: DisclosureRow) -> str:
    start, end = _date(row, "period_start"), _date(row, "period_end")
    return f"{start}～{end}" if start or end else ""


def _quantity(row: DisclosureRow) -> str:
    if row.printed.get("quantity") or row.quantity is None:
        return row.printed.get("quantity", "") + row.unit
    if row.quantity == 1 and row.unit in ("", "式", "一式"):
        return "一式"
    whole = row.quantity == row.quantity.to_integral_value()
    return f"{int(row.quantity) if whole else row.quantity:,}{row.unit}"


def _lines(*parts: str) -> str:
    return "\n".join(part for part in parts if part)


# The columns


_WORKS = "公共工事の名称、場所、期間及び種別"
_GOODS = "物品役務等の名称及び数量"
_COMPETITIVE = "一般競争入札・指名競争入札の別（総合評価の実施）"
_NEGOTIATED: dict[str, str] = {
    "agency": "随意契約によることとした業務方法書又は会計規定等の根拠規定及び理由（企画競争又は公募）",
    "ministry": "随意契約によることとした会計法令の根拠条文及び理由（企画競争又は公募）",
}
_OFFICER: dict[str, str] = {
    "agency": "契約担当者等の氏名並びにその所属する部局の名称及び所在地",
    "ministry": "契約担当官等の氏名並びにその所属する部局の名称及び所在地",
}


def _columns(form: str, wording: str) -> tuple[FormColumn, ...]:
    negotiated = form.endswith("_negotiated")
    how = (FormColumn(_NEGOTIATED[wording], "text", negotiation) if negotiated
           else FormColumn(_COMPETITIVE, "text", competition) if form
           else FormColumn("契約方式、根拠規定及び理由", "text", any_method))
    reemployed = (FormColumn("再就職の役員の数", "count", _count("reemployed")),) if negotiated or not form else ()
    return (
        FormColumn(_WORKS if form.startswith("works") else _GOODS if form else "契約の名称及び数量", "text", subject),
        FormColumn(_OFFICER[wording], "text", officer),
        FormColumn("契約を締結した日", "text", signed),
        FormColumn("契約の相手方の商号又は名称及び住所", "text", supplier),
        FormColumn("法人番号", "code", corporate_number),
        how,
        FormColumn("予定価格（円）", "yen", estimate),
        FormColumn("契約金額（円）", "yen", amount),
        FormColumn("落札率", "rate", rate),
        *reemployed,
        FormColumn("公益法人の区分", "text", _text("pic_class")),
        FormColumn("国認定、都道府県認定の区分", "text", _text("pic_authority")),
        FormColumn("応札・応募者数", "count", _count("bidder_count")),
        FormColumn("備考", "text", _text("remarks", "")),
    )
