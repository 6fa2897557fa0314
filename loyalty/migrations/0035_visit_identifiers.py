"""A program's own ids of visits stand beside those by which imports find them again, as patients' do."""

import core.ids
import django.db.models.deletion
from django.db import migrations, models

# "partner:" and the program's id are 44 characters; then come "/" and what the program calls the visit.
APART = [
    "INSERT INTO loyalty_visitidentifier (id, created_at, updated_at, visit_id, system, value)"
    " SELECT gen_random_uuid(), updated_at, updated_at, id, left(external_id, 44), substr(external_id, 46) FROM loyalty_visit WHERE starts_with(external_id, 'partner:')",
    "UPDATE loyalty_visit SET external_id = '' WHERE starts_with(external_id, 'partner:')",
]
# A column holds one: of several the first, where no import has its own there.
TOGETHER = [
    "UPDATE loyalty_visit v SET external_id = i.system || '/' || i.value FROM"
    " (SELECT DISTINCT ON (visit_id) * FROM loyalty_visitidentifier WHERE starts_with(system, 'partner:')"
    " ORDER BY visit_id, created_at, value) i WHERE i.visit_id = v.id AND v.external_id = ''",
]
# A visit that was written in this very transaction has changed already.
TOUCHED = """
CREATE FUNCTION visit_touched() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE this bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE loyalty_visit v SET updated_at = clock_timestamp()
        FROM (SELECT DISTINCT visit_id FROM was) t WHERE v.id = t.visit_id AND v.written_in <> this;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE loyalty_visit v SET updated_at = clock_timestamp()
        FROM (SELECT DISTINCT visit_id FROM is_now) t WHERE v.id = t.visit_id AND v.written_in <> this;
    END IF;
    RETURN NULL;
END $$
"""
_TABLES = {"INSERT": "NEW TABLE AS is_now", "UPDATE": "OLD TABLE AS was NEW TABLE AS is_now", "DELETE": "OLD TABLE AS was"}
TOUCHING = [
    f"CREATE TRIGGER visit_touched_by_{verb.lower()} AFTER {verb} ON loyalty_visitidentifier"
    f" REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION visit_touched()"
    for verb, tables in _TABLES.items()
]


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0034_first_return'),
    ]

    operations = [
        migrations.CreateModel(
            name='VisitIdentifier',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('system', models.CharField(max_length=200)),
                ('value', models.CharField(max_length=200)),
                ('visit', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='identifiers', to='loyalty.visit')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('system', 'value'), name='visit_identifier_once')],
            },
        ),
        migrations.AlterField(
            model_name='visit',
            name='external_id',
            field=models.CharField(blank=True, help_text='By which an import finds it again.', max_length=200),
        ),
        migrations.RunSQL(APART, TOGETHER),
        migrations.RunSQL(
            [TOUCHED, *TOUCHING],
            [
                *(f"DROP TRIGGER visit_touched_by_{verb.lower()} ON loyalty_visitidentifier" for verb in _TABLES),
                "DROP FUNCTION visit_touched()",
            ],
        ),
    ]
