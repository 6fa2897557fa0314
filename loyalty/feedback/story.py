"""A promoter is asked, in a call, to tell their story in their own words; what they say to that is written down.

Whether and how it is published is another matter, with a consent of its own.
"""

from datetime import datetime, timedelta
from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from loyalty.feedback.thank import locked_promoter
from loyalty.locations.hours import practice_calendar
from loyalty.models import (
    Patient,
    StaffRole,
    StoryAsk,
    Touchpoint,
    TouchpointChannel,
    TouchpointKind,
    TouchpointState,
)
from loyalty.patients.reach import birth_of
from loyalty.touchpoints.channel import channel_for
from loyalty.touchpoints.hold import has_open_recovery
from loyalty.touchpoints.plan import OPEN
from loyalty.visits.local_time import day_of
from loyalty.visits.spoken import spoken_date

# Who said no is left alone for a year.
AGAIN_AFTER = timedelta(days=365)
_WITHIN = 5


def plan_story(*, patient_id: UUID, by_staff_id: UUID | None, now: datetime) -> StoryAsk:
    """Plan the call, due within five working days. Raises NotFound, Conflict where they were asked already,
    DomainError for who must not be asked.
    """
    work = practice_calendar()
    today = day_of(now, work.zone)
    with transaction.atomic():
        patient = locked_promoter(patient_id)
        _check(patient, now=now)
        call = Touchpoint.objects.create(
            patient=patient,
            kind=TouchpointKind.STORY,
            channel=channel_for(patient, planned=TouchpointChannel.CALL, today=today),
            day=today,
            due_at=work.end_of_work(work.working_days_from(today, _WITHIN)),
            role=StaffRole.MANAGER,
            assigned_to_id=by_staff_id,
        )
        asking = StoryAsk.objects.create(patient=patient, call=call, planned_at=now, planned_by_id=by_staff_id)
        changed("story.planned", asking, patients=[patient.id])
        return asking


def answer_story(*, story_ask_id: UUID, answer: str, by_staff_id: UUID | None, now: datetime) -> StoryAsk:
    """`answer`: "agreed" or "declined". The call counts as made. Raises NotFound, Conflict where it is known."""
    if answer not in StoryAsk.Answer.values:
        raise DomainError("answer_unknown", "Choose whether they will tell it or would rather not.", field="answer")
    with transaction.atomic():
        asking = (
            StoryAsk.objects.select_for_update(no_key=True, of=("self",))
            .select_related("patient")
            .filter(id=story_ask_id)
            .first()
        )
        if asking is None:
            raise NotFound("story_not_found", "This is not on file.")
        if asking.answer:
            said = asking.get_answer_display().lower()
            raise Conflict("story_answered", f"{asking.patient.display_name} answered this already: {said}.")
        asking.answer, asking.answered_at, asking.answered_to_id = answer, now, by_staff_id
        asking.save(update_fields=["answer", "answered_at", "answered_to", "updated_at"])
        Touchpoint.objects.filter(story_ask=asking, state__in=OPEN).update(
            state=TouchpointState.DONE, done_at=now, done_by_id=by_staff_id, outcome=asking.get_answer_display()
        )
        changed("story.answered", asking, patients=[asking.patient_id], detail={"answer": answer})
        return asking


def _check(patient: Patient, *, now: datetime) -> None:
    name = patient.display_name
    zone = practice_calendar().zone
    if birth_of(patient).may_be_minor_on(day_of(now, zone)):
        raise DomainError("patient_minor", f"{name} is or may be a minor, who is not asked for a story.")
    if has_open_recovery(patient.id):
        raise DomainError("recovery_open", f"A recovery for {name} is open. Make that good first.")
    before = StoryAsk.objects.filter(patient=patient).order_by("-planned_at", "-id").first()
    if before is None:
        return
    today = day_of(now, zone)
    if not before.answer:
        when = spoken_date(day_of(before.planned_at, zone), today=today)
        raise Conflict("story_planned", f"The call to {name} is planned since {when}.")
    if before.answered_at is None:
        return
    when = spoken_date(day_of(before.answered_at, zone), today=today)
    if before.answer == StoryAsk.Answer.AGREED:
        raise Conflict("story_agreed", f"{name} agreed to tell their story, on {when}.")
    if now - before.answered_at < AGAIN_AFTER:
        raise DomainError("story_declined", f"{name} would rather not, as they said on {when}. Ask again after a year.")
