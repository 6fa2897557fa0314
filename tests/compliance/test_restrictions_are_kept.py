"""HIPAA: what a patient restricted and the practice agreed to is kept (45 CFR 164.522)."""

import html
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Conflict, DomainError
from core.tenancy.scope import practice_scope
from loyalty.models import Disclosure, Recipient, RecordRequest
from loyalty.patients.enrol import enrol
from loyalty.patients.restrictions import check_may_be_told, is_restricted, restricted_among
from loyalty.record_requests.answer import accept, deny, end_restriction
from loyalty.record_requests.note import note_request


def said(answer):
    """The page as it reads, for what stands in one piece of it."""
    return html.unescape(answer.content.decode())


@pytest.fixture
def patient(aurora, now):
    with practice_scope(aurora):
        return enrol(given_name="Beatrice", family_name="Lindgren", now=now)


@pytest.fixture
def restrict(aurora, patient, now):
    def made(recipient, *, paid_in_full=False, agreed=True):
        with practice_scope(aurora):
            asked = note_request(
                patient_id=patient.id,
                kind="restriction",
                text="Nobody else.",
                source="a letter",
                recipient=recipient,
                paid_in_full=paid_in_full,
                received_on=date(2026, 11, 20),
                by_person_id=None,
                now=now,
            )
            if agreed:
                accept(request_id=asked.id, answer_text="Kept.", told_on=None, by_person_id=None, now=now)
            return asked

    return made


@pytest.fixture
def export(sign_in, patient):
    client = sign_in("Olivia", at="aurora")
    address = reverse("portal:record-export", urlconf="infra.urls_practice", args=[patient.id])
    given = {"form": "json", "whom": "else", "to_whom": "Acme", "purpose": "A study"}
    return lambda recipient: client.post(address, {**given, "recipient": recipient})


@pytest.mark.parametrize("recipient", Recipient)
def test_whoever_asks_is_told_that_nothing_may_go_there(restrict, aurora, patient, recipient):
    restrict(recipient)
    with practice_scope(aurora):
        with pytest.raises(DomainError, match="Nothing is given out"):
            check_may_be_told(patient.id, to=recipient)
        assert restricted_among([patient.id], to=recipient) == {patient.id}


@pytest.mark.parametrize("recipient", Recipient)
def test_who_may_be_told_of_by_nobody_outside_is_kept_from_everybody(restrict, aurora, patient, recipient):
    restrict("anybody")
    with practice_scope(aurora), pytest.raises(DomainError, match="Nothing is given out"):
        check_may_be_told(patient.id, to=recipient)


def test_what_may_not_go_to_one_may_not_go_to_everybody(restrict, aurora, patient):
    restrict("vendors")
    with practice_scope(aurora), pytest.raises(DomainError, match="Nothing is given out"):
        check_may_be_told(patient.id, to=Recipient.ANYBODY)


def test_an_export_for_them_is_refused_and_nothing_leaves(restrict, export, aurora):
    restrict("vendors")
    answer = export("vendors")
    assert answer.status_code == 422
    assert "Nothing is given out" in said(answer)
    with practice_scope(aurora):
        assert not Disclosure.objects.exists()
    assert b"Lindgren" in b"".join(export("family").streaming_content)


def test_it_stands_on_the_page_of_the_patient_before_anything_else(restrict, sign_in, patient):
    restrict("health_plan")
    address = reverse("portal:patient", urlconf="infra.urls_practice", args=[patient.id])
    assert "Kept from: their health plan" in said(sign_in("Frank", at="aurora").get(address))


def test_it_holds_from_the_answer_to_its_end_against_those_it_names_and_for_nobody_else(restrict, aurora, patient, now):
    asked = restrict("family", agreed=False)
    with practice_scope(aurora):
        other = enrol(given_name="Grace", family_name="Chen", now=now)

        def kept_from(to):
            return restricted_among([patient.id, other.id], to=to)

        assert kept_from(Recipient.FAMILY) == set()
        accept(request_id=asked.id, answer_text="Kept.", told_on=None, by_person_id=None, now=now)
        assert kept_from(Recipient.FAMILY) == {patient.id}
        assert kept_from(Recipient.VENDORS) == set()
        check_may_be_told(patient.id, to=Recipient.VENDORS)
        check_may_be_told(other.id, to=Recipient.FAMILY)
        end_restriction(request_id=asked.id, because="She asked for it on November 23.", now=now)
        assert kept_from(Recipient.FAMILY) == set()
        check_may_be_told(patient.id, to=Recipient.FAMILY)
        with pytest.raises(Conflict, match="not in force"):
            end_restriction(request_id=asked.id, because="Again.", now=now)


def test_a_correction_that_was_made_is_no_restriction(aurora, patient, now):
    usual = {"patient_id": patient.id, "source": "a letter", "by_person_id": None, "now": now}
    with practice_scope(aurora):
        asked = note_request(kind="amendment", text="It was May.", received_on=date(2026, 11, 20), **usual)
        accept(request_id=asked.id, answer_text="Corrected.", told_on=None, by_person_id=None, now=now)
        assert not any(is_restricted(patient.id, to=one) for one in Recipient)
        with pytest.raises(Conflict, match="not in force"):
            end_restriction(request_id=asked.id, because="Again.", now=now)


def test_without_saying_from_whom_nothing_is_noted(aurora, patient, now):
    usual = {"patient_id": patient.id, "source": "a letter", "by_person_id": None, "now": now}
    with practice_scope(aurora), pytest.raises(DomainError, match="who is not to be told"):
        note_request(kind="restriction", text="Nobody.", received_on=date(2026, 11, 20), **usual)


def test_who_paid_in_full_is_never_denied(restrict, aurora, now):
    asked = restrict("health_plan", paid_in_full=True, agreed=False)
    with practice_scope(aurora), pytest.raises(DomainError, match="the law leaves no choice"):
        deny(request_id=asked.id, basis="cannot_keep", answer_text="No.", told_on=None, by_person_id=None, now=now)
    with practice_scope(aurora), pytest.raises(IntegrityError), transaction.atomic():
        RecordRequest.objects.filter(id=asked.id).update(
            state="denied", answered_on=date(2026, 11, 23), answer_text="No.", basis="cannot_keep"
        )
