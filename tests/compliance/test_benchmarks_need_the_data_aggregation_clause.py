"""Benchmarks refuse a practice whose agreement lacks the data-aggregation clause: it gives none and is shown none."""

from datetime import date

import pytest
from django.db import DatabaseError, transaction

from core.tenancy.scope import control_plane, practice_scope
from loyalty.benchmarks.contribute import refresh
from loyalty.benchmarks.models import Contribution, Release
from loyalty.benchmarks.read import where_you_stand
from tenants.models import Practice
from tests.benchmarks.network import METRIC, REPORTED, close, contribute, practices
from tests.benchmarks.test_contribute import visit


def a_contribution(place):
    return Contribution(
        practice_id=place.id,
        metric=METRIC,
        definition_version=1,
        month=date(2026, 10, 1),
        numerator=50,
        denominator=100,
        n=90,
        value=50,
        computed_at=REPORTED,
    )


@pytest.fixture
def released(aurora):
    """October is released by fourteen others and Aurora, which then has no clause any more."""
    me = Practice.objects.filter(id=aurora.id)
    me.update(aggregation_agreed_at=REPORTED)
    contribute([*practices(14), *me], "2026-10")
    close("2026-10")
    me.update(aggregation_agreed_at=None)


def test_the_database_refuses_its_contribution(in_aurora):
    with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        a_contribution(in_aurora).save(force_insert=True)


def test_the_database_refuses_to_change_one_that_is_left(aurora):
    a_contribution(aurora).save(force_insert=True)
    with practice_scope(aurora), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        Contribution.objects.update(value=60)


def test_the_database_takes_it_with_the_clause(aurora):
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=REPORTED)
    with practice_scope(aurora):
        a_contribution(aurora).save(force_insert=True)
        assert Contribution.objects.count() == 1


@pytest.mark.parametrize("status", ["suspended", "left"])
def test_the_database_refuses_it_of_a_practice_that_is_not_active(aurora, status):
    Practice.objects.filter(id=aurora.id).update(
        aggregation_agreed_at=REPORTED, status=status, left_on=date(2026, 11, 1)
    )
    with practice_scope(aurora), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        a_contribution(aurora).save(force_insert=True)


def test_its_nightly_job_contributes_nothing(in_aurora, now):
    visit(20, date(2026, 10, 5))
    assert refresh(practice=in_aurora, now=now).contributions == 0
    with control_plane():
        assert not Contribution.objects.filter(practice_id=in_aurora.id).exists()


def test_no_released_figure_is_shown_to_it(released, in_aurora):
    assert not Release.objects.exists()
    page = where_you_stand(practice=in_aurora)
    assert {row.released for row in page.standings} == {None}
    assert {row.hidden.key for row in page.standings} == {"no-agreement"}


def test_it_counts_in_no_release(aurora):
    """Even where a contribution of it is left."""
    contribute([*practices(14), *Practice.objects.filter(id=aurora.id)], "2026-10")
    close("2026-10")
    cell = Release.objects.get(metric=METRIC, month=date(2026, 10, 1), cohort_kind="all")
    assert cell.rule == ""
    assert len(cell.basis.contributors) == 14
    assert str(aurora.id) not in cell.basis.contributors
