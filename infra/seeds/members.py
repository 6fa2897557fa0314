"""The sixty members: invented names, in three sizes and four regions, one region too small to be shown by itself."""

from dataclasses import dataclass

from django.utils.text import slugify

from infra.seeds.towns import TOWNS, Town
from tenants.models import SizeBand

PACIFIC = "Pacific Northwest"
MOUNTAIN = "Mountain"
SOUTHWEST = "Southwest"
LAKES = "Great Lakes"


@dataclass(frozen=True, slots=True)
class Member:
    """One practice as it is opened. towns: one for each location, the main one first.

    late: 0 for a member from the beginning, else which of the later groups it joined with.
    """

    name: str
    slug: str
    region: str
    size_band: SizeBand
    towns: tuple[Town, ...]
    late: int = 0
    agreed: bool = True

    @property
    def time_zone(self) -> str:
        return self.towns[0].time_zone


# Name | size | towns | how it joined: "late 1", "late 2", or "not agreed" to have its figures aggregated.
_LINES: dict[str, str] = {
    PACIFIC: """
        Aurora Aesthetics | medium | Portland
        Saltwind Skin Studio | small | Tacoma
        Tidewren Dermatology | large | Seattle, Seattle, Bellevue
        Driftgrain Aesthetics | medium | Bend
        Mossbell Skin | small | Eugene
        Quiet Alder Medspa | small | Olympia
        Rainward Aesthetics | medium | Seattle, Tacoma
        Slatewater Dermatology | large | Portland, Salem
        Larkfell Laser & Skin | small | Salem
        Fern & Finch Skin | small | Eugene | not agreed
        Oxbow & Iris | medium | Vancouver | late 1
        Hollowpine Medspa | small | Bend | late 1
        Wilderbay Plastic Surgery | large | Bellevue, Seattle
        Cedarquill Skin Clinic | medium | Spokane | late 1
        Emberfen Aesthetics | small | Seattle | late 1
        Northmoth Skin | medium | Portland, Vancouver
        Velvet Spruce Medspa | small | Vancouver | late 1
        Halcyon Ferry Skin | large | Tacoma, Olympia
    """,
    MOUNTAIN: """
        Borealis Skin | small | Boise
        Bittersky Dermatology | large | Provo, Idaho Falls, Fort Collins
        Juniper Lantern Aesthetics | small | Missoula
        Stonewhistle Aesthetics | medium | Fort Collins
        Sagewell Hollow Skin | small | Bozeman
        Glacierthistle Laser | medium | Coeur d’Alene, Missoula
        Windrow Medspa | small | Cheyenne
    """,
    SOUTHWEST: """
        Copperwren Medspa | medium | Tucson
        Sunquill Aesthetics | small | Scottsdale
        Marigold Mesa Dermatology | large | Phoenix, Scottsdale, Flagstaff
        Agave & Linen | small | Santa Fe
        Ocotillo Lane Skin | medium | Phoenix
        Sandfinch Laser | small | Palm Springs
        Mirador Ash Plastic Surgery | large | San Diego
        Saltbush Skin Studio | small | Reno
        Amberline Aesthetics | medium | Sacramento, Reno
        Dusklight Medspa | medium | Las Vegas | late 2
        Vireo Skin Clinic | small | Albuquerque | late 2
        Paloverde Row Aesthetics | large | Phoenix, Tucson
        Piñon & Pearl | small | Albuquerque | late 2
        Solstice Yard Medspa | medium | San Diego
        Cholla Creek Skin | small | Flagstaff | late 2
        Sierra Velum Dermatology | large | Sacramento, Sacramento
        Cactusreed Aesthetics | medium | Scottsdale | late 2
    """,
    LAKES: """
        Lakewren Skin & Laser | large | Chicago, Evanston, South Bend
        Bluestem Parlor | medium | Madison
        Harborquill Dermatology | large | Cleveland, Columbus
        Ironbirch Skin | small | Duluth
        Millpond & Mint | medium | Grand Rapids
        Prairie Veil Medspa | small | Minneapolis
        Winterbloom Dermatology | large | Minneapolis, Minneapolis
        Tamarack Room | small | Ann Arbor
        Whitecap Row Aesthetics | medium | Milwaukee
        Lantern Pier Skin | small | Evanston
        Gullwing Aesthetics | medium | Chicago | not agreed
        Oriole & Oak | small | Columbus
        Greatfern Plastic Surgery | large | Chicago, Milwaukee
        Cobblelight Medspa | medium | Cleveland
        Sugarbush Lane Skin | small | Madison
        Pewter Lake Laser | medium | Ann Arbor, Grand Rapids
        Mapleloft Skin | small | South Bend
        Thimbleshore Aesthetics | large | Milwaukee, Madison
    """,
}


def _member(line: str, *, region: str) -> Member:
    name, size, towns, *how = (part.strip() for part in line.split("|"))
    joined = how[0] if how else ""
    return Member(
        name=name,
        # The two that people sign in to have the shortest addresses.
        slug=name.split()[0].lower() if name in ("Aurora Aesthetics", "Borealis Skin") else slugify(name),
        region=region,
        size_band=SizeBand(size),
        towns=tuple(TOWNS[town.strip()] for town in towns.split(",")),
        late=int(joined.removeprefix("late ")) if joined.startswith("late") else 0,
        agreed=joined != "not agreed",
    )


def _all() -> tuple[Member, ...]:
    """Aurora and Borealis first, then the regions in turn, so that a smaller network has a bit of everything."""
    regions = [[_member(line, region=region) for line in text.strip().splitlines()] for region, text in _LINES.items()]
    placed = [
        ((place + 0.5) / len(members), number, member)
        for number, members in enumerate(regions)
        for place, member in enumerate(members)
    ]
    in_turn = [member for _, _, member in sorted(placed, key=lambda entry: entry[:2])]
    first = [member for member in in_turn if member.slug in ("aurora", "borealis")]
    return (*first, *(member for member in in_turn if member not in first))


MEMBERS = _all()
