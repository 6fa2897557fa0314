"""The owner's word that everybody who may see the practice should."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from core.errors import Conflict, NotFound
from tenants.actions.review_access import as_seen, review_access
from tenants.models import AccessReview, Membership
from tenants.people.reviews import last_review
from tenants.people.roster import people_of
from tests.tenants.invitations import principal
from tests.tenants.trails import entries_at


@pytest.fixture
def seen(aurora):
    return [as_seen(one.person_id, one.role) for one in people_of(aurora.id)]


@pytest.fixture
def review(person, aurora, now, seen):
    def one(*, by="Olivia", seen=seen, at=now):
        return review_access(practice=aurora, seen=seen, by=principal(person(by), aurora), now=at)

    return one


def test_it_is_dated_and_the_next_one_is_good_in_three_months(review, aurora, now):
    assert last_review(aurora.id) is None
    review(at=now - timedelta(days=100))
    review()
    last = last_review(aurora.id)
    assert (last.at, last.by, last.people) == (now, "Olivia Owens", 4)
    assert last.due_at == now + timedelta(days=91)


def test_it_is_in_the_trail(review, aurora):
    kept = review()
    (entry,) = entries_at(aurora, "access.reviewed")
    assert (entry.subject_id, entry.detail) == (kept.id, {"people": 4})


@pytest.mark.parametrize("change", [{"role": "manager"}, {"ended_at": "2026-11-23T17:00Z"}])
def test_nobody_confirms_what_they_did_not_see(review, person, change):
    Membership.objects.filter(person=person("Frank")).update(**change)
    with pytest.raises(Conflict) as refused:
        review()
    assert refused.value.code == "access_changed"
    assert not AccessReview.objects.exists()


def test_a_page_that_showed_nobody_confirms_nothing(review):
    with pytest.raises(Conflict):
        review(seen=[])


@pytest.mark.parametrize("by", ["Martin", "Priya", "Bella"])
def test_only_an_owner_of_the_practice_confirms(review, by):
    with pytest.raises(NotFound):
        review(by=by)


def test_a_review_of_nobody_is_none(aurora, now):
    with pytest.raises(IntegrityError, match="access_review_of_somebody"), transaction.atomic():
        AccessReview.objects.create(practice_id=aurora.id, reviewed_at=now, people=0)
