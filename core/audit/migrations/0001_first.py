"""The audit trail: a table partitioned by month, which the practice's role may read and add to, and nothing else."""

import django.contrib.postgres.fields
from django.db import migrations, models

TABLE = """
CREATE TABLE audit_entry (
    id uuid NOT NULL DEFAULT gen_random_uuid(),
    at timestamptz NOT NULL DEFAULT clock_timestamp(),
    verb varchar(60) NOT NULL,
    outcome varchar(10) NOT NULL,
    asker_kind varchar(10) NOT NULL,
    asker_id uuid,
    role varchar(20) NOT NULL,
    place varchar(120) NOT NULL,
    why varchar(60) NOT NULL,
    address inet,
    request uuid,
    subject_kind varchar(40) NOT NULL,
    subject_id uuid,
    patients uuid[] NOT NULL,
    everyone boolean NOT NULL,
    detail jsonb NOT NULL,
    CONSTRAINT audit_entry_pkey PRIMARY KEY (at, id),
    CONSTRAINT audit_entry_verb_shape CHECK (verb ~ '^[a-z_]+[.][a-z_]+$'),
    CONSTRAINT audit_entry_outcome_known CHECK (outcome IN ('done', 'denied')),
    CONSTRAINT audit_entry_asker_known
        CHECK (asker_kind IN ('person', 'kiosk', 'partner', 'patient', 'job', 'operator')),
    CONSTRAINT audit_entry_person_named CHECK (asker_kind IN ('job', 'operator') OR asker_id IS NOT NULL)
) PARTITION BY RANGE (at)
"""

# What a grant that slipped through would still meet.
REFUSE = """
CREATE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'the audit trail is append-only' USING ERRCODE = 'insufficient_privilege';
END
$$
"""

# The practice's role is named as its schema. It reaches the partitions only through the table, and gives neither id nor
# time: the database sets them, so that no entry is dated back.
RIGHTS = """
CREATE FUNCTION audit_set_rights(relation regclass, is_partition boolean) RETURNS void LANGUAGE plpgsql AS $$
DECLARE
    practice text := current_schema();
BEGIN
    IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = practice) THEN
        RETURN;
    END IF;
    EXECUTE format('REVOKE ALL ON %s FROM %I', relation, practice);
    IF NOT is_partition THEN
        EXECUTE format('GRANT SELECT ON %s TO %I', relation, practice);
        EXECUTE format('GRANT INSERT (verb, outcome, asker_kind, asker_id, role, place, why, address, request,'
            ' subject_kind, subject_id, patients, everyone, detail) ON %s TO %I', relation, practice);
    END IF;
END
$$
"""

# A month that was not made in time collects its rows in the rest, which then becomes that month's partition.
PARTITIONS = """
CREATE FUNCTION audit_make_partitions(ahead integer) RETURNS integer LANGUAGE plpgsql AS $$
DECLARE
    first timestamptz;
    last timestamptz;
    month timestamptz;
    covered timestamptz;
    name text;
    made integer := 0;
BEGIN
    SELECT date_trunc('month', min(at), 'UTC'), date_trunc('month', max(at), 'UTC') + interval '1 month'
        INTO first, last FROM audit_entry_rest;
    IF first IS NOT NULL THEN
        name := 'audit_entry_' || to_char(first AT TIME ZONE 'UTC', 'YYYY_MM');
        ALTER TABLE audit_entry DETACH PARTITION audit_entry_rest;
        EXECUTE format('ALTER TABLE audit_entry_rest RENAME TO %I', name);
        EXECUTE format('ALTER TABLE audit_entry ATTACH PARTITION %I FOR VALUES FROM (%L) TO (%L)', name, first, last);
        CREATE TABLE audit_entry_rest PARTITION OF audit_entry DEFAULT;
        PERFORM audit_set_rights('audit_entry_rest', true);
        made := made + 1;
    END IF;
    SELECT max(substring(pg_get_expr(part.relpartbound, part.oid) FROM $x$TO [(]'([^']+)'[)]$x$)::timestamptz)
        INTO covered
        FROM pg_inherits JOIN pg_class part ON part.oid = inhrelid WHERE inhparent = 'audit_entry'::regclass;
    month := greatest(date_trunc('month', now(), 'UTC'), covered);
    WHILE month <= date_trunc('month', now(), 'UTC') + make_interval(months => ahead) LOOP
        name := 'audit_entry_' || to_char(month AT TIME ZONE 'UTC', 'YYYY_MM');
        EXECUTE format('CREATE TABLE %I PARTITION OF audit_entry FOR VALUES FROM (%L) TO (%L)',
            name, month, month + interval '1 month');
        PERFORM audit_set_rights(name::regclass, true);
        made := made + 1;
        month := month + interval '1 month';
    END LOOP;
    RETURN made;
END
$$
"""

FORWARDS = [
    TABLE,
    "CREATE INDEX audit_entry_patients ON audit_entry USING gin (patients)",
    "CREATE INDEX audit_entry_asker ON audit_entry (asker_id, at)",
    "CREATE INDEX audit_entry_everyone ON audit_entry (at) WHERE everyone",
    REFUSE,
    "CREATE TRIGGER audit_entry_no_change BEFORE UPDATE OR DELETE ON audit_entry"
    " FOR EACH ROW EXECUTE FUNCTION audit_refuse()",
    "CREATE TRIGGER audit_entry_no_truncate BEFORE TRUNCATE ON audit_entry"
    " FOR EACH STATEMENT EXECUTE FUNCTION audit_refuse()",
    RIGHTS,
    PARTITIONS,
    "REVOKE ALL ON FUNCTION audit_set_rights(regclass, boolean) FROM PUBLIC",
    "REVOKE ALL ON FUNCTION audit_make_partitions(integer) FROM PUBLIC",
    "SELECT audit_set_rights('audit_entry', false)",
    "CREATE TABLE audit_entry_rest PARTITION OF audit_entry DEFAULT",
    "SELECT audit_set_rights('audit_entry_rest', true)",
    "SELECT audit_make_partitions(2)",
]


class Migration(migrations.Migration):
    initial = True

    dependencies = []

    operations = [
        migrations.SeparateDatabaseAndState(
            state_operations=[
                migrations.CreateModel(
                    name="Entry",
                    fields=[
                        ("id", models.UUIDField(primary_key=True, serialize=False)),
                        ("at", models.DateTimeField()),
                        ("verb", models.CharField(max_length=60)),
                        ("outcome", models.CharField(max_length=10)),
                        ("asker_kind", models.CharField(max_length=10)),
                        ("asker_id", models.UUIDField(null=True)),
                        ("role", models.CharField(max_length=20)),
                        ("place", models.CharField(max_length=120)),
                        ("why", models.CharField(max_length=60)),
                        ("address", models.GenericIPAddressField(null=True)),
                        ("request", models.UUIDField(null=True)),
                        ("subject_kind", models.CharField(max_length=40)),
                        ("subject_id", models.UUIDField(null=True)),
                        (
                            "patients",
                            django.contrib.postgres.fields.ArrayField(base_field=models.UUIDField(), size=None),
                        ),
                        ("everyone", models.BooleanField()),
                        ("detail", models.JSONField()),
                    ],
                    options={"db_table": "audit_entry"},
                ),
            ],
            database_operations=[migrations.RunSQL(FORWARDS, migrations.RunSQL.noop)],
        )
    ]
