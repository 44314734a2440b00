"""The cells that a question gives: numerator, denominator and n of each combination of classes; put together, and as figures."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from grc.charts.classes import OTHER
from grc.charts.declare import Chart
from grc.charts.numbers import tenth


@dataclass(frozen=True, slots=True)
class Cell:
    """One combination of classes (``keys``, one a dimension) and what its records add up to."""

    keys: tuple[Any, ...]
    numerator: Decimal | None
    denominator: Decimal | None
    n: int


def fold(cells: Sequence[Cell], place: int, most: int) -> list[Cell]:
    """The cells with the smallest classes of a dimension put together as その他, where there are more than ``most``."""
    sizes: dict[Any, int] = defaultdict(int)
    for cell in cells:
        sizes[cell.keys[place]] += cell.n
    named = [k for k in sizes if k is not None]
    room = most - (None in sizes)
    if len(named) <= room:
        return list(cells)
    kept = {None, *sorted(named, key=lambda k: (-sizes[k], str(k)))[:room - 1]}
    merged: dict[tuple[Any, ...], Cell] = {}
    for cell in cells:
        keys = tuple(OTHER.key if n == place and k not in kept else k for n, k in enumerate(cell.keys))
        old = merged.get(keys)
        merged[keys] = replace(cell, keys=keys) if old is None else Cell(
            keys, added(old.numerator, cell.numerator), added(old.denominator, cell.denominator), old.n + cell.n)
    return list(merged.values())


def added(one: Decimal | None, other: Decimal | None) -> Decimal | None:
    """A sum in which nothing is said where neither says anything."""
    return other if one is None else one if other is None else one + other


def sizes(cells: Sequence[Cell], place: int, chart: Chart) -> dict[Any, int]:
    """The keys of a dimension with their counts; a matrix of risks has all five grades."""
    found: dict[Any, int] = defaultdict(int)
    for cell in cells:
        found[cell.keys[place]] += cell.n
    for grade in range(1, 6) if chart.levels else ():
        found[grade] += 0
    return dict(found)


def value_of(chart: Chart, cell: Cell) -> Decimal | None:
    """The figure of a cell; ``None`` over nought. Means and percentages have one decimal."""
    if chart.value.how in ("count", "sum"):
        return cell.numerator
    if cell.numerator is None or not cell.denominator:
        return None
    return tenth(cell.numerator / cell.denominator * (1 if chart.value.how == "mean" else 100))
