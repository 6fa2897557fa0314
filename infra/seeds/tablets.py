"""The checkout tablets: one at each site, as enrolled on the day the practice opened."""

from random import Random

from infra.seeds.house import House
from infra.seeds.ids import Mint
from infra.seeds.tables import Table
from loyalty.models import Kiosk

_DEVICES = ("Safari on iPad", "Chrome on Android")
_ENROLLED_AFTER = 20 * 60
_SEEN_WITHIN = 40 * 60


def tablet_table(house: House, *, rng: Random, now: int) -> Table:
    """Each holds the digest of a token that nobody has, so none of them opens anything."""
    mint = Mint(rng)
    table = Table(Kiosk, "id created_at updated_at name location_id token_digest device enrolled_at last_seen_at")
    for site in house.sites:
        made = house.opened_at
        enrolled = made + _ENROLLED_AFTER
        seen = max(enrolled, now - rng.randrange(60, _SEEN_WITHIN))
        digest, device = f"{rng.getrandbits(256):064x}", rng.choice(_DEVICES)
        table.add(mint.at(made), made, seen, "Front desk", site.id, digest, device, enrolled, seen)
    return table
