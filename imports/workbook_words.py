"""What :mod:`imports.workbook` says: why a file is refused, and what is wrong with a cell."""

from __future__ import annotations

from grc.problem import Problem, Severity, define
from grc.text import Text, same
from imports.precheck import letter_of

_DANGEROUS = Text("ふつうの表計算ソフトでは作られない形のため、安全のため開きませんでした。", "No ordinary spreadsheet program writes this, so it was not opened.")

_REFUSALS = {
    "empty": Text("中身が空です（0バイト）。保存し直したファイルを選んでください。", "It is empty (0 bytes). Save it again and choose that file."),
    "too_large": Text("大きすぎます（上限 {limit} MB）。シートを分けるか、画像を除いて保存し直してください。", "It is too large (limit {limit} MB). Split it or remove pictures, and save it again."),
    "damaged": Text("壊れているか、途中で切れています。Excelで開けるか確かめ、保存し直してください。", "It is damaged or cut short. See whether Excel opens it, and save it again."),
    "password": Text("パスワードで保護されています。パスワードを外して保存し直してください。", "It is protected by a password: save it without."),
    "other_kind": Text("表計算のファイルではありません（実際の中身: {kind}）。Excel（.xlsx）かCSVで保存し直してください。", "It is no workbook: it really is {kind}. Save it as Excel (.xlsx) or CSV."),
    "wrong_ending": Text("名前の末尾と中身が合いません（実際の中身: {kind}）。名前の末尾を .{ending} に直してください。", "Its name and its content disagree: it really is {kind}. Rename it to end in .{ending}."),
    "no_such_sheet": Text("シート「{sheet}」がありません。あるのは {sheets} です。", "There is no sheet “{sheet}”. There are: {sheets}."),
    "too_many_parts": Text("部品が多すぎます（上限 {limit}）。", "It has too many parts (limit {limit}). ") ,
    "unpacks_too_large": Text("展開すると大きくなりすぎます（上限 {limit} MB）。", "It grows too large when unpacked (limit {limit} MB)."),
    "doubled_part": Text("同じ名前の部品が二つあります。", "Two of its parts have the same name."),
    "overlapping_parts": Text("部品どうしが重なっています。", "Its parts overlap."),
    "doctype": Text("文書型宣言（DTD）が含まれています。DTDは使えません。", "It holds a document type (DTD); a DTD is not allowed."),
    "not_utf8": Text("文字コードが {encoding} の部品があります。UTF-8 だけが使えます。", "One of its parts is in {encoding}; only UTF-8 is allowed."),
    "declared_count": Text("ありえない件数（{count}）が書かれています。", "It declares an impossible count ({count})."),
    "bad_address": Text("ありえないセル番地（{cell}）があります。", "It holds an impossible cell address ({cell})."),
    "far_cell": Text("シート「{sheet}」の表が広すぎます（{cell} に値があります。上限は500万セルです）。離れたセルの値を消して保存し直してください。",
                     "The sheet “{sheet}” reaches too far (a value in {cell}; the limit is 5,000,000 cells). Delete the far cell and save it again."),
    "too_many_merges": Text("シート「{sheet}」の結合セルが多すぎます（上限 {limit}）。", "The sheet “{sheet}” has too many merged ranges (limit {limit})."),
    "huge_merge": Text("シート「{sheet}」に広すぎる結合セル（{cell}）があります。", "The sheet “{sheet}” has a merged range that is too large ({cell})."),
    "too_many_sheets": Text("シートが多すぎます（上限 {limit}）。", "It has too many sheets (limit {limit})."),
}
_HOSTILE = frozenset({"too_many_parts", "unpacks_too_large", "doubled_part", "overlapping_parts", "doctype", "declared_count", "bad_address"})

_KINDS = {
    "xlsx": Text("Excelブック（.xlsx）", "an Excel workbook (.xlsx)"), "xls": Text("旧形式のExcelブック（.xls）", "an old Excel workbook (.xls)"),
    "ods": Text("OpenDocument表計算（.ods）", "an OpenDocument spreadsheet (.ods)"), "csv": Text("CSVなどの文字データ", "plain text such as CSV"),
    "xlsb": Text("バイナリ形式のExcelブック（.xlsb）", "a binary Excel workbook (.xlsb)"), "docx": Text("Word文書", "a Word document"),
    "doc": Text("Word文書", "a Word document"), "pptx": Text("PowerPoint資料", "a PowerPoint file"), "zip": Text("ZIP書庫", "a ZIP archive"),
    "ole": Text("別の種類のOffice文書", "another sort of Office document"), "pdf": Text("PDF", "a PDF"), "html": Text("Webページ（HTML）", "a web page (HTML)"),
    "xml": Text("XML", "XML"), "image": Text("画像", "a picture"), "rtf": Text("リッチテキスト", "rich text"),
    "unknown": Text("種類の分からないデータ", "data of an unknown sort"),
}

