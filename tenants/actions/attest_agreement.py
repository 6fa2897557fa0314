"""An operator says that a practice signed on paper: recorded as an attestation, with their words, never as accepted."""

from datetime import datetime

from django.db import transaction

from core import audit
from core.errors import DomainError
from core.tenancy.scope import control_plane, practice_scope
from tenants.agreements.document import sha256_of
from tenants.models import AgreementAct, Document, Practice

PAPER = 0


def attest_agreement(*, practice: Practice, attested: str, aggregation: bool, now: datetime) -> Practice:
    """Record the business associate agreement as attested, and with `aggregation` its data-aggregation clause.

    attested: who signed and when, in words. What is on record already is not replaced.
    Raises DomainError where nobody attests. Returns the practice as it is now.
    """
    words = attested.strip()[:200]
    if not words:
        raise DomainError("attestation_empty", "Say who signed the agreement, and when.")
    with control_plane(), transaction.atomic():
        row = Practice.objects.select_for_update().get(id=practice.id)
        missing = []
        if row.business_associate_agreed_at is None:
            row.business_associate_agreed_at = now
            missing.append(Document.BUSINESS_ASSOCIATE)
            # Only together with the agreement: one that stands without its clause was asked about it, and said no.
            if aggregation:
                row.aggregation_agreed_at = now
                row.aggregation_agreed_by = words
                missing.append(Document.DATA_AGGREGATION)
        row.save(
            update_fields=[
                "business_associate_agreed_at",
                "aggregation_agreed_at",
                "aggregation_agreed_by",
                "updated_at",
            ]
        )
        for document in missing:
            act = AgreementAct.objects.create(
                practice_id=row.id,
                document=document,
                kind=AgreementAct.Kind.ATTESTED,
                version=PAPER,
                sha256=sha256_of(words),
                wording=words,
                person_name=words,
                at=now,
            )
            with practice_scope(row.ref):
                audit.record("agreement.attested", subject=act, detail={"document": act.document})
    return row
