"""What stands beside each visit of the day, and what can be pressed."""

from dataclasses import replace
from datetime import datetime
from uuid import UUID
from zoneinfo import ZoneInfo

import pytest

from frontend.portal.today.line import line_of
from loyalty.visits.brief import Brief
from loyalty.visits.row import VisitRow

pytestmark = pytest.mark.urls("infra.urls_practice")

VISIT, PATIENT = UUID(int=1), UUID(int=2)
BRIEF = Brief(remember=("Her son starts college.",), say=(), take_care=())
BOOKED = VisitRow(
    id=VISIT,
    at=datetime(2026, 11, 3, 14, 5, tzinfo=ZoneInfo("America/Chicago")),
    patient_id=PATIENT,
    name="Ana Duarte",
    service="Facial",
    staff="Dana",
    state="later",
    late_minutes=0,
    hint="Her son starts college.",
    brief=BRIEF,
    tags=(),
    promises=(),
)


def row(state, **changed):
    return replace(BOOKED, state=state, **changed)


@pytest.mark.parametrize(
    ("visit", "where", "press"),
    [
        (row("later"), "", "Is here"),
        (row("next"), "Next", "Is here"),
        (row("next", late_minutes=12), "12 min late", "Is here"),
        (row("here"), "Here", "Call in"),
        (row("here", waiting=7), "Waits 7 min", "Call in"),
        (row("here", seen=True, waiting=None), "With us", "Complete"),
        (row("done"), "Left", None),
        (row("no_show"), "Did not come", None),
        (row("cancelled"), "Cancelled", None),
    ],
)
def test_the_line_says_where_a_visit_stands_and_offers_the_next_step(visit, where, press):
    line = line_of(visit)
    assert line.where == where
    assert (line.press and line.press.text) == press


def test_a_brief_stands_open_for_the_next_patient_alone_until_it_is_read():
    assert line_of(row("next")).brief is BRIEF
    assert line_of(row("next")).unread
    assert not line_of(row("next", brief_read=True)).unread
    assert line_of(row("later")).brief is None
    assert not line_of(row("later")).unread


@pytest.mark.parametrize(
    ("visit", "late"),
    [
        (row("later", late_minutes=40), True),
        (row("here", waiting=12, waits_long=True), True),
        # Who came late and is here already needs nothing more.
        (row("here", late_minutes=40), False),
        (row("done", late_minutes=40), False),
    ],
)
def test_only_what_somebody_can_still_mend_is_marked_late(visit, late):
    assert ("late" in line_of(visit).css.split()) is late


def test_every_line_can_be_found_again_by_its_id():
    for state in ("later", "next", "here", "no_show", "cancelled"):
        line = line_of(row(state))
        assert bool(line.press) != any(way.id == line.id for way in line.ways), state


def test_a_visit_without_service_or_provider_is_still_named():
    assert line_of(row("later", service="", staff="")).what == "Visit"
    assert line_of(row("later", staff="")).what == "Facial"
    assert line_of(row("later", service="")).what == "Visit with Dana"
