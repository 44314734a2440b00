"""The demo's ledgers, laid out the way offices lay them out: titles above, merged heads, 和暦, totals and notes below.

All companies, numbers and contracts are invented; the corporate numbers pass their check digit and belong to nobody.
"""

from __future__ import annotations

import io
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from openpyxl import Workbook
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side

from grc import calendar
from grc.kinds import check_digit

NAMES = (
    ("株式会社みなと印刷", "東京都江東区東雲一丁目1番1号"), ("株式会社北辰システムズ", "宮城県仙台市青葉区二番町2番3号"),
    ("あさひ記録保管株式会社", "埼玉県川口市並木四丁目5番"), ("東都データサービス株式会社", "東京都千代田区一番町25番地"),
    ("合同会社はやぶさ発送", "千葉県船橋市湊町三丁目8番"), ("株式会社うみかぜ通信", "神奈川県横浜市西区みどり二丁目4番"),
    ("大和文書管理株式会社", "奈良県奈良市大宮町六丁目2番"), ("株式会社いずみ電算", "大阪府大阪市北区梅の木一丁目7番"),
    ("株式会社あけぼの警備", "東京都足立区千草一丁目3番"), ("一般財団法人つばさ研修所", "東京都文京区後楽町二丁目1番"),
    ("株式会社ミライ検証", "愛知県名古屋市中区丸池三丁目6番"), ("有限会社さつき商会", "東京都台東区元町一丁目9番"),
    ("株式会社空色ネットワーク", "福岡県福岡市博多区川端五丁目1番"), ("株式会社ひのき建設", "東京都練馬区桜台二丁目20番"),
)


def _number(n: int) -> str:
    body = f"{990000000000 + 137 * (n + 1)}"
    return f"{check_digit(body)}{body}"


SUPPLIERS = tuple((name, _number(n), address) for n, (name, address) in enumerate(NAMES))
SCOPES = ("封入封緘後の発送業務", "保守作業のうち部品の調達", "検証環境の構築作業", "会場の設営と運営補助")
OFFICER = ("契約担当役\nさくら情報機構\n総務部長\n高橋　直樹\n東京都千代田区一番町25番地")
GOODS = (
    ("通知書の印刷及び封入封緘業務", 9_800_000, "open"), ("庁内ネットワーク機器の賃貸借", 86_400_000, "open"),
    ("文書保管及び溶解処理業務", 4_620_000, "open"), ("情報セキュリティ研修の運営業務", 7_150_000, "open"),
    ("全国ネットワーク監視業務", 118_800_000, "open"), ("事務用消耗品の購入", 3_300_000, "open"),
    ("庁舎警備業務", 21_780_000, "open"), ("脆弱性診断業務", 15_400_000, "open"), ("端末装置の購入", 44_990_000, "open"),
    ("認証基盤の運用保守業務", 198_000_000, "negotiated"), ("住民情報基盤の改修業務", 75_900_000, "negotiated"),
    ("データセンター利用契約の更新", 33_000_000, "negotiated"), ("会議録作成支援サービスの利用", 3_960_000, "negotiated"),
)
REASON = ("当該システムの著作権を有し、改修できる者が契約の相手方に限られるため。（根拠規定：契約事務規程第{article}条第1項第2号）")
THIN = Side(style="thin", color="FF999999")


@dataclass(frozen=True, slots=True)
class Ledger:
    """A workbook as an office hands it in: its name and bytes."""

    name: str
    data: bytes


def suppliers() -> Ledger:
    """取引先一覧: a title, the date it was made, a heading, the companies."""
    book, sheet = _book("取引先一覧")
    sheet["A1"], sheet["D2"] = f"{BODY}　取引先一覧", "（総務部契約課）"
    _head(sheet, 4, ("No.", "取引先名", "法人番号", "本店所在地"))
    for n, (name, number, address) in enumerate(SUPPLIERS, 1):
        sheet.append([n, name, number, address])
    return Ledger("取引先一覧.xlsx", _bytes(book))


def month(month: str, chance: random.Random) -> list[Ledger]:
    """The two ledgers of a month: competitive tenders in the official two-row form, negotiated contracts beside it."""
    label = f"{calendar.japanese_month(month)}分"
    first = date.fromisoformat(f"{month}-01")
    picked = sorted(chance.sample(GOODS, 9), key=lambda g: g[2])
    rows = [(*what, first + timedelta(days=chance.randrange(0, 27)), chance.choice(SUPPLIERS), chance) for what in picked]
    tenders, negotiated = ([r for r in sorted(rows, key=lambda r: r[3]) if r[2] == kind] for kind in ("open", "negotiated"))
    short = label.replace("令和", "R").replace("年", ".").replace("月分", "")
    return [Ledger(f"競争入札_{short}.xlsx", _tenders(label, tenders)), Ledger(f"随意契約_{short}.xlsx", _negotiated(label, negotiated))]


