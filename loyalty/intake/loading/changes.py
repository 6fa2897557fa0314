from dataclasses import dataclass


@dataclass(slots=True)
class Changes:
    """How many rows were added, changed, and found to say what they said before."""

    new: int = 0
    changed: int = 0
    unchanged: int = 0

    def __add__(self, other: "Changes") -> "Changes":
        return Changes(self.new + other.new, self.changed + other.changed, self.unchanged + other.unchanged)

    @property
    def written(self) -> int:
        return self.new + self.changed

    @property
    def total(self) -> int:
        return self.new + self.changed + self.unchanged
