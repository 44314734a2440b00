"""What a command says when something goes wrong: a refusal's sentence, or the number of a fault of ours. Never a traceback."""

from __future__ import annotations

import json
import os
import secrets
import sys
import traceback
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

import typer

from grc.cli.words import listed, plain
from grc.problem import Problem
from grc.refusal import Misuse, Refusal
from grc.text import Text

OUR_FAULT = Text("処理できませんでした。もう一度試し、続くときは番号 {number} を管理者に伝えてください。",
                 "That did not work. Try again; if it goes on, tell your administrator the number {number}.")


@contextmanager
def told(as_json: bool, lang: str) -> Iterator[None]:
    """Translate what leaves the block: a refusal ends with exit status 1 (``Misuse``: 2), anything unforeseen with 1."""
    try:
        yield
    except Refusal as refusal:
        say(code_of(refusal), refusal.message, refusal.problems, as_json=as_json, lang=lang)
        raise typer.Exit(2 if isinstance(refusal, Misuse) else 1) from None
    except (typer.Exit, typer.Abort, BrokenPipeError):
        raise
    except Exception as fault:  # the last resort: whatever it is, a person gets a sentence
        say("fault", OUR_FAULT.format(number=written_down(fault)), (), as_json=as_json, lang=lang)
        raise typer.Exit(1) from None


def say(code: str, message: Text, problems: Sequence[Problem], *, as_json: bool, lang: str) -> None:
    """A refusal: as JSON on standard output, else as lines on standard error."""
    if as_json:
        print(json.dumps(error_json(code, message, problems, lang), ensure_ascii=False, indent=1), flush=True)
        return
    for line in (message.into(lang), *listed(problems, lang)):
        print(plain(line), file=sys.stderr, flush=True)


def error_json(code: str, message: Text, problems: Sequence[Problem], lang: str) -> dict[str, Any]:
    """A refusal as JSON."""
    return {"error": {"code": code, "message": message.into(lang)}, "problems": [p.as_json(lang) for p in problems]}


def code_of(refusal: Refusal) -> str:
    """The name of a refusal's class in kebab case: ``not-allowed-now``."""
    name = type(refusal).__name__
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in name).removeprefix("-")


def written_down(fault: BaseException) -> str:
    """Write a fault of ours to ``GRC_HOME/logs/errors.log``; returns its number.

    Where it happened and of which sort it is, never its message: that may quote a record (security.md R12).
    """
    number = f"E-{secrets.token_hex(2).upper()}"
    lines = [f"{number}\n"]
    link: BaseException | None = fault
    while link is not None:
        lines += [*traceback.format_list(traceback.extract_tb(link.__traceback__)), f"{type(link).__module__}.{type(link).__qualname__}\n"]
        link = link.__cause__ or link.__context__
    with suppress(OSError):  # no home to write to: the number alone is said
        _append("".join(lines))
    return number


def _append(text: str) -> None:
    from datetime import UTC

    from grc import calendar
    from grc.settings import Place

    folder = Path(Place().home) / "logs"
    folder.mkdir(mode=0o700, exist_ok=True)
    handle = os.open(folder / "errors.log", os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o600)
    with os.fdopen(handle, "a", encoding="utf-8") as log:
        log.write(f"{calendar.now().astimezone(UTC).isoformat(timespec='milliseconds')} {text}\n")
