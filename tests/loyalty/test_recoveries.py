"""The recoveries there are, the overdue first."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from core.audit.models import Entry
from core.errors import NotFound
from core.ids import uuid7
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, step, tell
from loyalty.feedback.recoveries import Show, recoveries
from loyalty.feedback.recovery import recovery_page
from loyalty.models import Recovery, Staff
from loyalty.today.urgent import read_urgent
from tests.queries import asked

LATER = timedelta(days=2)


@pytest.fixture
def unhappy(completed, make_patient, now):
    def made(name, *, at=now):
        visit = completed(patient_id=make_patient(name).id, at=at)
        return record(visit_id=visit.id, mode="link", score=2, better="Waited.", now=at).recovery

    return made


@pytest.fixture
def three(unhappy, now):
    """Ada's is overdue in two days, Bea's is not, Cleo's is closed."""
    made = {"Ada": unhappy("Ada Ames"), "Bea": unhappy("Bea Bloom", at=now + LATER), "Cleo": unhappy("Cleo Crane")}
    tell(recovery_id=made["Cleo"].id, by_staff_id=None, now=now)
    close(recovery_id=made["Cleo"].id, done_text="Called.", recovered=True, by_staff_id=None, now=now)
    return made


def names(found):
    return [row.name.split()[0] for row in found.rows]


def overdue(now):
    return read_urgent(now=now, evening=now, feedback=True)


def test_the_overdue_stand_first_and_the_closed_elsewhere(three, now):
    found = recoveries(Show.OPEN, me=None, now=now + LATER, limit=10)
    assert [(row.name, row.late, row.owner, row.words) for row in found.rows] == [
        ("Ada Ames", True, "Martin Mann", "Waited."),
        ("Bea Bloom", False, "Martin Mann", "Waited."),
    ]
    assert (found.open, found.overdue) == (2, 1)
    closed = recoveries(Show.CLOSED, me=None, now=now + LATER, limit=10)
    assert [(row.name, row.late, row.recovered) for row in closed.rows] == [("Cleo Crane", False, True)]


def test_mine_are_those_i_own(three, provider, now):
    martin = Staff.objects.get(display_name="Martin Mann")
    Recovery.objects.filter(id=three["Ada"].id).update(owner=provider)
    assert names(recoveries(Show.MINE, me=provider.id, now=now, limit=10)) == ["Ada"]
    assert names(recoveries(Show.MINE, me=martin.id, now=now, limit=10)) == ["Bea"]
    assert recoveries(Show.OPEN, me=martin.id, now=now, limit=10).mine == 1


@pytest.mark.parametrize("show", [Show.OPEN, Show.CLOSED])
def test_pages_follow_each_other_without_gap_or_repetition(unhappy, now, show):
    made = [unhappy(f"Ada {number}") for number in range(5)]
    if show is Show.CLOSED:
        for one in made:
            tell(recovery_id=one.id, by_staff_id=None, now=now)
            close(recovery_id=one.id, done_text="Called.", recovered=True, by_staff_id=None, now=now)
    seen, after = [], None
    while True:
        found = recoveries(show, me=None, now=now, limit=2, after=after)
        seen += [row.id for row in found.rows]
        after = found.after
        if after is None:
            break
    assert sorted(seen) == sorted(one.id for one in made)


def test_an_answer_that_joined_is_no_line_of_its_own(three, completed, now):
    visit = completed(patient_id=three["Ada"].patient_id, at=now + LATER)
    record(visit_id=visit.id, mode="link", score=1, now=now + LATER)
    found = recoveries(Show.OPEN, me=None, now=now + LATER, limit=10)
    assert [(row.name, row.joined) for row in found.rows] == [("Ada Ames", 1), ("Bea Bloom", 0)]
    assert overdue(now + LATER).recoveries == 1


def test_two_queries_and_an_entry_that_names_them(three, now):
    with CaptureQueriesContext(connection) as captured:
        recoveries(Show.OPEN, me=None, now=now, limit=10)
    assert len(asked(captured)) == 3
    entry = Entry.objects.get(verb="recoveries.read")
    assert set(entry.patients) == {three["Ada"].patient_id, three["Bea"].patient_id}


def test_today_gets_the_overdue_in_one_query(three, now):
    with CaptureQueriesContext(connection) as captured:
        found = overdue(now + timedelta(days=9))
    assert len(asked(captured)) == 1
    assert found.recoveries == 2
    assert found.first[0].name == "Ada Ames"
    assert overdue(now).recoveries == 0


def test_one_recovery_tells_it_all(three, now):
    ada = three["Ada"]
    step(recovery_id=ada.id, kind="call", text="Listened.", by_staff_id=ada.owner_id, now=now + timedelta(hours=3))
    page = recovery_page(recovery_id=ada.id, now=now + timedelta(days=9))
    assert (page.name, page.first_name, page.late, page.hours, page.notes_held) == ("Ada Ames", "Ada", True, 3.0, 1)
    assert [(line.title, line.text, line.by) for line in page.log] == [
        ("Opened", "", ""), ("Called", "Listened.", "Martin Mann"),
    ]  # fmt: skip
    assert [one.answer.better for one in page.answers] == ["Waited."]
    assert not page.may_reopen
    assert recovery_page(recovery_id=three["Cleo"].id, now=now).may_reopen
    with pytest.raises(NotFound):
        recovery_page(recovery_id=uuid7(), now=now)
