"""What runs inside the jail: a person's workbook in, plain JSON out.

Imported by the child process of :mod:`imports.jail` only (and by no other module), so it knows nothing of the rest of
the project but the pre-check. Its answers are read by :mod:`imports.workbook`.
"""

from __future__ import annotations

import encodings.cp437  # noqa: F401  zipfile asks for it late, when the jail lets nothing more be opened
import io
import math
from datetime import date, datetime, time, timedelta
from typing import Any

import orjson
import python_calamine as calamine

from imports.archive import MAX_AREA, MAX_FAULTS, MAX_SHEETS, Fault, Refused
from imports.precheck import contents, letter_of

LONGEST_TEXT = 32_767  # what one cell of Excel can hold
EXACT = 2**53
SPECIAL = {date: 0, datetime: 1, time: 2}
"""Values that JSON has no word for, by the number that stands for their type in ``special``."""


def check(data: bytes, *, kind: str) -> bytes:
    """The pre-check's findings by sheet, or ``{"refused": [code, details]}``."""
    try:
        return orjson.dumps(contents(data, kind))
    except Refused as refused:
        return orjson.dumps({"refused": [refused.code, refused.details]})


def read(data: bytes, *, kind: str, sheet: str | None, check_first: bool) -> bytes:
    """Every cell of the workbook (or of one sheet): ``{"sheets": [...], "names": [...], "checked": {...}}``.

    A sheet is ``{name, hidden, rows, special, merged, faults}``: rows of JSON values, ``special`` a flat list of
    row, column (from 0) and the number of the type for each date and time.
    """
    try:
        checked = contents(data, kind) if check_first else {}
        return orjson.dumps({"checked": checked, **_sheets(data, sheet)})
    except Refused as refused:
        return orjson.dumps({"refused": [refused.code, refused.details]})
    except calamine.PasswordError:
        return orjson.dumps({"refused": ["password", {}]})
    except calamine.CalamineError:
        return orjson.dumps({"refused": ["damaged", {}]})


def _sheets(data: bytes, wanted: str | None) -> dict[str, Any]:
    book = calamine.load_workbook(io.BytesIO(data))
    kept = [each for each in book.sheets_metadata if each.typ == calamine.SheetTypeEnum.WorkSheet]
    if len(kept) > MAX_SHEETS:
        raise Refused("too_many_sheets", limit=MAX_SHEETS)
    names = [each.name for each in kept]
    area, sheets = 0, []
    for each in kept:
        if wanted is not None and each.name != wanted:
            continue
        sheet = book.get_sheet_by_name(each.name)
        bottom, right = sheet.end or (-1, -1)
        area += (bottom + 1) * (right + 1)
        if area > MAX_AREA:
            raise Refused("far_cell", sheet=each.name, cell=f"{letter_of(right + 1)}{bottom + 1}")
        rows: list[list[Any]] = sheet.to_python(skip_empty_area=False) if sheet.end else []
        special, faults = _plain(rows)
        merged = [(top + 1, left + 1, low + 1, far + 1) for (top, left), (low, far) in sheet.merged_cell_ranges or ()]
        sheets.append({"name": each.name, "hidden": each.visible != calamine.SheetVisibleEnum.Visible, "rows": rows,
                       "special": special, "merged": merged, "faults": faults[:MAX_FAULTS]})
    return {"names": names, "sheets": sheets}


def _plain(rows: list[list[Any]]) -> tuple[list[int], list[Fault]]:
    """Make the rows JSON, in place: blank → null, 1000.0 → 1000; returns the special values and what has no value."""
    special: list[int] = []
    faults: list[Fault] = []
    for index, row in enumerate(rows):
        for at, value in enumerate(row):
            kind = type(value)
            if kind is str:
                if not value:
                    row[at] = None
                elif len(value) > LONGEST_TEXT:
                    faults.append(("text_too_long", index + 1, at + 1, value[:40]))
                    row[at] = value[:LONGEST_TEXT]
            elif kind is float:
                if not math.isfinite(value):
                    faults.append(("not_a_number", index + 1, at + 1, str(value)))
                    row[at] = None
                elif value.is_integer() and -EXACT < value < EXACT:
                    row[at] = int(value)
            elif kind in SPECIAL:
                special += (index, at, SPECIAL[kind])
            elif kind is timedelta:
                row[at] = _duration(value)
    return special, faults


def _duration(value: timedelta) -> str:
    """``30:05`` as Excel shows ``[h]:mm``, with seconds only where there are some."""
    seconds = round(value.total_seconds())
    sign, seconds = ("-", -seconds) if seconds < 0 else ("", seconds)
    tail = f":{seconds % 60:02}" if seconds % 60 else ""
    return f"{sign}{seconds // 3600}:{seconds // 60 % 60:02}{tail}"
