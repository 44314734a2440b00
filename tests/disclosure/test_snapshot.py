"""A frozen month: canonical, hashed, free of leaks; and what a correction changed."""

from __future__ import annotations

import hashlib
from dataclasses import replace

import pytest
import rfc8785

from grc.disclosure.snapshot import Correction, Snapshot, compare
from tests.disclosure.examples import awkward, contract, month


def test_the_canonical_form_is_that_of_rfc_8785() -> None:
    snapshot = month([*awkward(), contract(30, remarks='😀 "\\\u2028\x7f é')])
    assert snapshot.canonical == rfc8785.dumps(snapshot.to_json())
    assert snapshot.sha256 == hashlib.sha256(snapshot.canonical).hexdigest()


def test_what_was_stored_is_read_back_to_the_byte() -> None:
    snapshot = month(version=2, reason="誤記", corrections=(Correction("A-1", "correction", "amount", "1", "2"),),
                     withheld_records=1)
    again = Snapshot.load(snapshot.canonical)
    assert again == snapshot
    assert again.canonical == snapshot.canonical


def test_another_format_is_refused() -> None:
    with pytest.raises(ValueError, match="not a snapshot"):
        Snapshot.load(b'{"format": "other"}')


def test_a_withheld_estimate_cannot_be_frozen() -> None:
    snapshot = month([contract(1, estimate_status="withheld", estimated_price=132_456_789)])
    assert b"132456789" not in snapshot.canonical
    assert b'"award_rate":null' in snapshot.canonical


def test_any_change_changes_the_hash() -> None:
    snapshot = month()
    rows = (replace(snapshot.rows[0], remarks="。"), *snapshot.rows[1:])
    assert replace(snapshot, rows=rows).sha256 != snapshot.sha256


def test_the_sum_counts_the_amounts_that_are_numbers() -> None:
    snapshot = month([contract(1, amount=5), contract(2, amount=None, printed={"amount": "7※"}), contract(3, amount=6)])
    assert (snapshot.count, snapshot.total) == (3, 11)


def test_what_a_new_version_changes() -> None:
    old = [contract(1), contract(2), contract(3, amount=None, printed={"amount": "9※"})]
    new = [contract(1, amount=120_000_000, method="designated", revision=2), contract(3, amount=9), contract(4)]
    assert compare(old, new) == (
        Correction(old[0].record_id, "correction", "method", "一般競争入札", "指名競争入札"),
        Correction(old[0].record_id, "correction", "amount", "118800000", "120000000"),
        Correction(old[2].record_id, "correction", "amount", "9※", "9"),
        Correction(new[2].record_id, "addition", after=new[2].title),
        Correction(old[1].record_id, "cancellation", before=old[1].title),
    )
    assert compare(old, old) == ()


def test_a_withheld_estimate_does_not_show_in_a_comparison() -> None:
    old, new = ([contract(1, estimate_status="withheld", estimated_price=price)] for price in (1_000, 2_000))
    assert compare(old, new) == ()
