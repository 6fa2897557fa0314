"""Tokens whose minutes are over are swept away."""

from django.utils import timezone

from core.jobs import network_job
from tenants.partners.tokens import forget_expired


@network_job("partners.sweep_tokens")
def sweep_tokens() -> int:
    """Returns how many rows went."""
    return forget_expired(now=timezone.now())
