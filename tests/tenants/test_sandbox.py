"""A partner's sandbox: everything a practice has, nobody real, and counted nowhere."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.audit.models import Entry
from core.errors import Conflict, DomainError, NotFound
from core.models import NetworkEntry
from core.tenancy.scope import practice_scope
from loyalty.benchmarks.contribute import refresh
from loyalty.benchmarks.models import Contribution
from loyalty.models import Message, Patient, Visit
from loyalty.sandbox.people import PEOPLE
from tenants.actions.entitle import entitle
from tenants.actions.open_sandbox import open_sandbox, remove_sandbox, reset_sandbox
from tenants.actions.rename_practice import rename_practice
from tenants.actions.suspend_partner import suspend_partner
from tenants.erasure.due import is_due, is_to_be_told
from tenants.erasure.erase import to_be_erased
from tenants.models import PartnerGrant, PartnerToken, Practice, Standing
from tenants.partners.registered import one_partner
from tenants.partners.sandboxes import sandbox_of
from tests.partners import client_of, registered


@pytest.fixture
def program(two_ready, db):
    return registered()


@pytest.fixture
def sandbox(program, now):
    return open_sandbox(application_id=program.application.id, now=now)


def patients_of(program, place):
    answer = client_of(program.token(place.ref), at=place.ref).get("/api/v1/patients/?size=200")
    assert answer.status_code == 200, answer.content
    return answer.json()["data"]


def test_the_program_reads_and_writes_there_at_once_with_everything_it_asks_for(program, sandbox):
    rows = patients_of(program, sandbox)
    assert len(rows) == len(PEOPLE)
    assert all(
        point["value"].startswith("(503) 555-01") or point["value"].endswith("@example.com")
        for row in rows
        for point in row["contact_points"]
    )
    grant = PartnerGrant.objects.get(practice=sandbox)
    assert (grant.scopes, grant.given_by_name) == (program.application.scopes, "The network")
    assert sandbox_of(program.application.id).practice_id == sandbox.id


def test_it_has_visits_behind_and_ahead_and_writes_to_nobody(sandbox, now):
    with practice_scope(sandbox.ref):
        assert Visit.objects.filter(status="completed", day__lt=now.date()).count() == sum(
            days < 0 for one in PEOPLE for days in one.visits
        )
        assert Visit.objects.filter(status="booked", starts_at__gt=now).count() == sum(
            days >= 0 for one in PEOPLE for days in one.visits
        )
        assert not Message.objects.exists()
        assert Patient.objects.filter(no_contact=True).count() == 1


def test_every_screen_of_it_says_that_it_is_one(sandbox):
    assert sandbox.name == "Sandbox · Harbor Records"
    with pytest.raises(DomainError, match="A sandbox says what it is") as refused:
        rename_practice(practice=sandbox.ref, name="Harbor Skin")
    assert refused.value.field == "name"
    assert rename_practice(practice=sandbox.ref, name="Sandbox of Harbor").name == "Sandbox of Harbor"
    with pytest.raises(IntegrityError, match="practice_sandbox_says_so"), transaction.atomic():
        Practice.objects.filter(id=sandbox.id).update(name="Harbor Skin")


def test_nothing_of_it_is_counted_or_paid_for(program, sandbox, now):
    with pytest.raises(IntegrityError, match="practice_sandbox_contributes_nothing"), transaction.atomic():
        Practice.objects.filter(id=sandbox.id).update(aggregation_agreed_at=now)
    with pytest.raises(Conflict, match="A sandbox has no plan"):
        entitle(practice_id=sandbox.id, plan="group", limits={}, standing=Standing.OPEN)
    with pytest.raises(IntegrityError, match="practice_sandbox_pays_nothing"), transaction.atomic():
        Practice.objects.filter(id=sandbox.id).update(plan="group")
    assert not Practice.objects.get(id=sandbox.id).contributes
    with practice_scope(sandbox.ref):
        refresh(practice=sandbox.ref, now=now)
    assert not Contribution.objects.filter(practice_id=sandbox.id).exists()
    assert one_partner(program.application.id).practices == 0


def test_a_program_has_one(program, sandbox, now):
    with pytest.raises(Conflict, match="It has a sandbox already"):
        open_sandbox(application_id=program.application.id, now=now)
    with pytest.raises(IntegrityError, match="practice_one_sandbox_of_a_partner"), transaction.atomic():
        Practice.objects.filter(slug="aurora").update(
            sandbox_of=program.application, name="Sandbox", aggregation_agreed_at=None
        )
    with pytest.raises(NotFound):
        open_sandbox(application_id=sandbox.id, now=now)


def test_two_programs_whose_names_make_the_same_address(program, sandbox, now):
    other = registered("Harbor-Records")
    assert open_sandbox(application_id=other.application.id, now=now).slug == "sandbox-harbor-records-2"
    assert sandbox.slug == "sandbox-harbor-records"


def test_reset_it_is_new_at_the_same_address(program, sandbox, now):
    before = {row["id"] for row in patients_of(program, sandbox)}
    old = client_of(program.token(sandbox.ref), at=sandbox.ref)
    fresh = reset_sandbox(application_id=program.application.id, now=now)
    assert (fresh.slug, fresh.name) == (sandbox.slug, sandbox.name)
    assert fresh.id != sandbox.id
    assert old.get("/api/v1/patients/").status_code == 401
    rows = patients_of(program, fresh)
    assert len(rows) == len(PEOPLE)
    assert before.isdisjoint(row["id"] for row in rows)


def test_removed_its_tokens_end_and_the_night_destroys_it(program, sandbox, now):
    client = client_of(program.token(sandbox.ref), at=sandbox.ref)
    remove_sandbox(application_id=program.application.id, now=now)
    assert client.get("/api/v1/patients/").status_code in (401, 404)
    assert not PartnerToken.objects.filter(grant__practice=sandbox).exists()
    gone = Practice.objects.get(id=sandbox.id)
    assert (gone.status, gone.slug[:5]) == ("left", "gone-")
    assert is_due(gone, now=now)
    assert not is_to_be_told(gone, now=now)
    assert to_be_erased(now=now) == [gone.id]
    assert sandbox_of(program.application.id) is None
    with pytest.raises(Conflict, match="There is no sandbox any more"):
        remove_sandbox(application_id=program.application.id, now=now)
    with pytest.raises(Conflict, match="There is no sandbox any more"):
        reset_sandbox(application_id=program.application.id, now=now)


def test_a_member_that_left_is_still_kept_for_ninety_days(aurora, now):
    """The short way is a sandbox's alone."""
    Practice.objects.filter(id=aurora.id).update(status="left", left_on=now.date(), erasure_told_at=now)
    assert not is_due(Practice.objects.get(id=aurora.id), now=now + timedelta(days=5))
    assert to_be_erased(now=now + timedelta(days=5)) == []


def test_a_suspended_program_gets_none(program, now):
    suspend_partner(application_id=program.application.id, now=now)
    with pytest.raises(Conflict, match="Let it go on first"):
        open_sandbox(application_id=program.application.id, now=now)
    assert not Practice.objects.filter(sandbox_of=program.application).exists()


def test_the_trails_say_who_made_it(program, sandbox):
    entry = NetworkEntry.objects.get(verb="partner.sandbox_made")
    assert (entry.subject_id, entry.practice_id) == (program.application.id, sandbox.id)
    with practice_scope(sandbox.ref):
        assert Entry.objects.filter(verb="partner.let_in").count() == 1
