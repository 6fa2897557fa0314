"""Ninety days after a practice left, its records are destroyed: announced, whole, proven; the trail stays."""

from datetime import date, timedelta

import pytest
from django.core import mail
from django.db import connection, transaction

from core.audit.models import Entry
from core.errors import Conflict
from core.models import NetworkEntry
from core.tenancy.copy_out import practice_tables
from core.tenancy.scope import practice_scope
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import Location, Patient
from loyalty.patients.enrol import enrol
from tenants.actions.leave import leave
from tenants.actions.reactivate import reactivate
from tenants.erasure import erase as erasing
from tenants.erasure.erase import erase, to_be_erased
from tenants.erasure.tell import tell, to_be_told
from tenants.models import Practice, StatusChange
from tenants.principal import at_network
from tests.cast import NOW
from tests.places import admin_of_network, owner_of

# NOW is Monday morning, November 23, in Chicago, too.
TOLD = NOW + timedelta(days=76)
OVER = NOW + timedelta(days=90)


@pytest.fixture
def admin(committed):
    nadia = admin_of_network(password=None)
    yield at_network(person=nadia)
    nadia.delete()


@pytest.fixture
def left(open_place, admin):
    """A practice with a patient and her consent, which nobody else could delete; it leaves now."""
    place = open_place()
    owner = owner_of(place)
    with practice_scope(place):
        patient = enrol(given_name="Marguerite", family_name="Ellison", emails=["m@example.com"], now=NOW)
        answer(
            patient_id=patient.id, channel="email", purpose="visits", granted=True, source="told the front desk",
            version=VERSION, by_person_id=None, now=NOW,
        )  # fmt: skip
    leave(practice_id=place.id, reason="asked", note="", by=admin, now=NOW)
    yield place, owner
    owner.delete()


def rows(place):
    """Rows of every table of its schema."""
    with practice_scope(place), connection.cursor() as cursor:
        tables = practice_tables()
        counted = " UNION ALL ".join(f"SELECT '{table}', count(*) FROM {table}" for table in tables)
        cursor.execute(counted)
        return dict(cursor.fetchall())


class Killed(Exception):
    pass


@transaction.atomic(using="owner")
def destroy_and_be_killed(place):
    erasing._destroy(place.id, now=OVER)
    raise Killed


def test_two_weeks_before_its_owners_are_told_once(left):
    place, owner = left
    assert to_be_told(now=TOLD - timedelta(days=1)) == []
    assert to_be_told(now=TOLD) == [place.id]
    assert tell(practice_id=place.id, now=TOLD)
    assert not tell(practice_id=place.id, now=TOLD + timedelta(days=1))
    [told] = mail.outbox
    assert told.to == [owner.email]
    assert "on February 21, 2027, for good" in told.body
    assert f"{place.slug}.perennial.localhost" in told.body
    assert NetworkEntry.objects.filter(verb="practice.erasure_announced", practice_id=place.id).count() == 1


def test_after_ninety_days_nothing_is_left_but_the_trail_and_the_proof(left):
    place, owner = left
    tell(practice_id=place.id, now=TOLD)
    trail = rows(place)["audit_entry"]
    assert to_be_erased(now=OVER - timedelta(days=1)) == []
    assert to_be_erased(now=OVER) == [place.id]
    assert erase(practice_id=place.id, now=OVER)
    kept = rows(place)
    assert {table for table, count in kept.items() if count} == {"audit_entry"}
    assert kept["audit_entry"] == trail + 1
    practice = Practice.objects.get(id=place.id)
    assert (practice.erased_at, practice.erased_rows > 10) == (OVER, True)
    proof = StatusChange.objects.get(practice_id=place.id, change="erased")
    assert (proof.at, proof.reason) == (OVER, "agreed")
    assert NetworkEntry.objects.get(verb="practice.erased", practice_id=place.id).detail == {
        "rows": practice.erased_rows
    }
    with practice_scope(place):
        entry = Entry.objects.get(verb="practice.erased")
        assert (entry.everyone, entry.detail) == (True, {"rows": practice.erased_rows})
    assert mail.outbox[-1].to == [owner.email]
    assert f"{practice.erased_rows} rows" in mail.outbox[-1].body
    assert to_be_erased(now=OVER) == []
    assert not erase(practice_id=place.id, now=OVER)


def test_who_was_not_told_for_two_weeks_keeps_the_records_until_then(left):
    place, _ = left
    late = OVER + timedelta(days=30)
    assert to_be_erased(now=late) == []
    assert not erase(practice_id=place.id, now=late)
    tell(practice_id=place.id, now=late)
    for days in (0, 13):
        assert not erase(practice_id=place.id, now=late + timedelta(days=days))
    with practice_scope(place):
        assert Patient.objects.count() == 1
    assert erase(practice_id=place.id, now=late + timedelta(days=14))


def test_killed_before_the_end_it_has_destroyed_nothing(left):
    place, _ = left
    tell(practice_id=place.id, now=TOLD)
    before = rows(place)
    with pytest.raises(Killed):
        destroy_and_be_killed(place)
    assert rows(place) == before
    assert Practice.objects.get(id=place.id).erased_at is None
    assert to_be_erased(now=OVER) == [place.id]


def test_killed_before_the_proof_the_next_night_writes_it_with_what_was_destroyed(left):
    place, _ = left
    tell(practice_id=place.id, now=TOLD)
    erasing._destroy(place.id, now=OVER)
    assert not StatusChange.objects.filter(practice_id=place.id, change="erased").exists()
    tomorrow = OVER + timedelta(days=1)
    assert to_be_erased(now=tomorrow) == [place.id]
    assert erase(practice_id=place.id, now=tomorrow)
    assert StatusChange.objects.get(practice_id=place.id, change="erased").at == OVER
    with practice_scope(place):
        assert Entry.objects.get(verb="practice.erased").detail["rows"] > 10


def test_a_practice_that_came_back_keeps_everything_and_is_told_again_when_it_leaves(left, admin):
    place, _ = left
    tell(practice_id=place.id, now=TOLD)
    reactivate(practice_id=place.id, reason="settled", note="", by=admin, now=TOLD)
    assert to_be_erased(now=OVER) == []
    assert not erase(practice_id=place.id, now=OVER)
    with practice_scope(place):
        assert Location.objects.exists()
    leave(practice_id=place.id, reason="asked", note="", by=admin, now=OVER)
    assert to_be_erased(now=OVER + timedelta(days=90)) == []
    assert to_be_told(now=OVER + timedelta(days=76)) == [place.id]


def test_what_is_destroyed_does_not_come_back(left, admin):
    place, _ = left
    tell(practice_id=place.id, now=TOLD)
    erase(practice_id=place.id, now=OVER)
    with pytest.raises(Conflict) as refused:
        reactivate(practice_id=place.id, reason="settled", note="", by=admin, now=OVER)
    assert refused.value.code == "practice_erased"


def test_days_are_counted_where_the_practice_is(left):
    place, _ = left
    Practice.objects.filter(id=place.id).update(left_on=date(2026, 11, 23), time_zone="Pacific/Honolulu")
    tell(practice_id=place.id, now=TOLD + timedelta(days=1))
    # It is the next day in London already, and not in Honolulu.
    assert to_be_erased(now=OVER.replace(hour=5)) == []
