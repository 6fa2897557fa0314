"""What the columns of a file of invoice lines are called, and what they become."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from core.errors import DomainError
from core.sheets.names import normal


@dataclass(frozen=True, slots=True)
class Column:
    """names: in lower case, letters and digits only. needed: without it no row says anything."""

    key: str
    title: str
    names: tuple[str, ...]
    needed: bool = False


def _column(key: str, title: str, names: str, *, needed: bool = False) -> Column:
    return Column(key, title, tuple(names.split()), needed)


COLUMNS = (
    _column(
        "invoice",
        "Invoice number",
        "invoice invoicenumber invoiceno invoiceid invoicenum document documentnumber billno transaction transactionid"
        " basketid ordernumber order orderid orderno",
        needed=True,
    ),
    _column(
        "day",
        "Invoice date",
        "invoicedate date day documentdate purchasedate billdate transactiondate orderdate transactiontimestamp posted"
        " postingdate",
        needed=True,
    ),
    _column("line", "Line number", "line lineno linenumber lineitem linenum pos position"),
    _column(
        "code",
        "Item number (SKU or NDC)",
        "sku item itemnumber itemno itemid itemcode productid productcode product partnumber partno catalognumber ndc"
        " ndc11 material vendoritem vendorsku",
    ),
    _column("description", "Description", "description itemdescription productdescription productname itemname name"),
    _column("quantity", "Quantity", "quantity qty units shipped qtyshipped shippedqty quantityshipped qtyinvoiced"),
    _column("unit", "Unit", "unit uom unitofmeasure um packaging pack"),
    _column("price", "Price of one unit", "unitprice price priceeach each unitcost cost netprice"),
    _column(
        "amount",
        "Amount of the line",
        "amount lineamount linetotal total extendedprice extended extendedamount netamount net salesvalue subtotal ext"
        " extprice",
    ),
    _column("kind", "Type (invoice, return, freight)", "type kind linetype documenttype transactiontype"),
)
BY_KEY = {column.key: column for column in COLUMNS}


def recognize(header: Sequence[str]) -> dict[str, int]:
    """Key → place, by the names alone; the first column of a name wins."""
    found: dict[str, int] = {}
    plain = [normal(name) for name in header]
    for column in COLUMNS:
        for name in column.names:
            if name in plain and plain.index(name) not in found.values():
                found[column.key] = plain.index(name)
                break
    return found


def looks_like_names(cells: Sequence[str]) -> bool:
    return len(recognize(cells)) >= 2


def check(mapping: Mapping[str, int]) -> None:
    """Raises DomainError (field: the column's key) for what is missing, or given twice."""
    for column in COLUMNS:
        if column.needed and column.key not in mapping:
            raise DomainError("column_missing", f"Say which column holds the {_said(column)}.", field=column.key)
    if "amount" not in mapping and not {"price", "quantity"} <= mapping.keys():
        raise DomainError(
            "column_missing",
            "Say which column holds the amount of the line, or the price of one unit and the quantity.",
            field="amount",
        )
    if "code" not in mapping and "description" not in mapping:
        raise DomainError("column_missing", "Say which column holds the item number, or its description.", field="code")
    places: dict[int, Column] = {}
    for key, place in mapping.items():
        if place in places:
            message = f"One column cannot be both the {_said(places[place])} and the {_said(BY_KEY[key])}."
            raise DomainError("column_twice", message, field=key)
        places[place] = BY_KEY[key]


def _said(column: Column) -> str:
    return column.title[:1].lower() + column.title[1:]
