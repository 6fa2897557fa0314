"""Visits as other systems read them: when, where, with whom, for what, and what became of them."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db.models import Q

from core.exchange.external_id import system_of
from core.exchange.resource import Filter, InSql, Kind, Resource, Row, column
from loyalty.models import Visit, VisitIdentifier, VisitStatus


def visit_ids(ids: Sequence[UUID], application_id: UUID) -> Mapping[UUID, list[str]]:
    """The program's own ids of each of these visits, in the order in which it gave them."""
    found: dict[UUID, list[str]] = {id: [] for id in ids}
    held = VisitIdentifier.objects.filter(visit_id__in=ids, system=system_of(application_id))
    for visit_id, value in held.order_by("created_at", "value").values_list("visit_id", "value"):
        found[visit_id].append(value)
    return found


def by_own_id(value: str, application_id: UUID) -> Q:
    held = VisitIdentifier.objects.filter(system=system_of(application_id), value=value)
    return Q(id__in=held.values("visit_id"))


def _around(ids: Sequence[UUID], application_id: UUID) -> Mapping[UUID, Row]:
    own = visit_ids(ids, application_id)
    return {id: {"external_id": next(iter(own[id]), ""), "external_ids": own[id]} for id in ids}


_OF_ROW = f'FROM {VisitIdentifier._meta.db_table} WHERE visit_id = "{Visit._meta.db_table}".id AND system = %s'
_IN_SQL: dict[str, InSql] = {
    "external_id": (
        f"coalesce((SELECT value {_OF_ROW} ORDER BY created_at, value LIMIT 1), '')",
        lambda application_id: (system_of(application_id),),
    ),
    "external_ids": (
        f"(SELECT coalesce(json_agg(value ORDER BY created_at, value), '[]') {_OF_ROW})",
        lambda application_id: (system_of(application_id),),
    ),
}

VISITS = Resource(
    name="visit",
    rows=Visit.objects.all,
    columns=(
        "id", "patient_id", "location_id", "staff_id", "service_id", "status", "source", "starts_at", "ends_at", "day",
        "booked_at", "arrived_at", "seen_at", "completed_at", "cancelled_at", "is_history", "reason", "created_at",
        "updated_at",
    ),
    sent="visits.sent",
    patient="patient_id",
    filters={
        "external_id": Filter(Kind.TEXT, by_own_id),
        "patient_id": column(Kind.ID, "patient_id"),
        "location_id": column(Kind.ID, "location_id"),
        "staff_id": column(Kind.ID, "staff_id"),
        "service_id": column(Kind.ID, "service_id"),
        "status": column(Kind.CHOICE, "status", VisitStatus.values),
        "day_from": column(Kind.DAY, "day__gte"),
        "day_to": column(Kind.DAY, "day__lte"),
    },
    added=("external_id", "external_ids"),
    add=_around,
    in_sql=_IN_SQL,
)  # fmt: skip
