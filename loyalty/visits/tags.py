"""A word or two beside a visit: worth knowing at a glance."""

from dataclasses import dataclass
from typing import Literal

Tone = Literal["good", "warn", "accent", ""]


@dataclass(frozen=True, slots=True)
class Tag:
    tone: Tone
    text: str
