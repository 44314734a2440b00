"""Sessions: who is signed in, as rows of the database.

The browser holds 256 random bits, we hold their SHA-256 (security.md R5). The row decides, in every process: when it is
gone, or too old, the session has ended.
"""

from __future__ import annotations

import hashlib
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from grc import calendar, people, settings
from grc.office import Office
from grc.people import sessions, users
from grc.permissions import Actor
from grc.refusal import Unknown
from grc.settings import Body

COOKIE = "__Host-grc_session"
ROUTE_COOKIE = "grc_route"
"""A random value that a proxy may be sticky by; it says nothing about anybody."""
COOKIE_RULES = {"path": "/", "secure": True, "httponly": True, "samesite": "lax"}

SEEN_EVERY = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Session:
    """A live session. ``csrf`` stands in our own forms; ``must_change``: first a new password, then the rest."""

    actor: Actor
    token_hash: str
    csrf: str
    must_change: bool
    seen_at: datetime


def begin(office: Office, actor: Actor) -> str:
    """Start a session of ``actor``; returns the token for the cookie. Sessions long over are swept away."""
    token, now = secrets.token_urlsafe(32), calendar.now()
    with office.db.write() as conn:
        body = settings.read(conn)
        conn.execute(sa.delete(sessions).where(sa.or_(sessions.c.created_at < now - _longest(body),
                                                      sessions.c.seen_at < now - _idle(body))))
        conn.execute(sa.insert(sessions).values(token_hash=hashed(token), user_id=actor.user_id, created_at=now,
                                                csrf=secrets.token_urlsafe(32), seen_at=now))
    return token


def look_up(office: Office, token: object) -> Session | None:
    """The live session of a cookie's value, or ``None``. Anything but text is nobody (a test's mock is truthy)."""
    if not isinstance(token, str) or not token:
        return None
    now = calendar.now()
    query = sa.select(sessions, users.c.must_change).join(users).where(sessions.c.token_hash == hashed(token))
    with office.db.read() as conn:
        row = conn.execute(query).first()
        if row is None:
            return None
        body = settings.read(conn)
        if now - row.created_at > _longest(body) or now - row.seen_at > _idle(body):
            return None
        try:
            actor = people.actor_of(conn, row.user_id)
        except Unknown:  # the account was closed
            return None
    return Session(actor, row.token_hash, row.csrf, row.must_change, row.seen_at)


def touch(office: Office, session: Session) -> None:
    """Note that the person is active; written at most once a minute."""
    now = calendar.now()
    if now - session.seen_at >= SEEN_EVERY:
        with office.db.write() as conn:
            conn.execute(sa.update(sessions).where(sessions.c.token_hash == session.token_hash).values(seen_at=now))


def end(office: Office, token: object) -> None:
    """End the session of a cookie's value; nothing happens where there is none."""
    if isinstance(token, str) and token:
        with office.db.write() as conn:
            conn.execute(sa.delete(sessions).where(sessions.c.token_hash == hashed(token)))


def hashed(token: str) -> str:
    """What we keep of a token."""
    return hashlib.sha256(token.encode()).hexdigest()


def _idle(body: Body) -> timedelta:
    return timedelta(minutes=body.session_idle_minutes)


def _longest(body: Body) -> timedelta:
    return timedelta(hours=body.session_hours)
