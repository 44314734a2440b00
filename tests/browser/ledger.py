"""A contract ledger as an office keeps it: titles above, merged two-row head, 和暦, a total and a note below."""

from __future__ import annotations

from pathlib import Path

from openpyxl import Workbook

HEADS = ("物品役務等の名称及び数量", "契約担当者等の氏名並びにその所属する部局の名称及び所在地", "契約を締結した日",
         "契約の相手方の商号又は名称及び住所", "法人番号", "一般競争入札・指名競争入札の別（総合評価の実施）", "予定価格（円）", "契約金額（円）",
         "落札率", "公益法人の場合", None, None, "備考")
OFFICER = "契約担当役\nさくら情報機構\n総務部長\n高橋　直樹\n東京都千代田区一番町25番地"
ROWS = (
    ("庁舎警備業務\n一式", OFFICER, "R7.6.2", "株式会社あけぼの警備\n東京都足立区千草一丁目3番", "3000020278670", "一般競争入札", "10,120,000", 9_900_000, "97.8%"),
    ("端末装置の購入\n一式", OFFICER, "Ｒ７．６．１６", "株式会社北辰システムズ\n宮城県仙台市青葉区二番町2番3号", "7123456789012", "一般競争入札\n（総合評価の実施）",
     45_600_000, 44_990_000, "98.7%"),
)


def make(path: Path, *, wrong_date: bool = False) -> Path:
    """Write the ledger of June 2025; ``wrong_date``: its second row has a date that does not exist."""
    book = Workbook()
    sheet = book.active
    sheet.title = "公表様式"
    sheet["A1"], sheet["A2"] = "競争入札に係る情報の公表（物品役務等）", "（令和７年６月分）"
    for n, head in enumerate(HEADS, 1):
        sheet.cell(4, n, head)
        if n not in (10, 11, 12):
            sheet.merge_cells(start_row=4, end_row=5, start_column=n, end_column=n)
    sheet.merge_cells("J4:L4")
    for n, head in enumerate(("公益法人の区分", "国認定、都道府県認定の区分", "応札・応募者数"), 10):
        sheet.cell(5, n, head)
    for n, row in enumerate(ROWS):
        values = [*row, "", "", n + 2, ""]
        if wrong_date and n == 1:
            values[2] = "R7.6.31"
        sheet.append(values)
    sheet.append(["合計", *[""] * 6, sum(row[7] for row in ROWS)])
    sheet.append(["※　予定価格は消費税を含む。"])
    book.save(path)
    return path
