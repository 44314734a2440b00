"""The empty workbook of a register: headings that are read back without a question, drop-downs, and how to write each."""

from __future__ import annotations

import io

from openpyxl import Workbook
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation

from grc.kinds import Choice, Date, Flag, LongText, Minutes, Month, Ref, Yen
from grc.record import FieldSpec, Rows
from grc.register import Register, get
from grc.text import Text
from imports.layout import SUMMARY_MARK

ROWS = 1000
"""How many rows the drop-downs reach."""
REQUIRED, FREE = Text("必須", "required"), Text("任意", "optional")
HEADS = (Text("見出し", "Heading"), Text("必須", "Required"), Text("書き方", "How to write it"))
HOW_SHEET = Text("記入のしかた", "How to fill it in")
_PLAIN = {
    Date: Text("日付。例：令和8年4月1日、R8.4.1、2026/4/1", "A date: 2026-04-01, R8.4.1"),
    Yen: Text("円単位の整数。例：1,234,000", "Whole yen: 1,234,000"), Flag: Text("○ か ×", "○ or ×"),
    Minutes: Text("分単位の時間。例：240、4時間、1時間30分", "A length of time in minutes: 240, 4 hours, 1 h 30 min"),
    Month: Text("月。例：令和8年4月、2026-04", "A month: 2026-04"), LongText: Text("文（改行できます）", "Text; line breaks are kept"),
}


def template(register: Register, lang: str = "ja") -> bytes:
    """An .xlsx with one heading row, and a second sheet that says how each field is written."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = register.title.into(lang)[:31]
    sheet.freeze_panes = "A2"
    how = book.create_sheet(HOW_SHEET.into(lang))
    how.append([f"{SUMMARY_MARK}：{HOW_SHEET.into(lang)}"])
    how.append([h.into(lang) for h in HEADS])
    columns = [f for f in register.fields if f.derive is None]
    for n, spec in enumerate([*columns, *register.parts], 1):
        needed = isinstance(spec, FieldSpec) and spec.required
        label, words = spec.label.into(lang), _how(spec).into(lang)
        cell = sheet.cell(1, n, label)
        cell.font, cell.alignment = Font(bold=True), Alignment(wrap_text=True, vertical="center")
        cell.fill = PatternFill("solid", fgColor="FFFFE6CC" if needed else "FFE9EDF1")
        cell.comment = Comment(f"{(REQUIRED if needed else FREE).into(lang)}\n{words}", "台帳", width=300, height=120)
        letter = get_column_letter(n)
        sheet.column_dimensions[letter].width = max(12, min(40, 2 * len(label) + 4))
        how.append([label, REQUIRED.into(lang) if needed else "", words])
        if isinstance(spec, FieldSpec):
            _format(sheet, spec, letter, lang)
    for letter, width in zip("ABC", (30, 10, 90), strict=True):
        how.column_dimensions[letter].width = width
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _format(sheet: object, spec: FieldSpec, letter: str, lang: str) -> None:
    words = []
    if isinstance(spec.kind, Choice):
        words = [option.text.into(lang) for option in spec.kind.options]
    elif isinstance(spec.kind, Flag):
        words = ["○", "×"]
    listed = ",".join(words)
    if words and len(listed) < 250 and '"' not in listed and not any("," in w for w in words):
        choice = DataValidation("list", formula1=f'"{listed}"', allow_blank=True, showErrorMessage=False)
        sheet.add_data_validation(choice)  # type: ignore[attr-defined]
        choice.add(f"{letter}2:{letter}{ROWS}")
    number = "yyyy-mm-dd" if isinstance(spec.kind, Date) else "#,##0" if isinstance(spec.kind, Yen) else "General"
    if isinstance(spec.kind, Ref) or spec.kind.name in ("line", "corporate_number"):
        number = "@"
    sheet.column_dimensions[letter].number_format = number  # type: ignore[attr-defined]


def _how(spec: object) -> Text:
    if isinstance(spec, Rows):
        fields = "｜".join(f"{f.label.ja}：…" for f in spec.fields)
        return Text(f"1行に1件ずつ「{fields}」と書きます。", f'One a line: "{fields}".')
    if not isinstance(spec, FieldSpec):
        return Text("台帳番号を1行に1つずつ", "One number a line")
    if spec.hint:
        return spec.hint
    if isinstance(spec.kind, Choice):
        return Text("・".join(o.ja for o in spec.kind.options) + " から選ぶ", "One of: " + ", ".join(o.en for o in spec.kind.options))
    if isinstance(spec.kind, Ref):
        title = get(spec.kind.slug).title
        return Text(f"「{title.ja}」の台帳番号か名称", f'Number or name in "{title.en}"')
    return next((text for kind, text in _PLAIN.items() if isinstance(spec.kind, kind)), Text("文字", "Text"))
