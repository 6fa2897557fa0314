"""Jobs that belong to the house itself, and the import of all others so that a worker knows them."""

from django.conf import settings

from core.jobs import network_job
from core.tenancy.owner import has_owner
from core.tenancy.standby import fill
from loyalty.benchmarks import jobs as benchmarks
from loyalty.occasions import jobs as occasions

# What the packages declare; named here, so that a worker that imports this module knows all of it.
MODULES = (benchmarks, occasions)


@network_job("tenancy.fill_ready_schemas")
def fill_ready_schemas() -> int:
    """Keep schemas ready for new practices; returns how many were made. Does nothing without the owner's connection."""
    return len(fill(wanted=settings.READY_SCHEMAS)) if has_owner() else 0
