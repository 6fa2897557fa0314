"""An owner confirms that everybody who may see the practice should."""

from collections.abc import Collection
from datetime import datetime
from uuid import UUID

from django.db import transaction

from core import audit
from core.errors import Conflict, NotFound
from core.tenancy.scope import PracticeRef, control_plane, practice_scope
from tenants.models import AccessReview, Membership, Practice
from tenants.people_authority import locked_practice
from tenants.permissions import Verb
from tenants.principal import Principal


def review_access(
    *, practice: Practice | PracticeRef, seen: Collection[str], by: Principal, now: datetime
) -> AccessReview:
    """The review, dated. seen: what the page showed, one "person:role" each: nobody confirms what they did not see.

    Raises NotFound to somebody who may not; Conflict access_changed where people came, changed or left meanwhile.
    """
    with control_plane(), transaction.atomic():
        place = locked_practice(practice)
        if by.practice is None or by.practice.id != place.id or not by.may(Verb.ACCESS_REVIEW):
            raise NotFound("place_not_found", "There is no such place, or it is not yours.")
        members = Membership.objects.filter(practice=place, ended_at__isnull=True)
        if set(seen) != {as_seen(id, role) for id, role in members.values_list("person_id", "role")}:
            raise Conflict("access_changed", "Somebody’s access changed while you looked. Look again, then confirm.")
        review = AccessReview.objects.create(
            practice=place, reviewed_by_id=by.person_id, reviewed_at=now, people=len(seen)
        )
        with practice_scope(place.ref):
            audit.record("access.reviewed", subject=review, detail={"people": len(seen)})
        return review


def as_seen(person_id: UUID, role: str) -> str:
    """How a page says that it showed somebody with a role."""
    return f"{person_id}:{role}"
