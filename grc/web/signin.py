"""Sign-in, sign-out, one's own password, one's language: pages of our own, no script, both languages.

A form of ours carries a token that also stands in a cookie (before sign-in) or in the session (after), so that no other
site can send it.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable
from typing import TypeVar
from urllib.parse import quote

from anyio import CapacityLimiter, to_thread
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

from grc import people
from grc.office import here
from grc.permissions import Actor
from grc.refusal import Refusal
from grc.text import LANGUAGES, Text
from grc.web import answers, session
from grc.web.address import local
from grc.web.headers import address_of
from grc.web.session import COOKIE, COOKIE_RULES

T = TypeVar("T")
FORM_COOKIE = "__Host-grc_form"
_LOOPBACK = ("localhost", "127.0.0.1", "::1")

TITLE = Text("台帳にサインイン", "Sign in to Daicho")
PASSWORD = Text("パスワードの変更", "Change your password")
NOT_IN = Text("サインインできませんでした。", "You are not signed in.")
NOT_CHANGED = Text("変更できませんでした。", "Nothing was changed.")
AGAIN = Text("この画面を開いてから時間がたちました。もう一度入力してください。", "This page was open for too long. Please enter it again.")
DIFFERENT = Text("新しいパスワードが2つの欄で違います。同じものを入力してください。", "The two new passwords differ. Enter the same in both.")
TLS = Text("この接続は暗号化されていないので、サインインできません。https で始まるアドレスで開いてください。"
           "（管理者の方へ：中継サーバーが X-Forwarded-Proto を渡しているか確かめてください。）",
           "This connection is not encrypted, so you cannot sign in. Open the address that begins with https. "
           "(Administrators: check that the proxy passes X-Forwarded-Proto.)")
WORDS = {
    "name_label": Text("利用者名", "User name"), "password_label": Text("パスワード", "Password"),
    "button": Text("サインイン", "Sign in"), "public": Text("契約の公表を見る（サインイン不要）", "Published contracts (no sign-in)"),
    "help": Text("入れないときは、台帳の管理者に連絡してください。", "If you cannot get in, ask your Daicho administrator."),
}
PASSWORD_WORDS = {
    "old_label": Text("いまのパスワード", "Current password"), "new_label": Text("新しいパスワード", "New password"),
    "again_label": Text("新しいパスワード（もう一度）", "New password again"), "button": Text("変更する", "Change"),
    "leave": Text("サインアウト", "Sign out"),
}

_hashing: CapacityLimiter | None = None


async def login(request: Request) -> Response:
    """GET: the form. POST: who is it? A new session, and on to where they wanted to go."""
    if request.method != "POST":
        return _login_page(request, wanted=request.query_params.get("next", ""))
    fields = await answers.form(request)
    if fields is None:
        return answers.notice(request, AGAIN, 413)
    wanted, name = fields.get("next", ""), fields.get("name", "").strip()
    if not answers.from_here(request) or not answers.same(fields.get("csrf"), request.cookies.get(FORM_COOKIE)):
        return _login_page(request, wanted=wanted, name=name, error=TLS if _open_line(request) else AGAIN, status=403)
    try:
        token = await _alone(lambda: _sign_in(request, name, fields.get("password", "")))
    except Refusal as refusal:
        return _login_page(request, wanted=wanted, name=name, error=refusal.message, status=401)
    return answers.sign_in_cookies(answers.go(request, local(wanted)), request, token)


def _sign_in(request: Request, name: str, password: str) -> str:
    office = here()
    seen = "".join(c if c.isprintable() else "?" for c in name)[:64]  # what cannot be a name must not reach the database
    actor = people.sign_in(office.db, seen, password, address=address_of(request.scope))
    session.end(office, request.cookies.get(COOKIE))
    return session.begin(office, actor)


def _login_page(request: Request, *, wanted: str, name: str = "", error: Text | None = None, status: int = 200) -> Response:
    office, lang = here(), answers.language(request)
    csrf = request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(32)
    body = office.body().body_name
    if error is None and _open_line(request):
        error = TLS
    other = "ja" if lang == "en" else "en"
    switch = f"?lang={other}" + (f"&next={quote(local(wanted), safe='')}" if wanted else "")
    lead = Text(f"{body}の職員と、招待された監査人・委員の方が使えます。", f"For the staff of {body}, and invited auditors and committee members.")
    response = answers.page(request, "login.html", lang, status, title=TITLE, heading=TITLE, lead=lead, name=name, wanted=local(wanted),
                            csrf=csrf, error=error, failed=NOT_IN, switch=switch, other=other,
                            other_name="日本語" if lang == "en" else "English", **WORDS)
    response.set_cookie(FORM_COOKIE, csrf, **COOKIE_RULES)  # type: ignore[arg-type]
    return response


async def logout(request: Request) -> Response:
    """End the session and show the sign-in page; a link from another site is asked about first."""
    token = request.cookies.get(COOKIE)
    found = await _in_thread(lambda: session.look_up(here(), token))
    if found and request.method == "POST":
        fields = await answers.form(request) or {}
        if not answers.same(fields.get("csrf"), found.csrf):
            return _ask(request, found)
    elif found and request.headers.get("sec-fetch-site", "none") not in ("none", "same-origin"):
        return _ask(request, found)
    await _in_thread(lambda: session.end(here(), token))
    response = answers.go(request, "/login")
    response.delete_cookie(COOKIE, **COOKIE_RULES)  # type: ignore[arg-type]
    return response


def _ask(request: Request, found: session.Session) -> Response:
    return answers.page(request, "logout.html", found.actor.lang, csrf=found.csrf, title=Text("台帳", "Daicho"),
                        sentence=Text("サインアウトしますか。", "Sign out?"), button=PASSWORD_WORDS["leave"])


async def password(request: Request) -> Response:
    """Change one's own password. All sessions end; the person goes on with a new one."""
    found = answers.session_of(request)
    if request.method != "POST":
        return _password_page(request, found)
    fields = await answers.form(request)
    if fields is None or not answers.from_here(request) or not answers.same(fields.get("csrf"), found.csrf):
        return _password_page(request, found, AGAIN, 403)
    if fields.get("new") != fields.get("again"):
        return _password_page(request, found, DIFFERENT, 400)
    try:
        token = await _alone(lambda: _change(found.actor, fields.get("old", ""), fields.get("new", "")))
    except Refusal as refusal:
        return _password_page(request, found, refusal.message, 400)
    return answers.sign_in_cookies(answers.go(request, "/"), request, token)


