"""The release calendar: unattended on the 15th, at once when approved, not at all while held."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from core.errors import Conflict, DomainError
from core.tenancy.scope import practice_scope
from loyalty.benchmarks.approve_month import approve_month
from loyalty.benchmarks.calendar import Stage, due_months, planned_months
from loyalty.benchmarks.close_month import close_month
from loyalty.benchmarks.contribute import refresh
from loyalty.benchmarks.hold_month import hold_month
from loyalty.benchmarks.jobs import release_due
from loyalty.benchmarks.models import Contribution, LastContribution, MonthClose, MonthDecision, Release
from loyalty.metrics.windows import Month
from tenants.models import Practice
from tests.benchmarks.network import contribute, practices
from tests.benchmarks.test_contribute import visit

OCTOBER, NOVEMBER, DECEMBER = Month(2026, 10), Month(2026, 11), Month(2026, 12)
SETTLED = datetime(2026, 12, 3, tzinfo=UTC)
THE_DAY = datetime(2026, 12, 15, 16, tzinfo=UTC)
SOON = timedelta(seconds=1)


@pytest.fixture(autouse=True)
def _october_is_released(db):
    MonthClose.objects.create(month=OCTOBER.first, closed_at=datetime(2026, 11, 15, 16, tzinfo=UTC))


def approve(month=NOVEMBER, *, now=SETTLED):
    return approve_month(month=month, by_name="Nora", now=now)


def hold(month=NOVEMBER, *, now=SETTLED, reason="quality", note=""):
    return hold_month(month=month, reason=reason, note=note, by_name="Nora", now=now)


def planned(month=NOVEMBER, *, now=SETTLED):
    return next(one for one in planned_months(now=now) if one.month == month)


def test_where_nobody_decides_a_month_is_due_on_the_fifteenth():
    assert due_months(now=THE_DAY - SOON) == []
    assert due_months(now=THE_DAY) == [NOVEMBER]


def test_an_approved_month_is_due_at_once():
    approve()
    assert due_months(now=SETTLED) == [NOVEMBER]
    assert planned().stage is Stage.APPROVED


def test_it_cannot_be_approved_before_every_practice_has_reported():
    with pytest.raises(DomainError, match="November 2026 can be approved from December 3 on") as refused:
        approve(now=SETTLED - SOON)
    assert refused.value.code == "month_not_over"
    assert not MonthDecision.objects.exists()


def test_a_held_month_is_never_due_until_it_is_approved():
    hold(now=SETTLED - timedelta(days=20), note="Two  tablets sent every answer twice.")
    assert due_months(now=THE_DAY + timedelta(days=40)) == [DECEMBER]
    assert planned().decision.note == "Two tablets sent every answer twice."
    approve(now=THE_DAY + timedelta(days=3))
    assert due_months(now=THE_DAY + timedelta(days=3)) == [NOVEMBER]


def test_nothing_releases_a_held_month_not_even_an_operator():
    hold()
    with pytest.raises(Conflict, match="is held") as refused:
        close_month(month=NOVEMBER, now=THE_DAY)
    assert refused.value.code == "month_held"
    assert not Release.objects.exists()
    assert not MonthClose.objects.filter(month=NOVEMBER.first).exists()


def test_other_months_go_out_while_one_is_held(time_machine):
    contribute(practices(12), "2026-12")
    hold()
    time_machine.move_to(datetime(2027, 1, 15, 16, 5, tzinfo=UTC), tick=False)
    assert release_due.run() == 1
    assert set(MonthClose.objects.values_list("month", flat=True)) == {OCTOBER.first, DECEMBER.first}


def test_the_job_releases_what_is_due_once(time_machine):
    contribute(practices(12), "2026-11")
    time_machine.move_to(THE_DAY, tick=False)
    assert release_due.run() == 1
    assert release_due.run() == 0
    assert Release.objects.filter(metric="note_coverage", cohort_kind="all", month=NOVEMBER.first).count() == 1


def test_what_was_missed_is_made_up_for_oldest_first_and_not_beyond_a_year():
    assert due_months(now=datetime(2027, 2, 16, tzinfo=UTC)) == [NOVEMBER, DECEMBER, Month(2027, 1)]
    assert len(due_months(now=datetime(2029, 1, 16, tzinfo=UTC))) == 12


def test_a_network_without_a_release_begins_with_the_latest_month():
    MonthClose.objects.all().delete()
    assert due_months(now=THE_DAY) == [NOVEMBER]


def test_a_released_month_is_neither_approved_nor_held_any_more():
    for decide in (approve, hold):
        with pytest.raises(Conflict, match="October 2026 is released"):
            decide(OCTOBER)


def test_who_decides_second_is_told_who_was_first():
    approve()
    with pytest.raises(Conflict, match="Nora has approved November 2026 already"):
        approve()
    hold()
    with pytest.raises(Conflict, match="Nora holds November 2026 already"):
        hold()


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ({"reason": ""}, "Choose why"),
        ({"reason": "boredom"}, "Choose why"),
        ({"note": "x" * 301}, "300 characters"),
        ({"month": Month(2027, 1)}, "has not begun"),
    ],
)
def test_a_hold_says_why(given, message):
    with pytest.raises(DomainError, match=message):
        hold(given.pop("month", NOVEMBER), **given)
    assert not MonthDecision.objects.exists()


@pytest.mark.parametrize("values", [{"kind": "held"}, {"kind": "approved", "reason": "other"}, {"kind": "maybe"}])
def test_the_database_refuses_a_decision_that_does_not_add_up(values):
    with pytest.raises(DatabaseError, match="month_decision"), transaction.atomic():
        MonthDecision.objects.create(month=NOVEMBER.first, by_name="Nora", at=SETTLED, **values)


def test_the_database_keeps_decisions_as_they_were():
    decision = approve()
    for change in (decision.delete, decision.save):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_a_practice_sees_no_decision(aurora):
    hold()
    with practice_scope(aurora), pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        MonthDecision.objects.count()


def test_the_calendar_tells_who_has_reported_and_no_figure(aurora):
    ten = practices(10)
    LastContribution.objects.bulk_create(
        LastContribution(practice=one, month=(NOVEMBER if n else OCTOBER).first, at=SETTLED)
        for n, one in enumerate(ten)
    )
    practices(3, agreed=False)
    found = planned()
    assert (found.reported, found.expected, found.missing) == (9, 10, ("Practice 0",))


def test_a_practice_that_contributes_says_up_to_which_month(aurora, now):
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)
    with practice_scope(aurora):
        visit(20, datetime(2026, 10, 5, tzinfo=UTC).date())
        refresh(practice=aurora, now=now)
        refresh(practice=aurora, now=now + timedelta(days=1))
    last = LastContribution.objects.get()
    assert Contribution.objects.filter(month=OCTOBER.first).exists()
    assert (last.practice_id, last.month, last.at) == (aurora.id, OCTOBER.first, now)


def test_a_practice_without_the_clause_says_nothing(aurora, now):
    with practice_scope(aurora):
        visit(20, datetime(2026, 10, 5, tzinfo=UTC).date())
        refresh(practice=aurora, now=now)
    assert not LastContribution.objects.exists()
