"""What the team should know before a visit: remember, say, take care. Each line names where it comes from."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class BriefLine:
    """source: what the line rests on, e.g. "Memory, told Dr. Sato on June 15" or "Visit of June 15"."""

    text: str
    source: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Brief:
    remember: tuple[BriefLine, ...]
    say: tuple[BriefLine, ...]
    take_care: tuple[BriefLine, ...]
