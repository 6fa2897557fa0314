from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Lower

from core.models import Row
from tenants.models.practice import Practice


class PartnerApplication(Row):
    """A partner's program, registered by the network: what it may be granted at most, and what proves that it asks.

    Of its secrets only digests are kept. While a secret is changed the one before still counts for a day.
    """

    name = models.CharField(max_length=80)
    about = models.CharField(max_length=300, help_text="What it does for a practice, for the owner who decides.")
    contact_email = models.EmailField()
    client_id = models.CharField(max_length=40, unique=True)
    secret_digest = models.CharField(max_length=64)
    secret_changed_at = models.DateTimeField()
    old_secret_digest = models.CharField(max_length=64, blank=True)
    old_secret_until = models.DateTimeField(null=True, blank=True)
    scopes = ArrayField(models.CharField(max_length=40))
    suspended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name", "id"]
        constraints = [
            models.UniqueConstraint(Lower("name"), name="partnerapplication_one_of_a_name"),
            models.CheckConstraint(name="partnerapplication_may_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="partnerapplication_old_secret_ends",
                condition=Q(old_secret_digest="", old_secret_until__isnull=True)
                | (~Q(old_secret_digest="") & Q(old_secret_until__isnull=False)),
            ),
        ]

    def __str__(self) -> str:
        return self.name


class PartnerGrant(Row):
    """A practice's yes to a partner's program: what it may do there, until the practice ends it."""

    application = models.ForeignKey(PartnerApplication, on_delete=models.PROTECT, related_name="grants")
    practice = models.ForeignKey(Practice, on_delete=models.PROTECT, related_name="partner_grants")
    scopes = ArrayField(models.CharField(max_length=40))
    given_at = models.DateTimeField()
    given_by_name = models.CharField(max_length=120)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["application", "practice"],
                condition=Q(ended_at__isnull=True),
                name="partnergrant_one_open",
            ),
            models.CheckConstraint(name="partnergrant_may_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(
                name="partnergrant_ends_after_it_was_given",
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("given_at")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.application_id} at {self.practice_id}"


class PartnerToken(models.Model):
    """An access token for one grant: minutes of life, its digest alone is kept."""

    digest = models.CharField(max_length=64, primary_key=True)
    grant = models.ForeignKey(PartnerGrant, on_delete=models.CASCADE, related_name="tokens")
    scopes = ArrayField(models.CharField(max_length=40))
    issued_at = models.DateTimeField()
    expires_at = models.DateTimeField(db_index=True)

    class Meta:
        constraints = [
            models.CheckConstraint(name="partnertoken_may_something", condition=Q(scopes__len__gt=0)),
            models.CheckConstraint(name="partnertoken_expires_later", condition=Q(expires_at__gt=F("issued_at"))),
        ]

    def __str__(self) -> str:
        return f"token of {self.grant_id}"
