"""The trail as it is read. Written by core.audit.record, kept by the database (see the first migration)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models


class Entry(models.Model):
    """One thing done or refused in this practice. The database sets `id` and `at` and refuses any change.

    patients: ids of all whom it showed or changed; everyone: all patients of the practice.
    place: name of the address, job or command. why: the permission used, or the reason given. detail: ids and codes.
    The table is partitioned by the month of `at`.
    """

    id = models.UUIDField(primary_key=True)
    at = models.DateTimeField()
    verb = models.CharField(max_length=60)
    outcome = models.CharField(max_length=10)
    asker_kind = models.CharField(max_length=10)
    asker_id = models.UUIDField(null=True)
    role = models.CharField(max_length=20)
    place = models.CharField(max_length=120)
    why = models.CharField(max_length=60)
    address = models.GenericIPAddressField(null=True)
    request = models.UUIDField(null=True)
    subject_kind = models.CharField(max_length=40)
    subject_id = models.UUIDField(null=True)
    patients = ArrayField(models.UUIDField())
    everyone = models.BooleanField()
    detail = models.JSONField()

    class Meta:
        db_table = "audit_entry"

    def __str__(self) -> str:
        return f"{self.verb} {self.at:%Y-%m-%d %H:%M}"
