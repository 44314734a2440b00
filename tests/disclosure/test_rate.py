"""落札率 never says 100 of what is not equal, and rounds as the settings say."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grc.disclosure.rate import award_rate


@pytest.mark.parametrize(("amount", "estimate", "rate"), [
    (9_900_000, 10_120_000, "97.8"),
    (357_720_000, 357_808_000, "99.9"),  # 99.975…: a real list says 100
    (41_690_000, 44_373_192, "94.0"),  # 93.953…
    (30_420_982_900, 30_422_700_000, "99.9"),
    (45_980_000, 45_980_000, "100.0"),
    (100_000_001, 100_000_000, "100.1"),
])
def test_the_rates_of_real_lists(amount: int, estimate: int, rate: str) -> None:
    assert str(award_rate(amount, estimate)) == rate


def test_digits_and_rounding_are_settings() -> None:
    assert award_rate(41_690_000, 44_373_192, digits=2) == Decimal("93.95")
    assert award_rate(41_690_000, 44_373_192, rounding="truncate") == Decimal("93.9")
    assert award_rate(2, 3, digits=0) == Decimal("67")


@pytest.mark.parametrize(("amount", "estimate"), [(None, 1), (1, None), (1, 0)])
def test_no_rate_without_both_amounts(amount: int | None, estimate: int | None) -> None:
    assert award_rate(amount, estimate) is None


@given(st.integers(1, 10**12), st.integers(1, 10**12), st.integers(0, 3), st.sampled_from(["half_up", "truncate"]))
def test_100_means_equal(amount: int, estimate: int, digits: int, rounding: str) -> None:
    rate = award_rate(amount, estimate, digits=digits, rounding=rounding)  # type: ignore[arg-type]
    assert rate is not None
    assert (rate == 100, rate > 100) == (amount == estimate, amount > estimate)
