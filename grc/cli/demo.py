"""The demo: a small believable office in the fiscal year that is running, made through the door like any other.

Units, people, ledgers laid out as offices lay them out, imported month by month; the earlier months published, the last
one built and waiting; the newest ledger lies in the home folder for the visitor to import. Every name is invented.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from grc import calendar, changes, people, query, register
from grc.changes.set_setting import set_setting
from grc.cli import demo_ledgers as ledgers
from grc.disclosure import month as months
from grc.office import Office
from grc.permissions import Actor
from imports import run

BODY = "さくら情報機構"
UNITS = ("総務部", "個人番号センター", "運用管理本部", "情報化支援部", "システム統括室", "監査室")
PEOPLE = (
    ("kobayashi", "小林 健", ("procurement",), "総務部"), ("yamamoto", "山本 由美", ("procurement_head",), "総務部"),
    ("tanaka", "田中 恵子", ("risk_officer",), "総務部"), ("suzuki", "鈴木 一郎", ("unit_user",), "個人番号センター"),
    ("sasaki", "佐々木 修", ("auditor",), "監査室"), ("kanri", "管理 太郎", ("admin",), "システム統括室"),
)


@dataclass(frozen=True, slots=True)
class SignIn:
    """Somebody whom the visitor can be."""

    name: str
    display: str
    roles: tuple[str, ...]
    password: str


def build(office: Office) -> list[SignIn]:
    """Fill an empty home with the demo; returns who can sign in, all with one password made for this home."""
    password = "-".join(secrets.choice(_WORDS) for _ in range(4))
    with calendar.clock.at(_moment(past_months()[0], 1)):
        _beginnings(office, password)
    kobayashi, yamamoto = (_actor(office, name) for name in ("kobayashi", "yamamoto"))
    chance = random.Random(20250401)
    *published, last = past_months()
    for month in published:
        _month(office, kobayashi, yamamoto, month, chance, password)
    for ledger in ledgers.month(last, chance):
        _load(office, kobayashi, "contracts", ledger)
    months.build(office, kobayashi, last)
    _consents(office, kobayashi, yamamoto, chance)
    _evidence(office, kobayashi)
    _leave_for_the_visitor(office, chance)
    return [SignIn(name, display, roles, password) for name, display, roles, _ in PEOPLE]


def _beginnings(office: Office, password: str) -> None:
    """Settings, units, people and the list of suppliers."""
    for key, value in (("body_name", BODY), ("first_own_month", f"{calendar.fiscal_year(calendar.today())}-04")):
        set_setting(office.db, people.CLI, key, value)
    for name in UNITS:
        changes.create(office.db, people.CLI, "units", {"name": name, "valid_from": date(2024, 4, 1)})
    for name, display, roles, unit in PEOPLE:
        people.add(office.db, people.CLI, name, password, roles, display=display, unit=unit)
    _load(office, _actor(office, "kobayashi"), "suppliers", ledgers.suppliers())


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


def _actor(office: Office, name: str) -> Actor:
    with office.db.read() as conn:
        return people.actor_of(conn, people.by_name(conn, name).id, via="demo")


def _load(office: Office, actor: Actor, slug: str, ledger: ledgers.Ledger) -> None:
    run.load(office, actor, run.preview(office, actor, slug, ledger.data, ledger.name))


def _month(office: Office, maker: Actor, checker: Actor, month: str, chance: random.Random, password: str) -> None:
    """One month as it went: the ledgers on the 8th of the next month, the publication on the 18th."""
    with calendar.clock.at(_moment(month, 8)):
        for ledger in ledgers.month(month, chance):
            _load(office, maker, "contracts", ledger)
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


_WORDS = ("sakura", "momiji", "tanpopo", "himawari", "ajisai", "kikyou", "tsubaki", "suzuran", "asagao", "renge", "yanagi", "hinoki")
