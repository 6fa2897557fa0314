"""One member: its facts and agreements, and changes of its membership that say what they mean first."""

import pytest

from core.audit.models import Entry
from core.jobs import JobRefused
from core.models import NetworkEntry
from core.tenancy.scope import practice_scope
from loyalty.benchmarks.jobs import refresh_practice
from loyalty.benchmarks.models import Contribution
from tenants.models import Membership, Practice, StatusChange
from tenants.sign_in import may_sign_in_at
from tests.benchmarks.network import contribute


@pytest.fixture
def nora(sign_in):
    return sign_in("Nora", at="")


def change(client, aurora, what, **given):
    return client.post(f"/members/{aurora.id}/{what}/", {"reason": "other", "note": "Called twice."} | given)


def status(aurora):
    return Practice.objects.get(id=aurora.id).status


def test_facts_and_agreements_are_shown_and_no_patient(sign_in, aurora, words):
    page = words(sign_in("Ana", at="").get(f"/members/{aurora.id}/"))
    for said in (
        "Aurora Aesthetics",
        "People who sign in 4",
        "Terms of membership Accepted Olivia Owens, Nov 23, 2026, version 1",
        "Data-aggregation clause Not accepted",
    ):
        assert said in page
    assert "Suspend" not in page


@pytest.mark.parametrize(
    ("what", "means"),
    [
        ("suspension", "Everybody can still sign in."),
        ("reactivation", "Whoever was a member when it closed can work again at once."),
        ("leaving", "Past releases stand: no figure of one practice is in them."),
    ],
)
def test_what_it_means_is_said_before(nora, aurora, words, what, means):
    page = words(nora.get(f"/members/{aurora.id}/{what}/"))
    assert "What it means" in page
    assert means in page
    assert status(aurora) == "active"


def test_a_reason_is_asked_for(nora, aurora):
    assert change(nora, aurora, "suspension", reason="").status_code == 422
    assert status(aurora) == "active"


def test_suspended_open_again_left_and_back(nora, aurora):
    change(nora, aurora, "suspension", reason="unpaid")
    assert status(aurora) == "suspended"
    change(nora, aurora, "reactivation", reason="settled")
    assert status(aurora) == "active"
    change(nora, aurora, "leaving", reason="closed")
    left = Practice.objects.get(id=aurora.id)
    assert (left.status, left.left_on is not None) == ("left", True)
    change(nora, aurora, "reactivation", reason="asked")
    back = Practice.objects.get(id=aurora.id)
    assert (back.status, back.left_on) == ("active", None)
    history = StatusChange.objects.filter(practice_id=aurora.id).order_by("at")
    assert [(row.change, row.reason, row.person_name) for row in history] == [
        ("suspended", "unpaid", "Nora North"),
        ("reactivated", "settled", "Nora North"),
        ("left", "closed", "Nora North"),
        ("reactivated", "asked", "Nora North"),
    ]


@pytest.mark.parametrize(
    ("what", "first"), [("suspension", "suspension"), ("leaving", "leaving"), ("reactivation", "")]
)
def test_what_is_so_already_is_refused(nora, aurora, what, first):
    if first:
        change(nora, aurora, first)
    before = status(aurora), StatusChange.objects.count()
    assert change(nora, aurora, what).status_code == 422
    assert (status(aurora), StatusChange.objects.count()) == before


def test_it_stands_in_both_trails_as_a_code_without_the_note(nora, aurora):
    change(nora, aurora, "suspension", reason="security")
    network = NetworkEntry.objects.get(verb="practice.suspended", practice_id=aurora.id)
    with practice_scope(aurora):
        own = Entry.objects.get(verb="practice.suspended")
    assert network.detail == own.detail == {"reason": "security"}


def test_people_of_a_suspended_practice_read_that_it_is(nora, sign_in, aurora, words):
    client = sign_in("Frank", at="aurora")
    change(nora, aurora, "suspension")
    for path in ("/", "/patients/", "/agreements/"):
        answer = client.get(path)
        assert answer.status_code == 403
        assert "This practice is paused" in words(answer)
    assert "Beatrice" not in words(client.get("/patients/?q=Beatrice"))


def test_strangers_learn_nothing_of_it(nora, sign_in, aurora):
    change(nora, aurora, "suspension")
    assert sign_in("Sam", at="aurora").get("/").status_code == 404


@pytest.mark.parametrize(
    ("what", "who", "may"),
    [
        ("suspension", "Olivia", True),
        ("suspension", "Frank", True),
        ("leaving", "Olivia", True),
        ("leaving", "Frank", False),
        ("suspension", "Sam", False),
    ],
)
def test_who_can_still_sign_in(nora, aurora, person, what, who, may):
    change(nora, aurora, what)
    assert may_sign_in_at(person=person(who), practice_id=aurora.id) is may


def test_once_it_left_only_its_owner_reads_so(nora, sign_in, aurora, words):
    owner, frank = sign_in("Olivia", at="aurora"), sign_in("Frank", at="aurora")
    change(nora, aurora, "leaving")
    assert "This practice has left the network" in words(owner.get("/"))
    assert frank.get("/").status_code == 404


@pytest.mark.parametrize("what", ["suspension", "leaving"])
def test_its_jobs_do_not_run(nora, aurora, what):
    change(nora, aurora, what)
    with pytest.raises(JobRefused):
        refresh_practice(practice_id=str(aurora.id))


def test_leaving_removes_what_it_contributed_and_suspending_does_not(nora, aurora, now):
    Practice.objects.filter(id=aurora.id).update(aggregation_agreed_at=now)
    contribute(Practice.objects.filter(id=aurora.id), "2026-10")
    change(nora, aurora, "suspension")
    assert Contribution.objects.filter(practice_id=aurora.id).count() == 1
    change(nora, aurora, "leaving")
    assert not Contribution.objects.filter(practice_id=aurora.id).exists()


def test_what_nobody_owns_any_more_is_not_opened_again(nora, aurora, words, now):
    change(nora, aurora, "leaving")
    Membership.objects.filter(practice_id=aurora.id).update(ended_at=now)
    answer = change(nora, aurora, "reactivation")
    assert answer.status_code == 422
    assert "Nobody owns Aurora Aesthetics any more." in words(answer)
    assert status(aurora) == "left"
