from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0002_visit_status_by")]

    operations = [
        migrations.AddField(
            model_name="figure",
            name="patients",
            # Figures are computed again every night.
            field=models.PositiveIntegerField(default=0, help_text="The people behind it."),
            preserve_default=False,
        ),
        migrations.AddField(
            model_name="figure",
            name="design_effect",
            field=models.FloatField(default=1, help_text="How much wider repeat patients make the variance."),
        ),
        migrations.AddField(
            model_name="figure",
            name="detractors",
            field=models.PositiveIntegerField(default=0, help_text="Of a net promoter score."),
        ),
        migrations.AlterField(
            model_name="figure",
            name="high",
            field=models.FloatField(blank=True, help_text="Null where nothing bounds it.", null=True),
        ),
        migrations.AlterField(
            model_name="figure",
            name="n",
            field=models.PositiveIntegerField(help_text="What was counted: patients, visits or answers."),
        ),
    ]
