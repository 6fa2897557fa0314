"""Visits as FHIR resources: an Appointment until somebody comes, an Encounter from then on. The id stays."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from core.exchange.external_id import OWN_IDS
from loyalty.exchange.fhir.kinds import (
    USUAL,
    Days,
    FhirResource,
    FhirType,
    Moments,
    Param,
    ParamKind,
    Token,
    during,
    on_days,
)
from loyalty.exchange.fhir.written import written
from loyalty.exchange.visits import by_own_id, visit_ids
from loyalty.models import Visit, VisitStatus
from loyalty.record_export.fhir_visit import visit_resource

_BOOKED: Mapping[str, tuple[str, ...]] = {
    "booked": (VisitStatus.BOOKED, VisitStatus.CONFIRMED),
    "noshow": (VisitStatus.NO_SHOW,),
    "cancelled": (VisitStatus.CANCELLED,),
}
_COME: Mapping[str, tuple[str, ...]] = {
    "arrived": (VisitStatus.ARRIVED,),
    "finished": (VisitStatus.COMPLETED,),
}
# Codes of the standard that no visit of ours has are known, and find nothing.
_APPOINTMENT_CODES = (
    "proposed", "pending", "booked", "arrived", "fulfilled", "cancelled", "noshow", "entered-in-error", "checked-in",
    "waitlist",
)  # fmt: skip
_ENCOUNTER_CODES = (
    "planned", "arrived", "triaged", "in-progress", "onleave", "finished", "cancelled", "entered-in-error", "unknown",
)  # fmt: skip


def _rows(of: Mapping[str, tuple[str, ...]]) -> Any:
    held = [status for those in of.values() for status in those]

    def rows() -> QuerySet[Visit]:
        return Visit.objects.filter(status__in=held).select_related("service")

    return rows


def _in_status(of: Mapping[str, tuple[str, ...]]) -> Any:
    def where(token: Token, _application_id: UUID) -> Q:
        return Q(status__in=of.get(token.code, ()))

    return where


def _on(value: Days | Moments, _application_id: UUID) -> Q:
    return on_days("day", value) if isinstance(value, Days) else during("starts_at", value)


def _identified(token: Token, application_id: UUID) -> Q:
    return by_own_id(token.code, application_id) if token.system in (None, OWN_IDS) else Q(pk__in=())


def _of_patient(value: UUID | None, _application_id: UUID) -> Q:
    return Q(patient_id=value) if value is not None else Q(pk__in=())


def _build(rows: Sequence[Visit], application_id: UUID) -> list[FhirResource]:
    own = visit_ids([row.id for row in rows], application_id)
    return [_resource(row, own[row.id]) for row in rows]


def _resource(row: Visit, own: Sequence[str]) -> FhirResource:
    resource = written(visit_resource(row, of=row.patient_id), row.updated_at)
    if own:
        resource["identifier"] = [{"system": OWN_IDS, "value": value} for value in own]
    return resource


def _type(name: str, of: Mapping[str, tuple[str, ...]], codes: tuple[str, ...]) -> FhirType:
    patient = Param(ParamKind.REFERENCE, "Whose: an id, or Patient/ and an id.", _of_patient)
    return FhirType(
        name=name,
        rows=_rows(of),
        build=_build,
        sent="visits.sent",
        patient="patient_id",
        params={
            **USUAL,
            "identifier": Param(ParamKind.TOKEN, f"Your own id of the visit ({OWN_IDS}|…).", _identified),
            "patient": patient,
            "date": Param(ParamKind.DATE, "When it begins: a day at its location, or a time with its offset.", _on),
            "status": Param(ParamKind.TOKEN, "What has become of it.", _in_status(of), codes),
        },
    )


APPOINTMENT = _type("Appointment", _BOOKED, _APPOINTMENT_CODES)
ENCOUNTER = _type("Encounter", _COME, _ENCOUNTER_CODES)
