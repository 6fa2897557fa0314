"""The owner is led to the agreements, and nobody passes them by."""

import pytest

from tenants.agreements import CURRENT, REQUIRED
from tenants.models import AgreementAct, Document, Membership, Person, Practice
from tests.places import client_of

TICKED = {document.value: "on" for document in REQUIRED} | {
    f"version_{document.value}": CURRENT[document].version for document in REQUIRED
}
CLAUSE = Document.DATA_AGGREGATION
CLAUSE_TICKED = {CLAUSE.value: "on", f"version_{CLAUSE.value}": CURRENT[CLAUSE].version}


@pytest.fixture
def new(open_place):
    return open_place(agreed=False)


@pytest.fixture
def member(new):
    """member("manager") → a client of somebody new with that role, beside an owner."""
    people = []

    def one(role):
        if role != "owner":
            one("owner")
        person = Person.objects.create_user(f"{role}.{new.slug}@example.com", name="Wanda Winter")
        people.append(person)
        Membership.objects.create(person=person, practice_id=new.id, role=role)
        return client_of(person, at=new.slug)

    yield one
    for person in reversed(people):
        person.delete()


@pytest.mark.parametrize("path", ["/", "/patients/", "/patients/new/", "/notes/", "/occasions/", "/benchmarks/"])
def test_every_page_with_patients_leads_to_the_agreements(member, path):
    assert member("owner").get(path).headers["Location"] == "/agreements/"


def test_nothing_is_written_instead(member):
    answer = member("owner").post("/patients/new/", {"given_name": "Beatrice"})
    assert answer.headers["Location"] == "/agreements/"


def test_the_owner_reads_them_with_nothing_ticked(member, words):
    answer = member("owner").get("/agreements/")
    page = words(answer)
    assert "Before your team can work with patients" in page
    assert "Draft for review by the network's counsel." in page
    assert "checked" not in answer.content.decode()
    # The optional clause is no part of it.
    assert "totals for the benchmarks" not in page


@pytest.mark.parametrize("role", ["manager", "provider", "front_desk"])
def test_everybody_else_reads_who_has_to_accept(member, words, role):
    client = member(role)
    assert "The owner has to accept" in words(client.get("/agreements/"))
    assert client.post("/agreements/acceptance/", TICKED).status_code == 404


def test_accepting_opens_the_practice(member, new):
    owner = member("owner")
    answer = owner.post("/agreements/acceptance/", TICKED)
    assert answer.headers["Location"].startswith("/getting-started/")
    assert owner.get("/").status_code == 200
    assert AgreementAct.objects.filter(practice_id=new.id, kind="accepted", address="127.0.0.1").count() == 2


@pytest.mark.parametrize("left_out", REQUIRED)
def test_one_alone_is_not_enough(member, new, words, left_out):
    answer = member("owner").post("/agreements/acceptance/", {k: v for k, v in TICKED.items() if k != left_out.value})
    assert answer.status_code == 422
    assert "Read it and tick the box to go on." in words(answer)
    assert not AgreementAct.objects.filter(practice_id=new.id).exists()


def test_an_old_page_does_not_accept_a_new_version(member, new, words):
    answer = member("owner").post("/agreements/acceptance/", TICKED | {"version_terms": 99})
    assert answer.status_code == 422
    assert "has a newer version since you opened the page" in words(answer)


def test_the_clause_is_asked_apart_and_can_be_taken_back(member, new, words):
    owner = member("owner")
    owner.post("/agreements/acceptance/", TICKED)
    assert "Your choice: totals for the benchmarks" in words(owner.get("/agreements/"))
    assert Practice.objects.get(id=new.id).aggregation_agreed_at is None
    owner.post("/agreements/aggregation/", CLAUSE_TICKED)
    assert Practice.objects.get(id=new.id).aggregation_agreed_at is not None
    assert "What it had contributed is removed" in words(owner.get("/agreements/aggregation/withdrawal/"))
    owner.post("/agreements/aggregation/withdrawal/")
    assert Practice.objects.get(id=new.id).aggregation_agreed_at is None


def test_what_was_kept_can_be_read_by_the_team(sign_in, aurora, words):
    act = AgreementAct.objects.filter(practice_id=aurora.id, document="terms").get()
    page = words(sign_in("Frank", at="aurora").get(f"/agreements/kept/{act.id}/"))
    assert act.sha256 in page
    assert "Joining is free. Leaving is free." in page


def test_another_practices_acceptance_is_not_found(sign_in, borealis):
    act = AgreementAct.objects.filter(practice_id=borealis.id).first()
    assert sign_in("Olivia", at="aurora").get(f"/agreements/kept/{act.id}/").status_code == 404
