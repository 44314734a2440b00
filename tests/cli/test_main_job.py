"""The main job: a ledger comes in once and not twice, the history verifies, and a changed entry is named."""

from __future__ import annotations

import sqlite3

from tests.cli.command import Grc, contract


def test_a_ledger_is_shown_then_loaded_once_and_not_twice(grc: Grc) -> None:
    ledger = grc.ledger()
    shown = grc.process("import", "contracts", ledger, "--dry-run", "--json")
    loaded, again = (grc.process("import", "contracts", ledger, "--json") for _ in range(2))
    assert [d.code for d in (shown, loaded, again)] == [0, 0, 0]
    assert [(d.json["rows"], d.json["created"], d.json["unchanged"]) for d in (shown, loaded, again)] == [(3, 3, 0), (3, 3, 0), (3, 0, 3)]
    assert shown.json["batch"] is None and loaded.json["batch"] == 1 and again.json["batch"] is None
    assert len(grc("export", "contracts", "-o", "-").json) == 3
    assert grc.process("trail", "verify").code == 0
    assert grc("evidence", "verify", "--json").json == {"files": 1, "problems": []}
    assert [b["file"] for b in grc("batch", "list", "--json").json] == [ledger.name]
    assert grc("batch", "show", 1, "--json").json["created"] == 3


def test_a_changed_row_updates_its_record(grc: Grc) -> None:
    grc("import", "contracts", grc.ledger())
    changed = grc.ledger("二回目.csv", contract(1), contract(2, **{"契約金額（円）": 7_654_321}))
    done = grc("import", "contracts", changed, "--json").json
    assert (done["created"], done["updated"], done["unchanged"]) == (0, 1, 1)
    amounts = {r["contract_no"]: r["amount"] for r in grc("export", "contracts", "-o", "-").json}
    assert amounts == {"R7-001": 1_000_000, "R7-002": 7_654_321, "R7-003": 3_000_000}


def test_an_entry_changed_behind_the_doors_back_is_named(grc: Grc) -> None:
    grc("import", "contracts", grc.ledger())
    with sqlite3.connect(grc.home / "daicho.db") as c:
        for (name,) in c.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            c.execute(f'drop trigger "{name}"')
        c.execute("update trail set actor = 'mallory' where seq = 3")
    done = grc.process("trail", "verify", "--json")
    assert done.code == 1
    assert [(p["code"], p["value"]) for p in done.json["problems"]] == [("trail-altered", "3")]
    assert "3番の記録が書き換えられています" in grc("trail", "verify").out


def test_evidence_changed_on_the_disk_is_named(grc: Grc) -> None:
    sha256 = grc("import", "contracts", grc.ledger(), "--json").json["file_sha256"]
    stored = grc.home / "evidence" / sha256[:2] / sha256[2:]
    stored.chmod(0o600)
    stored.write_bytes(stored.read_bytes() + b" ")
    done = grc("evidence", "verify")
    assert done.code == 1 and sha256 in done.out
