"""The owner says where a program is told of changes, sees whether it arrives, and has it told again."""

import re

import pytest
from django.utils import timezone

from core.tenancy.scope import practice_scope
from tenants.actions.grant_partner import change_grant
from tenants.webhooks.models import WebhookDelivery, WebhookEndpoint
from tenants.webhooks.serve import serve
from tenants.webhooks.switch_off import switch_off
from tests.receiver import listening
from tests.tenants.invitations import principal
from tests.tenants.partners import HOUSE, let_in, registered

SOFTWARE = "/settings/software/"


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_LOOPBACK = True
    with listening() as one:
        yield one


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def grant(aurora, person):
    return let_in(registered()[0], aurora, person("Olivia"))


@pytest.fixture
def page(grant):
    return f"{SOFTWARE}grants/{grant.id}/told/"


@pytest.fixture
def endpoint(aurora, olivia, page, receiver):
    answer = olivia.post(f"{page}new/", {"url": receiver.url, "kinds": ["patient.changed", "location.changed"]})
    assert answer.status_code == 200
    with practice_scope(aurora):
        return WebhookEndpoint.objects.get()


def post(client, path: str, said: str, words) -> str:
    answer = client.post(path)
    assert answer.status_code == 303, words(answer)
    page = words(client.get(answer.url))
    assert said in page
    return page


def work(aurora, endpoint) -> int:
    with practice_scope(aurora):
        return serve(endpoint_id=endpoint.id, clock=timezone.now)


def test_without_an_address_the_page_says_what_it_would_be_for(olivia, page, words):
    assert "It is not told: it has to ask" in words(olivia.get(page))
    assert "Tell it when something changes" in words(olivia.get(SOFTWARE))


def test_a_secret_is_shown_once_and_never_again(olivia, page, words, receiver):
    answer = olivia.post(f"{page}new/", {"url": receiver.url, "kinds": ["patient.changed"]})
    secret = re.search(r"whsec_[A-Za-z0-9+/=]+", answer.content.decode())[0]
    assert answer.headers["Cache-Control"] == "no-store"
    assert "Shown this once." in words(answer)
    with_address = olivia.get(page)
    assert secret not in with_address.content.decode()
    assert "Nothing sent yet" in words(with_address)


@pytest.mark.parametrize(
    ("given", "said"),
    [
        ({"url": "http://hooks.example.com"}, "The address must begin with https://."),
        ({"url": "https://10.0.0.1/"}, "Use a full name like hooks.example.com"),
        ({"kinds": []}, "Choose at least one thing that it is told."),
    ],
)
def test_what_cannot_be_comes_back_with_what_was_typed(aurora, olivia, page, words, given, said):
    answer = olivia.post(f"{page}new/", {"url": "https://hooks.example.com/a", "kinds": ["patient.changed"], **given})
    assert answer.status_code == 422
    assert said in words(answer)
    assert given.get("url", "https://hooks.example.com/a") in answer.content.decode()
    with practice_scope(aurora):
        assert not WebhookEndpoint.objects.exists()


def test_a_test_arrives_and_is_seen_to(aurora, olivia, page, endpoint, words, receiver):
    shown = post(olivia, f"{SOFTWARE}told/{endpoint.id}/test/", "A test is on its way.", words)
    assert "On its way" in shown
    assert 'hx-trigger="every 2s"' in olivia.get(page).content.decode()
    assert work(aurora, endpoint) == 1
    shown = words(olivia.get(page))
    assert "Everything arrives." in shown
    assert "Arrived" in shown
    assert "hx-trigger" not in olivia.get(page).content.decode().split('id="lately"')[1]


def test_what_did_not_arrive_says_why_and_is_sent_again(aurora, olivia, page, endpoint, words, receiver):
    receiver.answers = [500]
    post(olivia, f"{SOFTWARE}told/{endpoint.id}/test/", "A test is on its way.", words)
    work(aurora, endpoint)
    shown = words(olivia.get(f"{page}?show=missed"))
    assert "Did not arrive" in shown
    assert "It answered 500, which means no." in shown
    with practice_scope(aurora):
        delivery = WebhookDelivery.objects.get()
    post(olivia, f"{SOFTWARE}told/again/{delivery.id}/", "It is on its way once more.", words)
    work(aurora, endpoint)
    assert "Nothing is missing" in words(olivia.get(f"{page}?show=missed"))
    assert receiver.ids[0] == receiver.ids[1]


def test_one_that_was_switched_off_says_so_here_and_among_the_software(aurora, olivia, page, endpoint, words, now):
    with practice_scope(aurora):
        switch_off(endpoint_id=endpoint.id, now=now)
    assert "Switched off by hand." in words(olivia.get(page))
    assert "Switched off" in words(olivia.get(SOFTWARE))
    refused = olivia.post(f"{SOFTWARE}told/{endpoint.id}/test/")
    assert refused.status_code == 409
    assert "Switch it on first." in words(refused)
    post(olivia, f"{SOFTWARE}told/{endpoint.id}/on/", "It is on.", words)


def test_what_a_narrower_grant_no_longer_covers_is_said(aurora, olivia, page, grant, endpoint, person, words):
    by = principal(person("Olivia"), aurora)
    change_grant(practice=aurora, grant_id=grant.id, scopes=[HOUSE], by=by)
    shown = words(olivia.get(page))
    assert "Not any more, because it may not read that here" in shown
    form = olivia.get(f"{SOFTWARE}told/{endpoint.id}/").content.decode()
    assert 'value="location.changed"' in form
    assert 'value="patient.changed"' not in form


def test_a_change_a_new_secret_and_a_removal(aurora, olivia, page, endpoint, words):
    here = f"{SOFTWARE}told/{endpoint.id}/"
    assert olivia.post(here, {"url": "https://hooks.example.com/b", "kinds": ["location.changed"]}).status_code == 303
    renewed = olivia.post(f"{here}secret/", {"why": "planned"})
    assert "whsec_" in renewed.content.decode()
    assert "The one before still counts until" in words(olivia.get(here))
    post(olivia, f"{here}removal/", "The address is removed.", words)
    assert olivia.get(here).status_code == 404


def test_nobody_of_another_practice_finds_it(sign_in, page, endpoint):
    bella = sign_in("Bella", at="borealis")
    for path in (page, f"{SOFTWARE}told/{endpoint.id}/"):
        assert bella.get(path).status_code == 404
