from django.db import connection


def test_the_cast_is_there(in_aurora):
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_user, current_schema()")
        assert cursor.fetchone() == (in_aurora.schema_name, in_aurora.schema_name)
