"""What the owners of the demo accepted when they joined. It binds nobody: network and patients are made up."""

from datetime import date, datetime, time
from uuid import UUID
from zoneinfo import ZoneInfo

from infra.seeds.draw import stream
from infra.seeds.ids import Mint
from infra.seeds.local_days import seconds_of
from infra.seeds.plan import Plan
from tenants.agreements import CURRENT
from tenants.models import AgreementAct, Document, Person, Practice


def agree(practice: Practice, plan: Plan, *, joined: date, owner: Person, aggregation: bool) -> None:
    """Everything is accepted on the day of joining, the data-aggregation clause only with `aggregation`."""
    at = datetime.combine(joined, time(17), tzinfo=ZoneInfo(practice.time_zone))
    mint = Mint(stream(plan.seed, practice.slug, "agreements"))
    AgreementAct.objects.bulk_create(
        AgreementAct(
            id=UUID(mint.at(seconds_of(at))),
            practice_id=practice.id,
            document=document,
            kind=AgreementAct.Kind.ACCEPTED,
            version=text.version,
            sha256=text.sha256,
            wording=text.wording,
            person_id=owner.id,
            person_name=owner.name,
            at=at,
        )
        for document, text in CURRENT.items()
        if aggregation or document != Document.DATA_AGGREGATION
    )
    practice.business_associate_agreed_at = at
    if aggregation:
        practice.aggregation_agreed_at = at
        practice.aggregation_agreed_by = owner.name
    # They have begun long ago.
    practice.getting_started_aside_at = at
    practice.save()
