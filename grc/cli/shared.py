"""What all commands share: the options every one of them has, who acts, and how it answers.

A command is declared with :func:`command` and gets a :class:`Desk` first: the desk at which a person or a schedule asks.
It returns its exit status, or nothing for 0. What goes wrong is said once, in :mod:`grc.cli.faults`.
"""

from __future__ import annotations

import inspect
import json
import os
import pwd
import sys
from collections.abc import Callable, Iterable
from functools import cached_property, wraps
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from grc.cli import faults
from grc.cli.words import plain
from grc.refusal import Misuse
from grc.text import Text

if TYPE_CHECKING:
    from grc.office import Office
    from grc.permissions import Actor

F = TypeVar("F", bound=Callable[..., int | None])

_JSON = Annotated[bool, typer.Option("--json", help="JSON を標準出力へ / One JSON value on standard output")]
_LANG = Annotated[str, typer.Option("--lang", metavar="ja|en", help="ことば / Language", show_default=False)]
_AS = Annotated[str, typer.Option("--as", metavar="NAME", help="この利用者として / As this person", show_default=False)]
_PASSWORD = Annotated[bool, typer.Option("--password-stdin", help="標準入力の1行をパスワードに / Password: one line of standard input")]


class Desk:
    """Who asks, in which language, and how they want their answer.

    ``lang`` is the language of messages; ``file_lang`` that of files, which do not depend on the machine: Japanese
    unless ``--lang en`` was said.
    """

    def __init__(self, *, json: bool = False, lang: str = "", name: str = "", with_password: bool = False) -> None:
        self.json = json
        self.lang = lang or _of_environment()
        self.file_lang = lang or "ja"
        self._name = name
        self._with_password = with_password
        self._opened: list[Office] = []

    @cached_property
    def office(self) -> Office:
        """The office of ``GRC_HOME``, ready for use. Raises ``NotAllowedNow`` where it is not."""
        from grc.cli.ready import office

        return self.keep(office())

    def keep(self, office: Office) -> Office:
        """An office that is closed when the command ends."""
        self._opened.append(office)
        return office

    def close(self) -> None:
        """Close what was opened."""
        for office in self._opened:
            office.db.dispose()

    @cached_property
    def actor(self) -> Actor:
        """Who acts: the person of ``--as``, else the built-in operator; the operating-system account stands beside it."""
        from dataclasses import replace

        from grc import people

        via = f"cli:{_account()}"
        if not self._name:
            return replace(people.CLI, via=via)
        with self.office.db.read() as conn:
            return people.actor_of(conn, people.by_name(conn, self._name).id, via=via)

    @cached_property
    def password(self) -> str | None:
        """The line of ``--password-stdin``, as it stands but for its line break; ``None`` without the flag."""
        return secret_line() if self._with_password else None

    @property
    def person(self) -> Actor:
        """Who acts; a password that was given is checked. Raises ``Forbidden``, ``Misuse`` (a password of nobody)."""
        if self.password is not None:
            from grc import people

            if not self._name:
                raise Misuse(Text("--password-stdin には --as が要ります。", "--password-stdin needs --as."))
            people.check_password(self.office.db, self.actor, self.password)
        return self.actor

    @property
    def signature(self) -> str:
        """The password of an act that is signed; the library checks it. Raises ``Misuse`` where none was given."""
        if self._name and self.password is None:
            raise Misuse(Text("この操作には本人のパスワードが要ります（--password-stdin）。",
                              "This takes the person's password (--password-stdin)."))
        return self.password or ""

    def answer(self, value: Any, lines: Iterable[Text | str] = ()) -> None:
        """The one answer of a command: ``value`` as JSON where that was asked for, else ``lines`` for a person."""
        if self.json:
            print(json.dumps(value, ensure_ascii=False, indent=1), flush=True)
        else:
            for line in lines:
                print(plain(self.t(line)), flush=True)

    def t(self, text: Text | str) -> str:
        """The words in the person's language."""
        return text.into(self.lang) if isinstance(text, Text) else text


def group(help: str) -> typer.Typer:
    """A group of commands; plain help, which needs no further library, and no traceback to anybody."""
    return typer.Typer(help=help, no_args_is_help=True, add_completion=False, rich_markup_mode=None, pretty_exceptions_enable=False)


def command(app: typer.Typer, name: str, help: str, *, acts: bool = False, signs: bool = False) -> Callable[[F], F]:
    """Declare a command: ``--json`` and ``--lang`` for all, ``--as`` where it ``acts``, ``--password-stdin`` where it ``signs``.

    The function gets its :class:`Desk` first and its own arguments after it.
    """
    options = {"json": _JSON, "lang": _LANG} | ({"as_": _AS} if acts or signs else {}) | ({"password_stdin": _PASSWORD} if signs else {})
    blank = {_JSON: False, _LANG: "", _AS: "", _PASSWORD: False}

    def declare(function: F) -> F:
        own = list(inspect.signature(function, eval_str=True).parameters.values())[1:]
        extra = [inspect.Parameter(n, inspect.Parameter.KEYWORD_ONLY, default=blank[a], annotation=a) for n, a in options.items()]

        @wraps(function)
        def run(**given: Any) -> None:
            lang = given.pop("lang")
            desk = Desk(json=given.pop("json"), lang=lang if lang in ("ja", "en") else "", name=given.pop("as_", ""),
                        with_password=signs and given.pop("password_stdin"))
            with faults.told(desk.json, desk.lang):
                if lang not in ("", "ja", "en"):
                    raise Misuse(Text("--lang は ja か en です。", "--lang is ja or en."))
                try:
                    raise typer.Exit(function(desk, **given) or 0)
                finally:
                    desk.close()

        parameters = [p.replace(kind=inspect.Parameter.KEYWORD_ONLY) for p in own] + extra
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {p.name: p.annotation for p in parameters}
        app.command(name, help=help)(run)
        return function

    return declare


def secret_line() -> str:
    """A line of standard input as it stands, but for its line break. Raises ``Misuse`` where it is no text."""
    try:
        return sys.stdin.buffer.readline().removesuffix(b"\n").removesuffix(b"\r").decode()
    except UnicodeDecodeError:
        raise Misuse(Text("標準入力のパスワードが UTF-8 ではありません。", "The password on standard input is not UTF-8.")) from None


def pairs(given: Iterable[str], flag: str) -> list[tuple[str, str]]:
    """``FIELD=VALUE`` arguments. Raises ``Misuse``."""
    found = [item.partition("=") for item in given]
    for name, sign, _ in found:
        if not sign or not name:
            raise Misuse(Text(f"{flag} は「項目=値」の形で書いてください（{name}）。", f"Write {flag} as FIELD=VALUE ({name})."))
    return [(name.strip(), value) for name, _, value in found]


def year_of(text: str) -> int | None:
    """The fiscal year of an argument; ``None`` for none. Raises ``Misuse``."""
    if not text:
        return None
    from grc.kinds import FISCAL_YEAR

    year = FISCAL_YEAR.read(text).value
    if not isinstance(year, int):
        raise Misuse(Text(f"「{text}」は年度ではありません。2025 か 令和7年度 のように書いてください。",
                          f'"{text}" is no fiscal year. Write it as 2025.'))
    return year


def _of_environment() -> str:
    said = next((os.environ[n] for n in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(n)), "")
    return "ja" if said.startswith("ja") else "en"


def _account() -> str:
    """The operating-system account, asked of the system: the environment could say anything."""
    try:
        return pwd.getpwuid(os.getuid()).pw_name
    except KeyError:
        return str(os.getuid())
