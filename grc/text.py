"""Every user-visible word, in Japanese and English: the one mechanism for both languages."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Lang = Literal["ja", "en"]
LANGUAGES: tuple[Lang, ...] = ("ja", "en")


@dataclass(frozen=True, slots=True)
class Text:
    """The same words in both languages; Japanese first.

    A text may hold ``{placeholders}``; :meth:`format` fills both languages at once, and a value that is itself a
    ``Text`` is put in by language.
    """

    ja: str
    en: str

    def into(self, lang: str) -> str:
        """The words in ``lang``; any language but English reads Japanese."""
        return self.en if lang == "en" else self.ja

    def format(self, **values: object) -> Text:
        """A new text with the placeholders of both languages filled."""
        return Text(*(getattr(self, lang).format(**_by_language(values, lang)) for lang in LANGUAGES))

    def __str__(self) -> str:
        return self.ja


def _by_language(values: dict[str, object], lang: str) -> dict[str, object]:
    return {name: value.into(lang) if isinstance(value, Text) else value for name, value in values.items()}


def same(word: str) -> Text:
    """A word that reads the same in both languages: a name, a number, a value that a person typed."""
    return Text(word, word)


def many(n: int, one: str, more: str = "") -> str:
    """An English count: ``1 row``, ``2 rows``; ``more`` where the plural is no ``s``."""
    return f"{n:,} {one if n == 1 else more or one + 's'}"
