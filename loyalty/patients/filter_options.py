"""What the list can be narrowed to: the tags in use, who treats, what is offered, and where."""

from dataclasses import dataclass
from uuid import UUID

from django.db import connection


@dataclass(frozen=True, slots=True)
class FilterOptions:
    """tags: in use, by name. The others: id → name, by name."""

    tags: tuple[str, ...]
    staff: dict[UUID, str]
    services: dict[UUID, str]
    locations: dict[UUID, str]


def filter_options() -> FilterOptions:
    """One query."""
    found: dict[str, dict[UUID | None, str]] = {"staff": {}, "service": {}, "location": {}}
    tags: list[str] = []
    with connection.cursor() as cursor:
        cursor.execute(_OPTIONS)
        for kind, id, name in cursor.fetchall():
            if kind == "tag":
                tags.append(name)
            else:
                found[kind][id] = name
    return FilterOptions(tuple(tags), *({id: name for id, name in of.items() if id} for of in found.values()))


_OPTIONS = """
SELECT kind, id, name FROM (
    SELECT 'tag' AS kind, NULL::uuid AS id, tag AS name FROM (
        SELECT DISTINCT unnest(tags) AS tag FROM loyalty_patient WHERE NOT (tags = '{}') AND merged_into_id IS NULL
    ) tags
    UNION ALL SELECT 'staff', id, display_name FROM loyalty_staff
    UNION ALL SELECT 'service', id, name FROM loyalty_service
    UNION ALL SELECT 'location', id, name FROM loyalty_location
) options ORDER BY lower(name), name
"""
