"""What a zip file says it holds, looked at without unpacking any of it; and the limits that the pre-check keeps to.

Only the standard library is imported: this module also runs in the jail (:mod:`imports.jail`), whose start must be quick.
"""

from __future__ import annotations

import io
import re
import struct
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

MAX_PARTS = 2_000
MAX_UNPACKED = 200 * 2**20
MAX_RATIO, RATIO_FROM = 200, 2**20
MAX_SHEETS = 200
MAX_ROWS, MAX_COLUMNS = 1_048_576, 16_384
MAX_AREA = 5_000_000
MAX_MERGES, MAX_MERGE_AREA = 20_000, 1_000_000
MAX_FAULTS = 10_000
LAST_SERIAL = 2_958_466  # 1 January 10000

Fault = tuple[str, int, int, str]
"""Code, row and column counted from 1 (column 0: the whole row), what stands there."""


class Refused(Exception):
    """The file is not read: a code that :mod:`imports.workbook` has a sentence for, and what the sentence quotes."""

    def __init__(self, code: str, **details: object) -> None:
        super().__init__(code)
        self.code = code
        self.details = details


class Directory(NamedTuple):
    """What a zip file says it holds: ``kind`` (xlsx, ods), bytes unpacked, and the parts that are not data."""

    kind: str
    unpacked: int
    active: tuple[str, ...]


def directory(data: bytes) -> Directory:
    """Look at the list of parts of a zip file without unpacking any; raises :class:`Refused`."""
    tail = data.rfind(b"PK\5\6")
    if tail < 0 or len(data) < tail + 22:
        raise Refused("damaged")
    declared = struct.unpack_from("<I", data, tail + 12)[0]
    if declared != 0xFFFFFFFF and declared > MAX_PARTS * 512:
        raise Refused("too_many_parts", limit=MAX_PARTS)
    try:
        parts = zipfile.ZipFile(io.BytesIO(data)).infolist()
    except (zipfile.BadZipFile, ValueError, OverflowError, struct.error, NotImplementedError) as fault:
        raise Refused("damaged") from fault
    _refuse_bombs(data, parts)
    names = {part.filename for part in parts}
    return Directory(_kind(data, parts, names), sum(part.file_size for part in parts), tuple(sorted(_active(names))))


def _refuse_bombs(data: bytes, parts: list[zipfile.ZipInfo]) -> None:
    if len(parts) > MAX_PARTS:
        raise Refused("too_many_parts", limit=MAX_PARTS)
    if len({part.filename.lower() for part in parts}) < len(parts):
        raise Refused("doubled_part")
    if any(part.flag_bits & 1 for part in parts):
        raise Refused("password")
    for part in parts:
        if part.file_size > RATIO_FROM and part.file_size > MAX_RATIO * max(part.compress_size, 1):
            raise Refused("unpacks_too_large", limit=MAX_UNPACKED // 2**20)
    if sum(part.file_size for part in parts) > MAX_UNPACKED:
        raise Refused("unpacks_too_large", limit=MAX_UNPACKED // 2**20)
    end = 0
    for part in sorted(parts, key=lambda part: part.header_offset):
        if part.header_offset < end or part.header_offset + 30 > len(data):
            raise Refused("overlapping_parts")
        name, extra = struct.unpack_from("<HH", data, part.header_offset + 26)
        end = part.header_offset + 30 + name + extra + part.compress_size
    if end > len(data):
        raise Refused("damaged")


_OTHER = (("xl/workbook.bin", "xlsb"), ("word/", "docx"), ("ppt/", "pptx"))


def _kind(data: bytes, parts: list[zipfile.ZipInfo], names: set[str]) -> str:
    if "[Content_Types].xml" in names:
        for start, kind in _OTHER:
            if any(name.startswith(start) for name in names):
                raise Refused("other_kind", kind=kind)
        if any(name.startswith("xl/") for name in names):
            return "xlsx"
    if "mimetype" in names and "content.xml" in names:
        with zipfile.ZipFile(io.BytesIO(data)).open("mimetype") as part:
            if part.read(100).startswith(b"application/vnd.oasis.opendocument.spreadsheet"):
                return "ods"
    raise Refused("other_kind", kind="zip")


_ACTIVE = re.compile(r"(?i)vbaProject\.bin$|^xl/(embeddings|externalLinks|activeX|ctrlProps|connections\.xml|queryTables|macrosheets)"
                     r"|^(Basic|Scripts|Object \d+)/")


def _active(names: set[str]) -> Iterator[str]:
    """The sorts of parts that could act: macros, embedded objects, links to other files."""
    return iter({found.group(0).rstrip("/") for name in names if (found := _ACTIVE.search(name))})
