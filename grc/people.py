"""People: accounts, their roles and units, passwords, and sign-in with its brakes.

Accounts are changed through the door's spine like everything else: permission, trail, one transaction.
Passwords: argon2id with m = 64 MiB, t = 3 (above OWASP's minimum); never trimmed, never normalised (security.md R1–R3).
"""

from __future__ import annotations

import secrets
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache

import sqlalchemy as sa
from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from grc import calendar, settings, trail
from grc.changes.spine import act, inserted
from grc.database import Database, metadata
from grc.delegations import deputies_of, pledged
from grc.kinds import UtcDateTime
from grc.permissions import OPERATOR, ROLES, Actor, banned, require_role
from grc.refusal import Forbidden, Misuse, NotAllowedNow, Unknown
from grc.text import Text

users = sa.Table(
    "users", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, unique=True),
    sa.Column("display", sa.String(100), nullable=False),
    sa.Column("password", sa.String(255), nullable=False),
    sa.Column("must_change", sa.Boolean, nullable=False),
    sa.Column("disabled", sa.Boolean, nullable=False),
    sa.Column("lang", sa.String(2), nullable=False),
    sa.Column("unit_id", sa.Integer, sa.ForeignKey("units.id")),
    sa.Column("created_at", UtcDateTime, nullable=False),
)
roles = sa.Table(
    "user_roles", metadata,
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), primary_key=True),
    sa.Column("role", sa.String(32), primary_key=True),
)
attempts = sa.Table(
    "sign_in_attempts", metadata,
    sa.Column("id", sa.Integer, primary_key=True),
    sa.Column("name", sa.String(64), nullable=False, index=True),
    sa.Column("address", sa.String(64), nullable=False, index=True),
    sa.Column("at", UtcDateTime, nullable=False),
)
"""Failed attempts of the last minutes; a success clears those of its account."""
sessions = sa.Table(
    "sessions", metadata,
    sa.Column("token_hash", sa.String(64), primary_key=True),
    sa.Column("user_id", sa.Integer, sa.ForeignKey("users.id"), nullable=False, index=True),
    sa.Column("csrf", sa.String(64), nullable=False),
    sa.Column("created_at", UtcDateTime, nullable=False),
    sa.Column("seen_at", UtcDateTime, nullable=False),
)
"""Live sessions: only the hash of the token is kept. A row gone is a session ended, in every process."""

WINDOW = timedelta(minutes=15)
FREE_FAILURES = {"name": 5, "address": 20}
CLI = Actor("cli", frozenset({OPERATOR, "admin"}), display="cli", via="cli")
"""The built-in operator of the command line."""

WRONG = Text("名前かパスワードが違います。確かめて、もう一度入力してください。", "Name or password is wrong. Check them and try again.")
SLOW = Text("続けて失敗したので、少し待ってからもう一度入力してください。", "Too many failures in a row. Wait a little, then try again.")


@dataclass(frozen=True, slots=True)
class User:
    """An account as lists show it."""

    id: int
    name: str
    display: str
    roles: tuple[str, ...]
    unit_id: int | None
    disabled: bool
    must_change: bool
    lang: str


@cache
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=1)


@cache
def _nobody() -> str:
    return _hasher().hash(secrets.token_urlsafe(16))


def fitting(password: str, name: str, body: settings.Body) -> None:
    """Raise ``NotAllowedNow`` with a sentence unless ``password`` may be used by ``name``."""
    if len(password) < body.password_min:
        raise NotAllowedNow(Text(f"パスワードは{body.password_min}文字以上にしてください。", f"Use at least {body.password_min} characters."))
    if len(password) > 128:
        raise NotAllowedNow(Text("パスワードは128文字までです。", "Use at most 128 characters."))
    plain = unicodedata.normalize("NFKC", password).casefold()
    if len(set(plain)) < 5:
        raise NotAllowedNow(Text("同じ文字の繰り返しは使えません。", "Do not repeat the same few characters."))
    for word in (name, "daicho", body.body_name):
        if len(word) >= 4 and word.casefold() in plain:
            raise NotAllowedNow(Text(f"パスワードに「{word}」を使わないでください。", f'Do not use "{word}" in the password.'))


