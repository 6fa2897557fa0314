from dataclasses import dataclass, field
from uuid import UUID


@dataclass(slots=True)
class Taken:
    """removed, restored: how many records. kept: ids of the ledger's rows whose record was touched since."""

    removed: int = 0
    restored: int = 0
    kept: list[UUID] = field(default_factory=list)
