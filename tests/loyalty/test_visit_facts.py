"""What a brief is made from, read in one query, without what the asker may not see."""

from datetime import date, timedelta

import pytest

from loyalty.feedback.record import record
from loyalty.models import Memory, Occasion, Promise, Referral, Touchpoint
from loyalty.visits.arrive import arrive
from loyalty.visits.cancel import cancel
from loyalty.visits.facts import AnswerFact, MemoryFact, OccasionFact, RecoveryFact, facts_of_day, facts_of_patient


@pytest.fixture
def facts(booked, location, now):
    """facts(clinical=…, feedback=…): of Marguerite's visit today."""
    booked(starts_at=now + timedelta(hours=1))

    def read(*, clinical=True, feedback=True):
        (one,) = facts_of_day(location_id=location.id, day=date(2026, 11, 23), clinical=clinical, feedback=feedback)
        return one

    return read


def test_the_visit_and_the_patient_are_there(facts, patient):
    one = facts()
    assert (one.name, one.service, one.staff) == ("Marguerite Ellison", "Chemical peel", "Dr. Sato")
    assert (one.patient_id, one.visits_before, one.last_day, one.preview) == (patient.id, 0, None, "planned")


def test_earlier_visits_count_by_their_days(facts, completed, now):
    for days in (100, 40, 40):
        completed(at=now - timedelta(days=days))
    one = facts()
    assert (one.visits_before, one.first_day, one.last_day) == (2, date(2026, 8, 15), date(2026, 10, 14))
    assert one.last_staff == "Dr. Sato"


def test_clinical_memories_leave_the_database_for_providers_only(facts, patient):
    for text, sensitivity in (("Oat milk", "team"), ("Her mother is ill", "clinical")):
        Memory.objects.create(patient=patient, text=text, source="told us", sensitivity=sensitivity)
    assert [memory.text for memory in facts(clinical=True).memories] == ["Her mother is ill", "Oat milk"]
    assert facts(clinical=False).memories == (MemoryFact("remember", "Oat milk", "told us"),)


def test_expired_and_forgotten_memories_are_gone(facts, patient, now):
    Memory.objects.create(patient=patient, text="Old", source="x", expires_on=date(2026, 11, 22))
    Memory.objects.create(patient=patient, text="", source="", forgotten_at=now)
    Memory.objects.create(patient=patient, text="Still true", source="x", expires_on=date(2026, 11, 23))
    assert [memory.text for memory in facts().memories] == ["Still true"]


def test_scores_and_words_are_for_those_who_may_see_answers(facts, completed, now):
    earlier = completed(at=now - timedelta(days=40))
    record(visit_id=earlier.id, mode="staff", score=4, liked="Kind", better="Waited", now=now - timedelta(days=40))
    day = date(2026, 10, 14)
    assert facts(feedback=True).answer == AnswerFact(4, "Kind", "Waited", day)
    assert facts(feedback=True).recovery == RecoveryFact(False, 4, "Waited", day)
    assert facts(feedback=False).answer is None
    assert facts(feedback=False).recovery == RecoveryFact(False, None, "", day)


def test_the_answer_about_this_very_visit_is_a_tag_and_not_a_memory(facts, now):
    one = facts()
    Touchpoint.objects.all().delete()
    arrive(visit_id=one.id, now=now)
    record(visit_id=one.id, mode="kiosk", score=9, liked="All", now=now)
    assert (facts().left_feedback, facts().answer) == (True, None)


def test_promises_occasions_and_referrals_are_there(facts, patient, make_patient, now):
    visit_id = facts().id
    Promise.objects.create(visit_id=visit_id, text="out by 11:30", made_at=now)
    Occasion.objects.create(patient=patient, kind="anniversary", label="Wedding", month=12, day=12)
    Referral.objects.create(patient=patient, referrer=make_patient("Harriet Vance", preferred_name="Hattie"), on=now)
    Referral.objects.create(patient=make_patient("Ruth Calloway"), referrer=patient, on=date(2026, 8, 1))
    Referral.objects.create(patient=make_patient("Denise Park"), referrer=patient, on=date(2026, 1, 1))
    one = facts()
    assert one.promises == ("out by 11:30",)
    assert one.occasions == (OccasionFact("anniversary", "Wedding", 12, 12),)
    assert (one.referrer, one.sent) == ("Hattie Vance", 1)


def test_of_a_patient_all_open_visits_are_read_the_nearest_first(booked, patient, now):
    second, first, off = booked(), booked(starts_at=now + timedelta(days=1)), booked(starts_at=now + timedelta(days=3))
    cancel(visit_id=off.id, now=now)
    read = facts_of_patient(patient_id=patient.id, clinical=True, feedback=True)
    assert [one.id for one in read] == [first.id, second.id]


def test_it_takes_one_query(facts, django_assert_num_queries):
    with django_assert_num_queries(1):
        facts()
