"""Who belongs to a patient: household, guardians, children, and who sent them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core import audit
from loyalty.models import Guardianship, HouseholdMember, Patient, Referral
from loyalty.patients.reach import birth_of, may_turn_to


@dataclass(frozen=True, slots=True)
class Relative:
    """id: of the row that ties them. patient_id: None for who is no patient. may_not: why not to turn to them."""

    id: UUID
    patient_id: UUID | None
    name: str
    relation: str
    may_not: str


@dataclass(frozen=True, slots=True)
class Family:
    """is_minor: the guardian is contacted, never the child. me: own rows of households, to leave them."""

    is_minor: bool
    household: tuple[Relative, ...]
    me: tuple[UUID, ...]
    guardians: tuple[Relative, ...]
    wards: tuple[Relative, ...]
    referral: Relative | None

    @property
    def lacks_guardian(self) -> bool:
        return self.is_minor and not any(not one.may_not for one in self.guardians)


def family_of(patient: Patient, *, today: date) -> Family:
    """Five queries. The trail names everybody who is shown."""
    own = list(HouseholdMember.objects.filter(patient=patient).values_list("id", "household_id"))
    members = (
        HouseholdMember.objects.filter(household_id__in=[home for _, home in own], patient__merged_into__isnull=True)
        .exclude(patient=patient)
        .select_related("patient")
        .order_by("id")
    )
    guardians = Guardianship.objects.filter(patient=patient).select_related("guardian").order_by("id")
    wards = Guardianship.objects.filter(guardian=patient, patient__merged_into__isnull=True).select_related("patient")
    referral = Referral.objects.filter(patient=patient).select_related("referrer").first()
    found = Family(
        is_minor=birth_of(patient).may_be_minor_on(today),
        household=tuple(_of(one.id, one.patient, one.relation) for one in members),
        me=tuple(id for id, _ in own),
        guardians=tuple(
            _of(one.id, one.guardian, one.relation, is_minor=not may_turn_to(one, today=today))
            if one.guardian
            else Relative(one.id, None, one.name, ", ".join(filter(None, (one.relation, one.phone or one.email))), "")
            for one in guardians
        ),
        wards=tuple(_of(one.id, one.patient, one.relation) for one in wards.order_by("id")),
        referral=_referral(referral) if referral else None,
    )
    shown = [*found.household, *found.guardians, *found.wards, *([found.referral] if found.referral else [])]
    audit.record(
        "family.read", subject=patient, patients=[patient.id, *(one.patient_id for one in shown if one.patient_id)]
    )
    return found


def _of(id: UUID, patient: Patient, relation: str, *, is_minor: bool = False) -> Relative:
    """is_minor: of a guardian who is one, too."""
    may_not = "Has died" if patient.deceased else "Wants no contact" if patient.no_contact else ""
    may_not = may_not or ("A minor, too" if is_minor else "")
    return Relative(id, patient.id, patient.display_name, relation, may_not)


def _referral(referral: Referral) -> Relative:
    if referral.referrer:
        return _of(referral.id, referral.referrer, "")
    return Relative(referral.id, None, referral.referrer_name, "", "")
