"""What a page says after something was done."""

from uuid import UUID

import pytest
from django.test import RequestFactory

from frontend.said import WORDS, said, saying, unsaid

NOTE = UUID(int=7)


def of(address):
    return said(RequestFactory().get(address))


@pytest.mark.parametrize("key", WORDS)
def test_every_key_has_words(key):
    assert of(saying("/", key)).text == WORDS[key]


def test_the_address_keeps_what_it_had_and_says_one_thing():
    once = saying("/notes/?mine=1#desk", "note-written", of=NOTE)
    assert once == f"/notes/?mine=1&said=note-written&of={NOTE}#desk"
    assert saying(once, "note-back") == "/notes/?mine=1&said=note-back#desk"
    assert unsaid(once) == "/notes/?mine=1#desk"


@pytest.mark.parametrize("address", ["/", "/?said=", "/?said=anything", "/?said=<script>"])
def test_nothing_is_said_that_is_not_in_the_list(address):
    assert of(address) is None


def test_words_that_do_not_exist_cannot_be_said():
    with pytest.raises(KeyError):
        saying("/", "anything")


def test_only_what_can_be_taken_back_offers_it(settings):
    settings.ROOT_URLCONF = "infra.urls_practice"
    assert of(f"/?said=note-written&of={NOTE}").undo == f"/notes/{NOTE}/undo/"
    assert of("/?said=note-written&of=nonsense").undo == ""
    assert of(f"/?said=visit-booked&of={NOTE}").undo == ""
