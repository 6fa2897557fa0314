"""Some invented members pay for a plan, in test billing: months of invoices, a trial, a card that was declined.

The stand-in of Stripe runs here for as long as that takes, with its clock set back and brought forward day by day, and
its memory is kept where the demo's own one finds it.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction

from billing.actions.end_plan import end_plan
from billing.actions.subscribe import subscribe
from billing.gateway import gateway
from billing.models import BillingAccount
from billing.reconcile import reconcile
from billing.refresh import refresh
from core import audit
from core.tenancy.scope import PracticeRef
from infra.fakes.stripe import sessions
from infra.fakes.stripe.customers import PAYS, REFUSED_LATER
from infra.fakes.stripe.server import Server
from infra.fakes.stripe.state import State
from infra.fakes.stripe.subscriptions import tick
from infra.seeds.plan import Plan
from tenants.models import Membership, Practice, Role
from tenants.principal import Principal, at_practice

DAY = 86_400


@dataclass(frozen=True, slots=True)
class _Wish:
    """at: the place of the member among all. card: how its number ends. ends: it goes back to the free plan after."""

    at: int
    days_ago: int
    plan: str = "practice"
    interval: str = "month"
    trial: bool = False
    card: str = PAYS
    ends: bool = False


_WISHES = (
    _Wish(1, 152),
    _Wish(5, 210, interval="year"),
    _Wish(8, 131, plan="group"),
    _Wish(11, 96),
    _Wish(14, 88, ends=True),
    _Wish(19, 61, trial=True),
    _Wish(23, 36, trial=True, card=REFUSED_LATER),
    _Wish(30, 33, plan="group", interval="year"),
    _Wish(37, 9, trial=True),
)


def subscribe_some(plan: Plan) -> int:
    """How many subscribed. Once: 0 where somebody did already, and where the demo has no test billing."""
    file = os.environ.get("FAKE_STRIPE_FILE", "")
    if not file or not settings.STRIPE_API_BASE or BillingAccount.objects.exists():
        return 0
    # All in our database and all in the stand-in's file, or nothing in either.
    with transaction.atomic(), _stand_in() as state, audit.asking(audit.Asker.operator("seed_demo")):
        gateway().set_up()
        made = _tell(plan, state)
        # The night's comparison, of which the console shows that nothing differs.
        reconcile(heal=True, now=plan.now)
        # What happened is known here already; nobody needs to be told of it again.
        state.sent = [one["id"] for one in state.events]
        state.file = Path(file)
        state.save()
    return made


@contextmanager
def _stand_in() -> Iterator[State]:
    """Where the settings look for it; the demo's own one starts there later."""
    state = State()
    server = Server(state, port=urlsplit(settings.STRIPE_API_BASE).port or 0).begin()
    try:
        yield state
    finally:
        server.shutdown()
        server.server_close()


def _tell(plan: Plan, state: State) -> int:
    """Day by day, so that every invoice has its own date."""
    wishes = sorted((one for one in _WISHES if one.at < len(plan.members)), key=lambda one: -one.days_ago)
    leaving = []
    for ago in range(max((one.days_ago for one in wishes), default=0), -1, -1):
        state.ahead = -ago * DAY
        tick(state)
        for wish in (one for one in wishes if one.days_ago == ago):
            practice, owner = _owner(plan.members[wish.at].slug)
            _press(state, wish, practice, owner)
            if wish.ends:
                leaving.append((practice, owner))
    for account_id in BillingAccount.objects.values_list("id", flat=True):
        refresh(account_id=account_id, now=plan.now)
    for practice, owner in leaving:
        end_plan(practice=practice, ends=True, once=uuid4(), by=owner, now=plan.now)
    return len(wishes)


def _press(state: State, wish: _Wish, practice: PracticeRef, owner: Principal) -> None:
    address = subscribe(
        practice=practice, plan=wish.plan, interval=wish.interval, trial=wish.trial, done="http://demo.example/done",
        back="http://demo.example/back", once=uuid4(), by=owner,
    )  # fmt: skip
    with state.lock:
        sessions.complete(state, address.rpartition("/")[2], wish.card)


def _owner(slug: str) -> tuple[PracticeRef, Principal]:
    practice = Practice.objects.get(slug=slug)
    owner = Membership.objects.select_related("person").get(practice=practice, role=Role.OWNER, ended_at__isnull=True)
    return practice.ref, at_practice(person=owner.person, practice=practice.ref)
