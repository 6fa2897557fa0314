"""Addresses of records in templates: as reversing makes them, and never out of anything but an id."""

import pytest
from django.template import Context, Template
from django.urls import NoReverseMatch, reverse, set_urlconf

from core.ids import uuid7

TEMPLATE = Template("{% load addresses %}{% to name record %}")


@pytest.fixture(autouse=True)
def _at_a_practice():
    set_urlconf("infra.urls_practice")
    yield
    set_urlconf(None)


def drawn(name, record):
    return TEMPLATE.render(Context({"name": name, "record": record}))


@pytest.mark.parametrize("name", ["portal:patient", "portal:visit-seen", "portal:note-written"])
def test_it_is_what_reversing_makes(name):
    one, other = uuid7(), uuid7()
    assert drawn(name, one) == reverse(name, args=[one])
    assert drawn(name, other) == reverse(name, args=[other])


def test_words_are_no_record():
    with pytest.raises(TypeError):
        drawn("portal:patient", "<b>0</b>")


def test_a_name_that_is_none_is_found_out():
    with pytest.raises(NoReverseMatch):
        drawn("portal:nowhere", uuid7())
