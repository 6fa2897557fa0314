"""What the roles of the database can become."""

import pytest
from django.db import DatabaseError, connection, transaction


def become(role: str) -> None:
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(f'SET LOCAL ROLE "{role}"')


def test_the_application_becomes_a_practice(aurora):
    become(aurora.schema_name)


@pytest.mark.parametrize("role", ["perennial_owner", "perennial_practice", "postgres"])
def test_the_application_becomes_nobody_else(aurora, role):
    with pytest.raises(DatabaseError, match=r"permission denied|does not exist"):
        become(role)


def test_a_practice_inherits_what_all_practices_may_read(in_aurora):
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM public.benchmarks_monthclose")
        assert cursor.fetchone() == (0,)
