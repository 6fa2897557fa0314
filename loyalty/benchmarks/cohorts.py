"""The groups a practice is compared with: everybody, its size, its region. Size and region both nest in everybody."""

from dataclasses import dataclass

from loyalty.benchmarks.models import CohortKind
from tenants.models import SizeBand


@dataclass(frozen=True, slots=True)
class Cohort:
    """`value` is the size band or the region; empty for all practices. Raises ValueError where they do not fit."""

    kind: CohortKind
    value: str = ""

    def __post_init__(self) -> None:
        if (self.kind == CohortKind.ALL) != (self.value == ""):
            raise ValueError(f"A cohort of kind {self.kind} cannot have the value {self.value!r}.")
        if self.kind == CohortKind.SIZE and self.value not in SizeBand.values:
            raise ValueError(f"{self.value!r} is not a size band: use one of {', '.join(SizeBand.values)}.")

    @property
    def name(self) -> str:
        match self.kind:
            case CohortKind.SIZE:
                return str(SizeBand(self.value).label)
            case CohortKind.REGION:
                return self.value
            case _:
                return "All practices"

    @property
    def superset(self) -> "Cohort | None":
        """The published cohort that holds all of this one: everybody, for every cohort but everybody."""
        return None if self.kind == CohortKind.ALL else EVERYBODY


EVERYBODY = Cohort(CohortKind.ALL)


def cohorts_of(*, size_band: str, region: str) -> tuple[Cohort, ...]:
    """The cohorts a practice belongs to, everybody first. Without a size or a region it is in no such cohort."""
    cohorts = [EVERYBODY]
    if size_band:
        cohorts.append(Cohort(CohortKind.SIZE, size_band))
    if region:
        cohorts.append(Cohort(CohortKind.REGION, region))
    return tuple(cohorts)
