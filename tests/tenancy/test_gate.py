"""The public schema behind its gate: nothing is open to a practice that no package declared."""

import pytest
from django.db import DatabaseError, connection, transaction

from core.tenancy import gate
from core.tenancy.scope import practice_scope
from loyalty.benchmarks.models import Contribution
from tenants.models import Practice
from tests.cast import NOW


def public_tables() -> dict[str, bool]:
    """Table → whether row-level security is on."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, relrowsecurity FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
        )
        return dict(cursor.fetchall())


def test_row_level_security_is_on_for_every_public_table(db):
    tables = public_tables()
    assert "tenants_person" in tables
    assert [table for table, is_on in tables.items() if not is_on] == []


def test_a_practice_is_granted_nothing_but_what_was_declared(db):
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT relname, acl.privilege_type FROM pg_class, aclexplode(relacl) AS acl"
            " WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'"
            " AND acl.grantee IN (0, 'perennial_practice'::regrole)"
        )
        granted = set(cursor.fetchall())
    # Grants on columns do not show as grants on the table.
    declared = {
        (o.table, verb) for o in gate.openings().values() for verb in o.verbs if not o.columns or verb != "SELECT"
    }
    assert granted == declared


SIGN_IN = [
    *("tenants_person", "tenants_membership", "tenants_session", "tenants_invitation", "tenants_accessreview"),
    *("tenants_handover", "account_emailaddress", "mfa_authenticator"),
]


@pytest.mark.parametrize("table", SIGN_IN)
def test_sign_in_is_out_of_reach(in_aurora, table):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f"SELECT * FROM public.{table}")


def test_a_practice_sees_itself_only(in_aurora):
    assert list(Practice.objects.values_list("slug", flat=True)) == ["aurora"]


def test_a_practice_cannot_rename_itself(in_aurora):
    with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
        Practice.objects.update(name="Best of all")


def contribution(practice_id) -> Contribution:
    return Contribution(
        practice_id=practice_id,
        metric="nps",
        definition_version=1,
        month="2026-10-01",
        numerator=5,
        denominator=20,
        n=20,
        value=25,
        computed_at=NOW,
    )


@pytest.fixture
def agreed(aurora, borealis):
    """Both have accepted the data-aggregation clause."""
    Practice.objects.update(aggregation_agreed_at=NOW)


def test_a_practice_writes_contributions_of_its_own(agreed, in_aurora):
    contribution(in_aurora.id).save(force_insert=True)
    assert Contribution.objects.count() == 1


def test_a_practice_cannot_write_contributions_for_another(agreed, aurora, borealis):
    with practice_scope(aurora), pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
        contribution(borealis.id).save(force_insert=True)


def test_a_practice_sees_no_contributions_of_others(agreed, aurora, borealis):
    with practice_scope(borealis):
        contribution(borealis.id).save(force_insert=True)
    with practice_scope(aurora):
        assert Contribution.objects.count() == 0
        assert Contribution.objects.update(value=0) == 0


def test_declaring_a_table_twice_with_different_rules_is_refused(db):
    with pytest.raises(ValueError, match="declared twice"):
        gate.network_read(Practice)


def test_an_unknown_verb_is_refused(db):
    with pytest.raises(ValueError, match="unknown verbs"):
        gate.own_rows(Contribution, verbs=["TRUNCATE"])
