"""A name in one cell, taken apart."""


def parts_of_name(full: str) -> tuple[str, str]:
    """(given, family): "Ellison, Marguerite" and "Marguerite Ellison" alike; a single word is a given name."""
    if "," in full:
        family, _, given = full.partition(",")
        return given.strip(), family.strip()
    given, _, family = full.strip().rpartition(" ")
    return (given.strip(), family) if given else (family, "")
