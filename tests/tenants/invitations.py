"""Invitations of the tests: how they are made, and the token that only the mail holds."""

import re
from contextlib import contextmanager

from django.core import mail
from django.test.testcases import TestCase

from tenants.actions.invite import invite
from tenants.models import Practice
from tenants.principal import Principal, at_network, at_practice

KIM = "kim@example.com"


def principal(person, practice=None) -> Principal:
    return at_practice(person=person, practice=practice) if practice else at_network(person=person)


@contextmanager
def mails_go_out():
    """Runs what waits for the commit, which a test's transaction never reaches."""
    with TestCase.captureOnCommitCallbacks(execute=True):
        yield


def token_in(message) -> str:
    return re.search(r"/account/invitation/([\w-]+)/", message.body)[1]


def invited(*, place, by=None, now, email=KIM, name="Kim Kent", role="front_desk"):
    """(invitation, token) of somebody invited to `place` (None: the network)."""
    practice = Practice.objects.get(id=place.id) if place else None
    with mails_go_out():
        invitation = invite(email=email, name=name, role=role, practice=practice, by=by, now=now)
    return invitation, token_in(mail.outbox[-1])
