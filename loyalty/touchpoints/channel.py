"""By which channel a patient is reached: the one they prefer, else a call, else what is left; never against a wish."""

from datetime import date

from loyalty.models import Channel, Consent, ContactPoint, Guardianship, Patient, TouchpointChannel
from loyalty.patients.reach import Reach, newest_consents, reach_of

_LAST_RESORTS = (Channel.CALL, Channel.LETTER, Channel.TEXT, Channel.EMAIL)


def channel_for(patient: Patient, *, planned: str, today: date) -> str:
    """`planned` is the rule's channel. In three or four queries: contact points, guardians, consents."""
    consents = newest_consents(list(Consent.objects.filter(patient=patient)))
    ways = reach_of(
        patient,
        points=list(ContactPoint.objects.filter(patient=patient).order_by("rank", "id")),
        guardians=list(
            Guardianship.objects.filter(patient=patient)
            .select_related("guardian")
            .prefetch_related("guardian__contact_points")
            .order_by("id")
        ),
        consents={question: answer.granted for question, answer in consents.items()},
        today=today,
    )
    return chosen(ways, preferred=patient.preferred_channel, planned=planned)


def chosen(ways: tuple[Reach, ...], *, preferred: str, planned: str) -> str:
    """The first allowed of: preferred, planned, call, letter, text, email.

    Where nothing at all is on file it stays as planned: somebody will have to ask. Where all that is on file is
    forbidden, it is said in person.
    """
    allowed = {way.way for way in ways if way.allowed}
    for channel in (preferred, planned, *_LAST_RESORTS):
        if channel in allowed:
            return channel
    return TouchpointChannel.IN_PERSON if ways else planned
