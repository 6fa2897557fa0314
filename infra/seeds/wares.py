"""What the invented vendors sell: catalog prices, and what members pay. NDCs begin with a labeler that nobody has."""

from typing import NamedTuple

HEADER = "Item number,Name,Manufacturer,NDC,Unit,Other units,Catalog price"

# From how many on → cents for one unit, or a share off the catalog price.
Prices = tuple[tuple[int, int | str], ...]


class Row(NamedTuple):
    sku: str
    name: str
    unit: str
    catalog: str
    prices: Prices
    other_units: str = ""
    ndc: str = ""
    maker: str = ""

    @property
    def kind(self) -> str:
        if len(self.prices) > 1:
            return "volume"
        return "percent" if isinstance(self.prices[0][1], str) else "fixed"

    @property
    def csv(self) -> str:
        cells = (self.sku, self.name, self.maker, self.ndc, self.unit, self.other_units, self.catalog)
        return ",".join(f'"{cell}"' for cell in cells)


class Wares(NamedTuple):
    vendor: str
    contact: str
    email: str
    number: str
    about: str
    rows: tuple[Row, ...]


LUMIVANE = Wares(
    "Lumivane", "Vera Vance", "claims@lumivane.example.com", "LMV", "Toxin and filler",
    (
        Row("LMV-100", "Lumivane 100 U", "vial", "468.00", ((1, 41_200),), "case of 10", "99901-0100-01", "Lumivane"),
        Row("LMV-50", "Lumivane 50 U", "vial", "259.00", ((1, 22_900), (20, 21_500)), "case of 10", "99901-0050-01",
            "Lumivane"),
        Row("LMV-SOFT", "Lumivane Soft 1 mL", "syringe", "342.00", ((1, 29_850),), "box of 2", "", "Lumivane"),
        Row("LMV-FINE", "Lumivane Fine 1 mL", "syringe", "338.00", ((1, 29_370),), "box of 2", "", "Lumivane"),
        Row("LMV-DEEP", "Lumivane Deep 2 mL", "syringe", "612.00", ((1, 54_400), (12, 51_900)), "box of 2", "",
            "Lumivane"),
    ),
)  # fmt: skip
HALCYON = Wares(
    "Halcyon Skincare", "Henry Hale", "rebates@halcyon.example.com", "HAL", "Retail and peels",
    (
        Row("HS-CLEANSE", "Calm Cleanser 200 mL", "bottle", "28.00", ((1, "0.15"),), "case of 12"),
        Row("HS-SERUM-C", "Vitamin C Serum 30 mL", "bottle", "74.00", ((1, "0.15"),), "case of 12"),
        Row("HS-SPF50", "Mineral Shield SPF 50", "tube", "32.00", ((1, "0.2"),), "case of 24"),
        Row("HS-PEEL-20", "Glycolic Peel 20 %", "bottle", "96.00", ((1, "0.1"), (6, "0.18")), "case of 6"),
        Row("HS-PEEL-TCA", "TCA Peel 15 %", "bottle", "128.00", ((1, "0.1"), (6, "0.18")), "case of 6"),
        Row("HS-BALM", "After-care Balm 50 mL", "tube", "24.00", ((1, "0.25"),), "case of 24"),
    ),
)  # fmt: skip
NORTHLIGHT = Wares(
    "Northlight Devices", "Nadia Noor", "partners@northlight.example.com", "NLD", "Laser consumables",
    (
        Row("NL-TIP-A", "Resurfacing tip A", "tip", "395.00", ((1, 34_800),), "box of 5"),
        Row("NL-TIP-B", "Tightening tip B", "tip", "540.00", ((1, 47_500), (10, 45_200)), "box of 5"),
        Row("NL-GEL", "Coupling gel 1 L", "bottle", "22.00", ((1, 1_760),), "case of 6"),
        Row("NL-SHIELD", "Eye shields, patient", "pair", "148.00", ((1, 13_000),)),
    ),
)  # fmt: skip
CEDAR = Wares(
    "Cedar Medical Supply", "Carla Cedeno", "orders@cedar.example.com", "CMS", "Gloves, needles, gauze",
    (
        Row("CMS-GLV-M", "Nitrile gloves, medium", "box", "14.50", ((1, 1_180), (20, 1_040)), "case of 10"),
        Row("CMS-NDL-30", "Needles 30 G", "box", "19.00", ((1, 1_560),), "case of 20"),
        Row("CMS-CAN-25", "Cannulas 25 G", "box", "118.00", ((1, 9_900),), "case of 10"),
        Row("CMS-GZ-10", "Gauze 10 × 10 cm", "pack", "6.20", ((1, "0.2"),), "case of 50"),
        Row("CMS-SYR-1", "Syringes 1 mL", "box", "17.25", ((1, 1_390),), "case of 20"),
    ),
)  # fmt: skip
