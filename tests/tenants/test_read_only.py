"""A practice that owes beyond all grace is read-only: nothing is changed, everything can be read, exported and left."""

import pytest
from django.db import connections
from django.urls import reverse
from django.utils import timezone

from billing.plans import PLANS, PlanKey
from core.tenancy.scope import practice_scope
from infra import urls_practice
from loyalty.models import Patient
from tenants.actions.entitle import entitle
from tenants.models import Practice, Standing
from tenants.permissions import ALLOWED, WHEN_READ_ONLY, Verb
from tests import places
from tests.api.sending import post, problem
from tests.partners import client_of, registered
from tests.places import owner_of

NEW = {"given_name": "Beatrice", "family_name": "Lindgren"}


@pytest.fixture
def read_only(aurora):
    limits = PLANS[PlanKey.PRACTICE].limits
    entitle(practice_id=aurora.id, plan="practice", limits=limits, standing=Standing.READ_ONLY)


@pytest.fixture
def olivia(sign_in, aurora):
    return sign_in("Olivia", at="aurora")


def url(name, *args):
    return reverse(f"portal:{name}", urls_practice, args=args)


def patients(aurora):
    with practice_scope(aurora):
        return Patient.objects.count()


def test_nothing_is_written_and_the_page_says_what_to_do(olivia, aurora, read_only):
    answer = olivia.post(url("patient-new"), NEW)
    assert answer.status_code == 403
    assert "read-only until its open invoice is paid" in answer.content.decode()
    assert url("billing") in answer.content.decode()
    assert patients(aurora) == 0


def test_without_it_the_same_is_written(olivia, aurora):
    assert olivia.post(url("patient-new"), NEW).status_code in (302, 303)
    assert patients(aurora) == 1


def test_whoever_may_not_pay_is_told_who_may(sign_in, read_only, aurora):
    answer = sign_in("Frank", at="aurora").post(url("patient-new"), NEW)
    assert answer.status_code == 403
    assert url("billing") not in answer.content.decode()


def test_everything_is_read(olivia, read_only):
    for name in ("today", "patients", "feedback", "settings", "export"):
        assert olivia.get(url(name)).status_code == 200


def test_the_export_is_never_blocked(open_place):
    place = open_place()
    owner = owner_of(place)
    entitle(practice_id=place.id, plan="practice", limits={}, standing=Standing.READ_ONLY)
    exported = places.client_of(owner, at=place.slug).post(url("export"))
    assert (exported.status_code, b"".join(exported.streaming_content)[:2]) == (200, b"PK")
    connections.close_all()
    owner.delete()


def test_leaving_is_never_blocked(olivia, aurora, read_only):
    form = olivia.get(url("leaving")).context["form"]
    answer = olivia.post(url("leaving"), {"reason": form.fields["reason"].choices[1][0], "note": ""})
    assert answer.status_code == 303
    assert Practice.objects.get(id=aurora.id).leave_asked_at is not None
    assert {Verb.PRACTICE_EXPORT, Verb.PRACTICE_LEAVE, Verb.RECORD_EXPORT, Verb.CONSENTS_CHANGE} <= WHEN_READ_ONLY


def test_programs_read_on_and_write_nothing(aurora):
    program = registered()
    program.let_in(aurora)
    api = client_of(program.token(aurora), at=aurora)
    entitle(practice_id=aurora.id, plan="practice", limits={}, standing=Standing.READ_ONLY)
    assert api.get("/api/v1/patients/").status_code == 200
    assert problem(post(api, "/api/v1/patients/", NEW)) == (403, "practice_read_only")
    assert patients(aurora) == 0
    entitle(practice_id=aurora.id, plan="practice", limits={}, standing=Standing.OPEN)
    assert post(api, "/api/v1/patients/", NEW).status_code == 201


def test_what_stays_open_is_of_people_who_exist():
    assert all(ALLOWED[verb] for verb in WHEN_READ_ONLY)


def test_a_practice_that_is_past_due_works_on(olivia, aurora):
    entitle(practice_id=aurora.id, plan="practice", limits={}, standing=Standing.PAST_DUE, until=timezone.now())
    assert olivia.post(url("patient-new"), NEW).status_code in (302, 303)
    assert Practice.objects.get(id=aurora.id).standing == "past_due"
