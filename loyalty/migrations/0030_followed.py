"""What other systems follow: each row says in which transaction it was written, and a patient's numbers are theirs."""

import core.ids
import django.db.models.deletion
from django.db import migrations, models

# 64 bits: it does not come round. Whatever the writer says, a copy of another database among them.
WRITTEN = """
CREATE FUNCTION row_written() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
BEGIN
    NEW.written_in := pg_current_xact_id()::text::bigint;
    RETURN NEW;
END $$
"""
# A patient that was written in this very transaction has changed already: an import writes thousands of them.
TOUCHED = """
CREATE FUNCTION patient_touched() RETURNS trigger LANGUAGE plpgsql SET search_path FROM CURRENT AS $$
DECLARE this bigint := pg_current_xact_id()::text::bigint;
BEGIN
    IF TG_OP <> 'INSERT' THEN
        UPDATE loyalty_patient p SET updated_at = clock_timestamp()
        FROM (SELECT DISTINCT patient_id FROM was) t WHERE p.id = t.patient_id AND p.written_in <> this;
    END IF;
    IF TG_OP <> 'DELETE' THEN
        UPDATE loyalty_patient p SET updated_at = clock_timestamp()
        FROM (SELECT DISTINCT patient_id FROM is_now) t WHERE p.id = t.patient_id AND p.written_in <> this;
    END IF;
    RETURN NULL;
END $$
"""
_TABLES = {"INSERT": "NEW TABLE AS is_now", "UPDATE": "OLD TABLE AS was NEW TABLE AS is_now", "DELETE": "OLD TABLE AS was"}


def written(table: str) -> str:
    return (
        f"CREATE TRIGGER row_written BEFORE INSERT OR UPDATE ON loyalty_{table}"
        " FOR EACH ROW EXECUTE FUNCTION row_written()"
    )


def touching(table: str) -> list[str]:
    return [
        f"CREATE TRIGGER patient_touched_by_{verb.lower()} AFTER {verb} ON loyalty_{table}"
        f" REFERENCING {tables} FOR EACH STATEMENT EXECUTE FUNCTION patient_touched()"
        for verb, tables in _TABLES.items()
    ]


def untouched(table: str) -> list[str]:
    return [f"DROP TRIGGER patient_touched_by_{verb.lower()} ON loyalty_{table}" for verb in _TABLES]


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0029_privacy_contact'),
    ]

    operations = [
        migrations.CreateModel(
            name='PartnerAnswer',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('application_id', models.UUIDField()),
                ('key', models.CharField(max_length=255)),
                ('digest', models.CharField(help_text='SHA-256 of method, address and body.', max_length=64)),
                ('status', models.SmallIntegerField(default=0, help_text="0 while the write's own transaction runs.")),
                ('headers', models.JSONField(default=dict)),
                ('body', models.TextField(blank=True)),
            ],
        ),
        migrations.AddField(
            model_name='patient',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='visit',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name='patient',
            index=models.Index(fields=['written_in', 'id'], name='patient_by_write'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['written_in', 'id'], name='visit_by_write'),
        ),
        migrations.AddField(
            model_name='partneranswer',
            name='patient',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.CASCADE, related_name='+', to='loyalty.patient'),
        ),
        migrations.AddIndex(
            model_name='partneranswer',
            index=models.Index(fields=['created_at'], name='partner_answer_by_age'),
        ),
        migrations.AddConstraint(
            model_name='partneranswer',
            constraint=models.UniqueConstraint(fields=('application_id', 'key'), name='partner_answer_once'),
        ),
        migrations.AddConstraint(
            model_name='partneranswer',
            constraint=models.CheckConstraint(condition=models.Q(('key', ''), _negated=True), name='partner_answer_has_key'),
        ),
        migrations.RunSQL(
            [WRITTEN, written("patient"), written("visit")],
            [
                "DROP TRIGGER row_written ON loyalty_patient",
                "DROP TRIGGER row_written ON loyalty_visit",
                "DROP FUNCTION row_written()",
            ],
        ),
        migrations.RunSQL(
            [TOUCHED, *touching("contactpoint"), *touching("patientidentifier")],
            [*untouched("contactpoint"), *untouched("patientidentifier"), "DROP FUNCTION patient_touched()"],
        ),
    ]