def _tenders(label: str, rows: Sequence[tuple[Any, ...]]) -> bytes:
    book, sheet = _book("公表様式")
    sheet["A1"] = "競争入札に係る情報の公表（物品役務等）"
    sheet["A2"] = _wide(f"（{label}）")
    heads = ("物品役務等の名称及び数量", "契約担当者等の氏名並びにその所属する部局の名称及び所在地", "契約を締結した日",
             "契約の相手方の商号又は名称及び住所", "法人番号", "一般競争入札・指名競争入札の別（総合評価の実施）", "予定価格（円）",
             "契約金額（円）", "落札率", "公益法人の場合", "", "", "備考")
    _head(sheet, 4, heads, second=("",) * 9 + ("公益法人の区分", "国認定、都道府県認定の区分", "応札・応募者数", ""))
    for title, price, _, day, (name, number, address), chance in rows:
        estimate = int(price * chance.uniform(1.01, 1.18)) // 1000 * 1000
        spelled = (day, _wareki(day), _wide(_wareki(day)))[chance.randrange(3)]
        bidders = chance.choice((1, 2, 3, 3, 5))
        sheet.append([f"{title}\n一式", OFFICER, spelled, f"{name}\n{address}", number,
                      chance.choice(("一般競争入札", "一般競争入札\n（総合評価の実施）")), f"{estimate:,}", price,
                      f"{price * 100 / estimate:.1f}%", "", "", bidders, "一者応札" if bidders == 1 else ""])
    sheet.append(["合計", "", "", "", "", "", "", sum(r[1] for r in rows)])
    sheet.append(["※　予定価格は消費税及び地方消費税を含む。"])
    return _bytes(book)


def _negotiated(label: str, rows: Sequence[tuple[Any, ...]]) -> bytes:
    book, sheet = _book("随意契約")
    sheet["A1"] = f"随意契約に係る情報の公表（物品役務等）　{_wide(label)}"
    _head(sheet, 3, ("No.", "件名", "契約担当者", "契約締結日", "契約の相手方", "住所", "法人番号",
                     "随意契約によることとした業務方法書又は会計規定等の根拠規定及び理由（企画競争又は公募）", "予定価格（千円）",
                     "契約金額（千円）", "落札率", "再就職の役員の数", "備考"))
    for n, (title, price, _, day, (name, number, address), chance) in enumerate(rows, 1):
        secret = chance.random() < 0.4
        estimate = price * chance.choice((1, 1, 101 / 100))
        sheet.append([n, title, "契約担当役　総務部長", _wareki(day), name, address, number,
                      REASON.format(article=chance.choice((26, 27))), "非公表" if secret else int(estimate) // 1000,
                      price // 1000, "－" if secret else f"{price // 1000 * 100 / (int(estimate) // 1000):.1f}%", "－", ""])
    return _bytes(book)


BODY = "さくら情報機構"


def _book(title: str) -> tuple[Workbook, Any]:
    book = Workbook()
    sheet = book.active
    sheet.title = title
    for letter, width in zip("ABCDEFGHIJKLM", (26, 34, 16, 30, 17, 30, 16, 16, 10, 12, 14, 12, 18), strict=True):
        sheet.column_dimensions[letter].width = width
    return book, sheet


def _head(sheet: Any, row: int, heads: Sequence[str], *, second: Sequence[str] | None = None) -> None:
    for n, head in enumerate(heads, 1):
        cell = sheet.cell(row, n, head or None)
        cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor="FFE6E6E6")
        cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")
        cell.border = Border(THIN, THIN, THIN, THIN)
    if second is None:
        return
    for n, head in enumerate(second, 1):
        if head:
            sheet.cell(row + 1, n, head).alignment = Alignment(wrap_text=True, horizontal="center")
        elif heads[n - 1]:
            sheet.merge_cells(start_row=row, end_row=row + 1, start_column=n, end_column=n)
    grouped = [n for n, head in enumerate(second, 1) if head]
    sheet.merge_cells(start_row=row, end_row=row, start_column=grouped[0], end_column=grouped[-1])


def _wareki(day: date) -> str:
    return f"R{day.year - 2018}.{day.month}.{day.day}"


def _wide(text: str) -> str:
    return text.translate(str.maketrans("0123456789.R", "０１２３４５６７８９．Ｒ"))


def _bytes(book: Workbook) -> bytes:
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
