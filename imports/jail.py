"""Whatever opens a person's workbook does so in a child process with limits: a hostile file kills only its reader.

Address space 1 GiB, 20 seconds of processor, 30 seconds in all, no core file, no child of its own, an empty
environment, an empty folder that is removed afterwards; for reading, no file and no socket can be opened at all.
The answer comes back as bytes (JSON, or a workbook), never as pickle.
"""

from __future__ import annotations

import json
import logging
import signal
import subprocess
import sys
import tempfile
from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Literal, Self

log = logging.getLogger(__name__)

WALL_SECONDS = 30.0
_WORKER = Path(__file__).with_name("jail_worker.py")
_ROOT = str(_WORKER.parent.parent)

Reason = Literal["time", "memory", "size", "crash"]


class Died(Exception):
    """The child did not live to answer; ``reason`` is what ended it, as far as can be told."""

    def __init__(self, task: str, reason: Reason) -> None:
        super().__init__(f"{task}: {reason}")
        self.reason = reason


class Jailed:
    """A running child; leaving the ``with`` block ends it, whatever it is doing."""

    def __init__(self, task: str, payload: bytes, **arguments: object) -> None:
        self._task = task
        with ExitStack() as stack:
            folder = stack.enter_context(tempfile.TemporaryDirectory(prefix="jail-"))
            # Files instead of pipes: nobody has to pump them, and the file-size limit bounds the answer.
            given = stack.enter_context(tempfile.TemporaryFile())
            self._answer = stack.enter_context(tempfile.TemporaryFile())
            given.write(json.dumps(arguments).encode() + b"\n")
            given.write(payload)
            given.seek(0)
            search = json.dumps([_ROOT, *(path for path in sys.path if path)])
            self._child = subprocess.Popen(
                [sys.executable, "-I", "-S", "-B", "-X", "utf8", str(_WORKER), task, search],
                stdin=given, stdout=self._answer, stderr=subprocess.PIPE, env={}, cwd=folder)
            stack.callback(self._end)
            self._kept = stack.pop_all()

    def answer(self) -> bytes:
        """Wait for the child and take its answer; raises :class:`Died`."""
        try:
            _, complaint = self._child.communicate(timeout=WALL_SECONDS)
        except subprocess.TimeoutExpired:
            raise self._died("time", b"") from None
        if self._child.returncode != 0:
            raise self._died(_reason(self._child.returncode, complaint), complaint)
        self._answer.seek(0)
        return self._answer.read()

    def _died(self, reason: Reason, complaint: bytes) -> Died:
        last = complaint.decode("utf-8", "replace").strip().splitlines()[-1:]
        log.warning("the jail's child died: task=%s reason=%s status=%s %r", self._task, reason, self._child.returncode, last)
        return Died(self._task, reason)

    def _end(self) -> None:
        if self._child.poll() is None:
            self._child.kill()
        self._child.wait()
        if self._child.stderr:
            self._child.stderr.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, fault: BaseException | None, trace: TracebackType | None) -> None:
        self._kept.close()


def run(task: str, payload: bytes, **arguments: object) -> bytes:
    """Run one of ``imports.jail_worker.TASKS`` on a file; ``arguments`` must be JSON. Raises :class:`Died`."""
    with Jailed(task, payload, **arguments) as child:
        return child.answer()


def _reason(status: int, complaint: bytes) -> Reason:
    if status in (-signal.SIGXCPU, -signal.SIGKILL):
        return "time"
    if status == -signal.SIGXFSZ or b"File too large" in complaint:
        return "size"
    if b"MemoryError" in complaint or b"memory allocation" in complaint:
        return "memory"
    return "crash"
