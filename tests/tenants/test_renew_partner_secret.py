"""A partner's program gets a new secret."""

from datetime import timedelta

import pytest

from core.errors import NotFound
from tenants.actions.renew_partner_secret import renew_partner_secret
from tenants.partners.tokens import application_of, holder_of
from tests.tenants.partners import let_in, registered, token_of
from tests.tenants.trails import entries_at

pytestmark = pytest.mark.django_db
DAY, SECOND = timedelta(days=1), timedelta(seconds=1)


@pytest.fixture
def made():
    return registered()


@pytest.fixture
def renew(made, now):
    return lambda *, stolen=False, at=now: renew_partner_secret(application_id=made[0].id, stolen=stolen, now=at)


@pytest.fixture
def counts(made):
    """counts(secret, at=...) → whether the program proves itself with it."""
    return lambda secret, at: application_of(made[0].client_id, secret, now=at) is not None


def test_the_old_one_counts_for_a_day_beside_the_new_one(made, renew, counts, now):
    secret = renew()
    assert counts(secret, now)
    assert counts(made[1], now + DAY - SECOND)
    assert not counts(made[1], now + DAY)
    assert counts(secret, now + DAY)


def test_a_stolen_one_ends_at_once_with_every_token(made, renew, counts, aurora, person, now):
    token = token_of(let_in(made[0], aurora, person("Olivia")))
    secret = renew(stolen=True)
    assert not counts(made[1], now)
    assert counts(secret, now)
    assert holder_of(token, practice=aurora, now=now) is None


def test_a_planned_change_leaves_tokens_as_they_are(made, renew, aurora, person, now):
    token = token_of(let_in(made[0], aurora, person("Olivia")))
    renew()
    assert holder_of(token, practice=aurora, now=now) is not None


def test_renewed_again_within_the_day_the_one_that_runs_goes_on_until_its_end(made, renew, counts, now):
    between = renew()
    renew(at=now + timedelta(hours=2))
    assert counts(made[1], now + DAY - SECOND)
    assert not counts(made[1], now + DAY)
    assert not counts(between, now + timedelta(hours=2))


def test_the_day_after_it_is_the_last_one_that_goes_on(renew, counts, now):
    last = renew()
    renew(at=now + DAY)
    assert counts(last, now + 2 * DAY - SECOND)


def test_stolen_within_the_day_of_a_change_all_that_were_end(made, renew, counts, now):
    between = renew()
    renew(stolen=True, at=now + SECOND)
    assert not counts(made[1], now + SECOND)
    assert not counts(between, now + SECOND)


def test_the_networks_trail_says_why_and_holds_no_secret(renew):
    secret = renew(stolen=True)
    (entry,) = entries_at(None, "partner.secret_renewed")
    assert entry.detail == {"stolen": True}
    assert secret not in str(vars(entry))


def test_a_program_that_is_none_is_not_found(person, now):
    with pytest.raises(NotFound):
        renew_partner_secret(application_id=person("Sam").id, stolen=True, now=now)
