"""A program that Aurora let in with everything, its token, and a patient to read."""

import pytest
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.patients.enrol import enrol
from tests.partners import client_of, registered
from tests.places import owner_of
from tests.tenants import partners


@pytest.fixture
def program(db):
    return registered()


@pytest.fixture
def grant(program, aurora):
    return program.let_in(aurora)


@pytest.fixture
def token(program, grant, aurora):
    return program.token(aurora)


@pytest.fixture
def api(token, aurora):
    """A client with a token for everything at Aurora."""
    return client_of(token, at=aurora)


@pytest.fixture
def patient(aurora, now):
    with practice_scope(aurora):
        return enrol(given_name="Beatrice", family_name="Lindgren", now=now)


@pytest.fixture
def let_in_at(committed):
    """let_in_at(place): a client of a program that a practice of the test's own let in with everything."""
    owners = []

    def one(place):
        program, owner = registered(), owner_of(place)
        owners.append((program, owner))
        with_everything = program.application.scopes
        partners.let_in(program.application, place, owner, scopes=with_everything, now=timezone.now())
        return client_of(program.token(place), at=place)

    yield one
    for program, owner in owners:
        program.application.grants.all().delete()
        program.application.delete()
        owner.delete()
