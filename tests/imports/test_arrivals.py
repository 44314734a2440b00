"""A ledger may name what is not registered yet: it stays as printed, goes out as printed, and is tied when it arrives."""

from __future__ import annotations

import csv
import io
from typing import Any

import pytest

from grc import changes, query, register, trail
from grc.office import Office
from grc.query import Item, Query
from imports import run
from tests.engine.actors import BUYER, OFFICER

CONSENTS = "subcontracting-consents"
CONTRACT = ("封入封緘業務", "R7-001", "物品役務等", "一般競争入札", "2025-10-01", "株式会社みなと印刷", "1000000")
HEADS = ("契約件名", "契約番号", "工事・物品役務の別", "契約方式", "契約を締結した日", "相手方の商号又は名称", "契約金額（円）")


def sheet(*rows: tuple[str, ...]) -> bytes:
    out = io.StringIO()
    csv.writer(out).writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def load(office: Office, slug: str, data: bytes) -> run.Preview:
    return run.load(office, BUYER, run.preview(office, BUYER, slug, data, f"{slug}.csv"))


def records(office: Office, slug: str) -> list[Item]:
    with office.db.read() as conn:
        return list(query.records(conn, BUYER, register.get(slug), Query(sort="code")))


@pytest.mark.parametrize("named", ["封入封緘業務", "PRC-CON-000001", "PRC-CON-000001 封入封緘業務"])
def test_a_required_reference_waits_for_its_record(office: Office, named: str) -> None:
    done = load(office, CONSENTS, sheet(("契約", "再委託先", "業務範囲"), (named, "合同会社はやぶさ発送", "発送")))
    assert done.counts["created"] == 1
    waiting = records(office, CONSENTS)[0]
    assert (waiting.values["contract_id"], waiting.printed["contract_id"]) == (None, named)
    load(office, "contracts", sheet(HEADS, CONTRACT))
    tied = records(office, CONSENTS)[0]
    assert (tied.values["contract_id"].code, tied.printed) == ("PRC-CON-000001", {})
    with office.db.read() as conn:
        entry = trail.of_record(conn, CONSENTS, tied.code)[0]
    assert (entry.action, entry.changes["contract_id"], entry.changes["printed"]) == (
        "rule", [None, "PRC-CON-000001"], [{"contract_id": named}, None])


def test_a_name_that_two_records_share_ties_nothing(office: Office) -> None:
    load(office, CONSENTS, sheet(("契約", "再委託先", "業務範囲"), ("封入封緘業務", "合同会社はやぶさ発送", "発送")))
    load(office, "contracts", sheet(HEADS, CONTRACT, ("封入封緘業務", "R7-002", *CONTRACT[2:])))
    assert records(office, CONSENTS)[0].printed == {"contract_id": "封入封緘業務"}


def test_a_link_waits_until_all_of_its_records_are_there(office: Office) -> None:
    first: Any = {"title": "前の巻"}
    changes.create(office.db, OFFICER, "toy-books", first)
    seen = run.preview(office, OFFICER, "toy-books", sheet(("書名", "関連する本"), ("本", "TOY-BOK-000001\nTOY-BOK-000009")), "本.csv")
    run.load(office, OFFICER, seen)
    with office.db.read() as conn:
        assert query.one(conn, OFFICER, register.get("toy-books"), "TOY-BOK-000002").printed == {"see_also": "TOY-BOK-000001\nTOY-BOK-000009"}
    run.load(office, OFFICER, run.preview(office, OFFICER, "toy-books", sheet(("台帳番号", "書名"), ("TOY-BOK-000009", "次の巻")), "次.csv"))
    with office.db.read() as conn:
        tied = query.one(conn, OFFICER, register.get("toy-books"), "TOY-BOK-000002")
    assert [t.code for _, t in tied.values["see_also"]] == ["TOY-BOK-000001", "TOY-BOK-000009"] and tied.printed == {}
