"""UUID version 7 (RFC 9562, section 5.7): time-ordered keys, so that new rows land at the end of an index."""

import os
import time
import uuid


def uuid7(*, unix_ms: int | None = None) -> uuid.UUID:
    """A new UUIDv7; `unix_ms` (milliseconds since 1970) places it in the past for imported history."""
    milliseconds = time.time_ns() // 1_000_000 if unix_ms is None else unix_ms
    if not 0 <= milliseconds < 1 << 48:
        raise ValueError(f"UUIDv7 holds 48 bits of milliseconds; {milliseconds} does not fit")
    value = milliseconds << 80 | int.from_bytes(os.urandom(10), "big")
    value = value & ~(0xF << 76) | 0x7 << 76
    value = value & ~(0x3 << 62) | 0x2 << 62
    return uuid.UUID(int=value)
