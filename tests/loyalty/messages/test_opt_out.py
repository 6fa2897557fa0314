"""The link at the foot of an email."""

from dataclasses import replace

import pytest

from core.errors import NotFound
from core.ids import uuid7
from loyalty.messages.opt_out import is_out, opt_out
from loyalty.messages.opt_out_link import link_id_of, path_for
from loyalty.messages.purposes import PURPOSES
from loyalty.models import Consent, OptOutLink, Suppression
from tests.loyalty.messages.conftest import EMAIL


@pytest.fixture
def link(in_aurora) -> str:
    """The token of Marguerite's link."""
    return path_for(in_aurora, kind="email", address=EMAIL).split("/")[2]


def test_it_stops_all_email_at_once(patient, agree, write, send, emails, link, in_aurora, now):
    agree(patient, channel="email", purpose="marketing")
    waiting = [write(patient, channel="email"), write(patient, channel="email", kind="news")]
    link_id = link_id_of(link, in_aurora)
    assert not is_out(link_id=link_id)
    opt_out(link_id=link_id, now=now)
    assert is_out(link_id=link_id)
    assert [send(message).state for message in waiting] == ["cancelled", "cancelled"]
    assert emails == []
    assert Suppression.objects.get().reason == "unsubscribed"
    assert Consent.objects.filter(patient=patient, channel="email", granted=False).count() == len(PURPOSES)
    assert write(patient).state == "queued"  # a text


def test_twice_is_as_once(patient, link, in_aurora, now):
    for _ in range(2):
        opt_out(link_id=link_id_of(link, in_aurora), now=now)
    assert Suppression.objects.count() == 1
    assert Consent.objects.filter(granted=False).count() == len(PURPOSES)


def test_it_works_when_the_patient_is_gone(link, in_aurora, now):
    opt_out(link_id=link_id_of(link, in_aurora), now=now)
    assert Suppression.objects.get().veiled == "m…@example.com"


def test_one_address_has_one_link_and_it_tells_nothing(link, in_aurora):
    assert path_for(in_aurora, kind="email", address=EMAIL) == f"/stop/{link}/"
    assert OptOutLink.objects.count() == 1
    assert "example" not in link


def test_a_link_of_another_practice_a_changed_and_an_unknown_one_are_none(link, in_aurora, now):
    assert link_id_of(link, replace(in_aurora, id=uuid7())) is None
    assert link_id_of("f" + link[1:], in_aurora) is None
    assert link_id_of("unknown", in_aurora) is None
    with pytest.raises(NotFound):
        opt_out(link_id=uuid7(), now=now)
