"""What the form of each address accepts, and what must be so before: for tests that ask every address."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from core.tenancy.scope import control_plane, current_practice
from loyalty.messages.wording import VERSION
from loyalty.models import Location, Recovery, Staff, Touchpoint, Visit, VisitStatus
from loyalty.touchpoints.notes import skip
from tenants.actions.accept_agreements import accept_agreements
from tenants.actions.review_access import as_seen
from tenants.agreements import CURRENT
from tenants.models import Document, Membership
from tests.rooms import every
from tests.rooms.body import Body, Ids

CLAUSE = Document.DATA_AGGREGATION


def today(status: str, *, minutes: int) -> Callable[[Ids, datetime], object]:
    """The visit began so many minutes ago, or is ahead by as many."""

    def before(ids: Ids, now: datetime) -> None:
        starts = now - timedelta(minutes=minutes)
        Visit.objects.filter(id=ids["visit_id"]).update(
            status=status, starts_at=starts, ends_at=starts + timedelta(hours=1), day=now.date()
        )

    return before


def place(_ids: Ids) -> dict[str, Any]:
    return {"location": Location.objects.get().id, "staff": Staff.objects.filter(role="provider").first().id}


def nothing_to_make_good(ids: Ids, now: datetime) -> None:
    """No recovery is open, so that the patient's note may be written."""
    Recovery.objects.filter(patient_id=ids["patient_id"]).update(
        closed_at=now, recovered=True, done_text="Called.", patient_told_at=now
    )
    Touchpoint.objects.filter(id=ids["note_id"], state="held").update(state="planned")


def settle_note(ids: Ids, now: datetime) -> None:
    skip(touchpoint_id=UUID(str(ids["note_id"])), reason="Thanked in person", by_staff_id=None, now=now)


def accept_clause(_ids: Ids, now: datetime) -> None:
    accept_agreements(
        practice=current_practice(),
        versions={CLAUSE: CURRENT[CLAUSE].version},
        person_id=uuid4(),
        person_name="Olivia Owens",
        address=None,
        now=now,
    )


def everybody_seen(_ids: Ids) -> dict[str, Any]:
    practice_id = current_practice().id
    with control_plane():
        members = Membership.objects.filter(practice_id=practice_id, ended_at__isnull=True)
        return {"seen": [as_seen(id, role) for id, role in members.values_list("person_id", "role")]}


BODIES: dict[str, Body] = {
    "patient-new": Body({"given_name": "Otto", "family_name": "Other"}),
    "memories": Body({"text": "Runs", "source": "told us", "part": "remember", "sensitivity": "team"}),
    "memory-forgotten": Body(),
    "visit-new": Body(lambda ids: {"day": "2026-12-08", "clock": "10:30", **place(ids)}),
    "walk-in": Body(place),
    "visit-time": Body({"day": "2026-12-08", "clock": "10:30"}),
    "visit-arrival": Body(before=today(VisitStatus.BOOKED, minutes=-5)),
    "visit-completion": Body(before=today(VisitStatus.BOOKED, minutes=5)),
    "visit-no-show": Body(before=today(VisitStatus.BOOKED, minutes=5)),
    "visit-cancellation": Body(),
    "visit-feedback": Body({"score": "9"}, before=today(VisitStatus.ARRIVED, minutes=5)),
    "note-written": Body(before=nothing_to_make_good),
    "note-skip": Body({"why": "Thanked in person"}),
    "note-undo": Body(before=settle_note),
    # Aurora accepted both that are required.
    "agreements-acceptance": Body(changes=False),
    "agreements-clause": Body({CLAUSE.value: "on", f"version_{CLAUSE.value}": str(CURRENT[CLAUSE].version)}),
    "agreements-withdrawal": Body(before=accept_clause),
    "access-reviews": Body(everybody_seen),
    "invitation-new": Body({"name": "Lou Lane", "email": "lou@example.com", "role": "provider"}),
    "invitation-renewal": Body(),
    "invitation-cancellation": Body(),
    "person-role": Body({"role": "provider"}),
    "person-departure": Body(),
    "person-ownership": Body({"becomes": "manager"}),
    "consents": Body({"source": "told us", "version": VERSION, "email-visits": "yes"}),
    # There is no address and no consent: a rule refuses it, and that is kept, too.
    "message-new": Body(lambda ids: {"template_id": ids["template_id"]}, answers=(422,)),
    "message-template-new": Body(
        {"name": "Soon", "kind": "news", "channel": "email", "subject": "Soon", "body": "Hello {first_name}, soon."}
    ),
    "message-template": Body(
        {"name": "Soon", "subject": "Soon", "body": "Hello {first_name}.", "is_on": "on", "version": "1"}
    ),
    # A made-up patient's message, to whoever asks.
    "message-template-test": Body(changes=False),
    "do-not-contact-new": Body({"kind": "email", "given": "lou@example.com"}),
    "do-not-contact-lift": Body({"because": "They wrote that it was a mistake."}),
    "location": Body(
        {"name": "Main Street", "address": "12 Main St", "city": "Denver", "state": "CO", "postal_code": "80202"}
    ),
    "getting-started-aside": Body(changes=False),
    # A file: nothing changes, and its entry says that it was made.
    "export": Body(changes=False),
    "leaving": Body({"reason": "closed"}),
    **every.bodies(),
}
