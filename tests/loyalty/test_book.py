"""Booking a visit, and the service preview that comes with it."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import Conflict, DomainError, NotFound
from core.ids import uuid7
from loyalty.models import (
    Consent,
    ContactPoint,
    Location,
    PlaybookRule,
    Service,
    Touchpoint,
    TouchpointKind,
    TouchpointState,
    Visit,
    VisitStatus,
)
from loyalty.visits.book import book


def previews(visit):
    return list(Touchpoint.objects.filter(visit=visit, kind=TouchpointKind.PREVIEW))


def test_a_booking_keeps_who_where_when_and_for_how_long(booked, patient, provider, service, now):
    visit = Visit.objects.get(id=booked().id)
    assert (visit.patient_id, visit.staff_id, visit.service_id) == (patient.id, provider.id, service.id)
    assert visit.status == VisitStatus.BOOKED
    assert visit.booked_at == now
    assert visit.ends_at - visit.starts_at == timedelta(minutes=45)


def test_the_day_is_the_one_on_the_wall_of_the_location(booked, patient, now):
    # 7 in the morning in London is 11 at night of the day before in Los Angeles.
    assert booked(starts_at=datetime(2026, 12, 2, 7, 0, tzinfo=UTC)).day == date(2026, 12, 1)


def test_a_preview_is_due_two_working_days_before_by_five_in_the_afternoon(booked):
    monday = booked(starts_at=datetime(2026, 11, 30, 18, 0, tzinfo=UTC))
    (preview,) = previews(monday)
    assert preview.due_at == datetime(2026, 11, 27, 1, 0, tzinfo=UTC)  # Thursday, 5 pm in Los Angeles
    assert (preview.day, preview.channel, preview.role) == (date(2026, 11, 30), "call", "front_desk")
    assert preview.state == TouchpointState.PLANNED


def test_five_in_the_afternoon_stays_five_when_the_clocks_change(booked):
    # The clocks go back on November 1, 2026, between the visit and its preview, and forward on March 14, 2027.
    autumn = booked(starts_at=datetime(2027, 3, 15, 17, 0, tzinfo=UTC))
    assert previews(autumn)[0].due_at == datetime(2027, 3, 12, 1, 0, tzinfo=UTC)  # Thursday, still winter time
    spring = booked(starts_at=datetime(2027, 3, 17, 17, 0, tzinfo=UTC))
    assert previews(spring)[0].due_at == datetime(2027, 3, 16, 0, 0, tzinfo=UTC)  # Monday, summer time already


def test_a_preview_is_never_due_in_the_past(booked, now):
    visit = booked(starts_at=now + timedelta(hours=3))
    assert previews(visit)[0].due_at == now


def test_a_visit_without_a_service_gets_a_preview_all_the_same(booked):
    assert len(previews(booked(service_id=None))) == 1


def test_who_wants_no_contact_is_booked_without_a_preview(booked, patient):
    patient.no_contact = True
    patient.save()
    assert previews(booked()) == []


def test_for_the_dead_nothing_is_booked(booked, patient):
    patient.deceased = True
    patient.save()
    with pytest.raises(DomainError, match="has died") as refusal:
        booked()
    assert refusal.value.field == "patient_id"
    assert not Visit.objects.exists()


def test_a_merged_record_is_not_booked_for(booked, patient, make_patient):
    patient.merged_into = make_patient("Margaret Ellison")
    patient.save()
    with pytest.raises(Conflict, match="merged into another"):
        booked()


def test_a_rule_that_is_off_plans_nothing(booked):
    PlaybookRule.objects.filter(kind=TouchpointKind.PREVIEW).update(is_on=False)
    assert previews(booked()) == []


def test_a_rule_that_a_vendor_pays_for_plans_nothing(booked):
    PlaybookRule.objects.filter(kind=TouchpointKind.PREVIEW).update(funded_by_vendor=True)
    assert previews(booked()) == []


def test_the_playbook_says_when_by_what_and_by_whom(booked):
    PlaybookRule.objects.filter(kind=TouchpointKind.PREVIEW).update(
        delay=-24, delay_unit="hours", role="provider", channel="letter"
    )
    visit = booked()
    (preview,) = previews(visit)
    assert preview.due_at == visit.starts_at - timedelta(hours=24)
    assert (preview.role, preview.assigned_to_id, preview.channel) == ("provider", visit.staff_id, "letter")


def consent(patient, channel, granted, now, days_ago):
    Consent.objects.create(
        patient=patient,
        channel=channel,
        purpose="visits",
        granted=granted,
        decided_at=now - timedelta(days=days_ago),
        source="Form",
    )


def test_a_text_goes_to_who_prefers_it_and_said_yes(booked, patient, now):
    patient.preferred_channel = "text"
    patient.save()
    consent(patient, "text", True, now, days_ago=9)
    assert previews(booked())[0].channel == "text"


def test_without_a_yes_on_file_a_text_becomes_a_call(booked, patient):
    patient.preferred_channel = "text"
    patient.save()
    assert previews(booked())[0].channel == "call"


def test_the_newest_answer_counts(booked, patient, now):
    patient.preferred_channel = "text"
    patient.save()
    consent(patient, "text", False, now, days_ago=1)
    consent(patient, "text", True, now, days_ago=9)
    assert previews(booked())[0].channel == "call"


def test_a_number_not_to_be_used_turns_the_call_into_a_letter(booked, patient):
    ContactPoint.objects.filter(patient=patient).update(do_not_use=True)
    assert previews(booked())[0].channel == "letter"


def test_where_every_way_is_closed_it_is_said_in_person(booked, patient):
    ContactPoint.objects.filter(patient=patient).update(do_not_use=True)
    patient.not_at_home = True
    patient.save()
    assert previews(booked())[0].channel == "in_person"


def test_the_same_booking_sent_twice_is_made_once(booked):
    visit = booked()
    with pytest.raises(Conflict, match=r"Marguerite Ellison has a visit on November 30 at 10:00 am already\."):
        booked(starts_at=visit.starts_at)
    assert Visit.objects.count() == 1


def test_a_time_that_is_over_is_refused_and_nothing_is_kept(booked, now):
    with pytest.raises(DomainError, match="This time is over") as refusal:
        booked(starts_at=now - timedelta(minutes=6))
    assert refusal.value.field == "starts_at"
    assert not Visit.objects.exists()


def test_a_slip_of_the_year_is_refused(booked):
    with pytest.raises(DomainError, match="Check the year"):
        booked(starts_at=datetime(2062, 11, 30, 18, 0, tzinfo=UTC))


@pytest.mark.parametrize("field", ["patient_id", "location_id", "staff_id", "service_id"])
def test_what_is_not_there_is_named(booked, field):
    with pytest.raises(NotFound) as refusal:
        booked(**{field: uuid7()})
    assert refusal.value.field == field


def test_what_is_closed_cannot_be_booked(booked, location, provider, service):
    for thing, field in ((service, "service_id"), (provider, "staff_id"), (location, "location_id")):
        type(thing).objects.filter(id=thing.id).update(is_active=False)
        with pytest.raises(NotFound) as refusal:
            booked()
        assert refusal.value.field == field


def test_a_location_with_an_unknown_time_zone_says_so(booked, location):
    Location.objects.filter(id=location.id).update(time_zone="Mars/Olympus")
    with pytest.raises(DomainError, match="Mars/Olympus"):
        booked()


def test_a_time_without_a_zone_is_a_mistake_of_the_caller(patient, location, now):
    with pytest.raises(ValueError, match="time zone"):
        book(patient_id=patient.id, location_id=location.id, starts_at=datetime(2026, 12, 1), now=now)  # noqa: DTZ001


def test_a_service_with_no_words_of_its_own_still_has_a_preview(booked):
    plain = Service.objects.create(name="Consultation")
    assert len(previews(booked(service_id=plain.id))) == 1
