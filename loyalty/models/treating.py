"""Where and by whom patients are treated: locations, staff, services."""

from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Followed, Row


class Location(Followed, Row):
    """A site of the practice. All days and months of its visits are counted in its time zone."""

    name = models.CharField(max_length=120)
    time_zone = models.CharField(max_length=64, help_text="IANA name, e.g. America/Los_Angeles")
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=50, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    is_active = models.BooleanField(default=True)
    external_id = models.CharField(max_length=200, blank=True)
    # Whoever changes the opening hours says which ones they read.
    hours_version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["external_id"], condition=~Q(external_id=""), name="location_external_once"
            ),
            models.CheckConstraint(name="location_zone_named", condition=~Q(time_zone="")),
        ]

    def __str__(self) -> str:
        return self.name


class StaffRole(models.TextChoices):
    PROVIDER = "provider", "Provider"
    MANAGER = "manager", "Manager"
    FRONT_DESK = "front_desk", "Front desk"


class Staff(Followed, Row):
    """Who treats and writes notes. `person_id` names a person who signs in, by plain id: no key leaves the schema."""

    display_name = models.CharField(max_length=120)
    role = models.CharField(max_length=12, choices=StaffRole, default=StaffRole.PROVIDER)
    is_active = models.BooleanField(default=True)
    person_id = models.UUIDField(null=True, blank=True)
    external_id = models.CharField(max_length=200, blank=True)

    class Meta:
        verbose_name_plural = "staff"
        constraints = [
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="staff_external_once"),
            models.UniqueConstraint(
                fields=["person_id"], condition=Q(person_id__isnull=False), name="staff_person_once"
            ),
            one_of("role", StaffRole, table="staff"),
        ]

    def __str__(self) -> str:
        return self.display_name


class Service(Followed, Row):
    """A treatment in the practice's catalogue."""

    name = models.CharField(max_length=200)
    preview = models.TextField(blank=True, help_text="What to expect, told to the patient before the visit.")
    aftercare = models.TextField(blank=True)
    return_days = models.PositiveSmallIntegerField(null=True, blank=True, help_text="Usual days until the next visit.")
    minutes = models.PositiveSmallIntegerField(default=60)
    is_active = models.BooleanField(default=True)
    external_id = models.CharField(max_length=200, blank=True)
    # Whoever changes it says which version they read.
    version = models.PositiveIntegerField(default=1, db_default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["external_id"], condition=~Q(external_id=""), name="service_external_once"),
            models.CheckConstraint(
                name="service_return_days", condition=Q(return_days__isnull=True) | Q(return_days__gte=1)
            ),
            models.CheckConstraint(name="service_minutes", condition=Q(minutes__range=(1, 1440))),
        ]

    def __str__(self) -> str:
        return self.name
