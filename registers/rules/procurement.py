"""What the ledgers and official forms of procurement put into one cell, and what follows from a contract's values.

The official forms (公共調達の適正化について, 財計第2017号, 様式1–4) hold several values in one column; the functions here
take such a cell apart without losing any of its text. All are pure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from grc import calendar
from grc.disclosure.rate import award_rate
from grc.disclosure.row import COMPETITIVE, choose_form
from grc.kinds import MONTH, Cell

CONTEST = COMPETITIVE | {"proposal", "public_offer"}
"""Methods in which suppliers compete: tenders, proposals, public offers (競争性のある契約)."""
_PREFECTURES = (
    "北海道", "東京都", "大阪府", "京都府", *(f"{name}県" for name in (
        "青森", "岩手", "宮城", "秋田", "山形", "福島", "茨城", "栃木", "群馬", "埼玉", "千葉", "神奈川", "新潟", "富山", "石川",
        "福井", "山梨", "長野", "岐阜", "静岡", "愛知", "三重", "滋賀", "兵庫", "奈良", "和歌山", "鳥取", "島根", "岡山", "広島",
        "山口", "徳島", "香川", "愛媛", "高知", "福岡", "佐賀", "長崎", "熊本", "大分", "宮崎", "鹿児島", "沖縄")))
_ADDRESS = re.compile(rf"^(〒?\d{{3}}-?\d{{4}}\s*)?({'|'.join(_PREFECTURES)}|\S{{1,6}}[市区郡]\S*[町村区丁番０-９\d])")
_COMPANY = re.compile(r"(?:株式|有限|合同|合資|合名)会社|[一公特]般?[益例]?(?:財団|社団)法人|[㈱㈲]|[（(][株有][）)]")
_POST = re.compile(r"担当官|契約担当|担当役|担当者|責任者|理事|局長|部長|課長|次長|所長|センター長|調達官|統括官|総括官")
_BASIS = re.compile(r"根拠(?:法令|条文|規定|条項)?[：:]\s*([^（()）]+(?:[（(][^（()）]*[）)][^（()）]*)*)")
_POINTS = r"(?:総合評価の?|合計|評価)?(?:得点|評価点|合計点|評価値|点数|点)\s*[:≒=は]?\s*(\d[\d,]*(?:\.\d+)?)\s*点?"
_SCORE = re.compile(rf"\(\s*{_POINTS}\s*\)|{_POINTS}")
_ARTICLE = re.compile(r"[^\s。、（(]*(?:法|令|規程|規則|細則|要領|特例|条例|協定)[^\s。、（(]{0,12}?"
                      r"第[\d０-９一二三四五六七八九十百]+条(?:の[\d０-９一二三四五六七八九十]+)*(?:第[\d０-９一二三四五六七八九十]+[項号])*")
_UNIT_PRICE = re.compile(r"単価|[@＠]")
_TOTAL = re.compile(r"(?:予定総額|総額|見込額|予定調達総額)[^\d０-９]{0,6}([\d０-９][\d０-９,，]*)\s*(千円|百万円|円)?")
_WITHHELD = re.compile(r"非公表|公表しない|公表せず|公表できない|未公表")
_NO_ESTIMATE = re.compile(r"未設定|作成していない|省略")
_MONTH = re.compile(r"((?:令和|平成|昭和|[RHS])\s*(?:元|\d{1,2})\s*年?度?[.年度\s]*|(?:19|20)\d\d年度?)\s*(\d{1,2})\s*月\s*分?")
_NOTICE = re.compile(r"[（(][^（()）]*(?:日付|号|決定|通知|改正|施行|現在|前回|前月|更新|訂正)[^（()）]*[）)]|\d{1,2}月\s*\d{1,2}日"
                     r"|(?:前回|前月|更新|作成|訂正|修正)[^\d（()）]{0,8}(?:令和|平成|[RH])?\s*\d{1,4}年?\s*\d{1,2}月")
_SPAN = re.compile(r"\s*分?\s*(?:[~～〜－-]|から|及び|・|、)\s*(?:(?:令和|平成)?\s*\d{1,4}年)?\s*\d{1,2}\s*月")
_WORKS = re.compile(r"公共工事|建設工事|工事")
_GOODS = re.compile(r"物品|役務|委託|賃貸借")


def _lines(cell: Cell) -> list[str]:
    return [line.strip() for line in re.split(r"[\r\n]+", str(cell or "")) if line.strip()]


def supplier(cell: Cell) -> Mapping[str, Cell]:
    """契約の相手方の商号又は名称及び住所: the first line is the name, what follows the address.

    On one line the address begins with a prefecture after a space, or stands in brackets at the end; a 13-digit number
    in it is the corporate number.
    """
    text = str(cell or "")
    number = re.search(r"[（(]?(?:法人番号[：:\s]*)(\d{13})[）)]?", unicodedata.normalize("NFKC", text))
    found: dict[str, Cell] = {}
    if number:
        found["supplier_jcn"] = number[1]
        text = re.sub(r"[（(]?法人番号[：:\s　]*[\d０-９]{13}[）)]?", "", text)
    lines = _lines(text)
    bare = next((line for line in lines[1:] if re.fullmatch(r"\d{13}", unicodedata.normalize("NFKC", line))), None)
    if bare:
        found["supplier_jcn"] = bare
        lines.remove(bare)
    if len(lines) > 1:
        at = next((n for n, line in enumerate(lines[1:], 1) if _ADDRESS.match(line)), 1)
        if at == 1 and not _ADDRESS.match(lines[1]) and (_COMPANY.search(lines[1]) or _COMPANY.fullmatch(lines[0])):
            return {**found, "supplier_name": " ".join(lines)}  # a joint venture, or a name broken after its legal form
        return {**found, "supplier_name": " ".join(lines[:at]), "supplier_address": " ".join(lines[at:])}
    line = lines[0] if lines else ""
    bracketed = re.fullmatch(r"(.+?)[（(]([^（()）]+)[）)]", line)
    if bracketed and _ADDRESS.match(bracketed[2]):
        return {**found, "supplier_name": bracketed[1].strip(), "supplier_address": bracketed[2]}
    spaced = re.fullmatch(rf"(.+?)[\s　]+((?:{'|'.join(_PREFECTURES)}).+)", line)
    if spaced and not re.search(r"(支社|支店|支部|営業所|出張所)$", spaced[2]):
        return {**found, "supplier_name": spaced[1], "supplier_address": spaced[2]}
    return {**found, "supplier_name": line or None}


def officer(cell: Cell) -> Mapping[str, Cell]:
    """契約担当者等の氏名並びにその所属する部局の名称及び所在地: post and name, the department, its address.

    The last line that reads as an address is the address; a line that names a post and the line with the person's name
    (the last before the address) make the officer; what stands between is the department. One line stays whole.
    """
    lines = _lines(cell)
    if len(lines) < 2:
        return {"officer": lines[0] if lines else None}
    where = next((n for n in range(len(lines) - 1, 0, -1) if _ADDRESS.match(lines[n])), len(lines))
    people, address = lines[:where], " ".join(lines[where:]) or None
    if len(people) == 1:
        return {"officer": people[0], "dept_address": address}
    titled = 1 if _POST.search(people[0]) else 0
    department = " ".join(people[titled:-1]) or None
    return {"officer": " ".join([*people[:titled], people[-1]]), "department": department, "dept_address": address}


def method(cell: Cell) -> Mapping[str, Cell]:
    """一般競争入札・指名競争入札の別（総合評価の実施）: the method, whether there was an overall evaluation, and its score."""
    text = unicodedata.normalize("NFKC", str(cell or "")).strip()
    if not text:
        return {}
    scored = _SCORE.search(text)
    text = text if scored is None else text[:scored.start()] + text[scored.end():]
    bracket = re.search(r"\(([^)]*)\)", text)
    plain = re.sub(r"\s+", "", re.sub(r"\([^)]*(総合評価|最低価格|価格競争|実施|有|無)[^)]*\)", "", text)).replace("総合評価", "")
    found: dict[str, Cell] = {"method": plain or None, **({"score": scored[1] or scored[2]} if scored else {})}
    if "総合評価" in text:
        found["evaluated"] = "無" if re.search(r"総合評価[^)]*(無|なし|しない)", text) else "有"
    elif bracket and re.search(r"最低価格|価格競争", bracket[1]):
        found["evaluated"] = "無"
    return found


def basis(cell: Cell) -> Mapping[str, Cell]:
    """随意契約によることとした根拠規定及び理由: the reason is the whole text, the basis the articles that it names."""
    text = str(cell or "").strip()
    if not text:
        return {}
    named = _BASIS.search(text)
    articles = [m[0] for m in _ARTICLE.finditer(unicodedata.normalize("NFC", text))]
    found: dict[str, Cell] = {"reason": text, "legal_basis": named[1].strip() if named else "、".join(dict.fromkeys(articles)) or None}
    kind = method_of_reason(text)
    return {**found, "method": kind} if kind else found


def method_of_reason(text: str) -> str | None:
    """The kind of negotiated contract that a reason names in so many words, or ``None``."""
    plain = unicodedata.normalize("NFKC", text)
    if re.search(r"第?99条の2|落札者がい?な(かった|い)", plain):
        return "after_failed_bid"
    if re.search(r"企画競争(を|に|により|の結果)", plain):
        return "proposal"
    return None


def titled(cell: Cell) -> Mapping[str, Cell]:
    """物品役務等の名称及び数量: the title, and a quantity with its unit where it stands on a line of its own or in brackets."""
    lines = _lines(cell)
    if not lines:
        return {}
    counted = re.fullmatch(r"[（(]?\s*(一|[\d０-９,，.．]+)\s*([^\d０-９\s（()）]{1,6})\s*[）)]?", lines[-1])
    if len(lines) > 1 and counted:
        return {"title": " ".join(lines[:-1]), "quantity": "1" if counted[1] == "一" else counted[1], "unit": counted[2]}
    if lines[-1].endswith("一式"):
        return {"title": " ".join(lines), "quantity": "1", "unit": "式"}
    return {"title": " ".join(lines)}


def works(cell: Cell) -> Mapping[str, Cell]:
    """公共工事の名称、場所、期間及び種別: one line each; what cannot be told apart stays in the title."""
    lines = _lines(cell)
    if not lines:
        return {}
    found: dict[str, Cell] = {}
    rest = [lines[0]]
    for line in lines[1:]:
        ends = re.split(r"\s*[~～〜]\s*|から", line)
        if "period_start" not in found and len(ends) == 2 and re.search(r"\d", unicodedata.normalize("NFKC", ends[0])):
            found["period_start"], found["period_end"] = ends[0], ends[1].removesuffix("まで")
        elif "works_place" not in found and _ADDRESS.match(line):
            found["works_place"] = line
        elif "works_kind" not in found and line.endswith("工事"):
            found["works_kind"] = line
        else:
            rest.append(line)
    return {"title": " ".join(rest), **found}


def estimate(cell: Cell) -> Mapping[str, Cell]:
    """予定価格: an amount, or the words that say why there is none."""
    if isinstance(cell, str):
        text = cell.strip()
        if _WITHHELD.search(text):
            standard = unicodedata.normalize("NFKC", text).strip("()") in ("非公表", "公表しない", "未公表")
            return {"estimate_status": "withheld", "withhold_text": None if standard else text}
        if _NO_ESTIMATE.search(text):
            return {"estimate_status": "none", "withhold_text": None if "未設定" in text else text}
    return {"estimated_price": cell}


def amount(cell: Cell) -> Mapping[str, Cell]:
    """契約金額: an amount; of a unit-price contract the text is kept and its estimated total, where given, is the amount."""
    if isinstance(cell, str) and _UNIT_PRICE.search(cell):
        total = _TOTAL.search(cell)
        return {"unit_price": "有", "unit_price_text": cell.strip(),
                "amount": f"{total[1]}{total[2] or '円'}" if total else None}
    return {"amount": cell}


def above(titles: tuple[str, ...]) -> Mapping[str, Cell]:
    """What stands above a table: the month (not the date of a notice), competitive or negotiated, works or goods."""
    found: dict[str, Cell] = {}
    for title in titles:
        plain = unicodedata.normalize("NFKC", title)
        dated = _MONTH.search(_NOTICE.sub("", plain))
        if dated and "month" not in found and not _SPAN.match(_NOTICE.sub("", plain), dated.end()):
            month = month_of(dated[1], int(dated[2]))
            if month:
                found["month"] = month
        if "随意契約" in plain and "競争" not in plain.split("随意契約")[0][-12:]:
            found.setdefault("method", "negotiated")
        subject = re.search(r"[（(【\[]([^（()）【】\[\]]*(?:物品|役務|工事)[^（()）【】\[\]]*)[）)】\]]", plain)
        if subject:
            kind = "works" if _WORKS.search(subject[1]) and not _GOODS.search(subject[1]) else "goods"
            found.setdefault("category", kind)
    return found


def month_of(year: str, month: int) -> str | None:
    """The month of ``令和7年`` or, in a fiscal year ``令和7年度``, the month that lies in it, as ``YYYY-MM``."""
    reading = MONTH.read(f"{year.replace('度', '').rstrip('.年 ')}年{month}月").value
    if reading and "度" in year and month < 4:
        return f"{int(reading[:4]) + 1}{reading[4:]}"
    return reading if isinstance(reading, str) else None


def complete(values: dict[str, Any], printed: Mapping[str, str]) -> dict[str, Any]:
    """What a contract's other values settle: whether its estimate is published."""
    values = dict(values)
    if values["estimate_status"] is None and values["estimated_price"] is not None:
        values["estimate_status"] = "published"
    if values["unit_price"] is None and values["unit_price_text"] is not None:
        values["unit_price"] = True
    return values


