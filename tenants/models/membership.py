from django.conf import settings
from django.db import models
from django.db.models import Q

from core.models import Row


class Role(models.TextChoices):
    OWNER = "owner", "Owner"
    MANAGER = "manager", "Manager"
    PROVIDER = "provider", "Provider"
    FRONT_DESK = "front_desk", "Front desk"


class Membership(Row):
    """A person's role at one practice."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="memberships")
    practice = models.ForeignKey("tenants.Practice", on_delete=models.CASCADE, related_name="memberships")
    role = models.CharField(max_length=12, choices=Role)
    ended_at = models.DateTimeField(null=True, blank=True)
    # When they last signed in at this practice, or came over from another.
    last_seen_at = models.DateTimeField(null=True, blank=True)
    # Whether they asked to be mailed when a monthly report is ready, and the month they were last told of.
    wants_reports = models.BooleanField(default=False, db_default=False)
    told_of_report = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["person", "practice"], condition=Q(ended_at__isnull=True), name="membership_once"
            ),
            models.CheckConstraint(
                name="membership_role_known", condition=Q(role__in=["owner", "manager", "provider", "front_desk"])
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_role_display()} {self.person_id}"
