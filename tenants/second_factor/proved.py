"""A second factor that is shown again strengthens the session that it is shown in."""

from typing import Any

from allauth.mfa.signals import authenticator_used
from django.dispatch import receiver
from django.utils import timezone

from tenants.request import PlacedRequest


@receiver(authenticator_used, dispatch_uid="tenants.second_factor.proved")
def note_proof(*, request: PlacedRequest, reauthenticated: bool, **_more: Any) -> None:
    """At a sign-in there is no session to strengthen yet: it is made with the proof."""
    if reauthenticated:
        request.session.prove_second_factor(timezone.now())
