"""Run the benchmarks and print what was found."""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Iterator

from benchmarks import commands, ledger, lists, pages
from benchmarks.figure import Figure

ALL: dict[str, Callable[[bool], Iterator[Figure]]] = {"import": ledger.measure, "list": lists.measure, "pages": pages.measure, "help": commands.measure}


def main() -> None:
    """The whole command."""
    asked = argparse.ArgumentParser(prog="python -m benchmarks")
    asked.add_argument("names", nargs="*", choices=[*ALL, []], help="which; all unless said")
    asked.add_argument("--small", action="store_true", help="a tenth of the size, to see that it runs")
    asked.add_argument("--json", action="store_true")
    given = asked.parse_args()
    found = []
    for name in given.names or ALL:
        for figure in ALL[name](given.small):
            found.append(figure)
            if not given.json:
                print(figure.line(), flush=True)
    if given.json:
        print(json.dumps([figure.as_json() for figure in found]))


if __name__ == "__main__":
    main()
