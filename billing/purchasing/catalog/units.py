import re

from core.errors import DomainError

_ONE = re.compile(r"(?P<name>[^\d]+?)\s+of\s+(?P<holds>[\d,]+)", re.IGNORECASE)
_NAME, _MOST = 30, 1_000_000


def read_units(given: str, *, unit: str) -> dict[str, int]:
    """Name → how many of the item's own unit it holds: "case of 10; box of 5". Apart by ";" or by line.

    Raises DomainError units_unreadable.
    """
    units: dict[str, int] = {}
    for part in re.split(r"[;\n]", given):
        if not part.strip():
            continue
        found = _ONE.fullmatch(" ".join(part.split()))
        if found is None:
            raise _unreadable(f"Write each other unit like “case of 10”, not “{part.strip()[:40]}”.")
        name, holds = found["name"].strip(), int(found["holds"].replace(",", "") or 0)
        if len(name) > _NAME or not 1 <= holds <= _MOST:
            raise _unreadable(f"“{name[:40]}” must hold 1 to {_MOST:,}, and its name fit {_NAME} characters.")
        if name.casefold() in {unit.casefold(), *(known.casefold() for known in units)}:
            raise _unreadable(f"“{name}” stands here twice, or is the item’s own unit. Give each unit once.")
        units[name] = holds
    return units


def shown_units(units: dict[str, int]) -> str:
    return "; ".join(f"{name} of {holds}" for name, holds in units.items())


def _unreadable(message: str) -> DomainError:
    return DomainError("units_unreadable", message, field="other_units")
