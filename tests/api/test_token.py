"""A token: for one practice that said yes, for no more than that, and for nobody who cannot prove who they are."""

from datetime import timedelta
from urllib.parse import urlencode

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from tenants.models import PartnerApplication, PartnerGrant, PartnerToken, Practice
from tenants.partners.jobs import sweep_tokens
from tests.partners import post_form, registered, resource_of


def refusal(answer):
    return answer.status_code, answer.json()["error"]


def test_a_program_gets_a_token_for_fifteen_minutes(program, grant, aurora):
    answer = program.ask_token(resource_of(aurora), "patients:read")
    body = answer.json()
    assert answer.status_code == 200
    assert (body["token_type"], body["expires_in"], body["scope"]) == ("Bearer", 900, "patients:read")
    assert answer["Cache-Control"] == "no-store"
    row = PartnerToken.objects.get()
    assert (row.grant, row.scopes) == (grant, ["patients:read"])
    assert row.expires_at - row.issued_at == timedelta(minutes=15)


def test_of_a_token_only_a_digest_is_kept(program, grant, aurora):
    token = program.token(aurora)
    assert token not in str(PartnerToken.objects.values())
    assert program.secret not in str(PartnerApplication.objects.values())


def test_the_practices_trail_says_who_got_one(program, grant, aurora):
    program.token(aurora, ["practice:read"])
    with practice_scope(aurora):
        entry = Entry.objects.get(verb="partner.signed_in")
    assert (entry.asker_kind, entry.asker_id) == ("partner", program.application.id)
    assert entry.detail == {"scopes": ["practice:read"]}


def test_a_form_that_was_typed_with_spaces_and_colons_is_read_all_the_same(program, grant, aurora):
    form = f"grant_type=client_credentials&resource={resource_of(aurora)}&scope=practice:read patients:read"
    named = {"client_id": program.application.client_id, "client_secret": program.secret}
    answer = Client(SERVER_NAME=settings.NETWORK_HOST).post(
        "/api/token/", f"{form}&{urlencode(named)}", content_type="application/x-www-form-urlencoded"
    )
    assert answer.json()["scope"] == "practice:read patients:read"


def test_its_id_and_secret_may_stand_in_the_form(program, grant, aurora):
    form = {
        "grant_type": "client_credentials",
        "client_id": program.application.client_id,
        "client_secret": program.secret,
        "resource": resource_of(aurora),
        "scope": "patients:read",
    }
    assert post_form(form, headers={}).status_code == 200


@pytest.mark.parametrize(
    "resource",
    [
        "",
        "https://nowhere.example.com/api/v1/",
        "http://aurora.perennial.localhost.example.com:8000/api/v1/",
        "http://aurora.perennial.localhost:8000",
        "http://aurora.perennial.localhost:8000/api/v1",
        "http://AURORA.perennial.localhost:8000/api/v1/",
        "https://aurora.perennial.localhost:8000/api/v1/",
        "http://aurora.perennial.localhost:8001/api/v1/",
        "http://aurora.perennial.localhost:8000/api/v1/?x=1",
        "http://borealis@aurora.perennial.localhost:8000/api/v1/",
        "http://aurоra.perennial.localhost:8000/api/v1/",
        "http://nobody.perennial.localhost:8000/api/v1/",
        "aurora",
    ],
)
def test_a_resource_that_only_looks_like_the_practice_is_none(program, grant, resource):
    assert refusal(program.ask_token(resource, "patients:read")) == (400, "invalid_target")
    assert not PartnerToken.objects.exists()


def test_two_resources_are_one_too_many(program, grant, aurora, borealis):
    program.let_in(borealis, by="Bella")
    both = [resource_of(aurora), resource_of(borealis)]
    assert refusal(program.ask_token(both, "patients:read")) == (400, "invalid_target")


def test_a_practice_that_did_not_say_yes_is_none(program, grant, borealis):
    assert refusal(program.ask_token(resource_of(borealis), "patients:read")) == (400, "invalid_target")


@pytest.mark.parametrize("scope", ["", "everything", "patients:read everything", "patients:erase", "*"])
def test_a_scope_that_is_missing_or_unknown_gets_nothing(program, grant, aurora, scope):
    assert refusal(program.ask_token(resource_of(aurora), scope)) == (400, "invalid_scope")
    assert not PartnerToken.objects.exists()


