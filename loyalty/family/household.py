"""Who lives together."""

from uuid import UUID

from django.db import transaction

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.given_text import given_text
from loyalty.family.locked import locked
from loyalty.models import Household, HouseholdMember

_RELATION = 40


def live_together(*, patient_id: UUID, other_id: UUID, relation: str) -> HouseholdMember:
    """The other one joins the patient's household, or the patient theirs; without any, one is made for both.

    relation: what the one who joins is to the household: "daughter". Raises NotFound, Conflict, DomainError.
    """
    words = given_text(relation, what="The relation", field="relation", limit=_RELATION)
    if patient_id == other_id:
        raise DomainError("household_alone", "Choose somebody else: nobody is a household with themself.")
    with transaction.atomic():
        patient, other = locked(patient_id, other_id)
        mine, theirs = (HouseholdMember.objects.filter(patient=one).order_by("id") for one in (patient, other))
        if set(mine.values_list("household_id", flat=True)) & set(theirs.values_list("household_id", flat=True)):
            raise Conflict("household_member_already", f"{other.display_name} is in this household already.")
        if (home := mine.first()) is not None:
            household, joins = home.household, other
        elif (home := theirs.first()) is not None:
            household, joins = home.household, patient
        else:
            family = patient.family_name or patient.display_name
            household, joins = Household.objects.create(name=f"The {family} household"[:120]), other
            HouseholdMember.objects.create(household=household, patient=patient)
        member = HouseholdMember.objects.create(household=household, patient=joins, relation=words)
        changed("household.joined", member, patients=[patient.id, other.id])
        return member


def leave(*, member_id: UUID) -> None:
    """They move out. With one left, there is no household any more. Raises NotFound."""
    with transaction.atomic():
        member = HouseholdMember.objects.select_for_update(of=("self",)).filter(id=member_id).first()
        if member is None:
            raise NotFound("household_member_not_found", "They are not in this household any more.")
        household = Household.objects.select_for_update().get(id=member.household_id)
        changed("household.left", member, patients=[member.patient_id])
        member.delete()
        if household.members.count() < 2:
            household.delete()
