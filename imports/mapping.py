"""Which heading means which field: labels, synonyms, what was taught; likeness is only ever a suggestion.

The person sees the mapping and may correct it; what they teach is remembered by the layout's fingerprint.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from rapidfuzz import fuzz, process

from grc.kinds import Cell, fold
from grc.refusal import Misuse
from grc.register import Compound, Register
from grc.text import Text
from imports.header import Column
from imports.layout import Table
from imports.rows import split_unit

How = Literal["label", "synonym", "remembered", "chosen", "number", "computed", "none"]
IGNORE = "-"
"""What a person chooses for a column that is not to be taken in."""
HOW: dict[str, Text] = {
    "label": Text("見出しが項目の名前と同じです", "the heading is the field's name"),
    "synonym": Text("見出しが項目の別の言い方です", "the heading is another word for the field"),
    "remembered": Text("前の取り込みで選ばれた対応です", "as chosen in an earlier import"),
    "chosen": Text("選んだ対応です", "as you chose"),
    "number": Text("行の番号なので取り込みません", "row numbers, not taken in"),
    "computed": Text("計算で決まるので取り込みません", "computed, not taken in"),
    "none": Text("項目がないので、記載のまま残します", "no field; kept as printed"),
}
_NUMBERING = frozenset(fold(t) for t in ("No", "No.", "№", "番号", "項番", "通番", "連番", "#", "行", "整理番号", "項"))
_LIKE = 72  # below this likeness a suggestion is a nuisance


@dataclass(frozen=True, slots=True)
class Mapped:
    """One column and what it means. ``target``: a field, child rows, a link, a compound (fields joined by ``+``), or ""."""

    column: Column
    target: str
    how: How
    suggestion: str = ""


@dataclass(frozen=True, slots=True)
class Columns:
    """All columns of a table, and the values that every row gets from above it or from the person."""

    columns: tuple[Mapped, ...]
    constants: Mapping[str, Cell]
    fingerprint: str
    said: frozenset[str] = frozenset()
    """The constants that the person gave: these hold for every row, whatever stands above or between the rows."""
    ambiguous: tuple[tuple[str, tuple[str, ...]], ...] = ()
    """(target, letters): columns that claim the same target with equal right; the person must choose."""

    def as_json(self) -> dict[str, str]:
        """Letter → target, as the command line prints and takes it."""
        return {m.column.letter: m.target or IGNORE for m in self.columns}


class Headings:
    """A register's headings, folded: what each means, labels before synonyms."""

    def __init__(self, register: Register) -> None:
        self.register = register
        self.computed = {fold(f.label.ja) for f in register.fields if f.derive}
        self.compounds: dict[str, Compound] = {target_of(c): c for c in register.compounds}
        self.labels: dict[str, str] = {}
        self.synonyms: dict[str, str] = {}
        for compound in register.compounds:
            for head in compound.heads:
                self.labels.setdefault(fold(head), target_of(compound))
        specs = [register.code_field, register.status, *(f for f in register.fields if not f.derive)]
        for spec in specs:
            for word in (spec.label.ja, spec.label.en):
                self.labels.setdefault(fold(word), spec.name)
            for word in (*spec.synonyms, *register.synonyms.get(spec.name, ())):
                self.synonyms.setdefault(fold(word), spec.name)
        for part in register.parts:
            for word in (part.label.ja, part.label.en):
                self.labels.setdefault(fold(word), part.name)
            for word in register.synonyms.get(part.name, ()):
                self.synonyms.setdefault(fold(word), part.name)
        for name in (*(s.name for s in specs), *(p.name for p in register.parts)):  # a heading comes before a field's own name
            self.labels.setdefault(fold(name), name)
        self.targets = (*self.compounds, *(s.name for s in specs), *(p.name for p in register.parts))

    def known(self, header: str) -> bool:
        """Whether a header means something here; what finding the table asks."""
        return any(key in self.labels or key in self.synonyms or key in self.computed for key in _keys(header))

    def find(self, column: Column) -> tuple[str, How]:
        """What a column's heading means: the whole heading first, then its lowest part."""
        for text in dict.fromkeys((column.header, column.parts[-1] if column.parts else "")):
            for key in _keys(text):
                if key in self.labels:
                    return self.labels[key], "label"
                if key in self.computed:
                    return "", "computed"
            for key in _keys(text):
                if key in self.synonyms:
                    return self.synonyms[key], "synonym"
        return "", "none"

    def like(self, column: Column) -> str:
        """The target whose heading is most like this one, or ""."""
        words = {**self.synonyms, **self.labels}
        found = process.extractOne(fold(column.header), words.keys(), scorer=fuzz.WRatio, score_cutoff=_LIKE)
        return words[found[0]] if found else ""


