"""A write that is sent again is done once, and answered as it was."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import uuid4

from django.db import connections
from django.utils import timezone

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.exchange.answers import KEPT_FOR, forget_answers
from loyalty.exchange.jobs import forget, forget_everywhere
from loyalty.models import PartnerAnswer, Patient
from tests.api.sending import patch, post, problem
from tests.partners import client_of, registered

PATIENTS = "/api/v1/patients/"
ENDPOINTS = "/api/v1/webhook-endpoints/"
NOOR = {"given_name": "Noor", "family_name": "Haddad"}


def test_the_same_write_sent_again_is_answered_as_it_was(api, program, aurora):
    key = str(uuid4())
    first = post(api, PATIENTS, NOOR, key=key)
    patch(api, f"{PATIENTS}{first.json()['id']}/", {"given_name": "Nour"})
    again = post(api, PATIENTS, NOOR, key=key)
    assert (again.status_code, again.content) == (201, first.content)
    assert [again[name] for name in ("ETag", "Location")] == [first[name] for name in ("ETag", "Location")]
    assert again["Idempotency-Replayed"] == "true"
    assert "Idempotency-Replayed" not in first
    with practice_scope(aurora):
        assert Patient.objects.filter(family_name="Haddad").count() == 1
        # The answer shows a patient, so the trail names them.
        entry = Entry.objects.get(verb="write.answered_again")
        assert [str(one) for one in entry.patients] == [first.json()["id"]]


def test_a_key_is_needed_and_stands_for_one_thing(api, aurora):
    assert problem(post(api, PATIENTS, NOOR, key=None)) == (400, "idempotency_key_missing")
    for none in (" ", "é", "x" * 256):
        assert problem(post(api, PATIENTS, NOOR, key=none)) == (400, "bad_header")
    made = post(api, PATIENTS, NOOR, key="k-1").json()
    assert problem(post(api, PATIENTS, {"given_name": "Al"}, key="k-1")) == (422, "idempotency_key_reused")
    path = f"{PATIENTS}{made['id']}/"
    other = patch(api, path, NOOR, **{"Idempotency-Key": "k-1"})
    assert problem(other) == (422, "idempotency_key_reused")
    with practice_scope(aurora):
        assert not Patient.objects.filter(given_name="Al").exists()


def test_a_key_of_one_method_is_not_that_of_another_at_the_same_address(api):
    new = {"url": "https://hooks.example.com/new", "event_types": ["location.changed"]}
    path = f"{ENDPOINTS}{post(api, ENDPOINTS, new).json()['id']}/"
    body = b'{"is_on": true}'
    gone = api.delete(path, body, content_type="application/json", headers={"Idempotency-Key": "k"})
    assert gone.status_code == 204
    other = patch(api, path, body, etag="*", **{"Idempotency-Key": "k"})
    assert problem(other) == (422, "idempotency_key_reused")


def test_a_change_that_is_sent_again_is_answered_as_it_was(api, patient):
    """Without its key, the version would be stale by its own doing."""
    path = f"{PATIENTS}{patient.id}/"
    etag = api.get(path)["ETag"]
    first, again = (patch(api, path, {"city": "Salem"}, etag=etag, **{"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.status_code, again.status_code, first.content) == (200, 200, again.content)
    assert problem(patch(api, path, {"city": "Salem"}, etag=etag)) == (412, "precondition_failed")


def test_a_key_of_a_change_stands_for_that_change_alone(api, patient):
    path = f"{PATIENTS}{patient.id}/"
    assert patch(api, path, {"city": "Salem"}, **{"Idempotency-Key": "k"}).status_code == 200
    assert problem(patch(api, path, {"city": "Bend"}, **{"Idempotency-Key": "k"})) == (422, "idempotency_key_reused")
    assert api.get(path).json()["city"] == "Salem"


def test_what_was_removed_is_answered_as_it_was_although_it_is_gone(api):
    new = {"url": "https://hooks.example.com/new", "event_types": ["location.changed"]}
    path = f"{ENDPOINTS}{post(api, ENDPOINTS, new).json()['id']}/"
    first, again = (api.delete(path, headers={"Idempotency-Key": "k"}) for _ in range(2))
    assert (first.status_code, again.status_code, again.content) == (204, 204, b"")
    assert again["Idempotency-Replayed"] == "true"
    assert problem(api.delete(path)) == (404, "not_found")


def test_what_was_refused_is_not_kept(api, aurora):
    assert problem(post(api, PATIENTS, {}, key="k-1")) == (422, "name_missing")
    assert post(api, PATIENTS, NOOR, key="k-1").status_code == 201


def test_two_programs_may_use_the_same_key(api, aurora):
    other = registered("Tide Booking")
    other.let_in(aurora)
    theirs = client_of(other.token(aurora), at=aurora)
    rows = [post(client, PATIENTS, NOOR, key="k-1").json() for client in (api, theirs)]
    assert rows[0]["id"] != rows[1]["id"]


def test_answers_are_forgotten_after_two_days(api, aurora):
    post(api, PATIENTS, NOOR)
    now = timezone.now()
    with practice_scope(aurora):
        assert forget_answers(now=now + timedelta(hours=24)) == 0
        PartnerAnswer.objects.update(created_at=now - KEPT_FOR - timedelta(seconds=1))
    assert forget_everywhere() == 1
    assert forget(practice_id=str(aurora.id)) == 1


def test_an_answer_goes_with_its_patient(api, aurora):
    row = post(api, PATIENTS, NOOR).json()
    with practice_scope(aurora):
        Patient.objects.filter(id=row["id"]).delete()
        assert not PartnerAnswer.objects.exists()


def all_at_once(count, send):
    def one(_number):
        try:
            return send()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(one, range(count)))


def test_twenty_at_once_with_one_key_make_one_patient(open_place, let_in_at):
    place = open_place()
    api = let_in_at(place)
    answers = all_at_once(20, lambda: post(api, PATIENTS, NOOR, key="the-same"))
    with practice_scope(place):
        assert Patient.objects.count() == 1
    done_once(answers, 201)


def test_twenty_changes_at_once_with_one_key_are_one_change(open_place, let_in_at):
    """Without the key all but one would hold a version that is stale."""
    place = open_place()
    api = let_in_at(place)
    made = post(api, PATIENTS, NOOR)
    path = f"{PATIENTS}{made.json()['id']}/"
    key = {"Idempotency-Key": "the-same"}
    answers = all_at_once(20, lambda: patch(api, path, {"city": "Salem"}, etag=made["ETag"], **key))
    with practice_scope(place):
        assert Entry.objects.filter(verb="patient.changed").count() == 1
    done_once(answers, 200)


def test_twenty_removals_at_once_with_one_key_are_one_removal(open_place, let_in_at):
    place = open_place()
    api = let_in_at(place)
    new = {"url": "https://hooks.example.com/new", "event_types": ["location.changed"]}
    path = f"{ENDPOINTS}{post(api, ENDPOINTS, new).json()['id']}/"
    done_once(all_at_once(20, lambda: api.delete(path, headers={"Idempotency-Key": "the-same"})), 204)


def done_once(answers, status):
    """Whoever waited longer than a lock is waited for is told to come again; nobody got anything else."""
    good = [answer for answer in answers if answer.status_code == status]
    assert len({answer.content for answer in good}) == 1
    assert sum("Idempotency-Replayed" not in answer for answer in good) == 1
    assert {problem(one) for one in answers if one.status_code != status} <= {(409, "idempotency_running")}
