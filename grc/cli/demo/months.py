"""The demo's contracts: ledgers imported month by month, the earlier months published, consents, evidence."""

from __future__ import annotations

import random
from datetime import UTC, date, datetime, time, timedelta

from grc import calendar, changes, query, register
from grc.cli.demo import ledgers
from grc.disclosure import month as months
from grc.office import Office
from grc.permissions import Actor
from imports import run


def fill(office: Office, maker: Actor, checker: Actor, chance: random.Random, password: str) -> None:
    """The months of this fiscal year: all but the last published, the last one built, the running one left to the visitor."""
    *published, last = past_months()
    for month in published:
        _month(office, maker, checker, month, chance, password)
    for ledger in ledgers.month(last, chance):
        load(office, maker, "contracts", ledger)
    months.build(office, maker, last)
    _consents(office, maker, checker, chance)
    _evidence(office, maker)
    _leave_for_the_visitor(office, chance)


def load(office: Office, actor: Actor, slug: str, ledger: ledgers.Ledger) -> None:
    """Import a ledger as a person would."""
    run.load(office, actor, run.preview(office, actor, slug, ledger.data, ledger.name))


def beginning() -> datetime:
    """When the office began to keep its contracts here."""
    return _moment(past_months()[0], 1)


def past_months() -> list[str]:
    """The months of this fiscal year that are over, the year before's last three where it is too young for that."""
    today = calendar.today()
    first = date(calendar.fiscal_year(today), 4, 1)
    found: list[str] = []
    day = today.replace(day=1)
    while day > first or len(found) < 3:
        day = (day - timedelta(days=1)).replace(day=1)
        found.append(f"{day:%Y-%m}")
    return sorted(found)


def _month(office: Office, maker: Actor, checker: Actor, month: str, chance: random.Random, password: str) -> None:
    """One month as it went: the ledgers on the 8th of the next month, the publication on the 18th."""
    with calendar.clock.at(_moment(month, 8)):
        for ledger in ledgers.month(month, chance):
            load(office, maker, "contracts", ledger)
    with calendar.clock.at(_moment(month, 18)):
        _publish(office, maker, checker, month, password)


def _moment(month: str, day: int) -> datetime:
    """Ten in the morning of a day of the month after, or now where that is still to come."""
    first = date.fromisoformat(f"{month}-01")
    then = (first + timedelta(days=31)).replace(day=day)
    return min(datetime.combine(then, time(10), tzinfo=calendar.TOKYO).astimezone(UTC), calendar.now())


def _publish(office: Office, maker: Actor, checker: Actor, month: str, password: str) -> None:
    months.build(office, maker, month)
    for finding in months.check(office, maker, month):
        if finding.stops:
            months.acknowledge(office, maker, month, finding.problem.code, "台帳の記載のとおりであることを契約書で確かめた。", password)
    months.approve(office, checker, month, password)
    months.publish(office, checker, month, password)


def _consents(office: Office, actor: Actor, head: Actor, chance: random.Random) -> None:
    contracts = register.get("contracts")
    with office.db.read() as conn:
        found = [c for c in query.records(conn, actor, contracts, query.Query()) if (c.values["amount"] or 0) > 8_000_000]
    for n, contract in enumerate(chance.sample(found, min(6, len(found)))):
        signed = contract.values["contract_date"]
        saved = changes.create(office.db, actor, "subcontracting-consents", {
            "contract_id": contract.id, "subcontractor": ledgers.SUPPLIERS[-1 - n][0], "scope": ledgers.SCOPES[n % len(ledgers.SCOPES)],
            "necessity": "専用の設備と経験を持つ者に任せる必要があるため。", "amount": int(contract.values["amount"] * (n + 2) // 20),
            "contract_amount": contract.values["amount"], "personal_data": n % 2 == 0, "my_number": False,
            "requested_on": signed + timedelta(days=5), "decided_on": signed + timedelta(days=14),
            "period_start": signed + timedelta(days=20), "period_end": calendar.today() + timedelta(days=12 + 40 * n)})
        if n < 5:
            saved = changes.transition(office.db, actor, "subcontracting-consents", saved.code, "review", saved.version)
        if n < 3:
            changes.transition(office.db, head, "subcontracting-consents", saved.code, "consent", saved.version)


def _evidence(office: Office, actor: Actor) -> None:
    contracts = register.get("contracts")
    with office.db.read() as conn:
        newest = query.page(conn, actor, contracts, query.Query(size=3)).items
    for item in newest:
        text = f"契約書（写し）\n{item.values['title']}\n{item.values['supplier_name']}\n"
        changes.attach(office.db, office.store, actor, "contracts", item.code, "契約書（写し）.txt", text.encode())
    first = newest[0]
    changes.update(office.db, actor, "contracts", first.code, {"remarks": "契約書の写しを添付した。"}, first.version, reason="証跡の整理")


def _leave_for_the_visitor(office: Office, chance: random.Random) -> None:
    """The running month's ledgers, as they come from the sections: the visitor imports them."""
    folder = office.place.home / "ledgers"
    folder.mkdir(exist_ok=True)
    for ledger in ledgers.month(f"{calendar.today():%Y-%m}", chance):
        (folder / ledger.name).write_bytes(ledger.data)
