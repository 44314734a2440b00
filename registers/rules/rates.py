"""Rates: one figure of a record in another."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from decimal import Decimal
from typing import Any


def percentage(part: str, whole: str) -> Callable[[Mapping[str, Any]], Decimal | None]:
    """``part`` in ``whole``, in percent to one decimal; none where there is nothing to divide by (domain.md §9.3)."""
    def rate(values: Mapping[str, Any]) -> Decimal | None:
        if values[part] is None or not values[whole]:
            return None
        return (Decimal(values[part]) * 100 / Decimal(values[whole])).quantize(Decimal("0.1"), "ROUND_HALF_UP")

    return rate
