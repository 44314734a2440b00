"""Open a person's file, whatever it is, and give its cells as plain data: the first stage of the way in.

Reads xlsx, xlsm, xls, ods and csv. Nothing is passed over in silence: a file that cannot be read is refused with one
sentence that says what it really is, and a cell whose value the reader cannot give is a fault at its address.
Workbooks are opened in a child process with limits (:mod:`imports.jail`), after a look at their parts
(:mod:`imports.precheck`).
"""

from __future__ import annotations

import csv
import hashlib
import io
import re
from dataclasses import dataclass, field
from datetime import date, datetime, time
from pathlib import PurePath
from typing import Any

import orjson

from grc.problem import Problem
from grc.refusal import Unreadable
from grc.text import Text, same
from imports import jail
from imports import workbook_words as words
from imports.archive import MAX_AREA, Directory, Refused, directory
from imports.precheck import letter_of

Cell = None | str | int | float | bool | date | datetime | time
"""``None`` is a blank; a duration is the text Excel shows (``30:05``)."""

MAX_BYTES = 50 * 2**20
TOGETHER = 3 * 2**20
"""From this size unpacked, the pre-check and the reading run side by side; below, one child does both."""


@dataclass(frozen=True)
class Sheet:
    """One sheet. ``rows[0]`` is row 1 and each row begins with column A, so that addresses are Excel's own.

    ``merged`` holds ranges ``(first row, first column, last row, last column)`` and ``hidden_rows`` row numbers, both
    counted from 1; ``faults`` what is wrong with single cells, by address.
    """

    name: str
    rows: list[list[Cell]]
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden: bool = False
    hidden_rows: frozenset[int] = frozenset()
    faults: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Workbook:
    """A file that was read: ``kind`` is xlsx, xlsm, xls, ods or csv; ``warnings`` are about the file as a whole."""

    name: str
    sha256: str
    kind: str
    sheets: tuple[Sheet, ...]
    warnings: list[Problem] = field(default_factory=list)


def column_letter(column: int) -> str:
    """The letter of a column counted from 1: ``28`` → ``AB``."""
    return letter_of(column)


def address(row: int, column: int) -> str:
    """Excel's name of a cell, both counted from 1: ``(12, 2)`` → ``B12``."""
    return f"{letter_of(column)}{row}"


def read_workbook(data: bytes, name: str, *, sheet: str | None = None) -> Workbook:
    """Every sheet of the file (or only ``sheet``), as plain data.

    ``name`` is the name the person gave the file: its ending must agree with the content, and messages quote it.
    Raises :class:`grc.refusal.Unreadable`.
    """
    try:
        return _read(data, name, sheet)
    except Refused as refused:
        raise Unreadable(words.refusal(refused.code, name, refused.details)) from refused
    except jail.Died as died:
        raise Unreadable(words.DIED[died.reason].format(name=name)) from died


