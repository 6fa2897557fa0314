"""Patients as other systems read them: who they are, and how they may be reached. No notes, no health data."""

from collections.abc import Mapping, Sequence
from uuid import UUID

from django.db import connection
from django.db.models import Q

from core.exchange.external_id import system_of
from core.exchange.resource import Filter, InSql, Kind, Resource, Row, column
from loyalty.models import ContactPoint, Patient, PatientIdentifier

POINT = ("kind", "value", "label", "rank", "do_not_use")


# In words of the database: fifty ids in one array, where the query builder would write and convert each by itself, and
# one way there and back. An own id is a row without a kind; it stands before the points.
_AROUND = f"""
WITH asked AS (SELECT %s::uuid[] AS ids)
SELECT patient_id, kind, value, label, rank, do_not_use, id::text AS last FROM {ContactPoint._meta.db_table}
WHERE patient_id = ANY((SELECT ids FROM asked)::uuid[])
UNION ALL
SELECT patient_id, '', value, '', 0, false, value FROM {PatientIdentifier._meta.db_table}
WHERE patient_id = ANY((SELECT ids FROM asked)::uuid[]) AND system = %s
ORDER BY rank, kind DESC, last
"""  # noqa: S608


def _around(ids: Sequence[UUID], application_id: UUID) -> Mapping[UUID, Row]:
    """Of each the ways to reach them, the first to try first, and the program's own ids: several after a merge."""
    found: dict[UUID, Row] = {id: {"contact_points": [], "external_ids": []} for id in ids}
    with connection.cursor() as cursor:
        cursor.execute(_AROUND, [list(ids), system_of(application_id)])
        for patient_id, *point, _ in cursor.fetchall():
            if point[0]:
                found[patient_id]["contact_points"].append(dict(zip(POINT, point, strict=True)))
            else:
                found[patient_id]["external_ids"].append(point[1])
    return found


def _by_own_id(value: str, application_id: UUID) -> Q:
    held = PatientIdentifier.objects.filter(system=system_of(application_id), value=value)
    return Q(id__in=held.values("patient_id"))


_OF_ROW = f'WHERE patient_id = "{Patient._meta.db_table}".id'
_IN_SQL: dict[str, InSql] = {
    "contact_points": (
        "(SELECT coalesce(json_agg(json_build_object("  # noqa: S608
        "'kind', kind, 'value', value, 'label', label, 'rank', rank,"
        " 'do_not_use', do_not_use) ORDER BY rank, kind DESC, id::text), '[]')"
        f" FROM {ContactPoint._meta.db_table} {_OF_ROW})",
        lambda _application_id: (),
    ),
    "external_ids": (
        "(SELECT coalesce(json_agg(value ORDER BY value), '[]')"  # noqa: S608
        f" FROM {PatientIdentifier._meta.db_table} {_OF_ROW} AND system = %s)",
        lambda application_id: (system_of(application_id),),
    ),
}

# Those that were merged into another are among them, and say into whom.
PATIENTS = Resource(
    name="patient",
    rows=Patient.objects.all,
    columns=(
        "id", "record_number", "given_name", "family_name", "preferred_name", "pronouns", "birth_year", "birth_month",
        "birth_day", "language", "address", "city", "state", "postal_code", "country", "preferred_channel",
        "no_voicemail", "plain_envelope", "not_at_home", "no_contact", "deceased", "deceased_on", "merged_into_id",
        "patient_since", "created_at", "updated_at",
    ),
    sent="patients.sent",
    patient="id",
    filters={"external_id": Filter(Kind.TEXT, _by_own_id), "record_number": column(Kind.TEXT, "record_number")},
    added=("contact_points", "external_ids"),
    add=_around,
    in_sql=_IN_SQL,
)  # fmt: skip
