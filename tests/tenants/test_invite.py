"""Inviting: one open invitation an address and place, by those who may, for roles they may give."""

from datetime import timedelta

import pytest
from django.core import mail
from django.db import IntegrityError, transaction

from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import practice_scope
from tenants.actions.invite import invite
from tenants.invitation_link import GOOD_FOR, hash_of
from tenants.models import Invitation, Membership, Practice
from tests.cast import email
from tests.tenants.invitations import KIM, invited, mails_go_out, principal
from tests.tenants.trails import entries_at


@pytest.fixture
def practice(aurora):
    return Practice.objects.get(id=aurora.id)


@pytest.fixture
def olivia(person, aurora):
    return principal(person("Olivia"), aurora)


@pytest.fixture
def martin(person, aurora):
    return principal(person("Martin"), aurora)


@pytest.fixture
def ask(practice, olivia, now):
    def send(**other):
        given = {"email": KIM, "name": "Kim Kent", "role": "front_desk", "practice": practice, "by": olivia, "now": now}
        return invite(**given | other)

    return send


def test_the_link_is_mailed_and_only_its_hash_is_kept(aurora, olivia, now):
    invitation, token = invited(place=aurora, by=olivia, now=now, email=" Kim@Example.com")
    assert (invitation.email, invitation.expires_at) == (KIM, now + GOOD_FOR)
    assert timedelta(days=7) == GOOD_FOR
    kept = Invitation.objects.get()
    assert bytes(kept.token_sha256) == hash_of(token)
    assert kept.mailed_at == now
    assert token not in str(Invitation.objects.values())
    sent = mail.outbox[0]
    assert sent.to == [KIM]
    assert f"http://aurora.perennial.localhost:8000/account/invitation/{token}/" in sent.body
    assert "Olivia Owens invites you to Aurora Aesthetics as front desk." in sent.body


def test_an_invitation_is_in_the_trail_of_its_practice(ask, aurora):
    invitation = ask()
    (entry,) = entries_at(aurora, "invitation.sent")
    assert (entry.subject_kind, entry.subject_id, entry.detail) == (
        "invitation",
        invitation.id,
        {"role": "front_desk"},
    )
    assert entries_at(None, "invitation.sent") == []


def test_an_invitation_to_the_network_is_in_the_networks_trail(ask):
    invitation = ask(practice=None, role="network_admin", by=None)
    assert [entry.subject_id for entry in entries_at(None, "invitation.sent")] == [invitation.id]


def test_no_mail_goes_out_where_the_invitation_is_not_kept(ask):
    with mails_go_out(), transaction.atomic():
        ask()
        transaction.set_rollback(True)
    assert mail.outbox == []


def test_a_mail_that_cannot_go_out_leaves_an_invitation_that_says_so(ask, settings, caplog):
    settings.EMAIL_BACKEND = "anymail.backends.postmark.EmailBackend"
    settings.ANYMAIL = {"POSTMARK_SERVER_TOKEN": "x", "POSTMARK_API_URL": "http://127.0.0.1:1/"}
    with mails_go_out():
        ask()
    assert Invitation.objects.get().mailed_at is None
    assert "was not sent" in caplog.text
    assert KIM not in caplog.text


def test_a_mail_server_that_does_not_answer_leaves_an_invitation_that_says_so(ask, settings):
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.EMAIL_HOST, settings.EMAIL_PORT = "127.0.0.1", 1
    with mails_go_out():
        ask()
    assert Invitation.objects.get().mailed_at is None


def test_somebody_with_an_open_invitation_is_not_invited_twice(ask):
    ask()
    with pytest.raises(Conflict) as refused:
        ask(role="manager")
    assert (refused.value.code, refused.value.field) == ("already_invited", "email")
    assert Invitation.objects.count() == 1


def test_the_database_keeps_one_open_invitation_an_address_and_place(ask):
    first = ask()
    first.pk, first.token_sha256 = None, b"x" * 32
    with pytest.raises(IntegrityError, match="invitation_once"), transaction.atomic():
        first.save(force_insert=True)


@pytest.mark.parametrize(
    ("wrong", "constraint"),
    [
        ({"email": "Kim@example.com"}, "invitation_email_lower"),
        ({"role": "network_admin"}, "invitation_role_of_place"),
        ({"practice": None}, "invitation_role_of_place"),
        ({"accepted_at": "2026-11-23T17:00Z", "cancelled_at": "2026-11-23T17:00Z"}, "invitation_one_end"),
    ],
)
def test_the_database_refuses_an_invitation_that_makes_no_sense(ask, wrong, constraint):
    ask()
    with pytest.raises(IntegrityError, match=constraint), transaction.atomic():
        Invitation.objects.update(**wrong)


