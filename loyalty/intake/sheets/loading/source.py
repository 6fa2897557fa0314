"""Under which name the ids of a file are kept."""

from hashlib import sha256

_LONGEST = 200


def system_of(known_as: str) -> str:
    """The system of patients' identifiers: files of one system find each other's patients, whoever wrote its name."""
    return f"file:{known_as.casefold().strip()}"


def visit_key(known_as: str, visit_id: str) -> str:
    """The external id of a visit; what does not fit becomes a digest."""
    written = f"{system_of(known_as)}/{visit_id}"
    return written if len(written) <= _LONGEST else f"file:{sha256(written.encode()).hexdigest()}"
