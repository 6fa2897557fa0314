"""Where the packages meet: what one of them offers and another needs, without either importing the other."""

from core.jobs import enqueue
from core.outbox.consumers import Happened, consumer
from core.tenancy.scope import PracticeRef, current_practice, practice_scope
from tenants.actions.open_practice import furnish_with
from tenants.actions.open_sandbox import fill_with
from tenants.staffing import Coming, Leaving, on_coming, on_leaving


def wire() -> None:
    """Called once, when Django is ready."""
    from billing.crediting import quarter_of_subscriptions
    from billing.jobs import match_locations
    from billing.locations import count_locations_with
    from billing.purchasing.sandbox import stock_sandbox
    from billing.purchasing.statements.netting import due_with
    from billing.texts import note_text
    from loyalty.furnish import furnish
    from loyalty.models import Location
    from loyalty.sandbox.fill import fill_sandbox
    from loyalty.staff.come import come
    from loyalty.staff.leave import leave

    def joins_the_staff(coming: Coming) -> None:
        come(person_id=coming.person_id, name=coming.name, role=coming.role)

    def leaves_the_staff(leaving: Leaving) -> None:
        leave(person_id=leaving.person_id, work_to=leaving.work_to)

    def locations_of(practice: PracticeRef) -> int:
        with practice_scope(practice):
            return Location.objects.filter(is_active=True).count()

    def locations_changed(_happened: Happened) -> None:
        enqueue(match_locations, of=str(current_practice().id), swept=True)

    due_with(quarter_of_subscriptions)
    count_locations_with(locations_of)
    for kind in ("location.added", "location.closed", "location.reopened"):
        consumer(kind)(locations_changed)
    consumer("message.texted")(note_text)
    furnish_with(furnish)
    fill_with(fill_sandbox)
    fill_with(stock_sandbox)
    on_coming(joins_the_staff)
    on_leaving(leaves_the_staff)
