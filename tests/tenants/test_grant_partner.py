"""A practice's owner lets a partner's program in, changes what it may do, and shuts it out."""

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection, transaction

from core.errors import Conflict, DomainError, NotFound
from tenants.actions.change_partner import change_partner
from tenants.actions.grant_partner import change_grant, end_grant, grant_partner
from tenants.actions.leave import leave
from tenants.models import Membership, PartnerApplication, PartnerGrant, PartnerToken, Person, Practice
from tenants.partners.registered import connected_to, offered_to
from tenants.partners.tokens import holder_of, open_grant
from tests.at_once import at_once
from tests.cast import NOW
from tests.tenants.invitations import principal
from tests.tenants.partners import HOUSE, PATIENTS, WORDS, let_in, registered, token_of
from tests.tenants.trails import entries_at


@pytest.fixture
def program(db):
    return registered()[0]


@pytest.fixture
def olivia(person, aurora):
    return principal(person("Olivia"), aurora)


@pytest.fixture
def grant(program, aurora, person):
    return let_in(program, aurora, person("Olivia"))


@pytest.fixture
def narrow(grant, aurora, olivia):
    return lambda *scopes, by=olivia, practice=aurora: change_grant(
        practice=practice, grant_id=grant.id, scopes=scopes, by=by
    )


@pytest.fixture
def end(grant, aurora, olivia, now):
    return lambda *, by=olivia, practice=aurora: end_grant(practice=practice, grant_id=grant.id, by=by, now=now)


class TestLettingIn:
    def test_it_opens_that_practice_and_no_other(self, grant, program, aurora, borealis, now):
        token = token_of(grant)
        assert holder_of(token, practice=aurora, now=now).application_id == program.id
        assert holder_of(token, practice=borealis, now=now) is None
        with pytest.raises(NotFound):
            open_grant(program, slug="borealis")

    def test_it_may_do_what_was_chosen_and_no_more(self, program, aurora, person, now):
        grant = let_in(program, aurora, person("Olivia"), scopes=[HOUSE])
        assert holder_of(token_of(grant), practice=aurora, now=now).scopes == {HOUSE}

    def test_who_let_it_in_is_kept_and_stands_in_the_practices_trail(self, grant, program, aurora):
        (here,) = connected_to(aurora.id)
        assert (here.given_by_name, here.given_at, here.scopes) == ("Olivia Owens", NOW, [HOUSE, PATIENTS])
        (entry,) = entries_at(aurora, "partner.let_in")
        assert entry.detail == {"application": str(program.id), "scopes": [HOUSE, PATIENTS]}
        assert entries_at(None, "partner.let_in") == []

    @pytest.mark.parametrize("by", ["Martin", "Priya", "Frank", "Bella", "Nora", "Sam"])
    def test_only_an_owner_of_the_practice_lets_it_in(self, program, aurora, person, by):
        with pytest.raises(NotFound):
            let_in(program, aurora, person(by))
        assert not PartnerGrant.objects.exists()

    def test_an_owner_at_home_is_none_elsewhere(self, program, aurora, borealis, olivia, now):
        with pytest.raises(NotFound):
            grant_partner(practice=borealis, application_id=program.id, scopes=[HOUSE], by=olivia, now=now)

    @pytest.mark.parametrize(("scopes", "code"), [([], "scopes_empty"), ([PATIENTS], "scope_not_offered")])
    def test_nothing_and_more_than_it_asks_for_are_refused(self, aurora, person, scopes, code):
        modest, _ = registered(scopes=[HOUSE])
        with pytest.raises(DomainError) as refused:
            let_in(modest, aurora, person("Olivia"), scopes=scopes)
        assert (refused.value.code, refused.value.field) == (code, "scopes")

    def test_a_second_time_is_told(self, grant, program, aurora, person):
        with pytest.raises(Conflict) as refused:
            let_in(program, aurora, person("Olivia"))
        assert refused.value.code == "grant_exists"

    def test_before_the_agreement_nothing_is_let_in(self, program, aurora, person):
        Practice.objects.filter(id=aurora.id).update(business_associate_agreed_at=None)
        with pytest.raises(Conflict) as refused:
            let_in(program, aurora, person("Olivia"))
        assert refused.value.code == "practice_closed"

    def test_a_program_that_is_none_is_not_found(self, aurora, olivia, person, now):
        with pytest.raises(NotFound):
            grant_partner(practice=aurora, application_id=person("Sam").id, scopes=[HOUSE], by=olivia, now=now)

    def test_it_is_offered_until_it_is_let_in_and_after_it_is_out(self, program, aurora, person, olivia, now):
        assert [one.name for one in offered_to(aurora.id)] == ["Harbor Records"]
        grant = let_in(program, aurora, person("Olivia"))
        assert offered_to(aurora.id) == []
        end_grant(practice=aurora, grant_id=grant.id, by=olivia, now=now)
        assert [one.name for one in offered_to(aurora.id)] == ["Harbor Records"]
        let_in(program, aurora, person("Olivia"), now=now + timedelta(days=1))
        assert len(connected_to(aurora.id)) == 1


