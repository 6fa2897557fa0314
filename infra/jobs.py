"""Jobs that belong to the house itself, and the import of all others so that a worker knows them."""

from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from billing import jobs as billing
from billing.purchasing.claims import jobs as claims
from billing.purchasing.purchases import jobs as purchases
from billing.purchasing.rebates import jobs as rebates
from billing.purchasing.statements import jobs as statements
from billing.receiving import jobs as receiving
from core.audit.partitions import make_partitions
from core.jobs import enqueue, network_job
from core.outbox.deliver import any_due, deliver_due, forget_delivered
from core.tenancy.owner import has_owner
from core.tenancy.scope import PracticeRef, practice_scope
from core.tenancy.standby import fill
from loyalty.benchmarks import jobs as benchmarks
from loyalty.drifting import jobs as drifting
from loyalty.exchange import jobs as exchange
from loyalty.feedback import jobs as feedback
from loyalty.holdouts import jobs as holdouts
from loyalty.inquiries import jobs as inquiries
from loyalty.intake import jobs as intake
from loyalty.messages import jobs as messages
from loyalty.occasions import jobs as occasions
from loyalty.reports import jobs as reports
from loyalty.reviews.inviting import jobs as inviting
from tenants.erasure import jobs as erasure
from tenants.partners import jobs as partners
from tenants.refs import active_practices
from tenants.sessions import jobs as sessions
from tenants.webhooks import jobs as webhooks

# What the packages declare; named here, so that a worker that imports this module knows all of it.
MODULES = (
    benchmarks,
    billing,
    claims,
    drifting,
    erasure,
    exchange,
    feedback,
    holdouts,
    inquiries,
    intake,
    inviting,
    messages,
    occasions,
    partners,
    purchases,
    rebates,
    receiving,
    reports,
    sessions,
    statements,
    webhooks,
)


@network_job("tenancy.fill_ready_schemas")
def fill_ready_schemas() -> int:
    """Keep schemas ready for new practices; returns how many were made. Does nothing without the owner's connection."""
    return len(fill(wanted=settings.READY_SCHEMAS)) if has_owner() else 0


@network_job("audit.make_partitions")
def make_audit_partitions() -> int:
    """Make the months of the trails ahead of time; returns how many. Does nothing without the owner's connection."""
    return make_partitions() if has_owner() else 0


@network_job("outbox.sweep")
def sweep_outboxes() -> int:
    """Deliver what a crash left behind, practice by practice; returns in how many there was something."""
    found = 0
    for practice in _entered():
        if any_due(now=timezone.now()):
            enqueue(deliver_due, practice_id=practice.id)
            found += 1
    return found


@network_job("outbox.forget_delivered")
def forget_delivered_events() -> int:
    """Remove what was delivered long ago; returns how many events."""
    return sum(forget_delivered(now=timezone.now()) for _ in _entered())


def _entered() -> Iterator[PracticeRef]:
    """Each active practice in turn, inside its scope."""
    for practice in active_practices():
        with practice_scope(practice):
            yield practice
