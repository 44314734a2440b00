"""``grc init`` makes a home ready as often as it is run; before it nothing else works, and a demo never meets real data."""

from __future__ import annotations

import json
import sqlite3
import stat

import pytest

from grc import people
from grc.office import Office
from grc.settings import Place
from tests.cli.command import Grc


def test_the_first_run_makes_the_home_for_its_owner_alone_and_shows_the_password_once(bare: Grc) -> None:
    first, second = bare("init", "--json").json, bare("init", "--json").json
    assert (first["created"], second["created"]) == (True, False)
    assert second["administrator"] is None
    assert set(first) == {"home", "database", "created", "administrator"}
    assert stat.S_IMODE(bare.home.stat().st_mode) == 0o700
    who = people.sign_in(Office.open(Place(home=bare.home)).db, **first["administrator"], address="test")
    assert who.roles == {"admin"}
    [admin] = bare("user", "list", "--json").json
    assert admin["name"] == "admin" and admin["must_change"] is True


@pytest.mark.parametrize("args", [("serve",), ("import", "contracts", "x.xlsx"), ("export", "contracts", "-o", "x.csv"), ("user", "list"),
                                  ("settings", "show"), ("disclose", "show", "2025-10"), ("disclose", "verify"), ("trail", "verify"),
                                  ("evidence", "verify"), ("batch", "list")])
def test_before_init_every_command_says_what_to_do_and_makes_nothing(bare: Grc, args: tuple[str, ...]) -> None:
    done = bare(*args)
    assert (done.code, done.err, done.out) == (1, "まだ準備されていません。grc init を実行してください。\n", "")
    assert not bare.home.exists()


def test_an_empty_database_is_not_ready_either(bare: Grc) -> None:
    bare.home.mkdir()
    sqlite3.connect(bare.home / "daicho.db").close()
    assert "grc init" in bare("trail", "verify").err


def test_a_database_of_a_newer_program_is_left_alone(grc: Grc) -> None:
    with sqlite3.connect(grc.home / "daicho.db") as c:
        c.execute("update alembic_version set version_num = '9999'")
    for command in (("init",), ("trail", "verify")):
        done = grc(*command)
        assert done.code == 1 and "新しくしてください" in done.err


def test_a_folder_of_others_keeps_its_permissions(bare: Grc) -> None:
    bare.home.mkdir(mode=0o755)
    (bare.home / "somebody").write_text("else's")
    assert bare("init").code == 0
    assert stat.S_IMODE(bare.home.stat().st_mode) == 0o755


def test_a_home_that_cannot_be_says_so(bare: Grc) -> None:
    done = bare("init", GRC_HOME="/dev/null/home")
    assert done.code == 1 and "GRC_HOME を確かめてください" in done.err


@pytest.mark.parametrize("url", ["nonsense", "postgresql://nobody@127.0.0.1:1/none", "sqlite:///{file}"])
def test_a_database_that_cannot_be_opened_is_one_sentence(bare: Grc, url: str) -> None:
    file = bare.file("no.db", b"this is no database at all, however long one looks at it")
    for command in ("init",), ("trail", "verify"):
        done = bare(*command, GRC_DATABASE_URL=url.format(file=file))
        assert (done.code, done.err.count("\n")) == (1, 1) and "データベースを開けません" in done.err


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Grc:
    """A demo, built once, where it goes when ``GRC_HOME`` says nothing; no test changes it."""
    folder = tmp_path_factory.mktemp("demo")
    assert Grc(folder / "unsaid").process("init", "--demo", "--json", GRC_HOME=None).code == 0
    return Grc(folder / "var" / "demo")


def test_a_demo_lets_its_people_in_and_says_them_again(demo: Grc) -> None:
    told = json.loads((demo.home / "DEMO").read_text("utf-8"))["sign_ins"]
    again = demo("init", "--demo", "--json").json
    assert again["demo"] == told and again["created"] is False and again["administrator"] is None
    person = told[0]
    who = people.sign_in(Office.open(Place(home=demo.home)).db, person["name"], person["password"], address="test")
    assert who.roles == set(person["roles"])


def test_a_demo_is_served_to_this_machine_alone(demo: Grc) -> None:
    done = demo("serve", "--host", "0.0.0.0")
    assert done.code == 1 and "この機械からだけ" in done.err


def test_a_demo_never_goes_where_an_office_lives(grc: Grc) -> None:
    before = sorted(p.name for p in grc.home.iterdir())
    done = grc("init", "--demo")
    assert done.code == 1 and "実際のデータがある" in done.err
    assert sorted(p.name for p in grc.home.iterdir()) == before
    assert [u["name"] for u in grc("user", "list", "--json").json] == ["admin"]


def test_a_demo_that_was_broken_off_says_so(grc: Grc) -> None:
    (grc.home / "DEMO").write_text('{"sign_ins": []}')
    done = grc("init", "--demo")
    assert done.code == 1 and "途中まで" in done.err
