"""The demo's privacy."""

from __future__ import annotations

from grc.cli.demo.stage import Stage


def fill(stage: Stage) -> None:
    """Fiscal year 2025."""
