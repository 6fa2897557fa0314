from datetime import timedelta

import pytest
from django.db import transaction

from core.audit.models import Entry
from core.errors import DomainError, NotFound
from core.outbox.models import Event
from loyalty.messages.queue import draft, queue, queue_feedback_link, queue_invitation
from loyalty.models import Guardianship, Message, Suppression
from loyalty.visits.book import book
from tests.loyalty.messages.conftest import EMAIL, PHONE


def told() -> list[tuple[str, object]]:
    return list(Event.objects.filter(kind="message.queued").values_list("kind", "record_id"))


def test_row_trail_and_event_are_written_together(patient, write):
    message = write(patient)
    assert (message.state, message.rule, message.address) == ("queued", "", PHONE)
    assert message.body == "Hello Marguerite, your visit is soon."
    assert told() == [("message.queued", message.id)]
    entry = Entry.objects.get(verb="message.queued")
    assert (entry.subject_id, entry.patients) == (message.id, [patient.id])
    assert entry.detail == {"state": "queued", "rule": None, "channel": "text"}


def test_without_one_there_is_none_of_the_others(patient, template, now):
    words = template()
    with transaction.atomic():
        queue(patient_id=patient.id, template_id=words.id, by_person_id=None, now=now)
        transaction.set_rollback(True)
    assert not Message.objects.exists()
    assert told() == []
    assert not Entry.objects.filter(verb="message.queued").exists()


def test_a_refusal_is_kept_with_its_rule_and_nothing_is_told(make_patient, write):
    message = write(make_patient("Hugo Hart", phones=["(503) 555-0160"]))
    assert (message.state, message.rule, message.address) == ("refused", "no_consent", "")
    assert message.settled_at is not None
    assert told() == []


def test_at_night_it_is_held_not_dropped(patient, write, now):
    message = write(patient, at=now + timedelta(hours=13))
    assert (message.state, message.rule) == ("held", "quiet_hours")
    assert message.not_before == now + timedelta(hours=23)  # eight in the morning
    assert told() == []


def test_one_channel_and_purpose_says_nothing_of_another(patient, write):
    assert write(patient, kind="news").rule == "no_consent"
    assert write(patient, kind="feedback").rule == "no_consent"
    assert write(patient, channel="email").state == "queued"
    assert write(patient, channel="email", kind="news").rule == "no_consent"


def test_the_newest_answer_is_the_one_that_holds(patient, agree, write, now):
    agree(patient, granted=False, now=now - timedelta(days=1))
    assert write(patient).rule == "said_no"
    agree(patient, now=now)
    assert write(patient).state == "queued"


@pytest.mark.parametrize(
    ("wish", "rule"),
    [
        ({"deceased": True}, "deceased"),
        ({"no_contact": True}, "no_contact"),
        ({"plain_envelope": True}, "plain_only"),
    ],
)
def test_wishes_of_the_patient_are_read(patient, write, wish, rule):
    type(patient).objects.filter(id=patient.id).update(**wish)
    assert write(patient).rule == rule


def test_a_record_that_was_merged_gets_nothing(patient, make_patient, write):
    type(patient).objects.filter(id=patient.id).update(merged_into=make_patient("Margo Ellison"))
    assert write(patient).rule == "merged"


def test_not_this_number_is_read(patient, write):
    patient.contact_points.filter(kind="phone").update(do_not_use=True)
    assert write(patient).rule == "not_this_address"


def test_a_home_phone_is_not_texted_and_not_at_home_is_the_reason(patient, write):
    patient.contact_points.filter(kind="phone").update(label="home")
    assert write(patient).rule == "no_address"
    type(patient).objects.filter(id=patient.id).update(not_at_home=True)
    assert write(patient).rule == "not_at_home"


def test_a_minors_guardian_is_written_to_and_reads_whose_visit_it_is(minor, write):
    text, email = write(minor), write(minor, channel="email")
    assert (text.address, text.to_guardian) == ("+15035550122", True)
    assert email.address == "anna@example.com"
    assert text.body == "Hello Anna, Mia’s visit is soon."


def test_a_minor_without_a_guardian_is_not_written_to(minor, write):
    Guardianship.objects.all().delete()
    assert write(minor).rule == "no_guardian"


