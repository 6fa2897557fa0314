"""A practice chooses a paid plan, to pay for at once or to try."""

from uuid import UUID

from billing.actions.account import once_of, opened
from billing.gateway import gateway
from billing.locations import wanted_quantity
from billing.plans import PLANS, TRIAL_DAYS, Interval, PlanKey
from billing.standing import current
from core.errors import Conflict, DomainError
from core.tenancy.scope import PracticeRef, control_plane
from tenants.principal import Principal


def subscribe(
    *, practice: PracticeRef, plan: str, interval: str, trial: bool, done: str, back: str, once: UUID, by: Principal
) -> str:
    """Where to pay, or to begin the trial. done, back: whole addresses of ours to come back to.

    Raises NotFound, NotOn, Unreachable; Conflict for who has a plan or tried one; DomainError for one that is none.
    """
    chosen = PLANS.get(PlanKey(plan)) if plan in set(PlanKey) else None
    if chosen is None or not chosen.is_paid or interval not in set(Interval):
        raise DomainError("plan_unknown", "Choose a plan, and whether to pay monthly or yearly.", field="plan")
    with control_plane():
        account = opened(practice, by=by)
        if current(account.subscriptions.all()) is not None:
            raise Conflict("plan_there", "The practice has a plan already. Change that one instead.")
        if trial and account.trial_used_at is not None:
            raise Conflict("trial_used", "The practice tried a plan before. Choose one to pay for.")
        return gateway().checkout(
            customer=account.customer,
            practice_id=practice.id,
            plan=chosen,
            interval=Interval(interval),
            quantity=wanted_quantity(account, plan),
            trial_days=TRIAL_DAYS if trial else 0,
            done=done,
            back=back,
            once=once_of("checkout", once),
        )
