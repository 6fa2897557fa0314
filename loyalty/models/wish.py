from django.contrib.postgres.fields import ArrayField
from django.db import models

from core.constraints import one_of
from core.models import Row
from loyalty.models.patient import Patient


class Wish(models.TextChoices):
    """Each is a column of the patient, of the same name."""

    NO_VOICEMAIL = "no_voicemail", "No voicemail"
    PLAIN_ENVELOPE = "plain_envelope", "Plain envelope"
    NOT_AT_HOME = "not_at_home", "Not at home"
    NO_CONTACT = "no_contact", "No contact at all"
    DECEASED = "deceased", "Has died"


class WishChange(Row):
    """A wish for confidential contact, or the end of all contact, was written down or taken back.

    called_off: ids of the touchpoints that it called off, so that taking it back brings exactly those back.
    """

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="wish_changes")
    wish = models.CharField(max_length=14, choices=Wish)
    is_on = models.BooleanField()
    at = models.DateTimeField()
    by_person_id = models.UUIDField(null=True, blank=True)
    called_off = ArrayField(models.UUIDField(), default=list, blank=True)

    class Meta:
        constraints = [one_of("wish", Wish, table="wish_change")]
        indexes = [models.Index(fields=["patient", "-at"], name="wish_change_newest")]

    def __str__(self) -> str:
        return str(self.id)
