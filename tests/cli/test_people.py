"""``grc user`` and ``grc settings``: through the door, with the operating-system account in the trail."""

from __future__ import annotations

import sqlite3

from grc import people
from grc.office import Office
from grc.settings import Place
from tests.cli.command import PASSWORD, Grc


def test_a_password_made_up_is_shown_once_and_lets_the_person_in(grc: Grc) -> None:
    made = grc("user", "add", "kobayashi", "--role", "procurement", "--display", "小林 健", "--json").json
    assert made["must_change"] is True
    db = Office.open(Place(home=grc.home)).db
    assert people.sign_in(db, "kobayashi", made["password"], address="test").display == "小林 健"


def test_a_password_from_standard_input_loses_its_line_break_and_nothing_else(grc: Grc) -> None:
    for name, line, password in (("a-san", f" {PASSWORD} \r\n", f" {PASSWORD} "), ("b-san", PASSWORD, PASSWORD)):
        done = grc("user", "add", name, "--role", "procurement", "--password-stdin", "--json", stdin=line)
        assert done.code == 0 and done.json["password"] is None and PASSWORD not in done.out
        assert people.sign_in(Office.open(Place(home=grc.home)).db, name, password, address="test").name == name


def test_a_weak_password_is_refused_with_its_reason(grc: Grc) -> None:
    done = grc("user", "add", "kobayashi", "--role", "procurement", password="short")
    assert done.code == 1 and "15文字以上" in done.err


def test_roles_are_given_exactly_and_a_closed_account_acts_no_more(grc: Grc) -> None:
    grc("user", "add", "kobayashi", "--role", "procurement", "--role", "auditor")
    grc("user", "role", "kobayashi", "--role", "unit_user")
    listed = {u["name"]: u for u in grc("user", "list", "--json").json}
    assert listed["kobayashi"]["roles"] == ["unit_user"]
    grc("user", "disable", "kobayashi")
    assert {u["name"]: u["disabled"] for u in grc("user", "list", "--json").json} == {"admin": False, "kobayashi": True}
    assert grc("settings", "set", "body_name", "乗っ取り", "--as", "kobayashi").code == 1


def test_a_setting_is_kept_with_before_and_after_in_the_trail(grc: Grc) -> None:
    assert grc("settings", "set", "body_name", "検査機構").code == 0
    assert grc("settings", "show", "--json").json["body_name"] == "検査機構"
    with sqlite3.connect(grc.home / "daicho.db") as c:
        [(actor, via, changes)] = c.execute("select actor, via, changes from trail where register = 'settings'").fetchall()
    assert actor == "cli" and via.startswith("cli:") and len(via) > 4
    assert '"検査機構"' in changes
    assert grc("trail", "verify").code == 0


def test_an_environment_variable_wins_and_is_marked(grc: Grc) -> None:
    done = grc("settings", "show", GRC_BODY_NAME="よその機構")
    assert "body_name = よその機構　（環境変数）" in done.out


def test_a_person_who_may_not_is_refused(grc: Grc) -> None:
    grc("user", "add", "kobayashi", "--role", "procurement")
    done = grc("settings", "set", "body_name", "x", "--as", "kobayashi")
    assert done.code == 1 and "管理者" in done.err
