"""A thank-you carries no offer, waits while something is to be made good, comes once a day, never against a wish."""

from datetime import timedelta

import pytest

from core.errors import Conflict, DomainError
from loyalty.feedback.recover import close
from loyalty.feedback.reopen_recovery import reopen
from loyalty.feedback.thank import thank
from loyalty.models import Guardianship, NoteDraft, Patient, Recovery, Touchpoint
from loyalty.patients.merging.merge import merge
from loyalty.touchpoints.draft import keep_words
from loyalty.touchpoints.notes import queue, skip, undo, written
from loyalty.touchpoints.print_batch import printed, to_print
from loyalty.visits.complete import complete
from tests.compliance.five_steps import arrived, note_of, said, seen, somebody

PRACTICE = "Aurora Aesthetics"


@pytest.fixture
def who(in_aurora, now):
    return somebody(now)


@pytest.fixture
def visit(who, now):
    return seen(who, at=now)


@pytest.fixture
def note(visit):
    return note_of(visit)


@pytest.fixture
def write(note, now):
    return lambda **more: written(touchpoint_id=note.id, by_staff_id=None, now=now, **more)


@pytest.fixture
def unhappy(visit, note, now):
    said(visit, 3, now=now)
    return Recovery.objects.get()


def make_good(recovery, now):
    close(
        recovery_id=recovery.id, done_text="Called.", recovered=True, untold_because="Away", by_staff_id=None, now=now
    )


OFFERS = ["20 % off next time", "A coupon for you", "Use the voucher", "It is on the house", "Save 50", "$25 for you"]


@pytest.mark.parametrize("words", OFFERS)
def test_no_offer_gets_on_a_card_by_any_way(note, write, words, now):
    for attempt in (
        lambda: keep_words(touchpoint_id=note.id, text=words, by_staff_id=None, now=now),
        lambda: write(words=words),
    ):
        with pytest.raises(DomainError, match="carries no offer"):
            attempt()
    # However it came to be there.
    NoteDraft.objects.create(touchpoint=note, patient_id=note.patient_id, text=words)
    with pytest.raises(DomainError, match="carries no offer"):
        write()
    (paper,) = to_print(now=now, practice_name=PRACTICE)
    assert "tell too much" in paper.no_card


def test_while_something_is_to_be_made_good_none_is_written_or_printed(unhappy, note, write, now):
    with pytest.raises(DomainError, match="held while a recovery is open"):
        write()
    (paper,) = printed(ids=[note.id], what="cards", practice_name=PRACTICE, now=now)
    assert (paper.no_card, paper.no_label) == ("A recovery is open", "A recovery is open")
    make_good(unhappy, now)
    assert write().state == "done"


def test_a_note_that_comes_later_is_held_too_whichever_way_it_comes(who, unhappy, note, now):
    assert note_of(seen(who, at=now + timedelta(days=1))).state == "held"
    skip(touchpoint_id=note.id, reason="Called instead", by_staff_id=None, now=now)
    assert undo(touchpoint_id=note.id, now=now).state == "held"


def test_opened_again_it_holds_them_again(unhappy, note, now):
    make_good(unhappy, now)
    reopen(recovery_id=unhappy.id, because="It hurts again.", by_staff_id=None, now=now)
    assert Touchpoint.objects.get(id=note.id).state == "held"


def test_an_open_recovery_of_one_record_holds_the_notes_of_both(who, unhappy, now):
    other = somebody(now, given_name="Bea", phones=[])
    theirs = note_of(seen(other, at=now + timedelta(days=1)))
    assert theirs.state == "planned"
    merge(patient_id=other.id, merged_id=who.id, take=(), by_person_id=None, now=now)
    assert Touchpoint.objects.get(id=theirs.id).state == "held"


