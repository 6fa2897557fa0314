"""A record that is not on file, or of another practice, is not found: by whatever reads it or changes it."""

import pytest

from core.errors import NotFound
from core.ids import uuid7
from loyalty.drifting.ask import call_off
from loyalty.drifting.leave import take_up
from loyalty.feedback.assign import assign
from loyalty.feedback.loved import note_loved
from loyalty.feedback.mark_read import mark_read
from loyalty.holdouts.pages import holdout_page
from loyalty.kiosk.enroll import invite_tablet
from loyalty.messages.listed import listed
from loyalty.messages.trial import send_sample
from loyalty.occasions.honor import leave_out
from loyalty.patients.merging.made import merge_made
from loyalty.patients.remember import find_memory
from loyalty.reviews.listed import find_review
from loyalty.reviews.match import match
from loyalty.reviews.take_in import undo
from loyalty.testimonials.listed import find_answer, find_testimonial
from loyalty.touchpoints.call import call
from loyalty.touchpoints.photo import note_with_photo
from loyalty.visits.find import find_visit

NOBODY = {"by_staff_id": None, "by_person_id": None}
TRIED = {
    "take up somebody who was left": lambda id, now: take_up(left_id=id, now=now),
    "call off a call": lambda id, now: call_off(touchpoint_id=id, now=now),
    "read an answer": lambda id, now: mark_read(answer_id=id, by_staff_id=None, now=now),
    "give an answer to a colleague": lambda id, _: assign(answer_id=id, staff_id=None, was=None),
    "note what they loved": lambda id, _: note_loved(answer_id=id, loved=[]),
    "look at a hold-out": lambda id, now: holdout_page(holdout_id=id, now=now),
    "put a tablet somewhere": lambda id, now: invite_tablet(name="Desk", location_id=id, now=now),
    "look at an address to leave alone": lambda id, _: listed(suppression_id=id),
    "try a template": lambda id, _: send_sample(template_id=id, to="ann@example.com"),
    "leave an occasion out": lambda id, now: leave_out(
        patient_id=id, day=now.date(), reason="Away", by_staff_id=None, now=now
    ),
    "look at a merge": lambda id, now: merge_made(merge_id=id, now=now),
    "look at a memory": lambda id, _: find_memory(patient_id=id, memory_id=id, clinical=True),
    "look at a review": lambda id, _: find_review(id),
    "match a review": lambda id, _: match(review_id=id, patient_id=id, by_person_id=None),
    "take a file of reviews back": lambda id, now: undo(import_id=id, now=now),
    "look at a testimonial": lambda id, _: find_testimonial(id),
    "look at an answer to publish": lambda id, _: find_answer(id),
    "call": lambda id, now: call(touchpoint_id=id, result="reached", **NOBODY, now=now),
    "look at the photo of a card": lambda id, _: note_with_photo(touchpoint_id=id),
    "look at a visit": lambda id, _: find_visit(id),
}


@pytest.mark.parametrize("what", TRIED)
def test_it_is_not_found(in_aurora, now, what):
    with pytest.raises(NotFound):
        TRIED[what](uuid7(), now)
