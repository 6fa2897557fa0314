"""The owner accepts agreements for the practice: with person, moment, address and the whole wording kept."""

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict, DomainError
from core.tenancy.scope import PracticeRef, control_plane, practice_scope
from tenants.agreements import CURRENT, REQUIRED, Text, standings
from tenants.models import AgreementAct, Application, Document, Practice


def accept_agreements(
    *,
    practice: PracticeRef,
    versions: Mapping[Document, int],
    person_id: UUID,
    person_name: str,
    address: str | None,
    now: datetime,
) -> list[AgreementAct]:
    """Accept the documents of `versions`, each in the version that the person had before them.

    Terms and business associate agreement stand together: the first acceptance takes both. The data-aggregation clause
    is a choice of its own, and needs them. What is accepted already in that version is passed over.

    Raises Conflict where a newer version came meanwhile, DomainError where a required document is left out.
    """
    for document, version in versions.items():
        if CURRENT[document].version != version:
            raise Conflict(
                "agreement_changed",
                f"“{CURRENT[document].title}” has a newer version since you opened the page. Please read it again.",
            )
    with control_plane(), transaction.atomic():
        # Locked, so that two owners who accept at once do not both think they were the first.
        row = Practice.objects.select_for_update().get(id=practice.id)
        before = standings(practice.id)
        taken = [CURRENT[document] for document in versions if not before[document].is_current]
        _check({document for document, standing in before.items() if standing.stands} | set(versions))
        acts = [
            AgreementAct(
                practice_id=practice.id,
                document=text.document,
                kind=AgreementAct.Kind.ACCEPTED,
                version=text.version,
                sha256=text.sha256,
                wording=text.wording,
                person_id=person_id,
                person_name=person_name,
                address=address,
                at=now,
            )
            for text in taken
        ]
        AgreementAct.objects.bulk_create(acts)
        _switch(row, taken, by=person_name, now=now)
        Application.objects.filter(practice=row, status=Application.Status.INVITED).update(
            status=Application.Status.OPENED
        )
        with practice_scope(practice):
            for act in acts:
                audit.record(
                    "agreement.accepted", subject=act, detail={"document": act.document, "version": act.version}
                )
    return acts


def _check(stand: set[Document]) -> None:
    """`stand`: what would be in force afterwards."""
    missing = [document for document in REQUIRED if document not in stand]
    if missing:
        raise DomainError(
            "agreements_together",
            "The terms and the business associate agreement are accepted together. Tick both to go on.",
            field=missing[0].value,
        )


def _switch(practice: Practice, taken: list[Text], *, by: str, now: datetime) -> None:
    documents = {text.document for text in taken}
    if Document.BUSINESS_ASSOCIATE in documents and practice.business_associate_agreed_at is None:
        practice.business_associate_agreed_at = now
    if Document.DATA_AGGREGATION in documents and practice.aggregation_agreed_at is None:
        practice.aggregation_agreed_at = now
        practice.aggregation_agreed_by = by
    practice.save(
        update_fields=[
            "business_associate_agreed_at",
            "aggregation_agreed_at",
            "aggregation_agreed_by",
            "updated_at",
        ]
    )
