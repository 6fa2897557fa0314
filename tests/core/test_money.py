"""Money is whole minor units of one currency; shares of it come to it exactly."""

from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.money import CurrenciesDiffer, Money, allocate, rounded

AMOUNTS = st.integers(-(10**12), 10**12)


@pytest.mark.parametrize(
    ("minor", "currency", "text"),
    [
        (124_000, "USD", "$1,240.00"),
        (-1_250, "USD", "-$12.50"),
        (0, "USD", "$0.00"),
        (7, "USD", "$0.07"),
        (1_240, "JPY", "¥1,240"),
    ],
)
def test_it_is_written_as_it_is_read(minor, currency, text):
    assert str(Money(minor, currency)) == text


@pytest.mark.parametrize("amount", [1.0, 12.5, "12", True, None])
def test_only_whole_minor_units_are_money(amount):
    with pytest.raises(TypeError):
        Money(amount)


def test_an_unknown_currency_is_refused():
    with pytest.raises(ValueError, match="XBT"):
        Money(1, "XBT")


@pytest.mark.parametrize("do", [lambda a, b: a + b, lambda a, b: a - b, lambda a, b: a < b, lambda a, b: a <= b])
def test_two_currencies_never_meet(do):
    with pytest.raises(CurrenciesDiffer):
        do(Money(1, "USD"), Money(1, "EUR"))
    assert Money(1, "USD") != Money(1, "EUR")


@given(AMOUNTS, AMOUNTS)
def test_it_adds_up_as_whole_numbers_do(one, other):
    assert Money(one) + Money(other) - Money(other) == Money(one) == -Money(-one)
    assert (Money(one) < Money(other)) == (one < other)
    assert bool(Money(one)) == bool(one)


@pytest.mark.parametrize(("half", "whole"), [("1/2", 0), ("3/2", 2), ("5/2", 2), ("-1/2", 0), ("-3/2", -2), ("7/4", 2)])
def test_halves_go_to_the_even_cent(half, whole):
    assert rounded(Fraction(half)) == whole


def test_shares_by_largest_remainder():
    assert allocate(100, [1, 1, 1]) == [34, 33, 33]
    # 1,000 seats over 47, 16, 158, 12, 61 and 86 votes of 380; by hand: 123.68, 42.11, 415.79, 31.58, 160.53, 226.32.
    assert allocate(1_000, [47, 16, 158, 12, 61, 86]) == [124, 42, 416, 32, 160, 226]
    assert allocate(-100, [1, 1, 1]) == [-33, -33, -34]
    assert allocate(90, [100, -10]) == [100, -10]
    assert allocate(0, [0, 0]) == [0, 0]
    assert allocate(0, []) == []


def test_nothing_cannot_be_shared_out_by():
    with pytest.raises(ValueError, match="nothing to share"):
        allocate(1, [5, -5])


@given(AMOUNTS, st.lists(st.integers(-(10**9), 10**9), min_size=1).filter(sum))
def test_shares_come_to_the_amount_and_each_is_within_a_unit(total, weights):
    shares = allocate(total, weights)
    assert sum(shares) == total
    for share, weight in zip(shares, weights, strict=True):
        assert abs(share - Fraction(total * weight, sum(weights))) < 1
