"""Words for a card: kept until they are copied, and checked before."""

import pytest

from core.errors import Conflict, DomainError
from loyalty.models import NoteDraft, Service, Touchpoint, TouchpointState
from loyalty.touchpoints.draft import check_words, keep_words
from loyalty.touchpoints.notes import queue, undo, written

FINE = "It was lovely to hear about the move.\nCome by for a coffee."


@pytest.fixture
def note(treated, note_of):
    return note_of(treated())


def test_words_are_kept_for_the_card(note, provider, now):
    keep_words(touchpoint_id=note.id, text=f"  {FINE} ", by_staff_id=provider.id, now=now)
    assert queue(now=now, limit=1)[0].draft == FINE
    assert NoteDraft.objects.get().by_staff == provider


def test_emptied_they_are_gone(note, now):
    keep_words(touchpoint_id=note.id, text=FINE, by_staff_id=None, now=now)
    keep_words(touchpoint_id=note.id, text="  ", by_staff_id=None, now=now)
    assert queue(now=now, limit=1)[0].draft == ""
    assert not NoteDraft.objects.exists()


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("Enjoy 20% off", "A thank-you carries no offer: take out “20%”."),
        ("Here is a coupon and a voucher", "A thank-you carries no offer: take out “coupon” and “voucher”."),
        ("Hope the Botox settled", "tells a treatment, because others may read it: take out “Botox”."),
        ("I hope the chemical  peel went well", "take out “chemical  peel”."),
        ("A discount on your next filler", "take out “discount”. Nothing on a card tells a treatment"),
    ],
)
def test_an_offer_or_a_treatment_is_refused_with_its_words(note, now, text, why):
    with pytest.raises(DomainError) as refused:
        keep_words(touchpoint_id=note.id, text=text, by_staff_id=None, now=now)
    assert why in refused.value.message
    assert refused.value.field == "words"
    assert check_words(text) == refused.value.message
    with pytest.raises(DomainError):
        written(touchpoint_id=note.id, by_staff_id=None, words=text, now=now)
    assert Touchpoint.objects.get(id=note.id).state == TouchpointState.PLANNED
    assert not NoteDraft.objects.exists()


def test_plain_thanks_pass(note):
    assert check_words(FINE) == ""


def test_written_keeps_the_words_with_the_note(note, now):
    written(touchpoint_id=note.id, by_staff_id=None, words=FINE, now=now)
    undo(touchpoint_id=note.id, now=now)
    assert queue(now=now, limit=1)[0].draft == FINE


def test_words_that_the_catalogue_came_to_know_since_stop_the_note(note, now):
    keep_words(touchpoint_id=note.id, text="See you at the Rose Garden.", by_staff_id=None, now=now)
    Service.objects.create(name="Rose Garden")
    with pytest.raises(DomainError, match="“Rose Garden”"):
        written(touchpoint_id=note.id, by_staff_id=None, now=now)


def test_what_is_written_takes_no_more_words(note, now):
    written(touchpoint_id=note.id, by_staff_id=None, now=now)
    with pytest.raises(Conflict, match="was written"):
        keep_words(touchpoint_id=note.id, text=FINE, by_staff_id=None, now=now)


def test_words_too_long_are_refused(note, now):
    with pytest.raises(DomainError, match="601 characters and 600 fit"):
        keep_words(touchpoint_id=note.id, text="a" * 601, by_staff_id=None, now=now)