def propose(register: Register, table: Table, constants: Mapping[str, Cell], *, said: Collection[str] = (), taught: Mapping[str, str] | None = None,
            chosen: Mapping[str, str] | None = None) -> Columns:
    """The mapping of a table; ``Misuse`` for a choice of a column that is not there.

    ``taught``: folded heading → target; ``chosen``: letter or heading → target, which wins.
    """
    headings = Headings(register)
    picked = {fold(k): v for k, v in (chosen or {}).items()}
    there = {fold(name) for column in table.columns for name in (column.letter, column.header)}
    for name in chosen or {}:
        if fold(name) not in there:
            raise Misuse(Text(f"「{name}」という列も見出しも、この表にはありません。", f'This table has no column and no heading "{name}".'))
    found = []
    for n, column in enumerate(table.columns):
        wanted = picked.get(fold(column.letter)) or picked.get(fold(column.header))
        taught_target = (taught or {}).get(fold(column.header))
        target, how = headings.find(column)
        if wanted:
            target, how = ("" if wanted == IGNORE else wanted), "chosen"
        elif taught_target is not None:
            target, how = ("" if taught_target == IGNORE else taught_target), "remembered"
        elif _numbers_rows(column, [row.cells[n] for row in table.rows]):
            target, how = "", "number"
        found.append(Mapped(column, target, how, headings.like(column) if how == "none" and column.header else ""))
    columns, ambiguous = _one_each(found)
    return Columns(columns, constants, fingerprint(register.slug, table), frozenset(said), ambiguous)


def taught(mapping: Columns) -> dict[str, str]:
    """What is worth remembering of a mapping: the person's own choices, by folded heading."""
    return {fold(m.column.header): m.target or IGNORE for m in mapping.columns if m.how in ("chosen", "remembered")}


def fingerprint(slug: str, table: Table) -> str:
    """The layout's fingerprint: a hash of its headings in order."""
    return hashlib.sha256("\n".join([slug, *(fold(c.header) for c in table.columns)]).encode()).hexdigest()


def target_of(compound: Compound) -> str:
    """The name of a compound as a target."""
    return "+".join(compound.into)


def _keys(header: str) -> Iterable[str]:
    return dict.fromkeys((fold(header), fold(split_unit(header)[0])))


def _numbers_rows(column: Column, cells: list[Cell]) -> bool:
    """Whether a column only counts the rows: headed so, and small whole numbers, also with gaps or beginning anew.

    Such a number identifies nothing: next month's file counts from 1 again.
    """
    if fold(column.header) not in _NUMBERING:
        return False
    return all((text := fold(str(cell))).isdigit() and len(text) <= 4 for cell in cells if cell is not None)


def _claim(mapped: Mapped) -> str:
    return mapped.target.split("+")[0]


def _one_each(found: list[Mapped]) -> tuple[tuple[Mapped, ...], tuple[tuple[str, tuple[str, ...]], ...]]:
    """Let each field keep one column: a choice before what was taught, a label before a synonym. Equals are a question.

    A column of several fields claims the first of them: 契約金額 that may hold unit prices is the amount all the same.
    """
    rank = {"chosen": 0, "remembered": 1, "label": 2, "synonym": 3}
    best: dict[str, int] = {}
    for m in found:
        if m.target:
            best[_claim(m)] = min(best.get(_claim(m), 9), rank[m.how])
    columns, ambiguous = [], []
    for m in found:
        if m.target and rank[m.how] > best[_claim(m)]:
            m = replace(m, target="", how="none", suggestion=m.target)
        columns.append(m)
    for field in best:
        letters = tuple(m.column.letter for m in columns if m.target and _claim(m) == field)
        if len(letters) > 1:
            ambiguous.append((field, letters))
    return tuple(columns), tuple(ambiguous)
