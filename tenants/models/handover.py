from django.conf import settings
from django.db import models
from django.utils import timezone

from core.models import Row


class HandOver(Row):
    """A one-time ticket that carries a signed-in person from one host to another. Only its hash is kept."""

    token_sha256 = models.BinaryField(max_length=32, unique=True)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.CASCADE, related_name="+")
    practice = models.ForeignKey("tenants.Practice", on_delete=models.CASCADE, related_name="+")
    # How and when the person had signed in where they come from: carried over, never made better by going.
    signed_in_at = models.DateTimeField(default=timezone.now)
    second_factor_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return str(self.id)
