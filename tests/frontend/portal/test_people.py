"""The people of the practice: list, invitations, one person, leaving, handing over, review."""

import pytest
from allauth.mfa.models import Authenticator
from django.core import mail

from loyalty.models import Staff
from tenants.models import AccessReview, Invitation, Membership
from tests.cast import email
from tests.tenants.invitations import KIM, invited, mails_go_out

ASKED = {"name": "Kim Kent", "email": KIM, "role": "front_desk"}


@pytest.fixture
def olivia(sign_in):
    return sign_in("Olivia", at="aurora")


@pytest.fixture
def martin(sign_in):
    return sign_in("Martin", at="aurora")


@pytest.fixture
def page_of(person):
    """page_of("Frank", "role/") → the path."""
    return lambda name, what="": f"/people/{person(name).id}/{what}"


def role_of(person, name):
    return Membership.objects.get(person=person(name), ended_at__isnull=True).role


def test_everybody_is_listed_with_role_second_factor_and_when_they_were_last_seen(olivia, sign_in, person, words):
    sign_in("Frank", at="aurora")
    Authenticator.objects.filter(user=person("Priya"), type=Authenticator.Type.TOTP).delete()
    page = words(olivia.get("/people/"))
    assert "4 people" in page
    assert "Olivia Owens olivia@example.com Role Owner, you Second factor On Last seen Nov 23, 2026" in page
    assert "Priya Patel priya@example.com Role Provider Second factor Not set up Last seen Never" in page
    assert "Frank Ford frank@example.com Role Front desk Second factor On Last seen Nov 23, 2026" in page
    assert "Bella" not in page


def test_somebody_is_invited_by_mail(olivia, words):
    with mails_go_out():
        answer = olivia.post("/people/invitations/new/", ASKED)
    assert answer.headers["Location"] == "/people/?said=invited"
    assert [message.to for message in mail.outbox] == [[KIM]]
    page = words(olivia.get(answer.headers["Location"]))
    assert "Kim Kent kim@example.com Front desk, invited by Olivia Owens Good until Nov 30, 2026" in page


def test_an_invitation_that_cannot_be_sent_keeps_what_was_typed(olivia):
    page = olivia.post("/people/invitations/new/", ASKED | {"email": email("Frank")})
    assert page.status_code == 422
    assert "belongs here already" in page.content.decode()
    assert 'value="Kim Kent"' in page.content.decode()
    empty = olivia.post("/people/invitations/new/", {}).content.decode()
    for what in ("Write the name of the person you invite.", "Write a work email", "Choose a role."):
        assert what in empty


def test_a_manager_is_not_offered_to_make_owners(martin, olivia):
    assert 'value="owner"' in olivia.get("/people/invitations/new/").content.decode()
    assert 'value="owner"' not in martin.get("/people/invitations/new/").content.decode()
    assert martin.post("/people/invitations/new/", ASKED | {"role": "owner"}).status_code == 422
    assert not Invitation.objects.exists()


def test_an_invitation_is_sent_again_and_cancelled(olivia, martin, aurora, now):
    invitation, _ = invited(place=aurora, by=None, now=now)
    path = f"/people/invitations/{invitation.id}/"
    assert olivia.post(path + "renewal/").headers["Location"] == "/people/?said=invited-again"
    assert martin.post(path + "cancellation/").headers["Location"] == "/people/?said=invitation-cancelled"
    answer = olivia.post(path + "renewal/")
    assert answer.status_code == 409
    assert "This invitation was cancelled. Invite again." in answer.content.decode()
    assert "Kim Kent" not in olivia.get("/people/").content.decode()


def test_an_invitation_of_another_practice_is_not_found(olivia, borealis, now):
    invitation, _ = invited(place=borealis, by=None, now=now)
    for what in ("renewal/", "cancellation/"):
        assert olivia.post(f"/people/invitations/{invitation.id}/{what}").status_code == 404
    assert Invitation.objects.live(now=now).count() == 1


def test_a_mail_that_did_not_go_out_and_an_expired_link_are_told(olivia, aurora, now, words):
    invited(place=aurora, by=None, now=now)
    Invitation.objects.update(mailed_at=None)
    assert "The mail did not go out" in words(olivia.get("/people/"))
    Invitation.objects.update(expires_at=now)
    assert "Expired" in words(olivia.get("/people/"))


def test_a_persons_page_says_what_they_can_see(olivia, page_of, words):
    page = words(olivia.get(page_of("Frank")))
    sees, not_theirs = page.split("Not for them")
    assert "every patient: name" in sees
    assert "to see where the practice stands in the network" in not_theirs


