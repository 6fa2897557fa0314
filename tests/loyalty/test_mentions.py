"""What a thank-you note suggests to mention, and what never stands on paper."""

from datetime import date, timedelta

import pytest

from core.errors import NotFound
from loyalty.models import Memory, Occasion, Patient, Referral, Service
from loyalty.touchpoints.desk import desk
from loyalty.touchpoints.notes import queue, skip


@pytest.fixture
def note(treated, note_of):
    return note_of(treated())


def line(now):
    return queue(now=now, limit=1)[0].line


def memory(patient, text, **fields):
    return Memory.objects.create(patient=patient, text=text, source="told Dr. Sato", **{"consented": True, **fields})


def test_a_first_visit_is_a_pleasure(note, now):
    assert line(now) == "It was lovely to meet you."


def test_a_later_visit_without_anything_known_gets_plain_thanks(note, completed, now):
    completed(at=now + timedelta(days=90))
    assert queue(now=now, limit=2)[1].line == "Thank you for coming to see us."


def test_a_memory_is_suggested_as_the_fact_it_is(note, patient, now):
    memory(patient, "Moved here from Minneapolis.")
    assert line(now) == "Mention: Moved here from Minneapolis."
    (told, *_) = desk(touchpoint_id=note.id, now=now).mentions
    assert (told.text, told.line, told.source) == ("Moved here from Minneapolis.", "", "Memory, told Dr. Sato")


@pytest.mark.parametrize(
    "kept_back",
    [
        {"sensitivity": "clinical"},
        {"consented": False},
        {"expires_on": date(2026, 11, 22)},
        {"part": "take_care"},
        {"text": "Bruised after the last injection."},
        {"text": "Loves the chemical peel."},
        {"text": "Likes a coupon."},
    ],
)
def test_what_is_not_for_paper_is_not_suggested(note, patient, now, kept_back):
    memory(patient, **{"text": "Moved here from Minneapolis.", **kept_back})
    assert line(now) == "It was lovely to meet you."


def test_a_forgotten_memory_is_gone(note, patient, now):
    memory(patient, "", forgotten_at=now)
    assert line(now) == "It was lovely to meet you."


def test_a_service_that_is_no_longer_offered_is_not_named_either(note, patient, now):
    Service.objects.create(name="Glow ritual", is_active=False)
    memory(patient, "Came for the glow ritual before her wedding.")
    assert line(now) == "It was lovely to meet you."


def test_who_sent_friends_is_thanked_without_naming_them_on_the_card(note, patient, make_patient, now):
    for name in ("Kofi Mensah", "Ruth Calloway"):
        Referral.objects.create(patient=make_patient(name), referrer=patient, on=date(2026, 11, 1))
    (first, *_) = desk(touchpoint_id=note.id, now=now).mentions
    assert (first.text, first.line) == ("Sent Kofi and Ruth to us", "Thank you for sending friends our way.")
    assert line(now) == "Thank you for sending friends our way."


def test_friends_sent_long_ago_were_thanked_for_then(note, patient, make_patient, now):
    Referral.objects.create(patient=make_patient("Kofi Mensah"), referrer=patient, on=date(2026, 8, 1))
    assert line(now) == "It was lovely to meet you."


def test_years_with_us_are_thanked_for_around_their_day(note, patient, now):
    Patient.objects.filter(id=patient.id).update(patient_since=date(2021, 12, 10))
    (card,) = queue(now=now, limit=1)
    assert (card.why, card.line) == ("Five years with us", "Thank you for five years with us.")
    Patient.objects.filter(id=patient.id).update(patient_since=date(2021, 6, 10))
    assert queue(now=now, limit=1)[0].why == "First visit, today"


def test_a_birthday_soon_after_is_wished_for(note, patient, now):
    Patient.objects.filter(id=patient.id).update(birth_year=1970, birth_month=12, birth_day=5)
    assert line(now) == "All the best for your birthday."
    Patient.objects.filter(id=patient.id).update(birth_month=11, birth_day=22)
    assert line(now) == "It was lovely to meet you."


def test_a_told_day_soon_after_is_mentioned(note, patient, now):
    Occasion.objects.create(patient=patient, kind="anniversary", label="Daughter’s wedding", month=12, day=12)
    assert line(now) == "Mention: Daughter’s wedding on December 12"


def test_the_desk_shows_how_the_envelope_must_look(note, patient, now):
    Patient.objects.filter(id=patient.id).update(
        preferred_name="Peg", plain_envelope=True, state="OR", postal_code="97210"
    )
    page = desk(touchpoint_id=note.id, now=now)
    assert page.salutation == "Dear Peg,"
    assert page.address == ("Peg Ellison", "2140 NW Lovejoy St", "Portland, OR 97210")
    assert page.wishes == ("Plain envelope",)


def test_no_envelope_is_shown_where_no_mail_may_go(note, patient, now):
    Patient.objects.filter(id=patient.id).update(not_at_home=True)
    page = desk(touchpoint_id=note.id, now=now)
    assert (page.address, page.wishes, page.card.hand_over) == ((), ("Not at home",), True)


def test_a_settled_note_is_not_on_the_desk(note, now):
    skip(touchpoint_id=note.id, reason="", by_staff_id=None, now=now)
    with pytest.raises(NotFound):
        desk(touchpoint_id=note.id, now=now)
