"""Whom patients write to about their record."""

from django.db import models
from django.db.models import Q

from core.models import Row


class PrivacyContact(Row):
    """The person or office that patients complain to, as the practice names it in its letters. There is one or none."""

    name = models.CharField(max_length=120, help_text="A name or a title.")
    phone = models.CharField(max_length=40)
    only = models.BooleanField(default=True, unique=True, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(name="privacy_contact_only_one", condition=Q(only=True)),
            models.CheckConstraint(name="privacy_contact_is_whole", condition=~Q(name="") & ~Q(phone="")),
        ]

    def __str__(self) -> str:
        return self.name
