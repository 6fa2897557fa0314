import core.ids
import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models


IMMUTABLE = """
CREATE TRIGGER drift_prior_is_immutable BEFORE UPDATE OR DELETE ON public.benchmarks_driftprior
    FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_release();
CREATE TRIGGER drift_prior_basis_is_immutable BEFORE UPDATE OR DELETE ON public.benchmarks_driftpriorbasis
    FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_release();
"""

MUTABLE = """
DROP TRIGGER drift_prior_basis_is_immutable ON public.benchmarks_driftpriorbasis;
DROP TRIGGER drift_prior_is_immutable ON public.benchmarks_driftprior;
"""

WITHDRAW = """
CREATE OR REPLACE FUNCTION public.withdraw_contributions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM public.benchmarks_contribution WHERE practice_id = NEW.id;
    DELETE FROM public.benchmarks_dataquality WHERE practice_id = NEW.id;
    DELETE FROM public.benchmarks_driftestimate WHERE practice_id = NEW.id;
    RETURN NULL;
END
$$;
"""

WITHDRAW_AS_BEFORE = """
CREATE OR REPLACE FUNCTION public.withdraw_contributions() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM public.benchmarks_contribution WHERE practice_id = NEW.id;
    RETURN NULL;
END
$$;
"""


class Migration(migrations.Migration):
    """Data quality and drift estimates of each practice, withdrawn with the clause, and the priors learned from these."""


    dependencies = [
        ('benchmarks', '0004_calendar'),
        ('tenants', '0008_announcements'),
    ]

    operations = [
        migrations.CreateModel(
            name='DriftPrior',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('month', models.DateField(unique=True)),
                ('mean', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=4)),
                ('covariance', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=16)),
                ('contributors_floor', models.PositiveIntegerField()),
                ('released_at', models.DateTimeField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('month__day', 1)), name='drift_prior_month_first'), models.CheckConstraint(condition=models.Q(('contributors_floor__gte', 10)), name='drift_prior_enough'), models.CheckConstraint(condition=models.Q(('covariance__len', 16), ('mean__len', 4)), name='drift_prior_whole')],
            },
        ),
        migrations.CreateModel(
            name='DriftPriorBasis',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('contributors', models.JSONField()),
                ('prior', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='basis', to='benchmarks.driftprior')),
            ],
            options={
                'verbose_name_plural': 'drift prior bases',
            },
        ),
        migrations.CreateModel(
            name='DataQuality',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('month', models.DateField()),
                ('share', models.PositiveSmallIntegerField()),
                ('failed', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=20), blank=True, default=list, size=None)),
                ('computed_at', models.DateTimeField()),
                ('practice', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.practice')),
            ],
            options={
                'verbose_name_plural': 'data qualities',
                'constraints': [models.UniqueConstraint(fields=('practice', 'month'), name='data_quality_once'), models.CheckConstraint(condition=models.Q(('share__lte', 100)), name='data_quality_share'), models.CheckConstraint(condition=models.Q(models.Q(('failed', []), ('share', 100)), models.Q(('share__lt', 100), models.Q(('failed', []), _negated=True)), _connector='OR'), name='data_quality_named'), models.CheckConstraint(condition=models.Q(('month__day', 1)), name='data_quality_month_first')],
            },
        ),
        migrations.CreateModel(
            name='DriftEstimate',
            fields=[
                ('id', models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False)),
                ('created_at', models.DateTimeField(auto_now_add=True)),
                ('updated_at', models.DateTimeField(auto_now=True)),
                ('estimates', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=4)),
                ('covariance', django.contrib.postgres.fields.ArrayField(base_field=models.FloatField(), size=16)),
                ('computed_at', models.DateTimeField()),
                ('practice', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='tenants.practice')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('covariance__len', 16), ('estimates__len', 4)), name='drift_estimate_whole')],
            },
        ),
        migrations.RunSQL(sql=IMMUTABLE, reverse_sql=MUTABLE),
        migrations.RunSQL(sql=WITHDRAW, reverse_sql=WITHDRAW_AS_BEFORE),
    ]
