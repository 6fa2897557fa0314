from django.db import models
from django.db.models import Q

from core.constraints import one_of
from core.ids import uuid7


class Document(models.TextChoices):
    TERMS = "terms", "Terms of membership"
    BUSINESS_ASSOCIATE = "business_associate", "Business associate agreement"
    DATA_AGGREGATION = "data_aggregation", "Data-aggregation clause"


class AgreementAct(models.Model):
    """One thing done about one document by one practice: its record, kept as it was and never changed.

    wording: the whole text that the person had before them; of an attestation, who signed and when, in the operator's
    words; of a withdrawal, the text it takes back. sha256: of the wording, in hexadecimal; the database checks it.
    version: of the document; 0 for an agreement signed on paper, which the network's own texts do not number.
    practice_id, person_id: plain ids, so that the record outlives whom it names.
    """

    class Kind(models.TextChoices):
        ACCEPTED = "accepted", "Accepted"
        ATTESTED = "attested", "Attested by an operator"
        WITHDRAWN = "withdrawn", "Withdrawn"

    id = models.UUIDField(primary_key=True, default=uuid7, editable=False)
    practice_id = models.UUIDField()
    document = models.CharField(max_length=20, choices=Document)
    kind = models.CharField(max_length=10, choices=Kind)
    version = models.PositiveSmallIntegerField()
    sha256 = models.CharField(max_length=64)
    wording = models.TextField()
    person_id = models.UUIDField(null=True, blank=True)
    person_name = models.CharField(max_length=200)
    address = models.GenericIPAddressField(null=True, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [
            one_of("document", Document, table="agreement"),
            models.CheckConstraint(
                name="agreement_kind_known", condition=Q(kind__in=["accepted", "attested", "withdrawn"])
            ),
            models.CheckConstraint(name="agreement_by_somebody", condition=~Q(person_name="") & ~Q(wording="")),
            models.CheckConstraint(
                name="agreement_accepted_by_a_person", condition=~Q(kind="accepted") | Q(person_id__isnull=False)
            ),
            # Terms and business associate agreement end with the membership, never before it.
            models.CheckConstraint(
                name="agreement_withdrawn_is_optional", condition=~Q(kind="withdrawn") | Q(document="data_aggregation")
            ),
        ]
        indexes = [models.Index(fields=["practice_id", "document", "at"], name="agreement_of_practice")]

    def __str__(self) -> str:
        return f"{self.document} {self.version} {self.kind} {self.at:%Y-%m-%d}"
