"""The owner's connection: the only one that may make and change schemas. Absent in web processes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.conf import settings
from django.db import connections

from core.tenancy.names import checked

OWNER = "owner"


class NoOwner(Exception):
    """This process has no owner's connection."""


def has_owner() -> bool:
    return OWNER in settings.DATABASES


def owner_connection() -> Any:
    """Django's wrapper of the owner's connection; raises NoOwner where DATABASE_OWNER_URL is not set."""
    if not has_owner():
        raise NoOwner("Making or changing a practice's schema needs DATABASE_OWNER_URL, and this process has none.")
    return connections[OWNER]


class _InSchema:
    def __init__(self, schema_name: str) -> None:
        self.schema_name = schema_name


@contextmanager
def owner_in_schema(schema_name: str) -> Iterator[Any]:
    """The owner's connection with a practice's schema first on its path, for migrations that run Python."""
    connection = owner_connection()
    previous = connection.tenant
    connection.set_tenant(_InSchema(checked(schema_name)))
    try:
        yield connection
    finally:
        connection.set_tenant(previous)
