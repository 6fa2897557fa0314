"""The list of patients, narrowed: each filter finds exactly those it names, and the database keeps what it asks."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import connection

from core.errors import DomainError
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.models import Consent, Patient, Service, Staff, Visit
from loyalty.patients.filter import PatientFilter, filter_from_json
from loyalty.patients.search import search
from loyalty.visits.cancel import cancel

TODAY = date(2026, 11, 23)


def names(text="", **asked):
    """Of the people below; the fixtures of visits bring Marguerite along."""
    hits = search(text=text, today=TODAY, asked=PatientFilter(**asked)).hits
    return sorted(hit.name.split()[0] for hit in hits if not hit.name.startswith("Marguerite"))


@pytest.fixture
def people(make_patient, completed, booked, now, provider):
    """Ann came 10 days ago and comes again, Ben came 200 days ago, Cleo never came; Dot is 16; Ed died."""
    ann, ben = make_patient("Ann Abbott", birth=(1980, 11, None)), make_patient("Ben Abbott", birth=(1990, 5, 2))
    cleo, dot = make_patient("Cleo Cole"), make_patient("Dot Dale", birth=(2010, 11, 24))
    ed = make_patient("Ed Abbott")
    completed(patient_id=ann.id, at=now - timedelta(days=10))
    completed(patient_id=ben.id, at=now - timedelta(days=200), staff_id=None)
    booked(patient_id=ann.id, starts_at=now + timedelta(days=5))
    Patient.objects.filter(id=ed.id).update(deceased=True)
    Patient.objects.filter(id__in=[ann.id, cleo.id]).update(tags=["Gala", "vip"])
    return {one.given_name: one for one in (ann, ben, cleo, dot, ed)}


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({}, ["Ann", "Ben", "Cleo", "Dot", "Ed"]),
        ({"tag": "vip"}, ["Ann", "Cleo"]),
        ({"tag": "VIP"}, []),
        ({"visited_since": date(2026, 11, 13)}, ["Ann"]),
        ({"visited_since": date(2026, 11, 14)}, []),
        ({"visited_until": date(2026, 11, 12)}, ["Ben"]),
        ({"visited_since": date(2026, 1, 1), "visited_until": date(2026, 12, 1)}, ["Ann", "Ben"]),
        ({"away_since": date(2026, 8, 1)}, ["Ben"]),
        ({"upcoming": True}, ["Ann"]),
        ({"upcoming": False}, ["Ben", "Cleo", "Dot", "Ed"]),
        ({"birth_month": 11}, ["Ann", "Dot"]),
        ({"minors": True}, ["Dot"]),
        ({"no_contact": True}, ["Ed"]),
        ({"new_this_year": True}, ["Ann", "Ben"]),
        ({"tag": "vip", "upcoming": False}, ["Cleo"]),
    ],
)
def test_each_filter_finds_those_it_names(people, asked, found):
    assert names(**asked) == found


def test_a_filter_narrows_what_words_find(people):
    assert names("abbott", upcoming=True) == ["Ann"]
    assert names("abott", no_contact=True) == ["Ed"]
    assert names("a", tag="vip") == ["Ann"]


def test_who_came_to_somebody_for_something_somewhere(people, provider, service, location):
    assert names(staff=provider.id) == ["Ann"]
    assert names(service=service.id, location=location.id) == ["Ann", "Ben"]
    other = Staff.objects.create(display_name="Dr. No", role="provider")
    assert names(staff=other.id) == names(service=Service.objects.create(name="Peel").id) == []


def test_a_visit_that_was_called_off_counts_for_nothing(people, booked, now, provider):
    visit = booked(patient_id=people["Cleo"].id)
    assert names(upcoming=True) == ["Ann", "Cleo"]
    cancel(visit_id=visit.id, now=now)
    assert (names(upcoming=True), names(staff=provider.id)) == (["Ann"], ["Ann"])


@pytest.mark.parametrize(
    ("asked", "found"),
    [
        ({"upcoming": True}, ["Ann"]),
        ({"upcoming": True, "visited_since": date(2026, 1, 1), "no_consent": "any"}, ["Ann"]),
        ({"away_since": date(2026, 11, 23), "sort": "last_visit"}, ["Ann", "Ben"]),
        ({"away_since": date(2026, 11, 23), "tag": "vip"}, ["Ann"]),
        ({"upcoming": False}, ["Ben", "Cleo", "Dot", "Ed"]),
    ],
)
def test_how_many_there_are_leaves_out_whoever_was_merged(people, booked, completed, now, asked, found):
    """Even where a merged record still had visits of its own: the count looks at where patients stand alone."""
    merged = Patient.objects.get(given_name="Marguerite")
    completed(patient_id=merged.id, at=now - timedelta(days=20))
    booked(patient_id=merged.id, starts_at=now + timedelta(days=6))
    Patient.objects.filter(id=merged.id).update(tags=["vip"], merged_into=people["Ann"].id)
    result = search(text="", today=TODAY, asked=PatientFilter(**asked))
    assert (result.total, sorted(hit.name.split()[0] for hit in result.hits)) == (len(found), found)


def test_a_booked_visit_whose_day_passed_is_not_ahead(people, now):
    Visit.objects.filter(patient=people["Ann"], status="booked").update(day=date(2026, 11, 22))
    assert names(upcoming=True) == []


def test_the_last_answer_makes_a_promoter_or_a_detractor(people, completed, now):
    first = completed(patient_id=people["Ben"].id, at=now - timedelta(days=3))
    record(visit_id=first.id, mode="kiosk", score=3, now=now - timedelta(days=3))
    assert (names(answer="detractor"), names(answer="promoter")) == (["Ben"], [])
    second = completed(patient_id=people["Ben"].id, at=now)
    record(visit_id=second.id, mode="kiosk", score=9, now=now)
    assert (names(answer="detractor"), names(answer="promoter")) == ([], ["Ben"])


def test_consent_is_missing_until_there_is_a_yes_that_holds(people, now):
    def said(granted, at=now, channel="text", purpose="visits"):
        usual = {"patient": people["Cleo"], "channel": channel, "purpose": purpose, "source": "told Maya"}
        Consent.objects.create(**usual, granted=granted, decided_at=at)

    assert "Cleo" in names(no_consent="text")
    said(True, purpose="marketing")
    assert "Cleo" in names(no_consent="text")
    said(True)
    assert "Cleo" not in names(no_consent="text")
    assert "Cleo" not in names(no_consent="any")
    assert "Cleo" in names(no_consent="email")
    # Of two answers at one moment the no holds.
    said(False)
    assert "Cleo" in names(no_consent="text")
    said(True, at=now - timedelta(days=1))
    assert "Cleo" in names(no_consent="any")


def standing():
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.given_name, s.last_visit_on, s.open_until FROM loyalty_standing s"
            " JOIN loyalty_patient p ON p.id = s.patient_id"
        )
        return {row[0]: row[1:] for row in cursor.fetchall()}


def test_the_database_keeps_where_patients_stand_whoever_writes_their_visits(people, location):
    assert standing()["Ann"] == (date(2026, 11, 13), date(2026, 11, 28))
    # A merge moves visits to somebody else.
    Visit.objects.filter(patient=people["Ann"]).update(patient=people["Dot"])
    assert standing()["Ann"] == (None, None)
    assert standing()["Dot"] == (date(2026, 11, 13), date(2026, 11, 28))
    Visit.objects.filter(patient=people["Dot"], status="booked").delete()
    assert standing()["Dot"] == (date(2026, 11, 13), None)
    # An import writes many at once.
    at = datetime(2026, 3, 2, 10, tzinfo=UTC)
    history = {"location": location, "status": "completed", "starts_at": at, "completed_at": at, "source": "import"}
    Visit.objects.bulk_create(
        Visit(patient=people[whom], day=date(2026, 3, day), **history) for whom in ("Cleo", "Ed") for day in (2, 9)
    )
    assert (standing()["Cleo"], standing()["Ed"]) == ((date(2026, 3, 9), None),) * 2


def test_where_an_erased_patient_stood_is_gone_with_them(people):
    people["Ben"].delete()
    connection.check_constraints()
    assert "Ben" not in standing()


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"visited_since": date(2026, 5, 2), "visited_until": date(2026, 5, 1)}, "visited_until"),
        ({"birth_month": 13}, "birth_month"),
        ({"no_consent": "fax"}, "no_consent"),
        ({"answer": "passive"}, "answer"),
        ({"sort": "score"}, "sort"),
        ({"tag": "x" * 41}, "tag"),
    ],
)
def test_a_filter_that_makes_no_sense_is_refused(asked, field):
    with pytest.raises(DomainError) as refused:
        PatientFilter(**asked)
    assert refused.value.field == field


def test_a_filter_is_read_back_as_it_was_kept():
    asked = PatientFilter(
        tag="Gala", visited_since=date(2026, 1, 1), upcoming=False, staff=uuid7(), birth_month=2, minors=True,
        no_consent="any", sort="last_visit",
    )  # fmt: skip
    assert filter_from_json(asked.to_json()) == asked
    assert asked.asks_nothing is False
    assert PatientFilter(sort="last_visit").asks_nothing


@pytest.mark.parametrize(
    "kept",
    [
        None,
        [],
        {},
        {"version": 2},
        {"version": 1, "tag": 7},
        {"version": 1, "upcoming": "yes"},
        {"version": 1, "birth_month": True},
        {"version": 1, "visited_since": "soon"},
        {"version": 1, "staff": "1); DROP TABLE"},
        {"version": 1, "unknown": "x"},
        {"version": 1, "birth_month": 40},
    ],
)
def test_what_nobody_here_wrote_is_refused(kept):
    with pytest.raises(DomainError):
        filter_from_json(kept)
