"""Files are read in the background; what their lines earn is worked out after."""

from datetime import timedelta
from uuid import UUID

from django.utils import timezone

from billing.purchasing.rebates.jobs import accrue_again
from billing.receiving.models import FileState, PurchaseFile
from billing.receiving.run import run
from core.jobs import enqueue, network_job, practice_job
from core.tenancy.scope import current_practice, practice_scope
from tenants.refs import active_practices

# A batch takes less than a second: a file that nobody has worked on for so long, nobody works on.
ABANDONED = timedelta(minutes=2)
# After that the rows that were refused can no longer be downloaded as they stood.
KEPT = timedelta(days=90)


@practice_job("purchases.read_file")
def read_file(file_id: str) -> None:
    earliest = run(file_id=UUID(file_id), now=timezone.now())
    if earliest is not None:
        vendor_id = PurchaseFile.objects.values_list("vendor_id", flat=True).get(id=file_id)
        accrue_again(member_id=current_practice().id, vendor_id=vendor_id, since=earliest)


@practice_job("purchases.take_up")
def take_up() -> int:
    """Read on what a crash left behind, and forget what is old; returns how many files are read on."""
    now = timezone.now()
    left = PurchaseFile.objects.filter(
        state__in=[FileState.WAITING, FileState.RUNNING], updated_at__lt=now - ABANDONED
    ).values_list("id", flat=True)
    for file_id in left:
        enqueue(read_file, practice_id=current_practice().id, swept=True, file_id=str(file_id))
    old = PurchaseFile.objects.filter(content__isnull=False, created_at__lt=now - KEPT)
    old.exclude(state__in=[FileState.WAITING, FileState.RUNNING]).update(content=None, updated_at=now)
    return len(left)


@network_job("purchases.take_up_everywhere")
def take_up_everywhere() -> int:
    """Ask every active practice that has files to; returns how many those are."""
    asked = 0
    for practice in active_practices():
        with practice_scope(practice):
            if PurchaseFile.objects.filter(content__isnull=False).exists():
                enqueue(take_up, practice_id=practice.id)
                asked += 1
    return asked
