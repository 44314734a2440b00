"""落札率: the amount as a share of the estimated price, never typed, never rounded into a lie."""

from __future__ import annotations

from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from typing import Literal

Rounding = Literal["half_up", "truncate"]
_MODES = {"half_up": ROUND_HALF_UP, "truncate": ROUND_DOWN}
_WHOLE = Decimal(100)


def award_rate(amount: int | None, estimate: int | None, *, digits: int = 1,
               rounding: Rounding = "half_up") -> Decimal | None:
    """amount ÷ estimate × 100 in percent, with ``digits`` decimals; ``None`` where either yen is missing or nought.

    Exactly 100 is said only of equal yen: a rate that rounding would carry to 100 stays a step below (99.9) or above
    (100.1) of it.
    """
    if amount is None or not estimate or estimate < 0:
        return None
    step = Decimal(1).scaleb(-digits)
    rate = (Decimal(amount) * 100 / Decimal(estimate)).quantize(step, rounding=_MODES[rounding])
    if amount < estimate:
        return min(rate, _WHOLE - step)
    return max(rate, _WHOLE + step) if amount > estimate else _WHOLE.quantize(step)
