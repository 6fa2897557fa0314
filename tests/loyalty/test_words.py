"""What may not stand on a card."""

import pytest

from loyalty.touchpoints.words import refused_words

CATALOGUE = ["Botulinum toxin, forehead", "Glow ritual (level 2)", "Consultation"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Enjoy 20% off your next visit.", ("20%",)),
        ("Here is a coupon worth $25 for you", ("coupon", "$25")),
        ("The next one is free of charge!", ("free of charge",)),
        ("I hope the BOTOX settled well", ("BOTOX",)),
        ("Good luck with the surgery.", ("surgery",)),
        ("Your treatments suit you", ("treatments",)),
        ("We hope the bruising is gone", ("bruising",)),
    ],
)
def test_offers_and_treatments_are_found_as_they_are_written(text, found):
    assert refused_words(text) == found


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("How do you like your glow  ritual?", ("glow  ritual",)),
        ("Glow Ritual (Level 2) was a joy", ("Glow Ritual (Level 2)",)),
        ("Your forehead looks calm", ("forehead",)),
        ("We enjoyed the consultation", ()),
    ],
)
def test_the_practice_own_services_are_found_whole_and_in_part(text, found):
    assert refused_words(text, service_names=CATALOGUE) == found


@pytest.mark.parametrize(
    "text",
    [
        "It was lovely to meet you and hear about the move from Minneapolis.",
        "Feel free to call us any time.",
        "Molecular cooking sounds like fun; enjoy the peeler!",
        "Thank you for five years with us.",
        "",
    ],
)
def test_kind_words_pass(text):
    assert refused_words(text, service_names=CATALOGUE) == ()


def test_a_word_said_twice_is_named_once():
    assert refused_words("laser, laser and laser") == ("laser",)