def add(db: Database, actor: Actor, name: str, password: str, role_ids: Iterable[str], *, display: str = "",
        unit: str | None = None, lang: str = "ja", must_change: bool = False) -> int:
    """Add an account. ``unit``: a unit's number or name. Raises ``Forbidden``, ``Misuse``, ``NotAllowedNow``, ``Unknown``."""
    wanted = _known(role_ids)
    if not name or len(name) > 64 or any(c.isspace() or not c.isprintable() for c in name) or name in ("cli", "system"):
        raise Misuse(Text(f"「{name}」は名前に使えません。空白のない64文字までの名前にしてください。",
                          f'"{name}" cannot be a name. Use up to 64 characters without spaces.'))
    with act(db, actor) as doing:
        require_role(actor, "admin", to=Text("利用者を登録する", "add people"))
        fitting(password, name, settings.read(doing.conn))
        if doing.conn.scalar(sa.select(users.c.id).where(users.c.name == name)) is not None:
            raise NotAllowedNow(Text(f"「{name}」はもう登録されています。", f'There is already a person "{name}".'))
        _together(doing.conn, name, wanted)
        unit_id = _unit(doing.conn, unit) if unit else None
        user_id = inserted(doing, sa.insert(users).values(
            name=name, display=display or name, password=_hasher().hash(password), must_change=must_change,
            disabled=False, lang=lang, unit_id=unit_id, created_at=doing.at))
        doing.conn.execute(sa.insert(roles), [{"user_id": user_id, "role": r} for r in wanted])
        doing.note("user-add", "users", name, {"roles": [None, list(wanted)]})
        return user_id


def set_roles(db: Database, actor: Actor, name: str, role_ids: Iterable[str]) -> None:
    """Give an account exactly these roles; its sessions end. Raises as :func:`add`."""
    wanted = _known(role_ids)
    with act(db, actor) as doing:
        require_role(actor, "admin", to=Text("役割を変える", "change roles"))
        user = by_name(doing.conn, name)
        _together(doing.conn, name, wanted)
        if "admin" not in wanted:
            _another_admin(doing.conn, user)
        doing.conn.execute(sa.delete(roles).where(roles.c.user_id == user.id))
        doing.conn.execute(sa.insert(roles), [{"user_id": user.id, "role": r} for r in wanted])
        doing.conn.execute(sa.delete(sessions).where(sessions.c.user_id == user.id))
        doing.note("user-roles", "users", name, {"roles": [list(user.roles), list(wanted)]})


def disable(db: Database, actor: Actor, name: str) -> None:
    """Close an account; its sessions end. Raises as :func:`add`."""
    with act(db, actor) as doing:
        require_role(actor, "admin", to=Text("利用者を停止する", "disable people"))
        user = by_name(doing.conn, name)
        _another_admin(doing.conn, user)
        doing.conn.execute(sa.update(users).where(users.c.id == user.id).values(disabled=True))
        doing.conn.execute(sa.delete(sessions).where(sessions.c.user_id == user.id))
        doing.note("user-disable", "users", name, {"disabled": [user.disabled, True]})


def _together(conn: sa.Connection, name: str, wanted: Iterable[str]) -> None:
    """Raise ``NotAllowedNow`` where roles exclude each other, or what the person decides in another's place."""
    if (why := banned(frozenset(wanted) | pledged(conn, name))) is not None:
        raise NotAllowedNow(why)


def _another_admin(conn: sa.Connection, user: User) -> None:
    """Raise ``NotAllowedNow`` where nobody could manage the accounts without this one."""
    if "admin" in user.roles and not any("admin" in u.roles and not u.disabled for u in everybody(conn) if u.id != user.id):
        raise NotAllowedNow(Text("最後の管理者なので、停止することも、役割を外すこともできません。先に別の管理者を登録してください。",
                                 "This is the last administrator. Add another one first."))


def change_password(db: Database, actor: Actor, old: str, new: str) -> None:
    """A person changes their own password; all their sessions end. Raises ``Forbidden``, ``NotAllowedNow``."""
    check_password(db, actor, old)
    with act(db, actor) as doing:
        fitting(new, actor.name, settings.read(doing.conn))
        doing.conn.execute(sa.update(users).where(users.c.name == actor.name).values(
            password=_hasher().hash(new), must_change=False))
        doing.conn.execute(sa.delete(sessions).where(sessions.c.user_id == actor.user_id))
        doing.note("user-password", "users", actor.name, {})


def set_language(db: Database, actor: Actor, lang: str) -> None:
    """Keep the language that a person chose. It is a preference: no entry in the trail."""
    with db.write() as conn:
        conn.execute(sa.update(users).where(users.c.name == actor.name).values(lang="en" if lang == "en" else "ja"))


