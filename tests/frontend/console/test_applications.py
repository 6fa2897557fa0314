"""The network's admin answers an application: with a practice, or with a kind no."""

import pytest
from django.core import mail
from django.db import IntegrityError, connections, transaction

from core.models import NetworkEntry, PracticeSchema
from core.tenancy import standby
from tenants.actions import open_practice as action
from tenants.models import Application, Invitation, Practice
from tests.places import drop_schema
from tests.tenants.applications import applied
from tests.tenants.invitations import mails_go_out


@pytest.fixture
def ready(django_db_setup, django_db_blocker):
    """A schema stands ready, as a worker keeps them: made before the test's transaction begins."""
    with django_db_blocker.unblock():
        name = standby.make()
        connections.close_all()
    yield
    with django_db_blocker.unblock():
        drop_schema(name)
        connections.close_all()


@pytest.fixture
def application(db):
    return applied(hopes="To be remembered.")


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


OPENED = {
    "name": "Cirrus Skin",
    "slug": "cirrus-skin",
    "practice_type": "medspa",
    "size_band": "small",
    "address": "1 Main St",
    "city": "Denver",
    "state": "CO",
    "postal_code": "80202",
    "time_zone": "America/Denver",
    "region": "Mountain",
    "owner_name": "Dana Deal",
    "owner_email": "dana@example.com",
}


def test_those_that_wait_stand_first(nora, application, words):
    page = words(nora.get("/applications/"))
    assert "New 1" in page
    assert "Cirrus Skin Denver, CO" in page


def test_one_shows_all_that_was_told(nora, application, words):
    page = words(nora.get(f"/applications/{application.id}/"))
    for told in ("Dana Deal", "(303) 555-0142", "Denver, Colorado; Mountain (Denver)", "Medspa", "To be remembered."):
        assert told in page


def test_the_page_to_open_it_is_filled_in(nora, application):
    form = nora.get(f"/members/new/?application={application.id}").context["form"]
    assert {name: form[name].value() for name in ("name", "slug", "city", "state", "time_zone", "owner_email")} == {
        name: OPENED[name] for name in ("name", "slug", "city", "state", "time_zone", "owner_email")
    }


def test_opening_it_invites_the_owner_and_answers_the_application(ready, nora, application):
    with mails_go_out():
        answer = nora.post(f"/members/new/?application={application.id}", OPENED)
    practice = Practice.objects.get(slug="cirrus-skin")
    assert answer.headers["Location"].startswith(f"/members/{practice.id}/")
    application.refresh_from_db()
    assert (application.status, application.practice_id, application.decided_by) == (
        *("invited", practice.id, "Nora North"),
    )
    invitation = Invitation.objects.get(practice=practice)
    assert (invitation.email, invitation.role) == ("dana@example.com", "owner")
    assert [message.to for message in mail.outbox] == [["dana@example.com"]]
    assert NetworkEntry.objects.filter(verb="application.taken_up", practice_id=practice.id).count() == 1


def test_what_was_answered_meanwhile_opens_nothing(ready, nora, application):
    Application.objects.filter(id=application.id).update(
        status="declined", decided_at=application.created_at, decided_by="Nora North"
    )
    answer = nora.post(f"/members/new/?application={application.id}", OPENED)
    assert answer.status_code == 422
    assert not Practice.objects.filter(slug="cirrus-skin").exists()


def test_a_practice_can_be_invited_without_an_application(ready, nora):
    with mails_go_out():
        nora.post("/members/new/", OPENED | {"slug": "other"})
    assert Invitation.objects.filter(practice__slug="other", role="owner").exists()


def test_without_a_room_that_stands_ready_it_says_when_to_come_back(nora, words, monkeypatch):
    monkeypatch.setattr(action, "has_owner", lambda: False)
    PracticeSchema.objects.filter(state="ready").delete()
    answer = nora.post("/members/new/", OPENED)
    assert answer.status_code == 422
    assert "Try again in ten minutes" in words(answer)


@pytest.mark.parametrize(
    ("asked", "said"),
    [
        ("slug=aurora&name=Aurora", "aurora.perennial.localhost is taken"),
        ("slug=cirrus", "cirrus.perennial.localhost is free"),
        ("slug=-x", "hyphens only inside"),
        ("name=Cirrus+Skin", "cirrus-skin.perennial.localhost is suggested"),
        ("name=Aurora&city=Denver", "aurora-denver.perennial.localhost is suggested"),
        ("", "The name suggests an address."),
    ],
)
def test_the_address_is_checked_while_it_is_typed(nora, words, asked, said):
    assert said in words(nora.get(f"/members/new/address/?{asked}"))


def test_declining_writes_a_mail_with_words_of_ones_own(nora, application):
    with mails_go_out():
        nora.post(f"/applications/{application.id}/refusal/", {"answer": "We begin in Denver next year."})
    application.refresh_from_db()
    assert (application.status, application.decided_by) == ("declined", "Nora North")
    assert mail.outbox[-1].to == ["dana@example.com"]
    assert "We begin in Denver next year." in mail.outbox[-1].body
    assert "you are welcome to apply again" in mail.outbox[-1].body


def test_it_is_answered_once(nora, application):
    for _ in range(2):
        with mails_go_out():
            answer = nora.post(f"/applications/{application.id}/refusal/", {"answer": ""})
    assert answer.status_code == 422
    assert len(mail.outbox) == 1


def test_whoever_was_declined_can_apply_again(nora, application):
    with mails_go_out():
        nora.post(f"/applications/{application.id}/refusal/", {"answer": ""})
    application.pk = None
    Application.objects.bulk_create(
        [Application(**{f.name: getattr(application, f.name) for f in Application._meta.fields if f.name != "id"})]
    )
    assert Application.objects.filter(email="dana@example.com", status="new").count() == 1


@pytest.mark.parametrize(
    "wrong",
    [
        {"status": "declined"},
        {"status": "waiting"},
        {"decided_by": "Nora North"},
        {"practice_type": "bakery"},
    ],
)
def test_the_database_refuses_states_that_cannot_be(application, wrong):
    with pytest.raises(IntegrityError), transaction.atomic():
        Application.objects.filter(id=application.id).update(**wrong)


def test_one_address_waits_once(application):
    application.pk, application.email = None, "DANA@example.com"
    with pytest.raises(IntegrityError, match="application_waits_once"), transaction.atomic():
        application.save(force_insert=True)
