"""Names of patients by id, for pages that list what was done."""

from collections.abc import Iterable
from uuid import UUID

from loyalty.models import Patient
from loyalty.patients.name import shown_name


def patient_names(patients: Iterable[UUID]) -> dict[UUID, str]:
    """Id → name; whom there is no record of is left out. One query, none for nobody. The caller records the reading."""
    wanted = set(patients)
    if not wanted:
        return {}
    rows = Patient.objects.filter(id__in=wanted).values_list("id", "given_name", "preferred_name", "family_name")
    return {id: shown_name(*names) for id, *names in rows}
