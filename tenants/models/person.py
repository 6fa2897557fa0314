from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q
from django.db.models.functions import Lower

from core.models import Row


class PersonManager(BaseUserManager["Person"]):
    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "Person":
        """A person who can sign in; without a password nobody can until one is set."""
        person = self.model(email=email.strip().lower(), **fields)
        person.set_password(password)
        person.save(using=self._db)
        return person

    def by_email(self, email: str) -> "Person | None":
        """The person of an address, whatever its case; None where nobody has it."""
        return self.annotate(lower_email=Lower("email")).filter(lower_email=email.strip().lower()).first()


class Person(AbstractBaseUser, Row):
    """Someone who signs in: one identity across practices. What they may do comes from memberships, never from here."""

    class NetworkRole(models.TextChoices):
        ADMIN = "network_admin", "Network admin"
        ANALYST = "network_analyst", "Network analyst"

    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    network_role = models.CharField(max_length=20, choices=NetworkRole, blank=True)
    is_active = models.BooleanField(default=True)
    # Hashed like a password. It unlocks a session that was signed in already, and opens nothing else.
    pin = models.CharField(max_length=128, blank=True)
    # Whatever the network said up to then was put away.
    announcements_read_at = models.DateTimeField(null=True, blank=True)

    USERNAME_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]
    objects = PersonManager()

    class Meta:
        constraints = [
            models.UniqueConstraint(Lower("email"), name="person_email_once"),
            models.CheckConstraint(
                name="person_network_role_known", condition=Q(network_role__in=["", "network_admin", "network_analyst"])
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def short_name(self) -> str:
        return self.name.split(" ", 1)[0]
