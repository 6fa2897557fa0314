"""Who asked and waits, the most overdue first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audit.models import Entry
from core.errors import NotFound
from core.ids import uuid7
from loyalty.inquiries.assign import assign
from loyalty.inquiries.become_patient import NewPatient, become_patient
from loyalty.inquiries.call import call
from loyalty.inquiries.close import close
from loyalty.inquiries.inquiries import Show, inquiries
from loyalty.inquiries.inquiry import inquiry_page
from loyalty.today.urgent import read_urgent
from tests.queries import asked


@pytest.fixture
def four(ask, front_desk, now):
    """Ada is overdue, Bea is due today, Cleo was called and nothing is due, Dora asked elsewhere."""
    early = {name: now - timedelta(days=days) for name, days in (("Ada", 4), ("Bea", 1), ("Cleo", 0), ("Dora", 0))}
    made = {name: ask(name=name, now=at) for name, at in early.items()}
    call(inquiry_id=made["Cleo"].id, outcome="reached", by_staff_id=None, now=now)
    close(inquiry_id=made["Dora"].id, because="Went elsewhere", now=now)
    assign(inquiry_id=made["Bea"].id, staff_id=front_desk.id, was=None, now=now)
    return made


def names(found):
    return [row.name for row in found.rows]


def test_the_overdue_stand_first_and_who_waits_for_nothing_last(four, now):
    found = inquiries(Show.OPEN, me=None, now=now, limit=10)
    assert [(row.name, row.late, row.calls, row.last_outcome) for row in found.rows] == [
        ("Ada", True, 0, ""), ("Bea", False, 0, ""), ("Cleo", False, 1, "reached"),
    ]  # fmt: skip
    assert (found.open, found.overdue, found.after) == (3, 1, None)


def test_mine_closed_and_patients_are_lists_of_their_own(four, front_desk, now):
    become_patient(inquiry_id=four["Ada"].id, who=NewPatient("Ada", "Ames"), sure_new=True, by_staff_id=None, now=now)
    assert names(inquiries(Show.MINE, me=front_desk.id, now=now, limit=10)) == ["Bea"]
    assert names(inquiries(Show.MINE, me=None, now=now, limit=10)) == []
    assert names(inquiries(Show.CLOSED, me=None, now=now, limit=10)) == ["Dora"]
    assert names(inquiries(Show.PATIENTS, me=None, now=now, limit=10)) == ["Ada"]


@pytest.mark.parametrize("show", [Show.OPEN, Show.CLOSED])
def test_pages_follow_each_other_without_gap_or_repetition(ask, now, show):
    made = [ask(name=f"Ruth {number}") for number in range(7)]
    if show is Show.CLOSED:
        for one in made:
            close(inquiry_id=one.id, because="Went elsewhere", now=now)
    seen, after = [], None
    while True:
        found = inquiries(show, me=None, now=now, limit=3, after=after)
        seen += names(found)
        after = found.after
        if after is None:
            break
    assert sorted(seen) == sorted(one.name for one in made)


def test_the_trail_names_the_inquiries_and_whoever_sent_them(ask, patient, now):
    kept = ask(referrer_id=patient.id)
    inquiries(Show.OPEN, me=None, now=now, limit=10)
    entry = Entry.objects.get(verb="inquiries.read")
    assert (entry.patients, entry.detail) == ([patient.id], {"inquiries": [str(kept.id)]})
    inquiry_page(inquiry_id=kept.id, now=now)
    entry = Entry.objects.get(verb="inquiry.read")
    assert (entry.subject_id, entry.patients) == (kept.id, [patient.id])


def test_a_list_takes_two_queries_and_its_entry(four, now):
    with CaptureQueriesContext(connection) as captured:
        inquiries(Show.OPEN, me=None, now=now, limit=10)
    assert len(asked(captured)) == 3


def test_one_inquiry_tells_it_all(ruth, front_desk, now):
    call(inquiry_id=ruth.id, outcome="voicemail", notes="Hums on her tape.", by_staff_id=front_desk.id, now=now)
    page = inquiry_page(inquiry_id=ruth.id, now=now + timedelta(days=3))
    assert page.told == (("Wants", "Look less tired."), ("Expects", "A price first."), ("Worries about", "Needles."))
    assert page.late
    assert [(one.title, one.by, one.notes) for one in page.calls] == [("Left a voicemail", "Maya", "Hums on her tape.")]
    with pytest.raises(NotFound):
        inquiry_page(inquiry_id=uuid7(), now=now)


def test_today_gets_how_many_wait_and_how_many_too_long_in_one_query(four, now):
    with CaptureQueriesContext(connection) as captured:
        found = read_urgent(now=now, evening=now + timedelta(hours=15), feedback=False)
    assert len(asked(captured)) == 1
    assert (found.inquiries, found.inquiries_late) == (2, 1)


def test_today_gets_nothing_where_nobody_asked(in_aurora, now):
    found = read_urgent(now=now, evening=now, feedback=False)
    assert (found.inquiries, found.inquiries_late, found.is_any) == (0, 0, False)
