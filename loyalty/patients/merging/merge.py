"""One record becomes part of another: everything of it is given to the survivor, in one transaction."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import IntegrityError, transaction

from core.changed import changed
from core.errors import Conflict, DomainError
from core.violated import violated
from loyalty.models import Merge, Patient, ToldApart
from loyalty.patients.merging.collisions import staying
from loyalty.patients.merging.fields import WISHES, surviving
from loyalty.patients.merging.ledger import Ledger
from loyalty.patients.merging.pair import check_may_merge, locked_pair
from loyalty.patients.merging.settle import hold_what_must_wait, settle, told_apart_to_keep
from loyalty.patients.tables import PatientKey, patient_keys, patient_lists

_REFUSED = {
    "patient_has_a_name": "Nothing would be left of the name. Keep at least one part of it.",
    "patient_record_number_once": "A third record has this record number. Correct it there first.",
}


def merge(
    *, patient_id: UUID, merged_id: UUID, take: Collection[str], by_person_id: UUID | None, now: datetime
) -> Merge:
    """Make `merged_id` part of `patient_id`. `take`: keys of fields.PARTS whose value comes from the merged record.

    Raises NotFound, Conflict where one of them is part of another record already, DomainError.
    """
    try:
        with transaction.atomic():
            survivor, merged = locked_pair(patient_id, merged_id)
            check_may_merge(survivor, merged)
            made = Merge.objects.create(patient=survivor, merged=merged, at=now, by_person_id=by_person_id)
            ledger = Ledger(made, now=now)
            values = surviving(survivor, merged, take=take)
            settle(survivor, merged, ledger, now=now)
            for key in moving_keys():
                ledger.move(key.model, key.field, _moving(key, survivor, merged))
            _rename_in_lists(survivor, merged, ledger)
            hold_what_must_wait(survivor, ledger)
            for earlier in Patient.objects.filter(merged_into=merged).order_by("id"):
                ledger.change(earlier, {"merged_into_id": survivor.id})
            # Only then is the record number free.
            ledger.change(merged, {"merged_into_id": survivor.id})
            ledger.change(survivor, values)
            ledger.note(survivor, (wish for wish in WISHES if wish not in values))
            ledger.keep()
            changed("patient.merged", made, patients=[survivor.id, merged.id])
            return made
    except IntegrityError as error:
        name = violated(error)
        if name == "merge_once":
            raise Conflict("patient_merged", "Somebody merged this record at the same moment.") from None
        if name not in _REFUSED:
            raise
        raise DomainError(name, _REFUSED[name]) from None


def moving_keys() -> tuple[PatientKey, ...]:
    """Every key but those of the history of merges itself, which says what was."""
    return tuple(key for key in patient_keys() if key.model is not Merge)


def _moving(key: PatientKey, survivor: Patient, merged: Patient) -> list[object]:
    ids = set(key.model._default_manager.filter(**{key.field: merged}).values_list("pk", flat=True))
    stay = staying(key, survivor=survivor, merged=merged)
    if key.model is ToldApart:
        stay |= {one.id for one in told_apart_to_keep(survivor, merged)}
    return sorted(ids - stay, key=str)


def _rename_in_lists(survivor: Patient, merged: Patient, ledger: Ledger) -> None:
    for held in patient_lists():
        for row in held.model._default_manager.filter(**{f"{held.field}__contains": [merged.id]}).order_by("pk"):
            ids = [survivor.id if id == merged.id else id for id in getattr(row, held.field)]
            ledger.change(row, {held.field: list(dict.fromkeys(ids))})
