"""Abstract bases and the bookkeeping of schemas. No business nouns here."""

from django.contrib.postgres.functions import RandomUUID
from django.db import models
from django.db.models import Func, Q

from core.ids import uuid7


class ClockTimestamp(Func):
    """The moment itself; now() is the beginning of the transaction."""

    function = "clock_timestamp"
    output_field = models.DateTimeField()


class Row(models.Model):
    """A row with a time-ordered key and its two timestamps (UTC)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

    class Meta:
        abstract = True


class Followed(models.Model):
    """A row that other systems follow. `written_in`: the transaction that wrote it last, set by the database whatever
    the writer says.

    Times do not do for following changes: a row is stamped before it can be seen, and a reader between the two passes
    it by for ever.
    """

    written_in = models.BigIntegerField(default=0, editable=False)

    class Meta:
        abstract = True


class PracticeSchema(models.Model):
    """What each practice's schema is at: one row a schema, in public, written in the transaction that changed it.

    applied: names of the tenant migrations it holds, "app.name", in order.
    """

    class State(models.TextChoices):
        READY = "ready", "Ready to be claimed"
        CLAIMED = "claimed", "In use by a practice"

    schema_name = models.CharField(max_length=63, primary_key=True)
    state = models.CharField(max_length=10, choices=State, default=State.READY)
    applied = models.JSONField(default=list)
    made_at = models.DateTimeField(auto_now_add=True)
    changed_at = models.DateTimeField(auto_now=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="schema_name_shape", condition=models.Q(schema_name__regex=r"^p_[0-9a-f]{12}$")
            ),
            models.CheckConstraint(name="schema_state_known", condition=models.Q(state__in=["ready", "claimed"])),
        ]
        indexes = [models.Index(fields=["state", "made_at"], name="schema_ready")]

    def __str__(self) -> str:
        return self.schema_name


class TrailEntry(models.Model):
    """What every entry of a trail says: who did what to which record, or was refused, from where and why.

    place: name of the address, job or command. why: the permission used, or the reason given. detail: ids and codes.
    """

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
    detail = models.JSONField()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self.verb} {self.pk}"


class NetworkEntry(TrailEntry):
    """One thing done or refused outside of a practice: the network's own trail, without patients.

    The database sets `id` and `at` and refuses any change. practice_id, person_id: whom it concerns.
    """

    id = models.UUIDField(primary_key=True, db_default=RandomUUID())
    at = models.DateTimeField(db_default=ClockTimestamp())
    practice_id = models.UUIDField(null=True)
    person_id = models.UUIDField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="networkentry_verb_shape", condition=Q(verb__regex=r"^[a-z_]+[.][a-z_]+$")),
            models.CheckConstraint(name="networkentry_outcome_known", condition=Q(outcome__in=["done", "denied"])),
            models.CheckConstraint(
                name="networkentry_asker_known",
                condition=Q(asker_kind__in=["person", "kiosk", "partner", "patient", "job", "operator"]),
            ),
        ]
        indexes = [
            models.Index(fields=["-at"], name="networkentry_newest"),
            models.Index(fields=["practice_id", "at"], name="networkentry_practice"),
            models.Index(fields=["person_id", "at"], name="networkentry_person"),
        ]