_DIED = Text("ファイル「{name}」を読む途中で、安全のための上限を超えたため中止しました（{why}）。壊れているか、悪意のあるファイルかもしれません。Excelで開けるか確かめ、保存し直してください。",
             "Reading “{name}” was stopped at a safety limit ({why}). It is damaged or hostile. See whether Excel opens it, and save it again.")
DIED = {reason: Text(_DIED.ja.replace("{why}", why.ja), _DIED.en.replace("{why}", why.en)) for reason, why in {
    "time": Text("時間がかかりすぎました", "it took too long"), "memory": Text("メモリーを使いすぎました", "it needed too much memory"),
    "size": Text("中身が大きすぎました", "its content is too large"), "crash": Text("読み取りが異常終了しました", "the reader crashed"),
}.items()}


def refusal(code: str, name: str, details: dict[str, object]) -> Text:
    """The sentence for a refused file; quotes its name."""
    kind = details.get("kind")
    why = _REFUSALS[code].format(**{**details, "kind": _KINDS.get(str(kind), same(str(kind)))})
    more = _DANGEROUS if code in _HOSTILE else same("")
    return Text(f"ファイル「{name}」を読めません。{why.ja}{more.ja}", f"“{name}” cannot be read. {why.en.strip()} {more.en}".rstrip())


ACTIVE_PARTS = define("file_active_parts", Severity.WARNING,
    Text("マクロや外部リンクなど、データではない部品が含まれています（{value}）。データだけを読みました。", "It holds parts that are no data, such as macros or links ({value}). Only the data was read."),
    Text("差出人に心当たりがなければ、開かずに確かめてください。", "If you do not know the sender, ask before opening it in Excel."))
OLD_FORMAT = define("file_old_format", Severity.NOTE,
    Text("旧形式（.xls）のため、エラー値と計算結果のない数式は空欄として読まれます。", "In the old format (.xls) error values and formulas without a result read as blanks."),
    Text("できれば .xlsx で保存し直してください。", "Save it as .xlsx if you can."))

_CELL_FAULTS = {
    "formula_without_value": define("cell_formula_without_value", Severity.ERROR,
        Text("数式の計算結果が保存されていません。", "The result of the formula was never stored."),
        Text("Excelで一度開いて上書き保存してから、もう一度選んでください。", "Open it in Excel, save it, and choose it again.")),
    "error_value": define("cell_error_value", Severity.WARNING,
        Text("エラー値「{value}」です。値がないものとして扱います。", "The cell holds the error {value}; it is taken as having no value."),
        Text("元の数式を直すか、値を入れてください。", "Correct the formula, or type the value.")),
    "not_a_number": define("cell_not_a_number", Severity.WARNING,
        Text("数値として扱えない値（{value}）です。", "The value ({value}) is no number."), Text("値を入れ直してください。", "Type the value again.")),
    "date_out_of_range": define("cell_date_out_of_range", Severity.WARNING,
        Text("日付の書式ですが、日付にできない値（{value}）です。", "The cell is formatted as a date, but its value ({value}) is none."),
        Text("日付を入れ直してください。", "Type the date again.")),
    "doubled_cell": define("cell_doubled", Severity.ERROR,
        Text("同じセルが二度書かれているか、順序が乱れています。どちらの値が正しいか分かりません。", "The cell is written twice or out of order; which value holds is unknown."),
        Text("Excelで開いて確かめ、保存し直してください。", "Open it in Excel, look, and save it again.")),
    "doubled_row": define("row_doubled", Severity.ERROR,
        Text("同じ行が二度書かれているか、順序が乱れています。", "The row is written twice or out of order."),
        Text("Excelで開いて確かめ、保存し直してください。", "Open it in Excel, look, and save it again.")),
    "text_too_long": define("cell_text_too_long", Severity.ERROR,
        Text("文字が長すぎます（上限 32,767 文字）。", "The text is too long (limit 32,767 characters)."), Text("短くするか、添付資料にしてください。", "Shorten it, or attach it as a file.")),
    "control_characters": define("cell_control_characters", Severity.WARNING,
        Text("目に見えない制御文字を取り除きました（「{value}」の□の位置）。", "Invisible control characters were removed (where “{value}” shows □)."),
        Text("値が正しいか確かめてください。", "See whether the value is right.")),
}


def fault(code: str, sheet: str, row: int, column: int, said: str) -> Problem:
    """What is wrong with a cell (column 0: with the row), at its place."""
    return _CELL_FAULTS[code](sheet=sheet, row=row, column=letter_of(column) or None, value=said)
