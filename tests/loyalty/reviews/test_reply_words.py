import pytest

from loyalty.reviews.reply_words import refused_words
from loyalty.reviews.safe_replies import safe_replies
from tests.loyalty.reviews.replies import ALLOWED, PRACTICE, REFUSED, SERVICES, STAFF


def refused(text: str, *, own_name: str = PRACTICE, **more):
    return refused_words(text, service_names=SERVICES, staff_names=STAFF, own_name=own_name, **more)


@pytest.mark.parametrize(("text", "why"), REFUSED)
def test_what_tells_too_much_is_refused_with_its_reason(text, why):
    assert why in {one.why for one in refused(text)}


@pytest.mark.parametrize("text", [*ALLOWED, *safe_replies()])
def test_what_tells_nothing_may_be_posted(text):
    assert refused(text) == ()


def test_the_words_are_told_the_longest_of_them_once():
    found = refused("Thank you for your recent visit. Your visit was lovely.")
    assert "your recent visit" in {one.words for one in found}
    assert len({one.words.lower() for one in found}) == len(found)


def test_the_practices_own_name_may_hold_any_word():
    assert refused(f"Thank you. {PRACTICE}") == ()
    assert refused("Thank you. The Botox Bar", own_name="") != ()


def test_a_name_that_the_author_did_not_give_is_refused():
    assert [one.why for one in refused("Thank you, Lindgren!", private_names=("Lindgren",))] == ["name"]
    assert refused("Thank you, Bea!", private_names=("Lindgren",)) == ()
