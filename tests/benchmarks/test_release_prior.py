"""The network's prior of how patients drift: of ten practices or none; two of them give nobody away."""

from datetime import timedelta

import numpy as np
import pytest
from django.db import DatabaseError, transaction

from core.tenancy.scope import practice_scope
from loyalty import drift
from loyalty.benchmarks.models import DriftEstimate, DriftPrior, DriftPriorBasis
from loyalty.drifting.network import prior_in_force
from loyalty.drifting.release_prior import release_prior
from loyalty.metrics.windows import Month
from tenants.models import Practice
from tests.benchmarks.network import CLOSED, REPORTED, contribute, practices

pytestmark = pytest.mark.django_db

OCTOBER, NOVEMBER, JANUARY = Month(2026, 10), Month(2026, 11), Month(2027, 1)
LATER = REPORTED + timedelta(days=30)


def estimates(members, *, at=REPORTED):
    random = np.random.default_rng(7)
    for number, member in enumerate(members):
        given = np.log([2.0, 200.0, 1.0, 2.0]) + random.normal(0, 0.3, 4) + 0.01 * number
        DriftEstimate.objects.update_or_create(
            practice=member,
            defaults={
                "estimates": given.tolist(),
                "covariance": (0.02 * np.eye(4)).ravel().tolist(),
                "computed_at": at,
            },
        )


def test_ten_practices_teach_a_prior_and_nine_do_not():
    members = practices(10)
    estimates(members[:9])
    assert release_prior(month=OCTOBER, now=CLOSED) is None
    estimates(members)
    made = release_prior(month=OCTOBER, now=CLOSED)
    rows = list(DriftEstimate.objects.order_by("practice_id"))
    learned = drift.network_prior(
        [drift.Contribution(np.array(r.estimates), np.array(r.covariance).reshape(4, 4)) for r in rows]
    )
    assert np.allclose(made.mean, learned.mean, atol=0.005)
    assert made.contributors_floor == 10
    assert set(made.basis.contributors) == {str(member.id) for member in members}


def test_a_released_prior_is_a_distribution():
    estimates(practices(12))
    made = release_prior(month=OCTOBER, now=CLOSED)
    prior = drift.Prior(np.array(made.mean), np.array(made.covariance).reshape(4, 4))
    assert np.linalg.eigvalsh(prior.covariance)[0] >= 0.01 - 1e-12


def test_practices_without_the_clause_or_that_left_teach_nothing():
    estimates([*practices(9), *practices(1, agreed=False), *practices(1, status="left")])
    assert release_prior(month=OCTOBER, now=CLOSED) is None


def test_a_month_has_one_prior():
    members = practices(12)
    estimates(members)
    release_prior(month=NOVEMBER, now=CLOSED)
    estimates(members, at=LATER)
    assert release_prior(month=NOVEMBER, now=CLOSED) is None
    assert release_prior(month=OCTOBER, now=CLOSED) is None


def test_within_a_quarter_whoever_is_new_waits():
    members = practices(17)
    estimates(members[:12])
    release_prior(month=OCTOBER, now=CLOSED)
    estimates(members, at=LATER)
    second = release_prior(month=NOVEMBER, now=CLOSED)
    assert set(second.basis.contributors) == {str(member.id) for member in members[:12]}
    third = release_prior(month=JANUARY, now=CLOSED)
    assert third is not None
    assert set(third.basis.contributors) == {str(member.id) for member in members}


def test_one_practice_that_leaves_holds_the_prior_back():
    members = practices(13)
    estimates(members)
    release_prior(month=OCTOBER, now=CLOSED)
    estimates(members, at=LATER)
    DriftEstimate.objects.filter(practice=members[0]).delete()
    assert release_prior(month=NOVEMBER, now=CLOSED) is None
    assert release_prior(month=JANUARY, now=CLOSED) is None


def test_where_one_leaves_four_others_stand_aside_and_the_next_prior_is_of_the_rest():
    members = practices(23)
    estimates(members[:18])
    first = release_prior(month=OCTOBER, now=CLOSED)
    estimates(members, at=LATER)
    DriftEstimate.objects.filter(practice=members[0]).delete()
    second = release_prior(month=JANUARY, now=CLOSED)
    before, after = (set(prior.basis.contributors) for prior in (first, second))
    assert str(members[0].id) not in after
    assert (len(before - after), len(after - before)) == (5, 5)


def test_of_three_who_changed_two_would_know_the_third_so_four_wait_for_a_fifth():
    members = practices(12)
    estimates(members)
    release_prior(month=OCTOBER, now=CLOSED)
    for few in (3, 4):
        estimates(members[:few], at=LATER)
        assert release_prior(month=NOVEMBER, now=CLOSED) is None
    estimates(members[:5], at=LATER)
    assert release_prior(month=NOVEMBER, now=CLOSED) is not None


def test_a_prior_is_never_changed():
    estimates(practices(12))
    made = release_prior(month=OCTOBER, now=CLOSED)
    for change in (made.save, made.basis.save, made.basis.delete):
        with pytest.raises(DatabaseError, match="never changed"), transaction.atomic():
            change()


def test_only_who_contributes_sees_it_and_nobody_sees_whose_it_is(aurora, borealis, now):
    estimates(practices(12))
    release_prior(month=OCTOBER, now=CLOSED)
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)
    contribute([Practice.objects.get(id=aurora.id)], "2026-10")
    with practice_scope(aurora):
        assert prior_in_force().month == OCTOBER.first
        assert prior_in_force(on=CLOSED - timedelta(days=1)).prior is drift.WEAK_PRIOR
        assert DriftEstimate.objects.count() == 0
        with pytest.raises(DatabaseError), transaction.atomic():
            DriftPriorBasis.objects.count()
    with practice_scope(borealis):
        assert prior_in_force().prior is drift.WEAK_PRIOR
        assert not DriftPrior.objects.exists()
