"""A patient who texts STOP or uses a link is known by what they brought, not by an id of a person."""

from django.db import migrations

NAMED = "ALTER TABLE audit_entry ADD CONSTRAINT audit_entry_person_named CHECK (asker_kind IN ({}) OR asker_id IS NOT NULL)"
DROP = "ALTER TABLE audit_entry DROP CONSTRAINT audit_entry_person_named"


class Migration(migrations.Migration):
    dependencies = [("audit", "0001_first")]

    operations = [
        migrations.RunSQL(
            [DROP, NAMED.format("'job', 'operator', 'patient'")], [DROP, NAMED.format("'job', 'operator'")]
        ),
    ]
