"""The ledger of what was given to others."""

from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.disclosures.accounting import accounting, first_day
from loyalty.disclosures.note import note_disclosure, strike_disclosure
from loyalty.models import Disclosure

TODAY = date(2026, 11, 23)


@pytest.fixture
def note(patient, now):
    def noted(**asked):
        usual = {"on": TODAY, "to_whom": "County court", "what": "The visits of 2025", "purpose": "A subpoena"}
        return note_disclosure(patient_id=patient.id, by_person_id=None, now=now, **{**usual, **asked})

    return noted


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"to_whom": ""}, "to_whom"),
        ({"what": " "}, "what"),
        ({"purpose": ""}, "purpose"),
        ({"purpose": "x" * 501}, "purpose"),
        ({"on": TODAY + timedelta(days=1)}, "on"),
    ],
)
def test_date_recipient_what_and_why_are_all_asked_for(note, asked, field):
    with pytest.raises(DomainError) as refused:
        note(**asked)
    assert refused.value.field == field
    assert not Disclosure.objects.exists()


def test_the_accounting_goes_back_six_years_newest_first(note, patient):
    note(on=date(2020, 11, 22))
    oldest, newest = note(on=date(2020, 11, 23)), note()
    assert accounting(patient=patient, today=TODAY) == [newest, oldest]
    assert first_day(date(2028, 2, 29)) == date(2022, 2, 28)


def test_what_was_wrong_is_struck_out_once_with_the_reason(note, patient, now):
    row = note()
    with pytest.raises(DomainError, match="what was wrong"):
        strike_disclosure(disclosure_id=row.id, because="", by_person_id=None, now=now)
    strike_disclosure(disclosure_id=row.id, because="Another patient’s.", by_person_id=None, now=now)
    assert accounting(patient=patient, today=TODAY, struck=False) == []
    assert [one.struck_because for one in accounting(patient=patient, today=TODAY)] == ["Another patient’s."]
    with pytest.raises(Conflict):
        strike_disclosure(disclosure_id=row.id, because="Again.", by_person_id=None, now=now)
    with pytest.raises(NotFound):
        strike_disclosure(disclosure_id=uuid7(), because="Nothing.", by_person_id=None, now=now)


def test_the_database_refuses_to_change_or_lose_a_row(note, make_patient):
    row = note()
    for change in ({"purpose": "Nothing"}, {"on": date(2026, 1, 1)}, {"to_whom": "Nobody"}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.filter(id=row.id).update(**change)
    with pytest.raises(IntegrityError), transaction.atomic():
        row.delete()
    # A merge gives it to the surviving record.
    Disclosure.objects.filter(id=row.id).update(patient=make_patient("Margaret Ellison"))
