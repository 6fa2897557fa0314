"""Claims, payments, fees and members' statements in the console: of the contract that the room of purchasing signed."""

from datetime import date, datetime

from billing.purchasing.claims.prepare import prepare
from billing.purchasing.claims.send_claim import send_claim
from billing.purchasing.models import Contract, PurchaseLine
from billing.purchasing.programs.periods import quarter_of
from billing.purchasing.statements.prepare import last_quarter
from core.tenancy.scope import control_plane, current_practice
from tests.permissions.roles import ADMIN
from tests.rooms.body import Ids
from tests.rooms.room import Room


def records(ids: Ids, now: datetime) -> Ids:
    """The last quarter is to be claimed, the one before was."""
    me = current_practice().id
    last = last_quarter(now.date())
    before = quarter_of(date.fromordinal(last.first.toordinal() - 1))
    with control_plane():
        contract = Contract.objects.get(pk=ids["contract_id"])
        for number, day in enumerate((before.last, last.last)):
            PurchaseLine.objects.create(
                practice_id=me, vendor=contract.vendor, item_id=ids["item_id"], invoice=f"S-{number}", line="1",
                day=day, quantity=40, units=40, amount_minor=2_400_000,
            )  # fmt: skip
        seen = prepare(contract=contract, last=before.last, now=now).total.minor
        claim = send_claim(contract_id=contract.pk, last=before.last, total_seen=seen, by_name="Nora", now=now)
    return {"claim_id": claim.pk, "last_day": last.last.isoformat()}


ROOM = Room(
    network={
        "claims": ADMIN,
        "claim-new": ADMIN,
        "claim": ADMIN,
        "claim-file": ADMIN,
        "claim-mail": ADMIN,
        "claim-delivery": ADMIN,
        "claim-reminder": ADMIN,
        "claim-write-off": ADMIN,
        "member-statements": ADMIN,
        "contract-fees": ADMIN,
    },
    records=records,
)
