"""A prepared read answers as the query that it was made from, for whatever values."""

from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import Exists, OuterRef
from django.test.utils import CaptureQueriesContext

from core.prepared import Prepared
from tenants.models import Membership, Person, Practice
from tests.cast import NOW, email

AN_HOUR = timedelta(hours=1)


def _members(slug, address, since):
    others = Membership.objects.filter(person=OuterRef("person")).exclude(practice__slug=slug)
    return (
        Membership.objects.select_related("person", "practice")
        .annotate(is_elsewhere=Exists(others))
        .filter(practice__slug=slug, person__email=address, created_at__gt=since)
    )


@pytest.fixture
def prepared():
    return Prepared(_members, slug="a stand-in", address="another", since=NOW - 9 * AN_HOUR)


@pytest.mark.parametrize("slug", ["aurora", "borealis", "nowhere"])
@pytest.mark.parametrize("first_name", ["Olivia", "Martin", "Ana"])
def test_it_answers_as_the_query_does(prepared, db, slug, first_name):
    asked = {"slug": slug, "address": email(first_name), "since": NOW - AN_HOUR * 24 * 9_999}
    usual = list(_members(**asked))
    found = list(prepared.rows(**asked))
    assert [_told(one) for one in found] == [_told(one) for one in usual]


def test_what_it_read_along_is_asked_for_no_more(prepared, db, django_assert_num_queries):
    with django_assert_num_queries(1):
        one = prepared.first(slug="aurora", address=email("Olivia"), since=NOW - AN_HOUR * 24 * 9_999)
        assert (one.person.name, one.practice.slug) == ("Olivia Owens", "aurora")


def test_its_values_are_parameters_and_never_words_of_the_statement(prepared, db):
    evil = "x' OR 'a' = 'a"
    with CaptureQueriesContext(connection) as asked:
        assert prepared.first(slug=evil, address="%s", since=NOW) is None
    assert len(asked.captured_queries) == 1


def test_the_values_of_one_time_are_not_those_of_another(prepared, db):
    long_ago = NOW - AN_HOUR * 24 * 9_999
    first = prepared.rows(slug="aurora", address=email("Olivia"), since=long_ago)
    second = prepared.rows(slug="aurora", address=email("Martin"), since=long_ago)
    assert [one.person.email for one in first] == [email("Olivia")]
    assert [one.person.email for one in second] == [email("Martin")]


def test_rows_of_plain_values_are_given_as_such(db):
    names = Prepared(lambda slug: Practice.objects.filter(slug=slug).values_list("name", "status"), slug="a stand-in")
    assert list(names.rows(slug="aurora")) == [("Aurora Aesthetics", "active")]


def test_other_names_than_its_own_are_refused(prepared):
    with pytest.raises(TypeError, match="give"):
        prepared.rows(slug="aurora")


def test_a_value_that_makes_the_statement_another_one_cannot_be_a_parameter(db):
    many = Prepared(lambda nobody: Person.objects.filter(name=nobody), nobody=None)
    with pytest.raises(ValueError, match="nobody"):
        many.first(nobody=None)


def _told(membership):
    return membership.id, membership.person, membership.practice, membership.is_elsewhere
