"""Every night: who is told that the end of their records is near, and whose records are destroyed."""

from uuid import UUID

from django.utils import timezone

from core.jobs import enqueue, network_job
from core.tenancy.owner import has_owner
from tenants.erasure.erase import erase, to_be_erased
from tenants.erasure.tell import tell, to_be_told


@network_job("erasure.of_one")
def erase_one(practice: str) -> bool:
    """A job of its own for each, so that one that fails keeps nobody else's."""
    return erase(practice_id=UUID(practice), now=timezone.now())


@network_job("erasure.nightly")
def erase_left() -> int:
    """Returns how many were told or are to be erased. Does nothing without the owner's connection."""
    if not has_owner():
        return 0
    now = timezone.now()
    told = sum(tell(practice_id=one, now=now) for one in to_be_told(now=now))
    ended = to_be_erased(now=now)
    for one in ended:
        enqueue(erase_one, practice=str(one))
    return told + len(ended)
