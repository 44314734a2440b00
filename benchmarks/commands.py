"""The command line's help: under a second, so nothing that a command does not need is imported."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator

from benchmarks.figure import Figure, timed


def measure(small: bool) -> Iterator[Figure]:
    """The figures."""
    bare, _ = timed(lambda: subprocess.run([sys.executable, "-c", "pass"], check=True), best_of=3)
    took, _ = timed(lambda: subprocess.run([sys.executable, "-m", "grc.cli", "--help"], check=True, capture_output=True), best_of=3)
    yield Figure("grc --help", took, "s", goal=1, limit=1, seconds=took)
    yield Figure("grc --help against Python doing nothing", took / bare)
