"""What belongs to a thank-you note: words to be copied by hand, and a picture of the card that went out."""

from django.db import models
from django.db.models import Q
from django.db.models.functions import Length

from core.models import Row
from loyalty.models.patient import Patient
from loyalty.models.touchpoint import Touchpoint

MOST_BYTES = 1_000_000


class NoteDraft(Row):
    """Words for one card, checked when they were kept: no offer, nothing that tells a treatment."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="note_drafts")
    touchpoint = models.OneToOneField(Touchpoint, on_delete=models.CASCADE, related_name="draft")
    text = models.CharField(max_length=600)
    by_staff = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [models.CheckConstraint(name="note_draft_not_empty", condition=~Q(text=""))]

    def __str__(self) -> str:
        return str(self.id)


class NotePhoto(Row):
    """The written card, as it was photographed: a JPEG that we encoded anew, without the camera's data."""

    patient = models.ForeignKey(Patient, on_delete=models.CASCADE, related_name="note_photos")
    touchpoint = models.OneToOneField(Touchpoint, on_delete=models.CASCADE, related_name="photo")
    image = models.BinaryField()
    width = models.PositiveSmallIntegerField()
    height = models.PositiveSmallIntegerField()
    by_staff = models.ForeignKey("loyalty.Staff", on_delete=models.SET_NULL, null=True, blank=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="note_photo_size",
                condition=Q(width__gte=1, height__gte=1) & Q(image__bytes__range=(1, MOST_BYTES)),
            ),
        ]

    def __str__(self) -> str:
        return str(self.id)


@models.BinaryField.register_lookup
class _Bytes(Length):
    """`length()` of bytea counts bytes."""

    lookup_name = "bytes"
    output_field = models.IntegerField()
