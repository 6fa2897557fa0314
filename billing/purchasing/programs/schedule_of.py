from decimal import Decimal
from fractions import Fraction

from billing.purchasing.models import ProgramTier, ProgramVersion
from billing.purchasing.schedule import Counted, Pays, Schedule, Tier, Way


def paid_by(tier: ProgramTier) -> Decimal:
    """Its rate, or its sum in minor units: the database holds that it has one of them."""
    paid = tier.sum if tier.rate is None else tier.rate
    if paid is None:
        raise ValueError(f"{tier} pays nothing")
    return paid


def schedule_of(version: ProgramVersion) -> Schedule:
    """What `version` pays, as exact rationals. Reads its tiers unless they were fetched with it.

    Raises BadSchedule for tiers that say nothing sensible, which `write_version` never lets in.
    """
    tiers = sorted(version.tiers.all(), key=lambda tier: tier.place)
    return Schedule(
        way=Way(version.way),
        tiers=tuple(Tier(at=Fraction(tier.at), rate=Fraction(paid_by(tier))) for tier in tiers),
        cap=version.cap_minor,
        pays=Pays(version.pays),
        counted=Counted(version.counted),
    )