def test_a_role_is_changed(olivia, page_of, person):
    answer = olivia.post(page_of("Frank", "role/"), {"role": "provider"})
    assert answer.headers["Location"] == page_of("Frank") + "?said=role-changed"
    assert role_of(person, "Frank") == "provider"


def test_what_cannot_be_changed_says_why(olivia, martin, page_of, person):
    answer = olivia.post(page_of("Olivia", "role/"), {"role": "manager"})
    assert answer.status_code == 422
    assert "needs an owner" in answer.content.decode()
    assert martin.post(page_of("Olivia", "role/"), {"role": "manager"}).status_code == 422
    assert "Only an owner can change this person" in martin.get(page_of("Olivia")).content.decode()
    assert role_of(person, "Olivia") == "owner"


def test_somebody_who_steps_down_too_far_to_see_people_lands_on_today(martin, page_of):
    answer = martin.post(page_of("Martin", "role/"), {"role": "front_desk"})
    assert answer.headers["Location"] == "/?said=role-changed"
    assert martin.get("/people/").status_code == 404


def test_a_stranger_has_no_page(olivia, page_of):
    for name in ("Bella", "Sam", "Nora"):
        for what in ("", "departure/", "ownership/"):
            assert olivia.get(page_of(name, what)).status_code == 404


def test_leaving_says_what_happens_and_ends_it(olivia, sign_in, page_of, person, provider, inside, here, words):
    martins = sign_in("Martin", at="aurora")
    sign_in("Frank", at="aurora").post(f"/visits/{here.id}/completion/")
    page = olivia.get(page_of("Priya", "departure/"))
    assert "1 note and contact pass to the colleague" in words(page)
    with inside():
        heir = Staff.objects.get(role="manager")
    answer = olivia.post(page_of("Priya", "departure/"), {"work_to": str(heir.id)})
    assert answer.headers["Location"] == "/people/?said=person-left"
    assert not Membership.objects.filter(person=person("Priya"), ended_at__isnull=True).exists()
    assert "1 to write" in words(martins.get("/notes/?mine=1"))
    assert olivia.get(page_of("Priya")).status_code == 404


def test_a_colleague_who_is_not_there_takes_over_nothing(olivia, page_of, person):
    answer = olivia.post(page_of("Priya", "departure/"), {"work_to": str(person("Sam").id)})
    assert answer.status_code == 422
    assert "Choose a colleague who is there." in answer.content.decode()
    assert role_of(person, "Priya") == "provider"


def test_who_ends_their_own_access_is_out(martin, page_of):
    assert "You leave" in martin.get(page_of("Martin", "departure/")).content.decode()
    answer = martin.post(page_of("Martin", "departure/"), {})
    assert answer.headers["Location"] == "/?said=person-left"
    assert martin.get("/people/").status_code == 302


def test_a_practice_is_handed_over(olivia, page_of, person):
    assert olivia.post(page_of("Martin", "ownership/"), {}).status_code == 422
    answer = olivia.post(page_of("Martin", "ownership/"), {"becomes": "manager"})
    assert answer.headers["Location"] == "/people/?said=ownership-transferred"
    assert (role_of(person, "Martin"), role_of(person, "Olivia")) == ("owner", "manager")
    assert olivia.get(page_of("Frank", "ownership/")).status_code == 404


def test_the_review_shows_everybody_by_what_they_can_see(olivia, words):
    page = words(olivia.get("/people/access/"))
    assert "Nobody has reviewed it yet." in page
    assert page.index("Olivia Owens Second factor on Last seen") < page.index("Martin Mann") < page.index("Frank Ford")


def test_an_owner_confirms_the_review_and_it_is_dated(olivia, words):
    seen = olivia.get("/people/access/").context["seen"]
    assert olivia.post("/people/access/reviews/", {"seen": seen}).headers["Location"].endswith("?said=access-reviewed")
    page = words(olivia.get("/people/access/"))
    assert "Last reviewed on Nov 23, 2026 by Olivia Owens, with 4 people." in page
    assert "Time to look" not in words(olivia.get("/people/"))


def test_a_review_of_people_who_changed_meanwhile_is_refused(olivia, person):
    seen = olivia.get("/people/access/").context["seen"]
    Membership.objects.filter(person=person("Frank")).update(role="manager")
    answer = olivia.post("/people/access/reviews/", {"seen": seen})
    assert answer.status_code == 409
    assert "changed while you looked" in answer.content.decode()
    assert not AccessReview.objects.exists()


def test_a_manager_sees_the_review_but_does_not_confirm_it(martin, words):
    page = words(martin.get("/people/access/"))
    assert "An owner confirms it." in page
    assert "Reviewed: all of this is right" not in page
