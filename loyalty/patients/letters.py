"""Who said no to letters: what is handwritten comes by mail, too."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import OuterRef, Subquery

from loyalty.models import Channel, Consent, ConsentPurpose, Patient


def newest_answer() -> Subquery:
    """Of a query of patients: their newest answer to letters about visits, None without one; of two at one moment the
    no."""
    asked = Consent.objects.filter(patient=OuterRef("pk"), channel=Channel.LETTER, purpose=ConsentPurpose.VISITS)
    return Subquery(asked.order_by("-decided_at", "granted").values("granted")[:1])


def no_letters(patient_ids: Collection[UUID]) -> frozenset[UUID]:
    """Those of them who said no. One query, none for nobody."""
    if not patient_ids:
        return frozenset()
    said = Patient.objects.filter(id__in=list(patient_ids)).annotate(letters=newest_answer())
    return frozenset(said.filter(letters=False).values_list("id", flat=True))
