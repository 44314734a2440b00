"""The log: one JSON line an event, UTC; who, what, from where, request id (security.md R12).

Never in it: passwords, tokens, cookies, contents of files, queries, or the message of an exception, which may quote a
record. Everything beyond ASCII is escaped, so that no text can forge a line or command a terminal.
"""

from __future__ import annotations

import json
import secrets
import sys
import traceback
from datetime import UTC

from grc import calendar
from grc.text import Text

OUR_FAULT = Text("処理できませんでした。データは何も変わっていません。もう一度試し、続くときは番号 {number} を管理者に伝えてください。",
                 "That did not work. Nothing was changed. Try again; if it goes on, tell your administrator the number {number}.")


def line(level: str, what: str, **more: object) -> None:
    """Write one event to standard error."""
    at = calendar.now().astimezone(UTC).isoformat(timespec="milliseconds")
    print(json.dumps({"at": at, "level": level, "what": what, **more}, default=str), file=sys.stderr, flush=True)


def fault(exc: BaseException, **more: object) -> str:
    """Write down a fault of ours; returns the number that the person is shown. Where it happened, not what it quoted."""
    number = f"E-{secrets.token_hex(2).upper()}"
    frames = [f"{frame.filename}:{frame.lineno} {frame.name}" for frame in traceback.extract_tb(exc.__traceback__)]
    line("error", "fault", number=number, type=f"{type(exc).__module__}.{type(exc).__qualname__}", frames=frames[-12:], **more)
    return number
