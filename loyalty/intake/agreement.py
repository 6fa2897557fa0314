"""No patient is imported before the practice's agreement stands: business associate, with data aggregation."""

from datetime import datetime

from core.errors import DomainError
from tenants.models import Practice


def require_agreement(practice: Practice, *, attested: str, now: datetime) -> None:
    """Returns where the agreement is on record, or is put there now because somebody attests it.

    attested: who signed it and when, in words; "" for nobody.
    Raises DomainError where neither holds. Runs as control plane, in the caller's transaction.
    """
    if practice.aggregation_agreed_at is not None:
        return
    check_attested(attested, of=practice.name)
    practice.aggregation_agreed_at = now
    practice.aggregation_agreed_by = attested.strip()[:200]
    practice.save(update_fields=["aggregation_agreed_at", "aggregation_agreed_by", "updated_at"])


def check_attested(attested: str, *, of: str) -> None:
    """Raises DomainError where nobody attests an agreement."""
    if not attested.strip():
        raise DomainError(
            "agreement_missing",
            f"No signed business associate agreement is on record for {of}, so no patient may be imported."
            ' Once it is signed, say so: --attest-agreement "who, when".',
        )