class TestChanging:
    def test_less_ends_at_once_for_tokens_that_are_out(self, narrow, grant, aurora, now):
        token = token_of(grant)
        narrow(HOUSE)
        assert holder_of(token, practice=aurora, now=now).scopes == {HOUSE}
        (entry,) = entries_at(aurora, "partner.changed_here")
        assert (entry.detail["from"], entry.detail["to"]) == ([HOUSE, PATIENTS], [HOUSE])

    def test_more_counts_from_the_next_token(self, narrow, grant, aurora, now):
        narrow(HOUSE)
        grant.refresh_from_db()
        before = token_of(grant)
        narrow(HOUSE, PATIENTS)
        grant.refresh_from_db()
        assert holder_of(before, practice=aurora, now=now).scopes == {HOUSE}
        assert holder_of(token_of(grant), practice=aurora, now=now).scopes == {HOUSE, PATIENTS}

    def test_what_the_owner_left_out_does_not_come_back_with_the_network(self, narrow, grant, program, aurora):
        change_partner(application_id=program.id, **{**WORDS, "scopes": [HOUSE]})
        narrow(HOUSE)
        change_partner(application_id=program.id, **WORDS)
        (here,) = connected_to(aurora.id)
        assert here.scopes == [HOUSE]

    @pytest.mark.parametrize(
        ("scopes", "code"),
        [([], "scopes_empty"), ([HOUSE, PATIENTS], "grant_same"), (["everything"], "scope_not_offered")],
    )
    def test_what_makes_no_sense_says_why(self, narrow, scopes, code):
        with pytest.raises(DomainError) as refused:
            narrow(*scopes)
        assert refused.value.code == code

    def test_a_manager_changes_nothing(self, narrow, person, aurora):
        with pytest.raises(NotFound):
            narrow(HOUSE, by=principal(person("Martin"), aurora))

    def test_another_practices_is_not_found(self, narrow, grant, person, borealis):
        with pytest.raises(NotFound):
            narrow(HOUSE, by=principal(person("Bella"), borealis), practice=borealis)
        grant.refresh_from_db()
        assert grant.scopes == [HOUSE, PATIENTS]


class TestShuttingOut:
    def test_its_tokens_end_with_it(self, end, grant, program, aurora, now):
        token = token_of(grant)
        end()
        assert holder_of(token, practice=aurora, now=now) is None
        assert not PartnerToken.objects.exists()
        assert connected_to(aurora.id) == []
        (entry,) = entries_at(aurora, "partner.shut_out")
        assert entry.detail["application"] == str(program.id)

    def test_twice_is_told_and_nothing_that_ended_is_changed(self, end, narrow):
        end()
        for again in (end, lambda: narrow(HOUSE)):
            with pytest.raises(Conflict) as refused:
                again()
            assert refused.value.code == "grant_ended"

    def test_another_practices_is_not_found_and_stays(self, end, grant, person, borealis):
        with pytest.raises(NotFound):
            end(by=principal(person("Bella"), borealis), practice=borealis)
        grant.refresh_from_db()
        assert grant.ended_at is None

    def test_a_manager_ends_nothing(self, end, person, aurora):
        with pytest.raises(NotFound):
            end(by=principal(person("Martin"), aurora))

    def test_it_ends_with_the_practices_membership(self, grant, aurora, borealis, program, person, now):
        others = let_in(program, borealis, person("Bella"))
        token = token_of(grant)
        leave(practice_id=aurora.id, reason="asked", note="", by=principal(person("Nora")), now=now)
        grant.refresh_from_db()
        others.refresh_from_db()
        assert (grant.ended_at, others.ended_at) == (now, None)
        assert not PartnerToken.objects.exists()
        assert holder_of(token, practice=aurora, now=now) is None


@pytest.mark.parametrize("table", ["partnerapplication", "partnergrant", "partnertoken"])
def test_a_practices_own_role_reads_none_of_it(in_aurora, table):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM public.tenants_{table}")


def test_two_owners_at_once_let_it_in_once(open_place):
    place = open_place()
    program, _ = registered(name=f"Harbor {place.slug}")
    owner = Person.objects.create(email=f"{place.slug}@example.com", name="Ola Own")
    Membership.objects.create(person=owner, practice_id=place.id, role="owner")
    try:
        found = at_once(lambda: let_in(program, place, owner), lambda: let_in(program, place, owner))
        assert isinstance(found[0], PartnerGrant)
        assert isinstance(found[1], Conflict)
        assert found[1].code == "grant_exists"
    finally:
        PartnerGrant.objects.filter(application=program).delete()
        PartnerApplication.objects.filter(id=program.id).delete()
        Membership.objects.filter(person=owner).delete()
        owner.delete()
