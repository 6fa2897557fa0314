"""Patients as FHIR resources: as /patients/ of the other API shows them, no notes and no health data."""

from collections import defaultdict
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet, Value
from django.db.models.functions import Coalesce, Lower

from core.exchange.external_id import OWN_IDS, system_of
from loyalty.exchange.fhir.kinds import USUAL, Days, FhirResource, FhirType, Param, ParamKind, Prefix, Token
from loyalty.exchange.fhir.written import written
from loyalty.models import ContactPoint, Patient, PatientIdentifier, Wish
from loyalty.models.patient import ImmutableUnaccent
from loyalty.record_export.fhir_person import patient_resource, reference

# A program that reads nothing else must not take a patient for one who may be called.
WISH = "urn:perennial:wish"


def _rows() -> QuerySet[Patient]:
    month_first, month_last = Coalesce(F("birth_month"), 1), Coalesce(F("birth_month"), 12)
    return Patient.objects.alias(
        given=_plain("given_name"),
        preferred=_plain("preferred_name"),
        family=_plain("family_name"),
        # 19840229; of a date that is known in part, its first and its last day.
        born_first=F("birth_year") * 10000 + month_first * 100 + Coalesce(F("birth_day"), 1),
        born_last=F("birth_year") * 10000 + month_last * 100 + Coalesce(F("birth_day"), 31),
    )


def _plain(what: Any) -> Any:
    return Lower(ImmutableUnaccent(what))


def _named(*columns: str) -> Any:
    def where(text: str, _application_id: UUID) -> Q:
        begins = _plain(Value(text))
        found = Q()
        for column in columns:
            found |= Q(**{f"{column}__startswith": begins})
        # The index of names finds it anywhere; the columns say where it is.
        return Q(search_name__contains=begins) & found

    return where


def _born(value: Days, _application_id: UUID) -> Q:
    """R4, 3.1.1.4.6: a year alone is a whole year, so it is after June and before it, and in it no day for sure."""
    first, last = (one.year * 10000 + one.month * 100 + one.day for one in (value.first, value.last))
    inside = Q(born_first__gte=first, born_last__lte=last)
    match value.prefix:
        case Prefix.EQUAL:
            return inside
        case Prefix.FROM:
            return inside | Q(born_last__gt=last)
        case Prefix.AFTER:
            return Q(born_last__gt=last)
        case Prefix.UNTIL:
            return inside | Q(born_first__lt=first)
        case Prefix.BEFORE:
            return Q(born_first__lt=first)


def _identified(token: Token, application_id: UUID) -> Q:
    held = PatientIdentifier.objects.filter(system=system_of(application_id), value=token.code)
    own, numbered = Q(id__in=held.values("patient_id")), Q(record_number=token.code) & ~Q(record_number="")
    if token.system is None:
        return own | numbered
    return own if token.system == OWN_IDS else numbered if token.system == "" else Q(pk__in=())


def _build(rows: Sequence[Patient], application_id: UUID) -> list[FhirResource]:
    ids = [row.id for row in rows]
    points: dict[UUID, list[ContactPoint]] = defaultdict(list)
    for point in ContactPoint.objects.filter(patient_id__in=ids).order_by("kind", "rank", "id"):
        points[point.patient_id].append(point)
    own: dict[UUID, list[PatientIdentifier]] = defaultdict(list)
    for patient_id, value in (
        PatientIdentifier.objects.filter(patient_id__in=ids, system=system_of(application_id))
        .order_by("value")
        .values_list("patient_id", "value")
    ):
        own[patient_id].append(PatientIdentifier(system=OWN_IDS, value=value))
    return [_resource(row, points[row.id], own[row.id]) for row in rows]


def _resource(row: Patient, points: list[ContactPoint], own: list[PatientIdentifier]) -> FhirResource:
    # Guardians have a number of their own, which nobody let the program see.
    resource = written(patient_resource(row, points=points, guardians=(), identifiers=own), row.updated_at)
    wishes = [{"url": WISH, "valueCode": wish} for wish in Wish.values if wish != Wish.DECEASED and getattr(row, wish)]
    if wishes:
        resource["extension"] = [*resource.get("extension", []), *wishes]
    if row.merged_into_id:
        resource["link"] = [{"other": reference("Patient", row.merged_into_id), "type": "replaced-by"}]
    return resource


PATIENT = FhirType(
    name="Patient",
    rows=_rows,
    build=_build,
    sent="patients.sent",
    patient="id",
    params={
        **USUAL,
        "identifier": Param(
            ParamKind.TOKEN, f"The record number, or your own id of the patient ({OWN_IDS}|…).", _identified
        ),
        "name": Param(
            ParamKind.STRING, "How a given, preferred or family name begins.", _named("given", "preferred", "family")
        ),
        "family": Param(ParamKind.STRING, "How the family name begins.", _named("family")),
        "given": Param(ParamKind.STRING, "How the given or the preferred name begins.", _named("given", "preferred")),
        "birthdate": Param(ParamKind.DATE, "The date of birth: a day, a month or a year.", _born, only_days=True),
    },
)