def sign_in(db: Database, name: str, password: str, *, address: str, via: str = "web", again: bool = False) -> Actor:
    """The person behind a name and a password; ``again``: asked for once more within a session, which is no sign-in.

    Raises ``Forbidden`` with the same sentence for an unknown name, a wrong password and a closed account, each after
    exactly one verification; after repeated failures, with a sentence that asks to wait (a delay that grows, no lock).
    """
    now = calendar.now()
    with db.read() as conn:
        waits = max(_delay(conn, column, value, now) for column, value in (("name", name), ("address", address)))
        row = conn.execute(sa.select(users).where(users.c.name == name)).first()
    who = name if row is not None else "?"  # what was typed as a name may be a password
    if waits > timedelta(0):
        with db.write() as conn:
            trail.append(conn, [trail.entry("sign-in-delayed", "users", who)], actor=Actor(who, via=via), at=now)
        raise Forbidden(SLOW)
    right = _matches(row.password if row else _nobody(), password)
    known = right and row is not None and not row.disabled
    with db.write() as conn:
        if not known or row is None:
            conn.execute(sa.insert(attempts).values(name=name[:64], address=address[:64], at=now))
            conn.execute(sa.delete(attempts).where(attempts.c.at < now - WINDOW))
            trail.append(conn, [trail.entry("sign-in-refused", "users", who)], actor=Actor(who, via=via), at=now)
        else:
            conn.execute(sa.delete(attempts).where(attempts.c.name == name))
            if _hasher().check_needs_rehash(row.password):
                conn.execute(sa.update(users).where(users.c.id == row.id).values(password=_hasher().hash(password)))
            if not again:
                trail.append(conn, [trail.entry("sign-in", "users", name)], actor=Actor(name, via=via), at=now)
            return actor_of(conn, row.id, via=via)
    raise Forbidden(WRONG)


def check_password(db: Database, actor: Actor, password: str) -> None:
    """Ask a signed-in person for their password again. Raises ``Forbidden``; failures count as failed sign-ins."""
    sign_in(db, actor.name, password, address=f"{actor.via} {actor.name}", via=actor.via, again=True)


def actor_of(conn: sa.Connection, user_id: int, *, via: str = "web") -> Actor:
    """The actor that an account is. Raises ``Unknown`` for none, or a closed one."""
    row = conn.execute(sa.select(users).where(users.c.id == user_id, users.c.disabled.is_(False))).first()
    if row is None:
        raise Unknown(WRONG)
    held = frozenset(conn.scalars(sa.select(roles.c.role).where(roles.c.user_id == user_id)))
    return Actor(row.name, held, row.display, row.unit_id, via, row.id, row.lang, deputies_of(conn, row.name, held))


def by_name(conn: sa.Connection, name: str) -> User:
    """The account of that name. Raises ``Unknown``."""
    found = [u for u in everybody(conn) if u.name == name]
    if not found:
        raise Unknown(Text(f"「{name}」という利用者はいません。", f'There is no person "{name}".'))
    return found[0]


def everybody(conn: sa.Connection) -> list[User]:
    """All accounts by name."""
    held: dict[int, list[str]] = {}
    for row in conn.execute(sa.select(roles)):
        held.setdefault(row.user_id, []).append(row.role)
    order = list(ROLES)
    return [User(u.id, u.name, u.display, tuple(sorted(held.get(u.id, []), key=order.index)), u.unit_id, u.disabled,
                 u.must_change, u.lang) for u in conn.execute(sa.select(users).order_by(users.c.name))]


def display_names(conn: sa.Connection) -> dict[str, str]:
    """How people are called, by account name."""
    return {u.name: u.display for u in conn.execute(sa.select(users.c.name, users.c.display))}


def _known(role_ids: Iterable[str]) -> tuple[str, ...]:
    wanted = tuple(dict.fromkeys(role_ids))
    for role in wanted:
        if role not in ROLES:
            raise Misuse(Text(f"「{role}」という役割はありません。役割：{', '.join(ROLES)}", f'There is no role "{role}". Roles: {", ".join(ROLES)}'))
    if not wanted:
        raise Misuse(Text("役割を1つ以上選んでください。", "Give at least one role."))
    return wanted


def _unit(conn: sa.Connection, unit: str) -> int:
    table = metadata.tables["units"]
    found = conn.scalar(sa.select(table.c.id).where((table.c.code == unit) | (table.c.name == unit)))
    if found is None:
        raise Unknown(Text(f"「{unit}」という部門はありません。", f'There is no unit "{unit}".'))
    return int(found)


def _matches(stored: str, password: str) -> bool:
    try:
        return _hasher().verify(stored, password)
    except (VerificationError, InvalidHashError):
        return False


def _delay(conn: sa.Connection, column: str, value: str, now: datetime) -> timedelta:
    mine = (attempts.c[column] == value[:64]) & (attempts.c.at >= now - WINDOW)
    row = conn.execute(sa.select(sa.func.count().label("n"), sa.func.max(attempts.c.at).label("last")).where(mine)).one()
    over = row.n - FREE_FAILURES[column]
    if over < 0 or row.last is None:
        return timedelta(0)
    until: datetime = row.last + timedelta(seconds=min(2 ** over, 60))
    return until - now
