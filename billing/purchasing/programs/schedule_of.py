from fractions import Fraction

from billing.purchasing.models import ProgramVersion
from billing.purchasing.schedule import Schedule, Tier, Way


def schedule_of(version: ProgramVersion) -> Schedule:
    """What `version` pays, as exact rationals. Reads its tiers unless they were fetched with it.

    Raises BadSchedule for tiers that say nothing sensible, which `write_version` never lets in.
    """
    tiers = sorted(version.tiers.all(), key=lambda tier: tier.place)
    return Schedule(
        way=Way(version.way),
        tiers=tuple(Tier(at=Fraction(tier.at), rate=Fraction(tier.rate)) for tier in tiers),
        cap=version.cap_minor,
    )
