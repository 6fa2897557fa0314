"""What the team remembers of patients, their days, and what they agreed to, as other systems read it."""

from django.db.models import Q, QuerySet
from django.utils import timezone

from core.exchange.resource import Kind, Resource, column
from loyalty.models import Channel, Consent, ConsentPurpose, Memory, Occasion, Sensitivity

_OF_PATIENT = column(Kind.ID, "patient_id")


def _told() -> QuerySet[Memory]:
    """Not what providers keep to themselves, nor what is over. Of a forgotten one there is a row without words."""
    # The last zone of the world has reached the day after: nobody sees a memory longer than it was meant to be kept.
    today = timezone.now().date()
    current = Q(expires_on__isnull=True) | Q(expires_on__gte=today)
    return Memory.objects.filter(current, sensitivity=Sensitivity.TEAM)


MEMORIES = Resource(
    name="memory",
    rows=_told,
    columns=(
        "id", "patient_id", "text", "part", "source", "consented", "expires_on", "forgotten_at", "created_at",
        "updated_at",
    ),
    sent="memories.sent",
    patient="patient_id",
    filters={"patient_id": _OF_PATIENT},
)  # fmt: skip
# Birthdays follow from the date of birth, and stand with the patient.
OCCASIONS = Resource(
    name="occasion",
    rows=Occasion.objects.all,
    columns=("id", "patient_id", "kind", "label", "month", "day", "year", "lead_days", "created_at", "updated_at"),
    sent="occasions.sent",
    patient="patient_id",
    filters={"patient_id": _OF_PATIENT},
)
# Every answer is a row, and stays: the newest of a channel and purpose is the one that holds.
CONSENTS = Resource(
    name="consent",
    rows=Consent.objects.all,
    columns=(
        "id", "patient_id", "channel", "purpose", "granted", "decided_at", "source", "wording", "wording_version",
        "created_at",
    ),
    sent="consents.sent",
    patient="patient_id",
    filters={
        "patient_id": _OF_PATIENT,
        "channel": column(Kind.CHOICE, "channel", Channel.values),
        "purpose": column(Kind.CHOICE, "purpose", ConsentPurpose.values),
    },
)  # fmt: skip
