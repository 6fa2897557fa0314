"""What the practice knows about a patient as a person: memories, consents, occasions."""

from django.db import models
from django.db.models import Q

from core.constraints import one_of, possible_day
from core.models import Followed, Row
from loyalty.models.patient import Channel, Patient


class Sensitivity(models.TextChoices):
    TEAM = "team", "The whole team"
    CLINICAL = "clinical", "Providers only"


class BriefPart(models.TextChoices):
    REMEMBER = "remember", "Remember"
    SAY = "say", "Say"
    TAKE_CARE = "take_care", "Take care"


class Memory(Followed, Row):
    """A personal fact or preference, shown on the brief until it expires or is forgotten."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="memories")
    text = models.CharField(max_length=500)
    part = models.CharField(max_length=10, choices=BriefPart, default=BriefPart.REMEMBER)
    source = models.CharField(max_length=120, help_text="Who told us, and how: “told Dr. Sato on June 15”.")
    consented = models.BooleanField(default=False, help_text="The patient agreed that we keep it.")
    sensitivity = models.CharField(max_length=10, choices=Sensitivity, default=Sensitivity.TEAM)
    expires_on = models.DateField(null=True, blank=True)
    forgotten_at = models.DateTimeField(null=True, blank=True)
    by_staff = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        verbose_name_plural = "memories"
        constraints = [
            one_of("part", BriefPart, table="memory"),
            one_of("sensitivity", Sensitivity, table="memory"),
            # Forgetting is real: the words are gone, the row says only that something was forgotten.
            models.CheckConstraint(
                name="memory_text_or_forgotten",
                condition=(~Q(text="") & Q(forgotten_at__isnull=True)) | (Q(text="") & Q(forgotten_at__isnull=False)),
            ),
        ]
        indexes = [
            models.Index(fields=["patient"], name="memory_kept", condition=Q(forgotten_at__isnull=True)),
            models.Index(fields=["written_in", "id"], name="memory_by_write"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class ConsentPurpose(models.TextChoices):
    VISITS = "visits", "About my visits"
    FEEDBACK = "feedback", "Asking how it was"
    MARKETING = "marketing", "News and offers"
    REVIEWS = "reviews", "Asking for a public review"
    TESTIMONIAL = "testimonial", "Publishing my words"


class Consent(Followed, Row):
    """One answer to one question: the newest row for a channel and purpose is what holds.

    History: the database refuses to change or delete a row. Only a merge may give it to the surviving patient.
    source: how we know, in words. by_person_id: who wrote it down, None where the patient did it themselves.
    wording_version: of loyalty.messages.wording, "" where it was another's.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="consents")
    channel = models.CharField(max_length=10, choices=Channel)
    purpose = models.CharField(max_length=12, choices=ConsentPurpose)
    granted = models.BooleanField()
    decided_at = models.DateTimeField()
    source = models.CharField(max_length=120)
    wording = models.TextField(blank=True)
    wording_version = models.CharField(max_length=20, blank=True, default="", db_default="")
    by_person_id = models.UUIDField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("channel", Channel, table="consent"),
            one_of("purpose", ConsentPurpose, table="consent"),
        ]
        indexes = [
            models.Index(fields=["patient", "channel", "purpose", "-decided_at"], name="consent_newest"),
            models.Index(fields=["written_in", "id"], name="consent_by_write"),
        ]

    def __str__(self) -> str:
        return str(self.id)


class OccasionKind(models.TextChoices):
    BIRTHDAY = "birthday", "Birthday"
    ANNIVERSARY = "anniversary", "Anniversary"
    CUSTOM = "custom", "Other"


class Occasion(Followed, Row):
    """A recurring personal date. Birthdays come from the birth date, years as a patient from patient_since."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="occasions")
    kind = models.CharField(max_length=12, choices=OccasionKind)
    label = models.CharField(max_length=80, blank=True)
    month = models.SmallIntegerField()
    day = models.SmallIntegerField()
    year = models.SmallIntegerField(null=True, blank=True, help_text="The first time, if known.")
    lead_days = models.PositiveSmallIntegerField(default=7)

    class Meta:
        constraints = [
            one_of("kind", OccasionKind, table="occasion"),
            models.CheckConstraint(
                name="occasion_date_possible", condition=Q(month__range=(1, 12)) & possible_day("month", "day")
            ),
            models.CheckConstraint(name="occasion_custom_named", condition=~Q(kind="custom") | ~Q(label="")),
            models.UniqueConstraint(fields=["patient", "kind", "label", "month", "day"], name="occasion_once"),
        ]
        indexes = [
            models.Index(fields=["month", "day"], name="occasion_by_date"),
            models.Index(fields=["written_in", "id"], name="occasion_by_write"),
        ]

    def __str__(self) -> str:
        return str(self.id)
