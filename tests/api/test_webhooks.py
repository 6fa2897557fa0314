"""A program says where it is told, sees what was told, and has it told again."""

import re
from datetime import timedelta
from html import unescape

import pytest
from django.apps import apps
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.exchange.answers import KEPT_FOR
from tenants.webhooks.models import WebhookEndpoint
from tenants.webhooks.post import ALTOGETHER
from tenants.webhooks.serve import serve
from tenants.webhooks.waiting import TRIED_FOR
from tests.api.sending import patch, post, problem
from tests.partners import client_of, registered
from tests.receiver import listening

HERE = "/api/v1/webhook-endpoints/"


@pytest.fixture
def receiver(settings):
    settings.WEBHOOK_LOOPBACK = True
    with listening() as one:
        yield one


@pytest.fixture
def made(api, receiver):
    answer = post(api, HERE, {"url": receiver.url, "event_types": ["patient.changed"]})
    assert answer.status_code == 201, answer.content
    return answer.json()


@pytest.fixture
def here(made):
    return f"{HERE}{made['id']}/"


def work(aurora, made) -> int:
    with practice_scope(aurora):
        return serve(endpoint_id=made["id"], clock=timezone.now)


def test_the_secret_is_in_the_first_answer_and_in_no_other(api, receiver, here_is_kept):
    body = {"url": receiver.url, "event_types": ["patient.changed"]}
    first = post(api, HERE, body, key="once")
    again = post(api, HERE, body, key="once")
    secret = first.json()["secret"]
    assert secret.startswith("whsec_")
    assert (again["Idempotency-Replayed"], again.json()["secret"]) == ("true", None)
    assert secret not in api.get(f"{HERE}{first.json()['id']}/").content.decode()
    assert secret not in here_is_kept()


@pytest.fixture
def here_is_kept(aurora):
    """Everything that the practice's schema keeps of answers."""

    def said() -> str:
        with practice_scope(aurora):
            models = [one for one in apps.get_models() if one._meta.app_label in ("loyalty", "webhooks", "audit")]
            return str([list(one.objects.values()) for one in models if "answer" in one.__name__.lower()])

    return said


def test_the_page_of_the_api_says_what_a_delivery_holds_and_how_long_it_is_tried(api, aurora, made, here, receiver):
    page = " ".join(unescape(re.sub(r"<[^>]+>", "", api.get("/api/v1/docs/").content.decode())).split())
    post(api, f"{here}test/")
    work(aurora, made)
    (told,) = receiver.told(made["secret"])
    headers = [name for name in receiver.heard[0][0] if name.startswith("webhook-")]
    for named in [*headers, *told, *told["data"]]:
        assert named in page.split("Webhooks A POST")[1].split("FHIR")[0], named
    assert f"Answer 2xx within {int(ALTOGETHER)} seconds" in page
    assert f"for {TRIED_FOR // timedelta(hours=1)} hours" in page
    assert f"within {KEPT_FOR // timedelta(hours=1)} hours, it is answered as it was" in page


def test_it_is_tested_seen_and_told_again(api, aurora, made, here, receiver):
    sent = post(api, f"{here}test/")
    assert sent.json()["state"] == "waiting"
    assert work(aurora, made) == 1
    (told,) = receiver.told(made["secret"])
    assert told["type"] == "webhook.test"
    (row,) = api.get(f"{here}deliveries/").json()["data"]
    assert (row["state"], row["status"], row["webhook_id"]) == ("delivered", 204, receiver.ids[0])
    assert "record" not in str(row)
    assert post(api, f"/api/v1/webhook-deliveries/{row['id']}/replay/").json()["state"] == "waiting"
    assert work(aurora, made) == 1
    assert receiver.ids[0] == receiver.ids[1]


def test_a_change_needs_the_version_that_was_seen_which_a_delivery_does_not_change(api, aurora, made, here):
    etag = api.get(here)["ETag"]
    assert problem(patch(api, here, {"is_on": False}, etag=None)) == (428, "precondition_required")
    post(api, f"{here}test/")
    work(aurora, made)
    assert patch(api, here, {"is_on": False}, etag=etag).json()["switched_off"] == "by_hand"
    assert problem(patch(api, here, {"is_on": True}, etag=etag)) == (412, "precondition_failed")
    assert problem(post(api, f"{here}test/")) == (409, "endpoint_off")
    assert patch(api, here, {"is_on": True}).json()["is_on"]
    assert patch(api, here, {"is_on": True}).status_code == 200


def test_a_new_secret_and_a_removal(api, aurora, made, here):
    answer = post(api, f"{here}secret/", {"seen_by_others": False}).json()
    assert answer["secret"] != made["secret"]
    assert answer["old_signs_until"]
    assert api.delete(here).status_code == 204
    with practice_scope(aurora):
        assert not WebhookEndpoint.objects.exists()


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"url": "http://hooks.example.com/", "event_types": ["patient.changed"]}, "url_not_https"),
        ({"url": "https://10.0.0.1/", "event_types": ["patient.changed"]}, "url_host"),
        ({"url": "https://hooks.example.com/", "event_types": []}, "kinds_empty"),
        ({"url": "https://hooks.example.com/", "event_types": ["patient.dreamed"]}, "kind_not_offered"),
        ({"event_types": ["patient.changed"]}, "invalid_body"),
    ],
)
def test_what_cannot_be_is_said(api, body, code):
    assert problem(post(api, HERE, body)) == (422, code)


def test_another_programs_address_is_not_there(made, here, aurora):
    other = registered(name="Other")
    other.let_in(aurora)
    client = client_of(other.token(aurora), at=aurora)
    assert client.get(HERE).json()["data"] == []
    for answer in (
        client.get(here),
        client.get(f"{here}deliveries/"),
        client.delete(here),
        post(client, f"{here}test/"),
    ):
        assert answer.status_code == 404


def test_what_it_can_be_told_says_which_scope_it_needs(program, grant, aurora):
    client = client_of(program.token(aurora, ["practice:read"]), at=aurora)
    rows = {one["name"]: one for one in client.get("/api/v1/webhook-event-types/").json()["data"]}
    assert (rows["patient.changed"]["scope"], rows["patient.changed"]["offered"]) == ("patients:read", False)
    assert rows["location.changed"]["offered"]
