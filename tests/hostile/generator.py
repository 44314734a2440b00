"""Make hostile workbooks: small, quickly, nothing big committed.

Each function of ``HOSTILE`` gives the bytes of one file; the tests say what must become of it. The last functions give
seeded mutations of a real workbook.
"""

from __future__ import annotations

import io
import random
import struct
import zipfile
import zlib
from collections.abc import Iterator

MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"

STYLES = f'<styleSheet {MAIN}><cellXfs count="2"><xf numFmtId="0"/><xf numFmtId="14"/></cellXfs></styleSheet>'


def sheet(rows: str, *, before: str = "", after: str = "") -> str:
    """A worksheet part around the XML of its rows."""
    return f'<worksheet {MAIN}>{before}<sheetData>{rows}</sheetData>{after}</worksheet>'


def parts(*sheets: str, **more: str | bytes) -> dict[str, str | bytes]:
    """The parts of a workbook, by name; ``more`` are further ones with ``__`` for ``/`` and ``_`` for ``.``-less names."""
    listed = "".join(f'<sheet name="S{i}" sheetId="{i}" r:id="rId{i}"/>' for i in range(1, len(sheets) + 1))
    relations = "".join(f'<Relationship Id="rId{i}" Type="{REL}/worksheet" Target="worksheets/sheet{i}.xml"/>' for i in range(1, len(sheets) + 1))
    relations += f'<Relationship Id="rId90000" Type="{REL}/sharedStrings" Target="sharedStrings.xml"/>'
    relations += f'<Relationship Id="rId90001" Type="{REL}/styles" Target="styles.xml"/>'
    made: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="rId1" Type="{REL}/officeDocument" Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{REL}"><sheets>{listed}</sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships">{relations}</Relationships>',
        "xl/sharedStrings.xml": f'<sst {MAIN} uniqueCount="1"><si><t>文字</t></si></sst>',
        "xl/styles.xml": STYLES,
    }
    for index, each in enumerate(sheets, 1):
        made[f"xl/worksheets/sheet{index}.xml"] = each
    made.update(more)
    return made


