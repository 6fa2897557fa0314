"""Everything one page says about a patient, and what it keeps from whom."""

from datetime import UTC, date, datetime, timedelta

import pytest

from core.errors import NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, tell
from loyalty.models import (
    Consent,
    ContactPoint,
    Guardianship,
    Memory,
    Occasion,
    Patient,
    Recovery,
    Referral,
)
from loyalty.patients.page import patient_page
from loyalty.touchpoints.notes import skip, written
from loyalty.visits.cancel import cancel

MOST_QUERIES = 17


@pytest.fixture
def show(patient, now):
    def page(**asked):
        return patient_page(**{"patient_id": patient.id, "now": now, "clinical": True, "feedback": True, **asked})

    return page


def titles(page):
    return [(item.kind, item.title, item.text) for item in page.timeline]


def test_a_new_patient_has_a_page(show, patient):
    page = show()
    assert (page.patient, page.name, page.today) == (patient, "Marguerite Ellison", date(2026, 11, 23))
    assert (page.age, page.with_staff, page.came_through, page.timeline, page.upcoming) == (None, "", "", (), ())
    assert (page.loyalty.visits, page.loyalty.last_score, page.loyalty.usual_interval) == (0, None, None)


def test_who_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        patient_page(patient_id=uuid7(), now=now, clinical=True)


def test_a_merged_record_shows_the_one_it_became(show, patient, make_patient):
    second, third = make_patient("Margaret Ellison"), make_patient("Marguerite Ellison-Vance")
    Patient.objects.filter(id=patient.id).update(merged_into=second)
    Patient.objects.filter(id=second.id).update(merged_into=third)
    assert show().patient.id == third.id


def test_records_merged_into_each_other_do_not_go_round_forever(show, patient, make_patient):
    other = make_patient("Margaret Ellison")
    Patient.objects.filter(id=patient.id).update(merged_into=other)
    Patient.objects.filter(id=other.id).update(merged_into=patient)
    with pytest.raises(NotFound, match="merged into each other"):
        show()


def test_the_front_desk_does_not_see_clinical_memories(show, patient):
    Memory.objects.create(patient=patient, text="Oat milk", source="told Maya")
    Memory.objects.create(patient=patient, text="Her mother is ill", source="told us", sensitivity="clinical")
    assert [memory.text for memory in show().memories] == ["Her mother is ill", "Oat milk"]
    assert [memory.text for memory in show(clinical=False).memories] == ["Oat milk"]


def test_forgotten_and_expired_memories_are_not_shown(show, patient, now):
    Memory.objects.create(patient=patient, text="", source="", forgotten_at=now)
    Memory.objects.create(patient=patient, text="Trip in May", source="x", expires_on=date(2026, 5, 31))
    Memory.objects.create(patient=patient, text="Trip today", source="x", expires_on=date(2026, 11, 23))
    assert [memory.text for memory in show().memories] == ["Trip today"]


def test_who_may_not_see_answers_sees_none_anywhere(show, completed, now):
    visit = completed(at=now - timedelta(days=3))
    record(visit_id=visit.id, mode="staff", score=3, better="Waited for ages.", now=now - timedelta(days=3))
    page = show(feedback=False)
    assert page.loyalty.last_score is None
    assert "Waited" not in str(page)
    assert {item.kind for item in page.timeline} == {"visit", "touchpoint"}
    assert show().loyalty.last_score == 3
    assert "Waited for ages." in str(show())


def test_the_timeline_tells_what_happened_the_newest_first(show, patient, booked, completed, provider, note_of, now):
    first = completed(at=now - timedelta(days=60))
    written(touchpoint_id=note_of(first).id, by_staff_id=provider.id, now=now - timedelta(days=59))
    record(visit_id=first.id, mode="staff", score=4, liked="Kind", better="Waited", now=now - timedelta(days=58))
    tell(recovery_id=Recovery.objects.get().id, by_staff_id=provider.id, now=now - timedelta(days=57))
    close(
        recovery_id=Recovery.objects.get().id,
        done_text="Called and apologized.",
        recovered=True,
        by_staff_id=provider.id,
        now=now - timedelta(days=57),
    )
    Consent.objects.create(
        patient=patient,
        channel="email",
        purpose="visits",
        granted=False,
        decided_at=now - timedelta(days=56),
        source="By reply",
    )
    off = booked(starts_at=now + timedelta(days=1))
    cancel(visit_id=off.id, now=now)
    assert titles(show()) == [
        ("visit", "Chemical peel", "Cancelled. With Dr. Sato."),
        ("consent", "Said no to email: about my visits", "By reply."),
        ("recovery", "Made good", "Martin Mann. Called and apologized."),
        ("touchpoint", "Recovery: call", "Dr. Sato."),
        ("feedback", "4 of 10, taken down by staff", "Liked: “Kind” Better: “Waited”"),
        ("touchpoint", "Thank-you note", "Dr. Sato."),
        ("visit", "Chemical peel", "With Dr. Sato."),
    ]


def test_what_is_planned_and_what_was_set_aside_says_so(show, completed, note_of, now):
    visit = completed(at=now - timedelta(days=1))
    assert titles(show())[0] == ("touchpoint", "Thank-you note", "To do. Dr. Sato.")
    skip(touchpoint_id=note_of(visit).id, reason="We spoke for an hour.", by_staff_id=None, now=now)
    assert titles(show())[0] == ("touchpoint", "Thank-you note", "Not this time. Dr. Sato. We spoke for an hour.")


