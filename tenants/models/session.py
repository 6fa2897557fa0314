from importlib import import_module

from django.conf import settings
from django.contrib.sessions.backends.base import SessionBase
from django.contrib.sessions.base_session import AbstractBaseSession
from django.db import models
from django.db.models import Q
from django.utils import timezone

from core.ids import uuid7


class Session(AbstractBaseSession):
    """A browser that somebody is signing in with, or has. Bound to one host, and at a practice to one membership.

    practice: None on the network host. membership: None there, and at a practice for somebody who is only invited.
    handle: names it on a page, where its key must never stand. second_factor_at: when it proved one, if it did.
    """

    handle = models.UUIDField(default=uuid7, unique=True, editable=False)
    person = models.ForeignKey(settings.AUTH_USER_MODEL, null=True, on_delete=models.CASCADE, related_name="sessions")
    membership = models.ForeignKey("tenants.Membership", null=True, on_delete=models.CASCADE, related_name="sessions")
    practice = models.ForeignKey("tenants.Practice", null=True, on_delete=models.CASCADE, related_name="+")
    created_at = models.DateTimeField(default=timezone.now)
    last_seen_at = models.DateTimeField(default=timezone.now)
    second_factor_at = models.DateTimeField(null=True)
    # Locked by its person, or because nobody touched it for a while; wrong_pins: tries to unlock it since.
    locked_at = models.DateTimeField(null=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    device = models.CharField(max_length=60, blank=True)
    address = models.GenericIPAddressField(null=True)

    # Read along with the row by tenants.sessions.store: whether its person has set up a second factor.
    has_second_factor: bool

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="session_of_a_member",
                condition=Q(membership__isnull=True) | Q(practice__isnull=False, person__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return str(self.handle)

    @classmethod
    def get_session_store_class(cls) -> type[SessionBase]:
        store: type[SessionBase] = import_module(settings.SESSION_ENGINE).SessionStore
        return store
