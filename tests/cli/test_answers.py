"""How commands answer: one clear sentence in the person's language, the exit status, one JSON value, never a traceback."""

from __future__ import annotations

import sqlite3
from dataclasses import replace

import pytest

from tests.cli.command import Grc, contract

SENTENCES: list[tuple[tuple[str, ...], int, str, str]] = [
    (("import", "nothing", "x.xlsx"), 1, "unknown", "「nothing」という台帳はありません"),
    (("export", "nothing", "-o", "x.csv"), 1, "unknown", "「nothing」という台帳はありません"),
    (("import", "contracts", "gone.xlsx"), 1, "unreadable", "というファイルはありません"),
    (("import", "contracts", "."), 1, "unreadable", "ファイルではありません"),
    (("import", "contracts", "a.pdf"), 1, "unreadable", "a.pdf"),
    (("import", "contracts", "secret.xlsx"), 1, "unreadable", "secret.xlsx"),
    (("import", "contracts", "l.csv", "--set", "amount"), 2, "misuse", "項目=値"),
    (("import", "contracts", "l.csv", "--set", "nothing=1"), 2, "misuse", "「nothing」という項目はありません"),
    (("import", "contracts", "l.csv", "--fiscal-year", "そのうち"), 2, "misuse", "年度ではありません"),
    (("import", "contracts", "l.csv", "--changed", "三"), 2, "misuse", "--changed"),
    (("import", "contracts", "l.csv", "--mapping", "l.csv"), 2, "misuse", "JSON ではありません"),
    (("import", "contracts", "l.csv", "--as", "nobody"), 1, "unknown", "「nobody」という利用者はいません"),
    (("export", "contracts", "-o", "x.pdf"), 2, "misuse", "xlsx・csv・json"),
    (("export", "contracts", "-o", "no/such/x.csv"), 1, "not-allowed-now", "フォルダがありません"),
    (("export", "contracts", "-o", "x.csv", "--where", "nothing=1"), 2, "misuse", "「nothing」という項目はありません"),
    (("disclose", "build", "2025-13"), 2, "misuse", "月ではありません"),
    (("disclose", "build", "2025-10"), 1, "not-allowed-now", "契約は1件もありません"),
    (("disclose", "check", "2025-10"), 1, "not-allowed-now", "まだ作成していません"),
    (("disclose", "verify", "2025-10"), 1, "unknown", "まだ公表していません"),
    (("disclose", "verify", "no/such"), 1, "unknown", "no/such"),
    (("disclose", "publish", "2025-10"), 1, "forbidden", "パスワードが要ります"),
    (("batch", "show", "9"), 1, "unknown", "取込番号9"),
    (("settings", "set", "nothing", "1"), 2, "misuse", "「nothing」という設定はありません"),
    (("settings", "set", "rate_digits", "many"), 2, "misuse", "「many」は使えません"),
    (("settings", "set", "risk_review_months", "9999999"), 2, "misuse", "「9999999」は使えません"),
    (("user", "add", "x", "--role", "king"), 2, "misuse", "「king」という役割はありません"),
    (("user", "add", "a b", "--role", "admin"), 2, "misuse", "名前に使えません"),
    (("user", "disable", "nobody"), 1, "unknown", "「nobody」という利用者はいません"),
]


@pytest.fixture
def files(grc: Grc) -> Grc:
    """With files beside the home that are no ledgers, and one that is."""
    grc.file("a.pdf", b"%PDF-1.7 and so on")
    grc.file("secret.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le") + b"\0" * 600)
    grc.ledger("l.csv")
    return grc


@pytest.mark.parametrize(("args", "code", "name", "sentence"), SENTENCES, ids=lambda v: " ".join(v) if isinstance(v, tuple) else "")
def test_a_refusal_is_one_sentence_with_its_exit_status(files: Grc, args: tuple[str, ...], code: int, name: str, sentence: str) -> None:
    done = files(*args, "--json")
    assert done.code == code
    assert done.json["error"]["code"] == name and sentence in done.json["error"]["message"]
    assert done.json["problems"] == [] and done.err == ""


def test_without_json_the_sentence_goes_to_standard_error(grc: Grc) -> None:
    done = grc("disclose", "check", "2025-10")
    assert (done.code, done.out, done.err) == (1, "", "令和7年10月分はまだ作成していません。先に作成してください。\n")


@pytest.mark.parametrize(("env", "args", "word"), [
    ({"LANG": "en_GB.UTF-8"}, (), "has not been built"), ({"LANG": "C"}, (), "has not been built"),
    ({"LANG": "ja_JP.UTF-8"}, (), "作成していません"), ({"LANG": "en_GB.UTF-8", "LC_ALL": "ja_JP.UTF-8"}, (), "作成していません"),
    ({"LANG": "ja_JP.UTF-8"}, ("--lang", "en"), "has not been built"), ({"LANG": "C"}, ("--lang", "ja"), "作成していません"),
])
def test_messages_are_in_the_language_of_the_environment_unless_asked_otherwise(
        grc: Grc, env: dict[str, str], args: tuple[str, ...], word: str) -> None:
    assert word in grc("disclose", "check", "2025-10", *args, **env).err


def test_a_fault_of_ours_is_a_number_and_its_traceback_goes_to_the_log_without_the_message(grc: Grc) -> None:
    with sqlite3.connect(grc.home / "daicho.db") as c:
        c.execute("drop table settings")
    done = grc.process("settings", "show")
    assert done.code == 1 and done.out == ""
    number = done.err.partition("番号 ")[2].partition(" ")[0]
    log = grc.home / "logs" / "errors.log"
    assert number.startswith("E-") and number in log.read_text("utf-8")
    assert "in read" in log.read_text("utf-8") and "no such table" not in log.read_text("utf-8")
    assert log.stat().st_mode & 0o077 == 0


def test_what_a_file_holds_cannot_command_the_terminal(grc: Grc) -> None:
    done = grc("import", "contracts", grc.ledger("l.csv", contract(1, 契約を締結した日="\x9b2J\u202e昨日")))
    assert done.code == 1 and "昨日" in done.out
    assert "\x9b" not in done.out and "\u202e" not in done.out


def test_json_is_utf8_whatever_the_locale(grc: Grc) -> None:
    grc("import", "contracts", grc.ledger())
    out = replace(grc, lang="C").process("export", "contracts", "-o", "-", PYTHONUTF8="0", PYTHONCOERCECLOCALE="0").json
    assert out[0]["supplier_name"] == "株式会社みなと印刷"
