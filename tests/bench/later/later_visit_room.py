"""A column that may be empty, its check, and an index: what most migrations of a product in use are."""

from django.db import migrations, models

from tests.bench.later import newest


class Migration(migrations.Migration):
    dependencies = [("loyalty", newest)]

    operations = [
        migrations.AddField("visit", "room", models.PositiveSmallIntegerField(null=True, blank=True)),
        migrations.AddIndex("visit", models.Index(fields=["room", "day"], name="visit_by_room")),
    ]
