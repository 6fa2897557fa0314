"""What a patient says about a visit, from wherever it comes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from uuid import UUID


@dataclass(frozen=True, slots=True)
class Said:
    """promises: id → "yes", "partly" or "no", of those they judged."""

    score: int
    liked: str = ""
    better: str = ""
    worth: int | None = None
    elsewhere: str = ""
    promises: Mapping[UUID, str] = field(default_factory=dict)
