"""Keys from a seed: UUIDv7 placed at a moment of the past, so that they lie in the order of the invented events."""

from random import Random


class Mint:
    """The same seed mints the same keys. Where core.ids.uuid7 takes its bits from the system, these come from `rng`."""

    def __init__(self, rng: Random) -> None:
        self._bits = rng.getrandbits

    def at(self, seconds: int) -> str:
        """A UUIDv7 as 32 hexadecimal digits; `seconds` since 1970, UTC. The millisecond is drawn."""
        bits = self._bits(84)
        milliseconds = seconds * 1000 + (bits >> 74) % 1000
        value = milliseconds << 80 | 0x7 << 76 | (bits & 0xFFF) << 64 | 0x2 << 62 | (bits >> 12 & (1 << 62) - 1)
        return f"{value:032x}"
