"""A person treated by the practice, and the ways to reach them."""

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Concat, Lower

from core.constraints import one_of, partial_date
from core.models import Followed, Row


class ImmutableUnaccent(Func):
    """`public.immutable_unaccent(text)`, made when the database is set up: unaccent() alone may not be indexed."""

    function = "public.immutable_unaccent"
    arity = 1
    output_field = models.TextField()


class Joined(Concat):
    """`a || ' ' || b …` of columns that are never null; concat_ws() is not immutable, so it could not be stored."""

    def __init__(self, *fields: str) -> None:
        parts: list[F | Value] = []
        for field in fields:
            parts += [F(field), Value(" ")]
        super().__init__(*parts[:-1], output_field=models.TextField())


class Channel(models.TextChoices):
    CALL = "call", "Call"
    TEXT = "text", "Text message"
    EMAIL = "email", "Email"
    LETTER = "letter", "Letter"


class YesNoUnknown(models.TextChoices):
    YES = "yes", "Yes"
    NO = "no", "No"
    UNKNOWN = "unknown", "Not known"


class Patient(Followed, Row):
    record_number = models.CharField(max_length=64, blank=True, help_text="Text: leading zeros stay.")
    given_name = models.CharField(max_length=120, blank=True)
    family_name = models.CharField(max_length=120, blank=True)
    preferred_name = models.CharField(max_length=120, blank=True)
    pronouns = models.CharField(max_length=40, blank=True)
    birth_year = models.SmallIntegerField(null=True, blank=True)
    birth_month = models.SmallIntegerField(null=True, blank=True)
    birth_day = models.SmallIntegerField(null=True, blank=True)
    language = models.CharField(max_length=35, blank=True, help_text="BCP 47, e.g. en-US")
    address = models.CharField(max_length=200, blank=True)
    city = models.CharField(max_length=100, blank=True)
    state = models.CharField(max_length=50, blank=True)
    postal_code = models.CharField(max_length=20, blank=True)
    country = models.CharField(max_length=60, blank=True)
    preferred_channel = models.CharField(max_length=10, choices=Channel, blank=True)
    # Discretion: how the patient wants confidential contact. "Not this number" stands on the contact point.
    no_voicemail = models.BooleanField(default=False)
    plain_envelope = models.BooleanField(default=False)
    not_at_home = models.BooleanField(default=False)
    no_contact = models.BooleanField(default=False)
    deceased = models.BooleanField(default=False)
    deceased_on = models.DateField(null=True, blank=True)
    federal_program = models.CharField(max_length=10, choices=YesNoUnknown, default=YesNoUnknown.UNKNOWN)
    tags = ArrayField(models.CharField(max_length=40), default=list, blank=True)
    merged_into = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="merged_from")
    patient_since = models.DateField(null=True, blank=True, help_text="Day of the first visit we know of.")
    search_name = models.GeneratedField(
        expression=Lower(ImmutableUnaccent(Joined("given_name", "preferred_name", "family_name", "record_number"))),
        output_field=models.TextField(),
        db_persist=True,
    )

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="patient_has_a_name",
                condition=~(Q(given_name="") & Q(family_name="") & Q(preferred_name="")),
            ),
            models.UniqueConstraint(
                fields=["record_number"],
                condition=~Q(record_number="") & Q(merged_into__isnull=True),
                name="patient_record_number_once",
            ),
            models.CheckConstraint(name="patient_not_into_itself", condition=~Q(merged_into=F("id"))),
            models.CheckConstraint(
                name="patient_deceased_on", condition=Q(deceased_on__isnull=True) | Q(deceased=True)
            ),
            *partial_date("birth", table="patient"),
            one_of("preferred_channel", Channel, table="patient", blank=True),
            one_of("federal_program", YesNoUnknown, table="patient"),
        ]
        indexes = [
            GinIndex(OpClass(F("search_name"), name="gin_trgm_ops"), name="patient_search_name"),
            models.Index(fields=["family_name", "given_name", "id"], name="patient_by_name"),
            # As people look names up: "de Souza" under D, "Ångström" under A.
            models.Index(
                Lower(ImmutableUnaccent("family_name")),
                Lower(ImmutableUnaccent("given_name")),
                F("id"),
                name="patient_by_spoken_name",
            ),
            models.Index(fields=["written_in", "id"], name="patient_by_write"),
            models.Index(fields=["birth_month", "birth_day"], name="patient_birthday"),
            # For the filters of the list. A minor of today was born after 2007, and it only gets later.
            GinIndex(fields=["tags"], name="patient_tags", condition=~Q(tags=[])),
            models.Index(fields=["birth_year"], name="patient_minor", condition=Q(birth_year__gt=2007)),
            models.Index(fields=["patient_since"], name="patient_by_since"),
            models.Index(fields=["id"], name="patient_not_contacted", condition=Q(no_contact=True) | Q(deceased=True)),
        ]

    def __str__(self) -> str:
        return str(self.id)

    @property
    def display_name(self) -> str:
        """The name the team says: preferred before given, then family."""
        return " ".join(part for part in (self.preferred_name or self.given_name, self.family_name) if part)

    @property
    def may_be_contacted(self) -> bool:
        return not (self.deceased or self.no_contact or self.merged_into_id)


class ContactPoint(Row):
    """One phone number or email address of a patient."""

    class Kind(models.TextChoices):
        PHONE = "phone", "Phone"
        EMAIL = "email", "Email"

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="contact_points")
    kind = models.CharField(max_length=5, choices=Kind)
    value = models.CharField(max_length=254, help_text="As it was given.")
    search = models.CharField(max_length=254, help_text="Digits of a phone, lower-case email: what search compares.")
    label = models.CharField(max_length=20, blank=True, help_text="mobile, home, work …")
    rank = models.PositiveSmallIntegerField(default=1, help_text="1 is tried first.")
    do_not_use = models.BooleanField(default=False, help_text="Discretion: not this number.")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["patient", "kind", "search"], name="contact_point_once"),
            models.CheckConstraint(name="contact_point_not_empty", condition=~Q(value="") & ~Q(search="")),
            models.CheckConstraint(name="contact_point_kind_known", condition=Q(kind__in=["phone", "email"])),
        ]
        indexes = [GinIndex(OpClass(F("search"), name="gin_trgm_ops"), name="contact_point_search")]

    def __str__(self) -> str:
        return str(self.id)


class PatientIdentifier(Row):
    """The patient's id in another system; an import finds its patient again by it."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="identifiers")
    system = models.CharField(max_length=200)
    value = models.CharField(max_length=200)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["system", "value"], name="patient_identifier_once")]

    def __str__(self) -> str:
        return str(self.id)
