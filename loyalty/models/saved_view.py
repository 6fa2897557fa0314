from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.models import Row


class SavedView(Row):
    """A filter of the list of patients under a name. filter: JSON that loyalty.patients.filter checks on reading."""

    name = models.CharField(max_length=60)
    filter = models.JSONField()
    by_person_id = models.UUIDField()
    shared = models.BooleanField(default=False, help_text="The whole team sees it.")

    class Meta:
        constraints = [
            models.CheckConstraint(name="saved_view_named", condition=~Q(name="")),
            models.UniqueConstraint("by_person_id", Lower("name"), name="saved_view_once"),
        ]

    def __str__(self) -> str:
        return str(self.id)
