"""No patient is imported before the practice's business associate agreement stands."""

from datetime import datetime

from core.errors import DomainError
from tenants.actions.attest_agreement import attest_agreement
from tenants.models import Practice


def require_agreement(practice: Practice, *, attested: str, aggregation: bool, now: datetime) -> None:
    """Returns where the agreement is on record, or is put there now because somebody attests it.

    attested: who signed it and when, in words; "" for nobody. aggregation: whether its data-aggregation clause, too.
    Raises DomainError where neither holds. Runs as control plane, in the caller's transaction.
    """
    if practice.business_associate_agreed_at is not None:
        return
    check_attested(attested, of=practice.name)
    attest_agreement(practice=practice, attested=attested, aggregation=aggregation, now=now)


def check_attested(attested: str, *, of: str) -> None:
    """Raises DomainError where nobody attests an agreement."""
    if not attested.strip():
        raise DomainError(
            "agreement_missing",
            f"No signed business associate agreement is on record for {of}, so no patient may be imported."
            ' The owner can accept it in the portal. If it is signed on paper, say so: --attest-agreement "who, when".',
        )
