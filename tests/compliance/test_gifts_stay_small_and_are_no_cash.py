"""Gifts: a limit for each and for the year, no cash equivalents, no rewards for sending somebody."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction

from core.errors import DomainError
from core.tenancy.scope import practice_scope
from loyalty.gifts.give import give
from loyalty.gifts.limits import set_limits
from loyalty.models import Gift, GiftLimits
from loyalty.patients.enrol import enrol
from tests.loyalty.test_two_at_once import overlapping

TODAY = date(2026, 11, 23)


@pytest.fixture
def patient(in_aurora, now):
    return enrol(given_name="Marguerite", family_name="Ellison", now=now)


@pytest.fixture
def present(patient, now):
    def made(**fields):
        usual = {"patient_id": patient.id, "what": "Roses", "value_cents": 1500, "given_on": TODAY}
        return give(**{**usual, **fields}, by_staff_id=None, now=now)

    return made


@pytest.fixture
def program(patient):
    def put(answer):
        patient.federal_program = answer
        patient.save()

    return put


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_one_gift_is_worth_fifteen_dollars_at_most(present, program, answer):
    program(answer)
    with pytest.raises(DomainError, match=r"may be worth \$15 at most: the limit for patients in a federal program"):
        present(value_cents=1501)
    assert not Gift.objects.exists()
    assert present(value_cents=1500)


@pytest.mark.parametrize("answer", ["yes", "unknown"])
def test_a_calendar_year_is_worth_seventy_five(present, program, answer):
    program(answer)
    for _ in range(4):
        present()
    present(value_cents=1400)
    with pytest.raises(DomainError, match=r"\$74 was given in 2026, so \$1 is left"):
        present(value_cents=101)
    assert present(value_cents=100)
    # Another year has its own sum.
    assert present(given_on=date(2025, 12, 31))


def test_a_practice_may_be_stricter_never_laxer(present):
    set_limits(gift_cents=1000, year_cents=2000, no_program_gift_cents=5000, no_program_year_cents=50000)
    with pytest.raises(DomainError, match=r"\$10 at most"):
        present(value_cents=1001)
    for field, beyond in (("gift_cents", 1501), ("year_cents", 7501)):
        lax = {"gift_cents": 1500, "year_cents": 7500, "no_program_gift_cents": 1, "no_program_year_cents": 1}
        with pytest.raises(DomainError, match="The federal rule allows no more"):
            set_limits(**{**lax, field: beyond})
        with pytest.raises(IntegrityError, match="gift_limits_within_federal"), transaction.atomic():
            GiftLimits.objects.update(**{field: beyond})


def test_one_gift_is_never_worth_more_than_a_years_together(in_aurora):
    usual = {"gift_cents": 1500, "year_cents": 7500, "no_program_gift_cents": 1, "no_program_year_cents": 1}
    for field, beyond in (
        ("gift_cents", {"gift_cents": 1001, "year_cents": 1000}),
        ("no_program_gift_cents", {"no_program_gift_cents": 2}),
    ):
        with pytest.raises(DomainError, match="more than a year’s together") as refused:
            set_limits(**{**usual, **beyond})
        assert refused.value.field == field
    assert not GiftLimits.objects.exists()


def test_patients_of_no_program_have_the_same_limits_until_the_practice_sets_its_own(present, program):
    program("no")
    with pytest.raises(DomainError, match=r"\$15 at most: the limit of this practice"):
        present(value_cents=1501)
    set_limits(gift_cents=1500, year_cents=7500, no_program_gift_cents=5000, no_program_year_cents=50000)
    assert present(value_cents=5000)
    program("unknown")
    with pytest.raises(DomainError, match=r"\$15 at most"):
        present(value_cents=1501)


@pytest.mark.parametrize(
    "what",
    [
        "$10 in cash",
        "Starbucks card",
        "A GIFT CARD",
        "gift-certificate for the spa",
        "Prepaid Visa card",
        "check for parking",
        "store credit",
        "20% off the next visit",
        "voucher",
        "Venmo",
        "a money order",
    ],
)
def test_cash_and_what_is_as_good_is_refused_whatever_its_value(present, program, what):
    program("no")
    with pytest.raises(DomainError, match="no cash equivalents, whatever their value"):
        present(what=what, value_cents=100)
    assert not Gift.objects.exists()


@pytest.mark.parametrize(
    "what", ["Referral reward: a candle", "Roses for referring Ann", "Thanks for sending Ann: tea"]
)
def test_nobody_is_rewarded_for_sending_somebody(present, what):
    with pytest.raises(DomainError, match="rewards for sending somebody are off"):
        present(what=what, value_cents=100)


@pytest.mark.parametrize("what", ["A birthday card and tea", "Checkered scarf", "The Cashmere Trail", "Hand cream"])
def test_things_are_gifts(present, what):
    assert present(what=what, value_cents=100)


def test_two_at_once_cannot_pass_the_limit_of_the_year(open_place, now):
    """The second begins when the first has given but not committed: it must wait, and then hear what is left."""
    place = open_place()
    with practice_scope(place):
        patient = enrol(given_name="Marguerite", family_name="Ellison", now=now)

    def roses():
        usual = {"what": "Roses", "value_cents": 1500, "given_on": TODAY, "by_staff_id": None}
        return give(patient_id=patient.id, **usual, now=now)

    with practice_scope(place):
        for _ in range(4):
            roses()
    first, second = overlapping(place, roses, roses)
    assert isinstance(first, Gift)
    assert second.code == "gifts_over_year"
    with practice_scope(place):
        assert sum(Gift.objects.values_list("value_cents", flat=True)) == 7500
