"""The door: permission, version, rules, write and trail in one transaction, for a register that no engine code knows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa

from grc import changes, query, register, trail
from grc.changes.spine import act
from grc.changes.write import sealed
from grc.office import Office
from grc.permissions import Actor
from grc.refusal import Forbidden, Invalid, NotAllowedNow, Stale, Unknown
from tests.engine.actors import ADMIN, AUDITOR, BUYER, NOBODY, OFFICER, SECOND

BOOKS = "toy-books"


def add(office: Office, actor: Actor = OFFICER, **values: Any) -> changes.Saved:
    return changes.create(office.db, actor, BOOKS, {"title": "公文書管理の基礎", "genre": "law", **values})


def read(office: Office, code: str, actor: Actor = OFFICER) -> query.Item:
    with office.db.read() as conn:
        return query.one(conn, actor, register.get(BOOKS), code)


def history(office: Office, code: str) -> list[trail.Written]:
    with office.db.read() as conn:
        return trail.of_record(conn, BOOKS, code)


def size(office: Office) -> int:
    with office.db.read() as conn:
        return conn.scalar(sa.select(sa.func.count()).select_from(trail.table)) or 0


def test_create_writes_record_and_trail_together(office: Office) -> None:
    saved = add(office, price=1200, copies=3)
    item = read(office, saved.code)
    assert (saved.code, item.version, item.status) == ("TOY-BOK-000001", 1, "draft")
    assert item.values["worth"] == 3600, "a derived field is computed by the door"
    entry = history(office, saved.code)[0]
    assert (entry.actor, entry.action) == ("tanaka", "create")
    assert entry.changes["title"] == [None, "公文書管理の基礎"]
    assert entry.changes["worth"] == [None, 3600]


def test_numbers_go_on_and_are_never_reused(office: Office) -> None:
    first, second = add(office), add(office)
    changes.void(office.db, OFFICER, BOOKS, second.code, 1, reason="重複")
    assert [first.code, second.code, add(office).code] == ["TOY-BOK-000001", "TOY-BOK-000002", "TOY-BOK-000003"]


@pytest.mark.parametrize("actor", [NOBODY, ADMIN, BUYER, AUDITOR])
def test_create_by_who_may_not_is_refused_and_the_refusal_is_written_down(office: Office, actor: Actor) -> None:
    with pytest.raises(Forbidden, match="may not"):
        add(office, actor)
    with office.db.read() as conn:
        assert conn.scalar(sa.select(sa.func.count()).select_from(register.get(BOOKS).table)) == 0
        last = next(iter(trail.since(conn, sa.true())))
    assert (last.actor, last.action) == (actor.name, "refuse")


def test_update_keeps_before_and_after_with_the_reason(office: Office) -> None:
    code = add(office, price=1200).code
    changes.update(office.db, SECOND, BOOKS, code, {"price": 1500}, 1, reason="改訂版")
    entry = history(office, code)[0]
    assert (entry.actor, entry.reason) == ("sato", "改訂版")
    assert entry.changes == {"price": [1200, 1500], "worth": [1200, 1500]}


def test_update_without_a_difference_writes_nothing(office: Office) -> None:
    code = add(office, price=1200).code
    assert changes.update(office.db, OFFICER, BOOKS, code, {"price": 1200}, 1).version == 1
    assert len(history(office, code)) == 1


def test_a_save_that_comes_second_is_refused_and_says_what_stands_now(office: Office) -> None:
    code = add(office, price=1200).code
    changes.update(office.db, SECOND, BOOKS, code, {"price": 1500}, 1)
    with pytest.raises(Stale) as refusal:
        changes.update(office.db, OFFICER, BOOKS, code, {"price": 900}, 1)
    assert refusal.value.theirs["price"] == 1500
    assert "sato" in refusal.value.message.ja
    assert read(office, code).values["price"] == 1500


def test_every_fault_is_named_at_once_and_nothing_is_written(office: Office) -> None:
    before = size(office)
    with pytest.raises(Invalid) as refusal:
        changes.create(office.db, OFFICER, BOOKS, {"genre": "cookery", "copies": -1, "worth": 3, "colour": "red"})
    assert {p.code for p in refusal.value.problems} >= {"choice-unknown", "value-derived", "value-unknown-field"}
    assert {p.field for p in refusal.value.problems} >= {"genre", "copies"}
    assert size(office) == before


def test_a_record_without_what_it_means_is_refused(office: Office) -> None:
    with pytest.raises(Invalid) as refusal:
        changes.create(office.db, OFFICER, BOOKS, {"genre": "law"})
    assert [p.code for p in refusal.value.problems] == ["value-required"]
    assert "書名" in refusal.value.problems[0].message.ja


def test_child_rows_belong_to_the_record_and_its_history(office: Office) -> None:
    loan = {"lent_on": date(2025, 4, 1), "to": "山田"}
    code = add(office, loans=[loan]).code
    later = {"lent_on": date(2025, 5, 1), "to": "鈴木"}
    changes.update(office.db, OFFICER, BOOKS, code, {"loans": [loan, later]}, 1)
    assert read(office, code).values["loans"] == [loan, later]
    assert history(office, code)[0].changes["loans"] == [
        [{"lent_on": "2025-04-01", "to": "山田"}], [{"lent_on": "2025-04-01", "to": "山田"}, {"lent_on": "2025-05-01", "to": "鈴木"}]]


def test_append_only_rows_cannot_be_rewritten(office: Office) -> None:
    code = add(office, loans=[{"lent_on": date(2025, 4, 1), "to": "山田"}]).code
    for rewritten in ([], [{"lent_on": date(2025, 4, 1), "to": "別人"}]):
        with pytest.raises(Invalid) as refusal:
            changes.update(office.db, OFFICER, BOOKS, code, {"loans": rewritten}, 1)
        assert refusal.value.problems[0].code == "rows-append-only"


def test_links_are_kept_by_number_in_the_trail(office: Office) -> None:
    first = add(office)
    second = add(office, title="続編", see_also=[(BOOKS, first.id)])
    assert [target.code for _, target in read(office, second.code).values["see_also"]] == [first.code]
    assert history(office, second.code)[0].changes["see_also"] == [None, [f"{BOOKS}:{first.code}"]]


def test_a_unit_user_changes_only_records_of_the_own_unit(office: Office) -> None:
    with act(office.db, ADMIN):
        pass
    units = [changes.create(office.db, ADMIN, "units", {"name": name}).id for name in ("総務部", "監査室")]
    mine = Actor("yamada", frozenset({"unit_user"}), unit_id=units[0], via="test")
    own = add(office, mine).code
    assert read(office, own).values["unit_id"].name == "総務部", "a new record belongs to its maker's unit"
    other = add(office, unit_id=units[1]).code
    with pytest.raises(Forbidden, match="another unit"):
        changes.update(office.db, mine, BOOKS, other, {"price": 1}, 1)
    with pytest.raises(Forbidden, match="another unit"):
        changes.update(office.db, mine, BOOKS, own, {"unit_id": units[1]}, 1)
    changes.update(office.db, mine, BOOKS, own, {"price": 1}, 1)


class TestTransitions:
    def move(self, office: Office, actor: Actor, code: str, move: str, reason: str | None = None) -> None:
        changes.transition(office.db, actor, BOOKS, code, move, read(office, code).version, reason=reason)

    def test_who_changed_it_since_the_last_approval_cannot_approve(self, office: Office) -> None:
        code = add(office).code
        self.move(office, OFFICER, code, "submit")
        with pytest.raises(Forbidden, match="you changed"):
            self.move(office, OFFICER, code, "approve")
        self.move(office, SECOND, code, "approve")
        assert read(office, code).status == "shelved"

    def test_a_move_that_the_state_does_not_allow_is_refused(self, office: Office) -> None:
        code = add(office).code
        with pytest.raises(NotAllowedNow, match="Draft"):
            self.move(office, SECOND, code, "approve")

    def test_a_move_names_the_fields_that_it_needs(self, office: Office) -> None:
        code = add(office, genre=None).code
        self.move(office, OFFICER, code, "submit")
        with pytest.raises(NotAllowedNow) as refusal:
            self.move(office, SECOND, code, "approve")
        assert "分野" in refusal.value.message.ja

    def test_a_move_asks_for_reason_and_evidence(self, office: Office) -> None:
        code = add(office).code
        self.move(office, OFFICER, code, "submit")
        self.move(office, SECOND, code, "approve")
        with pytest.raises(NotAllowedNow, match="reason"):
            self.move(office, OFFICER, code, "lose")
        with pytest.raises(NotAllowedNow, match="evidence"):
            self.move(office, OFFICER, code, "lose", "棚卸しで見つからない")
        changes.attach(office.db, office.store, OFFICER, BOOKS, code, "棚卸表.pdf", b"%PDF-1.7 list")
        self.move(office, OFFICER, code, "lose", "棚卸しで見つからない")
        assert history(office, code)[0].reason == "棚卸しで見つからない"

    def test_a_role_that_may_not_move_it_reads_who_may(self, office: Office) -> None:
        code = add(office).code
        with pytest.raises(Forbidden) as refusal:
            self.move(office, AUDITOR, code, "submit")
        assert "リスク管理担当" in refusal.value.message.ja


def test_nothing_is_deleted_but_void_or_archived_with_a_reason(office: Office) -> None:
    code = add(office).code
    with pytest.raises(NotAllowedNow):
        changes.void(office.db, OFFICER, BOOKS, code, 1, reason=" ")
    changes.void(office.db, OFFICER, BOOKS, code, 1, reason="二重登録")
    with pytest.raises(NotAllowedNow):
        changes.update(office.db, OFFICER, BOOKS, code, {"price": 1}, 2)
    with office.db.read() as conn:
        assert query.page(conn, OFFICER, register.get(BOOKS), query.Query()).total == 0
        assert query.page(conn, OFFICER, register.get(BOOKS), query.Query(view="retired")).items[0].code == code


def test_what_is_personal_is_only_ciphertext_in_the_trail_and_erasable(office: Office) -> None:
    from grc import seal

    code = add(office, keeper_phone="03-1234-5678").code
    sealed = history(office, code)[0].changes["keeper_phone"][1]
    assert sealed.startswith("sealed:") and "1234" not in sealed
    with office.db.read() as conn:
        assert query.unsealed(conn, register.get(BOOKS), code, {"keeper_phone": [None, sealed]})["keeper_phone"] == [None, "03-1234-5678"]
    with office.db.write() as conn:
        seal.destroy(conn, BOOKS, code)
    with office.db.read() as conn:
        assert query.unsealed(conn, register.get(BOOKS), code, {"keeper_phone": [None, sealed]})["keeper_phone"] == [None, None]
        assert trail.verify(conn)[1] == [], "the chain stays valid"


def test_unknown_register_and_record_are_named(office: Office) -> None:
    with pytest.raises(Unknown, match="toy-books"):
        changes.create(office.db, OFFICER, "no-such", {})
    with pytest.raises(Unknown, match="TOY-BOK-999999"):
        changes.update(office.db, OFFICER, BOOKS, "TOY-BOK-999999", {}, 1)


def test_an_act_that_fails_half_way_leaves_nothing(office: Office) -> None:
    before = size(office)
    with pytest.raises(RuntimeError), act(office.db, OFFICER) as doing:
        doing.note("create", BOOKS, "TOY-BOK-000009", {})
        doing.conn.execute(sa.text("delete from toy_books"))
        raise RuntimeError("power cut")
    assert size(office) == before


def test_a_number_of_the_offices_own_never_stops_ours_from_going_on(office: Office) -> None:
    """A ledger may number in its own way; ours go on after the highest that is ours."""
    for own in ("TOY-BOK-00001A", "TOY-BOK-999999", "TOY-BOK-1234567890123", "TOY-BOK-²"):
        code = add(office).code
        with office.db.write() as conn:
            conn.execute(sa.update(register.get(BOOKS).table).where(register.get(BOOKS).table.c.code == code).values(code=own))
    assert [add(office).code, add(office).code] == ["TOY-BOK-1000000", "TOY-BOK-1000001"]


@pytest.mark.parametrize("title", ["", "  ", "　"])
def test_blank_is_no_value_for_what_is_required(office: Office, title: str) -> None:
    with pytest.raises(Invalid) as refusal:
        changes.create(office.db, OFFICER, BOOKS, {"title": title})
    assert [(p.code, p.field) for p in refusal.value.problems] == [("value-required", "title")]


@pytest.mark.parametrize(("values", "code"), [
    ({"title": "x\x00y"}, "text-unkept"), ({"title": "x\ud800"}, "text-unkept"), ({"title": "x", "supplier_id": 999}, "value-no-such-record"),
])
def test_what_no_database_keeps_is_a_fault_of_its_field(office: Office, values: dict[str, Any], code: str) -> None:
    with pytest.raises(Invalid) as refusal:
        changes.create(office.db, OFFICER, BOOKS, values)
    assert [p.code for p in refusal.value.problems] == [code]
    assert size(office) == 0


def test_a_move_by_a_role_of_the_own_unit_leaves_other_units_alone(office: Office) -> None:
    ours = changes.create(office.db, ADMIN, "units", {"name": "総務部"})
    theirs = changes.create(office.db, ADMIN, "units", {"name": "監査室"})
    clerk = Actor("suzuki", frozenset({"unit_user"}), unit_id=ours.id)
    for unit, may in ((theirs, False), (ours, True)):
        saved = add(office, unit_id=unit.id)
        if may:
            assert changes.transition(office.db, clerk, BOOKS, saved.code, "submit", 1).version == 2
        else:
            with pytest.raises(Forbidden, match="another unit"):
                changes.transition(office.db, clerk, BOOKS, saved.code, "submit", 1)


def test_only_a_person_confirms_and_only_what_waits_for_it(office: Office) -> None:
    saved = add(office)
    person = Actor("sato", frozenset({"risk_officer"}), user_id=7)
    with pytest.raises(NotAllowedNow, match="does not wait"):
        changes.confirm(office.db, person, BOOKS, saved.code, 1)
    with pytest.raises(Forbidden, match="Another person"):
        changes.confirm(office.db, SECOND, BOOKS, saved.code, 1)
    assert read(office, saved.code).version == 1


def test_what_a_ledger_printed_for_a_personal_field_is_sealed_as_well(office: Office) -> None:
    register_ = register.get(BOOKS)
    with act(office.db, OFFICER) as doing:
        hidden = sealed(doing, register_, "TOY-BOK-000009", {"printed": [None, {"keeper_phone": "内線（秘密）", "shelf": "奥"}]})
        assert hidden["printed"][1]["shelf"] == "奥" and "秘密" not in str(hidden)
        assert query.unsealed(doing.conn, register_, "TOY-BOK-000009", hidden)["printed"][1]["keeper_phone"] == "内線（秘密）"
