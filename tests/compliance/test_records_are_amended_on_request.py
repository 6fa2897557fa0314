"""HIPAA: a patient may ask to have the record corrected, and is answered (45 CFR 164.526)."""

import html
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from core.errors import Conflict, DomainError
from core.tenancy.scope import practice_scope
from loyalty.models import DenialBasis, PrivacyContact, RecordRequest
from loyalty.patients.enrol import enrol
from loyalty.record_requests.answer import accept, deny, disagree, extend, tell
from loyalty.record_requests.note import note_request
from loyalty.record_requests.privacy_contact import name_privacy_contact

RECEIVED = date(2026, 11, 23)


def said(answer):
    """The page as it reads, for what stands in one piece of it."""
    return html.unescape(answer.content.decode())


@pytest.fixture
def asked(aurora, now):
    with practice_scope(aurora):
        patient = enrol(given_name="Beatrice", family_name="Lindgren", now=now)
        return note_request(
            patient_id=patient.id,
            kind="amendment",
            text="My peel was in May.",
            source="a letter",
            received_on=RECEIVED,
            by_person_id=None,
            now=now,
        )


def page(client, name, asked, **given):
    address = reverse(f"portal:{name}", urlconf="infra.urls_practice", args=[asked.id])
    return client.post(address, given) if given else client.get(address)


def test_it_is_due_in_sixty_days_with_one_explained_extension_of_thirty(asked, aurora, now):
    assert asked.due_on == RECEIVED + timedelta(days=60)
    with practice_scope(aurora):
        last = RECEIVED + timedelta(days=90)
        extend(request_id=asked.id, because="The old files are away.", until=last, now=now)
        with pytest.raises(IntegrityError), transaction.atomic():
            RecordRequest.objects.filter(id=asked.id).update(due_on=last + timedelta(days=1))


def test_more_time_is_taken_once_before_it_is_due_and_by_thirty_days_at_most(asked, aurora, now):
    due = RECEIVED + timedelta(days=60)
    with practice_scope(aurora):

        def ask(until, at=now):
            extend(request_id=asked.id, because="The old files are away.", until=until, now=at)

        for until in (due, due + timedelta(days=31)):
            with pytest.raises(DomainError, match="30 days are allowed"):
                ask(until)
        with pytest.raises(DomainError, match="It is overdue"):
            ask(due + timedelta(days=30), at=now + timedelta(days=61))
        ask(due + timedelta(days=10))
        with pytest.raises(Conflict, match="the law allows it once"):
            ask(due + timedelta(days=30))


@pytest.mark.parametrize("basis", ["", "cannot_keep", "because"])
def test_it_is_denied_for_a_reason_of_the_law_or_not_at_all(asked, aurora, basis, now):
    usual = {"answer_text": "No.", "told_on": None, "by_person_id": None, "now": now}
    with practice_scope(aurora), pytest.raises(DomainError, match="reasons that the law knows"):
        deny(request_id=asked.id, basis=basis, **usual)


@pytest.mark.parametrize("words", ["", " ", "\u200b"])
def test_no_answer_no_delay_and_no_statement_without_words(asked, aurora, words, now):
    usual = {"told_on": None, "by_person_id": None, "now": now}
    with practice_scope(aurora):
        for attempt in (
            lambda: accept(request_id=asked.id, answer_text=words, **usual),
            lambda: deny(request_id=asked.id, basis="accurate", answer_text=words, **usual),
            lambda: extend(request_id=asked.id, because=words, until=RECEIVED + timedelta(days=80), now=now),
            lambda: disagree(request_id=asked.id, statement=words, now=now),
        ):
            with pytest.raises(DomainError, match="Write"):
                attempt()
        assert RecordRequest.objects.get().state == "open"


def test_only_a_denial_is_disagreed_with_and_the_statement_stays_as_it_is(asked, aurora, now):
    with practice_scope(aurora):
        with pytest.raises(Conflict, match="Only a denied correction"):
            disagree(request_id=asked.id, statement="It was May.", now=now)
        usual = {"answer_text": "It is right.", "told_on": None, "by_person_id": None, "now": now}
        deny(request_id=asked.id, basis="accurate", **usual)
        disagree(request_id=asked.id, statement="It was May.", now=now)
        with pytest.raises(Conflict, match="on file already"):
            disagree(request_id=asked.id, statement="Never mind.", now=now)


def test_nobody_was_told_before_there_was_an_answer_nor_on_a_day_ahead(asked, aurora, now):
    with practice_scope(aurora):
        with pytest.raises(Conflict, match="Answer it first"):
            tell(request_id=asked.id, told_on=now.date(), now=now)
        usual = {"answer_text": "Done.", "by_person_id": None, "now": now}
        with pytest.raises(DomainError, match="it is not ahead"):
            accept(request_id=asked.id, told_on=now.date() + timedelta(days=1), **usual)
        accept(request_id=asked.id, told_on=None, **usual)
        with pytest.raises(DomainError, match="it is not ahead"):
            tell(request_id=asked.id, told_on=now.date() + timedelta(days=1), now=now)


