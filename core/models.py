"""Abstract bases and the bookkeeping of schemas. No business nouns here."""

from django.db import models

from core.ids import uuid7


class Row(models.Model):
    """A row with a time-ordered key and its two timestamps (UTC)."""

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)
    updated_at = models.DateTimeField(auto_now=True)

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
