"""The screens of hold-outs."""

from datetime import timedelta

import pytest
from django.utils import timezone

from core.tenancy.scope import practice_scope
from loyalty.holdouts.start import start_holdout
from loyalty.models import Holdout, HoldoutPatient, Location, Patient, Touchpoint, Visit

CHOSEN = {"kind": "note", "percent": "10", "outcome_days": "120", "least_effect": "10", "months": "12"}


@pytest.fixture
def owner(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def running(aurora):
    with practice_scope(aurora):
        return start_holdout(
            kind="note", percent=10, outcome_days=90, months=12, least_effect=10, by_person_id=None, now=timezone.now()
        )


@pytest.fixture
def over(aurora):
    """over(450, 270, 50, 25): a year of cards that ended a week ago."""

    def made(contacted, returned, held, held_returned, **fields):
        today = timezone.now().date()
        with practice_scope(aurora):
            return Holdout.objects.create(
                kind="occasion", percent=10, outcome_days=90, least_effect=10, salt="0" * 32,
                starts_on=today - timedelta(days=372), ends_on=today - timedelta(days=7),
                closed_at=timezone.now(), contacted=contacted, contacted_returned=returned, held=held,
                held_returned=held_returned, held_crossed=0, **fields,
            )  # fmt: skip

    return made


def test_without_one_the_page_says_what_it_is_good_for(owner):
    page = owner.get("/holdouts/").content.decode()
    assert "Nothing is tried yet" in page
    assert "/holdouts/new/" in page


def test_a_manager_reads_and_does_not_start(sign_in, running):
    manager = sign_in("Martin", at="aurora")
    assert "Thank-you notes" in manager.get("/holdouts/").content.decode()
    assert "Stop this hold-out" not in manager.get(f"/holdouts/{running.id}/").content.decode()
    assert manager.get("/holdouts/new/").status_code == 404


def test_the_owner_starts_one(owner, aurora):
    answer = owner.post("/holdouts/new/", CHOSEN, follow=True)
    page = answer.content.decode()
    assert "The hold-out runs." in page
    assert "No evidence yet" in page
    assert "quality improvement" in page
    with practice_scope(aurora):
        assert (Holdout.objects.get().percent, Holdout.objects.get().outcome_days) == (10, 120)


def test_a_second_one_of_the_kind_is_refused_with_everything_kept(owner, running):
    answer = owner.post("/holdouts/new/", {**CHOSEN, "percent": "20"})
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "running already" in page
    assert '<option value="20" selected>' in page


def test_asking_when_it_would_be_known_starts_nothing(owner, aurora):
    with practice_scope(aurora):
        place = Location.objects.first() or Location.objects.create(name="Aurora", time_zone="America/Los_Angeles")
        people = [Patient(given_name=f"P{n}") for n in range(900)]
        Patient.objects.bulk_create(people)
        now = timezone.now()
        at = [now - timedelta(days=1 + (n * 7) % 360) for n in range(900)]
        back = [now - timedelta(days=n % 100) for n in range(450)]
        Visit.objects.bulk_create(
            Visit(patient=who, location=place, status="completed", starts_at=t, completed_at=t, day=t.date())
            for who, t in [*zip(people, at, strict=True), *zip(people[:450], back, strict=True)]
        )
    answer = owner.post("/holdouts/new/", {**CHOSEN, "least_effect": "20", "percent": "20", "reckon": "1"})
    assert answer.status_code == 200
    assert "you will know in about" in answer.content.decode()
    with practice_scope(aurora):
        assert not Holdout.objects.exists()


def test_while_it_runs_no_effect_is_shown(owner, running, aurora):
    with practice_scope(aurora):
        people = [Patient(given_name=f"P{n}") for n in range(60)]
        Patient.objects.bulk_create(people)
        HoldoutPatient.objects.bulk_create(
            HoldoutPatient(
                holdout=running, patient=one, is_held=n % 3 == 0, day=running.starts_on - timedelta(days=200)
            )
            for n, one in enumerate(people)
        )
    page = owner.get(f"/holdouts/{running.id}/").content.decode()
    assert "No evidence yet" in page
    assert "Came back" not in page
    assert ">40<" in page
    assert ">20<" in page


def test_a_result_is_a_sentence_a_picture_and_a_table(owner, over):
    page = owner.get(f"/holdouts/{over(450, 360, 50, 25).id}/").content.decode()
    assert "30 more in 100 came back because of it, likely between 16 and 44." in page
    assert 'aria-label="+30 patients in 100, interval +16 to +44; 0 is no difference."' in page
    assert "What it does not show" in page


def test_no_difference_is_not_called_none(owner, over):
    page = owner.get(f"/holdouts/{over(450, 270, 50, 27).id}/").content.decode()
    assert "No difference shows" in page
    assert "a smaller one than the interval can still be there" in page


def test_too_few_is_said(owner, over):
    assert "Too few patients" in owner.get(f"/holdouts/{over(100, 50, 10, 5).id}/").content.decode()


def test_the_owner_stops_it_for_good(owner, running):
    page = owner.post(f"/holdouts/{running.id}/stop/", follow=True).content.decode()
    assert "Everybody is contacted again" in page
    assert "Stopped early" in owner.get("/holdouts/").content.decode()
    assert owner.post(f"/holdouts/{running.id}/stop/").status_code == 409


def test_the_front_desk_sees_why_and_may_plan_a_note_all_the_same(sign_in, running, aurora):
    with practice_scope(aurora):
        place = Location.objects.first() or Location.objects.create(name="Aurora", time_zone="America/Los_Angeles")
        patient = Patient.objects.create(given_name="Grace", family_name="Chen")
        at = timezone.now() - timedelta(days=1)
        Visit.objects.create(
            patient=patient, location=place, status="completed", starts_at=at, completed_at=at, day=at.date()
        )
        lot = HoldoutPatient.objects.create(holdout=running, patient=patient, day=at.date(), is_held=True)
    desk = sign_in("Frank", at="aurora")
    page = desk.get(f"/patients/{patient.id}/").content.decode()
    assert "Held out: thank-you notes" in page
    answer = desk.post(f"/held-out/{lot.id}/contact/", {"back": f"/patients/{patient.id}/"}, follow=True)
    assert "It is planned." in answer.content.decode()
    with practice_scope(aurora):
        assert Touchpoint.objects.get(patient=patient).kind == "note"
        assert HoldoutPatient.objects.get().is_held
