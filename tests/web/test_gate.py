"""Without a live session nothing but the public addresses answers (security.md S1–S6): every route, every socket, every upload."""

from __future__ import annotations

import asyncio
import io
import json
import zipfile
from datetime import timedelta

import openpyxl
import pytest
import sqlalchemy as sa
import websockets

from grc import calendar, changes, people, register, trail
from grc.web import app, uploads
from grc.web.session import COOKIE, hashed
from tests.engine.actors import BUYER, OFFICER
from tests.serve import Server
from tests.web.conftest import PASSWORD, Client

PRIVATE = (
    "/", "/contracts", "/suppliers?id=PRC-SUP-000001", "/import", "/publication", "/toy-books", "/password", "/language/en",
    "/files/" + "0" * 64, "/exports/contracts.csv", "/exports/contracts.xlsx", "/exports/sets/privacy-mark.zip", "/templates/contracts.xlsx", "/parcels/x",
    "/_stcore/health", "/_stcore/host-config", "/_stcore/metrics", "/_stcore/agent/openapi.json", "/_stcore/script-health-check",
    "/_stcore/upload_file/x/y", "/media/x.csv", "/component/x/index.html", "/metrics", "/anything", "/docs", "/auth/login",
    "/disclosure/../contracts", "/static/../main.py", "//contracts", "/healthz/x", "/login/x",
)


@pytest.mark.parametrize("path", PRIVATE)
@pytest.mark.parametrize("method", ["GET", "POST", "PUT", "DELETE", "HEAD"])
def test_a_stranger_gets_nothing(stranger: Client, path: str, method: str) -> None:
    answer = stranger.ask(method, path, b"x" if method in ("POST", "PUT") else None)
    assert answer.status in (303, 400, 401, 404, 405), answer.status
    if answer.status == 303:
        assert answer.headers["location"].startswith("/login")
    assert b"PRC-" not in answer.body and b"streamlit" not in answer.body.lower()


def test_every_route_of_ours_is_closed_unless_it_is_listed(stranger: Client) -> None:
    known = {"/login", "/logout", "/healthz"}
    for route in app.signin.ROUTES + app.files.ROUTES:
        path = getattr(route, "path", "")
        if path not in known and not path.startswith(("/login/", "/disclosure")):
            answer = stranger.get(path.replace("{", "").replace("}", ""), Accept="*/*")
            assert answer.status == 401, path


@pytest.mark.parametrize("path", ["/healthz", "/login", "/disclosure/"])
def test_the_public_addresses_answer_anybody(stranger: Client, path: str) -> None:
    assert stranger.get(path).status == 200


@pytest.mark.parametrize("cookie", ["", "x", "../../etc", "0" * 43, "'; drop table sessions; --"])
def test_a_made_up_cookie_is_nobody(server: Server, cookie: str) -> None:
    client = Client(server.port, {COOKIE: cookie})
    assert client.get("/contracts").status == 303


async def _socket(server: Server, client: Client | None, wait: float = 0.5) -> str:
    headers = {"Origin": server.base, "Cookie": "; ".join(f"{k}={v}" for k, v in (client.cookies if client else {}).items())}
    address = server.base.replace("http", "ws") + "/_stcore/stream"
    try:
        async with websockets.connect(address, additional_headers=headers, open_timeout=10) as socket:
            try:
                async with asyncio.timeout(wait):
                    while True:
                        await socket.recv()
            except TimeoutError:
                return "open"
            except websockets.ConnectionClosed as closed:
                return f"closed {closed.rcvd.code if closed.rcvd else 0}"
    except websockets.InvalidStatus as refused:
        return f"refused {refused.response.status_code}"


def test_a_stranger_gets_no_web_socket(server: Server) -> None:
    assert asyncio.run(_socket(server, None)) == "refused 403"


def test_an_open_socket_closes_when_its_session_ends_without_a_click(server: Server, buyer: Client) -> None:
    async def watch() -> tuple[str, str]:
        staying = asyncio.create_task(_socket(server, buyer, 6))
        await asyncio.sleep(1)
        with server.office.db.write() as conn:
            conn.execute(sa.delete(people.sessions).where(people.sessions.c.token_hash == hashed(buyer.cookies[COOKIE])))
        return await staying, await _socket(server, buyer)

    assert asyncio.run(watch()) == ("closed 4401", "refused 403")
    assert buyer.get("/exports/contracts.csv", Accept="*/*").status == 401


def test_signing_in_sets_a_host_cookie_that_no_script_reads(server: Server) -> None:
    client = Client(server.port)
    answer = client.sign_in("kobayashi", next="/contracts")
    assert (answer.status, answer.headers["location"]) == (303, "/contracts")
    page = client.get("/")
    assert page.status == 200 and '<html lang="ja"' in page.text
    raw = Client(server.port)
    raw.get("/login")
    with server.office.db.read() as conn:
        kept = set(conn.scalars(sa.select(people.sessions.c.token_hash)))
    assert client.cookies[COOKIE] not in kept and hashed(client.cookies[COOKIE]) in kept, "only the hash is kept"


