"""The network sees a member's share of passed checks and what failed; never a count, and only of who shares."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.db import DatabaseError, transaction

from core.tenancy.scope import control_plane, practice_scope
from loyalty.benchmarks.contribute import refresh
from loyalty.benchmarks.models import DataQuality
from loyalty.benchmarks.quality import member_qualities
from loyalty.metrics.windows import Month
from loyalty.models import Location, Patient, Visit
from tenants.models import Practice


@pytest.fixture
def agreed(aurora, now):
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)


def one_visit():
    starts = datetime(2026, 10, 5, 15, tzinfo=UTC)
    patient = Patient.objects.create(given_name="Rosa", address="1 Elm St")
    return Visit.objects.create(
        patient=patient,
        location=Location.objects.first(),
        status="completed",
        starts_at=starts,
        completed_at=starts + timedelta(hours=1),
        day=date(2026, 10, 5),
    )


def shared(practice):
    with control_plane():
        found = member_qualities()
    return found.get(practice.id)


def test_the_nightly_job_tells_the_share_and_the_names(agreed, in_aurora, now):
    one_visit()
    refresh(practice=in_aurora, now=now)
    found = shared(in_aurora)
    assert (found.month, found.share) == (Month(2026, 10), 60)
    assert [check.key for check in found.failed] == ["staff", "birthday"]


def test_what_was_put_right_is_told_the_next_night(agreed, in_aurora, now):
    made = one_visit()
    refresh(practice=in_aurora, now=now)
    Patient.objects.filter(id=made.patient_id).update(birth_year=1980, birth_month=2, birth_day=3)
    refresh(practice=in_aurora, now=now + timedelta(days=1))
    assert [check.key for check in shared(in_aurora).failed] == ["staff"]
    Visit.objects.all().delete()
    refresh(practice=in_aurora, now=now + timedelta(days=2))
    assert shared(in_aurora) is None


def test_without_the_clause_nothing_is_told(in_aurora, now):
    one_visit()
    refresh(practice=in_aurora, now=now)
    assert shared(in_aurora) is None
    with pytest.raises(DatabaseError), transaction.atomic():
        DataQuality.objects.create(practice_id=in_aurora.id, month=date(2026, 10, 1), share=100, computed_at=now)


def test_it_is_withdrawn_with_the_clause(agreed, in_aurora, now):
    one_visit()
    refresh(practice=in_aurora, now=now)
    with control_plane():
        Practice.objects.filter(id=in_aurora.id).update(aggregation_agreed_at=None)
    assert shared(in_aurora) is None


def test_no_practice_reads_another_ones(agreed, borealis, in_aurora, now):
    one_visit()
    refresh(practice=in_aurora, now=now)
    assert DataQuality.objects.count() == 1
    with practice_scope(borealis):
        assert DataQuality.objects.count() == 0
