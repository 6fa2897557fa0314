"""Of those who come up for asking, a uniformly random share by a salted hash: the same answer each time it is asked."""

from hashlib import sha256
from uuid import UUID

_SPACE = 2**64


def is_drawn(*, salt: str, visit_id: UUID, share: int) -> bool:
    """`share`: percent, 1 to 100. Uniform over visits for any salt that nobody chose with the visits in mind."""
    number = int.from_bytes(sha256(f"{salt}:{visit_id}".encode()).digest()[:8], "big")
    return number * 100 < share * _SPACE
