"""The real app for the tests of this folder, and a client that keeps cookies like a browser."""

from __future__ import annotations

import http.client
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from urllib.parse import urlencode

import pytest

from grc import people
from tests import serve
from tests.conftest import make_office
from tests.serve import Server

PASSWORD = "correct horse battery staple 9"


@dataclass
class Answer:
    """What came back."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def text(self) -> str:
        """The body as text."""
        return self.body.decode("utf-8", "replace")


@dataclass
class Client:
    """A browser without a screen: follows nothing, keeps cookies."""

    port: int
    cookies: dict[str, str] = field(default_factory=dict)

    def ask(self, method: str, path: str, body: bytes | None = None, **headers: str) -> Answer:
        """One request, one answer."""
        given = {"Accept": "text/html", **{k.replace("_", "-"): v for k, v in headers.items()}}
        if self.cookies:
            given["Cookie"] = "; ".join(f"{k}={v}" for k, v in self.cookies.items())
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        connection.request(method, path, body, given)
        answer = connection.getresponse()
        data = answer.read()
        for name, value in answer.getheaders():
            if name.lower() == "set-cookie":
                key, _, rest = value.partition("=")
                self.cookies[key] = rest.partition(";")[0].strip('"')
        connection.close()
        return Answer(answer.status, {k.lower(): v for k, v in answer.getheaders()}, data)

    def get(self, path: str, **headers: str) -> Answer:
        """GET."""
        return self.ask("GET", path, **headers)

    def post(self, path: str, **fields: str) -> Answer:
        """POST a form."""
        return self.ask("POST", path, urlencode(fields).encode(), Content_Type="application/x-www-form-urlencoded")

    def sign_in(self, name: str, password: str = PASSWORD, **more: str) -> Answer:
        """Sign in through the form, with its token."""
        page = self.get("/login")
        token = re.search(r'name="csrf" value="([^"]*)"', page.text)
        assert token
        return self.post("/login", csrf=token[1], name=name, password=password, **{"next": "/", **more})


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """The app with three people, its gate looking every half second."""
    home = tmp_path_factory.mktemp("web")
    made = make_office(f"sqlite:///{home / 'daicho.db'}", home)
    office = next(made)
    for name, role in (("kobayashi", "procurement"), ("sasaki", "auditor"), ("iin", "committee"), ("kanri", "admin")):
        people.add(office.db, people.CLI, name, PASSWORD, [role])
    people.add(office.db, people.CLI, "shinjin", PASSWORD, ["procurement"], must_change=True)
    yield from serve.run(office, GRC_TEST_FAST="1")
    next(made, None)


@pytest.fixture
def stranger(server: Server) -> Client:
    """Somebody without a session."""
    return Client(server.port)


@pytest.fixture
def buyer(server: Server) -> Client:
    """A signed-in member of procurement."""
    client = Client(server.port)
    assert client.sign_in("kobayashi").status == 303
    return client