def test_a_scope_that_the_owner_did_not_grant_gets_nothing(program, aurora):
    program.let_in(aurora, ["practice:read"])
    assert refusal(program.ask_token(resource_of(aurora), "patients:read")) == (400, "invalid_scope")


def test_a_scope_that_the_network_took_away_gets_nothing(program, grant, aurora):
    PartnerApplication.objects.update(scopes=["practice:read"])
    assert refusal(program.ask_token(resource_of(aurora), "patients:read")) == (400, "invalid_scope")


def test_a_wrong_secret_gets_nothing(program, grant, aurora):
    program.secret += "x"
    answer = program.ask_token(resource_of(aurora), "patients:read")
    assert refusal(answer) == (401, "invalid_client")
    assert answer["WWW-Authenticate"].startswith("Basic")


def test_an_empty_secret_gets_nothing(program, grant, aurora):
    PartnerApplication.objects.update(old_secret_digest="x", old_secret_until=timezone.now() + timedelta(hours=1))
    program.secret = ""
    assert refusal(program.ask_token(resource_of(aurora), "patients:read")) == (401, "invalid_client")


def test_another_programs_secret_gets_nothing(program, grant, aurora):
    program.secret = registered("Tide Booking").secret
    assert refusal(program.ask_token(resource_of(aurora), "patients:read")) == (401, "invalid_client")


def test_a_secret_in_the_header_and_in_the_form_gets_nothing(program, grant, aurora):
    answer = program.ask_token(resource_of(aurora), "patients:read", form={"client_id": program.application.client_id})
    assert refusal(answer) == (401, "invalid_client")


def test_a_suspended_program_gets_nothing(program, grant, aurora):
    PartnerApplication.objects.update(suspended_at=timezone.now())
    assert refusal(program.ask_token(resource_of(aurora), "patients:read")) == (401, "invalid_client")


def test_after_the_practice_ended_it_there_is_nothing(program, grant, aurora):
    PartnerGrant.objects.update(ended_at=timezone.now())
    assert refusal(program.ask_token(resource_of(aurora), "patients:read")) == (400, "invalid_target")


@pytest.mark.parametrize(
    "state", [{"status": "suspended"}, {"business_associate_agreed_at": None, "aggregation_agreed_at": None}]
)
def test_a_practice_that_may_hold_no_patients_gives_nothing(program, grant, aurora, state):
    Practice.objects.filter(id=aurora.id).update(**state)
    assert refusal(program.ask_token(resource_of(aurora), "patients:read")) == (400, "invalid_target")


@pytest.mark.parametrize("kind", ["password", "authorization_code", "refresh_token", ""])
def test_no_other_way_to_a_token_is_offered(program, grant, aurora, kind):
    answer = program.ask_token(resource_of(aurora), "patients:read", form={"grant_type": kind})
    assert answer.status_code in (400, 401)
    assert not PartnerToken.objects.exists()


def test_nothing_is_read_from_the_address(program, grant, aurora):
    """An address is written into logs on its way."""
    answer = program.ask_token(resource_of(aurora), "", query="?scope=patients:read")
    assert refusal(answer) == (400, "invalid_request")


def test_what_is_no_form_is_refused_in_words(program):
    client = Client(SERVER_NAME=settings.NETWORK_HOST)
    for answer in (client.get("/api/token/"), client.post("/api/token/", b"{}", content_type="application/json")):
        assert refusal(answer) == (400, "invalid_request")
    answer = client.post("/api/token/", b"grant_type=\xff", content_type="application/x-www-form-urlencoded")
    assert refusal(answer) == (400, "invalid_request")


def test_tokens_that_are_over_are_swept_away(program, grant, aurora):
    program.token(aurora)
    program.token(aurora)
    first = PartnerToken.objects.order_by("issued_at").first()
    first.issued_at, first.expires_at = first.issued_at - timedelta(hours=1), first.expires_at - timedelta(hours=1)
    first.save()
    assert sweep_tokens() == 1
    assert PartnerToken.objects.get().digest != first.digest


def test_who_guesses_is_slowed_down(program, settings):
    settings.API_TOKENS_A_MINUTE = 2
    program.secret = "guess"
    answers = [program.ask_token("x", "y") for _ in range(4)]
    # The minute may turn between them.
    assert 429 in [answer.status_code for answer in answers]
    assert int(answers[-1]["Retry-After"]) <= 60