def packed(made: dict[str, str | bytes]) -> bytes:
    """A zip file of the parts."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in made.items():
            archive.writestr(name, content)
    return out.getvalue()


def book(*sheets: str, **more: str | bytes) -> bytes:
    """A whole workbook from the XML of its sheets."""
    return packed(parts(*sheets, **more))


def cells(*given: str) -> bytes:
    """A workbook whose one row holds these cells."""
    return book(sheet(f'<row r="1">{"".join(given)}</row>'))


# ------------------------------------------------------------------------------------------------- zip files by hand

def raw_zip(members: list[tuple[str, bytes, int]], *, count: int | None = None, same_place: bool = False) -> bytes:
    """A zip whose directory says what we want: name, deflated bytes and the size that is declared for them unpacked."""
    body, listing = b"", b""
    for name, deflated, size in members:
        label = name.encode()
        at = 0 if same_place else len(body)
        head = struct.pack("<HHHHHIIIHH", 20, 0, 8, 0, 0, 0, len(deflated), size, len(label), 0)
        if not (same_place and body):
            body += b"PK\3\4" + head + label + deflated
        listing += b"PK\1\2" + struct.pack("<H", 20) + head + struct.pack("<HHHII", 0, 0, 0, 0, at) + label
    end = struct.pack("<HHHHIIH", 0, 0, (count or len(members)) & 0xFFFF, (count or len(members)) & 0xFFFF, len(listing), len(body), 0)
    return body + listing + b"PK\5\6" + end


def deflated(piece: bytes, times: int, head: bytes = b"") -> tuple[bytes, int]:
    """``head`` and ``times`` × ``piece`` deflated, without ever holding it unpacked; and its size."""
    squeezer = zlib.compressobj(9, zlib.DEFLATED, -15)
    start = squeezer.compress(head) + squeezer.flush(zlib.Z_FULL_FLUSH)
    block = squeezer.compress(piece) + squeezer.flush(zlib.Z_FULL_FLUSH)
    return start + block * times + squeezer.flush(zlib.Z_FINISH), len(head) + len(piece) * times


def with_big_part(name: str, piece: bytes, times: int, head: bytes = b"", declared: int | None = None) -> bytes:
    """A workbook of which one part grows when unpacked."""
    members = []
    for part, content in parts(sheet("")).items():
        plain = content.encode() if isinstance(content, str) else content
        members.append((part, *(deflated(piece, times, head) if part == name else deflated(plain, 1))))
    return raw_zip([(part, data, declared if declared and part == name else size) for part, data, size in members])


# -------------------------------------------------------------------------------------------------- the single files

BIG_SHEET = "xl/worksheets/sheet1.xml"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def spaces_in_a_sheet() -> bytes:
    return with_big_part(BIG_SHEET, b" " * 2**20, 1024, sheet("").encode()[:-20])


def spaces_in_a_string() -> bytes:
    return with_big_part("xl/sharedStrings.xml", b" " * 2**20, 1024, f"<sst {MAIN}><si><t>".encode())


def twenty_million_cells() -> bytes:
    return with_big_part(BIG_SHEET, b"<c><v>1</v></c>" * 20_000, 1000, f'<worksheet {MAIN}><sheetData><row r="1">'.encode())


def false_size() -> bytes:
    return with_big_part(BIG_SHEET, b" " * 2**20, 300, sheet("").encode()[:-20], declared=5000)


def entities(declared: str) -> bytes:
    return book(f'<!DOCTYPE worksheet [{declared}]>' + sheet('<row r="1"><c r="A1" t="inlineStr"><is><t>&z;</t></is></c></row>'))


def billion_laughs() -> bytes:
    return entities('<!ENTITY a "ha">' + "".join(f'<!ENTITY {chr(98 + i)} "{f"&{chr(97 + i)};" * 10}">' for i in range(9)) + '<!ENTITY z "&j;">')


def quadratic_entity() -> bytes:
    return entities(f'<!ENTITY y "{"x" * 50_000}"><!ENTITY z "{"&y;" * 5_000}">')


def external_entity() -> bytes:
    return entities('<!ENTITY z SYSTEM "file:///etc/hostname">')


def doctype_in_the_strings() -> bytes:
    return book(sheet(""), **{"xl/sharedStrings.xml": f"<!DOCTYPE sst><sst {MAIN}/>"})


def far(cell: str) -> bytes:
    return book(sheet(f'<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576">{cell}</row>'))


def far_prefixed() -> bytes:
    return book(f'<x:worksheet xmlns:x="{MAIN[7:-1]}"><x:sheetData><x:row r="1048576"><x:c r="XFD1048576"><x:v>1</x:v></x:c></x:row></x:sheetData></x:worksheet>')


def far_without_address() -> bytes:
    return book(sheet(f'<row r="1048576">{"<c><v>1</v></c>" * 300}</row>'))


def thousand_rows_in_the_last_column() -> bytes:
    return book(sheet("".join(f'<row r="{r}"><c r="XFD{r}"><v>1</v></c></row>' for r in range(1, 1001))))


def far_with_another_attribute_first() -> bytes:
    """A decoy before the address: a reader that takes the first attribute for it looks in the wrong place."""
    return book(sheet('<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c t="A1048576" r="XFD1048576"><v>1</v></c></row>'))


def utf16_sheet() -> bytes:
    return book(b"\xff\xfe" + ('<?xml version="1.0" encoding="UTF-16"?>' + sheet('<row r="1"><c r="A1"><v>1</v></c></row>')).encode("utf-16-le"))  # type: ignore[arg-type]


def utf16_said_only() -> bytes:
    return book('<?xml version="1.0" encoding="Shift_JIS"?>' + sheet(""))


def declared_strings() -> bytes:
    return book(sheet(""), **{"xl/sharedStrings.xml": f'<sst {MAIN} count="1" uniqueCount="4294967295"><si><t>x</t></si></sst>'})


def merge_over_everything() -> bytes:
    return book(sheet('<row r="1"><c r="A1"><v>1</v></c></row>', after='<mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'))


def many_merges() -> bytes:
    return book(sheet("", after="<mergeCells>" + "".join(f'<mergeCell ref="A{i}:B{i}"/>' for i in range(1, 30_001)) + "</mergeCells>"))


def many_members() -> bytes:
    nothing = deflated(b"", 1)
    return raw_zip([("[Content_Types].xml", *nothing), *((f"xl/{i}", *nothing) for i in range(20_000))])


def many_sheets() -> bytes:
    return book(*[sheet("")] * 900)


def overlapping() -> bytes:
    one = deflated(b"x", 1000)
    return raw_zip([("[Content_Types].xml", *one), *((f"xl/{i}.xml", *one) for i in range(100))], same_place=True)


def doubled_member() -> bytes:
    one = deflated(b"<x/>", 1)
    return raw_zip([("[Content_Types].xml", *one), ("xl/workbook.xml", *one), ("xl/workbook.xml", *one)])


def ods_of_everything() -> bytes:
    body = ('<office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x"><office:body><office:spreadsheet><table:table table:name="S">'
            '<table:table-row table:number-rows-repeated="1048576"><table:table-cell office:value-type="float" office:value="1" table:number-columns-repeated="16384"/>'
            '</table:table-row></table:table></office:spreadsheet></office:body></office:document-content>')
    return packed({"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": body,
                   "META-INF/manifest.xml": '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'})


def xls_of_four_billion_sectors() -> bytes:
    head = OLE + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6) + struct.pack("<IIIIIIIIII", 0, 0xFFFFFFF0, 1, 0, 4096, 0xFFFFFFFE, 0, 0xFFFFFFFE, 0xFFFFFFF0, 0)
    return (head + struct.pack("<109I", *range(109))).ljust(512, b"\xff") + ("Workbook".encode("utf-16-le") + bytes(100)).ljust(2048, b"\0")


def protected() -> bytes:
    return OLE + bytes(600) + "EncryptedPackage".encode("utf-16-le") + bytes(600)


REFUSED = {
    "spaces_in_a_sheet": (spaces_in_a_sheet, "unpacks_too_large"),
    "spaces_in_a_string": (spaces_in_a_string, "unpacks_too_large"),
    "twenty_million_cells": (twenty_million_cells, "unpacks_too_large"),
    "false_size": (false_size, "damaged"),
    "billion_laughs": (billion_laughs, "doctype"),
    "quadratic_entity": (quadratic_entity, "doctype"),
    "external_entity": (external_entity, "doctype"),
    "doctype_in_the_strings": (doctype_in_the_strings, "doctype"),
    "far_cell": (lambda: far('<c r="XFD1048576"><v>1</v></c>'), "far_cell"),
    "far_cell_single_quotes": (lambda: far("<c r='XFD1048576'><v>1</v></c>"), "far_cell"),
    "far_cell_empty_string": (lambda: far('<c r="XFD1048576" t="str"><v></v></c>'), "far_cell"),
    "far_cell_inline": (lambda: far('<c r="XFD1048576" t="inlineStr"><is><t>x</t></is></c>'), "far_cell"),
    "far_cell_in_a_near_row": (lambda: book(sheet('<row r="1"><c r="XFD1048576"><v>1</v></c></row>')), "far_cell"),
    "far_cell_decoy": (far_with_another_attribute_first, "far_cell"),
    "far_prefixed": (far_prefixed, "far_cell"),
    "far_without_address": (far_without_address, "far_cell"),
    "thousand_rows_in_the_last_column": (thousand_rows_in_the_last_column, "far_cell"),
    "impossible_address": (lambda: cells('<c r="ZZZZZZ99999999999"><v>1</v></c>'), "bad_address"),
    "impossible_row": (lambda: book(sheet('<row r="99999999999"><c><v>1</v></c></row>')), "bad_address"),
    "utf16_sheet": (utf16_sheet, "not_utf8"),
    "other_encoding": (utf16_said_only, "not_utf8"),
    "declared_strings": (declared_strings, "declared_count"),
    "merge_over_everything": (merge_over_everything, "huge_merge"),
    "many_merges": (many_merges, "too_many_merges"),
    "many_members": (many_members, "too_many_parts"),
    "many_sheets": (many_sheets, "too_many_sheets"),
    "overlapping": (overlapping, "overlapping_parts"),
    "doubled_member": (doubled_member, "doubled_part"),
    "protected": (protected, "password"),
    "empty": (lambda: b"", "empty"),
    "random": (lambda: random.Random(7).randbytes(4000), "other_kind"),
    "html": (lambda: "<html><table><tr><td>契約</td></tr></table></html>".encode(), "other_kind"),
    "pdf": (lambda: b"%PDF-1.7\n%\xe2\xe3", "other_kind"),
    "csv": (lambda: "No,件名\n1,複写機\n".encode("cp932"), "wrong_ending"),
    "truncated": (lambda: cells('<c r="A1"><v>1</v></c>')[:-200], "damaged"),
    "not_well_formed": (lambda: cells('<c r="A1"><v>1</c>'), "damaged"),
    "control_character": (lambda: cells('<c r="A1" t="inlineStr"><is><t>a\x01b</t></is></c>'), "damaged"),
    "hidden_sheet_part": (lambda: book(sheet(""), **{"xl/other.xml": sheet('<row r="1"><c r="A1"><v>1</v></c></row>')}), "damaged"),
    "string_that_is_not_there": (lambda: cells('<c r="A1" t="s"><v>99</v></c>'), "damaged"),
}
"""Files that must be refused, and the code of the reason."""

FAULTY = {
    "formula_without_value": ('<c r="A1"><f>1+1</f></c>', "cell_formula_without_value"),
    "formula_with_empty_value": ('<c r="A1"><f>1+1</f><v/></c>', "cell_formula_without_value"),
    "formula_at_the_end": ('<c r="A1"><f>1+1</f><v></v></c>', "cell_formula_without_value"),
    "error": ('<c r="A1" t="e"><v>#REF!</v></c>', "cell_error_value"),
    "error_of_a_formula": ('<c r="A1" t="e"><f>B1</f><v>#DIV/0!</v></c>', "cell_error_value"),
    "nan": ('<c r="A1"><v>NaN</v></c>', "cell_not_a_number"),
    "infinite": ('<c r="A1"><v>1e400</v></c>', "cell_not_a_number"),
    "date_before_1900": ('<c r="A1" s="1"><v>-5</v></c>', "cell_date_out_of_range"),
    "date_after_9999": ('<c r="A1" s="1" t="n"><v>3000000</v></c>', "cell_date_out_of_range"),
    "date_in_another_order": ('<c s="1" r="A1"><v>3000000</v></c>', "cell_date_out_of_range"),
    "same_cell_twice": ('<c r="A1"><v>1</v></c><c r="A1"><v>2</v></c>', "cell_doubled"),
    "same_row_twice": ('<c r="A1"><v>1</v></c></row><row r="1"><c r="A1"><v>2</v></c>', "row_doubled"),
    "nul": ('<c r="A1" t="inlineStr"><is><t>株式会社_x0000_見本</t></is></c>', "cell_control_characters"),
    "long_text": (f'<c r="A1" t="inlineStr"><is><t>{"あ" * 40_000}</t></is></c>', "cell_text_too_long"),
}
"""One row of cells each, and the code of the fault that must stand at A1."""


# --------------------------------------------------------------------------------------------------------- mutations

def mutations(original: bytes, count: int, seed: int) -> Iterator[bytes]:
    """``original`` changed in small ways: in the zip itself, and in the XML of its parts before packing."""
    chance = random.Random(seed)
    made = {part.filename: zipfile.ZipFile(io.BytesIO(original)).read(part) for part in zipfile.ZipFile(io.BytesIO(original)).infolist()}
    names = [name for name in made if name.endswith((".xml", ".rels"))]
    for number in range(count):
        if number % 4 == 0:
            yield _changed(original, chance)
        else:
            name = chance.choice(names)
            yield packed({**made, name: _changed(made[name], chance)})


_WORDS = (b"", b"0", b"-1", b"4294967295", b"1048577", b"XFD1048576", b'"', b"<", b"</c>", b"&#0;", b"\xff", b"<row>", b"NaN")


def _changed(data: bytes, chance: random.Random) -> bytes:
    for _ in range(chance.randint(1, 6)):
        at = chance.randrange(len(data))
        data = data[:at] + chance.choice(_WORDS) + data[at + chance.randint(0, 4):]
    return data
