"""Inside the jail: the script that a child process runs to open a person's workbook, and nothing else.

Started by :mod:`imports.jail` with an empty environment in an empty folder. It limits itself before it reads a byte,
takes one line of JSON (the arguments) and the file from standard input, and writes the answer to standard output.
"""

from __future__ import annotations

import importlib
import json
import resource
import sys
import tempfile
from typing import NamedTuple

MEMORY = 2**30
SECONDS = 20
LARGEST_ANSWER = 256 * 2**20


class Task(NamedTuple):
    """A function ``(file, **arguments) -> answer`` by its module, and how many files it may have open while it runs.

    With none, it can open no file and no socket at all: what it needs must be imported before.
    """

    module: str
    function: str
    files: int = 0


TASKS = {
    "check": Task("imports.reader", "check"),
    "read": Task("imports.reader", "read"),
    "mark": Task("imports.report", "mark_in_jail", files=64),
}


def limit(files: int) -> None:
    """No more memory, time, output, children or files than a workbook may cost."""
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    for what, most in (
        (resource.RLIMIT_CORE, 0), (resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_FSIZE, LARGEST_ANSWER),
        (resource.RLIMIT_NPROC, 0), (resource.RLIMIT_NOFILE, min(files, hard)),
    ):
        resource.setrlimit(what, (most, most))


def main(name: str, search: str) -> None:
    """Run one task of ``TASKS``; ``search`` is the parent's module path as JSON."""
    sys.path[:] = json.loads(search)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    tempfile.tempdir = "."
    task = TASKS[name]
    run = getattr(importlib.import_module(task.module), task.function)
    limit(task.files)
    arguments = json.loads(sys.stdin.buffer.readline())
    sys.stdout.buffer.write(run(sys.stdin.buffer.read(), **arguments))
    sys.stdout.buffer.flush()


if __name__ == "__main__":
    main(*sys.argv[1:])
