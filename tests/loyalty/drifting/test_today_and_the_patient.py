"""Where else a drifting patient is told of: on Today, on the brief, on their own page."""

from datetime import timedelta

from loyalty.drifting.leave import leave_for_now
from loyalty.drifting.of_patient import drift_of as told
from loyalty.drifting.refresh import refresh_drift
from loyalty.models import Location
from loyalty.today.urgent import read_urgent
from loyalty.visits.book import book
from loyalty.visits.facts import facts_of_visit


def late(now):
    return read_urgent(now=now, evening=now, feedback=False).drifting


def test_today_counts_those_of_the_list_as_the_night_left_it(house, came, now):
    assert late(now) == 0
    ana, ben = came("Ana", 561, 461, 361, 261, 161), came("Ben", 540, 440, 340, 240, 170)
    refresh_drift(now=now)
    assert late(now) == 2
    leave_for_now(patient_id=ana.id, until=(now + timedelta(days=9)).date(), reason="", by_staff_id=None, now=now)
    book(patient_id=ben.id, location_id=Location.objects.get().id, starts_at=now + timedelta(days=3), now=now)
    refresh_drift(now=now)
    assert late(now) == 0


def test_the_brief_of_a_visit_knows_that_they_were_missed(house, came, now):
    ana, ben = came("Ana", 561, 461, 361, 261, 161), came("Ben", 402, 302, 202, 102, 2)
    refresh_drift(now=now)
    place = Location.objects.get().id
    seen = {}
    for one in (ana, ben):
        visit = book(patient_id=one.id, location_id=place, starts_at=now + timedelta(hours=2), now=now)
        seen[one.given_name] = facts_of_visit(visit_id=visit.id, clinical=False, feedback=False).drift
    assert seen["Ben"] is None
    assert (seen["Ana"].visits, seen["Ana"].usual_from) == (5, "own")


def test_their_page_says_when_and_how_sure(house, came, now):
    ana = came("Ana", 561, 461, 361, 261, 161)
    once = came("Once", 400)
    refresh_drift(now=now)
    today, last = now.date(), now.date() - timedelta(days=161)
    found = told(ana.id, last_visit=last, today=today)
    assert found.reason == "Usually every 14 weeks; 23 weeks since the last visit"
    assert found.is_late
    assert not found.has_gone
    assert 0 < found.stays < 1
    assert last + timedelta(days=90) < found.expected_on < last + timedelta(days=110)
    # One visit says nothing about staying, and what the night did not see is not told.
    assert told(once.id, last_visit=today - timedelta(days=400), today=today).stays is None
    assert told(ana.id, last_visit=today, today=today) is None