def test_the_cookie_is_secure_http_only_and_same_site(server: Server) -> None:
    client = Client(server.port)
    answer = client.sign_in("kobayashi")
    said = answer.headers["set-cookie"].lower()
    assert COOKIE.startswith("__Host-") and all(word in said for word in ("secure", "httponly", "samesite=lax", "path=/"))


@pytest.mark.parametrize(("name", "password"), [("kobayashi", "wrong password entirely"), ("nobody", PASSWORD), ("", "")])
def test_a_wrong_sign_in_reads_the_same_for_all(server: Server, name: str, password: str) -> None:
    answer = Client(server.port).sign_in(name, password)
    assert answer.status in (400, 401, 403, 200) and COOKIE not in answer.headers.get("set-cookie", "")
    assert "名前かパスワードが違います" in answer.text and 'role="alert"' in answer.text


def test_a_sign_in_without_its_token_is_refused(server: Server) -> None:
    answer = Client(server.port).post("/login", name="kobayashi", password=PASSWORD, csrf="x", next="/")
    assert COOKIE not in answer.headers.get("set-cookie", "") and answer.status != 303


@pytest.mark.parametrize("target", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:alert(1)", "\thttps://evil.example"])
def test_nobody_is_sent_elsewhere_after_signing_in(server: Server, target: str) -> None:
    assert Client(server.port).sign_in("kobayashi", next=target).headers["location"] == "/"


def test_signing_out_ends_the_session_at_once(server: Server, buyer: Client) -> None:
    token = buyer.cookies[COOKIE]
    assert buyer.get("/logout").status in (200, 303)
    if Client(server.port, {COOKIE: token}).get("/contracts").status == 200:  # a page that asks first
        pytest.fail("the session lives on")


@pytest.mark.parametrize(("column", "age"), [("seen_at", timedelta(minutes=61)), ("created_at", timedelta(hours=13))])
def test_a_session_ends_when_idle_and_in_any_case_after_half_a_day(server: Server, buyer: Client, column: str, age: timedelta) -> None:
    assert buyer.get("/contracts").status == 200
    with server.office.db.write() as conn:
        conn.execute(sa.update(people.sessions).where(people.sessions.c.token_hash == hashed(buyer.cookies[COOKIE]))
                     .values({column: calendar.now() - age}))
    assert buyer.get("/contracts").status == 303


def test_who_must_change_the_password_reaches_nothing_else(server: Server) -> None:
    client = Client(server.port)
    client.sign_in("shinjin")
    assert client.get("/contracts").headers["location"] == "/password"
    assert client.get("/password").status == 200
    assert asyncio.run(_socket(server, client)) == "refused 403"


HEADERS = ("content-security-policy", "x-content-type-options", "referrer-policy")


@pytest.mark.parametrize("path", ["/login", "/healthz", "/disclosure/", "/", "/contracts", "/exports/contracts.csv", "/nothing", "/static/x"])
def test_every_answer_carries_the_security_headers(stranger: Client, buyer: Client, path: str) -> None:
    for client in (stranger, buyer):
        headers = client.get(path).headers
        assert all(name in headers for name in HEADERS), headers
        assert headers["x-content-type-options"] == "nosniff" and "unsafe-eval'" not in headers["content-security-policy"].replace("wasm-unsafe-eval", "")
        assert "script-src 'self' 'wasm" in headers["content-security-policy"] or "default-src 'none'" in headers["content-security-policy"]


class TestFiles:
    @pytest.fixture(scope="class")
    def evidence(self, server: Server) -> tuple[str, str]:
        code = changes.create(server.office.db, BUYER, "suppliers", {"name": "株式会社みなと印刷"}).code
        sha = changes.attach(server.office.db, server.office.store, BUYER, "suppliers", code, "証跡「写し」.html", b"<script>alert(1)</script>")
        return code, sha

    def test_evidence_goes_out_as_a_file_that_runs_nothing_and_leaves_a_trace(self, server: Server, buyer: Client, evidence: tuple[str, str]) -> None:
        code, sha = evidence
        answer = buyer.get(f"/files/{sha}?register=suppliers&record={code}")
        assert (answer.status, answer.body) == (200, b"<script>alert(1)</script>")
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''")
        assert answer.headers["content-type"].startswith("text/plain") and "sandbox" in answer.headers["content-security-policy"]
        assert "no-store" in answer.headers["cache-control"]
        with server.office.db.read() as conn:
            last = next(trail.since(conn, trail.table.c.action == "download"))
        assert (last.actor, last.record) == ("kobayashi", code)

    def test_unknown_and_forbidden_answer_alike(self, server: Server, buyer: Client, evidence: tuple[str, str]) -> None:
        code, sha = evidence
        committee = Client(server.port)
        committee.sign_in("iin")
        answers = {(a.status, a.body) for a in (
            committee.get(f"/files/{sha}?register=suppliers&record={code}"), committee.get(f"/files/{'0' * 64}?register=suppliers&record={code}"),
            committee.get("/exports/contracts.csv"), committee.get("/exports/nothing.csv"), committee.get("/templates/contracts.xlsx"))}
        assert len({status for status, _ in answers}) == 1 and next(iter(answers))[0] == 404
        assert len(answers) == 1
        assert buyer.get(f"/files/{sha}?register=contracts&record={code}").status == 404, "only through the record that it is attached to"

    def test_an_export_is_the_lists_own_query(self, server: Server, buyer: Client, evidence: tuple[str, str]) -> None:
        assert "株式会社みなと印刷" in buyer.get("/exports/suppliers.csv?q=%E3%81%BF%E3%81%AA%E3%81%A8").text
        found = buyer.get("/exports/suppliers.json?q=%E7%84%A1%E3%81%84")
        assert json.loads(found.body) == []
        with server.office.db.read() as conn:
            assert next(trail.since(conn, trail.table.c.action == "export")).actor == "kobayashi"


    def test_a_set_goes_out_whole_or_not_at_all(self, server: Server, buyer: Client) -> None:
        for title in ("公文書管理", "情報公開"):
            changes.create(server.office.db, OFFICER, "toy-books", {"title": title, "genre": "law"})
        auditor = Client(server.port)
        auditor.sign_in("sasaki")
        answer = auditor.get("/exports/sets/toy-set.zip?lang=ja")
        assert (answer.status, answer.headers["content-type"]) == (200, "application/zip")
        assert answer.headers["content-disposition"].startswith("attachment; filename*=UTF-8''") and "no-store" in answer.headers["cache-control"]
        with zipfile.ZipFile(io.BytesIO(answer.body)) as book:
            assert book.namelist() == ["1_蔵書台帳.xlsx", "2_取引先.xlsx"]
            assert len(list(openpyxl.load_workbook(io.BytesIO(book.read("1_蔵書台帳.xlsx"))).active.iter_rows())) == 2, "the heading and the first"
        with server.office.db.read() as conn:
            before = len(list(trail.since(conn, trail.table.c.action == "export")))
        refused = [buyer.get(f"/exports/sets/{id}.zip") for id in ("toy-set", "nothing")]
        assert {(a.status, a.body) for a in refused} == {(404, refused[0].body)}, "what is not allowed answers like what is not there"
        with server.office.db.read() as conn:
            assert len(list(trail.since(conn, trail.table.c.action == "export"))) == before, "no part of it left"


def test_the_running_configuration_is_the_agreed_one() -> None:
    wanted = {"server.enableXsrfProtection": True, "server.enableCORS": True, "server.enableStaticServing": False, "client.showErrorDetails": "none",
              "client.toolbarMode": "viewer", "client.disableDataExport": True, "server.fileWatcherType": "none", "browser.gatherUsageStats": False,
              "server.maxUploadSize": 50}
    found = app.options()
    assert {name: found.get(name) for name in wanted} == wanted
    assert found.get("server.enableAgentApi", False) is False
    assert app.hosts("127.0.0.1") == ["localhost", "127.0.0.1", "::1"]


def test_one_session_can_neither_fill_the_memory_nor_flood() -> None:
    meter = uploads.Meter(lambda path: True)
    for n in range(60):
        assert meter.ask("a", f"/f{n}", 1000) is None
        meter.done("a", f"/f{n}")
    assert meter.ask("a", "/one-more", 1) == uploads.TOO_MANY
    assert meter.ask("b", "/big", uploads.BYTES + 1) == uploads.TOO_MANY
    assert meter.ask("b", "/fits", uploads.BYTES) is None
    fast = uploads.Meter(lambda path: False)
    for n in range(100):
        assert fast.ask("c", f"/f{n}", 1) is None
        fast.done("c", f"/f{n}")
    assert fast.ask("c", "/next", 1) == uploads.TOO_FAST


def test_the_language_is_kept_with_the_person(server: Server) -> None:
    client = Client(server.port)
    client.sign_in("sasaki")
    client.get("/language/en?next=/contracts")
    assert '<html lang="en"' in client.get("/").text
    client.get("/language/ja?next=/")
    assert register.get("contracts").title.ja


@pytest.mark.parametrize("path", ["/no-such-page", "/units"])
def test_a_page_that_is_none_answers_in_words(buyer: Client, path: str) -> None:
    """Streamlit would answer in English, with another page behind it."""
    answer = buyer.get(path)
    assert answer.status == (404 if path == "/no-such-page" else 200)
    assert ("見つかりません" in answer.text) == (answer.status == 404)


def test_an_unknown_language_is_no_page(buyer: Client) -> None:
    assert buyer.get("/language/xx").status == 404
