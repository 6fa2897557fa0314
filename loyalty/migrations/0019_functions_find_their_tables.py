"""Every function of a practice looks in its own schema first, whoever calls it.

A trigger of a restored backup, of a bulk load by the owner or of a shard that moves runs without the path of a request,
and would not find its own tables. What comes later says so itself: tests/tenancy/test_functions_find_their_tables.py.
"""

from django.db import migrations

_SAY_WHERE = """
DO $$
DECLARE one regprocedure;
BEGIN
    FOR one IN SELECT p.oid::regprocedure FROM pg_proc p
        WHERE p.pronamespace = (SELECT n.oid FROM pg_namespace n WHERE n.nspname = current_schema())
    LOOP
        EXECUTE format('ALTER FUNCTION %s SET search_path FROM CURRENT', one);
    END LOOP;
END $$
"""


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0018_link_in_default_templates")]

    operations = [migrations.RunSQL(_SAY_WHERE, migrations.RunSQL.noop)]