def rate(values: Mapping[str, Any]) -> Decimal | None:
    """落札率 = 契約金額 ÷ 予定価格 × 100, one decimal (disclosure.md §2.3)."""
    if values["amount"] is None or not values["estimated_price"] or values["estimate_status"] == "withheld":
        return None
    return award_rate(values["amount"], values["estimated_price"])


def single_bid(values: Mapping[str, Any]) -> bool | None:
    """一者応札: a competition with one bidder."""
    if values["bidder_count"] is None:
        return None
    return values["method"] in CONTEST and values["bidder_count"] == 1


def month(values: Mapping[str, Any]) -> str | None:
    """公表対象年月: as the ledger's title says, else that of the date signed."""
    signed = values["contract_date"]
    return values["month"] or (f"{signed:%Y-%m}" if isinstance(signed, date | datetime) else None)


def form(values: Mapping[str, Any]) -> str | None:
    """The official form, by the kind of contract and the method; ``None`` where one of them is missing."""
    category = values["category"] or {"works_manufacture": None, None: None}.get(values["contract_type"], "goods")
    return choose_form(category, values["method"])


def fiscal_year(values: Mapping[str, Any]) -> int | None:
    """The fiscal year in which a contract was signed."""
    signed = values["contract_date"]
    return calendar.fiscal_year(signed) if signed else None


def share(values: Mapping[str, Any]) -> Decimal | None:
    """再委託の割合: the subcontracted amount in the contract's, percent, where both are known."""
    if not values["amount"] or not values["contract_amount"]:
        return None
    share = Decimal(values["amount"]) * 100 / Decimal(values["contract_amount"])
    return share.quantize(Decimal("0.1"))
