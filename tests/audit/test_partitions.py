"""A month of the trail is a table of its own, made ahead of time."""

import time_machine
from django.db import connections

from core import audit
from core.audit.models import Entry
from core.audit.partitions import make_partitions
from core.tenancy.scope import practice_scope


def months(schema: str) -> dict[str, str]:
    """Name of each partition → its bounds."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT relname, pg_get_expr(relpartbound, c.oid) FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid"
            " WHERE inhparent = %s::regclass ORDER BY 1",
            [f"{schema}.audit_entry"],
        )
        return dict(cursor.fetchall())


def owner(schema: str, *statements: str) -> None:
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SET search_path = "{schema}", public')
        for statement in statements:
            cursor.execute(statement)
        cursor.execute("SET search_path = public")


def test_a_new_practice_has_this_month_and_the_next_two(open_place):
    found = months(open_place().schema_name)
    assert len(found) == 4
    assert found["audit_entry_rest"] == "DEFAULT"


def test_making_them_again_makes_none(open_place):
    open_place()
    make_partitions()
    assert make_partitions() == 0


def test_a_months_entries_lie_in_their_month(open_place):
    place = open_place()
    with practice_scope(place):
        audit.record("patient.read")
        entry = Entry.objects.get(verb="patient.read")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SELECT tableoid::regclass::text FROM "{place.schema_name}".audit_entry LIMIT 1')
        assert cursor.fetchone()[0].endswith(f"audit_entry_{entry.at:%Y_%m}")


def test_entries_of_a_month_that_was_not_made_are_kept_and_become_that_month(open_place):
    """The job did not run for a while: what was written meanwhile is neither lost nor in the way."""
    place = open_place()
    this_month = min(name for name in months(place.schema_name) if name != "audit_entry_rest")
    owner(
        place.schema_name, *(f"DROP TABLE {name}" for name in months(place.schema_name) if name != "audit_entry_rest")
    )
    with practice_scope(place):
        audit.record("patient.read")
    assert make_partitions() >= 3
    assert this_month in months(place.schema_name)
    assert len(months(place.schema_name)) == 4
    with practice_scope(place):
        audit.record("patient.changed")
        assert Entry.objects.filter(verb__startswith="patient.").count() == 2
    owner(place.schema_name, "SELECT 1")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'SELECT count(*) FROM "{place.schema_name}".audit_entry_rest')
        assert cursor.fetchone()[0] == 0


def test_a_partition_that_was_the_rest_is_as_closed_as_the_others(open_place):
    place = open_place()
    owner(
        place.schema_name, *(f"DROP TABLE {name}" for name in months(place.schema_name) if name != "audit_entry_rest")
    )
    with practice_scope(place):
        audit.record("patient.read")
    make_partitions()
    with connections["owner"].cursor() as cursor:
        cursor.execute(
            "SELECT c.oid::regclass::text FROM pg_inherits JOIN pg_class c ON c.oid = inhrelid,"
            " aclexplode(relacl) AS acl WHERE inhparent = %s::regclass AND acl.grantee = %s::regrole",
            [f"{place.schema_name}.audit_entry", place.schema_name],
        )
        assert cursor.fetchall() == []


def test_the_clock_of_the_application_dates_no_entry(open_place):
    with practice_scope(open_place()), time_machine.travel("2031-05-05"):
        audit.record("patient.read")
        assert Entry.objects.get(verb="patient.read").at.year != 2031
