"""The checkout tablet: enrolled once, and what it was opened for. And the link that asks later, at home."""

from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.models import Row
from loyalty.models.patient import Patient


class Kiosk(Row):
    """A tablet of a location. It holds a token of its own, and can only take feedback.

    code_digest: of the code that enrolls it, once, until `code_until`. token_digest: of the token it shows since.
    waits_until: after too many wrong codes or PINs it takes none until then. device: its browser in a few words.
    """

    name = models.CharField(max_length=60)
    location = models.ForeignKey("loyalty.Location", on_delete=models.PROTECT, related_name="kiosks")
    code_digest = models.CharField(max_length=64, blank=True)
    code_until = models.DateTimeField(null=True, blank=True)
    token_digest = models.CharField(max_length=64, blank=True)
    device = models.CharField(max_length=60, blank=True)
    enrolled_at = models.DateTimeField(null=True, blank=True)
    last_seen_at = models.DateTimeField(null=True, blank=True)
    revoked_at = models.DateTimeField(null=True, blank=True)
    wrong_codes = models.PositiveSmallIntegerField(default=0)
    codes_wait_until = models.DateTimeField(null=True, blank=True)
    wrong_pins = models.PositiveSmallIntegerField(default=0)
    pins_wait_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="kiosk_named", condition=~Q(name="")),
            models.UniqueConstraint(
                fields=["location", "name"], condition=Q(revoked_at__isnull=True), name="kiosk_name_once"
            ),
            models.UniqueConstraint(fields=["token_digest"], condition=~Q(token_digest=""), name="kiosk_token_once"),
            models.UniqueConstraint(fields=["code_digest"], condition=~Q(code_digest=""), name="kiosk_code_once"),
            models.CheckConstraint(name="kiosk_code_ends", condition=Q(code_digest="") | Q(code_until__isnull=False)),
            models.CheckConstraint(
                name="kiosk_enrolled_when", condition=Q(token_digest="") | Q(enrolled_at__isnull=False)
            ),
            # Revoked is at once and for good: nothing that could open it is kept.
            models.CheckConstraint(
                name="kiosk_revoked_opens_nothing",
                condition=Q(revoked_at__isnull=True) | Q(token_digest="", code_digest=""),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def is_enrolled(self) -> bool:
        return bool(self.token_digest)


class OpeningState(models.TextChoices):
    WAITING = "waiting", "Waits for the tablet"
    TAKEN = "taken", "On the tablet"
    ANSWERED = "answered", "Answered"
    SKIPPED = "skipped", "Skipped"
    ABANDONED = "abandoned", "Left unanswered"
    CANCELLED = "cancelled", "Called off"


class KioskOpening(Row):
    """One visit asked about on a tablet. kiosk: null while only its code is known. until: by when it may be taken."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="kiosk_openings")
    visit = models.ForeignKey("loyalty.Visit", on_delete=models.CASCADE, related_name="kiosk_openings")
    kiosk = models.ForeignKey(Kiosk, on_delete=models.PROTECT, null=True, blank=True, related_name="openings")
    state = models.CharField(max_length=10, choices=OpeningState, default=OpeningState.WAITING)
    code_digest = models.CharField(max_length=64, blank=True)
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    until = models.DateTimeField()
    taken_at = models.DateTimeField(null=True, blank=True)
    settled_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            one_of("state", OpeningState, table="opening"),
            models.CheckConstraint(
                name="opening_has_a_way", condition=Q(kiosk__isnull=False) | ~Q(code_digest="") | Q(state="cancelled")
            ),
            models.CheckConstraint(
                name="opening_taken_by_a_tablet",
                condition=Q(state__in=["waiting", "cancelled"]) | Q(kiosk__isnull=False, taken_at__isnull=False),
            ),
            # A code that was used, or called off, is gone.
            models.CheckConstraint(name="opening_code_waits", condition=Q(code_digest="") | Q(state="waiting")),
            models.CheckConstraint(
                name="opening_settled_when", condition=Q(state__in=["waiting", "taken"]) | Q(settled_at__isnull=False)
            ),
            models.UniqueConstraint(fields=["visit"], condition=Q(state="waiting"), name="opening_waits_once"),
            models.UniqueConstraint(
                fields=["kiosk"], condition=Q(state="waiting", kiosk__isnull=False), name="opening_one_a_tablet"
            ),
            models.UniqueConstraint(fields=["code_digest"], condition=~Q(code_digest=""), name="opening_code_once"),
        ]
        indexes = [models.Index(fields=["visit", "-opened_at"], name="opening_by_visit")]

    def __str__(self) -> str:
        return str(self.id)


class FeedbackLink(Row):
    """The one link that a patient gets to answer at home. token_digest: "" until it goes out, and again once used."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="feedback_links")
    visit = models.OneToOneField("loyalty.Visit", on_delete=models.CASCADE, related_name="feedback_link")
    message = models.ForeignKey("loyalty.Message", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")
    token_digest = models.CharField(max_length=64, blank=True)
    sent_at = models.DateTimeField(null=True, blank=True)
    expires_at = models.DateTimeField(null=True, blank=True)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["token_digest"], condition=~Q(token_digest=""), name="feedback_link_token_once"
            ),
            models.CheckConstraint(
                name="feedback_link_expires", condition=Q(token_digest="") | Q(expires_at__isnull=False)
            ),
            models.CheckConstraint(name="feedback_link_once", condition=Q(used_at__isnull=True) | Q(token_digest="")),
        ]

    def __str__(self) -> str:
        return str(self.id)
