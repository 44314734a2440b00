"""全国地方公共団体コード: six digits, the last of which checks the others.

Five digits name prefecture and municipality (JIS X 0401, JIS X 0402). The check digit is the last digit of
11 − (Σ dn·wn mod 11), with the weights 6, 5, 4, 3, 2 (総務省 全国地方公共団体コード 検査数字の算出方法).
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.kinds import EMPTY, Around, Cell, Kind, Reading, quoted, written
from grc.kinds.blank import as_error, nothing, read_as, tight
from grc.problem import Problem, Severity, define
from grc.text import Text

_WEIGHTS = (6, 5, 4, 3, 2)
_SIX, _FIVE = re.compile(r"[0-9]{6}"), re.compile(r"[0-9]{5}")
CHECK_DIGIT = define("municipality-check-digit", Severity.WARNING, Text("「{value}」の検査数字が合いません。", '"{value}": the check digit is wrong.'),
                     Text("最後の桁が {digit} なら正しい団体コードです。", "It would be right if the last digit were {digit}."))
PREFECTURE = define("municipality-prefecture", Severity.WARNING, Text("「{value}」の都道府県番号はありません。", '"{value}": there is no such prefecture.'),
                    Text("最初の2桁を01から47にしてください。", "The first two digits are 01 to 47."))
UNREADABLE = define("municipality-unreadable", Severity.WARNING, Text("「{value}」は団体コードとして読めません。", '"{value}" cannot be read as a municipality code.'),
                    Text("検査数字まで6桁の数字を入れてください。", "Enter six digits, the check digit among them."))
PREFECTURES = (
    "北海道", "青森県", "岩手県", "宮城県", "秋田県", "山形県", "福島県", "茨城県", "栃木県", "群馬県", "埼玉県", "千葉県", "東京都", "神奈川県",
    "新潟県", "富山県", "石川県", "福井県", "山梨県", "長野県", "岐阜県", "静岡県", "愛知県", "三重県", "滋賀県", "京都府", "大阪府", "兵庫県",
    "奈良県", "和歌山県", "鳥取県", "島根県", "岡山県", "広島県", "山口県", "徳島県", "香川県", "愛媛県", "高知県", "福岡県", "佐賀県", "長崎県",
    "熊本県", "大分県", "宮崎県", "鹿児島県", "沖縄県")


def check_digit(digits5: str) -> int:
    """The check digit of the five digits before it (``ValueError`` for anything else)."""
    if not _FIVE.fullmatch(digits5):
        raise ValueError("five digits are needed")
    return (11 - sum(int(digit) * weight for digit, weight in zip(digits5, _WEIGHTS, strict=True)) % 11) % 10


def valid(code: str) -> bool:
    """Whether ``code`` is six digits of a prefecture, of which the last is right."""
    return _fault(code, code) is None


def prefecture(code: str | None) -> str | None:
    """The prefecture that the first two digits name."""
    number = int(code[:2]) if code and _SIX.fullmatch(code) else 0
    return PREFECTURES[number - 1] if 1 <= number <= len(PREFECTURES) else None


def located(values: dict[str, Any], _printed: Mapping[str, str]) -> dict[str, Any]:
    """The prefecture of a body, from its code where nothing else is said."""
    return {**values, "prefecture": values["prefecture"] or prefecture(values["body_code"])}


class MunicipalityCode(Kind):
    """A code of a municipality, as six digits. In a sheet a wrong one is kept as printed; typed, it stops."""

    name = "municipality_code"

    @property
    def column_type(self) -> TypeEngine[Any]:
        """Six digits."""
        return sa.String(6)

    def read(self, cell: Cell, around: Around = Around()) -> Reading:  # noqa: B008 - immutable
        """The code; the nought that a spreadsheet took off its front is put back where the check digit then fits."""
        if cell is None:
            return EMPTY
        text = tight(written(cell)).removesuffix(".0")
        if (empty := nothing(text, cell)) is not None:
            return empty
        if _FIVE.fullmatch(text) and valid(f"0{text}"):
            return Reading(f"0{text}") if isinstance(cell, int | float) else read_as(cell, f"0{text}", f"0{text}")
        problem = _fault(text, cell)
        return Reading(None, problem) if problem else Reading(text)

    def check(self, value: Any) -> Problem | None:
        """No code, or a wrong check digit."""
        return as_error(_fault(value, value) if isinstance(value, str) else UNREADABLE(value=quoted(value)))


def _fault(code: str, cell: Cell) -> Problem | None:
    if not _SIX.fullmatch(code):
        return UNREADABLE(value=quoted(cell))
    if prefecture(code) is None:
        return PREFECTURE(value=quoted(cell))
    right = check_digit(code[:5])
    return None if int(code[5]) == right else CHECK_DIGIT(value=quoted(cell), digit=right)
