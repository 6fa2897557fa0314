from django.db import migrations, models
from django.db.models.functions import Lower

from loyalty.models.patient import ImmutableUnaccent


class Migration(migrations.Migration):
    dependencies = [("loyalty", "0003_figure_patients")]

    operations = [
        migrations.AddIndex(
            model_name="patient",
            index=models.Index(
                Lower(ImmutableUnaccent("family_name")),
                Lower(ImmutableUnaccent("given_name")),
                models.F("id"),
                name="patient_by_spoken_name",
            ),
        ),
    ]
