"""Where the invented practices are. The towns are real; nothing else is."""

from dataclasses import dataclass
from random import Random
from zoneinfo import ZoneInfo


@dataclass(frozen=True, slots=True)
class Town:
    """zip_start: the first three digits of its postal codes. area: of phone numbers, all from 555-0100 to 555-0199."""

    name: str
    state: str
    zip_start: str
    area: str
    time_zone: str

    @property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.time_zone)

    def phone(self, rng: Random) -> str:
        """An invented number. Most kept the one from where they lived before: a hundred numbers are too few for one
        town, and people who share one look like each other's double.
        """
        area = self.area if rng.random() < 0.2 else rng.choice(_AREAS)
        return f"({area}) 555-01{rng.randrange(100):02}"


_LINES = """
Portland OR 972 503 America/Los_Angeles
Salem OR 973 503 America/Los_Angeles
Eugene OR 974 541 America/Los_Angeles
Bend OR 977 541 America/Los_Angeles
Seattle WA 981 206 America/Los_Angeles
Bellevue WA 980 425 America/Los_Angeles
Tacoma WA 984 253 America/Los_Angeles
Olympia WA 985 360 America/Los_Angeles
Vancouver WA 986 360 America/Los_Angeles
Spokane WA 992 509 America/Los_Angeles
Coeur d’Alene ID 838 208 America/Los_Angeles
Boise ID 837 208 America/Boise
Idaho Falls ID 834 208 America/Boise
Missoula MT 598 406 America/Denver
Bozeman MT 597 406 America/Denver
Provo UT 846 801 America/Denver
Cheyenne WY 820 307 America/Denver
Fort Collins CO 805 970 America/Denver
Phoenix AZ 850 602 America/Phoenix
Scottsdale AZ 852 480 America/Phoenix
Tucson AZ 857 520 America/Phoenix
Flagstaff AZ 860 928 America/Phoenix
Santa Fe NM 875 505 America/Denver
Albuquerque NM 871 505 America/Denver
Las Vegas NV 891 702 America/Los_Angeles
Reno NV 895 775 America/Los_Angeles
Sacramento CA 958 916 America/Los_Angeles
San Diego CA 921 619 America/Los_Angeles
Palm Springs CA 922 760 America/Los_Angeles
Chicago IL 606 312 America/Chicago
Evanston IL 602 847 America/Chicago
Milwaukee WI 532 414 America/Chicago
Madison WI 537 608 America/Chicago
Minneapolis MN 554 612 America/Chicago
Duluth MN 558 218 America/Chicago
Ann Arbor MI 481 734 America/Detroit
Grand Rapids MI 495 616 America/Detroit
Cleveland OH 441 216 America/New_York
Columbus OH 432 614 America/New_York
South Bend IN 466 574 America/Indiana/Indianapolis
"""


def _town(line: str) -> Town:
    name, state, zip_start, area, time_zone = line.rsplit(maxsplit=4)
    return Town(name, state, zip_start, area, time_zone)


TOWNS = {town.name: town for town in map(_town, _LINES.strip().splitlines())}
_AREAS = sorted({town.area for town in TOWNS.values()})
