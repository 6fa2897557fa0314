"""What the network publishes of hold-outs: pooled, once, and never so that one practice could be told."""

from datetime import UTC, date, datetime

import pytest
from django.db import ProgrammingError, transaction

from loyalty import lift
from loyalty.benchmarks.rules import FEW
from loyalty.holdouts.models import LiftContribution, LiftRelease
from loyalty.holdouts.pooled_results import pooled_results
from loyalty.holdouts.release import release_lifts
from tenants.models import Practice
from tests.benchmarks import network

APRIL = datetime(2027, 4, 5, 14, 10, tzinfo=UTC)
JULY = datetime(2027, 7, 5, 14, 10, tzinfo=UTC)


@pytest.fixture
def told(db):
    """told(12): so many practices tell of a hold-out of notes that ended in March, or on `ended`."""

    def made(practices, *, ended=date(2027, 3, 15), errors=None):
        made = network.practices(practices)
        LiftContribution.objects.bulk_create(
            LiftContribution(
                practice=one,
                kind="note",
                ended_on=ended,
                effect=0.02 + n % 5 / 100,
                standard_error=errors[n] if errors else 0.05,
            )
            for n, one in enumerate(made)
        )
        return made

    return made


def of_notes():
    return pooled_results()[0]


def test_it_is_pooled_once_the_quarter_is_over(told):
    told(12)
    assert release_lifts(now=datetime(2027, 3, 31, 14, 10, tzinfo=UTC)) == []
    (made,) = release_lifts(now=APRIL)
    pooled = lift.pool([0.02 + n % 5 / 100 for n in range(12)], [0.05] * 12)
    assert (made.effect, made.low, made.high) == tuple(
        round(100 * float(share), 1) for share in (pooled.effect, pooled.low, pooled.high)
    )
    assert release_lifts(now=APRIL) == []
    (result,) = of_notes().results
    # Twelve are shown as ten or more.
    assert (result.quarter, result.effect, result.practices) == (date(2027, 4, 1), made.effect, 10)


def test_fewer_than_ten_wait_for_others(told):
    told(9)
    assert release_lifts(now=APRIL) == []
    assert (of_notes().results, of_notes().hidden) == ((), FEW)
    told(1, ended=date(2027, 5, 5))
    assert len(release_lifts(now=JULY)) == 1


def test_nothing_is_told_where_one_practice_outweighs_the_others(told):
    told(10, errors=[0.01] + [0.1] * 9)
    assert release_lifts(now=APRIL) == []


def test_no_practice_is_part_of_two_results(told):
    told(10)
    release_lifts(now=APRIL)
    told(3, ended=date(2027, 5, 5))
    # Beside the first result a second with thirteen would tell the three.
    assert release_lifts(now=JULY) == []
    told(7, ended=date(2027, 5, 6))
    (second,) = release_lifts(now=JULY)
    assert LiftContribution.objects.filter(release=second).count() == 10
    assert [one.quarter for one in of_notes().results] == [date(2027, 7, 1), date(2027, 4, 1)]


def test_what_was_released_stands(told):
    told(10)
    release_lifts(now=APRIL)
    with pytest.raises(ProgrammingError, match="never changed"), transaction.atomic():
        LiftRelease.objects.update(effect=50)


def test_a_practice_that_withdraws_the_clause_or_leaves_takes_its_part_back(told):
    one, other, *_ = told(11)
    Practice.objects.filter(id=one.id).update(aggregation_agreed_at=None)
    Practice.objects.filter(id=other.id).update(status="left", left_on=date(2027, 3, 20))
    assert LiftContribution.objects.count() == 9
    assert release_lifts(now=APRIL) == []
