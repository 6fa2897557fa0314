"""How often somebody may guess: counted for an account and the network that the guesses come from, on all hosts alike.

Counted for the account alone, whoever knows an email address could lock its person out.
"""

from ipaddress import IPv6Address, ip_address, ip_network

from allauth.core.internal import ratelimit
from django.http import HttpRequest

from tenants.address import client_address

# One customer of a provider has at least this much of IPv6 to himself.
IPV6_PREFIX = 64
# For an account from one network; and from one address, whatever the account.
CODES = {"code": "5/5m/key,50/5m/ip"}
# Enough for an office that mistypes, too few for a program.
MOST_APPLICATIONS = 5
# A code that enrolls a tablet has 49 bits and lives for minutes: this only keeps programs from trying.
ENROLLMENTS = {"enroll": "10/5m/key"}
APPLICATIONS = {"apply": f"{MOST_APPLICATIONS}/h/key"}


def network_of(address: str) -> str:
    """Itself for IPv4, its /64 for IPv6: within it, one may change addresses at will."""
    ip = ip_address(address)
    if not isinstance(ip, IPv6Address):
        return str(ip)
    if ip.ipv4_mapped:
        return str(ip.ipv4_mapped)
    return str(ip_network((ip, IPV6_PREFIX), strict=False))


def guess_key(request: HttpRequest, account: str) -> str:
    """What tries are counted under. It names no host: the same account is guessed at on all of them."""
    address = client_address(request)
    return f"{account.strip().lower()} from {network_of(address) if address else 'nowhere'}"


def may_guess_code(request: HttpRequest, account: str) -> ratelimit.RateLimitUsage | None:
    """Count one try at a code of `account`; None where there were too many. A right one is rolled back."""
    return ratelimit.consume(
        request, app="tenants", action="code", config=CODES, key=guess_key(request, account), limit_get=True
    )


def may_apply(request: HttpRequest) -> bool:
    """Count one application to join; False where there were too many from the same network in an hour."""
    address = client_address(request)
    key = network_of(address) if address else "nowhere"
    return ratelimit.consume(request, app="tenants", action="apply", config=APPLICATIONS, key=key) is not None


def may_enroll(request: HttpRequest) -> bool:
    """Count one try to enroll a tablet; False where there were too many from the same network."""
    address = client_address(request)
    key = network_of(address) if address else "nowhere"
    return ratelimit.consume(request, app="tenants", action="enroll", config=ENROLLMENTS, key=key) is not None
