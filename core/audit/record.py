"""Writing one entry. Plain SQL: the table is read by the ORM, but written on every page, so one round trip is all."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db import connection
from django.db.models import Model

from core.audit.asker import Asker, current_asker
from core.tenancy.scope import in_practice

Detail = Mapping[str, "str | int | bool | UUID | list[str] | None"]

_VERB = re.compile(r"[a-z]+(?:_[a-z]+)*\.[a-z]+(?:_[a-z]+)*\Z")
# An id, a field's name, a code, a version: nothing that a person typed fits.
_CODE = re.compile(r"[a-z0-9][a-z0-9_.:/+-]{0,99}\Z")

_COMMON = "verb, outcome, asker_kind, asker_id, role, place, why, address, request, subject_kind, subject_id, detail"
_PRACTICE = f"INSERT INTO audit_entry ({_COMMON}, patients, everyone) VALUES ({', '.join(['%s'] * 14)})"  # noqa: S608
# One entry for each record, about one patient each.
_EACH = (
    f"INSERT INTO audit_entry ({_COMMON}, patients, everyone)"  # noqa: S608
    f" SELECT {', '.join(['%s'] * 10)}, of.subject, of.detail::jsonb, ARRAY[of.patient], false"
    " FROM unnest(%s::uuid[], %s::text[], %s::uuid[]) AS of (subject, detail, patient)"
)
_NETWORK = (
    f"INSERT INTO public.core_networkentry ({_COMMON}, practice_id, person_id)"  # noqa: S608
    f" VALUES ({', '.join(['%s'] * 14)})"
)

DONE, DENIED = "done", "denied"


class NotACode(ValueError):
    """A word where the trail takes ids and codes only. Nothing was written."""


def record(
    verb: str,
    *,
    patients: Iterable[UUID] = (),
    everyone: bool = False,
    subject: Model | None = None,
    practice_id: UUID | None = None,
    person_id: UUID | None = None,
    detail: Detail | None = None,
) -> None:
    """Write what was done, in the current transaction: in the practice's trail inside one, else in the network's.

    verb: "noun.verb". patients: whom it shows or changes; everyone: all patients of the practice. subject: the record.
    practice_id, person_id: whom it concerns, in the network's trail. detail: ids, numbers and codes.
    Raises NoAsker where nobody asks, NotACode for words.
    """
    _write(
        current_asker(),
        verb,
        DONE,
        patients=patients,
        everyone=everyone,
        subject_kind=str(subject._meta.model_name) if subject is not None else "",
        subject_id=subject.pk if subject is not None else None,
        practice_id=practice_id,
        person_id=person_id,
        detail=detail or {},
    )


def record_each(verb: str, *, model: type[Model], done: Sequence[tuple[UUID, UUID, Detail]]) -> None:
    """As `record`, many entries at once: an id of `model`, the patient that it is about, and detail for each.

    Inside a practice. Raises NoAsker, NotACode.
    """
    for _, _, detail in done:
        _check(verb, detail)
    if not done:
        return
    subjects, patients, details = zip(*done, strict=True)
    kind = str(model._meta.model_name)
    texts = [json.dumps(detail, default=str) for detail in details]
    with connection.cursor() as cursor:
        cursor.execute(_EACH, [*_asked(current_asker(), verb, DONE, kind), list(subjects), texts, list(patients)])


def denied(verb: str, *, subject_id: UUID | None = None, subject_kind: str = "", detail: Detail | None = None) -> None:
    """Write that the asker tried to and was refused; `subject_id` as they named it, whether it exists or not."""
    _write(current_asker(), verb, DENIED, subject_kind=subject_kind, subject_id=subject_id, detail=detail or {})


def _write(
    asker: Asker,
    verb: str,
    outcome: str,
    *,
    subject_kind: str,
    subject_id: UUID | None,
    detail: Detail,
    patients: Iterable[UUID] = (),
    everyone: bool = False,
    practice_id: UUID | None = None,
    person_id: UUID | None = None,
) -> None:
    _check(verb, detail)
    common = [*_asked(asker, verb, outcome, subject_kind), subject_id, json.dumps(detail, default=str)]
    inside = in_practice()
    of_whom: list[Any] = [list(dict.fromkeys(patients)), everyone] if inside else [practice_id, person_id]
    with connection.cursor() as cursor:
        cursor.execute(_PRACTICE if inside else _NETWORK, [*common, *of_whom])


def _asked(asker: Asker, verb: str, outcome: str, subject_kind: str) -> list[Any]:
    return [
        verb,
        outcome,
        asker.kind.value,
        asker.id,
        asker.role,
        asker.where,
        asker.why,
        asker.address,
        asker.request,
        subject_kind,
    ]


def _check(verb: str, detail: Detail) -> None:
    if not _VERB.match(verb):
        raise NotACode(f"{verb!r} is no verb of the trail: write noun.verb in lower case.")
    for key, value in detail.items():
        _check_code(key)
        for one in value if isinstance(value, list) else [value]:
            if isinstance(one, str):
                _check_code(one)


def _check_code(text: str) -> None:
    if not _CODE.match(text):
        raise NotACode("The trail holds ids and codes, never words: " + repr(text[:20]))
