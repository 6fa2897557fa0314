"""Addresses of practices: a suggestion from the name, and whether one can be had."""

import re
import unicodedata

from tenants.models import Practice

LONGEST = 40

# Host names that a practice must not be able to stand in for.
RESERVED = frozenset(
    {"www", "api", "admin", "network", "console", "mail", "static", "status", "help", "login", "account", "app"}
)


def slug_of(text: str) -> str:
    """Lower-case ASCII words with hyphens, at most 40 characters, cut between words where possible."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower().replace("'", "")
    words = re.findall(r"[a-z0-9]+", plain)
    slug = ""
    for word in words:
        longer = f"{slug}-{word}" if slug else word
        if len(longer) > LONGEST:
            break
        slug = longer
    return slug or (words[0][:LONGEST] if words else "")


def is_well_formed(slug: str) -> bool:
    return bool(re.fullmatch(rf"[a-z0-9]([a-z0-9-]{{0,{LONGEST - 2}}}[a-z0-9])?", slug))


def is_free(slug: str) -> bool:
    return slug not in RESERVED and not Practice.objects.filter(slug=slug).exists()


def suggested(name: str, *, city: str = "") -> str:
    """The first free address of: the name, name and city, name and a number. "" for a name without letters."""
    base = slug_of(name)
    if not base:
        return ""
    tries = [base, slug_of(f"{name} {city}"), *(f"{base[: LONGEST - 3]}-{number}" for number in range(2, 100))]
    return next((slug for slug in tries if slug and is_well_formed(slug) and is_free(slug)), "")
