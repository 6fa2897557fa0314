"""By which channel a patient is reached: the one they prefer, else a call, else what is left; never against a wish."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from loyalty.models import Channel, Consent, ContactPoint, Guardianship, Patient, TouchpointChannel
from loyalty.patients.guardians import guardians_of
from loyalty.patients.reach import Reach, newest_consents, reach_of

Belonging = TypeVar("Belonging", Consent, ContactPoint, Guardianship)
_LAST_RESORTS = (Channel.CALL, Channel.LETTER, Channel.TEXT, Channel.EMAIL)


def channel_for(patient: Patient, *, planned: str, today: date) -> str:
    """`planned` is the rule's channel. In three to five queries: contact points, guardians, consents."""
    return channels_for([(patient, today)], planned=planned)[0]


def channels_for(whom: Sequence[tuple[Patient, date]], *, planned: str) -> list[str]:
    """The channel of each patient on a day, in their order. As many queries as for one."""
    ways = ways_of(whom)
    return [
        chosen(ways[patient.id, today], preferred=patient.preferred_channel, planned=planned) for patient, today in whom
    ]


def ways_of(whom: Sequence[tuple[Patient, date]]) -> dict[tuple[UUID, date], tuple[Reach, ...]]:
    """All ways to each patient on a day. Three to five queries for any number of them."""
    ids = {patient.id for patient, _ in whom}
    consents = _by_patient(Consent.objects.filter(patient_id__in=ids))
    points = _by_patient(ContactPoint.objects.filter(patient_id__in=ids).order_by("rank", "id"))
    guardians = _by_patient(guardians_of(ids))
    return {
        (patient.id, today): reach_of(
            patient,
            points=points.get(patient.id, ()),
            guardians=guardians.get(patient.id, ()),
            consents={
                question: answer.granted for question, answer in newest_consents(consents.get(patient.id, ())).items()
            },
            today=today,
        )
        for patient, today in whom
    }


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


def _by_patient(rows: Iterable[Belonging]) -> Mapping[UUID, list[Belonging]]:
    found: dict[UUID, list[Belonging]] = defaultdict(list)
    for row in rows:
        found[row.patient_id].append(row)
    return found
