"""An import, locked until the transaction ends, in a state in which something may be done with it."""

from collections.abc import Collection
from uuid import UUID

from core.errors import Conflict, NotFound
from loyalty.models import Import, ImportState


def locked_import(import_id: UUID, *, states: Collection[str]) -> Import:
    """Raises NotFound, or Conflict where it has gone on meanwhile."""
    of = Import.objects.select_for_update(of=("self",)).select_related("location").filter(id=import_id).first()
    if of is None:
        raise NotFound("import_missing", "There is no such import.")
    if of.state not in states:
        words = ImportState(of.state).label.lower()
        raise Conflict("import_went_on", f"This import has gone on meanwhile: it is {words}. Reload the page.")
    return of


OPEN = (ImportState.ASKING, ImportState.CHECKING, ImportState.CHECKED)
