"""The trail as it is read. Written by core.audit.record, kept by the database (see the first migration)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.models import TrailEntry


class Entry(TrailEntry):
    """One thing done or refused in this practice. The database sets `id` and `at` and refuses any change.

    patients: ids of all whom it showed or changed; everyone: all patients of the practice.
    The table is partitioned by the month of `at`.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    patients = ArrayField(models.UUIDField())
    everyone = models.BooleanField()

    class Meta:
        db_table = "audit_entry"
