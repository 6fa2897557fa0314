"""A merge is taken back: every row goes to where it was, and what was made since stays with the survivor."""

import json
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db import IntegrityError, connection, transaction
from django.db.models import ForeignKey, Model, Q

from core.changed import changed
from core.errors import Conflict, DomainError, NotFound
from core.violated import violated
from loyalty.models import Consent, Merge, MergeStep, Patient
from loyalty.patients.merging.fields import WISHES
from loyalty.patients.merging.ledger import Kind, as_json, model_of, write
from loyalty.patients.merging.pair import locked_pair
from loyalty.patients.reach import newest_consents
from loyalty.patients.tables import patient_keys

DAYS = 30
_NO_MEANWHILE = "Two records were told apart again: the no said meanwhile holds"
_REFUSED = {
    "patient_record_number_once": "Another patient has the old record number by now. Change it there first.",
    "referral_no_circle": "Who sent whom would go in a circle by now. Change that on the patient’s page first.",
}


def undo_merge(*, merge_id: UUID, by_person_id: UUID | None, now: datetime) -> Merge:
    """Take it back within DAYS. What was made since stays with the survivor; what hangs on a row goes with that row.

    Raises NotFound, Conflict where it was taken back already or another merge came later, DomainError when too late.
    """
    found = Merge.objects.filter(id=merge_id).values_list("patient_id", "merged_id").first()
    if found is None:
        raise NotFound("merge_not_found", "This merge is not on file.")
    try:
        with transaction.atomic():
            survivor, merged = locked_pair(*found)
            merge = Merge.objects.select_for_update(of=("self",)).get(id=merge_id)
            _check(merge, survivor, merged, now=now)
            # First, because the database lets a consent of a merge go only when that is taken back.
            merge.undone_at, merge.undone_by_person_id = now, by_person_id
            merge.save(update_fields=["undone_at", "undone_by_person_id", "updated_at"])
            steps = list(merge.steps.order_by("-position"))
            said = _said_meanwhile(survivor, steps)
            moved = _take_back(merge, steps, now=now)
            _follow(moved, survivor, merged, now=now)
            if said:
                write(Patient, [merged.id], said, now=now)
            _keep_refusals(merge, now=now)
            changed("patient.unmerged", merge, patients=[survivor.id, merged.id])
            return merge
    except IntegrityError as error:
        message = _REFUSED.get(violated(error))
        if message is None and not violated(error):
            raise
        raise Conflict(
            "merge_grown_together", message or "Something was added since that can stand on one record only."
        ) from error


def may_undo(merge: Merge, *, now: datetime) -> bool:
    """Whether its time is not over; other merges may still have to be taken back first."""
    return merge.undone_at is None and now < until(merge)


def until(merge: Merge) -> datetime:
    return merge.at + timedelta(days=DAYS)


def _check(merge: Merge, survivor: Patient, merged: Patient, *, now: datetime) -> None:
    if merge.undone_at is not None:
        raise Conflict("merge_undone", "This merge was taken back already.")
    if not may_undo(merge, now=now):
        raise DomainError("merge_too_old", f"A merge can be taken back for {DAYS} days, and they are over.")
    if survivor.merged_into_id is not None:
        raise Conflict(
            "merge_not_last", "The surviving record was merged into another one since. Take that back first."
        )
    later = Merge.objects.filter(patient=survivor, undone_at__isnull=True, created_at__gt=merge.created_at)
    if later.exists() or merged.merged_into_id != survivor.id:
        raise Conflict(
            "merge_not_last", "Another record was merged into this one since. Take the newest merge back first."
        )


def _take_back(merge: Merge, steps: list[MergeStep], *, now: datetime) -> dict[type[Model], set[Any]]:
    """Undo each step, the last one first. Returns which rows went back to the merged record."""
    moved: dict[type[Model], set[Any]] = {}
    for step in steps:
        model = model_of(step)
        match step.kind:
            case Kind.MOVED:
                ours = {f"{step.field}_id": merge.patient_id}
                if model._default_manager.filter(pk=step.row_id, **ours).exists():
                    write(model, [step.row_id], {f"{step.field}_id": merge.merged_id}, now=now)
                    if step.field == "patient":
                        moved.setdefault(model, set()).add(model._meta.pk.to_python(step.row_id))
            case Kind.CHANGED:
                _restore(step, model, now=now)
            case Kind.MADE:
                model._default_manager.filter(pk=step.row_id).delete()
            case Kind.REMOVED:
                _put_back(step, model)
    return moved


def _follow(moved: dict[type[Model], set[Any]], survivor: Patient, merged: Patient, *, now: datetime) -> None:
    """What was made since for a row that went back goes with it: a visit and its note are never two people's."""
    own = [key for key in patient_keys() if key.is_own and key.model is not Merge]
    waiting = True
    while waiting:
        waiting = False
        for key in own:
            hangs = Q()
            for field in key.model._meta.concrete_fields:
                if isinstance(field, ForeignKey) and moved.get(field.related_model):
                    hangs |= Q(**{f"{field.name}__in": moved[field.related_model]})
            ids = (
                list(key.model._default_manager.filter(hangs, patient=survivor).values_list("pk", flat=True))
                if hangs
                else []
            )
            if ids:
                write(key.model, ids, {"patient_id": merged.id}, now=now)
                moved.setdefault(key.model, set()).update(ids)
                waiting = True


def _said_meanwhile(survivor: Patient, steps: list[MergeStep]) -> dict[str, bool]:
    """A wish for discretion said meanwhile was said by one of the two: it holds for both until somebody asks."""
    at_merge = {step.field: step.after for step in steps if step.row_id == str(survivor.id)}
    return {wish: True for wish in WISHES if getattr(survivor, wish) and at_merge.get(wish) is False}


def _keep_refusals(merge: Merge, *, now: datetime) -> None:
    """So does a no that was said meanwhile."""
    answers = newest_consents(list(Consent.objects.filter(patient_id=merge.patient_id)))
    theirs = newest_consents(list(Consent.objects.filter(patient_id=merge.merged_id)))
    for question, no in answers.items():
        asked_since = no.created_at > merge.created_at
        if asked_since and not no.granted and question in theirs and theirs[question].granted:
            Consent.objects.create(
                patient_id=merge.merged_id,
                channel=no.channel,
                purpose=no.purpose,
                granted=False,
                decided_at=now,
                source=_NO_MEANWHILE,
                wording=no.wording,
                wording_version=no.wording_version,
            )


def _restore(step: MergeStep, model: type[Model], *, now: datetime) -> None:
    """The value of before, where nobody gave another one since."""
    row = model._default_manager.select_for_update(of=("self",)).filter(pk=step.row_id).first()
    if row is None or as_json(getattr(row, step.field)) != step.after:
        return
    field: Any = model._meta.get_field(step.field)
    try:
        with transaction.atomic():
            write(model, [row.pk], {step.field: field.to_python(step.before)}, now=now)
    except IntegrityError:
        # A note was planned for that day since, say: then what was called off stays called off.
        if model is Patient:
            raise


def _put_back(step: MergeStep, model: type[Model]) -> None:
    table = connection.ops.quote_name(model._meta.db_table)
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s::jsonb)",  # noqa: S608
            [json.dumps(step.before)],
        )
