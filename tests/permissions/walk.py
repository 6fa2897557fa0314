"""Every address of every host, with what it declares and with arguments that lead to a real record.

Those for programs are apart: tests/api/test_access.py walks them by its own table.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from django.urls import URLPattern, URLResolver

from tenants.declare import declared

HOSTS = {"practice": "infra.urls_practice", "network": "infra.urls_network"}


@dataclass(frozen=True)
class Address:
    host: str
    name: str
    route: str
    arguments: tuple[str, ...]
    declares: str | None

    def __str__(self) -> str:
        return f"{self.host}:{self.name}"


def addresses() -> list[Address]:
    return [address for host, module in HOSTS.items() for address in _walk(host, import_module(module).urlpatterns, "")]


def _walk(host: str, patterns: list[Any], prefix: str) -> Iterator[Address]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver):
            yield from _walk(host, pattern.url_patterns, prefix + str(pattern.pattern))
        elif isinstance(pattern, URLPattern):
            yield Address(
                host=host,
                name=pattern.name or prefix + str(pattern.pattern),
                route=prefix + str(pattern.pattern),
                arguments=tuple(pattern.pattern.converters or pattern.pattern.regex.groupindex),
                declares=declared(pattern.callback),
            )


_API = "api/"
_EVERY = addresses()
ALL = [address for address in _EVERY if not address.route.startswith(_API)]
FOR_PROGRAMS = [address for address in _EVERY if address.route.startswith(_API)]
