"""Figures in words: counts, percent with one decimal, yen in full or in 億円 and 百万円 (ui.md §6)."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from grc.kinds import YEN, grouped
from grc.text import Text, same

NONE = "―"


def tenth(value: Any) -> Decimal:
    """A number with one decimal, half up."""
    return Decimal(str(value)).quantize(Decimal("0.1"), "ROUND_HALF_UP")


def percent(value: Decimal | None) -> str:
    """``97.2%``; ``―`` where there is no denominator."""
    return NONE if value is None else f"{tenth(value)}%"


def plain(value: Decimal | int | None, lang: str) -> str:
    """A number with separators, and one decimal unless it is whole: ``1,234`` or ``1,234.5``."""
    if value is None:
        return NONE
    whole = value == int(value)
    if whole:
        return f"{int(value):,}" if lang == "en" else grouped(int(value))
    return f"{tenth(value):,}" if lang == "en" or value > 0 else f"▲{-tenth(value):,}"


def yen(value: Decimal | int | None, lang: str) -> str:
    """An amount in full, for tables."""
    return YEN.show(None if value is None else int(Decimal(value).to_integral_value("ROUND_HALF_UP")), lang)


def compact(value: Decimal | int) -> Text:
    """An amount in a chart: ``12.3億円``, ``45百万円``, ``300万円``; English ``¥1,230m``, ``¥45m``."""
    n = Decimal(value)
    if abs(n) >= 100_000_000:
        return Text(f"{_short(n / 100_000_000)}億円", f"¥{_short(n / 1_000_000)}m")
    if abs(n) >= 1_000_000:
        return Text(f"{_short(n / 1_000_000)}百万円", f"¥{_short(n / 1_000_000)}m")
    return Text(yen(n, "ja"), yen(n, "en")) if n else same("0")


def _short(n: Decimal) -> str:
    whole = tenth(n)
    return f"{int(whole):,}" if whole == int(whole) else f"{whole:,}"
