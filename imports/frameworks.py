"""Control catalogues as label files (CSV): which framework a file is of, and its controls. Pure.

A file is known by its header; one that only names its controls, by how they are numbered, else it is a framework of its own.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import PurePath

from grc.kinds import fold
from grc.refusal import Unreadable
from grc.text import Text

OTHER = "other"


@dataclass(frozen=True, slots=True)
class Listed:
    """One control as a catalogue lists it."""

    number: str
    label: str
    label_en: str | None = None
    theme: str | None = None
    parent: str | None = None
    attributes: str | None = None
    is_new: bool | None = None
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Catalogue:
    """A framework and its controls; ``name`` tells frameworks of the sort ``other`` apart."""

    framework: str
    name: str | None
    controls: tuple[Listed, ...]


@dataclass(frozen=True, slots=True)
class _Shape:
    """A header that we know: the framework, which column holds what; ``told``: columns that only it has."""

    framework: str
    told: frozenset[str]
    columns: Mapping[str, str] = field(default_factory=dict)


_SHAPES = (
    _Shape("iso27001_2022", frozenset({"control_id", "theme_ja", "new_in_2022"}),
           {"number": "control_id", "label": "label_ja", "label_en": "label_en", "theme": "theme_ja", "is_new": "new_in_2022"}),
    _Shape("jisq15001", frozenset({"control_id", "clause", "cycle"}), {"number": "control_id", "label": "label_ja", "theme": "clause", "attributes": "cycle"}),
    _Shape("unified_r5", frozenset({"control_id", "part"}), {"number": "control_id", "label": "label_ja", "theme": "part"}),
    _Shape("internal_control", frozenset({"element_id"}), {"number": "element_id", "label": "label_ja"}),
)
_COLUMNS: Mapping[str, Sequence[str]] = {
    "number": ("control_id", "element_id", "ref_id", "number", "id", "管理策番号", "項番", "番号"),
    "label": ("label_ja", "label", "name", "title", "管理策", "管理策名", "名称"), "label_en": ("label_en", "name_en", "title_en"),
    "theme": ("theme_ja", "theme", "part", "clause", "group", "テーマ", "分類", "章"), "parent": ("parent", "parent_id", "上位の番号"),
    "attributes": ("attributes", "属性"), "statement": ("statement", "description", "内容"),
}
_PREFIXES = (("A.", "iso27001_2022"), ("JQ-", "jisq15001"), ("GU-", "unified_r5"), ("IC-", "internal_control"))


def read_labels(data: bytes, name: str) -> Catalogue:
    """The catalogue in a CSV file. Raises ``Unreadable`` with what is wrong: no text, no such columns, a number twice."""
    rows = _rows(data, name)
    header = [fold(cell) for cell in rows[0]] if rows else []
    shape = next((s for s in _SHAPES if s.told <= set(header)), None)
    columns = dict(shape.columns) if shape else {field: column for field, known in _COLUMNS.items()
                                                 if (column := next((fold(k) for k in known if fold(k) in header), None))}
    if not {"number", "label"} <= {field for field, column in columns.items() if column in header}:
        raise Unreadable(Text(
            f"「{name}」は管理策カタログの形ではありません。1行目に、番号（control_id など）と名称（label_ja など）の見出しが要ります。何も登録していません。",
            f'"{name}" is no catalogue: row 1 must head a number (such as control_id) and a label (such as label_ja). Nothing was saved.'))
    at = {field: header.index(column) for field, column in columns.items() if column in header}
    found = [_listed({field: row[n].strip() for field, n in at.items() if n < len(row)}) for row in rows[1:]]
    controls = unlike([c for c in found if c is not None], name)
    framework = shape.framework if shape else next((f for prefix, f in _PREFIXES if all(c.number.startswith(prefix) for c in controls)), OTHER)
    return Catalogue(framework, PurePath(name).stem if framework == OTHER else None, controls)


def unlike(controls: Sequence[Listed], name: str) -> tuple[Listed, ...]:
    """The controls, of which no two have one number. Raises ``Unreadable``, also where there is none at all."""
    if not controls:
        raise Unreadable(Text(f"「{name}」に管理策が1つもありません。何も登録していません。", f'"{name}" holds no control. Nothing was saved.'))
    seen: set[str] = set()
    for control in controls:
        if control.number in seen:
            raise Unreadable(Text(f"「{name}」に管理策番号「{control.number}」が2つあります。1つにしてください。何も登録していません。",
                                  f'"{name}" lists the control "{control.number}" twice. Nothing was saved.'))
        seen.add(control.number)
    return tuple(controls)


def _listed(row: Mapping[str, str]) -> Listed | None:
    """A row as a control; ``None`` for a blank one."""
    if not row.get("number"):
        return None
    theme = row.get("theme") or None
    return Listed(row["number"], row.get("label") or row["number"], row.get("label_en") or None,
                  f"箇条{theme}" if theme and theme.isdecimal() else theme, row.get("parent") or None, row.get("attributes") or None,
                  {"1": True, "0": False}.get(row.get("is_new", "")), row.get("statement") or None)


def _rows(data: bytes, name: str) -> list[list[str]]:
    for encoding in ("utf-8-sig", "cp932"):
        with suppress(UnicodeDecodeError, csv.Error):
            text = data.decode(encoding)
            if "\0" not in text:
                return list(csv.reader(io.StringIO(text)))
    raise Unreadable(Text(f"「{name}」は文字のファイルとして読めません。UTF-8 の CSV か OSCAL の JSON を選んでください。何も登録していません。",
                          f'"{name}" cannot be read as text. Choose a CSV in UTF-8, or OSCAL JSON. Nothing was saved.'))
