"""What a practice knows of its patients and hears from them, as programs read it; and what stays inside."""

from datetime import timedelta

import pytest

from core.audit.models import Entry
from core.tenancy.scope import practice_scope
from loyalty.models import Inquiry, Memory, Review, ReviewSite, Touchpoint
from tests.api.resources import records
from tests.api.sending import post

NOBODYS = "01a22681-7b48-760e-b7bb-cde0f3317795"
LISTS = {
    "memories": "memory", "occasions": "occasion", "consents": "consent", "inquiries": "inquiry",
    "touchpoints": "touchpoint", "feedback": "feedback", "reviews": "review",
}  # fmt: skip


@pytest.fixture
def known(aurora, patient, now):
    """Ids by kind of record."""
    with practice_scope(aurora):
        return records(patient, now=now)


@pytest.mark.parametrize(("path", "kind"), LISTS.items())
def test_each_is_listed_and_read_by_itself(api, known, path, kind):
    one = api.get(f"/api/v1/{path}/{known[kind]}/")
    assert one.status_code == 200
    assert one.json() in api.get(f"/api/v1/{path}/").json()["data"]
    assert api.get(f"/api/v1/{path}/{known[kind]}/", headers={"if-none-match": one["ETag"]}).status_code == 304


@pytest.mark.parametrize("path", [path for path in LISTS if path not in ("reviews", "inquiries")])
def test_those_of_one_patient_are_found_and_the_trail_names_the_patient(api, aurora, patient, known, path):
    found = api.get(f"/api/v1/{path}/?patient_id={patient.id}").json()["data"]
    assert {row["patient_id"] for row in found} == {str(patient.id)}
    with practice_scope(aurora):
        entry = Entry.objects.filter(verb__endswith=".sent").latest("at")
    assert (entry.patients, entry.why) == ([patient.id], f"{path}:read")


def test_what_providers_keep_to_themselves_and_what_is_over_stays_inside(api, aurora, patient, known, now):
    with practice_scope(aurora):
        clinical = Memory.objects.create(patient=patient, text="Faints.", source="us", sensitivity="clinical")
        over = Memory.objects.create(
            patient=patient, text="In Rome in May.", source="us", expires_on=now.date() - timedelta(days=2)
        )
    assert [row["id"] for row in api.get("/api/v1/memories/").json()["data"]] == [known["memory"]]
    for memory in (clinical, over):
        assert api.get(f"/api/v1/memories/{memory.id}/").status_code == 404


def test_of_a_forgotten_memory_no_words_are_left(api, aurora, known, now):
    with practice_scope(aurora):
        Memory.objects.filter(id=known["memory"]).update(text="", source="", forgotten_at=now)
    row = api.get(f"/api/v1/memories/{known['memory']}/").json()
    assert (row["text"], row["source"]) == ("", "")
    assert row["forgotten_at"]


def test_whom_the_staff_matched_a_review_with_is_told_to_nobody(api, aurora, patient, known):
    with practice_scope(aurora):
        Review.objects.filter(id=known["review"]).update(patient=patient)
    answer = api.get(f"/api/v1/reviews/{known['review']}/")
    assert str(patient.id) not in answer.content.decode()
    assert answer.json()["site"] == "Harbor Reviews"


def test_reviews_are_found_by_their_day(api, aurora, known, now):
    with practice_scope(aurora):
        site = ReviewSite.objects.get(name="Harbor Reviews")
        Review.objects.create(site=site, rating=4, posted_on=now.date() - timedelta(days=40))
    found = api.get(f"/api/v1/reviews/?posted_from={now.date() - timedelta(days=1)}").json()["data"]
    assert [row["id"] for row in found] == [known["review"]]


def test_an_inquiry_is_handed_in_and_a_call_falls_due(api, aurora, known):
    answer = post(api, "/api/v1/inquiries/", {"name": "Ada Okoro", "email": "ada@example.com", "wants": "Calm skin."})
    assert answer.status_code == 201, answer.json()
    row = answer.json()
    assert (row["state"], row["wants"]) == ("open", "Calm skin.")
    assert row["due_at"]
    assert answer["Location"].endswith(f"/api/v1/inquiries/{row['id']}/")
    with practice_scope(aurora):
        assert Inquiry.objects.get(id=row["id"]).name == "Ada Okoro"
        entry = Entry.objects.filter(verb="inquiry.taken").latest("at")
    assert (entry.asker_kind, entry.why) == ("partner", "inquiries:write")


@pytest.mark.parametrize(
    ("sent", "pointer"),
    [
        ({"name": "Ada Okoro"}, "#/phone"),
        ({"phone": "(503) 555-0101"}, "#/name"),
        ({"name": "Ada Okoro", "phone": "call me"}, "#/phone"),
        ({"name": "Ada", "phone": "(503) 555-0101", "found_via": "a dream"}, "#/found_via"),
        ({"name": "Ada", "phone": "(503) 555-0101", "location_id": NOBODYS}, "#/location_id"),
        ({"name": "Ada", "phone": "(503) 555-0101", "state": "closed"}, "#/state"),
    ],
)  # fmt: skip
def test_an_inquiry_that_cannot_be_kept_says_where_and_nothing_is_kept(api, aurora, known, sent, pointer):
    answer = post(api, "/api/v1/inquiries/", sent)
    assert answer.status_code == 422
    assert pointer in [one["pointer"] for one in answer.json()["errors"]]
    with practice_scope(aurora):
        assert Inquiry.objects.count() == 1


def test_the_trail_names_inquiries_of_nobody_yet(api, aurora, known):
    api.get("/api/v1/inquiries/")
    with practice_scope(aurora):
        entry = Entry.objects.get(verb="inquiries.sent")
    assert (entry.patients, entry.detail) == ([], {"inquiries": [known["inquiry"]]})


def test_no_draft_and_no_money_of_a_contact_is_told(api, aurora, known):
    with practice_scope(aurora):
        Touchpoint.objects.filter(id=known["touchpoint"]).update(cost_cents=250)
    row = api.get(f"/api/v1/touchpoints/{known['touchpoint']}/").json()
    assert {"cost_cents", "draft", "rule_id"} & set(row) == set()
