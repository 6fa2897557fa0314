"""The network's public page, and the application that comes of it."""

import pytest
from django.conf import settings
from django.core import mail
from django.test import Client

from core.models import NetworkEntry
from tenants.limits import MOST_APPLICATIONS
from tenants.models import Application
from tests.tenants.invitations import mails_go_out

TOLD = {
    "practice_name": "Cirrus Skin",
    "contact_name": "Dana Deal",
    "email": "Dana@Example.com",
    "phone": "(303) 555-0142",
    "city": "Denver",
    "state": "CO",
    "time_zone": "America/Denver",
    "practice_type": "medspa",
    "size_band": "small",
    "hopes": "To be remembered.",
}


@pytest.fixture
def visitor(db):
    return Client(SERVER_NAME=settings.NETWORK_HOST)


@pytest.fixture
def apply(visitor):
    def send(**other):
        with mails_go_out():
            return visitor.post("/join/", TOLD | other)

    return send


@pytest.mark.parametrize("path", ["/", "/join/"])
def test_everybody_reads_what_the_network_is(visitor, words, path):
    page = words(visitor.get(path))
    for said in (
        "Joining costs nothing",
        "At most 3% of your purchases",
        "Five steps, done by people",
        "What is asked of you",
        "Nobody sees your patients, or your numbers",
    ):
        assert said in page


def test_members_and_the_networks_people_are_led_on_from_the_start(sign_in):
    assert sign_in("Nora", at="").get("/").headers["Location"] == "/benchmarks/"
    assert sign_in("Olivia", at="").get("/").headers["Location"] == "/account/practices/"


def test_an_application_is_kept(apply):
    answer = apply()
    assert (answer.status_code, answer.headers["Location"]) == (303, "/join/thanks/")
    kept = Application.objects.get()
    assert {name: getattr(kept, name) for name in TOLD} == TOLD | {"email": "dana@example.com"}
    assert kept.status == "new"


def test_its_writer_and_the_networks_admins_get_a_mail(apply):
    apply()
    assert [message.to for message in mail.outbox] == [["dana@example.com"], ["nora@example.com"]]
    assert f"/applications/{Application.objects.get().id}/" in mail.outbox[1].body


def test_it_is_in_the_networks_trail(apply):
    apply()
    entry = NetworkEntry.objects.get(verb="application.received")
    assert (entry.subject_id, entry.asker_kind, entry.asker_id) == (Application.objects.get().id, "person", None)
    assert entry.address == "127.0.0.1"


def test_a_second_one_is_answered_alike_and_changes_nothing(apply):
    first, second = apply(), apply(contact_name="Somebody else", email="DANA@example.com")
    assert (first.status_code, first.headers["Location"]) == (second.status_code, second.headers["Location"])
    assert Application.objects.get().contact_name == "Dana Deal"
    assert len(mail.outbox) == 2


def test_somebody_with_an_account_is_answered_alike(apply):
    assert apply(email="olivia@example.com").headers["Location"] == "/join/thanks/"


def test_what_programs_fill_in_is_thrown_away(apply):
    answer = apply(website="https://example.com")
    assert answer.headers["Location"] == "/join/thanks/"
    assert not Application.objects.exists()
    assert mail.outbox == []


def test_after_some_tries_an_address_has_to_wait(apply):
    answers = [apply(email=f"dana{number}@example.com").status_code for number in range(MOST_APPLICATIONS + 1)]
    assert answers == [303] * MOST_APPLICATIONS + [429]
    assert Application.objects.count() == MOST_APPLICATIONS


def test_what_is_missing_is_said_beside_its_field(apply, words):
    answer = apply(email="dana@", state="")
    assert answer.status_code == 422
    assert "The application is not sent yet" in words(answer)
    assert set(answer.context["form"].errors) == {"email", "state"}
    assert not Application.objects.exists()
