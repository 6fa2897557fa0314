"""The owner takes back the data-aggregation clause: from now on nothing leaves the practice, no benchmark is shown."""

from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict
from core.tenancy.scope import PracticeRef, control_plane, practice_scope
from tenants.agreements import standings
from tenants.models import AgreementAct, Document, Practice


def withdraw_aggregation(
    *, practice: PracticeRef, person_id: UUID, person_name: str, address: str | None, now: datetime
) -> AgreementAct:
    """Withdraw the clause. The database removes the practice's contributions with it; past releases stand.

    Raises Conflict where the clause is not in force.
    """
    with control_plane(), transaction.atomic():
        row = Practice.objects.select_for_update().get(id=practice.id)
        last = standings(practice.id)[Document.DATA_AGGREGATION].last
        if row.aggregation_agreed_at is None or last is None:
            raise Conflict(
                "clause_not_in_force", "The data-aggregation clause is not in force. There is nothing to do."
            )
        act = AgreementAct.objects.create(
            practice_id=practice.id,
            document=Document.DATA_AGGREGATION,
            kind=AgreementAct.Kind.WITHDRAWN,
            version=last.version,
            sha256=last.sha256,
            wording=last.wording,
            person_id=person_id,
            person_name=person_name,
            address=address,
            at=now,
        )
        row.aggregation_agreed_at = None
        row.aggregation_agreed_by = ""
        row.save(update_fields=["aggregation_agreed_at", "aggregation_agreed_by", "updated_at"])
        with practice_scope(practice):
            audit.record("agreement.withdrawn", subject=act, detail={"document": act.document, "version": act.version})
    return act
