"""The network stops a partner's program, and lets it go on."""

import pytest

from core.errors import Conflict, NotFound
from tenants.actions.suspend_partner import resume_partner, suspend_partner
from tenants.partners.registered import connected_to, offered_to
from tenants.partners.tokens import application_of, holder_of
from tests.tenants.partners import let_in, registered, token_of
from tests.tenants.trails import entries_at

pytestmark = pytest.mark.django_db


def test_it_ends_every_token_and_opens_to_no_secret(aurora, person, now):
    program, secret = registered()
    token = token_of(let_in(program, aurora, person("Olivia")))
    suspend_partner(application_id=program.id, now=now)
    assert application_of(program.client_id, secret, now=now) is None
    assert holder_of(token, practice=aurora, now=now) is None


def test_what_practices_granted_stays_and_counts_again(aurora, person, now):
    program, secret = registered()
    grant = let_in(program, aurora, person("Olivia"))
    suspend_partner(application_id=program.id, now=now)
    (here,) = connected_to(aurora.id)
    assert here.suspended
    resume_partner(application_id=program.id)
    assert application_of(program.client_id, secret, now=now) == program
    assert holder_of(token_of(grant), practice=aurora, now=now) is not None


def test_a_token_from_before_does_not_come_back_to_life(aurora, person, now):
    program, _ = registered()
    token = token_of(let_in(program, aurora, person("Olivia")))
    suspend_partner(application_id=program.id, now=now)
    resume_partner(application_id=program.id)
    assert holder_of(token, practice=aurora, now=now) is None


def test_nobody_is_offered_it_or_lets_it_in_meanwhile(borealis, person, now):
    program, _ = registered()
    suspend_partner(application_id=program.id, now=now)
    assert offered_to(borealis.id) == []
    with pytest.raises(Conflict) as refused:
        let_in(program, borealis, person("Bella"))
    assert refused.value.code == "partner_suspended"


def test_twice_is_told_and_both_stand_in_the_networks_trail(now):
    program, _ = registered()
    with pytest.raises(Conflict):
        resume_partner(application_id=program.id)
    suspend_partner(application_id=program.id, now=now)
    with pytest.raises(Conflict):
        suspend_partner(application_id=program.id, now=now)
    resume_partner(application_id=program.id)
    for verb in ("partner.suspended", "partner.resumed"):
        assert [entry.subject_id for entry in entries_at(None, verb)] == [program.id]


def test_a_program_that_is_none_is_not_found(person, now):
    with pytest.raises(NotFound):
        suspend_partner(application_id=person("Sam").id, now=now)
    with pytest.raises(NotFound):
        resume_partner(application_id=person("Sam").id)
