"""What a merge would do, before anybody does it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from core import audit
from core.errors import NotFound
from loyalty.models import Channel, ConsentPurpose, ContactPoint, Patient, VisitStatus
from loyalty.patients.merging.collisions import staying
from loyalty.patients.merging.fields import WISHES, Part, differing, filled_in, suggested, wishes
from loyalty.patients.merging.merge import moving_keys
from loyalty.patients.merging.pair import check_may_merge
from loyalty.patients.merging.settle import (
    planned_twice,
    referrals_to_drop,
    refusals_to_keep,
    same_contact_points,
    visits_at_once,
)
from loyalty.patients.partial_date import PartialDate
from loyalty.patients.reach import birth_of
from loyalty.patients.tables import PatientKey

# What moves, in the words of the team: one, many. What stands in no list is called by its model's name.
_WORDS = {
    "loyalty.visit": ("visit", "visits"),
    "loyalty.touchpoint": ("contact", "contacts"),
    "loyalty.memory": ("memory", "memories"),
    "loyalty.occasion": ("personal day", "personal days"),
    "loyalty.feedback": ("answer", "answers"),
    "loyalty.consent": ("answer about consent", "answers about consent"),
    "loyalty.contactpoint": ("phone number or address", "phone numbers and addresses"),
    "loyalty.patientidentifier": ("number in another system", "numbers in other systems"),
    "loyalty.householdmember": ("household", "households"),
    "loyalty.message": ("message", "messages"),
    "loyalty.gift": ("gift", "gifts"),
    "loyalty.recovery": ("recovery", "recoveries"),
    "loyalty.review": ("review", "reviews"),
    "loyalty.inquiry": ("inquiry", "inquiries"),
}
_QUIET = frozenset({"loyalty.feedbackrequest", "loyalty.toldapart", "loyalty.referral"})
_WISH_WORDS = {
    "no_contact": "no contact",
    "no_voicemail": "no voicemail",
    "plain_envelope": "plain envelope",
    "not_at_home": "not at home",
    "deceased": "has died",
}


@dataclass(frozen=True, slots=True)
class Side:
    """One of the two records. number: its visits that were completed."""

    id: UUID
    name: str
    record_number: str
    birth: PartialDate
    since: datetime
    number: int
    last_day: date | None
    reach: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Choice:
    """A value that both give differently. theirs_first: the merged record's says more."""

    key: str
    label: str
    mine: str
    theirs: str
    theirs_first: bool


@dataclass(frozen=True, slots=True)
class Preview:
    """filled: what the survivor lacks and gets, (label, value). moves: (how many, what). settled: sentences."""

    survivor: Side
    merged: Side
    choices: tuple[Choice, ...]
    filled: tuple[tuple[str, str], ...]
    moves: tuple[tuple[int, str], ...]
    settled: tuple[str, ...]


def preview(*, patient_id: UUID, merged_id: UUID, now: datetime) -> Preview:
    """Raises NotFound, and what a merge of the two would raise."""
    found = Patient.objects.in_bulk([patient_id, merged_id])
    if patient_id not in found or merged_id not in found:
        raise NotFound("patient_not_found", "This patient is not on file.")
    survivor, merged = found[patient_id], found[merged_id]
    check_may_merge(survivor, merged)
    audit.record("merge_preview.read", subject=survivor, patients=[survivor.id, merged.id])
    first = suggested(survivor, merged)
    return Preview(
        survivor=_side(survivor),
        merged=_side(merged),
        choices=tuple(_choice(part, survivor, merged, first) for part in differing(survivor, merged)),
        filled=tuple((part.label, part.words(merged)) for part in filled_in(survivor, merged)),
        moves=tuple(_moves(survivor, merged)),
        settled=tuple(_settled(survivor, merged, now=now)),
    )


def _side(patient: Patient) -> Side:
    days = patient.visits.filter(status=VisitStatus.COMPLETED).order_by("-day").values_list("day", flat=True).distinct()
    points = ContactPoint.objects.filter(patient=patient).order_by("kind", "rank", "id").values_list("value", flat=True)
    return Side(
        id=patient.id,
        name=patient.display_name,
        record_number=patient.record_number,
        birth=birth_of(patient),
        since=patient.created_at,
        number=len(days),
        last_day=days[0] if days else None,
        reach=tuple(points),
    )


def _choice(part: Part, survivor: Patient, merged: Patient, first: frozenset[str]) -> Choice:
    return Choice(part.key, part.label, part.words(survivor), part.words(merged), theirs_first=part.key in first)


def _moves(survivor: Patient, merged: Patient) -> Iterator[tuple[int, str]]:
    for key in moving_keys():
        if key.label not in _QUIET:
            rows = key.model._default_manager.filter(**{key.field: merged})
            count = rows.exclude(pk__in=staying(key, survivor=survivor, merged=merged)).count()
            if count:
                yield count, _called(key, count)


def _called(key: PatientKey, count: int) -> str:
    if key.label == "loyalty.guardianship":
        return "guardian" if key.is_own else "child that they are guardian of"
    meta = key.model._meta
    one, many = _WORDS.get(key.label, (str(meta.verbose_name), str(meta.verbose_name_plural)))
    return one if count == 1 else many


def _settled(survivor: Patient, merged: Patient, *, now: datetime) -> Iterator[str]:
    mine = [one for one, _ in visits_at_once(survivor, merged)]
    for day in survivor.visits.filter(id__in=mine).order_by("starts_at").values_list("day", flat=True):
        yield f"Both have a visit on {day:%B} {day.day}: both stay booked. Cancel one of them afterwards."
    if points := same_contact_points(survivor, merged):
        yield f"{_many(len(points), 'phone number or address is', 'numbers or addresses are')} on both: kept once."
    if planned := planned_twice(survivor, merged):
        yield f"{_many(len(planned), 'contact is', 'contacts are')} planned twice: one of the two is called off."
    if referrals_to_drop(survivor, merged):
        yield "Both say who sent them, or they sent each other: one answer stays, the surviving record’s if it can."
    for no in refusals_to_keep(survivor, merged, now=now):
        about = ConsentPurpose(no.purpose).label.lower()
        yield f"{Channel(no.channel).label}, {about}: one said yes and the other no. The no holds until you ask again."
    strict = wishes(survivor, merged)
    kept = [_WISH_WORDS[w] for w in WISHES if strict[w] and not (getattr(survivor, w) and getattr(merged, w))]
    if kept:
        yield f"Of two wishes the stricter one holds: {', '.join(kept)}."


def _many(count: int, one: str, many: str) -> str:
    return f"{count} {one if count == 1 else many}"