def test_of_two_that_are_open_after_a_merge_the_last_one_frees_the_notes(who, unhappy, note, now):
    other = somebody(now, given_name="Bea", phones=[])
    said(seen(other, at=now + timedelta(days=1)), 2, now=now + timedelta(days=1))
    merge(patient_id=who.id, merged_id=other.id, take=(), by_person_id=None, now=now)
    make_good(unhappy, now)
    assert Touchpoint.objects.get(id=note.id).state == "held"
    make_good(Recovery.objects.get(closed_at__isnull=True), now)
    assert Touchpoint.objects.get(id=note.id).state == "planned"


def test_a_promoter_with_an_open_recovery_is_thanked_after_it(who, unhappy, note, now):
    skip(touchpoint_id=note.id, reason="Not now", by_staff_id=None, now=now)
    Touchpoint.objects.filter(id=note.id).update(day=note.day - timedelta(days=1))
    later = seen(who, at=now + timedelta(days=2))
    skip(touchpoint_id=note_of(later).id, reason="Not now", by_staff_id=None, now=now)
    said(later, 10, now=now + timedelta(days=2))
    assert thank(patient_id=who.id, now=now + timedelta(days=3)).state == "held"


def test_two_visits_of_a_day_are_thanked_for_once(who, note, now):
    seen(who, at=now + timedelta(hours=2))
    assert Touchpoint.objects.filter(kind="note").count() == 1


def test_whoever_got_a_note_today_is_not_thanked_again_today(who, visit, write, now):
    said(visit, 10, now=now)
    write()
    with pytest.raises(Conflict, match="One a day is enough"):
        thank(patient_id=who.id, now=now)


@pytest.mark.parametrize("why", ["no_contact", "deceased", "merged_into"])
def test_never_to_who_must_not_be_contacted(who, visit, note, write, why, now):
    said(visit, 10, now=now)
    other = somebody(now, given_name="Bea", phones=[])
    still_here = arrived(who, at=now + timedelta(days=1))
    Patient.objects.filter(id=who.id).update(**{why: other if why == "merged_into" else True})
    assert queue(now=now, limit=10) == []
    assert printed(ids=[note.id], what="labels", practice_name=PRACTICE, now=now) == []
    for attempt in (write, lambda: thank(patient_id=who.id, now=now + timedelta(days=1))):
        with pytest.raises(DomainError, match="must not be contacted"):
            attempt()
    complete(visit_id=still_here.id, now=now + timedelta(days=1, hours=1))
    assert Touchpoint.objects.filter(kind="note").count() == 1


def test_of_a_child_the_guardian_is_thanked_and_without_one_nobody(who, note, write, now):
    Patient.objects.filter(id=who.id).update(birth_year=2015)
    (paper,) = printed(ids=[note.id], what="cards", practice_name=PRACTICE, now=now)
    assert paper.no_card == paper.no_label == "A minor without a guardian who may be contacted"
    with pytest.raises(DomainError, match="note who the guardian is"):
        write()
    Guardianship.objects.create(patient=who, name="Anna Lindgren", phone="(503) 555-0122")
    (paper,) = printed(ids=[note.id], what="cards", practice_name=PRACTICE, now=now)
    assert ("Anna" in paper.greeting, "Beatrice" in paper.greeting, paper.no_card) == (True, False, "")
    assert "Anna Lindgren" in paper.address
    assert write().state == "done"


def test_what_only_providers_may_see_what_was_not_agreed_to_and_what_is_over_is_not_suggested(who, note, now):
    keep = {"text": "Runs at dawn", "source": "told us", "consented": True}
    for differs in (
        {"sensitivity": "clinical"},
        {"consented": False},
        {"part": "take_care"},
        {"expires_on": note.day - timedelta(days=1)},
        {"text": "", "source": "", "forgotten_at": now},
    ):
        memory = who.memories.create(**{**keep, **differs})
        assert "dawn" not in queue(now=now, limit=1)[0].line
        memory.delete()
    who.memories.create(**keep)
    assert "dawn" in queue(now=now, limit=1)[0].line
