"""What the code writes into a trail, people must be able to read."""

from frontend.trail.words import VERBS
from tests.architecture.verbs import verbs_in_code


def test_every_verb_in_the_code_has_words():
    assert verbs_in_code() - VERBS.keys() == set()


def test_the_search_finds_verbs():
    """The search itself taken to the test: it finds what it must."""
    assert {"patient.read", "visit.booked", "address.open"} <= verbs_in_code()