def _read(data: bytes, name: str, sheet: str | None) -> Workbook:
    if not data:
        raise Refused("empty")
    if len(data) > MAX_BYTES:
        raise Refused("too_large", limit=MAX_BYTES // 2**20)
    what = _what_it_is(data)
    parts = directory(data) if what == "zip" else Directory(what, len(data), ())
    _name_must_agree(name, parts.kind)
    digest = hashlib.sha256(data).hexdigest()
    if parts.kind == "csv":
        return Workbook(name, digest, "csv", (_read_csv(data, name, sheet),))
    kind = "xlsm" if name.lower().endswith(".xlsm") else parts.kind
    warnings = [words.ACTIVE_PARTS(value="、".join(parts.active))] if parts.active else []
    warnings += [words.OLD_FORMAT()] if kind == "xls" else []
    return Workbook(name, digest, kind, _sheets(_open(data, parts, sheet), sheet), warnings)


# ------------------------------------------------------------------------------------------------------ what is it?

_SIGNATURES = (
    (b"PK\3\4", "zip"), (b"PK\5\6", "zip"), (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "ole"), (b"%PDF", "pdf"),
    (b"\x89PNG", "image"), (b"\xff\xd8\xff", "image"), (b"GIF8", "image"), (b"BM", "image"), (b"{\\rtf", "rtf"),
)
_OLE_STREAMS = (("EncryptedPackage", "password"), ("Workbook", "xls"), ("Book", "xls"), ("WordDocument", "doc"))
_ENDINGS = {"xlsx": ("xlsx", "xlsm"), "xls": ("xls",), "ods": ("ods",), "csv": ("csv", "tsv", "txt")}


def _what_it_is(data: bytes) -> str:
    """``zip``, ``xls`` or ``csv`` by content, never by name; raises ``Refused`` for anything else, saying what it is."""
    found = next((kind for start, kind in _SIGNATURES if data.startswith(start)), "")
    if found == "ole":
        found = next((kind for stream, kind in _OLE_STREAMS if stream.encode("utf-16-le") in data), "ole")
    if found == "password":
        raise Refused("password")
    if found in ("zip", "xls"):
        return found
    if found and not (found == "image" and data.startswith(b"BM") and decode(data) is not None):
        raise Refused("other_kind", kind=found)
    text = decode(data[:4096]) or decode(data[:4095]) or decode(data[:4094])
    if text is None:
        raise Refused("other_kind", kind="unknown")
    if re.match(r"\s*(<!doctype html|<html|<table|<meta)", text, re.IGNORECASE):
        raise Refused("other_kind", kind="html")
    if re.match(r"\s*<\?xml", text):
        raise Refused("other_kind", kind="xml")
    return "csv"


def _name_must_agree(name: str, kind: str) -> None:
    ending = PurePath(name).suffix.lower().lstrip(".")
    known = {each for endings in _ENDINGS.values() for each in endings} | {"xlsb", "pdf", "html", "htm", "docx"}
    if ending in known and ending not in _ENDINGS[kind]:
        raise Refused("wrong_ending", kind=kind, ending=_ENDINGS[kind][0])


# ----------------------------------------------------------------------------------------------------- from the jail

def _open(data: bytes, parts: Directory, sheet: str | None) -> dict[str, Any]:
    """The reader's answer, with what the pre-check found by sheet in ``checked``."""
    if parts.kind == "xls" or parts.unpacked < TOGETHER:
        return _answer(jail.run("read", data, kind=parts.kind, sheet=sheet, check_first=parts.kind != "xls"))
    with jail.Jailed("check", data, kind=parts.kind) as checking, \
            jail.Jailed("read", data, kind=parts.kind, sheet=sheet, check_first=False) as reading:
        checked = _answer(checking.answer())
        return {**_answer(reading.answer()), "checked": checked}


def _answer(answer: bytes) -> dict[str, Any]:
    said: dict[str, Any] = orjson.loads(answer)
    if "refused" in said:
        code, details = said["refused"]
        raise Refused(code, **details)
    # What JSON writes as \u00.. is a control character; almost no workbook has one, so look at cells only then.
    for sheet in said.get("sheets", ()) if b"\\u00" in answer else ():
        sheet["faults"] += without_control_characters(sheet["rows"])
    return said


_MAKE = (date.fromisoformat, datetime.fromisoformat, time.fromisoformat)


def _sheets(answer: dict[str, Any], wanted: str | None) -> tuple[Sheet, ...]:
    if wanted is not None and wanted not in answer["names"]:
        raise Refused("no_such_sheet", sheet=wanted, sheets="、".join(answer["names"]))
    return tuple(_sheet(each, answer["checked"].get(each["name"], {})) for each in answer["sheets"])


def _sheet(given: dict[str, Any], checked: dict[str, Any]) -> Sheet:
    rows = given["rows"]
    places = iter(given["special"])
    for row, column, kind in zip(places, places, places, strict=True):
        rows[row][column] = _MAKE[kind](rows[row][column])
    faults = [words.fault(code, given["name"], row, column, said)
              for code, row, column, said in sorted(map(tuple, [*checked.get("faults", ()), *given["faults"]]))]
    return Sheet(given["name"], rows, sorted(map(tuple, checked.get("merged") or given["merged"])), given["hidden"],
                 frozenset(checked.get("hidden", ())), faults)


_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")


def without_control_characters(rows: list[list[Any]]) -> list[tuple[str, int, int, str]]:
    """Take control characters (that no database keeps in a text) out of the cells, in place; say where they were."""
    found = []
    for index, row in enumerate(rows, 1):
        for at, value in enumerate(row):
            if isinstance(value, str) and _CONTROL.search(value):
                row[at] = _CONTROL.sub("", value) or None
                found.append(("control_characters", index, at + 1, _CONTROL.sub("□", value)[:40]))
    return found


# --------------------------------------------------------------------------------------------------------------- csv

def decode(data: bytes) -> str | None:
    """Text by its mark or by trial: UTF-8 (with or without a mark), UTF-16, CP932; ``None`` when it is no text."""
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        trials = ["utf-16"]
    elif b"\0" in data[:1000]:
        trials = ["utf-16-le" if data[1:2] == b"\0" else "utf-16-be"]
    else:
        trials = ["utf-8-sig", "cp932"]
    for encoding in trials:
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if not _CONTROL.search(text[:1000]):
            return text
    return None


def _read_csv(data: bytes, name: str, wanted: str | None) -> Sheet:
    title = PurePath(name).stem
    if wanted not in (None, title):
        raise Refused("no_such_sheet", sheet=wanted, sheets=title)
    text = decode(data)
    if text is None:
        raise Refused("other_kind", kind="unknown")
    if text.count(",") + text.count("\t") + text.count("\n") > MAX_AREA:  # before a cell is made of it
        raise Refused("far_cell", sheet=title, cell=address(text.count("\n") + 1, 1))
    first = text.split("\n", 1)[0]
    rows: list[list[Cell]] = []
    faults: list[tuple[str, int, int, str]] = []
    try:
        for given in csv.reader(io.StringIO(text, newline=""), delimiter="\t" if "\t" in first and "," not in first else ","):
            rows.append([value or None for value in given])
            faults += [("text_too_long", len(rows), at, value[:40]) for at, value in enumerate(given, 1) if len(value) > 32_767]
    except csv.Error as fault:
        raise Refused("damaged") from fault
    width = max(map(len, rows), default=0)
    if width * len(rows) > MAX_AREA:
        raise Refused("far_cell", sheet=title, cell=address(len(rows), width))
    for row in rows:
        row.extend([None] * (width - len(row)))
    faults += without_control_characters(rows)
    return Sheet(title, rows, faults=[words.fault(code, title, row, column, said) for code, row, column, said in faults])


__all__ = ["Cell", "Sheet", "Text", "Workbook", "address", "column_letter", "decode", "read_workbook", "same"]
