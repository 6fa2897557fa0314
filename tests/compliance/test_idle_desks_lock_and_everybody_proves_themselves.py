"""Idle logout, and a second factor for anyone who can see patients or money: until then no page shows a patient."""

from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.test import Client

from tests.permissions.records import path_of
from tests.permissions.walk import ALL
from tests.places import client_of

NAME = b"Lindgren"
PAGES = [one for one in ALL if one.host == "practice"]
PEOPLE = ["Olivia", "Martin", "Priya", "Frank"]


@pytest.fixture(autouse=True)
def clock(now):
    with time_machine.travel(now, tick=False) as clock:
        yield clock


def pages_with_a_patient(client: Client, ids) -> set[str]:
    client.raise_request_exception = False
    found = set()
    for page in PAGES:
        answer = client.get(path_of(page, ids))
        body = b"".join(answer.streaming_content) if answer.streaming else answer.content
        if NAME in body:
            found.add(page.name)
    return found


@pytest.mark.parametrize("who", PEOPLE)
def test_at_an_idle_desk_no_page_shows_a_patient(sign_in, ids, clock, who):
    client = sign_in(who, at="aurora")
    clock.shift(timedelta(minutes=10))
    assert pages_with_a_patient(client, ids) == set()


@pytest.mark.parametrize("who", PEOPLE)
def test_without_a_second_factor_no_page_shows_a_patient(person, ids, who):
    Authenticator.objects.filter(user=person(who)).delete()
    assert pages_with_a_patient(client_of(person(who), at="aurora", second_factor=False), ids) == set()


def test_at_a_desk_in_use_they_do(sign_in, ids):
    """The other way round, or the tests above would prove nothing."""
    assert {"patients", "patient"} <= pages_with_a_patient(sign_in("Frank", at="aurora"), ids)
