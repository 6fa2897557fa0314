"""Functions and triggers of a practice find its tables whoever calls them: a restored backup, a bulk load by the owner,
a shard that is moved. None of these sets the path that a request sets."""

from django.db import connections

from core.tenancy.scope import PracticeRef

_WITHOUT_A_PATH = """
SELECT p.proname FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
WHERE n.nspname = %s AND NOT coalesce(array_to_string(p.proconfig, ',') LIKE %s, false)
ORDER BY 1
"""


def functions_without_a_path(place: PracticeRef) -> list[str]:
    """Names of the functions of a practice that do not say where they look first: its own schema."""
    with connections["owner"].cursor() as cursor:
        cursor.execute(_WITHOUT_A_PATH, [place.schema_name, f"%search_path={place.schema_name}%"])
        return [name for (name,) in cursor.fetchall()]


def test_every_function_says_where_it_looks(open_place):
    assert functions_without_a_path(open_place()) == []


def test_one_that_does_not_is_found(open_place):
    place = open_place()
    with connections["owner"].cursor() as cursor:
        cursor.execute(f"CREATE FUNCTION {place.schema_name}.lost() RETURNS int LANGUAGE sql AS 'SELECT 1'")
    assert functions_without_a_path(place) == ["lost"]