def test_the_timeline_keeps_one_kind_or_the_newest_and_says_how_many_more(show, completed, now):
    for days in range(1, 6):
        completed(at=now - timedelta(days=days))
    assert {item.kind for item in show(show="visit").timeline} == {"visit"}
    page = show(timeline_limit=4)
    assert (len(page.timeline), page.timeline_more) == (4, 6)
    with pytest.raises(ValueError, match="no such kind"):
        show(show="secrets")


def test_times_are_told_as_the_wall_shows_them(show, completed):
    completed(at=datetime(2026, 11, 21, 2, 45, tzinfo=UTC))
    (visit,) = show(show="visit").timeline
    assert (visit.when.day, visit.when.hour) == (20, 18)


def test_open_visits_stand_there_with_their_briefs(show, booked, now):
    booked(starts_at=now + timedelta(days=9))
    booked(starts_at=now + timedelta(days=2))
    page = show()
    assert [(row.at.day, row.state) for row in page.upcoming] == [(25, "next"), (2, "later")]
    assert page.upcoming[0].brief.remember[0].text == "First visit."


def test_the_rhythm_is_the_median_gap_and_when_they_are_expected(show, completed, now):
    for days in (300, 200, 104, 4):
        completed(at=now - timedelta(days=days))
    numbers = show().loyalty
    assert (numbers.visits, numbers.usual_interval, numbers.last_visit_day) == (4, 100, date(2026, 11, 19))
    assert numbers.due == (date(2027, 2, 20), date(2027, 3, 6))
    assert numbers.visit_days[0] == date(2026, 1, 27)
    assert show().with_staff == "Dr. Sato"


def test_two_visits_are_no_habit(show, completed, now):
    for days in (100, 4):
        completed(at=now - timedelta(days=days))
    numbers = show().loyalty
    assert (numbers.visits, numbers.usual_interval, numbers.due) == (2, None, None)


def test_occasions_stand_in_the_order_they_fall(show, patient):
    Patient.objects.filter(id=patient.id).update(
        birth_year=1968, birth_month=2, birth_day=3, patient_since=date(2021, 3, 2)
    )
    wedding = Occasion.objects.create(patient=patient, kind="custom", label="Nadia’s wedding", month=12, day=12)
    page = show()
    assert [(one.id, one.day, one.what, one.in_days) for one in page.occasions] == [
        (wedding.id, date(2026, 12, 12), "Nadia’s wedding", 19),
        (None, date(2027, 2, 3), "59th birthday", 72),
        (None, date(2027, 3, 2), "6 years with us", 99),
    ]
    assert page.age == 58


def test_the_dead_have_no_occasions_and_no_way_to_be_reached(show, patient):
    Patient.objects.filter(id=patient.id).update(
        deceased=True, deceased_on=date(2026, 1, 1), birth_year=1968, birth_month=2, birth_day=3
    )
    page = show()
    assert (page.occasions, page.age) == ((), 57)
    assert {(way.allowed, way.wish) for way in page.contact.reach} == {(False, "Has died")}


def test_whom_they_sent_and_who_sent_them(show, patient, make_patient, completed, now):
    ruth = make_patient("Ruth Calloway")
    Referral.objects.create(patient=ruth, referrer=patient, on=date(2025, 8, 1))
    completed(patient_id=ruth.id, at=now - timedelta(days=10))
    completed(patient_id=ruth.id, at=now - timedelta(days=5))
    Referral.objects.create(patient=patient, referrer_name="Her hairdresser", on=date(2021, 3, 2))
    page = show()
    assert [(one.name, one.on, one.visits) for one in page.sent] == [("Ruth Calloway", date(2025, 8, 1), 2)]
    assert page.came_through == "Her hairdresser"


def test_a_minor_is_reached_through_the_guardian(show, patient, make_patient):
    Patient.objects.filter(id=patient.id).update(birth_year=2012)
    mother = make_patient("Margaret Ellison", phones=["(503) 555-0199"])
    Guardianship.objects.create(patient=patient, guardian=mother, relation="mother")
    contact = show().contact
    assert contact.guardian == "Margaret Ellison"
    assert [(way.label, way.value, way.allowed) for way in contact.reach if way.allowed] == [
        ("Margaret Ellison, mother", "(503) 555-0199", True)
    ]


@pytest.mark.parametrize("why", [{"no_contact": True}, {"birth_year": 2015}])
def test_a_guardian_who_must_not_be_contacted_is_not_named_as_the_one_to_turn_to(show, patient, make_patient, why):
    mother = make_patient("Margaret Ellison", phones=["(503) 555-0199"])
    Guardianship.objects.create(patient=patient, guardian=mother)
    Guardianship.objects.create(patient=patient, name="Ben Ellison", phone="(503) 555-0133")
    Patient.objects.filter(id=patient.id).update(birth_year=2012)
    Patient.objects.filter(id=mother.id).update(**why)
    contact = show().contact
    assert contact.guardian == "Ben Ellison"
    assert [way.value for way in contact.reach if way.allowed] == ["(503) 555-0133"]


def test_consents_are_the_newest_answers(show, patient, now):
    for days, granted in ((9, True), (2, False)):
        Consent.objects.create(
            patient=patient, channel="text", purpose="visits", granted=granted,
            decided_at=now - timedelta(days=days), source="Form",
        )  # fmt: skip
    assert [(one.channel, one.granted) for one in show().contact.consents] == [("text", False)]


def test_it_takes_few_queries_however_much_happened(
    show, patient, completed, booked, now, django_assert_max_num_queries
):
    for days in range(1, 8):
        visit = completed(at=now - timedelta(days=days))
        record(visit_id=visit.id, mode="staff", score=9, now=now)
    booked()
    ContactPoint.objects.create(patient=patient, kind="email", value="m@example.com", search="m@example.com")
    with django_assert_max_num_queries(MOST_QUERIES):
        show()
