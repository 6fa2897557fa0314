"""The gifts ledger: what is written down, and what is taken back."""

from datetime import date, timedelta

import pytest
import time_machine

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.gifts.give import give, take_back
from loyalty.gifts.ledger import gifts_of, ledger
from loyalty.models import Gift, Occasion, Patient

TODAY = date(2026, 11, 23)


@pytest.fixture
def present(patient, provider, now):
    """present(): a book for $12, today, by Dr. Sato."""

    def made(**fields):
        usual = {
            "patient_id": patient.id,
            "what": "A book on roses",
            "value_cents": 1200,
            "given_on": TODAY,
            "by_staff_id": provider.id,
            "now": now,
        }
        with time_machine.travel(now, tick=False):
            return give(**{**usual, **fields})

    return made


def test_the_ledger_says_what_when_by_whom_and_why(present, patient, provider, now):
    day = Occasion.objects.create(patient=patient, kind="custom", label="Marathon", month=11, day=23)
    present(occasion_id=day.id)
    kept = ledger(year=None, now=now, limit=10)
    (line,) = kept.lines
    assert (line.name, line.what, line.value_cents) == ("Marguerite Ellison", "A book on roses", 1200)
    assert (line.given_on, line.by, line.occasion, line.may_undo) == (TODAY, "Dr. Sato", "Marathon", True)
    assert (kept.year, kept.total_cents, kept.patients, kept.count) == (2026, 1200, 1, 1)


def test_the_patient_sees_what_is_left(present, patient, now):
    present()
    present(value_cents=1500, given_on=date(2025, 12, 31), what="Tea")
    mine = gifts_of(patient, now=now)
    assert (mine.given_cents, mine.left_cents, mine.gift_cents, mine.is_federal) == (1200, 6300, 1500, True)
    assert [line.what for line in mine.lines] == ["A book on roses", "Tea"]


def test_each_year_has_its_own_page(present, now):
    present()
    present(given_on=date(2025, 12, 31), what="Tea")
    assert [line.what for line in ledger(year=2025, now=now, limit=10).lines] == ["Tea"]
    assert ledger(year=None, now=now, limit=10).years == (2026, 2025)


def test_it_is_taken_back_on_the_same_day_only(present, patient, now):
    gift = present()
    with pytest.raises(DomainError, match="earlier day and stays"):
        take_back(gift_id=gift.id, now=now + timedelta(days=1))
    assert take_back(gift_id=gift.id, now=now + timedelta(hours=8)) == patient.id
    assert not Gift.objects.exists()
    with pytest.raises(NotFound):
        take_back(gift_id=gift.id, now=now)


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"what": "  "}, "what"),
        ({"what": "A\0book"}, "what"),
        ({"value_cents": 0}, "value_cents"),
        ({"given_on": TODAY + timedelta(days=1)}, "given_on"),
        ({"given_on": TODAY - timedelta(days=367)}, "given_on"),
    ],
)
def test_bad_input_is_refused_at_its_field(present, wrong, field):
    with pytest.raises(DomainError) as refused:
        present(**wrong)
    assert refused.value.field == field
    assert not Gift.objects.exists()


def test_today_is_the_day_on_the_wall_of_the_practice(present, now):
    late = now.replace(hour=7) + timedelta(days=1)  # 11 at night on Monday in Los Angeles, Tuesday in London
    with pytest.raises(DomainError, match="still to come"):
        present(given_on=TODAY + timedelta(days=1), now=late)
    assert present(given_on=TODAY, now=late)


def test_nobody_else_gets_one(present, patient, make_patient):
    with pytest.raises(NotFound):
        present(patient_id=uuid7())
    with pytest.raises(NotFound):
        present(occasion_id=uuid7())
    other = Occasion.objects.create(patient=make_patient("Ann Other"), kind="custom", label="Run", month=1, day=1)
    with pytest.raises(NotFound):
        present(occasion_id=other.id)
    Patient.objects.filter(id=patient.id).update(merged_into=other.patient)
    with pytest.raises(Conflict, match="merged"):
        present()


@pytest.mark.parametrize("wish", ["deceased", "no_contact"])
def test_nothing_is_given_to_who_must_not_be_contacted(present, patient, wish):
    Patient.objects.filter(id=patient.id).update(**{wish: True})
    with pytest.raises(DomainError, match="must not be contacted"):
        present()
