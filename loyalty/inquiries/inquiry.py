"""One inquiry, opened."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.inquiries.due import calendar
from loyalty.models import CallOutcome, Inquiry


@dataclass(frozen=True, slots=True)
class CallLine:
    """at: on the location's clock. by: "" where nobody of the staff made it."""

    outcome: str
    title: str
    at: datetime
    by: str
    notes: str
    promised: str


@dataclass(frozen=True, slots=True)
class InquiryPage:
    """Moments are on the location's clock. sent_by: who sent them, or "". calls: the oldest first."""

    inquiry: Inquiry
    asked_at: datetime
    due_at: datetime | None
    late: bool
    closed_at: datetime | None
    sent_by: str
    calls: tuple[CallLine, ...]

    @property
    def told(self) -> tuple[tuple[str, str], ...]:
        """What they said, with its title; what they did not say is left out."""
        said = {"Wants": self.inquiry.wants, "Expects": self.inquiry.expects, "Worries about": self.inquiry.worries}
        return tuple((title, text) for title, text in said.items() if text)


def inquiry_page(*, inquiry_id: UUID, now: datetime) -> InquiryPage:
    """Raises NotFound."""
    inquiry = (
        Inquiry.objects.select_related("location", "patient", "referrer", "assigned_to").filter(id=inquiry_id).first()
    )
    if inquiry is None:
        raise NotFound("inquiry_not_found", "This inquiry is not on file.")
    people = [one for one in (inquiry.patient_id, inquiry.referrer_id) if one]
    audit.record("inquiry.read", subject=inquiry, patients=people)
    zone = calendar(inquiry.location).zone
    return InquiryPage(
        inquiry=inquiry,
        asked_at=inquiry.asked_at.astimezone(zone),
        due_at=inquiry.due_at.astimezone(zone) if inquiry.due_at else None,
        late=inquiry.due_at is not None and inquiry.due_at < now,
        closed_at=inquiry.closed_at.astimezone(zone) if inquiry.closed_at else None,
        sent_by=inquiry.referrer.display_name if inquiry.referrer else inquiry.referrer_name,
        calls=tuple(
            CallLine(
                outcome=one.outcome,
                title=CallOutcome(one.outcome).label,
                at=one.at.astimezone(zone),
                by=one.by.display_name if one.by else "",
                notes=one.notes,
                promised=one.promised,
            )
            for one in inquiry.calls.select_related("by").order_by("at", "id")
        ),
    )
