"""How the public pages and forms say an amount and a file's size (dates and months: :mod:`grc.calendar`)."""

from __future__ import annotations


def yen(amount: int) -> str:
    """``1,234,567,900円``; a negative amount gets ▲, as in Japanese accounts."""
    return f"{'▲' if amount < 0 else ''}{abs(amount):,}円"


def size(count: int) -> str:
    """A file's size in bytes as a reader knows it: ``820 B``, ``18 KB``, ``2.4 MB``."""
    if count < 1000:
        return f"{count} B"
    return f"{count / 1000:.0f} KB" if count < 999_500 else f"{count / 1_000_000:.1f} MB"
