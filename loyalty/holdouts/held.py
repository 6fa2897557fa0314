"""Who is held out: asked before anything of a kind is planned, and drawn at the first time of asking."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import QuerySet

from core import audit
from loyalty.holdouts.draw import held_out
from loyalty.models import HOLDABLE, Holdout, HoldoutPatient, PlaybookRule, TouchpointKind, Trigger


@dataclass(frozen=True, slots=True)
class Asked:
    """Somebody for whom a contact is about to be planned. day: the visit's, or of the planning where there is none."""

    patient_id: UUID
    day: date
    visit_id: UUID | None = None


def may_be_held(kind: str, trigger: str) -> bool:
    """Whether a hold-out may take it away. Asking how somebody is after a visit, or who did not come, may be about
    their safety or a promise: of the check-ins only those for patients who drift away can be held out.
    """
    return kind in HOLDABLE and (kind != TouchpointKind.CHECK_IN or trigger == Trigger.DRIFTING)


def held(rule: PlaybookRule, asked: Sequence[Asked], *, today: date) -> set[UUID]:
    """Which of these patients get nothing of the rule's kind. Who may join a running hold-out joins it here.

    Inside the caller's transaction, which holds the patients and asks for nobody who must not be contacted. One query
    where nothing is held out, and none for kinds that never are.
    """
    if not asked or not may_be_held(rule.kind, rule.trigger):
        return set()
    holdout = Holdout.objects.filter(
        kind=rule.kind, closed_at__isnull=True, starts_on__lte=today, ends_on__gte=today
    ).first()
    if holdout is None:
        return set()
    known = dict(
        HoldoutPatient.objects.filter(holdout=holdout, patient_id__in={one.patient_id for one in asked}).values_list(
            "patient_id", "is_held"
        )
    )
    joining = [one for one in _firsts(asked) if one.patient_id not in known and one.day <= last_day_to_join(holdout)]
    return {patient_id for patient_id, out in {**known, **_joined(holdout, joining)}.items() if out}


def held_now(*, today: date) -> QuerySet[HoldoutPatient]:
    """The lots of those who are held out of something today."""
    return HoldoutPatient.objects.filter(is_held=True, holdout__closed_at__isnull=True, holdout__ends_on__gte=today)


def last_day_to_join(holdout: Holdout) -> date:
    """Whoever joins later could not come back in time for the end, which is known from the start."""
    return holdout.ends_on - timedelta(days=holdout.outcome_days)


def _firsts(asked: Iterable[Asked]) -> list[Asked]:
    """One a patient."""
    firsts: dict[UUID, Asked] = {}
    for one in sorted(asked, key=lambda one: one.day):
        firsts.setdefault(one.patient_id, one)
    return list(firsts.values())


def _joined(holdout: Holdout, joining: Sequence[Asked]) -> dict[UUID, bool]:
    if not joining:
        return {}
    lots = held_out(holdout.salt.encode(), [one.patient_id.bytes for one in joining], percent=holdout.percent).tolist()
    HoldoutPatient.objects.bulk_create(
        HoldoutPatient(holdout=holdout, patient_id=one.patient_id, visit_id=one.visit_id, day=one.day, is_held=out)
        for one, out in zip(joining, lots, strict=True)
    )
    audit.record("holdout.joined", subject=holdout, patients=[one.patient_id for one in joining])
    return {one.patient_id: out for one, out in zip(joining, lots, strict=True)}
