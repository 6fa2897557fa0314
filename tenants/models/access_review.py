from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Row


class AccessReview(Row):
    """An owner looked at who may see what, and confirmed it. people: how many had access then."""

    practice = models.ForeignKey("tenants.Practice", on_delete=models.CASCADE, related_name="access_reviews")
    reviewed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    reviewed_at = models.DateTimeField()
    people = models.PositiveIntegerField()

    class Meta:
        constraints = [models.CheckConstraint(name="access_review_of_somebody", condition=Q(people__gte=1))]
        indexes = [models.Index(fields=["practice", "-reviewed_at"], name="access_review_last")]

    def __str__(self) -> str:
        return str(self.id)
