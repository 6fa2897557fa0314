"""A file of purchases by its id."""

from uuid import UUID

from billing.receiving.models import PurchaseFile
from core.errors import NotFound


def locked(file_id: UUID) -> PurchaseFile:
    """Held until the transaction ends; its content is read when it is asked for. Raises NotFound."""
    return _of(PurchaseFile.objects.defer("content").select_for_update().filter(id=file_id).first())


def found(file_id: UUID) -> PurchaseFile:
    """Without its content. Raises NotFound."""
    return _of(PurchaseFile.objects.defer("content").filter(id=file_id).first())


def _of(file: PurchaseFile | None) -> PurchaseFile:
    if file is None:
        raise NotFound("file_missing", "There is no such file.")
    return file
