from django.db import models
from django.db.models import Q
from django_tenants.models import DomainMixin, TenantMixin

from core.constraints import one_of
from core.models import Row
from core.tenancy.scope import PracticeRef


class SizeBand(models.TextChoices):
    """By number of providers; the cohorts of the benchmarks use these."""

    SMALL = "small", "1 to 3 providers"
    MEDIUM = "medium", "4 to 8 providers"
    LARGE = "large", "9 or more providers"


class PracticeType(models.TextChoices):
    MEDSPA = "medspa", "Medspa"
    DERMATOLOGY = "dermatology", "Cosmetic dermatology"
    PLASTIC_SURGERY = "plastic_surgery", "Plastic surgery"
    OTHER = "other", "Something else"


class Standing(models.TextChoices):
    """How the practice's account with the network stands. Read-only: what was owed stayed owed beyond all grace."""

    OPEN = "open", "Nothing is due"
    TRIAL = "trial", "On trial"
    PAST_DUE = "past_due", "A payment failed"
    READ_ONLY = "read_only", "Read-only"


class Practice(Row, TenantMixin):  # type: ignore[django-manager-missing]
    """A member business: one tenant, one PostgreSQL schema, one role."""

    class Status(models.TextChoices):
        ACTIVE = "active", "Active"
        SUSPENDED = "suspended", "Suspended"
        LEFT = "left", "Left the network"

    # Schemas are made by compiled SQL (core.tenancy.standby), never by saving this row.
    auto_create_schema = False

    name = models.CharField(max_length=120)
    slug = models.SlugField(max_length=40, unique=True, help_text="The first label of the practice's host name.")
    status = models.CharField(max_length=10, choices=Status, default=Status.ACTIVE)
    time_zone = models.CharField(max_length=64, default="America/New_York")
    region = models.CharField(max_length=60, blank=True, help_text="A cohort of the benchmarks; empty for none.")
    size_band = models.CharField(max_length=10, choices=SizeBand, blank=True)
    practice_type = models.CharField(max_length=20, choices=PracticeType, blank=True)
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=50, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    joined_on = models.DateField()
    left_on = models.DateField(null=True, blank=True)
    # Their record is AgreementAct; these switch. Until the first one the database takes no patient, until the second
    # one no contribution leaves the practice and no benchmark is shown.
    business_associate_agreed_at = models.DateTimeField(null=True, blank=True)
    aggregation_agreed_at = models.DateTimeField(null=True, blank=True)
    aggregation_agreed_by = models.CharField(max_length=200, blank=True)
    leave_asked_at = models.DateTimeField(null=True, blank=True)
    # Of one that left: when its owners were told of the end of its records, when that came, and how many rows went.
    erasure_told_at = models.DateTimeField(null=True, blank=True)
    erased_at = models.DateTimeField(null=True, blank=True)
    erased_rows = models.PositiveBigIntegerField(null=True, blank=True)
    getting_started_aside_at = models.DateTimeField(null=True, blank=True)
    # A partner's own place with made-up patients; null for every member.
    sandbox_of = models.ForeignKey(
        "tenants.PartnerApplication", on_delete=models.PROTECT, null=True, blank=True, related_name="sandboxes"
    )
    # Written by billing alone (tenants.actions.entitle). standing_until: the end of the trial, or of the grace.
    plan = models.CharField(max_length=20, default="member", db_default="member")
    standing = models.CharField(max_length=10, choices=Standing, default=Standing.OPEN, db_default=Standing.OPEN)
    standing_until = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["name"]
        constraints = [
            models.CheckConstraint(
                name="practice_slug_shape", condition=Q(slug__regex=r"^[a-z0-9]([a-z0-9-]{0,38}[a-z0-9])?$")
            ),
            models.CheckConstraint(name="practice_schema_shape", condition=Q(schema_name__regex=r"^p_[0-9a-f]{12}$")),
            models.CheckConstraint(
                name="practice_left_has_a_day", condition=~Q(status="left") | Q(left_on__isnull=False)
            ),
            models.CheckConstraint(
                name="practice_erased_after_leaving",
                condition=Q(erased_at__isnull=True)
                | Q(status="left", erasure_told_at__isnull=False, erased_rows__isnull=False),
            ),
            models.CheckConstraint(
                name="practice_status_known", condition=Q(status__in=["active", "suspended", "left"])
            ),
            models.CheckConstraint(
                name="practice_size_known", condition=Q(size_band__in=["", "small", "medium", "large"])
            ),
            models.CheckConstraint(name="practice_plan_shape", condition=Q(plan__regex=r"^[a-z][a-z_]*$")),
            one_of("standing", Standing, table="practice"),
            models.CheckConstraint(
                name="practice_standing_ends",
                condition=Q(standing__in=["open", "read_only"]) | Q(standing_until__isnull=False),
            ),
            models.UniqueConstraint(
                fields=["sandbox_of"], condition=~Q(status="left"), name="practice_one_sandbox_of_a_partner"
            ),
            # Made-up figures are no practice's: nothing of it is counted anywhere.
            models.CheckConstraint(
                name="practice_sandbox_contributes_nothing",
                condition=Q(sandbox_of__isnull=True) | Q(aggregation_agreed_at__isnull=True),
            ),
            # Every screen shows the name, so none can be taken for a real one.
            models.CheckConstraint(
                name="practice_sandbox_says_so",
                condition=Q(sandbox_of__isnull=True) | Q(name__startswith="Sandbox"),
            ),
            models.CheckConstraint(
                name="practice_sandbox_pays_nothing", condition=Q(sandbox_of__isnull=True) | Q(plan="member")
            ),
            one_of("practice_type", PracticeType, table="practice", blank=True),
            models.CheckConstraint(
                name="practice_aggregation_within_agreement",
                condition=Q(aggregation_agreed_at__isnull=True) | Q(business_associate_agreed_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def ref(self) -> PracticeRef:
        return PracticeRef(id=self.id, schema_name=self.schema_name, slug=self.slug, name=self.name)

    @property
    def contributes(self) -> bool:
        """Whether the practice's aggregates may leave its schema today."""
        return self.status == self.Status.ACTIVE and self.aggregation_agreed_at is not None


class Domain(DomainMixin):
    """A host name of a practice."""

    def __str__(self) -> str:
        return str(self.domain)
