"""A hold-out ends by itself on its day, or is stopped before it; the network learns of the first kind alone."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from core.audit.models import Entry
from core.errors import Conflict, NotFound
from core.ids import uuid7
from core.tenancy.scope import control_plane
from loyalty import lift
from loyalty.holdouts.close import close_ended, stop_holdout
from loyalty.holdouts.models import LiftContribution
from loyalty.models import Holdout
from tenants.models import Practice


@pytest.fixture(autouse=True)
def agreed(aurora, now):
    """Aurora signed the data-aggregation clause."""
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)


@pytest.fixture
def over(now):
    """The night after the last day of a year."""
    return now + timedelta(days=366)


def test_it_is_counted_the_night_after_its_last_day(started, arms, in_aurora, now, over):
    holdout = started()
    arms(holdout, contacted=(20, 12), held=(12, 5))
    assert close_ended(practice=in_aurora, now=over - timedelta(days=1)) == 0
    assert close_ended(practice=in_aurora, now=over) == 1
    assert close_ended(practice=in_aurora, now=over) == 0
    holdout.refresh_from_db()
    assert (holdout.contacted, holdout.contacted_returned, holdout.held, holdout.held_returned) == (20, 12, 12, 5)
    assert not holdout.is_running
    assert holdout.stopped_on is None
    assert Entry.objects.filter(verb="holdout.ended", subject_id=holdout.id).count() == 1


def test_the_network_is_told_effect_and_standard_error_alone(started, arms, in_aurora, over):
    holdout = started()
    arms(holdout, contacted=(20, 12), held=(12, 5))
    close_ended(practice=in_aurora, now=over)
    told = LiftContribution.objects.get()
    found = lift.difference(returned=12, contacted=20, held_returned=5, held=12)
    assert (told.kind, told.ended_on) == ("note", holdout.ends_on)
    assert told.effect == pytest.approx(float(found.effect))
    assert told.standard_error == pytest.approx(float(found.pooling_error))
    assert {field.name for field in LiftContribution._meta.concrete_fields} == {
        "id", "created_at", "updated_at", "practice", "kind", "ended_on", "effect", "standard_error", "release",
    }  # fmt: skip


def test_without_the_clause_nothing_is_told(aurora, started, arms, now, over):
    with control_plane():
        Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=None)
    arms(started(), contacted=(20, 12), held=(12, 5))
    assert close_ended(practice=aurora, now=over) == 1
    assert not LiftContribution.objects.exists()


def test_arms_of_fewer_than_eleven_stay_at_home(started, arms, in_aurora, over):
    arms(started(), contacted=(50, 20), held=(10, 5))
    assert close_ended(practice=in_aurora, now=over) == 1
    assert not LiftContribution.objects.exists()


def test_stopping_is_final_and_nothing_of_it_is_pooled(started, arms, in_aurora, now, over):
    holdout = started()
    arms(holdout, contacted=(20, 12), held=(12, 5))
    stopped = stop_holdout(holdout_id=holdout.id, now=now + timedelta(days=100))
    assert stopped.stopped_on == holdout.starts_on + timedelta(days=100)
    assert stopped.held == 12
    with pytest.raises(Conflict, match="over already"):
        stop_holdout(holdout_id=holdout.id, now=now + timedelta(days=101))
    assert close_ended(practice=in_aurora, now=over) == 0
    assert not LiftContribution.objects.exists()
    assert Entry.objects.filter(verb="holdout.stopped").count() == 1
    # And another may begin.
    started(now=now + timedelta(days=101))


def test_after_its_last_day_there_is_nothing_to_stop(started, over):
    with pytest.raises(Conflict, match="over already"):
        stop_holdout(holdout_id=started().id, now=over)


def test_what_is_not_there_is_not_found(in_aurora, now):
    with pytest.raises(NotFound):
        stop_holdout(holdout_id=uuid7(), now=now)


def test_a_result_is_not_changed(started, in_aurora, over):
    holdout = started()
    close_ended(practice=in_aurora, now=over)
    with pytest.raises(IntegrityError, match="nor its result"), transaction.atomic():
        Holdout.objects.filter(id=holdout.id).update(held_returned=0)


def test_a_stopped_one_holds_out_nobody_any_more(started, drawn, completed, now):
    holdout = started()
    out = drawn(holdout, held=True)
    completed(patient_id=out.id)
    stop_holdout(holdout_id=holdout.id, now=now)
    later = completed(patient_id=out.id, at=now + timedelta(days=30))
    assert later.touchpoints.filter(kind="note").count() == 1


def test_a_practice_cannot_tell_for_another_or_change_what_it_told(started, arms, in_aurora, over):
    arms(started(), contacted=(20, 12), held=(12, 5))
    close_ended(practice=in_aurora, now=over)
    with connection.cursor() as cursor:
        for statement in (
            "UPDATE public.holdouts_liftcontribution SET effect = 1",
            "DELETE FROM public.holdouts_liftcontribution",
        ):
            with pytest.raises(Exception, match="permission denied"), transaction.atomic():
                cursor.execute(statement)
    told = LiftContribution.objects.get()
    told.pk, told.practice_id = uuid7(), uuid7()
    with pytest.raises(Exception, match="row-level security"), transaction.atomic():
        LiftContribution.objects.bulk_create([told])