def test_an_accepted_invitation_is_the_only_one_with_somebody_who_accepted(ask, person):
    ask()
    with pytest.raises(IntegrityError, match="invitation_accepted_when"), transaction.atomic():
        Invitation.objects.update(accepted_by=person("Sam"))


def test_an_expired_invitation_makes_room_for_a_new_one(ask, now):
    ask()
    ask(now=now + GOOD_FOR)
    assert Invitation.objects.live(now=now + GOOD_FOR).count() == 1
    assert Invitation.objects.count() == 2


def test_the_same_address_can_be_invited_elsewhere(ask, borealis):
    ask()
    ask(practice=Practice.objects.get(id=borealis.id), by=None)
    assert Invitation.objects.count() == 2


def test_a_colleague_is_not_invited_again(ask):
    with pytest.raises(Conflict, match="belongs here already"):
        ask(email=email("Frank").upper())


def test_somebody_who_left_can_be_invited_again(ask, person, now):
    Membership.objects.filter(person=person("Frank")).update(ended_at=now)
    assert ask(email=email("Frank")).email == email("Frank")


def test_a_manager_invites_nobody_to_own(ask, martin):
    with pytest.raises(DomainError) as refused:
        ask(by=martin, role="owner")
    assert (refused.value.code, refused.value.field) == ("role_above", "role")
    assert ask(by=martin, role="manager").role == "manager"


@pytest.mark.parametrize("name", ["Priya", "Frank"])
def test_others_invite_nobody(ask, person, aurora, name):
    with pytest.raises(NotFound):
        ask(by=principal(person(name), aurora))


def test_an_owner_invites_to_their_own_practice_only(ask, borealis):
    with pytest.raises(NotFound):
        ask(practice=Practice.objects.get(id=borealis.id))


def test_the_network_invites_nobody_into_a_practice_that_has_people(ask, person):
    for role in ("owner", "manager"):
        with pytest.raises(NotFound):
            ask(by=principal(person("Nora")), role=role)


def test_the_network_names_the_first_owner_of_a_new_practice_and_one_only(ask, person, practice):
    Membership.objects.filter(practice=practice).delete()
    nora = principal(person("Nora"))
    with pytest.raises(NotFound):
        ask(by=nora, role="manager")
    with pytest.raises(DomainError) as refused:
        ask(by=None, role="manager")
    assert refused.value.code == "owner_first"
    assert ask(by=nora, role="owner").role == "owner"
    with pytest.raises(Conflict) as refused:
        ask(by=nora, role="owner", email="second@example.com")
    assert refused.value.code == "already_invited"


def test_the_networks_admin_invites_staff_of_the_network(ask, person):
    assert ask(practice=None, role="network_analyst", by=principal(person("Nora"))).practice is None


@pytest.mark.parametrize("name", ["Ana", "Olivia", "Sam"])
def test_nobody_else_invites_staff_of_the_network(ask, person, name):
    with pytest.raises(NotFound):
        ask(practice=None, role="network_analyst", by=principal(person(name)))


@pytest.mark.parametrize(
    ("wrong", "code"),
    [
        ({"email": "kim"}, "email_wrong"),
        ({"email": ""}, "email_wrong"),
        ({"name": " \n"}, "name_missing"),
        ({"name": "k" * 121}, "name_too_long"),
        ({"role": "network_admin"}, "role_unknown"),
        ({"role": ""}, "role_unknown"),
        ({"practice": None, "by": None}, "role_unknown"),
    ],
)
def test_what_cannot_be_sent_says_why(ask, wrong, code):
    with pytest.raises(DomainError) as refused:
        ask(**wrong)
    assert refused.value.code == code
    assert not Invitation.objects.exists()


def test_a_closed_practice_invites_nobody(ask, practice):
    Practice.objects.update(status="suspended")
    with pytest.raises(Conflict, match="closed"):
        ask()


def test_inside_a_practice_invitations_are_out_of_reach_but_the_action_works(ask, aurora):
    with practice_scope(aurora):
        ask()
    assert Invitation.objects.count() == 1
