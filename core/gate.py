"""What may be done with the public tables of this package."""

from core.models import NetworkEntry
from core.tenancy import gate

SET_BY_THE_DATABASE = ("id", "at")

gate.append_only(
    NetworkEntry,
    columns=[f.attname for f in NetworkEntry._meta.concrete_fields if f.name not in SET_BY_THE_DATABASE],
)
