"""Which network addresses a program may be told at: those of the internet, and none inside of any network.

Asked of the very addresses that a name resolved to, when something is sent: what a name meant yesterday, or means to
somebody else, says nothing about where it leads now.
"""

import socket
from collections.abc import Callable
from ipaddress import IPv4Address, ip_address, ip_network

Resolve = Callable[[str, int], list[str]]

# RFC 6890 and the IANA special-purpose registry: whatever is not for one host to be reached by all others.
_CLOSED_V4 = tuple(
    ip_network(net)
    for net in (
        "0.0.0.0/8", "10.0.0.0/8", "100.64.0.0/10", "127.0.0.0/8", "169.254.0.0/16", "172.16.0.0/12", "192.0.0.0/24",
        "192.0.2.0/24", "192.31.196.0/24", "192.52.193.0/24", "192.88.99.0/24", "192.168.0.0/16", "192.175.48.0/24",
        "198.18.0.0/15", "198.51.100.0/24", "203.0.113.0/24", "224.0.0.0/4", "240.0.0.0/4",
        # A public number that answers inside of one cloud only, with the machine's own secrets.
        "168.63.129.16/32",
    )
)  # fmt: skip
# Of IPv6 only what is given out is open; of that not what leads on to an IPv4 address (6to4, Teredo) or to none.
# NAT64, IPv4-mapped, unique local, link-local and multicast addresses are outside of it.
_OPEN_V6 = ip_network("2000::/3")
_CLOSED_V6 = tuple(ip_network(net) for net in ("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20"))


class NotReachable(Exception):
    """code: "no_such_name", or "closed_address" where the name leads inside of some network."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


def is_open(address: str) -> bool:
    """Whether an address is on the internet. False for what is none, and for one of an interface ("fe80::1%eth0")."""
    try:
        found = ip_address(address)
    except ValueError:
        return False
    if isinstance(found, IPv4Address):
        return not any(found in net for net in _CLOSED_V4)
    return found.scope_id is None and found in _OPEN_V6 and not any(found in net for net in _CLOSED_V6)


def is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def resolved(host: str, port: int) -> list[str]:
    """What the system's resolver says, each once. Raises OSError."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return list(dict.fromkeys(str(entry[4][0]) for entry in found))


def open_addresses(host: str, port: int, *, loopback: bool, resolve: Resolve = resolved) -> list[str]:
    """Where `host` is. loopback: whether this very machine will do too.

    Raises NotReachable also where only one of several is closed: a name that leads inside as well is not to be trusted.
    """
    try:
        found = resolve(host, port)
    except (OSError, UnicodeError):
        raise NotReachable("no_such_name") from None
    if not found:
        raise NotReachable("no_such_name")
    if not all(is_open(one) or (loopback and is_loopback(one)) for one in found):
        raise NotReachable("closed_address")
    return found


def is_number(host: str) -> bool:
    """Whether a host is written as an address instead of a name."""
    try:
        ip_address(host.strip("[]"))
    except ValueError:
        return False
    return True
