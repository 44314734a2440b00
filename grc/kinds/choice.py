"""One of a short list of words: a grade, a method, a category."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from sqlalchemy.types import TypeEngine

from grc.kinds.base import Around, Cell, Kind, Reading
from grc.kinds.blank import EMPTY, fold, nothing, quoted, read_as, without_marks, written
from grc.problem import Problem, Severity, define
from grc.text import Text

_MOST_NAMED = 12
_BRACKETS = str.maketrans("[{〔【「『〈《〖<]}〕】」』〉》〗>", "((((((((((" + "))))))))))")
_NUMBERED = re.compile(r"[0-9a-z]{1,2}[:.)、．]\s*(?=\S)")
_BOXES = re.compile(r"([■☑✓✔□☐])([^■☑✓✔□☐・/、,]+)")

UNKNOWN = define(
    "choice-unknown", Severity.ERROR,
    Text("「{value}」は選べません。", '"{value}" is not one of the choices.'),
    Text("{choices}から選んでください。", "Choose one of: {choices}."))


@dataclass(frozen=True, slots=True)
class Option:
    """One choice: the id that is stored, its word in both languages, other words that mean it, a colour of the look."""

    id: str
    ja: str
    en: str
    synonyms: tuple[str, ...] = ()
    colour: str | None = None

    @property
    def text(self) -> Text:
        return Text(self.ja, self.en)


class Choice(Kind):
    """One of ``options``, stored as its id. Two options that share a word are a mistake of ours (``ValueError``)."""

    name = "choice"

    def __init__(self, vocabulary: str, *options: Option) -> None:
        self.vocabulary = vocabulary
        self.options = options
        self._by_id = {option.id: option for option in options}
        if len(self._by_id) != len(options):
            raise ValueError(f"{vocabulary}: two options have one id")
        self._by_word: dict[str, str] = {}
        for option in options:
            for word in (option.id, option.ja, option.en, *option.synonyms):
                if self._by_word.setdefault(_key(word), option.id) != option.id:
                    raise ValueError(f"{vocabulary}: {word!r} means two options")
        self._plain = {option.id: Reading(option.id) for option in options}
        self._exact = {word: self._plain[option.id] for option in options for word in (option.id, option.ja, option.en)}

    @property
    def column_type(self) -> TypeEngine[Any]:
        return sa.String(64)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids, in order."""
        return tuple(self._by_id)

    def option(self, id: str) -> Option:
        """The option of that id (``KeyError``)."""
        return self._by_id[id]

    def read(self, cell: Cell, around: Around = Around()) -> Reading:  # noqa: B008 - immutable
        """The id that is meant by an id, a word of either language or a synonym, however it is written."""
        if cell is None:
            return EMPTY
        if isinstance(cell, str) and cell in self._exact:
            return self._exact[cell]
        key = _key(written(cell))
        if key in self._by_word:
            return self._plain[self._by_word[key]]
        if not key:
            return EMPTY
        core, _ = without_marks(key)
        guess = self._by_word.get(core) or self._by_word.get(_NUMBERED.sub("", core, count=1)) or self._ticked(core)
        if guess:
            return read_as(cell, guess, self._by_id[guess].text)
        return nothing(key, cell) or Reading(None, self._unknown(cell))

    def _ticked(self, key: str) -> str | None:
        """The one box that is ticked in ``□完了■対応中``."""
        ticked = [word for box, word in _BOXES.findall(key) if box not in "□☐"]
        return self._by_word.get(ticked[0]) if len(ticked) == 1 else None

    def _unknown(self, cell: object) -> Problem:
        named, more = self.options[:_MOST_NAMED], len(self.options) > _MOST_NAMED
        ja = "、".join(option.ja for option in named) + ("など" if more else "")
        en = ", ".join(option.en for option in named) + (", …" if more else "")
        return UNKNOWN(value=quoted(cell), choices=Text(ja, en))

    def check(self, value: Any) -> Problem | None:
        """No id of an option."""
        return None if isinstance(value, str) and value in self._by_id else self._unknown(value)

    def show(self, value: Any, lang: str = "ja", *, era: bool = True) -> str:
        """The option's word; an id that is no longer offered shows as it is."""
        if value is None:
            return "―"
        return self._by_id[value].text.into(lang) if value in self._by_id else str(value)

    def cell(self, value: Any) -> Cell:
        return None if value is None else self.show(value)


def _key(word: str) -> str:
    return fold(word).translate(_BRACKETS)
