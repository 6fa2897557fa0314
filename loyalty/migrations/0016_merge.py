"""Merging with a ledger, pairs told apart, thanks for referrals.

The consent of a merge that was taken back may be deleted: it is the one row that a merge itself made. A referral that
would close a circle is refused, also when two people write its two halves at the same moment.
"""

import core.ids
import django.db.models.deletion
import django.db.models.functions.comparison
from django.db import migrations, models

CONSENT = """
CREATE OR REPLACE FUNCTION consent_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    taken_back boolean;
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('perennial.erasing', true) IS NOT DISTINCT FROM OLD.patient_id::text THEN
            RETURN OLD;
        END IF;
        EXECUTE format(
            'SELECT EXISTS (SELECT FROM %1$I.loyalty_mergestep s JOIN %1$I.loyalty_merge m ON m.id = s.merge_id'
            ' WHERE s.kind = ''made'' AND s.row_id = $1 AND m.undone_at IS NOT NULL)', TG_TABLE_SCHEMA
        ) INTO taken_back USING OLD.id::text;
        IF taken_back THEN
            RETURN OLD;
        END IF;
        RAISE EXCEPTION 'a consent is history: it is not deleted' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    IF to_jsonb(NEW) - 'patient_id' - 'updated_at' IS DISTINCT FROM to_jsonb(OLD) - 'patient_id' - 'updated_at' THEN
        RAISE EXCEPTION 'a consent is history: a new answer is a new row' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
CONSENT_BEFORE = """
CREATE OR REPLACE FUNCTION consent_is_history() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'DELETE' THEN
        IF current_setting('perennial.erasing', true) IS DISTINCT FROM OLD.patient_id::text THEN
            RAISE EXCEPTION 'a consent is history: it is not deleted' USING ERRCODE = 'integrity_constraint_violation';
        END IF;
        RETURN OLD;
    END IF;
    IF to_jsonb(NEW) - 'patient_id' - 'updated_at' IS DISTINCT FROM to_jsonb(OLD) - 'patient_id' - 'updated_at' THEN
        RAISE EXCEPTION 'a consent is history: a new answer is a new row' USING ERRCODE = 'integrity_constraint_violation';
    END IF;
    RETURN NEW;
END $$
"""
# Two halves of one circle, written at the same moment, would not see each other: hence the lock.
CIRCLE = """
CREATE FUNCTION referral_is_no_circle() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    closes boolean;
BEGIN
    IF NEW.referrer_id IS NULL THEN
        RETURN NEW;
    END IF;
    PERFORM pg_advisory_xact_lock(hashtextextended(TG_TABLE_SCHEMA || '.referral', 0));
    EXECUTE format(
        'WITH RECURSIVE sent_by AS ('
        '  SELECT $1::uuid AS id UNION SELECT r.referrer_id FROM sent_by JOIN %1$I.loyalty_referral r'
        '  ON r.patient_id = sent_by.id AND r.id <> $3 WHERE r.referrer_id IS NOT NULL'
        ') SELECT EXISTS (SELECT FROM sent_by WHERE id = $2)', TG_TABLE_SCHEMA
    ) INTO closes USING NEW.referrer_id, NEW.patient_id, NEW.id;
    IF closes AND NEW.referrer_id <> NEW.patient_id THEN
        RAISE EXCEPTION 'a referral is no circle'
            USING ERRCODE = 'integrity_constraint_violation', CONSTRAINT = 'referral_no_circle';
    END IF;
    RETURN NEW;
END $$
"""
CIRCLE_TRIGGER = (
    "CREATE TRIGGER referral_is_no_circle BEFORE INSERT OR UPDATE OF patient_id, referrer_id ON loyalty_referral"
    " FOR EACH ROW EXECUTE FUNCTION referral_is_no_circle()"
)


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0015_listening'),
    ]

    operations = [
        migrations.AddField(
            model_name='referral',
            name='thanked_at',
            field=models.DateTimeField(blank=True, null=True),
        ),
        migrations.AddField(
            model_name='referral',
            name='thanks',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='+', to='loyalty.touchpoint'),
        ),
        migrations.CreateModel(
            name='Merge',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('at', models.DateTimeField()),
                ('by_person_id', models.UUIDField(blank=True, null=True)),
                ('undone_at', models.DateTimeField(blank=True, null=True)),
                ('undone_by_person_id', models.UUIDField(blank=True, null=True)),
                ('merged', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='loyalty.patient')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='merges', to='loyalty.patient')),
            ],
        ),
        migrations.CreateModel(
            name='MergeStep',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('position', models.PositiveIntegerField()),
                ('kind', models.CharField(choices=[('moved', 'Given to the survivor'), ('changed', 'Changed'), ('made', 'Made'), ('removed', 'Removed')], max_length=7)),
                ('model', models.CharField(max_length=80)),
                ('row_id', models.CharField(max_length=40)),
                ('field', models.CharField(blank=True, max_length=63)),
                ('before', models.JSONField(blank=True, null=True)),
                ('after', models.JSONField(blank=True, null=True)),
                ('merge', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='steps', to='loyalty.merge')),
            ],
            options={
                'ordering': ['merge', 'position'],
            },
        ),
        migrations.CreateModel(
            name='ToldApart',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('at', models.DateTimeField()),
                ('by_person_id', models.UUIDField(blank=True, null=True)),
                ('other', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='loyalty.patient')),
                ('patient', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='told_apart', to='loyalty.patient')),
            ],
            options={
                'verbose_name_plural': 'told apart',
            },
        ),
        migrations.AddIndex(
            model_name='merge',
            index=models.Index(fields=['-at', 'id'], name='merge_newest'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.UniqueConstraint(condition=models.Q(('undone_at__isnull', True)), fields=('merged',), name='merge_once'),
        ),
        migrations.AddConstraint(
            model_name='merge',
            constraint=models.CheckConstraint(condition=models.Q(('undone_at__isnull', True), ('undone_at__gte', models.F('at')), _connector='OR'), name='merge_undone_after'),
        ),
        migrations.AddIndex(
            model_name='mergestep',
            index=models.Index(condition=models.Q(('kind', 'made')), fields=['row_id'], name='mergestep_by_row'),
        ),
        migrations.AddConstraint(
            model_name='mergestep',
            constraint=models.CheckConstraint(condition=models.Q(('kind__in', ['moved', 'changed', 'made', 'removed'])), name='mergestep_kind_known'),
        ),
        migrations.AddConstraint(
            model_name='mergestep',
            constraint=models.UniqueConstraint(fields=('merge', 'position'), name='mergestep_position_once'),
        ),
        migrations.AddConstraint(
            model_name='toldapart',
            constraint=models.UniqueConstraint(django.db.models.functions.comparison.Least('patient', 'other'), django.db.models.functions.comparison.Greatest('patient', 'other'), name='told_apart_once'),
        ),
        migrations.RunSQL([CONSENT], [CONSENT_BEFORE]),
        migrations.RunSQL(
            [CIRCLE, CIRCLE_TRIGGER],
            ["DROP TRIGGER referral_is_no_circle ON loyalty_referral", "DROP FUNCTION referral_is_no_circle()"],
        ),
    ]
