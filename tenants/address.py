"""The network address that a request came from. Only what a trusted proxy wrote is believed
(settings.ALLAUTH_TRUSTED_PROXY_COUNT)."""

from allauth.core.internal.httpkit import get_client_ip
from django.http import HttpRequest


def client_address(request: HttpRequest) -> str | None:
    """IPv4 or IPv6 as text; None where it cannot be known."""
    address: str | None = get_client_ip(request)
    return address
