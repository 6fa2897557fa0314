"""A word to whoever opens the day."""


def greeting(*, hour: int, name: str) -> str:
    """Return "Good morning, Elena" by the hour at the location, 0 to 23."""
    part = "morning" if 4 <= hour < 12 else "afternoon" if 12 <= hour < 18 else "evening"
    return f"Good {part}, {name}" if name else f"Good {part}"
