"""The columns of a catalog, by the names that vendors give them."""

from core.sheets.names import normal

# Field of an item → what its column may be called, as core.sheets.names writes it.
KNOWN = {
    "sku": ("sku", "itemnumber", "itemno", "item", "productcode", "productnumber", "partnumber", "partno", "code",
            "catalognumber", "material"),
    "name": ("name", "itemname", "product", "productname", "description", "itemdescription", "productdescription"),
    "manufacturer": ("manufacturer", "mfr", "brand", "maker"),
    "ndc": ("ndc", "ndc11", "ndcnumber", "ndccode"),
    "unit": ("unit", "uom", "unitofmeasure", "soldas", "baseunit"),
    "other_units": ("otherunits", "units", "packs", "packaging", "packsizes"),
    "price": ("catalogprice", "listprice", "price", "unitprice", "list"),
}  # fmt: skip
NEEDED = {"sku": "Item number", "name": "Name", "unit": "Unit", "price": "Catalog price"}


def recognize(header: list[str]) -> dict[str, int]:
    """Field → its place; the first column of a name counts."""
    found: dict[str, int] = {}
    for place, name in enumerate(map(normal, header)):
        for field, names in KNOWN.items():
            if name in names and field not in found:
                found[field] = place
                break
    return found


def known_in(cells: list[str]) -> int:
    return len(recognize(cells))
