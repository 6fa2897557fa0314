from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0024_monthly_report'),
    ]

    operations = [
        migrations.AddField(
            model_name='driftfit',
            name='prior_month',
            field=models.DateField(blank=True, null=True),
        ),
    ]