def test_a_guardian_who_is_a_patient_is_reached_by_their_own_number_and_wishes(minor, patient, write):
    Guardianship.objects.update(guardian=patient, phone="", email="")
    assert write(minor).address == PHONE
    type(patient).objects.filter(id=patient.id).update(no_contact=True)
    assert write(minor).rule == "no_guardian"


def test_a_guardian_who_is_a_minor_too_is_none(minor, patient, write, now):
    Guardianship.objects.update(guardian=patient, phone="", email="")
    type(patient).objects.filter(id=patient.id).update(birth_year=now.year - 15)
    assert write(minor).rule == "no_guardian"


def test_three_a_day_about_visits_are_enough(patient, write, now):
    assert [write(patient).state for _ in range(3)] == ["queued"] * 3
    assert write(patient).rule == "day_cap"
    assert write(patient, at=now + timedelta(days=1)).state == "queued"


def test_eight_in_seven_days_are_enough(patient, write, now):
    for n in range(8):
        assert write(patient, at=now + timedelta(hours=12 * 2 * (n // 2), minutes=n)).state == "queued"
    assert write(patient, at=now + timedelta(days=5)).rule == "week_cap"


def test_refusals_do_not_count(patient, write, now):
    Message.objects.filter(id__in=[write(patient).id for _ in range(3)]).update(state="refused", rule="no_consent")
    assert write(patient).state == "queued"


def test_email_without_a_postal_address_is_refused(patient, write, location):
    location.address = ""
    location.save()
    assert write(patient, channel="email").rule == "no_postal_address"


def test_a_provider_needs_a_number_of_ours(patient, write, settings):
    settings.TEXT_PROVIDER = "twilio"
    assert write(patient).rule == "no_text_number"


def test_a_template_that_is_off_sends_nothing(patient, write):
    assert write(patient, is_on=False).rule == "template_off"


def test_the_list_is_kept_by_address_and_holds_for_a_second_record(patient, make_patient, agree, write, now):
    """As after an import that brings the patient again, or a merge."""
    Suppression.objects.create(
        kind="phone", address_hash=write(patient).address_hash, veiled="ends in 48", reason="asked", at=now
    )
    again = make_patient("M. Ellison", phones=["503.555.0148"])
    agree(again)
    assert write(again).rule == "suppressed"


def test_the_next_visit_is_the_one_that_is_spoken_of(patient, write, location, now):
    for days in (9, 2):
        book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(days=days), now=now)
    message = write(patient, body="{visit_day}, {visit_time}")
    assert message.body == "Wednesday, November 25, 9:00 AM"
    assert message.visit_at == now + timedelta(days=2)


def test_without_a_visit_there_is_nothing_to_say_of_it(patient, write):
    with pytest.raises(DomainError, match="none is booked") as caught:
        write(patient, body="{visit_day}")
    assert caught.value.code == "message_needs_a_visit"


def test_a_draft_says_what_would_become_of_it_and_writes_nothing(patient, template, now):
    made = draft(patient_id=patient.id, template_id=template(channel="email").id, now=now)
    assert (made.words.subject, made.decision.to.address) == ("About your visit", EMAIL)
    assert not Message.objects.exists()


def test_records_that_are_not_there_are_said_so(patient, template, now):
    for patient_id, template_id in ((template().id, template().id), (patient.id, patient.id)):
        with pytest.raises(NotFound):
            draft(patient_id=patient_id, template_id=template_id, now=now)


def test_what_asks_for_a_review_and_what_asks_how_it_was_are_told_apart(patient, template, location, now):
    plain = template(channel="email")
    with pytest.raises(DomainError, match="asks for no public review"):
        queue_invitation(patient_id=patient.id, template_id=plain.id, review_link="https://x.example.com", now=now)
    visit = book(patient_id=patient.id, location_id=location.id, starts_at=now + timedelta(days=2), now=now)
    with pytest.raises(DomainError, match="This template has no"):
        queue_feedback_link(visit_id=visit.id, template_id=plain.id, now=now)
    with pytest.raises(NotFound):
        queue_feedback_link(visit_id=patient.id, template_id=plain.id, now=now)
    assert not Message.objects.exists()
