"""Words go up with all that wait before them, and come down for a stated reason: nobody chooses by what they say."""

from datetime import datetime
from uuid import UUID

from django.db import transaction
from django.db.models import QuerySet

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.tenancy.scope import current_practice
from loyalty.models import Consent, ConsentPurpose, TakenDown, Testimonial
from loyalty.testimonials.agree import IN_WRITING


def publish(*, through: UUID | None = None, now: datetime) -> int:
    """Publish all that wait, or those up to and with `through`, in the order of their consents; returns how many.

    Raises NotFound, Conflict where nothing waits any more.
    """
    with transaction.atomic():
        waiting = list(_waiting().select_for_update().order_by("place"))
        if through is not None:
            last = next((one.place for one in waiting if one.id == through), None)
            if last is None:
                raise Conflict("testimonial_not_waiting", "This one waits no more. Look at the list again.")
            waiting = [one for one in waiting if one.place <= last]
        if not waiting:
            raise Conflict("testimonials_none_wait", "Nothing waits to be published.")
        Testimonial.objects.filter(id__in=[one.id for one in waiting]).update(published_at=now)
        for one in waiting:
            changed("testimonial.published", one, patients=[one.patient_id])
    return len(waiting)


def take_down(*, testimonial_id: UUID, because: str, by_person_id: UUID | None, now: datetime) -> Testimonial:
    """For a reason that is not the rating. A withdrawal is written down as the patient's no.

    Raises NotFound, Conflict where it is down already, DomainError.
    """
    if because not in TakenDown:
        raise DomainError("testimonial_reason", "Choose why. What they rated is no reason.", field="because")
    with transaction.atomic():
        one = _locked(testimonial_id)
        if one.taken_down_at is not None:
            raise Conflict("testimonial_down", "This one is down already.")
        one.taken_down_at, one.taken_down_because, one.taken_down_by_person_id = now, because, by_person_id
        one.save(update_fields=["taken_down_at", "taken_down_because", "taken_down_by_person_id", "updated_at"])
        if because == TakenDown.WITHDRAWN:
            _withdraw(one, by_person_id=by_person_id, now=now)
        changed("testimonial.taken_down", one, patients=[one.patient_id], detail={"because": because})
    return one


def restore(*, testimonial_id: UUID, now: datetime) -> Testimonial:
    """Take back a mistake. What was withdrawn needs a new consent.

    Raises NotFound, Conflict where it is not down, DomainError for a withdrawal.
    """
    with transaction.atomic():
        one = _locked(testimonial_id)
        if one.taken_down_at is None:
            raise Conflict("testimonial_not_down", "This one is not down.")
        if one.taken_down_because == TakenDown.WITHDRAWN:
            raise DomainError("testimonial_withdrawn", "They took their consent back. Ask them to sign again first.")
        one.taken_down_at, one.taken_down_because, one.taken_down_by_person_id = None, "", None
        if (
            one.published_at is None
            and Testimonial.objects.filter(place__gt=one.place, published_at__isnull=False).exists()
        ):
            # Those behind it are up, so it cannot go back to waiting.
            one.published_at = now
        one.save()
        changed("testimonial.restored", one, patients=[one.patient_id])
    return one


def _waiting() -> QuerySet[Testimonial]:
    return Testimonial.objects.filter(published_at__isnull=True, taken_down_at__isnull=True)


def _locked(testimonial_id: UUID) -> Testimonial:
    """The patient first, as everywhere."""
    found = Testimonial.objects.filter(id=testimonial_id).first()
    if found is None:
        raise NotFound("testimonial_not_found", "This testimonial is not on file.")
    return Testimonial.objects.select_for_update().get(id=testimonial_id)


def _withdraw(one: Testimonial, *, by_person_id: UUID | None, now: datetime) -> None:
    consent = Consent.objects.create(
        patient_id=one.patient_id,
        channel=IN_WRITING,
        purpose=ConsentPurpose.TESTIMONIAL,
        granted=False,
        decided_at=now,
        source="Took it back",
        wording=f"{current_practice().name} takes my words down.",
        by_person_id=by_person_id,
    )
    changed(
        "consent.withdrawn",
        consent,
        patients=[one.patient_id],
        detail={"channel": consent.channel, "purpose": consent.purpose},
    )
