"""The pages about public reviews: the list, a file of them, how they are asked for, the certificate, the invitation."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from core.audit.models import Entry
from loyalty.messages.consent import answer
from loyalty.messages.wording import VERSION
from loyalty.models import Location, Review, ReviewAsking, ReviewInvitation, ReviewSite
from loyalty.reviews.inviting.invite import invite
from loyalty.reviews.inviting.link import invitation_id_of, token_of
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in

PAGE = "https://www.google.com/maps/place/aurora"
FILE = "site,author,rating,text,date\nGoogle,Otto O.,4,Fine <b>,2026-06-15\nNowhere,A,5,Kind,2026-06-15\n"


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def google(inside) -> ReviewSite:
    with inside():
        return ReviewSite.objects.get(name="Google")


def enter(client, google, **fields):
    usual = {"site_id": google.id, "author": "Jenna R.", "rating": "2", "posted_on": "2026-11-20", "text": "I waited."}
    return client.post("/reviews/new/", {**usual, **fields})


def test_an_empty_list_teaches_what_to_do(olivia, words):
    page = words(olivia.get("/reviews/"))
    assert "No review on file yet" in page
    assert "Enter a review" in page


def test_a_review_is_entered_and_listed_by_what_is_asked_for(olivia, google, words):
    entered = enter(olivia, google)
    assert entered.headers["Location"].endswith("?said=review-entered")
    enter(olivia, google, author="Otto O.", rating="5", text="Fine.")
    assert "2 without an answer" in words(olivia.get("/reviews/"))
    only = words(olivia.get(f"/reviews/?rating=2&site={google.id}&answer=none"))
    assert "Jenna R." in only
    assert "Otto O." not in only
    odd = olivia.get("/reviews/?rating=99&site=nothing&from=abc")
    assert odd.status_code == 200


def test_what_was_typed_comes_back_with_what_is_wrong(olivia, google):
    answered = enter(olivia, google, posted_on="2027-01-01")
    assert answered.status_code == 422
    assert "This day is still ahead" in answered.content.decode()
    assert "I waited." in answered.content.decode()


def test_a_front_desk_reads_and_does_not_reply(sign_in, olivia, google, words):
    address = enter(olivia, google).headers["Location"].partition("?")[0]
    page = sign_in("Frank", at="aurora").get(address)
    assert "An owner or manager answers it." in words(page)
    assert b"Keep the draft" not in page.content


def test_a_file_is_shown_taken_in_and_taken_out(olivia, google, inside, words):
    shown = olivia.post("/reviews/file/", {"file": SimpleUploadedFile("r.csv", FILE.encode())})
    assert "1 new" in words(shown)
    assert "Line 3 “Nowhere” is no site on your list" in words(shown)
    with inside():
        assert not Review.objects.exists()
    taken = olivia.post("/reviews/file/taken-in/", {"text": FILE})
    assert "said=reviews-taken-in" in taken.headers["Location"]
    page = olivia.get(taken.headers["Location"])
    assert "Fine &lt;b&gt;" in page.content.decode()
    undo = taken.headers["Location"].partition("&of=")[2]
    assert f"/reviews/file/{undo}/undo/" in page.content.decode()
    olivia.post(f"/reviews/file/{undo}/undo/")
    with inside():
        assert not Review.objects.exists()
    assert olivia.post(f"/reviews/file/{undo}/undo/").status_code == 409


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"just words\n"])
def test_a_file_that_is_none_says_why(olivia, content, words):
    answered = olivia.post("/reviews/file/", {"file": SimpleUploadedFile("r.csv", content)})
    assert answered.status_code == 422
    assert "This file was not read" in words(answered)


def test_nothing_new_is_told(olivia, google, words):
    olivia.post("/reviews/file/taken-in/", {"text": FILE})
    again = olivia.post("/reviews/file/taken-in/", {"text": FILE})
    assert again.status_code == 422
    assert "There is nothing new in this file" in words(again)


def test_asking_needs_a_site_and_is_then_on(olivia, google, inside, words):
    how = {"is_on": "on", "after_days": "2", "every_days": "180", "share": "50"}
    refused = olivia.post("/reviews/asking/", how)
    assert refused.status_code == 422
    assert "Ask for at least one site first" in words(refused)
    olivia.post(f"/reviews/sites/{google.id}/", {"own_url": PAGE, "asking_allowed": "on"})
    assert olivia.post("/reviews/asking/", how).status_code == 303
    with inside():
        assert ReviewAsking.objects.values_list("is_on", "share").get() == (True, 50)


def test_yelp_has_no_switch_and_none_works(olivia, inside):
    with inside():
        yelp = ReviewSite.objects.get(name="Yelp")
    page = olivia.get(f"/reviews/sites/{yelp.id}/").content.decode()
    assert 'name="asking_allowed"' not in page
    refused = olivia.post(f"/reviews/sites/{yelp.id}/", {"own_url": PAGE, "asking_allowed": "on"})
    assert refused.status_code == 422
    with inside():
        assert not ReviewSite.objects.get(name="Yelp").asking_allowed


def test_nobody_who_is_matched_is_suggested(olivia, google, patient, words):
    address = enter(olivia, google, author="Marguerite O'Ellison").headers["Location"].partition("?")[0]
    assert "O'Ellison <b>" not in words(olivia.get(f"{address}match/"))
    found = olivia.get(f"{address}match/?q=Ellison")
    assert "Match with Marguerite O'Ellison <b>" in words(found)
    assert olivia.post(f"{address}match/").status_code == 409
    olivia.post(f"{address}match/", {"patient_id": patient.id})
    assert "Matched by your team" in words(olivia.get(address))
    assert olivia.get(f"{address}match/").status_code == 302
    olivia.post(f"{address}unmatch/")
    assert "Matched with nobody" in words(olivia.get(address))


@pytest.fixture
def invitation(inside, google, patient, location, provider, olivia, now) -> ReviewInvitation:
    """Marguerite was here three days ago, agreed by email, and is asked now."""
    olivia.post(f"/reviews/sites/{google.id}/", {"own_url": PAGE, "asking_allowed": "on"})
    olivia.post("/reviews/asking/", {"is_on": "on", "after_days": "2", "every_days": "180", "share": "100"})
    at = now - timedelta(days=3)
    with inside():
        Location.objects.update(address="12 Main Street", city="Portland", state="OR", postal_code="97205")
        patient.contact_points.create(kind="email", value="m@example.com", search="m@example.com")
        usual = {"source": "told us", "version": VERSION, "by_person_id": None, "now": at}
        answer(patient_id=patient.id, channel="email", purpose="reviews", granted=True, **usual)
        visit = walk_in(patient_id=patient.id, location_id=location.id, staff_id=provider.id, now=at)
        complete(visit_id=visit.id, now=at)
        assert invite(now=now) == 1
        return ReviewInvitation.objects.get()


@pytest.fixture
def path(aurora, invitation) -> str:
    return f"/r/{token_of(invitation.id, aurora)}/"


def test_the_invitation_leads_to_the_site_and_is_counted_once(stranger_client, path, google, invitation, inside, now):
    anybody = stranger_client("aurora")
    page = anybody.get(path)
    assert "Write on Google" in page.content.decode()
    assert "Yelp" not in page.content.decode()
    assert "Marguerite" not in page.content.decode()
    with inside():
        assert ReviewInvitation.objects.get().opened_at is None
    for _ in range(2):
        gone = anybody.get(f"{path}{google.id}/")
        assert (gone.status_code, gone.headers["Location"]) == (302, PAGE)
        assert gone.headers["Referrer-Policy"] == "no-referrer"
        assert not gone.cookies
    with inside():
        assert ReviewInvitation.objects.get().opened_at == now
        assert Entry.objects.get(verb="review_invitation.opened").asker_kind == "patient"


def test_it_asks_nothing_and_gates_nobody(stranger_client, path):
    page = stranger_client("aurora").get(path).content.decode().lower()
    for word in ("<form", "<input", "how was", "rate", "star", "happy", "score"):
        assert word not in page.partition("<main")[2].partition("</main>")[0], word


def test_the_link_of_a_turn_that_the_hash_left_out_leads_nowhere(stranger_client, path, google, invitation, inside):
    with inside():
        ReviewInvitation.objects.update(drawn=False, message=None)
    anybody = stranger_client("aurora")
    assert anybody.get(path).status_code == 404
    assert anybody.get(f"{path}{google.id}/").status_code == 404


def test_a_link_that_we_did_not_sign_or_a_site_that_is_off_leads_nowhere(
    stranger_client, path, google, olivia, borealis
):
    anybody = stranger_client("aurora")
    assert anybody.get("/r/made.up/").status_code == 404
    assert stranger_client("borealis").get(path).status_code == 404
    assert invitation_id_of(path.split("/")[2], borealis) is None
    assert anybody.get(f"{path}{uuid4()}/").status_code == 404
    olivia.post(f"/reviews/sites/{google.id}/", {"own_url": PAGE})
    assert anybody.get(f"{path}{google.id}/").status_code == 404
    assert "There is nowhere to write" in anybody.get(path).content.decode()


def test_the_certificate_says_what_it_shows_and_what_it_cannot(olivia, invitation, words):
    page = words(olivia.get("/reviews/certificate/"))
    assert "No sign that a score decides who is asked" in page
    assert "Who writes in the end" in page


def test_before_anybody_came_up_the_certificate_says_so(olivia, words):
    assert "Nobody’s turn has come yet" in words(olivia.get("/reviews/certificate/"))
