from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from billing.purchasing.programs.terms import GivenTier, Terms, checked
from billing.purchasing.programs.words import said
from billing.purchasing.programs.worked import worked

TIERS = (GivenTier(Decimal(1_000_000), Decimal("0.01")), GivenTier(Decimal(2_000_000), Decimal("0.025")))
FLAT = Terms(from_day=date(2026, 1, 1), every="quarter", measured="volume", way="flat", tiers=TIERS)
GROWTH = replace(FLAT, every="year", measured="growth", tiers=(GivenTier(Decimal("1.1"), Decimal("0.02")),))


def words(terms, items=()):
    return said(terms, currency="USD", vendor="Lumen", items=items).whole


def example(terms):
    return [(one.measure, one.tier, one.cents) for one in worked(terms, checked(terms), currency="USD")]


def test_a_flat_program_in_words():
    assert words(FLAT) == (
        "Every quarter, by what the member itself buys in it. From $10,000.00: 1% of everything that counts."
        " From $20,000.00: 2.5% of everything that counts. Everything in the catalog of Lumen counts. Returns are"
        " taken off; freight does not count."
    )


def test_a_marginal_program_in_words_with_its_limit():
    text = words(replace(FLAT, way="marginal", cap=50_000))
    assert "1% of what lies between $10,000.00 and $20,000.00. 2.5% of what lies above $20,000.00." in text
    assert text.endswith("A member gets at most $500.00 a quarter.")


def test_growth_in_words():
    assert "From 10% more: 2% of everything that counts." in words(GROWTH)
    assert "against the year before." in words(GROWTH)
    assert "against the same quarter of the year before." in words(replace(GROWTH, every="quarter"))
    assert "From as much: " in words(replace(GROWTH, tiers=(GivenTier(Decimal(1), Decimal("0.02")),)))


def test_an_increase_in_words():
    assert "From 10% more: 2% of all it buys beyond the year before." in words(replace(GROWTH, way="increase"))


@pytest.mark.parametrize(
    ("covers", "items", "says"),
    [
        ("listed", ["Gauze", "Toxin"], "What counts: Gauze, Toxin."),
        ("catalog", ["Gauze"], "Everything in the catalog of Lumen counts, but for Gauze."),
        ("everything", [], "Everything bought of Lumen counts."),
    ],
)
def test_what_counts_in_words(covers, items, says):
    assert says in words(replace(FLAT, covers=covers), items)


def test_the_example_pays_below_at_and_above_each_tier():
    assert example(FLAT) == [
        (999_999, None, 0),
        (1_000_000, 1, 10_000),
        (2_000_000, 2, 50_000),
        (3_000_000, 2, 75_000),
    ]
    assert example(replace(FLAT, way="marginal", cap=30_000)) == [
        (999_999, None, 0),
        (1_000_000, 1, 0),
        (2_000_000, 2, 10_000),
        (3_000_000, 2, 30_000),
    ]


def test_the_example_of_growth_stands_on_a_year_before():
    # 10 percent more than $100,000, and 2 percent of all of it.
    assert example(GROWTH) == [(10_999_999, None, 0), (11_000_000, 1, 220_000), (16_500_000, 1, 330_000)]


def test_the_example_of_twelve_months_pays_for_the_quarter():
    found = worked(replace(FLAT, measured="trailing"), FLAT.schedule(), currency="USD")
    assert [(one.measure, one.bought, one.cents) for one in found][1:3] == [
        (1_000_000, 250_000, 2_500),
        (2_000_000, 500_000, 12_500),
    ]
    year = worked(replace(FLAT, measured="trailing", every="year"), FLAT.schedule(), currency="USD")
    assert (year[1].bought, year[1].cents) == (1_000_000, 10_000)


def test_the_example_of_a_group_pays_one_members_part():
    group = replace(FLAT, measured="group", tiers=(GivenTier(Decimal(10_000_000), Decimal("0.01")),))
    found = worked(group, checked(group), currency="USD")
    assert [(one.measure, one.bought, one.cents) for one in found][1] == (10_000_000, 2_000_000, 20_000)
