"""Postal addresses."""

from loyalty.intake.fhir.fields import Fields
from loyalty.intake.fhir.period import is_current
from loyalty.intake.fhir.reading import Reading
from loyalty.intake.fhir.rows import Address

_USES = ("home", "", "temp", "billing", "work")
_TYPES = ("postal", "both", "", "physical")


def read_address(fields: Fields, *, reading: Reading) -> Address:
    """The current address that letters go to; an empty Address where none is written."""
    found: list[tuple[tuple[int, int], Address]] = []
    for item in fields.parts("address"):
        if is_current(item, reading=reading):
            rank = (_rank(_USES, item.text("use", most=64)), _rank(_TYPES, item.text("type", most=64)))
            found.append((rank, _read_one(item)))
    written = [pair for pair in found if pair[1] != Address()]
    return min(written, key=lambda pair: pair[0])[1] if written else Address()


def read_single_address(fields: Fields | None) -> Address:
    return _read_one(fields) if fields else Address()


def _read_one(item: Fields) -> Address:
    line = ", ".join(item.texts("line"))
    if len(line) > 200:
        item.remark(f"{item.path('line')} is longer than 200 characters together; left out")
        line = ""
    address = Address(
        line=line,
        city=item.text("city", most=100),
        state=item.text("state", most=50),
        postal_code=item.text("postalCode", most=20),
        country=item.text("country", most=60),
    )
    return Address(line=item.text("text")) if address == Address() else address


def _rank(order: tuple[str, ...], value: str) -> int:
    return order.index(value) if value in order else len(order)