def test_an_answered_one_is_neither_answered_again_nor_put_off(asked, aurora, now):
    usual = {"answer_text": "Done.", "told_on": None, "by_person_id": None, "now": now}
    with practice_scope(aurora):
        accept(request_id=asked.id, **usual)
        for attempt in (
            lambda: accept(request_id=asked.id, **usual),
            lambda: deny(request_id=asked.id, basis="accurate", **usual),
            lambda: extend(request_id=asked.id, because="Away.", until=RECEIVED + timedelta(days=80), now=now),
        ):
            with pytest.raises(Conflict, match="was accepted already"):
                attempt()


@pytest.mark.parametrize("without", [{"basis": ""}, {"answer_text": ""}])
def test_the_database_keeps_no_denial_without_its_basis_and_said(asked, aurora, without):
    whole = {"state": "denied", "answered_on": RECEIVED, "basis": "accurate", "answer_text": "It is right."}
    with practice_scope(aurora), pytest.raises(IntegrityError), transaction.atomic():
        RecordRequest.objects.filter(id=asked.id).update(**{**whole, **without})


@pytest.mark.parametrize("basis", ["not_ours", "not_in_record", "not_accessible", "accurate"])
def test_the_letter_of_a_denial_says_everything_that_the_law_wants(asked, aurora, sign_in, now, basis):
    with practice_scope(aurora):
        deny(
            request_id=asked.id,
            basis=basis,
            answer_text="We looked it up.",
            told_on=None,
            by_person_id=None,
            now=now,
        )
    letter = said(page(sign_in("Martin", at="aurora"), "record-request-letter", asked))
    assert DenialBasis(basis).label.lower() in letter.lower()
    for one in (
        "We looked it up.",
        "written statement of why you disagree",
        "your request and this answer along whenever we give that part",
        "complain to us",
        "Secretary of the U.S. Department of Health and Human Services",
    ):
        assert one in letter


def test_a_denial_names_whom_to_complain_to_with_a_telephone_number(asked, aurora, sign_in, now):
    with practice_scope(aurora):
        usual = {"answer_text": "It is right.", "told_on": None, "by_person_id": None, "now": now}
        deny(request_id=asked.id, basis="accurate", **usual)
    martin = sign_in("Martin", at="aurora")
    assert "names nobody to complain to yet" in said(page(martin, "record-request-letter", asked))
    with practice_scope(aurora):
        name_privacy_contact(name="Office manager", phone="(503) 555-0100")
    letter = said(page(martin, "record-request-letter", asked))
    assert "Office manager, telephone (503) 555-0100" in letter
    assert "names nobody" not in letter


@pytest.mark.parametrize("wrong", [{"name": " "}, {"name": "\u200b"}, {"phone": "555-0100"}, {"phone": ""}])
def test_a_contact_that_cannot_be_reached_is_refused_and_the_one_before_stays(aurora, sign_in, wrong):
    martin, address = sign_in("Martin", at="aurora"), "/settings/privacy-contact/"
    right = {"name": "Office manager", "phone": "(503) 555-0100"}
    assert martin.post(address, right).status_code == 303
    answer = martin.post(address, {**right, "name": "Ann", **wrong})
    assert answer.status_code == 422
    with practice_scope(aurora):
        contact = PrivacyContact.objects.get()
        assert (contact.name, contact.phone) == ("Office manager", "(503) 555-0100")


def test_a_statement_of_disagreement_stays_with_the_record(asked, aurora, sign_in, now):
    with practice_scope(aurora):
        usual = {"answer_text": "It is right.", "told_on": None, "by_person_id": None, "now": now}
        deny(request_id=asked.id, basis="accurate", **usual)
        disagree(request_id=asked.id, statement="It was May, I have the bill.", now=now)
    client = sign_in("Olivia", at="aurora")
    assert "It was May, I have the bill." in said(page(client, "record-request", asked))
    address = reverse("portal:record-export", urlconf="infra.urls_practice", args=[asked.patient_id])
    for form in ("json", "fhir"):
        answer = client.post(address, {"form": form, "whom": "patient"})
        assert "It was May, I have the bill." in b"".join(answer.streaming_content).decode()


@pytest.mark.parametrize("who", ["Frank", "Priya"])
def test_anybody_notes_it_and_only_those_who_lead_answer(asked, aurora, sign_in, who):
    client = sign_in(who, at="aurora")
    assert page(client, "record-request", asked).status_code == 200
    assert page(client, "record-request-acceptance", asked, answer_text="Done.").status_code == 404
    with practice_scope(aurora):
        assert RecordRequest.objects.get().state == "open"


def test_an_answer_is_given_once(asked, aurora, sign_in, now):
    with practice_scope(aurora):
        accept(request_id=asked.id, answer_text="Corrected.", told_on=None, by_person_id=None, now=now)
    answer = page(sign_in("Martin", at="aurora"), "record-request-denial", asked, basis="accurate", answer_text="No.")
    assert answer.status_code == 422
    with practice_scope(aurora):
        assert RecordRequest.objects.get().state == "accepted"
