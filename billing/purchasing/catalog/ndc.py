import re

from core.errors import DomainError

# The number of a drug's label has ten digits in one of three shapes; bills write eleven, 5-4-2, with a zero put in
# front of the part that is a digit short. Without dashes nobody can tell which part that is.
# Source: CMS, "National Drug Code (NDC) Units", 10-digit to 11-digit conversion.
_SHAPES = ((5, 4, 2), (4, 4, 2), (5, 3, 2), (5, 4, 1))
_WHOLE = (5, 4, 2)
_DASHES = str.maketrans({"\N{EN DASH}": "-", "\N{NON-BREAKING HYPHEN}": "-", "\N{HYPHEN}": "-", " ": "-"})


def normal_ndc(given: str) -> str:
    """Eleven digits, or "" for nothing: "0023-1145-01" is 00023114501. Raises DomainError ndc_unreadable."""
    text = re.sub(r"^NDC[:#]?\s*", "", given.strip(), flags=re.IGNORECASE).translate(_DASHES)
    if not text:
        return ""
    parts = text.split("-")
    digits = "".join(parts)
    if not (digits.isascii() and digits.isdecimal()):
        raise _unreadable("An NDC has digits and dashes only, such as 00023-1145-01.")
    if len(parts) == 1:
        if len(digits) == sum(_WHOLE):
            return digits
        if len(digits) == sum(_WHOLE) - 1:
            raise _unreadable("Write this NDC with its dashes: of ten digits alone nobody can tell where a zero goes.")
    elif tuple(map(len, parts)) in _SHAPES:
        return "".join(part.zfill(size) for part, size in zip(parts, _WHOLE, strict=True))
    raise _unreadable("An NDC has eleven digits, or three parts such as 00023-1145-01 or 0023-1145-01.")


def shown_ndc(ndc: str) -> str:
    """With its dashes, as bills write it."""
    return f"{ndc[:5]}-{ndc[5:9]}-{ndc[9:]}" if ndc else ""


def _unreadable(message: str) -> DomainError:
    return DomainError("ndc_unreadable", message, field="ndc")
