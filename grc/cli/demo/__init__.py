"""The demo: a small believable office, made through the door like any other, the same from the same seed.

Fiscal year 2025 in every register (a module a domain, each with ``fill(stage)``), and the contracts of the year that is
running, month by month, as ledgers laid out the way offices lay them out. Every name of a person or company is invented.
"""

from __future__ import annotations

import random
import secrets
from dataclasses import dataclass
from datetime import date, timedelta

from grc import calendar, changes, people
from grc.changes.set_setting import set_setting
from grc.cli.demo import (
    audits,
    committees,
    compliance,
    crisis,
    isms,
    ledgers,
    months,
    plan,
    privacy,
    procurement,
    shared,
)
from grc.cli.demo.stage import Stage
from grc.office import Office

BODY = "さくら情報機構"
SEED = 20250401
UNITS = ("総務部", "個人番号センター", "運用管理本部", "情報化支援戦略部", "教育研修部", "住民基本台帳ネットワークシステム全国センター",
         "総合行政ネットワーク全国センター", "ICTイノベーションセンター", "システム統括室", "監査室")
PEOPLE = (
    ("kobayashi", "小林 健", ("procurement",), "総務部"), ("yamamoto", "山本 由美", ("procurement_head",), "総務部"),
    ("tanaka", "田中 恵子", ("risk_officer",), "総務部"), ("sato", "佐藤 美咲", ("risk_officer",), "総務部"),
    ("suzuki", "鈴木 一郎", ("unit_user",), "個人番号センター"), ("aoki", "青木 美樹", ("unit_head",), "個人番号センター"),
    ("mori", "森 直人", ("unit_user",), "運用管理本部"), ("hayashi", "林 久美子", ("unit_head",), "運用管理本部"),
    ("ogawa", "小川 誠", ("unit_head",), "総務部"), ("yoshida", "吉田 薫", ("unit_head",), "住民基本台帳ネットワークシステム全国センター"),
    ("nagai", "永井 光", ("unit_head",), "総合行政ネットワーク全国センター"),
    ("fujita", "藤田 亮", ("privacy_manager",), "総務部"), ("ishii", "石井 翔", ("security_office",), "システム統括室"),
    ("maeda", "前田 隆", ("ciso",), "システム統括室"), ("okada", "岡田 進", ("cro",), "総務部"),
    ("sasaki", "佐々木 修", ("auditor",), "監査室"), ("hara", "原 千尋", ("auditor",), "監査室"),
    ("shimizu", "清水 恵", ("audit_chief",), "監査室"), ("kato", "加藤 実", ("kanji",), ""),
    ("ueda", "上田 桂", ("secretariat",), "総務部"), ("nishi", "西 真理", ("committee",), ""), ("inoue", "井上 学", ("chair",), ""),
    ("kanri", "管理 太郎", ("admin",), "システム統括室"),
)
DELEGATIONS = (
    ("hayashi", "mori", "unit_head", date(2025, 8, 12), 3, "夏季休暇"), ("aoki", "suzuki", "unit_head", date(2025, 9, 22), 4, "出張"),
    ("yamamoto", "hayashi", "procurement_head", date(2025, 10, 6), 11, "入院"), ("fujita", "tanaka", "privacy_manager", date(2025, 12, 29), 6, "年末年始"),
    ("maeda", "ishii", "ciso", date(2026, 2, 9), 4, "海外出張"), ("okada", "hayashi", "cro", date(2026, 3, 23), 2, None),
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
    stage = Stage(office, random.Random(SEED))
    with stage.on(date(2025, 4, 1)):
        _beginnings(stage, password)
    for domain in (plan, committees, privacy, shared, isms, compliance, crisis, audits):
        domain.fill(stage)
    maker, checker = stage.actor("kobayashi"), stage.actor("yamamoto")
    with calendar.clock.at(months.beginning()):
        months.load(office, maker, "suppliers", ledgers.suppliers())
    months.fill(office, maker, checker, random.Random(SEED), password)
    procurement.fill(stage)
    plan.measure(stage)
    return [SignIn(name, display, roles, password) for name, display, roles, _ in PEOPLE]


def _beginnings(stage: Stage, password: str) -> None:
    """Settings, units and people."""
    office = stage.office
    for key, value in (("body_name", BODY), ("first_own_month", f"{calendar.fiscal_year(date.today())}-04")):
        set_setting(office.db, people.CLI, key, value)
    for name in UNITS:
        changes.create(office.db, people.CLI, "units", {"name": name, "valid_from": date(2024, 4, 1)})
    for name, display, roles, unit in PEOPLE:
        people.add(office.db, people.CLI, name, password, roles, display=display, unit=unit or None)
    for grantor, deputy, role, first, days, reason in DELEGATIONS:
        stage.add("delegations", grantor, first - timedelta(days=7), grantor=grantor, deputy=deputy, role=role, starts_on=first,
                  ends_on=first + timedelta(days=days), reason=reason)


_WORDS = ("sakura", "momiji", "tanpopo", "himawari", "ajisai", "kikyou", "tsubaki", "suzuran", "asagao", "renge", "yanagi", "hinoki")
