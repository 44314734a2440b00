"""One figure: what was measured, how it stands to its baseline, and what it should be."""

from __future__ import annotations

import gc
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from typing import Any, TypeVar

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Figure:
    """``ratio`` to the baseline of the run (or an amount, in ``unit``); ``limit``: what it must stay under."""

    name: str
    ratio: float
    unit: str = "×"
    goal: float | None = None
    limit: float | None = None
    seconds: float | None = None

    def line(self) -> str:
        """The figure as a line of the table."""
        verdict = "" if self.limit is None else "  ok" if self.ratio <= (self.goal or self.limit) else (
            "  under the limit, over the goal" if self.ratio <= self.limit else "  OVER THE LIMIT")
        wanted = f"  (goal {self.goal or self.limit:g}, limit {self.limit:g})" if self.limit is not None else ""
        took = f"  {self.seconds:.2f} s" if self.seconds is not None else ""
        return f"{self.name:<44}{self.ratio:>8.2f} {self.unit}{took}{wanted}{verdict}"

    def as_json(self) -> dict[str, Any]:
        """The figure as JSON."""
        return asdict(self)


def timed(work: Callable[[], T], *, best_of: int = 1) -> tuple[float, T]:
    """The shortest of some runs, in seconds, and what the last one gave."""
    shortest = float("inf")
    for _ in range(best_of):
        gc.collect()
        start = time.perf_counter()
        result = work()
        shortest = min(shortest, time.perf_counter() - start)
    return shortest, result
