"""The do-not-contact list."""

import pytest
from django.urls import reverse

from loyalty.messages.receive import receive
from loyalty.models import Suppression
from tests.frontend.portal.messaging import somebody


def path(name, *args) -> str:
    return reverse(f"portal:{name}", urlconf="infra.urls_practice", args=args)


@pytest.fixture
def owner(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def stopped(inside, now):
    with inside():
        somebody(now)
        receive(
            provider_id="SM1",
            sender="+15035550148",
            recipient="+15035550100",
            body="STOP",
            answered=False,
            now=now,
        )
        return Suppression.objects.get()


def test_the_front_desk_adds_and_does_not_take_off(sign_in, inside, words):
    desk = sign_in("Frank", at="aurora")
    given = {"kind": "phone", "given": "(503) 555-0148", "note": "on the phone"}
    assert desk.post(path("do-not-contact-new"), given).headers["Location"].endswith("?said=suppressed")
    page = words(desk.get(path("do-not-contact")))
    assert "Phone ends in 48" in page
    assert "Asked us to stop on the phone" in page
    assert b"/lift/" not in desk.get(path("do-not-contact")).content
    with inside():
        listed = Suppression.objects.get()
    assert desk.post(path("do-not-contact-lift", listed.id), {"because": "x"}).status_code == 404
    with inside():
        assert Suppression.objects.get().lifted_at is None


def test_what_is_no_address_is_said(owner, words):
    page = owner.post(path("do-not-contact-new"), {"kind": "phone", "given": "911"})
    assert page.status_code == 422
    assert "Give a whole phone number" in words(page)


def test_the_owner_takes_off_what_we_wrote_down_for_a_reason(owner, words):
    owner.post(path("do-not-contact-new"), {"kind": "email", "given": "ana@example.com"})
    page = owner.get(path("do-not-contact")).content.decode()
    lift = page.split('href="/messages/do-not-contact/')[-1].split('"')[0]
    address = "/messages/do-not-contact/" + lift
    assert owner.post(address, {"because": ""}).status_code == 422
    assert owner.post(address, {"because": "It was a typing error"}).status_code == 303
    assert "It was a typing error" in words(owner.get(path("do-not-contact"), {"lifted": "1"}))
    assert "a…@example.com" not in words(owner.get(path("do-not-contact")))


def test_a_stop_stays_until_they_agree_again(owner, stopped, inside, words):
    page = owner.get(path("do-not-contact-lift", stopped.id))
    assert "So first write down on their page that they agreed again. Marguerite Ellison" in words(page)
    refused = owner.post(path("do-not-contact-lift", stopped.id), {"because": "We would like to"})
    assert refused.status_code == 422
    assert "They asked to be left alone." in words(refused)
    with inside():
        assert Suppression.objects.get().lifted_at is None
