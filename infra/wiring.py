"""Where the packages meet: what one of them offers and another needs, without either importing the other."""

from tenants.actions.open_practice import furnish_with
from tenants.staffing import Coming, Leaving, on_coming, on_leaving


def wire() -> None:
    """Called once, when Django is ready."""
    from loyalty.furnish import furnish
    from loyalty.staff.come import come
    from loyalty.staff.leave import leave

    def joins_the_staff(coming: Coming) -> None:
        come(person_id=coming.person_id, name=coming.name, role=coming.role)

    def leaves_the_staff(leaving: Leaving) -> None:
        leave(person_id=leaving.person_id, work_to=leaving.work_to)

    furnish_with(furnish)
    on_coming(joins_the_staff)
    on_leaving(leaves_the_staff)
