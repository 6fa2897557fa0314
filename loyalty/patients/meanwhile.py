"""Two people change one record: the second is told what the first changed, and nothing is overwritten unseen."""

from collections.abc import Mapping
from dataclasses import dataclass

from core.errors import Conflict


@dataclass(frozen=True, slots=True)
class Difference:
    """field: of the record. what: its name in words. now: what stands there now, in words; "" for nothing."""

    field: str
    what: str
    now: str

    def __str__(self) -> str:
        return f"{self.what}: “{self.now}”" if self.now else f"{self.what}: nothing"


class ChangedMeanwhile(Conflict):
    """differences: what is no longer as the asker saw it. values: the record as it is now, in the asker's terms."""

    def __init__(self, differences: list[Difference], values: Mapping[str, str]) -> None:
        listed = "; ".join(map(str, differences))
        super().__init__(
            "changed_meanwhile",
            f"Somebody changed this meanwhile. It says now: {listed}. Look, and save again what you want to keep.",
        )
        self.differences = differences
        self.values = values


def check_unchanged(*, was: Mapping[str, str], now: Mapping[str, str], words: Mapping[str, str]) -> None:
    """`was`: what the asker saw, `now`: what is. Raises ChangedMeanwhile where anything that they saw differs."""
    differences = [Difference(name, words[name], now[name]) for name in words if name in was and was[name] != now[name]]
    if differences:
        raise ChangedMeanwhile(differences, now)
