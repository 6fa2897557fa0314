"""The network's releases: what waits, what went out, and what the network decides about it."""

from tests.permissions.roles import ADMIN, NETWORK
from tests.rooms.room import Room

ROOM = Room(
    network={
        "benchmarks-export": NETWORK,
        "releases": NETWORK,
        "release-approval": ADMIN,
        "release-hold": ADMIN,
    },
    records=lambda _ids, _now: {"release_month": "2026-10"},
)
