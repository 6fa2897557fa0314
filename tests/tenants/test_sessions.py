"""Sessions: one query, one host, one membership, one working day."""

from datetime import timedelta

import pytest
import time_machine
from django.contrib.sessions.backends.base import UpdateError
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from core.tenancy.scope import control_plane
from tenants.models import Membership, Session
from tenants.sessions import SessionStore, end_sessions
from tenants.sessions.device import device_of
from tenants.sessions.jobs import sweep
from tests.places import client_of


@pytest.fixture
def frank(sign_in):
    return sign_in("Frank", at="aurora")


def of_tenants(asked):
    return [query["sql"] for query in asked.captured_queries if 'FROM "tenants_' in query["sql"]]


def test_session_person_membership_and_practice_are_one_query(frank):
    frank.get("/occasions/")
    with CaptureQueriesContext(connection) as asked:
        assert frank.get("/occasions/").status_code == 200
    assert len(of_tenants(asked)) == 1


def test_it_is_bound_to_the_practice_and_the_membership(frank, person, aurora):
    session = Session.objects.get(person=person("Frank"))
    assert session.practice_id == aurora.id
    assert session.membership == Membership.objects.get(person=person("Frank"))


def test_being_seen_is_written_at_most_once_a_minute(frank, person):
    with time_machine.travel(timezone.now(), tick=False) as clock:
        began = Session.objects.get(person=person("Frank")).last_seen_at
        for seconds, written in [(30, False), (31, True), (30, False)]:
            clock.shift(seconds)
            with CaptureQueriesContext(connection) as asked:
                frank.get("/occasions/")
            assert any(query["sql"].startswith("UPDATE") for query in asked.captured_queries) == written
        assert timedelta(seconds=59) < Session.objects.get(person=person("Frank")).last_seen_at - began


def test_it_ends_twelve_hours_after_the_sign_in_however_busy(frank, settings):
    settings.IDLE_LOCK_MINUTES = 24 * 60
    with time_machine.travel(timezone.now(), tick=False) as clock:
        for _ in range(11):
            clock.shift(3600)
            client_session = frank.session
            client_session["busy"] = True
            client_session.save()
        assert frank.get("/occasions/").status_code == 200
        clock.shift(3600)
        assert frank.get("/occasions/").headers["Location"] == "/account/login/?next=/occasions/"


def test_ended_at_one_practice_it_lives_on_at_another(sign_in, person, aurora, borealis):
    Membership.objects.create(person=person("Olivia"), practice_id=borealis.id, role="owner")
    here, there = (client_of(person("Olivia"), at=slug) for slug in ("aurora", "borealis"))
    assert end_sessions(person_id=person("Olivia").id, practice_id=aurora.id) == 1
    assert here.get("/occasions/").status_code == 302
    assert there.get("/occasions/").status_code == 200


def test_ended_at_a_practice_it_is_nobodys_and_says_so_once(frank, person, aurora):
    end_sessions(person_id=person("Frank").id, practice_id=aurora.id)
    (row,) = Session.objects.all()
    assert (row.person, row.membership, row.practice) == (None, None, None)
    assert (
        frank.get("/notes/", SERVER_NAME="borealis.perennial.localhost").headers["Location"].endswith("?next=/notes/")
    )
    assert frank.get("/notes/").headers["Location"] == "/account/login/?left=1"
    assert frank.get("/notes/").headers["Location"] == "/account/login/?next=/notes/"
    assert not Session.objects.exists()


def test_ended_everywhere_one_may_be_kept(sign_in, person):
    kept, ended, others = sign_in("Olivia", at="aurora"), sign_in("Olivia", at="aurora"), sign_in("Frank", at="aurora")
    assert end_sessions(person_id=person("Olivia").id, keep=kept.session.session_key) == 1
    assert [client.get("/occasions/").status_code for client in (kept, ended, others)] == [200, 302, 200]


def test_a_request_under_way_does_not_revive_what_was_ended(frank, person):
    under_way = SessionStore(frank.session.session_key)
    assert under_way.stored.person == person("Frank")
    end_sessions(person_id=person("Frank").id)
    with pytest.raises(UpdateError):
        under_way.save()
    assert frank.get("/occasions/").status_code == 302


def test_a_new_password_ends_the_others(frank, person):
    someone = person("Frank")
    someone.set_password("three unrelated words")
    someone.save()
    assert frank.get("/occasions/").status_code == 302


def test_a_closed_account_is_nobody(frank, person):
    someone = person("Frank")
    someone.is_active = False
    someone.save()
    assert frank.get("/occasions/").status_code == 302


def test_what_has_expired_is_swept_away(frank, sign_in):
    Session.objects.filter(session_key=frank.session.session_key).update(expire_date=timezone.now())
    sign_in("Olivia", at="aurora")
    with control_plane():
        assert sweep() == 1
    assert Session.objects.get().person.name == "Olivia Owens"


@pytest.mark.parametrize("missing", ["practice_id", "person_id"])
def test_the_database_refuses_a_membership_of_nobody_or_nowhere(frank, missing):
    with pytest.raises(IntegrityError, match="session_of_a_member"), transaction.atomic():
        Session.objects.update(**{missing: None})


@pytest.mark.parametrize(
    ("header", "device"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36 Edg/131.0", "Edge"),
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/131.0 Safari/537.36", "Chrome"),
        ("Mozilla/5.0 (Windows NT 10.0; rv:133.0) Gecko/20100101 Firefox/133.0", "Firefox"),
    ],
)
def test_a_browser_is_named_as_its_person_knows_it(header, device):
    assert device_of(header) == f"{device} on Windows"


def test_an_unknown_browser_is_a_browser():
    assert device_of("curl/8.1") == "A browser"
    assert device_of("Mozilla/5.0 (iPad; CPU OS 17_0 like Mac OS X) Version/17.0 Safari/604.1") == "Safari on iPad"
