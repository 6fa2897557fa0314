"""What patients answer, what is made good, who praises us; and those who ask before they book."""

from datetime import datetime, timedelta
from typing import Any

from loyalty.feedback.mark_read import mark_read
from loyalty.feedback.record import record
from loyalty.feedback.recover import close, tell
from loyalty.inquiries.close import close as close_inquiry
from loyalty.inquiries.take import take
from loyalty.models import Feedback, Recovery, Staff, StoryAsk, Touchpoint
from loyalty.visits.complete import complete
from loyalty.visits.walk_in import walk_in
from tests.permissions.roles import TEAM
from tests.rooms.body import Body
from tests.rooms.room import Ids, Room

READERS = frozenset({"owner", "manager", "provider"})


def records(ids: Ids, now: datetime) -> Ids:
    """Beatrice was unhappy with the visit that is over; an inquiry that she sent waits for a call."""
    answer = record(visit_id=ids["seen_id"], mode="staff", score=3, better="Waited.", now=now)
    inquiry = take(name="Ruth Calloway", phone="(503) 555-0171", referrer_id=ids["patient_id"], now=now)
    asking = StoryAsk.objects.create(patient_id=ids["patient_id"], planned_at=now)
    return {
        "answer_id": answer.id,
        "recovery_id": Recovery.objects.get(feedback=answer).id,
        "inquiry_id": inquiry.id,
        "story_ask_id": asking.id,
    }


def read_before(ids: Ids, now: datetime) -> None:
    mark_read(answer_id=ids["answer_id"], by_staff_id=None, now=now)


def told_before(ids: Ids, now: datetime) -> None:
    tell(recovery_id=ids["recovery_id"], by_staff_id=None, now=now)


def closed_before(ids: Ids, now: datetime) -> None:
    told_before(ids, now)
    close(recovery_id=ids["recovery_id"], done_text="Called.", recovered=True, by_staff_id=None, now=now)


def happy_again(ids: Ids, now: datetime) -> None:
    """Her newest answer is a 10, nothing is open, and no note waits."""
    closed_before(ids, now)
    StoryAsk.objects.all().delete()
    Touchpoint.objects.filter(kind="note").update(state="cancelled")
    visit = Feedback.objects.get(id=ids["answer_id"]).visit
    again = walk_in(patient_id=ids["patient_id"], location_id=visit.location_id, now=now + timedelta(minutes=5))
    complete(visit_id=again.id, now=now + timedelta(minutes=30))
    Touchpoint.objects.filter(kind="note").update(state="cancelled")
    record(visit_id=again.id, mode="staff", score=10, liked="Kind.", now=now + timedelta(minutes=40))


def closed_inquiry(ids: Ids, now: datetime) -> None:
    close_inquiry(inquiry_id=ids["inquiry_id"], because="Went elsewhere", now=now)


def to_priya(_ids: Ids) -> dict[str, Any]:
    return {"to": Staff.objects.filter(role="provider").first().id}


def to_priya_from_martin(ids: Ids) -> dict[str, Any]:
    return {**to_priya(ids), "was": Recovery.objects.get().owner_id}


ROOM = Room(
    practice={
        "feedback": READERS,
        "answer-read": READERS,
        "answer-unread": READERS,
        "answer-owner": READERS,
        "answer-themes": READERS,
        "recoveries": READERS,
        "recovery": READERS,
        "recovery-step": READERS,
        "recovery-told": READERS,
        "recovery-owner": READERS,
        "recovery-closing": READERS,
        "recovery-reopening": READERS,
        "promoters": READERS,
        "promoter-thanks": READERS,
        "promoter-story": READERS,
        "story-answer": READERS,
        "inquiries": TEAM,
        "inquiry-new": TEAM,
        "inquiry": TEAM,
        "inquiry-call": TEAM,
        "inquiry-owner": TEAM,
        "inquiry-correction": TEAM,
        "inquiry-closing": TEAM,
        "inquiry-reopening": TEAM,
        "inquiry-patient": TEAM,
    },
    records=records,
    bodies={
        "answer-read": Body(),
        "answer-unread": Body(before=read_before),
        "answer-owner": Body(to_priya),
        "answer-themes": Body({"loved": ["kind"]}),
        "recovery-step": Body({"step-kind": "call", "step-text": "Listened."}),
        "recovery-told": Body({"told-text": "Glad."}),
        "recovery-owner": Body(to_priya_from_martin),
        "recovery-closing": Body({"close-recovered": "yes", "close-done_text": "Called."}, before=told_before),
        "recovery-reopening": Body({"again-because": "Again."}, before=closed_before),
        "promoter-thanks": Body(before=happy_again),
        "promoter-story": Body(before=happy_again),
        "story-answer": Body({"answer": "agreed"}),
        "inquiry-new": Body({"name": "Grace Chen", "phone": "(503) 555-0188"}),
        "inquiry-call": Body({"call-outcome": "reached"}),
        "inquiry-owner": Body(to_priya),
        "inquiry-correction": Body({"name": "Ruth Hill", "email": "ruth@example.com"}),
        "inquiry-closing": Body({"close-why": "Went elsewhere"}),
        "inquiry-reopening": Body(before=closed_inquiry),
        "inquiry-patient": Body({"who": "new", "given_name": "Ruth", "family_name": "Calloway"}),
    },
)
