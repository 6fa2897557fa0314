"""HIPAA: six years of disclosures are accounted for, to whoever asks about their own record (45 CFR 164.528)."""

import html
from datetime import date

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Conflict, DomainError
from core.tenancy.scope import practice_scope
from loyalty.disclosures.accounting import accounting, find_disclosure
from loyalty.disclosures.note import note_disclosure, strike_disclosure
from loyalty.models import Disclosure
from loyalty.patients.enrol import enrol


def said(answer):
    """The page as it reads, for what stands in one piece of it."""
    return html.unescape(answer.content.decode())


@pytest.fixture(autouse=True)
def _at_nine_in_the_morning(now):
    with time_machine.travel(now, tick=False):
        yield


@pytest.fixture
def patient(aurora, now):
    with practice_scope(aurora):
        return enrol(given_name="Beatrice", family_name="Lindgren", now=now)


@pytest.fixture
def note(aurora, patient, now):
    def noted(**given):
        usual = {"on": date(2026, 5, 1), "to_whom": "County court", "what": "Visits of 2025", "purpose": "A subpoena"}
        with practice_scope(aurora):
            return note_disclosure(patient_id=patient.id, by_person_id=None, now=now, **{**usual, **given})

    return noted


def address(name, patient):
    return reverse(f"portal:{name}", urlconf="infra.urls_practice", args=[patient.id])


def file_of(answer):
    return answer.status_code == 200 and b"".join(answer.streaming_content)


def test_the_list_names_day_recipient_what_and_why_of_six_years(note, patient, sign_in):
    note(address="1 Court Square")
    note(on=date(2020, 11, 1), to_whom="Long ago")
    page = said(sign_in("Frank", at="aurora").get(address("disclosures-list", patient)))
    for one in ("May 1, 2026", "County court, 1 Court Square", "Visits of 2025", "A subpoena"):
        assert one in page
    assert "Long ago" not in page


def test_an_export_for_somebody_else_accounts_for_itself_and_one_for_the_patient_does_not(aurora, patient, sign_in):
    client = sign_in("Olivia", at="aurora")
    assert file_of(client.post(address("record-export", patient), {"form": "json", "whom": "patient"}))
    other = {"form": "fhir", "whom": "else", "recipient": "family", "to_whom": "Her sister", "purpose": "She asked"}
    assert file_of(client.post(address("record-export", patient), other))
    with practice_scope(aurora):
        (row,) = Disclosure.objects.all()
        assert (row.to_whom, row.purpose, row.by_export, row.what) == (
            "Her sister", "She asked", True, "The whole record, as FHIR",
        )  # fmt: skip


@pytest.mark.parametrize("missing", ["to_whom", "purpose", "recipient"])
def test_an_export_for_nobody_in_particular_is_refused(aurora, patient, sign_in, missing):
    other = {"form": "json", "whom": "else", "recipient": "family", "to_whom": "Her sister", "purpose": "She asked"}
    answer = sign_in("Olivia", at="aurora").post(address("record-export", patient), {**other, missing: ""})
    assert answer.status_code == 422
    with practice_scope(aurora):
        assert not Disclosure.objects.exists()


def test_the_ledger_cannot_be_rewritten(note, aurora):
    row = note()
    with practice_scope(aurora):
        for change in ({"to_whom": "Nobody"}, {"on": date(2026, 5, 2)}, {"what": "Nothing"}):
            with pytest.raises(IntegrityError), transaction.atomic():
                Disclosure.objects.filter(id=row.id).update(**change)
        with pytest.raises(IntegrityError), transaction.atomic():
            Disclosure.objects.filter(id=row.id).delete()


def test_it_is_of_one_patient_and_what_was_wrong_stays_struck_out_with_the_reason(note, aurora, patient, now):
    with practice_scope(aurora):
        other = enrol(given_name="Grace", family_name="Chen", now=now)
        usual = {"on": date(2026, 5, 2), "to_whom": "Her sister", "what": "All", "purpose": "She asked"}
        theirs = note_disclosure(patient_id=other.id, by_person_id=None, now=now, **usual)
        kept, wrong = note(), note(to_whom="Another court")
        strike_disclosure(disclosure_id=wrong.id, because="Another patient’s.", by_person_id=None, now=now)
        assert set(accounting(patient=patient, today=now.date())) == {kept, wrong}
        assert accounting(patient=patient, today=now.date(), struck=False) == [kept]
        assert find_disclosure(patient_id=patient.id, disclosure_id=theirs.id) is None
        with pytest.raises(Conflict, match="struck out already"):
            strike_disclosure(disclosure_id=wrong.id, because="Again.", by_person_id=None, now=now)


@pytest.mark.parametrize("wrong", [{"to_whom": ""}, {"what": " "}, {"purpose": "\u200b"}, {"on": date(2026, 11, 24)}])
def test_nothing_is_noted_without_day_recipient_what_and_why(note, aurora, wrong):
    with pytest.raises(DomainError):
        note(**wrong)
    with practice_scope(aurora):
        assert not Disclosure.objects.exists()
