"""``grc init``: make an office's home ready, or bring it to the newest form; with ``--demo`` an office to try things in."""

from __future__ import annotations

import json
import os
import secrets
import shlex
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from grc.cli.files import why
from grc.cli.shared import Desk, command
from grc.refusal import NotAllowedNow
from grc.text import Text

if TYPE_CHECKING:
    from grc.office import Office
    from grc.settings import Place

DEMO_HOME = Path("var/demo")
NOT_A_DEMO = Text("「{home}」には実際のデータがあるので、デモを入れられません。別の GRC_HOME を指定してください。",
                  '"{home}" holds an office\'s data; the demo cannot go there. Choose another GRC_HOME.')
HALF = Text("「{home}」のデモは途中までしか作られていません。フォルダを消してから、もう一度実行してください。",
            'The demo in "{home}" was only half made. Delete the folder and run this again.')


def add_to(app: typer.Typer) -> None:
    """Add the command."""
    command(app, "init", "準備する（何度でも） / Set up, or upgrade")(init)


def init(desk: Desk,
         demo: Annotated[bool, typer.Option("--demo", help="架空の組織のデータを入れる / Fill with an invented office")] = False) -> None:
    """Home folder, database, first administrator; or the demo."""
    import sqlalchemy as sa

    from grc.cli import ready
    from grc.settings import Place

    place = Place(home=DEMO_HOME) if demo and "GRC_HOME" not in os.environ else Place()
    _home(place)
    office, stood = ready.at(place)
    desk.keep(office)
    if demo and stood is not None and not place.demo and _inhabited(office):
        raise NotAllowedNow(NOT_A_DEMO.format(home=place.home))
    _upgrade(office)
    result: dict[str, Any] = {"home": str(place.home.resolve()), "created": stood is None,
                              "database": sa.engine.make_url(place.database).render_as_string(hide_password=True),
                              "administrator": None}
    if demo:
        result["demo"] = _demo(office)
    else:
        result["administrator"] = _administrator(office)
        _catalogues(office)
    desk.answer(result, _lines(result))


def sign_ins(place: Place) -> list[dict[str, Any]]:
    """Who can sign in to a demo, as its DEMO file has them; empty where the demo was not finished."""
    try:
        found: list[dict[str, Any]] = json.loads((place.home / "DEMO").read_text("utf-8"))["sign_ins"]
    except (OSError, ValueError, KeyError):
        return []
    return found


def sign_in_lines(people: list[dict[str, Any]]) -> list[Text]:
    """The sign-ins of a demo for a person."""
    from grc.permissions import ROLES

    lines = [Text("デモに入れる人（名前／パスワード）：", "Who can sign in to the demo (name / password):")]
    for one in people:
        words = [ROLES[r] for r in one["roles"] if r in ROLES]
        lines.append(Text(f"  {one['name']} / {one['password']}　{one['display']}（{'・'.join(w.ja for w in words)}）",
                          f"  {one['name']} / {one['password']}  {one['display']} ({', '.join(w.en for w in words)})"))
    return lines


def _home(place: Place) -> None:
    """The home folder, for its owner alone; a folder of somebody else's keeps its permissions."""
    try:
        place.home.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not any(place.home.iterdir()) or (place.home / "daicho.db").exists():
            place.home.chmod(0o700)
    except OSError as fault:
        raise NotAllowedNow(Text("「{home}」を使えません（{why}）。GRC_HOME を確かめてください。", '"{home}" cannot be used ({why}). Check GRC_HOME.')
                            .format(home=place.home, why=why(fault))) from None


def _upgrade(office: Office) -> None:
    import sqlalchemy as sa
    from alembic.util import CommandError

    from grc import migrate
    from grc.cli import ready

    try:
        migrate.upgrade(office.db)
    except CommandError:  # a revision that this program does not know
        raise NotAllowedNow(ready.NEWER) from None
    except (sa.exc.OperationalError, OSError):
        raise NotAllowedNow(ready.UNREACHABLE) from None


def _administrator(office: Office) -> dict[str, str] | None:
    """The first administrator, where there is nobody yet."""
    from grc import people

    if _inhabited(office):
        return None
    password = secrets.token_urlsafe(15)
    people.add(office.db, Desk().actor, "admin", password, ["admin"], must_change=True)
    return {"name": "admin", "password": password}


def _catalogues(office: Office) -> None:
    """The control catalogues that come with the program, where there is no control yet."""
    from grc.cli.catalogue import load_shipped

    load_shipped(office, Desk().actor)


def _inhabited(office: Office) -> bool:
    """Whether there are accounts; asked of a database at any migration."""
    import sqlalchemy as sa

    from grc import people

    with office.db.read() as conn:
        return bool(conn.scalar(sa.select(sa.func.count()).select_from(people.users)))


def _demo(office: Office) -> list[dict[str, Any]]:
    """Build the demo, once; returns its sign-ins."""
    from grc.cli import demo

    place = office.place
    if _inhabited(office):
        if not (found := sign_ins(place)):
            raise NotAllowedNow(HALF.format(home=place.home))
        return found
    _keep(place, [])  # marked before anything is in it: half a demo is no office either
    _keep(place, [asdict(one) for one in demo.build(office)])
    return sign_ins(place)


def _keep(place: Place, people: list[dict[str, Any]]) -> None:
    handle = os.open(place.home / "DEMO", os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(handle, "w", encoding="utf-8") as out:
        json.dump({"sign_ins": people}, out, ensure_ascii=False, indent=1)


def _lines(result: dict[str, Any]) -> list[Text | str]:
    home, administrator, demo = result["home"], result["administrator"], result.get("demo")
    lines: list[Text | str] = [
        Text(f"準備しました：{home}", f"Set up: {home}") if result["created"]
        else Text(f"準備済みです（最新の形です）：{home}", f"Already set up, and up to date: {home}")]
    if administrator:
        lines.append(Text(f"最初の管理者：{administrator['name']}　パスワード：{administrator['password']}\n"
                          "パスワードはこの一度だけ表示します。最初のサインインで変えてください。",
                          f"First administrator: {administrator['name']}  password: {administrator['password']}\n"
                          "The password is shown this once. Change it at the first sign-in."))
    if demo:
        lines += sign_in_lines(demo)
        serve = f"GRC_HOME={shlex.quote(home)} grc serve"
        lines.append(Text(f"次：{serve}", f"Next: {serve}"))
    return lines
