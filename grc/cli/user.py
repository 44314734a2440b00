"""``grc user``: people, their roles, and closing an account."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import typer

from grc.cli.shared import Desk, command, group, secret_line
from grc.text import Text

app = group("利用者 / People")
Name = Annotated[str, typer.Argument(metavar="NAME", help="サインインの名前 / Sign-in name", show_default=False)]
Roles = Annotated[list[str], typer.Option("--role", metavar="ROLE", help="役割（くり返せます） / Role, repeatable", show_default=False)]


@command(app, "add", "利用者を加える / Add a person", acts=True)
def add(desk: Desk, name: Name, role: Roles,
        unit: Annotated[str, typer.Option(metavar="UNIT", help="部門 / Unit", show_default=False)] = "",
        display: Annotated[str, typer.Option(metavar="TEXT", help="表示する名前 / Name shown", show_default=False)] = "",
        password_stdin: Annotated[bool, typer.Option(
            "--password-stdin", help="標準入力の1行を初期パスワードに / First password: one line of standard input")] = False) -> None:
    """Add a person; without a password one is made up, shown once, and must be changed."""
    from grc import people

    office, made = desk.office, None if password_stdin else secrets.token_urlsafe(15)
    password = secret_line() if made is None else made
    people.add(office.db, desk.actor, name, password, role, display=display, unit=unit or None, must_change=made is not None)
    lines: list[Text | str] = [Text(f"{name} を加えました（{'・'.join(_words(role, 'ja'))}）。", f"Added {name} ({', '.join(_words(role, 'en'))}).")]
    if made:
        lines.append(Text(f"パスワード：{made}　この一度だけ表示します。最初のサインインで変えてください。",
                          f"Password: {made}  It is shown this once. Change it at the first sign-in."))
    desk.answer({"name": name, "roles": role, "password": made, "must_change": made is not None}, lines)


@command(app, "list", "利用者の一覧 / All people", acts=True)
def list_(desk: Desk) -> None:
    """All accounts; closed ones are marked."""
    from grc import people, query
    from grc.permissions import OPERATOR, require_role

    actor = desk.actor
    require_role(actor, "admin", OPERATOR, to=Text("利用者の一覧を見る", "list all people"))
    with desk.office.db.read() as conn:
        units = {u.id: u.name for u in query.choices(conn, actor, "units", limit=10_000)}
        found: list[dict[str, Any]] = [
            {"name": u.name, "display": u.display, "roles": list(u.roles), "unit": units.get(u.unit_id or 0), "disabled": u.disabled,
             "must_change": u.must_change} for u in people.everybody(conn)]
    closed = {True: Text("　停止中", "  closed"), False: Text("", "")}
    desk.answer(found, [Text(f"{u['name']}　{u['display']}　{'・'.join(_words(u['roles'], 'ja'))}　{u['unit'] or ''}{closed[u['disabled']].ja}",
                             f"{u['name']}  {u['display']}  {', '.join(_words(u['roles'], 'en'))}  {u['unit'] or ''}{closed[u['disabled']].en}")
                        for u in found])


@command(app, "disable", "利用者を停止する / Close an account", acts=True)
def disable(desk: Desk, name: Name) -> None:
    """Close an account; its sessions end."""
    from grc import people

    people.disable(desk.office.db, desk.actor, name)
    desk.answer({"name": name, "disabled": True}, [Text(f"{name} を停止しました。", f"Closed the account {name}.")])


@command(app, "role", "役割を決め直す / Give exactly these roles", acts=True)
def role_(desk: Desk, name: Name, role: Roles) -> None:
    """Give an account exactly these roles; its sessions end."""
    from grc import people

    people.set_roles(desk.office.db, desk.actor, name, role)
    desk.answer({"name": name, "roles": role}, [
        Text(f"{name} の役割：{'・'.join(_words(role, 'ja'))}", f"Roles of {name}: {', '.join(_words(role, 'en'))}")])


def _words(roles: list[str], lang: str) -> list[str]:
    from grc.permissions import ROLES

    return [ROLES[r].into(lang) for r in roles]
