from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('loyalty', '0032_bundles'),
    ]

    operations = [
        migrations.AddField(
            model_name='import',
            name='by_application_id',
            field=models.UUIDField(blank=True, null=True),
        ),
    ]
