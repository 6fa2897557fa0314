import django.db.models.deletion
from django.db import migrations, models

import core.ids

IMMUTABLE = """
CREATE FUNCTION public.refuse_change_of_release() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION 'A release is never changed or deleted: publish a new version of it.';
END
$$;
CREATE TRIGGER release_is_immutable BEFORE UPDATE OR DELETE ON public.benchmarks_release
    FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_release();
CREATE TRIGGER basis_is_immutable BEFORE UPDATE OR DELETE ON public.benchmarks_basis
    FOR EACH ROW EXECUTE FUNCTION public.refuse_change_of_release();
"""

MUTABLE = """
DROP TRIGGER basis_is_immutable ON public.benchmarks_basis;
DROP TRIGGER release_is_immutable ON public.benchmarks_release;
DROP FUNCTION public.refuse_change_of_release();
"""


class Migration(migrations.Migration):
    dependencies = [("benchmarks", "0001_first")]

    operations = [
        migrations.AlterField(
            model_name="contribution",
            name="n",
            field=models.PositiveIntegerField(
                help_text="The people behind it: eleven visits of one patient are one person."
            ),
        ),
        migrations.CreateModel(
            name="Basis",
            fields=[
                (
                    "id",
                    models.UUIDField(default=core.ids.uuid7, editable=False, primary_key=True, serialize=False),
                ),
                ("created_at", models.DateTimeField(auto_now_add=True)),
                ("updated_at", models.DateTimeField(auto_now=True)),
                ("contributors", models.JSONField()),
                (
                    "release",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="basis",
                        to="benchmarks.release",
                    ),
                ),
            ],
            options={"verbose_name_plural": "bases"},
        ),
        migrations.RunSQL(sql=IMMUTABLE, reverse_sql=MUTABLE),
    ]
