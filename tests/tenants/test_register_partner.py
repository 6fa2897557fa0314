"""The network registers a partner's program, and changes it."""

import pytest
from django.db import IntegrityError, transaction

from core.errors import Conflict, DomainError, NotFound
from tenants.actions.change_partner import change_partner
from tenants.models import PartnerApplication
from tenants.partners.registered import connected_to
from tenants.partners.tokens import application_of, holder_of
from tests.cast import NOW
from tests.tenants.partners import HOUSE, PATIENTS, WORDS, let_in, registered, token_of
from tests.tenants.trails import entries_at

pytestmark = pytest.mark.django_db


def test_it_proves_itself_with_the_secret_that_is_kept_nowhere(now):
    program, secret = registered()
    assert application_of(program.client_id, secret, now=now) == program
    assert application_of(program.client_id, secret + "x", now=now) is None
    row = PartnerApplication.objects.filter(id=program.id).values().get()
    assert secret.removeprefix("prs_") not in str(row)


def test_two_programs_get_different_ids_and_secrets():
    (one, secret), (other, others) = registered(), registered(name="Calendar")
    assert one.client_id != other.client_id
    assert secret != others


@pytest.mark.parametrize(
    ("field", "value", "code"),
    [
        ("name", "  ", "partner_unnamed"),
        ("name", "x" * 81, "partner_name_long"),
        ("about", " ", "partner_unexplained"),
        ("about", "x" * 301, "partner_about_long"),
        ("contact_email", "dana", "email_invalid"),
        ("scopes", [], "scopes_empty"),
        ("scopes", ["everything"], "scope_not_offered"),
    ],
)
def test_what_is_missing_or_too_much_says_so_at_its_field(field, value, code):
    with pytest.raises(DomainError) as refused:
        registered(**{field: value})
    assert (refused.value.field, refused.value.code) == (field, code)
    assert not PartnerApplication.objects.exists()


def test_two_programs_are_never_called_alike():
    registered()
    with pytest.raises(Conflict):
        registered(name=" harbor  RECORDS ")
    with pytest.raises(IntegrityError), transaction.atomic():
        PartnerApplication.objects.create(**{**WORDS, "name": "HARBOR RECORDS"}, client_id="x", secret_changed_at=NOW)


def test_the_networks_trail_tells_it_by_ids_and_codes():
    program, _ = registered()
    # The trail is kept for good, so it may tell of programs that other tests registered.
    *_, entry = entries_at(None, "partner.registered")
    assert (entry.subject_id, entry.detail) == (program.id, {"scopes": [HOUSE, PATIENTS]})


def test_what_the_network_takes_away_ends_at_once_for_tokens_that_are_out(aurora, person, now):
    program, _ = registered()
    token = token_of(let_in(program, aurora, person("Olivia")))
    change_partner(application_id=program.id, **{**WORDS, "scopes": [HOUSE]})
    assert holder_of(token, practice=aurora, now=now).scopes == {HOUSE}
    (here,) = connected_to(aurora.id)
    assert (here.scopes, len(here.may), len(here.taken)) == ([HOUSE], 1, 1)
    *_, entry = entries_at(None, "partner.changed")
    assert entry.detail == {"from": [HOUSE, PATIENTS], "to": [HOUSE]}


def test_what_the_network_adds_no_practice_has_granted_yet(aurora, person, now):
    program, _ = registered(scopes=[HOUSE])
    token = token_of(let_in(program, aurora, person("Olivia"), scopes=[HOUSE]))
    change_partner(application_id=program.id, **WORDS)
    assert holder_of(token, practice=aurora, now=now).scopes == {HOUSE}


def test_a_change_keeps_its_own_name_and_takes_no_other_ones():
    program, _ = registered()
    other, _ = registered(name="Calendar")
    change_partner(application_id=program.id, **{**WORDS, "name": "harbor records"})
    with pytest.raises(Conflict):
        change_partner(application_id=other.id, **WORDS)


def test_a_program_that_is_none_is_not_found(person):
    with pytest.raises(NotFound):
        change_partner(application_id=person("Sam").id, **WORDS)
