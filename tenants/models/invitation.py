from datetime import datetime
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.models import Row


class InvitationQuerySet(models.QuerySet["Invitation"]):
    def open(self) -> Self:
        """Neither accepted nor cancelled; perhaps expired."""
        return self.filter(accepted_at__isnull=True, cancelled_at__isnull=True)

    def live(self, *, now: datetime) -> Self:
        """Those that can be accepted now."""
        return self.open().filter(expires_at__gt=now)


class Invitation(Row):
    """An offer of a role at one practice (or at the network, where `practice` is empty) to the owner of one address.

    Good once, until it expires. The link in the mail holds the token; only its hash is kept.
    """

    practice = models.ForeignKey(
        "tenants.Practice", on_delete=models.CASCADE, null=True, blank=True, related_name="invitations"
    )
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    role = models.CharField(max_length=20)
    token_sha256 = models.BinaryField(max_length=32, unique=True)
    expires_at = models.DateTimeField()
    invited_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    # Empty until the mail was handed over.
    mailed_at = models.DateTimeField(null=True, blank=True)
    accepted_at = models.DateTimeField(null=True, blank=True)
    accepted_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.SET_NULL, null=True, blank=True, related_name="+"
    )
    cancelled_at = models.DateTimeField(null=True, blank=True)

    objects = InvitationQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["practice", "email"],
                condition=Q(accepted_at__isnull=True, cancelled_at__isnull=True),
                nulls_distinct=False,
                name="invitation_once",
            ),
            models.CheckConstraint(name="invitation_email_lower", condition=Q(email=Lower("email"))),
            models.CheckConstraint(
                name="invitation_role_of_place",
                condition=Q(practice__isnull=False, role__in=["owner", "manager", "provider", "front_desk"])
                | Q(practice__isnull=True, role__in=["network_admin", "network_analyst"]),
            ),
            models.CheckConstraint(
                name="invitation_one_end", condition=Q(accepted_at__isnull=True) | Q(cancelled_at__isnull=True)
            ),
            models.CheckConstraint(
                name="invitation_accepted_when", condition=Q(accepted_by__isnull=True) | Q(accepted_at__isnull=False)
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)
