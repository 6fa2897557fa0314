"""More of what other systems follow. They are read in the order in which they were written, so that order is kept."""

from django.db import migrations, models

TABLES = (
    "consent", "feedback", "inquiry", "location", "memory", "occasion", "review", "service", "staff", "touchpoint",
)  # fmt: skip


def written(table: str) -> str:
    return (
        f"CREATE TRIGGER row_written BEFORE INSERT OR UPDATE ON loyalty_{table}"
        " FOR EACH ROW EXECUTE FUNCTION row_written()"
    )


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0030_followed'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='patient',
            name='patient_by_change',
        ),
        migrations.RemoveIndex(
            model_name='visit',
            name='visit_by_change',
        ),
        migrations.AddField(
            model_name='consent',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='feedback',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='inquiry',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='location',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='memory',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='occasion',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='review',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='service',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='staff',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddField(
            model_name='touchpoint',
            name='written_in',
            field=models.BigIntegerField(default=0, editable=False),
        ),
        migrations.AddIndex(
            model_name='consent',
            index=models.Index(fields=['written_in', 'id'], name='consent_by_write'),
        ),
        migrations.AddIndex(
            model_name='feedback',
            index=models.Index(fields=['written_in', 'id'], name='feedback_by_write'),
        ),
        migrations.AddIndex(
            model_name='inquiry',
            index=models.Index(fields=['written_in', 'id'], name='inquiry_by_write'),
        ),
        migrations.AddIndex(
            model_name='memory',
            index=models.Index(fields=['written_in', 'id'], name='memory_by_write'),
        ),
        migrations.AddIndex(
            model_name='occasion',
            index=models.Index(fields=['written_in', 'id'], name='occasion_by_write'),
        ),
        migrations.AddIndex(
            model_name='review',
            index=models.Index(fields=['written_in', 'id'], name='review_by_write'),
        ),
        migrations.AddIndex(
            model_name='touchpoint',
            index=models.Index(fields=['written_in', 'id'], name='touchpoint_by_write'),
        ),
        migrations.AddIndex(
            model_name='visit',
            index=models.Index(fields=['status', 'written_in', 'id'], name='visit_by_status'),
        ),
        migrations.RunSQL(
            [written(table) for table in TABLES], [f"DROP TRIGGER row_written ON loyalty_{table}" for table in TABLES]
        ),
    ]
