"""Street names that belong to no town in particular, and first words of locations."""


def _words(text: str) -> tuple[str, ...]:
    return tuple(text.split())


STREETS = _words(
    """
    Alder Amber Apple Aspen Bank Barley Bay Beacon Birch Bluff Bridge Brook Canal Cedar Chapel Cherry Clover College
    Cooper Coral Court Cove Creek Dale Depot Dover Eagle Elm Falcon Fern Ferry Field Forge Garden Glen Granite Grove
    Harbor Hazel Heron Hickory Hill Holly Jasmine Juniper Kiln Lake Larch Laurel Lilac Linden Locust Maple Market Meadow
    Mill Mulberry Myrtle North Oak Olive Orchard Park Pearl Pine Plum Pond Poplar Prairie Quarry Quince Raven Ridge
    River Rose Rowan Sage School Silver South Spring Spruce Station Stone Summit Sycamore Tanner Thistle Union Valley
    Vine Walnut Water West Willow Wren
    """
)

KINDS = ("St", "Ave", "Ln", "Rd", "Ct", "Way", "Dr", "Pl")

# What the sites of a practice are called, when it has more than one.
QUARTERS = (
    "Old Town",
    "Riverside",
    "Market Street",
    "The Heights",
    "Lakeside",
    "Garden Row",
    "North Side",
    "Mill District",
    "Parkside",
    "Station House",
)
