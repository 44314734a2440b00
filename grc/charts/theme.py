"""The look of our charts (ui.md §3, §10): one theme, colours that reach 3:1 on white, shapes and dashes beside them, short lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import altair as alt

from grc.charts.classes import OTHER, Class
from grc.states import Tone

FONT = "'Noto Sans JP','Noto Sans CJK JP','BIZ UDPGothic','Hiragino Sans','Yu Gothic UI',Meiryo,sans-serif"
CATEGORIES = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#4d4d4d", "#8b6b00")
SHAPES = ("circle", "triangle-up", "square", "diamond", "cross", "triangle-down")
DASHES = ((1, 0), (7, 3), (2, 2), (9, 3, 2, 3), (4, 4), (12, 2))
STEPS = ("#9ecae1", "#6baed6", "#3f8fc4", "#2171b5", "#08519c", "#08306b")
"""From little to much, of one hue."""
TONES = {Tone.RED: "#ce0000", Tone.ORANGE: "#c74700", Tone.YELLOW: "#927200", Tone.GREEN: "#197a4b", Tone.BLUE: "#0055ad",
         Tone.VIOLET: "#6f23d0", Tone.GRAY: "#666666", Tone.PLAIN: "#949494"}
LEVELS = (("低", "Low", "#e6f1f8"), ("中", "Medium", "#fff0b3"), ("高", "High", "#ffb27a"), ("重大", "Critical", "#b3261e"))
INK, SECOND, HAIRLINE, EDGE, BLANK, RULE = "#1a1a1a", "#4d4d4d", "#e6e6e6", "#949494", "#c4cad0", "#a90000"
GRADES = ("#cbd3db", "#9ecae1", "#e6b800", "#d55e00", "#8b1a1a")
_GRADE = {"ヒヤリハット": 0, "情報": 0, "軽微": 1, "低": 1, "注意": 1, "中": 2, "中程度": 2, "警告": 2, "高": 3, "重要": 3, "大": 3, "重大": 4, "甚大": 4, "緊急": 4}
"""How grave a word is; words with a number before them too (``4 重大``)."""
_SHADES = (0.0, 0.4, -0.35, 0.6)


@alt.theme.register("daicho", enable=True)
def daicho() -> alt.theme.ThemeConfig:
    """The theme of every chart: no frame, units upright at the top of the axis, the legend below."""
    text: Any = {"labelFont": FONT, "titleFont": FONT, "labelFontSize": 12, "titleFontSize": 12}
    axis: Any = text | {"labelColor": SECOND, "titleColor": SECOND, "titleFontWeight": "normal", "labelLimit": 0, "labelLineHeight": 15,
                   "domainColor": EDGE, "tickColor": EDGE, "gridColor": HAIRLINE}
    return {"config": {
        "font": FONT, "background": "#ffffff", "view": {"stroke": None}, "padding": 4,
        "title": {"font": FONT, "subtitleFont": FONT, "fontSize": 14, "fontWeight": 700, "color": INK, "anchor": "start", "frame": "bounds",
                  "offset": 18, "lineHeight": 19, "subtitleFontSize": 12, "subtitleColor": SECOND, "subtitleLineHeight": 17},
        "axisX": axis | {"grid": False, "labelAngle": 0},
        "axisY": axis | {"domain": False, "ticks": False, "titleAngle": 0, "titleAlign": "left", "titleAnchor": "end", "titleX": -4, "titleY": -10},
        "legend": text | {"orient": "bottom", "direction": "horizontal", "title": None, "symbolSize": 110, "labelColor": INK, "labelLimit": 0},
        "text": {"font": FONT, "fontSize": 12, "color": INK},
        "mark": {"color": CATEGORIES[0]}, "range": {"category": list(CATEGORIES), "symbol": list(SHAPES)},
        "line": {"strokeWidth": 2.5}, "point": {"size": 70}}}


def colours(some: Sequence[Class], *, steps: bool = False) -> list[str]:
    """A colour for each class: its own role's, that of how grave it is, steps of one hue where classes are steps of a scale,
    else the next of the six."""
    found: list[str] = []
    used: dict[str, int] = {}
    places = [c for c in some if c.key is not None and c.key != OTHER.key]
    graves = [_GRADE.get(c.label.ja.lstrip("0123456789 ")) for c in places]
    grave = dict(zip(places, graves, strict=True)) if None not in graves and len(places) > 1 else {}
    for one in some:
        if one.key is None or one.key == OTHER.key:
            found.append(BLANK if one.key is None else EDGE)
        elif one.colour:
            found.append(shade(_role(one.colour), used.get(one.colour, 0)))
            used[one.colour] = used.get(one.colour, 0) + 1
        elif (grade := grave.get(one)) is not None:
            found.append(GRADES[grade])
        elif steps:
            at = places.index(one) * (len(STEPS) - 1) / max(len(places) - 1, 1)
            found.append(STEPS[round(at)])
        else:
            found.append(CATEGORIES[places.index(one) % len(CATEGORIES)])
    return found


def _role(colour: str) -> str:
    return colour if colour.startswith("#") else TONES[Tone(colour)] if colour in set(Tone) else CATEGORIES[0]


def shade(colour: str, nth: int) -> str:
    """The same hue again for the ``nth`` class of one role: lighter, darker, lighter still."""
    by = _SHADES[nth % len(_SHADES)]
    return "#" + "".join(f"{round(c + (255 - c) * by if by > 0 else c * (1 + by)):02x}" for c in bytes.fromhex(colour[1:]))


def ink(ground: str) -> str:
    """White or black, whichever reads on a ground."""
    red, green, blue = ((c / 255 / 12.92 if c <= 10 else ((c / 255 + 0.055) / 1.055) ** 2.4) for c in bytes.fromhex(ground[1:]))
    return "#ffffff" if 0.2126 * red + 0.7152 * green + 0.0722 * blue < 0.2 else INK


def width(text: str) -> int:
    """How much room a text takes, in halves of a kanji."""
    return sum(1 if sign.isascii() else 2 for sign in text)


def broken(text: str, room: int, most: int = 3) -> list[str]:
    """A text in lines that fit into ``room`` halves of a kanji: between words where it has them, at most ``most`` lines."""
    lines, line = [], ""
    for piece in _pieces(text):
        if line and width(line) + width(piece.rstrip()) > room:
            lines.append(line.rstrip())
            line = ""
        while width(piece) > room and width(piece.rstrip()) > room:
            cut = next(n for n in range(len(piece), 0, -1) if width(piece[:n]) <= room or n == 1)
            lines.append(piece[:cut])
            piece = piece[cut:]
        line += piece
    lines = [*lines, line.rstrip()] if line.strip() else lines
    return lines if len(lines) <= most else [*lines[:most - 1], f"{lines[most - 1][:-1]}…"]


def _pieces(text: str) -> list[str]:
    """Words with the space after them; each kanji or kana alone; nothing begins with a closing bracket or a comma."""
    found: list[str] = []
    for sign in text:
        together = found and ((sign.isascii() and found[-1][-1].isascii() and found[-1][-1] != " ") or sign in "、。，．）」』】々ー・" or found[-1][-1] in "（「『【")
        if together:
            found[-1] += sign
        else:
            found.append(sign)
    return found


def lines(text: str, room: int, most: int = 3) -> str:
    """The same as one text with line breaks, as axes take it."""
    return "\n".join(broken(text, room, most))


LINES: Any = "split(datum.label, '\\n')"
"""The expression by which an axis draws such texts."""
