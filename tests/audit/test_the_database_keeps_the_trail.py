"""Append-only: the database refuses changes, whoever sends them."""

import pytest
from django.db import DatabaseError, connection, connections, transaction

from core import audit
from core.audit.models import Entry
from core.models import NetworkEntry
from core.tenancy.scope import practice_scope

REFUSED = r"permission denied|must be owner"
CHANGES = {
    "update": "UPDATE {} SET verb = 'nothing.happened'",
    "delete": "DELETE FROM {}",
    "truncate": "TRUNCATE {}",
    "drop": "DROP TABLE {}",
    "trigger off": "ALTER TABLE {} DISABLE TRIGGER USER",
}


def months(schema: str) -> list[str]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT inhrelid::regclass::text FROM pg_inherits WHERE inhparent = %s::regclass ORDER BY 1",
            [f"{schema}.audit_entry"],
        )
        return [row[0] for row in cursor.fetchall()]


def send(sql: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql)


@pytest.mark.parametrize("change", CHANGES)
def test_the_practices_role_changes_no_entry(in_aurora, change):
    audit.record("patient.read")
    with pytest.raises(DatabaseError, match=REFUSED):
        send(CHANGES[change].format("audit_entry"))
    assert Entry.objects.get(verb="patient.read")


@pytest.mark.parametrize("change", [*CHANGES, "read", "insert"])
def test_nor_by_reaching_for_a_month(in_aurora, change):
    audit.record("patient.read")
    sql = {**CHANGES, "read": "SELECT * FROM {}", "insert": "INSERT INTO {} DEFAULT VALUES"}[change]
    names = months(in_aurora.schema_name)
    assert len(names) == 4
    for name in names:
        with pytest.raises(DatabaseError, match=REFUSED):
            send(sql.format(name))


@pytest.mark.parametrize("column", ["at", "id"])
def test_an_entry_cannot_be_dated_back(in_aurora, column):
    value = {"at": "'2020-01-01'", "id": "gen_random_uuid()"}[column]
    with pytest.raises(DatabaseError, match="permission denied"):
        send(
            f"INSERT INTO audit_entry ({column}, verb, outcome, asker_kind, role, place, why, subject_kind, patients,"
            f" everyone, detail) VALUES ({value}, 'a.b', 'done', 'job', '', '', '', '', '{{}}', false, '{{}}')"
        )


@pytest.mark.parametrize("change", ["update", "delete", "truncate"])
def test_a_grant_that_slipped_through_still_meets_the_trigger(open_place, change):
    """The first guard taken away: the second one holds."""
    place = open_place()
    with practice_scope(place):
        audit.record("patient.read")
    with connections["owner"].cursor() as cursor:
        cursor.execute(f'GRANT ALL ON "{place.schema_name}".audit_entry TO "{place.schema_name}"')
    with practice_scope(place):
        with pytest.raises(DatabaseError, match="append-only"):
            send(CHANGES[change].format("audit_entry"))
        assert Entry.objects.filter(verb="patient.read").exists()


@pytest.mark.parametrize("change", CHANGES)
def test_the_control_plane_changes_no_entry_of_the_network(db, aurora, change):
    audit.record("practice.opened", practice_id=aurora.id)
    with pytest.raises(DatabaseError, match=REFUSED):
        send(CHANGES[change].format("core_networkentry"))
    assert NetworkEntry.objects.filter(verb="practice.opened", practice_id=aurora.id).exists()


def test_the_network_cannot_date_back_either(db):
    with pytest.raises(DatabaseError, match="permission denied"):
        send(
            "INSERT INTO core_networkentry (at, verb, outcome, asker_kind, role, place, why, subject_kind, detail)"
            " VALUES ('2020-01-01', 'a.b', 'done', 'job', '', '', '', '', '{}')"
        )


def test_the_owner_itself_meets_the_trigger(committed):
    audit.record("practice.opened")
    with connections["owner"].cursor() as cursor, pytest.raises(DatabaseError, match="append-only"):
        cursor.execute("DELETE FROM public.core_networkentry")


def test_a_practice_does_not_see_the_networks_trail(in_aurora):
    with pytest.raises(DatabaseError, match="permission denied"):
        send("SELECT * FROM public.core_networkentry")
