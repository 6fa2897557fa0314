"""What an import leaves behind is thrown away in time: it holds patients, and nobody needs it any more."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q

from loyalty.models import Import, ImportedRow, ImportIssue, ImportPiece, ImportState

# The file, so that rows can be mended and looked up. How it was before, as long as an import can be undone.
KEEP_FILE = timedelta(days=14)
KEEP_BEFORE = timedelta(days=30)

_ENDED = (ImportState.DONE, ImportState.STOPPED, ImportState.FAILED, ImportState.UNDONE)
_NOT_BEGUN = (ImportState.ASKING, ImportState.CHECKED)


def forget_uploads(*, now: datetime) -> int:
    """Returns how many files were thrown away. An upload that nobody imported goes with all that was found out."""
    with transaction.atomic():
        left = now - KEEP_FILE
        Import.objects.filter(state__in=_NOT_BEGUN, updated_at__lt=left).delete()
        old = Import.objects.filter(Q(finished_at__lt=left), state__in=_ENDED, file_gone_at__isnull=True)
        ids = list(old.values_list("id", flat=True))
        ImportPiece.objects.filter(of__in=ids).delete()
        Import.objects.filter(id__in=ids).update(file_gone_at=now)
        past = Import.objects.filter(finished_at__lt=now - KEEP_BEFORE, state__in=_ENDED)
        ImportedRow.objects.filter(of__in=past).delete()
        ImportIssue.objects.filter(of__in=past).delete()
    return len(ids)