def _change(actor: Actor, old: str, new: str) -> str:
    office = here()
    people.change_password(office.db, actor, old, new)
    return session.begin(office, actor)


def _password_page(request: Request, found: session.Session, error: Text | None = None, status: int = 200) -> Response:
    shortest = here().body().password_min
    lead = Text(f"{shortest}文字以上にしてください。空白も日本語も使えます。変更すると、ほかの端末ではサインアウトされます。",
                f"Use at least {shortest} characters; spaces and any letters will do. You are signed out everywhere else.")
    must = Text("はじめに、自分だけが知っているパスワードに変えてください。", "First, change it to a password that only you know.") if found.must_change else None
    return answers.page(request, "password.html", found.actor.lang, status, title=PASSWORD, heading=PASSWORD, lead=lead, must=must,
                        csrf=found.csrf, error=error, failed=NOT_CHANGED, who=found.actor.name, **PASSWORD_WORDS)


def speak(request: Request) -> Response:
    """Keep the language that the person chose, and go back to where they were."""
    lang = request.path_params["lang"]
    if lang not in LANGUAGES:
        return answers.notice(request, answers.NOTHING, 404)
    people.set_language(here().db, answers.session_of(request).actor, lang)
    return answers.go(request, local(request.query_params.get("next")))


def _open_line(request: Request) -> bool:
    """Whether the browser will not keep our cookies: no TLS, and not this very machine."""
    return request.url.scheme != "https" and request.url.hostname not in _LOOPBACK


async def _alone(work: Callable[[], T]) -> T:
    """Passwords are checked two at a time: each check takes 64 MiB."""
    global _hashing
    _hashing = _hashing or CapacityLimiter(2)
    return await to_thread.run_sync(work, limiter=_hashing)


async def _in_thread(work: Callable[[], T]) -> T:
    return await to_thread.run_sync(work)


ROUTES = [
    Route("/login", login, methods=["GET", "POST"]), Route("/logout", logout, methods=["GET", "POST"]),
    Route("/password", password, methods=["GET", "POST"]), Route("/language/{lang:str}", speak, methods=["GET"]),
]
