"""Text of people is text: one function that takes away every power a text has in Streamlit's Markdown (security.md S6).

A backslash before each ASCII sign stops what the parser would see: links, images, directives, HTML, formulas, headings.
Some of Streamlit's helpers run on the finished text, where the backslash is gone: icons (``:material_x:``), bare
addresses, arrows. Those patterns get a word joiner, an unseen character of no width, in their middle.
"""

from __future__ import annotations

import re

_SIGNS = re.compile(r"([!\"#$%&'()*+,\-./:;<=>?@\[\\\]^_`{|}~])")
_HARMLESS = frozenset("\"'%,;?@/")
_JOINER = "\u2060"
_LATE = re.compile(r"(?<=:)(?=material)|(?<=https)(?=://)|(?<=http)(?=://)|(?<=www)(?=\.)|(?<=[<~!=>-])(?=[-=>])",
                   re.IGNORECASE)
_LINES = re.compile(r"[ \t\u3000]*\r?\n[ \t]*")


def escape(text: object, *, lines: bool = True) -> str:
    """``text`` so that Markdown shows exactly its characters.

    ``lines``: line breaks stay (for cells and paragraphs); otherwise they become spaces (for labels and headings).
    """
    plain = _LATE.sub(_JOINER, str(text).strip())
    signs = _SIGNS.sub(lambda found: found[1] if found[1] in _HARMLESS else f"\\{found[1]}", plain)
    return _LINES.sub("  \n" if lines else " ", signs)
